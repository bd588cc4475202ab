"""`people import`, `people list`: who reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from processor.cli.frame import Frame, emit_all, say, sentence
from processor.cli.importing import reported


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
    from processor.bootstrap.people_import import import_people

    frame: Frame = context.obj
    done = import_people(frame.settings(), file, dry=dry_run)
    reported(file, done, "people_import", dry=dry_run, as_json=as_json)


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
