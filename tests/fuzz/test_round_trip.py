"""Of a well-formed mail nothing is lost: no character, no part, no file; and new words are words
of the mail."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.parsing.limits import ParseLimits
from processor.parsing.parse import parse, read_plain
from tests.fuzz import mails
from tests.fuzz.mails import Tree, Written
from tests.fuzz.soundness import sound

CALM = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    max_examples=200,
)
HEAD = b"From: a@corp.example\r\nTo: desk@corp.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


@CALM
@given(mails.words())
def test_subjects_come_back_from_words_cut_anywhere(subject: Written) -> None:
    message = parse(b"From: a@corp.example\r\nSubject: " + subject.raw + b"\r\n\r\nok\r\n")
    assert message.subject == subject.text
    assert message.header("subject") == subject.text


@CALM
@given(mails.words(most=20))
def test_names_of_senders_come_back(name: Written) -> None:
    message = parse(b"From: " + name.raw + b" <a@corp.example>\r\n\r\nok\r\n")
    assert message.author is not None
    assert message.author.address == "a@corp.example"
    # Marks at either end of a name are taken for its quotation marks.
    assert message.author.name.strip("\"' ") == " ".join(name.text.split()).strip("\"' ")


@CALM
@given(mails.bodies())
def test_texts_come_back_in_every_charset_and_encoding(body: Written) -> None:
    message = parse(HEAD + body.raw)
    assert message.text.rstrip("\n") == body.text
    assert message.defects == ()


@CALM
@given(mails.names(), st.binary(min_size=1, max_size=200))
def test_files_come_back_with_their_names(name: Written, content: bytes) -> None:
    head = HEAD + b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
    head += b"Content-Disposition: attachment; " + name.raw + b"\r\n\r\n"
    message = parse(head + mails.encoded(content, "base64"))
    assert [(one.name, one.content) for one in message.attachments] == [(name.text, content)]


@CALM
@given(mails.trees())
def test_trees_come_back_part_by_part(tree: Tree) -> None:
    raw = HEAD + tree.raw
    message = parse(raw)
    sound(message, raw)
    words = [line for line in message.text.split("\n") if line]
    assert words == [line for text in tree.texts for line in text.split("\n") if line]
    assert [(one.name, one.content) for one in message.attachments] == list(tree.files)
    assert parse(raw) == message


@CALM
@given(mails.trees(), st.data())
def test_trees_that_break_off_are_read_as_far_as_they_go(tree: Tree, data: st.DataObject) -> None:
    raw = HEAD + tree.raw
    cut = raw[: data.draw(st.integers(0, len(raw)))]
    sound(parse(cut), cut)
    at = data.draw(st.integers(0, len(raw)))
    broken = raw[:at] + data.draw(st.binary(max_size=6)) + raw[at + data.draw(st.integers(0, 9)) :]
    sound(parse(broken), broken)


SAMPLE = """\
重启后还是不行。
Still failing.

> 请重启
>> twice
--\x20
---
________________
在 2026年3月2日，上午9:15，IT服务台 <desk@corp.example> 写道：
发自我的iPhone
发件人: a@b.example
发送时间: 2026年3月2日 9:15
收件人: c@d.example
主题: 无法登录
-----Original Message-----
------------------ 原始邮件 ------------------
On Mon, Mar 2, 2026, A <a@b.example> wrote:
From: A <a@b.example>
Sent: Monday, March 2, 2026 9:15 AM
To: B
Subject: x
```
王喆
电话：010-12345678
见下文红字。
本邮件及附件含有保密信息
Sent from my iPhone
| a | b |
From: 北京
https://corp.example/x
  indented
\u3000全角
\ttab"""
LINES = st.sampled_from(SAMPLE.split("\n"))
PLAIN = {"重启后还是不行。", "Still failing.", "王喆", "  indented", "\u3000全角", "\ttab", ""}


def folded(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


@CALM
@given(st.lists(LINES, max_size=25))
def test_new_words_are_lines_of_the_mail_in_their_order(lines: list[str]) -> None:
    """Nothing is made up, nothing moved; and what stands alone is kept."""
    found = iter(line.strip() for line in lines)
    for line in read_plain("\n".join(lines)).split("\n"):
        assert not line.strip() or line.strip() in found
    if set(lines) <= PLAIN:
        assert folded(read_plain("\n".join(lines))) == folded("\n".join(lines))


@CALM
@given(st.lists(LINES, min_size=1, max_size=12), st.integers(1, 200))
def test_bounds_hold_whatever_they_are(lines: list[str], bound: int) -> None:
    limits = ParseLimits(text_chars=bound, text_bytes=bound, reply_chars=bound, attachments=1)
    raw = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "\n".join(lines).encode()
    message = parse(raw, limits)
    sound(message, raw)
    assert len(message.text) <= bound
    assert len(message.reply_text) <= bound
