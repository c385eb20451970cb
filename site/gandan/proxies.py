"""Which address a request comes from, and whether it came over HTTPS, when a front server stands before us.

Anybody can write X-Forwarded-For and X-Forwarded-Proto. They are believed only when the peer that speaks to us is
one of TRUSTED_PROXIES; where none is named, X-Forwarded-Proto alone is believed from private addresses (a front
server on the same machine or in the same container network), so that HTTPS works without naming it, and
X-Forwarded-For is never believed.
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LOCAL = ipaddress.IPv4Address("127.0.0.1")


def peer_address(request: HttpRequest) -> Address:
    """Who speaks to us; a Unix socket has no address and counts as this machine."""
    return _address(request.META.get("REMOTE_ADDR", "")) or LOCAL


def client_address(request: HttpRequest) -> str:
    """The right-most address of X-Forwarded-For that is no proxy of ours, else the peer's.

    What stands left of it was written by the client. An entry that is no address ends the search: the proxy
    that reported it is then the nearest we know.
    """
    nearest = peer_address(request)
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        farther = _address(hop)
        if farther is None or not is_trusted(nearest):
            break
        nearest = farther
    return str(nearest)


def is_trusted(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class ForwardedHeadersMiddleware:
    """Drops X-Forwarded-Proto and X-Forwarded-For of peers that may not say it; stands first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = peer_address(request)
        if not is_trusted(peer):
            request.META.pop("HTTP_X_FORWARDED_FOR", None)
            if settings.TRUSTED_PROXIES or not peer.is_private:
                request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return self.get_response(request)
