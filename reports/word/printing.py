"""A Word template with fields → a document: docxtpl in a sandbox that escapes and is strict."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import CodeType
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from reports.word.captions import number_captions
from reports.word.contents import empty_contents, fill_contents
from reports.word.faults import TemplateFault, explain
from reports.word.keeping import keep_short_rows, keep_short_tables
from reports.word.sealing import PRINTED, claim_properties, seal, stamp

_MOST_COPIES = 10_000

# The parts of templates, compiled once a process: a document is printed of them many times.
_COMPILED: dict[str, CodeType] = {}
_MOST_COMPILED = 200


class _Sandbox(ImmutableSandboxedEnvironment):
    """No way to Python from a template, and no ``'a' * 10**9`` either."""

    intercepted_binops = frozenset({"*", "**"})

    def compile(self, source: Any, *where: Any, **how: Any) -> Any:
        if where or how or not isinstance(source, str):
            return super().compile(source, *where, **how)
        found = _COMPILED.get(source)
        if found is None:
            if len(_COMPILED) >= _MOST_COMPILED:
                _COMPILED.clear()
            found = _COMPILED[source] = super().compile(source)
        return found

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        for side in (left, right):
            if not isinstance(side, int | float) or abs(side) > _MOST_COPIES:
                raise SecurityError(f"'{operator}' is for small numbers only")
        return super().call_binop(context, operator, left, right)


def _as_xml(value: object) -> Markup:
    """Text as XML in which neither Jinja's nor docxtpl's own marks are left to be read."""
    if hasattr(value, "__html__") and not isinstance(value, Markup):
        return Markup(value.__html__())  # noqa: S704 - a picture writes its own XML
    return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - it is escaped


class WordTemplate:
    """One ``.docx`` with fields, opened for one printing."""

    def __init__(self, path: Path) -> None:
        """Raises TemplateFault when the file is missing or no Word document."""
        self.path = path
        self._env = _Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_as_xml)
        self.docxtpl = DocxTemplate(str(path))
        try:  # lxml's errors of syntax are SyntaxErrors
            self.docxtpl.init_docx()
        except (OSError, OpcError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
            raise TemplateFault(path, "", "", f"not a Word document ({error})") from error
        claim_properties(self.docxtpl.docx)
        empty_contents(self.docxtpl.docx)

    def print(
        self,
        fields: Mapping[str, object],
        *,
        title: str,
        subject: str,
        author: str,
        now: datetime,
    ) -> bytes:
        """The document with ``fields`` filled in; title, subject, author and ``now`` become its
        properties. The same arguments give the same bytes. Raises TemplateFault."""
        try:
            self.docxtpl.render(dict(fields), self._env, autoescape=True)
        except (TemplateError, SyntaxError, TypeError, AttributeError, ValueError) as error:
            source = docx.Document(str(self.path))
            raise explain(self.path, source, error, self._env) from error
        self._read_again()
        keep_short_rows(self.docxtpl.docx)
        keep_short_tables(self.docxtpl.docx)
        number_captions(self.docxtpl.docx)
        fill_contents(self.docxtpl.docx)
        stamp(
            self.docxtpl.docx,
            title=title,
            subject=subject,
            author=author,
            now=now,
            keywords=PRINTED,
        )
        out = io.BytesIO()
        self.docxtpl.save(out)
        return seal(out.getvalue())

    def _read_again(self) -> None:
        """docxtpl leaves a body of bare lxml elements; python-docx wants its own."""
        root = self.docxtpl.docx.element
        body = root.find(qn("w:body"))
        read = parse_xml(etree.tostring(body))
        root.replace(body, read)
        # ``{% cellbg %}`` puts a cell's ground before its width, and Word wants it behind
        # (ECMA-376-1, 17.4.69: CT_TcPr is a sequence)
        for ground in list(read.iter(qn("w:shd"))):
            holder = ground.getparent()
            if holder.tag == qn("w:tcPr"):
                holder.insert_element_before(
                    ground, "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign"
                )
