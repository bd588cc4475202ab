"""A template that cannot be printed, told so that whoever restyled it finds the place in Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from jinja2 import Environment, TemplateError, TemplateSyntaxError

from processor.domain.errors import Fault

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPENED_ONLY = re.compile(r"\{[{%](?:(?![%}]\}).)*$", re.DOTALL)
_WORD_TAG = re.compile(r"^(\{[{%])-?(?:tr|tc|p|r)\s")  # docxtpl's row, cell, paragraph and run
_BLOCK = re.compile(r"^\{%-?\s*(?:(?:tr|tc|p|r)\s+)?(\w+)")
_PLACED = frozenset({"cellbg", "colspan", "vm", "hm"})  # docxtpl's own words, no Jinja


class TemplateFault(Fault):
    """``template`` is the file, ``place`` where in it ("" when nobody can say), ``field`` the
    field as it stands there, ``problem`` what is wrong with it. For the administrator."""

    def __init__(self, template: Path, place: str, field: str, problem: str) -> None:
        self.template, self.place, self.field, self.problem = template, place, field, problem
        parts = [str(template), place, field, problem]
        super().__init__(": ".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class _Tag:
    place: str
    text: str


def explain(
    template: Path, document: Document, error: Exception, env: Environment
) -> TemplateFault:
    """The fault that tells what ``error``, raised while printing ``document``, is about."""
    tags = list(_tags(document))
    problem = str(getattr(error, "message", None) or error)
    found = _broken(tags, env) if isinstance(error, TemplateSyntaxError) else None
    found = found or _naming(tags, problem) or _broken(tags, env)
    if found is None:
        return TemplateFault(template, "", "", problem)
    return TemplateFault(template, found.place, found.text, problem)


def _broken(tags: list[_Tag], env: Environment) -> _Tag | None:
    """The first tag that is no Jinja by itself, else the block that is opened or closed alone."""
    open_blocks: list[tuple[str, _Tag]] = []
    for tag in tags:
        block = _BLOCK.match(tag.text)
        if block is None:
            if not _parses(tag.text, env):
                return tag
            continue
        word = block.group(1)
        if word.startswith("end"):
            if not open_blocks or open_blocks.pop()[0] != word[3:]:
                return tag
        elif word in ("for", "if"):
            if not _parses(f"{_plain(tag.text)}{{% end{word} %}}", env):
                return tag
            open_blocks.append((word, tag))
        elif word not in ("else", "elif", "set") and word not in _PLACED:
            return tag
    return open_blocks[-1][1] if open_blocks else None


def _naming(tags: list[_Tag], problem: str) -> _Tag | None:
    """The first tag that has the name which the problem quotes last (``… attribute 'nosuch'``)."""
    for name in reversed(re.findall(r"'([^']+)'", problem)):
        pattern = re.compile(rf"\b{re.escape(name)}\b")
        for tag in tags:
            if pattern.search(tag.text):
                return tag
    return None


def _parses(text: str, env: Environment) -> bool:
    try:
        env.parse(_plain(text))
    except TemplateError:
        return False
    return True


def _plain(tag: str) -> str:
    return _WORD_TAG.sub(r"\1 ", tag).replace("“", '"').replace("”", '"').replace("’", "'")


def _tags(document: Document) -> Iterator[_Tag]:
    """Every field of the document with its place: the body first, then headers and footers."""
    yield from _tags_in(document.element.body, "body")
    for at, section in enumerate(document.sections, start=1):
        yield from _tags_in(section.header._element, f"header of section {at}")
        yield from _tags_in(section.footer._element, f"footer of section {at}")


def _tags_in(root: BaseOxmlElement, part: str) -> Iterator[_Tag]:
    paragraphs = tables = 0
    for child in root.iterchildren(qn("w:p"), qn("w:tbl"), qn("w:sdt")):
        if child.tag == qn("w:tbl"):
            tables += 1
            for row_at, row in enumerate(child.iter(qn("w:tr")), start=1):
                for cell_at, cell in enumerate(row.iterchildren(qn("w:tc")), start=1):
                    place = f"{part}, table {tables}, row {row_at}, cell {cell_at}"
                    for paragraph in cell.iter(qn("w:p")):
                        yield from _tags_of(paragraph, place)
        else:
            for paragraph in child.iter(qn("w:p")):
                paragraphs += 1
                yield from _tags_of(paragraph, f"{part}, paragraph {paragraphs}")


def _tags_of(paragraph: BaseOxmlElement, place: str) -> Iterator[_Tag]:
    text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
    for match in _TAG.finditer(text):
        yield _Tag(place, match.group())
    rest = _OPENED_ONLY.search(_TAG.sub("", text))
    if rest:
        yield _Tag(place, rest.group())
