"""`login`, and mail that goes in and out by OAuth 2: Dovecot asks the provider about each token."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from processor.demo.story import DESK
from tests.cli.conftest import Postdesk
from tests.servers.dovecot import Dovecot, require_dovecot
from tests.servers.scripted_smtp import ScriptedSmtp
from tests.servers.token_endpoint import TokenEndpoint

LOGIN = "\n    auth: oauth2\n    login: provider\n"


@pytest.fixture
def provider() -> Iterator[TokenEndpoint]:
    with TokenEndpoint(user=DESK) as endpoint:
        yield endpoint


@pytest.fixture
def dovecot(provider: TokenEndpoint) -> Iterator[Dovecot]:
    require_dovecot()
    server = Dovecot(introspection=f"{provider.url}/introspect")
    server.start()
    yield server
    server.stop()


def connected(home: Path, imap: int, smtp: int, logins: str) -> None:
    """The home's mailbox and way out, both by the login "provider"."""
    path = home / "config" / "postdesk.yaml"
    text = path.read_text("utf-8")
    head, _, rest = text.partition("\nmailboxes:")
    tail = rest[rest.index("\nprofile: ") :]
    path.write_text(
        f"{head}\nmailboxes:\n  - name: desk\n    kind: imap\n    address: {DESK}\n"
        f"    host: 127.0.0.1\n    port: {imap}\n    security: none\n    user: {DESK}{LOGIN}"
        f"senders:\n  - name: out\n    kind: smtp\n    host: 127.0.0.1\n    port: {smtp}\n"
        f"    security: none\n    user: {DESK}\n    envelope_from: {DESK}\n"
        f"    null_return_path: false{LOGIN}{logins}{tail}",
        "utf-8",
    )


def test_a_person_agrees_once_and_mail_flows(
    home: Path, mail: bytes, postdesk: Postdesk, provider: TokenEndpoint, dovecot: Dovecot
) -> None:
    with ScriptedSmtp(bearer="access-1") as smtp:
        connected(home, dovecot.port, smtp.port, provider.login("device"))
        before = postdesk("-c", home, "run", "--once")
        assert before.status == 3
        assert "postdesk login provider" in before.err

        provider.answers = ["authorization_pending"]
        ended = postdesk("-c", home, "login", "desk")
        assert ended.status == 0, ended.err
        assert "ABCD-EFGH" in ended.out
        assert f"{provider.url}/go" in ended.out
        kept = home / "data" / "logins" / "provider.json"
        assert kept.stat().st_mode & 0o777 == 0o600

        dovecot.append(DESK, mail)
        at = ("-c", home, "--now", "2026-11-23T09:00")
        ran = postdesk(*at, "run", "--once")
        assert ran.status == 0, ran.err
        assert len(postdesk(*at, "list", "--json").json) == 1
        assert smtp.taken
        assert {taken.sender for taken in smtp.taken} == {DESK}  # nothing with a null return path
        kinds = {message_from_bytes(taken.raw)["Auto-Submitted"] for taken in smtp.taken}
        assert "auto-replied" in kinds

        # the token has run out, the provider knows it no more: the desk renews it by itself
        said = json.loads(kept.read_text())
        said["until"] = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
        kept.write_text(json.dumps(said))
        provider.good.clear()
        smtp.bearer = "access-2"
        assert postdesk(*at, "run", "--once").status == 0
        assert json.loads(kept.read_text())["access_token"] == "access-2"

        # the provider voids the token before its time, as after a changed password
        provider.good.clear()
        smtp.bearer = "access-3"
        assert postdesk(*at, "run", "--once").status == 0
        checks = postdesk(*at, "doctor", "--json").json
        assert {one["check"] for one in checks if one["well"]} >= {"login", "mailbox", "sender"}
        assert json.loads(kept.read_text())["access_token"] == "access-3"

        # somebody took the agreement back
        provider.revoke()
        ended = postdesk(*at, "run", "--once")
        assert ended.status == 3
        assert "postdesk login provider" in ended.err
    logs = (home / "logs" / "postdesk.log").read_text("utf-8")
    for secret in ("access-", "refresh-", "the-device"):
        assert secret not in logs
        assert secret not in ended.err


def test_a_login_by_browser_or_by_right_of_the_application(
    home: Path, postdesk: Postdesk, provider: TokenEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(home, 143, 25, provider.login("code"))
    refused = postdesk("-c", home, "login", stdin=b"http://localhost:1/?error=access_denied\n")
    assert refused.status == 3
    assert "access_denied" in refused.err
    assert f"{provider.url}/authorize?response_type=code" in refused.out

    connected(home, 143, 25, provider.login("client", client_secret="env:APPLICATION_SECRET"))
    monkeypatch.setenv("APPLICATION_SECRET", "of the application")
    assert postdesk("-c", home, "login").status == 3  # the provider does not know this secret
    provider.secret = "of the application"
    ended = postdesk("-c", home, "login")
    assert ended.status == 0, ended.err
    assert (
        "of the application"
        not in ended.out + ended.err + postdesk("-c", home, "config", "show").out
    )


def test_who_can_be_agreed_to(home: Path, postdesk: Postdesk, provider: TokenEndpoint) -> None:
    nobody = postdesk("-c", home, "login")
    assert (nobody.status, "logins" in nobody.err) == (1, True)
    connected(home, 143, 25, provider.login("device"))
    wrong = postdesk("-c", home, "login", "other")
    assert wrong.status == 1
    assert "provider" in wrong.err
