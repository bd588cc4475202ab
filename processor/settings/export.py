"""JSON Schema of every configuration file, so that editors complete and check."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

from processor.domain.incident import IncidentType
from processor.domain.ruling_notation import FIELDS, JOINTS, OPERATORS
from processor.domain.ruling_outcomes import GRADES, SWITCHES, TEXTS
from processor.settings.files import FILES, PROFILE, REPORTERS
from processor.settings.schema import (
    agreements,
    alerts,
    association,
    emergency,
    forms,
    goals,
    logins,
    neighbours,
    parsing,
    people,
    postdesk,
    process,
    profiles,
    reports,
    rounds,
    terms,
    vendors,
)

_ROW = re.compile(r"(p|impact_)([1-4])")
_CONDITIONS = {
    "from": "The author's address.",
    "from_name": "The author's name.",
    "to": "Addresses of To and Cc.",
    "subject": "The subject.",
    "body": "What was newly written, without quotes and signature.",
    "subject_or_body": "Either of the two.",
    "header": "Any header: its name, and what it holds; its name alone: it is there.",
    "attachment_name": "Names of attached files.",
    "attachment_type": "Media types of attached files.",
    "form": "The Word form that was handed in.",
    "language": "zh or en.",
    "organisation": "The author's organisation.",
    "ci": "Configuration items that a form names.",
    "profile": "The mailbox's process profile.",
    "mailbox": "The mailbox that it came by.",
    "time": "When it arrives, by the desk's clock: 08:00-18:00; over midnight, too.",
    "day": "The day on which it arrives: mon to sun.",
    "all": "Everything in it must hold.",
    "any": "One thing in it must hold.",
    "not": "Nothing in it may hold.",
    "contains": "A part of the text; several values are alternatives.",
    "words": "The same, but Latin words whole; print* allows any ending.",
    "pattern": "A RE2 expression; named groups such as (?P<ci>…) fill fields.",
    "in": "The whole text is one of these.",
    "is": "The whole text.",
    "between": "A span of times of day.",
    "name": "Of your own; the journal names it.",
    "when": "What must hold; {} always holds.",
    "then": "What is decided; of each field the first rule that decides it counts.",
    "stop": "No later rule is asked.",
    "examples": "Mails and what all rules together must make of them; run by config check.",
    "type": "Type of the record.",
    "category": "Path of category codes.",
    "system": "Affected system.",
    "group": "Who gets it.",
    "assignee": "Whose it is: an address.",
    "impact": "1 (whole organisation) to 4 (one person).",
    "urgency": "1 (work stopped) to 4 (no effect yet).",
    "tags": "Tags; those of all rules are gathered.",
    "reply_template": "Which of templates/mail/LANG/opened.NAME.txt and .html answers the report.",
    "drop": "The mail is ignored, and kept in the spool.",
    "quarantine": "A person looks at it.",
    "headers": "Further headers of the example.",
    "at": "When the example arrives, by the desk's clock.",
    "expect": "What must come out; null: no rule may decide it.",
}
"""What keys of rules say; of what is decided ``ci`` and ``profile`` mean the same thing."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, dict[str, Any]]:
    """File (``profiles/*.yaml`` and ``rules/*.yaml`` for every one of those) → JSON Schema."""
    models = {**FILES, "profiles/*.yaml": PROFILE, "people/*.yaml": REPORTERS}
    schemas = {
        name: {"$schema": DIALECT, "title": f"postdesk {name}", **_schema_of(model)}
        for name, model in models.items()
    }
    rules = _rules()
    watch = schemas["alerts.yaml"]
    watch["$defs"] |= rules["$defs"]
    when = watch["$defs"]["Source"]["properties"]["when"]
    watch["$defs"]["Source"]["properties"]["when"] = {
        "$ref": "#/$defs/condition", "description": when["description"],
    }  # fmt: skip
    return {**schemas, "rules/*.yaml": rules}


def _schema_of(model: Any) -> dict[str, Any]:
    described: dict[str, Any] = model.model_json_schema()
    parts = {model.__name__: described, **described.get("$defs", {})}
    said = dict(_descriptions())
    for name, part in parts.items():
        for key, entry in part.get("properties", {}).items():
            text = said.get((name, key)) or _by_itself(key) or _of_part(entry, parts)
            if text:
                entry["description"] = " ".join(text.split())
    return {key: value for key, value in described.items() if key != "title"}


def _by_itself(key: str) -> str:
    """What keys say that name a priority or a row of the matrix."""
    row = _ROW.fullmatch(key)
    if row is None:
        return ""
    if row[1] == "p":
        return f"Of priority {row[2]}."
    return f"Priorities of impact {row[2]}, by urgency 1 to 4."


def _of_part(entry: dict[str, Any], parts: dict[str, Any]) -> str:
    """The description of the part that a key holds: alone, in a list or by name."""
    held = entry.get("patternProperties", {}).values()
    for part in (entry, entry.get("items", {}), entry.get("additionalProperties", {}), *held):
        for one in (part, *part.get("anyOf", ())) if isinstance(part, dict) else ():
            if "$ref" in one:
                return str(parts[one["$ref"].rsplit("/", 1)[-1]].get("description", ""))
    return ""


def _descriptions() -> Iterator[tuple[tuple[str, str], str]]:
    """(model, field) → the text that stands below the field in the source."""
    for module in (
        agreements, alerts, association, emergency, forms, goals, logins, neighbours, parsing,
        people, postdesk, process, profiles, reports, rounds, terms, vendors,
    ):  # fmt: skip
        for node in ast.parse(inspect.getsource(module)).body:
            if not isinstance(node, ast.ClassDef):
                continue
            for field, below in zip(node.body, node.body[1:], strict=False):
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(field.target, ast.Name)
                    and isinstance(below, ast.Expr)
                    and isinstance(below.value, ast.Constant)
                ):
                    yield (node.name, _key_of(field)), str(below.value.value)


def _key_of(field: ast.AnnAssign) -> str:
    """What the file calls a field: its alias, where its name is a word of Python's."""
    if isinstance(field.value, ast.Call):
        for given in field.value.keywords:
            if given.arg == "alias" and isinstance(given.value, ast.Constant):
                return str(given.value.value)
    return field.target.id if isinstance(field.target, ast.Name) else ""


def _rules() -> dict[str, Any]:
    condition = {"$ref": "#/$defs/condition"}
    text = {"type": ["string", "number"]}
    texts = {"anyOf": [text, {"type": "array", "items": text, "minItems": 1}]}
    asked = {**dict.fromkeys(OPERATORS, texts), **_joints({"$ref": "#/$defs/test"})}
    test = {"$ref": "#/$defs/test"}
    header = _object({"name": {"type": "string"}, **asked}, "name")
    fields: dict[str, Any] = dict.fromkeys(FIELDS, test)
    fields["header"] = {"anyOf": [header, {"type": "array", "items": header}]}
    outcomes = {
        "type": {"enum": [one.value for one in IncidentType]},
        **{name: {"type": "string"} for name in TEXTS},
        **{name: {"enum": [1, 2, 3, 4]} for name in GRADES},
        "tags": texts,
        **{name: {"type": "boolean"} for name in SWITCHES},
    }
    undecided = {name: {"anyOf": [one, {"type": "null"}]} for name, one in outcomes.items()}
    example = _object(
        {
            "subject": text,
            "body": text,
            "from": text,
            "headers": {"type": "object", "additionalProperties": text},
            "at": {"type": "string", "examples": ["2026-11-28 23:10"]},
            "expect": _object(undecided),
        }
    )
    stop = {"type": "boolean"}
    rule = _object(
        {
            "name": {"type": "string"},
            "when": condition,
            "then": _object({**outcomes, "stop": stop}),
            "stop": stop,
            "examples": {"type": "array", "items": example},
        },
        "name",
        "when",
    )
    return {
        "$schema": DIALECT,
        "title": "postdesk rules/*.yaml",
        "type": ["array", "null"],
        "items": rule,
        "$defs": {
            "condition": _object({**fields, **_joints(condition)}),
            "test": {"anyOf": [texts, _object(asked)]},
        },
    }


def _joints(part: dict[str, Any]) -> dict[str, Any]:
    """``all``, ``any`` and ``not`` of one part or a list of them."""
    either = {"anyOf": [part, {"type": "array", "items": part, "minItems": 1}]}
    return dict.fromkeys(JOINTS, either)


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    told = {
        key: {**entry, "description": _CONDITIONS[key]} if key in _CONDITIONS else entry
        for key, entry in properties.items()
    }
    described = {"type": "object", "properties": told, "additionalProperties": False}
    return {**described, "required": list(required)} if required else described
