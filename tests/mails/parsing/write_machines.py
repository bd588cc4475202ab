"""Machines, and people who look like machines."""

from __future__ import annotations

from craft import headers, multipart, part, save

DAEMON = ("Mail Delivery System", "MAILER-DAEMON@mx.corp.example")


def vacation(name: str, subject: str, body: str, extra: str = "", kind: str = "auto_reply") -> None:
    """An absence notice, or what looks like one."""
    save(name, headers(subject, extra=extra) + part(body), kind=kind)


def bounce(name: str, subject: str, body: str, address: str, *, permanent: bool = True,
           status: str = "", sender: tuple[str, str] = DAEMON, extra: str = "Return-Path: <>", charset: str = "utf-8") -> None:  # fmt: skip
    """A bounce whose words alone tell who failed."""
    mail = headers(subject, charset=charset, sender=sender, extra=extra) + part(body, charset)
    failed = [{"address": address, "permanent": permanent, "status": status}]
    save(name, mail, kind="bounce", failed=failed)


def write() -> None:
    """All of them."""
    vacation("auto-qq-vacation", "自动回复：[INC-20260302-0001] 无法登录", "这是来自QQ邮箱的假期自动回复邮件。\n您好，我最近正在休假中，无法亲自回复您的邮件。我将在假期结束后，尽快给您回复。")
    vacation("auto-netease", "自动回复:[INC-20260302-0001]", "您好，您的来信已经收到，我会尽快回复您的邮件。", "Auto-Submitted: auto-replied")
    vacation("auto-exchange-zh", "自动答复: 无法登录", "我正在出差，3月9日回来。急事请联系朱镕。", "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All")
    vacation("auto-outlook-en", "Automatic reply: Cannot log in", "I am out of the office until March 9 with limited access to mail.", "X-Auto-Response-Suppress: All")
    vacation("auto-tw", "自動回覆: 無法登入", "您好，我目前外出，將於 3 月 9 日返回。")
    vacation("auto-null-path", "Re: x", "我不在。", "Return-Path: <>")
    vacation("auto-foxmail-header", "Re: x", "收到", "X-Autoreply: yes")
    vacation("human-answers-vacation", "回复: 自动回复: 无法登录", "好的，等他回来再处理。我在出差，可以打我电话。", kind="human")
    vacation("human-asks-about-vacation", "自动回复怎么设置", "我下周休假，外出自动回复设置不了，请帮忙。", kind="human")
    vacation("human-auto-submitted-no", "无法登录", "请帮忙", "Auto-Submitted: no", kind="human")
    vacation("list-mail", "周报", "本周要闻", "List-Id: <news.corp.example>\r\nPrecedence: list", kind="list")

    bounce("bounce-qq-zh", "系统退信/Systems bounce",
           "尊敬的用户：\n\n您发送的邮件没有送达，现将邮件退回。\n\n收件人邮箱地址 zhangsan@qq.example 不存在，邮件无法送达。\nhost mx3.qq.example said: 550 Mailbox not found",
           "zhangsan@qq.example", status="5.0.0", sender=("PostMaster", "postmaster@qq.example"), charset="gb18030")  # fmt: skip
    bounce("bounce-netease-zh", "系统退信",
           "抱歉，您的邮件被退回来了……\n原邮件信息：\n时间 2026-03-02 09:15:00\n主题 [INC-20260302-0001] 无法登录\n收件人 lisi@163.example\n退信原因：收件人邮件地址（lisi@163.example）不存在，邮件无法送达。\n550 User not found: lisi@163.example",
           "lisi@163.example", status="5.0.0", sender=("Postmaster", "Postmaster@163.example"), charset="gbk")  # fmt: skip
    bounce("bounce-coremail-full", "Undelivered Mail Returned to Sender",
           "很抱歉，您的邮件未能送达以下收件人：\n\n<wangwu@corp2.example>: host mx.corp2.example[192.0.2.9] said: 552 5.2.2 邮箱已满 (in reply to RCPT TO command)\n",
           "wangwu@corp2.example", status="5.2.2", charset="gb2312")  # fmt: skip
    bounce("bounce-aliyun-delayed", "邮件投递延迟通知",
           "您的邮件暂时无法投递到以下收件人，系统将继续尝试：\n<zhaoliu@vendor.example>\n451 4.7.1 Please try again later",
           "zhaoliu@vendor.example", status="4.7.1", permanent=False, sender=("邮件系统", "postmaster@aliyun.example"))  # fmt: skip
    bounce("bounce-exim", "Mail delivery failed: returning message to sender",
           "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  nobody@corp.example\n    Unrouteable address\n",
           "nobody@corp.example")  # fmt: skip

    report = (
        "Reporting-MTA: dns; mx.corp.example\r\n\r\nFinal-Recipient: rfc822; sunqi@vendor.example\r\n"
        "Original-Recipient: rfc822;sunqi@vendor.example\r\nAction: failed\r\nStatus: 5.0.0\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <sunqi@vendor.example>: 用户不存在\r\n"
    )
    dsn = headers("退信通知", sender=DAEMON, extra="Auto-Submitted: auto-replied") + multipart(
        "report; report-type=delivery-status",
        [part("您的邮件未能送达。"), b"Content-Type: message/delivery-status\r\n\r\n" + report.encode(),
         b"Content-Type: message/rfc822\r\n\r\n" + headers("[INC-20260302-0001]") + part("您好")],
    )  # fmt: skip
    save("bounce-dsn", dsn, kind="bounce", failed=[{"address": "sunqi@vendor.example", "permanent": True, "status": "5.1.1"}])
    save("bounce-dsn-delayed", dsn.replace(b"failed", b"delayed").replace(b"5.0.0", b"4.4.1").replace(b"550 5.1.1", b"450 4.2.0"),
         kind="bounce", failed=[{"address": "sunqi@vendor.example", "permanent": False, "status": "4.4.1"}])  # fmt: skip
    save("report-delivered", dsn.replace(b"failed", b"delivered").replace(b"5.0.0", b"2.0.0"), kind="report", failed=[])
    receipt = headers("已读: 无法登录", sender=("王喆", "w@corp.example")) + multipart(
        "report; report-type=disposition-notification",
        [part("您的邮件已被阅读。"), b"Content-Type: message/disposition-notification\r\n\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"],
    )  # fmt: skip
    save("report-read-receipt", receipt, kind="report")
    forwarded = headers("转发: 退信通知") + multipart(
        "mixed", [part("这是怎么回事？我给供应商的邮件退回来了，请看一下。"), b"Content-Type: message/rfc822\r\n\r\n" + dsn]
    )
    save("human-forwards-bounce", forwarded, kind="human", failed=[], reply_has=["这是怎么回事"])
    pasted = "我发邮件总是退信，内容是：\n550 5.1.1 <sunqi@vendor.example> User unknown\n邮件无法送达，请帮忙。"
    save("human-pastes-bounce", headers("退信：Undelivered Mail Returned to Sender") + part(pasted), kind="human", failed=[])
