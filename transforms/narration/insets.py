"""Insets that are not narration and carry no quotation marks: italic thought, letters, lyrics and verse, headlines."""

from __future__ import annotations

import re

from transforms.narration.labels import Masked

BREAK = re.compile(r"[\W_]*")  # a line without a letter or digit
_EMPHASIS = re.compile(r"(?<![\w*])\*\*?(?=[^\s*])([^*\n]{1,600}?[^\s*])\*\*?(?![\w*])|(?<!\w)_(?=[^\s_])([^_\n]{1,600}?[^\s_])_(?!\w)")
_SLASHED = re.compile(r"(?<![\w/<.])/(?=[^\s/*])([^/\n]{3,400}?[^\s/])/(?![\w/])")
_DEAR = re.compile(r"(?:[*_]*)(?:(?:My|My own) )?(?:[Dd]ear(?:est)?|To|Beloved)\b[^.!?\n]{1,60}[,:!—-][*_]*\s*$")
_SIGN_OFF = re.compile(
    r"[*_]*(?:(?:I (?:am|remain)|Ever|As ever|Always|Forever|Believe me|Until then|Till then)\b[^.!?\n]{0,50}|"
    r"(?:Yours?|Your (?:loving|own|friend|obedient|affectionate|faithful)|Love|With (?:all my )?love|All my love|Sincerely|Regards|"
    r"(?:Best|Kind|Warm) (?:regards|wishes)|Respectfully|Cordially|Affectionately|Faithfully|Fondly|Best|Cheers|Hugs|Kisses|"
    r"xo+|P\.? ?S\.?)\b[^.!?\n]{0,50}),?[*_]*\s*$"
)
_SIGNATURE = re.compile(r"[*_—–~ -]*[A-Z][\w.'’-]*(?: [A-Z&][\w.'’-]*){0,4}[.,]?[*_]*$")


def inset_spans(text: str, paras: list[tuple[int, int]]) -> list[Masked]:
    """Spans of emphasis that hold a thought, letters, runs of verse, lines in capitals. May overlap each other."""
    spans: list[Masked] = []
    if "*" in text or "_" in text:
        spans += _thoughts(text, _EMPHASIS)
    if text.count("/") > 1:
        spans += _thoughts(text, _SLASHED)
    lines = _Lines(text, paras)
    spans += lines.verse()
    spans += lines.letters()
    spans += lines.headlines()
    return spans


def _thoughts(text: str, pattern: re.Pattern[str]) -> list[Masked]:
    """Emphasised stretches of several words: thoughts, remembered speech, signs. One or two words are stress and stay."""
    spans = []
    for found in pattern.finditer(text):
        inner = found[found.lastindex or 0]
        if inner.count(" ") >= 2 or (inner[-1] in ".!?…" and inner[:1].isupper()):
            spans.append(Masked(found.start(), found.end(), "thought"))
    return spans


class _Lines:
    """The shapes of a story's paragraphs."""

    def __init__(self, text: str, paras: list[tuple[int, int]]) -> None:
        self.text, self.paras = text, paras

    def headlines(self) -> list[Masked]:
        """Paragraphs all in capitals: signs, headlines, place lines; and lines that only part scenes."""
        spans = []
        for start, end in self.paras:
            if end - start > 200:
                continue
            line = self.text[start:end]
            if line.isupper() and sum(c.isalpha() for c in line) > 3:
                spans.append(Masked(start, end, "headline"))
            elif BREAK.fullmatch(line) and not line.isspace():
                spans.append(Masked(start, end, "break"))
        return spans

    def verse(self) -> list[Masked]:
        """Runs of four or more short lines that do not end as sentences do: lyrics and poems inside prose."""
        spans: list[Masked] = []
        run: list[tuple[int, int]] = []
        for span in [*self.paras, (0, 0)]:
            if self._is_verse_line(*span):
                run.append(span)
                continue
            if len(run) >= 4 and self._is_verse(run):
                spans.append(Masked(run[0][0], run[-1][1], "lyrics"))
            run = []
        return spans

    def _is_verse_line(self, start: int, end: int) -> bool:
        if not 8 <= end - start <= 65:
            return False
        return self.text[start] not in "\"“«-—–‘'#" and (self.text[end - 1].isalnum() or self.text[end - 1] in ",;:—-!?.*_/)")

    def _is_verse(self, run: list[tuple[int, int]]) -> bool:
        ended = sum(self.text[end - 1] in ".!?" for _, end in run)
        return ended <= 0.4 * len(run)

    def letters(self) -> list[Masked]:
        """From a salutation on a line of its own to a sign-off and signature within the next forty paragraphs."""
        spans: list[Masked] = []
        i, n = 0, len(self.paras)
        while i < n:
            start, end = self.paras[i]
            if end - start <= 90 and _DEAR.match(self.text[start:end]):
                close = self._signed(i + 1)
                if close is not None:
                    spans.append(Masked(start, self.paras[close][1], "letter"))
                    i = close
            i += 1
        return spans

    def _signed(self, first: int) -> int | None:
        for j in range(first, min(len(self.paras), first + 40)):
            start, end = self.paras[j]
            if end - start > 80:
                continue
            line = self.text[start:end]
            if _DEAR.match(line):
                return None
            if _SIGN_OFF.match(line):
                follows = j + 1 < len(self.paras) and self.paras[j + 1][1] - self.paras[j + 1][0] <= 60
                return j + 1 if follows and _SIGNATURE.match(self.text[slice(*self.paras[j + 1])]) else j
        return None
