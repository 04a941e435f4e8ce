"""Who asks: the client's address, believed only as far as the operator trusts the proxies before us."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from aiohttp import web

from bot.settings import Network

Address = IPv4Address | IPv6Address

_FORWARDED = "X-Forwarded-For"
_SUBSCRIBER_BITS = 64  # a subscriber of IPv6 has this many bits to himself


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from; `hidden`: a proxy that is not trusted stands between, so nothing is certain."""

    address: Address | None
    hidden: bool = False

    @property
    def key(self) -> str:
        """Return that by which a client is counted: its IPv4 address, or its IPv6 network of 64 bits."""
        if isinstance(self.address, IPv6Address):
            return f"{int(self.address) >> _SUBSCRIBER_BITS:x}"
        return str(self.address)

    def is_in(self, networks: Sequence[Network]) -> bool:
        """Tell whether the client is certainly in one of the networks."""
        return not self.hidden and self.address is not None and _is_in(self.address, networks)


def client_of(request: web.Request, proxies: Sequence[Network]) -> Client:
    """Return who asks: the rightmost address of `X-Forwarded-For` that is not a trusted proxy of ours.

    What stands further to the left was written by strangers and is not looked at.
    """
    address = _read(request.remote or "")
    forwarded = request.headers.getall(_FORWARDED, [])
    if address is None or not _is_in(address, proxies):
        return Client(address, hidden=bool(forwarded))
    for written in reversed(",".join(forwarded).split(",")):
        hop = _read(written.strip())
        if hop is None:
            break
        address = hop
        if not _is_in(address, proxies):
            break
    return Client(address)


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _read(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
