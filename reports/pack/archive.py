"""A zip file whose members stream into it, are hashed on the way and leave no trace of when."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, NamedTuple, cast

HASHES = "SHA256SUMS"  # as sha256sum writes and checks it
_BEFORE_ALL = (1980, 1, 1, 0, 0, 0)  # the zip format's first moment
_CHUNK = 1 << 20


class Part(NamedTuple):
    """A member: ``write`` puts its bytes into the stream that it is given."""

    name: str
    write: Callable[[IO[bytes]], None]


class _Hashing:
    """A stream that is hashed on its way to another."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self.hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return self._target.write(data)

    def flush(self) -> None:
        self._target.flush()


def write_archive(target: Path, parts: Iterable[Part]) -> None:
    """Write ``parts`` in their order, and last the list of their SHA-256 sums, to ``target``, which
    is there whole or not at all. The same parts give the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    begun = target.with_name(f".{target.name}.begun")
    try:
        with zipfile.ZipFile(begun, "w", allowZip64=True) as archive:
            sums = [f"{_add(archive, part)}  {part.name}\n" for part in parts]
            listed = "".join(sorted(sums, key=lambda line: line[66:])).encode()
            _add(archive, Part(HASHES, lambda stream: _put(stream, listed)))
        begun.replace(target)
    finally:
        begun.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, part: Part) -> str:
    with archive.open(member(part.name), "w", force_zip64=True) as stream:
        hashing = _Hashing(stream)
        part.write(cast(IO[bytes], hashing))  # as much of a stream as writers need
        return hashing.hash.hexdigest()


def member(name: str) -> zipfile.ZipInfo:
    """An entry of a zip file that says nothing of time or machine."""
    info = zipfile.ZipInfo(name, _BEFORE_ALL)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o600 << 16
    return info


def _put(stream: IO[bytes], data: bytes) -> None:
    stream.write(data)


def whole(name: str, data: Callable[[], bytes]) -> Part:
    """A part that is small enough to be made at once, when it is its turn."""
    return Part(name, lambda stream: _put(stream, data()))


def copied(source: IO[bytes], target: IO[bytes]) -> None:
    """Copy a stream, some of it at a time."""
    while chunk := source.read(_CHUNK):
        target.write(chunk)
