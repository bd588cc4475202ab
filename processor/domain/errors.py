"""Two families of faults: what a person did wrong, and what went wrong inside.

A :class:`Refusal` is answered to the person, in words from the catalogue (``refusal.<code>``);
a :class:`Fault` goes to the log and to quarantine and is never mailed.
"""

from __future__ import annotations


class Refusal(Exception):
    """A wish that the rules of the desk do not allow; nothing was changed.

    ``code`` names the sentence in the catalogue (``refusal.<code>``), ``params`` fill it.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


class Fault(Exception):
    """Something inside did not work; ``reason`` is for the administrator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NewerDatabase(Fault):
    """The database was made by a newer release; ``revision`` is the database's, ``known`` ours."""

    def __init__(self, revision: str, known: str) -> None:
        super().__init__(f"the database is at revision {revision}, this release knows {known}")
        self.revision = revision
        self.known = known


class NotFound(Refusal):
    """No record of that number."""

    def __init__(self, number: str) -> None:
        super().__init__("not_found", number=number)
