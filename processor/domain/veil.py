"""Names of people under a veil: what readers without clearance get of a confidential record.

The text around the names stays as it is. Of a Chinese name the given name alone, and of a Latin
one each part, is veiled too, since that is how people are called in a story.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote

T = TypeVar("T")

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_TWO_SIGNS = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯",
    "端木", "南宫", "长孙", "宇文", "轩辕", "百里", "呼延",
)  # fmt: skip
_SHORTEST_PART = 3  # letters of a part of a Latin name that is veiled by itself
_STAR = "*"


@dataclass(frozen=True, slots=True)
class Veil:
    """``hidden`` are (what is hidden, what stands there instead), longest first."""

    hidden: tuple[tuple[str, str], ...]

    def over(self, value: T) -> T:
        """The same value with every name in every text of it veiled; dataclasses, tuples, lists
        and mappings are gone through. Times, numbers and bytes stay as they are."""
        changed: T = _over(value, self)
        return changed

    def text(self, text: str) -> str:
        """One text."""
        if not text:
            return text
        pattern, instead = _compiled(self.hidden)
        return pattern.sub(lambda hit: instead[_key(hit.group())], text) if pattern else text

    def written(self, text: str) -> str:
        """A text that was already written into HTML or a link."""
        for plain, instead in self.hidden:
            for form in {html.escape(plain), quote(plain), quote(plain, safe="")} - {plain}:
                text = text.replace(form, instead)
        return self.text(text)


def veil_of(
    names: Iterable[str], style: str, besides: Iterable[str] = (), spare: Iterable[str] = ()
) -> Veil:
    """A veil over ``names`` in a style (``stars``: 张**, ``someone``: 张某) and over ``besides``,
    which are addresses and numbers of telephones. What ``spare`` names stays readable: a reader's
    own name."""
    kept = {_key(name) for name in spare}
    hidden: dict[str, str] = {}
    for name in names:
        name = " ".join(name.split())
        if len(name) < 2 or _key(name) in kept:
            continue
        hidden.setdefault(name, _masked(name, style))
        for part in _parts(name):
            if _key(part) not in kept:
                hidden.setdefault(part, _masked_part(part, style))
    for plain in besides:
        if len(plain) > 3 and _key(plain) not in kept:
            hidden.setdefault(plain, _masked_contact(plain))
    return Veil(tuple(sorted(hidden.items(), key=lambda pair: (-len(pair[0]), pair[0]))))


def _masked(name: str, style: str) -> str:
    if _HAN.fullmatch(name):
        surname = name[:2] if len(name) > 2 and name.startswith(_TWO_SIGNS) else name[0]
        given = len(name) - len(surname)
        return f"{surname}某" if style == "someone" else surname + _STAR * given
    initials = [part[0] for part in re.split(r"[\s·.-]+", name) if part]
    if style == "someone":
        return " ".join(f"{sign}." for sign in initials)
    return " ".join(sign + _STAR * 3 for sign in initials)


def _parts(name: str) -> list[str]:
    """What somebody is called by a part of the name."""
    if _HAN.fullmatch(name):
        surname = 2 if len(name) > 2 and name.startswith(_TWO_SIGNS) else 1
        given = name[surname:]
        return [given] if len(given) >= 2 else []
    parts = [part for part in re.split(r"[\s·.]+", name) if len(part) >= _SHORTEST_PART]
    return parts if len(parts) > 1 or " " in name else []


def _masked_part(part: str, style: str) -> str:
    if _HAN.fullmatch(part):
        return "某" if style == "someone" else _STAR * len(part)
    return f"{part[0]}." if style == "someone" else part[0] + _STAR * 3


def _masked_contact(plain: str) -> str:
    local, at, domain = plain.partition("@")
    return f"{local[0]}{_STAR * 3}@{domain}" if at else _STAR * 3


@lru_cache(maxsize=64)
def _compiled(
    hidden: tuple[tuple[str, str], ...],
) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
    if not hidden:
        return None, {}
    instead: dict[str, str] = {}
    patterns = []
    for plain, mask in hidden:
        instead.setdefault(_key(plain), mask)
        patterns.append(_pattern(plain))
    return re.compile("|".join(patterns)), instead


def _pattern(plain: str) -> str:
    """Chinese signs may stand apart (张 三); a part of a Latin name counts where it is written as
    a name, so that "will" is not Will."""
    if _HAN.fullmatch(plain):
        return r"[ \t\u3000]?".join(map(re.escape, plain))
    if "@" in plain or " " in plain or not plain[0].isalpha():
        words = r"\s+".join(map(re.escape, plain.split()))
        return rf"(?<![A-Za-z0-9])(?i:{words})(?![A-Za-z0-9])"
    forms = "|".join(map(re.escape, dict.fromkeys((plain, plain.capitalize(), plain.upper()))))
    return rf"(?<![A-Za-z0-9])(?:{forms})(?![A-Za-z0-9])"


def _key(text: str) -> str:
    folded = text.casefold()
    if _HAN.search(folded):
        return "".join(folded.split())
    return " ".join(folded.split())


def _over(value: Any, veil: Veil) -> Any:
    if isinstance(value, str):
        # codes (of a status, a kind) are strings of their own type and no text of people
        return veil.text(value) if type(value) is str else value
    if value is None or isinstance(value, bool | int | float | bytes | datetime):
        return value
    if isinstance(value, tuple | list | frozenset | set):
        return type(value)(_over(one, veil) for one in value)
    if isinstance(value, dict):
        return {key: _over(one, veil) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for one in fields(value):
            before = getattr(value, one.name)
            after = _over(before, veil)
            if one.init and after is not before and after != before:
                changed[one.name] = after
        return replace(value, **changed) if changed else value
    return value
