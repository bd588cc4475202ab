"""What cannot be understood, or breaks us, is kept apart with its reason; the others go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from processor.bootstrap.ingesting import release
from processor.demo.correspondent import Enclosed
from processor.domain.errors import Fault
from processor.domain.outgoing import Outgoing
from processor.domain.ruling import Facts, Verdict
from processor.pipeline.backlog import TOGETHER
from processor.pipeline.processing import process_pending
from processor.replies.compose import Composer
from processor.rules.engine import Engine
from tests.journeys.desk import Story


class FaultyEngine(Engine):
    """Breaks on mails that speak of ``bomb``; keeps those apart that speak of ``doubt``."""

    def __init__(self) -> None:
        super().__init__(())
        self.mended = False

    def judge(self, facts: Facts) -> Verdict:
        if "bomb" in facts.subject and not self.mended:
            raise ZeroDivisionError("a fault of ours")
        if "doubt" in facts.subject:
            return Verdict(quarantine=True, decided_by={"quarantine": "doubtful-mail"})
        return super().judge(facts)


class MuteComposer(Composer):
    """Cannot write a single letter."""

    def __init__(self) -> None:
        """Needs nothing."""

    def compose(self, *_: Any, **__: Any) -> Outgoing:
        raise Fault("mail/zh/opened.txt:3: a template is broken")


@pytest.fixture
def engine() -> FaultyEngine:
    return FaultyEngine()


@pytest.fixture
def faulty(desk_with: Callable[..., Story], engine: FaultyEngine) -> Story:
    return desk_with(mend=lambda desk: replace(desk, engine=engine))


def _kept(desk: Story) -> list[tuple[str, str]]:
    with desk.app.store.read() as work:
        return [(entry.subject, entry.reason) for entry in work.spool.quarantined()]


def _release(desk: Story) -> str:
    with desk.app.store.read() as work:
        (entry,) = work.spool.quarantined()
    journey = release(desk.app, entry.id)
    assert journey is not None
    while desk.app.dispatcher.run_once(desk.clock()):
        pass
    return str(journey.disposition)


def test_a_fault_of_ours_keeps_one_mail_apart_and_the_loop_goes_on(
    faulty: Story, engine: FaultyEngine
) -> None:
    desk = faulty
    desk.li.writes("鼠标坏了", "左键没有反应")
    desk.li.writes("bomb 打印机卡纸", "麻烦看一下")
    desk.li.writes("键盘坏了", "空格没有反应")
    assert desk.turn() == ["opened", "quarantined", "opened"]
    assert _kept(desk) == [("bomb 打印机卡纸", "fault:ZeroDivisionError")]
    assert desk.letters["sun.yue"] == ["quarantine-notice"]
    assert len(desk.numbers) == 2
    # number 2 was not used up by the one that broke
    assert [number[-4:] for number in desk.numbers] == ["0001", "0002"]
    engine.mended = True
    assert _release(desk) == "opened"
    assert "bomb" in desk.incident(3).subject
    assert _kept(desk) == []


def test_a_rule_keeps_a_mail_apart_until_somebody_has_looked(faulty: Story) -> None:
    desk = faulty
    desk.li.writes("doubt", "看看这个")
    assert desk.turn() == ["quarantined"]
    assert _kept(desk) == [("doubt", "rule:doubtful-mail")]
    assert desk.letters == {"sun.yue": ["quarantine-notice"]}
    assert _release(desk) == "opened", "the rule is not asked a second time"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", ""),
        (b"\x00\xff\xfe garbage without any header", "no_sender"),
        (b"Subject: from nobody\r\n\r\nhello\r\n", "no_sender"),
        (b"From: li.na@customer.example\r\nMessage-ID: <e@x>\r\n\r\n\r\n", "empty"),
    ],
    ids=["nothing", "garbage", "nobody", "no words"],
)
def test_what_says_nothing_is_kept_with_its_reason(desk: Story, raw: bytes, reason: str) -> None:
    desk.post(raw)
    desk.li.writes("鼠标坏了", "左键没有反应")
    if not raw:
        # a file without a byte is one that is still being written
        assert desk.turn()[-1] == "opened"
        return
    assert desk.turn() == ["quarantined", "opened"]
    assert [why for _, why in _kept(desk)] == [reason]
    assert desk.letters["sun.yue"] == ["quarantine-notice"]


def test_an_empty_mail_that_is_released_opens_an_incident(desk: Story) -> None:
    desk.post(b"From: li.na@customer.example\r\nMessage-ID: <e@x>\r\n\r\n\r\n")
    desk.turn()
    assert _release(desk) == "opened"
    assert desk.li.reads("opened")


def test_a_mail_that_is_too_large_is_named_by_its_headers(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(limits={"message_bytes": 20_000})
    desk.li.writes("日志附上", "很长" * 20_000)
    assert desk.turn() == ["quarantined"]
    ((_, reason),) = _kept(desk)
    assert reason.startswith("oversize:")
    assert desk.numbers == []
    assert _release(desk) == "opened"
    assert desk.incident().subject == "日志附上"


def test_where_no_letter_can_be_written_the_mail_is_kept_and_the_loop_goes_on(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(mend=lambda desk: replace(desk, composer=MuteComposer()))
    desk.li.writes("鼠标坏了", "左键没有反应")
    desk.li.writes("键盘坏了", "空格没有反应")
    assert desk.turn() == ["quarantined", "quarantined"]
    assert {reason for _, reason in _kept(desk)} == {"fault:Fault"}
    assert (desk.numbers, desk.letters) == ([], {})


def test_what_took_the_process_down_three_times_is_kept_apart(desk: Story) -> None:
    desk.li.writes("鼠标坏了", "左键没有反应")
    for collector in desk.app.collectors:
        collector.collect(desk.clock())
    with desk.app.store.begin() as work:
        (entry,) = work.spool.pending(10)
        for _ in range(3):
            work.spool.begin_attempts([entry.id])
    assert desk.turn() == ["quarantined"]
    assert _kept(desk)[0][1].startswith("attempts:")
    assert _release(desk) == "opened"


def test_a_database_that_does_not_answer_keeps_nothing_apart(
    desk_with: Callable[..., Story],
) -> None:
    silent = True

    def checkpoint(name: str) -> None:
        if silent and name == "apply":
            raise OperationalError("INSERT", {}, Exception("database is locked"))

    desk = desk_with(mend=lambda desk: replace(desk, checkpoint=checkpoint))
    desk.li.writes("鼠标坏了", "左键没有反应")
    with pytest.raises(OperationalError):
        desk.turn()
    assert _kept(desk) == []
    silent = False
    assert desk.turn() == ["opened"]
    assert desk.letters["li.na"] == ["opened"]


def test_told_to_stop_it_leaves_the_rest_for_the_next_time(desk: Story) -> None:
    for n in range(TOGETHER + 2):
        desk.li.writes(f"鼠标 {n} 坏了", "左键没有反应")
    for collector in desk.app.collectors:
        collector.collect(desk.clock())
    done: list[object] = []
    settled = process_pending(desk.app.desk, desk.clock, lambda: bool(done), done.append)
    assert settled == TOGETHER
    assert desk.turn() == ["opened", "opened"]


def test_nothing_is_released_twice_or_that_is_not_there(desk: Story) -> None:
    desk.post(b"Subject: from nobody\r\n\r\nhello\r\n")
    desk.turn()
    assert _release(desk) == "quarantined", "nobody is still nobody"
    assert release(desk.app, 4711) is None


def test_a_large_attachment_is_named_but_not_kept(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(limits={"attachment_bytes": 100})
    small, large = (
        Enclosed(f"{name}.bin", "application/octet-stream", b"x" * size)
        for name, size in (("small", 50), ("large", 500))
    )
    desk.li.writes("日志附上", "请看附件", enclosed=[small, large])
    assert desk.turn() == ["opened"]
    kept = {one.name: one for one in desk.dossier().attachments}
    assert {name: one.size for name, one in kept.items()} == {"small.bin": 50, "large.bin": 500}
    blobs = desk.app.store.blobs
    assert blobs.open(kept["small.bin"].sha256) == small.content
    with pytest.raises(FileNotFoundError):
        blobs.open(kept["large.bin"].sha256)
    desk.chen.says("#报告")
    assert desk.turn() == ["commanded"], "the report names it all the same"
