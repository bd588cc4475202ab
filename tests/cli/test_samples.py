"""Real mail: every sample is understood or kept with a reason, and nothing ever falls over."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.conftest import Postdesk

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "mail-samples"


@pytest.fixture
def samples() -> list[Path]:
    if not SAMPLES.is_dir():
        pytest.skip(f"the sample mails are not there: {SAMPLES}")
    found = sorted(path for path in SAMPLES.glob("*/*") if path.is_file())
    assert len(found) == 544
    return found


def test_every_sample_is_parsed(samples: list[Path], postdesk: Postdesk) -> None:
    ended = postdesk("parse", *samples)
    assert ended.status == 0, ended.err
    documents = [json.loads(line) for line in ended.lines]
    assert {document["file"] for document in documents} == set(map(str, samples))


def test_every_sample_ends_in_a_named_disposition(
    samples: list[Path], home: Path, postdesk: Postdesk
) -> None:
    ended = postdesk("-c", home, "--now", "2026-11-23T09:00", "ingest", *samples, "--json")
    lines = [json.loads(line) for line in ended.lines]
    assert {line["file"] for line in lines} == set(map(str, samples))
    assert all(line["disposition"] for line in lines)
    kept = [line for line in lines if line["disposition"] == "quarantined"]
    assert all(line["reason"] for line in kept)
    assert not [line for line in kept if line["reason"].startswith("fault:")]
    # named, and told by the exit status
    assert ended.status == (3 if kept else 0)
    assert len(ended.err.splitlines()) == len(kept)
    listed = postdesk("-c", home, "quarantine", "list", "--json").json
    assert {row["reason"] for row in listed} == {
        line["reason"] for line in kept if line["reason"] != "seen_before"
    }
    counted = Counter(line["disposition"] for line in lines)
    assert set(counted) >= {"opened", "bounced", "ignored", "quarantined"}
    assert counted["opened"] > 100
