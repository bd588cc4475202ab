"""The servers that other tests stand on."""

from __future__ import annotations

from tests.servers.dovecot import Dovecot, require_dovecot


def test_dovecot_starts_takes_a_mail_and_stops() -> None:
    require_dovecot()
    server = Dovecot()
    server.start()
    try:
        server.append("somebody", b"Subject: x\r\n\r\nhello\r\n")
        assert server.bodies("somebody") == [b"Subject: x\r\n\r\nhello\r\n"]
    finally:
        server.stop()
