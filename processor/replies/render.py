"""Templates, strict and caged: Jinja2 that sees values only and can neither run away nor guess.

Administrators may lay any file beside the packaged one; what they write must not be able to
read the process, fill its memory or leave a hole in a letter (spec 2.7, 7).
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from processor.domain.errors import Fault
from processor.domain.wording import reworded
from processor.replies.action_links import Action
from processor.replies.view import Entry, Fact, IncidentView, MailView, Row, Section, Step

_OF_A_LETTER = 3  # mail/<language>/<file>

MAX_CHARS = 400_000
"""Longest subject, text or HTML that a template may give: some sixty times the longest shipped."""

_FILTERS = frozenset(
    {"capitalize", "default", "e", "escape", "first", "join", "last", "length", "list", "lower",
     "map", "reject", "select", "selectattr", "rejectattr", "sort", "string", "title", "trim",
     "truncate", "upper", "int", "round", "sum", "unique", "batch", "groupby"}
)  # fmt: skip
# Methods that make much out of little: '{:>999999999}'.format(1).
_SWELLING = frozenset(
    {"format", "format_map", "center", "ljust", "rjust", "zfill", "expandtabs", "translate",
     "replace", "join"}
)  # fmt: skip


_PIECES = 64  # that a template gives before their length is looked at

_GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")


_OPEN: dict[type, frozenset[str]] = {
    kind: frozenset(field.name for field in fields(kind))
    for kind in (MailView, IncidentView, Fact, Row, Step, Section, Entry, Action)
}


# Compiled once a process: every process's renderer, and one built anew, have most sources alike.
_COMPILED: dict[tuple[object, ...], CodeType] = {}
_MOST_COMPILED = 4_000


class TemplateFault(Fault):
    """A template is missing or wrong; the reason names the file and the line."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The three parts of a letter, line ends ``\\n``."""

    subject: str
    text: str
    html: str


class _Cage(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.kept: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the name is Jinja's
    ) -> Template:
        # Layouts are asked for by name in every letter, and Jinja's own cache is slow to ask.
        found = self.kept.get(name) if isinstance(name, str) else name
        if found is None:
            found = self.kept[str(name)] = super().get_template(name, parent, globals)
        return found

    def compile(self, source: Any, *where: Any, **how: Any) -> Any:
        # How long that takes is most of what a first letter of a kind costs. What is compiled
        # depends on the source and on the options that are one class's but for the escaping.
        key = (self.autoescape, source, *where, *sorted(how.items()))
        found = _COMPILED.get(key)
        if found is None:
            if len(_COMPILED) >= _MOST_COMPILED:
                _COMPILED.clear()
            found = _COMPILED[key] = super().compile(source, *where, **how)
        return found

    def getattr(self, obj: Any, attribute: str) -> Any:
        # The fields of views are what a template may see: asking the sandbox about each of a
        # hundred look-ups a letter took longer than all else together.
        if attribute in _OPEN.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def wrap_str_format(self, _: Any) -> None:
        return None  # not made safe but forbidden, by is_safe_attribute

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str) and attr in _SWELLING:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(f"'{operator}' is for numbers")
        if operator == "**" or abs(left) > 10**9 or abs(right) > 10**9:
            raise SecurityError(f"'{operator}' of numbers this large")
        return super().call_binop(context, operator, left, right)


class OwnTemplates(FileSystemLoader):
    """The templates of one process."""

    def __init__(
        self, folders: Sequence[str], profile: str, wording: Mapping[str, Mapping[str, str]]
    ) -> None:
        super().__init__(folders)
        self._profile = profile
        self._wording = wording

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Its own file, else the one of all processes in its words."""
        parts = template.split("/")
        if len(parts) == _OF_A_LETTER:
            with suppress(TemplateNotFound):
                own = "/".join((*parts[:2], "profiles", self._profile, parts[2]))
                return super().get_source(environment, own)
        source, path, current = super().get_source(environment, template)
        nouns = self._wording.get(parts[1], {}) if len(parts) == _OF_A_LETTER else {}
        return reworded(source, nouns), path, current


class Renderer:
    """Compiled templates below ``search``: folders that hold ``mail/<language>/<kind>.*``,
    the first that has a file wins. Nothing is read again later: a reload builds a new one.

    ``profile``: files below ``mail/<language>/profiles/<profile>/`` stand in place of the others,
    whose own words are said as ``wording`` (language → word → word) has them."""

    def __init__(
        self,
        search: Sequence[Path],
        max_chars: int = MAX_CHARS,
        *,
        profile: str = "",
        wording: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._search = tuple(search)
        self._max_chars = max_chars
        folders = [str(folder) for folder in search]
        loader = (
            OwnTemplates(folders, profile, wording or {}) if profile else FileSystemLoader(folders)
        )
        self._plain = self._environment(loader, autoescape=False)
        self._html = self._environment(loader, autoescape=True)
        self._compiled: dict[str, Template] = {}

    def letter(
        self, kind: str, language: str, values: Mapping[str, object], variant: str = ""
    ) -> Rendered:
        """The letter ``kind`` with ``values``, in place of its own words those of the files
        ``<kind>.<variant>.*`` (a subject only if there is one); raises :class:`TemplateFault`."""
        usual = f"mail/{language}/{kind}"
        name = f"{usual}.{variant}" if variant else usual
        subject = name if not variant or self._there(f"{name}.subject") else usual
        return Rendered(
            subject=" ".join(self.part(f"{subject}.subject", values).split()),
            text=_GAPS.sub("\n\n", self.part(f"{name}.txt", values)).strip("\n") + "\n",
            html=self.part(f"{name}.html", values).strip() + "\n",
        )

    def part(self, name: str, values: Mapping[str, object]) -> str:
        """One template, named relative to the search path."""
        template = self._template(name)
        said: list[str] = []
        room = self._max_chars
        try:
            pieces = iter(template.generate(values))
            while room >= 0 and (some := "".join(islice(pieces, _PIECES))):
                said.append(some)
                room -= len(some)
        except Exception as error:  # whatever goes wrong in a template is the template's fault
            raise self._fault(name, error) from error
        if room < 0:
            raise TemplateFault(f"template {name}: gives more than {self._max_chars} characters")
        return "".join(said)

    def _there(self, name: str) -> bool:
        try:
            self._plain.get_template(name)
        except TemplateNotFound:
            return False
        except TemplateError:
            pass  # it is there; what is wrong with it is told when it is written
        return True

    def _template(self, name: str) -> Template:
        found = self._compiled.get(name)
        if found is None:
            kind = self._html if name.endswith(".html") else self._plain
            try:
                found = kind.get_template(name)
            except TemplateNotFound as error:
                where = ", ".join(str(folder) for folder in self._search)
                raise TemplateFault(f"template {error.name} is in none of: {where}") from error
            except TemplateError as error:
                raise self._fault(name, error) from error
            self._compiled[name] = found
        return found

    def _fault(self, name: str, error: Exception) -> TemplateFault:
        place, line = name, getattr(error, "lineno", None)
        if line is not None:
            place = getattr(error, "filename", None) or getattr(error, "name", None) or name
        else:
            folders = tuple(str(folder) for folder in self._search)
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename.startswith(folders):
                    place, line = frame.filename, frame.lineno
        at = f"{place} line {line}" if line else place
        return TemplateFault(f"template {at}: {error}")

    @staticmethod
    def _environment(loader: FileSystemLoader, *, autoescape: bool) -> _Cage:
        cage = _Cage(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=autoescape,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        cage.filters = {name: run for name, run in cage.filters.items() if name in _FILTERS}
        filters: dict[str, Callable[..., object]] = {"lines": _lines, "indented": _indented}
        cage.filters.update(filters)
        cage.globals = {}
        return cage


def _lines(value: str) -> Markup:
    """Somebody's text in HTML, line by line. Outlook knows no ``white-space: pre-line``."""
    return Markup("<br>").join(escape(line) for line in str(value).strip().splitlines())


def _indented(value: str, mark: str = "    ") -> str:
    """Somebody's text in plain text, set off by ``mark`` before each line."""
    return "\n".join(f"{mark}{line}".rstrip() for line in str(value).strip().splitlines())
