"""A page of each Word report in the documentation, made anew: ``make report-pictures``.

Reports on records are those that the tests tell stories of; the periodical ones are about a year
of :mod:`benchmarks.year`. Needs LibreOffice and poppler's pdftoppm.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from benchmarks.gallery import ROOT, shipped
from reports.documents.process_document import Process, process_document
from tests.reports import cases, dossiers, lists
from tests.reports.printed import print_report

FOLDER = ROOT / "docs" / "pictures"
_PERIODS = {
    "daily": ("2026-10-30", "2026-10-30T17:00"),
    "weekly": ("2026-W43", "2026-10-26T09:00"),
    "monthly": ("2026-10", "2026-11-01T09:00"),
    "analysis": ("2026-Q3", "2026-10-31T09:00"),
}
"""Which period, and when it is printed."""
_PAGES = {"monthly": 4, "analysis": 5, "major": 2}
"""The page that shows most; of the others the first."""
_INCIDENTS = 12_000
_COLOURS = 64
_DPI = 100


def documents(language: str, scratch: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each report."""
    yield (
        "incident",
        print_report(
            dossiers.dossier(language),
            language,
            organisation={"zh": "远山信息", "en": "Yuanshan Information"}[language],
            open_blob=dossiers.blobs().__getitem__,
        ),
    )
    yield "major", cases.print_major(language)
    yield "investigation", cases.print_investigation(language)
    for kind in ("problem", "problems", "changes", "audit"):
        yield kind, lists.printed(kind, language)
    yield "process", _process(language)
    home = scratch / f"year-{language}"
    made = ("--count", str(_INCIDENTS), "--days", "730", "--lang", language)
    _run(sys.executable, "-m", "benchmarks.year", str(home), *made)
    for kind, (period, now) in _PERIODS.items():
        target = scratch / "report.docx"
        _run(
            sys.executable, "-m", "processor", "-c", str(home), "--now", now,
            "report", kind, "--period", period, "--lang", language, "-o", str(target),
        )  # fmt: skip
        yield kind, target.read_bytes()


def _process(language: str) -> bytes:
    settings = shipped()
    profile = settings.profiles["safety"]
    process = Process(profile, profile.sla or settings.sla, {}, ())
    return process_document(
        process, cases.head(language), dossiers.template(language, "process.docx")
    )


def picture(pdf: Path, page: int) -> bytes:
    """One page as PNG."""
    only = ("-f", str(page), "-l", str(page))
    drawn = _run("pdftoppm", "-r", str(_DPI), *only, "-png", str(pdf))
    small = io.BytesIO()
    shown = Image.open(io.BytesIO(drawn)).convert("RGB")
    shown.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


def main(folder: Path) -> None:
    """Write all of them into ``folder``."""
    with TemporaryDirectory() as name:
        scratch = Path(name)
        for language in ("zh", "en"):
            for kind, content in documents(language, scratch):
                (scratch / f"{kind}-{language}.docx").write_bytes(content)
        (scratch / "report.docx").unlink()
        printed = sorted(scratch.glob("*.docx"))
        convert = ("soffice", "--headless", "--convert-to", "pdf", "--outdir", name)
        _run(*convert, *map(str, printed))
        for document in printed:
            kind, _, language = document.stem.partition("-")
            drawn = picture(document.with_suffix(".pdf"), _PAGES.get(kind, 1))
            stem = "incident-report" if kind == "incident" else f"report-{kind}"
            target = folder / f"{stem}-{language}.png"
            target.write_bytes(drawn)
            print(f"{target.name}: {len(drawn) // 1024} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
