"""What every periodical report is made of: cover, contents, captions, charts, appendix, logo."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from PIL import Image

from reports.word.faults import TemplateFault
from reports.word.outline import Outline
from reports.word.text_width import lines_of
from tests.reports import sample_report
from tests.reports.printed import changed_template, read, text_of
from tests.reports.soundness import assert_sound


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_report.template("zh", tmp_path_factory.mktemp("foundation") / "sample.docx")


@pytest.fixture(scope="module")
def printed(template: Path) -> bytes:
    return sample_report.printed("zh", template)


def entries(document: Document) -> list[tuple[str, int]]:
    """The table of contents: number and text, page."""
    found = []
    for link in document.element.body.iter(qn("w:hyperlink")):
        *text, page = [node.text or "" for node in link.iter(qn("w:t"))]
        found.append(("".join(text), int(page)))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_is_sound_and_its_charts_are_their_figures(
    language: str, tmp_path: Path
) -> None:
    made = sample_report.template(language, tmp_path / "t.docx")
    data = sample_report.printed(language, made)
    charts = sample_report.charts(language == "zh")
    columns = assert_sound(data)
    assert len(columns) == len(charts)
    drawn = [values for one in columns for values in one.values()]
    for chart in charts.values():
        for series in getattr(chart, "series", ()):
            assert [None if v is None else float(v) for v in series.values] in drawn
    assert data == sample_report.printed(language, made)


def test_contents_name_every_heading_with_its_number(printed: bytes) -> None:
    document = read(printed)
    said = entries(document)
    headings = list(Outline(document).headings(2))
    assert [text for text, _ in said] == [f"{one.number} {one.text}" for one in headings]
    assert said[0][0] == "1 Chapter 章 1"
    assert said[1][0] == "1.1 Section 节 1"
    assert said[-1][0] == "附录 A 指标定义"
    pages = [page for _, page in said]
    assert pages == sorted(pages)
    assert pages[0] == 3


def test_captions_are_numbered_in_the_order_printed(template: Path, tmp_path: Path) -> None:
    def change(document: Document) -> None:
        document.element.body.insert(0, document.element.body[-2])  # moved to the front
        twice = [p for p in document.paragraphs if "charts.pie" in p.text]
        assert twice

    made = changed_template(template, tmp_path / "t.docx", change)
    text = text_of(sample_report.printed("zh", made))
    for label, count in (("图", 9), ("表", 7)):
        assert re.findall(rf"^{label} (\d+)　", text, re.MULTILINE) == [
            str(at) for at in range(1, count + 1)
        ]
    assert sample_report.words("zh").say("document.no_rows", name="none") in text


def test_a_logo_stands_on_the_cover_and_above_each_page(template: Path, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (300, 100), "#1F3A5F").save(logo)
    data = sample_report.printed("zh", template, logo)
    assert_sound(data)
    document = read(data)
    header = document.sections[0].header
    assert len(list(header._element.iter(qn("wp:inline")))) == 1
    assert len(document.inline_shapes) == 1 + len(sample_report.charts(zh=True))
    logo.write_bytes(b"no picture")
    assert not list(
        read(sample_report.printed("zh", template, logo))
        .sections[0]
        .header._element.iter(qn("wp:inline"))
    )


def test_an_unknown_chart_is_told_by_template_place_and_field(
    template: Path, tmp_path: Path
) -> None:
    made = changed_template(
        template, tmp_path / "t.docx", lambda d: d.add_paragraph("{{ charts.nosuch }}")
    )
    with pytest.raises(TemplateFault) as caught:
        sample_report.printed("zh", made)
    assert caught.value.template == made
    assert caught.value.field == "{{ charts.nosuch }}"
    assert caught.value.place.startswith("body, paragraph ")


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("一" * 10, 1), ("一" * 11, 2), ("a\nb", 2), ("word " * 8, 2), ("x" * 60, 3)],
)
def test_lines_are_counted_by_width(text: str, lines: int) -> None:
    assert lines_of(text, 10, 100) == lines


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_restyled_and_saved_by_libreoffice_it_prints_and_its_contents_are_right(
    template: Path, tmp_path: Path
) -> None:
    """Fonts changed, a table moved, a chapter's fields in a paragraph of one's own; then saved by
    LibreOffice, as a manager would; the printed document's pages are LibreOffice's own."""

    def change(document: Document) -> None:
        document.styles["Heading 1"].font.name = "KaiTi"
        first = next(p for p in document.paragraphs if p.style.name == "Heading 1")
        first._p.addnext(document.tables[-1]._tbl)
        document.add_paragraph("Printed for {{ organisation }}: {{ prose[0] }}", "Body Text")

    restyled = changed_template(template, tmp_path / "restyled.docx", change)
    saved = convert(restyled, "docx", tmp_path / "saved")
    data = sample_report.printed("zh", saved)
    assert_sound(data, ordered=False)
    document = read(data)
    styles = {style.name.lower(): style for style in document.styles}  # it writes them its way
    assert styles["heading 1"].font.name == "KaiTi"
    assert "Printed for 远山信息: 受理的事件" in text_of(data)
    assert len(entries(document)) == 13

    (tmp_path / "printed.docx").write_bytes(sample_report.printed("zh", template))
    pdf = convert(tmp_path / "printed.docx", "pdf", tmp_path)
    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    pages = said.stdout.decode().split("\f")
    off = []
    for text, page in entries(docx.Document(str(tmp_path / "printed.docx"))):
        at = next(
            at
            for at, one in enumerate(pages, start=1)
            if at > 2 and re.search(rf"^\s*{text}\s*$", one, re.M)
        )
        off.append(abs(at - page))
    assert max(off) <= 1
    assert off.count(0) >= len(off) - 2


def convert(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice writes it."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder.parent}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / f"{path.stem}.{kind}"
