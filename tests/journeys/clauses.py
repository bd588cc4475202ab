"""Which story tells which clause of the specification: clause → ``file::test``.

Keywords and moves are not here: ``keyword_stories.py`` and ``test_table_of_moves.py`` tell each of
those that the code has. ``test_clauses.py`` sees that every clause is told, and by whom.
"""

from __future__ import annotations

STEPS: dict[str, tuple[str, ...]] = {
    "100.1 record and classify": (
        "test_principles.py::test_2_everything_is_recorded_and_outside_the_scope_it_is_told",
        "test_logging_calls.py::test_a_call_becomes_an_incident_and_is_acknowledged",
        "test_forms.py::test_an_incident_report_opens_an_incident",
        "test_alerts.py::test_a_problem_opens_an_incident_and_nobody_answers_the_machine",
        "test_scope.py::test_the_desk_is_asked_about_reports_from_outside",
    ),
    "100.2 initial support": (
        "test_association.py::test_the_desk_sees_it_before_it_dispatches_and_the_engineer_after",
        "test_working_commands.py::test_the_desk_answers_and_resolves_at_once",
    ),
    "100.3 first line": (
        "test_working_commands.py::test_accept_takes_the_incident_and_meets_the_response_clock",
        "test_clocks.py::test_what_nobody_accepted_in_time_goes_to_the_desk_and_the_lead",
    ),
    "100.4 second line": (
        "test_escalations.py::test_escalate_hands_over_to_a_higher_line_with_what_was_tried",
        "test_escalations.py::test_escalate_as_people_write_it",
    ),
    "100.5 urgent incident re-confirmed": (
        "test_emergency.py::test_the_manager_confirms_with_one_click_and_all_are_alarmed",
        "test_emergency.py::test_denied_with_a_reason_it_becomes_p2_and_that_is_recorded",
        "test_emergency.py::test_silence_counts_as_yes_and_goes_to_the_next_post",
    ),
    "100.6 third line": (
        "test_third_line.py::test_the_vendor_is_asked_and_waited_for",
        "test_third_line.py::test_its_answer_lands_on_the_incident_and_the_engineer_goes_on",
        "test_third_line.py::test_nothing_that_a_vendor_receives_was_not_released",
        "test_third_line.py::test_the_clock_of_the_vendor",
    ),
    "100.7 solution details": (
        "test_principles.py::test_10_without_its_details_nothing_is_solved",
        "test_working_commands.py::test_resolve_records_the_details_and_asks_the_reporter",
    ),
    "100.8 close": (
        "test_closing_commands.py::test_one_button_confirms_and_rates",
        "test_closing_commands.py::test_approve_archives_with_the_report",
        "test_silence.py::test_silence_after_a_reminder_counts_as_yes_and_the_manager_reviews",
        "test_knowledge.py::test_an_archived_solution_is_published_by_one_click",
        "test_closing_commands.py::test_reopen_of_an_archived_one_inside_the_window",
        "test_correlation.py::test_an_answer_after_the_window_opens_a_linked_one",
    ),
    "100.9 monitor": (
        "test_clocks.py::test_every_cell_of_the_timetable_is_told_once_and_in_time",
        "test_clocks.py::test_after_two_hours_of_downtime_one_mail_tells_the_latest",
        "test_rounds.py::test_an_hour_before_the_end_of_work_the_manager_gets_what_is_unsolved",
        "test_rounds.py::test_half_an_hour_before_the_end_each_customer_gets_the_state_of_theirs",
        "test_callbacks.py::test_weekly_the_desk_calls_and_the_manager_hears_of_it",
    ),
    "101 emergency sub-process": (
        "test_emergency.py::test_the_roster_is_told_every_half_hour_until_it_is_solved",
        "test_emergency.py::test_another_commander_is_named_and_may_broadcast",
        "test_emergency.py::test_one_mail_tells_all_and_stays_for_the_next_round",
        "test_emergency.py::test_receipts_are_counted_and_the_silent_reminded",
        "test_emergency.py::test_attached_incidents_are_over_together",
        "test_emergency.py::test_an_authority_must_be_told_in_time",
        "test_emergency.py::test_the_report_is_owed_within_a_day",
        "test_emergency.py::test_a_problem_is_always_opened_but_not_for_a_drill",
        "test_duties.py::test_a_measure_is_given_to_its_owner_and_done",
    ),
}
"""Spec 1.7."""

PRINCIPLES: dict[str, tuple[str, ...]] = {
    "1 one owner": ("test_principles.py::test_1_an_incident_always_has_exactly_one_owner",),
    "2 everything is recorded": (
        "test_principles.py::test_2_everything_is_recorded_and_outside_the_scope_it_is_told",
        "test_scope.py::test_sales_is_told_as_the_contracts_file_says",
    ),
    "3 priority, and recall for the higher": (
        "test_grading_commands.py::test_the_priority_follows_impact_and_urgency",
        "test_asking_commands.py::test_the_queue_in_the_order_of_work",
        "test_escalations.py::test_recall_frees_the_engineer_and_puts_it_back_in_the_queue",
    ),
    "4 never lowered": (
        "test_principles.py::test_4_a_grade_is_never_lowered_but_by_the_manager_with_a_reason",
        "test_grading_commands.py::test_a_raised_priority_moves_the_targets_but_not_their_start",
    ),
    "5 wrong dispatch": (
        "test_principles.py::test_5_a_wrong_dispatch_goes_back_to_the_desk_and_is_counted",
        "test_escalations.py::test_more_dispatches_than_agreed_are_told_to_the_manager_once",
    ),
    "6 duplicates": (
        "test_principles.py::test_6_duplicates_follow_one_parent_and_everybody_is_informed",
    ),
    "7 associate": (
        "test_association.py::test_a_past_incident_is_shown_with_its_solution",
        "test_association.py::test_an_open_one_that_is_nearly_the_same_is_offered_as_duplicate",
        "test_association.py::test_a_known_error_is_shown_with_its_workaround",
    ),
    "8 closing": ("test_principles.py::test_8_no_engineer_closes_alone",),
    "9 escalation": (
        "test_escalations.py::test_escalate_hands_over_to_a_higher_line_with_what_was_tried",
        "test_escalations.py::test_everybody_on_it_may_raise",
        "test_clocks.py::test_every_cell_of_the_timetable_is_told_once_and_in_time",
    ),
    "10 solution details": ("test_principles.py::test_10_without_its_details_nothing_is_solved",),
    "11 ageing": (
        "test_principles.py::test_11_what_waits_long_comes_first_and_keeps_its_priority",
    ),
}
"""Spec 1.4."""

_ITEMS = "test_configuration_items.py"

NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "problem: opened by keyword": ("test_problems.py::test_an_engineer_opens_a_problem",),
    "problem: opened by each rule": (
        "test_problems.py::test_closing_opens_a_problem_where_the_rules_say_so",
        "test_problems.py::test_what_keeps_coming_back_opens_one_problem",
        "test_emergency.py::test_a_problem_is_always_opened_but_not_for_a_drill",
    ),
    "problem: to its end, engineers told": ("test_problems.py::test_the_whole_life_of_a_problem",),
    "problem: monthly review": ("test_problems.py::test_open_problems_are_reviewed_each_month",),
    "problem: known error": (
        "test_association.py::test_a_known_error_is_shown_with_its_workaround",
    ),
    "change: raised": ("test_changes.py::test_an_engineer_raises_a_change",),
    "change: decided by mail": (
        "test_changes.py::test_approval_tells_the_engineer_and_the_affected",
        "test_changes.py::test_a_refusal_needs_a_reason_and_takes_the_incident_back_to_work",
    ),
    "change: outcome": ("test_changes.py::test_the_outcome_takes_the_incident_back_to_work",),
    "configuration: imported": (
        f"{_ITEMS}::test_an_import_is_idempotent_and_names_faults_by_row_and_column",
    ),
    "configuration: recognised and shown": (
        f"{_ITEMS}::test_an_item_is_recognised_and_shown_with_owner_site_and_past",
        f"{_ITEMS}::test_by_name_alias_address_or_tag",
    ),
    "configuration: changed with an audit entry": (f"{_ITEMS}::test_a_changed_field_is_audited",),
    "service levels: by contract": (
        "test_agreements.py::test_the_customers_contract_says_how_long_it_may_take",
    ),
    "service levels: no contract": (
        "test_scope.py::test_reports_from_outside_are_recorded_and_rejected_at_once",
    ),
    "knowledge: candidate and published": (
        "test_knowledge.py::test_an_archived_solution_is_published_by_one_click",
    ),
    "knowledge: usage and success counted": (
        "test_knowledge.py::test_published_knowledge_is_suggested_used_and_counted",
    ),
}
"""Spec 1.8."""

PROFILES: dict[str, tuple[str, ...]] = {
    "it": ("test_closing_commands.py::test_the_whole_way_in_english",),
    "abnormal": (
        "test_profiles.py::test_an_abnormal_event_from_its_report_to_its_archive",
        "test_profiles.py::test_duties_of_a_grade_are_owed_in_time",
    ),
    "safety": ("test_profiles.py::test_an_accident_is_not_let_go",),
    "emergency": (
        "test_profiles.py::test_an_emergency_in_english_starts_its_plan",
        "test_forms.py::test_an_emergency_form_activates_the_plan",
        "test_emergency.py::test_a_drill_says_so_in_every_mail_and_notifies_nobody_outside",
    ),
    "campus": (
        "test_confidential.py::test_a_confidential_story_shows_no_names",
        "test_forms.py::test_a_confidential_form_is_read_by_the_investigators_alone",
    ),
}
"""Spec 1.9."""
