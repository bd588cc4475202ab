"""Replies as each client writes them × where the answer stands × how it is encoded."""

from __future__ import annotations

from craft import headers, multipart, part, save

ABOVE = "重启以后还是登录不了，\n错误代码 0x8007。请王喆和朱镕看一下。"
INSIDE = ("好的，工号是 10086。", "电话 6123，上午都在。")
BELOW = "以上，谢谢！"
ASKED = ("请告知您的工号。", "请告知您的电话。", "请回复：确认 / confirm 或 未解决 / not solved")
QUOTED = "\n".join(["您好：", *ASKED])
TRADITIONAL = "重新開機以後還是登入不了，\n錯誤代碼 0x8007。請協助處理。"

QQ_HEAD = """------------------ 原始邮件 ------------------
发件人: "IT服务台" <desk@corp.example>;
发送时间: 2026年3月2日(星期一) 上午9:15
收件人: "王喆"<wangzhe@corp.example>;
主题: [INC-20260302-0001] 无法登录"""
FOXMAIL_HEAD = """
发件人： IT服务台
发送时间： 2026-03-02 09:15
收件人： 王喆
主题： [INC-20260302-0001] 无法登录"""
OUTLOOK_HEAD = """-----邮件原件-----
发件人: IT服务台 <desk@corp.example>
发送时间: 2026年3月2日 9:15
收件人: 王喆 <wangzhe@corp.example>
主题: [INC-20260302-0001] 无法登录"""
OUTLOOK_EN = """From: IT Service Desk <desk@corp.example>
Sent: Monday, March 2, 2026 9:15 AM
To: Wang Zhe <wangzhe@corp.example>
Subject: [INC-20260302-0001] Cannot log in"""
COREMAIL_HEAD = """-----原始邮件-----
发件人:"IT服务台" <desk@corp.example>
发送时间:2026-03-02 09:15:00 (星期一)
收件人: wangzhe@corp.example
抄送:
主题: [INC-20260302-0001] 无法登录"""
DINGTALK_HEAD = """------------------------------------------------------------------
发件人：IT服务台 <desk@corp.example>
发送时间：2026年3月2日(星期一) 09:15
收件人：王喆 <wangzhe@corp.example>
主　题：[INC-20260302-0001] 无法登录"""
NETEASE_HEAD = 'At 2026-03-02 09:15:00, "IT服务台" <desk@corp.example> wrote:'
NETEASE_ZH = '在 2026-03-02 09:15:00，"IT服务台" <desk@corp.example> 写道：'
APPLE_HEAD = "在 2026年3月2日，上午9:15，IT服务台 <desk@corp.example> 写道："
GMAIL_ZH = "IT服务台 <desk@corp.example> 于2026年3月2日周一 09:15写道："
GMAIL_EN = "On Mon, Mar 2, 2026 at 9:15 AM IT Service Desk <desk@corp.example> wrote:"
THUNDERBIRD = "在 2026/3/2 9:15, IT服务台 写道:"
GMAIL_TW = "IT服務台 <desk@corp.example> 於 2026年3月2日 週一 上午9:15寫道："
OUTLOOK_TW = """寄件者: IT服務台 <desk@corp.example>
寄件日期: 2026年3月2日 上午 09:15
收件者: 王哲 <wangzhe@corp.example>
主旨: [INC-20260302-0001] 無法登入"""

# Clients that announce a quote and then copy it unmarked.
UNMARKED = {
    "qq": QQ_HEAD, "foxmail": FOXMAIL_HEAD, "outlook": OUTLOOK_HEAD, "coremail": COREMAIL_HEAD,
    "dingtalk": DINGTALK_HEAD,
}  # fmt: skip
# Clients that mark each quoted line.
MARKED = {
    "netease": NETEASE_HEAD, "netease-zh": NETEASE_ZH, "apple": APPLE_HEAD, "gmail-zh": GMAIL_ZH,
    "thunderbird": THUNDERBIRD,
}  # fmt: skip
CHARSETS = ("gb2312", "gbk", "gb18030", "utf-8")
SUBJECT = "回复：[INC-20260302-0001] 无法登录"


def lines_marked(text: str) -> str:
    """Each line behind ``>``."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def inside_marked(head: str) -> str:
    """Answers between the quoted questions."""
    return "\n".join(
        [head, "> 您好：", f"> {ASKED[0]}", "", INSIDE[0], "", f"> {ASKED[1]}", "", INSIDE[1], "",
         f"> {ASKED[2]}", ""]
    )  # fmt: skip


def expect(reply: str, language: str = "zh", **more: object) -> dict[str, object]:
    """What holds for every reply: its words, a person wrote it, the quote is kept in the text."""
    return {
        "reply_text": reply, "kind": "human", "language": language, "from": ["王喆", "wangzhe@corp.example"],
        "reply_lacks": ["not solved"], **more,
    }  # fmt: skip


def plain(name: str, body: str, reply: str, charset: str, **more: object) -> None:
    """A reply of one text part."""
    mail = headers(SUBJECT, charset=charset) + part(body, charset)
    save(name, mail, **expect(reply, subject=SUBJECT, text_has=[ASKED[0]], **more))


def html(name: str, markup: str, reply: str, charset: str = "utf-8", body: str = "") -> None:
    """A reply with an HTML part, and a text part when the client sends both."""
    page = part(f"<html><body>{markup}</body></html>", charset, "html", "quoted-printable")
    content = multipart("alternative", [part(body, charset), page]) if body else page
    save(name, headers(SUBJECT, charset=charset) + content, **expect(reply, subject=SUBJECT))


def divs(text: str) -> str:
    """Lines as most editors write them."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<div>{line or '<br>'}</div>" for line in escaped.split("\n"))


def write() -> None:
    """All of them."""
    for at, (client, head) in enumerate(UNMARKED.items()):
        charset = CHARSETS[at % len(CHARSETS)]
        plain(f"reply-{client}-above", f"{ABOVE}\n\n\n{head}\n\n{QUOTED}\n", ABOVE, charset)
        plain(f"reply-{client}-phone", f"{ABOVE}\n\n发自我的iPhone\n\n{head}\n\n{QUOTED}\n", ABOVE, charset)
        pointed = f"见下文红字。\n\n{head}\n\n您好：\n{ASKED[0]}\n{INSIDE[0]}\n"
        mail = headers(SUBJECT, charset=charset) + part(pointed, charset)
        save(f"reply-{client}-points-below", mail, subject=SUBJECT, kind="human",
             reply_has=["见下文红字。", INSIDE[0]])  # fmt: skip
    for at, (client, head) in enumerate(MARKED.items()):
        charset = CHARSETS[(at + 1) % len(CHARSETS)]
        quote = lines_marked(QUOTED)
        plain(f"reply-{client}-above", f"{ABOVE}\n\n{head}\n\n{quote}\n", ABOVE, charset)
        plain(f"reply-{client}-below", f"{head}\n\n{quote}\n\n{BELOW}\n{ABOVE}\n", f"{BELOW}\n{ABOVE}", charset)
        plain(f"reply-{client}-inside", inside_marked(head), "\n\n".join(INSIDE), charset)
        plain(
            f"reply-{client}-signature",
            f"{ABOVE}\n\n-- \n王喆\n信息中心\n电话：010-12345678\n\n{head}\n\n{quote}\n",
            ABOVE, charset,
        )  # fmt: skip
    write_html()
    write_others()


def write_html() -> None:
    """Where markup says more than lines."""
    inner = divs(QUOTED)
    qq = (
        '<div style="font-size:12px;font-family:Arial Narrow;padding:2px 0 2px 0;">'
        "------------------&nbsp;原始邮件&nbsp;------------------</div>"
        f'<div style="font-size:12px;background:#efefef;padding:8px;">'
        '<div><b>发件人:</b>&nbsp;"IT服务台"&lt;desk@corp.example&gt;;</div>'
        "<div><b>发送时间:</b>&nbsp;2026年3月2日(星期一) 上午9:15</div>"
        '<div><b>收件人:</b>&nbsp;"王喆"&lt;wangzhe@corp.example&gt;;</div>'
        f"<div><b>主题:</b>&nbsp;无法登录</div></div><div><br></div>{inner}"
    )
    html("html-qq-above", f"{divs(ABOVE)}<div><includetail>{qq}</includetail></div>", ABOVE, "gb18030")
    html("html-qq-below", f"<div><br></div><div>{qq}</div>{divs(ABOVE)}", ABOVE, "gb2312")
    fox = (
        '<blockquote style="margin-Top: 0px; margin-Bottom: 0px; margin-Left: 0.5em"><div>&nbsp;</div>'
        '<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        "<div><b>发件人：</b>&nbsp;IT服务台</div><div><b>发送时间：</b>&nbsp;2026-03-02&nbsp;09:15</div>"
        f"<div><b>收件人：</b>&nbsp;王喆</div><div><b>主题：</b>&nbsp;无法登录</div></div>{inner}</blockquote>"
    )
    html("html-foxmail-above", f"{divs(ABOVE)}<hr>{fox}", ABOVE, "gb2312")
    html("html-foxmail-below", f"{fox}{divs(ABOVE)}", ABOVE, "utf-8")
    cite = 'style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid"'
    netease = f'<br>{NETEASE_HEAD.replace("<", "&lt;").replace(">", "&gt;")}<br> <blockquote id="isReplyContent" {cite}>{inner}</blockquote>'
    html("html-netease-above", f"{divs(ABOVE)}<br><br>{netease}", ABOVE, "gbk")
    html("html-netease-below", f"{netease}{divs(ABOVE)}", ABOVE, "gbk")
    master = (
        "<div>---- 回复的原邮件 ----</div><div><table><tbody><tr><td>发件人</td><td>IT服务台&lt;desk@corp.example&gt;</td></tr>"
        "<tr><td>日期</td><td>2026年03月02日 09:15</td></tr><tr><td>收件人</td><td>王喆</td></tr>"
        f"<tr><td>主题</td><td>无法登录</td></tr></tbody></table></div>{inner}"
    )
    html("html-netease-master-above", f'{divs(ABOVE)}<div class="ntes_signature">王喆<br>信息中心</div><div>{master}</div>', ABOVE)
    gmail = (
        '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">IT服务台 &lt;desk@corp.example&gt; 于2026年3月2日周一 09:15写道：<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{inner}</blockquote></div>'
    )
    html("html-gmail-above", f'<div dir="ltr">{divs(ABOVE)}</div><br>{gmail}', ABOVE, "utf-8",
         f"{ABOVE}\n\n{GMAIL_ZH}\n\n{lines_marked(QUOTED)}\n")  # fmt: skip
    between = "".join(f"<blockquote>{divs(q)}</blockquote>{divs(a)}" for q, a in zip(ASKED, INSIDE, strict=False))
    html("html-gmail-inside", f'<div class="gmail_attr">{GMAIL_ZH.replace("<", "&lt;").replace(">", "&gt;")}</div>{between}', "\n\n".join(INSIDE))
    html("html-apple-above", f'{divs(ABOVE)}<div><br><blockquote type="cite"><div>{APPLE_HEAD.replace("<", "&lt;").replace(">", "&gt;")}</div><br>{inner}</blockquote></div>', ABOVE)
    html("html-thunderbird-below", f'<div class="moz-cite-prefix">{THUNDERBIRD}<br></div><blockquote type="cite" cite="mid:1@x">{inner}</blockquote><p>{BELOW}</p>', BELOW)
    outlook = (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>发件人<span lang="EN-US">:</span></b>'
        "<span lang=\"EN-US\"> IT</span>服务台<span> &lt;desk@corp.example&gt; <br></span><b>发送时间<span>:</span></b> 2026年3月2日 9:15<br>"
        f"<b>收件人:</b> 王喆<br><b>主题:</b> 无法登录</p></div><p class=\"MsoNormal\">&nbsp;</p>{inner}"
    )
    html("html-outlook-above", f'<div class="WordSection1">{divs(ABOVE)}{outlook}</div>', ABOVE, "gb2312",
         f"{ABOVE}\n\n发件人: IT服务台 <desk@corp.example>\n发送时间: 2026年3月2日 9:15\n收件人: 王喆\n主题: 无法登录\n\n{QUOTED}\n")  # fmt: skip
    owa = f'<hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>发件人:</b> IT服务台 &lt;desk@corp.example&gt;<br><b>发送时间:</b> 2026年3月2日 9:15<br><b>收件人:</b> 王喆<br><b>主题:</b> 无法登录</font><div>&nbsp;</div></div>{inner}'
    html("html-owa-above", f'{divs(ABOVE)}<div id="Signature"><div>王喆</div></div><div id="appendonsend"></div>{owa}', ABOVE)


def write_others() -> None:
    """Traditional Chinese, English, and what must not be taken for a quote."""
    body = f"{TRADITIONAL}\n\n{OUTLOOK_TW}\n\n您好：\n請告知您的電話。\n"
    save("reply-outlook-tw-big5", headers("回覆: 無法登入", charset="big5", sender=("王哲", "w@corp.example")) + part(body, "big5"),
         subject="回覆: 無法登入", reply_text=TRADITIONAL, kind="human", language="zh")  # fmt: skip
    body = f"{TRADITIONAL}\n\n{GMAIL_TW}\n\n> 您好：\n> 請告知您的電話。\n"
    save("reply-gmail-tw-utf8", headers("Re: 無法登入", sender=("王哲", "w@corp.example")) + part(body),
         subject="Re: 無法登入", reply_text=TRADITIONAL, language="zh")  # fmt: skip
    english = "Still failing after the restart.\nError code 0x8007."
    save("reply-outlook-en-above", headers("RE: Cannot log in") + part(f"{english}\n\n{OUTLOOK_EN}\n\nDear Wang Zhe,\nplease send your phone number.\n", "us-ascii", "plain", "7bit"),
         reply_text=english, kind="human", language="en")  # fmt: skip
    save("reply-gmail-en-folded-head", headers("Re: Cannot log in") + part(f"{english}\n\nOn Mon, Mar 2, 2026 at 9:15 AM IT Service Desk <\ndesk@corp.example> wrote:\n\n> Please send your phone number.\n", "us-ascii", "plain", "7bit"),
         reply_text=english, language="en")  # fmt: skip
    save("reply-phone-en", headers("Re: Cannot log in") + part("Works now, thanks.\n\nSent from my iPhone\n\n> On Mar 2, 2026, at 09:15, IT Service Desk <desk@corp.example> wrote:\n> \n> Please test.\n"),
         reply_text="Works now, thanks.", language="en")  # fmt: skip
    journey = "申请出差：\nFrom: 北京\nTo: 上海\nDate: 3月5日\n请开通 VPN。"
    save("new-journey-is-no-header-block", headers("开通VPN") + part(journey), reply_text=journey)
    log = "升级后报错，日志如下：\n-----------------------------\n2026-03-02 09:15:00 ERROR login failed\n2026-03-02 09:15:01 WARN retry\n-----------------------------\n请尽快处理。"
    save("new-log-between-rules", headers("系统报错") + part(log), reply_text=log)
    phone = "我发自内心地感谢你们，不过手机上的邮件还是收不到：Sent from my iPhone 后面就没有内容了。"
    save("new-speaks-of-phones", headers("手机邮件") + part(phone), reply_text=phone)
    contact = "打印机卡纸，请派人来。\n\n王喆\n财务部 3号楼 205\n电话：6123"
    save("new-contact-is-kept", headers("打印机") + part(contact), reply_text=contact)
    forward = "---------- 转发的邮件 ----------\n发件人: 供应商 <a@vendor.example>\n发送时间: 2026年3月1日 10:00\n收件人: 王喆\n主题: 停机通知\n\n本周六停机两小时。"
    save("forward-without-words", headers("转发: 停机通知") + part(forward), reply_text="本周六停机两小时。", kind="human")
    save("forward-with-words", headers("转发: 停机通知") + part(f"请安排通知各部门。\n\n{forward}"),
         reply_text="请安排通知各部门。", text_has=["本周六停机两小时。"])  # fmt: skip
    old = "======= 2006-03-02 09:15:00 您在来信中写道：======="
    save("reply-foxmail-old", headers("Re: 无法登录") + part(f"已经好了。\n\n{old}\n\n请重启后再试。\n", "gb2312"), reply_text="已经好了。")
