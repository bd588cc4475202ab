"""Priority from the matrix, the VIP's step, and the grade that is never lowered."""

from __future__ import annotations

import pytest

from processor.domain.errors import Refusal
from processor.domain.people import Role
from processor.domain.priority import DEFAULT_MATRIX, PriorityMatrix, check_grade, raised_for_vip
from tests.domain.records import incident

MATRIX = """
1 1 2 3
1 2 3 3
2 3 3 4
3 3 4 4
"""
MANAGER = frozenset({Role.MANAGER})
OTHERS = frozenset(Role) - MANAGER


def test_the_default_matrix_is_the_table_of_the_procedure() -> None:
    rows = [[int(cell) for cell in line.split()] for line in MATRIX.strip().splitlines()]
    for impact, row in enumerate(rows, 1):
        for urgency, priority in enumerate(row, 1):
            assert DEFAULT_MATRIX.priority(impact, urgency) == priority


@pytest.mark.parametrize(("impact", "urgency"), [(0, 1), (1, 0), (5, 1), (1, 5), (-1, 2)])
def test_a_grade_that_does_not_exist_has_no_priority(impact: int, urgency: int) -> None:
    with pytest.raises(ValueError, match="impact"):
        DEFAULT_MATRIX.priority(impact, urgency)


@pytest.mark.parametrize("rows", [(), ((),), ((1, 2), (1,)), ((1, 0),), ((0, 1), (1, 2))])
def test_a_matrix_with_holes_is_none(rows: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError, match=r"urgencies|above"):
        PriorityMatrix(rows)


def test_other_profiles_have_other_grades() -> None:
    assert PriorityMatrix(((1, 2, 3), (2, 3, 3))).priority(2, 1) == 2


def test_a_vip_is_one_step_more_urgent_as_far_as_there_is_one() -> None:
    assert [raised_for_vip(urgency) for urgency in (1, 2, 3, 4)] == [1, 1, 2, 3]


@pytest.mark.parametrize("initial", range(1, 5))
@pytest.mark.parametrize("new", range(1, 5))
def test_a_grade_falls_below_the_initial_one_by_the_manager_with_a_reason_alone(
    initial: int, new: int
) -> None:
    record = incident(initial_priority=initial, priority=initial)
    check_grade(record, new, MANAGER, "只影响一人")
    if new <= initial:
        check_grade(record, new, OTHERS, "")
        check_grade(record, new, frozenset(), "")
        return
    with pytest.raises(Refusal) as refused:
        check_grade(record, new, OTHERS, "a good reason")
    assert refused.value.code == "grade_below_initial"
    assert refused.value.params == {"initial": initial, "value": new}
    with pytest.raises(Refusal) as refused:
        check_grade(record, new, MANAGER, " \n")
    assert refused.value.code == "grade_reason_missing"


def test_what_was_raised_may_come_back_to_the_initial_grade() -> None:
    check_grade(incident(initial_priority=3, priority=1), 3, OTHERS, "")
    with pytest.raises(Refusal):
        check_grade(incident(initial_priority=3, priority=1), 4, OTHERS, "")


def test_what_the_manager_lowered_may_be_raised_or_left_by_others() -> None:
    record = incident(initial_priority=1, priority=3)
    check_grade(record, 2, OTHERS, "")
    check_grade(record, 3, OTHERS, "")
    with pytest.raises(Refusal):
        check_grade(record, 4, OTHERS, "worse")
