"""LibreOffice, as somebody who opens a form in it and saves it again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOFFICE = shutil.which("soffice")
SECONDS = 120  # it starts slowly on a busy machine


def resaved(folder: Path, forms: dict[str, bytes], through: Sequence[str]) -> dict[str, bytes]:
    """Each of ``forms`` by name (without suffix) after it was saved in the formats ``through``,
    one after the other; the last of them is docx."""
    suffix, home = "docx", folder / "office"
    place = folder / "0"
    place.mkdir(parents=True)
    for name, content in forms.items():
        (place / f"{name}.docx").write_bytes(content)
    for number, target in enumerate(through, start=1):
        files = sorted(map(str, place.glob(f"*.{suffix}")))
        place, suffix = folder / str(number), target.partition(":")[0]
        subprocess.run(
            [str(SOFFICE), f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to",
             target, "--outdir", str(place), *files],
            check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
    return {name: (place / f"{name}.docx").read_bytes() for name in forms}
