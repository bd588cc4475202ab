"""Problem report, problem review, change list and process audit: what stands in them, also when
there is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from docx.oxml.ns import qn

from processor.domain.problem import Problem, ProblemSource, ProblemStatus
from reports.neighbours.portfolio import ProblemFile
from tests.reports import cases, dossiers, lists
from tests.reports.printed import read, rows_under, text_of
from tests.reports.soundness import assert_sound

LANGUAGES = ("zh", "en")
BARE = Problem(
    "PRB-20261013-0009", ProblemStatus.NEW, cases.START, "", ProblemSource.PERSON
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["problem", "problems", "changes", "audit"])
def test_each_is_sound_and_made_again_byte_by_byte(kind: str, language: str) -> None:
    report = lists.printed(kind, language)
    assert_sound(report)
    assert report == lists.printed(kind, language)
    nothing = {
        "problem": {"file": ProblemFile(BARE)},
        "problems": {"problems": ()},
        "changes": {"changes": ()},
        "audit": {"audit": lists.NOTHING},
    }[kind]
    assert_sound(lists.printed(kind, language, **nothing))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_known_of_a_problem(language: str) -> None:
    report, file = lists.printed("problem", language), lists.problem_file(language)
    text, problem = text_of(report), file.problem
    for said in (problem.title, problem.symptom, problem.root_cause, problem.workaround):
        assert said in text
    words = dossiers.words(language)
    assert words.say("report.problem_late") in text
    assert words.say("report.unwritten") in text  # no permanent solution yet
    assert file.incidents[0].number in rows_under(report, _heading(language, "linked_incidents"))[1]
    assert file.changes[0].number in rows_under(report, _heading(language, "its_changes"))[1]


def test_the_review_puts_what_is_late_first_and_counts() -> None:
    report = lists.printed("problems", "en")
    pending = rows_under(report, _heading("en", "open_problems"))[1:]
    assert [row[0] for row in pending] == ["PRB-20260902-0001", "PRB-20261005-0001"]
    assert pending[0][6:] == ["42 d", "6"]
    assert [row[0] for row in rows_under(report, _heading("en", "found_problems"))[1:]] == [
        "PRB-20261005-0001"
    ]
    closed = rows_under(report, _heading("en", "closed_problems"))[1:]
    assert [row[0] for row in closed] == ["PRB-20260820-0001"]
    text = text_of(report)
    assert "October 2026: opened 1, closed 1; open when this was printed: 2." in text
    assert "Past their target: 1." in text
    empty = text_of(lists.printed("problems", "en", problems=()))
    assert "October 2026: no problem is open." in empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_hundreds_of_problems_are_counted_and_the_most_pressing_told(language: str) -> None:
    def problem(ordinal: int) -> Problem:
        days = timedelta(days=ordinal)
        return replace(
            lists.problems(language)[0],
            number=f"PRB-20260101-{ordinal:04d}",
            priority=1 + ordinal % 4,
            status=ProblemStatus.KNOWN_ERROR if ordinal % 3 else ProblemStatus.INVESTIGATING,
            assignee="" if ordinal % 5 else cases.LIU,
            opened_at=cases.START - days,
            target_at=cases.NOW + timedelta(days=ordinal % 7 - 3),
        )

    many = tuple(problem(ordinal) for ordinal in range(1, 401))
    report = lists.printed("problems", language, problems=many, most=12)
    assert_sound(report)
    pressing = sorted(
        (one for one in many if one.priority == 1),
        key=lambda one: (one.target_at >= cases.NOW, one.opened_at),
    )[:12]
    words = dossiers.words(language)
    note = words.say("report.most_pressing", listed=12, count=400)
    told = rows_under(report, note)[1:]
    assert [row[0] for row in told] == [one.number for one in pressing]
    first, *_, last = rows_under(report, _heading(language, "problem_backlog"))[1:]
    late = [one for one in many if one.target_at < cases.NOW]
    for row, some in ((first, [one for one in many if one.priority == 1]), (last, many)):
        assert row[1:5] == [
            str(len(some)),
            str(sum(one in late for one in some)),
            str(sum(not one.assignee for one in some)),
            str(sum(one.status is ProblemStatus.KNOWN_ERROR for one in some)),
        ]
    assert last[5] == words.say("report.days", count=(cases.NOW - many[-1].opened_at).days)
    known = words.say("report.listed_first", listed=12, count=267)
    assert len(rows_under(report, known)) == 13
    assert len(report) < 40_000  # a few pages, however many there are


def test_only_rows_of_long_texts_break_inside() -> None:
    known, new, closed = lists.problems("en")
    told = (
        replace(known, root_cause="Nobody knew. " * 40),
        new,
        replace(closed, solution="No.\n" * 20),
    )
    rows = list(read(lists.printed("problems", "en", problems=told)).element.body.iter(qn("w:tr")))
    torn = [row for row in rows if row.find(f".//{qn('w:cantSplit')}") is None]
    numbers = ["".join(one.text for one in row.iter(qn("w:t")))[:17] for row in torn]
    assert numbers == [known.number, closed.number]
    assert len(rows) > 10


def test_the_change_list_says_how_many_succeeded() -> None:
    report = lists.printed("changes", "en")
    text = text_of(report)
    assert "Carried out: 2, of which successful: 1 (50%)." in text
    undone = rows_under(report, _heading("en", "undone_changes"))[1:]
    assert [row[0] for row in undone] == ["CHG-20261009-0001"]
    waiting = rows_under(report, _heading("en", "waiting_changes"))[1:]
    assert [row[0] for row in waiting] == ["CHG-20261012-0001"]


def test_the_audit_names_the_records_and_counts_all() -> None:
    report = lists.printed("audit", "en")
    text = text_of(report)
    missing = rows_under(report, dossiers.words("en").say("report.audit_about.unrecorded"))[1:]
    assert [row[3] for row in missing] == ["Category, Configuration item", "Description"]
    assert "Breaches: 63." in text
    assert "The first 50 of 63." in text
    assert "Closed without the reporter’s word: 1 of 198 (1%)." in text
    steps = rows_under(report, _heading("en", "breaches_by_step"))[1:]
    assert ["Response target", "214", "12"] in [row[:3] for row in steps]
    assert ["Duties of the processes", "4", "1"] in [row[:3] for row in steps]
    empty = text_of(lists.printed("audit", "en", audit=lists.NOTHING))
    assert "nothing was found that departs from the process" in empty


def _heading(language: str, name: str) -> str:
    return dossiers.words(language).say(f"report.heading.{name}")
