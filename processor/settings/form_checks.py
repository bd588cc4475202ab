"""What is wrong with forms beyond their shape: names and labels given twice, codes that no record
knows, blank forms that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from processor.settings.documents import Document
from processor.settings.faults import ConfigFault, nearest
from processor.settings.references import category_paths, repeated, walk
from processor.settings.yaml_nodes import Path as Keys

_LANGUAGES = ("zh", "en")
_GRADES = ("1", "2", "3", "4")


def form_checks(
    forms: Document, documents: Mapping[str, Document], templates: tuple[Path, ...]
) -> Iterator[ConfigFault]:
    """Every fault of ``config/forms.yaml`` that takes more than one value to see."""
    yield from repeated(forms, ("forms.*.id",), "name_twice")
    categories = [
        path
        for name, document in documents.items()
        if name.startswith("profiles/")
        for _, path in category_paths(document.data)
    ]
    for place, entry in walk(forms.data, "forms.*"):
        if not isinstance(entry, dict):
            continue
        fields = [*walk(entry, "sections.*.fields.*")]
        columns = [*walk(entry, "table.columns.*")]
        for group in (fields, columns):
            yield from _twice(forms, place, group)
        for path, field in (*fields, *columns):
            yield from _codes(forms, (*place, *path), field, categories)
        names = [str(field.get("id")) for _, field in fields if isinstance(field, dict)]
        for path, name in walk(entry, "sections.*.fields.*.after"):
            if name and name not in names:
                yield _unknown(forms, (*place, *path), "no_field", name, names)
        yield from _table(forms, place, entry.get("table"))
        yield from _blank(forms, place, entry.get("template"), templates)
        category = entry.get("category")
        if category and category not in categories:
            yield _unknown(forms, (*place, "category"), "unknown_category", category, categories)


def _twice(forms: Document, place: Keys, fields: list[tuple[Keys, Any]]) -> Iterator[ConfigFault]:
    """A name or a label that two fields of one form share: nobody could tell them apart."""
    seen: dict[tuple[str, str], tuple[Keys, Keys]] = {}
    for path, field in fields:
        if not isinstance(field, dict):
            continue
        here = (*place, *path)
        words = [("id", (*here, "id"), field.get("id"))]
        for language in _LANGUAGES:
            listed = field.get(language)
            words += [
                ("label", (*here, language, at), word)
                for at, word in enumerate(listed if isinstance(listed, list) else ())
            ]
        for kind, at, word in words:
            key = (kind, "".join(str(word).casefold().split()))
            owner, first = seen.setdefault(key, (here, at))
            if owner != here:
                line = str(forms.place(first)[0])
                problem = "name_twice" if kind == "id" else "label_twice"
                yield forms.fault(at, problem, "keep_one", value=word, detail=line)


def _codes(
    forms: Document, place: Keys, field: Any, categories: list[str]
) -> Iterator[ConfigFault]:
    if not isinstance(field, dict):
        return
    known = {"impact": _GRADES, "urgency": _GRADES, "category": categories}.get(
        str(field.get("fills"))
    )
    for path, code in walk(field, "choices.*.code"):
        if known is not None and str(code) not in known:
            problem = "unknown_category" if known is categories else "unknown_grade"
            yield _unknown(forms, (*place, *path), problem, code, known)


def _table(forms: Document, place: Keys, table: Any) -> Iterator[ConfigFault]:
    """The column of results, and the answers of it that mean that all is well."""
    if not isinstance(table, dict):
        return
    columns = {str(c.get("id")): c for _, c in walk(table, "columns.*") if isinstance(c, dict)}
    result = str(table.get("result"))
    if result not in columns:
        yield _unknown(forms, (*place, "table", "result"), "no_field", result, list(columns))
        return
    codes = [str(code) for _, code in walk(columns[result], "choices.*.code")]
    for path, code in walk(table, "sound.*"):
        if str(code) not in codes:
            yield _unknown(forms, (*place, "table", *path), "unknown_answer", code, codes)


def _blank(
    forms: Document, place: Keys, name: Any, templates: tuple[Path, ...]
) -> Iterator[ConfigFault]:
    for language in _LANGUAGES if isinstance(name, str) else ():
        wanted = name.replace("{language}", language)
        if not any((folder / wanted).is_file() for folder in templates):
            yield forms.fault((*place, "template"), "no_template", "place_template", value=wanted)


def _unknown(forms: Document, place: Keys, problem: str, value: object, known: Any) -> ConfigFault:
    near = nearest(str(value), known)
    remedy = "did_you_mean" if near else "one_of" if known else ""
    return forms.fault(
        place, problem, remedy, value=value, expected=tuple(known)[:20], nearest=near
    )
