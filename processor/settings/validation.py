"""From pydantic's errors to faults that an administrator can mend."""

from __future__ import annotations

import re
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from processor.settings.documents import Document
from processor.settings.faults import ConfigFault, nearest
from processor.settings.yaml_nodes import Path

M = TypeVar("M", bound=BaseModel)

_KINDS = {
    "string_type": "@text",
    "int_type": "@number",
    "int_parsing": "@number",
    "int_from_float": "@number",
    "int_parsing_size": "@number",
    "bool_type": "@switch",
    "bool_parsing": "@switch",
    "tuple_type": "@list",
    "dict_type": "@mapping",
    "model_type": "@mapping",
    "model_attributes_type": "@mapping",
}
_BOUNDS = {
    "greater_than_equal": ("too_small", "ge"),
    "less_than_equal": ("too_large", "le"),
    "too_short": ("too_few", "min_length"),
    "too_long": ("too_many", "max_length"),
}
_OWN_REMEDY = {
    "no_title": "add_title",
    "always_alone": "drop_hours",
    "open_and_closed": "decide_day",
    "bad_database": "database_urls",
    "login_unused": "say_oauth2",
    "open_endpoint": "write_https",
    "member_twice": "name_once",
}
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\b(\d+)\b")


def validated(model: type[M], document: Document, faults: list[ConfigFault]) -> M | None:
    """The document as ``model``; None when it is not, and ``faults`` then say why."""
    try:
        return model.model_validate({} if document.data is None else document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=True)
        faults += [_fault(model, document, one) for one in found if not _follows(one, found)]
        return None


def _follows(error: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """A list counts as too short when its only entry is at fault: that says nothing new."""
    at = error["loc"]
    return error["type"] == "too_short" and any(
        len(one["loc"]) > len(at) and one["loc"][: len(at)] == at for one in found
    )


def _fault(model: type[BaseModel], document: Document, error: ErrorDetails) -> ConfigFault:
    path = tuple(step for step in error["loc"] if step != "[key]")
    kind, value = error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1])
        near = nearest(str(path[-1]), known)
        remedy = "did_you_mean" if near else "one_of"
        return document.fault(
            path, "unknown_key", remedy, of_key=True, value=path[-1], expected=known, nearest=near
        )
    if kind in ("missing", "lacking"):
        at = path[:-1] if kind == "missing" else path
        key = str(path[-1] if kind == "missing" else context["key"])
        return document.fault(at, "missing_key", "add_key", value=key)
    if kind in ("literal_error", "enum"):
        return _unknown_value(document, path, error)
    if kind == "plain_secret":
        at = (*path, str(context["key"])) if "key" in context else path
        return document.fault(at, "plain_secret", "secret_by_reference")  # its value stays unsaid
    if kind == "wrong_kind":
        of_key = error["loc"][-1:] == ("[key]",)
        return _wrong_kind(document, path, value, f"@{context['kind']}", of_key=of_key)
    if kind in _BOUNDS:
        problem, bound = _BOUNDS[kind]
        said = value if isinstance(value, str | int | float) else len(value)
        limit = str(context[bound])
        return document.fault(path, problem, "within_bounds", value=said, detail=limit)
    if kind in _OWN_REMEDY:
        at = (*path, str(context["key"])) if "key" in context else path
        said = context.get("language") or context.get("date") or ""
        return document.fault(at, kind, _OWN_REMEDY[kind], value=said)
    return _wrong_kind(document, path, value, _KINDS.get(kind, "@other"), detail=error["msg"])


def _unknown_value(document: Document, path: Path, error: ErrorDetails) -> ConfigFault:
    of_key = error["loc"][-1:] == ("[key]",)
    expected = [
        quoted or number
        for quoted, number in _QUOTED.findall(str(error.get("ctx", {}).get("expected", "")))
    ]
    value = str(error["input"])
    near = nearest(value, expected)
    return document.fault(
        path,
        "unknown_key" if of_key else "unknown_value",
        "did_you_mean" if near else "one_of",
        of_key=of_key,
        value=value,
        expected=expected,
        nearest=near,
    )


def _wrong_kind(
    document: Document,
    path: Path,
    value: object,
    kind: str,
    detail: str = "",
    *,
    of_key: bool = False,
) -> ConfigFault:
    if isinstance(value, dict | list | tuple):
        value = "{…}" if isinstance(value, dict) else "[…]"
    empty = value is None or value == ""
    problem = "empty" if empty else "wrong_kind"
    return document.fault(
        path, problem, "write_kind", of_key=of_key, value=value, expected=(kind,), detail=detail
    )


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that are known where ``path`` leads."""
    found: type[BaseModel] | None = model
    for step in path:
        if found is None or isinstance(step, int):
            continue
        field = _by_key(found).get(step)
        # a key of a mapping of models is no field: the model stays the one the mapping holds
        found = _model_in(field.annotation) if field else found
    return list(_by_key(found)) if found else []


def _by_key(model: type[BaseModel]) -> dict[str, Any]:
    """The fields of a model as the file calls them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
