"""Broken configurations: each is told with its place and what to do, and never with a traceback.

In the new text ``@@`` marks the line and column that the fault must name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from processor.settings.faults import ConfigFault
from processor.settings.loader import ConfigFaults, load
from processor.settings.words import catalogue
from tests.settings.homes import edit, new_home


class Case(NamedTuple):
    file: str
    old: str
    new: str
    problem: str
    told: str  # a part of the English line


P, S, C = "postdesk.yaml", "sla.yaml", "calendars.yaml"
V, R, Y = "vendors.yaml", "rounds.yaml", "parsing.yaml"
A = "alerts.yaml"
NAGIOS = "  - name: nagios\n    from: []\n    proof: "
E = "emergency.yaml"
PEOPLE, COMMANDS, F = "people.yaml", "commands.yaml", "forms.yaml"
SCREEN = "rules/10-screening.yaml"
SPAM = "- name: spam-by-header"
LOGIN = """
logins:
  - name: provider
    token_endpoint: @@{endpoint}/token
    device_endpoint: https://login.example.com/device
    client_id: desk
    scopes: [mail]
profile: it"""

CASES = [
    # keys
    Case(P, "zone: Asia", "@@zonne: Asia", "unknown_key", "Did you mean “zone”?"),
    Case(P, "    kind: folder", "    @@knid: folder", "unknown_key", "Did you mean “kind”?"),
    Case(P, "  attachments: 50", "  @@xyzzy: 50", "unknown_key", "Possible: message_bytes, header"),
    Case(S, "vip_raises_urgency: true", "@@vip_raise_urgency: true", "unknown_key",
         "Did you mean “vip_raises_urgency”?"),
    Case(S, "p1: {response: 15 min, res", "p1: {response: 15 min, @@ers", "unknown_key",
         "Did you mean “resolution”?"),
    Case(S, "  p4: {response: 4 h, ", "  p4: @@{", "missing_key", "Add “response: …”."),
    Case(P, "organisation: Example Company\n", "", "missing_key", "Add “organisation: …”."),
    Case(P, "zone: Asia/Shanghai", "zone: Asia/Shanghai\n@@language: en", "duplicate_key",
         "“language” stands here for a second time; the first is in line"),
    Case(P, "    kind: folder", "    kind: folder\n    login: @@provider", "unknown_login",
         "There is no login “provider”."),
    Case(P, "    kind: outbox", "    kind: smtp\n    host: h\n    user: u\n    login: @@provider",
         "login_unused", "Add auth: oauth2"),
    Case(P, "\nprofile: it", LOGIN.format(endpoint="http://login.example.com"), "open_endpoint",
         "Write an address that begins with https://."),
    Case(P, "    kind: outbox", "    kind: outbox\n    null_return_path: false", "missing_key",
         "Add “envelope_from: …”."),
    Case(COMMANDS, "  accept: {", "  @@acept: {", "unknown_key", "Did you mean “accept”?"),
    Case("profiles/it.yaml", "  - {code: vendor, title", "  - {code: vendor, @@titel",
         "unknown_key",
         "Did you mean “title”?"),
    Case("reports.yaml", "  incident: ", "  @@incidents: ", "unknown_key",
         "Did you mean “incident”?"),
    Case("reports.yaml", "to: [manager, desk]}", "to: [manager, @@chief]}", "unknown_recipient",
         "Nobody knows who “chief” is"),
    Case("reports.yaml", "report: weekly", "report: @@weekyl", "unknown_value",
         "Did you mean “weekly”?"),
    Case("reports.yaml", "folder: reports/audit", "folder: @@../audit", "wrong_kind",
         "Write a folder below the home"),
    Case("reports.yaml", "  - {id: weekly, report: weekly, every: week, day: mon, at: \"09:00\"",
         "  - @@{id: weekly, report: weekly, every: week, day: mon", "missing_key", "Add “at: …”."),
    Case("reports.yaml", "  closed: [cause,", "  closed: [@@couse,", "unknown_record_field",
         "Did you mean “cause”?"),
    Case(A, "  - name: zabbix\n    from: []", "  - name: zabbix\n    @@form: []", "unknown_key",
         "Did you mean “from”?"),
    Case(A, "closure_code: recovered", "closure_code: @@recoverd", "unknown_closure_code",
         "Did you mean “recovered”?"),
    Case(A, "    key: [host, service]", "    key: [@@hots, service]", "unknown_field",
         "Did you mean “host”?"),
    Case(A, "title: [host, service]\n    ci: host", "title: [host, service]\n    ci: @@xyzzy",
         "unknown_field", "Possible: state, host, service"),
    Case(A, "      service: {zh: 服务", "      @@servicce: {zh: 服务", "unknown_field",
         "Did you mean “service”?"),
    Case(A, NAGIOS + "domain", NAGIOS + "@@none", "trusts_anybody", "Name the addresses"),
    Case(A, NAGIOS + "domain", NAGIOS + "@@dkim", "unknown_value", "Possible: none, domain"),
    Case(A, "        - '(?m)^\\s*severity\\s*:\\s*(?P<severity>.+)$'",
         "        - @@'(?=x)(?P<severity>.+)$'", "bad_pattern", "RE2 knows neither look-around"),
    Case(A, "        - body: grafana", "        - @@boddy: grafana", "unknown_key",
         "Did you mean “body”?"),
    Case(A, "again: 30 min", "again: @@0 min", "wrong_kind", "15 min, 4 h or 1 h 30 min"),
    Case(A, "words: [disaster, 灾难], impact: 1", "words: [disaster, 灾难], impact: @@5",
         "too_large", "the most is 4"),
    Case(A, "  - name: alertmanager", "  - name: @@zabbix", "name_twice", "is already in line"),
    # forms
    Case(F, "- id: service_request", "- id: @@incident_report", "name_twice", "is already in line"),
    Case(F, "zh: [部门, 所属部门, 所在部门, 报告部门", "zh: [@@姓名, 所属部门, 所在部门, 报告部门",
         "label_twice", "a label of another field, too, in line"),
    Case(F, '- {code: "4", zh: [一个人', '- {code: @@"5", zh: [一个人', "unknown_grade",
         "Possible: 1, 2, 3, 4."),
    Case(F, "- {code: service/advice", "- {code: @@service/advise", "unknown_category",
         "Did you mean “service/advice”?"),
    Case(F, "after: starts_at", "after: @@start_at", "no_field", "Did you mean “starts_at”?"),
    Case(F, "result: result", "result: @@results", "no_field", "Did you mean “result”?"),
    Case(F, "sound: [normal]", "sound: [@@normale]", "unknown_answer", "Did you mean “normal”?"),
    Case(F, "word/forms/{language}/change_request.docx",
         "@@word/forms/{language}/change.docx", "no_template", "word/forms/zh/change.docx"),
    Case(F, "id: ends_at, kind: datetime", "id: ends_at, kind: @@datum",
         "unknown_value", "Did you mean “date”?"),
    # values
    Case(P, "language: en\n", "language: @@eng\n", "unknown_value", "Did you mean “en”?"),
    Case(P, "language: en\n", "language: @@Klingon\n", "unknown_value", "Possible: zh, en."),
    Case(P, "kind: folder", "kind: @@foldr", "unknown_value", "Did you mean “folder”?"),
    Case(P, "zone: Asia/Shanghai", "zone: @@Asia/Peking", "wrong_kind", "such as Asia/Shanghai"),
    Case(P, "zone: Asia/Shanghai", "zone: @@../../etc", "wrong_kind", "such as Asia/Shanghai"),
    Case(P, "address: servicedesk@example.com", "address: @@servicedesk", "wrong_kind",
         "Write a mail address such as desk@example.com."),
    Case(P, "name: servicedesk", "name: @@Service Desk", "wrong_kind",
         "short name of small letters"),
    Case(P, "poll_seconds: 10", "poll_seconds: @@0", "too_small", "the least is 1"),
    Case(P, "poll_seconds: 10", "poll_seconds: @@often", "wrong_kind", "Write a whole number."),
    Case(P, "batch: 50", "batch: @@5000", "too_large", "the most is 1000"),
    Case(P, "trusted_path: false", "trusted_path: @@perhaps", "wrong_kind", "true or false"),
    Case(P, "aliases: []", "aliases: @@desk@example.org", "wrong_kind", "Write a list"),
    Case(P, "message_bytes: 50 MB", "message_bytes: @@50 Mbit", "wrong_kind", "such as 25 MB"),
    Case(P, "display_name: {zh: 服务台, en: Service Desk}", "display_name: @@{zh: 服务台}",
         "no_title",
         "Add “en: …” beside the other language."),
    Case(P, "organisation: Example Company", 'organisation: @@" "', "wrong_kind", "Write text."),
    Case(P, "organisation: Example Company", "@@organisation:", "empty", "Write text."),
    Case(S, "resolution: 8 h", "resolution: @@8 hours", "wrong_kind", "15 min, 4 h or 1 h 30 min"),
    Case(S, "response: 30 min", "response: @@0 min", "wrong_kind", "15 min, 4 h or 1 h 30 min"),
    Case(S, "impact_3: [2, 3, 3, 4]", "impact_3: @@[2, 3, 3]", "too_few", "the least is 4"),
    Case(S, "impact_3: [2, 3, 3, 4]", "impact_3: [2, 3, @@5, 4]", "too_large", "the most is 4"),
    Case(S, "pauses: [pending_user]", "pauses: [@@pending_users]", "unknown_value",
         "Did you mean “pending_user”?"),
    Case(S, "response: 30 min, resolution: 8 h", "response: @@9 h, resolution: 8 h",
         "late_response",
         "The response target, 9 h, is longer than the resolution target, 8 h."),
    Case(C, "08:30-12:00, 13:30-18:00", "@@08:30-12:00, 11:30-18:00", "wrong_kind", "in order"),
    Case(C, "08:30-12:00, 13:30-18:00", "@@8.30 to 12", "wrong_kind", "in order"),
    Case(C, "closed: []", "closed: [@@2026-02-30]", "wrong_kind", "a date such as 2026-12-25"),
    Case(C, "holidays: CN", "holidays: @@DE", "unknown_value", "Possible: CN, none."),
    Case(C, "    always: true", "    @@always: true\n    holidays: CN", "always_alone",
         "Delete “always”, or everything else"),
    Case(C, "    always: true",
         "    @@week: {mon: 08:30-12:00}\n    closed: [2026-05-09]\n    open: [2026-05-09]",
         "open_and_closed", "2026-05-09 is both a day off and a working day."),
    Case(COMMANDS, "note: {risk: low", "note: {risk: @@lo", "unknown_value", "Did you mean “low”?"),
    Case(COMMANDS, "en: [recall]", "en: @@[]", "too_few", "the least is 1"),
    Case(PEOPLE, "roles: [desk]", "roles: [@@desks]", "unknown_value", "Did you mean “desk”?"),
    # secrets
    Case(P, "secret: file:data/secret.key", "secret: @@hunter2", "plain_secret",
         "env:NAME or file:path"),
    Case(P, "secret: file:data/secret.key", "secret: @@file:data/other.key", "no_secret",
         "Restore the key from a backup."),
    Case(P, "secret: file:data/secret.key", "secret: @@file:config/short.key", "short_secret",
         "The key has only 5 bytes."),
    Case(P, "url: sqlite:///data/postdesk.db", "url: @@postgresql://desk:hunter2@db/desk",
         "plain_secret", "env:NAME or file:path"),
    Case(P, "url: sqlite:///data/postdesk.db", "url: @@mysql://db/desk", "bad_database",
         "sqlite:///path or postgresql://user@host/name"),
    Case(P, "url: sqlite:///data/postdesk.db",
         "url: postgresql://desk@db/desk\n  password: @@env:POSTDESK_NOWHERE", "no_secret",
         "no variable POSTDESK_NOWHERE"),
    # names that nobody gives
    Case(PEOPLE, "desk: service-desk", "desk: @@servicedesk", "unknown_group",
         "Did you mean “service-desk”?"),
    Case(PEOPLE, "groups: [hardware]", "groups: [hardware, @@netwrok]", "unknown_group",
         "There is no group “netwrok”. Did you mean “network”?"),
    Case(P, "profile: it", "profile: @@i", "unknown_profile", "“i”"),
    Case(P, "kind: folder", "kind: folder\n    sender: @@outbocks", "unknown_sender",
         "Did you mean “outbox”?"),
    Case(S, "resolution: 8 h, calendar: working-time", "resolution: 8 h, calendar: @@worktime",
         "unknown_calendar", "Did you mean “working-time”?"),
    Case(E, "{post: it_director}", "{post: @@it_directer}", "unknown_post",
         "Did you mean “it_director”?"),
    Case(E, "{role: manager}", "{role: @@manger}", "unknown_value", "Did you mean “manager”?"),
    Case(E, "{role: manager}", "@@{role: manager, post: it_director}", "member_twice",
         "Keep one of address, post, role, group"),
    Case(E, "{role: manager}", "@@{language: en}", "missing_key", "Add “address: …”."),
    Case(E, "silence_tells: it_director", "silence_tells: @@manager", "unknown_post",
         "Did you mean “general_manager”?"),
    Case("association.yaml", "  listed: []", "  listed: [{name: A1, @@adress: 10.0.0.1}]",
         "unknown_key",
         "Did you mean “address”?"),
    Case("contracts.yaml", "    services: []", "    services: [@@securty]", "unknown_category",
         "Did you mean “security”?"),
    Case(S, "100: it_director", "100: @@it_directer", "unknown_told",
         "Did you mean “it_director”?"),
    Case(SCREEN, SPAM, "- {name: a, when: {}, then: {category: @@hardware/prniter}}\n" + SPAM,
         "unknown_category", "Did you mean “hardware/printer”?"),
    Case(SCREEN, SPAM, "- {name: a, when: {}, then: {group: @@hardwear}}\n" + SPAM,
         "unknown_group", "Did you mean “hardware”?"),
    Case(SCREEN, SPAM, "- {name: a, when: {}, then: {assignee: @@wang@example.com}}\n" + SPAM,
         "unknown_person", "Did you mean “wang.qiang@example.com”?"),
    # names given twice
    Case(PEOPLE, "address: zhao.min@example.com",
         "address: zhao.min@example.com\n    aliases: [@@Wang.Qiang@example.com]", "address_twice",
         "The address Wang.Qiang@example.com is already in line"),
    Case(PEOPLE, "- name: network", "- name: @@hardware", "name_twice", "Keep only one of them."),
    Case(PEOPLE, "groups: [hardware]", "leads: [hardware, security]", "lead_twice",
         "already has a lead in line"),
    Case(COMMANDS, "zh: [升级, ", "zh: [@@分派, ", "keyword_twice",
         "already means “assign” in line"),
    Case(COMMANDS, "en: [recall]", "en: [@@ＡＣＣＥＰＴ]", "keyword_twice",
         "already means “accept”"),
    Case("profiles/it.yaml", "{code: wan,", "{code: @@lan,", "name_twice", "“network/lan”"),
    Case("contracts.yaml", "domains: [example.com]", "domains: [example.com, @@EXAMPLE.com]",
         "domain_twice", "Keep only one"),
    # what is not whole
    Case(PEOPLE, "roles: [manager, approver]", "roles: [approver]", "nobody_is",
         "Add “manager” to the roles of somebody in people.yaml."),
    Case(PEOPLE, "  - name: network\n",
         "  - {name: @@vendors, title: {zh: 厂商, en: Vendors}}\n  - name: network\n",
         "empty_group",
         "Nobody is in the group “vendors”"),
    Case(P, "address: servicedesk@example.com", "address: @@chen.jing@example.com", "own_address",
         "a person and of a service mailbox at once"),
    Case(P, "path: outbox", "path: @@./inbox", "same_folder", "the way in and the way out"),
    Case(P, "kind: folder", "kind: imap", "missing_key", "Add “host: …”."),
    Case(P, "    path: inbox\n", "", "missing_key", "Add “path: …”."),
    Case(COMMANDS, "approve: {risk: high", "approve: {risk: @@none", "risk_too_low",
         "“approve” changes records"),
    Case("reports.yaml", "word/{language}/incident-report.docx", "@@word/{language}/mine.docx",
         "no_template", "The template word/zh/mine.docx is in no templates folder."),
    Case("profiles/it.yaml", "{code: lan, title: {zh: 局域网, en: LAN}}",
         "{code: lan, title: {zh: 局域网, en: LAN}, below: [{code: a, title: {zh: 甲, en: A}, "
         "below: [{code: @@b, title: {zh: 乙, en: B}}]}]}", "too_deep", "Leave out a level."),
    # rules
    Case(SCREEN, SPAM, "- {name: a, when: {subject: {@@contain: x}}, then: {urgency: 1}}\n" + SPAM,
         "unknown_key", "Did you mean “contains”?"),
    Case(SCREEN, SPAM, "- {name: a, when: {@@subjekt: x}, then: {urgency: 1}}\n" + SPAM,
         "unknown_key", "Did you mean “subject”?"),
    Case(SCREEN, SPAM, "- @@{when: {subject: x}, then: {urgency: 1}}\n" + SPAM, "missing_key",
         "Add “name: …”."),
    Case(SCREEN, SPAM, "- {name: a, when: {subject: x}, then: {urgency: @@5}}\n" + SPAM,
         "unknown_value", "Possible: 1, 2, 3, 4."),
    Case(SCREEN, SPAM, "- {name: a, when: {subject: x}, then: {drop: @@'yes'}}\n" + SPAM,
         "wrong_kind", "Write true or false."),
    Case(SCREEN, SPAM,
         "- {name: a, when: {subject: {pattern: @@'(?=x)'}}, then: {urgency: 1}}\n" + SPAM,
         "bad_pattern", "RE2 knows neither look-around nor back-references"),
    Case(SCREEN, SPAM,
         "- {name: a, when: {subject: {pattern: @@'(?P<cii>SRV)'}}}\n" + SPAM,
         "unknown_capture", "Did you mean “ci”?"),
    Case(SCREEN, SPAM,
         "- {name: a, when: {}, then: {reply_template: @@pasword}}\n" + SPAM,
         "unknown_reply_template", "reply template “pasword”. Did you mean “password”?"),
    Case(SCREEN, SPAM,
         "- {name: a, when: {}, then: {reply_template: @@../../etc/x}}\n" + SPAM,
         "unknown_reply_template", "Write templates/mail/zh/opened.../../etc/x.txt and .html"),
    Case(SCREEN, SPAM,
         "- {name: a, when: {}, then: {reply_template: @@hours}}\n" + SPAM,
         "no_template", "The template mail/en/opened.hours.html is in no templates folder."),
    Case(SCREEN, SPAM,
         "- {name: a, when: {}, then: {urgency: 1}, examples: [{expect: {reply_template: "
         "@@password2}}]}\n" + SPAM, "unknown_reply_template", "Did you mean “password”?"),
    Case(SCREEN, SPAM,
         "- {name: a, when: {subject: {pattern: @@'(?P<reply_template>x)'}}}\n" + SPAM,
         "unknown_capture", "A pattern cannot fill “reply_template”."),
    Case(SCREEN, "- name: error-code", "- name: @@spam-by-header", "rule_twice", "name of its own"),
    # emergencies, vendors, rounds
    Case(E, "within: 10 min", "within: @@10 minutes", "wrong_kind", "15 min, 4 h or 1 h 30 min"),
    Case(E, "confirm:\n", "@@confim:\n", "unknown_key", "Did you mean “confirm”?"),
    Case(E, "  denied_priority: 2", "  denied_priority: @@0", "too_small", "the least is 1"),
    Case(E, "profiles: [it]", "profiles: [@@itt]", "unknown_profile", "Did you mean “it”?"),
    Case(E, "tell_reporters: [start, rounds, end]", "tell_reporters: [@@begin, rounds, end]",
         "unknown_value", "Possible: start, rounds, end."),
    Case(E, "times: 4}", "times: @@400}", "too_large", "the most is 100"),
    Case(E, "notices: []", "notices: [{title: @@{zh: 上报}, within: 1 h}]", "no_title",
         "Add “en: …”"),
    Case(E, "notices: []", "notices: [{title: {zh: 甲, en: A}, within: 1 h, "
         "categories: [@@network/wann]}]", "unknown_category", "Did you mean “network/wan”?"),
    Case(E, "notices: []", "notices: [{title: {zh: 甲, en: A}, within: 1 h, "
         "owner: @@chen.jin@example.com}]", "unknown_person",
         "Did you mean “chen.jing@example.com”?"),
    Case(V, "calendar: working-time", "calendar: @@working-hours", "unknown_calendar",
         "Did you mean “working-time”?"),
    Case(V, "address: support@vendor.example", "address: @@support", "wrong_kind",
         "Write a mail address"),
    Case(V, "release: [subject, symptom,", "release: [subject, @@symptoms,", "unknown_value",
         "Did you mean “symptom”?"),
    Case(V, "p1: 1 h, p2: 4 h", "p1: @@soon, p2: 4 h", "wrong_kind", "15 min, 4 h or 1 h 30 min"),
    Case(R, "calendar: working-time", "calendar: @@workingtime", "unknown_calendar",
         "Did you mean “working-time”?"),
    Case(R, "then: tell", "then: @@tel", "unknown_value", "Did you mean “tell”?"),
    Case(R, "closure_code: withdrawn", "closure_code: @@withdrew", "unknown_closure_code",
         "Did you mean “withdrawn”?"),
    Case(R, 'at: "08:30"', "at: @@8h30", "wrong_kind", "08:30"),
    Case(R, "who: all, share", "who: @@everyone, share", "unknown_value",
         "Possible: all, sample, low, none."),
    Case(R, "share: 20", "share: @@200", "too_large", "the most is 100"),
    Case(R, "  morning: {", "  @@mornings: {", "unknown_key", "Did you mean “morning”?"),
    # association, problems, changes, contracts, profiles, reports
    Case("association.yaml", "from_percent: 30", "from_percent: @@0", "too_small",
         "the least is 1"),
    Case("association.yaml", "    owner: [责任人", "    @@owners: [责任人", "unknown_key",
         "Did you mean “owner”?"),
    Case("association.yaml", "candidate_after: 1 h", "candidate_after: @@an hour", "wrong_kind",
         "15 min, 4 h or 1 h 30 min"),
    Case("problems.yaml", "[unresolved, workaround,", "[@@unresolve, workaround,", "unknown_value",
         "Did you mean “unresolved”?"),
    Case("problems.yaml", "[not_reproducible, recovered]", "[@@not_reproduced, recovered]",
         "unknown_closure_code", "Did you mean “not_reproducible”?"),
    Case("problems.yaml", "incidents: 5", "incidents: @@1", "too_small", "the least is 2"),
    Case("problems.yaml", "review_day: 1", "review_day: @@31", "too_large", "the most is 28"),
    Case("changes.yaml", "by: [approver, it_director]", "by: [approver, @@it_directer]",
         "unknown_approver", "Did you mean “it_director”?"),
    Case("changes.yaml", "tell_affected: true", "tell_affected: @@sometimes", "wrong_kind",
         "true or false"),
    Case("changes.yaml", "  high: {by", "  @@hihg: {by", "unknown_key", "Did you mean “high”?"),
    Case("contracts.yaml", "then: accept", "then: @@acept", "unknown_value",
         "Did you mean “accept”?"),
    Case("contracts.yaml", "agreements: []",
         "agreements:\n  - {category: @@network/lna, targets: {p1: {resolution: 2 h}}}",
         "unknown_category", "Did you mean “network/lan”?"),
    Case("contracts.yaml", "agreements: []",
         "agreements:\n  - {organisation: @@示例, targets: {p1: {resolution: 2 h}}}",
         "unknown_organisation", "“示例”"),
    Case("profiles/abnormal.yaml", "prefix: ABN", "prefix: @@REQ", "prefix_taken", "“REQ”"),
    Case("profiles/abnormal.yaml", 'group: ""', "group: @@hardwear", "unknown_group",
         "Did you mean “hardware”?"),
    Case("profiles/abnormal.yaml", "impact_2: [2, 2, 2, 2]", "impact_2: [2, 2, 2, @@two]",
         "wrong_kind", "Write a whole number."),
    Case(S, "p1: {50: lead, 75: manager", "p1: {50: lead, 75: @@mangaer", "unknown_told",
         "Did you mean “manager”?"),
    Case(S, "ageing: {every: 7,", "ageing: {@@evry: 7,", "unknown_key", "Did you mean “every”?"),
    # reading mails
    Case(Y, "subject_tags: []", "subject_tags: [{name: a, pattern: @@'[EXT'}]", "bad_pattern",
         "RE2 knows neither look-around"),
    Case(Y, "quote_heads: []", "quote_heads: [{name: a, pattern: @@'=*'}]", "empty_pattern",
         "Write what must stand there"),
    Case(Y, "signatures: []", "signatures: [{name: a, pattern: x}, {name: @@a, pattern: y}]",
         "name_twice", "is already in line"),
    Case(Y, "  site: {zh: [故障地点,", "  @@sight: {zh: [故障地点,", "unknown_key",
         "Did you mean “site”?"),
    Case(Y, "zh: [所属部门,", "zh: [@@地点, 所属部门,", "label_twice", "in line"),
    Case(Y, "en: [error code]", "en: [error code], more: {@@zh: [错误]}", "wrong_kind",
         "such as ja or de"),
    Case(Y, "expect: {subject: 打印机报修,", "expect: {@@subjekt: 打印机报修,", "unknown_key",
         "Did you mean “subject”?"),
    Case(SCREEN, SPAM, "- {name: a, when: {profile: @@itt}, then: {urgency: 1}}\n" + SPAM,
         "unknown_profile", "Did you mean “it”?"),
    # … at any depth, by any operator that names a whole one
    *(
        Case(SCREEN, SPAM, f"- {{name: a, when: {{{when}}}, then: {{urgency: 1}}}}\n" + SPAM,
             problem, told)
        for when, problem, told in (
            ("any: [{subject: x}, {all: [{profile: @@itt}]}]", "unknown_profile", "“it”"),
            ("not: {any: {subject: x, mailbox: [servicedesk, @@servicedsk]}}", "unknown_mailbox",
             "“servicedesk”"),
            ("profile: {not: {in: [it, @@saftey]}}", "unknown_profile", "“safety”"),
            ("profile: {any: [{is: it}, {contains: @@camqus}]}", "unknown_profile", "“campus”"),
            ("all: {form: @@incident_reprot}", "unknown_form", "“incident_report”"),
            ("not: [{organisation: @@Exampel Com}]", "unknown_organisation", "“Example Company”"),
            ("any: [{language: {is: @@fr}}]", "unknown_value", "Possible: zh, en."),
        )
    ),
    Case(A, "  - name: zabbix\n    from: []\n    proof: domain\n    when:",
         "  - name: zabbix\n    from: []\n    proof: domain\n    when:\n"
         "      not: {language: @@xx}", "unknown_value", "Possible: zh, en."),
    Case(SCREEN, SPAM,
         "- {name: a, when: {mailbox: [@@servicedsk]}, then: {urgency: 1}}\n" + SPAM,
         "unknown_mailbox", "Did you mean “servicedesk”?"),
    Case(SCREEN, SPAM,
         "- {name: a, when: {time: {between: @@9am-5pm}}, then: {urgency: 1}}\n" + SPAM,
         "unknown_value", "22:00-06:00"),
    Case(SCREEN, SPAM, "- {name: a, when: {day: [@@caturday]}, then: {urgency: 1}}\n" + SPAM,
         "unknown_value", "Possible: mon, tue, wed"),
    # no YAML at all
    Case(P, "database:\n", "database:\n@@\turl: x\n", "tab", "Indent with blanks only."),
    Case(P, "kind: folder", "kind: folder@@: imap", "bad_yaml", "Look at the indentation"),
    Case(P, "organisation: Example Company", "organisation: @@!!python/object:os.system x",
         "bad_tag", "Write plain text"),
    Case(P, "aliases: []", "aliases: @@&a [*a]", "endless", "Write them out without & and *."),
]  # fmt: skip


def faults_of(home: Path) -> list[ConfigFault]:
    with pytest.raises(ConfigFaults) as told:
        load(home)
    return told.value.faults


def broken(home: Path, case: Case) -> tuple[int, int] | None:
    """Break the file; gives the marked line and column."""
    (home / "config" / "short.key").write_text("short", encoding="utf-8")
    # one reply template that is whole, one that lacks its English page
    for name in (*(f"{n}.{e}" for n in ("password", "hours") for e in ("txt", "html")),):
        for language in ("zh", "en"):
            path = home / "templates" / "mail" / language / f"opened.{name}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x", encoding="utf-8")
    (home / "templates" / "mail" / "en" / "opened.hours.html").unlink()
    path = edit(home, case.file, case.old, case.new)
    before, mark, after = path.read_text(encoding="utf-8").partition("@@")
    path.write_text(before + after, encoding="utf-8")
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if mark else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.problem}-{case.new[:30]!r}")
def test_fault_is_told_with_its_place_and_what_to_do(case: Case, tmp_path: Path) -> None:
    home = new_home(tmp_path)
    place = broken(home, case)
    faults = faults_of(home)
    meant = [fault for fault in faults if fault.problem == case.problem]
    assert meant, [fault.told(catalogue("en")) for fault in faults]
    fault = meant[0]
    line = fault.told(catalogue("en"))
    assert fault.file == f"config/{case.file}"
    assert case.told in line
    assert line.startswith(f"config/{case.file}:{fault.line}:{fault.column}: ")
    if place is not None:
        assert (fault.line, fault.column) == place, line
    assert fault.line >= 1
    assert fault.told(catalogue("zh")) != line
    assert not re.search(r"\{(entry|value|expected|nearest|detail)\}", line)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 120
    assert len({case.problem for case in CASES}) >= 35


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    edit(home, P, "poll_seconds: 10", "poll_seconds: often")
    edit(home, P, "batch: 50", "batch: 0")
    edit(home, S, "resolution: 8 h, calendar: working-time", "resolution: 8 h, calendar: nowhere")
    edit(home, C, "holidays: CN", "holidays: DE")
    edit(home, PEOPLE, "groups: [hardware]", "groups: [hardwear]")
    edit(home, SCREEN, SPAM, "- {name: a, when: {sender: x}, then: {group: nobody}}\n" + SPAM)
    found = {(fault.file, fault.problem) for fault in faults_of(home)}
    assert found >= {
        ("config/postdesk.yaml", "wrong_kind"),
        ("config/postdesk.yaml", "too_small"),
        ("config/sla.yaml", "unknown_calendar"),
        ("config/calendars.yaml", "unknown_value"),
        ("config/people.yaml", "unknown_group"),
        ("config/people.yaml", "empty_group"),
        ("config/rules/10-screening.yaml", "unknown_key"),
        ("config/rules/10-screening.yaml", "unknown_group"),
    }
    assert faults_of(home) == sorted(faults_of(home), key=lambda f: (f.file, f.line, f.column))


def test_a_broken_file_does_not_make_the_names_of_others_unknown(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    edit(home, PEOPLE, "desk: service-desk", "desk: [")
    assert {fault.file for fault in faults_of(home)} == {"config/people.yaml"}


def test_a_secret_in_the_open_is_not_repeated(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    edit(home, P, "url: sqlite:///data/postdesk.db", "url: postgresql://desk:hunter2@db/desk")
    edit(home, P, "kind: folder", "kind: folder\n    password: hunter2")
    with pytest.raises(ConfigFaults) as told:
        load(home)
    assert [fault.problem for fault in told.value.faults] == ["plain_secret", "plain_secret"]
    assert "hunter2" not in str(told.value)
    assert "hunter2" not in repr(told.value.faults)


def test_missing_files_are_faults(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    (home / "config" / S).unlink()
    for profile in (home / "config" / "profiles").iterdir():
        profile.unlink()
    missing = [fault for fault in faults_of(home) if fault.problem == "no_file"]
    assert [fault.file for fault in missing] == ["config/profiles/*.yaml", "config/sla.yaml"]
    assert (
        missing[0].told(catalogue("en")).startswith("config/profiles/*.yaml: The file is missing")
    )


def test_a_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    (home / "config" / S).unlink()
    (home / "config" / S).mkdir()
    assert [f.problem for f in faults_of(home) if f.file == "config/sla.yaml"] == ["unreadable"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("slaa.yaml", "sla.yaml"), ("people.yml", "people.yaml"), ("rules/60-own.yml", "60-own.yaml")],
)
def test_files_that_nobody_would_read_are_faults(name: str, meant: str, tmp_path: Path) -> None:
    home = new_home(tmp_path)
    (home / "config" / name).write_text("{}", encoding="utf-8")
    (fault,) = faults_of(home)
    assert (fault.problem, fault.nearest, fault.line) == ("unknown_file", meant, 0)


def test_other_encodings_are_told_with_the_first_wrong_line(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    path = home / "config" / "contracts.yaml"
    path.write_bytes("# note\norganisations:\n  - name: 示例公司\n".encode("gb18030"))
    (fault,) = faults_of(home)
    # 示 in GB 18030 happens to be a letter in UTF-8 too
    assert (fault.problem, fault.line, fault.column) == ("not_utf8", 3, 13)


def test_control_characters_are_told_with_their_place(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    path = home / "config" / "contracts.yaml"
    path.write_bytes(b"organisations:\n  - name: A\x08B\n")
    (fault,) = faults_of(home)
    assert (fault.problem, fault.line, fault.column) == ("control_character", 2, 12)


def test_a_file_of_another_shape_is_a_fault(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    (home / "config" / "contracts.yaml").write_text("just words\n", encoding="utf-8")
    (home / "config" / "rules" / "20-types.yaml").write_text("a: 1\n", encoding="utf-8")
    found = {fault.file: fault for fault in faults_of(home)}
    assert found["config/contracts.yaml"].expected == ("@mapping",)
    assert found["config/rules/20-types.yaml"].expected == ("@list",)


def test_a_rule_name_of_another_file_is_a_fault(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    rule = "- {name: spam-by-header, when: {subject: x}, then: {urgency: 1}}\n"
    (home / "config" / "rules" / "90-own.yaml").write_text(rule, encoding="utf-8")
    (fault,) = faults_of(home)
    assert (fault.file, fault.problem, fault.line) == ("config/rules/90-own.yaml", "rule_twice", 1)
    assert fault.detail == "rules/10-screening.yaml"


def test_aliases_of_aliases_do_not_grow_without_end(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    (home / "config" / "contracts.yaml").write_text("\n".join(lines), encoding="utf-8")
    (fault,) = faults_of(home)
    assert fault.problem == "endless"
