"""What is installed works without the repository: the wheel holds all that the program reads."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from processor.settings.packaged import data

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from this tree by the backend that `pip install` asks, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    ended = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_shipped_file_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    wanted = {
        f"processor/_data/{folder}/{path.relative_to(data(folder)).as_posix()}"
        for folder in ("config", "templates")
        for path in data(folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted |= {
        path.relative_to(ROOT).as_posix()
        for package in ("processor", "reports")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - held == set()
    beside = {name for name in held - wanted if ".dist-info/" not in name}
    assert beside == set()


def test_what_is_installed_makes_a_home_and_opens_an_incident(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--target", place, wheel], check=True)
    # the libraries are this environment's; the package is what was installed
    surroundings = {**os.environ, "PYTHONPATH": str(place), "POSTDESK_LANG": "en"}

    def run(*words: str | Path) -> str:
        ended = subprocess.run(
            [sys.executable, place / "bin" / "postdesk", *words],
            cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    import_ = "import processor, reports; print(processor.__file__, reports.__file__)"
    told = subprocess.run(
        [sys.executable, "-c", import_],
        cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told.count(str(place)) == 2

    home = tmp_path / "home"
    run("init", home, "--lang", "en")
    assert "config" in run("-c", home, "config", "check")
    (home / "inbox" / "1.eml").write_bytes(
        b"From: li.na@customer.example\r\nTo: servicedesk@example.com\r\nSubject: printer\r\n"
        b"Message-ID: <1@customer.example>\r\n\r\nThe printer is broken.\r\n"
    )
    run("-c", home, "run", "--once")
    assert "INC-" in run("-c", home, "list")
    assert len(list((home / "outbox").glob("*.eml"))) >= 1
