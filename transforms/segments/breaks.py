"""Lines that part scenes: rows of symbols, rows of letters, words such as LINE BREAK, flashback marks; and the rules among them
that belong to what they touch.
"""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.segments.layout import places_of

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

RULE = 5  # signs of a break that may be a tool's rule
LONGEST_NAME, MOST_NAMES = 30, 3  # characters of a line with a name above a mail's signature, and how many such lines
SIGNATURE, LONGEST_SIGNATURE = 10, 120  # characters of the rule above a signature, and of its lines

# Punctuation that alone in a line is a beat in a dialogue, not an ornament.
_SPOKEN = frozenset("?!.…,;:'\"‘’“”- \t—–")
_SPACED_DOTS = re.compile(r"\.(?:[ \t]+\.){2,}|\.{4,}|[·•‧∙⋅]+(?:[ \t]+[·•‧∙⋅]+)*|…[ \t]?…(?:[ \t]?…)*")
_LETTER_ROW = re.compile(
    r"(?=.{2,60}$)[\W_]{0,12}(?:"
    r"(?:[oO0](?:[ \t.\-~*_=]{0,3}[oO0]){1,40})"  # oOo, o-o-o, o0o0o
    r"|(?:[xX](?:[ \t.\-~*_=+]{0,3}[xX]){1,40})"  # xXx, x x x
    r"|(?:(?:[xXoO0vV](?:[ \t.\-~*_=+]{1,4}|[\W_]{0,2}(?=[xXoO0vV]))){3,40}[xXoO0vV]?)"
    r"|[vV]{3,40}|[uU]{4,40}|[zZ]{3,40}|[qQ][pP](?:[qQ][pP]){1,20}"
    r")[\W_]{0,12}"
)
_ONE_LETTER = re.compile(r"(?P<l>[^\w\s]{1,6})[ \t]*[xXoO0vVhHpP][ \t]*(?P=l)?[^\w\s]{0,6}")  # -x-, ~o~
_RATING = re.compile(r"(?=\S*[★⭐✭✮])[★⭐✭✮]+[☆✩✰½]+(?: ?\(?\d(?:[.,]\d)?(?: ?/ ?\d+)?\)?)?")
_STARS = re.compile(r"[★⭐]{1,5}")
_KISSES = re.compile(r"[\W_]*(?:xo)+x?[\W_]*|[\W_]*(?:ox)+o?[\W_]*|[xX]{1,3}|[oO]{1,2}|XX?X?|V|VV?|[oO]h?", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:['’/&+][^\W_]+)*")
_MUMBLED = frozenset(("", ",", ".", "...", "…", ";", "* *", "_ _", "! ", "!"))  # what stands between words that people and things repeat
_SIDES = "-~*=+<>()[]{}/\\|:.•·_#^°¤§ "
_MIRROR = str.maketrans("<>()[]{}/\\", "><)(][}{\\/")
_ROW = frozenset("xo0z")
_EMPHASIS = re.compile(r"([*_]{1,3})[^\W_].*[^\s*_]\1")
_VOWEL = re.compile(r"[AEIOUY]")
_RUN = re.compile(r"([A-Za-z]{2,16}?)\1{2,}")
_WORDS = re.compile(
    r"[\W_]{0,20}(?:(?:insert |a |the |random |another |this is a |here's a )*(?:horizontal |ruler? )?(?:line|page|scene|section|chapter|story|paragraph|act|commercial|ad|advert|station|tea|snack|fic)[ \t]*-?(?:breaks?|brake|change|shift|switch|divider|separator|cut|skip)s?(?: here| thing(?:y|ie)?| line| of some sort)?"
    r"|(?:line|ruler|hr|horizontal rule|divider|break(?:[ -]break)*|breaker|linebreak|pagebreak|scenebreak|timeskip|time[ -]skip|time jump|time lapse|small time skip|scene|cambio de escena|salto de (?:p[aá]gina|l[ií]nea|tiempo)|quebra de (?:tempo|cena|linha)|changement de sc[eè]ne|szenenwechsel|zeitsprung|cambio (?:di )?scena|смена сцены|zmiana sceny|przeskok czasowy))[\W_]{0,20}",
    re.IGNORECASE,
)
_FLASHBACK = re.compile(
    r"[\W_]{0,12}(?:(?:start|begin(?:ning)?|beginning of|start of|end|ends?|end of|ending|stop|fin|close|enter|exit|cue|back from)[ \t]*(?:of[ \t]*)?(?:the[ \t]*|a[ \t]*)?)?(?:flash[ \t-]?backs?|memor(?:y|ies)|recuerdo|flashbacks? ?(?:ends?|over|start[s]?|begins?|fin)|флешб[еэ]к|флэшб[еэ]к|конец (?:флешб[еэ]ка|флэшб[еэ]ка|воспоминани[яй])|воспоминани[ея]|回想|回忆|回憶|회상|r[uü]ckblick(?: ?ende)?|ende (?:des )?(?:r[uü]ckblicks?|flashbacks?)|fin (?:del? |du )?flash-?back|fim do flash-?back|fine flash-?back)"
    r"(?:[ \t]*(?:ends?|over|start[s]?|begins?|fin|done|\d+))?[\W_]{0,12}",
    re.IGNORECASE,
)


def is_break(line: str) -> bool:
    """Whether a stripped line is a scene break by its own shape.

    Rows of dots up to three and lone dashes in speech are beats of a dialogue and no breaks; `xoxo` is a sign-off; roman
    numerals are headings.
    """
    first = line[0]
    if not (first.isalnum() or line[-1].isalnum()) or first in "oO0xXvVuUzZqQ-":
        letters = [ch for ch in line if ch.isalnum()]
        if not letters:
            if all(ch in _SPOKEN for ch in line):
                bare = line.replace(" ", "").replace("\t", "")
                if set(bare) <= {".", "…"}:
                    return _SPACED_DOTS.fullmatch(line) is not None
                return (set(bare) <= set("-—–") and (len(bare) >= 3 or bare in ("—", "--") or " " in line)) or (
                    len(bare) >= 4 and set(bare) <= set("-—–.:,;") and len(set(bare)) <= 3
                )
            return len(line) <= 120
        if len(letters) <= 60 and all(ch in "oO0xXvVuUzZqQpP" for ch in letters):
            if line in ("xXx", "XxX", "oOo", "OoO", "xXxX", "XxXx"):
                return True
            if _KISSES.fullmatch(line):
                return False
            if _LETTER_ROW.fullmatch(line):
                return True
            if len(letters) == 1 and line.strip("*_") != "V" and _ONE_LETTER.fullmatch(line):
                return True
        return _is_mirrored(line)
    return False


def is_rating(line: str) -> float:
    """What a stripped line proves as a rating in stars: 1 for full stars with empty ones behind them (★★☆☆☆), 0.5 for full ones
    only, which may be an ornament.
    """
    if _RATING.fullmatch(line) is not None and sum(ch in "★⭐✭✮☆✩✰½" for ch in line) <= 10:
        return 1.0
    return 0.5 if _STARS.fullmatch(line) is not None else 0.0


def _is_mirrored(line: str) -> bool:
    """Whether a line is ornament on both sides of at most three letters, alike from either end: `>> >> o << <<`."""
    if not 5 <= len(line) <= 60 or line[0].isalnum() or line[0] in "\"“«'‘":
        return False
    core = line.strip(_SIDES)
    if not 1 <= len(core) <= 3 or not core.isalpha() or not (core.islower() or core == "O"):
        return False  # what has a number or a capital may be a heading
    at = line.index(core)
    left, right = line[:at].replace(" ", ""), line[at + len(core) :].replace(" ", "")
    return len(left) >= 2 and right == left[::-1].translate(_MIRROR) and len(set(core)) == 1


def is_chant(line: str) -> bool:
    """Whether a stripped line says one short thing over and over in ornaments (`- NCIS - NCIS -`, `~lake~lake~lake~`) or in one
    unbroken run of capitals (`SPNSPNSPN`).

    People shout and count ("No, no, no!", "tick tock tick tock"), so bare words with blanks alone prove nothing: the ornaments
    must stand between all of them.
    """
    if len(line) > 120 or line[0] in "\"“«„'‘(" or line[-1] in "?!\"”’," or (line[-1] == "." and line[0].isalnum()):
        return False
    tokens = _TOKEN.findall(line)
    if len(tokens) == 1:
        run = _RUN.fullmatch(tokens[0])
        if run is None:
            return False
        size = len(run.group(1))
        return size >= 4 or (tokens[0].isupper() and (size == 3 or _VOWEL.search(run.group(1)) is None))
    if not 2 <= len(tokens) <= 24 or max(map(len, tokens)) > 16:
        return False
    cycle = next((size for size in (1, 2, 3) if tokens[size:] == tokens[:-size]), 0)
    if not cycle or len(tokens) < 2 * cycle:
        return False
    first, *joints, last = _TOKEN.split(line)
    wrapped = bool(first.strip() and last.strip())
    seams = {joint.strip() for joint in joints[cycle - 1 :: cycle]}
    if len(tokens) < 3 and not wrapped:
        return False
    if seams == {""}:
        return cycle == 1 and not tokens[0].isalpha()  # H/D H/D H/D
    return not any(seam in _MUMBLED or (seam == "-" and not wrapped) for seam in seams)


def is_ornate(line: str) -> bool:
    """Whether a stripped line is a row of x, o or z, or words between ornaments: a break where the document has it again and
    again, alone in its line. Words in emphasis only (`*click*`) are sounds and thoughts.
    """
    if len(line) > 48 or line[0] in "\"“«„'‘([#@":
        return False
    if line[0].isalnum():
        return len(line) >= 3 and set(line.lower()) <= _ROW and line.lower() not in ("xoxo", "ooh", "zoo")
    if line[-1].isalnum() or line[-1] in ".?!\"”’,…" or "," in line:
        return False
    return _EMPHASIS.fullmatch(line) is None


def is_word_break(line: str) -> bool:
    """Whether a stripped line says in words that a scene ends: LINE BREAK, (insert page break), time skip."""
    if len(line) > 60 or _WORDS.fullmatch(line) is None:
        return False
    core = line.strip(" \t").strip("*_~-=.:()[]<>|#+/\\ \t")
    if core.lower() in ("line", "break", "scene", "hr", "ruler", "divider"):
        return core != line.strip() or core.isupper()
    return True


def is_flashback_mark(line: str) -> bool:
    """Whether a stripped line is a bare mark of a flashback's beginning or end."""
    return len(line) <= 50 and _FLASHBACK.fullmatch(line) is not None


def label_rules(page: Neighbours) -> None:
    """Labels rules that belong to what they touch: furniture, a generated header, a signature, a chapter's heading."""
    labels, bare = page.labels, page.sheet.bare
    kinds = page.kinds_so_far()
    for at, kind in enumerate(kinds):
        ruled = kind == "break" and len(bare[at]) >= RULE and at not in page.sheet.fixed
        if ruled and "boilerplate" in kinds[max(0, at - 1) : at + 2]:
            page.label(at, "boilerplate", "site.rule", 0.85)  # the dress of the tool or the site
    _label_front_matter(page)
    _label_signatures(page)
    for above in page.chapters():
        at = above + 1
        ruled = at < len(labels) and labels[at] is not None and labels[at].rule == "break.symbols"
        if ruled and (at + 1 == len(labels) or page.blank[at + 1]):
            labels[at] = replace(labels[above], rule="heading.rule", confidence=0.85)


def _label_front_matter(page: Neighbours) -> None:
    """Labels the rules round a header that a site's generator writes ("---", "title: Salt", "---")."""
    bare = page.sheet.bare
    if not bare or bare[0] not in ("---", "+++") or page.kind_at(1) != "metadata":
        return
    last = 1
    while last < len(bare) - 1 and page.kind_at(last) in ("metadata", "summary", "note"):
        last += 1
    if bare[last] == bare[0]:
        for at in (0, last):
            page.label(at, "metadata", "header.rule", 0.9)


def _label_signatures(page: Neighbours) -> None:
    """Labels a rule with a few short lines right below it at the end of a posting: of underscores, as forums put one above a
    signature, or any below the end of the story; and what stands below a mail's "--", with the names right above it.
    """
    labels, bare = page.labels, page.sheet.bare
    for at in page.labelled():
        if labels[at].rule != "break.symbols" or len(signs := set(bare[at])) != 1:
            continue
        ended = page.kind_at(page.last_text(at)) == "end_marker"
        if ended or (signs == {"_"} and len(bare[at]) >= SIGNATURE):
            _label_signature(page, at, at)
    for at in _repeated_rules(page):
        _label_signature(page, at, at, again=True)
    for at in map(page.sheet.line_at, places_of(page.sheet.text, "\n--\n")):
        at += 1
        first = at
        while first > 0 and page.is_free(first - 1) and len(bare[first - 1]) <= LONGEST_NAME and at - first < MOST_NAMES:
            first -= 1
        if page.is_free(at) and (page.is_headed(first) or page.kind_at(first - 1) == "note"):
            _label_signature(page, first, at)


def _repeated_rules(page: Neighbours) -> list[int]:
    """Rules with the same words right below them, twice and more, and a blank line around both: signatures of several postings."""
    bare, labels = page.sheet.bare, page.labels
    seen: dict[str, list[int]] = {}
    for at in page.labelled():
        ruled = labels[at].rule == "break.symbols" and len(set(bare[at])) == 1 and page.is_headed(at)
        if ruled and at + 1 < len(bare) and page.is_free(at + 1):
            seen.setdefault(bare[at] + bare[at + 1], []).append(at)
    return [at for places in seen.values() if len(places) > 1 for at in places]


def _label_signature(page: Neighbours, first: int, at: int, again: bool = False) -> None:
    """Labels the lines from `first` to those right below a rule in line `at`, if they are few and the posting ends there, as it
    does where they come `again` and again."""
    lines, last = page.sheet.lines, at
    while last + 1 < len(lines) and page.is_free(last + 1) and len(lines[last + 1]) <= LONGEST_SIGNATURE:
        last += 1
    below = page.next_text(last + 1)
    if 0 < last - at <= 4 and (again or below >= len(lines) or page.kind_at(below) == "boilerplate"):
        group = page.new_group()
        for line in range(first, last + 1):
            page.label(line, "note", "note.signature", 0.85, group, ("sign_off",))


def label_note_rules(page: Neighbours) -> None:
    """Labels rules right below a note's last line, with more of the note below them or the end of what it belongs to: kisses
    below a name, the fence of a signature. Where the story begins below, such a rule parts the two.
    """
    labels = page.labels
    for at in page.labelled():
        label, above = labels[at], labels[at - 1]
        if label.kind != "break" or page.kind_at(at - 1) != "note" or at in page.sheet.fixed:
            continue
        if not label.rule.startswith(("break.symbols", "break.letters", "break.own")):
            continue
        below = page.next_text(at + 1)
        kind = page.kind_at(below)
        if below >= len(labels) or kind == "heading" or (kind == "note" and below == at + 1):
            labels[at] = replace(above, topics=())
