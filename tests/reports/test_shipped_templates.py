"""The shipped templates are those that the committed script makes from the committed words."""

from __future__ import annotations

import docx
import pytest
from docx.oxml.ns import qn

from templates.word.make_templates import WRITERS, file_of, make
from tests.reports import dossiers
from tests.reports.printed import members

LANGUAGES = ("zh", "en")
KINDS = [(kind, language) for kind in sorted(WRITERS) for language in LANGUAGES]


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_the_template_is_made_from_the_words(kind: str, language: str) -> None:
    shipped = members(dossiers.template(language, file_of(kind)).read_bytes())
    made = members(make(dossiers.words(language), kind))
    assert shipped == made, "run python templates/word/make_templates.py"


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_every_table_has_fixed_columns_that_fill_the_page(kind: str, language: str) -> None:
    document = docx.Document(str(dossiers.template(language, file_of(kind))))
    for table in document.tables:
        layout = table._tbl.tblPr.find(qn("w:tblLayout"))
        assert layout.get(qn("w:type")) == "fixed"
        widths = [column.width.mm for column in table.columns]
        assert sum(widths) == pytest.approx(166, abs=0.5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_chinese_is_set_in_a_chinese_typeface_everywhere(language: str) -> None:
    document = docx.Document(str(dossiers.template(language)))
    styles = document.styles.element
    used = {
        style.get(qn("w:val"))
        for part in (document.element.body, document.sections[0].header._element)
        for style in part.iter(qn("w:pStyle"))
    }
    assert len(used) >= 10
    for style in styles.iter(qn("w:style")):
        if style.get(qn("w:styleId")) in used:
            fonts = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体", "微软雅黑")
            assert not [name for name in fonts.attrib if name.endswith("Theme")]
    default = next(styles.iter(qn("w:rPrDefault")))
    assert default.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia"))
    assert default.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_no_table_with_a_repeated_head_keeps_rows_whole(kind: str, language: str) -> None:
    """LibreOffice 7.4 loses the rest of such a table at a page's end."""
    document = docx.Document(str(dossiers.template(language, file_of(kind))))
    repeated = [t for t in document.tables if t._tbl.findall(f".//{qn('w:tblHeader')}")]
    assert len(repeated) >= 3
    for table in repeated:
        for row in table.rows:
            loop = row.cells[0].text.startswith("{%tr")
            head = row._tr.findall(f".//{qn('w:tblHeader')}")
            assert loop or head or not row._tr.findall(f".//{qn('w:cantSplit')}")
