"""An attached mail as bytes again, its fields as they came: what a colleague would forward."""

from __future__ import annotations

from email.errors import MessageError
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


def _name_boundaries(part: Part) -> None:
    """The library draws a missing boundary by lot: the same mail would give other bytes."""
    for number, one in enumerate(part.walk()):
        if one.get_content_maintype() == "multipart" and not one.get_boundary():
            one.set_boundary(f"=_boundary_{number}")


def written(part: Part) -> bytes:
    """An attached mail, or a multipart that is itself an attachment; empty when it cannot be."""
    inner = part.get_payload()
    whole = [part]
    if part.get_content_maintype() == "message" and isinstance(inner, list):
        whole = [item for item in inner if isinstance(item, Part)]
    out = BytesIO()
    try:
        for item in whole:
            _name_boundaries(item)
            BytesGenerator(out, mangle_from_=False, policy=_POLICY).flatten(item)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError):
        return b""
    return out.getvalue()
