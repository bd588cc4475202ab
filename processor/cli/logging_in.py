"""`login`: a person agrees, once, that the desk may use a mailbox by OAuth 2."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from processor.cli.frame import SOME_FAILED, USER_FAULT, Frame, Stop, say, sentence

if TYPE_CHECKING:
    from processor.access.tokens import Keeper
    from processor.settings.settings import Settings


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("login", help=sentence("help.login"))(login)


def login(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]")] = "",
) -> None:
    """Agree to the login ``name``, or to that of the mailbox ``name``; alone, to the only one."""
    from processor.bootstrap.logins import keeper_of

    frame: Frame = context.obj
    settings = frame.settings()
    agree(keeper_of(settings, _named(settings, name)))


def _named(settings: Settings, name: str) -> str:
    known = [one.name for one in settings.logins]
    if name in known:
        return name
    used = {one.name: one.login for one in settings.senders if one.login}
    used |= {one.name: one.login for one in settings.mailboxes if one.login}
    if name in used:
        return used[name]
    if not name and len(known) == 1:
        return known[0]
    if not known:
        raise Stop(USER_FAULT, sentence("login.none"))
    raise Stop(USER_FAULT, sentence("login.which", value=name, known=", ".join(known)))


def agree(keeper: Keeper) -> None:
    """Lead a person through the grant, and keep what comes of it."""
    from processor.access import granting
    from processor.access.endpoint import NoAccess
    from processor.access.registration import Grant

    registration, clock = keeper.registration, keeper.clock
    try:
        if registration.grant is Grant.DEVICE:
            code = granting.device_code(registration, clock())
            say(sentence("login.device", url=code.url, code=code.user_code))
            sys.stdout.flush()
            pause = threading.Event()
            keeper.keep(granting.by_device(registration, code, clock, pause.wait))
        elif registration.grant is Grant.CODE:
            invited = granting.invitation(registration)
            say(sentence("login.code", url=invited.url))
            sys.stdout.flush()
            came_back = sys.stdin.readline()
            keeper.keep(granting.by_code(registration, invited, came_back, clock()))
        else:
            keeper()
    except NoAccess as no:
        raise Stop(SOME_FAILED, sentence("login.refused", reason=no.reason)) from no
    say(sentence("login.done", name=registration.name, path=keeper.path))
