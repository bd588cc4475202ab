"""The pieces of parsing, each at its edges."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain.message import MessageKind
from processor.parsing import charset, headers
from processor.parsing.addresses import addresses
from processor.parsing.attachments import safe_name
from processor.parsing.defects import Defects
from processor.parsing.flowed import unflowed
from processor.parsing.language import language_of
from processor.parsing.parameters import parse_value
from processor.parsing.parse import parse, read_html, read_plain
from processor.parsing.thread_headers import bare_subject, message_ids, one_message_id
from processor.parsing.uuencode import take_files

HEAD = b"From: a@corp.example\r\nTo: d@corp.example\r\nSubject: x\r\n"
CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=60
)


@given(CHINESE, st.sampled_from(["gb2312", "GBK", "x-gbk", "gb18030", "CP936"]))
def test_no_character_is_lost_under_any_gb_label(text: str, label: str) -> None:
    data = (text + "重启以后还是登录不了").encode("gb18030")
    assert charset.decode(data, label, Defects()) == text + "重启以后还是登录不了"


@given(CHINESE, st.sampled_from([None, "gb2312", "big5", "us-ascii", "iso-8859-1", "nonsense"]))
def test_utf8_is_seen_under_any_label(text: str, label: str | None) -> None:
    assert charset.decode(text.encode(), label, Defects()) == text


@given(st.text(max_size=80))
def test_subjects_survive_our_own_encoding(text: str) -> None:
    payload = base64.b64encode(text.encode("utf-8", "replace")).decode()
    wanted = " ".join(headers.decoded(f"=?utf-8?B?{payload}?=", Defects()).split())
    clean = "".join(char for char in text if ord(char) >= 32 or char in "\t\n\r")
    assert (
        wanted == " ".join(clean.replace("\x7f", "").split()).strip()
        or "\r" in text
        or "\n" in text
    )


@pytest.mark.parametrize(
    ("data", "label", "wanted"),
    [
        ("Müller, déjà vu".encode("latin-1"), None, "Müller, déjà vu"),
        ("Müller, déjà vu".encode("latin-1"), "iso-8859-1", "Müller, déjà vu"),
        ("Привет, мир".encode("koi8-r"), "koi8-r", "Привет, мир"),
        ("こんにちは".encode("iso-2022-jp"), "iso-2022-jp", "こんにちは"),
        ("こんにちは".encode("iso-2022-jp"), None, "こんにちは"),
        ("안녕하세요".encode("cp949"), "ks_c_5601-1987", "안녕하세요"),
        ("“引号”—破折号".encode("gb18030"), "gb2312", "“引号”—破折号"),
        ("€ 100".encode("cp1252"), "iso-8859-1", "€ 100"),
        ("网络".encode("utf-16"), "utf-16", "网络"),
        (b"\xef\xbb\xbf" + "网络".encode(), "gb2312", "网络"),
        (b"plain ~{ tilde", "hz-gb-2312", "plain ~{ tilde"),
        (b"a + b - c", "utf-7", "a + b - c"),
    ],
)
def test_ladder(data: bytes, label: str | None, wanted: str) -> None:
    assert charset.decode(data, label, Defects()) == wanted


def test_damaged_bytes_keep_the_rest_and_are_named() -> None:
    defects = Defects()
    text = charset.decode("重启以后还是登录不了".encode() + b"\xff" + b" ok", "utf-8", defects)
    assert text == "重启以后还是登录不了\ufffd ok"
    assert defects.names() == ("charset-damaged:utf-8",)


def test_codecs_that_are_no_charsets_are_refused() -> None:
    for label in ("base64", "rot13", "undefined", "idna", "unicode_escape", "zlib"):
        assert charset.codec_of(label) is None


def test_raw_gb_subject_is_read_by_what_the_body_declares() -> None:
    raw = (
        b"Subject: " + "王喆".encode("gbk") + b"\r\nContent-Type: text/plain; charset=gbk\r\n\r\nok"
    )
    assert parse(raw).subject == "王喆"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ('"Li, Si" <LISI@Corp.Example>', [("Li, Si", "LISI@corp.example")]),
        ("a@x.example, b@y.example", [("", "a@x.example"), ("", "b@y.example")]),
        ("undisclosed-recipients:;", []),
        ("unlisted-recipients:; (no To-header on input)", []),
        ("Moderator <moderator>", [("Moderator", "moderator")]),
        ("a@x.example <b@y.example>", [("a@x.example", "b@y.example")]),
        ("张三；李四 <b@y.example>", [("张三；李四", "b@y.example")]),
        ("<a@x.example", [("", "a@x.example")]),
        ("", []),
    ],
)
def test_addresses(value: str, wanted: list[tuple[str, str]]) -> None:
    raw = value.encode().decode("ascii", "surrogateescape")
    assert [(one.name, one.address) for one in addresses(raw, Defects())] == wanted


def test_parameters_with_every_manner_of_quoting() -> None:
    defects = Defects()
    assert parse_value("Text/Plain", defects) == ("text/plain", {})
    assert parse_value('a/b; x="1;2"; y = 3', defects)[1] == {"x": "1;2", "y": "3"}
    assert parse_value('a/b; x="open; y=3', defects)[1]["x"] == "open"
    assert parse_value(r'a/b; x="a\"b"', defects)[1] == {"x": 'a"b'}
    assert parse_value("a/b; n*1=ld; n*0=wor", defects)[1] == {"n": "world"}
    assert parse_value("a/b; n*=iso-8859-1'en'%A3%20rates", defects)[1] == {"n": "£ rates"}
    many = "; ".join(f"p{at}=1" for at in range(500))
    assert len(parse_value(f"a/b; {many}", defects)[1]) == 200
    assert "cut:parameters" in defects.names()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("报告.docx", "报告.docx"),
        ("..\\..\\x.exe", "x.exe"),
        ("/etc/passwd", "passwd"),
        ("nul", "_nul"),
        ("COM1.txt", "_COM1.txt"),
        (" .hidden ", "hidden"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a<b>|c?.txt", "abc.txt"),
        ("...", ""),
        ("文" * 100 + ".png", "文" * 65 + ".png"),
        ("x" * 300, "x" * 200),
    ],
)
def test_names_are_safe(name: str, wanted: str) -> None:
    assert safe_name(name) == wanted


@given(st.text(max_size=300))
def test_any_name_becomes_safe(name: str) -> None:
    safe = safe_name(name)
    assert not set(safe) & set('/\\\x00\r\n\t:*?"<>|')
    assert safe not in (".", "..")
    assert len(safe.encode()) <= 201
    assert safe == safe_name(safe)


def test_subject_prefixes_in_any_number_and_language() -> None:
    for prefixed in ("Re: x", "回复：回复：转发: x", "RE[2]: x", "AW: WG: x", "答复: Re：x",
                     "回覆： x", "[外部邮件] Re: x", "自动回复: x", "SV: VS: x"):  # fmt: skip
        assert bare_subject(prefixed) == "x"
    assert bare_subject("Report: x") == "Report: x"
    assert bare_subject("关于回复：x") == "关于回复：x"


def test_message_ids_however_they_are_separated() -> None:
    assert message_ids("<a@b>,<c@d> <e@f><a@b>") == ("a@b", "c@d", "e@f")
    assert message_ids("a@b, c@d") == ("a@b", "c@d")
    assert message_ids("<a@\r\n b>") == ("a@b",)
    assert len(message_ids(" ".join(f"<{at}@x>" for at in range(500)))) == 200
    assert one_message_id("<a@b>") == "a@b"
    assert one_message_id("<odd>") == "odd"


def test_language_by_share_of_cjk() -> None:
    assert language_of("VPN 登录 failed，请看 error log") == "zh"
    assert language_of("Please ask 王喆 about the printer on floor three") == "en"
    assert language_of("INC-20261122-0001 a@b.example", "请看") == "zh"
    assert language_of("", "12345", default="en") == "en"


def test_flowed_paragraphs_and_quotes() -> None:
    assert unflowed("one \ntwo\n> q \n> r\n-- \nme", delsp=False) == "one two\n> q r\n-- \nme"
    assert unflowed("一 \n二", delsp=True) == "一二"


def test_uuencoded_files_leave_the_text_and_others_stay() -> None:
    good = b"see\n\nbegin 644 a.txt\n#0V%T\n`\nend\nbye\n"
    text, files = take_files(good)
    assert files == [(b"a.txt", b"Cat")]
    assert b"begin" not in text
    assert b"bye" in text
    talk = b"type begin 644 x\nthen the data\nend\n"
    assert take_files(talk) == (talk, [])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "可以了。\n\n| |\n王喆\n|\nw@163.example\n|\n---- 回复的原邮件 ----\n|发件人|x|\n请答",
            "可以了。",
        ),
        ("好了\n\n-------&nbsp;原始邮件&nbsp;-------\n发件人: x\n请确认", "好了"),
        ("输出：\n> ls -l\n> total 0\n看不到文件", "输出：\n> ls -l\n> total 0\n看不到文件"),
        ("From: 王\nTo: 李\nSubject: 格式\n请照此", "From: 王\nTo: 李\nSubject: 格式\n请照此"),
        (
            "See below.\n\nFrom: a@b.example\nSent: 1 March 2026\nTo: c\nSubject: d\n\nQ?\nA!",
            "See below.\n\nQ?\nA!",
        ),
        (
            "He came on 2026-03-02 at 9:15. Then he wrote:\nplease fix",
            "He came on 2026-03-02 at 9:15. Then he wrote:\nplease fix",
        ),
        ("ok\n\nThis e-mail and any files with it are confidential and meant for one.", "ok"),
        ("ok\n\nLe lun. 2 mars 2026 à 09:15, Desk <d@x.example> a écrit :\n\n> q", "ok"),
        ("ok\n\nEl lun, 2 mar 2026 a las 9:15, D (<d@x.example>) escribió:\n\n> q", "ok"),
        ("ok\n\nAm 02.03.2026 um 09:15 schrieb Desk:\n> q", "ok"),
        ("> q1\n\nanswer one\n\n> q2\n\nanswer two", "answer one\n\nanswer two"),
    ],
)  # fmt: skip
def test_new_words(body: str, words: str) -> None:
    found = [line for line in read_plain(body).splitlines() if line.strip()]
    assert found == [line for line in words.splitlines() if line.strip()]


def test_html_is_read_as_it_is_seen() -> None:
    page = (
        "<style>p{}</style><p style='display:none'>hidden</p><ul><li>一</li><li>二</li></ul>"
        "<pre>a  b\n c</pre>x&nbsp;y<br>z<hr><table><tr><td><p>1</p></td><td>2</td></tr></table>"
        "<img src='cid:a@b'><script>alert(1)</script><!-- no -->"
    )
    assert [line for line in read_html(page).splitlines() if line] == [
        "- 一", "- 二", "a  b", " c", "x y", "z", "________________________________", "1\t2",
        "[cid:a@b]",
    ]  # fmt: skip


def attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    """One attribute of a TNEF stream (MS-OXTNEF 2.1.3)."""
    head = struct.pack("<BHHI", level, name, kind, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def test_winmail_dat_gives_its_files_and_words() -> None:
    stream = struct.pack("<IH", 0x223E9F78, 1)
    stream += attribute(1, 0x800C, 2, b"The words inside.\x00")
    stream += attribute(2, 0x9002, 6, b"\x01\x00" + b"\x00" * 12)
    stream += attribute(2, 0x8010, 1, b"plan.txt\x00")
    stream += attribute(2, 0x800F, 6, b"Monday")
    part = b"Content-Type: application/ms-tnef; name=winmail.dat\r\n"
    part += b"Content-Transfer-Encoding: base64\r\n\r\n"
    message = parse(HEAD + part + base64.encodebytes(stream))
    assert [(one.name, one.content) for one in message.attachments] == [("plan.txt", b"Monday")]
    assert message.text.strip() == "The words inside."
    broken = parse(
        HEAD + part + base64.encodebytes(b"\x78\x9f\x3e\x22\x01\x00\xff\xff\xff\xff\xff")
    )
    assert [one.name for one in broken.attachments] == ["winmail.dat"]


def test_a_person_behind_a_null_return_path_is_still_automatic() -> None:
    message = parse(b"Return-Path: <>\r\nFrom: a@corp.example\r\nSubject: x\r\n\r\nhello")
    assert message.kind is MessageKind.AUTO_REPLY
    assert message.kind_reasons == ("null-return-path",)
    assert message.return_path == ""


def test_every_header_is_kept_in_order_of_names_and_decoded() -> None:
    raw = b"X-A: 1\r\nx-a: =?utf-8?B?5LqM?=\r\nSubject: s\r\n\r\nb"
    message = parse(raw)
    assert message.header_all("X-A") == ("1", "二")
    assert message.header("subject") == "s"


def test_mending_of_structure() -> None:
    no_semicolon = (
        HEAD + b'Content-Type: multipart/mixed\r\n\tboundary="b"\r\n\r\n--b\r\n\r\nhi\r\n--b--'
    )
    assert parse(no_semicolon).text == "hi"
    assert "boundary-without-semicolon" in parse(no_semicolon).defects
    blank_first = b"\r\n\r\n" + HEAD + b"\r\nhi"
    assert parse(blank_first).subject == "x"
    marked = b"\xef\xbb\xbf" + HEAD + b"\r\nhi"
    assert parse(marked).subject == "x"
    spaced = HEAD + b"Content-Transfer-Encoding: base64 (really)\r\n\r\naGk=\r\n"
    assert parse(spaced).text == "hi"
