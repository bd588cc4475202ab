"""Values of the record's simple fields, as people write them behind a field's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime

from processor.commands.past_times import read_past
from processor.domain.errors import Refusal
from processor.domain.incident import IncidentType, Source
from processor.services.policy import Policy

Value = str | bool | datetime | IncidentType | Source

ATTRIBUTES: Mapping[str, str] = {
    "reporter": "reporter_name",
    "address": "reporter_address",
    "phone": "reporter_phone",
}
"""Field's name → the record's attribute, where they differ."""

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+")
_LONGEST = {"symptom": 20_000}
_LONG = 200


def attribute(field: str) -> str:
    """Of the record."""
    return ATTRIBUTES.get(field, field)


def read_value(field: str, text: str, policy: Policy, now: datetime) -> Value:
    """The value; raises Refusal ``field_unreadable`` (``named`` the field, ``value`` as written,
    ``known`` what would be right) or ``field_missing``."""
    said = text.strip()
    if not said:
        raise Refusal("field_missing", named=attribute(field))
    reader = _READERS.get(field)
    if reader is not None:
        return reader(field, said, policy, now)
    return said[: _LONGEST.get(field, _LONG)] if field == "symptom" else _line(said)


def addresses_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Mail addresses in a list as people write it (names, angle brackets and any comma beside
    them), lower case, and the pieces that hold an ``@`` and are none."""
    plain = unicodedata.normalize("NFKC", text)
    pieces = [one for one in re.split(r"[\s,;、<>()\[\]\"']+", plain) if "@" in one[1:]]
    good = [one.strip(".").lower() for one in pieces if _ADDRESS.fullmatch(one.strip("."))]
    bad = [one for one in pieces if not _ADDRESS.fullmatch(one.strip("."))]
    return tuple(dict.fromkeys(good)), tuple(bad)


def _line(said: str) -> str:
    return " ".join(said.split())[:_LONG]


def _moment(field: str, said: str, policy: Policy, now: datetime) -> Value:
    moment = read_past(said, now, policy.zone)
    if moment is None:
        raise Refusal("moment_unreadable", named=attribute(field), value=said)
    return moment


def _address(field: str, said: str, _policy: Policy, _now: datetime) -> Value:
    good, bad = addresses_in(said)
    if len(good) != 1 or bad:
        raise Refusal("address_unreadable", named=attribute(field), value=said)
    return good[0]


def _yes_no(field: str, said: str, policy: Policy, _now: datetime) -> Value:
    wanted, titles = _folded(said), []
    for value in (True, False):
        names = [words.say(f"{field}.{value}") for words in policy.words.values()]
        titles.append(names[0])
        if wanted in (_folded(name) for name in names):
            return value
    raise _unreadable(field, said, tuple(titles))


def _code(kind: type[IncidentType] | type[Source]) -> Callable[[str, str, Policy, datetime], Value]:
    family = "type" if kind is IncidentType else "source"

    def read(field: str, said: str, policy: Policy, _now: datetime) -> Value:
        wanted = _folded(said)
        titles: list[str] = []
        for code in kind:
            names = [words.say(f"{family}.{code}") for words in policy.words.values()]
            titles.append(names[0])
            plain = (str(code), str(code).replace("_", " "))
            if wanted in (_folded(name) for name in (*names, *plain)):
                return code
        raise _unreadable(field, said, tuple(titles))

    return read


def _unreadable(field: str, said: str, known: tuple[str, ...]) -> Refusal:
    return Refusal("field_unreadable", named=attribute(field), value=said, known=known)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("-", " ").split())


_READERS: Mapping[str, Callable[[str, str, Policy, datetime], Value]] = {
    "occurred_at": _moment,
    "address": _address,
    "active_service": _yes_no,
    "type": _code(IncidentType),
    "source": _code(Source),
}
