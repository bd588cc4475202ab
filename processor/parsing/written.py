"""An attached mail as bytes again, its fields as they came: what a colleague would forward."""

from __future__ import annotations

from email.generator import BytesGenerator
from email.message import Message as Part
from email.policy import Compat32
from io import BytesIO


class _AsItCame(Compat32):
    """Fields are neither folded anew nor encoded: the library's own way stumbles over both."""

    def fold_binary(self, name: str, value: object) -> bytes:
        """One field with its line end."""
        return f"{name}: {value}{self.linesep}".encode("utf-8", "surrogateescape")


_POLICY = _AsItCame()


def written(part: Part) -> bytes:
    """An attached mail, or a multipart that is itself an attachment; empty when it cannot be."""
    inner = part.get_payload()
    whole = [part]
    if part.get_content_maintype() == "message" and isinstance(inner, list):
        whole = [item for item in inner if isinstance(item, Part)]
    out = BytesIO()
    try:
        for item in whole:
            BytesGenerator(out, mangle_from_=False, policy=_POLICY).flatten(item)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return b""
    return out.getvalue()
