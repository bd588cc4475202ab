"""One mail's way through the desk, top to bottom. Start reading here.

A message is already spooled: its bytes are durable before anything is read from them. Reading
touches no row and may run anywhere; all of settling is one transaction, which also marks the
message as processed, so that a crash at any point repeats the whole or nothing (spec 2.2).
A step either judges or acts; `apply` and `reply` are the only ones that act.
"""

from __future__ import annotations

from processor.pipeline.state import Reading, Step
from processor.pipeline.steps.apply import apply
from processor.pipeline.steps.authorise import authorise
from processor.pipeline.steps.check_seal import check_seal
from processor.pipeline.steps.classify import classify
from processor.pipeline.steps.correlate import correlate
from processor.pipeline.steps.decide import decide
from processor.pipeline.steps.find_reporter import find_reporter
from processor.pipeline.steps.identify_sender import identify_sender
from processor.pipeline.steps.parse import parse
from processor.pipeline.steps.read_alert import read_alert
from processor.pipeline.steps.read_attached import read_attached
from processor.pipeline.steps.read_commands import read_commands
from processor.pipeline.steps.read_forms import read_forms
from processor.pipeline.steps.recognise import recognise
from processor.pipeline.steps.reply import reply
from processor.pipeline.steps.screen import screen

READING: tuple[Reading, ...] = (
    parse,  # bytes → message value; defects are listed, never raised
    screen,  # our own mail, unreadable mail: the journey ends here
    check_seal,  # whether the author's own domain signed it
    read_forms,  # Word forms among the attachments
    read_attached,  # a mail that one of the team hands on as a file
)

SETTLING: tuple[Step, ...] = (
    recognise,  # the same mail taken in before by another way
    identify_sender,  # whom the mail names; no proof yet
    read_alert,  # what a monitoring system says, and whether it is trusted
    correlate,  # which incident, and what that proves
    read_commands,  # keywords and the note beside them
    authorise,  # which of them the proof suffices for
    find_reporter,  # for whom one of the team writes
    classify,  # rules: type, category, grades, routing, drop
    decide,  # one intent
    apply,  # services change the record
    reply,  # events become mails in the outbox
)
