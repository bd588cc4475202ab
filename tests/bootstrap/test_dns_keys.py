"""Keys by DNS: what is not there is none, and who does not answer is not asked all the time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from processor.bootstrap.dns_keys import REST, DnsKeys

KNOWN = "s1._domainkey.example.com"


@pytest.fixture
def server() -> Iterator[tuple[dns.resolver.Resolver, list[str]]]:
    """A name server on this machine that knows one record, and what it was asked."""
    asked: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                data, peer = listening.recvfrom(4096)
                if data == b"end":
                    return
                query = dns.message.from_wire(data)
                name = query.question[0].name.to_text(omit_final_dot=True)
                asked.append(name)
                answer = dns.message.make_response(query)
                if name == KNOWN:
                    said = dns.rrset.from_text(f"{KNOWN}.", 300, "IN", "TXT", '"v=DKIM1; " "p=AA"')
                    answer.answer.append(said)
                elif name == "broken":
                    answer.set_rcode(dns.rcode.SERVFAIL)
                else:
                    answer.set_rcode(dns.rcode.NXDOMAIN)
                listening.sendto(answer.to_wire(), peer)

        thread = threading.Thread(target=serve)
        thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = listening.getsockname()[1]
        yield resolver, asked
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
            ending.sendto(b"end", listening.getsockname())
        thread.join()


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
