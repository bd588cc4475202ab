"""Which incident a mail belongs to (spec 2.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from processor.demo.story import DESK
from processor.domain.incident import Status
from processor.domain.people import Directory
from processor.domain.people import Person as Known
from processor.settings.settings import Settings
from tests.journeys.desk import SHANGHAI_MORNING, Story

# ---- found -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lost",
    [
        {"thread": True, "quote": True, "tag": True},
        {"address": True, "quote": True, "tag": True},
        {"address": True, "thread": True, "quote": True},
        {"address": True, "thread": True, "tag": True},
    ],
    ids=["by the reply address", "by the thread", "by the subject's tag", "by the key line"],
)
def test_one_sign_is_enough(desk: Story, lost: dict[str, bool]) -> None:
    desk.printer_jam()
    desk.li.answers_strangely("opened", "错误码是 E-13", **lost)
    assert desk.turn() == ["updated"]
    assert len(desk.numbers) == 1
    assert ("mail", "错误码是 E-13") in desk.steps()


def test_by_the_references_alone(desk: Story) -> None:
    desk.printer_jam()
    opened = desk.li.got("opened")
    desk.li.writes(
        "补充", "错误码是 E-13", headers=[("References", f"<a@b.c> {opened['Message-ID']}")]
    )
    assert desk.turn() == ["updated"]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("答复：关于 {number}", "错误码是 E-13"),
        ("补充", "我的单号是 {number}\n错误码是 E-13"),
        ("补充", "单号 {number_wide} 错误码是 E-13"),
    ],
)
def test_a_party_may_name_the_number(desk: Story, subject: str, text: str) -> None:
    desk.printer_jam()
    number = desk.numbers[0]
    fill = {"number": number.lower(), "number_wide": number.replace("-", "－")}
    desk.li.writes(subject.format(**fill), text.format(**fill))
    assert desk.turn() == ["updated"]


def test_a_number_far_down_is_no_name(desk: Story) -> None:
    desk.printer_jam()
    far = "\n".join(f"第{n}行" for n in range(1, 8))
    desk.li.writes("另一件事：鼠标坏了", f"{far}\n上次的 {desk.numbers[0]} 处理得很好")
    assert desk.turn() == ["opened"]


def test_the_nearest_mail_of_a_thread_counts(desk: Story) -> None:
    desk.printer_jam()
    first = desk.li.got("opened")
    desk.at("09:10")
    desk.li.writes("鼠标坏了", "鼠标左键没有反应")
    desk.turn()
    second = desk.li.got("opened")
    references = f"{first['Message-ID']} {second['Message-ID']}"
    desk.li.writes("补充", "左右键都没有反应", headers=[("References", references)])
    assert desk.turn() == ["updated"]
    assert len(desk.taken_in(2)) == 2


# ---- strangers ---------------------------------------------------------------------------------


def test_a_stranger_who_quotes_a_number_is_not_joined(desk: Story) -> None:
    desk.taken()
    before = desk.fingerprint()
    desk.john.writes(f"About {desk.numbers[0]}", "I have the same trouble with my printer.")
    assert desk.turn() == ["opened"]
    assert desk.fingerprint() == before
    assert "stranger-wrote" in desk.letters["wang.qiang"]
    assert desk.numbers[1] in desk.wang.reads("stranger-wrote")
    assert [(link.kind, link.number) for link in desk.dossier(2).links] == [
        ("related", desk.numbers[0])
    ]


def test_a_number_that_nobody_has_is_just_text(desk: Story) -> None:
    desk.john.writes("About INC-20200101-0001", "My printer jams.")
    assert desk.turn() == ["opened"]
    assert desk.dossier().links == ()


def test_a_colleague_who_answers_all_before_there_was_a_number(desk: Story) -> None:
    colleague = desk.person("张伟", "zhang.wei@customer.example")
    raw = desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下", to=f"{DESK}, {colleague.address}")
    colleague.answers("", "我也遇到了，二楼也卡纸。", mail=desk.read(raw))
    assert desk.turn() == ["opened", "updated"]
    assert len(desk.numbers) == 1
    assert desk.incident().watchers == (colleague.address,)
    assert desk.letters["wang.qiang"] == ["assigned", "updated"]
    # and from now on he may ask about it
    colleague.writes("单号", f"#状态 {desk.numbers[0]}")
    assert desk.turn() == ["commanded"]
    # but neither confirm nor withdraw
    colleague.says("#撤销")
    desk.refuses(colleague)


def test_who_is_kept_informed_gets_the_answers(desk: Story) -> None:
    colleague = desk.person("张伟", "zhang.wei@customer.example")
    raw = desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下")
    colleague.answers("", "我也是。", mail=desk.read(raw))
    desk.turn()
    desk.wang.answers("assigned", "#接单\n#回复 下午修好")
    desk.turn()
    assert desk.letters["zhang.wei"] == ["reply"]


# ---- twice the same ----------------------------------------------------------------------------


def test_the_same_mail_under_another_name_changes_nothing(desk: Story) -> None:
    raw = desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下")
    assert desk.turn() == ["opened"]
    desk.post(raw)
    assert desk.turn() == []
    assert (len(desk.numbers), desk.letters) == (1, {})


def test_the_same_mail_through_two_mailboxes_is_settled_once(desk: Story) -> None:
    raw = desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下")
    desk.post(b"Received: from a by b; Mon, 23 Nov 2026 09:00:00 +0800\r\n" + raw)
    assert desk.turn() == ["opened", "ignored"]
    assert (len(desk.numbers), desk.letters["li.na"]) == (1, ["opened"])


def test_another_text_under_the_same_message_id_is_another_mail(desk: Story) -> None:
    raw = desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下")
    second = desk.li._program.write(DESK, "鼠标坏了", "鼠标左键没有反应", desk.clock())
    assert desk.read(second)["Message-ID"] == desk.read(raw)["Message-ID"]
    desk.post(second)
    assert desk.turn() == ["opened", "opened"]


# ---- after the solution ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "thanks", ["谢谢！", "好的，非常感谢您", "Thanks a lot!", "收到，辛苦了。", "👍"]
)
@pytest.mark.parametrize("state", ["solved", "closed"])
def test_thanks_reopen_nothing(desk: Story, state: str, thanks: str) -> None:
    getattr(desk, state)()
    before = desk.fingerprint()
    desk.li.answers("resolved-ask" if state == "solved" else "closed", thanks)
    assert desk.turn() == ["updated"]
    assert desk.letters == {}
    assert desk.fingerprint() == before


def test_thanks_after_the_window_open_nothing(desk: Story) -> None:
    desk.closed()
    desk.at("09:00", days=60)
    desk.li.answers("closed", "谢谢！")
    assert desk.turn() == ["updated"]
    assert len(desk.numbers) == 1


@pytest.mark.parametrize("text", ["谢谢，但是又卡纸了", "Thanks, but it jams again"])
def test_thanks_that_say_more_are_an_answer(desk: Story, text: str) -> None:
    desk.closed()
    desk.li.answers("closed", text)
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.IN_PROGRESS


def test_an_answer_inside_the_window_reopens(desk: Story) -> None:
    desk.closed()
    desk.at("17:00", days=7)  # the fifth working day after
    desk.li.answers("closed", "今天又卡纸了")
    assert desk.turn() == ["updated"]
    incident = desk.incident()
    assert (incident.status, incident.reopens) == (Status.IN_PROGRESS, 1)
    assert "reopened" in desk.letters["wang.qiang"]


def test_an_answer_after_the_window_opens_a_linked_one(desk: Story) -> None:
    desk.closed()
    before = desk.fingerprint()
    desk.at("09:00", days=8)  # the sixth working day after
    desk.turn()  # whether it is worth an article was asked meanwhile
    desk.li.answers("closed", "又坏了，还是老样子")
    assert desk.turn() == ["opened"]
    assert desk.fingerprint() == before
    second = desk.incident(2)
    assert (second.group, second.category) == ("hardware", "hardware/printer")
    assert [(link.kind, link.number) for link in desk.dossier(2).links] == [
        ("follows", desk.numbers[0])
    ]
    assert desk.letters == {"li.na": ["opened"], "wang.qiang": ["assigned"]}


def test_a_colleagues_word_does_not_reopen(desk: Story) -> None:
    colleague = desk.person("张伟", "zhang.wei@customer.example")
    raw = desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下")
    colleague.answers("", "我也是。", mail=desk.read(raw))
    desk.turn()
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    desk.wang.answers("assigned", "#解决 好了\n原因：旧\n措施：换\n方案：永久\n代码：已解决")
    desk.turn()
    desk.li.answers("resolved-ask", "#确认")
    desk.turn()
    desk.chen.answers("review-ask", "#审核")
    desk.turn()
    colleague.says("我这边还是卡")
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.CLOSED
    assert "updated" in desk.letters["wang.qiang"]


# ---- what is recorded at the start ---------------------------------------------------------------


def test_a_vip_is_one_step_more_urgent(desk_with: Callable[..., Story]) -> None:
    def with_vip(raises: bool) -> Callable[[Settings], Settings]:
        def change(settings: Settings) -> Settings:
            known = settings.directory
            vip = Known(address="li.na@customer.example", name="李总", vip=True)
            directory = Directory((*known.people, vip), tuple(known.groups.values()), known.desk)
            return replace(settings, directory=directory, vip_raises=raises)

        return change

    plain, raised = (desk_with(change=with_vip(raises)) for raises in (False, True))
    for desk in (plain, raised):
        desk.printer_jam()
        assert desk.now > SHANGHAI_MORNING
    assert raised.incident().urgency == plain.incident().urgency - 1
