"""Who we are to an authorisation server (RFC 6749, section 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Grant(StrEnum):
    """How a person lets us in."""

    DEVICE = "device"  # RFC 8628: a code is typed in on any other device
    CODE = "code"  # RFC 6749 4.1 with PKCE: a browser comes back with a code
    CLIENT = "client"  # RFC 6749 4.4: the application itself, nobody has to agree each time


@dataclass(frozen=True, slots=True)
class Registration:
    """An application as the provider knows it, and the provider's endpoints.

    ``client_secret`` is called at every use; None where the provider gave none (a public client).
    ``timeout_seconds`` bounds each question.
    """

    name: str
    grant: Grant
    token_endpoint: str
    client_id: str
    scopes: tuple[str, ...]
    device_endpoint: str = ""
    authorization_endpoint: str = ""
    client_secret: Callable[[], str] | None = field(default=None, repr=False)
    timeout_seconds: float = 30.0
