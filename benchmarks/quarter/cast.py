"""Who works and who reports in the simulated quarter, and the home that they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ruamel.yaml import YAML

from processor.settings.home import make_home

DESK = "servicedesk@example.com"
CHECKED_BY = "mx.example.com"  # our own server's name in Authentication-Results
START = datetime(2026, 9, 6, 16, 0, tzinfo=UTC)  # Monday 7 September 2026, midnight in Shanghai
WEEKS = 13  # with the Mid-Autumn and National Day holidays and their make-up days

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("伟", "敏", "静", "强", "磊", "洋", "娜", "杰", "涛", "艳", "勇", "军", "霞", "平", "刚")
GROUPS: dict[str, tuple[int, int]] = {  # line, engineers
    "service-desk": (1, 2),
    "hardware": (1, 5),
    "network": (2, 4),
    "systems": (2, 4),
    "applications": (2, 4),
    "security": (2, 3),
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with a mailbox."""

    name: str
    address: str
    language: str = "zh"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody. ``engineers`` by group; a group's first engineer leads it."""

    engineers: dict[str, tuple[Somebody, ...]]
    manager: Somebody
    reporters: tuple[Somebody, ...]

    @property
    def staff(self) -> tuple[Somebody, ...]:
        return (self.manager, *(one for group in self.engineers.values() for one in group))

    def lead(self, group: str) -> Somebody | None:
        """Who leads a group; the service desk is led by nobody."""
        return None if group == "service-desk" else self.engineers[group][0]


def cast() -> Cast:
    """The same people every time: 20 engineers beside the desk, 60 reporters."""
    engineers = {}
    drawn = 0
    for group, (_, count) in GROUPS.items():
        members = []
        for _ in range(count):
            name = _SURNAMES[drawn % len(_SURNAMES)] + _GIVEN[drawn % len(_GIVEN)]
            address = f"engineer{drawn:02d}@example.com"
            members.append(Somebody(name, address, "zh", group))
            drawn += 1
        engineers[group] = tuple(members)
    reporters = tuple(
        Somebody(
            _SURNAMES[(7 * n) % len(_SURNAMES)] + _GIVEN[(4 * n) % len(_GIVEN)]
            if n % 3
            else f"Reporter {n:02d}",
            f"user{n:02d}@customer{n % 4}.example",
            "zh" if n % 3 else "en",
        )
        for n in range(60)
    )
    return Cast(engineers, Somebody("陈静", "manager@example.com"), reporters)


def home_for(folder: Path, people: Cast, secret: bytes) -> Path:
    """A home made by `init` in which these people stand; ``secret`` makes every token the same in
    every run. The desk is in every group that the story does not know."""
    make_home(folder, "zh")
    (folder / "data" / "secret.key").write_bytes(secret)
    yaml = YAML()
    path = folder / "config" / "people.yaml"
    document = yaml.load(path.read_text("utf-8"))
    for group in document["groups"]:
        if group["name"] in GROUPS:
            group["line"] = GROUPS[group["name"]][0]
    others = [group["name"] for group in document["groups"] if group["name"] not in GROUPS]
    document["people"] = [_row(one, people, others) for one in people.staff]
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(document, stream)
    path = folder / "config" / "postdesk.yaml"
    document = yaml.load(path.read_text("utf-8"))
    mailbox = document["mailboxes"][0]
    mailbox["address"], mailbox["authserv_ids"] = DESK, [CHECKED_BY]
    document.setdefault("limits", {})
    document["limits"].update(replies_per_sender_hour=10_000, replies_per_thread_hour=10_000)
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(document, stream)
    return folder


def _row(one: Somebody, people: Cast, others: list[str]) -> dict[str, object]:
    row: dict[str, object] = {"address": one.address, "name": one.name, "language": one.language}
    if one == people.manager:
        row["roles"] = ["manager", "approver", "administrator", "process_owner"]
    elif one.group == "service-desk":
        row |= {"roles": ["desk"], "groups": [one.group, *others]}
    else:
        row |= {"roles": ["engineer"], "groups": [one.group]}
        if people.lead(one.group) == one:
            row["leads"] = [one.group]
    return row
