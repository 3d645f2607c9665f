"""Insets that are not narration and carry no quotation marks: italic thought, letters, lyrics and verse, headlines."""

from __future__ import annotations

import re
from bisect import bisect_left

Span = tuple[int, int, str]

BREAK = re.compile(r"[\W_]*")  # a line without a letter or digit
# Each begins with its mark, which the engine can search for; what may stand before and after is looked at behind it.
_EMPHASIS = (
    ("*", re.compile(r"\*(?<![\w*]\*)\*?(?=[^\s*])([^*\n]{1,600})(?<!\s)\*\*?(?![\w*])")),
    ("_", re.compile(r"_(?<![\w_]_)(?=[^\s_])([^_\n]{1,600})(?<!\s)_(?!\w)")),
    ("/", re.compile(r"/(?<![\w/<.:]/)(?=[^\s/*])([^/\n]{3,400})(?<!\s)/(?![\w/])")),
)
_DEAR = re.compile(r"(?:[*_]*)(?:(?:My|My own) )?(?:[Dd]ear(?:est)?|To|Beloved)\b[^.!?\n]{1,60}[,:!—-][*_]*\s*$")
_SIGN_OFF = re.compile(
    r"[*_]*(?:(?:I (?:am|remain)|Ever|As ever|Always|Forever|Believe me|Until then|Till then)\b[^.!?\n]{0,50}|"
    r"(?:Yours?|Your (?:loving|own|friend|obedient|affectionate|faithful)|Love|With (?:all my )?love|All my love|Sincerely|"
    r"Regards|(?:Best|Kind|Warm) (?:regards|wishes)|Respectfully|Cordially|Affectionately|Faithfully|Fondly|Best|Cheers|Hugs|"
    r"Kisses|xo+|P\.? ?S\.?)\b[^.!?\n]{0,50}),?[*_]*\s*$"
)
_SIGNATURE = re.compile(r"[*_—–~ -]*[A-Z][\w.'’-]*(?: [A-Z&][\w.'’-]*){0,4}[.,]?[*_]*$")


_SPEAKER = re.compile(r"[*_]{0,3}(\w[\w.'’-]*(?: [\w.'’-]+){0,2})[*_]{0,3}:[*_]{0,3}\s")
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d\d)?(?:\s?[aApP]\.?[mM]\.?)?"
_TIMED = re.compile(
    rf"[*_]{{0,3}}[\[(<]?(?:[@#]?\w[\w.'’ -]{{0,24}}[*_]{{0,3}},?[ \t]+[*_]{{0,3}}[\[(]?{_CLOCK}[\])]?|"
    rf"{_CLOCK}[\])>]?[ \t]+[*_]{{0,3}}[@#<]?\w[\w.'’ -]{{0,24}}[*_]{{0,3}}>?:?)[*_]{{0,3}}:?[*_]{{0,3}}"
    r"(?:\s*$|:\s|\s*[-–—]\s)"
)


def inset_spans(text: str, paras: list[tuple[int, int]]) -> list[Span]:
    """Spans of emphasis that hold a thought, letters, messages, runs of verse, lines in capitals. May overlap each other."""
    spans: list[Span] = []
    for mark, pattern in _EMPHASIS:
        if mark in text:
            spans += _thoughts(text, pattern)
    short = [(start, end) for start, end in paras if end - start <= 200]
    spans += _headlines(text, short)
    spans += _verse(text, paras)
    spans += _letters(text, paras, short)
    if ":" in text:
        spans += _messages(text, paras)
    return spans


def _thoughts(text: str, pattern: re.Pattern[str]) -> list[Span]:
    """Emphasised stretches of several words: thoughts, remembered speech, signs. One or two words are stress and stay."""
    spans = []
    for found in pattern.finditer(text):
        inner = found[1]
        if inner.count(" ") >= 2 or (inner[-1] in ".!?…" and inner[:1].isupper()):
            spans.append((found.start(), found.end(), "thought"))
    return spans


def _headlines(text: str, short: list[tuple[int, int]]) -> list[Span]:
    """Paragraphs all in capitals (signs, headlines, place lines), and lines that only part scenes."""
    spans = []
    for start, end in short:
        line = text[start:end]
        if line.isupper():
            if end - start > 4 and sum(map(str.isalpha, line)) > 3:
                spans.append((start, end, "headline"))
        elif not line[0].isalnum() and BREAK.fullmatch(line):
            spans.append((start, end, "break"))
    return spans


def _verse(text: str, paras: list[tuple[int, int]]) -> list[Span]:
    """Runs of short lines that do not end as sentences do: lyrics and poems inside prose.

    Lines of one stanza follow each other without a blank line; where each line is a paragraph, a full sentence at either
    end of the run is prose.
    """
    spans: list[Span] = []
    run: list[tuple[int, int]] = []
    for span in [*paras, (0, 0)]:
        if 6 <= span[1] - span[0] <= 65 and _is_verse_line(text, *span):
            run.append(span)
            continue
        if len(run) >= 3:
            while run and text[run[0][1] - 1] in ".!?" and _apart(text, run, 0):
                del run[0]
            while run and text[run[-1][1] - 1] in ".!?" and _apart(text, run, len(run) - 2):
                del run[-1]
            close = len(run) >= 3 and not any(_apart(text, run, i) for i in range(len(run) - 1))
            if (close or len(run) >= 4) and sum(text[end - 1] in ".!?" for _, end in run) <= 0.4 * len(run):
                spans.append((run[0][0], run[-1][1], "lyrics"))
        run = []
    return spans


def _apart(text: str, run: list[tuple[int, int]], i: int) -> bool:
    """Whether a blank line parts line `i` of a run from the next."""
    return 0 <= i < len(run) - 1 and text.count("\n", run[i][1], run[i + 1][0]) > 1


def _is_verse_line(text: str, start: int, end: int) -> bool:
    return text[start] not in "\"“«-—–‘'#>[<" and (text[end - 1].isalnum() or text[end - 1] in ",;:—-!?.*_/)~")


_MAIL_HEAD = re.compile(r"[*_]{0,3}(?:From|To|Subject|Date|Sent|Cc|Re)[*_]{0,3}: ?\S", re.IGNORECASE)


def _letters(text: str, paras: list[tuple[int, int]], short: list[tuple[int, int]]) -> list[Span]:
    """From a salutation on a line of its own, or the head of a mail, to a sign-off or signature within the next forty paragraphs.

    None where most of the text is letters: then they tell the story.
    """
    spans: list[Span] = []
    some = [span for span in short if span[1] - span[0] <= 90 and (text[span[1] - 1] in ",:!—-*_" or _colon_soon(text, span[0]))]
    if not any(_begins_letter(text, start, end) for start, end in some):
        return spans
    i = 0
    while i < len(paras):
        start, end = paras[i]
        if end - start <= 90 and _begins_letter(text, start, end):
            while i + 1 < len(paras) and _MAIL_HEAD.match(text, *paras[i + 1]):
                i += 1
            close = _signed(text, paras, i + 1)
            if close is not None:
                spans.append((start, paras[close][1], "letter"))
                i = close
        i += 1
    if sum(end - start for start, end, _ in spans) > 0.7 * sum(end - start for start, end in paras):
        return []
    return spans


def _colon_soon(text: str, start: int) -> bool:
    return text.find(":", start, start + 12) >= 0


def _begins_letter(text: str, start: int, end: int) -> bool:
    """A salutation, or a line of a mail's head with another under it."""
    line = text[start:end]
    if _DEAR.match(line):
        return True
    if not _MAIL_HEAD.match(line):
        return False
    follows = text[end : end + 120].lstrip()
    return _MAIL_HEAD.match(follows) is not None


def _signed(text: str, paras: list[tuple[int, int]], first: int) -> int | None:
    """The paragraph that ends a letter: a sign-off with its signature; a signature alone where a scene or the story ends."""
    for j in range(first, min(len(paras), first + 40)):
        start, end = paras[j]
        if end - start > 80:
            continue
        line = text[start:end]
        if _DEAR.match(line):
            return None
        if j > first and end - start <= 40 and _SIGNATURE.match(line) and _scene_ends(text, paras, j):
            return j
        if _SIGN_OFF.match(line):
            follows = j + 1 < len(paras) and paras[j + 1][1] - paras[j + 1][0] <= 60
            return j + 1 if follows and _SIGNATURE.match(text[slice(*paras[j + 1])]) else j
    return None


_DEAR_ALONE = re.compile(r"[\"“‘'*_]*(?:my )?(?:own )?(?:dear(?:est)?|beloved)\b[^.!?\n]{0,40}[,:—-]+[\"”’'*_]*", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"\b(?:letter|note|message|wrote|writes|contents|postscript|following words|following lines|these words|"
    r"this effect|this purpose|(?:was|ran|read|wrote) as follows)\b[^.!?\n]{0,60}[:—-]\s*$"
)
_YOURS = re.compile(
    r"\bYour(?:s|['’]s)?,? (?:ever|always|affectionate|sincere|faithful|tru|obedient|very|most|loving|etc|&c|own|in haste)"
    r"[^.!?\n]{0,40}\W*$"
)
_SIGNED_BELOW = re.compile(
    r"[\"“]?(?:Your(?:s|['’]s|,? (?:ever|loving|affectionate|sincere|faithful|obedient|humble|most|own|friend|anxious))\b|"
    r"(?:I (?:am|remain)|Believe me),)[^\n]{0,60}|[\"“][A-Z][A-Z. —-]+[\"”]"
)
_LETTER_LENGTH = 150


def with_letters(text: str, paras: list[tuple[int, int]], spans: list[Span]) -> list[Span]:
    """`spans` of speech, those that are a letter or a part of one called so: announced or addressed before, signed at the end.

    Only where a whole paragraph is in quotation marks; a letter that somebody reads out by and by stays speech.
    """
    starts = [start for start, _ in paras]
    changed = list(spans)
    for i, (start, end, reason) in enumerate(spans):
        if end - start < _LETTER_LENGTH or reason != "dialogue":
            continue
        at = bisect_left(starts, start)
        if at == len(starts) or starts[at] != start or end < paras[at][1]:
            continue
        before = text[max(0, paras[at - 1][1] - 160, paras[at - 1][0]) : paras[at - 1][1]] if at else ""
        after = text[paras[at + 1][0] : min(paras[at + 1][1], paras[at + 1][0] + 100)] if at + 1 < len(paras) else ""
        if (
            _DEAR_ALONE.fullmatch(before)
            or _ANNOUNCED.search(before)
            or _YOURS.search(text, max(start, end - 80), end)
            or _SIGNED_BELOW.fullmatch(after)
        ):
            changed[i] = (start, end, "letter")
    return changed


def _scene_ends(text: str, paras: list[tuple[int, int]], j: int) -> bool:
    return j + 1 == len(paras) or BREAK.fullmatch(text, *paras[j + 1]) is not None


def _messages(text: str, paras: list[tuple[int, int]]) -> list[Span]:
    """Lines that a user name and a time begin, with the lines under them; and lines of speakers named as in a play."""
    spans: list[Span] = []
    speakers: dict[str, list[int]] = {}
    inside = False
    colon = text.find(":")
    for i, (start, end) in enumerate(paras):
        if not inside and colon >= end:
            continue
        if inside and text.count("\n", paras[i - 1][1], start) <= 1:
            spans.append((start, end, "chat"))
            continue
        inside = False
        if 0 <= colon < start:
            colon = text.find(":", start)
        if colon < 0:
            break
        if colon >= min(end, start + 40):
            continue
        if _TIMED.match(text, start, end):
            spans.append((start, end, "chat"))
            inside = True
        elif found := _SPEAKER.match(text, start, end):
            speakers.setdefault(found[1].casefold(), []).append(i)
    for lines in speakers.values():
        if len(lines) >= 3:
            spans += [(*paras[i], "script") for i in lines]
    return spans
