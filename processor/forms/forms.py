"""The forms of one desk: what comes in by them, and the blank ones that go out.

Everything that touches Word is imported when a Word file is there: most mails bring none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from processor.domain.form import (
    BlankForm,
    FilledForm,
    FormSettings,
    FormSpec,
    ReturnedForm,
    UnreadableForm,
)
from processor.domain.message import Attachment, Message
from processor.domain.wording import Words
from processor.forms.checking import Checked
from processor.forms.facts import Facts
from processor.forms.marks import fold

SUFFIX = ".docx"


@dataclass(frozen=True, slots=True)
class Handed:
    """A form that came with a mail. ``form`` is its kind; ``filled`` is None where ``trouble``
    (a code of :class:`UnreadableForm`) says why it could not be read. ``facts`` are what is to be
    recorded, one each; ``told`` what the form as a whole says, also one with faults."""

    attachment: Attachment
    form: FormSpec
    filled: FilledForm | None = None
    checked: Checked = field(default_factory=Checked)
    facts: tuple[Facts, ...] = ()
    told: Facts = field(default_factory=lambda: Facts(""))
    trouble: str = ""

    @property
    def sound(self) -> bool:
        """Nothing is wrong with it."""
        return not self.trouble and not self.checked.faults


class Forms:
    """``words`` by language; ``zone`` is the desk's; ``templates`` the search path of blanks."""

    def __init__(
        self,
        settings: FormSettings | None = None,
        words: Mapping[str, Words] | None = None,
        zone: tzinfo = UTC,
        templates: Sequence[Path] = (),
    ) -> None:
        self.settings = settings or FormSettings()
        self._words = words or {}
        self._zone = zone
        self._templates = tuple(templates)

    def handed_in(self, message: Message, now: datetime) -> tuple[Handed, ...]:
        """Every filled form among the attachments; ``now`` is aware. Never raises. A Word file
        that is no form, or a form nobody wrote into, is none."""
        files = [one for one in message.attachments if one.name.lower().endswith(SUFFIX)]
        if not files or not self.settings.forms:
            return ()
        handed = (self._handed(file, now) for file in files)
        return tuple(one for one in handed if one is not None)

    def returned(self, handed: Handed, language: str) -> ReturnedForm:
        """The form as it goes back: as filled so far with its faults marked in its own language,
        or a blank one in ``language`` where it cannot be opened."""
        title = handed.form.title[self._known(language)]
        if handed.filled is None:
            blank = self._blank(handed.form, self._known(language))
            return ReturnedForm(title, (), blank.file_name, blank.document, handed.trouble)
        from processor.forms.remarks import remarked

        words = self._words[handed.filled.language]
        faults, document = handed.checked.faults, handed.attachment.content
        # a part beside the text may be damaged: it could be read, yet cannot be packed again
        with suppress(UnreadableForm):
            document = remarked(document, handed.form, faults, words, self.settings)
        return ReturnedForm(title, faults, handed.attachment.name, document)

    def blanks(self, language: str, wanted: str = "") -> tuple[BlankForm, ...]:
        """Blank forms in ``language``: those whose title has the words ``wanted``, else all that
        are listed."""
        language = self._known(language)
        plain = fold(wanted)
        forms = [
            form
            for form in self.settings.forms
            if plain and any(plain in fold(t) for t in (*form.title.values(), *form.also))
        ]
        listed = [form for form in self.settings.forms if form.listed]
        return tuple(self._blank(form, language) for form in forms or listed)

    def _handed(self, file: Attachment, now: datetime) -> Handed | None:
        from processor.forms.reading import read

        try:
            filled = read(file.content, self.settings)
        except UnreadableForm as unreadable:
            form = self._titled(file.name)
            return Handed(file, form, trouble=unreadable.code) if form else None
        if filled is None or filled.blank:
            return None
        return self._checked(file, filled, now)

    def _checked(self, file: Attachment, filled: FilledForm, now: datetime) -> Handed:
        from processor.forms.checking import check
        from processor.forms.facts import facts_of, told_by

        ahead = timedelta(minutes=self.settings.ahead_minutes)
        checked = check(filled, now=now, zone=self._zone, ahead=ahead)
        facts = facts_of(filled, checked, self._words[filled.language], self._zone)
        told = Facts("", told_by(filled, checked))
        return Handed(file, filled.form, filled, checked, tuple(facts), told)

    def _titled(self, name: str) -> FormSpec | None:
        """The form that a file's name speaks of: of a file that cannot be opened it is all that
        there is to tell a form by."""
        plain = fold(name)
        return next(
            (
                form
                for form in self.settings.forms
                if any(fold(title) in plain for title in (*form.title.values(), *form.also))
            ),
            None,
        )

    def _blank(self, form: FormSpec, language: str) -> BlankForm:
        name = form.template.replace("{language}", language)
        found = next((f / name for f in self._templates if (f / name).is_file()), None)
        if found is None:
            raise FileNotFoundError(name)
        words = self._words[language]
        title = form.title[language]
        return BlankForm(
            name=form.name,
            title=title,
            purpose=form.purpose[language],
            file_name=words.say("form.blank.file", title=title),
            document=found.read_bytes(),
        )

    def _known(self, language: str) -> str:
        return language if language in self._words else next(iter(self._words), language)
