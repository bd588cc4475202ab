"""OAuth 2: the three grants, tokens that renew themselves, and what no error may tell."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from processor.access import granting
from processor.access.endpoint import NoAccess, ask
from processor.access.registration import Grant, Registration
from processor.access.tokens import Keeper, Tokens, received
from tests.servers.token_endpoint import TokenEndpoint

START = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


class Clock:
    """Stands until somebody waits."""

    def __init__(self) -> None:
        self.now = START
        self.waited: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def server() -> Iterator[TokenEndpoint]:
    with TokenEndpoint() as endpoint:
        yield endpoint


@pytest.fixture
def clock() -> Clock:
    return Clock()


def registration(server: TokenEndpoint, grant: Grant = Grant.DEVICE) -> Registration:
    return Registration(
        "provider",
        grant,
        token_endpoint=f"{server.url}/token",
        client_id="postdesk-test",
        scopes=("mail", "offline_access"),
        device_endpoint=f"{server.url}/device",
        authorization_endpoint=f"{server.url}/authorize",
        timeout_seconds=10,
    )


def keeper(server: TokenEndpoint, home: Path, clock: Callable[[], datetime]) -> Keeper:
    return Keeper(registration(server), home / "logins" / "provider.json", clock)


# ---- device code (RFC 8628) ----------------------------------------------------------------------


def test_a_device_code_waits_as_the_server_wants_and_ends_in_tokens(
    server: TokenEndpoint, clock: Clock
) -> None:
    here = registration(server)
    code = granting.device_code(here, clock())
    assert (code.user_code, code.interval) == ("ABCD-EFGH", 1)
    server.answers = ["authorization_pending", "slow_down", "authorization_pending"]
    tokens = granting.by_device(here, code, clock, clock.wait)
    assert clock.waited == [1, 1, 6, 6]
    assert (tokens.access, tokens.refresh) == ("access-1", "refresh-1")
    assert tokens.until == clock() + timedelta(hours=1)
    assert server.asked[0]["scope"] == "mail offline_access"


@pytest.mark.parametrize("answer", ["access_denied", "authorization_declined", "expired_token"])
def test_who_declines_is_not_asked_again(server: TokenEndpoint, clock: Clock, answer: str) -> None:
    code = granting.device_code(registration(server), clock())
    server.answers = [answer]
    with pytest.raises(NoAccess, match=answer) as no:
        granting.by_device(registration(server), code, clock, clock.wait)
    assert no.value.code == answer
    assert clock.waited == [1]
    assert "Trace" not in no.value.reason


def test_nobody_waits_for_a_code_that_has_run_out(server: TokenEndpoint, clock: Clock) -> None:
    code = granting.device_code(registration(server), clock())
    server.answers = ["authorization_pending"] * 2000
    with pytest.raises(NoAccess) as no:
        granting.by_device(registration(server), replace(code, interval=300), clock, clock.wait)
    assert no.value.code == "expired_token"
    assert clock.waited == [300, 300, 300]


# ---- browser (RFC 6749 4.1, RFC 7636) ------------------------------------------------------------


def test_a_browser_brings_a_code_that_only_its_asker_can_use(
    server: TokenEndpoint, clock: Clock
) -> None:
    here = registration(server, Grant.CODE)
    invited = granting.invitation(here)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(invited.url).query).items()}
    assert asked["redirect_uri"] == granting.REDIRECT
    assert invited.verifier not in invited.url
    server.challenge = asked["code_challenge"]
    back = f"{granting.REDIRECT}?code=agreed&state={asked['state']}"

    other = granting.invitation(here)  # somebody else who saw the address
    for invitation, address, why in (
        (invited, f"{granting.REDIRECT}?code=agreed&state=another", "not the address"),
        (invited, "", "not the address"),
        (invited, f"{granting.REDIRECT}?error=access_denied", "access_denied"),
        (other, back.replace(invited.state, other.state), "invalid_grant"),
    ):
        with pytest.raises(NoAccess, match=why):
            granting.by_code(here, invitation, address, clock())
    tokens = granting.by_code(here, invited, back + "\n", clock())
    assert (tokens.access, tokens.refresh) == ("access-1", "refresh-1")


# ---- tokens that renew themselves ----------------------------------------------------------------


def test_tokens_lie_for_their_owner_alone_and_renew_themselves(
    server: TokenEndpoint, clock: Clock, tmp_path: Path
) -> None:
    kept = keeper(server, tmp_path, clock)
    code = granting.device_code(kept.registration, clock())
    kept.keep(granting.by_device(kept.registration, code, clock, clock.wait))
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert kept.path.parent.stat().st_mode & 0o777 == 0o700
    assert kept() == "access-1"
    clock.wait(54 * 60)
    assert kept() == "access-1"
    clock.wait(2 * 60)  # some minutes before its end
    assert kept() == "access-2"
    assert kept() == "access-2"
    clock.wait(3600)
    assert kept() == "access-3"  # with the refresh token that came with the second
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in kept.path.parent.iterdir()) == [
        "provider.json",
        "provider.lock",
    ]


def test_many_who_need_a_token_at_once_ask_for_one(
    server: TokenEndpoint, clock: Clock, tmp_path: Path
) -> None:
    kept = keeper(server, tmp_path, clock)
    server._refresh.add("refresh-0")
    kept.keep(Tokens("access-0", "refresh-0", START))
    together = threading.Barrier(8)

    def ask_for_it() -> str:
        together.wait(10)
        return keeper(server, tmp_path, clock)()

    with ThreadPoolExecutor(8) as pool:
        given = {pool.submit(ask_for_it) for _ in range(8)}
        assert {one.result(10) for one in given} == {"access-1"}
    assert [form["grant_type"] for form in server.asked] == ["refresh_token"]


def test_an_agreement_that_is_over_says_what_to_do(
    server: TokenEndpoint, clock: Clock, tmp_path: Path
) -> None:
    kept = keeper(server, tmp_path, clock)
    with pytest.raises(NoAccess, match="postdesk login provider"):
        kept()
    kept.keep(Tokens("access-0", "refresh-0", START))
    with pytest.raises(NoAccess, match="postdesk login provider") as no:
        kept()
    assert no.value.code == "invalid_grant"
    for secret in ("access-0", "refresh-0"):
        assert secret not in str(no.value)
        assert secret not in repr(kept.kept())
    kept.path.write_text("{broken")
    with pytest.raises(NoAccess, match="postdesk login provider"):
        kept()


def test_a_provider_that_gives_no_new_refresh_token_leaves_the_old_one(
    server: TokenEndpoint, clock: Clock, tmp_path: Path
) -> None:
    before = Tokens("a", "lasting", START)
    after = received({"access_token": "b"}, START, before)
    assert after == Tokens("b", "lasting", START + timedelta(hours=1))
    with pytest.raises(NoAccess, match="no access token"):
        received({"token_type": "Bearer"}, START)


def test_an_application_of_its_own_right_needs_nobody(
    server: TokenEndpoint, clock: Clock, tmp_path: Path
) -> None:
    server.secret = "of the application"
    here = replace(registration(server, Grant.CLIENT), client_secret=lambda: "of the application")
    kept = Keeper(here, tmp_path / "provider.json", clock)
    assert kept() == "access-1"
    clock.wait(3600)
    assert kept() == "access-2"
    assert {form["grant_type"] for form in server.asked} == {"client_credentials"}
    wrong = Keeper(replace(here, client_secret=None), tmp_path / "other.json", clock)
    with pytest.raises(NoAccess, match="invalid_client"):
        wrong()


# ---- what goes wrong on the way ------------------------------------------------------------------


def test_what_is_no_authorisation_server_is_said_so(server: TokenEndpoint) -> None:
    here = registration(server)
    server.raw_answer = b"<html>bad gateway</html>"
    with pytest.raises(NoAccess, match="HTTP 502"):
        ask(here, here.token_endpoint, {})
    for url in ("http://login.example.com/token", "ftp://login.example.com/token", "file:///etc/x"):
        with pytest.raises(NoAccess, match="only https"):
            ask(here, url, {"refresh_token": "refresh-0"})
    nobody = f"http://127.0.0.1:{_closed_port()}/token"
    with pytest.raises(NoAccess, match=r"127\.0\.0\.1: .*refused"):
        ask(here, nobody, {})


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        return int(holder.getsockname()[1])


def test_tokens_are_json_that_a_person_can_remove(
    server: TokenEndpoint, clock: Clock, tmp_path: Path
) -> None:
    kept = keeper(server, tmp_path, clock)
    kept.keep(Tokens("a", "r", START))
    assert set(json.loads(kept.path.read_text())) == {"access_token", "refresh_token", "until"}
