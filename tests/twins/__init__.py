"""What is compiled gives the same as what stands beside it in Python, to the last bit."""
