import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_no_test_reaches_another_machine(host):
    with pytest.raises(AssertionError, match=r"a (connection|look-up)"):
        socket.create_connection((host, 80), timeout=0.1)


def test_a_test_may_reach_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
