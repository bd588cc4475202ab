"""Coverage-guided fuzzing of the whole of parsing with atheris (libFuzzer).

Run for as long as you like, from the repository's root::

    python -m tests.fuzz.fuzz_parse -rss_limit_mb=300 -timeout=60 NEW SEEDS

``SEEDS`` is a folder of mails (``tests/mails/parsing`` does, ``-dict=tests/fuzz/mail.dict``
helps); what reaches new code goes to the
folder ``NEW``. A finding is left as ``crash-…``, ``timeout-…`` or ``oom-…`` in the working folder.
"""

from __future__ import annotations

import logging
import sys
from time import process_time

import atheris

with atheris.instrument_imports(include=["processor.parsing", "email", "mailparser"]):
    from processor.parsing.parse import parse

from tests.fuzz.soundness import sound

CPU_SECONDS = 2.0


def one_input(data: bytes) -> None:
    """One mail, twice: it must come out sound, and alike."""
    begun = process_time()  # and not the wall's time: a campaign gets out of everybody's way
    message = parse(data)
    assert process_time() - begun < CPU_SECONDS
    sound(message, data)
    if message.size % 16 == 0:
        assert parse(data) == message


def main() -> None:
    """Hand the harness and libFuzzer's own options over."""
    logging.disable(logging.CRITICAL)
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
