"""When to try a failing mail server again: fixed steps that logs and tests can foretell."""

from __future__ import annotations

from datetime import datetime, timedelta

STEPS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
REFUSED_STEPS = (60.0, 300.0, 900.0, 1800.0)
"""Seconds between tries while the password is turned away: often enough to notice a mended
secret, seldom enough not to have the account locked."""


class Backoff:
    """Counts failures in a row. Times are aware datetimes given by the caller."""

    def __init__(self) -> None:
        self.failures = 0
        self.pause = 0.0  # seconds to wait after the last failure
        self.failing_since: datetime | None = None
        self.next_try: datetime | None = None
        self.last_error = ""

    def may_try(self, now: datetime) -> bool:
        """Whether the pause after the last failure is over."""
        return self.next_try is None or now >= self.next_try

    def failed(
        self,
        now: datetime,
        error: str,
        *,
        retry_after: float | None = None,
        refused: bool = False,
    ) -> float:
        """Note a failure; returns the seconds to wait, never fewer than the source asked for."""
        steps = REFUSED_STEPS if refused else STEPS
        delay = steps[min(self.failures, len(steps) - 1)]
        if retry_after is not None:
            delay = max(delay, retry_after)
        self.failures += 1
        if self.failing_since is None:
            self.failing_since = now
        self.pause = delay
        self.next_try = now + timedelta(seconds=delay)
        self.last_error = error
        return delay

    def succeeded(self) -> None:
        """Forget the failures."""
        self.failures = 0
        self.pause = 0.0
        self.failing_since = None
        self.next_try = None
        self.last_error = ""
