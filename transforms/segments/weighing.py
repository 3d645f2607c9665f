"""The account of one paragraph: its marker, the classes of authors' words in it, and its contrast with the narration's voice.

All numbers are in one unit, close to a log-odds; `cues` and `markers` hold the weights of words, this page those of shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from transforms.segments.cues import (
    HARD,
    QUOTED,
    RAYA,
    SMALL_I,
    Cue,
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
_MARKED = frozenset(
    (
        "me",
        "a/",
        "an",
        "a.",
        "au",
        "no",
        "tr",
        "be",
        "en",
        "ed",
        "up",
        "tw",
        "cw",
        "di",
        "wa",
        "pr",
        "t/",
        "n/",
        "gl",
        "p.",
        "ps",
        "qu",
        "ch",
        "st",
        "so",
        "th",
        "wr",
        "fe",
        "im",
        "na",
        "nd",
        "od",
        "от",
        "пр",
        "ав",
        "w/",
        "r&",
        "re",
        "wo",
        "ke",
        "cr",
        "de",
        "sp",
        "vo",
        "f",
    )
)
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
    stripped = text.strip()
    first = stripped[:1]
    marker = (
        marker_at(stripped)
        if not (first.isalpha() and first.islower() and first.isascii()) or stripped[:2].lower() in _MARKED
        else None
    )
    words = stripped.count(" ") + 1
    if words < SIGNS and len(stripped) > 2 * words and not stripped.isascii():
        words = max(words, len(_IDEOGRAPHS.findall(stripped)) // 2)  # scripts without blanks
    cues: list[Cue] = [Cue("base", BASE if words <= 80 else BASE_LONG if words <= 150 else BASE_VERY_LONG)]
    if marker is not None:
        cues.append(Cue(marker.name, marker.strength))
    opens_quoted = first in QUOTE_OPENERS or (first in "—–" and RAYA.match(stripped) is not None)
    if first in "'‘" and _SINGLE.match(stripped):
        cues.append(Cue("dialogue", DIALOGUE))
        return Weight(BASE + DIALOGUE, tuple(cues), None, (), 0, words)
    quoted = QUOTED.findall(stripped) if opens_quoted or '"' in stripped or not stripped.isascii() else []
    spoken = sum(map(len, quoted))
    bare = QUOTED.sub(" ", stripped) if quoted else stripped
    size = len(stripped)
    if opens_quoted or (quoted and spoken > 0.3 * size and any(piece[-2:-1] in _SPEECH_END for piece in quoted)):
        cues.append(Cue("dialogue", DIALOGUE))
        if marker is None and (spoken > 0.6 * size or first in "—–"):
            return Weight(BASE + DIALOGUE, tuple(cues), None, (), 0, words)
        if quoted and is_said(stripped):
            cues.append(Cue("spoken", SPOKEN))
    elif (
        quoted
        and spoken > 0.08 * size
        and any(piece[-2:-1] in _SPEECH_END for piece in quoted)
        and is_said(stripped)
    ):
        cues.append(Cue("spoken", DIALOGUE * 0.6))
    persons = count_persons(bare)
    firsts, seconds = persons.first, persons.second
    lower_start = _starts_lower(stripped)
    plain = not firsts and not seconds and not lower_start and marker is None and "!" not in stripped
    found = find_cues(bare if opens_quoted else stripped) if not plain or speaks_of_writing(stripped) else ()
    hard = sum(1 for name, *_ in found if name in HARD)
    italic = first in "*_" and ITALICS.match(stripped) is not None
    if not italic and ("*" in bare or "_" in bare):
        bare = _EMPHASIS.sub(" ", bare)  # what others say or think
        persons = count_persons(bare)
        firsts, seconds = persons.first, persons.second
    if not found and marker is None and not firsts and not seconds and not lower_start:
        if first in BRACKETS and stripped.endswith(BRACKETS[first]):
            cues.append(Cue("bracketed", BRACKETED))
        elif first in "*_" and _BOLD.match(stripped):
            cues.append(Cue("bold", BOLD))
        elif words > 4:
            cues.append(Cue("bland", BLAND))
        if persons.third >= 2:
            cues.append(Cue("third_person", THIRD_PERSON))
        return Weight(sum(cue.weight for cue in cues), tuple(cues), None, (), 0, words)
    if callable(voice):
        voice = voice()
    # A long paragraph has more words that look like an author's by chance.
    dilution = min(1.0, LONG / words) if marker is None else 1.0
    thirds = persons.third
    setting = any(name == "setting" for name, *_ in found)
    told = (
        not firsts
        and not seconds
        and not setting
        and "!" not in stripped
        and (thirds > 0 or _SUBJECT.match(stripped) is not None or voice.names_cast(stripped))
    )
    if told and marker is None:
        dilution *= TOLD
    soft = FIRST_PERSON_SOFT if voice.first_person and hard < 2 and marker is None else 1.0
    topics: dict[str, float] = {}
    for name, weight, topic, hits in found:
        scale = dilution if name in HARD or name in _SHAPED else dilution * soft
        cues.append(Cue(name, round(weight * scale, 2), hits))
        if topic:
            topics[topic] = max(topics.get(topic, 0), weight)
    if marker is not None and marker.bare and marker.strength == 4 and voice.first_person:
        cues.append(Cue("bare_in_first_person", -2.0))  # a narrator who is an author has an "Author's Note" of his own
    if marker is not None:
        for topic in marker.topics:
            topics[topic] = max(topics.get(topic, 0), 2)
    if voice.words >= 40 and voice.english:
        if firsts and not voice.first_person and not italic:
            strangers = STRANGER_I_ALONE if voice.share < 0.05 and voice.words >= 100 else STRANGER_I
            cues.append(
                Cue(
                    "stranger_i",
                    round(
                        strangers[min(firsts, 3) - 1]
                        * (0.5 if voice.share > 0.1 or (voice.first > 0.8 and voice.share > 0.06) else 1)
                        * max(dilution, 0.5),
                        2,
                    ),
                )
            )
        if seconds and voice.second < 0.6 and not italic:
            cues.append(Cue("stranger_you", STRANGER_YOU[seconds >= 2] * dilution))
        if persons.small_i and not voice.lower_i and SMALL_I.search(bare):
            cues.append(Cue("lower_i", LOWER_I))
            hard += 1
        if lower_start and not voice.lower and words >= 3 and not opens_quoted:
            cues.append(Cue("lower_case", LOWER_CASE))
            hard += words >= 5
    if thirds >= 2 and thirds * 25 >= words and not firsts and not setting:
        cues.append(Cue("third_person", THIRD_PERSON))
    if first in "*_" and _BOLD.match(stripped):
        cues.append(Cue("bold", BOLD))
    if italic and marker is None:
        cues.append(Cue("italic", ITALIC))
    if marker is None and before.rstrip().endswith((":", ":*", ":_")) and marker_at(before.strip()) is None:
        cues.append(Cue("introduced", INTRODUCED))
    if stripped.startswith("> "):
        cues.append(Cue("quoted", QUOTED_LINE))
    if first in BRACKETS and stripped.endswith(BRACKETS[first]):
        cues.append(Cue("bracketed", BRACKETED))
    ranked = tuple(sorted(topics, key=lambda topic: -topics[topic]))
    return Weight(sum(cue.weight for cue in cues), tuple(cues), marker, ranked, hard, words)


def _starts_lower(text: str) -> bool:
    start = CAPITAL.search(text, 0, 40)
    return start is not None and start.group().islower()


def raised(weight: Weight, by: float, why: str = "place") -> Weight:
    """The account with what its place, or its company, proves."""
    return weight._replace(score=weight.score + by, cues=(*weight.cues, Cue(why, by)))
