"""Every setting reaches the part that it is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from processor.bootstrap.clock import read_moment, stopped_at, wall_clock
from processor.bootstrap.return_path import ReturnPath
from processor.bootstrap.wiring import desk_of, sender_of, source_of
from processor.delivery.outbox_folder import OutboxFolder
from processor.delivery.sender import Outcome, Parcel, in_turn
from processor.delivery.smtp import SmtpSender
from processor.intake.folder import FolderSource
from processor.intake.imap import ImapSource
from processor.intake.maildir import MaildirSource
from processor.settings.settings import MailboxSettings, SenderSettings, Settings
from processor.store.database import Store
from tests.journeys.desk import Story
from tests.journeys.homes import MORNING


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    with Story(tmp_path / "desk") as story:
        yield story.settings


def _secret() -> str:
    return "secret"


IMAP = MailboxSettings(
    "desk", "imap", "desk@example.com", host="imap.example.com", user="u", secret_of=_secret
)
SMTP = SenderSettings("way", "smtp", host="smtp.example.com", user="u", secret_of=_secret)


# ---- ways in and out -----------------------------------------------------------------------------


def test_a_password_is_a_password_and_a_token_a_token(settings: Settings) -> None:
    source = source_of(settings, IMAP)
    assert isinstance(source, ImapSource)
    account = source.account
    assert (account.password, account.token) == (_secret, None)
    modern = source_of(settings, replace(IMAP, auth="oauth2"))
    assert isinstance(modern, ImapSource)
    assert (modern.account.password, modern.account.token) == (None, _secret)

    way = sender_of(settings, SMTP)
    assert isinstance(way, SmtpSender)
    assert (way.account.password, way.account.token) == (_secret, None)
    modern_way = sender_of(settings, replace(SMTP, auth="oauth2"))
    assert isinstance(modern_way, SmtpSender)
    assert (modern_way.account.password, modern_way.account.token) == (None, _secret)
    nobody = sender_of(settings, replace(SMTP, user=""))
    assert isinstance(nobody, SmtpSender)
    assert (nobody.account.password, nobody.account.token) == (None, None)


@pytest.mark.parametrize(("kind", "made"), [("maildir", MaildirSource), ("folder", FolderSource)])
def test_folders_lie_in_the_home(settings: Settings, kind: str, made: type) -> None:
    box = replace(IMAP, kind=kind, path="somewhere")
    source = source_of(settings, box)
    assert isinstance(source, made)
    assert vars(source)["path"] == settings.home / "somewhere"
    assert isinstance(sender_of(settings, replace(SMTP, kind="outbox", path="o")), OutboxFolder)


# ---- the one return path -------------------------------------------------------------------------


class Basket:
    """A way out that keeps what it is given."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []
        self.calls: list[str] = []

    def send_all(self, parcels: Sequence[Parcel]) -> list[Outcome | Exception]:
        return in_turn(self.send, parcels)

    def send(self, parcel: Parcel) -> Outcome:
        self.parcels.append(parcel)
        return Outcome(accepted=parcel.recipients)

    def check(self) -> None:
        self.calls.append("check")

    def close(self) -> None:
        self.calls.append("close")


def test_a_server_that_takes_one_return_path_only(settings: Settings) -> None:
    way = sender_of(settings, replace(SMTP, envelope_from="bounces@example.com"))
    assert isinstance(way, ReturnPath)
    assert way.address == "bounces@example.com"
    basket = Basket()
    through = ReturnPath(basket, way.address)
    for sender in ("desk+inc@example.com", ""):
        through.send(Parcel(1, "reply", "", sender, ("li@example.com",), b""))
    assert [parcel.envelope_from for parcel in basket.parcels] == ["bounces@example.com", ""]
    through.check()
    through.close()
    assert basket.calls == ["check", "close"]


# ---- the desk ------------------------------------------------------------------------------------


def test_policies_and_limits_are_those_of_the_configuration(settings: Settings) -> None:
    changed = replace(
        settings,
        vip_raises=False,
        most_dispatches=7,
        reopen_days=2,
        limits=replace(settings.limits, message_bytes=12_345, attachments=3),
        mailboxes=(replace(settings.mailboxes[0], aliases=("Help@Example.com",)),),
    )
    store = Store(settings.database, blobs=settings.home / "blobs")
    try:
        desk = desk_of(changed, store)
    finally:
        store.close()
    assert not desk.policy.vip_raises
    assert (desk.policy.most_dispatches, desk.policy.reopen_days) == (7, 2)
    assert (desk.parse_limits.message_bytes, desk.parse_limits.attachments) == (12_345, 3)
    assert "help@example.com" in desk.own


# ---- the clock -----------------------------------------------------------------------------------


def test_times_are_aware_and_without_a_zone_meant_in_the_desks(settings: Settings) -> None:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(settings.zone)
    assert read_moment("2026-11-23T09:00", zone) == MORNING
    assert read_moment("2026-11-23T01:00Z", zone) == MORNING
    assert stopped_at(MORNING)() is MORNING
    assert wall_clock().utcoffset() is not None
    with pytest.raises(ValueError, match="soon"):
        read_moment("soon", zone)
