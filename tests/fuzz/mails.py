"""Strategies for well-formed mails: trees of parts, charsets, encodings, split words and names.

What clients write is drawn, never what only a grammar allows: characters that are in use, parts
that are closed, labels that tell the truth. Nothing of such a mail may be lost.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

# Label on the mail → Python's codec for what is written under it.
CHARSETS = {
    "gb2312": "gb2312", "gbk": "gbk", "GB18030": "gb18030", "big5": "cp950",
    "big5-hkscs": "big5hkscs", "utf-8": "utf-8", "UTF-8": "utf-8", "hz-gb-2312": "hz",
    "utf-16": "utf-16",
}  # fmt: skip
IN_WORDS = ("gb2312", "gbk", "GB18030", "big5", "utf-8")
ENCODINGS = ("base64", "quoted-printable", "8bit")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
MARKS = " ,.;:!?()'\"#%&+/=@_|"
# First level of GB 2312, and of Big5: the characters of daily use.
SIMPLIFIED = "".join(
    bytes((lead, trail)).decode("gb2312")
    for lead in range(0xB0, 0xD8)
    for trail in range(0xA1, 0xFF)
    if not (lead == 0xD7 and trail > 0xF9)
)
TRADITIONAL = "".join(
    bytes((lead, trail)).decode("cp950")
    for lead in range(0xA4, 0xC6)
    for trail in range(0xA1, 0xFF)
)
POINTS = "，。；：！？（）“”、"
RARE = "喆镕㑇𠮷𰻞€"


def alphabet(label: str) -> str:
    """Characters that people write in mails of that charset."""
    own = {
        "gb2312": SIMPLIFIED + POINTS,
        "hz-gb-2312": SIMPLIFIED + POINTS,
        "gbk": SIMPLIFIED + TRADITIONAL + POINTS + "喆镕",
        "big5": TRADITIONAL,
        "big5-hkscs": TRADITIONAL,
    }.get(label, SIMPLIFIED + TRADITIONAL + POINTS + RARE)
    return LETTERS + own


def texts(label: str, *, marks: str = "", most: int = 60) -> st.SearchStrategy[str]:
    """Texts of one line without blanks at either end, with one character of Chinese at least:
    else there is nothing that could tell a charset."""
    inner = alphabet(label)
    return st.tuples(
        st.sampled_from(inner[len(LETTERS) :][:3000]),
        st.text(st.sampled_from(inner + marks), max_size=most),
        st.sampled_from(LETTERS),
    ).map("".join)


@dataclass(frozen=True)
class Written:
    """Bytes as they go over the wire, and the characters that they stand for."""

    raw: bytes
    text: str


@st.composite
def words(draw: st.DrawFn, most: int = 40) -> Written:
    """A field value in encoded words, cut anywhere: inside a character, too (RFC 2047)."""
    label = draw(st.sampled_from(IN_WORDS))
    text = draw(texts(label, marks=MARKS, most=most))
    data = text.encode(CHARSETS[label])
    pieces: list[bytes] = []
    while data:
        size = draw(st.integers(1, 30))
        pieces.append(_word(draw(st.sampled_from("BQ")), label, data[:size]))
        data = data[size:]
    fold = draw(st.sampled_from([b"\r\n ", b"\r\n\t", b" "]))
    return Written(fold.join(pieces), text)


def _word(kind: str, label: str, data: bytes) -> bytes:
    shown = base64.b64encode(data) if kind == "B" else b"".join(b"=%02X" % one for one in data)
    return f"=?{label}?{kind}?".encode() + shown + b"?="


@st.composite
def names(draw: st.DrawFn) -> Written:
    """A parameter ``filename`` in sections, cut anywhere (RFC 2231)."""
    label = draw(st.sampled_from(IN_WORDS))
    text = draw(texts(label)) + ".txt"
    data = text.encode(CHARSETS[label])
    sections: list[str] = []
    while data:
        size = draw(st.integers(1, 20))
        sections.append(quote_from_bytes(data[:size], safe=""))
        data = data[size:]
    if len(sections) == 1 and draw(st.booleans()):
        return Written(f"filename*={label}''{sections[0]}".encode(), text)
    sections[0] = f"{label}''{sections[0]}"
    shown = [f"filename*{at}*={one}" for at, one in enumerate(sections)]
    return Written(";\r\n ".join(shown).encode(), text)


@st.composite
def bodies(draw: st.DrawFn) -> Written:
    """A text part with its own header: a charset, an encoding, a few lines."""
    label = draw(st.sampled_from(sorted(CHARSETS)))
    text = "\n".join(draw(st.lists(texts(label, marks=MARKS), min_size=1, max_size=4)))
    data = text.replace("\n", "\r\n").encode(CHARSETS[label])
    encoding = draw(st.sampled_from(ENCODINGS))
    if label == "utf-16":
        encoding = "base64"
    head = f"Content-Type: text/plain; charset={label}\r\nContent-Transfer-Encoding: {encoding}"
    return Written(head.encode() + b"\r\n\r\n" + encoded(data, encoding), text)


def encoded(data: bytes, encoding: str) -> bytes:
    """Under one transfer encoding."""
    if encoding == "base64":
        return base64.encodebytes(data).replace(b"\n", b"\r\n")
    if encoding == "quoted-printable":
        return binascii.b2a_qp(data).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return data


@dataclass(frozen=True)
class Tree:
    """A part and all below it; its readable texts and its files, in order."""

    raw: bytes
    texts: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


@st.composite
def files(draw: st.DrawFn) -> Tree:
    """An attachment with a Chinese name."""
    name = draw(names())
    content = draw(st.binary(min_size=1, max_size=60))
    head = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
    head += b"Content-Disposition: attachment; " + name.raw + b"\r\n\r\n"
    return Tree(head + encoded(content, "base64"), (), ((name.text, content),))


@st.composite
def trees(draw: st.DrawFn, depth: int = 0) -> Tree:
    """``multipart/mixed`` of texts, files and others of its kind, every boundary closed."""
    leaf = st.one_of(bodies().map(lambda one: Tree(one.raw, (one.text,))), files())
    below = leaf if depth >= 3 else st.one_of(leaf, trees(depth=depth + 1))
    first = Tree(*(lambda one: (one.raw, (one.text,)))(draw(bodies())))
    children = [first, *draw(st.lists(below, max_size=3))]
    mark = f"=_{depth}_{draw(st.text(LETTERS, min_size=1, max_size=20))}"
    preamble = draw(st.sampled_from([b"", b"This is a multi-part message.\r\n", b"\r\n"]))
    raw = f'Content-Type: multipart/mixed;\r\n boundary="{mark}"\r\n\r\n'.encode() + preamble
    for child in children:
        raw += f"--{mark}\r\n".encode() + child.raw + b"\r\n"
    raw += f"--{mark}--\r\n".encode()
    return Tree(
        raw,
        tuple(text for child in children for text in child.texts),
        tuple(file for child in children for file in child.files),
    )
