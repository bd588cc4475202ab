"""Access tokens that renew themselves, in a file of the home that its owner alone may read."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from processor.access.endpoint import NoAccess, ask
from processor.access.registration import Grant, Registration

BEFORE_END = timedelta(minutes=5)  # a token is renewed so long before it runs out
USUAL_LIFE = 3600.0  # seconds, where the server names none (RFC 6749 5.1 only recommends it)
OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a server gave; ``until`` is aware. ``refresh`` is "" where there is none."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    until: datetime

    def fresh(self, now: datetime) -> bool:
        """Whether the access token will still be good when it is used."""
        return now < self.until - BEFORE_END


def received(said: Mapping[str, Any], now: datetime, before: Tokens | None = None) -> Tokens:
    """Tokens from a server's answer; one that gives no new refresh token leaves the one before.

    Raises NoAccess when there is no access token in it.
    """
    access = said.get("access_token")
    if not isinstance(access, str) or not access:
        raise NoAccess("the answer of the token endpoint holds no access token")
    try:
        life = float(said.get("expires_in") or USUAL_LIFE)
    except (TypeError, ValueError):
        life = USUAL_LIFE
    refresh = said.get("refresh_token") or (before.refresh if before else "")
    return Tokens(access, str(refresh), now + timedelta(seconds=life))


@dataclass(frozen=True, slots=True)
class Keeper:
    """Gives the access token of one login to whoever logs in with it (its call), and renews it.

    Daemon, couriers and commands may ask at once, from several processes: one renews, the others
    wait for it, since some servers void a refresh token with its first use. A plain value that
    can be handed to another process; ``clock`` must be a function of a module for that.
    """

    registration: Registration
    path: Path
    clock: Callable[[], datetime]

    def __call__(self) -> str:
        """An access token that is good for some minutes. Raises NoAccess: somebody has to run
        ``postdesk login``, or the server cannot be reached."""
        found = self.kept()
        if found is not None and found.fresh(self.clock()):
            return found.access
        with self._alone():
            found = self.kept()  # somebody else may have been quicker
            if found is None or not found.fresh(self.clock()):
                found = self._renewed(found)
                self._write(found)
        return found.access

    def renew(self, refused: str) -> str:
        """Another access token in place of one that a mail server turned away before its time, as
        after a changed password. Raises NoAccess."""
        with self._alone():
            found = self.kept()
            if found is None or found.access == refused:
                found = self._renewed(found)
                self._write(found)
        return found.access

    def kept(self) -> Tokens | None:
        """The tokens in the file; None when there are none that can be read."""
        try:
            said = json.loads(self.path.read_text("utf-8"))
            until = datetime.fromisoformat(said["until"]).astimezone(UTC)
            return Tokens(str(said["access_token"]), str(said["refresh_token"]), until)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, tokens: Tokens) -> None:
        """Write what a person's agreement gave."""
        with self._alone():
            self._write(tokens)

    def _renewed(self, before: Tokens | None) -> Tokens:
        name = self.registration.name
        if self.registration.grant is Grant.CLIENT:
            form = {"grant_type": "client_credentials"}
        elif before is None or not before.refresh:
            raise NoAccess(f"nobody has agreed yet: postdesk login {name}", "no_token")
        else:
            form = {"grant_type": "refresh_token", "refresh_token": before.refresh}
        form["scope"] = " ".join(self.registration.scopes)
        try:
            said = ask(self.registration, self.registration.token_endpoint, form)
        except NoAccess as no:
            if no.code == "invalid_grant":
                reason = f"{no.reason}; the agreement is over: postdesk login {name}"
                raise NoAccess(reason, no.code) from None
            raise
        return received(said, self.clock(), before)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(
                self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, OWNER_ALONE
            )
        except OSError as error:
            raise NoAccess(f"{self.path.parent}: {error.strerror}") from error
        with os.fdopen(descriptor, "r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _write(self, tokens: Tokens) -> None:
        """At once or not at all, and never readable by others, not even for a moment."""
        fresh = self.path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        said = {
            "access_token": tokens.access,
            "refresh_token": tokens.refresh,
            "until": tokens.until.isoformat(),
        }
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(said, stream)
        fresh.replace(self.path)
