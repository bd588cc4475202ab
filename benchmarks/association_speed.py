"""What it costs to find what an incident is like among many, and to have it found.

    python -m benchmarks.association_speed [COUNT] [--url postgresql+psycopg://…]

Fills a database with COUNT (100,000) incidents of the corpus, then opens 2,000 more, ten in a
transaction as under load, while others are archived and leave candidates for the knowledge base. It
prints the median, the 99th percentile and the slowest of a search, by the clock and in CPU time
(where both differ, the machine was busy with something else), and what association adds to an
incident. Targets: a search below 20 ms among 100,000; 0.5 ms an incident.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks import corpus_phrases
from processor.domain.configuration import ConfigurationItem
from processor.domain.incident import Incident, IncidentType, Status
from processor.domain.knowledge import Article, ArticleStatus
from processor.services import association
from processor.services.association import Associator
from processor.settings.association_building import association_of
from processor.settings.packaged import data
from processor.settings.schema.association import AssociationFile
from processor.settings.yaml_nodes import read_tree
from processor.store.database import Store

START = datetime(2024, 1, 1, tzinfo=UTC)
TOGETHER, SEARCHES, ITEMS, ARTICLES = 10, 2_000, 5_000, 2_000


def incidents(count: int, rng: Random, first: int = 0) -> Iterator[Incident]:
    """Incidents of both languages; most of the past ones are closed with a solution."""
    for place in range(first, first + count):
        language = "zh" if rng.random() < 0.6 else "en"
        said = corpus_phrases.complaint(rng, language, place)
        at = START + timedelta(minutes=5 * place)
        sender = corpus_phrases.sender(rng, language)
        yield Incident(
            number=f"INC-{at:%Y%m%d}-{place % 9000 + 1:04d}{place // 9000:03d}",
            type=IncidentType.INCIDENT,
            status=Status.CLOSED if rng.random() < 0.97 else Status.IN_PROGRESS,
            reported_at=at,
            subject=said.subject,
            symptom="\n".join(said.sentences),
            reporter_address=sender.address,
            reporter_name=sender.name,
            language=language,
            solution="" if rng.random() < 0.03 else said.sentences[-1],
        )


def settings() -> Associator:
    """As shipped."""
    raw = (data("config") / "association.yaml").read_bytes()
    return Associator(association_of(AssociationFile.model_validate(read_tree(raw).data)))


def fill(store: Store, associator: Associator, count: int, rng: Random) -> None:
    """Past incidents, knowledge, configuration items."""
    batch = 500
    for first in range(0, count, batch):
        with store.begin() as work:
            for incident in incidents(min(batch, count - first), rng, first):
                work.incidents.add(incident, "postdesk", incident.reported_at, "benchmark")
                terms, titled = associator.terms(incident)
                work.likenesses.keep(incident.number, [t.key for t in terms], titled)
    with store.begin() as work:
        for place in range(ITEMS):
            name = f"SRV-{place:05d}"
            work.items.add(
                ConfigurationItem(
                    name, (f"主机{place:05d}",), address=f"10.{place // 250}.{place % 250}.7"
                )
            )
        for place, one in enumerate(incidents(ARTICLES, rng, 10**6)):
            number = f"KB-20240101-{place:04d}"
            article = Article(
                number, ArticleStatus.PUBLISHED, START, one.subject, one.symptom, one.solution
            )
            work.knowledge.add(article)


def measure(store: Store, associator: Associator, first: int, rng: Random) -> None:
    """Open incidents as the desk does, and tell what the association in it costs."""
    spent: list[float] = []
    cost: list[float] = []
    busy = found = 0.0
    opened = list(incidents(SEARCHES, rng, first))
    for at in range(0, len(opened), TOGETHER):
        with store.begin() as work:
            for incident in opened[at : at + TOGETHER]:
                work.incidents.add(incident, "postdesk", incident.reported_at, "benchmark")
                before, cpu = time.perf_counter(), time.process_time()
                told = (incident.subject, incident.symptom)
                items = association.items_named(work, associator, "", *told)
                like = association.on_opening(work, associator, incident, items)
                spent.append(time.perf_counter() - before)
                cost.append(time.process_time() - cpu)
                found += bool(like.found)
            work.incidents.search(status=Status.NEW, limit=1)  # writes the incidents themselves
            cpu = time.process_time()
            work.write()  # … and this the lists
            busy += time.process_time() - cpu
            work.knowledge.add(_candidate(opened[at], first + at))
    busy += sum(cost)
    spent.sort()
    cost.sort()
    count = len(spent)
    print(
        f"{store.shown_url.partition(':')[0]}: {first:,} incidents; a search"
        f" takes {spent[count // 2] * 1e3:.2f} ms (median),"
        f" {spent[count * 99 // 100] * 1e3:.2f} ms (P99), {spent[-1] * 1e3:.2f} ms (slowest);"
        f" {cost[count * 99 // 100] * 1e3:.2f} ms of CPU (P99);"
        f" an incident {busy / count * 1e3:.2f} ms of CPU with its rows;"
        f" {found / count:.0%} found something",
        flush=True,
    )


def _candidate(incident: Incident, place: int) -> Article:
    """What an archived incident leaves behind for the service desk to publish or not."""
    number = f"KB-20250101-{place % 9000 + 1:04d}{place // 9000:03d}"
    at, subject, symptom = incident.reported_at, incident.subject, incident.symptom
    return Article(number, ArticleStatus.CANDIDATE, at, subject, symptom, incident.solution)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("count", type=int, nargs="?", default=100_000)
    asked.add_argument("--url", default="")
    given = asked.parse_args()
    rng = Random(11)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(given.url or f"sqlite:///{folder}/bench.db", blobs=Path(folder))
        store.upgrade()
        before = time.perf_counter()
        fill(store, settings(), given.count, rng)
        print(f"filled in {time.perf_counter() - before:.0f} s", flush=True)
        fresh = settings()  # a process that has just been started has everything to learn
        for round_ in range(3):
            measure(store, fresh, given.count + round_ * SEARCHES, rng)
        store.close()


if __name__ == "__main__":
    main()
