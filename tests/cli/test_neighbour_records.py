"""`show`, `list --type` and `do` on problems and changes (spec 8)."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Postdesk
from tests.cli.test_record_commands import CHEN, NOW, NUMBER, WANG

PROBLEM, CHANGE = "PRB-20261123-0001", "RFC-20261123-0001"


def _do(postdesk: Postdesk, home: Path, number: str, who: str, *words: str) -> int:
    return postdesk("-c", home, *NOW, "do", number, *words, "--as", who).status


def test_problems_and_changes_from_the_shell(opened: Path, postdesk: Postdesk) -> None:
    assert _do(postdesk, opened, NUMBER, WANG, "接单") == 0
    assert _do(postdesk, opened, NUMBER, WANG, "问题", "进纸轮总是磨损") == 0
    assert _do(postdesk, opened, NUMBER, WANG, "变更", "换轮；旧了；低；周六；装回去") == 0
    shown = postdesk("-c", opened, "show", PROBLEM, "--json").json
    assert (shown["kind"], shown["status"], shown["title"]) == (
        "problem",
        "new",
        "进纸轮总是磨损",
    )
    assert shown["incidents"] == [NUMBER]
    assert [entry["kind"] for entry in shown["journal"]] == ["opened", "linked"]
    page = postdesk("-c", opened, "show", CHANGE.lower()).out
    assert "Awaiting approval" in page
    assert "周六" in page
    (listed,) = postdesk("-c", opened, "list", "--type", "change", "--json").json
    assert (listed["number"], listed["incident"]) == (CHANGE, NUMBER)
    assert PROBLEM in postdesk("-c", opened, "list", "--type", "problem", "--status", "new").out
    assert _do(postdesk, opened, CHANGE, WANG, "批准") == 1
    assert _do(postdesk, opened, CHANGE, CHEN, "批准") == 0
    assert postdesk("-c", opened, "show", CHANGE, "--json").json["status"] == "approved"


def test_what_is_not_there_or_not_known(opened: Path, postdesk: Postdesk) -> None:
    assert postdesk("-c", opened, "show", PROBLEM).status == 1
    assert postdesk("-c", opened, "list", "--type", "riddle").status == 1
    assert postdesk("-c", opened, "list", "--type", "change", "--status", "open").status == 1
