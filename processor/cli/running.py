"""`run`, `ingest`, `demo`: commands that move mail."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from processor.cli.frame import (
    SOME_FAILED,
    USER_FAULT,
    Frame,
    Stop,
    emit,
    language,
    say,
    sentence,
    unread,
)


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("run", help=sentence("help.run"))(run)
    app.command("ingest", help=sentence("help.ingest"))(ingest)
    app.command("demo", help=sentence("help.demo"))(demo)


def run(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help=sentence("help.once"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
) -> None:
    """The daemon; with ``--once`` it drains everything and ends."""
    from processor.bootstrap.checking import check, check_templates
    from processor.bootstrap.in_force import keep_in_force
    from processor.bootstrap.logs import configure
    from processor.bootstrap.wiring import wire
    from processor.daemon.courier import Courier
    from processor.daemon.locking import sole
    from processor.daemon.reload import Reloading
    from processor.daemon.service import Service
    from processor.delivery.smtp import SmtpSender

    frame: Frame = context.obj
    settings = frame.settings()
    configure(frame.home / "logs" / "postdesk.log", console=not once)
    clock = frame.clock(settings)
    if not once:
        # spec 2.7: a daemon that cannot write its letters does not start
        faults = check_templates(settings, clock())
        if faults:
            raise Stop(USER_FAULT, *faults)
    with sole(frame.home):
        app = wire(settings, clock, once=once, smtp=SmtpSender if once else Courier)
        if not once:
            Reloading(app, partial(wire, clock=clock, smtp=Courier), check).run()
            return
        try:
            keep_in_force(app.store, settings, clock())
            result = Service(app).once()
        finally:
            app.close()
    if as_json:
        emit(result.as_dict())
    else:
        say(sentence("ran_once", **result.as_dict()))
    if result.unreachable:
        raise Stop(SOME_FAILED, *result.unreachable)


def ingest(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE…")],
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
) -> None:
    """Spool and process files now; the same mail again changes nothing."""
    from processor.bootstrap.ingesting import ingest_file

    frame: Frame = context.obj
    app = frame.app()
    failed: list[str] = []
    missing: list[str] = []
    for name in files:
        try:
            for line in ingest_file(app, name):
                if line.failed:
                    failed.append(f"{line.file}: {line.reason}")
                if as_json:
                    emit(line.as_dict())
                else:
                    say(f"{line.file}: {line.disposition} {line.incident or '-'} {line.reason}")
        except OSError as fault:
            missing.append(f"{name}: {fault.strerror}")
    if failed:
        raise Stop(SOME_FAILED, *failed, *missing)
    unread(missing, len(files))


def demo(
    home: Annotated[Path | None, typer.Option("--home", metavar="DIR")] = None,
) -> None:
    """The main job on embedded servers, told as it happens."""
    try:
        from processor.demo.show import show
    except ModuleNotFoundError as missing:
        raise Stop(USER_FAULT, sentence("demo_parts", name=missing.name)) from missing

    if not show(home or Path("demo-home"), language()):
        raise Stop(SOME_FAILED, sentence("demo_failed"))
