"""A name server on this machine that knows a few records."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset

BROKEN = "broken"
"""Of this name (and what is below it) the server cannot say anything."""


@contextmanager
def name_server(
    known: Mapping[tuple[str, str], tuple[str, ...]],
) -> Iterator[tuple[dns.resolver.Resolver, list[str]]]:
    """A resolver that asks a server with the records ``known`` ((name, type) → values), and the
    names that it was asked for."""
    asked: list[str] = []
    names = {name for name, _ in known}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                data, peer = listening.recvfrom(4096)
                if data == b"end":
                    return
                query = dns.message.from_wire(data)
                name = query.question[0].name.to_text(omit_final_dot=True)
                kind = dns.rdatatype.to_text(query.question[0].rdtype)
                asked.append(name)
                answer = dns.message.make_response(query)
                if (name, kind) in known:
                    values = known[name, kind]
                    answer.answer.append(dns.rrset.from_text(f"{name}.", 300, "IN", kind, *values))
                elif name.endswith(BROKEN):
                    answer.set_rcode(dns.rcode.SERVFAIL)
                elif name not in names:
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
