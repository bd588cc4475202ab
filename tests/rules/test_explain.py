"""Why a rule did or did not hold, for people."""

from __future__ import annotations

from processor.domain.ruling import All, Facts, Not, RuleSpec, Test
from processor.rules import explain

PRINTER = Test("subject", "contains", ("printer", "打印机"))
SOLVED = Test("body", "contains", ("已经好了",))
SPECS = [
    RuleSpec("printer", All((PRINTER, Not(SOLVED))), {"category": "hardware/printer"}, place="a:1"),
    RuleSpec("other", All(()), {"category": "application", "urgency": 3}, stop=True),
    RuleSpec("late", All(()), {"impact": 4}),
]


def test_each_test_says_what_it_found_and_where_it_looked() -> None:
    printer, other, late = explain(SPECS, Facts(subject="三楼打印机", body="不工作"))
    assert (printer.matched, printer.reached, printer.place) == (True, True, "a:1")
    found, absent = printer.findings
    assert (found.held, found.found, found.looked_at) == (True, "打印机", ("三楼打印机",))
    assert (absent.held, absent.found, absent.negated) == (True, "", True)
    assert printer.decided == {"category": "hardware/printer"}
    assert other.decided == {"urgency": 3}
    assert other.overruled == {"category": "printer"}
    assert (late.matched, late.reached, late.decided) == (True, False, {})


def test_the_part_that_was_missing_is_the_one_that_did_not_hold() -> None:
    printer, other, _ = explain(SPECS, Facts(subject="打印机", body="打印机\n已经好了 " * 20))
    assert not printer.matched
    assert [finding.held for finding in printer.findings] == [True, False]
    assert printer.findings[1].found == "已经好了"
    assert len(printer.findings[1].looked_at[0]) == 60
    assert other.overruled == {}
