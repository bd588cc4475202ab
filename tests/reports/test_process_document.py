"""The process document: every shipped process, as it is configured; hours in words."""

from __future__ import annotations

from datetime import UTC, date, time
from pathlib import Path

import pytest

from processor.domain.business_calendar import WORKING_WEEK, BusinessCalendar
from processor.settings.loader import load
from processor.settings.settings import Settings
from reports.documents.process_document import Process, process_document
from reports.working_hours import working_hours
from tests.reports import cases, dossiers
from tests.reports.printed import rows_under, text_of
from tests.reports.soundness import assert_sound
from tests.settings.homes import new_home

LANGUAGES = ("zh", "en")
EARLY, LATE = (time(8), time(12)), (time(22), time(0))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load(new_home(Path(tmp_path_factory.mktemp("process"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_process_is_told(settings: Settings, language: str) -> None:
    words = dossiers.words(language)
    template = dossiers.template(language, "process.docx")
    for name, profile in settings.profiles.items():
        sla = profile.sla or settings.sla
        groups = tuple(settings.directory.groups.values())
        told = process_document(
            Process(profile, sla, {"accept": "#accept"}, groups), cases.head(language), template
        )
        assert_sound(told)
        assert profile.titles.get(language, name) in text_of(told)
        targets = rows_under(told, words.say("report.heading.process_targets"))[1:]
        hours = [working_hours(sla.calendars[one.calendar], words) for one in sla.targets.values()]
        assert [row[3] for row in targets] == hours
        checks = rows_under(told, words.say("report.heading.process_checklist"))[1:]
        assert [row[0] for row in checks] == [one.titles[language] for one in profile.checklist]


@pytest.mark.parametrize(
    ("calendar", "zh", "en"),
    [
        (BusinessCalendar("a", UTC, always=True), "全年每天 24 小时", "Day and night, all year"),
        (BusinessCalendar("n", UTC), "不计时", "Never"),
        (
            BusinessCalendar("w", UTC, WORKING_WEEK, holidays=[date(2026, 10, 1)]),
            "周一至周五 08:30–12:00、13:30–18:00；节假日除外，调休上班日照常",
            "Mon to Fri 08:30–12:00, 13:30–18:00; not on holidays, but on make-up days",
        ),
        (
            BusinessCalendar("o", UTC, {0: (EARLY,), 1: (EARLY,), 3: (EARLY,), 5: (LATE,)}),
            "周一至周二 08:00–12:00；周四 08:00–12:00；周六 22:00–24:00",
            "Mon to Tue 08:00–12:00; Thu 08:00–12:00; Sat 22:00–24:00",
        ),
    ],
    ids=["always", "never", "week", "odd"],
)
def test_hours_in_words(calendar: BusinessCalendar, zh: str, en: str) -> None:
    assert working_hours(calendar, dossiers.words("zh")) == zh
    assert working_hours(calendar, dossiers.words("en")) == en
