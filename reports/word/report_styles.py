"""The look of the periodical reports, on top of what all shipped documents share."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor

from reports.word.styles import ACCENT, INK, QUIET, WIDTH, Fonts, set_fonts

_CHAPTERS, _APPENDICES, _POINTS = 71, 72, 73  # keys of our own lists in the numbering part


def dress_report(document: Document, fonts: Fonts, language: str, appendix: str) -> None:
    """Add the report's own styles to a document that ``styles.dress`` has dressed. ``appendix``
    is the label before an appendix's letter, with ``%1`` for the letter."""
    first = language == "zh"
    body = (fonts.latin, fonts.chinese, first)
    head = (fonts.heading_latin, fonts.heading_chinese, first)
    add = _Adding(document)
    # Lines of an exact height: Chinese and Latin typefaces differ in theirs, and pages would
    # break elsewhere on a machine with other fonts than those named here.
    add("Body Text", body, 10.5, after=6, spacing=Pt(18))
    add("Report Point", body, 10.5, after=4, spacing=Pt(18))
    add("Heading 1", head, 16, ACCENT, bold=True, before=20, after=8, spacing=Pt(24))
    add("Heading 2", head, 12.5, ACCENT, bold=True, before=12, after=6, spacing=Pt(20))
    add("Appendix", head, 16, ACCENT, bold=True, after=8, spacing=Pt(24))
    add("Chart", body, 9, before=10)
    add("Chart Caption", body, 9, QUIET, before=2, after=12, spacing=Pt(14))
    add("Table Caption", body, 9, QUIET, before=14, after=3, spacing=Pt(14))
    add("Table Note", body, 8.5, QUIET, before=3, after=8, spacing=Pt(13))
    # Nothing after them: LibreOffice carries what comes after a row's last line over to the next
    # page as an empty row. The cells' lower margin stands for it.
    add("Cell Text", body, 9, before=2, spacing=Pt(13))
    add("Cell Number", body, 9, before=2, spacing=Pt(13))
    add("Table End", body, 1, spacing=Pt(1))
    add("Heat", body, 7, before=2, spacing=Pt(10))
    add("Cover Logo", body, 10.5, before=24, after=110)
    add("Cover Title", head, 32, ACCENT, bold=True, after=10, spacing=Pt(42))
    add("Cover Subtitle", head, 16, INK, after=64, spacing=Pt(24))
    add("Cover Label", head, 10, QUIET, before=4, after=4, spacing=Pt(16))
    add("Cover Fact", head, 11, INK, before=4, after=4, spacing=Pt(16))
    add("TOC Heading", head, 16, ACCENT, bold=True, after=12, spacing=Pt(24))
    add("toc 1", head, 10.5, INK, before=6, after=2, spacing=Pt(18))
    add("toc 2", body, 10, INK, after=1, spacing=Pt(16))
    styles = document.styles
    for name in ("Heading 2", "TOC Heading"):  # else they take the chapters' number along
        styles[name].base_style = styles["Normal"]
    for name in ("Heading 1", "Heading 2", "Appendix", "Chart", "Table Caption"):
        styles[name].paragraph_format.keep_with_next = True
    for name in ("Body Text", "Report Point", "Cell Text"):
        styles[name].paragraph_format.keep_together = True
    styles["Chart"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Chart Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Heat"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Cell Number"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    styles["Appendix"].paragraph_format.page_break_before = True
    for level, name in enumerate(("toc 1", "toc 2")):
        layout = styles[name].paragraph_format
        layout.left_indent = Mm(7 * level)
        layout.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _number(document, appendix)


class _Adding:
    """Adds a paragraph style, or redraws the one of that name."""

    def __init__(self, document: Document) -> None:
        self._styles = document.styles
        self._known = {style.name.lower(): style.name for style in self._styles}

    def __call__(
        self,
        name: str,
        faces: tuple[str, str, bool],
        size: float,
        color: str = INK,
        *,
        bold: bool = False,
        before: float = 0,
        after: float = 0,
        spacing: float | Length = 1.0,
    ) -> None:
        style = self._style(name)
        properties = style.element.get_or_add_rPr()
        set_fonts(properties, *faces)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(color)
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing, layout.widow_control = spacing, True

    def _style(self, name: str) -> Any:
        known = self._known.get(name.lower())
        if known:
            return self._styles[known]
        style: Any = self._styles.add_style(
            name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith(("toc", "TOC"))
        )
        style.base_style = self._styles["Normal"]
        style.quick_style = True
        style.hidden = False
        return style


def _number(document: Document, appendix: str) -> None:
    """Chapters 1, 1.1; appendices A, B; points of a list. Word numbers them, so that a chapter
    that is moved or left out takes its number along."""
    numbering = document.part.numbering_part.element
    lists = (
        (_CHAPTERS, (("Heading 1", "decimal", "%1"), ("Heading 2", "decimal", "%1.%2"))),
        (_APPENDICES, (("Appendix", "upperLetter", appendix),)),
        (_POINTS, (("Report Point", "bullet", "•"),)),
    )
    for key, levels in lists:
        drawn = "".join(
            _level(at, document.styles[name].style_id, kind, text)
            for at, (name, kind, text) in enumerate(levels)
        )
        first_list = numbering.find(qn("w:num"))
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">'
            f'<w:multiLevelType w:val="multilevel"/>{drawn}</w:abstractNum>'
        )
        if first_list is None:
            numbering.append(abstract)
        else:
            first_list.addprevious(abstract)
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
            )
        )
        for at, (name, _, _) in enumerate(levels):
            _join(document.styles[name], key, at)


def _level(at: int, style: str, kind: str, text: str) -> str:
    hanging = (
        '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr>'
        if kind == "bullet"
        else ('<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr>')
    )
    suffix = "tab" if kind == "bullet" else "space"
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/>{hanging}</w:lvl>'
    )


def _join(style: Any, key: int, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    for tag in ("w:numPr", "w:outlineLvl"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    number = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", key)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        number.append(child)
    after_number = ("w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens")
    rest = ("w:kinsoku", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    properties.insert_element_before(number, *after_number, *rest)
    if style.name != "Report Point":
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        properties.append(outline)
