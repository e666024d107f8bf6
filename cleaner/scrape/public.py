"""public: which addresses are of the open internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_CLOUDS = (ip_network("168.63.129.16/32"), ip_network("192.0.0.0/24"))
"""Addresses of clouds' own services that are not of a private network."""
_TRANSLATED = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Return whether an IP address is of the open internet, also where IPv6 wraps one of IPv4.

    >>> [is_public(a) for a in ("1.1.1.1", "169.254.169.254", "::ffff:10.0.0.1", "2002:7f00:1::")]
    [True, False, False, False]
    """
    try:
        ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _TRANSLATED:
            inner = IPv4Address(ip.packed[-4:])
        ip = inner or ip
    if any(ip in network for network in _CLOUDS):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
