"""Answers of further clients at home in China, as HTML and as text: Lark, Mail Master, WeCom, 263, Sina,
Alibaba Mail, Coremail, Outlook on phones, and the mail programs of Huawei and Xiaomi phones."""

from __future__ import annotations

import write_replies as known
from craft import headers, part, save

ANSWER = "重启以后还是不行，截图稍后发。"
ASKED = ("请告知您的工号。", "请告知您的电话。")
SHOWN = "您的请求已登记。"
QUOTED = "".join(f"<div>{line}</div>" for line in (*ASKED, SHOWN))
SENDER = "IT服务台 &lt;desk@corp.example&gt;"
META = (
    f"<div>发件人: {SENDER}</div><div>时间: 2026年3月2日 (周一) 09:15</div>"
    "<div>主题: [INC-20260302-0001] 无法登录</div><div>收件人: 王喆 &lt;wangzhe@corp.example&gt;</div>"
)
LARK = (
    '<div style="word-break:break-word"><div data-zone-id="0" data-line="true"><div dir="auto">{answer}</div></div></div>'
    '<div class="history-quote-wrapper" id="lark-mail-quote-174099744"><div data-html-block="quote">'
    '<div style="border-left: none; padding-left: 0px;" class="adit-html-block adit-html-block--collapsed"><div>'
    '<div class="adit-html-block__attr history-quote-meta-wrapper" id="lark-mail-meta-AIn">{meta}</div>'
    "<div>{quoted}</div></div></div></div></div>{below}"
)
MASTER = (
    "<div>{answer}</div><div id=\"imail_signature\" class=\"ntes-signature\"><table><tr><td>王喆</td></tr>"
    "<tr><td>wangzhe@corp.example</td></tr></table></div>"
    '<div class="ntes-mailmaster-quote" style="padding-top: 1px; padding-bottom: 1px">'
    '<div style="margin-top: 2em;margin-bottom: 1em;font-size: 14px">---- 回复的原邮件 ----</div>'
    '<div style="margin-bottom: 1em;font-size: 12px"><table><tbody><tr><td>发件人</td><td>{sender}</td></tr>'
    "<tr><td>发送日期</td><td>2026年03月02日 09:15</td></tr><tr><td>收件人</td><td>王喆</td></tr>"
    "<tr><td>主题</td><td>无法登录</td></tr></tbody></table></div>{quoted}</div>{below}"
)
WECOM = (
    '<div class="rooster-content-body"><div>{answer}</div><div class="xm_mail_sign"><div>王喆</div><div>财务部</div></div>'
    '<div class="xm_compose_origin_mail_container"><div style="background:#f2f2f2">{meta}</div>{quoted}</div>{below}</div>'
)
ALIBABA = (
    '<div class="__aliyun_email_body_block"><div style="clear:both;"><span>{answer}</span></div>'
    '<blockquote style="margin-right:0;margin-top:0;margin-bottom:0;"><div style="clear:both;"><span>'
    "------------------------------------------------------------------</span></div>"
    '<div style="clear:both;">发件人：IT服务台 &lt;desk@corp.example&gt;</div>'
    '<div style="clear:both;">发送时间：2026年3月2日(星期一) 09:15</div>'
    '<div style="clear:both;">收件人：王喆 &lt;wangzhe@corp.example&gt;</div>'
    '<div style="clear:both;">主　题：[INC-20260302-0001] 无法登录</div><div><br></div>{quoted}</blockquote>{below}</div>'
)
OUTLOOK_PHONE = (
    '<div dir="auto">{answer}</div><div id="ms-outlook-mobile-signature"><div>获取 <a href="https://aka.ms/o0ukef">'
    "Outlook for iOS</a></div></div>"
    '<div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message">'
    '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font>'
    "<b>发件人:</b> {sender}<br><b>发送时间:</b> 2026年3月2日 星期一 上午9:15<br><b>收件人:</b> 王喆<br>"
    "<b>主题:</b> 无法登录</font></div>{quoted}</div>"
)
OUTLOOK_ANDROID = OUTLOOK_PHONE.replace("Outlook for iOS", "Outlook for Android").replace(
    'id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message"',
    'id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message skipProofing"',
)
COREMAIL = (
    "<div>{answer}</div><br><br><blockquote name=\"replyContent\" class=\"ReferenceQuote\" "
    'style="padding-left:5px;margin-left:5px;border-left:#b6b6b6 2px solid;">-----原始邮件-----<br>'
    "<b>发件人:</b>\"IT服务台\" &lt;desk@corp.example&gt;<br><b>发送时间:</b>2026-03-02 09:15:00 (星期一)<br>"
    "<b>收件人:</b> wangzhe@corp.example<br><b>抄送:</b> <br><b>主题:</b> 无法登录<br><br>{quoted}</blockquote>{below}"
)

PAGES = {
    "lark": LARK, "netease-mailmaster": MASTER, "wecom-new": WECOM, "alibaba": ALIBABA,
    "outlook-ios": OUTLOOK_PHONE, "outlook-android": OUTLOOK_ANDROID, "coremail-quote": COREMAIL,
}  # fmt: skip
CLOSED = {"lark", "netease-mailmaster", "wecom-new", "alibaba", "coremail-quote"}

# head, footer, mark of the quoted lines
TEXTS = {
    "sina": ("----- 原始邮件 -----\n发件人：IT服务台 <desk@corp.example>\n收件人：王喆 <wangzhe@corp.example>\n主题：无法登录\n日期：2026年03月02日 09点15分", "", ""),
    "263": ("------------------ 原始邮件 ------------------\n发件人：\"IT服务台\"<desk@corp.example>\n发送时间：2026-03-02 09:15:00\n收件人：\"王喆\"<wangzhe@corp.example>\n主题：无法登录", "", ""),
    "263-english": ("------------------Original------------------\nFrom:\"IT服务台\"<desk@corp.example>\nDate:2026-03-02 09:15:00\nTo:\"王喆\"<wangzhe@corp.example>\nSubject:无法登录", "", ""),
    "huawei": ("-------- 原始邮件 --------\n发件人： IT服务台 <desk@corp.example>\n日期： 2026年3月2日周一 上午9:15\n收件人： wangzhe@corp.example\n主题： 无法登录", "发自我的华为手机", ""),
    "huawei-english": ("-------- Original message --------\nFrom: IT服务台 <desk@corp.example>\nDate: Mon, Mar 2, 2026, 9:15 AM\nTo: wangzhe@corp.example\nSubject: 无法登录", "Sent from my HUAWEI phone", ""),
    "xiaomi": ("在 2026年3月2日 上午9:15，IT服务台 <desk@corp.example>写道：", "发自我的小米手机", "> "),
    "xiaomi-name-first": ("IT服务台 <desk@corp.example> 在 2026年3月2日 上午9:15 写道：", "发自我的小米手机", ""),
    "samsung": ("-------- 原始信息 --------\n发件人： IT服务台 <desk@corp.example>\n日期： 26/3/2 上午9:15 (GMT+08:00)\n收件人： wangzhe@corp.example\n主题： 无法登录", "从我的 Galaxy 发送", ""),
    "vivo": ("---- 原始邮件 ----\n发件人: IT服务台 <desk@corp.example>\n日期: 2026/3/2 09:15\n收件人: wangzhe@corp.example\n主题: 无法登录", "发自我的 vivo 手机", ""),
    "lark-text": ("发件人: IT服务台 <desk@corp.example>\n时间: 2026年3月2日 (周一) 09:15\n主题: 无法登录\n收件人: 王喆 <wangzhe@corp.example>", "", ""),
    "alibaba-text": (known.DINGTALK_HEAD, "来自钉钉专属商务邮箱", ""),
    "139": ("----邮件原文----\n发件人：IT服务台 <desk@corp.example>\n收件人：王喆 <wangzhe@corp.example>\n抄 送： (无)\n发送时间：2026-03-02 09:15:00\n主题：无法登录", "", ""),
    "sohu": ("----- Original Message -----\n发件人：desk@corp.example\n收件人：wangzhe@corp.example\n主题：无法登录\n日期：2026-03-02 09:15:00", "", ""),
}  # fmt: skip


def write() -> None:
    """All of them."""
    for name, page in PAGES.items():
        _page(f"client-{name}-above", page, ANSWER, "")
        if name in CLOSED:
            _page(f"client-{name}-below", page, "", f"<div>{ANSWER}</div>")
    for name, (head, footer, mark) in TEXTS.items():
        quoted = "\n".join(mark + line for line in (*ASKED, SHOWN))
        body = f"{ANSWER}\n\n{footer}\n\n{head}\n\n{quoted}\n"
        _save(f"client-{name}-above", body, "plain")
    _forwarded()
    _folded()


def _page(name: str, page: str, answer: str, below: str) -> None:
    body = page.format(answer=answer, meta=META, quoted=QUOTED, below=below, sender=SENDER)
    _save(name, f"<html><body>{body}</body></html>", "html")


def _save(name: str, body: str, kind: str) -> None:
    mail = headers(known.SUBJECT) + part(body, "utf-8", kind)
    save(name, mail, subject=known.SUBJECT, kind="human", language="zh", reply_text=ANSWER,
         reply_lacks=list(ASKED), text_has=[*ASKED, SHOWN])  # fmt: skip


def _forwarded() -> None:
    """Lark's forwarded mail keeps its words in the whole text."""
    page = (
        '<div dir="auto">请处理</div><div class="history-quote-wrapper" id="lark-mail-quote-cli1">'
        '<div class="history-quote-forward-title">--------- 转发消息 ---------</div>'
        f"<div>{META}</div><div>{QUOTED}</div></div>"
    )
    mail = headers("转发: 无法登录") + part(page, "utf-8", "html")
    save("client-lark-forward", mail, reply_text="请处理", text_has=[*ASKED, "发件人: IT服务台"], kind="human")


def _folded() -> None:
    """A boundary with a blank in it, at which the field was folded (RFC 5322 2.2.3)."""
    plain = part(ANSWER).decode()
    mail = headers("折行的边界").decode() + (
        'Content-Type: multipart/mixed; boundary="foo\r\n bar"\r\n\r\n'
        f"--foo bar\r\n{plain}\r\n--foo bar--\r\n"
    )  # fmt: skip
    save("finding-boundary-folded", mail.encode(), text=ANSWER, reply_text=ANSWER, defects_have=["boundary-folded"])


if __name__ == "__main__":
    write()
