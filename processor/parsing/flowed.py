"""``format=flowed`` (RFC 3676): soft line breaks taken back out of a text."""

from __future__ import annotations


def unflowed(text: str, *, delsp: bool) -> str:
    """Paragraphs as they were typed; quote depth is kept by its ``>`` marks.

    ``delsp`` is the parameter DelSp=yes: the space before a soft break goes too, which is how
    clients break Chinese.
    """
    out: list[list[str]] = []
    open_depth = -1  # depth of a paragraph that waits for its next line, -1: none
    for line in text.split("\n"):
        stripped = line.lstrip(">")
        depth = len(line) - len(stripped)
        if stripped.startswith(" "):
            stripped = stripped[1:]
        soft = stripped.endswith(" ") and stripped != "-- "
        if soft and delsp:
            stripped = stripped[:-1]
        if open_depth == depth and stripped != "-- ":
            out[-1].append(stripped)
        else:
            out.append([f"{'>' * depth} {stripped}" if depth else stripped])
        open_depth = depth if soft else -1
    return "\n".join("".join(parts) for parts in out)
