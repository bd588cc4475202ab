"""Plays the script: each scene is a mail, a turn of the desk, and what must have come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from processor.demo.correspondent import Correspondent, Enclosed, read
from processor.domain.incident import Incident

DAY = date(2026, 11, 23)  # a Monday, and a working day
ZONE = ZoneInfo("Asia/Shanghai")
DESK = "servicedesk@example.com"


class Stage(Protocol):
    """Where the story plays: any mail servers with a desk behind them."""

    def send(self, raw: bytes, recipient: str, at: datetime) -> None:
        """Hand a person's mail to the mail system."""
        ...

    def received(self, address: str) -> list[bytes]:
        """Every mail that a person got so far, oldest first."""
        ...

    def turn(self, at: datetime) -> list[str]:
        """Let the desk do all that is to be done at ``at``; the dispositions, in order."""
        ...

    def incident(self, ordinal: int) -> Incident:
        """The incident that was opened as the ``ordinal``-th (from 1), as it is now."""
        ...


@dataclass(frozen=True, slots=True)
class Expected:
    """What a scene must lead to; ``mails`` maps a person to the kind of mail he then got."""

    disposition: str
    incident: int
    status: str
    mails: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """One mail of the story. ``at`` is UTC; the other names are the script's."""

    at: datetime
    who: str
    does: str
    tell: Mapping[str, str]
    then: Expected
    to: str = ""
    subject: str = ""
    text: str = ""
    command: str = ""
    more: str = ""
    enclose: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """A scene and what really came of it. ``mails`` are (person, kind, subject)."""

    scene: Scene
    disposition: str
    incident: Incident
    mails: tuple[tuple[str, str, str], ...]

    @property
    def as_written(self) -> bool:
        """Whether everything came as the script says, and no mail more."""
        then = self.scene.then
        return (
            self.disposition == then.disposition
            and self.incident.status == then.status
            and {who: kind for who, kind, _ in self.mails} == dict(then.mails)
            and len(self.mails) == len(then.mails)
        )


def mailboxes() -> tuple[str, ...]:
    """Every address of the story that mail can be sent to, the desk's first."""
    script = _script()
    return (DESK, *(one["address"] for one in script["people"].values()), *script["others"])


def _script() -> dict[str, Any]:
    text = files("processor.demo").joinpath("script.yaml").read_text("utf-8")
    script: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return script


def cast_and_scenes() -> tuple[dict[str, Correspondent], list[Scene]]:
    """The people of the script and its scenes in order."""
    script = _script()
    people = {key: Correspondent(**facts) for key, facts in script["people"].items()}
    return people, [_scene(facts) for facts in script["scenes"]]


def _scene(facts: Mapping[str, Any]) -> Scene:
    rest = {key: value for key, value in facts.items() if key not in ("at", "do", "then")}
    moment = datetime.combine(DAY, time.fromisoformat(facts["at"]), ZONE)
    return Scene(
        at=moment.astimezone(UTC), does=facts["do"], then=Expected(**facts["then"]), **rest
    )


def play(stage: Stage) -> Iterator[Played]:
    """Play every scene on the stage, yielding what came of each."""
    people, scenes = cast_and_scenes()
    for scene in scenes:
        before = {key: len(stage.received(one.address)) for key, one in people.items()}
        raw, recipient = _mail(scene, people, stage)
        stage.send(raw, recipient, scene.at)
        dispositions = stage.turn(scene.at)
        got = tuple(
            (key, str(mail["X-Postdesk-Event"]), str(mail["Subject"]))
            for key, one in people.items()
            for mail in map(read, stage.received(one.address)[before[key] :])
        )
        yield Played(
            scene,
            dispositions[0] if len(dispositions) == 1 else ",".join(dispositions),
            stage.incident(scene.then.incident),
            got,
        )


def _mail(scene: Scene, people: Mapping[str, Correspondent], stage: Stage) -> tuple[bytes, str]:
    """The scene's mail and whom it is addressed to."""
    who = people[scene.who]
    if scene.does == "write":
        enclosed = [_file(scene.enclose)] if scene.enclose else []
        return who.write(DESK, scene.subject, scene.text, scene.at, enclosed=enclosed), DESK
    if scene.does == "forge":
        number = stage.incident(scene.then.incident).number
        subject = scene.subject.format(number=number)
        return who.write(DESK, subject, scene.text, scene.at), DESK
    answered = _last(stage.received(who.address), scene.to)
    if scene.does == "away":
        raw = who.away(answered, scene.subject, scene.text, scene.at)
    elif scene.does == "click":
        raw = who.click(answered, scene.command, scene.at, scene.more)
    else:
        raw = who.answer(answered, scene.text, scene.at)
    return raw, str(read(raw)["To"].addresses[0].addr_spec)


def _last(mails: list[bytes], kind: str) -> bytes:
    for raw in reversed(mails):
        if read(raw)["X-Postdesk-Event"] == kind:
            return raw
    raise LookupError(f"nobody was sent a mail of kind {kind}")


def _file(name: str) -> Enclosed:
    content = files("processor.demo").joinpath(name).read_bytes()
    return Enclosed(f"打印机面板.{name.rpartition('.')[2]}", "image/png", content)
