"""`postdesk demo`: the story on mail servers inside this process, told as it happens."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from processor.bootstrap.logs import configure
from processor.demo.correspondent import read
from processor.demo.servers import DemoServers
from processor.demo.stage import DeskStage, StoryClock, on_servers, passwords, submitter
from processor.demo.story import ZONE, Played, cast_and_scenes, play
from processor.domain.errors import Refusal
from processor.domain.wording import Words
from processor.settings.home import make_home
from processor.settings.loader import load

_BEFORE = timedelta(minutes=2)


def show(home: Path, language: str) -> bool:
    """Make ``home``, play the story in it and tell it in ``language`` on the terminal.

    Leaves the home with all that came of it: database, every mail that was sent (``outbox/``)
    and the Word report (``reports/``). Returns whether everything came as the script says.
    """
    if home.exists() and any(home.iterdir()):
        home = _free(home)
    make_home(home, "zh")
    configure(home / "logs" / "postdesk.log", console=False, level=logging.INFO)
    settings = load(home)
    words = settings.words[language]
    console = Console(highlight=False, soft_wrap=True)
    _, scenes = cast_and_scenes()
    clock = StoryClock(scenes[0].at - _BEFORE)
    with DemoServers(passwords(), clock=clock) as servers:
        stage = DeskStage(
            on_servers(settings, servers), clock, submitter(servers.smtp_port), servers.received
        )
        console.print(f"\n[bold]{words.say('demo.title')}[/bold]")
        console.print(
            words.say("demo.servers", imap=servers.imap_port, smtp=servers.smtp_port) + "\n",
            style="dim",
        )
        well = True
        for played in play(stage):
            _tell(console, words, played)
            well = well and played.as_written
        _keep_mails(home, servers)
        report = _report(stage, home, language)
        _farewell(console, words, stage, home, report)
        stage.close()
    return well


def _free(home: Path) -> Path:
    """``demo-home-2`` and so on: what an earlier demo left is not touched."""
    for ordinal in range(2, 1000):
        other = home.with_name(f"{home.name}-{ordinal}")
        if not other.exists():
            return other
    raise Refusal("home_not_empty", home=str(home))


def _tell(console: Console, words: Words, played: Played) -> None:
    scene = played.scene
    moment = scene.at.astimezone(ZONE)
    mark = "[green]✓[/green]" if played.as_written else "[red]✗[/red]"
    console.print(f"{mark} [bold]{moment:%H:%M}[/bold]  {escape(scene.tell[words.language])}")
    state = words.say(f"status.{played.incident.status}")
    console.print(
        Text(f"         {played.incident.number} · {state}", style="cyan")
        + Text(f" · {words.say(f'demo.{played.disposition}')}", style="dim")
    )
    for who, _kind, subject in played.mails:
        name = cast_and_scenes()[0][who].name
        console.print(Text(f"         → {name}: {subject}", style="dim"))
    if not played.mails:
        console.print(Text(f"         → {words.say('demo.no_mail')}", style="dim"))


def _keep_mails(home: Path, servers: DemoServers) -> None:
    """Every mail that somebody got, one file each, in the order in which they came."""
    people, _ = cast_and_scenes()
    mails = {raw for one in people.values() for raw in servers.received(one.address)}
    folder = home / "outbox"
    ordered = sorted(mails, key=lambda raw: (read(raw)["Date"].datetime, str(read(raw)["To"])))
    for ordinal, raw in enumerate(ordered, start=1):
        mail = read(raw)
        name = f"{ordinal:02d}-{mail['X-Postdesk-Event']}-{mail['X-Postdesk-Number']}.eml"
        (folder / name).write_bytes(raw)


def _report(stage: DeskStage, home: Path, language: str) -> Path:
    incident = stage.incident(1)
    with stage.app.store.read() as work:
        dossier = work.incidents.dossier(incident.number)
    name, content = stage.app.desk.policy.press(dossier, language, "team", stage.clock())
    path = home / "reports" / name
    path.write_bytes(content)
    return path


def _farewell(console: Console, words: Words, stage: DeskStage, home: Path, report: Path) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    for ordinal in (1, 2):
        one = stage.incident(ordinal)
        points = f"{one.satisfaction}/5" if one.satisfaction else ""
        table.add_row(
            one.number, words.say(f"status.{one.status}"), f"P{one.priority}", points, one.subject
        )
    console.print()
    console.print(table)
    where = home if home.is_absolute() else Path(home)
    console.print()
    console.print(words.say("demo.mails", folder=where / "outbox"))
    console.print(words.say("demo.report", file=report))
    console.print(words.say("demo.next", home=where, number=stage.incident(1).number))
