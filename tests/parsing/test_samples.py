"""Understanding of the public samples stays above the product's targets."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "mail-samples"


@pytest.fixture(scope="module")
def scoreboard() -> ModuleType:
    path = ROOT / "benchmarks" / "understanding.py"
    spec = importlib.util.spec_from_file_location("understanding_scoreboard", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_target_is_reached(scoreboard: ModuleType) -> None:
    if not (SAMPLES / "index.json").is_file():
        pytest.skip("the public sample mails are not here: ../shared/mail-samples")
    board = scoreboard.measure(SAMPLES)
    missed = [line for line in scoreboard.targets(board) if line[1] < line[2]]
    assert missed == []
    assert sum(row["crash"].tries for row in board.values()) == 544
