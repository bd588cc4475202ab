"""The same document is the same bytes: when it was packed leaves no trace in it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

PRINTED = "postdesk report"  # keyword of what we print: one that comes back by mail is no form
_CONTENT_TYPES = "[Content_Types].xml"  # readers expect it first (ECMA-376-2, 9.2.2)
_WORKBOOK_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_BEFORE_ALL = (1980, 1, 1, 0, 0, 0)  # the zip format's first moment


def claim_properties(document: Document) -> None:
    """Let python-docx find the document's properties where LibreOffice wrote it: it names the
    relationship another way, and a second part of the same name would make Word repair the file.
    """
    for relation in document.part.package.rels.values():
        if relation.reltype.endswith("/metadata/core-properties"):
            relation._reltype = RELATIONSHIP_TYPE.CORE_PROPERTIES


def stamp(
    document: Document, *, title: str, subject: str, author: str, now: datetime, keywords: str = ""
) -> None:
    """Fill the document's properties; ``now`` is when it counts as made (aware)."""
    moment = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = document.core_properties
    properties.title = title[:255]
    properties.subject = subject[:255]
    properties.author = author[:255]
    properties.last_modified_by = author[:255]
    properties.comments = ""
    if keywords:
        properties.keywords = keywords[:255]
    properties.created = moment
    properties.modified = moment
    properties.revision = 1


def seal(packed: bytes) -> bytes:
    """The zip file ``packed`` with its members in one order and without their times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != _CONTENT_TYPES, name))
        for name in names:
            member = zipfile.ZipInfo(name, _BEFORE_ALL)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return out.getvalue()


def seal_workbook(packed: bytes, made: datetime) -> bytes:
    """As ``seal``, for the ``.xlsx`` that openpyxl packed: ``made`` (aware) becomes the time that
    it writes of its own accord."""
    moment = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _WORKBOOK_TIMES.sub(rb"\g<1>" + moment, data)
            target.writestr(name, data)
    return seal(out.getvalue())
