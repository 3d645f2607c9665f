"""Lines that part scenes or end a story: rows of symbols, rows of letters, words such as LINE BREAK, flashback marks, The End."""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re

# Punctuation that alone in a line is a beat in a dialogue, not an ornament.
_SPOKEN = frozenset("?!.…,;:'\"‘’“”- \t—–")
_ORNAMENT = re.compile(r"[^\w\s]|_")
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
_KISSES = re.compile(r"[\W_]*(?:xo)+x?[\W_]*|[\W_]*(?:ox)+o?[\W_]*|[xX]{1,3}|[oO]{1,2}|XX?X?|V|VV?|[oO]h?", re.IGNORECASE)
_WORDS = re.compile(
    r"[\W_]{0,20}(?:(?:insert |a |the |random |another |this is a |here's a )*(?:horizontal |ruler? )?(?:line|page|scene|section|chapter|story|paragraph)[ \t]*-?(?:breaks?|brake|change|shift|switch|divider|separator|cut|skip)s?(?: here| thing(?:y|ie)?| line| of some sort)?"
    r"|(?:line|ruler|hr|horizontal rule|divider|break|breaker|linebreak|pagebreak|scenebreak|timeskip|time[ -]skip|time jump|time lapse|small time skip|scene|cambio de escena|salto de (?:p[aá]gina|l[ií]nea|tiempo)|quebra de (?:tempo|cena|linha)|changement de sc[eè]ne|szenenwechsel|zeitsprung|cambio (?:di )?scena|смена сцены|zmiana sceny|przeskok czasowy))[\W_]{0,20}",
    re.IGNORECASE,
)
_FLASHBACK = re.compile(
    r"[\W_]{0,12}(?:(?:start|begin(?:ning)?|beginning of|start of|end|ends?|end of|ending|stop|fin|close|enter|exit|cue|back from)[ \t]*(?:of[ \t]*)?(?:the[ \t]*|a[ \t]*)?)?(?:flash[ \t-]?backs?|memor(?:y|ies)|recuerdo|flashbacks? ?(?:ends?|over|start[s]?|begins?|fin)|флешб[еэ]к|флэшб[еэ]к|конец (?:флешб[еэ]ка|флэшб[еэ]ка|воспоминани[яй])|воспоминани[ея]|回想|回忆|回憶|회상|r[uü]ckblick(?: ?ende)?|ende (?:des )?(?:r[uü]ckblicks?|flashbacks?)|fin (?:del? |du )?flash-?back|fim do flash-?back|fine flash-?back)"
    r"(?:[ \t]*(?:ends?|over|start[s]?|begins?|fin|done|\d+))?[\W_]{0,12}",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?P<pre>[\W_]{0,14})(?:"
    r"(?:and (?:that'?s |this is )?)?the[ \t]+(?:very )?end(?:[ \t]*\(?(?:for (?:now|real|good)|of (?:the )?(?:story|part|chapter|book|act|arc|series|volume)(?:[ \t]+[\w:.'’ ]{1,30})?|so far|or is it|finally|maybe|kind of|\d+))?"
    r"|t[ \t]?h[ \t]?e[ \t]{1,4}e[ \t]?n[ \t]?d"
    r"|end(?:[ \t]+(?:of[ \t]+)?(?:the[ \t]+)?(?:story|part|chapter|chap|ch\.?|book|act|arc|episode|prologue|epilogue|volume|one-?shot|fic|transmission|vignette|instal?lment|section|drabble)(?:[ \t]+(?:[\divxlc]+(?:[ \t]*(?:of|/)[ \t]*[\divxlc]+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:one|two|three|four|five)[ \t]+of[ \t]+\w+))?)?"
    r"|fin|finis|finit[oa]?|finito|fini|owari|the fin|tbc|t\.b\.c\.?|to be continued|to be cont(?:inued|'d|\.)?(?:[ \t]+(?:in|with|next|soon)[\w ]{0,30})?|cont(?:inued|'d)(?: in part \w+)?|-?30-?|complete|that'?s all(?: folks| she wrote)?"
    r"|fim|o fim|continua|continuar[aáà]|à suivre|a suivre|la fin|ende|das ende|fortsetzung folgt|fine|la fine|il fine|el fin|koniec|c\.?d\.?n\.?|ci[aą]g dalszy nast[aą]pi|конец(?:[ \t]+(?:первой |второй |третьей )?(?:главы|части|истории|книги)(?:[ \t]+[\w]+)?)?|продолжение следует|тбк|完(?:结|結)?|全文完|(?:本)?章完|未完待续|未完待續|待续|待續|終(?:わり)?|终|おわり|つづく|続く|完結|끝|완|완결|다음 화에 계속|계속|to be continued\W*or not\W*to be"
    r")(?P<post>[\W_]{0,14})",
    re.IGNORECASE,
)
_NEEDS_DRESS = frozenset(
    {
        "end",
        "fine",
        "complete",
        "that's all",
        "thats all",
        "that’s all",
        "continua",
        "continued",
        "完",
        "終",
        "终",
        "완",
        "fin",
        "cont'd",
        "30",
        "계속",
    }
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
            if len(letters) == 1 and _ONE_LETTER.fullmatch(line):
                return True
    return False


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


def end_mark(line: str) -> float:
    """What a stripped line proves as an end marker: 0 for none, 1 for a certain one, 0.5 where the place must decide.

    Words that also are ordinary ("Fine.", "End.", "Complete") count half unless they stand in ornaments or capitals.
    """
    if len(line) > 70 or line[0] in '"“«「‘„':
        return 0.0
    found = _END.fullmatch(line)
    if found is None:
        return 0.0
    core = line[found.end("pre") : found.start("post")].lower()
    dressed = bool(found.group("pre").strip()) or found.group("post").strip() not in ("", ".", "!", "...", "…", "?")
    if core == "fine" and not dressed:
        return 0.5 if line.isupper() or line[:1].isupper() else 0.0  # only in an Italian text; see `settle_ends`
    if core in _NEEDS_DRESS and not dressed:
        upper = line.strip(" .!").isupper() and not core.startswith(("完", "終", "终", "완", "계"))
        return 0.8 if upper else 0.5
    if "?" in line and not core.startswith(("the end", "fin", "tbc", "to be")):
        return 0.0
    return 1.0 if "?" not in line else 0.8
