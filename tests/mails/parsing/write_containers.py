"""Mails within mails: TNEF, Outlook's files, attached mails, invitations, uuencode, flowed text."""

from __future__ import annotations

import base64
import binascii
import struct
from urllib.parse import quote

from compound import outlook
from craft import PERSON, headers, multipart, part, save

WORDS = "王喆：三号会议室投影仪无法使用，截图见附件。"
NAME = "王喆的故障截图（镕）.png"
PICTURE = b"\x89PNG\r\n\x1a\n0000"
LOG = "2026-03-02 09:15 错误".encode("gbk")


def attribute(level: int, number: int, data: bytes) -> bytes:
    """One attribute of a TNEF stream with its checksum."""
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def mapi(number: int, value: str) -> bytes:
    """One MAPI property of Unicode text."""
    data = value.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x001F, number, 1, len(data)) + data.ljust(-(-len(data) // 4) * 4, b"\0")


def tnef(text: str, files: list[tuple[str, bytes]]) -> bytes:
    """What Outlook sends as winmail.dat: text and files, their long names as MAPI properties."""
    out = b"\x78\x9f\x3e\x22" + struct.pack("<H", 1) + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    out += attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    out += attribute(1, 0x0002800C, text.encode("gbk") + b"\0") if text else b""
    for name, data in files:
        out += attribute(2, 0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 32, 32, 0))
        out += attribute(2, 0x0006800F, data)
        out += attribute(2, 0x00018010, name[:8].encode("gbk", "replace") + b"\0")
        out += attribute(2, 0x00069005, struct.pack("<I", 1) + mapi(0x3707, name))
    return out


def file(name: str, kind: str, content: bytes, disposition: str = "attachment") -> bytes:
    """One attached file."""
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
    head += f"Content-Disposition: {disposition}; filename*=utf-8''{quote(name)}\r\n\r\n"
    return head.encode() + base64.encodebytes(content).replace(b"\n", b"\r\n")


def calendar(method: str, lines: str, *, zone: bool = False) -> str:
    """An invitation as Outlook and Exchange send it."""
    zones = (
        "BEGIN:VTIMEZONE\r\nTZID:China Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
        "RRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )  # fmt: skip
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\n" + zones * zone
        + f"BEGIN:VEVENT\r\nUID:1@corp.example\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )  # fmt: skip


def invitation(name: str, method: str, lines: str, **wanted: object) -> None:
    """A mail of nothing but an invitation."""
    body = calendar(method, lines, zone=True).encode()
    head = f"Content-Type: text/calendar; method={method}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    save(name, headers("会议") + head.encode() + base64.encodebytes(body), **wanted)


def write() -> None:
    """All of them."""
    write_wrappers()
    write_attached()
    write_invitations()
    write_old_ways()


def write_wrappers() -> None:
    """TNEF and Outlook's own files."""
    stream = tnef(WORDS, [(NAME, PICTURE), ("日志.txt", LOG)])
    winmail = file("winmail.dat", "application/ms-tnef", stream)
    save("tnef-all-inside-zh", headers("投影仪") + multipart("mixed", [winmail]), text=WORDS, reply_text=WORDS,
         attachments=[NAME, "日志.txt"], attachment_bytes=[len(PICTURE), len(LOG)])  # fmt: skip
    save("tnef-beside-text-zh", headers("投影仪") + multipart("mixed", [part("正文在这里。", "gb2312"), winmail]),
         text="正文在这里。", attachments=[NAME, "日志.txt"])  # fmt: skip
    named = file("winmail.dat", "application/octet-stream", tnef("", [("报表（三月）.xlsx", b"PK\3\4")]))
    save("tnef-as-octets-zh", headers("报表") + multipart("mixed", [part("请看"), named]), text="请看", attachments=["报表（三月）.xlsx"])
    to = {0x3001: "IT服务台", 0x39FE: "desk@corp.example", 0x0C15: 1}
    copy = {0x3001: "李雷", 0x39FE: "lilei@corp.example", 0x0C15: 2}
    picture = {0x3707: NAME, 0x3701: PICTURE, 0x3705: 1, 0x370E: "image/png"}
    sent = {
        0x0037: "投影仪无法使用", 0x1000: f"{WORDS}\r\n\r\n-----邮件原件-----\r\n发件人: IT服务台\r\n发送时间: 2026年3月2日 9:15\r\n主题: 旧\r\n\r\n您好\r\n",
        0x0C1A: PERSON[0], 0x5D01: PERSON[1], 0x1035: "<outlook-1@corp.example>", 0x1042: "<desk-1@corp.example>",
        0x0039: 134168877000000000,
    }  # fmt: skip
    msg = outlook(sent, (to, copy), (picture,))
    expect = {
        "subject": "投影仪无法使用", "from": list(PERSON), "to": [["IT服务台", "desk@corp.example"]],
        "cc": [["李雷", "lilei@corp.example"]], "reply_text": WORDS, "text_has": ["您好"], "language": "zh",
        "attachments": [NAME], "attachment_bytes": [len(PICTURE)], "in_reply_to": ["desk-1@corp.example"],
        "date": "2026-03-02T01:15:00+00:00", "kind": "human",
    }  # fmt: skip
    save("outlook-file-sent-zh", msg, ".msg", **expect)
    wire = f"From: {PERSON[0]} <{PERSON[1]}>\r\nTo: desk@corp.example\r\nSubject: 无法登录\r\nDate: Mon, 2 Mar 2026 09:15:00 +0800\r\nMessage-ID: <w@corp.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary=x\r\n"
    page = "<html><body><div>重启后还是不行。</div><blockquote>您好</blockquote></body></html>".encode("gbk")
    save("outlook-file-received-gbk", outlook({0x0037: "另一个主题", 0x007D: wire, 0x1013: page, 0x3FDE: 936}), ".msg",
         subject="无法登录", reply_text="重启后还是不行。", date="2026-03-02T01:15:00+00:00", **{"from": list(PERSON)})  # fmt: skip
    english = outlook({0x0037: "Printer", 0x1000: "Out of toner.", 0x0C1A: "Jo", 0x5D01: "jo@corp.example"})
    save("outlook-file-draft-en", english, ".msg", subject="Printer", text="Out of toner.", date=None, **{"from": ["Jo", "jo@corp.example"]})
    attached = file("转发.msg", "application/octet-stream", msg)
    save("outlook-file-attached-with-words", headers("见附件") + multipart("mixed", [part("请看附件邮件。"), attached]),
         text="请看附件邮件。", attachments=["转发.msg"], attachment_bytes=[len(msg)])  # fmt: skip
    save("outlook-file-attached-alone", headers("转发") + multipart("mixed", [part("\n"), attached]),
         reply_text=WORDS, attachments=["转发.msg"], defects_have=["text-of-attached-mail"])  # fmt: skip
    doc = file("旧文档.msg", "application/octet-stream", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    save("outlook-file-broken", headers("附件") + multipart("mixed", [part("\n"), doc]), text="", attachments=["旧文档.msg"],
         defects_have=["outlook-unreadable"])  # fmt: skip


def write_attached() -> None:
    """Mails attached as files."""
    inner = headers("内部系统打不开", charset="gb2312") + part(WORDS, "gb2312")
    whole = b"Content-Type: message/rfc822\r\n\r\n" + inner
    save("attached-mail-alone-zh", headers("转发") + multipart("mixed", [part("\n"), whole]), reply_text=WORDS, text=WORDS,
         attachments=["内部系统打不开.eml"])  # fmt: skip
    save("attached-mail-beside-words-zh", headers("转发") + multipart("mixed", [part("请处理。"), whole]), text="请处理。",
         attachments=["内部系统打不开.eml"])  # fmt: skip
    octets = file("故障邮件.eml", "application/octet-stream", inner)
    save("attached-mail-as-octets-zh", headers("转发") + multipart("mixed", [part("\n"), octets]), text=WORDS,
         attachments=["故障邮件.eml"], attachment_bytes=[len(inner)])  # fmt: skip
    note = file("说明.eml", "application/octet-stream", "这不是邮件\n".encode())
    save("attached-no-mail-named-so", headers("转发") + multipart("mixed", [part("\n"), note]), text="", attachments=["说明.eml"])


def write_invitations() -> None:
    """REQUEST, CANCEL, REPLY; with zones, whole days, other words beside them."""
    event = (
        "SUMMARY:每周例会\r\nDTSTART;TZID=China Standard Time:20260302T091500\r\n"
        "DTEND;TZID=China Standard Time:20260302T100000\r\nLOCATION:三号楼 301\r\n"
        "ORGANIZER;CN=王喆:mailto:wangzhe@corp.example\r\n"
    )  # fmt: skip
    said = ["每周例会", "2026-03-02 09:15 – 10:00 (China Standard Time)", "三号楼 301", "王喆 <wangzhe@corp.example>"]
    for method in ("REQUEST", "CANCEL"):
        invitation(f"invitation-{method.lower()}-zh", method, event, text="\n".join([f"{method}: {said[0]}", *said[1:]]), kind="human")
    answer = event + "ATTENDEE;PARTSTAT=DECLINED;CN=李雷:mailto:lilei@corp.example\r\n"
    invitation("invitation-reply-zh", "REPLY", answer, text_has=["REPLY: 每周例会", "李雷 <lilei@corp.example> DECLINED"])
    days = "SUMMARY:机房停电\r\nDTSTART;VALUE=DATE:20260307\r\nDTEND;VALUE=DATE:20260309\r\nDESCRIPTION:请提前关机\\n谢谢\r\n"
    invitation("invitation-whole-days-zh", "PUBLISH", days, text="PUBLISH: 机房停电\n2026-03-07 – 2026-03-08\n请提前关机\n谢谢")
    utc = "SUMMARY:Change window\r\nDTSTART:20260302T011500Z\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\n"
    invitation("invitation-utc-weekly", "REQUEST", utc, text="REQUEST: Change window\n2026-03-02 01:15 – 03:15 (UTC); FREQ=WEEKLY;BYDAY=MO")
    body = calendar("REQUEST", event)
    both = multipart("alternative", [part("请准时参加。"), part(body, kind="calendar; method=REQUEST")])
    save("invitation-beside-words-zh", headers("会议") + both, reply_text="请准时参加。", text_has=["请准时参加。", "REQUEST: 每周例会", "三号楼 301"])
    ics = file("会议.ics", "application/octet-stream", body.encode())
    save("invitation-as-file-zh", headers("会议") + multipart("mixed", [part("见附件"), ics]), reply_text="见附件", text_has=["每周例会"], attachments=["会议.ics"])
    cut = file("会议.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY")
    save("invitation-broken", headers("会议") + multipart("mixed", [part("见附件"), cut]), text="见附件", attachments=["会议.ics"], defects_have=["calendar-unreadable"])


def write_old_ways() -> None:
    """uuencode within text; flowed text with DelSp and quotes."""
    rows = b"".join(binascii.b2a_uu(LOG[at : at + 45]).replace(b"\n", b"\r\n") for at in range(0, len(LOG), 45))
    block = "begin 644 日志.txt\r\n".encode("gbk") + rows + b"`\r\nend\r\n"
    plain = b"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    save("uuencode-within-text-gbk", headers("日志") + plain + "日志如下：\r\n\r\n".encode("gbk") + block + "\r\n以上。\r\n".encode("gbk"),
         text="日志如下：\n以上。", attachments=["日志.txt"], attachment_bytes=[len(LOG)])  # fmt: skip
    talk = "怎么用 uuencode？\n\nbegin 644 例子\n这里写编码\nend\n\n是这样吗？"
    save("uuencode-that-is-talk", headers("问题") + part(talk), text=talk, attachments=[])
    flowed = "> 请问您的工号 \n> 是多少？\n>> 更早的问题\n\n我的工号是 \n10086，打印机 \n在三号楼。\n-- \n王喆\n"
    head = b"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    save("flowed-quotes-delsp-zh", headers("Re: 工号") + head + flowed.replace("\n", "\r\n").encode(),
         reply_text="我的工号是10086，打印机在三号楼。", text_has=["> 请问您的工号是多少？", ">> 更早的问题"])  # fmt: skip
    stuffed = " > 这不是引用\n From 也不是\n第一句 \n第二句\n"
    head = head.replace(b"; delsp=yes", b"")
    save("flowed-stuffed-zh", headers("文本") + head + stuffed.replace("\n", "\r\n").encode(), text="> 这不是引用\nFrom 也不是\n第一句 第二句")
