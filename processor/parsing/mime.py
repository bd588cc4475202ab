"""Which parts are text to read and which are files: the walk of RFC 8621, 4.1.4."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.message import Message as Part
from functools import cached_property

from processor.parsing import headers, transfer
from processor.parsing.defects import Defects
from processor.parsing.limits import ParseLimits
from processor.parsing.parameters import parse_value
from processor.parsing.written import written

_MEDIA = ("image/", "audio/", "video/")
_TYPE = re.compile(r"^[\w!#$&^.+-]+/[\w!#$&^.+-]+$")
_TITLE = 400
_SEPARATORS = re.compile(r"[/\\:]")


@dataclass
class Leaf:
    """One part that holds content, its header fields read once."""

    part: Part
    type: str
    params: dict[str, str]
    disposition: str
    disposition_params: dict[str, str]
    encoding: str
    content_id: str

    @property
    def name(self) -> str:
        """The file name as the mail gives it, decoded but not made safe; may be empty."""
        return self.disposition_params.get("filename") or self.params.get("name", "")

    def title(self, defects: Defects) -> str:
        """What to call the file: its name, else an attached mail's subject."""
        if self.name or self.type != "message/rfc822":
            return self.name
        inner = self.part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], Part):
            for name, value in inner[0].raw_items():
                if name.lower() == "subject":
                    subject = headers.decoded(str(value)[:_TITLE], defects)
                    return f"{_SEPARATORS.sub('_', subject)}.eml" if subject else ""
        return ""

    @property
    def media(self) -> bool:
        """Whether it is a picture, sound or film that can stand inside a text."""
        return self.type.startswith(_MEDIA)

    @cached_property
    def content(self) -> bytes:
        """The bytes with the transfer encoding taken off; an attached mail as it was written."""
        if self.part.is_multipart():
            return written(self.part)
        return transfer.content(self.part, self.encoding)


@dataclass
class Layout:
    """The leaves of one mail, sorted by the use that a reader makes of them."""

    text: list[Leaf] = field(default_factory=list)
    html: list[Leaf] = field(default_factory=list)
    files: list[Leaf] = field(default_factory=list)
    all: list[Leaf] = field(default_factory=list)
    type: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)


def _leaf(part: Part, default: str, defects: Defects) -> Leaf:
    fields: dict[str, str] = {}
    for name, value in part.raw_items():
        lowered = name.lower()
        if lowered.startswith("content-"):
            fields.setdefault(lowered, str(value))
    raw_type = fields.get("content-type", "")
    media_type, params = parse_value(raw_type, defects) if raw_type else (default, {})
    if not _TYPE.match(media_type):
        if raw_type.strip():
            defects.note("content-type-malformed")
        media_type = {"text": "text/plain", "html": "text/html"}.get(media_type, default)
    disposition = ""
    disposition_params: dict[str, str] = {}
    if "content-disposition" in fields:
        disposition, disposition_params = parse_value(fields["content-disposition"], defects)
    encoding = re.split(
        r"[;\s(]", fields.get("content-transfer-encoding", "").strip().lower(), maxsplit=1
    )[0].strip("\"'")
    return Leaf(
        part,
        media_type,
        params,
        disposition,
        disposition_params,
        encoding,
        headers.unfolded(fields.get("content-id", "")).strip("<> ") if fields else "",
    )


class Walk:
    """One pass over the tree of one mail, within its limits."""

    def __init__(self, limits: ParseLimits, defects: Defects) -> None:
        self._limits = limits
        self._defects = defects
        self.layout = Layout()

    def over(self, root: Part) -> Layout:
        """Sort every leaf of the tree below ``root``."""
        top = _leaf(root, "text/plain", self._defects)
        self.layout.type, self.layout.params = top.type, top.params
        if top.type.startswith("multipart/") and root.is_multipart():
            self._inside(root, top, 0, self.layout.text, self.layout.html, alternative=False)
        else:
            self._place(top, 0, "mixed", self.layout.text, self.layout.html, alternative=False)
        return self.layout

    def _inside(
        self,
        part: Part,
        leaf: Leaf,
        depth: int,
        text: list[Leaf] | None,
        html: list[Leaf] | None,
        *,
        alternative: bool,
    ) -> None:
        if depth >= self._limits.depth:
            self._defects.note("cut:depth")
            return
        for defect in part.defects:
            self._defects.note(f"mime:{type(defect).__name__}")
        kind = leaf.type.split("/", 1)[1]
        default = "message/rfc822" if kind == "digest" else "text/plain"
        inner_alternative = alternative or kind == "alternative"
        text_before = len(text) if text is not None else -1
        html_before = len(html) if html is not None else -1
        children = part.get_payload()
        for index, child in enumerate(children if isinstance(children, list) else []):
            if not isinstance(child, Part):
                continue
            if len(self.layout.all) >= self._limits.parts:
                self._defects.note("cut:parts")
                break
            found = _leaf(child, default, self._defects)
            if found.type.startswith("multipart/") and child.is_multipart():
                self._inside(child, found, depth + 1, text, html, alternative=inner_alternative)
                continue
            text, html = self._place(found, index, kind, text, html, alternative=inner_alternative)
        if kind == "alternative" and text is not None and html is not None:
            if text_before == len(text) and html_before != len(html):
                text.extend(html[max(html_before, 0) :])
            elif html_before == len(html) and text_before != len(text):
                html.extend(text[max(text_before, 0) :])

    def _place(
        self,
        leaf: Leaf,
        index: int,
        within: str,
        text: list[Leaf] | None,
        html: list[Leaf] | None,
        *,
        alternative: bool,
    ) -> tuple[list[Leaf] | None, list[Leaf] | None]:
        layout = self.layout
        layout.all.append(leaf)
        for defect in leaf.part.defects:
            self._defects.note(f"mime:{type(defect).__name__}")
        if leaf.type.startswith("multipart/"):
            # Announced as a container, yet nothing is inside: its bytes are text, if any.
            if not leaf.content.strip():
                return text, html
            leaf.type = "text/plain"
        readable = leaf.type in ("text/plain", "text/html")
        if not (
            leaf.disposition != "attachment"
            and (readable or leaf.media)
            and (index == 0 or (within != "related" and (leaf.media or not leaf.name)))
        ):
            layout.files.append(leaf)
            return text, html
        if within == "alternative":
            if leaf.type == "text/plain" and text is not None:
                text.append(leaf)
            elif leaf.type == "text/html" and html is not None:
                html.append(leaf)
            else:
                layout.files.append(leaf)
            return text, html
        if alternative:
            if leaf.type == "text/plain":
                html = None
            elif leaf.type == "text/html":
                text = None
        if leaf.media:
            layout.files.append(leaf)
            return text, html
        if text is not None:
            text.append(leaf)
        if html is not None:
            html.append(leaf)
        return text, html
