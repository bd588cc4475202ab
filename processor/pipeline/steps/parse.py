"""Bytes → message value."""

from __future__ import annotations

from dataclasses import replace

from processor.domain.message import Message, MessageKind
from processor.pipeline.state import Desk, Journey


def parse(journey: Journey, desk: Desk) -> None:
    """Judge: understand the bytes. Never raises; what was wrong is in ``message.defects``."""
    opened = journey.opened or desk.understand([journey.raw], desk.parse_limits)[0]
    message = opened()
    if message.kind is MessageKind.LIST and _through_our_list(message, desk):
        message = replace(message, kind=MessageKind.HUMAN, kind_reasons=())
    journey.message = message


def _through_our_list(message: Message, desk: Desk) -> bool:
    """Whether the list is the desk's own address, which a group of the mail server hands on: who
    writes to the desk by it writes to the desk (RFC 2919 names a list as a host, RFC 2369 by an
    address). What a machine sends that way stays a machine's."""
    submitted = message.header("auto-submitted").strip().lower()
    if submitted not in ("", "no") or message.return_path == "":
        return False
    named = f"{message.header('list-id')} {message.header('list-post')}".lower()
    return any(
        f"mailto:{address}" in named or f"<{address.replace('@', '.')}>" in named
        for address in desk.own
    )
