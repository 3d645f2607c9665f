"""Where notes stop and story begins at the edges of a body of text, by the sum of all evidence.

A body is what stands between two structural lines: a header, a heading, furniture, an end marker, the ends of the document.
Each paragraph gets an account (`weigh`): its marker, the classes of authors' words, and its contrast with the narration in
the body's middle. A head note is the prefix whose sum, with a bonus for a fence, a gap or a hand-off at its boundary, is
largest and passes a threshold; a tail note is the suffix. What nearly passes is a doubt and stays story.

This is the one place where evidence is combined; every number has a name here or in `cues` and `markers`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from transforms.segments.cues import _FIRST, _LOWER_I, _RAYA, _SAID, _SECOND, _THIRD, _WORD, HARD, QUOTED, Cue, find_cues, speaks_of_writing
from transforms.segments.layout import Paragraph
from transforms.segments.markers import Marker, marker_at

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
REPEATED = 0.6  # what the same contrast loses in the next paragraphs
LOWER_CASE = 1.8  # begins in lower case where the narration does not
LOWER_I = 2.3
BRACKETED = 0.8
QUOTED_LINE = 1.2  # "> ", as mails and forums quote
ENCLOSED = 0.8  # a tail that stands between two fences
SIGNATURE = 1.9
SIGNED = 2.4  # a signature that stands apart
LONG = 110  # words from which a paragraph's cues are diluted
TOLD = 0.6  # what cues count in a paragraph about he and she without an "I" or "you"
FIRST_PERSON_SOFT = 0.5  # what soft cues count where the narrator is an "I" too
OPEN_NOTE = 2.0  # what a body starts with below a marked note of the header
OPEN_CREDIT = 1.4  # what each bland paragraph of a marked note gets back at the gap or fence that closes it
FENCE = 1.8
MARKED_FENCE = 2.6
GAP = 1.5
MARKED_GAP = 2.6
NO_GAP = -0.2
SCRIPT = -3.0
HABIT = 2.5  # a class that two of five other paragraphs hold too counts for nothing
ATTACHED = 1.5  # a line right below a bare label, without the usual blank line
BELOW_LABEL = -3.0  # what follows a bare "Notes:" is the note
CROSSING = -0.8
THRESHOLD = (3.7, 2.9, 2.4)  # by the number of hard classes in one paragraph of the note
FAR_EDGE = -1.2  # a note does not end with a paragraph weaker than this
COLD_EDGE = -1.4  # the paragraph at the very edge has nothing of a note
THRESHOLD_FIRST_PERSON = (5.6, 4.0, 3.2)  # by the number of hard classes in one paragraph
DOUBT = 1.6  # how far below the threshold a doubt reaches
REACH = 60  # paragraphs looked at from an edge

_ITALIC = re.compile(r"^\s*([*_])(?![*_\s])[^\n]*[^\s*_]\1\s*$")
_BOLD = re.compile(r"^\s*(\*\*|__)(?=\S)[^\n]{20,}\S\1\s*$")
_LETTER = re.compile(r"^\s*[*_]{0,2}(?:my |to |o )?(?:dear(?:est)?|sir|madam|cher|chère|querid[oa]|liebe[rs]?|car[oa])\b[^.!?\n]{0,40},?[*_]{0,2}\s*$", re.IGNORECASE | re.MULTILINE)
_SIGNED = re.compile(r"^[\s*_]*[-–—~=<>♥♡]{0,3}\s*(?P<name>[^\W_][\w.'’\-]*(?:[ .\-_&+]+[\w.'’\-]+){0,3})\s*[-–—~=<>♥♡xX.]{0,4}[\s*_]*$")
_ENGLISH = re.compile(r"\b(?:the|and|of|was|that|with|you|is|her|his)\b")
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3})(?=\S)[^*_\n]{1,400}\S\1(?!\w)")
_CAPITAL = re.compile(r"[^\W\d_]")
_SUBJECT = re.compile(
    r"(?!(?:This|That|It|There|Here|Chapter|Title|Everything|Nothing|Nobody|Everyone|English|Comments|Reviews|What|Which|Who|Part|Story|Next)\b)"
    r"[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)? (?:had|has|was|is|did|does|would|could|[a-z]{2,}ed)\b"
)
_CAPITALISED = re.compile(r"[A-ZÀ-ÞА-Я][^\W\d_]{2,}")
_NAME = re.compile(r"(?<=[a-z,;] )[A-ZÀ-ÞА-Я][^\W\d_]{2,}")
_SINGLE = re.compile(r"['‘](?=[^\W\d_a-z]|[a-z]).{1,600}?[.,!?…—-]['’](?:\s|$)", re.DOTALL)
_SPEECH_END = frozenset(".,!?…—-。！？")
_QUOTE_OPENERS = frozenset("\"“«»„「『")
_MARKED = frozenset(("me", "a/", "an", "a.", "au", "no", "tr", "be", "en", "ed", "up", "tw", "cw", "di", "wa", "pr", "t/", "n/", "gl", "p.", "ps", "qu", "ch", "st", "so", "th", "wr", "fe", "im", "na", "nd", "od", "от", "пр", "ав", "w/", "r&", "re", "wo", "ke", "cr", "de", "sp", "vo", "f"))
_OPENING = frozenset(("marker", "place", "bare_in_first_person", "quoted_reader", "signature_rule"))
_SHAPED = frozenset(("item", "reply_line", "glossary", "dedicated", "warning", "signoff"))
CORE = (HARD | {"lower_i", "item"}) - {"begging", "imploring", "response"}  # what a narrator who poses as an author would not say
CORE_TAIL = (CORE | {"begging", "response"}) | {"stranger_i", "lower_case", "net", "foreign_one"}  # at the end of a story
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "（": "）", "［": "］", "【": "】"}


@dataclass(frozen=True, slots=True)
class Voice:
    """How the narration in the middle of a body speaks: first and second person per hundred words outside quotation marks."""

    first: float = 0.0
    second: float = 0.0
    lower: bool = False  # paragraphs begin in lower case
    lower_i: bool = False
    words: int = 0
    share: float = 0.0  # of the paragraphs, those with an "I" outside quotation marks
    letters: bool = False  # the story holds letters with a salutation
    english: bool = True
    cast: re.Pattern[str] | None = None  # the names that occur most in the narration

    @property
    def first_person(self) -> bool:
        return self.english and (self.first >= 3.0 or (self.first >= 1.6 and self.share >= 0.25))


@dataclass(frozen=True, slots=True)
class Weight:
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
        return sum(cue.weight for cue in self.cues if cue.name in ("stranger_i", "stranger_you"))

    @property
    def opens(self) -> bool:
        """Whether a marker opens a note that may go on in the next paragraphs."""
        return sum(cue.weight for cue in self.cues if cue.name in _OPENING or cue.name.startswith("label.")) >= 2.5


@dataclass(slots=True)
class Item:
    """A paragraph, or a fence (a scene break), of a body."""

    paragraph: Paragraph
    fence: bool = False
    closed: str = ""  # the rule of a fence that is a closed note inside the body, not a scene break
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A head or tail of a body: how many items it takes, the sum, and whether it passes."""

    size: int
    score: float
    certain: bool
    reasons: tuple[str, ...] = field(default=())
    doubtful: bool = False
    missing: float = 99.0  # how much is missing to the threshold


def hear(texts: Sequence[str]) -> Voice:
    """The voice of a narration from a sample of its paragraphs."""
    first = second = words = lower = lower_i = counted = shared = 0
    letters = False
    marks = 0
    for text in texts:
        text = text[:400]
        if text[:1] in "—–" or (text[:1] in _BRACKETS and text.rstrip().endswith(_BRACKETS[text[0]])) or _ITALIC.match(text):
            continue  # speech after a dash, asides and letters are not the narrator's voice
        bare = QUOTED.sub(" ", text) if "\"" in text or not text.isascii() else text
        words += bare.count(" ") + 1
        marks += len(_ENGLISH.findall(bare.lower()))
        own = len(_FIRST.findall(bare))
        first += own
        shared += own > 0
        second += len(_SECOND.findall(bare.lower()))
        start = _CAPITAL.search(text)
        if start is not None:
            counted += 1
            lower += start.group().islower()
        lower_i += _LOWER_I.search(bare) is not None
        letters = letters or (len(text) < 60 and _LETTER.search(text) is not None)
    if not words:
        return Voice(letters=letters)
    return Voice(100 * first / words, 100 * second / words, counted > 0 and lower > 0.4 * counted, lower_i > 0.15 * len(texts), words, shared / len(texts), letters, marks * 25 >= words, _cast(texts))


def _cast(texts: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for the capitalised words that several paragraphs share in mid-sentence: the names of the story."""
    inside = {name for text in texts for name in _NAME.findall(text)}
    seen = Counter(word for text in texts for word in set(_CAPITALISED.findall(text)) & inside)
    names = [name for name, count in seen.most_common(8) if count >= 2]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names else None


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """The longer words of a text, in lower case."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text) if len(word) >= 4)


def weigh(text: str, voice: Voice | Callable[[], Voice], before: str = "") -> Weight:
    """The account of one paragraph against the narration's voice; `before` is the paragraph before it.

    The voice may be a function, called only where it matters: most paragraphs are dialogue or hold nothing to compare.
    """
    stripped = text.strip()
    first = stripped[:1]
    marker = marker_at(stripped) if not (first.isalpha() and first.islower() and first.isascii()) or stripped[:2].lower() in _MARKED else None
    words = stripped.count(" ") + 1
    cues: list[Cue] = [Cue("base", BASE if words <= 80 else BASE_LONG if words <= 150 else BASE_VERY_LONG)]
    if marker is not None:
        cues.append(Cue(marker.name, marker.strength))
    opens_quoted = first in _QUOTE_OPENERS or (first in "—–" and _RAYA.match(stripped) is not None)
    if first in "'‘" and _SINGLE.match(stripped):
        cues.append(Cue("dialogue", DIALOGUE))
        return Weight(BASE + DIALOGUE, tuple(cues), None, (), 0, words)
    quoted = QUOTED.findall(stripped) if opens_quoted or "\"" in stripped or not stripped.isascii() else []
    spoken = sum(map(len, quoted))
    bare = QUOTED.sub(" ", stripped) if quoted else stripped
    size = len(stripped)
    if opens_quoted or (quoted and spoken > 0.3 * size and any(piece[-2:-1] in _SPEECH_END for piece in quoted)):
        cues.append(Cue("dialogue", DIALOGUE))
        if marker is None and (spoken > 0.6 * size or first in "—–"):
            return Weight(BASE + DIALOGUE, tuple(cues), None, (), 0, words)
        if quoted and _SAID.search(stripped) is not None:
            cues.append(Cue("spoken", SPOKEN))
    elif quoted and spoken > 0.08 * size and any(piece[-2:-1] in _SPEECH_END for piece in quoted) and _SAID.search(stripped) is not None:
        cues.append(Cue("spoken", DIALOGUE * 0.6))
    firsts = len(_FIRST.findall(bare))
    seconds = len(_SECOND.findall(bare.lower()))
    lower_start = _starts_lower(stripped)
    plain = not firsts and not seconds and not lower_start and marker is None and "!" not in stripped
    found = find_cues(bare if opens_quoted else stripped) if not plain or speaks_of_writing(stripped) else []
    hard = sum(1 for name, *_ in found if name in HARD)
    italic = first in "*_" and _ITALIC.match(stripped) is not None
    if not italic and ("*" in bare or "_" in bare):
        bare = _EMPHASIS.sub(" ", bare)  # what others say or think
        firsts = len(_FIRST.findall(bare))
        seconds = len(_SECOND.findall(bare.lower()))
    if not found and marker is None and not firsts and not seconds and not lower_start:
        if words > 4:
            cues.append(Cue("bland", BLAND))
        if len(_THIRD.findall(bare.lower())) >= 2:
            cues.append(Cue("third_person", THIRD_PERSON))
        return Weight(sum(cue.weight for cue in cues), tuple(cues), None, (), 0, words)
    if callable(voice):
        voice = voice()
    cast = voice.cast
    # A long paragraph has more words that look like an author's by chance.
    dilution = min(1.0, LONG / words) if marker is None else 1.0
    thirds = len(_THIRD.findall(bare.lower()))
    setting = any(name == "setting" for name, *_ in found)
    told = not firsts and not seconds and not setting and "!" not in stripped and (
        thirds > 0 or _SUBJECT.match(stripped) is not None or (cast is not None and cast.search(stripped) is not None)
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
            cues.append(Cue("stranger_i", round(strangers[min(firsts, 3) - 1] * (0.5 if voice.share > 0.1 or (voice.first > 0.8 and voice.share > 0.06) else 1) * max(dilution, 0.5), 2)))
        if seconds and voice.second < 0.6 and not italic:
            cues.append(Cue("stranger_you", STRANGER_YOU[seconds >= 2] * dilution))
        if not voice.lower_i and _LOWER_I.search(bare):
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
    if first in _BRACKETS and stripped.endswith(_BRACKETS[first]):
        cues.append(Cue("bracketed", BRACKETED))
    ranked = tuple(sorted(topics, key=lambda topic: -topics[topic]))
    return Weight(sum(cue.weight for cue in cues), tuple(cues), marker, ranked, hard, words)


def _starts_lower(text: str) -> bool:
    start = _CAPITAL.search(text, 0, 40)
    return start is not None and start.group().islower()


def raised(weight: Weight, by: float) -> Weight:
    """The account with what its place proves."""
    return replace(weight, score=weight.score + by, cues=(*weight.cues, Cue("place", by)))


@dataclass(slots=True)
class Body:
    """What stands between two structural lines: its items, and the voice of its narration, heard when first needed."""

    items: list[Item]
    usual_gap: int
    listen: Callable[[], Voice]
    heard: Voice | None = None
    words: frozenset[str] | None = None

    def voice(self) -> Voice:
        if self.heard is None:
            self.heard = self.listen()
        return self.heard

    def vocabulary(self) -> frozenset[str]:
        if self.words is None:
            self.words = vocabulary_of(item.paragraph.text for item in self.items[:120] if not item.fence)
        return self.words

    def weight(self, at: int) -> Weight:
        item = self.items[at]
        if item.weight is None:
            item.weight = weigh(item.paragraph.text, self.voice, self._introduction(at))
            if any(cue.name in ("reply_line", "skit") for cue in item.weight.cues) and self._is_script(item.paragraph.text):
                item.weight = raised(item.weight, SCRIPT)
            above = self.items[at - 1].weight if at > 0 else None
            if above is not None and above.marker is not None and above.marker.bare and item.paragraph.gap == 0 and self.usual_gap > 0:
                item.weight = raised(item.weight, ATTACHED)
        return item.weight

    def _is_script(self, line: str) -> bool:
        """Whether the name before a line's colon begins other lines too: then it speaks a part, and answers no reader."""
        label = line.split(":", 1)[0]
        return ":" in line and sum(item.paragraph.text.startswith(label + ":") for item in self.items) >= (5 if label == "Me" else 3)

    def _introduction(self, at: int) -> str:
        """The paragraph that may introduce item `at`: the one before it, or before the run of italics that it goes on."""
        items = self.items
        back = at - 1
        if _ITALIC.match(items[at].paragraph.text):
            while back >= max(0, at - 6) and not items[back].fence and _ITALIC.match(items[back].paragraph.text):
                back -= 1
        return items[back].paragraph.text if back >= 0 and not items[back].fence else ""

    def habits(self, first: int, size: int) -> dict[str, float]:
        """Which classes of cues the paragraphs outside a block hold too, each with the part of its weight that this takes away."""
        rest = [
            item.paragraph.text
            for at, item in enumerate(self.items)
            if not item.fence and not first <= at < first + size and len(item.paragraph.text) > 30
        ]
        if len(rest) < 3:
            return {}
        rest = rest[:: max(1, len(rest) // 12)][:12]
        seen: Counter[str] = Counter()
        for text in rest:
            bare = QUOTED.sub(" ", text)
            if _RAYA.match(text) is None and len(bare) > 0.5 * len(text):
                seen.update({name for name, *_ in find_cues(bare)})
                seen.update(["label"] if marker_at(text.strip()) else [])
        return {name: min(1.0, HABIT * count / len(rest)) for name, count in seen.items() if count >= 2}

    def boundary(self, at: int, marked: bool) -> float:
        """What the place before item `at` proves as a boundary between note and story."""
        items = self.items
        before = items[at - 1]
        if before.fence or items[at].fence:
            fence = before if before.fence else items[at]
            return FENCE * 0.4 if fence.closed else MARKED_FENCE if marked else FENCE
        gap = items[at].paragraph.gap
        label = before.weight.marker if before.weight is not None else None
        if label is not None and label.bare and gap <= self.usual_gap:
            return BELOW_LABEL if gap == 0 or label.strength >= 3 else 0.0
        if gap > max(self.usual_gap, 1 if self.usual_gap else 0):
            return MARKED_GAP if marked else GAP
        return NO_GAP if gap < self.usual_gap else 0.0


def cut_head(body: Body, prior: float = 0.0, whole: float | None = None, open_note: bool = False) -> Cut:
    """The head note of a body. `prior` is added to each paragraph (a place where notes are likely); `whole` is the bonus for
    taking the body as a whole, None where that is not allowed. `open_note` says that a marked note stands right above.
    """
    items = body.items
    total, best, size = OPEN_NOTE if open_note else 0.0, 0.0, 0
    marked, closed = open_note, False
    reasons: tuple[str, ...] = ()
    hard, core, edge, bland, credit, strange = 0, False, 0.0, 0, 0.0, False
    for at, item in enumerate(items[:REACH]):
        if item.fence:
            if item.closed == "note.marked" and at == 0:
                marked = len(items) > 1 and not items[1].fence and items[1].paragraph.gap <= body.usual_gap
                total = OPEN_NOTE if marked else 0.0
                continue
            total += 0 if item.closed else CROSSING
            marked = False
            continue
        weight = body.weight(at)
        if weight.marker is not None and weight.opens:
            if at > 0 and total < -1 and best <= 0:
                break  # a note that begins after story is not at the head
            closed = weight.marker.closing and total > 0
            marked = True
        bland = bland + 1 if weight.score < 0 else 0
        total += weight.score + prior - (weight.contrast * REPEATED if strange else 0.0)
        strange = strange or weight.contrast > 0
        if marked and weight.marker is None and weight.score < 0:
            credit = min(credit + OPEN_CREDIT, 4 * OPEN_CREDIT)
        if at == 0 and weight.score + prior < 0 and not marked:
            total += COLD_EDGE
        hard = max(hard, weight.hard)
        core = core or (weight.marker is not None and (not weight.marker.bare or weight.marker.name == "quoted_reader")) or any(cue.name in CORE for cue in weight.cues)
        if closed:
            return Cut(at + 1, max(total, 6) + 6, True, ("pair",))
        last = at + 1 >= len(items)
        if last:
            if whole is None:
                break
            total += _signature(body, at) if at > 0 and weight.words <= 5 else 0
            bonus = whole
        else:
            bonus = body.boundary(at + 1, marked)
            if bonus >= GAP:
                bonus += credit
        far = weight.score + prior > FAR_EDGE or marked or last
        if far and total + bonus >= best:
            best, size, edge = total + bonus, at + 1, bonus
            reasons = tuple(cue.name for cue in weight.cues)
        if total < best - 5 or (size == 0 and total < -2.4) or weight.score + prior <= -3.3 or (bland >= 4 and prior < 1):
            break
        if bonus >= GAP:
            total += CROSSING
            marked, credit = False, 0.0
    if not core and size and body.voice().first_person:
        if edge <= 0:
            return Cut(size, best, False, reasons, True)
        hard = 0  # a narrator may beg too; only an author's own words prove anything at the head of a story in the first person
    return _judged(body, 0, size, best, hard, reasons)


def cut_tail(body: Body, start: int = 0, prior: float = 0.0, whole: float | None = None) -> Cut:
    """The tail note of a body's items from `start` on, as `cut_head`."""
    items = body.items
    total, best, size = 0.0, 0.0, 0
    count = len(items)
    reasons: tuple[str, ...] = ()
    hard, signed, bland, core, edge, strange = 0, False, 0, False, 0.0, False
    for back in range(min(count - start, REACH)):
        at = count - 1 - back
        item = items[at]
        if item.fence:
            total += 0 if item.closed else ENCLOSED if back == 0 else CROSSING
            continue
        weight = body.weight(at)
        score = weight.score
        signature = _signature(body, at) if back <= 1 and weight.words <= 5 else 0.0
        total += score + prior + signature - (weight.contrast * REPEATED if strange else 0.0)
        strange = strange or weight.contrast > 0
        signed = signed or signature > 0
        if back == 0 and score + prior + signature < 0:
            total += COLD_EDGE
        hard = max(hard, weight.hard)
        marked = weight.marker is not None and weight.opens
        core = core or marked or signature > 0 or any(cue.name in CORE_TAIL for cue in weight.cues)
        if at == start:
            if whole is None:
                break
            bonus = whole
        else:
            bonus = body.boundary(at, marked) + (0.5 if marked else 0)
        if (score + prior + signature > FAR_EDGE or at == start) and total + bonus > best:
            best, size, edge = total + bonus, back + 1, bonus
            if back == 0 and signed and bonus >= GAP and best >= SIGNED:
                hard = 2
            reasons = tuple(cue.name for cue in weight.cues)
        bland = bland + 1 if score < 0 else 0
        if total < best - 5 or (size == 0 and total < -2.4 - signature) or score + prior <= -3.3 or (bland >= 4 and prior < 1):
            break
    if size and not core and edge <= 0 and (body.voice().first_person or body.voice().second >= 1.5):
        return Cut(size, best, False, reasons, True)  # guides and narrators who address "you" thank and beg too
    return _judged(body, count - size, size, best, hard, reasons)


def _judged(body: Body, first: int, size: int, best: float, hard: int, reasons: tuple[str, ...]) -> Cut:
    """The verdict on items `first` to `first + size`: how much is asked for depends on the narrator and on how many hard
    classes speak; what the rest of the body says all the time (a guide who thanks and begs) speaks for nothing.
    """
    if not size:
        return Cut(0, 0.0, False)
    asked = (THRESHOLD_FIRST_PERSON if body.voice().first_person else THRESHOLD)[min(hard, 2)]
    block = [item.weight for item in body.items[first : first + size] if item.weight is not None]
    last = block[-1].marker if block else None
    if last is not None and last.bare and len(block) == 1 and last.strength < 5 and size < len(body.items):
        return Cut(size, best, False, reasons, True)  # a label alone is no note
    if best >= asked and not any(weight.opens for weight in block):
        habits = body.habits(first, size)
        if habits:
            best -= sum(cue.weight * habits.get(cue.name, 0.0) for weight in block for cue in weight.cues if cue.weight > 0)
    best += 1e-9
    return Cut(size, best, best >= asked, reasons, asked > best >= asked - DOUBT, asked - best)


def _signature(body: Body, at: int) -> float:
    """What a short last line proves as the author's signature: a name or initials that the story does not know."""
    paragraph = body.items[at].paragraph
    text = paragraph.text.strip()
    found = _SIGNED.match(text)
    if found is None or not any(ch.isalpha() for ch in text):
        return 0.0
    name = found.group("name")
    dressed = text[:1] in "-–—~=<♥♡"
    if text[-1:] in ".!?,;:" and not (dressed or (len(name) <= 8 and name.replace(".", "").isupper())):
        return 0.0
    if body.voice().letters:
        return 0.0
    vocabulary = vocabulary_of(item.paragraph.text for k, item in enumerate(body.items) if k != at and not item.fence)
    if any(part.lower() in vocabulary for part in re.split(r"[ .\-_]+", name) if len(part) >= 4):
        return 0.0
    odd = any(ch.isdigit() or ch in "_-." for ch in name) or name.isupper() or name.islower()
    return SIGNATURE * (0.6 + 0.3 * odd + 0.4 * dressed) + (0.4 if paragraph.gap > body.usual_gap else 0)


def is_all_note(body: Body) -> bool:
    """Whether a whole body speaks to readers: most of it holds authors' words, of several classes, and nobody talks in it."""
    paragraphs = [at for at, item in enumerate(body.items) if not item.fence]
    if len(paragraphs) > REACH:
        return False
    texts = [body.items[at].paragraph.text.lstrip() for at in paragraphs]
    if sum(len(text) for text in texts if text[:1] in _QUOTE_OPENERS or text[:1] in "—–'‘") > 0.1 * sum(map(len, texts)):
        return False
    total = sum(map(len, texts))
    positive = other = 0
    classes: set[str] = set()
    for at, text in zip(paragraphs, texts, strict=True):
        weight = body.weight(at)
        if weight.score > 0:
            positive += len(text)
            classes |= {cue.name for cue in weight.cues} & HARD
        else:
            other += len(text)
            if other > 0.5 * total:
                return False
    return positive >= 0.5 * total and len(classes) >= 4
