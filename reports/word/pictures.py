"""Pictures of mails, as a page can carry them."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from PIL import Image, ImageOps

from reports.word.plain_text import line

MOST_PIXELS = 60_000_000  # more is a bomb or a poster, not a screenshot
LONGEST_SIDE = 1_600  # pixels; 220 dpi over the width of a page
_DPI = 120  # how large a small picture is shown
_KEPT = {"PNG", "JPEG"}  # what every Word and every LibreOffice shows


@dataclass(frozen=True, slots=True)
class Picture:
    """``data`` is PNG or JPEG, upright, of at most ``LONGEST_SIDE`` pixels a side."""

    data: bytes
    width: int
    height: int
    name: str


def read(data: bytes, name: str) -> Picture | None:
    """The picture in ``data`` made fit to print, or None when there is none that can be shown."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damage that can be mended
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                return _fit(image, data, name)
    except Exception:  # noqa: BLE001 - Pillow's readers raise struct.error, zlib.error, … on damage
        return None


def _fit(image: Image.Image, data: bytes, name: str) -> Picture:
    image.load()  # a damaged file shows here, not on the manager's screen
    kind = image.format or ""
    upright = ImageOps.exif_transpose(image)  # phones turn pictures by a mark that Word ignores
    turned = upright.getexif() != image.getexif() or upright.size != image.size
    if kind in _KEPT and not turned and max(image.size) <= LONGEST_SIDE:
        return Picture(data, image.width, image.height, name)
    photo = kind in {"JPEG", "WEBP", "MPO", "HEIF"} and upright.mode in ("RGB", "L", "CMYK")
    paged = upright.convert("RGB" if photo else "RGBA")
    paged.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if photo:
        paged.save(out, "JPEG", quality=85)
    else:
        paged.save(out, "PNG")
    return Picture(out.getvalue(), paged.width, paged.height, name)


class PlacedPicture:
    """A picture as the value of a template's field; it becomes a drawing where it is printed."""

    def __init__(self, template: Any, picture: Picture, widest: int, highest: int) -> None:
        """``template`` is docxtpl's; ``widest`` and ``highest`` are millimetres."""
        self._template, self._picture = template, picture
        natural = picture.width / _DPI * 25.4, picture.height / _DPI * 25.4
        scale = min(1.0, widest / natural[0], highest / natural[1])
        self.width, self.height = (max(Mm(side * scale), Emu(1)) for side in natural)

    def __html__(self) -> str:
        part = self._template.current_rendering_part
        drawing = part.new_pic_inline(io.BytesIO(self._picture.data), self.width, self.height)
        for side in ("distT", "distB", "distL", "distR"):  # absent, LibreOffice takes 3 mm
            drawing.set(side, "0")
        drawing.find(qn("wp:docPr")).set("descr", line(self._picture.name))
        return (
            f"</w:t></w:r><w:r><w:drawing>{drawing.xml}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )

    __str__ = __html__
