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
# Words that end a story where nothing but notes follow: "the end" in smaller languages, and what broadcasts and films end with.
_OTHER_ENDS = (
    "konec", "vége", "loppu", "slutt", "einde", "kraj", "sfârșit", "кінець", "край", "τέλος", "endir", "lõpp", "pabaiga", "beigas", "amaia", "deireadh", "diwedd", "hết", "tamat", "selesai", "wakas",
    "ends", "wordt vervolgd", "fortsättning följer", "fortsetter", "fortsættes", "jatkuu", "folytatjuk", "folytatása következik", "pokračování příště", "nastaviće se", "va urma", "devam edecek", "далі буде", "bersambung", "còn tiếp", "itutuloy", "nastavak slijedi",
    "end log", "end recording", "end of transmission", "over and out", "end credits", "roll credits", "that's a wrap", "that’s a wrap", "end transmission", "end of line",
)  # fmt: skip
_END = re.compile(
    r"(?P<pre>(?:[xX]{1,3} )?[\W_]{0,14})(?:"
    r"(?:and (?:that'?s |this is )?)?the[ \t]+(?:very )?end(?:[ \t.…]*\(?(?:for (?:now|real|good)|of (?:the )?(?:story|part|chapter|book|act|arc|series|volume)(?:[ \t]+[\w:.'’ ]{1,30})?|so far|or is it|finally|maybe|kind of|\d+))?"
    r"|t[ \t]?h[ \t]?e[ \t]{1,4}e[ \t]?n[ \t]?d|(?:the )?end of [\"“][^\"”\n]{2,50}[\"”]"
    r"|end(?:[ \t]+(?:of[ \t]+)?(?:the[ \t]+)?(?:story|part|pt\.?|chapter|chap|ch\.?|book|act|arc|episode|prologue|epilogue|volume|one-?shot|fic|transmission|vignette|instal?lment|section|drabble)(?:[ \t]+(?:[\divxlc]+(?:[ \t]*(?:of|/)[ \t]*[\divxlc]+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:one|two|three|four|five)[ \t]+of[ \t]+\w+))?|[ \t]*(?:\(\d{1,3}/\d{1,3}\)|\d{1,3}/\d{1,3}))?"
    r"|fin|finis|finit[oa]?|finito|fini|owari|tsuzuku|the fin|(?:tbc|t\.b\.c\.?)(?:[ \t]+(?:in|next|soon)[\w ]{0,30})?|to be continued|to be cont(?:inued|'d|\.)?(?:[ \t]+(?:in|with|next|soon)[\w ]{0,30})?|cont(?:inued|'d)(?: in (?:the )?(?:part|chapter|book|next|episode)(?: \w+)?)?|-?30-?|complete|" + "|".join(_OTHER_ENDS) + r"|that['’]?s all(?:,? folks| she wrote)?"
    r"|(?:chapter|part|book|episode|act)(?:[ \t]+(?:[\divxlc]+|one|two|three|four|five|six|seven|eight|nine|ten))?[ \t]+ends?|here[ \t]+end(?:s|eth)(?:[ \t]+the[ \t]+\w+)?(?:[ \t]+\w+)?"
    r"|fim|o fim|continua|continuar[aáà]|à suivre|a suivre|la fin|ende|das ende|fortsetzung folgt|fine|la fine|il fine|el fin|koniec|c\.?d\.?n\.?|ci[aą]g dalszy nast[aą]pi|конец(?:[ \t]+(?:первой |второй |третьей )?(?:главы|части|истории|книги)(?:[ \t]+[\w]+)?)?|продолжение следует|тбк|完(?:结|結)?|全文完|(?:本)?章完|未完待续|未完待續|待续|待續|終(?:わり)?|终|おわり|つづく|続く|完結|끝|완|완결|다음 화에 계속|계속|to be continued\W*or not\W*to be"
    r")(?P<post>[\W_]{0,14}(?: [xX]{1,3})?)",
    re.IGNORECASE,
)
_END_DRESSED = re.compile(
    r"[-~=*+<>_#:.|/\\([{ ]{2,14}(?:(?:to be )?cont(?:inued|'d|inues)\b|end (?:of )?(?:the )?(?:part|chapter|book|act|episode|story|arc)\b)[^.!?\"\n]{0,50}?[-~=*+<>_#:.|/\\)\]} ]{2,14}",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?:chapter|part|book|episode|act)\b.* ends?|here end.*")
_SPACED = re.compile(r"\W{0,8}\w(?: \w){2,8}(?: {2,4}\w(?: \w){1,8})*\W{0,8}")
_NEEDS_DRESS = frozenset({"end", "fine", "complete", "that's all", "thats all", "that’s all", "continua", "continued", "完", "終", "终", "완", "fin", "cont'd", "30", "계속", *_OTHER_ENDS})


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


def end_mark(line: str) -> float:
    """What a stripped line proves as an end marker: 0 for none, 1 for a certain one, 0.5 where the place must decide.

    Words that also are ordinary ("Fine.", "End.", "Complete") count half unless they stand in ornaments or capitals.
    """
    if len(line) > 70 or line[0] in "\"“«「‘„" or line[-1] == ",":
        return 0.0  # speech; a sign-off above a name
    if line[1:2] == " " or line[-2:-1] == " ":
        line = _unspaced(line)
    found = _END.fullmatch(line)
    if found is None:
        return 1.0 if _END_DRESSED.fullmatch(line) is not None and line[-1] not in ".!?" else 0.0
    core = line[found.end("pre") : found.start("post")].lower()
    dressed = bool(found.group("pre").strip()) or found.group("post").strip() not in ("", ".", "!", "...", "…", "?")
    if core == "fine" and not dressed:
        return 0.5 if line.isupper() or line[:1].isupper() else 0.0  # only in an Italian text; see `settle_ends`
    if (core in _NEEDS_DRESS or _PLACED.fullmatch(core) is not None) and not dressed:
        upper = line.strip(" .!").isupper() and not core.startswith(("完", "終", "终", "완", "계"))
        return 0.8 if upper else 0.5
    if "?" in line and not core.startswith(("the end", "fin", "tbc", "to be")):
        return 0.0
    return 1.0 if "?" not in line else 0.8


def _unspaced(line: str) -> str:
    """A line with its letters together where blanks part all of them: "E N D"."""
    if _SPACED.fullmatch(line) is None:
        return line
    return " ".join(part.replace(" ", "") for part in re.split(r" {2,}", line))
