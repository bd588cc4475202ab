"""The look of the shipped templates, all of it in named styles that a manager restyles in Word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor

INK = "1F2933"
ACCENT = "1F3A5F"
QUIET = "667085"
LINE = "C9D1DB"
BAND = "E8EDF4"
LABEL = "F5F7FA"
GOOD = "1B6E3C"
BAD = "B42318"
TABLE_STYLE = "Report Table"
WIDTH = 166  # millimetres of text on a page: A4 without its margins of 22
_LEFT_OVER = frozenset({"stylesWithEffects", "customXml", "thumbnail"})


@dataclass(frozen=True, slots=True)
class Fonts:
    """Typefaces by part: Latin and Chinese text of the body, Latin and Chinese of headings. They
    are those that Word has; other programs put their own in place of them."""

    latin: str
    chinese: str
    heading_latin: str
    heading_chinese: str


FONTS = {
    "zh": Fonts("Times New Roman", "宋体", "Arial", "黑体"),
    "en": Fonts("Arial", "微软雅黑", "Arial", "微软雅黑"),
}
"""Of all shipped documents, by language."""


def set_fonts(properties: Any, latin: str, chinese: str, chinese_first: bool) -> None:
    """Name the typefaces outright in ``properties`` (``w:rPr``): a theme's would win over them,
    and Word would take its own choice for Chinese without ``w:eastAsia``."""
    old = properties.find(qn("w:rFonts"))
    if old is not None:
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for slot, face in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{slot}"), face)
    if chinese_first:
        fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes are Chinese ones
    properties.insert(0, fonts)


def dress(document: Document, fonts: Fonts, language: str) -> None:
    """Give ``document`` the page, the fonts and the styles. ``language`` is ``zh`` or ``en``."""
    _page(document)
    _tidy(document)
    _modern(document)
    _defaults(document, fonts, language)
    _table_style(document)
    chinese_first = language == "zh"
    body = (fonts.latin, fonts.chinese, chinese_first)
    heading = (fonts.heading_latin, fonts.heading_chinese, chinese_first)
    _style(document, "Normal", body, size=10.5, after=4, spacing=1.25)
    _style(document, "Title", heading, size=24, color=ACCENT, bold=True, after=2)
    _style(document, "Subtitle", heading, size=13, color=INK, after=10)
    _style(document, "Heading 1", heading, size=14, color=ACCENT, bold=True, before=16, after=6)
    _style(document, "Heading 2", heading, size=11, color=INK, bold=True, before=10, after=4)
    _style(document, "Abstract", body, size=10.5, before=8, after=4, spacing=Pt(18))
    _style(
        document,
        "Table Band",
        heading,
        size=10,
        color=ACCENT,
        bold=True,
        before=2,
        after=2,
        spacing=Pt(14),
    )
    _style(
        document,
        "Table Head",
        heading,
        size=9,
        color=ACCENT,
        bold=True,
        before=2,
        after=2,
        spacing=Pt(13),
    )
    _style(document, "Table Label", heading, size=9, color=QUIET, before=2, after=2, spacing=Pt(14))
    _style(document, "Table Text", body, size=9.5, before=2, after=2, spacing=Pt(14))
    _style(document, "Table Small", body, size=9, before=2, after=2, spacing=Pt(13))
    _style(document, "Fact Label", heading, size=8.5, color=QUIET, before=3, spacing=Pt(12))
    _style(document, "Fact", heading, size=11, color=INK, bold=True, after=3, spacing=Pt(16))
    _style(document, "Note", body, size=9, color=QUIET, after=4, spacing=1.15)
    _style(document, "Caption", body, size=9, color=QUIET, before=2, after=10)
    _style(document, "Header", heading, size=9, color=QUIET)
    _style(document, "Footer", heading, size=8.5, color=QUIET)
    _character_style(document, "Good", GOOD)
    _character_style(document, "Bad", BAD)
    _character_style(document, "Internal", BAD)
    # Chinese and Latin typefaces have lines of different heights: in tables they are made equal.
    styles = document.styles
    styles["Table Band"].paragraph_format.keep_with_next = True
    styles["Fact Label"].paragraph_format.keep_with_next = True
    styles["Table Small"].paragraph_format.keep_together = True
    styles["Heading 1"].paragraph_format.keep_with_next = True
    styles["Heading 2"].paragraph_format.keep_with_next = True
    styles["Note"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _edge(styles["Abstract"], "left", ACCENT, size=18, space=8)
    _edge(styles["Header"], "bottom", LINE, size=4, space=4)
    _edge(styles["Title"], "bottom", None)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    section.header_distance, section.footer_distance = Mm(13), Mm(11)


def _tidy(document: Document) -> None:
    """Drop what python-docx's blank page brings along: a hundred table styles, a thumbnail, an
    older Word's copy of the styles. A manager's list of styles shows those that are used."""
    styles = document.styles.element
    for style in list(styles.iterchildren(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) != "TableNormal":
            styles.remove(style)
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _LEFT_OVER:
                part.rels.pop(key)


def _modern(document: Document) -> None:
    """Declare what Word made since 2013 writes: else it opens the file in compatibility mode.
    The Chinese of the theme is Chinese: python-docx's blank page has Japanese there."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for theme in settings.iter(qn("w:themeFontLang")):
        theme.set(qn("w:eastAsia"), "zh-CN")


def _defaults(document: Document, fonts: Fonts, language: str) -> None:
    run_default = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    properties = run_default.find(qn("w:rPr"))
    set_fonts(properties, fonts.latin, fonts.chinese, language == "zh")
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "en-US" if language == "zh" else "en-GB")
    lang.set(qn("w:eastAsia"), "zh-CN")
    lang.set(qn("w:bidi"), "ar-SA")
    properties.append(lang)


def _style(
    document: Document,
    name: str,
    faces: tuple[str, str, bool],
    *,
    size: float,
    color: str | None = None,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    spacing: float | Length = 1.0,
) -> None:
    styles = document.styles
    known = name in [style.name for style in styles]
    style: Any = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not known:
        style.base_style = styles["Normal"]
        style.quick_style = True
    set_fonts(style.element.get_or_add_rPr(), *faces)
    font = style.font
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(color or INK)
    spaces = style.element.rPr.find(qn("w:spacing"))  # the default title is set wide
    if spaces is not None:
        style.element.rPr.remove(spaces)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing, layout.widow_control = spacing, True


def _character_style(document: Document, name: str, color: str) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.font.bold = True
    style.font.color.rgb = RGBColor.from_string(color)


def _edge(style: Any, side: str, color: str | None, *, size: int = 4, space: int = 1) -> None:
    """A line at one side of every paragraph of ``style``; without colour none at all. ``size``
    is eighths of a point, ``space`` points."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if color is None:
        return
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{size}" '
        f'w:space="{space}" w:color="{color}"/></w:pBdr>'
    )
    successors = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:spacing", "w:ind")
    properties.insert_element_before(borders, *successors, "w:jc", "w:outlineLvl")


def _table_style(document: Document) -> None:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">'
            f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/>'
            '<w:uiPriority w:val="59"/><w:qFormat/>'
            f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>"
            '<w:top w:w="20" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
            '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr></w:style>"
        )
    )
