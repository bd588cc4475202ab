"""`people import`, `people list`: who reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from processor.cli.frame import (
    SOME_FAILED,
    USER_FAULT,
    Frame,
    Stop,
    emit,
    emit_all,
    say,
    sentence,
    words,
)


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    people = typer.Typer(no_args_is_help=True, help=sentence("help.people"))
    people.command("import", help=sentence("help.people_import"))(people_import)
    people.command("list", help=sentence("help.people_list"))(people_list)
    app.add_typer(people, name="people")


AsJson = Annotated[bool, typer.Option("--json", help=sentence("help.json"))]


def people_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=sentence("help.dry_run"))] = False,
    as_json: AsJson = False,
) -> None:
    """Reporters from CSV or XLSX; the same file again changes nothing."""
    from processor.bootstrap.people_import import import_people, told

    frame: Frame = context.obj
    done = import_people(frame.settings(), file, dry=dry_run)
    counts = {"added": done.added, "changed": done.changed, "same": done.same}
    lines = [f"{file}: {told(fault, words())}" for fault in done.faults]
    if as_json:
        emit({"file": str(file), **counts, "dry_run": dry_run, "faults": lines})
    else:
        key = "association.would_import" if dry_run else "association.imported"
        say(f"{file}: {words().say(key, **counts)}")
    if lines:
        raise Stop(SOME_FAILED if sum(counts.values()) else USER_FAULT, *lines)


def people_list(context: typer.Context, as_json: AsJson = False) -> None:
    """Everybody whom the configuration names."""
    frame: Frame = context.obj
    directory = frame.settings().directory
    rows = [
        {
            "address": one.address,
            "name": one.name,
            "roles": sorted(one.roles),
            "groups": list(one.groups),
            "phone": one.phone,
            "department": one.department,
            "organisation": one.organisation,
            "site": one.site,
            "vip": one.vip,
        }
        for one in (*directory.people, *directory.reporters)
    ]
    if as_json:
        emit_all(rows)
        return
    for row in rows:
        roles = row["roles"]
        shown = (row["address"], row["name"], ",".join(roles if isinstance(roles, list) else ()))
        say("  ".join(str(one) for one in shown if one))
