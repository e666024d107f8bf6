"""addresses: the connections that may be made. Checked where a name has become an address.

The resolver hands on only the addresses that may be connected to, and the connection goes to one
of those: there is no second look-up in between that could give another.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

if TYPE_CHECKING:
    from twisted.internet.interfaces import IAddress, IHostResolution

_CLOUDS = (ip_network("168.63.129.16/32"), ip_network("192.0.0.0/24"))
"""Addresses of clouds' own services that are not of a private network."""
_TRANSLATED = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Tell an address of the open internet, also where it hides in one of IPv6.

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


@implementer(IHostnameResolver)
class PublicResolver:
    """Resolves names, and leaves out every address that is not of the open internet.

    Attributes:
        refused: host → an address that was left out.

    """

    def __init__(self, resolver: Any) -> None:
        self.refused: dict[str, str] = {}
        self._resolver = resolver

    def resolveHostName(  # noqa: N802 - names in Twisted's interface
        self,
        receiver: Any,
        hostName: str,  # noqa: N803
        *rest: Any,
        **more: Any,
    ) -> Any:
        public = _PublicReceiver(receiver, hostName, self.refused)
        return self._resolver.resolveHostName(public, hostName, *rest, **more)


@implementer(IResolutionReceiver)
class _PublicReceiver:
    def __init__(self, receiver: Any, host: str, refused: dict[str, str]) -> None:
        self._receiver = receiver
        self._host = host
        self._refused = refused

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        found = str(getattr(address, "host", ""))
        if is_public(found):
            self._receiver.addressResolved(address)
        else:
            self._refused[self._host.lower()] = found

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
