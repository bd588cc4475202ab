"""What the person newly wrote, apart from quotes and signature; in doubt, more is kept.

Each line is labelled; what stays NEW is the answer. A quote that is marked line by line (``>`` or
a blockquote) leaves answers above, inside and below it standing. A quote that is only announced
reaches to the end, unless markup says where it ends or nothing else would be left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from processor.domain.habits import NO_HABITS, Habits
from processor.parsing import header_blocks, quote_heads, signatures
from processor.parsing.habits import lines_with
from processor.parsing.line_labels import Label, Verdict

_PREFIX = re.compile(r"^[ \t\xa0]{0,3}((?:[>＞][ \t\xa0]?)+)")
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_POINTS_BELOW = re.compile(
    r"(?:see|answers?|answered|comments?|repl(?:y|ies|ied)|responses?|responded|find|written)\b.{0,40}"
    r"\b(?:below|inline|in-line|in\s+line|in\s+(?:red|blue|green|bold)|underneath)\b"
    r"|\b(?:inline|below)\s+(?:comments?|answers?|in\s+red)"
    r"|见下[文方面述]?|請見下|如下文|下文(?:中|红|蓝)|[红紅蓝藍]字|[红紅蓝藍]色(?:字|部分|标|為|为)|标[红红蓝]|標[紅藍]"
    r"|(?:原文|邮件|郵件|文|信)中(?:已)?(?:直接)?(?:回复|回覆|答复|标注|標註|批注)|逐条(?:回复|答复)",
    re.IGNORECASE,
)
_MOST_HEADS = 200
_SHORT = 160
_TYPED = 4


def reply_text(text: str) -> str:
    """The new words of a plain text body whose line ends are LF."""
    return judge(text.split("\n")).text()


def judge(
    lines: Sequence[str],
    depths: Sequence[int] | None = None,
    marks: Sequence[str] | None = None,
    spans: Sequence[tuple[int, int]] = (),
    habits: Habits = NO_HABITS,
) -> Verdict:
    """Label every line.

    ``depths`` and ``marks`` come from HTML: the blockquotes around a line, and ``quote`` or
    ``signature`` for a client's own containers. ``spans`` are the elements as (first, last) line;
    ``habits`` holds the house's own heads and signatures.
    """
    return _Judge(lines, depths, marks, spans, habits).verdict()


class _Judge:
    def __init__(
        self,
        lines: Sequence[str],
        depths: Sequence[int] | None,
        marks: Sequence[str] | None,
        spans: Sequence[tuple[int, int]],
        habits: Habits,
    ) -> None:
        self.own_heads = lines_with(habits.quote_heads, lines)
        self.own_signatures = lines_with(habits.signatures, lines)
        self.count = len(lines)
        self.labels = [Label.NEW] * self.count
        self.reasons = [""] * self.count
        self.spans = spans
        self.cut_unmarked = False
        self._foremost = 0
        self.lines = list(lines)
        self.footers = signatures.may_hold_footer("\n".join(lines))
        self.heads: list[tuple[int, int, str]] = []
        self._mark(depths, marks)

    def verdict(self) -> Verdict:
        self._find_heads()
        self._keep_typed_marks()
        self._cut_quotes()
        self._join_wraps()
        self._cut_signatures()
        return Verdict(
            tuple(self.lines), tuple(self.labels), tuple(self.reasons), self.cut_unmarked
        )

    def _set(self, begin: int, end: int, label: Label, reason: str) -> None:
        for at in range(begin, end):
            if self.labels[at] is Label.NEW:
                self.labels[at] = label
                self.reasons[at] = reason

    def _mark(self, depths: Sequence[int] | None, marks: Sequence[str] | None) -> None:
        """Labels that the line itself carries: its ``>``, its blockquote, its container."""
        fenced = False
        self.fenced = [False] * self.count
        for at, line in enumerate(self.lines):
            if line and line[0] in "`~ " and _FENCE.match(line):
                fenced = not fenced
            self.fenced[at] = fenced
            if depths is not None and depths[at]:
                self._set(at, at + 1, Label.QUOTE, "blockquote")
            elif marks is not None and marks[at]:
                label = Label.SIGNATURE if marks[at] == "signature" else Label.QUOTE
                self._set(at, at + 1, label, f"container:{marks[at]}")
            elif line and line[0] in ">＞ \t\xa0" and _PREFIX.match(line):
                self._set(at, at + 1, Label.QUOTE, "prefix")
        if fenced:
            # A fence that never closes is no fence.
            self.fenced = [False] * self.count

    def _find_heads(self) -> None:
        at = 0
        floor = 0
        announced = False
        while at < self.count:
            line = self.lines[at]
            stripped = line.strip()
            if not stripped:
                at += 1
                continue
            is_new = self.labels[at] is Label.NEW and not self.fenced[at]
            # A folded head may end on a line of its own: "> wrote:".
            if not is_new and not (stripped[0] == ">" and stripped[-1] in ":："):
                announced = False
                at += 1
                continue
            may_be = _may_be_head(line) or at in self.own_heads
            end = self._head_from(at, floor, announced) if may_be else None
            if end is not None:
                at = floor = end + 1
                announced = True
                continue
            announced = signatures.is_rule(line) and len(stripped) >= 4
            at += 1

    def _head_from(self, at: int, floor: int, announced: bool) -> int | None:
        """Record the head that line ``at`` begins or ends; its last line."""
        line = self.lines[at]
        if at in self.own_heads:
            self._head(at, at, "house-head")
            return at
        if quote_heads.is_delimiter(line):
            self._head(at, at, "delimiter")
            return at
        block_end = None
        if header_blocks.field_of(line):
            foremost = not announced and not self._words_above(at)
            block_end = header_blocks.block_at(
                self.lines, at, announced=announced, foremost=foremost
            )
        if block_end is not None:
            self._head(at, block_end, "header-block")
            return block_end
        start = quote_heads.head_at(self.lines, at, floor)
        if start is not None:
            self._head(start, at, "wrote")
            return at
        return None

    def _head(self, start: int, end: int, reason: str) -> None:
        for at in range(start, end + 1):
            self.labels[at] = Label.HEAD
            self.reasons[at] = reason
        # The rule that a client draws above its header block belongs to it.
        above = start - 1
        while above >= 0 and (
            not self.lines[above].strip() or signatures.is_rule(self.lines[above])
        ):
            if self.lines[above].strip():
                self.labels[above] = Label.HEAD
                self.reasons[above] = "rule"
            above -= 1
        if len(self.heads) < _MOST_HEADS:
            self.heads.append((start, end, reason))

    def _keep_typed_marks(self) -> None:
        """A few ``>`` lines amid the words, without any head, were typed: a prompt, a log."""
        marked = [at for at, reason in enumerate(self.reasons) if reason == "prefix"]
        if self.heads or not 0 < len(marked) <= _TYPED:
            return
        after = marked[-1] + 1
        end = signatures.start_of(self.lines, after, self.count, self.fenced)
        if self._words(0, marked[0]) and self._words(after, end):
            for at in marked:
                self.labels[at], self.reasons[at] = Label.NEW, ""

    def _cut_quotes(self) -> None:
        """What follows a head and is not marked itself is quoted, if there are words above."""
        for start, end, _ in self.heads:
            if self.labels[start] is not Label.HEAD:
                continue
            following = self._next_filled(end + 1)
            if following is None or self.labels[following] is not Label.NEW:
                continue
            above = self._words(0, start)
            stop = self._span_end(start, following)
            if not above and stop is None:
                continue
            if above and len(above) < _SHORT and _POINTS_BELOW.search(above):
                continue
            if not above and not self._words(stop or self.count, self.count):
                continue
            self.cut_unmarked = True
            for at in range(end + 1, self.count if stop is None else stop):
                if self.labels[at] in (Label.NEW, Label.HEAD):
                    self.labels[at] = Label.QUOTE
                    self.reasons[at] = "after-head"

    def _span_end(self, start: int, following: int) -> int | None:
        """The line after the element that begins with this head and holds the words ``following``.

        An element may frame the heads alone: a rule and the header block below it.
        """
        best = None
        for first, last in self.spans:
            if first == start and last >= following and (best is None or last > best):
                best = last
        return None if best is None else best + 1

    def _next_filled(self, at: int) -> int | None:
        while at < self.count:
            if self.lines[at].strip() and self.labels[at] is not Label.HEAD:
                return at
            at += 1
        return None

    def _words_above(self, at: int) -> bool:
        """Whether any new text stands above; asked with rising ``at`` while heads are sought."""
        while self._foremost < at and not self._is_word(self._foremost):
            self._foremost += 1
        return self._foremost < at

    def _is_word(self, at: int) -> bool:
        line = self.lines[at]
        if self.labels[at] is not Label.NEW or not line.strip():
            return False
        return not (signatures.is_rule(line) or (self.footers and signatures.is_footer(line)))

    def _words(self, begin: int, end: int) -> str:
        """New text between two lines, rules and footers left out; no more than is looked at."""
        words: list[str] = []
        length = 0
        for at in range(begin, end):
            if not self._is_word(at):
                continue
            words.append(self.lines[at].strip())
            length += len(self.lines[at])
            if length >= _SHORT:
                break
        return " ".join(words)

    def _join_wraps(self) -> None:
        """The rest of a quoted line that some server broke stands between two quoted lines."""
        for at in range(1, self.count - 1):
            if (
                self.labels[at] is Label.NEW
                and self.reasons[at - 1] == self.reasons[at + 1] == "prefix"
                and 68 <= len(self.lines[at - 1]) <= 82
                and 0 < len(self.lines[at].strip()) <= 30
            ):
                self._set(at, at + 1, Label.QUOTE, "wrap")

    def _cut_signatures(self) -> None:
        begin = 0
        while begin < self.count:
            if self.labels[begin] is not Label.NEW:
                begin += 1
                continue
            end = begin
            while end < self.count and self.labels[end] is Label.NEW:
                end += 1
            start = signatures.start_of(self.lines, begin, end, self.fenced)
            own = min((at for at in self.own_signatures if begin <= at < start), default=end)
            if own < start and self._words(0, own):
                self._set(own, end, Label.SIGNATURE, "house-signature")
            elif start < end and (
                self.heads or self._words(0, start) or Label.QUOTE in self.labels
            ):
                self._set(start, end, Label.SIGNATURE, "signature")
            for at in range(begin, end) if self.footers else ():
                if signatures.is_footer(self.lines[at]) and not self.fenced[at]:
                    self._set(at, at + 1, Label.SIGNATURE, "footer")
            begin = end


def _may_be_head(line: str) -> bool:
    """A cheap look before the dear one; written out, for it is asked of every line."""
    return (
        ":" in line
        or "：" in line
        or "--" in line
        or "==" in line
        or "__" in line
        or "—" in line
        or "道" in line
        or "wrote" in line
    )
