"""`doctor`, names: whether the world can answer the desk's letters, and believes them.

Only where letters leave for the world; domains that RFC 2606 keeps for examples are not asked
about. DNS differs from place to place, so that nothing here is more than a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

import dns.exception
import dns.name
import dns.resolver

from processor.bootstrap.findings import RESERVED, Finding
from processor.settings.settings import Settings

SECONDS = 3.0  # the longest that one question may take
_NOTHING = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)
_NO_NAME = (dns.name.EmptyLabel, dns.name.LabelTooLong, dns.name.NameTooLong)


def names(settings: Settings, resolver: dns.resolver.Resolver | None = None) -> Iterator[Finding]:
    """What DNS says of the domains that letters are from; ``resolver`` None: this machine's."""
    for domain in _domains(settings):
        params: dict[str, object] = {"domain": domain}
        try:
            resolver = resolver or dns.resolver.Resolver()
            receives, policies = _receives(resolver, domain), _policies(resolver, domain)
        except _NO_NAME:
            yield Finding("mail_domain", False, params, bearable=True)
            continue
        except (dns.exception.DNSException, OSError):
            yield Finding("dns", False, params, bearable=True)
            return  # one who does not answer is not asked again and again
        yield Finding("mail_domain", receives, params, bearable=True)
        # RFC 7208 3.2: exactly one; 4.5: several are an error at the receiver
        yield Finding("spf", policies == 1, {**params, "count": policies}, bearable=True)


def _domains(settings: Settings) -> list[str]:
    if all(sender.kind == "outbox" for sender in settings.senders):
        return []
    addresses = [
        *(mailbox.address for mailbox in settings.mailboxes),
        *(sender.envelope_from for sender in settings.senders),
    ]
    return sorted(
        {one.rpartition("@")[2].lower() for one in addresses if one and not RESERVED.search(one)}
    )


def _receives(resolver: dns.resolver.Resolver, domain: str) -> bool:
    """By an MX record, or else by an address (RFC 5321 5.1); a null MX says no (RFC 7505)."""
    try:
        answer = resolver.resolve(domain, "MX", lifetime=SECONDS)
        return any(record.exchange != dns.name.root for record in answer)
    except dns.resolver.NXDOMAIN:
        return False
    except dns.resolver.NoAnswer:
        return any(_has(resolver, domain, kind) for kind in ("A", "AAAA"))


def _has(resolver: dns.resolver.Resolver, domain: str, kind: str) -> bool:
    try:
        return bool(len(resolver.resolve(domain, kind, lifetime=SECONDS)))
    except _NOTHING:
        return False


def _policies(resolver: dns.resolver.Resolver, domain: str) -> int:
    """How many SPF records there are."""
    try:
        answer = resolver.resolve(domain, "TXT", lifetime=SECONDS)
    except _NOTHING:
        return 0
    said = (b"".join(record.strings).lower() for record in answer)
    return sum(one == b"v=spf1" or one.startswith(b"v=spf1 ") for one in said)
