"""The pictures of mails in the documentation, made anew: ``make pictures`` (needs Chromium).

Each picture shows letters of the gallery side by side, as a telephone or a desktop has them.
"""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from benchmarks.gallery import ROOT, pages

FOLDER = ROOT / "docs" / "pictures"
_SHORT = {
    "reporters": ("opened", "resolved-ask"),
    "engineers": ("assigned", "updated"),
    "managers": ("review-ask", "raised"),
}
_LONG = {
    "reporters": ("opened", "resolved-ask", "question", "closed"),
    "engineers": ("assigned", "updated", "answer-missing", "work-list-2"),
    "managers": ("review-ask", "raised", "unsolved-list", "change-ask"),
}
_COLOURS = 256  # enough for text and two accents, at a third of the size
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_HEIGHTS = (
    "<script>onload=()=>{document.title='heights:'+JSON.stringify([...document.querySelectorAll("
    "'iframe')].map(one=>one.contentDocument.documentElement.scrollHeight))}</script>"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """``letters`` of the gallery side by side, each ``width`` CSS pixels wide, at ``scale``."""

    name: str
    letters: tuple[str, ...]
    width: int
    scale: float


def pictures() -> list[Picture]:
    """All that the documentation shows."""
    found = []
    for language in ("zh", "en"):
        for reader, letters in _LONG.items():
            named = tuple(f"{language}-{one}" for one in letters)
            found.append(Picture(f"letters-{reader}-{language}-phone", named, 390, 0.72))
        for reader, pair in _SHORT.items():
            named = tuple(f"{language}-{one}" for one in pair)
            found.append(Picture(f"letters-{reader}-{language}-desktop", named, 640, 0.8))
        found += [
            Picture(f"mail-{one}-{language}", (f"{language}-{one}",), 800, 1)
            for one in ("opened", "command-refused")
        ]
        ask = (f"{language}-resolved-ask",)
        found.append(Picture(f"mail-resolved-ask-{language}-phone", ask, 390, 2))
    return found


def draw(picture: Picture, mails: Mapping[str, EmailMessage], browser: str, folder: Path) -> bytes:
    """The picture as PNG."""
    page = folder / "page.html"
    page.write_text(_page(picture, mails, [10] * len(picture.letters)) + _HEIGHTS, "utf-8")
    across = picture.width * len(picture.letters)
    seen = _run(browser, picture, page, "--dump-dom", f"--window-size={across},900")
    told = re.search(r"heights:(\[[\d,]*\])", html.unescape(seen.decode()))
    if told is None:
        raise SystemExit(f"{browser} did not measure {picture.name}")
    heights = json.loads(told[1])
    page.write_text(_page(picture, mails, heights), "utf-8")
    shot = folder / "shot.png"
    size = f"--window-size={across},{max(heights)}"
    _run(browser, picture, page, f"--screenshot={shot}", size)
    small = io.BytesIO()
    drawn = Image.open(shot).convert("RGB")
    drawn.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _page(picture: Picture, mails: Mapping[str, EmailMessage], heights: Sequence[int]) -> str:
    frames = []
    for name, height in zip(picture.letters, heights, strict=True):
        body = mails[name].get_body(("html",))
        content = str(body.get_content()) if body is not None else ""
        # what stands in for Arial where it is not installed
        content = content.replace("Arial,", "Arial,'Liberation Sans','Nimbus Sans',")
        frames.append(
            f'<iframe frameborder="0" width="{picture.width}" height="{height}" '
            f'srcdoc="{html.escape(content)}"></iframe>'
        )
    row = "body{margin:0;display:flex;align-items:flex-start;background:#fff}iframe{flex:none}"
    head = f'<!doctype html><meta charset="utf-8"><style>{row}</style>'
    return head + "".join(frames)


def _run(browser: str, picture: Picture, page: Path, *options: str) -> bytes:
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--disable-background-networking", "--virtual-time-budget=5000",
        f"--force-device-scale-factor={picture.scale}", *options, page.as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, check=True, capture_output=True).stdout


def main(folder: Path) -> None:
    """Write all of them into ``folder``."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise SystemExit("needs Chromium")
    mails = dict(pages())
    with TemporaryDirectory() as scratch:
        for picture in pictures():
            drawn = draw(picture, mails, browser, Path(scratch))
            (folder / f"{picture.name}.png").write_bytes(drawn)
            print(f"{picture.name}.png: {len(drawn) // 1024} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
