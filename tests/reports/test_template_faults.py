"""A restyled template still prints; a broken one is told by file, place and field."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx.document import Document

from reports.word.faults import TemplateFault
from tests.reports import dossiers
from tests.reports.printed import changed_template, members, print_report, read, text_of


def fault(tmp_path: Path, change: object) -> TemplateFault:
    template = changed_template(dossiers.template("en"), tmp_path / "restyled.docx", change)
    with pytest.raises(TemplateFault) as caught:
        print_report(dossiers.dossier("en"), "en", template=template)
    assert caught.value.template == template
    assert str(template) in str(caught.value)
    return caught.value


def test_an_unknown_field_in_a_paragraph(tmp_path: Path) -> None:
    found = fault(tmp_path, lambda d: d.add_paragraph("Cost: {{ incident.costs }} €"))
    assert found.field == "{{ incident.costs }}"
    assert found.place.startswith("body, paragraph ")
    assert found.place in str(found)
    assert "costs" in found.problem


def test_an_unknown_field_in_a_cell(tmp_path: Path) -> None:
    def change(document: Document) -> None:
        document.tables[1].rows[2].cells[1].paragraphs[0].runs[0].text = "{{ incdent.status }}"

    found = fault(tmp_path, change)
    assert found.place == "body, table 2, row 3, cell 2"
    assert found.field == "{{ incdent.status }}"


def test_an_unknown_column_of_a_row(tmp_path: Path) -> None:
    def change(document: Document) -> None:
        cell = document.tables[2].rows[2].cells[0]
        cell.paragraphs[0].runs[0].text = "{{ row.nam }}"

    found = fault(tmp_path, change)
    assert (found.place, found.field) == ("body, table 3, row 3, cell 1", "{{ row.nam }}")


def test_an_unknown_field_in_the_header_and_footer(tmp_path: Path) -> None:
    def header(document: Document) -> None:
        document.sections[0].header.paragraphs[0].runs[0].text = "{{ logo }}"

    def footer(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].runs[0].text = "{{ print_date }}"

    assert fault(tmp_path, header).place == "header of section 1, paragraph 1"
    assert fault(tmp_path, footer).place == "footer of section 1, paragraph 1"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{{ incident. }}", "{{ incident. }}"),
        ("{{ incident.status", "{{ incident.status"),
        ("{%p if team %}", "{%p if team %}"),
        ("{%p for x in %}", "{%p for x in %}"),
        ("{%p endfor %}", "{%p endfor %}"),
        ("{% include 'x' %}", "{% include 'x' %}"),
        ("{% fr x in mails %}", "{% fr x in mails %}"),
    ],
)
def test_broken_jinja_is_found(tmp_path: Path, text: str, field: str) -> None:
    found = fault(tmp_path, lambda d: d.add_paragraph(text))
    assert found.field == field
    assert found.place.startswith("body, paragraph ")


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ incident.clear() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ [0] * 999 }}",
        "{{ intro.append('x') }}",
    ],
)
def test_a_template_reaches_nothing_but_its_fields(tmp_path: Path, text: str) -> None:
    fault(tmp_path, lambda d: d.add_paragraph(text))


def test_small_numbers_may_be_reckoned_with(tmp_path: Path) -> None:
    template = changed_template(
        dossiers.template("en"), tmp_path / "t.docx", lambda d: d.add_paragraph("={{ 6 * 7 }}")
    )
    assert "=42" in text_of(print_report(dossiers.dossier("en"), "en", template=template))


def test_a_file_that_is_no_document(tmp_path: Path) -> None:
    broken = tmp_path / "x.docx"
    broken.write_bytes(b"PK\x03\x04 no")
    for path in (broken, tmp_path / "missing.docx"):
        with pytest.raises(TemplateFault) as caught:
            print_report(dossiers.dossier("en"), "en", template=path)
        assert caught.value.place == ""
        assert str(path) in str(caught.value)


def test_a_restyled_template_prints(tmp_path: Path) -> None:
    def change(document: Document) -> None:
        document.styles["Heading 1"].font.name = "KaiTi"
        document.paragraphs[0].text = "Our own title for {{ incident.number }}"
        body = document.element.body
        body.insert(0, document.tables[3]._tbl)  # a table moved to the front
        document.add_paragraph("Open: {% if incident.closed_at == '—' %}yes{% else %}no{% endif %}")

    template = changed_template(dossiers.template("en"), tmp_path / "t.docx", change)
    report = print_report(dossiers.dossier("en"), "en", template=template)
    assert "Our own title for INC-20260302-0007" in text_of(report)
    assert "Open: no" in text_of(report)
    assert read(report).styles["Heading 1"].font.name == "KaiTi"


def test_a_template_that_libreoffice_saved_has_its_properties_once(tmp_path: Path) -> None:
    parts = members(dossiers.template("en").read_bytes())
    name = "_rels/.rels"
    package = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata"
    its_own = b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata"
    assert package in parts[name]
    parts[name] = parts[name].replace(package, its_own)
    template = tmp_path / "libreoffice.docx"
    with zipfile.ZipFile(template, "w") as target:
        for part, data in parts.items():
            target.writestr(part, data)
    report = print_report(dossiers.dossier("en"), "en", template=template)
    with zipfile.ZipFile(io.BytesIO(report)) as printed:
        assert printed.namelist().count("docProps/core.xml") == 1
    assert read(report).core_properties.title == "Incident report INC-20260302-0007"
