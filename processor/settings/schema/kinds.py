"""Kinds of values that several files use. Their errors carry ``@kind`` as what was expected."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from processor.settings.secret_refs import split

LANGUAGES = ("zh", "en")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")
_DOMAIN = re.compile(r"(?=.{1,253}$)[^\s@.,;:/\\]+(\.[^\s@.,;:/\\]+)*")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_DURATION = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*min)?")
_SIZE = re.compile(r"(\d+)\s*(B|KB|MB|GB)", re.IGNORECASE)
_BYTES = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}


class Model(BaseModel):
    """Unknown keys are faults; numbers may stand where text is wanted (a telephone number).

    The line of text below a field is its description in the JSON Schema (``settings.export``);
    pydantic would read the sources for it at every start.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


def wrong(kind: str) -> PydanticCustomError:
    """The value is not of ``kind`` (a key below ``fault.kind``)."""
    return PydanticCustomError("wrong_kind", "not a {kind}", {"kind": kind})


def _address(value: str) -> str:
    text = value.strip().lower()
    if not _ADDRESS.fullmatch(text):
        raise wrong("address")
    return text


def _domain(value: str) -> str:
    text = value.strip().lower().lstrip("@")
    if not _DOMAIN.fullmatch(text):
        raise wrong("domain")
    return text


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise wrong("name")
    return value


def _language_code(value: str) -> str:
    if not _CODE.fullmatch(value) or value in LANGUAGES:
        raise wrong("language")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones
        raise wrong("zone") from None
    return value


def _zone_or_none(value: str) -> str:
    return _zone(value) if value else value


def _secret(value: str) -> str:
    if split(value) is None:
        raise PydanticCustomError("plain_secret", "a secret stands here in the open")
    return value


def _minutes(value: object) -> object:
    if isinstance(value, bool):
        raise wrong("duration")
    if not isinstance(value, str):
        return value
    found = _DURATION.fullmatch(value.strip().lower())
    if found is None or not any(found.groups()):
        raise wrong("duration")
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def _positive_minutes(value: int) -> int:
    if value <= 0:
        raise wrong("duration")
    return value


def _bytes(value: object) -> object:
    if isinstance(value, str):
        found = _SIZE.fullmatch(value.strip())
        if found is None:
            raise wrong("size")
        return int(found[1]) * _BYTES[found[2].upper()]
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise wrong("text")
    return value.strip()


def _titles(value: dict[str, str]) -> dict[str, str]:
    for language in LANGUAGES:
        if language not in value:
            raise PydanticCustomError("no_title", "no title", {"language": language})
    return value


def read_spans(value: str) -> tuple[tuple[time, time], ...]:
    """``08:30-12:00, 13:30-18:00``: spans of one day, in order, not overlapping; ``24:00`` is
    the day's end, given as ``time(0)``. Raises the ``spans`` error."""
    spans: list[tuple[time, time]] = []
    for part in value.split(","):
        begin, dash, end = part.strip().replace("–", "-").partition("-")
        try:
            span = (_clock_time(begin), _clock_time(end))
        except ValueError:
            raise wrong("spans") from None
        # an end of midnight leaves no room for a span behind it
        follows = not spans or time(0) != spans[-1][1] <= span[0]
        if not dash or not follows or (span[1] != time(0) and span[0] >= span[1]):
            raise wrong("spans")
        spans.append(span)
    return tuple(spans)


def _clock_time(text: str) -> time:
    plain = text.strip()
    if plain == "24:00":
        return time(0)
    if not re.fullmatch(r"\d{1,2}:\d{2}", plain):
        raise ValueError(plain)
    hour, minute = plain.split(":")
    return time(int(hour), int(minute))


def _spans(value: str) -> str:
    read_spans(value)
    return value


def _date(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise wrong("date") from None
    return value


Text = Annotated[str, AfterValidator(_text)]
AddressText = Annotated[
    str, AfterValidator(_address), WithJsonSchema({"type": "string", "format": "email"})
]
Domain = Annotated[str, AfterValidator(_domain)]
Name = Annotated[
    str, AfterValidator(_name), WithJsonSchema({"type": "string", "pattern": _NAME.pattern})
]
LanguageCode = Annotated[
    str,
    AfterValidator(_language_code),
    WithJsonSchema({"type": "string", "pattern": _CODE.pattern}),
]
"""A further language, such as ja or de: zh and en have keys of their own."""
Zone = Annotated[str, AfterValidator(_zone)]
ZoneOrNone = Annotated[str, AfterValidator(_zone_or_none)]
Secret = Annotated[
    str,
    AfterValidator(_secret),
    WithJsonSchema({"type": "string", "pattern": "^(env|file):.+"}),
]
Minutes = Annotated[
    int,
    BeforeValidator(_minutes),
    AfterValidator(_positive_minutes),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["15 min", "4 h", "1 h 30 min"]}),
]
"""Minutes; ``4 h`` and ``1 h 30 min`` are read too."""
Bytes = Annotated[
    int,
    BeforeValidator(_bytes),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["25 MB"]}),
]
Titles = Annotated[dict[str, Text], AfterValidator(_titles)]
"""Language → words; zh and en must be there."""
SpansText = Annotated[str, AfterValidator(_spans)]
DateText = Annotated[
    str, AfterValidator(_date), WithJsonSchema({"type": "string", "format": "date"})
]
