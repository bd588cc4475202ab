"""Bounces: that one came back, for whom, and whether for good."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message as Part

from flufl.bounce import all_failures

from processor.domain.message import FailedRecipient


def read(
    root: Part, fields: Mapping[str, tuple[str, ...]], text: str
) -> tuple[tuple[FailedRecipient, ...], tuple[str, ...]]:
    """The failed recipients and the signs of a bounce; both empty when it is none."""
    path = fields.get("return-path", ("",))[0].strip()
    report = root.get_content_type() == "multipart/report"
    if not report and path != "<>" and "x-failed-recipients" not in fields:
        return (), ()
    temporary, permanent = all_failures(root)
    found = [FailedRecipient(a.decode("utf-8", "replace"), "", True) for a in sorted(permanent)]
    found += [FailedRecipient(a.decode("utf-8", "replace"), "", False) for a in sorted(temporary)]
    return tuple(found), ("delivery-status",) if found else ()
