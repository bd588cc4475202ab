"""What a mail encloses: files, and files that hold words of their own: wrappers, invitations and
other mails."""

from __future__ import annotations

import re
from dataclasses import replace

from processor.domain.message import Attachment
from processor.parsing import attachments, body, calendars, outlook, tnef
from processor.parsing.defects import Defects
from processor.parsing.limits import ParseLimits
from processor.parsing.line_labels import Label, Verdict
from processor.parsing.mime import Layout, Leaf, Walk
from processor.parsing.opening import open_tree

_MAIL = "message/rfc822"
_OUTLOOK = "application/vnd.ms-outlook"
_MAIL_SUFFIX = ".eml"
_FIELD = re.compile(rb"\s{0,20}[\x21-\x39\x3b-\x7e]{1,80}:")
_NAMELESS = ("application/octet-stream", "text/plain", "application/x-unknown")


def read(
    layout: Layout, limits: ParseLimits, defects: Defects, content: body.Content
) -> tuple[tuple[Attachment, ...], body.Content]:
    """The attachments, wrapped ones taken out; and the text with what is told by invitations, or
    with the words of a wrapper when nothing else holds any."""
    files = list(content.files)
    told: dict[str, None] = {}
    for leaf in layout.files:
        if len(files) >= limits.attachments:
            defects.note("cut:attachments")
            break
        if tnef.is_tnef(leaf.type, leaf.content):
            inside = tnef.unwrap(leaf.content, len(files) + 1, defects)
            if inside is not None:
                files.extend(inside.files[: limits.attachments - len(files)])
                if not content.text.strip():
                    content = body.from_wrapper(inside.html, inside.text, limits)
                continue
        one = _file(leaf, len(files) + 1, defects, content.logos)
        files.append(one)
        if calendars.is_calendar(one.type, one.name) and len(told) < 3:
            told[calendars.as_text(one.content, leaf.params.get("charset"), defects)] = None
    return tuple(files), _with_invitations(content, [text for text in told if text])


def _file(leaf: Leaf, number: int, defects: Defects, logos: frozenset[str]) -> Attachment:
    inline = leaf.disposition != "attachment" and (leaf.media or bool(leaf.content_id))
    title = leaf.title(defects)
    return attachments.attachment(
        title,
        _type(leaf, title),
        leaf.content,
        number,
        inline=inline,
        content_id=leaf.content_id,
        logo=leaf.media and leaf.content_id in logos,
    )


def _type(leaf: Leaf, title: str) -> str:
    """The type that the file has, where the sender's program knew only that it is one."""
    suffix = title.lower()[-4:]
    if leaf.type not in _NAMELESS and leaf.type != "application/msoutlook":
        return leaf.type
    if suffix == _MAIL_SUFFIX and _FIELD.match(leaf.content):
        return _MAIL
    if suffix == outlook.SUFFIX and outlook.is_outlook(leaf.content):
        return _OUTLOOK
    return leaf.type


def _with_invitations(content: body.Content, told: list[str]) -> body.Content:
    if not told:
        return content
    said = "\n\n".join(told)
    if not content.text.strip():
        lines = tuple(said.split("\n"))
        verdict = Verdict(lines, (Label.NEW,) * len(lines), ("invitation",) * len(lines))
        return replace(content, text=said, reply_text=verdict.text(), verdict=verdict)
    return replace(content, text=f"{content.text.rstrip()}\n\n{said}")


def words_inside(
    files: tuple[Attachment, ...], limits: ParseLimits, defects: Defects
) -> body.Content:
    """The words of the first mail that is attached: for those who forward one as a file and write
    nothing themselves."""
    for file in files:
        raw: bytes | None = None
        if file.type == _MAIL:
            raw = file.content
        elif outlook.is_outlook(file.content) and file.name.lower().endswith(outlook.SUFFIX):
            raw = outlook.as_mail(file.content, defects)
        root = open_tree(raw, limits, defects) if raw else None
        if root is not None:
            inner = body.read(Walk(limits, defects).over(root), limits, defects)
            if inner.text.strip():
                defects.note("text-of-attached-mail")
                return inner
    return body.Content("", "")
