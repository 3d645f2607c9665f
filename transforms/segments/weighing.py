"""The account of one paragraph: its marker, the classes of authors' words in it, and its contrast with the narration's voice.

All numbers are in one unit, close to a log-odds; `cues` and `markers` hold the weights of words, this page those of shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from transforms.segments.cues import (
    HARD,
    QUOTED,
    RAYA,
    SMALL_I,
    Cue,
    Persons,
    count_persons,
    find_cues,
    is_said,
    speaks_of_writing,
)
from transforms.segments.layout import BRACKETS
from transforms.segments.markers import Marker, marker_at
from transforms.segments.voices import CAPITAL, ITALICS, Voice

# Priors and contrasts, in the same unit as the cues' weights.
BASE = -0.8  # a paragraph is story until something speaks against it
BASE_LONG = -1.3  # over 80 words
BASE_VERY_LONG = -1.9  # over 150 words
BLAND = -0.9  # no cue, no "I", no "you"
DIALOGUE = -2.6
SPOKEN = -1.2  # "she said"
ALL_SPOKEN, DIALOGUE_SHARE, SPOKEN_SHARE = 0.6, 0.3, 0.08  # of the characters of a paragraph
THIRD_PERSON = -1.5
ITALIC = -1.0  # a paragraph all in italics: a letter, a message, a recap
BOLD = 1.4  # a whole paragraph in bold
INTRODUCED = -2.5  # the paragraph before ends in a colon
STRANGER_I = (1.2, 1.6, 2.1)  # one, two, three or more "I" where the narration has few
STRANGER_I_ALONE = (1.7, 2.4, 3.0)  # where it has none at all
STRANGER_YOU = (0.6, 1.0)
LOWER_CASE = 1.8  # begins in lower case where the narration does not
LOWER_I = 2.3
BRACKETED = 0.8
QUOTED_LINE = 1.2  # "> ", as mails and forums quote
LONG = 110  # words from which a paragraph's cues are diluted
TOLD = 0.6  # what cues count in a paragraph about he and she without an "I" or "you"
FIRST_PERSON_SOFT = 0.5  # what soft cues count where the narrator is an "I" too
SIGNS = 40  # words from which a text is long in any script
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_BOLD = re.compile(r"^\s*(\*\*|__)(?=\S)[^\n]{20,}\S\1\s*$")
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3})(?=\S)[^*_\n]{1,400}\S\1(?!\w)")
_SUBJECT = re.compile(
    r"(?!(?:This|That|It|There|Here|Chapter|Title|Everything|Nothing|Nobody|Everyone|English|Comments|Reviews|What|Which|Who|Part|Story|Next)\b)"
    r"[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)? (?:had|has|was|is|did|does|would|could|[a-z]{2,}ed)\b"
)
_SINGLE = re.compile(r"['‘](?=[^\W\d_a-z]|[a-z]).{1,600}?[.,!?…—-]['’](?:\s|$)", re.DOTALL)
_SPEECH_END = frozenset(".,!?…—-。！？")
QUOTE_OPENERS = frozenset('"“«»„「『')
# How markers begin that may be written in small letters.
_MARKED = frozenset((
    "me", "a/", "an", "a.", "au", "no", "tr", "be", "en", "ed", "up", "tw", "cw", "di", "wa", "pr", "t/", "n/", "gl", "p.",
    "ps", "qu", "ch", "st", "so", "th", "wr", "fe", "im", "na", "nd", "od", "w/", "r&", "re", "wo", "ke", "cr", "de", "sp", "vo",
))  # fmt: skip
_OPENING = frozenset(("marker", "place", "bare_in_first_person", "quoted_reader", "signature_rule"))
_STRANGER = frozenset(("stranger_i", "stranger_you"))
_SHAPED = frozenset(("item", "reply_line", "glossary", "dedicated", "warning", "signoff"))


class Weight(NamedTuple):
    """A paragraph's account: its sum, the named evidence, its marker, and its topics."""

    score: float
    cues: tuple[Cue, ...]
    marker: Marker | None
    topics: tuple[str, ...]
    hard: int
    words: int

    @property
    def contrast(self) -> float:
        """What the paragraph's contrast with the narrator proves; a narrator who says "I" once says it again."""
        return sum([weight for name, weight, _ in self.cues if name in _STRANGER])

    @property
    def bland(self) -> bool:
        """Whether it has no cue, no "I" and no "you"."""
        return any([name == "bland" for name, *_ in self.cues])

    @property
    def opens(self) -> bool:
        """Whether a marker opens a note that may go on in the next paragraphs."""
        return sum([weight for name, weight, _ in self.cues if name in _OPENING or name.startswith("label.")]) >= 2.5


def weigh(text: str, voice: Voice | Callable[[], Voice], before: str = "") -> Weight:
    """The account of one paragraph against the narration's voice; `before` is the paragraph before it.

    The voice may be a function, called only where it matters: most paragraphs are dialogue or hold nothing to compare.
    """
    text = text.strip()
    first, words, marker = text[:1], _count_words(text), _marker_of(text)
    cues: list[Cue] = [Cue("base", BASE if words <= 80 else BASE_LONG if words <= 150 else BASE_VERY_LONG)]
    if marker is not None:
        cues.append(Cue(marker.name, marker.strength))
    opens_quoted = first in QUOTE_OPENERS or (first in "—–" and RAYA.match(text) is not None)
    if first in "'‘" and _SINGLE.match(text):
        return _account([*cues, Cue("dialogue", DIALOGUE)], words)
    quoted = QUOTED.findall(text) if opens_quoted or '"' in text or not text.isascii() else []
    if opens_quoted or quoted:
        cues += _speech(text, quoted, opens_quoted)
        if cues[-1].name == "dialogue" and marker is None and (_share(quoted, text) > ALL_SPOKEN or first in "—–"):
            return _account(cues, words)
        if cues[-1].name == "dialogue" and quoted and is_said(text):
            cues.append(Cue("spoken", SPOKEN))
    bare = QUOTED.sub(" ", text) if quoted else text
    persons = count_persons(bare)
    lower_start = _starts_lower(text)
    plain = not persons.first and not persons.second and not lower_start and marker is None and "!" not in text
    found = find_cues(bare if opens_quoted else text) if not plain or speaks_of_writing(text) else ()
    italic = first in "*_" and ITALICS.match(text) is not None
    if not italic and ("*" in bare or "_" in bare):
        bare = _EMPHASIS.sub(" ", bare)  # what others say or think
        persons = count_persons(bare)
    if not found and marker is None and not persons.first and not persons.second and not lower_start:
        return _account(cues + _plain(text, words, persons), words)
    if callable(voice):
        voice = voice()
    hard = sum(name in HARD for name, *_ in found)
    setting = any(name == "setting" for name, *_ in found)
    # A long paragraph has more words that look like an author's by chance.
    dilution = min(1.0, LONG / words) if marker is None else 1.0
    if marker is None and not setting and _is_told(text, persons, voice):
        dilution *= TOLD
    soft = FIRST_PERSON_SOFT if voice.first_person and hard < 2 and marker is None else 1.0
    topics: dict[str, float] = {}
    for name, weight, topic, hits in found:
        scale = dilution if name in HARD or name in _SHAPED else dilution * soft
        cues.append(Cue(name, round(weight * scale, 2), hits))
        if topic:
            topics[topic] = max(topics.get(topic, 0), weight)
    for topic in marker.topics if marker is not None else ():
        topics[topic] = max(topics.get(topic, 0), 2)
    if marker is not None and marker.bare and marker.strength == 4 and voice.first_person:
        cues.append(Cue("bare_in_first_person", -2.0))  # a narrator who is an author has an "Author's Note" of his own
    if voice.words >= 40 and voice.english:
        if not italic:
            cues += _strangers(persons, voice, dilution)
        if persons.small_i and not voice.lower_i and SMALL_I.search(bare):
            cues.append(Cue("lower_i", LOWER_I))
            hard += 1
        if lower_start and not voice.lower and words >= 3 and not opens_quoted:
            cues.append(Cue("lower_case", LOWER_CASE))
            hard += words >= 5
    if persons.third >= 2 and persons.third * 25 >= words and not persons.first and not setting:
        cues.append(Cue("third_person", THIRD_PERSON))
    if marker is None and italic:
        cues.append(Cue("italic", ITALIC))
    if marker is None and before.rstrip().endswith((":", ":*", ":_")) and marker_at(before.strip()) is None:
        cues.append(Cue("introduced", INTRODUCED))
    if text.startswith("> "):
        cues.append(Cue("quoted", QUOTED_LINE))
    return _account(cues + _dressed(text), words, marker, tuple(sorted(topics, key=lambda topic: -topics[topic])), hard)


def _account(cues: list[Cue], words: int, marker: Marker | None = None, topics: tuple[str, ...] = (), hard: int = 0) -> Weight:
    return Weight(sum([cue.weight for cue in cues]), tuple(cues), marker, topics, hard, words)


def _marker_of(text: str) -> Marker | None:
    """The marker of a stripped paragraph. Most that begin with a small letter cannot have one."""
    first = text[:1]
    small = first.isalpha() and first.islower() and first.isascii()
    return None if small and text[:2].lower() not in _MARKED else marker_at(text)


def _count_words(text: str) -> int:
    words = text.count(" ") + 1
    if words < SIGNS and len(text) > 2 * words and not text.isascii():
        words = max(words, len(_IDEOGRAPHS.findall(text)) // 2)  # scripts without blanks
    return words


def _share(quoted: list[str], text: str) -> float:
    """How much of a text is quoted."""
    return sum(map(len, quoted)) / len(text)


def _speech(text: str, quoted: list[str], opens: bool) -> list[Cue]:
    """What the speech in a paragraph proves: that it is dialogue, or that somebody speaks in it."""
    share = _share(quoted, text)
    ended = any([piece[-2:-1] in _SPEECH_END for piece in quoted])
    if opens or (share > DIALOGUE_SHARE and ended):
        return [Cue("dialogue", DIALOGUE)]
    return [Cue("spoken", DIALOGUE * 0.6)] if share > SPOKEN_SHARE and ended and is_said(text) else []


def _plain(text: str, words: int, persons: Persons) -> list[Cue]:
    """The cues of a paragraph without an author's word, an "I" or a "you"."""
    cues = _dressed(text)
    if not cues and words > 4:
        cues.append(Cue("bland", BLAND))
    if persons.third >= 2:
        cues.append(Cue("third_person", THIRD_PERSON))
    return cues


def _dressed(text: str) -> list[Cue]:
    """What the dress of a whole paragraph proves."""
    first = text[:1]
    if first in BRACKETS and text.endswith(BRACKETS[first]):
        return [Cue("bracketed", BRACKETED)]
    return [Cue("bold", BOLD)] if first in "*_" and _BOLD.match(text) else []


def _is_told(text: str, persons: Persons, voice: Voice) -> bool:
    """Whether a paragraph tells of somebody, without an "I", a "you" or a shout."""
    if persons.first or persons.second or "!" in text:
        return False
    return persons.third > 0 or _SUBJECT.match(text) is not None or voice.names_cast(text)


def _strangers(persons: Persons, voice: Voice, dilution: float) -> Iterator[Cue]:
    """The "I" and the "you" of somebody else than the narration."""
    if persons.first and not voice.first_person:
        alone = voice.share < 0.05 and voice.words >= 100
        heard = voice.share > 0.1 or (voice.first > 0.8 and voice.share > 0.06)
        proof = (STRANGER_I_ALONE if alone else STRANGER_I)[min(persons.first, 3) - 1]
        yield Cue("stranger_i", round(proof * (0.5 if heard else 1) * max(dilution, 0.5), 2))
    if persons.second and voice.second < 0.6:
        yield Cue("stranger_you", STRANGER_YOU[persons.second >= 2] * dilution)


def _starts_lower(text: str) -> bool:
    start = CAPITAL.search(text, 0, 40)
    return start is not None and start.group().islower()


def raised(weight: Weight, by: float, why: str = "place") -> Weight:
    """The account with what its place, or its company, proves."""
    return weight._replace(score=weight.score + by, cues=(*weight.cues, Cue(why, by)))
