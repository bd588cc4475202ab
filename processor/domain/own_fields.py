"""Fields of a profile as people write them into mails: ``地点：三号车间``, one to a line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from processor.domain.form import FieldKind
from processor.domain.profile import Grade, OwnField, Profile, labels_of

_LONGEST = 2_000  # characters of a value that a mail gives to a field
_LINE = re.compile(r"[\s\-*·•>]*(?P<label>[^:：\n]{1,40}?)\s*[:：]\s*(?P<value>.*)")
_BETWEEN = re.compile(
    r"[,，、;；/|\n]|\s+(?:and|和|与|及)\s+|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])"
)
_REMARK = re.compile(r"[(（\[【<].*?(?:[)）\]】>]|$)")
_NAME = re.compile(r"[\w\u00b7·.'’ -]{2,40}")
_NOBODY = frozenset({"无", "没有", "不详", "未知", "不明", "none", "unknown", "n/a", "nobody"})


def told_in(text: str, profile: Profile) -> dict[str, str]:
    """Field → value of every labelled line. Lines below a long field's label belong to it until
    an empty line or another label."""
    found: dict[str, str] = {}
    if not profile.fields:
        return found
    running: OwnField | None = None
    for line in text.splitlines():
        hit = _LINE.match(line)
        named = profile.field_named(hit["label"]) if hit else None
        if hit and named:
            running = named if named.kind is FieldKind.LONG else None
            value = hit["value"].strip()
            if value or running:
                found.setdefault(named.name, value)
        elif running is not None and line.strip() and not hit:
            before = found[running.name]
            found[running.name] = f"{before}\n{line.strip()}".strip()
        else:
            running = None
    return {name: value[:_LONGEST] for name, value in found.items() if value}


def grade_in(text: str, profile: Profile) -> Grade | None:
    """The grade that a labelled line says: ``级别：一级``."""
    labels = {label.casefold() for label in labels_of((profile.grade_labels,))}
    for line in text.splitlines() if labels else ():
        hit = _LINE.match(line)
        if hit and hit["label"].strip().casefold() in labels:
            named = profile.grade_named(hit["value"])
            return named[0] if named else None
    return None


def names_in(value: str) -> tuple[str, ...]:
    """The people of ``张三（初二）、李四 and Ann Lee``; remarks in brackets are none."""
    parts = (part.strip(" \t.。:：-") for part in _BETWEEN.split(_REMARK.sub(" ", value)))
    kept = (part for part in parts if part.casefold() not in _NOBODY and _NAME.fullmatch(part))
    return tuple(dict.fromkeys(part for part in kept if any(sign.isalpha() for sign in part)))


def people_in(values: Mapping[str, str], profile: Profile) -> tuple[str, ...]:
    """Everybody whom the fields for people name."""
    return tuple(
        dict.fromkeys(
            name
            for one in profile.fields
            if one.kind is FieldKind.PERSON
            for name in names_in(values.get(one.name, ""))
        )
    )
