"""What a mail proves of its author (spec 2.5): the receiving server's verdict, or the path.

``Authentication-Results`` (RFC 8601) counts only when it was added by a server that the mailbox
names, and only the topmost such line: anybody can write further ones below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from authres import AuthenticationResultsHeader
from authres.core import AuthResError

from processor.domain.message import Message
from processor.domain.people import Proof
from processor.parsing.seals import aligned
from processor.settings.settings import MailboxSettings


def by_transport(message: Message, mailbox: MailboxSettings, sealed_by: str = "") -> Proof:
    """PATH where the mailbox's way in is trusted, DOMAIN where DMARC or an aligned DKIM signature
    passed at a trusted server or here (``sealed_by`` is the signer's domain), else NONE.

    Where the trusted server says that DMARC failed, no signature makes up for it: the author's
    domain may ask for stricter alignment than ours (RFC 7489 3.1.1).
    """
    if mailbox.trusted_path:
        return Proof.PATH
    author = message.author
    if author is None or len(message.sender) != 1:
        return Proof.NONE
    domain = author.address.rpartition("@")[2].lower()
    results = _trusted_results(message, mailbox)
    if any(_of_dmarc(one, domain) == "fail" for one in results):
        return Proof.NONE
    passed = bool(sealed_by) or any(_vouches(one, domain) for one in results)
    return Proof.DOMAIN if passed else Proof.NONE


def _trusted_results(message: Message, mailbox: MailboxSettings) -> Sequence[object]:
    """What the topmost line says, where a server that the mailbox names has added it."""
    lines = message.header_all("authentication-results")
    if not lines or not mailbox.authserv_ids:
        return ()
    try:
        read = AuthenticationResultsHeader.parse(f"Authentication-Results: {lines[0]}")
    except (AuthResError, ValueError, IndexError):
        return ()
    trusted = {name.lower() for name in mailbox.authserv_ids}
    if read.authserv_id is None or read.authserv_id.lower() not in trusted:
        return ()
    return tuple(read.results)


def _of_dmarc(result: object, domain: str) -> str:
    """The verdict on the author's domain; "" where the result is none of DMARC's on it."""
    if getattr(result, "method", "") != "dmarc":
        return ""
    about = _properties(result).get("from", "").rpartition("@")[2]
    return str(getattr(result, "result", "")) if about in ("", domain) else ""


def _properties(result: object) -> dict[str, str]:
    return {
        str(getattr(prop, "name", "")): str(getattr(prop, "value", "")).lower()
        for prop in getattr(result, "properties", ())
    }


def _vouches(result: object, domain: str) -> bool:
    """Whether one method's result passes for the author's domain, or one of its organisation."""
    if getattr(result, "result", "") != "pass":
        return False
    method, names = getattr(result, "method", ""), _properties(result)
    if method == "dmarc":
        return names.get("from", "").rpartition("@")[2] == domain
    if method == "dkim":
        signed = names.get("d", names.get("i", "").rpartition("@")[2])
        return bool(signed) and aligned(signed, domain)
    return False
