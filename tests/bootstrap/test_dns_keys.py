"""Keys by DNS: what is not there is none, and who does not answer is not asked all the time."""

from __future__ import annotations

from collections.abc import Iterator

import dns.resolver
import pytest

from processor.bootstrap.dns_keys import REST, DnsKeys
from tests.servers.name_server import name_server

KNOWN = "s1._domainkey.example.com"


@pytest.fixture
def server() -> Iterator[tuple[dns.resolver.Resolver, list[str]]]:
    """A name server on this machine that knows one record, and what it was asked."""
    with name_server({(KNOWN, "TXT"): ('"v=DKIM1; " "p=AA"',)}) as running:
        yield running


def test_a_key_is_asked_for_once(server: tuple[dns.resolver.Resolver, list[str]]) -> None:
    keys = DnsKeys(resolver=server[0])
    assert [keys(KNOWN), keys(KNOWN)] == [b"v=DKIM1; p=AA"] * 2
    assert server[1] == [KNOWN]


def test_no_key_is_none(server: tuple[dns.resolver.Resolver, list[str]]) -> None:
    keys = DnsKeys(resolver=server[0])
    assert keys("absent.example.com") is None
    assert keys(KNOWN) is not None
    assert keys("..") is None


def test_after_silence_nothing_is_asked_for_a_while(
    server: tuple[dns.resolver.Resolver, list[str]],
) -> None:
    now = [0.0]
    keys = DnsKeys(lambda: now[0], resolver=server[0])
    assert keys("broken") is None
    assert keys(KNOWN) is None
    assert KNOWN not in server[1]
    now[0] = REST
    assert keys(KNOWN) is not None
