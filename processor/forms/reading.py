"""From the bytes of a .docx to a filled form: the mark of our own forms, else their labels.

Reading touches nothing but the bytes, and ends in one of three ways: a filled form, None for a
Word file that is no form, or UnreadableForm.
"""

from __future__ import annotations

from functools import lru_cache

from processor.domain.form import (
    FieldKind,
    FilledForm,
    FilledRow,
    FormField,
    FormSettings,
    FormSpec,
)
from processor.forms.finding import Found, found_in
from processor.forms.grid import Content, Grid
from processor.forms.labels import book_of
from processor.forms.marks import CHECKED, UNCHECKED, fold, ticked
from processor.forms.package import Package, opened
from processor.forms.walk import content_of

MARK = "postdesk form"
MARK_VERSION = "postdesk form version"
MARK_LANGUAGE = "postdesk form language"
PRINTED = "postdesk report"  # among the keywords of what we print
TAG = "postdesk:"  # before the name of a field in the tag of its content control
_TITLE = 200  # characters of a block in which a title is looked for
_TOP = 8  # blocks of a document in which its title may stand


def read(content: bytes, settings: FormSettings) -> FilledForm | None:
    """The form that these bytes are, if they are one; raises UnreadableForm."""
    package = opened(content, settings.limits)
    return read_package(package, settings)


def read_package(package: Package, settings: FormSettings) -> FilledForm | None:
    """The same, of a package that is open."""
    if PRINTED in package.keywords:
        return None  # a report of ours has the labels of a record, and so of some forms
    document = content_of(package.document, settings.limits.cells)
    own = settings.named(package.custom.get(MARK, ""))
    if own is not None:
        found = found_in(document, book_of(own), own)
        language = package.custom.get(MARK_LANGUAGE, "") or found.language
        return _filled(own, document, found, "mark", language, settings)
    best = _recognised(document, settings)
    return _filled(*best, "labels", best[2].language, settings) if best else None


def _recognised(
    document: Content, settings: FormSettings
) -> tuple[FormSpec, Content, Found] | None:
    """The form whose labels the document has, if it has enough of one form's."""
    top = fold(_top(document))
    most, best = 0.0, None
    for form in settings.forms:
        found = found_in(document, book_of(form), form)
        total = len(form.fields) + (len(form.table.columns) if form.table else 0)
        share = 100 * len(found.labels) / total
        titled = any(fold(title) in top for title in (*form.title.values(), *form.also))
        rule = settings.recognition
        wanted = rule.share_titled if titled else rule.share
        if len(found.labels) < min(rule.labels, total) or share < wanted:
            continue
        score = share + (100 if titled else 0)
        if score > most:
            most, best = score, (form, document, found)
    return best


def _top(document: Content) -> str:
    said: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            said += [box.text[:_TITLE] for box in block.boxes if box.row < 2]
        elif block.text.strip():
            said.append(block.text[:_TITLE])
        if len(said) >= _TOP:
            break
    return "\n".join(said)


def _filled(
    form: FormSpec,
    document: Content,
    found: Found,
    known_by: str,
    language: str,
    settings: FormSettings,
) -> FilledForm:
    controls = _controls(document)
    shown = _placeholders(form, settings.placeholders)
    texts: dict[str, str] = {}
    for field in form.fields:
        controlled = _controlled(field, language, controls)
        text = controlled or found.texts.get(field.name, "")
        if field.name in found.texts or controlled is not None:
            texts[field.name] = "" if _unticked(field, text) else _cleaned(text, shown)
    rows = (
        FilledRow(place, {name: _cleaned(text, shown) for name, text in said.items()})
        for place, said in enumerate(found.rows, start=1)
    )
    language = language if language in form.title else next(iter(form.title))
    return FilledForm(
        form, language, known_by, texts, tuple(row for row in rows if not _only_counted(row))
    )


def _controls(document: Content) -> dict[str, str]:
    """Our tags → what stands in their controls; the first that says something."""
    found: dict[str, str] = {}
    for box in document.boxes:
        for control in box.controls:
            if control.tag.startswith(TAG):
                name = control.tag.removeprefix(TAG)
                found[name] = found.get(name) or control.text or control.date
    return found


def _controlled(field: FormField, language: str, controls: dict[str, str]) -> str | None:
    """What the field's own controls say; None where it has none."""
    if field.kind in (FieldKind.CHOICE, FieldKind.CHECKS):
        states = [controls.get(f"{field.name}={choice.code}") for choice in field.choices]
        if any(state is not None for state in states):
            return "  ".join(
                f"{CHECKED if state == CHECKED else UNCHECKED} {choice.title(language)}"
                for choice, state in zip(field.choices, states, strict=True)
            )
    return controls.get(field.name)


def _unticked(field: FormField, text: str) -> bool:
    """Boxes of which none is ticked say nothing, though there are words beside them."""
    if field.kind not in (FieldKind.CHOICE, FieldKind.CHECKS):
        return False
    options = [label for choice in field.choices for ls in choice.labels.values() for label in ls]
    return ticked(text, options) == []


def _cleaned(text: str, shown: frozenset[str]) -> str:
    """Without remarks of ours and what an empty field shows."""
    lines = [line.rstrip() for line in without_remarks(text).splitlines()]
    kept = [line for line in lines if fold(line) not in shown]
    return "\n".join(kept).strip()


REMARK = "▲ "  # begins what we write into a form that we give back


def without_remarks(text: str) -> str:
    """What people wrote: our remarks are lines, or ends of lines, that begin with our sign."""
    lines = [line.partition(REMARK)[0] for line in text.splitlines()]
    return "\n".join(lines).strip()


@lru_cache(maxsize=64)
def _placeholders(form: FormSpec, common: frozenset[str]) -> frozenset[str]:
    columns = form.table.columns if form.table else ()
    hints = (hint for field in (*form.fields, *columns) for hint in field.hint.values())
    return frozenset({fold(one) for one in (*common, *hints)} - {""})


def _only_counted(row: FilledRow) -> bool:
    """Rows of our forms are numbered before anybody writes into them."""
    return all(not text or _ordinal(text) for text in row.texts.values())


def _ordinal(text: str) -> bool:
    return text.strip().rstrip(".、").isdigit()
