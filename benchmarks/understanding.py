"""How well mails are understood: a table by sample set, and every miss with what was expected.

Run as ``python benchmarks/understanding.py [--misses] [--set NAME] [FOLDER]``. The folder holds
``index.json`` with one entry a sample: ``set``, ``file``, ``kind``, ``level``, ``expect``.
Every miss is listed with its reason from ``known_limits.yaml``; one without is "unexplained" and
counted. So are the limits of the product's own regression mails. Exit status 1 when a target of the
product is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from processor.domain.message import Message, MessageKind
from processor.parsing.parse import parse, read_html, read_plain

LIMITS = Path(__file__).with_name("known_limits.yaml")
OWN = Path(__file__).resolve().parents[1] / "tests" / "mails" / "parsing"
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "mail-samples"
MACHINES = frozenset(MessageKind) - {MessageKind.HUMAN}
COLUMNS = (
    "crash", "subject", "from", "to", "message_id", "text", "attachments", "reply",
    "bounce", "address", "permanent", "auto", "report", "machine", "person",
)  # fmt: skip


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


def totals(board: Board, *, exact: bool, sets: str = "") -> dict[str, Score]:
    """Columns added up over sets."""
    out: dict[str, Score] = defaultdict(Score)
    for (name, level), row in board.items():
        if (exact and not level.startswith("exact")) or (sets and not name.startswith(sets)):
            continue
        for column, score in row.items():
            out[column].tries += score.tries
            out[column].hits += score.hits
    return out


def targets(board: Board) -> list[tuple[str, float, float]]:
    """(what, reached, wanted) in percent."""
    exact, every = totals(board, exact=True), totals(board, exact=False)
    trimmer = totals(board, exact=True, sets="email_reply_trimmer")
    return [
        ("no crash, all", every["crash"].share, 100.0),
        ("subject, exact", exact["subject"].share, 99.0),
        ("sender, exact", exact["from"].share, 99.0),
        ("text, exact", exact["text"].share, 99.0),
        ("new words, email_reply_trimmer", trimmer["reply"].share, 92.0),
        ("new words, all exact", exact["reply"].share, 85.0),
        ("bounces recognised", exact["bounce"].share, 98.0),
        ("reports recognised", exact["report"].share, 98.0),
        ("failed address", exact["address"].share, 95.0),
        ("no person called a machine", exact["person"].share, 100.0),
    ]


def show(board: Board, console: Console, *, misses: bool) -> bool:
    """Print the table; True when every target is reached."""
    table = Table(title="Understanding, hits of tries by sample set")
    table.add_column("set")
    table.add_column("level")
    for column in COLUMNS:
        table.add_column(column if column != "crash" else "no crash", justify="right")
    for (name, level), row in sorted(board.items()):
        cells = [
            f"{row[column].hits}/{row[column].tries}" if column in row else "" for column in COLUMNS
        ]
        table.add_row(name, level, *cells)
    console.print(table)
    reached = True
    for what, share, wanted in targets(board):
        good = share >= wanted
        reached &= good
        console.print(f"{'reached' if good else 'MISSED '}  {share:6.2f} % of {wanted} %  {what}")
    explain_misses(board, console)
    if misses:
        for (name, level), row in sorted(board.items()):
            for column, score in row.items():
                for file, expected, found in score.misses:
                    console.rule(f"{name} · {level} · {column} · {file}", align="left")
                    console.print(f"wanted: {expected!r}", markup=False, highlight=False)
                    console.print(f"found:  {found!r}", markup=False, highlight=False)
    return reached


def known_limits() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Reasons of the own mails' limits by name, and of samples by file and column."""
    told = YAML(typ="safe").load(LIMITS.read_text("utf-8"))
    return told["own"], told["samples"]


def reason_of(file: str, column: str, samples: dict[str, dict[str, str]]) -> str:
    """Why this is missed; "" where nobody knows."""
    known = samples.get(file, {})
    return known.get(column) or known.get("*", "")


def explain_misses(board: Board, console: Console) -> int:
    """Every miss with its reason; how many have none."""
    own, samples = known_limits()
    unexplained = 0
    for (_, _), row in sorted(board.items()):
        for column, score in row.items():
            for file, *_ in score.misses:
                why = reason_of(file, column, samples)
                unexplained += not why
                say(console, f"missed  {file} · {column}: {why or 'unexplained'}")
    limited = [
        (path.stem, json.loads(path.read_text("utf-8"))["limit"])
        for path in sorted(OWN.glob("*.json"))
        if '"limit"' in path.read_text("utf-8")
    ]
    for limit in sorted({limit for _, limit in limited}):
        names = [name for name, one in limited if one == limit]
        unexplained += len(names) if limit not in own else 0
        say(console, f"limit   {', '.join(names)}: {own.get(limit, 'unexplained')}")
    say(console, f"{unexplained} misses unexplained")
    return unexplained


def say(console: Console, line: str) -> None:
    """A line as it is."""
    console.print(line, markup=False, highlight=False)


def main() -> int:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    reader.add_argument("--misses", action="store_true", help="list every miss")
    reader.add_argument("--set", default="", dest="only", help="one sample set alone")
    choice = reader.parse_args()
    if not (choice.folder / "index.json").is_file():
        print(f"no samples at {choice.folder}: nothing measured", file=sys.stderr)
        return 0
    board = measure(choice.folder, choice.only)
    wide = 200 if not sys.stdout.isatty() else None
    return 0 if show(board, Console(width=wide), misses=choice.misses) else 1


if __name__ == "__main__":
    sys.exit(main())
