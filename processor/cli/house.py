"""`config`, `db`, `doctor`: commands about the house itself."""

from __future__ import annotations

import json
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
    words,
)


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    config = typer.Typer(no_args_is_help=True, help=sentence("help.config"))
    config.command("check", help=sentence("help.config_check"))(config_check)
    config.command("show", help=sentence("help.config_show"))(config_show)
    config.command("schema", help=sentence("help.config_schema"))(config_schema)
    config.command("reference", help=sentence("help.config_reference"))(config_reference)
    app.add_typer(config, name="config")
    database = typer.Typer(no_args_is_help=True, help=sentence("help.db"))
    database.command("upgrade", help=sentence("help.db_upgrade"))(db_upgrade)
    database.command("check", help=sentence("help.db_check"))(db_check)
    app.add_typer(database, name="db")
    app.command("doctor", help=sentence("help.doctor"))(doctor)


AsJson = Annotated[bool, typer.Option("--json", help=sentence("help.json"))]


def config_check(context: typer.Context, as_json: AsJson = False) -> None:
    """Every fault with file, line, column and remedy; the rules' examples are run too."""
    from processor.bootstrap.checking import check, remarks

    frame: Frame = context.obj
    settings = frame.settings()
    faults = check(settings, words(), frame.clock(settings)())
    noted = remarks(settings, words())
    if as_json:
        emit({"faults": faults, "remarks": noted, "as_shipped": list(settings.as_shipped)})
    if faults:
        raise Stop(USER_FAULT, *faults)
    if not as_json:
        say(sentence("config_good", home=frame.home))
        for file in settings.as_shipped:
            say(sentence("as_shipped", file=file))
        for line in noted:
            say(line)


def config_show(context: typer.Context) -> None:
    """The configuration in force, as JSON; secrets stay references."""
    from processor.settings.showing import shown

    frame: Frame = context.obj
    say(json.dumps(shown(frame.settings()), ensure_ascii=False, indent=2, default=str))


def config_schema(
    name: Annotated[str | None, typer.Argument(metavar="[FILE]")] = None,
) -> None:
    """JSON Schema of the configuration files, for editors."""
    from processor.settings.export import schema

    schemas = schema()
    if name is not None and name not in schemas:
        raise Stop(USER_FAULT, sentence("bad_schema", value=name, known=", ".join(schemas)))
    say(json.dumps(schemas[name] if name else schemas, ensure_ascii=False, indent=2))


def config_reference(
    lang: Annotated[str | None, typer.Option(metavar="zh|en")] = None,
) -> None:
    """Every key of every file, as Markdown."""
    from processor.settings.reference import reference

    chosen = lang or language()
    if chosen not in ("zh", "en"):
        raise Stop(USER_FAULT, sentence("bad_language", value=chosen))
    say(reference(chosen).rstrip("\n"))


def db_upgrade(context: typer.Context) -> None:
    """Bring the database to the schema of this release."""
    from processor.bootstrap.opening import open_store

    frame: Frame = context.obj
    store = open_store(frame.settings())
    say(sentence("db_ready", revision=store.check().revision))
    store.close()


def db_check(context: typer.Context) -> None:
    """Whether the database is whole and at the schema of this release."""
    from processor.domain.errors import NewerDatabase
    from processor.store.database import Store, head

    frame: Frame = context.obj
    settings = frame.settings()
    store = Store(settings.database, blobs=settings.home / "data" / "blobs")
    state = store.check()
    store.close()
    if not state.exists:
        raise Stop(SOME_FAILED, sentence("db_absent", url=store.shown_url))
    if state.newer:
        raise NewerDatabase(state.revision, head())
    if not state.current:
        raise Stop(SOME_FAILED, sentence("db_behind", revision=state.revision))
    say(sentence("db_ready", revision=state.revision))


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Check everything outside postdesk itself, and say what to do."""
    from processor.bootstrap.doctor import examine

    frame: Frame = context.obj
    settings = frame.settings()
    findings = examine(settings, frame.clock(settings)())
    if as_json:
        emit([finding.as_dict(words()) for finding in findings])
    else:
        for finding in findings:
            say(finding.told(words()))
    if not all(finding.well or finding.bearable for finding in findings):
        raise Stop(SOME_FAILED)
