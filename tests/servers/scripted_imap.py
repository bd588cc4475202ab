"""An IMAP server of one page that can be told to misbehave where Dovecot will not."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Self

CLOSE = b"<close>"  # drop the connection without a word
HANG = b"<hang>"  # say nothing any more

_DATE = '"22-Nov-2026 10:00:00 +0800"'


class ScriptedImap:
    """Serves ``messages`` (UID → octets). ``faults[command]`` is a list of answers used up one
    by one, before the command is served rightly: octets that are sent as they are (``{tag}``
    stands for the tag), with :data:`CLOSE` or :data:`HANG` at their end; None serves rightly.
    ``log`` holds every command line without its tag.
    """

    def __init__(self, messages: dict[int, bytes] | None = None, capabilities: str = "") -> None:
        self.messages = dict(messages or {})
        self.uidvalidity = 1
        self.capabilities = f"IMAP4rev1 {capabilities}".strip()
        self.faults: dict[str, list[bytes | None]] = defaultdict(list)
        self.greeting: list[bytes] = []
        self.log: list[str] = []
        self.folders = {"INBOX"}
        self.idling = threading.Event()
        self.connections = 0
        self.before: dict[str, Callable[[], object]] = {}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._closing = threading.Event()
        self._idle_tag = b""

    def __enter__(self) -> Self:
        thread = threading.Thread(target=self._accept, daemon=True)
        thread.start()
        self._threads.append(thread)
        return self

    def __exit__(self, *exc: object) -> None:
        self._closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        for sock in list(self._open):
            _shut(sock)
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def say(self, octets: bytes) -> None:
        """Send something unasked on the newest connection."""
        self._open[-1].sendall(octets)

    def drop(self) -> None:
        """Cut the newest connection."""
        _shut(self._open[-1])

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def _serve(self, sock: socket.socket) -> None:
        with sock, sock.makefile("rb") as lines:
            greeting = self.greeting.pop(0) if self.greeting else b"* OK ready\r\n"
            if not self._send(sock, greeting):
                return
            try:
                for line in lines:
                    if not self._answer(sock, line.decode().rstrip("\r\n")):
                        return
            except OSError:
                return

    def _answer(self, sock: socket.socket, line: str) -> bool:
        if line == "DONE":
            self.idling.clear()
            return self._send(sock, b"%b OK idle done\r\n" % self._idle_tag)
        tag, _, rest = line.partition(" ")
        self.log.append(rest)
        if rest == "IDLE":
            self._idle_tag = tag.encode()
        name, _, args = rest.partition(" ")
        command = name.upper()
        if command == "UID":
            name, _, args = args.partition(" ")
            command = name.upper()
        if command in self.before:
            self.before[command]()
        fault = self.faults[command].pop(0) if self.faults[command] else None
        if fault is not None:
            return self._send(sock, fault.replace(b"{tag}", tag.encode()))
        if command == "IDLE":
            sent = self._send(sock, b"+ idling\r\n")
            self.idling.set()
            return sent
        serve = getattr(self, f"_do_{command.lower()}", None)
        answer = serve(args) if serve else b""
        return self._send(sock, answer + b"%b OK done\r\n" % tag.encode())

    def _send(self, sock: socket.socket, octets: bytes) -> bool:
        if octets.endswith(HANG):
            sock.sendall(octets.removesuffix(HANG))
            self._closing.wait(30)
            return False
        if octets.endswith(CLOSE):
            sock.sendall(octets.removesuffix(CLOSE))
            _shut(sock)
            return False
        sock.sendall(octets)
        return True

    def _do_capability(self, args: str) -> bytes:
        return f"* CAPABILITY {self.capabilities}\r\n".encode()

    def _do_list(self, args: str) -> bytes:
        wanted = args.rpartition(" ")[2].strip('"')
        if not wanted:
            return b'* LIST (\\Noselect) "/" ""\r\n'
        return b"".join(
            f'* LIST () "/" "{name}"\r\n'.encode() for name in self.folders if name == wanted
        )

    def _do_create(self, args: str) -> bytes:
        self.folders.add(args.strip('"'))
        return b""

    def _do_id(self, args: str) -> bytes:
        return b'* ID ("name" "scripted")\r\n'

    def _do_select(self, args: str) -> bytes:
        after = max(self.messages, default=0) + 1
        return (
            f"* {len(self.messages)} EXISTS\r\n* FLAGS (\\Seen)\r\n"
            f"* OK [UIDVALIDITY {self.uidvalidity}] ok\r\n* OK [UIDNEXT {after}] ok\r\n"
        ).encode()

    def _do_search(self, args: str) -> bytes:
        span = re.search(r"(\d+):(\d+|\*)", args)
        uids = sorted(self.messages)
        if span:
            low = int(span[1])
            high = int(span[2]) if span[2] != "*" else max([low, *uids])
            uids = [uid for uid in uids if low <= uid <= high or uid == high]
        elif single := re.search(r"UID ([\d,]+)", args):
            uids = [uid for uid in uids if str(uid) in single[1].split(",")]
        return ("* SEARCH " + " ".join(map(str, uids))).strip().encode() + b"\r\n"

    def _do_fetch(self, args: str) -> bytes:
        spec, _, items = args.partition(" ")
        out = b""
        for number, uid in enumerate(sorted(self.messages), 1):
            if str(uid) not in spec.split(","):
                continue
            raw = self.messages[uid]
            if "RFC822.SIZE" in items:
                out += (
                    f"* {number} FETCH (UID {uid} RFC822.SIZE {len(raw)} INTERNALDATE {_DATE})\r\n"
                ).encode()
            elif part := re.search(r"HEADER\]<0\.(\d+)>", items):
                head = raw.partition(b"\r\n\r\n")[0][: int(part[1])]
                out += b"* %d FETCH (UID %d BODY[HEADER]<0> {%d}\r\n%b)\r\n" % (
                    number,
                    uid,
                    len(head),
                    head,
                )
            else:
                out += b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)\r\n" % (number, uid, len(raw), raw)
        return out

    def _do_move(self, args: str) -> bytes:
        for uid in args.partition(" ")[0].split(","):
            self.messages.pop(int(uid), None)
        return b""

    def _do_logout(self, args: str) -> bytes:
        return b"* BYE bye\r\n"


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
