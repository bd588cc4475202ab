"""What no command, log, file or database of a desk must say (spec 7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.settings.loader import load
from processor.store.database import Store
from tests.cli.conftest import Postdesk
from tests.settings.homes import edit


def test_no_secret_leaves_its_place(
    home: Path,
    mail: bytes,
    postdesk: Postdesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "correct-horse-battery")
    (home / "data" / "smtp.password").write_text("staple-in-a-file", "utf-8")
    edit(
        home, "postdesk.yaml", "senders:\n",
        "senders:\n  - {name: away, kind: smtp, host: 127.0.0.1, port: 9, security: none,\n"
        "     user: desk, password: 'file:data/smtp.password'}\n",
    )  # fmt: skip
    (home / "inbox" / "1.eml").write_bytes(mail)
    told = ""
    for words in (
        ("config", "show"), ("config", "check"), ("run", "--once"), ("doctor", "--json"),
        ("rules", "replay", "--since", "2020-01-01", "--json"), ("status",),
    ):  # fmt: skip
        ended = postdesk("-c", home, *words)
        told += ended.out + ended.err
    key = (home / "data" / "secret.key").read_bytes()
    secrets = (b"correct-horse-battery", b"staple-in-a-file", key, key.hex().encode())
    assert not [one for one in secrets if one in told.encode()]
    kept = {home / "data" / "secret.key", home / "data" / "smtp.password"}
    for path in home.rglob("*"):
        if path.is_file() and path not in kept:
            content = path.read_bytes()
            assert not [one for one in secrets if one in content], path
    store = Store(load(home).database, blobs=home / "data" / "blobs")
    with store.read() as work:
        configuration = work.configurations.get(work.configurations.in_force())
    store.close()
    assert configuration is not None
    assert "file:data/smtp.password" in configuration.files["config/postdesk.yaml"]
    assert not [one for one in secrets if one in str(dict(configuration.files)).encode()]
