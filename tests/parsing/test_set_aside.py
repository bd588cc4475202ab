"""What was set aside comes back to the byte, and nothing else does."""

from __future__ import annotations

import base64
import email
import random
from email.message import Message as Part

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.parsing.parse import parse
from processor.parsing.set_aside import SetAside


def _file(size: int, newline: bytes = b"\r\n", seed: int = 1) -> bytes:
    content = random.Random(seed).randbytes(size)
    return base64.encodebytes(content).replace(b"\n", newline)


def _mail(*bodies: bytes, newline: bytes = b"\r\n") -> bytes:
    head = [
        b"From: a@b.example",
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/mixed; boundary="x"',
        b"",
        b"",
    ]
    part = [
        b"--x",
        b"Content-Type: application/pdf; name=a.pdf",
        b"Content-Transfer-Encoding: base64",
        b"",
        b"",
    ]
    return (
        newline.join(head)
        + b"".join(newline.join(part) + body for body in bodies)
        + b"--x--"
        + newline
    )


def _tree(raw: bytes) -> Part:
    aside = SetAside(raw)
    message = email.message_from_bytes(aside.data)
    aside.put_back(message)
    return message


@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
@pytest.mark.parametrize("size", [0, 57 * 15, 57 * 16, 57 * 17, 57 * 17 + 1, 20_000])
def test_the_tree_is_the_same(size: int, newline: bytes) -> None:
    raw = _mail(_file(size, newline), _file(size + 3, newline, seed=2), newline=newline)
    assert _tree(raw).as_bytes() == email.message_from_bytes(raw).as_bytes()


def test_a_large_file_is_indeed_set_aside() -> None:
    raw = _mail(_file(20_000))
    assert len(SetAside(raw).data) < 500


def test_files_are_what_they_were() -> None:
    first, second = _file(9_000), _file(12_345, seed=2)
    message = parse(_mail(first, second))
    assert [one.content for one in message.attachments] == [
        base64.decodebytes(first),
        base64.decodebytes(second),
    ]


def test_a_run_before_the_first_part_and_after_the_last_comes_back() -> None:
    run = _file(3_000)
    raw = _mail(run).replace(b"--x\r\n", run + b"--x\r\n", 1) + run
    tree = _tree(raw)
    assert tree.preamble == email.message_from_bytes(raw).preamble
    assert tree.epilogue == email.message_from_bytes(raw).epilogue


def test_bytes_beside_a_run_stay_bytes() -> None:
    run = _file(3_000)
    head = b"From: a@b.example\r\nContent-Type: text/plain; charset=gb18030\r\n\r\n"
    words = "打印机坏了，见附件（base64）：\r\n".encode("gb18030")
    message = parse(head + words + run)
    assert message.defects == ()
    assert message.text.startswith("打印机坏了，见附件（base64）：\n")
    assert message.text.count("\n") > 40


def test_a_mark_that_somebody_writes_is_only_text() -> None:
    run = _file(3_000)
    marked = SetAside(_mail(run)).data
    told = next(line for line in marked.splitlines() if line.startswith(b"aside/"))
    text = b"Content-Type: text/plain\r\n\r\n" + told + b"\r\n"
    message = parse(b"From: a@b.example\r\n" + text + b"base64\r\n" + run)
    assert told.decode() in message.text


@given(
    st.lists(st.tuples(st.integers(0, 4_000), st.sampled_from([b"\r\n", b"\n"])), max_size=4),
    st.binary(max_size=200),
)
def test_whatever_lies_between_them(files: list[tuple[int, bytes]], noise: bytes) -> None:
    raw = _mail(*(_file(size, newline, seed=size) + noise for size, newline in files))
    assert _tree(raw).as_string() == email.message_from_bytes(raw).as_string()
