"""YAML as administrators write it: values, places, and nothing but faults for the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.settings.loader import ConfigFaults, load
from processor.settings.words import catalogue
from processor.settings.yaml_nodes import YamlFault, read_tree
from tests.settings.homes import new_home


def test_values_are_what_they_look_like() -> None:
    text = """
a: no
b: true
c: 2026-02-15
d: 0123
e: 12
f: 1.5
g: 1.50
h:
i: 0x1F
j: "12"
k: .nan
l: 08:30
7: seven
"""
    assert read_tree(text.encode()).data == {
        "a": "no", "b": True, "c": "2026-02-15", "d": "0123", "e": 12, "f": 1.5, "g": "1.50",
        "h": None, "i": "0x1F", "j": "12", "k": ".nan", "l": "08:30", "7": "seven",
    }  # fmt: skip


def test_places_are_those_of_keys_and_values() -> None:
    tree = read_tree("a:\n  - b: 1\n    c: [x,  y]\nd:\n".encode("utf-8-sig"))
    assert tree.keys[("a", 0, "c")] == (3, 5)
    assert tree.values[("a", 0, "c", 1)] == (3, 13)
    assert tree.values[("a", 0)] == (2, 5)
    assert tree.values[("d",)] == tree.keys[("d",)] == (4, 1)


def test_merged_keys_give_way_to_those_that_stand_there() -> None:
    text = "x: &x {a: 1, b: 2}\ny: &y {c: 3}\nz: {<<: [*x, *y], b: 9}\nw: {<<: *y}\n"
    tree = read_tree(text.encode())
    assert tree.data["z"] == {"a": 1, "b": 9, "c": 3}
    assert tree.data["w"] == {"c": 3}
    assert tree.values[("z",)] == (3, 4)


def test_an_empty_file_is_nothing() -> None:
    assert read_tree(b"").data is None
    assert read_tree(b"# only a comment\n").data is None


@pytest.mark.parametrize(
    ("text", "problem", "place"),
    [
        ("? [a, b]\n: c\n", "bad_yaml", (1, 3)),
        ("a: 1\n---\nb: 2\n", "bad_yaml", (2, 1)),
        ("a: *nobody\n", "bad_yaml", (1, 4)),
        ("a: !mine x\n", "bad_tag", (1, 4)),
        ("a: 'open\n", "bad_yaml", (2, 1)),
        ("a:\n\tb: 1\n", "tab", (2, 1)),
        ("a:\n  <<: 5\n", "bad_yaml", (2, 7)),
    ],
)
def test_what_is_no_configuration_is_told(text: str, problem: str, place: tuple[int, int]) -> None:
    with pytest.raises(YamlFault) as told:
        read_tree(text.encode())
    assert (told.value.problem, told.value.place) == (problem, place)


PLAIN = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_back(value: object) -> None:
    """JSON is YAML; ruamel's own dumper writes some texts that no reader takes."""
    assert read_tree(json.dumps(value, ensure_ascii=False).encode()).data == value


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_bytes_give_values_or_a_fault(raw: bytes) -> None:
    try:
        tree = read_tree(raw)
    except YamlFault as fault:
        line, column = fault.place
        assert line >= 1
        assert column >= 1
    else:
        assert tree.values or tree.data is None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_home(tmp_path_factory.mktemp("mutilated"))


FILES = ("postdesk", "people", "contracts", "sla", "calendars", "commands", "reports",
         "profiles/it", "rules/50-impact")  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    file=st.sampled_from(FILES),
    share=st.floats(0, 1),
    length=st.integers(1, 40),
    instead=st.sampled_from(["", "x", "\n", " ", "[", "}", ":", "- ", "{a: 1}", "null", "[1, {}]"]),
)
def test_a_mutilated_file_gives_settings_or_faults(
    home: Path, file: str, share: float, length: int, instead: str
) -> None:
    path = home / "config" / f"{file}.yaml"
    sound = path.read_text(encoding="utf-8")
    at = int(share * len(sound))
    try:
        path.write_text(sound[:at] + instead + sound[at + length :], encoding="utf-8")
        load(home)
        faults = []
    except ConfigFaults as told:
        faults = told.faults
        assert told.faults  # noqa: PT017 - which of the two comes out is not foretold
    finally:
        path.write_text(sound, encoding="utf-8")
    lines = [fault.told(words) for words in (catalogue("zh"), catalogue("en")) for fault in faults]
    assert all(line.startswith("config/") for line in lines)
