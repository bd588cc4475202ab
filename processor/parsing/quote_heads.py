"""Lines that introduce a quoted mail: "On … wrote:", "在 … 写道：", "-----原始邮件-----"."""

from __future__ import annotations

import re
from collections.abc import Sequence

# The verb at the end, as mail clients write it in the language of their user.
_VERB = (
    r"(?:wrote|writes|写道|寫道|编写|来信中写道|在来信中写道|的来信|schrieb|geschrieben"
    r"|a\s+écrit|écrit"
    r"|escribió|escreveu|ha\s+scritto|scrisse|schreef|geschreven|napisał\(a\)|napisał|napisała"
    r"|skrev"
    r"|написал\(а\)|написал|написала|пишет|пише|написав|kirjoitti|yazdı|napsal|napsala|napísal|írta"
    r"|a\s+scris|έγραψε|さんは書きました|님이\s*작성|menulis|đã viết)"
)
_VERB_END = re.compile(
    rf"{_VERB}(?:\s*\([^()]*\))?(?:\s+(?:am|om|op)\b.{{0,60}})?\s*[:：]?\s*(?:-{{2,}}|={{2,}}"
    rf"|[*_]+)?\s*$",
    re.IGNORECASE,
)
_VERB_MIDDLE = re.compile(
    r"\b(?:schrieb|skrev|escribió|escreveu|schreef|wrote|写道|寫道)\b", re.IGNORECASE
)
_COLON_END = re.compile(r"[>\"'）)\]\w]\s*[:：]\s*$")
_OPENER = re.compile(
    r"^[\s*_>|=-]*(?:(?:on|at|le|el|em|il|am|op|den|på|dne|dnia|w\s+dniu|pada|v|vào|в)\b"
    r"|[在于於])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{1,2}[:.时]\d{2}"
    r"|\d{1,2}\.?\s+(?:de\s+)?[^\W\d]{3,12}\.?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d]{3,12}\.?\s+\d{1,2},?\s+\d{4}"
    r"|\d{1,2}\s*月\s*\d{1,2}",
)
_EMAIL = re.compile(r"[^\s<>@\"'()\[\]:,;，：；]+@[^\s<>@\"'()\[\]:,;，：；]+")
# A date and a sender and nothing else: Yandex, Gmail in Japanese, Spark.
_DATE_SENDER = re.compile(
    r"^\s*(?:\d|[^\W\d]{2,12}[.,]?\s+\d|(?:mon|tue|wed|thu|fri|sat|sun|понед|втор|сред|четв"
    r"|пятн|субб|воск)\w*,)"
    r".{5,120}<?[^\s<>@]+@[^\s<>]+>?\s*[:：]\s*$",
    re.IGNORECASE,
)
_NAME_WROTE = re.compile(
    rf"^[^:：]{{0,120}}<[^<>]*@[^<>]*>[^:：]{{0,20}}{_VERB}\s*[:：]?\s*$", re.IGNORECASE
)
_NAME_WROTE_ON = re.compile(
    rf"^[^:：]{{0,120}}<[^<>]*@[^<>]*>\s*{_VERB}\s+(?:am|op|om|le|el|em|il|den|on"
    rf"|um)\b.{{4,60}}[:：]\s*$",
    re.IGNORECASE,
)

_TITLE = (
    r"(?:original\s*(?:message|e?-?mail|appointment)?|reply\s+message|replied\s+message"
    r"|forwarded?\s+(?:message|mail|by\b.*)|fwd\s*mail|原始?\s*(?:邮|郵)件(?:原件)?|(?:邮"
    r"|郵)件原[件文]|原始(?:信息|消息)|原信"
    r"|回[复覆]的原(?:邮|郵)件|回[复覆](?:邮|郵)件|转发(?:邮件|郵件)?信息|转发的?(?:邮件|信件|消息)"
    r"|轉[寄發]的?(?:郵件|訊息|信件)|(?:被)?转发的邮件|原始信件|原始訊息|引用原文|原文"
    r"|元のメッセージ|転送メッセージ"
    r"|ursprüngliche\s+(?:nachricht|e-?mail)|originalnachricht|original-nachricht"
    r"|weitergeleitete\s+nachricht"
    r"|mensaje\s+original|mensaje\s+reenviado|message\s+(?:d['’]origine|original|transféré|initial)"
    r"|messaggio\s+(?:originale|inoltrato)|mensagem\s+(?:original|encaminhada)"
    r"|oorspronkelijk\s+bericht|doorgestuurd\s+bericht|ursprungligt\s+meddelande|originalmeddelande"
    r"|vidarebefordrat\s+meddelande|oprindelig\s+meddelelse|opprinnelig\s+melding"
    r"|alkuperäinen\s+viesti"
    r"|(?:wiadomość\s+oryginalna|oryginalna\s+wiadomość|przekazana\s+wiadomość)|původní\s+zpráva"
    r"|исходное\s+сообщение|пересылаемое\s+сообщение|пересланное\s+сообщение|özgün\s+mesaj"
    r"|orijinal\s+mesaj)"
)
_DELIMITER = re.compile(
    rf"^[\s*>]*+[-—_=~]{{2,}}+\s*\*?{_TITLE}\*?\s*[:：]?\s*[-—_=~]{{2,}}[\s*_]*$", re.IGNORECASE
)
_BEGIN_FORWARD = re.compile(
    r"^[\s*_]*(?:begin\s+forwarded\s+message|开始转发的邮件|下面是(?:被)?转发的邮件"
    r"|以下是(?:被)?转发的邮件"
    r"|開始轉寄(?:的)?(?:郵件|訊息)|anfang\s+der\s+weitergeleiteten\s+(?:nachricht|e-mail)"
    r"|début\s+du\s+message\s+(?:réexpédié|transféré)|inizio\s+(?:del\s+)?messaggio\s+inoltrato"
    r"|inicio\s+del\s+mensaje\s+reenviado|início\s+da\s+mensagem\s+reencaminhada"
    r"|begin\s+doorgestuurd\s+bericht|vidarebefordrat\s+brev"
    r"|начало\s+переадресованного\s+сообщения)"
    r"\s*[:：][\s*_]*$",
    re.IGNORECASE,
)
_OLD_FOXMAIL = re.compile(r"^\s*={2,}.{0,80}(?:来信中写道|來信中寫道)\s*[:：]?\s*={2,}\s*$")
# A sentence ends inside the line: somebody tells of what somebody wrote.
_SENTENCE = re.compile(r"(?:[a-zà-ÿ]{3}|\d:\d\d)[.!?]\s+[A-ZÀ-Þ]|[。！？]")
_MOST_BACK = 5
_LONGEST = 320


def is_delimiter(line: str) -> bool:
    """Whether a line is a client's own rule before a mail that it quotes or forwards."""
    if len(line) > 160 or not line.strip():
        return False
    line = line.replace("&nbsp;", " ")  # QQ Mail leaves it in its plain part
    return bool(_DELIMITER.match(line) or _BEGIN_FORWARD.match(line) or _OLD_FOXMAIL.match(line))


def head_at(lines: Sequence[str], index: int, floor: int = 0) -> int | None:
    """Where the "… wrote:" that ends on line ``index`` begins; None when there is none.

    A head needs a date or an address besides its verb: people, too, write "he wrote:". It may
    be folded over several lines; ``floor`` is the first line that may belong to it.
    """
    line = lines[index]
    if len(line) > _LONGEST:
        return None
    tail = line.rstrip()
    if not tail:
        return None
    verb = _VERB_END.search(tail)
    if not verb and tail[-1] not in ":：":
        return None
    if verb and _complete(tail):
        return index
    if not verb and _VERB_MIDDLE.search(tail) and _tells_date(tail):
        return index
    if not verb and _NAME_WROTE_ON.match(tail):
        return index
    if not verb and _DATE_SENDER.match(tail) and _DATE.search(tail):
        return index
    if not verb and not _COLON_END.search(tail):
        return None
    first = max(index - _MOST_BACK, floor)
    wrote = verb or _VERB_MIDDLE.search(" ".join(lines[first:index]) + " " + tail)
    if not wrote:
        return None
    joined = tail
    for back in range(index - 1, first - 1, -1):
        above = lines[back].strip()
        joined = f"{above} {joined}"
        if len(joined) > _LONGEST:
            return None
        if not above:
            continue
        wrote = verb or _VERB_MIDDLE.search(joined)
        opens = _OPENER.match(above) or _DATE.match(above)
        if wrote and opens and _DATE.search(joined):
            return back
        named = wrote and above[0] != "<" and back == index - 1
        if named and (_NAME_WROTE.match(joined) or _NAME_WROTE_ON.match(joined)):
            return back
    return None


def _tells_date(line: str) -> bool:
    """Whether a line opens as heads do, names a date, and is no sentence about one."""
    return bool(_OPENER.match(line) and _DATE.search(line) and not _SENTENCE.search(line))


def _complete(line: str) -> bool:
    """Whether one line holds all that a head needs."""
    dated, addressed = _DATE.search(line), _EMAIL.search(line)
    if dated and addressed:
        return True
    if dated and not _SENTENCE.search(line) and (_OPENER.match(line) or _DATE.match(line.strip())):
        return True
    if addressed and _NAME_WROTE.match(line):
        return True
    short = dated and dated.start() <= 30 and line[-1] in ":：" and len(line) <= 140
    if short and not _SENTENCE.search(line):
        return True
    return bool(_OPENER.match(line) and addressed)
