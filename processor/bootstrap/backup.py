"""`backup` and `restore`: a home in one file, whole or not at all.

The archive (``tar.gz``) begins with ``manifest.json``: release, revision, engine, time, and size
and SHA-256 of each member. Rows are read in one transaction, so that the daemon may go on; files
of attachments are read after that, for they are written before the rows that name them and never
change. What a home has besides (mails on their way through folders, reports, logs) comes back by
itself, or is nobody's record.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sqlalchemy import make_url

from processor import __version__
from processor.domain.errors import Fault, NewerDatabase, Refusal
from processor.settings.home import FOLDERS
from processor.settings.settings import Settings
from processor.store import copying
from processor.store.database import Store, head

FORMAT = 1
MANIFEST = "manifest.json"
_ROWS = "rows/"
_HOME = "home/"
_KEPT = ("config", "templates", "data")
_LEFT = re.compile(r"data/(cache/.*|daemon\.lock|logins/.*\.(lock|new))|.*/\.[^/]*")
_DATABASE_URL = re.compile(r"^(\s+url:).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds, or what was restored: rows by table, files, bytes of the archive."""

    rows: dict[str, int]
    files: int
    size: int

    @property
    def records(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def backup(settings: Settings, target: Path, now: datetime) -> Kept:
    """Write the home's backup to ``target``, readable by its owner alone: the key is in it.

    Raises Refusal ``backup_exists``, ``backup_no_database`` or ``backup_behind``; OSError.
    """
    if target.exists():
        raise Refusal("backup_exists", path=str(target))
    store = Store(settings.database, blobs=settings.home / "data" / "blobs")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    with closing(store), tempfile.TemporaryDirectory(dir=target.parent) as folder:
        state = store.check()
        if not state.exists or not state.revision:
            raise Refusal("backup_no_database")
        if not state.current:
            raise Refusal("backup_behind", revision=state.revision)
        rows, members = _copied(store, Path(folder))
        members += _files(settings)
        manifest = {
            "format": FORMAT,
            "release": __version__,
            "revision": state.revision,
            "engine": make_url(settings.database).get_backend_name(),
            "at": now.isoformat(),
            "rows": rows,
        }
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                _pack(stream, manifest, members)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    return Kept(rows, len(members) - len(rows), target.stat().st_size)


def _copied(store: Store, folder: Path) -> tuple[dict[str, int], list[tuple[str, Path]]]:
    """The rows of every table in files of ``folder``, all of one moment."""
    counts: dict[str, int] = {}
    members = []
    with store.read() as work:
        for table in copying.tables_of(work.connection):
            path = folder / f"{table.name}.jsonl"
            with path.open("wb") as stream:
                counts[table.name] = 0
                for line in copying.lines(work.connection, table):
                    stream.write(line)
                    counts[table.name] += 1
            members.append((f"{_ROWS}{table.name}.jsonl", path))
    return counts, members


def _files(settings: Settings) -> list[tuple[str, Path]]:
    """What the home keeps beside the database, by its name in the archive."""
    home = settings.home
    url = make_url(settings.database)
    database = url.database if url.get_backend_name() == "sqlite" else None
    found = []
    for folder in _KEPT:
        for path in sorted((home / folder).rglob("*")):
            name = path.relative_to(home).as_posix()
            if not path.is_file() or _LEFT.fullmatch(name):
                continue
            if database and str(path).startswith(database):  # with its -wal and -shm
                continue
            found.append((f"{_HOME}{name}", path))
    return found


def _pack(stream: IO[bytes], manifest: dict[str, Any], members: list[tuple[str, Path]]) -> None:
    said = manifest | {"members": {name: _mark(path) for name, path in members}}
    head_of_it = json.dumps(said, ensure_ascii=False, indent=1).encode()
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as archive:
        first = tarfile.TarInfo(MANIFEST)
        first.size, first.mode = len(head_of_it), 0o600
        archive.addfile(first, io.BytesIO(head_of_it))
        for name, path in members:
            info = tarfile.TarInfo(name)
            info.size = said["members"][name]["size"]
            info.mode = path.stat().st_mode & 0o777 if name.startswith(_HOME) else 0o600
            with path.open("rb") as content:
                archive.addfile(info, content)


def _mark(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"size": path.stat().st_size, "sha256": digest}


# ---- back again ----------------------------------------------------------------------------------


def restore(source: Path, home: Path, database: str = "") -> Kept:
    """Make ``home`` out of a backup; ``database`` is written into its configuration in place of
    the URL there, so that records can move to another engine.

    Nothing is believed: every member is compared with the manifest, and the rows are read back
    and compared once more. What fails leaves neither home nor rows behind. Raises Refusal
    ``home_not_empty``, ``backup_unreadable``, ``backup_other_release``, ``backup_database_full``;
    NewerDatabase; ConfigFaults; OSError.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refusal("home_not_empty", home=str(home))
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=".restore-") as folder:
        place = Path(folder)
        manifest = _unpacked(source, place)
        made = place / "home"
        for name in FOLDERS:
            (made / name).mkdir(parents=True, exist_ok=True)
        if database:
            _point_at(made / "config" / "postdesk.yaml", database)
        _put_back(made, place / "rows", manifest)
        if home.is_dir():
            home.rmdir()
        shutil.move(made, home)
    return Kept(
        manifest["rows"],
        sum(name.startswith(_HOME) for name in manifest["members"]),
        source.stat().st_size,
    )


def _unpacked(source: Path, place: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source, "r:gz") as archive:
            manifest = _manifest(archive)
            there = set()
            while (info := archive.next()) is not None:
                wanted = manifest["members"].get(info.name)
                packed = archive.extractfile(info) if info.isfile() else None
                if wanted is None or packed is None or info.size != wanted["size"]:
                    raise _damaged(source, info.name)
                unpacked = _below(place, info.name)
                unpacked.parent.mkdir(parents=True, exist_ok=True)
                with packed, unpacked.open("wb") as out:
                    shutil.copyfileobj(packed, out)
                if _mark(unpacked) != wanted:
                    raise _damaged(source, info.name)
                unpacked.chmod(info.mode & 0o777)
                there.add(info.name)
            missing = set(manifest["members"]) - there
            if missing:
                raise _damaged(source, min(missing))
            return manifest
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as fault:
        raise _damaged(source, str(fault)) from fault


def _below(place: Path, name: str) -> Path:
    """Where a member goes. Raises ValueError when that is not below ``place``. (Not left to
    ``extract(filter="data")``: Pythons before 3.11.4 do not know it.)"""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(name)
    return place / path


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    first = archive.next()
    if first is None or first.name != MANIFEST:
        raise ValueError(f"no {MANIFEST} at its beginning")
    stream = archive.extractfile(first)
    if stream is None:
        raise ValueError(MANIFEST)
    manifest: dict[str, Any] = json.load(stream)
    if manifest["format"] != FORMAT or manifest["revision"] > head():
        raise NewerDatabase(str(manifest["revision"]), head())
    if manifest["revision"] != head():
        raise Refusal("backup_other_release", release=manifest["release"], ours=__version__)
    return manifest


def _damaged(source: Path, what: str) -> Refusal:
    return Refusal("backup_unreadable", path=str(source), what=what)


def _point_at(path: Path, database: str) -> None:
    """Another URL below ``database:``; passwords stay where the environment or libpq finds them."""
    before, key, after = path.read_text("utf-8").partition("\ndatabase:")
    said = json.dumps(database)
    after = _DATABASE_URL.sub(lambda found: f"{found[1]} {said}", after, count=1)
    path.write_text(before + key + after, "utf-8")


def _put_back(home: Path, rows: Path, manifest: dict[str, Any]) -> None:
    from processor.settings.loader import load

    store = Store(load(home).database, blobs=home / "data" / "blobs")
    with closing(store):
        state = store.check()
        if state.exists and state.revision:
            with store.read() as work:
                if not copying.is_empty(work.connection):
                    raise Refusal("backup_database_full", url=store.shown_url)
        store.upgrade()
        with store.begin() as work:
            connection = work.connection
            for table in copying.tables_of(connection):
                with (rows / f"{table.name}.jsonl").open("rb") as stream:
                    copying.fill(connection, table, stream)
            for table in copying.tables_of(connection):
                said = manifest["members"][f"{_ROWS}{table.name}.jsonl"]["sha256"]
                if _digest(copying.lines(connection, table)) != said:
                    raise Fault(f"table {table.name} reads back otherwise than it was saved")


def _digest(lines: Iterator[bytes]) -> str:
    seen = hashlib.sha256()
    for line in lines:
        seen.update(line)
    return seen.hexdigest()
