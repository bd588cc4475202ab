"""Buttons: ``mailto:`` links whose mail is already written, so that nobody learns keywords.

A mailto link cannot carry In-Reply-To (RFC 6068 4). The proof of receipt therefore stands in
the reply address or, at a server without subaddresses, in a line of the body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from processor.domain.wording import Words

Synonyms = Mapping[str, Mapping[str, Sequence[str]]]  # command → language → keywords


@dataclass(frozen=True, slots=True)
class Action:
    """``label`` is on the button; ``order`` is what to write by hand instead."""

    command: str
    label: str
    order: str
    href: str
    hint: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """Where the answers of one letter go: the reply address, the incident's subject tag and,
    where the address does not carry it, the line that proves receipt."""

    address: str
    tag: str = ""
    key_line: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What is the same about one command in every letter of a language."""

    keyword: str
    label: str
    order: str
    fill: str
    hint: str


class ActionLinks:
    """Writes the links of one language."""

    def __init__(self, words: Words, synonyms: Synonyms) -> None:
        self._words = self.words = words
        self._synonyms = synonyms
        self._said: dict[tuple[str, ...], _Said] = {}
        self._commands = {
            word.casefold(): command
            for command, languages in synonyms.items()
            for listed in languages.values()
            for word in listed
        }

    def knows(self, command: str) -> bool:
        """Whether there is a keyword for ``command`` in any language."""
        return any(self._synonyms.get(command, {}).values())

    def command(self, keyword: str) -> str:
        """The command that ``keyword`` (any case, any language, or the name itself) stands for."""
        plain = keyword.strip().lstrip("#/＃／").strip()
        return self._commands.get(plain.casefold(), plain)

    def keyword(self, command: str) -> str:
        """The first synonym in this language, ready to write: ``#确认``."""
        known = self._synonyms.get(command, {})
        chosen = known.get(self._words.language) or next(iter(known.values()), ())
        return f"#{chosen[0] if chosen else command.replace('_', ' ')}"

    def action(
        self,
        answering: Answering,
        command: str,
        *,
        main: bool = False,
        value: str = "",
        where: tuple[str, ...] = (),
    ) -> Action:
        """One command as a button; where it needs words, the mail has the place for them. A
        ``value`` that is known stands behind the keyword already. ``where`` are places in which
        it may be called otherwise, such as a kind of letter or "problem", the nearest first."""
        said = self._said.get((command, *where))
        if said is None:
            said = self._said[command, *where] = self._in_words(command, where)
        fill = f"{said.keyword} {value}" if value else said.fill
        return Action(
            command=command,
            label=said.label,
            order=fill if value else said.order,
            href=self._href(answering, said.keyword, fill),
            hint=said.hint,
            main=main,
        )

    def item(self, answering: Answering, command: str, label: str) -> Action:
        """One thing of a list that ``command`` is given for: a button that says which."""
        keyword = self.keyword(command)
        order = f"{keyword} {label}"
        said = self._words.say(f"mail.button.{command}_item", item=label)
        return Action(command, said, order, self._href(answering, keyword, order))

    def asked(self, answering: Answering, labels: Sequence[str]) -> Action:
        """An answer in which the labels already stand, to be filled in."""
        said = self._words.say("mail.button.tell")
        lines = "\n".join(self._words.say("form.line", label=one, value="") for one in labels)
        return Action("", said, lines, self._href(answering, said, lines))

    def _in_words(self, command: str, where: tuple[str, ...]) -> _Said:
        def worded(part: str, otherwise: str = "") -> str:
            keys = (f"mail.in.{place}.{part}.{command}" for place in where)
            found = (key for key in keys if self._words.has(key))
            return self._worded(next(found, f"mail.{part}.{command}"), otherwise)

        chosen = worded("keyword")
        known = self.command(chosen) == command  # the administrators' list has the last word
        keyword = f"#{chosen}" if chosen and known else self.keyword(command)
        return _Said(
            keyword=keyword,
            label=worded("do", keyword.lstrip("#")),
            order=f"{keyword}{worded('form')}",
            fill=f"{keyword}{worded('fill')}",
            hint=worded("hint"),
        )

    def prepared(
        self,
        answering: Answering,
        command: str,
        value: str,
        label: str,
        *,
        more: str = "",
        hint: str = "",
        main: bool = False,
    ) -> Action:
        """One command whose value is known: ``label`` stands on the button, ``more`` are lines
        below it, to be changed before they are sent; ``hint`` tells readers of plain text."""
        keyword = self.keyword(command)
        return Action(
            command=command,
            label=label,
            order=f"{keyword} {value}",
            href=self._href(answering, keyword, f"{keyword} {value}{more}"),
            hint=hint,
            main=main,
        )

    def ratings(self, answering: Answering, *, confirming: bool) -> tuple[Action, ...]:
        """One to five; with ``confirming`` the same mail also confirms the solution."""
        keyword = self.keyword("rate")
        first = f"{self.keyword('confirm')}\n" if confirming else ""
        return tuple(
            Action(
                command="rate",
                label=self._words.say(f"mail.score.{score}"),
                order=f"{first}{keyword} {score}",
                href=self._href(answering, keyword, f"{first}{keyword} {score}"),
            )
            for score in range(1, 6)
        )

    def _href(self, answering: Answering, keyword: str, body: str) -> str:
        subject = f"{answering.tag} {keyword.lstrip('#')}".strip()
        # Below a signature mark, so that the proof is not read as a comment on the command.
        lines = f"{body}\n\n-- \n{answering.key_line}" if answering.key_line else f"{body}\n"
        # A "+" is written %2B: readers that decode as web forms do would make it a space.
        return (
            f"mailto:{quote(answering.address, safe='@')}"
            f"?subject={quote(subject, safe='')}"
            f"&body={quote(lines.replace(chr(10), chr(13) + chr(10)), safe='')}"
        )

    def _worded(self, key: str, otherwise: str) -> str:
        return self._words.say(key) if self._words.has(key) else otherwise
