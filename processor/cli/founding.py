"""`init`: a new home, by options or by questions and answers."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from processor.cli.frame import USER_FAULT, Stop, language, refused, say, sentence
from processor.domain.errors import Refusal

if TYPE_CHECKING:
    from processor.settings.presets import Preset

TYPED = "-"  # the password itself comes on standard input, and goes into a file of the home
SECRET_FILE = "file:data/secrets/servicedesk"  # noqa: S105 - where it lies, not what it is
TRIES = 3  # wrong answers to one question


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("init", help=sentence("help.init"))(init)


def init(
    directory: Annotated[Path | None, typer.Argument(metavar="DIR")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en")] = None,
    preset: Annotated[str, typer.Option(metavar="NAME", help=sentence("help.preset"))] = "",
    address: Annotated[str, typer.Option(metavar="ADDRESS", help=sentence("help.address"))] = "",
    organisation: Annotated[str, typer.Option(help=sentence("help.organisation"))] = "",
    zone: Annotated[str, typer.Option(metavar="IANA", help=sentence("help.zone"))] = "",
    host: Annotated[str, typer.Option(help=sentence("help.host"))] = "",
    smtp: Annotated[str, typer.Option(help=sentence("help.smtp"))] = "",
    user: Annotated[str, typer.Option(help=sentence("help.user"))] = "",
    password: Annotated[
        str, typer.Option(metavar="env:NAME|file:PATH|-", help=sentence("help.password"))
    ] = "",
    tenant: Annotated[str, typer.Option(help=sentence("help.tenant"))] = "",
    client_id: Annotated[str, typer.Option(help=sentence("help.client_id"))] = "",
    ask: Annotated[bool, typer.Option("--ask", help=sentence("help.ask"))] = False,
    presets: Annotated[bool, typer.Option("--presets", help=sentence("help.presets"))] = False,
) -> None:
    """A home that works without editing; with ``preset`` one with a mailbox of that provider."""
    chosen = lang or language()
    if chosen not in ("zh", "en"):
        raise Stop(USER_FAULT, sentence("bad_language", value=chosen))
    if presets:
        offer()
        return
    if directory is None:
        raise Stop(2, sentence("init.where"))
    answers = {
        "preset": preset, "address": address, "organisation": organisation, "zone": zone,
        "host": host, "smtp": smtp, "user": user, "password": password, "tenant": tenant,
        "client_id": client_id,
    }  # fmt: skip
    if ask:
        answers["lang"] = lang or ""
        answers = interview(answers)
        chosen = answers["lang"]
    found(directory, chosen, answers)


def offer() -> None:
    """Every preset with what it is for."""
    from processor.settings.presets import presets

    for name, preset in presets().items():
        say(f"{name:14}{preset.title[language()]}")


def found(directory: Path, lang: str, answers: Mapping[str, str]) -> None:
    """Make the home, and say what comes next."""
    from processor.settings.home import Wishes, make_home
    from processor.settings.presets import checked, preset_named, written

    said = dict(answers)
    secret = ""
    if said.get("password") == TYPED:
        secret = said.get("secret") or sys.stdin.readline().rstrip("\r\n")
        said["password"] = SECRET_FILE
        if not secret:
            raise Stop(USER_FAULT, sentence("init.no_password"))
    if said.get("zone"):
        _sound_zone(said["zone"])
    preset = preset_named(said["preset"]) if said.get("preset") else None
    if preset is None:
        said["address"] = checked("address", said["address"]) if said.get("address") else ""
    wishes = Wishes(
        organisation=said.get("organisation", ""),
        zone=said.get("zone", ""),
        address=said["address"],
        mailbox=written(preset, said) if preset else "",
        password=secret,
    )
    make_home(directory, lang, wishes)
    if preset is None:
        say(sentence("made_home", home=directory))
    else:
        _next(directory, preset, said)


def _sound_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError) as fault:
        raise Refusal("preset_value", name="--zone", value=name) from fault
    return name


def _next(directory: Path, preset: Preset, said: Mapping[str, str]) -> None:
    say(sentence("init.made", home=directory, title=preset.title[language()]))
    for line in preset.facts["remarks"][language()]:
        say(f"  {line}")
    reference = said.get("password") or preset.usual("password", "")
    client_secret = (preset.facts.get("login") or {}).get("client_secret", "")
    wanted = client_secret if preset.by_login else reference
    steps = []
    if wanted.startswith("env:"):
        steps.append(sentence("init.step_env", name=wanted.removeprefix("env:")))
    elif wanted.startswith("file:") and wanted != SECRET_FILE:
        steps.append(sentence("init.step_file", path=wanted.removeprefix("file:")))
    if preset.by_agreement:
        steps.append(f"postdesk -c {directory} login")
    steps += [sentence("init.step_people", home=directory)]
    steps += [f"postdesk -c {directory} {one}" for one in ("config check", "db upgrade", "doctor")]
    steps += [f"postdesk -c {directory} run --once"]
    say(sentence("init.next"))
    for number, step in enumerate(steps, 1):
        say(f"  {number}. {step}")


def interview(answers: Mapping[str, str]) -> dict[str, str]:
    """Ask for everything that no option said, with what is usual in brackets."""
    from processor.settings.presets import checked, preset_named

    said = dict(answers)
    said["lang"] = said["lang"] or _answer("lang", language(), _lang)
    said["organisation"] = said["organisation"] or _answer("organisation", "")
    if not said["zone"]:
        said["zone"] = _answer("zone", "Asia/Shanghai", _sound_zone)
    if not said["preset"]:
        offer()
        said["preset"] = _answer("preset", "imap", lambda value: preset_named(value).name)
    preset = preset_named(said["preset"])
    said["address"] = said["address"] or _answer("address", "", partial(checked, "address"))
    for name in ("user", *preset.ask):
        usual = preset.usual(name, said["address"])
        said[name] = said[name] or _answer(name, usual, partial(checked, name))
    if not preset.by_login and not said["password"]:
        said["password"], said["secret"] = TYPED, _password()
        if not said["secret"]:  # nobody has to type it here
            said["password"] = ""
    return said


def _lang(value: str) -> str:
    if value not in ("zh", "en"):
        raise Refusal("preset_value", name="--lang", value=value)
    return value


def _as_said(value: str) -> str:
    return value


def _answer(name: str, usual: str, sound: Callable[[str], str] = _as_said) -> str:
    """One question. What is wrong is asked again; an end of the input ends the command."""
    shown = f" [{usual}]" if usual else ""
    for _ in range(TRIES):
        sys.stdout.write(sentence(f"init.ask.{name}") + shown + ": ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            break
        try:
            return sound(line.strip() or usual)
        except Refusal as refusal:
            say()
            say(refused(refusal).lines[0])
    raise Stop(USER_FAULT, sentence("init.no_answer", name=name))


def _password() -> str:
    """Never shown on a terminal; empty where it is to lie in the environment."""
    if sys.stdin.isatty():
        return getpass.getpass(sentence("init.ask.password") + ": ")
    sys.stdout.write(sentence("init.ask.password") + ": ")
    return sys.stdin.readline().rstrip("\r\n")
