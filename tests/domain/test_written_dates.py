"""Dates as people write them; what could be two days is none."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from processor.domain.written_dates import UnclearDate, written

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026年3月5日 14时30分", "2026-03-05T14:30:00+08:00"),
        ("二〇二六年三月五日", "2026-03-05T00:00:00+08:00"),
        ("二零二六年十二月二十三日下午三点半", "2026-12-23T15:30:00+08:00"),
        ("2026/3/5 下午2:30", "2026-03-05T14:30:00+08:00"),
        ("2026.3.5", "2026-03-05T00:00:00+08:00"),
        ("２０２６年３月５日　１４：３０", "2026-03-05T14:30:00+08:00"),
        ("2026 年 3 月 5 日（星期四）14:30 左右", "2026-03-05T14:30:00+08:00"),
        ("2026年11月20日 上午九点一刻", "2026-11-20T09:15:00+08:00"),
        ("2026年11月20日 中午12点", "2026-11-20T12:00:00+08:00"),
        ("2026年11月20日 晚上8点", "2026-11-20T20:00:00+08:00"),
        ("26年3月5日", "2026-03-05T00:00:00+08:00"),
        ("20260305", "2026-03-05T00:00:00+08:00"),
        ("5 March 2026 2:30 pm", "2026-03-05T14:30:00+08:00"),
        ("March 5th, 2026, 12:05 a.m.", "2026-03-05T00:05:00+08:00"),
        ("Thu, 5 Mar 2026 at 9 am", "2026-03-05T09:00:00+08:00"),
        ("25/03/2026", "2026-03-25T00:00:00+08:00"),
        ("2026-03-05T14:30:00+00:00", "2026-03-05T14:30:00+00:00"),
        ("2026-03-05T14:30Z", "2026-03-05T14:30:00+00:00"),
    ],
)
def test_read(text: str, moment: str) -> None:
    assert written(text).moment(ZONE).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable_date"),
        ("昨天下午", "unreadable_date"),
        ("3月5日", "unreadable_date"),
        ("2026年3月", "unreadable_date"),
        ("hello 2026-03-05", "unreadable_date"),
        ("2026-03-05 至 2026-03-06", "unreadable_date"),
        ("05/03/2026", "ambiguous_date"),
        ("2026年2月30日", "no_such_day"),
        ("2026-13-01", "no_such_day"),
        ("0001-01-01", "no_such_day"),
        ("2026-03-05 25:00", "no_such_day"),
        ("2" * 500, "unreadable_date"),
    ],
)
def test_unclear(text: str, code: str) -> None:
    with pytest.raises(UnclearDate) as unclear:
        written(text)
    assert unclear.value.code == code
