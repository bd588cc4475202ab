"""Pieces of texts and of markup that patterns and parsers may stumble over when repeated."""

from __future__ import annotations

# What each line or run of a text is made of, again and again: what patterns stumble over.
PATTERNS = (
    ">", "> ", ">\n", "> x\n", "-", "- ", "-\n", "--\n", "-- \n", " ", " \n", "\t", "\u00a0", "=",
    "==\n", "__\n", "*", ":", "：", "a: ", "tel:\n", "From: a@b\n", "发件人：\n",
    "发件人:x\n发送时间:y\n", "On ", "On 2 Mar 2026 ", "在 2026年", "wrote:\n", "写道：\n",
    "On 2 Mar 2026 9:15, a <a@b.example> wrote:\n\n", "a@", "a@b.c:", "<", "<a", "<a@b>", "1-",
    "1月1", "http://", "www.", "(", '"', "王", "| x |\n", "```\n", "本邮件", "This message a ",
    "sent from my iPhone\n", "发自我的", "--- 原始邮件 ---\n", "&", "&nbsp;", "=?",
    "begin 644 a\n", "[cid:", "aaa. A", "550 5.1.1 ", "x@y\n", "\u3000", "\ufe0f", "BEGIN:VEVENT\n",
    "> " + "a" * 70 + "\nbb\n", "\N{GRINNING FACE}",
)  # fmt: skip

# Tags that nobody closes, and rows without end.
MARKUP = (
    "<div>", "<b>", "<a href=x>", "<a", "<p>", "<p>x", "<table>", "<table><tr><td>", "<td>x",
    "<tr><td>x", "<ul><li>", "<blockquote>", "<span style='x'>", "<font>", "<i><b>", "<pre>\n",
    "<br>", "<hr>", "<img src=cid:a>", "<!--", "<!---->", "</div>", "</b></i>", "<b><p>",
    "<font><table>", "<select><option>", "<svg>", "<math><mi>", "<style>", "<title>",
    "<div class=gmail_quote>", "<div style='display:none'>", "<div a='", "<div a=\"", "<<", "</",
    "&lt;", "&#x41;", "<o:p>", "<dl><dd>", "<ruby><rt>", "<textarea>", "<plaintext>", "[cid:",
    "<div>x<blockquote>y</blockquote>", "<div " + "a=1 " * 50 + ">",
)  # fmt: skip
