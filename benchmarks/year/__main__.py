"""Years of a service desk, made up by a seed: a home to look at reports of.

    python -m benchmarks.year DIR [--count 50000] [--days 365] [--until 2026-11-01] [--lang zh|en]
                                  [--lean] [--seed N]

Makes the home DIR as ``init`` does, with a desk of its own (customers, engineers), and fills its
database. The same options give the same rows. ``--lean`` leaves out what figures do not need of
the journal: that is for a million.
"""

from __future__ import annotations

import argparse
import shutil
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as midnight
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from benchmarks.year import cast
from benchmarks.year.arrivals import arrivals
from benchmarks.year.lives import Lives
from benchmarks.year.rows import Batch, numbered
from processor.settings.home import make_home
from processor.settings.loader import load
from processor.settings.settings import Settings
from processor.store.database import Store

TOGETHER = 2_000
ZONE = ZoneInfo("Asia/Shanghai")


def make(home: Path, language: str) -> Settings:
    """The home of the desk; one that is there gets the configuration that is shipped now."""
    if (home / "config").is_dir():
        with TemporaryDirectory() as folder:
            make_home(Path(folder) / "home", language)
            shutil.rmtree(home / "config")
            shutil.copytree(Path(folder) / "home" / "config", home / "config")
    else:
        make_home(home, language)
    people = home / "config" / "people.yaml"
    people.write_text(cast.people(language, people.read_text("utf-8")), "utf-8")
    (home / "config" / "contracts.yaml").write_text(cast.contracts(language), "utf-8")
    return load(home)


def fill(
    store: Store,
    settings: Settings,
    count: int,
    *,
    days: int,
    until: date,
    seed: int,
    lean: bool = False,
) -> None:
    """``count`` incidents on the ``days`` before ``until`` (in the zone), as they stand then."""
    rng, first = Random(seed), until - timedelta(days=days)
    now = datetime.combine(until, midnight(), ZONE).astimezone(UTC)
    policy = settings.sla
    working = policy.calendars[policy.targets[3].calendar]
    lives = Lives(rng, policy, now, settings.language)
    batch = Batch(policy, whole=not lean)
    moments = arrivals(rng, count, first, days, working, ZONE)
    with store.begin() as work:
        for ordinal, number, at in numbered(moments, ZONE):
            batch.add(ordinal, lives.life(number, at))
            if ordinal % TOGETHER == 0:
                batch.write(work.connection)
        batch.write(work.connection)
        work.recount()


def main() -> None:
    """Make one, and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.year")
    parser.add_argument("home", type=Path)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--until", type=date.fromisoformat, default=date(2026, 11, 1))
    parser.add_argument("--lang", default="zh", choices=("zh", "en"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lean", action="store_true")
    given = parser.parse_args()
    begun = time.perf_counter()
    settings = make(given.home, given.lang)
    store = Store(settings.database, blobs=given.home / "data" / "blobs")
    store.upgrade()
    fill(
        store, settings, given.count,
        days=given.days, until=given.until, seed=given.seed, lean=given.lean,
    )  # fmt: skip
    store.close()
    print(f"{given.count:,} incidents in {given.home}: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
