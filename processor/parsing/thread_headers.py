"""What ties a mail to a conversation: Message-IDs, References, and the subject without prefixes."""

from __future__ import annotations

import re

from processor.parsing.limits import DEFAULT_LIMITS

_ANGLED = re.compile(r"<([^<>\s]+(?:\s+[^<>\s]+)*)>")
_BARE = re.compile(r"[^\s<>,;()\"]{1,250}@[^\s<>,;()\"]{1,250}")
_PREFIX = re.compile(
    r"^\s*(?:\[(?:外部邮件|外部|external|ext)\]\s*)?"
    r"(?:(?:re|fw|fwd|aw|antw|wg|sv|vs|vb|tr|rif|rv|odp|pd|ynt|ilt|res|enc|fs|ref"
    r"|回复|回覆|答复|答覆|转发|轉寄|轉發|转寄|回信|自动回复|自動回覆|返信|転送)"
    r"(?:\s*[\[(（【]\s*\d+\s*[\])）】])?\s*[:：]\s*)",
    re.IGNORECASE,
)


def message_ids(*values: str, most: int = DEFAULT_LIMITS.references) -> tuple[str, ...]:
    """The Message-IDs of fields such as References, without angle brackets, each once.

    RFC 5322 (3.6.4) separates them by white space; Foxmail and QQ Mail write commas, others
    nothing at all, and some forget the brackets.
    """
    found: dict[str, None] = {}
    for value in values:
        angled = _ANGLED.findall(value)
        for item in angled or _BARE.findall(value):
            found["".join(item.split())] = None
            if len(found) >= most:
                return tuple(found)
    return tuple(found)


def one_message_id(value: str) -> str:
    """The identifier of a Message-ID field, without angle brackets; empty when there is none."""
    found = message_ids(value, most=1)
    return found[0] if found else value.strip().strip("<>").strip()


_ANSWER = re.compile(
    r"^\s*(?:\[(?:外部邮件|外部|external|ext)\]\s*)?"
    r"(?:re|aw|antw|sv|vs|rif|odp|ynt|res|回复|回覆|答复|答覆|回信|返信)"
    r"(?:\s*[\[(（【]\s*\d+\s*[\])）】])?\s*[:：]",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^\s*(?:\[(?:外部邮件|外部|external|ext)\]\s*)?"
    r"(?:fw|fwd|wg|vb|tr|rv|pd|ilt|enc|fs|转发|轉寄|轉發|转寄|転送)"
    r"(?:\s*[\[(（【]\s*\d+\s*[\])）】])?\s*[:：]",
    re.IGNORECASE,
)


def says_answer(subject: str) -> bool:
    """Whether the subject's outermost prefix says that this answers something."""
    return _ANSWER.match(subject) is not None


def says_forward(subject: str) -> bool:
    """Whether the subject's outermost prefix says that this hands something on."""
    return _FORWARD.match(subject) is not None


def bare_subject(subject: str) -> str:
    """The subject without ``Re:``, ``回复：``, ``转发:`` and their like, however often repeated."""
    while True:
        found = _PREFIX.match(subject)
        if not found:
            return subject.strip()
        subject = subject[found.end() :]
