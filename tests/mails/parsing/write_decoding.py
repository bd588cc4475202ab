"""Bytes and labels as they really come: narrow labels, lies, split characters, raw bytes."""

from __future__ import annotations

import base64

from craft import DATE, DESK, PERSON, headers, multipart, part, raw_bytes, save, word

RARE = "王喆、朱镕、㑇、𠮷野家的账号无法登录内网"
FILE = "王喆的故障截图（镕）.png"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n0000").decode()


def simple(subject: bytes, body: bytes = b"\r\nok\r\n", sender: bytes = b"<a@corp.example>") -> bytes:
    """A mail from raw field bytes."""
    return b"From: " + sender + b"\r\nTo: desk@corp.example\r\nSubject: " + subject + b"\r\n" + body


def attached(disposition: bytes, content_type: bytes = b"image/png") -> bytes:
    """A text and one file whose name field is given raw."""
    file = (
        b"Content-Type: " + content_type + b"\r\nContent-Transfer-Encoding: base64\r\n"
        + disposition + b"\r\n\r\n" + PNG.encode() + b"\r\n"
    )  # fmt: skip
    return headers("附件") + multipart("mixed", [part("见附件"), file])


def write() -> None:
    """All of them."""
    for label in ("gb2312", "gbk", "gb18030", "x-gbk"):
        mail = headers(RARE, charset=label) + part(RARE, label)
        save(f"label-{label}-holds-gb18030", mail, subject=RARE, text=RARE, **{"from": list(PERSON)})
    gbk = raw_bytes(RARE, "gbk")
    save("raw-gbk-subject", simple(gbk), subject=RARE)
    save("raw-gbk-name", simple(b"x", sender=raw_bytes('"王喆(信息中心)" <wangzhe@corp.example>', "gbk")),
         **{"from": ["王喆(信息中心)", "wangzhe@corp.example"]})  # fmt: skip
    save("raw-gbk-body-no-charset", simple(b"x", b"\r\n" + gbk + b"\r\n"), text=RARE)
    save("raw-gbk-body-says-ascii", simple(b"x", b'Content-Type: text/plain; charset="us-ascii"\r\n\r\n' + gbk), text=RARE)
    save("raw-gbk-body-says-latin1", simple(b"x", b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n" + gbk), text=RARE)
    save("raw-utf8-everything", simple(RARE.encode(), b"\r\n" + RARE.encode(), "王喆 <wangzhe@corp.example>".encode()),
         subject=RARE, text=RARE, **{"from": ["王喆", "wangzhe@corp.example"]})  # fmt: skip
    save("label-big5-holds-utf8", headers("x") + part("網路連線不穩定，請協助處理。").replace(b"utf-8", b"big5"), text="網路連線不穩定，請協助處理。")
    save("label-utf8-holds-gbk", headers("x") + part(RARE, "gbk").replace(b'"gbk"', b'"utf-8"'), text=RARE)
    save("label-gb2312-holds-utf8", headers("x") + part(RARE, "utf-8").replace(b'"utf-8"', b'"gb2312"'), text=RARE)
    traditional = "網路連線不穩定，請協助處理，謝謝。"
    save("raw-big5-no-charset", simple(b"x", b"\r\n" + traditional.encode("cp950")), text=traditional)
    save("label-unknown", simple(b"x", b"Content-Type: text/plain; charset=X-USER-DEFINED\r\n\r\n" + gbk), text=RARE,
         defects_have=["charset-unknown:X-USER-DEFINED"])  # fmt: skip
    save("charset-hz", simple(b"x", b"Content-Type: text/plain; charset=hz-gb-2312\r\n\r\n~{NRR*=q;z~}\r\n"), text_has=["我要"])
    data = base64.b64encode("会议室投影仪无法使用".encode("gbk")).decode()
    split = "\r\n ".join(f"=?gb2312?B?{data[i:i + 4]}?=" for i in range(0, len(data), 4))
    save("encoded-word-split-in-character-gbk", simple(split.encode()), subject="会议室投影仪无法使用")
    utf = base64.b64encode("会议室投影仪无法使用".encode()).decode()
    split = "\r\n ".join(f"=?UTF-8?B?{utf[i:i + 8]}?=" for i in range(0, len(utf), 8))
    save("encoded-word-split-in-character-utf8", simple(split.encode()), subject="会议室投影仪无法使用")
    q = "".join(f"={byte:02X}" for byte in "无法登录".encode())
    save("encoded-word-q-split", simple(f"=?utf-8?Q?{q[:12]}?=\r\n\t=?utf-8?Q?{q[12:]}?=".encode()), subject="无法登录")
    save("encoded-word-without-gap", simple(b"=?utf-8?B?5peg5rOV?==?utf-8?B?55m75b2V?="), subject="无法登录")
    save("encoded-word-no-padding", simple(b"=?utf-8?B?5peg5rOV55m75b2VQQ?="), subject="无法登录A")
    save("encoded-word-in-quotes", simple(b"x", sender=b'"=?gb2312?B?zfXGpQ==?=" <a@corp.example>'), **{"from": ["王匹", "a@corp.example"]})
    save("encoded-word-mixed-with-text", simple(b"Re: =?gbk?B?zt63qLXHwrw=?= (urgent)"), subject="Re: 无法登录 (urgent)")
    write_names()
    write_structure()


def write_names() -> None:
    """File names: raw, encoded, sectioned, hostile."""
    cases = {
        "raw-gbk": b'Content-Disposition: attachment; filename="' + raw_bytes(FILE, "gbk") + b'"',
        "raw-utf8": b'Content-Disposition: attachment; filename="' + FILE.encode() + b'"',
        "encoded-word": b'Content-Disposition: attachment;\r\n filename="' + word(FILE, "gb2312").encode() + b'"',
        "rfc2231-gb2312": b"Content-Disposition: attachment;\r\n filename*=gb2312''" + percent(FILE, "gb2312"),
        "rfc2231-sections": sections(FILE),
    }
    for name, disposition in cases.items():
        save(f"file-name-{name}", attached(disposition), attachments=[FILE], text="见附件")
    hostile = {
        "path": (b'filename="../../etc/x.pdf"', "x.pdf"),
        "windows-path": (b'filename="C:\\\\Users\\\\w\\\\' + raw_bytes("报告.doc", "gbk") + b'"', "报告.doc"),
        "reserved": (b'filename="CON.txt"', "_CON.txt"),
        "controls": ("filename*=utf-8''a%0D%0Ab%E2%80%AEtxt.exe".encode(), "abtxt.exe"),
        "dots": (b'filename=".."', "part-1.png"),
    }
    for name, (value, safe) in hostile.items():
        save(f"file-name-hostile-{name}", attached(b"Content-Disposition: attachment; " + value), attachments=[safe])


def percent(text: str, charset: str) -> bytes:
    """Every byte as ``%XX``."""
    return "".join(f"%{byte:02X}" for byte in raw_bytes(text, charset)).encode()


def sections(text: str) -> bytes:
    """RFC 2231 sections that break inside a character."""
    data = percent(text, "utf-8").decode()
    pieces = [data[i : i + 12] for i in range(0, len(data), 12)]
    lines = [f" filename*{at}*={'utf-8' + chr(39) * 2 if at == 0 else ''}{piece}" for at, piece in enumerate(pieces)]
    return ("Content-Disposition: attachment;\r\n" + ";\r\n".join(lines)).encode()


def write_structure() -> None:
    """Shapes of mails and of fields."""
    flowed = b'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n\r\n' + "这是一个很长的 \r\n段落。\r\n\r\n> 引用 \r\n> 的话\r\n-- \r\n王喆\r\n".encode()
    save("format-flowed-delsp", headers("x") + flowed, reply_text="这是一个很长的段落。", text_has=["> 引用的话"])
    comma = headers("回复：x", extra="References: <a@x.example>,<b@x.example>, <c@x.example>\r\nIn-Reply-To: <c@x.example>")
    save("references-with-commas", comma + part("好"), references=["a@x.example", "b@x.example", "c@x.example"], in_reply_to=["c@x.example"])
    group = b"From: a@corp.example\r\nTo: " + word("全体员工").encode() + b": b@corp.example, \"C, D\" <c@corp.example>;\r\nCc: undisclosed-recipients:;\r\nSubject: x\r\n\r\nok"
    save("address-group", group, to=[["", "b@corp.example"], ["C, D", "c@corp.example"]], cc=[])
    save("no-header-at-all", raw_bytes("打印机坏了，请来看看。", "gbk"), text_has=["打印机坏了"])
    save("header-only", b"From: a@corp.example\r\nSubject: x\r\n", subject="x", text="")
    save("bare-cr", headers("裸回车").replace(b"\r\n", b"\r") + part("第一行\n第二行", cte="8bit").replace(b"\r\n", b"\r"), subject="裸回车", text="第一行\n第二行")
    uu = b"\r\n" + raw_bytes("见附件。", "gbk") + b"\r\n\r\nbegin 644 " + raw_bytes("清单.txt", "gbk") + b"\r\n#0V%T\r\n`\r\nend\r\n"
    save("uuencode", simple(b"x", uu), text="见附件。", attachments=["清单.txt"], attachment_bytes=[3])
    html = part("<p>账号<b>锁定</b></p><table><tr><td>工号</td><td>10086</td></tr><tr><td>部门</td><td>财务</td></tr></table>", "gb2312", "html")
    save("html-only-with-table", headers("x") + html, text="账号锁定\n工号\t10086\n部门\t财务", reply_has=["工号"])
    meta = b"Content-Type: text/html\r\n\r\n" + raw_bytes('<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>无法登录</body></html>', "gb2312")
    save("html-charset-in-meta", headers("x") + meta, text="无法登录")
    stub = multipart("alternative", [part("您的邮件客户端不支持 HTML。"), part("<p>会议室投影仪无法使用，灯泡不亮，请在下午两点的会议以前派人来检查一下，谢谢！地点是三号楼二层东侧会议室。</p>", kind="html")])
    save("plain-part-is-a-stub", headers("x") + stub, text_has=["会议室投影仪无法使用"])
    image = f"Content-Type: image/png; name=logo.png\r\nContent-ID: <logo@corp>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n{PNG}\r\n".encode()
    related = multipart("related", [part('<p>见图 <img src="cid:logo@corp"></p>', kind="html"), image])
    save("inline-picture", headers("x") + related, text="见图 [cid:logo@corp]", attachments=["logo.png"], inline=[True])
    inner = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + headers("原邮件") + part("内部的话")
    save("attached-mail", headers("转发") + multipart("mixed", [part("请看附件邮件。"), inner]), text="请看附件邮件。", attachments=["原邮件.eml"])
    save("suppress-alone-is-a-person", headers("无法登录", extra="X-Auto-Response-Suppress: All") + part("请帮忙"), kind="human")
    save("date-in-utc", f"From: a@corp.example\r\nTo: {DESK[1]}\r\nDate: {DATE}\r\n\r\nok".encode(), date="2026-03-02T01:15:00+00:00")
