"""`parse` and `rules`: what a mail says, and what the rules make of it. Nothing is stored."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from processor.cli.explaining import explained
from processor.cli.frame import Frame, Stop, emit, say, sentence, unread, words
from processor.cli.replaying import rules_replay

if TYPE_CHECKING:
    from processor.forms.forms import Forms
    from processor.parsing.limits import ParseLimits
    from processor.rules.alerts import Watch


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("parse", help=sentence("help.parse"))(parse)
    rules = typer.Typer(no_args_is_help=True, help=sentence("help.rules"))
    rules.command("test", help=sentence("help.rules_test"))(rules_test)
    rules.command("replay", help=sentence("help.rules_replay"))(rules_replay)
    app.add_typer(rules, name="rules")


def parse(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE…")],
    plain: Annotated[bool, typer.Option("--plain", help=sentence("help.plain"))] = False,
    explain: Annotated[bool, typer.Option("--explain", help=sentence("help.explain"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
) -> None:
    """The understood messages, one JSON object a line."""
    frame: Frame = context.obj
    clock = _clock_of(frame)
    failed: list[str] = []
    for name in files:
        try:
            if explain:
                explained(name, plain=plain, as_json=as_json, limits=_limits(frame.home))
                continue
            for document in _understood(name, plain, frame.home, clock):
                if as_json or plain or len(files) > 1 or not sys.stdout.isatty():
                    emit(document)
                else:
                    _page(document)
        except OSError as fault:
            failed.append(f"{name}: {fault.strerror}")
    unread(failed, len(files))


def _understood(
    name: str, plain: bool, home: Path, clock: Callable[[], datetime]
) -> Iterator[dict[str, Any]]:
    from processor.bootstrap.ingesting import messages_in
    from processor.bootstrap.trying import alert_in, form_in
    from processor.cli.portrait import understood
    from processor.parsing.charset import decode
    from processor.parsing.defects import Defects
    from processor.parsing.parse import parse as parse_bytes
    from processor.parsing.parse import read_plain

    if plain:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        yield {"file": name, "reply_text": read_plain(decode(raw, None, Defects()))}
        return
    for raw in messages_in(name):
        message = parse_bytes(raw, _limits(home))
        form = form_in(_forms(home), message, clock()) if message.attachments else None
        yield understood(name, message, alert_in(_watch(home), message), form)


def _clock_of(frame: Frame) -> Callable[[], datetime]:
    """The clock of this run; `parse` needs no home, without which ``--now`` is in UTC."""
    from processor.bootstrap.clock import read_moment, stopped_at, wall_clock

    if frame.now_text is None:
        return wall_clock
    try:
        return stopped_at(read_moment(frame.now_text, ZoneInfo("UTC")))
    except ValueError as fault:
        raise Stop(2, sentence("bad_now", value=frame.now_text)) from fault


@lru_cache(maxsize=1)
def _limits(home: Path) -> ParseLimits:
    """Asked once for all files of a command."""
    from processor.bootstrap.trying import limits_of

    return limits_of(home)


@lru_cache(maxsize=1)
def _watch(home: Path) -> Watch:
    """Compiled once for all files of a command."""
    from processor.bootstrap.trying import watch_of

    return watch_of(home)


@lru_cache(maxsize=1)
def _forms(home: Path) -> Forms:
    """Read once for all files of a command."""
    from processor.bootstrap.trying import forms_of

    return forms_of(home)


def _page(document: dict[str, Any]) -> None:
    for key, value in document.items():
        if value not in (None, "", []):
            say(f"{key}: {value}")


def rules_test(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="MAIL…")],
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
) -> None:
    """Rule by rule: which matched and why, and what they decide together."""
    from processor.bootstrap.ingesting import messages_in
    from processor.bootstrap.trying import try_rules

    frame: Frame = context.obj
    settings = frame.settings()
    now = frame.clock(settings)()
    failed: list[str] = []
    for name in files:
        try:
            for raw in messages_in(name):
                trial = try_rules(settings, raw, now)
                if as_json:
                    emit(trial.as_dict(name))
                else:
                    for line in trial.lines(words()):
                        say(line)
        except OSError as fault:
            failed.append(f"{name}: {fault.strerror}")
    unread(failed, len(files))
