"""The containers by which clients mark, in HTML, what they quote and what they sign."""

from __future__ import annotations

import re

# Containers that clients put around what they quote: Gmail, Thunderbird's prefix, Yahoo, Outlook
# on the web and on phones, QQ Mail and WeCom, NetEase and its Mail Master, ProtonMail, Zoho, Apple
# Mail, mail.ru, Lark (Feishu).
QUOTE_BOX = re.compile(
    r"\b(?:gmail_quote|gmail_extra_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote"
    r"|zmail_extra|zmail_extra_hr|isReplyContent|ntes_cite|qmbox_quote|mailquote"
    r"|mail-quote-collapse|WordSection1_quote|OutlookMessageHeader|ntes-mailmaster-quote"
    r"|history-quote-wrapper|lark-mail-quote(?:-\w+)?|ms-outlook-mobile-reference-message"
    r"|xm_compose_origin_mail_container)\b"
)
QUOTE_FROM_HERE = re.compile(
    r"\b(?:divRplyFwdMsg|appendonsend|x_divRplyFwdMsg|stopSpelling|reply-intro|isReplyHeader)\b"
)
SIGNATURE_BOX = re.compile(
    r"\b(?:gmail_signature|moz-signature|ntes_signature|ms-outlook-mobile-signature"
    r"|yahoo_signature|protonmail_signature_block(?!-empty)|Signature|_ReferenceSignature"
    r"|x_Signature|mail-signature|foxmail_signature|ntes-signature|imail_signature"
    r"|xm_mail_sign|lark-mail-signature|__aliyun_signature_wrap)\b"
)
