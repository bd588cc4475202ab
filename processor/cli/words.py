"""Sentences for the terminal from what happened inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from processor.domain.wording import Words

if TYPE_CHECKING:
    from processor.settings.loader import ConfigFaults


def told(code: str, params: Mapping[str, object], words: Words) -> str:
    """The sentence of a refusal, its values in the reader's words."""
    return words.say(f"refusal.{code}", **{k: _worded(k, v, words) for k, v in params.items()})


def done(code: str, params: Mapping[str, object], words: Words) -> str:
    """The sentence of something that was carried out."""
    return words.say(f"done.{code}", **{k: _worded(k, v, words) for k, v in params.items()})


def _worded(name: str, value: object, words: Words) -> object:
    if isinstance(value, (list, tuple)):
        return words.say("cli.and").join(str(_worded(name, one, words)) for one in value)
    for family in (name, "field", "status"):
        key = f"{family}.{value}"
        if isinstance(value, str) and value and words.has(key):
            return words.say(key)
    return value


def fault_lines(faults: ConfigFaults, words: Words) -> list[str]:
    """One line a fault: file, line, column, what is wrong, what to do."""
    return [fault.told(words) for fault in faults.faults]
