"""``logins`` of ``config/postdesk.yaml``: how the desk is let in by OAuth 2."""

from __future__ import annotations

from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from processor.settings.schema.kinds import Model, Name, Secret, Text

_ENDPOINTS = {"device": "device_endpoint", "code": "authorization_endpoint"}
_HERE = ("localhost", "127.0.0.1", "::1")


class Login(Model):
    """An application that the mail provider knows, and who agrees that it may read the mail."""

    name: Name
    """Of your own; mailboxes and senders say it, and `postdesk login NAME`."""
    grant: Literal["device", "code", "client"] = "device"
    """device: a person types a code in on any device; code: a person agrees in a browser; client:
    the application has the right itself, nobody is asked."""
    token_endpoint: Text
    """Where tokens come from (https)."""
    device_endpoint: str = ""
    """Of the device grant (https)."""
    authorization_endpoint: str = ""
    """Of the code grant: the page on which a person agrees (https)."""
    client_id: Text
    """The application's name at the provider."""
    client_secret: Secret | None = None
    """Where the application's secret lies, if it has one: env:NAME or file:path."""
    scopes: tuple[Text, ...] = Field(min_length=1)
    """What is asked for."""
    timeout_seconds: int = Field(default=30, ge=1, le=600)
    """Longest wait for the provider's answer."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = _ENDPOINTS.get(self.grant, "client_secret")
        if not getattr(self, needed):
            raise PydanticCustomError("lacking", "lacks {key}", {"key": needed, "kind": "login"})
        for key in ("token_endpoint", "device_endpoint", "authorization_endpoint"):
            url = urlsplit(getattr(self, key))
            here = url.scheme == "http" and url.hostname in _HERE
            if getattr(self, key) and not (url.hostname and (url.scheme == "https" or here)):
                raise PydanticCustomError("open_endpoint", "not https", {"key": key})
        return self
