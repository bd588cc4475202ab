"""`doctor`, outside: logins, mailboxes and what may be done in them, clocks, ways out."""

from __future__ import annotations

from collections.abc import Iterator

from processor.access.registration import Grant
from processor.bootstrap.clock import Clock
from processor.bootstrap.findings import Finding
from processor.bootstrap.logins import keeper_of
from processor.bootstrap.wiring import imap_account, sender_of, source_of
from processor.domain.errors import Fault
from processor.intake.imap_probe import Probe, probe
from processor.settings.settings import LoginSettings, MailboxSettings, SenderSettings, Settings

MOST_SKEW = 120.0  # seconds between our clock and a server's: tokens and targets bear that much


def mail(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Logins before the mailboxes that need them."""
    for login in settings.logins:
        yield _login(settings, login)
    for mailbox in settings.mailboxes:
        yield from _mailbox(settings, mailbox, clock)
    for sender in settings.senders:
        yield _sender(settings, sender)


def _login(settings: Settings, login: LoginSettings) -> Finding:
    keeper = keeper_of(settings, login.name)
    params: dict[str, object] = {"name": login.name}
    kept = keeper.kept()
    if kept is None and login.grant != Grant.CLIENT:
        return Finding("login_absent", False, params)
    try:
        keeper()
    except Fault as fault:
        return Finding("login", False, {**params, "reason": fault.reason})
    kept = keeper.kept()
    if kept is not None and not kept.refresh and login.grant != Grant.CLIENT:
        until = kept.until.astimezone().isoformat(" ", "minutes")
        return Finding("login_ends", False, {**params, "until": until}, bearable=True)
    return Finding("login", True, {**params, "reason": ""})


def _mailbox(settings: Settings, mailbox: MailboxSettings, clock: Clock) -> Iterator[Finding]:
    params: dict[str, object] = {"name": mailbox.name, "address": mailbox.address}
    source = source_of(settings, mailbox)
    try:
        source.open()
    except Fault as fault:
        yield Finding("mailbox", False, {**params, "reason": fault.reason})
        return
    finally:
        source.close()
    yield Finding("mailbox", True, {**params, "reason": ""})
    if mailbox.kind != "imap":
        return
    found = probe(
        imap_account(settings, mailbox),
        mailbox.folder,
        (mailbox.processed_folder, mailbox.quarantine_folder),
        clock,
    )
    yield from _rights(mailbox, found)
    if found.skew_seconds is not None:
        skew = abs(found.skew_seconds)
        shown: dict[str, object] = {"seconds": f"{skew:.0f}", "host": mailbox.host}
        yield Finding("clock", skew <= MOST_SKEW, shown)


def _rights(mailbox: MailboxSettings, found: Probe) -> Iterator[Finding]:
    params: dict[str, object] = {"name": mailbox.name, "folder": mailbox.folder}
    yield Finding("rights", not found.faults, {**params, "faults": "; ".join(found.faults)})


def _sender(settings: Settings, sender: SenderSettings) -> Finding:
    way = sender_of(settings, sender)
    try:
        way.check()
    except Fault as fault:
        return Finding("sender", False, {"name": sender.name, "reason": fault.reason})
    finally:
        way.close()
    return Finding("sender", True, {"name": sender.name, "reason": ""})
