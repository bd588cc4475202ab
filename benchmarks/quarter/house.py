"""The home in which the quarter is played: made by ``init``, then people, customers, contracts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.quarter.cast import DESK_GROUP, GROUPS, SCHOOL, Cast, Somebody
from processor.settings.home import make_home

DESK = "servicedesk@example.com"
CHECKED_BY = "mx.example.com"  # our own server's name in Authentication-Results
NOTICE = "向行业主管部门报告"

CUSTOMERS: list[dict[str, Any]] = [
    {"name": "客户零", "domains": ["customer0.example"]},
    {"name": "客户一", "domains": ["customer1.example"], "contract": "HT-2026-001"},
    {"name": "客户二", "domains": ["customer2.example"]},
    {"name": "客户三", "domains": ["customer3.example"]},
]
AGREEMENTS: list[dict[str, Any]] = [
    {
        "contract": "HT-2026-001",
        "calendar": "round-the-clock",
        "targets": {
            "p1": {"response": "10 min", "resolution": "2 h"},
            "p2": {"response": "20 min", "resolution": "6 h"},
            "p3": {"response": "1 h", "resolution": "16 h"},
        },
        "pauses": ["pending_user", "pending_vendor"],
    },
    {
        "organisation": "客户二",
        "calendar": "berlin",
        "pauses": ["pending_user", "pending_change"],
    },
    {
        "organisation": "客户三",
        "type": "service_request",
        "targets": {"p3": {"resolution": "40 h"}, "p4": {"response": "8 h", "resolution": "80 h"}},
    },
]
BERLIN: dict[str, Any] = {
    "zone": "Europe/Berlin",
    "week": {"mon-fri": "08:00-12:00, 13:00-17:00"},
    "holidays": "none",
    "closed": ["2026-10-30"],
}
SCHOOL_RULE: dict[str, Any] = {
    "name": "a-case-of-the-school",
    "when": {"subject": {"words": ["欺凌"]}},
    "then": {"profile": "campus", "category": "physical"},
}


def home_for(folder: Path, people: Cast, secret: bytes) -> Path:
    """A home in which these people stand; ``secret`` makes every token the same in every run. The
    desk is in every group that the story does not know."""
    make_home(folder, "zh")
    (folder / "data" / "secret.key").write_bytes(secret)
    config = folder / "config"
    with _edited(config / "people.yaml") as document:
        for group in document["groups"]:
            if group["name"] in GROUPS:
                group["line"] = GROUPS[group["name"]][0]
        others = [group["name"] for group in document["groups"] if group["name"] not in GROUPS]
        document["people"] = [_row(one, people, others) for one in people.staff]
    with _edited(config / "postdesk.yaml") as document:
        mailbox = document["mailboxes"][0]
        mailbox["address"], mailbox["authserv_ids"] = DESK, [CHECKED_BY]
        document.setdefault("limits", {})
        document["limits"].update(replies_per_sender_hour=10_000, replies_per_thread_hour=10_000)
    with _edited(config / "contracts.yaml") as document:
        document["organisations"], document["agreements"] = CUSTOMERS, AGREEMENTS
    with _edited(config / "calendars.yaml") as document:
        document["calendars"]["berlin"] = BERLIN
    with _edited(config / "emergency.yaml") as document:
        title = {"zh": NOTICE, "en": "Report to the supervising authority"}
        members = [{"post": "it_director"}, {"post": "general_manager"}]
        document["rosters"] = [{"name": "管理层", "members": members}]
        document["notices"] = [{"title": title, "within": "2 h"}]
    with (config / "rules" / "15-school.yaml").open("w", encoding="utf-8") as stream:
        YAML().dump([SCHOOL_RULE], stream)
    return folder


@contextmanager
def _edited(path: Path) -> Iterator[Any]:
    yaml = YAML()
    document = yaml.load(path.read_text("utf-8"))
    yield document
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(document, stream)


def _row(one: Somebody, people: Cast, others: list[str]) -> dict[str, object]:
    row: dict[str, object] = {"address": one.address, "name": one.name, "language": one.language}
    if one == people.manager:
        row["roles"] = ["manager", "approver", "administrator", "process_owner"]
    elif one.group == DESK_GROUP:
        row |= {"roles": ["desk"], "groups": [one.group, *others]}
    else:
        row |= {"roles": ["engineer"], "groups": [one.group]}
        if one.group == SCHOOL or people.lead(one.group) == one:
            row["leads"] = [one.group]
    return row
