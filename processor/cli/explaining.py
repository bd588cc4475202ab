"""`parse --explain`: each line of a mail with what it was held to be, and by which sign."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.cli.frame import emit, say, sentence

if TYPE_CHECKING:
    from processor.parsing.limits import ParseLimits
    from processor.parsing.line_labels import Verdict


def explained(name: str, *, plain: bool, as_json: bool, limits: ParseLimits) -> None:
    """Print the lines of every message of a file; ``plain``: of a bare text body.

    Raises OSError when the file cannot be read.
    """
    from processor.bootstrap.ingesting import messages_in
    from processor.parsing.charset import decode
    from processor.parsing.defects import Defects
    from processor.parsing.parse import explain, explain_plain

    if plain:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        verdicts = [explain_plain(decode(raw, None, Defects()))]
    else:
        verdicts = [explain(raw, limits) for raw in messages_in(name)]
    for verdict in verdicts:
        lines = lines_of(verdict)
        if as_json:
            emit({"file": name, "lines": lines})
        else:
            for line in lines:
                say(f"{line['line']}\n    {line['shown']}: {line['why']}" if line["line"] else "")


def lines_of(verdict: Verdict) -> list[dict[str, Any]]:
    """Line, label and reason as the decision itself noted them, and both in the reader's words."""
    return [
        {
            "line": line,
            "label": str(label),
            "reason": reason or str(label),
            "shown": sentence(f"explain.label.{label}"),
            "why": sentence(f"explain.reason.{_key(reason or str(label))}"),
        }
        for line, label, reason in zip(verdict.lines, verdict.labels, verdict.reasons, strict=True)
    ]


def _key(reason: str) -> str:
    return reason.replace("-", "_").replace(":", "_")
