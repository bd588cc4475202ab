"""Bytes to characters when the label is missing, too narrow or a lie.

The ladder: the declared charset, UTF-8, GB18030, Big5, then chardet. Labels name what the
sender's program was set to, not what it wrote: ``gb2312`` and ``gbk`` are read as GB18030, which
holds both, and Latin labels as the Windows code pages that browsers use for them (WHATWG Encoding
Standard, 4.2). No character is lost without a defect that says so.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from processor.parsing.defects import Defects

_GB = "gb18030"
_WIDER = {
    "gb2312": _GB, "gb_2312-80": _GB, "gb2312-80": _GB, "gb-2312": _GB, "gbk": _GB, "x-gbk": _GB,
    "cp936": _GB, "936": _GB, "ms936": _GB, "windows-936": _GB, "euc-cn": _GB, "euccn": _GB,
    "gb18030": _GB, "gb18030-2000": _GB, "gb-18030": _GB, "chinese": _GB, "csgb2312": _GB,
    "iso-ir-58": _GB, "gb": _GB, "hz": "hz", "hz-gb-2312": "hz", "hzgb2312": "hz",
    "big5": "cp950", "big-5": "cp950", "cn-big5": "cp950", "x-x-big5": "cp950", "csbig5": "cp950",
    "big5-hkscs": "big5hkscs", "big5-eten": "cp950",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "ms_kanji": "cp932",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "ksc5601": "cp949",
    "windows-949": "cp949", "korean": "cp949",
    "us-ascii": "ascii", "ascii": "ascii", "ansi_x3.4-1968": "ascii", "7bit": "ascii",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "iso_8859-1": "cp1252", "8859-1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8",
    "utf8": "utf-8", "utf-8": "utf-8", "utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "x-utf-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "dos-874": "cp874",
    "iso-2022-jp": "iso2022_jp_ext", "csiso2022jp": "iso2022_jp_ext",
}  # fmt: skip
_UNSAID = {"", "unknown-8bit", "x-unknown", "unknown", "8bit", "default", "binary", "none", "y"}
# Codecs that turn bytes into bytes or run code are no charsets, whatever a mail declares.
_NO_TEXT = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
_WESTERN = {"cp1252", "iso8859-15", "cp1254", "iso8859-2", "cp1250", "iso8859-9", "ascii"}
_MULTI = {"gb18030", "cp950", "big5hkscs", "cp932", "cp949", "euc_jp"}
_SHORT = 24  # bytes: a name, of which one character may be rare
_ESCAPED = re.compile(rb"\x1b[$(]|~\{|\+[A-Za-z0-9/]{2,}-")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HIGH = re.compile(rb"[\x80-\xff]")
_C1 = re.compile("[\x80-\x9f]")


@lru_cache(maxsize=256)
def codec_of(label: str) -> str | None:
    """The Python codec that reads text so labelled; None when the label says nothing usable."""
    name = label.strip().strip("\"'").lower().split("*", 1)[0]
    name = name.removeprefix("charset=").strip("\"' ;")
    if name in _UNSAID:
        return None
    known = _WIDER.get(name) or _WIDER.get(name.replace("_", "-"))
    if known:
        return known
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    if not info._is_text_encoding or info.name.replace("-", "_") in _NO_TEXT:
        return None
    return _WIDER.get(info.name, info.name)


def decode(data: bytes, label: str | None, defects: Defects) -> str:
    """Every character of ``data``, the label believed as far as the bytes bear it out. NUL is none:
    no database column for text and few programs take it."""
    text = _decode(data, label, defects)
    return text.replace("\x00", "") if "\x00" in text else text


def _decode(data: bytes, label: str | None, defects: Defects) -> str:
    codec = codec_of(label) if label else None
    if label and codec is None and label.strip().lower() not in _UNSAID:
        defects.note(f"charset-unknown:{label[:40]}")
    if data.isascii():
        return _seven_bit(data, codec)
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
        codec = "utf-8"
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff") and codec in (None, "utf-16"):
        return data.decode("utf-16", "replace")
    if codec in (None, "ascii"):
        return _undeclared(data, defects)
    return _declared(data, codec, label or "", defects)


def _seven_bit(data: bytes, codec: str | None) -> str:
    if codec in (None, "utf-8", "ascii", "cp1252", _GB) and b"\x1b" not in data:
        return data.decode("ascii")
    if codec not in (None, "ascii", "utf-8", _GB, "cp1252"):
        if codec in ("hz", "utf-7") and not _ESCAPED.search(data):
            return data.decode("ascii")
        decoded = _strict(data, codec)
        return data.decode("ascii") if decoded is None else decoded
    if b"\x1b$)C" in data:
        return _strict(data, "iso2022_kr") or data.decode("ascii")
    if b"\x1b$" in data:
        return _strict(data, "iso2022_jp_ext") or data.decode("ascii")
    return data.decode("ascii")


def _strict(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
        return _paired(text) if codec == "utf-7" else text
    except (UnicodeError, LookupError, ValueError):
        return None


def _paired(text: str) -> str:
    """UTF-7 alone lets halves of surrogate pairs through, which nothing can write again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _declared(data: bytes, codec: str, label: str, defects: Defects) -> str:
    as_utf8 = _strict(data, "utf-8")
    if codec == "utf-8":
        if as_utf8 is not None:
            return as_utf8
        return _broken_utf8(data, label, defects)
    if as_utf8 is not None and _is_really_utf8(as_utf8, codec):
        defects.note(f"charset-lies:{label[:40]}")
        return as_utf8
    text = _strict(data, codec)
    if text is None and codec == "cp950":
        text = _strict(data, "big5hkscs")
    if text is None and codec == "cp1252":
        # Five bytes are empty in cp1252; browsers show them as C1 controls.
        text = data.decode("latin-1")
    if text is not None:
        if codec in _WESTERN and _is_really_chinese(data):
            defects.note(f"charset-lies:{label[:40]}")
            return _undeclared(data, defects)
        return text
    return _broken(data, codec, label, defects)


def _is_really_utf8(text: str, codec: str) -> bool:
    """Multi-byte UTF-8 does not come about by chance, except two bytes that GB may mean."""
    if codec in _MULTI:
        return max(text) >= "\u0800"
    if codec.startswith(("utf", "iso2022")):
        return False
    return _C1.search(text) is None


def _is_really_chinese(data: bytes) -> bool:
    """Western letters with accents stand alone; Chinese ones in runs that make common words."""
    if not any(len(run) >= 4 for run in _HIGH_RUN.findall(data)):
        return False
    text = _strict(data, _GB)
    if text is None or len({char for char in text if char > "\x7f"}) < 3:
        return False
    return _plausible(text, _GB) >= 0.7


def _broken_utf8(data: bytes, label: str, defects: Defects) -> str:
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = sum(1 for _ in _HIGH.finditer(data)) - damaged
    if whole >= 6 * damaged:
        defects.note(f"charset-damaged:{label[:40]}")
        return text
    defects.note(f"charset-lies:{label[:40]}")
    return _undeclared(data, defects)


def _broken(data: bytes, codec: str, label: str, defects: Defects) -> str:
    text = data.decode(codec, "replace")
    if codec == "utf-7":
        text = _paired(text)
    damaged = text.count("\ufffd")
    if damaged and sum(ord(char) > 127 for char in text) >= 12 * damaged:
        defects.note(f"charset-damaged:{label[:40]}")
        return text
    defects.note(f"charset-lies:{label[:40]}")
    return _undeclared(data, defects)


def _undeclared(data: bytes, defects: Defects) -> str:
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    best, best_score = "", 0.0
    for codec in (_GB, "cp950", "big5hkscs"):
        text = _strict(data, codec)
        if text is not None:
            score = _plausible(text, codec)
            if score > best_score:
                best, best_score = text, score
    if best_score >= 0.6:
        return best
    hinted = codec_of(defects.hint) if defects.hint else None
    if hinted in _MULTI:
        text = _strict(data, hinted)
        if text is not None:
            return text
    if best_score >= 0.5 and len(data) <= _SHORT:
        return best
    return _guessed(data, defects)


def _plausible(text: str, codec: str) -> float:
    """Share of the characters that writers of that charset really use (its first level)."""
    strange = [char for char in text if char > "\x7f"]
    if not strange:
        return 0.0
    encoded = "".join(strange[:2000])
    common = 0
    if codec == _GB:
        for char in encoded:
            raw = char.encode("gb2312", "ignore")
            common += bool(raw) and (0xB0 <= raw[0] <= 0xD7 or 0xA1 <= raw[0] <= 0xA3)
    else:
        for char in encoded:
            raw = char.encode("cp950", "ignore")
            common += len(raw) == 2 and 0xA1 <= raw[0] <= 0xC6
    return common / len(encoded)


def _guessed(data: bytes, defects: Defects) -> str:
    runs = _HIGH_RUN.findall(data)
    if all(len(run) <= 2 for run in runs) and not any(byte < 0xA0 for run in runs for byte in run):
        defects.note("charset-guessed:cp1252")
        return data.decode("cp1252", "replace")
    import chardet  # slow to import, and nearly no mail needs it

    found = chardet.detect(data[:20_000])
    codec = codec_of(str(found.get("encoding") or "")) if found else None
    if codec:
        text = _strict(data, codec)
        if text is not None:
            defects.note(f"charset-guessed:{codec}")
            return text
    defects.note("charset-unreadable")
    damaged = data.decode(_GB, "replace")
    if damaged.count("\ufffd") * 8 < len(damaged):
        return damaged
    return data.decode("cp1252", "replace")
