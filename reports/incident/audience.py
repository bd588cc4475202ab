"""Who reads the report decides what stands in it: the team everything, the reporter his side.

What a reporter may see is named here, one by one; whatever is new is hidden from him until
somebody names it too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from processor.domain.incident import Dossier, Incident, JournalEntry, MailRecord

Audience = Literal["team", "reporter"]

_OPEN_FIELDS = frozenset(
    {
        "status",
        "type",
        "category",
        "impact",
        "urgency",
        "priority",
        "line",
        "group",
        "assignee",
        "solution",
        "cause",
        "action",
        "solution_kind",
        "closure_code",
        "confirmation",
        "satisfaction",
        "satisfaction_comment",
        "parent",
        "subject",
        "symptom",
    }
)
_TO_THE_REPORTER = frozenset({"reply", "question"})
_OF_THE_REPORTER = frozenset({"mail", "comment"})
# Known to the team alone: how it was staffed, whom mail does not reach, who else reported.
_TEAM_ONLY: dict[str, Any] = {
    "tags": (),
    "reply_template": "",
    "unreachable": (),
    "watchers": (),
    "wrong_dispatches": 0,
    "dispatches": 0,
    "functional_escalations": 0,
    "hierarchical_escalations": 0,
    "effort_minutes": 0,
    "knowledge_used": "",
    "fault_vendor": "",
    "commander": "",
    "callback_result": "",
    "owner": "",
}


def for_reader(dossier: Dossier, audience: Audience) -> Dossier:
    """The dossier without what ``audience`` must not see."""
    if audience == "team":
        return dossier
    incident = dossier.incident
    parties = {address.lower() for address in (incident.reporter_address, *incident.watchers)}
    mails = tuple(mail for mail in dossier.mails if _open_mail(mail, parties))
    # Who sent a file decides: one that belongs to no mail shown is not shown either.
    shown = {mail.message_id for mail in mails}
    return replace(
        dossier,
        incident=_masked(incident),
        journal=tuple(entry for entry in dossier.journal if _open_entry(entry, parties)),
        mails=mails,
        attachments=tuple(file for file in dossier.attachments if file.message_id in shown),
        links=tuple(link for link in dossier.links if link.kind == "follows"),
        own=(),
        ticked=(),
    )


def _masked(incident: Incident) -> Incident:
    return replace(incident, **_TEAM_ONLY)


def _open_entry(entry: JournalEntry, parties: set[str]) -> bool:
    if entry.kind in ("field", "opened"):
        return entry.field in _OPEN_FIELDS
    if entry.kind in _OF_THE_REPORTER:
        return entry.actor.lower() in parties
    return entry.kind in _TO_THE_REPORTER


def _open_mail(mail: MailRecord, parties: set[str]) -> bool:
    if mail.internal:
        return False
    if mail.direction == "in":
        return mail.sender.lower() in parties
    return any(recipient.lower() in parties for recipient in mail.recipients)
