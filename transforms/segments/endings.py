"""Lines that end a story: The End in many languages, words that are one only by their place, and lines in a dress of their own."""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from transforms.segments.markers import marker_at
from transforms.segments.wording import lean

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

NEAR_END = 12  # lines at the end of a document among which an end marker in the author's own words may stand
TOLD = -0.2  # how little the words of a line lean to an author's where it is narration
_ITALIAN = re.compile(r"\b(?:che|di|il|della|non|una|per|gli|è|del|con|lei|lui|si)\b")
# Words that end a story where nothing but notes follow: "the end" in smaller languages, and what broadcasts and films end with.
_OTHER_ENDS = (
    "konec", "vége", "loppu", "slutt", "einde", "kraj", "sfârșit", "кінець", "край", "τέλος", "endir", "lõpp", "pabaiga", "beigas", "amaia", "deireadh", "diwedd", "hết", "tamat", "selesai", "wakas",
    "ends", "wordt vervolgd", "fortsättning följer", "fortsetter", "fortsættes", "jatkuu", "folytatjuk", "folytatása következik", "pokračování příště", "nastaviće se", "va urma", "devam edecek", "далі буде", "bersambung", "còn tiếp", "itutuloy", "nastavak slijedi",
    "end log", "end recording", "end of transmission", "over and out", "end credits", "roll credits", "that's a wrap", "that’s a wrap", "end transmission", "end of line",
    "end of transcript", "end transcript", "end of recording", "end of broadcast",
)  # fmt: skip
_END = re.compile(
    r"(?P<pre>(?:[xX]{1,3} )?[\W_]{0,14})(?:"
    r"(?:and (?:that'?s |this is )?)?the[ \t]+(?:very )?end(?:[ \t.…]*\(?(?:for (?:now|real|good)|of (?:the )?(?:story|part|chapter|book|act|arc|series|volume)(?:[ \t]+[\w:.'’ ]{1,30})?|so far|or is it|finally|maybe|kind of|\d+))?"
    r"|t[ \t]?h[ \t]?e[ \t]{1,4}e[ \t]?n[ \t]?d|(?:the )?end of [\"“][^\"”\n]{2,50}[\"”]"
    r"|end(?:[ \t]+(?:of[ \t]+)?(?:the[ \t]+)?(?:story|part|pt\.?|chapter|chap|ch\.?|book|act|arc|episode|prologue|epilogue|volume|one-?shot|fic|transmission|vignette|instal?lment|section|drabble)(?:[ \t]+(?:[\divxlc]+(?:[ \t]*(?:of|/)[ \t]*[\divxlc]+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:one|two|three|four|five)[ \t]+of[ \t]+\w+))?|[ \t]*(?:\(\d{1,3}/\d{1,3}\)|\d{1,3}/\d{1,3}))?"
    r"|fin|finis|finit[oa]?|finito|fini|owari|tsuzuku|the fin|(?:tbc|t\.b\.c\.?)(?:[ \t]+(?:in|next|soon)[\w ]{0,30})?|to be continued|to be cont(?:inued|'d|\.)?(?:[ \t]+(?:in|with|next|soon)[\w ]{0,30})?|cont(?:inued|'d)(?: in (?:the )?(?:part|chapter|book|next|episode)(?: \w+)?)?|-?30-?|complete|" + "|".join(_OTHER_ENDS) + r"|that['’]?s all(?:,? folks| she wrote)?"
    r"|(?:chapter|part|book|episode|act)(?:[ \t]+(?:[\divxlc]+|one|two|three|four|five|six|seven|eight|nine|ten))?[ \t]+ends?|here[ \t]+end(?:s|eth)(?:[ \t]+the[ \t]+\w+)?(?:[ \t]+\w+)?"
    r"|fim|o fim|continua|continuar[aáà]|à suivre|a suivre|la fin|ende|das ende|fortsetzung folgt|fine|la fine|il fine|el fin|koniec|c\.?d\.?n\.?|ci[aą]g dalszy nast[aą]pi|конец(?:[ \t]+(?:первой |второй |третьей )?(?:главы|части|истории|книги)(?:[ \t]+[\w]+)?)?|продолжение следует|тбк|完(?:结|結)?|全文完|(?:本)?章完|未完待续|未完待續|待续|待續|終(?:わり)?|终|おわり|つづく|続く|完結|끝|완|완결|다음 화에 계속|계속|to be continued\W*or not\W*to be"
    r")(?P<post>[\W_]{0,14}(?: [xX]{1,3}|<3)?)",
    re.IGNORECASE,
)
_END_DRESSED = re.compile(
    r"[-~=*+<>_#:.|/\\([{ ]{2,14}(?:(?:to be )?cont(?:inued|'d|inues)\b|end (?:of )?(?:the )?(?:part|chapter|book|act|episode|story|arc)\b)[^.!?\"\n]{0,50}?[-~=*+<>_#:.|/\\)\]} ]{2,14}",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?:chapter|part|book|episode|act)\b.* ends?|here end.*")
_SPACED = re.compile(r"\W{0,8}\w(?: \w){2,8}(?: {2,4}\w(?: \w){1,8})*\W{0,8}")
_NEEDS_DRESS = frozenset({"end", "fine", "complete", "that's all", "thats all", "that’s all", "continua", "continued", "完", "終", "终", "완", "fin", "cont'd", "30", "계속", *_OTHER_ENDS})


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
        return 0.5 if line.isupper() or line[:1].isupper() else 0.0  # only in an Italian text; see `label_endings`
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


def label_endings(page: Neighbours) -> None:
    """Labels ordinary words that may be end markers ("End.", "Fine") where nothing but notes can follow, and lines in a dress of
    their own at the end; the last card of a film is given back to the story.
    """
    labels = page.labels
    for at in page.labelled():
        if labels[at].rule == "end.words" and page.is_emphasised(at) and page.is_amid_text(at, not page.cards):
            page.label(at, "story", "story.quoted", 0.85)
    for at in _dressed_ends(page):
        page.label(at, "end_marker", "end.dressed", 0.75)
    for at in page.half_ends:
        if labels[at] is None and (page.sheet.bare[at].rstrip(".! ") != "Fine" or _is_italian(page)) and _ends(page, at):
            page.label(at, "end_marker", "end.place", 0.8)


def _ends(page: Neighbours, at: int) -> bool:
    """Whether nothing but notes can follow a line: what is no story, a gap, a marker, or hardly any line at all."""
    below = page.next_text(at + 1)
    if below >= len(page.labels) or below - at > page.sheet.usual_gap + 1:
        return True
    if page.kind_at(below) in ("heading", "boilerplate", "note", "metadata"):
        return True
    return marker_at(page.sheet.bare[below]) is not None or page.blank[below : below + 12].count(False) <= 3


def _dressed_ends(page: Neighbours) -> list[int]:
    """Lines in ornaments that no other wears, of a few words ("* finish line *"): below narration, and with nothing but notes or
    a site's lines below them.
    """
    lines, labels = page.sheet.lines, page.labels
    worn = Counter(dress for _, dress, _ in page.dresses)
    last = page.sheet.solid[-NEAR_END:]
    found = []
    for at, dress, title in page.dresses:
        if at not in last or worn[dress] > 1 or dress == "capitals" or not dress.split("|")[1] or not page.is_free(at):
            continue
        opened = dress.split("|")[0]
        emphasis = set(opened) <= {"*", "_"} and page.sheet.bare[at][len(opened)] != " "
        if title.count(" ") > 3 or ":" in title or emphasis or not page.is_headed(at):
            continue
        if not page.is_told(at) or lean(lines[page.last_text(at)]) >= TOLD or page.sheet.text.count(title) > 1:
            continue
        below = page.next_text(at + 1)
        if below >= len(lines) or labels[below] is not None or lean(lines[below]) > 0:
            found.append(at)
    return found


def _is_italian(page: Neighbours) -> bool:
    sample = page.sheet.text[-4000:].lower()
    return len(_ITALIAN.findall(sample)) * 16 >= sample.count(" ") + 1
