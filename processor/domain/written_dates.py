"""Dates as people write them, Chinese and English, into days and moments.

``2026年3月5日 14时30分``, ``二〇二六年三月五日``, ``2026/3/5 下午2:30``, ``2026.3.5``,
``5 March 2026 2:30 pm``, ISO 8601. Nothing is guessed: 05/03/2026 could be two days and is none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DIGITS = {sign: str(at) for at, sign in enumerate("〇一二三四五六七八九")} | {
    "零": "0", "○": "0", "Ｏ": "0", "两": "2", "元": "1",
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_NUMERALS = "〇零○Ｏ一二三四五六七八九十廿卅两元"
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = re.compile(
    r"[(（]?\s*(?:星期|礼拜|周)[一二三四五六日天][)）]?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?",
    re.IGNORECASE,
)
_AFTERNOON = ("下午", "晚上", "傍晚", "夜里", "晚", "pm")
_MORNING = ("上午", "早上", "早晨", "清晨", "凌晨", "am")
_PART = "凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|晚|am|pm"

_DATES = (
    re.compile(
        r"(?P<y>\d{4}|\d{2}(?=\s*年))\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]?"
    ),
    re.compile(r"(?P<y>\d{4})\s*(?P<s>[-/.])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*(?P<mon>{_MONTH})\b[.,]?[\s-]*(?P<y>\d{{4}})"
    ),
    re.compile(rf"(?P<mon>{_MONTH})\b\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})\s*(?P<s>[-/.])\s*(?P<d>\d{1,2})\s*(?P=s)\s*(?P<y>\d{4})"),
)
_AMBIGUOUS = _DATES[-1]
_TIME = re.compile(
    rf"(?P<part>{_PART})?\s*(?P<h>\d{{1,2}})\s*(?:(?P<half>[点时]半)|[:点时h]\s*(?P<quarter>[一三]刻|整)?"
    rf"\s*(?:(?P<min>\d{{1,2}})\s*分?)?(?:\s*:?\s*(?P<sec>\d{{1,2}})(?:\.\d+)?\s*秒?)?)"
    r"\s*(?P<late>a\.?m\.?|p\.?m\.?)?"
)
_HOUR_ALONE = re.compile(
    rf"(?:(?P<part>{_PART})\s*)?(?P<h>\d{{1,2}})\s*(?P<late>a\.?m\.?|p\.?m\.?)"
)
_OFFSET = re.compile(r"(?:z|utc|gmt)?(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2})$|(?P<z>z)$")
_FILLER = re.compile(r"(?:[\s,;。.()t]|左右|前后|大约|大概|约|许|around|about|at|on|circa)*")


class UnclearDate(ValueError):
    """``code`` is ``unreadable_date``, ``ambiguous_date`` or ``no_such_day``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Written:
    """A day and, where one was written, a time of day; ``offset`` from UTC where that was."""

    day: date
    time: time | None = None
    offset: timedelta | None = None

    def moment(self, zone: tzinfo) -> datetime:
        """The moment, aware: in ``zone`` where no offset was written; a day begins at midnight."""
        if self.offset is None:
            return datetime.combine(self.day, self.time or time(0), zone)
        return datetime.combine(self.day, self.time or time(0), UTC) - self.offset


def written(text: str) -> Written:
    """The date in ``text``, which holds nothing else; raises UnclearDate."""
    plain = _plain(text)
    if len(plain) > 80:
        raise UnclearDate("unreadable_date")
    for pattern in _DATES:
        hit = pattern.search(plain)
        if hit is not None:
            day = _day(hit, ambiguous=pattern is _AMBIGUOUS)
            rest = f"{plain[: hit.start()]} {plain[hit.end() :]}".strip()
            return _with_time(day, rest)
    raise UnclearDate("unreadable_date")


def _plain(text: str) -> str:
    """One width, one case, Arabic numerals, no weekdays."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = plain.replace("–", "-").replace("—", "-")
    plain = _WEEKDAY.sub(" ", plain)
    plain = re.sub(f"[{_NUMERALS}]+(?=\\s*[年月日号时点分秒刻])", _arabic, plain)
    return re.sub(r"\s+", " ", plain).strip()


def _arabic(found: re.Match[str]) -> str:
    """``二〇二六`` digit by digit, ``二十三`` by its tens."""
    said = found.group().replace("廿", "二十").replace("卅", "三十")
    if found.string[found.end() :].lstrip().startswith("刻"):
        return said
    if "十" not in said:
        return "".join(_DIGITS.get(sign, "") for sign in said)
    tens, _, ones = said.partition("十")
    return str(int(_DIGITS.get(tens, "1") if tens else "1") * 10 + int(_DIGITS.get(ones, "0")))


def _day(hit: re.Match[str], *, ambiguous: bool) -> date:
    named = hit.groupdict()
    year, day = int(named["y"]), int(named["d"])
    month = _MONTHS[named["mon"]] if named.get("mon") else int(named["m"])
    if ambiguous:
        if month <= 12 and day <= 12 and month != day:
            raise UnclearDate("ambiguous_date")
        if month > 12:
            month, day = day, month
    if len(named["y"]) == 2:
        year += 2000
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnclearDate("no_such_day")
    try:
        return date(year, month, day)
    except ValueError:
        raise UnclearDate("no_such_day") from None


def _with_time(day: date, rest: str) -> Written:
    offset = None
    shifted = _OFFSET.search(rest)
    if shifted and re.search(r"\d:\d\d", rest[: shifted.start()]):
        offset = timedelta(0)
        if not shifted["z"]:
            minutes = int(shifted["h"]) * 60 + int(shifted["m"])
            offset = timedelta(minutes=-minutes if shifted["sign"] == "-" else minutes)
        rest = rest[: shifted.start()].strip()
    hit = _TIME.search(rest) or _HOUR_ALONE.search(rest)
    if hit is None:
        if _FILLER.fullmatch(re.sub(_PART, "", rest)) is None:
            raise UnclearDate("unreadable_date")
        return Written(day)
    around = rest[: hit.start()] + rest[hit.end() :]
    if _FILLER.fullmatch(around) is None:
        raise UnclearDate("unreadable_date")
    return Written(day, _time(hit), offset)


def _time(hit: re.Match[str]) -> time:
    named = hit.groupdict()
    hour = int(named["h"])
    minute = int(named.get("min") or 0)
    if named.get("half"):
        minute = 30
    elif named.get("quarter") in ("一刻", "三刻"):
        minute = 15 if named["quarter"] == "一刻" else 45
    part = named.get("part") or (named.get("late") or "").replace(".", "")
    if (part in _AFTERNOON or (part == "中午" and hour < 11)) and hour < 12:
        hour += 12
    elif part in _MORNING and hour == 12:
        hour = 0
    try:
        return time(
            hour % 24 if hour == 24 and not minute else hour, minute, int(named.get("sec") or 0)
        )
    except ValueError:
        raise UnclearDate("no_such_day") from None
