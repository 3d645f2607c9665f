"""The shapes of lines that have no label: titles and names, headings and places, forms and salutations.

Shape proves little; `placing` believes it only by a line's place.
"""

from __future__ import annotations

import re

from transforms.metadata.pieces import clean
from transforms.metadata.tables import entries, fold

SYMBOLS = re.compile(r"^[^\w\s]{3,}$|^(?:[^\w\s]\s?){3,}$")
HEADING = re.compile(
    r"^(?:chapter|ch\.?|chap\.?|part|book|act|volume|vol\.?|episode|scene|day|entry|letter|prologue|"
    r"epilogue|interlude|prelude|intro|preface|foreword|"
    r"kapitel|capítulo|capitulo|chapitre|capitolo|rozdział|глава|часть|пролог|эпилог|prólogo|epílogo|"
    r"prolog|epilog)\b(?:$|\W*(?:\d|[ivxlc]+\b|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel|thir|fif|twen)|\s*[:.]|"
    r"$)|"
    r"^第.{1,6}[章话話回節节]|"
    r"^(?:\d{1,3}|[IVXLC]{1,6})\s*(?:[.):]|//|$)|^#\d|.{1,40}(?:'s|’s) p\.?o\.?v\.?$|^(?:pov|p\.o\.v\.)\b",
    re.IGNORECASE,
)
LANDMARK = re.compile(
    r"^(?:work text|chapter text|notes?|chapter notes?|summary|chapter summary|author'?s'? notes?|preface|"
    r"actions|text)\s*:?$|^see the end of (?:the|this) (?:work|chapter)",
    re.IGNORECASE,
)
PLACE_OR_TIME = re.compile(
    r"^\d|\b\d{1,2}:\d\d\b|\b[ap]\.?m\.?$|\b(?:1[0-9]|2[0-2])\d\d(?: ?(?:AD|BC|CE|BCE|BBY|ABY))?$|"
    r",\s+(?:an?\s+|late\s+|early\s+|one\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|spring|summer|autumn|winter|morning|"
    r"evening|night|dawn|dusk|midnight|noon)$|"
    r"\b(?:hours|later|earlier|ago|before|o'clock)\b|^(?:int|ext)[. ]|"
    r"^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|"
    r"july|august|september|october|november|december|spring|summer|autumn|fall|winter|midnight|noon|dawn|"
    r"dusk|today|tomorrow|yesterday)\b\W*(?:\d|$|(?:morning|night|evening|afternoon|the)\b)|"
    r"\b(?:day|week|month|year|night|morning|stardate|date|present day|then|now)\b\s*\d*$",
    re.IGNORECASE,
)
SALUTATION = re.compile(
    r"^(?:my |to my |to the )?(?:dear|dearest|beloved|hello|hi|hey|to whom|querid[oa]|chère?|lieber?|liebe|caro|cara|дорог\w+)\b",
    re.IGNORECASE,
)
DEDICATION = re.compile(r"^(?:for|to) \S.{1,60}$", re.IGNORECASE)  # a gift's line between author and summary
FORM_LINE = re.compile(r"^[*_]*[^\W\d_][\w'’ /()&-]{0,28}[*_]*\s?[:：][*_]*(?:\s+\S|$)")
DASHED_BY = re.compile(r"^(?:--?|–|—|~)\s*(?:by\s+)?(\S.{1,40})$")
TITLE_DASH = re.compile(  # "Paper Boats — minnow_", "paper boats • minnow"
    r"^(\S.{1,100}?)\s+(?:(?:[—–~-]{1,2}|/)\s+(?=\S*[\d_])|/\s+(?=[a-z]+[a-z-]*-[a-z]+$)|(?:[|•·]|//)\s+(?=[@a-z]))(@?(?=\S{3,40}$)\w[\w.-]*)$"
)
HANDLE = re.compile(r"^[@~]?(?=[\w.-]{3,40}$)(?:\w*[_\d.-][\w.-]*|[a-z]+|[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)$")
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
TALK = re.compile(  # words by which somebody speaks to readers, not in a story
    r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|mine|we|us|our|you|your|reviews?|disclaimer|beta\w*|betaed|un-?beta\w*|thanks?|thank|fics?|ficlets?"
    r"|prompts?|warnings?|chapters?|written|drabbles?|canon\w*|spoilers?|readers?|posted|inspired|based|compliant|copyright|au|edited)\b",
    re.IGNORECASE,
)
DIALOGUE = ('"', "“", "„", "«", "‘", "—", "–", "-", "「", "『", "'")
_FINAL = (".", ",", ";", ":", "…", "—", "-", "。", "，", "、", "”", '"', "»", "」")
_SMALL_WORDS = frozenset(
    entries("""
    a; an; the; and; or; but; nor; of; in; on; at; to; for; from; by; with; as; is; into; onto; over; under; up; off; vs; than
    if; it; its; x
    de; la; le; les; el; los; las; du; des; der; die; das; und; y; e; o; da; do; di; del; della; et; à; au; en; im; am; zu; que
    """)
)


_SITES = frozenset(
    entries("""
    archive of our own; archive of our own beta; ao3; fanfiction.net; fanfiction; ff.net; fictionpress; fictionpress.com; wattpad
    livejournal; livejournal.com; dreamwidth; dreamwidth studios; dreamwidth.org; insanejournal; journalfen; tumblr; tumblr.com
    royal road; royalroad; royal road legends; scribble hub; scribblehub; webnovel; spacebattles; spacebattles forums
    spacebattles creative forums; sufficient velocity; questionable questing; alternate history; alternatehistory.com; quotev
    ficbook; книга фанфиков; ficwad; adult-fanfiction.org; mediaminer; mediaminer.org; asianfanfics; fimfiction
    deviantart; squidgeworld; squidgeworld archive; pillowfort; cohost; inkitt; booksie; fanfiktion.de
    potions and snitches; the sugar quill; harry potter fanfiction; harrypotterfanfiction.com; siye; gossamer
    the gossamer project; trekfanfiction; ad astra; twisting the hellmouth; fiction alley; fictionalley; skyehawke
    kink meme; follow; follow/fav; menu; more; featured; home; share; login; log in; sign in; sign up; log out; register; search
    next; previous; skip to content; main navigation; site navigation; navegación del sitio; iniciar sesión; вход; регистрация
    google groups; yahoo! groups; yahoo groups
    """)
)
_SITE_END = re.compile(r"\s*(?:beta|forums?|archive|®|™|\(beta\))$", re.IGNORECASE)
_PAGE_TITLE = re.compile(
    r"\s[|•·–-]\s(?:fan ?fiction(?:\.net)?|archive of our own|wattpad|livejournal|tumblr|royal road|quotev|fictionpress|ficbook)$"
    r"|\(https?://\S+\)$|^pages?:? \(?\d",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december),? \d{4}$", re.IGNORECASE
)
_NO_TITLE = re.compile(  # an address without a path, a file, an arrow, a picture
    r"(?:https?://)?(?:[\w-]{2,40}\.){1,4}(?:com|org|net|de|fr|ru|it|es|co|me|io|xyz|info|nu|us|tk)(?:\.\w\w)?/?$"
    r"|(?:[\w'’!-]+ ){1,5}(?:fan ?fic(?:tion)?|fiction|slash|fic|story|stories) (?:archive|library|repository|index)$"
    r"|file:///|(?:[←→⇐⇒»›🔁♻]|[«‹](?!.*[»›]$))\s?\S.*|.*\s[→⇒]$|\[(?:image|photo|img|icon|banner|cover|picture|video)\b[^\]]{0,80}\]$",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s+(?:>+|»|›|❯|→|::|/|\\)\s+")
_FIRST_CRUMB = frozenset(
    entries("home; forums; forum; index; main; board index; fictions; fiction; stories; browse; books; creative writing; library")
)
_PRESENTS = r"|^@?([\w.-]{2,40})\s+(?:proudly\s+)?presents?\b[:.…]*$"
POSTER = re.compile(  # "quince_pie posting in small_fandoms", "quince_pie wrote in @small_fandoms"
    r"^@?([\w.-]{2,40})\s+(?:is\s+)?(?:posting|posted|wrote|writing|post(?:s|ed)?)\s+(?:in|to|on|at)\s+@?[\w.-]{2,60}:?"
    r"(?:\s*[,·|-].*)?$|^@?([\w.-]{2,40})\s*\(\[?\w*\]?\s*[\w.-]*\)\s+"
    r"(?:wrote|posting|posted|escribió|schrieb|a écrit|ha scritto|escreveu|пишет)"
    r"\b.{0,80}$" + _PRESENTS,
    re.IGNORECASE,
)
"""Who posted an entry of a journal, and in which community."""


def is_of_site(text: str) -> bool:
    """Whether a line is a site's name or the path to a page ("Forums > Creative Writing > Worm"): never a title."""
    line = clean(text)
    if fold(line) in _SITES or fold(_SITE_END.sub("", line)) in _SITES or _NO_TITLE.match(text.strip()) is not None:
        return True
    if _PAGE_TITLE.search(line) is not None or _MONTH_YEAR.match(line) is not None:
        return True
    crumbs = _CRUMB.split(line)
    if not len(crumbs) > 1 or len(line) > 160:
        return False
    return fold(crumbs[0]) in _FIRST_CRUMB | _SITES or (len(crumbs) > 2 and " > " in line)


def key_of(text: str) -> str:
    """The letters and digits of a line in one case, by which titles and names are compared."""
    return "".join(filter(str.isalnum, clean(text).casefold()))


def is_title_like(text: str) -> bool:
    """Whether a line has the shape of a title: short, without the end of a sentence, no speech, heading, place or time."""
    line = clean(text)
    if not line or len(line) > 110 or len(line.split()) > 16 or not any(char.isalpha() for char in line):
        return False
    if line[0] in '"“«「『' and line[-1] in '"”»」』':
        return len(line) > 2 and line[-2] not in ".,;:…—-?!" and not HEADING.match(line[1:-1])
    if line.endswith(_FINAL):
        return line.endswith("...") or line.endswith("…") or bool(re.search(r"\b(?:Jr|Sr|Mr|Dr|St|[A-Z])\.$", line))
    return not HEADING.match(line) and not SYMBOLS.match(line)


def is_title_case(text: str) -> bool:
    """Whether all words but the small ones are capitalised, as in English titles (or all is in capitals)."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’]*", clean(text))]
    if not words or not words[0][:1].isupper():
        return False
    large = [word for word in words[1:] if word.casefold() not in _SMALL_WORDS]
    return all(word[:1].isupper() or not word[:1].islower() for word in large)


def is_name(text: str) -> bool:
    """Whether a line has the shape of a person's name or a pen name: two to four capitalised words, or a handle."""
    words = clean(text).split()
    if len(words) == 1:
        return bool(HANDLE.match(words[0]))
    return (
        2 <= len(words) <= 4
        and all(word[:1].isupper() and word.strip(".").isalpha() for word in words)
        and words[0].casefold() not in _SMALL_WORDS
    )
