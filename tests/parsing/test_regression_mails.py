"""Every mail of ``tests/mails/parsing`` against the expectation beside it."""

from __future__ import annotations

import json
from email import message_from_bytes
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from processor.domain.message import Address, Message
from processor.parsing.parse import parse

MAILS = Path(__file__).resolve().parents[1] / "mails" / "parsing"
FILES = {path.stem: path for path in MAILS.iterdir() if path.suffix in (".eml", ".msg")}
CASES = sorted(FILES)
KNOWN = {
    "attachment_bytes", "attachments", "cc", "date", "defects_have", "failed", "from",
    "in_reply_to",
    "inline", "kind", "language", "limit", "references", "reply_has", "reply_lacks", "reply_text",
    "subject",
    "returned", "text", "text_has", "to",
}  # fmt: skip


def folded(text: str) -> list[str]:
    """Lines without outer blanks, empty ones dropped: the words and their lines count."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pairs(addresses: tuple[Address, ...]) -> list[list[str]]:
    return [[one.name, one.address] for one in addresses]


def found(message: Message) -> dict[str, Any]:
    """What can be compared as it stands."""
    return {
        "subject": message.subject,
        "from": pairs(message.sender)[0] if message.sender else None,
        "to": pairs(message.to),
        "cc": pairs(message.cc),
        "kind": str(message.kind),
        "language": message.language,
        "date": message.date.isoformat() if message.date else None,
        "returned": list(message.returned),
        "references": list(message.references),
        "in_reply_to": list(message.in_reply_to),
        "attachments": [one.name for one in message.attachments],
        "attachment_bytes": [one.size for one in message.attachments],
        "inline": [one.inline for one in message.attachments],
        "failed": [
            {"address": one.address, "permanent": one.permanent, "status": one.status}
            for one in message.failed_recipients
        ],
    }


@pytest.mark.parametrize("name", CASES)
def test_mail_is_understood_as_written_beside_it(name: str) -> None:
    wanted = json.loads((MAILS / f"{name}.json").read_text("utf-8"))
    message = parse(FILES[name].read_bytes())
    assert set(wanted) <= KNOWN
    values = found(message)
    assert {key: values[key] for key in wanted if key in values} == {
        key: value for key, value in wanted.items() if key in values
    }
    for key, text in (("text", message.text), ("reply_text", message.reply_text)):
        if key in wanted:
            assert folded(text) == folded(wanted[key])
    assert [one for one in wanted.get("text_has", []) if one not in message.text] == []
    assert [one for one in wanted.get("reply_has", []) if one not in message.reply_text] == []
    assert [one for one in wanted.get("reply_lacks", []) if one in message.reply_text] == []
    assert set(wanted.get("defects_have", [])) <= set(message.defects)


def test_there_are_enough_and_each_has_its_expectation() -> None:
    assert len(CASES) >= 200
    texts = [parse(path.read_bytes()).text for path in FILES.values()]
    assert sum(any("\u4e00" <= char <= "\u9fff" for char in text) for text in texts) >= 150
    assert [name for name in CASES if not (MAILS / f"{name}.json").is_file()] == []


CLIENTS = (
    "outlook", "foxmail", "qq", "netease", "coremail", "wecom", "dingtalk", "gmail", "apple",
    "thunderbird", "phone",
)  # fmt: skip
POSITIONS = ("above", "below", "inside")


def test_each_client_answers_above_below_and_inside_as_text_and_as_html() -> None:
    kinds = {"text": "text/plain", "html": "text/html"}
    missing = []
    for client, position, form in product(CLIENTS, POSITIONS, kinds):
        path = FILES.get(f"matrix-{client}-{position}-{form}")
        kind = message_from_bytes(path.read_bytes()).get_content_type() if path else None
        if kind != kinds[form]:
            missing.append((client, position, form))
    assert missing == []


def test_each_charset_stands_with_each_position() -> None:
    seen = set()
    for position in POSITIONS:
        for path in MAILS.glob(f"matrix-*-{position}-*.eml"):
            seen.add((message_from_bytes(path.read_bytes()).get_content_charset(), position))
    wanted = set(product(("gbk", "gb18030", "big5", "utf-8"), POSITIONS))
    assert wanted - seen == set()


def test_only_answers_in_unmarked_quotes_have_a_limit() -> None:
    limited = {
        name: limit
        for name in CASES
        if (limit := json.loads((MAILS / f"{name}.json").read_text("utf-8")).get("limit"))
    }
    assert set(limited.values()) == {"unmarked-quote"}
    assert [name for name in limited if "-above-" in name] == []
