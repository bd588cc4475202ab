"""When something happened, as people say it: ``今天 9:10``, ``昨天下午3点``, ``11月20日``."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from processor.domain.written_dates import UnclearDate, written

_NEAR = {
    "今天": 0, "今日": 0, "今早": 0, "today": 0, "this morning": 0, "昨天": 1, "昨日": 1, "昨晚": 1,
    "yesterday": 1, "前天": 2,
}  # fmt: skip
_DAY_SAID = re.compile("|".join(sorted(_NEAR, key=len, reverse=True)))
_WITHIN = {"今早": "上午", "this morning": "", "昨晚": "晚上"}  # the part of the day in the word
_YEARLESS = re.compile(r"(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})\s*[日号]?(?P<rest>.*)")
_TIME_ALONE = re.compile(r"(?:\D{0,3}\s*)?\d{1,2}\s*[:点时h].*|\d{1,2}\s*[ap]\.?m\.?")
_LONGEST = 60


def read_past(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment (UTC) that ``text`` tells of at ``now`` (aware); None when it tells none, or one
    that is still to come. A day without a year is the last of its name; a time alone is today's."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    if not plain or len(plain) > _LONGEST:
        return None
    for tried in _whole(plain, now.astimezone(zone).date()):
        try:
            moment = written(tried).moment(zone).astimezone(UTC)
        except UnclearDate:
            continue
        if moment <= now:
            return moment
    return None


def _whole(plain: str, today: date) -> list[str]:
    """What may be meant, with the day in full, the likeliest first."""
    near = _DAY_SAID.search(plain)
    if near:
        word = near.group()
        day = today - timedelta(days=_NEAR[word])
        rest = f"{plain[: near.start()]}{_WITHIN.get(word, '')}{plain[near.end() :]}"
        return [f"{day:%Y-%m-%d} {rest.strip()}".strip()]
    short = _YEARLESS.fullmatch(plain)
    if short and int(short["m"]) <= 12:
        return [
            f"{year}-{short['m']}-{short['d']} {short['rest']}".strip()
            for year in (today.year, today.year - 1)
        ]
    if _TIME_ALONE.fullmatch(plain):
        return [f"{today:%Y-%m-%d} {plain}"]
    return [plain]
