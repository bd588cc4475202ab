"""`people import`: reporters from a table into ``config/people/NAME.yaml``.

They live in the configuration, where an administrator sees, reviews and corrects them as all
else, `config check` tells of faults by line, and a daemon takes them in without a restart; who
works here, with roles and groups, is written into ``people.yaml`` by hand, for rights are not
given by a list from elsewhere.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from processor.commands.field_values import addresses_in
from processor.parsing.sheets import SheetFault, read_sheet
from processor.services.columns import Imported, RowFault, rows_of
from processor.settings.settings import Settings

_FIELDS = ("phone", "department", "organisation", "site")
_YES = frozenset({"是", "yes", "y", "true", "1", "vip", "√"})
_NO = frozenset({"", "否", "no", "n", "false", "0"})
_LANGUAGES = {
    "": "",
    "zh": "zh",
    "中文": "zh",
    "chinese": "zh",
    "en": "en",
    "英文": "en",
    "english": "en",
}


def import_people(settings: Settings, path: Path, *, dry: bool) -> Imported:
    """Take in a table; who stood in the file before and is not in the table stays. Rows with
    faults are named and left out."""
    try:
        sheet = read_sheet(path.name, path.read_bytes())
    except (OSError, SheetFault) as fault:
        return Imported(faults=[RowFault(0, "", "unreadable", {"reason": str(fault)})])
    columns = _columns(settings)
    rows = list(rows_of(sheet, columns))
    done = Imported()
    titled = {name for row in rows[:1] for name in row.fields}
    for needed in ("address", "name"):
        if rows and needed not in titled:
            done.faults.append(RowFault(0, needed, "no_column", {"titles": columns[needed]}))
    if done.faults:
        return done
    target = settings.home / "config" / "people" / f"{_stem(path)}.yaml"
    yaml = YAML()
    document = yaml.load(target.read_text("utf-8")) if target.is_file() else None
    there: dict[str, dict[str, Any]] = {
        str(one["address"]).lower(): dict(one) for one in (document or {}).get("people", ())
    }
    seen: dict[str, int] = {}
    for row in rows:
        entry = _entry(row.number, row.fields, done)
        if entry is None:
            continue
        address = entry["address"]
        known = settings.directory.find(address)
        if address in seen:
            done.faults.append(RowFault(row.number, "address", "twice", {"line": seen[address]}))
            continue
        if known is not None and known.roles:
            done.faults.append(RowFault(row.number, "address", "works_here", {"value": address}))
            continue
        seen[address] = row.number
        before = there.get(address)
        there[address] = entry
        done.added += before is None
        done.changed += before is not None and before != entry
        done.same += before == entry
    if not dry and (done.added or done.changed):
        _write(target, list(there.values()))
    return done


def _entry(number: int, fields: Mapping[str, str], done: Imported) -> dict[str, Any] | None:
    said = {name: " ".join(value.split()) for name, value in fields.items()}
    good, bad = addresses_in(said.get("address", ""))
    faults = []
    if len(good) != 1 or bad:
        faults.append(
            RowFault(number, "address", "bad_address", {"value": said.get("address", "")})
        )
    if not said.get("name"):
        faults.append(RowFault(number, "name", "empty"))
    vip, language = said.get("vip", "").lower(), said.get("language", "").lower()
    if vip not in _YES | _NO:
        faults.append(RowFault(number, "vip", "bad_yes_no", {"value": vip}))
    if language not in _LANGUAGES:
        faults.append(RowFault(number, "language", "bad_language", {"value": language}))
    if faults:
        done.faults.extend(faults)
        return None
    entry: dict[str, Any] = {"address": good[0], "name": said["name"]}
    entry |= {name: said[name] for name in _FIELDS if said.get(name)}
    if _LANGUAGES[language]:
        entry["language"] = _LANGUAGES[language]
    if vip in _YES:
        entry["vip"] = True
    return entry


def _columns(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Titles by field: the names that mails use, and those of the catalogue."""
    fields = settings.commands.fields
    columns = {name: tuple(fields.get(name, (name,))) for name in ("address", *_FIELDS)}
    columns["name"] = tuple(fields.get("reporter", ("name",)))
    for name in ("vip", "language"):
        said = (words.say(f"people_import.column.{name}") for words in settings.words.values())
        columns[name] = tuple(dict.fromkeys(said))
    return columns


def _stem(path: Path) -> str:
    return re.sub(r"[^\w-]+", "-", path.stem.lower()).strip("-") or "people"


def _write(target: Path, people: list[dict[str, Any]]) -> None:
    """At once or not at all: a daemon may read it at any moment."""
    yaml = YAML()
    yaml.allow_unicode = True
    buffer = io.StringIO()
    yaml.dump({"people": people}, buffer)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_text(buffer.getvalue(), "utf-8")
    fresh.replace(target)
