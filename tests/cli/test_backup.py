"""`backup` and `restore`: what was saved is there again, on whichever engine, or nothing is."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from processor.settings.loader import load
from processor.store import copying
from processor.store.database import Store
from processor.store.tables import incidents
from tests.cli.conftest import Postdesk, moved_to
from tests.servers.postgresql import PostgreSql

AT = ("--now", "2026-11-23T10:00")


def content(url: str) -> dict[str, list[bytes]]:
    """Every row of every table."""
    with closing(Store(url, blobs=Path("/nowhere"))) as store, store.read() as work:
        return {
            table.name: list(copying.lines(work.connection, table))
            for table in copying.tables_of(work.connection)
        }


def files(home: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of the home that is no database, log or lock, with its mode."""
    return {
        path.relative_to(home).as_posix(): (path.read_bytes(), path.stat().st_mode & 0o777)
        for folder in ("config", "templates", "data")
        for path in (home / folder).rglob("*")
        if path.is_file() and not path.name.startswith(("postdesk.db", "daemon", "configuration"))
    }


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Closed at the end of the test."""
    with ExitStack() as closing_last:
        yield closing_last


@pytest.fixture
def lived_in(
    home: Path,
    mail: bytes,
    postdesk: Postdesk,
    engine_name: str,
    request: pytest.FixtureRequest,
) -> Path:
    """A home with an incident, an attachment, a secret, a token and a template of its own."""
    if engine_name == "postgresql":
        url = request.getfixturevalue("empty_database_url")
        moved_to(home, url)
    (home / "data" / "logins").mkdir(mode=0o700)
    (home / "data" / "logins" / "provider.json").write_text('{"access_token": "a"}')
    (home / "data" / "logins" / "provider.json").chmod(0o600)
    own = home / "templates" / "mail" / "zh" / "opened.subject"
    own.parent.mkdir(parents=True)
    own.write_text("收到：{{ mail.incident.subject }}\n", "utf-8")
    (home / "inbox" / "1.eml").write_bytes(mail)
    (home / "inbox" / "2.eml").write_bytes(
        b"From: wei.fang@customer.example\r\nTo: servicedesk@example.com\r\nSubject: log\r\n"
        b"Message-ID: <2@customer.example>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nThe log is attached.\r\n'
        b"--b\r\nContent-Type: application/octet-stream\r\n"
        b'Content-Disposition: attachment; filename="a.log"\r\n\r\n\x00\x01 log\r\n--b--\r\n'
    )
    assert postdesk("-c", home, *AT, "run", "--once").status == 0
    number = postdesk("-c", home, *AT, "list", "--json").json[-1]["number"]
    done = postdesk(
        "-c", home, *AT, "do", number, "#note", "看过了", "--as", "zhao.min@example.com"
    )
    assert done.status == 0, done.err
    return home


def test_what_was_saved_is_there_again(
    lived_in: Path,
    tmp_path: Path,
    postdesk: Postdesk,
    engine_name: str,
    request: pytest.FixtureRequest,
    stack: ExitStack,
) -> None:
    kept = tmp_path / "desk.backup"
    saved = postdesk("-c", lived_in, *AT, "backup", kept, "--json")
    assert saved.status == 0, saved.err
    assert kept.stat().st_mode & 0o777 == 0o600
    assert saved.json["rows"]["incidents"] == 2
    assert [path.name for path in kept.parent.iterdir() if path.name.startswith(".")] == []
    before, url = content(load(lived_in).database), load(lived_in).database
    assert sum(saved.json["rows"].values()) == sum(map(len, before.values())) > 20

    # on the same engine: SQLite in a new home, PostgreSQL in a new database
    again = tmp_path / "again"
    options = []
    if engine_name == "postgresql":
        full = postdesk("-c", again, "restore", kept)
        assert (full.status, again.exists()) == (1, False)
        assert "records in" in full.err
        server: PostgreSql = request.getfixturevalue("postgresql")
        fresh = stack.enter_context(server.database())
        options = ["--database", fresh.replace("postgresql+psycopg://", "postgresql://")]
    ended = postdesk("-c", again, "restore", kept, *options)
    assert ended.status == 0, ended.err
    assert content(load(again).database) == before
    told, found = files(lived_in), files(again)
    if options:
        del told["config/postdesk.yaml"], found["config/postdesk.yaml"]
    assert found == told
    assert any(name.startswith("data/blobs/") for name in found)
    assert postdesk("-c", again, "config", "check").status == 0

    # to the other engine and back to its own: row by row the same, and the same backup again
    here, there = "sqlite:///data/postdesk.db", "sqlite:///data/other.db"
    if engine_name == "sqlite":
        server = request.getfixturevalue("postgresql")
        here = stack.enter_context(server.database())
        here = here.replace("postgresql+psycopg://", "postgresql://")
    for home, source, target in (
        ("moved", kept, here),
        ("returned", tmp_path / "moved.bak", there),
    ):
        back = postdesk("-c", tmp_path / home, "restore", source, "--database", target)
        assert back.status == 0, back.err
        assert content(load(tmp_path / home).database) == before
        again_kept = postdesk(
            "-c", tmp_path / home, *AT, "backup", tmp_path / f"{home}.bak", "--json"
        )
        assert again_kept.json["rows"] == saved.json["rows"]
        shown = postdesk("-c", tmp_path / home, "show", "INC-20261123-0001", "--json").json
        assert shown == postdesk("-c", lived_in, "show", "INC-20261123-0001", "--json").json
    assert load(again).database != url
    (again / "inbox").mkdir(exist_ok=True)
    (again / "inbox" / "3.eml").write_bytes(
        b"From: new@customer.example\r\nTo: servicedesk@example.com\r\nSubject: printer\r\n"
        b"Message-ID: <3@customer.example>\r\n\r\nThe printer is broken.\r\n"
    )
    ran = postdesk("-c", again, *AT, "run", "--once")
    assert ran.status == 0, ran.err
    numbers = sorted(one["number"] for one in postdesk("-c", again, *AT, "list", "--json").json)
    assert numbers == [f"INC-20261123-000{n}" for n in (1, 2, 3)]
    assert content(url) == before  # the one that was saved knows nothing of it


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_backup_is_of_one_moment_while_others_write(
    lived_in: Path, tmp_path: Path, postdesk: Postdesk
) -> None:
    """Each change notes its own number in two places; no backup may hold the one and not the
    other."""
    stop = threading.Event()
    store = Store(load(lived_in).database, blobs=lived_in / "data" / "blobs")

    def work() -> None:
        count = 0
        while not stop.is_set():
            count += 1
            with store.begin() as unit:
                unit.connection.execute(text(f"UPDATE incidents SET question = '{count}'"))
                unit.connection.execute(text(f"UPDATE journal SET old = '{count}'"))

    writer = threading.Thread(target=work)
    writer.start()
    try:
        for name in ("1", "2", "3"):
            assert postdesk("-c", lived_in, "backup", tmp_path / name).status == 0
    finally:
        stop.set()
        writer.join(30)
        store.close()
    for name in ("1", "2", "3"):
        home = tmp_path / f"home{name}"
        assert postdesk("-c", home, "restore", tmp_path / name).status == 0
        with closing(Store(load(home).database, blobs=home)) as one, one.read() as unit:
            asked = set(unit.connection.execute(select(incidents.c.question)).scalars())
            noted = set(unit.connection.execute(text("SELECT old FROM journal")).scalars())
        assert len(asked) == 1
        assert asked == noted


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_nothing_is_written_over_and_nothing_damaged_is_believed(
    lived_in: Path, tmp_path: Path, postdesk: Postdesk
) -> None:
    kept = tmp_path / "desk.backup"
    assert postdesk("-c", lived_in, "backup", kept).status == 0
    again = postdesk("-c", lived_in, "backup", kept)
    assert (again.status, "already" in again.err) == (1, True)
    over = postdesk("-c", lived_in, "restore", kept)
    assert (over.status, "not empty" in over.err) == (1, True)
    assert postdesk("-c", tmp_path / "x", "restore", tmp_path / "missing").status == 1
    assert postdesk("-c", lived_in, "backup", tmp_path / "no" / "folder").status == 1

    raw = gzip.decompress(kept.read_bytes())
    bodies = {}
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        for info in archive:
            stream = archive.extractfile(info)
            assert stream is not None
            bodies[info.name] = stream.read()

    def packed(members: dict[str, bytes], link: str = "") -> Path:
        path = tmp_path / "other.backup"
        with tarfile.open(path, "w:gz") as archive:
            for name, body in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(body)
                archive.addfile(info, io.BytesIO(body))
            if link:
                info = tarfile.TarInfo("home/config/link")
                info.type, info.linkname = tarfile.SYMTYPE, link
                archive.addfile(info)
        return path

    manifest = json.loads(bodies["manifest.json"])
    rows = bodies["rows/incidents.jsonl"]

    def with_manifest(**changes: object) -> dict[str, bytes]:
        return bodies | {"manifest.json": json.dumps(manifest | changes).encode()}

    outside = "../../../outside.txt"
    listed = manifest["members"] | {outside: {"size": 1, "sha256": "0"}}
    broken = (
        (bodies | {"rows/incidents.jsonl": rows.replace(b"INC", b"INX")}, ""),
        (bodies | {"home/config/rules/evil.yaml": b"[]"}, ""),
        (with_manifest(members=listed) | {outside: b"x"}, ""),
        (bodies, "/etc/passwd"),
        ({name: body for name, body in bodies.items() if name != "rows/spool.jsonl"}, ""),
        ({"rows/incidents.jsonl": rows}, ""),
    )
    for members, link in broken:
        target = tmp_path / "fresh"
        ended = postdesk("-c", target, "restore", packed(members, link))
        assert ended.status == 1
        assert "no whole backup" in ended.err
        assert not target.exists()
        assert not (tmp_path.parent / "outside.txt").exists()
    cut = tmp_path / "cut"
    cut.write_bytes(kept.read_bytes()[:-200])
    assert postdesk("-c", tmp_path / "fresh", "restore", cut).status == 1
    newer = postdesk("-c", tmp_path / "fresh", "restore", packed(with_manifest(revision="9999")))
    assert (newer.status, "newer postdesk" in newer.err) == (3, True)
    older = postdesk("-c", tmp_path / "fresh", "restore", packed(with_manifest(revision="0000")))
    assert (older.status, "then upgrade" in older.err) == (1, True)
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []
