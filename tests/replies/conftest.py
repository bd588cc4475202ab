"""The packaged catalogues, a made-up case and a composer that writes letters of it."""

from __future__ import annotations

import email
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from processor.domain.outgoing import Outgoing
from processor.domain.wording import Words
from processor.replies.compose import Composer
from processor.replies.samples import Sample
from processor.settings.words import catalogue

ROOT = Path(__file__).resolve().parents[2]
SECRET = b"0123456789abcdef0123456789abcdef"
AT = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)  # Monday 09:10 in Shanghai
NUMBER = "INC-20261123-0001"
SYNONYMS = {
    "accept": {"zh": ("接单", "接受"), "en": ("accept",)},
    "resolve": {"zh": ("解决",), "en": ("resolve",)},
    "reply": {"zh": ("回复",), "en": ("reply",)},
    "assign": {"zh": ("分派",), "en": ("assign",)},
    "confirm": {"zh": ("确认",), "en": ("confirm",)},
    "reopen": {"zh": ("未解决",), "en": ("reopen",)},
    "rate": {"zh": ("评分",), "en": ("rate",)},
    "cancel": {"zh": ("撤销",), "en": ("cancel",)},
    "status": {"zh": ("状态",), "en": ("status",)},
    "queue": {"zh": ("队列",), "en": ("queue",)},
    "help": {"zh": ("帮助",), "en": ("help",)},
}


@dataclass(frozen=True)
class Box:
    name: str = "desk"
    address: str = "desk@example.com"
    subaddress: str = "+"
    staff_text: str = "note"
    display_name: dict[str, str] = field(
        default_factory=lambda: {"zh": "IT 服务台", "en": "IT Service Desk"}
    )


@pytest.fixture(scope="session")
def words() -> dict[str, Words]:
    return {language: catalogue(language) for language in ("zh", "en")}


@pytest.fixture(scope="session")
def sample(words: dict[str, Words]) -> Sample:
    return Sample(words["zh"], AT)


@pytest.fixture(scope="session")
def samples(words: dict[str, Words]) -> dict[str, Sample]:
    return {language: Sample(said, AT) for language, said in words.items()}


@pytest.fixture(scope="session")
def make(words: dict[str, Words], sample: Sample) -> Callable[..., Composer]:
    """A composer; keywords replace its parameters."""

    def build(**changed: Any) -> Composer:
        given: dict[str, Any] = {
            "templates": (ROOT / "templates",),
            "words": words,
            "secret": SECRET,
            "mailboxes": (Box(),),
            "zone": "Asia/Shanghai",
            "synonyms": SYNONYMS,
            "organisation": "示例科技",
            "directory": sample.directory,
            "categories": sample.categories,
        }
        return Composer(**(given | changed))

    return build


@pytest.fixture(scope="session")
def composer(make: Callable[..., Composer]) -> Composer:
    return make()


@pytest.fixture(scope="session")
def read() -> Callable[[Outgoing], EmailMessage]:
    """What a mail client makes of the bytes; a defect anywhere fails."""

    def parse(mail: Outgoing) -> EmailMessage:
        parsed = email.message_from_bytes(mail.raw, policy=policy.default)
        for part in parsed.walk():
            assert part.defects == []
            for name, value in part.items():
                # Encoded words in a quoted file name are against RFC 2047 5 and what every
                # mail client in China writes and reads; the RFC 2231 name stands beside it.
                old = name == "Content-Type" and part.get_filename()
                assert old or not getattr(value, "defects", ()), value
        return parsed

    return parse


@pytest.fixture(scope="session")
def text_of(read: Callable[[Outgoing], EmailMessage]) -> Callable[..., str]:
    """The ``plain`` or ``html`` body of a mail."""

    def body(mail: Outgoing, kind: str = "plain") -> str:
        found = read(mail).get_body((kind,))
        assert found is not None
        content = found.get_content()
        assert isinstance(content, str)
        return content.replace("\r\n", "\n")

    return body
