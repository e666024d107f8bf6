"""read: a layout and its kept blocks to the nodes that exporters write."""
