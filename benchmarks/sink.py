"""An SMTP server that takes every mail and keeps none; prints its port.

It stands for a mail server on another machine, so it must cost next to nothing on this one: it
speaks just enough of RFC 5321 for one client that waits for each answer.
"""

from __future__ import annotations

import asyncio
import signal

END = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._held = b""
        self._in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._say(b"220 sink")

    def data_received(self, data: bytes) -> None:
        """Answer every whole line, or the end of a mail."""
        self._held += data
        while True:
            mark = END if self._in_data else b"\r\n"
            line, found, rest = self._held.partition(mark)
            if not found:
                if self._in_data:
                    self._held = self._held[-len(END) :]
                return
            self._held = rest
            if self._in_data:
                self._in_data = False
                self._say(b"250 taken")
            else:
                self._answer(line[:4].upper())

    def _answer(self, verb: bytes) -> None:
        if verb == b"DATA":
            self._in_data = True
            self._say(b"354 go on")
        elif verb == b"EHLO":  # what every mail server of today offers
            self._say(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME")
        elif verb == b"QUIT":
            self._say(b"221 bye")
            assert self._transport is not None
            self._transport.close()
        else:
            self._say(b"250 ok")

    def _say(self, words: bytes) -> None:
        assert self._transport is not None
        self._transport.write(words + b"\r\n")


async def main() -> None:
    """Serve on a free loopback port until SIGTERM."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
