"""The facts of one mail as rules compare them: width-insensitive, each text folded once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from processor.domain.ruling import Facts

PROSE = frozenset({"subject", "body", "subject_or_body"})
_MULTIPLE = {"to", "ci"}
_CJK = "\u2e80-\u9fff\uf900-\ufaff"
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")  # what RE2 lets be escaped
_IDLE_BLANK = re.compile(f"(?<=[{_CJK}]) | (?=[{_CJK}])")


def widened(text: str) -> str:
    """NFKC (full-width letters and punctuation become plain) and plain apostrophes: the text
    that patterns see. Case stays, so that what a named group takes is as it was written."""
    return unicodedata.normalize("NFKC", text).replace("\u2019", "'")


def folded(text: str) -> str:
    """:func:`widened`, in one case, each run of white space one blank, and none beside a Chinese
    character (``Windows 更新`` and ``Windows更新`` are one): what the plain operators see."""
    return _folded(widened(text))


def _folded(wide: str) -> str:
    one_line = " ".join(wide.casefold().split())
    return one_line if one_line.isascii() else _IDLE_BLANK.sub("", one_line)


@lru_cache(maxsize=8192)
def wide_pattern(pattern: str) -> str:
    """The pattern for widened text: full-width signs become the plain ones, taken literally (``（``
    is a bracket to be found, not a group)."""
    signs = []
    for sign in pattern:
        plain = widened(sign)
        signs.append(sign if plain == sign else _SIGN.sub(r"\\\1", plain))
    return "".join(signs)


class Reading:
    """Gives the texts of a field, widened or folded. Made for one judgement, then thrown away.

    ``present``, where it is known, holds every literal of the rules that subject or body have.
    """

    __slots__ = ("_encoded", "_folded", "_widened", "facts", "present")

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.present: Collection[str] | None = None
        self._widened: dict[tuple[str, str], tuple[str, ...]] = {}
        self._folded: dict[tuple[str, str], tuple[str, ...]] = {}
        self._encoded: dict[tuple[str, str], tuple[bytes, ...]] = {}

    def written(self, field: str, header: str = "") -> tuple[str, ...]:
        """The field's texts as they came; a field without a value has none."""
        facts = self.facts
        if field == "subject_or_body":
            return (facts.subject, facts.body)
        if field == "header":
            return tuple(value for name, value in facts.headers if name == header)
        if field == "attachment_name":
            return tuple(name for name, _ in facts.attachments)
        if field == "attachment_type":
            return tuple(kind for _, kind in facts.attachments)
        value = getattr(facts, field)
        return tuple(value) if field in _MULTIPLE else (value,)

    def wide(self, field: str, header: str = "") -> tuple[str, ...]:
        """What patterns see."""
        key = (field, header)
        found = self._widened.get(key)
        if found is None:
            if field == "subject_or_body":
                found = self.wide("subject") + self.wide("body")
            else:
                found = tuple(widened(text) for text in self.written(field, header))
            self._widened[key] = found
        return found

    def encoded(self, field: str, header: str = "") -> tuple[bytes, ...]:
        """The same in UTF-8, which RE2 reads: once for all patterns."""
        key = (field, header)
        found = self._encoded.get(key)
        if found is None:
            if field == "subject_or_body":
                found = self.encoded("subject") + self.encoded("body")
            else:
                found = tuple(text.encode("utf-8", "replace") for text in self.wide(field, header))
            self._encoded[key] = found
        return found

    def fold(self, field: str, header: str = "") -> tuple[str, ...]:
        """What the plain operators see."""
        key = (field, header)
        found = self._folded.get(key)
        if found is None:
            if field == "subject_or_body":
                found = self.fold("subject") + self.fold("body")
            else:
                found = tuple(_folded(text) for text in self.wide(field, header))
            self._folded[key] = found
        return found

    @property
    def prose(self) -> str:
        """Subject and body together, folded."""
        return "\n".join(self.fold("subject_or_body"))
