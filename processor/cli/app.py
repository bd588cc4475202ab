"""The ``postdesk`` command: what scripts may rely on (spec 8).

Exit status: 0 done, 1 the user's fault (one clear line), 2 usage, 3 some items failed, 70 our
fault. Heavy parts are imported by the command that needs them, so that ``--help`` stays quick.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from processor import __version__
from processor.cli import (
    boxes,
    founding,
    house,
    importing,
    keeping,
    logging_in,
    people,
    reading,
    records,
    reporting,
    running,
    templating,
)
from processor.cli.frame import (
    DEFAULT_HOME,
    OUR_FAULT,
    SOME_FAILED,
    Frame,
    Stop,
    refused,
    say,
    sentence,
)
from processor.domain.errors import Fault, NewerDatabase, Refusal

app = typer.Typer(
    name="postdesk",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=sentence("help.postdesk"),
)

# options that stand before or behind a command's name alike
_SHARED = ("-c", "--config", "--now")


def _version(wanted: bool) -> None:
    if wanted:
        say(f"postdesk {__version__}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", "-c", metavar="DIR", help=sentence("help.home"))
    ] = None,
    now: Annotated[
        str | None, typer.Option("--now", metavar="ISO8601", help=sentence("help.now"))
    ] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Options that every command shares; ``version`` is answered by its callback."""
    del version
    where = config or Path(os.environ.get("POSTDESK_HOME") or DEFAULT_HOME)
    context.obj = frame = Frame(where, now)
    context.call_on_close(frame.close)


for room in (
    founding,
    house,
    keeping,
    logging_in,
    running,
    reading,
    records,
    reporting,
    importing,
    boxes,
    people,
    templating,
):
    room.register(app)


def shared_first(arguments: list[str]) -> list[str]:
    """Move the shared options to the front: ``run --once -c d`` is ``-c d run --once``."""
    front: list[str] = []
    rest: list[str] = []
    items = iter(arguments)
    for item in items:
        if item == "--":
            rest.extend((item, *items))
        elif item in _SHARED:
            front.extend((item, next(items, "")))
        elif item.startswith(("--config=", "--now=")):
            front.append(item)
        else:
            rest.append(item)
    return front + rest


def run(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        app(shared_first(given))
    except Stop as stop:
        _end(stop)
    except Refusal as refusal:
        _end(refused(refusal))
    except NewerDatabase as fault:
        told = sentence("db_newer", revision=fault.revision, known=fault.known)
        _end(Stop(SOME_FAILED, told))
    except Fault as fault:
        _end(Stop(OUR_FAULT, sentence("fault", reason=fault.reason)))
    except BrokenPipeError:
        # whoever read our output has seen enough, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as fault:
        if os.environ.get("POSTDESK_DEBUG"):
            raise
        _log(fault)
        first = str(fault).partition("\n")[0]
        _end(Stop(OUR_FAULT, sentence("fault", reason=f"{type(fault).__name__}: {first}")))


def _log(fault: Exception) -> None:
    """The traceback goes to the home's log, where a command has opened one."""
    import logging

    if logging.getLogger().handlers:
        logging.getLogger("postdesk").error("cli.fault", exc_info=fault)


def _end(stop: Stop) -> None:
    for line in stop.lines:
        sys.stderr.write(line + "\n")
    sys.exit(stop.status)
