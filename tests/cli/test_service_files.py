"""Files for systemd, log rotation and containers name what is really there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import pytest

from tests.cli.conftest import Postdesk

ROOT = Path(__file__).resolve().parents[2]
SERVICE = ROOT / "docs" / "service"
UNITS = ("postdesk.service", "postdesk-backup.service", "postdesk-backup.timer")
PAGES = (ROOT / "docs" / "administrators.md", ROOT / "docs" / "zh" / "administrators.md")


def test_the_pages_name_every_file_and_no_other() -> None:
    there = {path.name for path in SERVICE.iterdir()}
    for page in PAGES:
        text = page.read_text("utf-8")
        named = set(re.findall(r"docs/service/([\w.-]+\w)", text))
        assert named <= there, named - there
        assert there - named <= {"postdesk-backup.timer"}  # named with its service


def test_units_run_commands_that_there_are(postdesk: Postdesk, tmp_path: Path) -> None:
    """Options by systemd's own judgement, where it is at hand; commands by our own."""
    for name in UNITS:
        unit = RawConfigParser(strict=False)
        vars(unit)["optionxform"] = str
        unit.read(SERVICE / name, "utf-8")
        assert unit.has_option("Unit", "Description")
        started = unit.get("Service", "ExecStart", fallback="")
        for command in re.findall(r"/opt/postdesk/bin/postdesk -c \S+ (\w+)", started):
            assert postdesk(command, "--help").status == 0
        text = (SERVICE / name).read_text("utf-8")
        (tmp_path / name).write_text(
            text.replace("/opt/postdesk/bin/postdesk", sys.executable), "utf-8"
        )
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    checked = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = [line for line in checked.stderr.splitlines() if str(tmp_path) in line or "desk" in line]
    assert told == []


def test_the_container_takes_in_what_the_package_is_made_of() -> None:
    text = (SERVICE / "Containerfile").read_text("utf-8")
    taken = set(re.findall(r"^COPY (?!--from)(.+) \./", text, re.MULTILINE))
    names = {name for one in taken for name in one.split()}
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = build["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {*wheel["packages"], *wheel["force-include"], "pyproject.toml", "README.md"} <= names
    assert all((ROOT / name).exists() for name in names)
