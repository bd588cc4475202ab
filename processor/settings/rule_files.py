"""``config/rules/*.yaml``: rules in the order of file names, patterns proven by RE2."""

from __future__ import annotations

from functools import partial
from typing import Any

from processor.domain.ruling import RuleSpec
from processor.domain.ruling_notation import NotationFault, read_rules
from processor.settings.documents import Document
from processor.settings.faults import ConfigFault, nearest
from processor.settings.yaml_nodes import Path, Place

_OF_KEY = frozenset({"unknown_key"})
_KINDS = {
    "list": "@list",
    "mapping": "@mapping",
    "text": "@text",
    "true": "@switch",
    "RE2": "@pattern",
}


def rules_of(document: Document, faults: list[ConfigFault]) -> list[RuleSpec]:
    """The sound rules of one file; the faults of the others are added to ``faults``."""
    specs, wrong = read_rules(
        document.data, document.name, partial(_place, document), check_pattern=complaint
    )
    faults += [notation_fault(document, one) for one in wrong]
    return specs


def complaint(pattern: str) -> str | None:
    """What RE2 has against a pattern; None when it takes it."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        said: Any = error.args[0] if error.args else ""
        return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return None


def _place(document: Document, path: Path) -> Place:
    """Of a rule as a whole the remembered place serves, so that no file is parsed for it."""
    if len(path) == 1 and isinstance(path[0], int):
        return document.top(path[0])
    return document.place(path)


def notation_fault(document: Document, fault: NotationFault) -> ConfigFault:
    """A fault of the rules' notation, told as every other fault of a file."""
    expected = tuple(
        dict.fromkeys(_KINDS.get(one, one) for one in fault.expected if one != "false")
    )
    names = [one for one in expected if not one.startswith("@")]
    near = nearest(fault.value, names) if fault.value and names else ""
    problem, remedy, value = fault.problem, "one_of", fault.value
    if problem == "missing_key":
        value, remedy = (expected or ("",))[0], "add_key"
    elif problem == "wrong_type":
        problem, remedy = "wrong_kind", "write_kind"
    elif problem == "empty":
        remedy = "write_kind"
    elif problem == "duplicate_name":
        problem, remedy = "rule_twice", "rename_rule"
    elif problem == "bad_pattern":
        remedy = "mend_pattern"
    elif near:
        remedy = "did_you_mean"
    return document.fault(
        fault.path,
        problem if problem != "unknown_group" else "unknown_capture",
        remedy,
        of_key=fault.problem in _OF_KEY,
        value=value,
        expected=expected,
        nearest=near,
        detail=fault.detail,
    )
