"""The readable text of a mail and its new words, from its text and HTML parts together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from processor.domain.habits import NO_HABITS, Habits
from processor.domain.message import Attachment
from processor.parsing import attachments, charset, headers, html_text, reply_text, uuencode
from processor.parsing.defects import Defects
from processor.parsing.flowed import unflowed
from processor.parsing.limits import ParseLimits
from processor.parsing.line_labels import Label, Verdict
from processor.parsing.mime import Layout, Leaf

# What a plain part says when it is only there to say that one should look at the other.
_STUB = re.compile(
    r"html|does\s+not\s+support|view\s+(?:this|the)\s+(?:message|e-?mail)|不支持|无法显示|無法顯示|请使用|浏览器",
    re.IGNORECASE,
)
_STUB_LENGTH = 200
# Markup that tells where a quote ends, which its plain sibling cannot.
_TELLING = (
    "<blockquote", "gmail_quote", "isreplycontent", "includetail", "yahoo_quoted",
    "protonmail_quote", "zmail_extra", "mail-quote-collapse", "qmbox", "mailmaster-quote",
    "history-quote-wrapper", "mobile-reference-message", "xm_compose_origin_mail",
)  # fmt: skip
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_CONTENT_ID = re.compile(r"\[cid:([^\[\]]*)\]")
# Markup that may show an enclosed picture: its address, written out or in character references.
_SHOWS = re.compile(r"cid:|&(?:#|colon)", re.IGNORECASE)
_PICTURE = re.compile(r"\[cid:[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Content:
    """Text as a whole, new words, and files that were found inside the text."""

    text: str
    reply_text: str
    files: tuple[Attachment, ...] = ()
    quotes: bool = False  # whether the text holds another mail's words
    verdict: Verdict = field(default_factory=Verdict)  # what each line was held to be, and why
    logos: frozenset[str] = frozenset()  # Content-IDs of pictures that stand in the signature


class _Pages:
    """The HTML parts of one mail as pages, each read once."""

    def __init__(self, limits: ParseLimits, defects: Defects) -> None:
        self._limits = limits
        self._defects = defects
        self._sources: dict[int, str] = {}
        self._pages: dict[int, html_text.HtmlPage] = {}
        self._verdicts: dict[int, Verdict] = {}

    def source(self, leaf: Leaf) -> str:
        """The markup as characters."""
        if id(leaf) not in self._sources:
            self._sources[id(leaf)] = _html_source(leaf, self._limits, self._defects)
        return self._sources[id(leaf)]

    def of(self, leaf: Leaf) -> html_text.HtmlPage:
        """Its visible lines."""
        found = self._pages.get(id(leaf))
        if found is None:
            found = html_text.read(self.source(leaf), self._limits.html_nodes)
            self._pages[id(leaf)] = found
            if found.cut:
                self._defects.note("cut:html")
        return found

    def verdict(self, leaf: Leaf) -> Verdict:
        """What its lines are held to be."""
        found = self._verdicts.get(id(leaf))
        if found is None:
            found = self._verdicts[id(leaf)] = html_verdict(self.of(leaf), self._limits.habits)
        return found


def read(layout: Layout, limits: ParseLimits, defects: Defects) -> Content:
    """Read the parts that the walk has chosen; HTML only where it is needed or says more."""
    pages = _Pages(limits, defects)
    files: list[Attachment] = []
    pieces: list[tuple[str, html_text.HtmlPage | None]] = []
    chosen = layout.text
    plain = [leaf for leaf in layout.text if leaf.type != "text/html"]
    decoded = [_decoded(leaf, limits, defects, files) for leaf in plain]
    if layout.html and _says_less("\n".join(decoded), layout, pages):
        chosen = layout.html
    by_leaf = {id(leaf): text for leaf, text in zip(plain, decoded, strict=True)}
    budget = limits.text_chars
    for leaf in chosen:
        if leaf.type == "text/html":
            page = pages.of(leaf)
            pieces.append((page.text[:budget], page))
        else:
            text = by_leaf.get(id(leaf))
            if text is None:
                text = _decoded(leaf, limits, defects, files)
            pieces.append((text[:budget], None))
        budget -= len(pieces[-1][0])
        if budget <= 0:
            defects.note("cut:text-chars")
            break
    text = "\n".join(piece for piece, _ in pieces if piece.strip())
    if not text and pieces:
        text = pieces[0][0]
    verdict = _judged(pieces, layout, chosen, text, limits, defects, pages)
    logos = _logos(layout, pages)
    return Content(text, verdict.text(), tuple(files), verdict.quoted, verdict, logos)


def _logos(layout: Layout, pages: _Pages) -> frozenset[str]:
    """The pictures of the signature, looked for only where pictures are enclosed."""
    if not any(leaf.media and leaf.content_id for leaf in layout.files):
        return frozenset()
    found: set[str] = set()
    for leaf in layout.html:
        if leaf.type != "text/html" or not _SHOWS.search(pages.source(leaf)):
            continue
        if not any("[cid:" in line.text for line in pages.of(leaf).lines):
            continue
        verdict = pages.verdict(leaf)
        for line, label in zip(verdict.lines, verdict.labels, strict=True):
            if label is Label.SIGNATURE and "[cid:" in line:
                found.update(_CONTENT_ID.findall(line))
    return frozenset(found)


def from_wrapper(html: str, text: str, limits: ParseLimits) -> Content:
    """The content of a mail whose words were found inside an attached wrapper."""
    if text.strip() or not html:
        verdict = reply_text.judge(text[: limits.reply_chars].split("\n"), habits=limits.habits)
        return Content(text[: limits.text_chars], verdict.text(), (), verdict.quoted, verdict)
    page = html_text.read(html[: limits.text_chars], limits.html_nodes)
    verdict = html_verdict(page, limits.habits)
    return Content(page.text, verdict.text(), (), verdict.quoted, verdict)


def html_words(page: html_text.HtmlPage) -> str:
    """The new words of an HTML body, by its containers first and its lines second."""
    return html_verdict(page).text()


def html_verdict(page: html_text.HtmlPage, habits: Habits = NO_HABITS) -> Verdict:
    """The labelled lines of an HTML body."""
    return reply_text.judge(
        [line.text for line in page.lines],
        [line.depth for line in page.lines],
        [line.mark for line in page.lines],
        page.spans,
        habits,
    )


def _judged(
    pieces: list[tuple[str, html_text.HtmlPage | None]],
    layout: Layout,
    chosen: list[Leaf],
    text: str,
    limits: ParseLimits,
    defects: Defects,
    sources: _Pages,
) -> Verdict:
    """The labels of all lines, from the part that tells most of quotes."""
    if len(text) > limits.reply_chars:
        defects.note("cut:reply-chars")
        return reply_text.judge(text[: limits.reply_chars].split("\n"), habits=limits.habits)
    pages = [page for _, page in pieces if page is not None]
    if len(pieces) == 1 and pages:
        return sources.verdict(chosen[0])
    verdict = reply_text.judge(text.split("\n"), habits=limits.habits)
    siblings = [leaf for leaf in layout.html if leaf.type == "text/html" and leaf not in chosen]
    if len(siblings) == 1 and not pages and (verdict.cut_unmarked or not verdict.quoted):
        lowered = sources.source(siblings[0]).lower()
        if any(mark in lowered for mark in _TELLING):
            told = sources.verdict(siblings[0])
            if told.quoted and told.text():
                return told
    return verdict


def _says_less(text: str, layout: Layout, pages: _Pages) -> bool:
    """Whether the plain part is empty or a mere hint, while the HTML holds the words."""
    stripped = text.strip()
    if stripped and (len(stripped) > _STUB_LENGTH or not _STUB.search(stripped)):
        return False
    words = 0
    for leaf in layout.html:
        if leaf.type == "text/html":
            words += len(_PICTURE.sub("", pages.of(leaf).text).strip())
    return words > 3 * len(stripped)


def _bounded(leaf: Leaf, limits: ParseLimits, defects: Defects) -> bytes:
    data = leaf.content
    if len(data) > limits.text_bytes:
        defects.note("cut:text-bytes")
        data = data[: limits.text_bytes]
    return data


def _lines_mended(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\ufeff", "")


def _decoded(leaf: Leaf, limits: ParseLimits, defects: Defects, files: list[Attachment]) -> str:
    data = _bounded(leaf, limits, defects)
    data, found = uuencode.take_files(data)
    for raw_name, content in found:
        name = headers.decoded(raw_name.decode("utf-8", "surrogateescape"), defects)
        kind = attachments.type_of(name)
        files.append(attachments.attachment(name, kind, content, len(files) + 1, inline=False))
    text = _lines_mended(charset.decode(data, leaf.params.get("charset"), defects))
    if leaf.params.get("format", "").lower() == "flowed":
        text = unflowed(text, delsp=leaf.params.get("delsp", "").lower() == "yes")
    return text


def _html_source(leaf: Leaf, limits: ParseLimits, defects: Defects) -> str:
    data = _bounded(leaf, limits, defects)
    label = leaf.params.get("charset")
    if not label:
        declared = _META_CHARSET.search(data, 0, 4096)
        label = declared[1].decode("ascii") if declared else None
    return charset.decode(data, label, defects)
