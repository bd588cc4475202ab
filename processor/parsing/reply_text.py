"""What the person newly wrote, apart from quotes and signature."""

from __future__ import annotations

import re

_HEAD = re.compile(r"^\s*(?:On .{5,200} wrote:|在.{5,200}写道[:：]|于.{5,200}写道[:：])\s*$")
_ORIGINAL = re.compile(
    r"^\s*-{2,}\s*(?:Original Message|原始邮件|邮件原件|回复的原邮件)\s*-{2,}\s*$", re.I
)
_SIGNATURE = re.compile(r"^(?:-- ?|发自我的.{0,30}|Sent from my .{0,40})$")


def reply_text(text: str) -> str:
    """The new words of a plain text body."""
    kept: list[str] = []
    for line in text.split("\n"):
        if _ORIGINAL.match(line):
            break
        if line.startswith(">") or _HEAD.match(line):
            continue
        if _SIGNATURE.match(line):
            break
        kept.append(line)
    return "\n".join(kept).strip()
