"""Times, parameters and sentences as readers meet them; both catalogues alike and whole."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.domain.incident import Clock, ClockKind, Status
from processor.domain.people import Person, Role
from processor.domain.wording import Words
from processor.replies.action_links import ActionLinks
from processor.replies.addressing import Audience
from processor.replies.insight import Insight, shortened
from processor.replies.moments import Moments, zone_named
from processor.replies.samples import Sample
from processor.replies.telling import Telling

from .conftest import AT, ROOT, SYNONYMS

OWN = ("mail.", "refusal.", "done.")


def telling(words: Words, sample: Sample) -> Telling:
    moments = Moments(words, "", "Asia/Shanghai", AT)
    links = ActionLinks(words, SYNONYMS)
    return Telling(words, moments, sample.directory, links, sample.categories, {})


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("zh", "", "11月24日(周二) 14:30"),
        ("en", "", "Tue 24 Nov, 14:30"),
        ("zh", "Europe/Berlin", "11月24日(周二) 07:30 (UTC+01:00)"),
        ("en", "America/St_Johns", "Tue 24 Nov, 03:00 (UTC-03:30)"),
        ("en", "Mars/Olympus", "Tue 24 Nov, 14:30"),
        ("en", "../../etc/passwd", "Tue 24 Nov, 14:30"),
    ],
)
def test_moments(words: dict[str, Words], language: str, zone: str, said: str) -> None:
    at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    assert Moments(words[language], zone, "Asia/Shanghai", AT).say(at) == said


def test_another_year_is_said(words: dict[str, Words]) -> None:
    at = datetime(2027, 1, 4, 0, 5, tzinfo=UTC)
    assert Moments(words["zh"], "", "Asia/Shanghai", AT).say(at) == "2027年1月4日(周一) 08:05"
    assert Moments(words["en"], "", "Asia/Shanghai", AT).say(at) == "Mon 4 Jan 2027, 08:05"
    assert zone_named("", "UTC").key == "UTC"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("due", datetime(2026, 11, 24, 6, 30, tzinfo=UTC), "11月24日(周二) 14:30"),
        ("who", Person("a@b.c", "王芳"), "王芳"),
        ("group", "network", "网络组"),
        ("groups", ("network", "desk"), "网络组、服务台"),
        ("assignee", "engineer@example.com", "李志强"),
        ("assignee", "x@y.z", "x@y.z"),
        ("value", "hardware/printer", "硬件 / 打印机"),
        ("command", "accept", "#接单"),
        ("field", "urgency", "紧急度"),
        ("missing", ["cause", "action"], "原因、措施"),
        ("score", 5, "5"),
        ("reason", None, ""),
        ("text", "x" * 999, "x" * 400),
    ],
)
def test_parameters_in_readers_words(
    words: dict[str, Words], sample: Sample, name: str, value: object, said: str
) -> None:
    assert telling(words["zh"], sample).word(name, value) == said


def test_sentences(words: dict[str, Words], sample: Sample) -> None:
    tell = telling(words["zh"], sample)
    said = tell.sentence("refusal", "not_open", {"number": "INC-1", "status": Status.CLOSED})
    assert said.startswith("事件 INC-1 目前是“")
    assert "{" not in said


def test_a_refused_move_names_the_moves_that_there_are(
    words: dict[str, Words], sample: Sample
) -> None:
    params = {"status": Status.ASSIGNED, "target": Status.CLOSED, "moves": [], "keywords": []}
    tell = telling(words["zh"], sample)
    assert "现在可以变为：无。" in tell.sentence("refusal", "move_not_allowed", params)
    params |= {"moves": [Status.IN_PROGRESS, Status.MERGED], "keywords": ["accept", "duplicate"]}
    said = tell.sentence("refusal", "move_not_allowed", params)
    assert "（#接单）" in said
    assert "duplicate" not in said  # a keyword that is not configured is no advice


def test_a_hole_in_the_catalogue_costs_nobody_his_answer(
    words: dict[str, Words], sample: Sample
) -> None:
    tell = telling(words["en"], sample)
    assert "(brand_new)" in tell.sentence("refusal", "brand_new", {"a": 1})
    assert "(not_open)" in tell.sentence("refusal", "not_open", {"number": "INC-1"})


def test_targets_say_how_they_stand(words: dict[str, Words], sample: Sample) -> None:
    tell = telling(words["zh"], sample)
    moments = Moments(words["zh"], "", "Asia/Shanghai", AT)
    insight = Insight(words["zh"], moments, tell, Audience.STAFF, AT)

    def said(**changes: Any) -> tuple[str, str]:
        given = {"due_at": AT + timedelta(hours=1)} | changes
        clock = Clock(ClockKind.RESPONSE, 60, "work", AT, **given)
        fact = insight.target(clock)
        return fact.value.removeprefix("11月23日(周一) "), fact.tone

    assert said() == ("10:10", "")
    assert said(due_at=AT - timedelta(hours=1)) == ("08:10 · 已超时", "late")
    assert said(stopped_at=AT) == ("10:10 · 已按时", "quiet")
    assert said(stopped_at=AT + timedelta(hours=2)) == ("10:10 · 已超时", "late")
    assert said(paused_since=AT) == ("10:10 · 计时暂停", "quiet")


def test_rows_show_the_target_that_is_due_first(words: dict[str, Words], sample: Sample) -> None:
    tell = telling(words["zh"], sample)
    moments = Moments(words["zh"], "", "Asia/Shanghai", AT)
    insight = Insight(words["zh"], moments, tell, Audience.STAFF, AT)
    incident = sample.incident(Status.IN_PROGRESS)
    row = insight.row(incident, sample.clocks)
    assert row.due == "响应时限 11月23日(周一) 11:10"
    assert (row.who, row.late) == ("李志强", False)
    assert insight.row(incident, ()).due == ""


def test_shortened() -> None:
    assert shortened(" a\x00\x1b[31mb\n\tc ", 50) == "a[31mb\n\tc"
    assert shortened("12345", 5) == "12345"
    assert shortened("123456", 5) == "1234…"


# ---- the catalogues ----------------------------------------------------------------------------


def test_both_languages_have_the_same_keys_and_placeholders(words: dict[str, Words]) -> None:
    tables = {}
    for language, said in words.items():
        keys = [key for key in sorted(said.keys()) if key.startswith(OWN)]
        tables[language] = {key: _placeholders(said.say(key)) for key in keys}
    assert tables["zh"] == tables["en"]
    assert len(tables["zh"]) > 200


def test_no_sentence_is_left_in_the_other_language(words: dict[str, Words]) -> None:
    for key in sorted(words["en"].keys()):
        if key.startswith(OWN):
            assert not any("\u4e00" <= c <= "\u9fff" for c in words["en"].say(key)), key


def test_every_refusal_of_the_services_has_its_sentence(words: dict[str, Words]) -> None:
    """Found in the source, so that a new refusal without words cannot pass."""
    raised = list(_raised("services", "commands", "pipeline", "domain"))
    assert len(raised) > 15
    for code, given in raised:
        for said in words.values():
            assert said.has(f"refusal.{code}"), code
            filled = given | {"steps"} if "moves" in given else given
            assert _placeholders(said.say(f"refusal.{code}")) <= filled, code


def test_every_command_has_a_button_a_hint_and_an_answer(words: dict[str, Words]) -> None:
    asked = {  # answered by letters of their own
        *("status", "queue", "find", "help", "report", "forms", "ack"),
        *("mine", "overdue", "lists"),
    }
    for said in words.values():
        commands = set(said.under("mail.do"))
        assert set(said.under("mail.hint")) == commands
        assert commands - asked <= set(said.under("done"))
        assert set(said.under("mail.fill")) <= commands
        assert set(said.under("mail.form")) <= commands


def test_words_of_the_domain_are_there(words: dict[str, Words]) -> None:
    for said in words.values():
        for status in Status:
            assert said.has(f"status.{status.value}"), status
        for grade in range(1, 5):
            assert said.has(f"priority.{grade}"), grade
        assert Role.MANAGER.value


def _placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def _raised(*rooms: str) -> Iterator[tuple[str, frozenset[str]]]:
    for room in rooms:
        for file in sorted(Path(ROOT / "processor" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                    code = node.args[0] if node.args else None
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        given = {word.arg for word in node.keywords if word.arg}
                        yield code.value, frozenset(given)
