"""From the configuration's ``logins`` to who keeps their tokens."""

from __future__ import annotations

from processor.access.registration import Grant, Registration
from processor.access.tokens import Keeper
from processor.bootstrap.clock import wall_clock
from processor.domain.errors import Refusal
from processor.settings.settings import Settings


def keeper_of(settings: Settings, name: str) -> Keeper:
    """Who keeps and renews the tokens of a login. Its clock is the machine's, for the server's
    tokens run out by no other. Raises Refusal for a name that nobody knows."""
    entry = next((one for one in settings.logins if one.name == name), None)
    if entry is None:
        raise Refusal("no_login", value=name, known=[one.name for one in settings.logins])
    registration = Registration(
        name=entry.name,
        grant=Grant(entry.grant),
        token_endpoint=entry.token_endpoint,
        client_id=entry.client_id,
        scopes=entry.scopes,
        device_endpoint=entry.device_endpoint,
        authorization_endpoint=entry.authorization_endpoint,
        client_secret=entry.secret_of,
        timeout_seconds=entry.timeout_seconds,
    )
    return Keeper(registration, settings.home / "data" / "logins" / f"{name}.json", wall_clock)
