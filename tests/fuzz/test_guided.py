"""A short guided run of the fuzzer, the same every time: seeds are the regression mails."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAILS = ROOT / "tests" / "mails" / "parsing"
# What a process needed most is inherited from the one that starts it: memory is bounded elsewhere.
RUNS = 4_000
SEED = 20261123


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="atheris has no wheel for this platform; its campaigns run on Linux (extra `fuzz`)",
)
def test_a_guided_run_finds_nothing(tmp_path: Path) -> None:
    seeds, new = tmp_path / "seeds", tmp_path / "new"
    seeds.mkdir()
    new.mkdir()
    for mail in MAILS.glob("*.eml"):
        shutil.copy(mail, seeds)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz.fuzz_parse"),
            *(f"-runs={RUNS}", f"-seed={SEED}", "-max_len=20000"),
            *("-rss_limit_mb=2000", "-timeout=3600", f"-artifact_prefix={tmp_path}/"),
            *("-dict=tests/fuzz/mail.dict", str(new), str(seeds)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"Done {RUNS} runs" in done.stderr
