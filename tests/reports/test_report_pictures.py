"""Pictures are scaled to the page, upright, whole; what is none does no harm."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from processor.domain.incident import Dossier, StoredAttachment
from reports.word import pictures
from tests.reports import dossiers
from tests.reports.printed import members, print_report, read, text_of


def with_files(*files: tuple[StoredAttachment, bytes]) -> tuple[Dossier, Callable[[str], bytes]]:
    story = replace(dossiers.dossier(), attachments=tuple(file for file, _ in files))
    return story, {file.sha256: data for file, data in files}.__getitem__


def file(name: str, kind: str, data: bytes, **more: object) -> tuple[StoredAttachment, bytes]:
    return dossiers.stored(name, kind, data, **more), data


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def media(report: bytes) -> list[str]:
    return [name for name in members(report) if name.startswith("word/media/")]


def test_a_wide_picture_fits_the_page() -> None:
    story, blobs = with_files(file("wide.png", "image/png", dossiers.panel(3000, 500)))
    shapes = read(print_report(story, open_blob=blobs)).inline_shapes
    assert len(shapes) == 1
    assert shapes[0].width == pytest.approx(Mm(166), rel=0.01)
    assert shapes[0].height == pytest.approx(Mm(166 / 6), rel=0.02)


def test_a_high_picture_leaves_room_for_its_caption() -> None:
    story, blobs = with_files(file("phone.png", "image/png", dossiers.panel(500, 3000)))
    shape = read(print_report(story, open_blob=blobs)).inline_shapes[0]
    assert shape.height == pytest.approx(Mm(110), rel=0.01)


def test_a_small_picture_keeps_its_size() -> None:
    story, blobs = with_files(file("small.png", "image/png", dossiers.panel(240, 120)))
    shape = read(print_report(story, open_blob=blobs)).inline_shapes[0]
    assert shape.width == pytest.approx(Mm(240 / 120 * 25.4), rel=0.01)


def test_pictures_have_captions_and_words_for_those_who_cannot_see() -> None:
    name = '面板 "1" <b>&.png'
    story, blobs = with_files(file(name, "image/png", dossiers.panel()))
    report = print_report(story, open_blob=blobs)
    assert f"图 1：{name}" in text_of(report)
    assert read(report).inline_shapes[0]._inline.docPr.get("descr") == name


def test_the_same_picture_is_shown_once_and_a_logo_never() -> None:
    logo = dossiers.panel(200, 60)
    panel = dossiers.panel()
    story, blobs = with_files(
        file("a.png", "image/png", panel),
        file("again.png", "image/png", panel),
        file("logo.png", "image/png", logo, inline=True),
        file("vouchers.xlsx", "application/vnd.ms-excel", b"x"),
    )
    assert len(media(print_report(story, open_blob=blobs))) == 1


def test_no_more_than_a_dozen_pictures() -> None:
    files = [file(f"{n}.png", "image/png", dossiers.panel(300 + n, 200)) for n in range(15)]
    story, blobs = with_files(*files)
    assert len(read(print_report(story, open_blob=blobs)).inline_shapes) == 12


def test_a_picture_that_is_gone_or_damaged_or_too_large_is_left_out() -> None:
    cut = dossiers.panel()[:400]
    story, blobs = with_files(
        file("cut.png", "image/png", cut),
        file("text.png", "image/png", b"hello"),
        (dossiers.stored("huge.png", "image/png", b"h" * 9), dossiers.panel()),
    )
    gone = dossiers.stored("gone.png", "image/png", b"gone")
    huge = replace(story.attachments[2], size=30_000_000)
    story = replace(story, attachments=(*story.attachments[:2], huge, gone))
    report = print_report(story, open_blob=blobs)
    assert media(report) == []
    assert "gone.png" in text_of(report)


def test_without_blobs_there_are_no_pictures() -> None:
    assert media(print_report(dossiers.dossier())) == []


def test_a_phone_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    data = saved(Image.new("RGB", (400, 200), "red"), "JPEG", exif=exif)
    picture = pictures.read(data, "p.jpg")
    assert picture is not None
    assert (picture.width, picture.height) == (200, 400)


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "BMP", "TIFF"])
def test_kinds_that_word_may_not_know_become_png_or_jpeg(kind: str) -> None:
    picture = pictures.read(saved(Image.new("RGB", (300, 200), "blue"), kind), "x")
    assert picture is not None
    assert Image.open(io.BytesIO(picture.data)).format in ("PNG", "JPEG")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_is_scaled(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = pictures.read(saved(Image.new(mode, (2000, 40)), kind), "x")
    assert picture is not None
    assert picture.width == pictures.LONGEST_SIDE


def test_a_bomb_is_not_opened() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert pictures.read(bomb, "bomb.png") is None
    below = struct.pack(">IIBBBBB", 8_000, 8_000, 1, 0, 0, 0, 0)
    large = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", below) + chunk(b"IEND", b"")
    assert pictures.read(large, "large.png") is None


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_damaged_bytes_never_raise(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    pictures.read(bytes(whole), "x")


SEEDS = [
    saved(Image.new("RGB", (40, 30), "red"), kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF")
]


def test_the_blob_is_asked_for_by_its_hash() -> None:
    data = dossiers.panel()
    asked: list[str] = []

    def open_blob(sha256: str) -> bytes:
        asked.append(sha256)
        return data

    story, _ = with_files(file("a.png", "image/png", data))
    print_report(story, open_blob=open_blob)
    assert asked == [hashlib.sha256(data).hexdigest()]
