"""Public keys of mail domains, by DNS."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import dns.exception
import dns.name
import dns.resolver

SECONDS = 3.0  # the longest that one question may take
_NO_NAME = (dns.name.EmptyLabel, dns.name.LabelTooLong, dns.name.NameTooLong)
REST = 300.0  # seconds without any question after nobody answered


class DnsKeys:
    """Asks for TXT records; answers are kept for as long as they say. When no server answers,
    nothing is asked for a while: a desk without DNS must not wait for it with every mail."""

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        resolver: dns.resolver.Resolver | None = None,
    ) -> None:
        self._monotonic = monotonic
        self._guard = threading.Lock()
        self._silent_until = 0.0
        self._resolver = resolver
        if resolver is not None:
            resolver.cache = dns.resolver.LRUCache()

    def __call__(self, name: str) -> bytes | None:
        """The text of the first TXT record of ``name``; None where there is none."""
        with self._guard:
            if self._monotonic() < self._silent_until:
                return None
            try:
                answer = self._asking().resolve(name, "TXT", lifetime=SECONDS)
            except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, *_NO_NAME):
                return None
            except (dns.exception.DNSException, OSError):
                self._silent_until = self._monotonic() + REST
                return None
        for record in answer:
            return b"".join(record.strings)
        return None

    def _asking(self) -> dns.resolver.Resolver:
        if self._resolver is None:
            self._resolver = dns.resolver.Resolver()
            self._resolver.cache = dns.resolver.LRUCache()
        return self._resolver
