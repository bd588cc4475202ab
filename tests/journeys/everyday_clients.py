"""How mail programs put an answer and the letter that it answers into one plain text."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

OUTLOOK = (
    "________________________________\n发件人: 服务台 <servicedesk@example.com>\n"
    "发送时间: 2026年11月23日 9:05\n收件人: 李娜 <li.na@customer.example>\n主题: {subject}\n"
)
OUTLOOK_EN = (
    "________________________________\nFrom: Service Desk <servicedesk@example.com>\n"
    "Sent: Monday, November 23, 2026 9:05 AM\nTo: John Carter <john.carter@customer.example>\n"
    "Subject: {subject}\n"
)
QQ = (
    "------------------ 原始邮件 ------------------\n"
    '发件人: "服务台" <servicedesk@example.com>;\n发送时间: 2026年11月23日(星期一) 上午9:05\n'
    '收件人: "李娜"<li.na@customer.example>;\n主题: {subject}\n'
)
WECOM = (
    "------------------ Original ------------------\n"
    'From: "服务台"<servicedesk@example.com>;\nDate: Mon, Nov 23, 2026 09:05 AM\n'
    'To: "李娜"<li.na@customer.example>;\nSubject: {subject}\n'
)
FOXMAIL = "发件人： 服务台\n发送时间： 2026-11-23 09:05\n收件人： li.na\n主题： {subject}\n"
NETEASE = '在 2026-11-23 09:05:00，"服务台" <servicedesk@example.com> 写道：'
APPLE = "在 2026年11月23日，上午9:05，服务台 <servicedesk@example.com> 写道："
GMAIL = "服务台 <servicedesk@example.com> 于2026年11月23日周一 09:05写道："
GMAIL_EN = "On Mon, Nov 23, 2026 at 9:05 AM Service Desk <servicedesk@example.com> wrote:"


def _quoted(mail: EmailMessage, mark: str) -> str:
    body = mail.get_body(("plain",))
    said = str(body.get_content()) if body is not None else ""
    return "\n".join((mark + line).rstrip() for line in said.strip().splitlines())


def _above(head: str, mark: str = "", footer: str = "") -> Callable[[EmailMessage, str], str]:
    def written(mail: EmailMessage, text: str) -> str:
        title = head.format(subject=str(mail["Subject"]))
        return f"{text}\n\n{footer}\n\n{title}\n\n{_quoted(mail, mark)}\n"

    return written


def _below(head: str, mark: str = "> ") -> Callable[[EmailMessage, str], str]:
    def written(mail: EmailMessage, text: str) -> str:
        return f"{head}\n{_quoted(mail, mark)}\n\n{text}\n"

    return written


def _bare(_: EmailMessage, text: str) -> str:
    return text


CLIENTS: dict[str, Callable[[EmailMessage, str], str]] = {
    "bare": _bare,
    "outlook": _above(OUTLOOK),
    "outlook-en": _above(OUTLOOK_EN),
    "outlook-phone": _above(OUTLOOK, footer="获取 Outlook for iOS<https://aka.ms/o0ukef>"),
    "qq": _above(QQ),
    "qq-phone": _above(QQ, footer="发自我的iPhone"),
    "wecom": _above(WECOM, footer="发自我的企业微信"),
    "foxmail": _above(FOXMAIL),
    "netease": _above(NETEASE, "> "),
    "netease-below": _below(NETEASE),
    "apple": _above(APPLE, "> "),
    "iphone": _above(APPLE, "> ", "发自我的 iPhone"),
    "gmail": _above(GMAIL, "> "),
    "gmail-en": _above(GMAIL_EN, "> "),
    "gmail-below": _below(GMAIL_EN),
}
