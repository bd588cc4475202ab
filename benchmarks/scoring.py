"""How well one mail was understood, and all of a folder: what was found against what is known."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from processor.domain.message import Message, MessageKind
from processor.parsing.parse import parse, read_html, read_plain

MACHINES = frozenset(MessageKind) - {MessageKind.HUMAN}


@dataclass
class Score:
    """Hits and tries of one column; the misses as (file, expected, found)."""

    tries: int = 0
    hits: int = 0
    misses: list[tuple[str, object, object]] = field(default_factory=list)

    def add(self, file: str, expected: object, found: object, *, hit: bool) -> None:
        self.tries += 1
        self.hits += hit
        if not hit:
            self.misses.append((file, expected, found))

    @property
    def share(self) -> float:
        return 100.0 * self.hits / self.tries if self.tries else 100.0


Board = dict[tuple[str, str], dict[str, Score]]


def folded(text: str) -> str:
    """White space folded and NUL dropped: line ends, indents and controls are not its words."""
    return " ".join(text.replace("\x00", "").split())


def alike(found: str, wanted: str) -> bool:
    """Whether both say the same; where the source lost a character (U+FFFD), any is right."""
    if folded(found) == folded(wanted):
        return True
    if "\ufffd" not in wanted:
        return False
    pattern = re.escape(folded(wanted)).replace("\ufffd", ".")
    return re.fullmatch(pattern, folded(found)) is not None


def people(value: object) -> list[tuple[str, str]]:
    """Expected addresses in the form that ours take."""
    pairs = value if isinstance(value, list) else [[None, value]]
    return [(str(pair[0] or "").strip(), str(pair[1])) for pair in pairs]


def measure_bare(entry: dict[str, Any], raw: bytes, row: dict[str, Score]) -> None:
    """One bare body: only its new words are asked for."""
    expect, file = entry["expect"], entry["file"]
    text = raw.decode("utf-8", "replace")
    found = read_html(text) if entry["kind"] == "html_body" else read_plain(text)
    row["crash"].add(file, "", "", hit=True)
    if "visible_reply" in expect:
        wanted = expect["visible_reply"]
        row["reply"].add(file, wanted, found, hit=folded(found) == folded(wanted))
    if "visible_startswith" in expect:
        wanted = expect["visible_startswith"]
        row["reply"].add(file, wanted, found, hit=folded(found).startswith(folded(wanted)))
    if "visible_reply_nospace" in expect:
        wanted = expect["visible_reply_nospace"]
        row["reply"].add(file, wanted, found, hit="".join(found.split()) == wanted)
    if "visible_regex" in expect:
        hit = all(re.search(one, found, re.MULTILINE) for one in expect["visible_regex"])
        row["reply"].add(file, expect["visible_regex"], found, hit=hit)


def measure_mail(entry: dict[str, Any], raw: bytes, row: dict[str, Score]) -> None:
    """One whole mail against everything that its source knows about it."""
    expect, file = entry["expect"], entry["file"]
    mail = parse(raw)
    crashed = [note for note in mail.defects if note.startswith("unreadable")]
    row["crash"].add(file, "", crashed, hit=not crashed)
    measure_content(expect, file, mail, row)
    measure_machine(expect, file, mail, row)


def measure_content(
    expect: dict[str, Any], file: str, mail: Message, row: dict[str, Score]
) -> None:
    """Subject, addresses, identifiers, text, files, new words."""
    if "subject" in expect:
        hit = alike(mail.subject, expect["subject"])
        row["subject"].add(file, expect["subject"], mail.subject, hit=hit)
    for key, found in (("from", mail.sender), ("to", mail.to)):
        if key in expect:
            wanted = people(expect[key])
            got = [(one.name, one.address) for one in found]
            lower = [(name, address.lower()) for name, address in wanted]
            hit = len(got) == len(lower) and all(
                alike(mine[0], theirs[0]) and mine[1].lower() == theirs[1]
                for mine, theirs in zip(got, lower, strict=True)
            )
            row[key].add(file, wanted, got, hit=hit)
    if "from_addr" in expect:
        got_one = mail.author.address if mail.author else ""
        row["from"].add(file, expect["from_addr"], got_one, hit=got_one == expect["from_addr"])
    if "message_id" in expect:
        hit = mail.message_id == expect["message_id"]
        row["message_id"].add(file, expect["message_id"], mail.message_id, hit=hit)
    if "body_text" in expect:
        hit = alike(mail.text, expect["body_text"])
        row["text"].add(file, expect["body_text"], mail.text, hit=hit)
    if "n_attachments" in expect:
        names = [item.name for item in mail.attachments]
        hit = len(names) == expect["n_attachments"]
        row["attachments"].add(file, expect["n_attachments"], names, hit=hit)
    if "visible_reply" in expect:
        hit = folded(mail.reply_text) == folded(expect["visible_reply"])
        row["reply"].add(file, expect["visible_reply"], mail.reply_text, hit=hit)


def measure_machine(
    expect: dict[str, Any], file: str, mail: Message, row: dict[str, Score]
) -> None:
    """Bounce, auto-reply, report, or a person."""
    kind, why = mail.kind, (str(mail.kind), mail.kind_reasons)
    if expect.get("is_delivery_notice"):
        row["report"].add(file, "report", why, hit=kind is MessageKind.REPORT)
    elif expect.get("is_bounce"):
        row["bounce"].add(file, "bounce", why, hit=kind is MessageKind.BOUNCE)
    if (expect.get("is_bounce") is False and not expect.get("is_machine")) or expect.get(
        "is_machine"
    ) is False:
        row["person"].add(file, "human", why, hit=kind is MessageKind.HUMAN)
    if expect.get("is_auto_reply"):
        row["auto"].add(file, "auto_reply", why, hit=kind is MessageKind.AUTO_REPLY)
    if expect.get("is_feedback_report"):
        row["report"].add(file, "report", why, hit=kind is MessageKind.REPORT)
    if expect.get("is_machine"):
        row["machine"].add(file, "machine", why, hit=kind in MACHINES)
    found = sorted({one.address.lower() for one in mail.failed_recipients})
    if "failed_addresses" in expect:
        wanted = sorted({one.lower() for one in expect["failed_addresses"]})
        row["address"].add(file, wanted, found, hit=found == wanted)
    if expect.get("is_bounce") and expect.get("dsn") and not expect.get("is_delivery_notice"):
        # The source's codes are partly its own inventions; their class says what became of it.
        wanted_lasting = sorted(one["status"][:1] == "5" for one in expect["dsn"])
        lasting = sorted(one.permanent for one in mail.failed_recipients)
        codes = [f"{one.address} {one.status}" for one in mail.failed_recipients]
        hit = lasting == wanted_lasting
        row["permanent"].add(file, [one["status"] for one in expect["dsn"]], codes, hit=hit)
    if "temporary" in expect and mail.failed_recipients:
        temporary = not any(one.permanent for one in mail.failed_recipients)
        hit = temporary == expect["temporary"]
        row["permanent"].add(file, {"temporary": expect["temporary"]}, found, hit=hit)


def measure(folder: Path, only: str = "") -> Board:
    """Every entry of the folder's index, scored."""
    board: Board = defaultdict(lambda: defaultdict(Score))
    for entry in json.loads((folder / "index.json").read_text("utf-8")):
        if only and entry["set"] != only:
            continue
        row = board[entry["set"], entry["level"]]
        raw = (folder / entry["file"]).read_bytes()
        if entry["kind"] == "raw_message":
            measure_mail(entry, raw, row)
        else:
            measure_bare(entry, raw, row)
    return board
