import ipaddress

import pytest
from django.test import RequestFactory

from gandan.proxies import ForwardedHeadersMiddleware, client_address

CLIENT, PROXY, INNER, STRANGER = "1.2.3.4", "10.0.0.2", "10.0.0.3", "5.6.7.8"


@pytest.fixture
def proxies(settings):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/24"), ipaddress.ip_network("fd00::/8")]


def asked(peer: str, forwarded: str | None = None, **meta: str):
    if forwarded is not None:
        meta["HTTP_X_FORWARDED_FOR"] = forwarded
    return RequestFactory().get("/", REMOTE_ADDR=peer, **meta)


def test_without_a_trusted_proxy_nobody_is_believed(settings):
    settings.TRUSTED_PROXIES = []
    assert client_address(asked("127.0.0.1", CLIENT)) == "127.0.0.1"
    assert client_address(asked(PROXY, CLIENT)) == PROXY


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"{CLIENT}, {INNER}", CLIENT),
        (PROXY, f"{STRANGER}, {CLIENT}", CLIENT),  # the client wrote the first one itself
        (PROXY, f"{INNER}, {CLIENT}, {INNER}", CLIENT),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{CLIENT}, <script>", PROXY),
        (PROXY, f"{CLIENT}, unknown, {INNER}", INNER),
        (STRANGER, CLIENT, STRANGER),
        ("::ffff:10.0.0.2", CLIENT, CLIENT),
        ("fd00::1", "2001:db8::5", "2001:db8::5"),
        ("", CLIENT, "127.0.0.1"),
    ],
)
@pytest.mark.usefixtures("proxies")
def test_the_client_is_the_nearest_address_that_is_no_proxy_of_ours(peer, forwarded, client):
    assert client_address(asked(peer, forwarded)) == client


@pytest.mark.parametrize(
    ("peer", "named", "believed"),
    [
        (STRANGER, True, False),
        (PROXY, True, True),
        ("10.9.9.9", True, False),
        (STRANGER, False, False),
        ("127.0.0.1", False, True),
        ("172.18.0.4", False, True),
    ],
)
def test_a_stranger_cannot_say_that_he_came_over_https(settings, peer, named, believed):
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/24")] if named else []
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = asked(peer, HTTP_X_FORWARDED_PROTO="https")
    assert ForwardedHeadersMiddleware(lambda r: r.is_secure())(request) is believed
