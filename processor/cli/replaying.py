"""`rules replay`: what the edited configuration would make of past mails. Nothing is stored."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from processor.cli.frame import USER_FAULT, Frame, Stop, emit, say, sentence, words

if TYPE_CHECKING:
    from processor.bootstrap.replaying import PastMail
    from processor.settings.faults import ConfigFaults
    from processor.settings.settings import Settings


def rules_replay(
    context: typer.Context,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="DIR|MBOX", help=sentence("help.replay_against")),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help=sentence("help.replay_since"))
    ] = None,
    before: Annotated[
        Path | None, typer.Option("--before", metavar="DIR", help=sentence("help.replay_before"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help=sentence("help.replay_html"))
    ] = None,
) -> None:
    """What would come out differently, and by which rules."""
    from processor.bootstrap.logs import configure
    from processor.bootstrap.replay_page import lines_of, page_of
    from processor.bootstrap.replaying import replay

    frame: Frame = context.obj
    if (against is None) == (since is None):
        raise Stop(2, sentence("replay.one_of"))
    new = frame.settings()
    configure(None, console=False)  # what a replay settles is no news
    mails, kept = (
        (_in_files(against, frame.clock(new)()), _kept(new))
        if against is not None
        else (_recorded(str(since), new), None)
    )
    old = _settings_in(before, new) if before is not None else kept
    if old is None and against is not None:
        raise Stop(USER_FAULT, sentence("replay.nothing_in_force"))
    found = replay(mails, new, old)
    if html is not None:
        html.write_text(page_of(found, new, words()), encoding="utf-8")
    if as_json:
        emit(found.as_dict())
        return
    for line in lines_of(found, new, words()):
        say(line)


def _in_files(path: Path, now: datetime) -> list[PastMail]:
    from processor.bootstrap.ingesting import messages_in
    from processor.bootstrap.replaying import in_folder

    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    try:
        return list(
            in_folder(
                (
                    (one.name if at == 0 else f"{one.name}#{at + 1}", raw)
                    for one in files
                    if not one.name.startswith(".")
                    for at, raw in enumerate(messages_in(str(one)))
                ),
                now,
            )
        )
    except OSError as fault:
        raise Stop(USER_FAULT, f"{path}: {fault.strerror}") from fault


def _recorded(since: str, settings: Settings) -> list[PastMail]:
    from zoneinfo import ZoneInfo

    from processor.bootstrap.clock import read_moment
    from processor.bootstrap.replaying import recorded_since
    from processor.store.database import Store

    try:
        moment = read_moment(since, ZoneInfo(settings.zone))
    except ValueError as fault:
        raise Stop(2, sentence("replay.bad_date", value=since)) from fault
    store = Store(settings.database, blobs=settings.home / "data" / "blobs")
    try:
        return recorded_since(store, moment) if store.check().current else []
    finally:
        store.close()


def _kept(settings: Settings) -> Settings | None:
    from processor.bootstrap.replaying import in_force
    from processor.settings.loader import ConfigFaults
    from processor.store.database import Store

    store = Store(settings.database, blobs=settings.home / "data" / "blobs")
    try:
        return in_force(store, settings.home)
    except ConfigFaults as faults:
        raise _faulty(faults) from faults
    finally:
        store.close()


def _settings_in(folder: Path, new: Settings) -> Settings:
    """The configuration of another home, or of a ``config`` folder."""
    from processor.settings.loader import ConfigFaults, load

    config = folder / "config" if (folder / "config").is_dir() else folder
    if not (config / "postdesk.yaml").is_file():
        raise Stop(USER_FAULT, sentence("no_home", home=folder))
    try:
        return load(new.home, config.resolve())
    except ConfigFaults as faults:
        raise _faulty(faults) from faults


def _faulty(faults: ConfigFaults) -> Stop:
    from processor.cli.words import fault_lines

    return Stop(USER_FAULT, sentence("replay.before_faulty"), *fault_lines(faults, words()))
