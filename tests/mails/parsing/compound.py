"""A compound file (MS-CFB, version 3) of the smallest kind, and in it an Outlook message."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096
UNICODE, BYTES, LONG, TIME = 0x001F, 0x0102, 0x0003, 0x0040


@dataclass
class Storage:
    """A folder: names with either bytes or another folder behind them."""

    entries: dict[str, bytes | Storage] = field(default_factory=dict)


def compound(root: Storage) -> bytes:
    """The bytes of a file with this tree."""
    flat: list[tuple[str, int, bytes, int]] = []  # name, kind, content, child
    siblings: list[int] = []

    def add(name: str, kind: int, content: bytes) -> int:
        flat.append((name, kind, content, FREE))
        siblings.append(FREE)
        return len(flat) - 1

    def fill(at: int, storage: Storage) -> None:
        before = -1
        for name, item in storage.entries.items():
            one = add(name, 2, item) if isinstance(item, bytes) else add(name, 1, b"")
            if before < 0:
                flat[at] = (*flat[at][:3], one)
            else:
                siblings[before] = one
            before = one
            if isinstance(item, Storage):
                fill(one, item)

    fill(add("Root Entry", 5, b""), root)
    sectors: list[bytes] = []
    table: list[int] = []
    mini, mini_table = b"", []

    def store(content: bytes) -> int:
        first = len(sectors)
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        sectors.extend(pieces)
        table.extend([*range(first + 1, first + len(pieces)), END] if pieces else [])
        return first if pieces else END

    starts = []
    for _, kind, content, _ in flat:
        if kind != 2 or not content:
            starts.append(END)
        elif len(content) < CUTOFF:
            count = -(-len(content) // MINI)
            starts.append(len(mini_table))
            mini_table += [*range(len(mini_table) + 1, len(mini_table) + count), END]
            mini += content.ljust(count * MINI, b"\0")
        else:
            starts.append(store(content))
    starts[0] = store(mini)
    entries = b""
    for at, (name, kind, content, child) in enumerate(flat):
        label = name.encode("utf-16-le") + b"\0\0"
        size = len(mini) if at == 0 else len(content)
        entries += label.ljust(64, b"\0") + struct.pack(
            "<HBBIII16xIQQIQ", len(label), kind, 1, FREE, siblings[at], child, 0, 0, 0, starts[at], size
        )
    directory = store(entries.ljust(-(-len(entries) // SECTOR) * SECTOR, b"\0"))
    minis = struct.pack(f"<{len(mini_table)}I", *mini_table)
    first_mini = store(minis.ljust(-(-len(minis) // SECTOR) * SECTOR, b"\xff"))
    count = -(-(len(table) + 2) // (SECTOR // 4 - 1))
    places = [len(sectors) + at for at in range(count)]
    table += [FAT] * count
    data = struct.pack(f"<{len(table)}I", *table).ljust(count * SECTOR, b"\xff")
    sectors += [data[at : at + SECTOR] for at in range(0, len(data), SECTOR)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, CUTOFF,
        first_mini, -(-len(minis) // SECTOR), END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", *(places + [FREE] * (109 - count)))
    return head + b"".join(sectors)


def properties(head: bytes, values: dict[int, object]) -> dict[str, bytes | Storage]:
    """The streams of MAPI properties: strings, bytes and numbers by their ids."""
    out: dict[str, bytes | Storage] = {}
    rows = head
    for pid, value in values.items():
        if isinstance(value, int):
            kind = TIME if value > 0xFFFFFFFF else LONG
            rows += struct.pack("<IIQ", pid << 16 | kind, 6, value)
            continue
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        kind = UNICODE if isinstance(value, str) else BYTES
        assert isinstance(data, bytes)
        out[f"__substg1.0_{pid:04X}{kind:04X}"] = data
        rows += struct.pack("<IIII", pid << 16 | kind, 6, len(data) + 2 * (kind == UNICODE), 0)
    out["__properties_version1.0"] = rows
    return out


def outlook(
    values: dict[int, object],
    recipients: tuple[dict[int, object], ...] = (),
    files: tuple[dict[int, object], ...] = (),
) -> bytes:
    """A message as Outlook saves it."""
    head = struct.pack("<8x4I8x", len(recipients), len(files), len(recipients), len(files))
    tree = properties(head, {0x001A: "IPM.Note", 0x340D: 0x00040000, **values})
    for kind, group in (("recip", recipients), ("attach", files)):
        for at, one in enumerate(group):
            tree[f"__{kind}_version1.0_#{at:08X}"] = Storage(properties(bytes(8), one))
    return compound(Storage(tree))
