"""An authorisation server of one page (RFC 6749, 7636, 7662, 8628), spoken to by plain HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


class TokenEndpoint:
    """``answers`` are errors used up one by one before a token is given. Every token that was
    given is good until :meth:`revoke`; a refresh token is good once, as with the strictest of
    servers. ``asked`` holds every form. ``user`` is whose mailbox the tokens open."""

    def __init__(self, user: str = "desk@example.com", life: int = 3600) -> None:
        self.user = user
        self.life = life
        self.asked: list[dict[str, str]] = []
        self.answers: list[str] = []
        self.raw_answer: bytes | None = None
        self.secret = ""
        self.challenge = ""  # what the browser brought, of the code "agreed"
        self.good: set[str] = set()
        self._refresh: set[str] = set()
        self._given = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def revoke(self) -> None:
        """Void everything that was given, as an administrator of the provider can."""
        self.good.clear()
        self._refresh.clear()

    @property
    def newest(self) -> str:
        """The access token that was given last."""
        return f"access-{self._given}"

    def login(self, grant: str, **more: str) -> str:
        """The entry of ``logins`` in ``postdesk.yaml`` for this server."""
        entry = {
            "name": "provider",
            "grant": grant,
            "token_endpoint": f"{self.url}/token",
            "device_endpoint": f"{self.url}/device",
            "authorization_endpoint": f"{self.url}/authorize",
            "client_id": "postdesk-test",
            "scopes": "[mail, offline_access]",
            **more,
        }
        lines = [f"    {key}: {value}" for key, value in entry.items()]
        return "logins:\n" + "\n".join(lines).replace("    name", "  - name", 1) + "\n"

    def _answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/introspect":
            active = form.get("token", "") in self.good
            return 200, {"active": active, "username": self.user, "email": self.user}
        self.asked.append(form)
        if form.get("client_id") != "postdesk-test" or form.get("client_secret", "") != self.secret:
            return 401, {"error": "invalid_client"}
        if path == "/device":
            return 200, {
                "device_code": "the-device",
                "user_code": "ABCD-EFGH",
                "verification_uri": f"{self.url}/go",
                "expires_in": 900,
                "interval": 1,
            }
        if self.answers:
            error = self.answers.pop(0)
            return 400, {"error": error, "error_description": f"{error} it is\r\nTrace: 17"}
        error = self._refused(form)
        return (400, {"error": error}) if error else (200, self._give(form["grant_type"]))

    def _refused(self, form: dict[str, str]) -> str:
        match form.get("grant_type", ""):
            case "urn:ietf:params:oauth:grant-type:device_code":
                return "" if form.get("device_code") == "the-device" else "invalid_grant"
            case "refresh_token":
                if form.get("refresh_token", "") not in self._refresh:
                    return "invalid_grant"
                self._refresh.discard(form["refresh_token"])
                return ""
            case "authorization_code":
                digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
                brought = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
                right = form.get("code") == "agreed" and brought == self.challenge
                return "" if right else "invalid_grant"
            case "client_credentials":
                return "" if self.secret else "unauthorized_client"
            case _:
                return "unsupported_grant_type"

    def _give(self, grant: str) -> dict[str, Any]:
        self._given += 1
        self.good.add(self.newest)
        given = {"access_token": self.newest, "expires_in": self.life, "token_type": "Bearer"}
        if grant == "client_credentials":
            return given
        refresh = f"refresh-{self._given}"
        self._refresh.add(refresh)
        return given | {"refresh_token": refresh}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                form = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
                with endpoint._lock:
                    status, said = endpoint._answer(urlsplit(self.path).path, form)
                body = json.dumps(said).encode()
                if endpoint.raw_answer is not None:
                    status, body = 502, endpoint.raw_answer
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
                """Nobody reads it."""

        return Handler
