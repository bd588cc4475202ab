"""Every clause of the specification that people live by has its story, told on both databases."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from processor.domain.incident import Status
from processor.domain.lifecycle import MOVES
from processor.settings.packaged import data
from tests.journeys.clauses import NEIGHBOURS, PRINCIPLES, PROFILES, STEPS
from tests.journeys.test_table_of_moves import TOLD_ELSEWHERE, WHO, WRITTEN

HERE = Path(__file__).parent
TOLD = {**STEPS, **PRINCIPLES, **NEIGHBOURS, **PROFILES}
# fixtures of conftest.py that give a desk on SQLite and on PostgreSQL
ON_BOTH = {"desk", "desk_with"}


@cache
def _functions(file: str) -> dict[str, tuple[set[str], str]]:
    """Name → its arguments and its source, of every function of a module."""
    source = (HERE / file).read_text(encoding="utf-8")
    return {
        node.name: (
            {one.arg for one in node.args.args},
            ast.get_source_segment(source, node) or "",
        )
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
    }


def _reaches_both(file: str, name: str) -> bool:
    """Whether the test, or a fixture of its own module that it takes, has a desk on both."""
    arguments, _ = _functions(file)[name]
    if arguments & ON_BOTH:
        return True
    own = arguments & _functions(file).keys()
    return any(_reaches_both(file, one) for one in own)


@pytest.mark.parametrize("clause", TOLD)
def test_it_is_told_on_both_databases_by_mail(clause: str) -> None:
    assert TOLD[clause], clause
    for told in TOLD[clause]:
        file, _, name = told.partition("::")
        functions = _functions(file)
        assert name in functions, f"{clause}: there is no {told}"
        assert _reaches_both(file, name), f"{told} runs on one database alone"
        body = functions[name][1]
        assert "assert" in body or "refuses(" in body, f"{told} cannot fail"
        assert "pytest.skip" not in body, told


def test_no_step_principle_neighbour_or_profile_is_left_out() -> None:
    steps = [key.split()[0] for key in STEPS]
    assert steps == [*(f"100.{n}" for n in range(1, 10)), "101"]
    assert [key.split()[0] for key in PRINCIPLES] == [str(n) for n in range(1, 12)]
    kinds = dict.fromkeys(key.partition(":")[0] for key in NEIGHBOURS)
    assert [*kinds] == ["problem", "change", "configuration", "service levels", "knowledge"]
    shipped = {path.stem for path in (data("config") / "profiles").glob("*.yaml")}
    assert PROFILES.keys() == shipped


def test_no_row_of_the_table_of_moves_is_left_out() -> None:
    """Rows that lead somewhere are told by each who may; MERGED leads nowhere and says so in
    ``test_duplicates.py``."""
    assert {move.source for move in MOVES} == set(Status) - {Status.MERGED}
    assert {move.keyword for move in MOVES} <= WRITTEN.keys()
    assert {role for move in MOVES for role in move.by} <= WHO.keys() | TOLD_ELSEWHERE.keys()
    merged = "test_a_merged_one_has_no_way_back_and_the_refusal_says_so"
    assert merged in _functions("test_duplicates.py")


def test_all_desks_of_stories_are_on_both_databases() -> None:
    """``desk_with`` asks for the engine that a run is about, and the others for ``desk_with``."""
    fixtures = _functions("conftest.py")
    assert "new_database" in fixtures["desk_with"][0]
    assert "engine_name" in fixtures["new_database"][0]
    assert "desk_with" in fixtures["desk"][0]
