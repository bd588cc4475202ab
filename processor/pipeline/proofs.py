"""What a mail proves of its author (spec 2.5): the receiving server's verdict, or the path.

``Authentication-Results`` (RFC 8601) counts only when it was added by a server that the mailbox
names, and only the topmost such line: anybody can write further ones below it.
"""

from __future__ import annotations

from authres import AuthenticationResultsHeader
from authres.core import AuthResError

from processor.domain.message import Message
from processor.domain.people import Proof
from processor.parsing.seals import aligned
from processor.settings.settings import MailboxSettings


def by_transport(message: Message, mailbox: MailboxSettings, sealed_by: str = "") -> Proof:
    """PATH where the mailbox's way in is trusted, DOMAIN where DMARC or an aligned DKIM signature
    passed at a trusted server or here (``sealed_by`` is the signer's domain), else NONE."""
    if mailbox.trusted_path:
        return Proof.PATH
    author = message.author
    if sealed_by and len(message.sender) == 1:
        return Proof.DOMAIN
    lines = message.header_all("authentication-results")
    if author is None or not lines or not mailbox.authserv_ids or len(message.sender) != 1:
        return Proof.NONE
    try:
        read = AuthenticationResultsHeader.parse(f"Authentication-Results: {lines[0]}")
    except (AuthResError, ValueError, IndexError):
        return Proof.NONE
    trusted = {name.lower() for name in mailbox.authserv_ids}
    if read.authserv_id is None or read.authserv_id.lower() not in trusted:
        return Proof.NONE
    domain = author.address.rpartition("@")[2].lower()
    passed = any(_vouches(result, domain) for result in read.results)
    return Proof.DOMAIN if passed else Proof.NONE


def _vouches(result: object, domain: str) -> bool:
    """Whether one method's result passes for the author's domain, or one of its organisation."""
    if getattr(result, "result", "") != "pass":
        return False
    method = getattr(result, "method", "")
    names = {
        str(getattr(prop, "name", "")): str(getattr(prop, "value", "")).lower()
        for prop in getattr(result, "properties", ())
    }
    if method == "dmarc":
        return names.get("from", "").rpartition("@")[2] == domain
    if method == "dkim":
        signed = names.get("d", names.get("i", "").rpartition("@")[2])
        return bool(signed) and aligned(signed, domain)
    return False
