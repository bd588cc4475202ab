"""`list`, `show`, `do`: commands about records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from processor.cli.frame import (
    USER_FAULT,
    Frame,
    Stop,
    emit,
    emit_all,
    say,
    sentence,
    words,
)
from processor.cli.words import done as done_sentence
from processor.domain.errors import NotFound
from processor.domain.incident import Status
from processor.domain.neighbours import is_neighbour

if TYPE_CHECKING:
    from processor.bootstrap.wiring import App


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("list", help=sentence("help.list"))(list_)
    app.command("show", help=sentence("help.show"))(show)
    app.command("do", help=sentence("help.do"))(do)


def list_(
    context: typer.Context,
    status: Annotated[str | None, typer.Option(metavar="S")] = None,
    group: Annotated[str | None, typer.Option(metavar="G")] = None,
    mine: Annotated[str | None, typer.Option(metavar="ADDRESS")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 200,
    kind: Annotated[
        str, typer.Option("--type", metavar="incident|problem|change", help=sentence("help.type"))
    ] = "incident",
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
) -> None:
    """Records, newest first; those of a group in the order in which they should be worked on."""
    from processor.cli.portrait import row, table
    from processor.services.enquiring import in_working_order

    if kind in ("problem", "change"):
        _list_neighbours(context.obj, kind, status, limit, as_json)
        return
    if kind != "incident":
        raise Stop(USER_FAULT, sentence("bad_type", value=kind))
    wanted = _status(status)
    frame: Frame = context.obj
    app = frame.app()
    with app.store.read() as work:
        found = work.incidents.search(
            status=wanted, group=group, involved=mine.lower() if mine else None, limit=limit
        )
        if group is not None:
            found = in_working_order(work, app.desk.policy, found, app.clock())
    if as_json:
        emit_all(row(incident) for incident in found)
    else:
        table(found, words(), app.settings.zone)


def _list_neighbours(frame: Frame, kind: str, status: str | None, limit: int, json: bool) -> None:
    from processor.cli.neighbour_portrait import neighbour_row, neighbour_table
    from processor.domain.neighbours import Neighbour

    codes = words().under(f"{kind}.status")
    titles = {title.lower(): code for code, title in codes.items()}
    code = titles.get(status.lower(), status.lower()) if status else None
    if code is not None and code not in codes:
        known = ", ".join(codes)
        raise Stop(USER_FAULT, sentence("bad_status", value=status, known=known))
    app = frame.app()
    found: Sequence[Neighbour]
    with app.store.read() as work:
        if kind == "problem":
            found = work.problems.search(status=code, limit=limit)
        else:
            found = work.changes.search(status=code, limit=limit)
    if json:
        emit_all(neighbour_row(one) for one in found)
    else:
        neighbour_table(found, words(), app.settings.zone)


def _status(text: str | None) -> Status | None:
    if text is None:
        return None
    titles = {title.lower(): code for code, title in words().under("status").items()}
    code = titles.get(text.lower(), text.lower())
    try:
        return Status(code)
    except ValueError as fault:
        known = ", ".join(status.value for status in Status)
        raise Stop(USER_FAULT, sentence("bad_status", value=text, known=known)) from fault


def show(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER")],
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
) -> None:
    """One record with all that is known of it."""
    from processor.cli.portrait import document, local, page
    from processor.cli.surroundings import as_document, on_page, surroundings_of

    frame: Frame = context.obj
    app = frame.app()
    if is_neighbour(number):
        _show_neighbour(app, number.upper(), as_json)
        return
    with app.store.read() as work:
        if work.incidents.get(number.upper(), lock=False) is None:
            raise NotFound(number)
        dossier = work.incidents.dossier(number.upper())
        beside = surroundings_of(work, number.upper())
    if as_json:
        now = frame.clock(app.settings)()
        emit({**document(dossier, now), **as_document(beside, dossier)})
    else:
        page(dossier, words(), app.settings.zone)
        on_page(beside, words(), partial(local, zone=app.settings.zone))


def _show_neighbour(app: App, number: str, as_json: bool) -> None:
    from processor.cli.neighbour_portrait import neighbour_document, neighbour_page
    from processor.services.neighbours import portfolio

    with app.store.read() as work:
        found = portfolio(work, number)
    if as_json:
        emit(neighbour_document(found))
    else:
        neighbour_page(found, words(), app.settings.zone)


def do(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER")],
    command: Annotated[list[str], typer.Argument(metavar="COMMAND…")],
    as_: Annotated[str, typer.Option("--as", metavar="ADDRESS", help=sentence("help.as"))],
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
) -> None:
    """A keyword from the shell, under the same rules as by mail."""
    from processor.cli.answers import answered, documents
    from processor.cli.neighbour_portrait import neighbour_row
    from processor.cli.portrait import row
    from processor.pipeline.counter import serve

    frame: Frame = context.obj
    app = frame.app()
    served = serve(app.desk, number.upper(), command, as_, app.clock())
    lines = [done_sentence(one.code, one.params, words()) for one in served.done]
    if as_json:
        answers = documents(served.events, app.clock())
        about = row(served.incident) if served.incident else None
        answer = {"done": lines, "incident": about, "answers": answers}
        if served.neighbour is not None:
            answer |= {served.neighbour.kind: neighbour_row(served.neighbour)}
        emit(answer)
        return
    for line in lines:
        say(line)
    answered(served.events, words(), app.settings.zone)
    record = served.neighbour or served.incident
    if record is not None:
        family = f"{served.neighbour.kind}.status" if served.neighbour else "status"
        status = words().say(f"{family}.{record.status}")
        say(sentence("state_now", number=record.number, status=status))
