from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from processor.store.blobs import Blobs
from tests.store.records import together

CONTENT = bytes(range(256)) * 4
NAME = hashlib.sha256(CONTENT).hexdigest()


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_content_is_found_by_its_hash(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "not" / "made" / "yet")
    blobs.put(NAME, CONTENT)
    assert blobs.open(NAME) == CONTENT
    assert _files(tmp_path / "not" / "made" / "yet") == [f"{NAME[:2]}/{NAME[2:]}"]


def test_the_same_again_does_nothing(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blobs.put(NAME, CONTENT)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    before = path.stat()
    blobs.put(NAME, CONTENT)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_lost_its_end_is_mended(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blobs.put(NAME, CONTENT)
    (tmp_path / NAME[:2] / NAME[2:]).write_bytes(b"")
    blobs.put(NAME, CONTENT)
    assert blobs.open(NAME) == CONTENT


def test_many_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    together([lambda: blobs.put(NAME, CONTENT)] * 4)
    assert blobs.open(NAME) == CONTENT
    assert len(_files(tmp_path)) == 1


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "ab", NAME.upper(), NAME + "0", NAME[:-1] + "/", NAME + "\n"]
)
def test_nothing_but_a_hash_is_a_name(tmp_path: Path, name: str) -> None:
    blobs = Blobs(tmp_path)
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.put(name, b"x")
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.open(name)
    assert _files(tmp_path) == []


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Blobs(tmp_path).open(NAME)
