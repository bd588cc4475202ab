"""YAML text → plain values and the place of each, by way of ruamel's node graph.

YAML 1.2: ``no`` is text. Dates stay text, and so do numbers that are not written as numbers are
(``01012345`` is a telephone number); keys are always text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, from 1."""

MOST_VALUES = 300_000  # aliases of aliases can stand for billions
_TAG = "tag:yaml.org,2002:"
_CORE = re.compile(r"[-+]?(0|[1-9][0-9]*)")


class YamlFault(Exception):
    """Text that is no configuration at all: ``problem`` as in a ConfigFault."""

    def __init__(self, problem: str, place: Place, *, value: str = "", detail: str = "") -> None:
        super().__init__(problem, place, detail)
        self.problem = problem
        self.place = place
        self.value = value
        self.detail = detail


@dataclass(slots=True)
class Tree:
    """``data``: mappings, lists, text, numbers, booleans, None. ``keys`` and ``values`` hold the
    place of each path's key and value; ``twice`` the paths of keys that stand there again."""

    data: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    twice: list[tuple[Path, Place]] = field(default_factory=list)
    count: int = 0


def read_tree(raw: bytes) -> Tree:
    """Raises YamlFault."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    text = _decoded(raw)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except ReaderError as error:
        raise YamlFault("control_character", _place_in(text, error.position)) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        detail = " ".join(str(error.problem or error.context or "").split())
        problem = "tab" if r"\t" in detail else "bad_yaml"
        raise YamlFault(problem, place, detail=detail) from None
    except (YAMLError, RecursionError, ValueError) as error:
        raise YamlFault("bad_yaml", (1, 1), detail=" ".join(str(error).split())[:200]) from None
    tree = Tree()
    if node is not None:
        tree.data = _Builder(tree).build(node, (), frozenset())
    return tree


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        raise YamlFault("not_utf8", (line, column)) from None


def _place_in(text: str, position: int) -> Place:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


class _Builder:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def build(self, node: Node, path: Path, above: frozenset[int]) -> Any:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.tree.values[path] = place
        self.tree.count += 1
        if id(node) in above or self.tree.count > MOST_VALUES:
            raise YamlFault("endless", place)
        kind, inside = _kind(node), above | {id(node)}
        if kind == "mapping":
            return self._mapping(node, path, inside)
        if kind == "sequence":
            return [self.build(one, (*path, at), inside) for at, one in enumerate(node.value)]
        return _scalar(str(node.tag), str(node.value), place)

    def _mapping(self, node: Node, path: Path, above: frozenset[int]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: list[Node] = []
        for key, value in node.value:
            place = (key.start_mark.line + 1, key.start_mark.column + 1)
            if str(key.tag) == f"{_TAG}merge":
                merged += value.value if _kind(value) == "sequence" else [value]
                continue
            if _kind(key) != "scalar":
                raise YamlFault("bad_yaml", place, detail="a key must be a plain word")
            name = str(key.value)
            at = (*path, name)
            if name in found:
                self.tree.twice.append((at, place))
                continue
            self.tree.keys[at] = place
            found[name] = self.build(value, at, above)
            if found[name] is None and not value.value:
                self.tree.values[at] = place  # nothing stands there: the parser points behind it
        for other in merged:  # what stands in the mapping itself goes before what it merges
            inherited = self.build(other, path, above)
            if not isinstance(inherited, dict):
                raise YamlFault("bad_yaml", self.tree.values[path], detail="<< takes a mapping")
            found = {**inherited, **found}
        self.tree.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        return found


def _kind(node: Node) -> str:
    return str(getattr(node, "id", "scalar"))


def _scalar(tag: str, text: str, place: Place) -> Any:
    kind = tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int" and _CORE.fullmatch(text):
        return int(text)
    if kind == "float":
        try:
            number = float(text)
        except ValueError:
            return text
        return number if str(number) == text else text
    if kind in ("str", "int", "timestamp"):
        return text
    raise YamlFault("bad_tag", place, value=tag)
