"""Questions to an authorisation server: a form goes there, JSON comes back (RFC 6749, 5).

The standard library's client and these few forms instead of a provider's own library: the three
grants are the same at Microsoft, Google and anybody's Keycloak, the proxy of the environment is
used, and the whole of it can be tried against a server on this machine.
"""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from processor.access.registration import Registration
from processor.domain.errors import Fault

MOST_BYTES = 1024**2
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NoAccess(Fault):
    """The authorisation server said no. ``code`` is its error (RFC 6749 5.2, RFC 8628 3.5), ""
    when it could not be asked at all."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


def ask(registration: Registration, url: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The answer to ``form``, in which the client's own name is filled in.

    Raises NoAccess, whose reason holds the server's words and nothing of what was sent.
    """
    said = {"client_id": registration.client_id, **form}
    if registration.client_secret is not None:
        said["client_secret"] = registration.client_secret()
    host = urlsplit(url).hostname or ""
    if not safe(url):
        raise NoAccess(f"{host}: only https is safe for tokens")
    question = urllib.request.Request(  # noqa: S310 - the line above lets https alone pass
        url,
        urlencode(said).encode(),
        {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
    )
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=ssl.create_default_context())
    )
    try:
        with opener.open(question, timeout=registration.timeout_seconds) as answer:
            return _document(host, answer.read(MOST_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(host, error.code, error.read(MOST_BYTES)) from None
    except TimeoutError:
        raise NoAccess(f"{host}: no answer in time") from None
    except OSError as error:
        why = getattr(error, "reason", "") or error.strerror or type(error).__name__
        raise NoAccess(f"{host}: {why}") from None


def safe(url: str) -> bool:
    """Whether nobody on the way can read what goes there: TLS, or a server on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)


def _document(host: str, raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NoAccess(f"{host}: the answer is no JSON object; is this the token endpoint?")
    return found


def _refusal(host: str, status: int, raw: bytes) -> NoAccess:
    try:
        said = json.loads(raw)
    except ValueError:
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("error"), str):
        return NoAccess(f"{host}: HTTP {status}")
    # Microsoft's description goes on with trace numbers in further lines
    more = str(said.get("error_description") or "").partition("\n")[0].strip()
    return NoAccess(f"{host}: {said['error']}" + (f": {more}" if more else ""), said["error"])
