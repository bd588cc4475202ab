"""JSON Schema for editors: every file, every key, every description."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from processor.domain.ruling_notation import FIELDS, JOINTS, OPERATORS
from processor.settings.files import FILES
from processor.settings.packaged import data
from processor.settings.reference import reference
from processor.settings.schema import schema
from processor.settings.yaml_nodes import read_tree


def fits(value: Any, described: dict[str, Any], defs: dict[str, Any]) -> bool:
    """As much of JSON Schema as the exported ones use."""
    if "$ref" in described:
        return fits(value, defs[described["$ref"].rsplit("/", 1)[-1]], defs)
    if "anyOf" in described:
        return any(fits(value, one, defs) for one in described["anyOf"])
    if "enum" in described and value not in described["enum"]:
        return False
    if "const" in described and value != described["const"]:
        return False
    kinds = described.get("type", [])
    python: dict[str, type | tuple[type, ...]] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "null": type(None),
    }
    listed = [kinds] if isinstance(kinds, str) else kinds
    if listed and not any(isinstance(value, python[kind]) for kind in listed):
        return False
    if isinstance(value, list):
        items = described.get("items", {})
        return len(value) >= described.get("minItems", 0) and all(
            fits(one, items, defs) for one in value
        )
    if isinstance(value, dict):
        known, others = described.get("properties", {}), described.get("additionalProperties", {})
        return all(key in value for key in described.get("required", [])) and all(
            fits(one, known[key], defs)
            if key in known
            else others is not False and fits(one, others if isinstance(others, dict) else {}, defs)
            for key, one in value.items()
        )
    return True


def test_every_file_has_a_schema() -> None:
    assert set(schema()) == {*FILES, "people/*.yaml", "profiles/*.yaml", "rules/*.yaml"}
    assert all(one["$schema"].startswith("https://json-schema.org/") for one in schema().values())


def test_the_shipped_files_fit_their_schemas() -> None:
    for name, described in schema().items():
        paths = sorted(data("config").glob(name))
        assert paths or name == "people/*.yaml", name  # those are imported
        for path in paths:
            value = read_tree(path.read_bytes()).data
            assert fits(value, described, described.get("$defs", {})), path.name


def test_slips_do_not_fit() -> None:
    schemas = schema()
    rules = schemas["rules/*.yaml"]
    slips: tuple[dict[str, Any], ...] = (
        {"name": "a", "when": {"subjekt": "x"}},
        {"name": "a", "when": {"subject": {"contain": "x"}}},
        {"name": "a", "when": {}, "then": {"urgency": 5}},
        {"when": {}},
    )
    for rule in slips:
        assert not fits([rule], rules, rules["$defs"]), rule
    desk = schemas["postdesk.yaml"]
    value = read_tree((data("config") / "postdesk.yaml").read_bytes()).data
    assert fits(value, desk, desk["$defs"])
    assert not fits({**value, "zonne": "UTC"}, desk, desk["$defs"])
    assert not fits({**value, "language": "fr"}, desk, desk["$defs"])
    assert not fits({**value, "mailboxes": []}, desk, desk["$defs"])


def test_rules_know_every_question() -> None:
    defs = schema()["rules/*.yaml"]["$defs"]
    assert set(defs["condition"]["properties"]) == {*FIELDS, *JOINTS}
    assert set(defs["test"]["anyOf"][1]["properties"]) == {*OPERATORS, *JOINTS}


def test_keys_are_described() -> None:
    for name, described in schema().items():
        if name == "rules/*.yaml":
            continue
        for title, part in {"": described, **described.get("$defs", {})}.items():
            for key, entry in part.get("properties", {}).items():
                plain = "type" in entry and entry["type"] not in ("object", "array")
                assert not plain or "description" in entry or key in (
                    "title", "code", "p1", "p2", "p3", "p4"
                ), f"{name} {title}.{key}"  # fmt: skip


def test_each_key_is_told_in_words() -> None:
    silent = [
        (name, part, key)
        for name, described in schema().items()
        for part, one in {"": described, **described.get("$defs", {})}.items()
        for key, entry in one.get("properties", {}).items()
        if not str(entry.get("description", "")).strip()
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("language", "page"), [("en", "configuration.md"), ("zh", "zh/configuration.md")]
)
def test_the_reference_page_is_current(language: str, page: str) -> None:
    """Made anew by: postdesk config reference --lang LANGUAGE > docs/PAGE"""
    written = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    made = reference(language)
    assert written == made
    for name in schema():
        assert f"## `config/{name}`" in made
