"""Who wrote it: a person, an absence notice, a bounce, a list or a report; with the signs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from processor.domain.message import MessageKind

_SUBJECT = re.compile(
    r"^\s*(?:自动回复|自動回覆|自动答复|外出自动回复|automatic reply|auto(?:matic)?[- ]?(?:reply|response)"
    r"|out of (?:the )?office|abwesenheitsnotiz|réponse automatique|vacation reply)",
    re.IGNORECASE,
)


def judge(
    fields: Mapping[str, tuple[str, ...]], bounce_signs: tuple[str, ...], subject: str
) -> tuple[MessageKind, tuple[str, ...]]:
    """The kind of writer and the signs, weighed from header fields."""
    if bounce_signs:
        return MessageKind.BOUNCE, bounce_signs
    signs = []
    auto = fields.get("auto-submitted", ("",))[0].split(";")[0].strip().lower()
    if auto and auto != "no":
        signs.append(f"auto-submitted:{auto}")
    for name in ("x-autoreply", "x-autorespond"):
        if name in fields:
            signs.append(name)
    if signs:
        return MessageKind.AUTO_REPLY, tuple(signs)
    if "list-id" in fields:
        return MessageKind.LIST, ("list-id",)
    return MessageKind.HUMAN, ()
