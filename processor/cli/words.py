"""Sentences for the terminal from what happened inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from processor.domain.wording import Words

if TYPE_CHECKING:
    from processor.settings.loader import ConfigFaults


# what the person wrote, or is to write
_AS_WRITTEN = frozenset({"line", "suggestion", "keyword", "value"})


def told(code: str, params: Mapping[str, object], words: Words) -> str:
    """The sentence of a refusal, its values in the reader's words."""
    filled = {name: _worded(name, value, words) for name, value in params.items()}
    if "moves" in params and "keywords" in params:
        filled["steps"] = _steps(params["moves"], params["keywords"], words)
    return words.say(f"refusal.{code}", **filled)


def _steps(moves: object, keywords: object, words: Words) -> str:
    """The statuses that can follow, each with the keyword that leads there."""
    if not isinstance(moves, Sequence) or not isinstance(keywords, Sequence):
        return ""
    steps = [
        words.say("mail.step", status=words.say(f"status.{move}"), keyword=_spoken(keyword))
        for move, keyword in zip(moves, keywords, strict=True)
    ]
    return words.say("cli.and").join(steps) or words.say("mail.no_step")


def _spoken(command: object) -> str:
    """A command's id as it can be typed."""
    return str(command).replace("_", " ")


def done(code: str, params: Mapping[str, object], words: Words) -> str:
    """The sentence of something that was carried out."""
    return words.say(f"done.{code}", **{k: _worded(k, v, words) for k, v in params.items()})


def _worded(name: str, value: object, words: Words) -> object:
    if name in _AS_WRITTEN:
        return value
    if isinstance(value, Mapping):  # a title, by language
        return value.get(words.language) or next(iter(value.values()), "")
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
