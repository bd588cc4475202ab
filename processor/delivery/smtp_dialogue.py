"""One mail's dialogue with an SMTP server (RFC 5321), pipelined where the server allows it."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass

from processor.delivery.sender import Outcome, Parcel, Rejection, all_refused

CLOSING = 421  # "service not available, closing transmission channel", at any point
_GO_ON = 354
_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class End:
    """How the dialogue ended. ``usable``: another mail may follow on the connection. ``stale``:
    it was closed before anything of the mail was handed over. ``hung``: nobody answered in time."""

    outcome: Outcome
    usable: bool = True
    stale: bool = False
    hung: bool = False


def transact(client: smtplib.SMTP, parcel: Parcel) -> End:
    """Hand one mail over on an open connection; never raises for what the server says or does."""
    recipients = parcel.recipients
    if not _sendable(parcel.envelope_from):
        return End(all_refused(recipients, _NO_ADDRESS))
    options, misfit = _options(client, parcel)
    if misfit is not None:
        return End(all_refused(recipients, misfit))
    dialogue = _Dialogue(client, parcel, options)
    try:
        return dialogue.hold()
    except (smtplib.SMTPException, OSError) as error:
        # Nobody said yes: whoever was not refused for good before is still waiting.
        code = getattr(error, "smtp_code", 0) or 0
        lost = Rejection(code, said_of(error), permanent=False)
        final = {name: why for name, why in dialogue.refused.items() if why.permanent}
        # the library closes the connection and says so; what happened stands behind it
        hung = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
        outcome = Outcome(refused={name: final.get(name, lost) for name in recipients})
        stale = not (hung or dialogue.handed_over)
        return End(outcome, usable=False, stale=stale, hung=hung)


class _Dialogue:
    """MAIL, RCPT and DATA, then the mail. With PIPELINING (RFC 2920) the three go in one piece,
    which saves a wait for each; DATA is the last of them, as its section 3.1 wants."""

    def __init__(self, client: smtplib.SMTP, parcel: Parcel, options: list[str]) -> None:
        self.refused: dict[str, Rejection] = {}
        self.handed_over = False
        self._client = client
        self._parcel = parcel
        self._asked = [name for name in parcel.recipients if _sendable(name)]
        self.refused |= dict.fromkeys(set(parcel.recipients) - set(self._asked), _NO_ADDRESS)
        tail = "".join(f" {option}" for option in options)
        self._mail = f"MAIL FROM:<{_wire(parcel.envelope_from)}>{tail}"

    def hold(self) -> End:
        """The whole of it."""
        if not self._asked:
            return End(Outcome(refused=self.refused))
        pipelined = self._client.has_extn("pipelining")
        if pipelined:
            rcpts = (f"RCPT TO:<{_wire(name)}>" for name in self._asked)
            self._say("\r\n".join((self._mail, *rcpts, "DATA")))
        code, text = self._answer("" if pipelined else self._mail)
        if code != 250:
            refusal = all_refused(self._parcel.recipients, rejection(code, text))
            if code == CLOSING:
                return End(refusal, usable=False, stale=True)
            return self._given_up(refusal, len(self._asked) + 1 if pipelined else 0)
        return self._to_recipients(pipelined)

    def _to_recipients(self, pipelined: bool) -> End:
        accepted = []
        for name in self._asked:
            code, text = self._answer("" if pipelined else f"RCPT TO:<{_wire(name)}>")
            if code in (250, 251):
                accepted.append(name)
            else:
                self.refused[name] = rejection(code, text)
            if code == CLOSING:
                refusal = all_refused(self._parcel.recipients, rejection(code, text))
                return End(refusal, usable=False, stale=True)
        if not accepted:
            return self._given_up(Outcome(refused=self.refused), 1 if pipelined else 0)
        code, text = self._answer("" if pipelined else "DATA")
        if code == _GO_ON:
            self.handed_over = True
            self._client.send(_dotted(self._parcel.raw))
            code, text = self._client.getreply()
        if code != 250:
            self.refused |= dict.fromkeys(accepted, rejection(code, text))
            refusal = Outcome(refused=self.refused)
            if code == CLOSING or self.handed_over:  # after a mail the server is clean by itself
                return End(refusal, usable=code != CLOSING)
            return self._given_up(refusal, 0)
        return End(Outcome(accepted=tuple(accepted), refused=self.refused))

    def _given_up(self, outcome: Outcome, unread: int) -> End:
        """Leave the connection clean for the next mail; ``unread`` replies still come."""
        try:
            code = 0
            for _ in range(unread):
                code = self._client.getreply()[0]
            if code == _GO_ON:  # a server that wants a mail for nobody: it gets an empty one
                self._client.send(b".\r\n")
                self._client.getreply()
            return End(outcome, usable=self._client.rset()[0] == 250)
        except (smtplib.SMTPException, OSError):  # what it said before stands
            return End(outcome, usable=False)

    def _say(self, words: str) -> None:
        self._client.send(f"{words}\r\n")

    def _answer(self, words: str) -> tuple[int, bytes]:
        if words:
            self._say(words)
        return self._client.getreply()


def _dotted(raw: bytes) -> bytes:
    """The mail as it goes over the line: transparency of RFC 5321 4.5.2, and the final dot."""
    end = b".\r\n" if raw.endswith(b"\r\n") else b"\r\n.\r\n"
    return _DOT.sub(b"..", raw) + end


def _options(client: smtplib.SMTP, parcel: Parcel) -> tuple[list[str], Rejection | None]:
    """Options of MAIL, or why this server cannot take this mail (RFC 1870, 6152, 6531)."""
    options = []
    if client.has_extn("size"):
        options.append(f"SIZE={len(parcel.raw)}")
        most = client.esmtp_features.get("size", "")
        if most.isdigit() and 0 < int(most) < len(parcel.raw):
            text = f"5.3.4 the mail has {len(parcel.raw)} bytes, the server takes {most}"
            return [], Rejection(552, text, permanent=True)
    head = parcel.raw.partition(b"\r\n\r\n")[0]
    wires = [_wire(address) for address in (parcel.envelope_from, *parcel.recipients)]
    if not (all(wire.isascii() for wire in wires) and head.isascii()):
        if not client.has_extn("smtputf8"):
            text = "5.6.7 the server takes no internationalised addresses"
            return [], Rejection(553, text, permanent=True)
        options.append("SMTPUTF8")
        client.command_encoding = "utf-8"
    else:
        client.command_encoding = "ascii"
    if not parcel.raw.isascii() and client.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    return options, None


_NO_ADDRESS = Rejection(553, "5.1.3 not an address", permanent=True)


def _sendable(address: str) -> bool:
    """Whether the address may stand in a command: a line end or bracket in it would let whoever
    wrote it add commands of his own."""
    return address.isprintable() and not any(mark in address for mark in " <>")


def _wire(address: str) -> str:
    """The address with its domain in ASCII (RFC 5890) where only the domain is not."""
    local, at, domain = address.rpartition("@")
    if domain.isascii() or not local.isascii():
        return address
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def rejection(code: int, text: bytes | str) -> Rejection:
    """A reply as the reason of a refusal."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Rejection(code, said, permanent=500 <= code < 600)


def said_of(error: Exception) -> str:
    """The server's words, or what became of the connection."""
    if isinstance(error, smtplib.SMTPResponseException):
        return str(rejection(error.smtp_code, error.smtp_error))
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error) or type(error).__name__
