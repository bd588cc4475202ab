"""Does `rules replay` list exactly the mails that a run from scratch files differently?

    python -m benchmarks.replay_exactness [--mails 5000]

The same made-up mails are taken in by two fresh homes, one with the shipped rules and one with a
changed rule; what each filed is read from its database. Then a third home replays them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import corpus
from processor.settings.home import make_home

CHANGED = """\
- name: our-own-printers
  when: {subject_or_body: {words: [打印机, printer*]}}
  then: {category: application, group: applications, impact: 3}
- name: no-such-thing-as-vpn-trouble
  when: {subject: {words: [vpn]}}
  then: {drop: true}
  stop: true
"""
_FILED = """
    SELECT spool.sha256, spool.disposition, incidents.type, incidents.category, incidents.impact,
           incidents.urgency, incidents.initial_priority, incidents.system, incidents.ci,
           incidents."group", incidents.assignee, incidents.profile, incidents.tags
    FROM spool LEFT JOIN incidents
      ON incidents.number = spool.incident_number AND spool.disposition = 'opened'
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=5000)
    many = parser.parse_args().mails
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        mails = root / "mails"
        mails.mkdir()
        names = {}
        for n, raw in enumerate(corpus(many, seed=5)):
            (mails / f"{n:05}.eml").write_bytes(raw)
            names[hashlib.sha256(raw).hexdigest()] = f"{n:05}.eml"
        old, new, asked = (_home(root / name) for name in ("old", "new", "asked"))
        for home in (new, asked):
            (home / "config" / "rules" / "05-changed.yaml").write_text(CHANGED, "utf-8")
        begun = time.perf_counter()
        for home in (old, new):
            _postdesk(home, "ingest", str(mails))
        scratch = time.perf_counter() - begun
        before, after = _filed(old), _filed(new)
        wanted = {names[sha] for sha in before if before[sha] != after[sha]}
        _postdesk(asked, "db", "upgrade")
        untouched = _print(asked)
        begun = time.perf_counter()
        told = _postdesk(
            asked, "rules", "replay", "--against", str(mails), "--before", str(old), "--json"
        )
        took = time.perf_counter() - begun
        found = json.loads(told)
        listed = {one["mail"] for one in found["differences"]}
        print(f"mails {found['mails']}, two runs from scratch {scratch:.0f} s, replay {took:.0f} s")
        print(f"filed differently from scratch {len(wanted)}, listed by replay {len(listed)}")
        print(f"missed {sorted(wanted - listed)[:9]}, too many {sorted(listed - wanted)[:9]}")
        print(f"by field {found['by_field']}")
        print(f"database unchanged: {_print(asked) == untouched}")
        if listed != wanted or not wanted or _print(asked) != untouched:
            raise SystemExit(1)


def _home(path: Path) -> Path:
    make_home(path, "en")
    return path


def _postdesk(home: Path, *words: str) -> str:
    command = [sys.executable, "-m", "processor", "-c", str(home), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):  # some mails of the corpus end in quarantine
        raise SystemExit(done.stderr)
    return done.stdout


def _filed(home: Path) -> dict[str, tuple[object, ...]]:
    with sqlite3.connect(home / "data" / "postdesk.db") as database:
        return {row[0]: row[1:] for row in database.execute(_FILED)}


def _print(home: Path) -> dict[str, str]:
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and "cache" not in path.parts
    }


if __name__ == "__main__":
    main()
