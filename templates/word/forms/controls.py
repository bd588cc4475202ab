"""Content controls of blank forms: where an answer is written, chosen or ticked."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml

from processor.domain.form import FieldKind, FormField
from processor.domain.wording import Words
from processor.forms.marks import CHECKED, UNCHECKED
from processor.forms.reading import TAG

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
DATES = {"zh": ("yyyy年M月d日", "zh-CN"), "en": ("d MMMM yyyy", "en-GB")}


class Controls:
    """Makes the controls of one form, each with a number of its own, in the language of
    ``words``."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._made = 0

    def control(self, tag: str, field: FormField) -> Any:
        """A content control that shows what belongs there."""
        kind = "cell" if ":" in tag and not field.choices else field.kind.value
        hint = field.hint.get(self._words.language) or self._words.say(f"form.empty.{kind}")
        return parse_xml(
            f"<w:sdt {W}><w:sdtPr>"
            f"<w:alias w:val={quoteattr(field.label(self._words.language))}/>"
            f"<w:tag w:val={quoteattr(TAG + tag)}/>"
            f'<w:id w:val="{self._id()}"/><w:showingPlcHdr/>{self._kind(field)}'
            "</w:sdtPr><w:sdtContent><w:r><w:rPr>"
            '<w:rStyle w:val="PlaceholderText"/><w:color w:val="98A2B3"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(hint)}</w:t></w:r></w:sdtContent></w:sdt>'
        )

    def _kind(self, field: FormField) -> str:
        if field.kind is FieldKind.DATE:
            form, language = DATES[self._words.language]
            return (
                f'<w:date><w:dateFormat w:val="{form}"/><w:lid w:val="{language}"/>'
                '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
            )
        if field.kind is FieldKind.CHOICE:
            entries = "".join(
                f"<w:listItem w:displayText={quoteattr(choice.title(self._words.language))} "
                f"w:value={quoteattr(choice.code)}/>"
                for choice in field.choices
            )
            return f"<w:dropDownList>{entries}</w:dropDownList>"
        return "<w:richText/>"  # LibreOffice makes a plain one its own kind of field

    def box(self, tag: str, field: FormField) -> Any:
        """A box to tick ([MS-DOCX] 2.6.1)."""
        return parse_xml(
            f"<w:sdt {W} {W14}><w:sdtPr><w:rPr>"
            '<w:rStyle w:val="Box"/></w:rPr>'
            f"<w:alias w:val={quoteattr(field.label(self._words.language))}/>"
            f"<w:tag w:val={quoteattr(TAG + tag)}/>"
            f'<w:id w:val="{self._id()}"/><w14:checkbox><w14:checked w14:val="0"/>'
            f'<w14:checkedState w14:val="{ord(CHECKED):04X}" w14:font="Segoe UI Symbol"/>'
            f'<w14:uncheckedState w14:val="{ord(UNCHECKED):04X}" w14:font="Segoe UI Symbol"/>'
            '</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="Box"/>'
            '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" '
            'w:eastAsia="Segoe UI Symbol" w:cs="Segoe UI Symbol"/></w:rPr>'
            f"<w:t>{UNCHECKED}</w:t></w:r></w:sdtContent></w:sdt>"
        )

    def _id(self) -> int:
        self._made += 1
        return 10_000 + self._made
