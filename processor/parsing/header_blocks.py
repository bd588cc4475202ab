"""Blocks of From / Sent / To / Subject lines, with which Outlook, Foxmail and QQ Mail open a"
" quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NAMES = {
    "from": "from de von da från fra van od от від kimden lähettäjä feladó odesílatel expéditeur"
    " 发件人 寄件者 寄件人 發件人 发信人 发送人 差出人 보낸사람",
    "sent": "sent envoyé envoyéle enviado enviadoel enviadaem enviadoem gesendet skickat"
    " inviato sendt"
    " verzonden wysłano отправлено надіслано gönderildi gönderme lähetetty odesláno elküldve"
    " 发送时间 发送日期 寄件日期 傳送時間 發送時間 發送日期 寄件時間 送信日時 보낸날짜 messagedu",
    "date": "date data datum fecha дата tarih dato päivämäärä 日期 时间 時間 날짜 日時",
    "to": "to à a an para till til aan do кому kime pour címzett komu vastaanottaja"
    " 收件人 收件者 收信人 宛先 받는사람",
    "cc": "cc bcc kopie copie copieà copia kopia kopio копия dw 抄送 副本 抄送人 참조",
    "subject": "subject objet betreff asunto assunto oggetto ämne onderwerp temat тема konu"
    " emne aihe"
    " předmět tárgy 主题 主旨 主題 件名 제목",
    "other": "reply-to replyto antwortan responderà risposta importance attachments anhänge"
    " priority"
    " organisation organization 附件 重要性 回复 回覆 答复 优先级 添付ファイル x-mailer",
}
_KIND = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_LINE = re.compile(
    r"^[\s>|*_•·\ufeff\u200e\u200b-]*([^\W\d_][\w '’.-]{0,22}?"
    r"|[\u4e00-\u9fff][\u4e00-\u9fff\s\xa0\u3000]{1,8})"
    r"[\s*_\t\xa0]*[:：][*_]*[ \t\xa0]*(.*)$"
)
_GAP = re.compile(r"[\s\xa0\u3000]+")
_MOST = 16
_FAR = 2_000


@lru_cache(maxsize=64)  # of neighbouring lines, each of which is asked from those above it
def field_of(line: str) -> tuple[str, str] | None:
    """(kind, value) of a line such as ``发件人：张三``; None for every other line."""
    if "&" in line:
        line = line[:_FAR].replace("&nbsp;", " ")
    if ":" not in line[:60] and "：" not in line[:60]:
        return None
    found = _LINE.match(line)
    if not found:
        return None
    kind = _KIND.get(_GAP.sub("", found[1]).lower())
    return (kind, found[2].strip()) if kind else None


def block_at(
    lines: Sequence[str], index: int, *, announced: bool, foremost: bool = False
) -> int | None:
    """The last line of a header block that begins on line ``index``; None when there is none.

    ``announced`` says that a rule or an "Original Message" line stands right above, which makes
    fewer fields enough: people write "From: … To: …" about journeys, too. ``foremost``: no words
    stand above, so that it may be the person's own list; then surer signs are needed.
    """
    first = field_of(lines[index])
    if first is None or first[0] in ("cc", "other"):
        return None
    kinds = {first[0]: first[1]}
    last = index
    blank = 0
    wrapped = 0
    for at in range(index + 1, min(index + _MOST, len(lines))):
        line = lines[at]
        if not line.strip():
            blank += 1
            if blank > 1:
                break
            continue
        found = field_of(line)
        if found is None:
            wrapped += 1
            if blank or wrapped > 3 or len(line) > 200:
                break
            continue
        kinds.setdefault(*found)
        last = at
        blank = wrapped = 0
    if "from" not in kinds and "sent" not in kinds:
        return None
    mail_like = len([kind for kind in kinds if kind != "other"])
    shown = "@" in kinds.get("from", "") + kinds.get("to", "")
    certain = announced + shown + ("subject" in kinds) + ("sent" in kinds)
    if mail_like >= 3 and certain >= 1 + foremost:
        return last
    if mail_like >= 2 and certain >= 2:
        return last
    return None
