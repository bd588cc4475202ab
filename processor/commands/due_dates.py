"""By when something is to be done, as people write it: ``12月1日``, ``3天内``, ``Friday``."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from processor.domain.written_dates import UnclearDate, written

_SPANS = {
    "分": timedelta(minutes=1), "min": timedelta(minutes=1),
    "小": timedelta(hours=1), "h": timedelta(hours=1),
    "天": timedelta(days=1), "d": timedelta(days=1),
    "周": timedelta(weeks=1), "w": timedelta(weeks=1),
}  # fmt: skip
_SPAN = re.compile(
    r"(?:in |within |\+)?\s*(?P<count>\d{1,3})\s*个?\s*"
    r"(?P<unit>分钟|小时|天|周|min(?:ute)?s?|hours?|h|days?|d|weeks?|w)(?:之?内|以内|后|之后)?"
)
_NEAR = {"今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2}
_WEEKDAY = re.compile(
    r"(?:本|这)?(?:周|星期|礼拜)(?P<zh>[一二三四五六日天])"
    r"|(?:this |by )?(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*"
)
_DAYS = "一二三四五六日"
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_DAY = re.compile(r"(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})\s*[日号]?(?P<rest>.*)")
_TILL = re.compile(
    r"^(?:期限|截止|截至|due(?: date)?|by|until|before)\s*[:：]?\s*|\s*(?:前|之前|以前|止)$"
)


def read_due(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment (UTC) until which ``text`` gives time at ``now`` (aware); None when it says
    none. A day without a time of day ends at its end, in ``zone``; a day without a year is the
    next of its name."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    plain = _TILL.sub("", plain).strip()
    plain = _TILL.sub("", plain).strip()
    if not plain or len(plain) > 60:
        return None
    today = now.astimezone(zone).date()
    span = _SPAN.fullmatch(plain)
    if span:
        unit = span["unit"]
        step = _SPANS["min" if unit.startswith("min") else unit[0]]
        length = int(span["count"]) * step
        if step < timedelta(days=1):
            return (now + length).astimezone(UTC)
        return _end(today + length, zone)
    if plain in _NEAR:
        return _end(today + timedelta(days=_NEAR[plain]), zone)
    weekday = _WEEKDAY.fullmatch(plain)
    if weekday:
        zh = weekday["zh"]
        wanted = _DAYS.index("日" if zh == "天" else zh) if zh else _SHORT.index(weekday["en"])
        return _end(today + timedelta(days=(wanted - today.weekday()) % 7), zone)
    return _dated(plain, today, zone)


def _dated(plain: str, today: date, zone: ZoneInfo) -> datetime | None:
    short = _MONTH_DAY.fullmatch(plain)
    tried = [plain]
    if short and int(short["m"]) <= 12:
        tried = [
            f"{year}-{short['m']}-{short['d']} {short['rest']}".strip()
            for year in (today.year, today.year + 1)
        ]
    for one in tried:
        try:
            found = written(one)
        except UnclearDate:
            continue
        if short and one is not tried[-1] and found.day < today:
            continue
        if found.time is None:
            return _end(found.day, zone)
        return found.moment(zone).astimezone(UTC)
    return None


def _end(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59), zone).astimezone(UTC)
