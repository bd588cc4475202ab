"""The files of a configuration: read once, known by their content, cached as JSON.

Reading YAML with places takes long and is needed only after a change, or to say where a fault
stands; a start therefore takes what it last read from ``data/cache``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from processor.settings.faults import ConfigFault
from processor.settings.yaml_nodes import Path as Keys
from processor.settings.yaml_nodes import Place, Tree, YamlFault, read_tree

CACHE = Path("data") / "cache" / "configuration.json"
_FORMAT = 1
_MOST_SHOWN = 80
_REMEDY = {
    "not_utf8": "save_as_utf8",
    "control_character": "remove_character",
    "tab": "use_blanks",
    "endless": "no_circles",
    "bad_tag": "plain_values",
}


@dataclass(slots=True)
class Document:
    """One file. ``data`` is what it says; ``lines`` are the places of its topmost entries; ``own``:
    it is the home's, not shipped."""

    name: str  # relative to the home
    raw: bytes = field(repr=False)
    sha256: str = ""
    data: Any = None
    lines: list[Place] = field(default_factory=list)
    sound: bool = True
    own: bool = True
    _tree: Tree | None = None

    def top(self, index: int) -> Place:
        """Where the ``index``-th entry of a list file begins."""
        return self.lines[index] if index < len(self.lines) else (1, 1)

    def place(self, path: Keys, *, of_key: bool = False) -> Place:
        """Where the value (or its key) stands; of what is not there, where it would belong."""
        tree = self._parsed()
        if of_key and path in tree.keys:
            return tree.keys[path]
        while path not in tree.values and path:
            path = path[:-1]
        return tree.values.get(path, (1, 1))

    def fault(
        self,
        path: Keys,
        problem: str,
        remedy: str = "",
        *,
        of_key: bool = False,
        value: object = None,
        expected: Iterable[str] = (),
        nearest: str = "",
        detail: str = "",
    ) -> ConfigFault:
        """A fault at ``path`` of this file."""
        line, column = self.place(path, of_key=of_key)
        return ConfigFault(
            file=self.name,
            line=line,
            column=column,
            value=shown(value),
            problem=problem,
            remedy=remedy,
            expected=tuple(expected),
            nearest=nearest,
            key=dotted(path),
            detail=detail,
        )

    def _parsed(self) -> Tree:
        if self._tree is None:
            self._tree = read_tree(self.raw)
        return self._tree


class Documents:
    """Reads files of one home and remembers them for the next start."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.faults: list[ConfigFault] = []
        self.read: list[Document] = []
        self._known = self._remembered()
        self._fresh = False

    def document(self, name: str, path: Path) -> Document:
        """The file at ``path``, called ``name`` in faults. A file that cannot be read, or is no
        YAML, is not ``sound`` and adds to ``faults``."""
        try:
            raw = path.read_bytes()
        except OSError as error:
            problem = "no_file" if isinstance(error, FileNotFoundError) else "unreadable"
            fault = ConfigFault(
                name, 0, 0, "", problem, "restore_file", detail=error.strerror or ""
            )
            self.faults.append(fault)
            return Document(name, b"", sound=False)
        return self._document(name, raw)

    def shipped(self, name: str, text: str) -> Document:
        """A file of the release in place of one that the home lacks."""
        document = self._document(name, text.encode())
        document.own = False
        return document

    def _document(self, name: str, raw: bytes) -> Document:
        document = Document(name, raw, hashlib.sha256(raw).hexdigest())
        self.read.append(document)
        known = self._known.get(document.sha256)
        if known is not None:
            document.data, document.lines = known
            return document
        self._take_in(document)
        return document

    def _take_in(self, document: Document) -> None:
        try:
            tree = read_tree(document.raw)
        except YamlFault as fault:
            document.sound = False
            remedy = _REMEDY.get(fault.problem, "check_yaml")
            line, column = fault.place
            self.faults.append(
                ConfigFault(
                    document.name, line, column, fault.value, fault.problem, remedy,
                    detail=fault.detail,
                )
            )  # fmt: skip
            return
        document._tree, document.data = tree, tree.data
        if isinstance(tree.data, list):
            document.lines = [tree.values[(at,)] for at in range(len(tree.data))]
        for path, (line, column) in tree.twice:
            document.sound = False
            self.faults.append(
                ConfigFault(
                    document.name, line, column, str(path[-1]), "duplicate_key", "keep_one",
                    key=dotted(path), detail=str(tree.keys[path][0]),
                )
            )  # fmt: skip
        self._fresh = self._fresh or document.sound

    def _remembered(self) -> dict[str, tuple[Any, list[Place]]]:
        try:
            stored = json.loads((self.home / CACHE).read_bytes())
            if stored["format"] != _FORMAT:
                return {}
            return {
                sha: (data, [(line, column) for line, column in lines])
                for sha, (data, lines) in stored["files"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}  # none yet, or damaged: it is only a cache

    def remember(self) -> None:
        """Keep what was read for the next start; without a word where that cannot be."""
        target = self.home / CACHE
        if not self._fresh or not target.parent.parent.is_dir():
            return
        files = {d.sha256: (d.data, d.lines) for d in self.read if d.sound}
        unfinished = target.with_name(f"{target.name}.{os.getpid()}.tmp")
        try:
            target.parent.mkdir(exist_ok=True)
            unfinished.write_text(
                json.dumps({"format": _FORMAT, "files": files}, ensure_ascii=False),
                encoding="utf-8",
            )
            unfinished.replace(target)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()


def dotted(path: Keys) -> str:
    """``mailboxes[0].kind``."""
    said = ""
    for step in path:
        said += f"[{step}]" if isinstance(step, int) else f".{step}" if said else step
    return said


def shown(value: object) -> str:
    """The value as its writer knows it, short."""
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
