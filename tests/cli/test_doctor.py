"""`doctor` against real servers: each provider's preset when all is well, and each thing that can
be wrong, with what to do, in both languages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from processor.bootstrap.clock import wall_clock
from processor.bootstrap.doctor import examine
from processor.settings.loader import load
from processor.settings.presets import presets
from processor.settings.words import catalogue
from tests.cli.conftest import Postdesk, moved_to
from tests.servers.certificate import self_signed
from tests.servers.dovecot import PASSWORD, Dovecot, require_dovecot
from tests.servers.postgresql import PostgreSql
from tests.servers.scripted_smtp import ScriptedSmtp
from tests.servers.token_endpoint import TokenEndpoint

ADDRESS = "desk@corp.example"
JUNE = ("--now", "2026-06-01T09:00")
ACL = """
mail_plugins = acl
protocol imap {
  mail_plugins = acl imap_acl
}
plugin {
  acl = vfile
}
"""


class Servers(NamedTuple):
    dovecot: Dovecot
    tls: ScriptedSmtp
    starttls: ScriptedSmtp
    provider: TokenEndpoint
    certificate: Path


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    require_dovecot()
    made = self_signed(tmp_path_factory.mktemp("certificate"))
    with ExitStack() as stack:
        provider = stack.enter_context(TokenEndpoint(user=ADDRESS))
        provider.secret = "of the application"
        dovecot = Dovecot(made, ACL, introspection=f"{provider.url}/introspect")
        dovecot.start()
        stack.callback(dovecot.stop)
        both = {"password": PASSWORD, "bearer": "access-1"}
        tls = stack.enter_context(ScriptedSmtp(made.server(), **both))
        starttls = stack.enter_context(ScriptedSmtp(made.server(), starttls=True, **both))
        yield Servers(dovecot, tls, starttls, provider, made.certificate)


@pytest.fixture(autouse=True)
def _secrets(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(servers.certificate))
    monkeypatch.setenv("POSTDESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("POSTDESK_CLIENT_SECRET", servers.provider.secret)


def made(postdesk: Postdesk, home: Path, servers: Servers, name: str) -> Path:
    """A home by that preset, at our servers instead of the provider's."""
    preset = presets()[name]
    way = servers.tls if preset.facts["smtp"]["security"] == "tls" else servers.starttls
    ended = postdesk(
        "init", home, "--lang", "en", "--preset", name, "--address", ADDRESS,
        "--host", f"127.0.0.1:{servers.dovecot.tls_port}", "--smtp", f"127.0.0.1:{way.port}",
        "--tenant", "t", "--client-id", "postdesk-test",
    )  # fmt: skip
    assert ended.status == 0, ended.err
    if preset.by_login:
        path = home / "config" / "postdesk.yaml"
        said = [
            f"    {key}: {servers.provider.url}/{place}"
            if (key := line.strip().partition(":")[0]) in ENDPOINTS and (place := ENDPOINTS[key])
            else line
            for line in path.read_text("utf-8").splitlines()
        ]
        if "client_secret" not in preset.facts["login"]:
            said.insert(
                said.index("    client_id: postdesk-test"),
                "    client_secret: env:POSTDESK_CLIENT_SECRET",
            )
        path.write_text("\n".join(said) + "\n", "utf-8")
    assert postdesk("-c", home, "db", "upgrade").status == 0
    return home


ENDPOINTS = {"token_endpoint": "token", "device_endpoint": "device"}


@pytest.mark.parametrize("name", presets())
def test_every_preset_reaches_its_mailbox(
    name: str, tmp_path: Path, postdesk: Postdesk, servers: Servers
) -> None:
    home = made(postdesk, tmp_path / "desk", servers, name)
    preset = presets()[name]
    servers.provider._given = 0  # so that the way out, too, knows the token
    if preset.by_agreement:
        absent = postdesk("-c", home, *JUNE, "doctor")
        assert absent.status == 3
        assert "postdesk login provider" in absent.out
        if preset.facts["login"]["grant"] == "device":
            assert postdesk("-c", home, "login").status == 0
        else:  # as a browser's agreement would leave it
            (home / "data" / "logins").mkdir(mode=0o700, exist_ok=True)
            kept = home / "data" / "logins" / "provider.json"
            kept.touch(0o600)
            servers.provider._refresh.add("refresh-0")
            kept.write_text(
                '{"access_token": "", "refresh_token": "refresh-0",'
                ' "until": "2020-01-01T00:00:00+00:00"}'
            )
    ended = postdesk("-c", home, *JUNE, "doctor", "--json")
    assert ended.status == 0, ended.out
    checks = [one["check"] for one in ended.json if one["well"]]
    wanted = ["mailbox", "rights", "clock", "sender"]
    assert checks[: 4 + preset.by_login] == (["login"] if preset.by_login else []) + wanted
    assert {"database", "disk", "writable", "key", "templates", "calendar"} <= set(checks)
    for folder in ("postdesk.processed", "postdesk.quarantine"):
        if not preset.by_login:  # what was laid there to try it is gone
            assert servers.dovecot.bodies(ADDRESS, folder) == []


def wrong(home: Path, clock_ahead: float = 0) -> dict[str, str]:
    """What is not well, by its code, as English readers are told; Chinese ones are told, too. The
    example people, whom every new home has, are left out."""
    settings = load(home)
    findings = examine(
        settings,
        wall_clock().replace(year=2026, month=6, day=1),
        lambda: wall_clock() + timedelta(seconds=clock_ahead),
    )
    bad = [one for one in findings if not one.well]
    assert [one.bearable for one in bad if one.code == "people"] == [True]
    bad = [one for one in bad if one.code != "people"]
    for one in bad:
        told = one.told(catalogue("zh"))
        assert "→" in told
        assert any("一" <= letter <= "鿿" for letter in told.partition("→")[2])
    return {one.code: one.told(catalogue("en")) for one in bad}


def test_each_thing_that_is_wrong_is_told_with_what_to_do(
    tmp_path: Path, postdesk: Postdesk, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = made(postdesk, tmp_path / "desk", servers, "dovecot")
    assert wrong(home) == {}

    # the clock: ten minutes off, against the mailbox's server
    told = wrong(home, clock_ahead=600)
    assert set(told) == {"clock"}
    seconds = re.search(r"(\d+) s", told["clock"])
    assert seconds is not None  # to the second of the server, and of a busy machine
    assert 540 <= int(seconds[1]) <= 660
    assert "NTP" in told["clock"]

    # the password
    monkeypatch.setenv("POSTDESK_PASSWORD", "wrong")
    told = wrong(home)
    assert set(told) == {"mailbox", "sender"}
    assert "log-in refused" in told["mailbox"]
    assert "password" in told["sender"]
    assert "wrong" not in told["mailbox"] + told["sender"]
    monkeypatch.delenv("POSTDESK_PASSWORD")
    assert "POSTDESK_PASSWORD" in wrong(home)["mailbox"]
    monkeypatch.setenv("POSTDESK_PASSWORD", PASSWORD)

    # the certificate
    monkeypatch.delenv("SSL_CERT_FILE")
    told = wrong(home)
    assert "certificate" in told["mailbox"]
    assert set(told) == {"mailbox", "sender"}
    monkeypatch.setenv("SSL_CERT_FILE", str(servers.certificate))

    # a template, a secret that others can read, a folder that is a file
    own = home / "templates" / "mail" / "en" / "opened.txt"
    own.parent.mkdir(parents=True)
    own.write_text("Dear reporter,\n{{ mail.nonsense }}\n")
    (home / "data" / "secrets").mkdir()
    (home / "data" / "secrets" / "other").write_text("x")
    (home / "data" / "secrets" / "other").chmod(0o640)
    told = wrong(home)
    assert set(told) == {"templates", "key"}
    assert "opened.txt line 2" in told["templates"]
    assert "chmod 600" in told["key"]
    assert "secrets/other" in told["key"]
    own.unlink()
    (home / "data" / "secrets" / "other").unlink()

    # a font, where documents are shown
    programs = tmp_path / "bin"
    programs.mkdir()
    for program in ("soffice", "fc-list"):
        (programs / program).write_text("#!/bin/sh\n")
        (programs / program).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    assert "fonts-noto-cjk" in wrong(home)["fonts"]


def test_rights_that_a_mailbox_lacks_are_named(
    tmp_path: Path, postdesk: Postdesk, servers: Servers
) -> None:
    home = made(postdesk, tmp_path / "desk", servers, "dovecot")
    path = home / "config" / "postdesk.yaml"
    path.write_text(path.read_text("utf-8").replace(ADDRESS, "shared@corp.example"), "utf-8")
    assert wrong(home) == {}
    inbox = servers.dovecot.folder / "mail" / "shared@corp.example" / "dovecot-acl"
    inbox.write_text("owner lrwsip\n")
    told = wrong(home)
    assert set(told) == {"rights"}
    assert "INBOX" in told["rights"]
    assert "move mail out of INBOX" in told["rights"]
    inbox.unlink()
    shelf = inbox.parent / ".postdesk.processed"
    (shelf / "dovecot-acl").write_text("owner lr\n")
    told = wrong(home)
    assert set(told) == {"rights"}
    assert "postdesk/processed" in told["rights"]


def test_a_login_that_cannot_be_renewed_is_a_warning(
    tmp_path: Path, postdesk: Postdesk, servers: Servers
) -> None:
    home = made(postdesk, tmp_path / "desk", servers, "exchange")
    servers.provider._given = 0
    assert postdesk("-c", home, "login").status == 0
    kept = home / "data" / "logins" / "provider.json"
    kept.write_text(kept.read_text().replace("refresh-1", ""))
    told = wrong(home)
    assert set(told) == {"login_ends"}
    assert told["login_ends"].startswith("! ")
    assert "offline_access" in told["login_ends"]
    kept.write_text(re.sub(r"20\d\d-", "2001-", kept.read_text()))
    assert "postdesk login provider" in wrong(home)["login"]


def test_a_database_elsewhere_has_a_clock_too(
    tmp_path: Path, postdesk: Postdesk, servers: Servers, postgresql: PostgreSql
) -> None:
    home = made(postdesk, tmp_path / "desk", servers, "dovecot")
    with postgresql.database() as url:
        moved_to(home, url)
        assert postdesk("-c", home, "db", "upgrade").status == 0
        assert wrong(home) == {}
        findings = examine(load(home), wall_clock(), lambda: wall_clock() + timedelta(hours=8))
        assert [one.code for one in findings if not one.well].count("clock") == 2
    assert set(wrong(home)) == {"database"}
