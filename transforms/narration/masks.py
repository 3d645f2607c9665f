"""What of a story is not narration, as spans: speech in every convention, thoughts, letters, lyrics, headlines.

Marks are read by direction, not by parity: an opening mark stands after white space, a dash or an opening bracket, a closing
one after something solid. So a lost mark, or a lost paragraph break, costs the stretch up to the next mark and never turns the
rest of the text inside out. An unclosed speech ends with its paragraph; where the next paragraph opens with a mark the speech
runs on, as printers have it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from transforms.narration.insets import inset_spans, with_letters
from transforms.narration.labels import Masked

Span = tuple[int, int, str]

_SPACE_OR_OPEN = frozenset(" \t\n\r\xa0([{—–-―*_/…")
_SPACE_OR_CLOSE = frozenset(" \t\n\r\xa0)]},.;:!?—–-―*_/…")
_WORDS_END = re.compile(r"[.!?…][\"'”’)\]*_]*\s+")
_SAID = (
    r"(?:said|says|say|asked|asks|told|tells|answered|answers|replied|replies|cried|cries|whispered|whispers|muttered|mutters|"
    r"murmured|murmurs|called|calls|shouted|shouts|added|adds|thought|thinks|sighed|sighs|snapped|snaps|began|begins|"
    r"went on|goes on|continued|continues|repeated|repeats|growled|growls|laughed|laughs|agreed|agrees|mumbled|mumbles|"
    r"yelled|yells|explained|explains|insisted|insists|observed|remarked|returned|exclaimed|demanded|demands|suggested|suggests)"
)
_WHO = r"(?:I|we|you|he|she|they|it|xe|ze|[A-Z]\w+(?: [A-Z]\w+)?|(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|[Aa]n?) (?:\w+ ){0,2}?\w+)"
TAG = re.compile(rf"\b(?:{_WHO} (?:\w+ly )?{_SAID}|{_SAID} {_WHO})\b")
"""A speech tag: who and a verb of saying, in either order."""

_ELISIONS = re.compile(
    r"['‘’](?:em|tis|twas|twere|twill|til|till|bout|cause|cos|cuz|round|neath|gainst|nother|n|e|im|er|is|ere|ave|ad|as|alf|ow|"
    r"ome|ead|ouse|and|way|tude|sup|kay|course|tain|coon|fraid|spect|pon|mongst|scuse|nuff|nuther|gain|\d+s?)\b",
    re.IGNORECASE,
)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of `text` as spans without white space at their edges.

    Every line is a paragraph, unless lines are wrapped at a width (e-mail, old archives): then blank lines part them.
    """
    spans: list[tuple[int, int]] = []
    wrapped = _wrapped(text)
    at, joins = 0, False
    for line in text.split("\n"):
        if solid := line.strip():
            start = at if len(solid) == len(line) else at + line.index(solid[0])
            if joins:
                spans[-1] = (spans[-1][0], start + len(solid))
            else:
                spans.append((start, start + len(solid)))
                joins = wrapped
        else:
            joins = False
        at += len(line) + 1
    return spans


def _wrapped(text: str) -> bool:
    """Whether line ends are only those of a page's width: many lines of about one length that stop in mid-sentence."""
    sample = text[:20_000]
    lines = sample.split("\n")
    inner = [a for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 6:
        return False
    lengths = sorted(len(line) for line in inner)
    middle = lengths[len(lengths) // 2]
    open_ended = sum(line.rstrip()[-1] not in ".!?\"”'’…:*" for line in inner)
    near = sum(abs(len(line) - lengths[-max(1, len(lengths) // 10)]) < 20 for line in inner)
    if not (45 <= middle <= 95 and open_ended > 0.5 * len(inner) and near > 0.6 * len(inner)):
        return False
    after = [b.lstrip() for a, b in pairwise(lines) if a.strip() and b.strip()]
    return sum(line[0].isupper() for line in after) < 0.6 * len(after)  # else the lines of verse


def mask(text: str) -> tuple[Masked, ...]:
    """The spans of `text` that are not narration, in order, without overlap; each with its reason (`labels.REASONS`).

    Wrong where nothing on the page tells speech from narration: dialogue without any mark stays in.
    """
    return tuple(Masked(*span) for span in spans_of(text, paragraphs(text)))


def spans_of(text: str, paras: list[tuple[int, int]]) -> list[Span]:
    """`mask` over paragraphs that are already found."""
    insets = inset_spans(_unwrapped(text, paras), paras)
    insets = _merge(insets[:1], insets[1:])  # emphasis inside a letter
    return _merge(insets, _quotes(text, paras))


def _unwrapped(text: str, paras: list[tuple[int, int]]) -> str:
    """The text with a blank for each line end inside a paragraph, so that a thought in italics may run over it."""
    if all(text.find("\n", start, end) < 0 for start, end in paras[:_LOOKED_AT]):
        return text
    return _LINE_END_INSIDE.sub(" ", text)


_LOOKED_AT = 40  # paragraphs; where lines are wrapped some of these are
_LINE_END_INSIDE = re.compile(r"(?<=\S)\n(?=\S)")


def _merge(first: list[Span], second: list[Span]) -> list[Span]:
    """Both lists in one order; where spans overlap, the one that begins earlier swallows the other."""
    if not first or not second:
        return first or second
    merged: list[Span] = []
    last = -1
    for span in sorted([*first, *second]):
        if span[0] < last:
            if span[1] > last:
                last = span[1]
                merged[-1] = (merged[-1][0], last, merged[-1][2])
        else:
            merged.append(span)
            last = span[1]
    return merged


_PAIRS = {
    "“": "o",
    "”": "c",
    "„": "o",
    "‟": "o",
    "«": "o",
    "»": "c",
    "「": "o",
    "」": "c",
    "『": "o",
    "』": "c",
    "‹": "o",
    "›": "c",
}
_OPENERS = '"“«„「『'
_DOUBLE = '"“”„‟«»‹›「」『』'
# Each begins with one mark, which the engine can search for fast.
_SINGLE_OPEN = tuple(re.compile(rf"{mark}(?:(?<=[\s(\[—–“\"-]{mark})|(?<=\A{mark}))(?=[^\W\d_]|[…—.¿¡])") for mark in "'‘")
_SINGLE_SHUT = tuple(re.compile(rf"{mark}(?<=[.,!?…—–-]{mark})(?![^\W\d_])") for mark in "'’")
_STRONG_SINGLE_CLOSE = re.compile(r"['’](?<=[.,!?…—–-]['’])(?![^\W\d_])")


def _quotes(text: str, paras: list[tuple[int, int]]) -> list[Span]:
    """Spans between quotation marks of any kind that the work uses, and speeches that a dash begins."""
    marks, n_double = _places(text)
    spans: list[Span] = []
    if n_double:
        spans = with_letters(text, paras, _double(text, paras, marks))
    if "'" in text or "‘" in text:
        openers = [found.start() for pattern in _SINGLE_OPEN for found in pattern.finditer(text)]
        openers = sorted(at for at in openers if not _ELISIONS.match(text, at))
        strong = sum(len(pattern.findall(text)) for pattern in _SINGLE_SHUT) if openers else 0
        if min(len(openers), strong) > max(2, n_double // 2):
            spans = _merge(spans, _single(text, paras, openers, primary=True))
        elif openers and strong:
            inside = _single(text, paras, openers, primary=False)
            spans = _merge(spans, inside)
    dashed = _dashes(text, paras)
    return _merge(spans, dashed) if dashed else spans


def _double(text: str, paras: list[tuple[int, int]], marks: list[int]) -> list[Span]:
    inverted = _inverted_guillemets(text)
    low_high = "„" in text
    swedish = "”" in text and "“" not in text and "„" not in text
    spans: list[Span] = []
    at, n = 0, len(marks)
    size = len(text)
    carry = -1  # where a speech that its paragraph left open began to run on, for a mark some paragraphs on that closes it
    carried = 0
    for p_start, p_end in paras:
        if at < n and marks[at] < p_start:
            at = bisect_left(marks, p_start, at)
        if at >= n:
            break
        if marks[at] >= p_end:
            carried += 1
            continue
        if (
            at + 1 < n
            and marks[at + 1] < p_end
            and (at + 2 >= n or marks[at + 2] >= p_end)
            and _plain(text, marks[at], marks[at + 1])
        ):
            spans.append((marks[at], marks[at + 1] + 1, _reason(text, marks[at], marks[at + 1] + 1)))
            at += 2
            carry, carried = -1, 0
            continue
        open_at, last_end, first = -1, p_start, True
        while at < n and marks[at] < p_end:
            pos = marks[at]
            at += 1
            mark = text[pos]
            side = _PAIRS.get(mark)
            if side is None or (swedish and mark == "”"):
                before = pos == p_start or text[pos - 1] in _SPACE_OR_OPEN
                after = pos + 1 >= size or text[pos + 1] in _SPACE_OR_CLOSE
                if not before and open_at < 0 and text[pos - 1].isdigit():
                    continue  # inches, seconds
                side = ("c" if open_at >= 0 else "o") if before == after else "o" if before else "c"
            elif inverted and mark in "«»":
                side = "o" if mark == "»" else "c"
            elif low_high and mark == "“" and open_at >= 0:
                side = "c"
            elif (
                mark == "”"
                and open_at < 0
                and (pos == p_start or text[pos - 1].isspace())
                and pos + 1 < p_end
                and not text[pos + 1].isspace()
            ):
                side = "o"  # a closing mark typed for an opening one
            elif (
                mark == "“"
                and open_at >= 0
                and pos > p_start
                and not text[pos - 1].isspace()
                and (pos + 1 >= p_end or text[pos + 1].isspace())
            ):
                side = "c"  # and the reverse
            if side == "o":
                if open_at >= 0:
                    end = _unclosed(text, open_at, pos)
                    spans.append((open_at, end, "dialogue"))
                    last_end = end
                open_at = pos
            elif open_at >= 0:
                spans.append((open_at, pos + 1, _reason(text, open_at, pos + 1)))
                open_at, last_end = -1, pos + 1
            else:
                start = last_end
                if first and carry >= 0 and carried <= 12:
                    start = carry
                elif start > p_start or pos - start > 500:
                    start = _sentence_before(text, start, pos)
                if start < pos:
                    spans.append((start, pos + 1, "dialogue"))
                last_end = pos + 1
            first = False
        carry, carried = -1, 0
        if open_at >= 0:
            runs_on = at < n and text[p_end : marks[at]].isspace() and text[marks[at] + 1 : marks[at] + 2].isalnum()
            end = p_end if runs_on and p_end - open_at > _LONG_SPEECH else _unclosed(text, open_at, p_end)
            spans.append((open_at, end, "dialogue"))
            carry = end if end == p_end else -1
    return spans


_LONG_SPEECH = 250  # characters; a shorter one before another more probably lacks its closing mark


def _places(text: str) -> tuple[list[int], int]:
    """Where the double marks of any kind stand, and how many may open speech.

    Looking for each by itself is several times as fast as for a class of marks.
    """
    places: list[int] = []
    openers = kinds = 0
    for mark in _DOUBLE:
        at = text.find(mark)
        if at < 0:
            continue
        kinds += 1
        before = len(places)
        while at >= 0:
            places.append(at)
            at = text.find(mark, at + 1)
        if mark in _OPENERS:
            openers += len(places) - before
    if kinds > 1:
        places.sort()
    return places, openers


def _plain(text: str, first: int, second: int) -> bool:
    """Whether two marks, the only ones of their paragraph, are the two of one speech; most are."""
    if text[first] == "“":
        return text[second] == "”"
    if text[first] != '"' or text[second] != '"':
        return False
    return (
        (first == 0 or text[first - 1] in _SPACE_OR_OPEN)
        and text[first + 1] not in _SPACE_OR_CLOSE
        and text[second - 1] not in " \n"
    )


def _inverted_guillemets(text: str) -> bool:
    """»so« as in German and Danish, not «so» or « so »."""
    if "»" not in text:
        return False
    return len(re.findall(r"(?:^|[\s(])»\S", text, re.MULTILINE)) > len(re.findall(r"(?:^|[\s(])«", text, re.MULTILINE))


_STOPS = frozenset(".,!?:;—–")


def _reason(text: str, start: int, end: int) -> str:
    """`dialogue`, or `quoted` for words inside a sentence that nobody speaks there: a term, a title, a phrase of another's."""
    before = text[start - 1] if start else "\n"
    if before == " " and start > 1:
        before = text[start - 2]
    if before in _STOPS or (before == "\n" and text[max(0, start - 2)] == "\n"):
        return "dialogue"
    first = start + 1
    while first < end - 1 and not text[first].isalnum():
        first += 1
    before = start - 1
    while before >= 0 and text[before].isspace():
        before -= 1
    if (
        before < 0
        or not (text[before].isalnum() or text[before] in "'’")
        or "\n" in text[before + 1 : start].replace("\n", "", 1)
    ):
        return "dialogue"
    if text[first].islower():
        return "quoted"
    inner = text[first : end - 1].rstrip()
    return "dialogue" if end - start > 40 or inner[-1:] in ("!", "?", ",", "—", "-", "…", ".") else "quoted"


def _unclosed(text: str, start: int, limit: int) -> int:
    """Where a speech ends whose closing mark is missing: at its tag, else at the next mark or the paragraph's end."""
    stretch = text[start : min(limit, start + 2000)]
    tag = TAG.search(stretch)
    while tag is not None and not _before_tag(stretch, tag.start()):
        tag = TAG.search(stretch, tag.end())
    if tag is not None:
        return start + tag.start()
    if limit - start > 2000:
        stop = _WORDS_END.search(text, start, start + 2000)
        return stop.end() if stop else start + 2000
    return limit


def _before_tag(stretch: str, at: int) -> bool:
    """A tag follows the comma or the end mark of what was said."""
    before = stretch[:at].rstrip()
    return len(before) > 1 and before[-1] in ",.!?…—"


def _sentence_before(text: str, start: int, pos: int) -> int:
    """Where the sentences that a lone closing mark at `pos` ends may have begun, after `start`: past a speech tag's end."""
    stretch_start = max(start, pos - 500)
    stop = _WORDS_END.search(text, stretch_start, pos)
    if stop and stop.end() < pos:
        return stop.end()
    return start if pos - start < 60 else pos


def _single(text: str, paras: list[tuple[int, int]], openers: list[int], primary: bool) -> list[Span]:
    """Speech in single marks, where the apostrophe is the closing mark too.

    A mark after punctuation closes for sure; one after a letter only where no sure one comes before the next opening mark.
    """
    spans: list[Span] = []
    starts = [start for start, _ in paras]
    done = -1
    for i, pos in enumerate(openers):
        if pos < done:
            continue
        para = bisect_left(starts, pos + 1) - 1
        if para < 0 or pos >= paras[para][1]:
            continue
        p_start, p_end = paras[para]
        limit = min(p_end, openers[i + 1]) if i + 1 < len(openers) else p_end
        begins = pos == p_start
        if not (begins or _may_open(text, pos)):
            close = _STRONG_SINGLE_CLOSE.search(text, pos + 1, limit)
            if close is None or (not primary and close.end() - pos < 12):
                continue
        close = _STRONG_SINGLE_CLOSE.search(text, pos + 1, limit)
        if close is None and limit < p_end:  # something else that looked like an opening mark may stand inside
            close = _STRONG_SINGLE_CLOSE.search(text, pos + 1, p_end) if not _may_open(text, limit) else None
        if close is not None:
            end = close.end()
        elif (weak := _weak_close(text, pos + 1, limit)) > 0:
            end = weak
        elif begins and primary:
            end = _unclosed(text, pos, limit)
        else:
            continue
        reason = _reason(text, pos, end) if primary else "quoted" if end - pos < 30 else "thought"
        spans.append((pos, end, reason))
        done = end
    return spans


def _may_open(text: str, pos: int) -> bool:
    """Whether what stands before a single mark lets speech begin there: the end of a sentence, a comma, a dash, another mark."""
    before = text[max(0, pos - 4) : pos].rstrip()
    return not before or before[-1] in ".,!?…:;—–-\"”’'([)"


def _weak_close(text: str, start: int, limit: int) -> int:
    at = start
    while True:
        straight, curly = text.find("'", at, limit), text.find("’", at, limit)
        at = min(straight, curly) if min(straight, curly) >= 0 else max(straight, curly)
        if at < 0:
            return -1
        if at + 1 >= len(text) or not (text[at + 1].isalnum()):
            return at + 1
        at += 1


_DASH_START = re.compile(r"[—–―]|-{1,2}(?=[ \w¿¡])|− ")


def _dashes(text: str, paras: list[tuple[int, int]]) -> list[Span]:
    """Paragraphs that a dash begins are speech, but for their tags, where the work has several such paragraphs."""
    lines = [span for span in paras if text[span[0]] in "—–―−-"]
    lines = [(start, end) for start, end in lines if end - start > 2 and _DASH_START.match(text, start)]
    lines = [(start, end) for start, end in lines if any(c.isalpha() for c in text[start : start + 12])]
    if len(lines) < 2 or (len(lines) < 4 and len(lines) < 0.03 * len(paras)):
        return []
    if len(lines) > 0.8 * len(paras) and all(text[start : start + 2] == "- " for start, _ in lines):
        return []  # a list of points
    spans = []
    for start, end in lines:
        at = start
        for tag in TAG.finditer(text, start, end):
            if tag.start() <= start + 2 or not _tag_in_speech(text, tag.start()):
                continue
            close = tag.end()
            dash = min((d for d in (text.find(mark, close, end) for mark in ("—", "–", " - ", "--")) if d >= 0), default=-1)
            stop = _WORDS_END.search(text, close, end)
            # A tag ends where a dash takes the speech up again, else with its sentence.
            if dash >= 0 and (stop is None or dash < stop.start() or text[dash - 1] in ".,:;"):
                resume = dash
            elif _dash_before(text, tag.start()) and dash < 0:
                resume = end
            else:
                resume = stop.end() if stop else end
            if tag.start() > at:
                spans.append((at, tag.start(), "dialogue"))
            at = max(at, resume)
        if at < end:
            spans.append((at, end, "dialogue"))
    return spans


def _tag_in_speech(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip()
    return bool(before) and before[-1] in ",!?…—–-"


def _dash_before(text: str, at: int) -> bool:
    return text[max(0, at - 2) : at].strip() in ("—", "–", "-", "--", "―")
