"""The made-up mailbox: its shares and sizes, that it is the same again, and that it can be read."""

from __future__ import annotations

import hashlib
from collections import Counter
from email import message_from_bytes
from functools import lru_cache
from itertools import islice

import pytest

from benchmarks.corpus import Answered, Earlier, Letter, corpus, letters
from processor.domain.message import MessageKind
from processor.parsing.parse import parse

COUNT = 2_000


@lru_cache
def sample() -> tuple[Letter, ...]:
    return tuple(letters(COUNT, seed=5))


def share(what: str, *values: str) -> float:
    return sum(getattr(letter, what) in values for letter in sample()) / COUNT


def test_the_shares_of_reports_replies_and_noise() -> None:
    assert share("kind", "report") == pytest.approx(0.60, abs=0.005)
    assert share("kind", "reply") == pytest.approx(0.25, abs=0.005)
    for kind in ("auto_reply", "newsletter", "bounce", "spam"):
        assert share("kind", kind) > 0.015


def test_half_is_chinese() -> None:
    assert share("language", "zh") == pytest.approx(0.5, abs=0.03)


def test_sizes_are_those_of_a_mailbox() -> None:
    sizes = sorted(len(letter.raw) for letter in sample())
    assert sum(sizes) / COUNT == pytest.approx(25_000, rel=0.12)
    assert 3_000 < sizes[COUNT // 2] < 15_000  # most are small, a few are large
    assert sizes[-1] > 200_000
    assert sizes[0] < 1_500


def test_every_charset_in_use_is_there() -> None:
    seen = Counter(letter.charset for letter in sample())
    for label in ("utf-8", "gb2312", "gbk", "gb18030", "none", "us-ascii", "iso-8859-1"):
        assert seen[label] > COUNT * 0.01, label


def test_every_client_is_there() -> None:
    seen = {letter.client for letter in sample()}
    for name in ("outlook", "foxmail", "qq", "netease", "iphone", "gmail", "apple", "thunderbird"):
        assert name in seen


def test_gb2312_is_a_lie_in_some() -> None:
    """Names with characters that GB2312 lacks stand in mails that say GB2312."""
    lies = 0
    for letter in sample():
        if letter.charset == "gb2312":
            text = parse(letter.raw).text
            try:
                text.encode("gb2312")
            except UnicodeEncodeError:
                lies += 1
    assert lies > 10


def test_the_same_seed_gives_the_same_bytes() -> None:
    def digest(seed: int) -> str:
        return hashlib.sha256(b"".join(corpus(200, seed))).hexdigest()

    assert digest(1) == digest(1)
    assert digest(1) != digest(2)


def test_a_longer_corpus_begins_as_a_shorter_one() -> None:
    assert list(corpus(50, 3)) == list(islice(corpus(500, 3), 50))


def test_it_is_made_as_it_is_read() -> None:
    endless = corpus(10**9)
    assert len(list(islice(endless, 3))) == 3


def test_message_ids_and_markers_are_unique() -> None:
    assert len({letter.message_id for letter in sample()}) == COUNT
    written = [letter.marker for letter in sample() if letter.marker]
    assert len(set(written)) == len(written)


def test_lines_end_in_crlf_and_headers_are_ascii() -> None:
    for letter in sample()[:400]:
        assert b"\n" not in letter.raw.replace(b"\r\n", b"")
        head = letter.raw.partition(b"\r\n\r\n")[0]
        assert head.isascii()
        assert max(map(len, head.split(b"\r\n"))) < 998  # RFC 5322 2.1.1


def test_every_mail_is_sound_mime() -> None:
    for letter in sample()[:400]:
        message = message_from_bytes(letter.raw)
        for part in message.walk():
            assert part.defects == []
            if not part.is_multipart():
                assert part.get_payload(decode=True) is not None


def test_what_was_written_can_be_read_again() -> None:
    for letter in sample()[:600]:
        message = parse(letter.raw)
        if letter.kind in ("report", "reply"):
            assert message.subject == letter.subject
            assert f"[{letter.marker}]" in message.reply_text
            assert message.kind is MessageKind.HUMAN
            assert "\ufffd" not in message.text
            assert message.message_id == letter.message_id.strip("<>")


def test_noise_is_what_it_says() -> None:
    expected = {
        "auto_reply": MessageKind.AUTO_REPLY,
        "newsletter": MessageKind.LIST,
        "bounce": MessageKind.BOUNCE,
    }
    for letter in sample()[:800]:
        if letter.kind in expected:
            assert parse(letter.raw).kind is expected[letter.kind]


def test_replies_refer_to_earlier_reports_of_this_corpus() -> None:
    reports: set[str] = set()
    for letter in sample():
        if letter.kind == "report":
            reports.add(letter.message_id)
        elif letter.kind == "reply":
            assert letter.refers_to in reports
            assert letter.refers_to.strip("<>") in parse(letter.raw).references


def test_replies_refer_to_the_desk_s_own_answers_when_they_are_known() -> None:
    asked: list[Earlier] = []

    def answer_of(earlier: Earlier) -> Answered:
        asked.append(earlier)
        return Answered(f"<answer-{earlier.message_id[1:9]}@desk>", "INC-20261102-0042")

    replies = [x for x in letters(300, 9, answer_of=answer_of) if x.kind == "reply"]
    threaded = bare = 0
    for letter, earlier in zip(replies, asked, strict=True):
        message = parse(letter.raw)
        assert "[INC-20261102-0042]" in message.subject
        if message.references:
            assert f"answer-{earlier.message_id[1:9]}@desk" in message.references
            threaded += 1
        else:
            bare += 1  # only the number in the subject leads back
    assert threaded > bare > 0


def test_an_unknown_answer_leaves_the_reporter_s_own_thread() -> None:
    (reply, *_) = (x for x in letters(40, 9, answer_of=lambda _: None) if x.kind == "reply")
    assert parse(reply.raw).references == (reply.refers_to.strip("<>"),)


def test_some_carry_files_and_pictures() -> None:
    files = Counter(
        attachment.type for letter in sample()[:400] for attachment in parse(letter.raw).attachments
    )
    assert files["image/png"] > 20
    assert sum(files.values()) > 80
