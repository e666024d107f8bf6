"""addresses: the connections that may be made. Checked where a name has become an address.

The resolver hands on only the addresses that may be connected to, and the connection goes to one
of those: there is no second look-up in between that could give another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from cleaner.scrape.public import is_public

if TYPE_CHECKING:
    from twisted.internet.interfaces import IAddress, IHostResolution


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
