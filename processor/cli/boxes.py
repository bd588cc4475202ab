"""`status`, `outbox`, `quarantine`: what waits, what went wrong, and what to do with it."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from processor.cli.frame import USER_FAULT, Frame, Stop, emit, emit_all, say, sentence, words


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("status", help=sentence("help.status"))(status)
    outbox = typer.Typer(no_args_is_help=True, help=sentence("help.outbox"))
    outbox.command("list", help=sentence("help.outbox_list"))(outbox_list)
    outbox.command("retry", help=sentence("help.outbox_retry"))(outbox_retry)
    outbox.command("drop", help=sentence("help.outbox_drop"))(outbox_drop)
    app.add_typer(outbox, name="outbox")
    quarantine = typer.Typer(no_args_is_help=True, help=sentence("help.quarantine"))
    quarantine.command("list", help=sentence("help.quarantine_list"))(quarantine_list)
    quarantine.command("show", help=sentence("help.quarantine_show"))(quarantine_show)
    quarantine.command("release", help=sentence("help.quarantine_release"))(quarantine_release)
    quarantine.command("drop", help=sentence("help.quarantine_drop"))(quarantine_drop)
    app.add_typer(quarantine, name="quarantine")


AsJson = Annotated[bool, typer.Option("--json", help=sentence("help.json"))]


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Queue ages, mailboxes, senders, jobs, backlog."""
    from processor.bootstrap.overview import overview

    frame: Frame = context.obj
    app = frame.app()
    view = overview(app, app.clock())
    if as_json:
        emit(view.as_dict())
        return
    for line in view.lines(words(), app.clock()):
        say(line)


def outbox_list(context: typer.Context, as_json: AsJson = False) -> None:
    """Mails that wait or were given up."""
    frame: Frame = context.obj
    app = frame.app()
    with app.store.read() as work:
        entries = [
            entry for state in ("queued", "sending", "dead") for entry in work.outbox.list(state)
        ]
    rows = [
        {
            "id": entry.id,
            "state": entry.state,
            "event": entry.event,
            "number": entry.number,
            "recipients": list(entry.recipients),
            "attempts": entry.attempts,
            "queued_at": entry.queued_at,
            "next_at": entry.next_at,
            "error": entry.error,
        }
        for entry in entries
    ]
    _listed(rows, as_json, "outbox_empty")


def outbox_retry(context: typer.Context, ids: Annotated[list[int], typer.Argument()]) -> None:
    """Try these again now."""
    frame: Frame = context.obj
    app = frame.app()
    with app.store.begin() as work:
        missing = [one for one in ids if not work.outbox.requeue(one, app.clock())]
    _missing(missing)


def outbox_drop(context: typer.Context, ids: Annotated[list[int], typer.Argument()]) -> None:
    """Never send these."""
    frame: Frame = context.obj
    app = frame.app()
    with app.store.begin() as work:
        missing = [one for one in ids if not work.outbox.drop(one)]
    _missing(missing)


def _listed(rows: list[dict[str, Any]], as_json: bool, empty: str, *, blank: bool = False) -> None:
    """A line for each row, or the sentence ``empty``; ``blank``: what is not known keeps its
    place."""
    if as_json:
        emit_all(rows)
        return
    for one in rows:
        say("  ".join(str(value) for value in one.values() if blank or value not in ("", None)))
    if not rows:
        say(sentence(empty))


def _missing(ids: list[int]) -> None:
    if ids:
        named = ", ".join(str(one) for one in ids)
        raise Stop(USER_FAULT, sentence("no_such_row", ids=named))


def quarantine_list(context: typer.Context, as_json: AsJson = False) -> None:
    """Messages that were kept apart, with the reason."""
    frame: Frame = context.obj
    app = frame.app()
    with app.store.read() as work:
        entries = work.spool.quarantined()
    rows = [
        {
            "id": entry.id,
            "origin": entry.origin,
            "received_at": entry.received_at,
            "size": entry.size,
            "sender": entry.sender,
            "subject": entry.subject,
            "reason": entry.reason,
        }
        for entry in entries
    ]
    _listed(rows, as_json, "quarantine_empty", blank=True)


def quarantine_show(context: typer.Context, number: Annotated[int, typer.Argument()]) -> None:
    """The whole message as it came, on standard output."""
    frame: Frame = context.obj
    app = frame.app()
    with app.store.read() as work:
        try:
            raw = work.spool.raw(number)
        except LookupError as fault:
            raise Stop(USER_FAULT, sentence("no_such_row", ids=number)) from fault
    sys.stdout.buffer.write(raw)


def quarantine_release(context: typer.Context, ids: Annotated[list[int], typer.Argument()]) -> None:
    """Process these again; the reason of the quarantine is not asked this time."""
    from processor.bootstrap.ingesting import release

    frame: Frame = context.obj
    app = frame.app()
    missing = []
    for one in ids:
        journey = release(app, one)
        if journey is None:
            missing.append(one)
        else:
            say(f"{one}: {journey.disposition} {journey.reason}")
    _missing(missing)


def quarantine_drop(context: typer.Context, ids: Annotated[list[int], typer.Argument()]) -> None:
    """Take these off the list; their bytes stay in the spool until retention."""
    frame: Frame = context.obj
    app = frame.app()
    with app.store.begin() as work:
        missing = [one for one in ids if not work.spool.drop(one, app.clock())]
    _missing(missing)
