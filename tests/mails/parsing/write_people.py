"""People who write about bounces, absences, alerts and lists, and machines that look alike.

Nothing here is copied from anybody's mail. Each machine's mail states the form that its kind has:
header fields by RFC 3834, 3464, 5965, 8098, 5546, words as such programs and providers put them.
"""

from __future__ import annotations

from craft import DESK, headers, multipart, part, save

ENGINEER = ("李伟", "liwei@corp.example")


def person(name: str, subject: str, body: str, *, extra: str = "",
           sender: tuple[str, str] = ENGINEER, charset: str = "utf-8") -> None:  # fmt: skip
    """Whatever it speaks of, somebody sat down and wrote it."""
    mail = headers(subject, sender=sender, extra=extra, charset=charset) + part(body, charset)
    save(name, mail, kind="human", failed=[])


def machine(name: str, kind: str, subject: str, body: str, *, extra: str = "",
            sender: tuple[str, str] = ENGINEER, charset: str = "utf-8") -> None:  # fmt: skip
    save(name, headers(subject, sender=sender, extra=extra, charset=charset) + part(body, charset), kind=kind)


def bounced(name: str, subject: str, body: str, address: str, *, status: str = "", permanent: bool = True,
            extra: str = "Return-Path: <>", sender: tuple[str, str], charset: str = "utf-8") -> None:  # fmt: skip
    """A bounce of a Chinese provider, whose words alone tell who failed and how."""
    mail = headers(subject, sender=sender, extra=extra, charset=charset) + part(body, charset)
    save(name, mail, kind="bounce", failed=[{"address": address, "permanent": permanent, "status": status}])


def people_about_bounces() -> None:
    person("person-of-the-mail-system", "客户邮件被退回", "供应商反映发给我们的邮件发送失败，无法送达，请网络组帮忙查一下网关日志。",
           sender=("邮件系统管理员 王磊", "wanglei@corp.example"))
    person("person-named-mail-system", "退信问题", "财务部发送失败的那几封，对方说邮箱已满，我已让他们清理，麻烦再确认一下。",
           sender=("邮件系统", "mail.team@corp.example"), extra="Return-Path: <mail.team@corp.example>")
    person("person-delivers-goods", "无法送达：三楼会议室的投影仪", "您好，货已到楼下，前台不收，无法送达。请安排人下来签收。",
           sender=("配送部", "delivery@supplier.example"), extra="Return-Path: <delivery@supplier.example>")
    person("person-delivers-goods-en", "Delivery failed: projector for room 301", "Nobody was at the desk, so it could not be delivered. When may we come again?",
           sender=("City Courier", "delivery.team@courier.example"), extra="Return-Path: <delivery.team@courier.example>")
    person("person-is-system-administrator", "Delivery problem with partner.example", "Since Monday our mails to partner.example are not delivered. Could you check the firewall?",
           sender=("System Administrator", "it@branch.example"), extra="Return-Path: <it@branch.example>")
    person("person-keeps-the-mail-server", "回复: 退信问题", "已处理，对方的网关之前拒收，现在放行了。\n\n------------------ 原始邮件 ------------------\n发件人: \"IT服务台\" <desk@corp.example>\n主题: 退信问题\n\n550 5.7.1 rejected，邮件被退回，请处理。",
           sender=("邮件管理员", "postmaster@corp.example"), extra="In-Reply-To: <a1@corp.example>\nReturn-Path: <postmaster@corp.example>")
    person("person-asks-from-postmaster", "邮件投递失败，请网络组协助", "发往 vendor.example 的邮件全部失败，提示 550 5.7.1，麻烦看一下出口IP是不是进了黑名单。",
           sender=("邮件管理员", "postmaster@corp.example"), extra="Return-Path: <postmaster@corp.example>")
    person("person-quotes-a-code-en", "Undeliverable: every mail to our bank", "All my mails to the bank come back with\n\n550 5.7.26 unauthenticated sender\n\nIt started this morning.")
    person("person-writes-german-of-bounces", "Mails unzustellbar", "Guten Morgen, meine Mails an den Kunden kommen als unzustellbar zurück. Was kann ich tun?")
    person("person-writes-french-of-bounces", "Échec de remise", "Bonjour, tous mes messages reviennent : « non remis, utilisateur inconnu ». Pouvez-vous regarder ?")
    person("person-bounce-chen", "会议改期", "会议改到周五下午。", sender=("陈邦思", "bounce.chen@corp.example"))
    person("person-traditional-of-bounces", "郵件無法傳遞", "我寄給客戶的信一直被退回，系統說使用者不存在，請協助。", sender=("陳大文", "chen@corp.example"), charset="big5")
    person("person-by-web-form", "您的订单无法送达，请联系客户", "姓名：张三\n电话：13800000000\n内容：快递说地址不存在，无法送达，请修改系统里的地址。",
           sender=("官网表单", "noreply@form.corp.example"), extra="Reply-To: zhangsan@mail.example\nReturn-Path: <noreply@form.corp.example>")
    dsn = headers("Undelivered Mail Returned to Sender", sender=("Mail Delivery System", "MAILER-DAEMON@mx.corp.example"), extra="Return-Path: <>") + multipart(
        "report; report-type=delivery-status",
        [part("It could not be delivered."),
         b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.corp.example\r\n\r\nFinal-Recipient: rfc822; sunqi@vendor.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"],
        boundary="inner",
    )  # fmt: skip
    save("person-attaches-a-bounce",
         headers("退信", sender=("邮件管理员", "postmaster@corp.example"), extra="Return-Path: <postmaster@corp.example>")
         + multipart("mixed", [part("附件是今天的退信，请供应商管理组看一下。"), b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + dsn]),
         kind="human", failed=[])  # fmt: skip


def people_about_other_machines() -> None:
    person("person-asks-how-to-answer-automatically", "自动回复：怎么设置", "您好，我下周休假，想设置外出自动回复，请问在哪里设置？")
    person("person-asks-to-stop-answering", "自动回复", "我已经休假回来了，可是外出自动回复关不掉，帮我关一下。")
    person("person-out-of-office-question", "Out of office - who covers the printers?", "Li is on leave this week. Who takes care of the printers?")
    person("person-announces-leave", "休假通知", "各位好，我3月9日至13日休假，期间工作由张三负责，权限请暂时转给他。")
    person("person-has-read-it", "已读：会议纪要", "已阅读，没有意见。第三条的时间请改成周五。")
    person("person-read-this", "Read: quarterly plan", "I have read the plan and agree with it. Please add my team to the rollout.")
    person("person-about-a-list", "请把我加进邮件列表", "请把我加进 it-news 邮件列表，退订链接也不能用了。List-Unsubscribe 点了没反应。")
    person("person-about-alerts", "Zabbix 告警邮件太多", "每天上百封 Problem: / Resolved: 的告警，主机 web01 一直抖动，能不能调一下阈值？")
    person("person-pastes-an-alert", "转发：PROBLEM: db02 磁盘空间不足", "请看下面：\n\n告警主机:db02\n告警等级:High\n当前状态:PROBLEM\n\n这台是我们部门的吗？")
    person("person-on-exchange", "无法登录", "请帮忙重置密码。", extra="X-Auto-Response-Suppress: DR, OOF, AutoReply\nReturn-Path: <liwei@corp.example>")
    person("person-asks-for-a-receipt", "合同请确认", "请确认后回复。", extra="Disposition-Notification-To: liwei@corp.example\nReturn-Receipt-To: liwei@corp.example")
    person("person-answers-a-receipt", "回复: 已读: 合同请确认", "收到了吗？请给个答复。\n\n------------------ 原始邮件 ------------------\n发件人: \"王喆\" <w@corp.example>\n主题: 已读: 合同请确认\n\n您于2026年3月2日发送的邮件已被阅读。")
    person("person-marks-it-urgent", "【紧急】系统无法访问", "ERP 打不开了。", extra="Precedence: urgent\nX-Priority: 1")
    invitation = b'Content-Type: text/calendar; method=REQUEST; charset="utf-8"\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n'
    save("person-invites", headers("网络割接会议", sender=ENGINEER) + multipart("alternative", [part("周三 22:00 割接，请服务台派人值守。"), invitation]), kind="human")
    answer = invitation.replace(b"REQUEST", b"REPLY")
    save("person-accepts-with-words", headers("已接受: 网络割接会议", sender=ENGINEER) + multipart("alternative", [part("可以参加，另外请把机房门禁开一下。"), answer]), kind="human")
    save("auto-calendar-reply", headers("已接受: 网络割接会议", sender=ENGINEER) + multipart("alternative", [part(""), answer]), kind="auto_reply")


def automatic_answers() -> None:
    answered = "In-Reply-To: <a1@corp.example>\nReferences: <a1@corp.example>"
    machine("auto-tw-weak", "auto_reply", "自動回覆：[INC-20260302-0001] 無法登入", "您好，我目前不在辦公室，將於 3 月 9 日返回，如有急事請聯絡陳先生。", sender=("陳大文", "chen@corp.example"), charset="big5")
    machine("auto-zh-received", "auto_reply", "自动回复: 无法登录", "您好，您的邮件我已收到，我会尽快处理。")
    machine("auto-de", "auto_reply", "Automatische Antwort: [INC-20260302-0001] Anmeldung", "Ich bin bis zum 9. März im Urlaub. Ihre Nachricht wird nicht weitergeleitet.")
    machine("auto-de-note", "auto_reply", "Abwesenheitsnotiz: Anmeldung", "Ich bin derzeit außer Haus.", extra=answered)
    machine("auto-fr", "auto_reply", "Réponse automatique : [INC-20260302-0001] connexion", "Je suis absente du bureau, de retour le 9 mars.")
    machine("auto-es", "auto_reply", "Respuesta automática: acceso", "Estoy fuera de la oficina hasta el 9 de marzo.", extra="X-Auto-Response-Suppress: All")
    machine("auto-it", "auto_reply", "Risposta automatica: accesso", "Sono in ferie fino al 9 marzo.")
    machine("auto-pt", "auto_reply", "Resposta automática: acesso", "Estou ausente até 9 de março.")
    machine("auto-ja", "auto_reply", "自動応答: ログインできません", "ただいま休暇中です。3月9日に戻ります。")
    machine("auto-unix-vacation", "auto_reply", "away from my mail", "I am away and will read your mail when I return.", extra="Auto-Submitted: auto-replied (vacation)\nPrecedence: junk")
    machine("auto-gmail-vacation", "auto_reply", "Re: [INC-20260302-0001] 无法登录", "我在外地出差，网络不便。", extra="Auto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes\n" + answered)
    machine("auto-other-desk", "auto_reply", "[工单#20260302] 您的请求已受理", "您好，您的请求已登记，编号 20260302，我们会在 2 小时内联系您。", extra="Auto-Submitted: auto-generated")


def reports_and_lists() -> None:
    receipt = headers("未读: 无法登录", sender=("王喆", "w@corp.example")) + multipart(
        "report; report-type=disposition-notification",
        [part("您的邮件未经阅读就被删除。"), b"Content-Type: message/disposition-notification\r\n\r\nOriginal-Message-ID: <a1@corp.example>\r\nDisposition: automatic-action/MDN-sent-automatically; deleted\r\n"],
    )  # fmt: skip
    save("report-deleted-unread", receipt, kind="report")
    machine("report-receipt-in-words", "report", "已读：无法登录", "这是邮件收条。您于 2026-03-02 09:15 发给 w@corp.example 的邮件已在收件人的计算机上显示。此收条无法保证收件人已理解邮件内容。")
    machine("report-receipt-in-words-en", "report", "Read: Cannot log in", "This is a receipt for the mail you sent to w@corp.example at 3/2/2026 9:15 AM. This receipt verifies that the message has been displayed on the recipient's computer.")
    complaint = headers("FW: abuse report", sender=("Feedback Loop", "feedback@isp.example")) + multipart(
        "report; report-type=feedback-report",
        [part("This is an email abuse report."), b"Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: FBL/1.0\r\nVersion: 1\r\n",
         b"Content-Type: message/rfc822\r\n\r\n" + headers("[INC-20260302-0001]") + part("您好")],
    )  # fmt: skip
    save("report-complaint", complaint, kind="report")
    machine("list-newsletter-zh", "list", "云服务器限时优惠", "退订请点击下方链接。", extra="List-Unsubscribe: <https://news.example/u?1>\nPrecedence: bulk")
    machine("list-group", "list", "[运维交流] 本周分享", "本周分享 eBPF。", extra="Precedence: list\nMailing-list: list ops@groups.example; contact ops+owners@groups.example\nList-ID: <ops.groups.example>")


def bounces() -> None:
    bounced("bounce-netease-full", "系统退信",
            "抱歉，您的邮件被退回来了……\n原邮件信息：\n时间 2026-03-02 09:15:00\n主题 [INC-20260302-0001] 无法登录\n收件人 lisi@126.example\n退信原因：\n对方邮箱已满，无法接收新邮件。\nSMTP error, RCPT TO: 552 Quota exceeded or service disabled\n建议解决方案：请通过其他方式告知对方清理邮箱。",
            "lisi@126.example", status="5.0.0", sender=("Postmaster", "Postmaster@126.example"), charset="gbk")  # fmt: skip
    bounced("bounce-exmail-refused", "系统退信/System bounce",
            "抱歉，您的邮件被退回来了……\n\n原邮件信息：\n时间：2026-03-02 09:15:00\n主题：回复：[INC-20260302-0001]\n收件人：wangwu@vendor.example\n\n退信原因：收件人服务器拒收，邮件内容被判为垃圾邮件。\nhost mx.vendor.example said: 550 5.7.1 Mail content denied",
            "wangwu@vendor.example", status="5.7.1", sender=("腾讯企业邮箱", "postmaster@exmail.example"), charset="gb18030")  # fmt: skip
    bounced("bounce-sina", "退信通知",
            "您好！\n您发给 zhaoliu@sina.example 的邮件无法投递，原因：该用户不存在或已停用。\n\n----- 原始邮件 -----\n收件人：zhaoliu@sina.example\n主题：无法登录",
            "zhaoliu@sina.example", sender=("", "MAILER-DAEMON@sina.example"), charset="gb2312")  # fmt: skip
    bounced("bounce-carrier", "邮件退信通知",
            "很抱歉，您发送的邮件未能成功投递。\n失败的收件人：13800000000@139.example\n失败原因：550 用户未开通邮箱",
            "13800000000@139.example", status="5.0.0", sender=("邮件系统", "postmaster@139.example"))  # fmt: skip
    bounced("bounce-coremail-locked", "Delivery Status Notification (Failure)",
            "无法投递到以下收件人：\n\n<sunqi@univ.example>\n553 5.3.0 该用户被锁定 (user locked)",
            "sunqi@univ.example", status="5.3.0", sender=("Coremail", "mailer-daemon@univ.example"))  # fmt: skip
    bounced("bounce-tw", "郵件無法傳遞：[INC-20260302-0001]",
            "您寄給下列收件者的郵件無法傳遞：\nchen@corp.tw.example\n550 5.1.1 使用者不存在",
            "chen@corp.tw.example", status="5.1.1", sender=("郵件系統", "postmaster@corp.tw.example"), charset="big5")  # fmt: skip
    bounced("bounce-delayed-zh", "邮件延迟投递通知",
            "您的邮件暂时未能送达：\n<zhouba@vendor.example>\n原因：对方服务器繁忙，451 4.3.2 请稍后再试。\n系统将继续尝试 24 小时，您无需重发。",
            "zhouba@vendor.example", status="4.3.2", permanent=False, sender=("Mail Delivery System", "MAILER-DAEMON@mx.corp.example"))  # fmt: skip
    bounced("bounce-path-of-its-own", "系统退信",
            "您的邮件未能送达以下收件人：\nwujiu@corp3.example\n退信原因：550 5.1.1 收件人不存在",
            "wujiu@corp3.example", status="5.1.1", sender=("邮件系统", "postmaster@corp3.example"), extra="Return-Path: <postmaster@corp3.example>")  # fmt: skip
    exchange = headers("未送达: [INC-20260302-0001] 无法登录", sender=("Microsoft Outlook", "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example"), extra="Auto-Submitted: auto-replied\nReturn-Path: <>") + multipart(
        "report; report-type=delivery-status",
        [part("邮件无法传递给以下收件人或组：\n\n张三 (zhangsan@corp4.example)\n找不到您输入的电子邮件地址。"),
         b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;EX01.corp.example\r\n\r\nOriginal-recipient: rfc822;zhangsan@corp4.example\r\nFinal-recipient: rfc822;zhangsan@corp4.example\r\nAction: failed\r\nStatus: 5.1.10\r\nDiagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound\r\n\r\n"
         b"Original-recipient: rfc822;lisi@corp4.example\r\nFinal-recipient: rfc822;lisi@corp4.example\r\nAction: failed\r\nStatus: 5.2.2\r\n"],
    )  # fmt: skip
    save("bounce-exchange-two", exchange, kind="bounce", failed=[
        {"address": "zhangsan@corp4.example", "permanent": True, "status": "5.1.10"},
        {"address": "lisi@corp4.example", "permanent": True, "status": "5.2.2"},
    ])  # fmt: skip
    returned = headers("退信", sender=("Mail Delivery System", "MAILER-DAEMON@mx.corp.example"), extra="Return-Path: <>") + multipart(
        "mixed",
        [part("以下收件人无法送达：\n<nobody@corp5.example>: 550 5.1.1 User unknown"),
         b"Content-Type: message/rfc822\r\n\r\n" + headers("[INC-20260302-0001] 无法登录").replace(DESK[1].encode(), b"nobody@corp5.example") + part("您好")],
    )  # fmt: skip
    save("bounce-returns-the-mail", returned, kind="bounce", returned=["tencent_5A1B@corp.example"],
         failed=[{"address": "nobody@corp5.example", "permanent": True, "status": "5.1.1"}])  # fmt: skip


def write() -> None:
    """All of them."""
    people_about_bounces()
    people_about_other_machines()
    automatic_answers()
    reports_and_lists()
    bounces()
