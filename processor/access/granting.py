"""Asks a person to let us in, once; what comes of it renews itself (RFC 8628, 6749, 7636)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from processor.access.endpoint import NoAccess, ask
from processor.access.registration import Registration
from processor.access.tokens import Tokens, received

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
INTERVAL_SECONDS = 5.0  # RFC 8628 3.2 and 3.5: where the server names none, and what is added
REDIRECT = "http://localhost:1/"
"""Where the browser is sent with the code: nothing listens there, and the page's address, which
the person copies, holds all that is needed. So a server without a screen can be let in, too."""


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What the person has to do: open ``url`` and type in ``user_code``. ``interval`` in seconds
    between two questions; ``until`` (aware) is the end of it."""

    url: str
    user_code: str
    device_code: str
    interval: float
    until: datetime


def device_code(registration: Registration, now: datetime) -> DeviceCode:
    """Begin the device grant. Raises NoAccess."""
    said = ask(registration, registration.device_endpoint, {"scope": " ".join(registration.scopes)})
    # Google says verification_url
    url = said.get("verification_uri") or said.get("verification_url")
    if not (url and said.get("user_code") and said.get("device_code")):
        raise NoAccess("the answer of the device endpoint lacks a code")
    return DeviceCode(
        url=str(url),
        user_code=str(said["user_code"]),
        device_code=str(said["device_code"]),
        interval=_number(said.get("interval"), INTERVAL_SECONDS),
        until=now + timedelta(seconds=_number(said.get("expires_in"), 900)),
    )


def _number(value: Any, otherwise: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return otherwise


def by_device(
    registration: Registration,
    code: DeviceCode,
    clock: Callable[[], datetime],
    pause: Callable[[float], object],
) -> Tokens:
    """Ask until the person has agreed. ``pause`` waits so many seconds.

    Raises NoAccess: the person declined, or the code has run out (``expired_token``).
    """
    interval = code.interval
    form = {"grant_type": DEVICE_GRANT, "device_code": code.device_code}
    while clock() < code.until:
        pause(interval)
        try:
            return received(ask(registration, registration.token_endpoint, form), clock())
        except NoAccess as no:
            if no.code == "slow_down":
                interval += INTERVAL_SECONDS
            elif no.code != "authorization_pending":
                raise
    raise NoAccess("nobody typed the code in before it ran out", "expired_token")


@dataclass(frozen=True, slots=True)
class Invitation:
    """The page on which the person agrees, and what must come back with the code."""

    url: str
    state: str
    verifier: str


def invitation(registration: Registration) -> Invitation:
    """Begin the code grant; the verifier (RFC 7636) never leaves this process before its end."""
    state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    question = urlencode(
        {
            "response_type": "code",
            "client_id": registration.client_id,
            "redirect_uri": REDIRECT,
            "scope": " ".join(registration.scopes),
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "access_type": "offline",  # Google gives a refresh token only when asked so
            "prompt": "consent",
        }
    )
    return Invitation(f"{registration.authorization_endpoint}?{question}", state, verifier)


def by_code(
    registration: Registration, invited: Invitation, came_back: str, now: datetime
) -> Tokens:
    """End the code grant with the address that the browser came back to.

    Raises NoAccess: it is another address, the person declined, or the server refuses the code.
    """
    answer = {
        name: values[0] for name, values in parse_qs(urlsplit(came_back.strip()).query).items()
    }
    if "error" in answer:
        raise NoAccess(answer["error"], answer["error"])
    if not secrets.compare_digest(answer.get("state", ""), invited.state) or "code" not in answer:
        raise NoAccess("this is not the address that the browser ended at")
    form = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": REDIRECT,
        "code_verifier": invited.verifier,
    }
    return received(ask(registration, registration.token_endpoint, form), now)
