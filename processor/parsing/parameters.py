"""Parameters of Content-Type and Content-Disposition: RFC 2045, RFC 2231 and what clients send."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from processor.parsing import charset, headers
from processor.parsing.defects import Defects

_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]++|\\.)*(?:"|$)|[^;]*)', re.DOTALL)
_SECTION = re.compile(r"^(.*?)(?:\*(\d{1,4}))?(\*)?$")
_MOST = 200
_LONGEST = 16_000


def parse_value(raw: str, defects: Defects) -> tuple[str, dict[str, str]]:
    """The main value, lower-cased, and the parameters by lower-cased name, decoded.

    ``raw`` is the field as opened (surrogate escapes for 8-bit bytes). RFC 2231 sections are
    joined as bytes before they become characters, for long names are split inside them.
    """
    value = headers.unfolded(raw[:_LONGEST])
    main, semicolon, _ = value.partition(";")
    if not semicolon:
        return main.strip().lower(), {}
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for count, found in enumerate(_PARAMETER.finditer(value, len(main))):
        if count >= _MOST:
            defects.note("cut:parameters")
            break
        name, text = found[1].lower(), _unquoted(found[2])
        if "*" not in name:
            plain.setdefault(name, text)
            continue
        parts = _SECTION.match(name)
        if parts:
            number = int(parts[2] or 0)
            sections.setdefault(parts[1], {}).setdefault(number, (text, bool(parts[3])))
    out = {name: headers.decoded(text, defects) for name, text in plain.items()}
    for name, pieces in sections.items():
        out[name] = _joined(pieces, defects)
    return main.strip().lower(), out


def _unquoted(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        text = text[1:]
        # A quote that was never closed ends where the next parameter begins.
        text = text[:-1] if text.endswith('"') else text.split(";", 1)[0]
        if "\\" in text:
            # Old Outlook sends Windows paths; a backslash quotes only a quote or itself.
            text = text.replace('\\"', '"').replace("\\\\", "\\")
    elif len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1]
    return text


def _joined(pieces: dict[int, tuple[str, bool]], defects: Defects) -> str:
    label = ""
    data = b""
    for order, number in enumerate(sorted(pieces)):
        text, extended = pieces[number]
        if order == 0 and text.count("'") >= 2 and extended:
            label, _, text = text.split("'", 2)
        raw = headers.octets(text)
        data += unquote_to_bytes(raw) if extended else raw
    if not label and b"=?" in data:
        return headers.decoded(data.decode("utf-8", "surrogateescape"), defects)
    return charset.decode(data, label or None, defects)
