"""What a piece of a header's line is by its shape or by a closed vocabulary, and whether a value is what its label promises."""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.metadata import values
from transforms.metadata.addresses import address_in
from transforms.metadata.labels import label_at
from transforms.metadata.tables import entries

MARKUP = "*_~#> \t\u3000\xa0"
_FRAMED = re.compile(r"^([=+•|♥★-])\1*\s+(\S.{0,200}?)\s+\1+$")  # "=== Low Water ==="
_EDGES = MARKUP.replace("_", "")
BY = re.compile(
    r"^(?:(?:written\s+|posted\s+|story\s+|an?\s+(?:[\w-]+\s+){0,2}(?:(?:fan)?fic|story|tale|novella|one-?shot|drabble|novel|ficlet|episode|script|play|screenplay|game|song|poem|musical|au|parody|series|remix|crossover|adventure|romance|mystery)\s+)?by|"
    r"thread starter|thread starter(?=[A-Z])|von|par|por|di|od|от|de(?=\s+@?[\w.-]{3,40}$))\s*:?\s+(\S.{0,79})$",
    re.IGNORECASE,
)
TITLE_BY = re.compile(r"^(.{0,119}[^\s,|–—-])\s*(?:,|\||[-–—~]+)?\s+by\s*:?\s+(\S.{0,59})$", re.IGNORECASE)
NOBODY = re.compile(
    r"^(?:our|my|your|his|her|their|its|the|a(?!\.)|an|this|that|then|now|staff|some|no|all|any|way|itself|himself|herself|myself)\b",
    re.IGNORECASE,
)
_RATED = re.compile(r"^rated\s+(?!by\b)(.{1,40})$", re.IGNORECASE)
_REMARKED = re.compile(r"^(\S{1,6}) \([^()]{1,60}\)$")  # "PG-13 (Gene has a mouth on him)"
_WORDS = re.compile(
    r"^[(\[~≈]*\s*(?:approx\.?|about|circa|ca\.?|around)?\s*~?\s*(\d[\d,. ]*\d|"
    r"\d+)\s*(k)?\+?\s*(?:-?\s*words?|wds?|palabras|palavras|mots|Wörter|parole|слов|słów|字|文字|"
    r"자)\.?\s*[)\]]*$",
    re.IGNORECASE,
)
_CHAPTERS = re.compile(
    r"^(?:chapters?\s+)?(\d{1,4}\s*/\s*(?:\d{1,4}|\?))(?:\s+chapters?)?$|^(\d{1,4})\s+(?:chapters?|parts?|chs?\.?|capítulos?|chapitres?|kapitel|capitoli)$",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_][\w.'’-]*(?:\s+(?:[^\W\d_][\w.'’-]*|[\"“][\w .'’-]{1,20}[\"”])){0,4}(?:\s+\([^)]{1,40}\))?"
_PAIRING = re.compile(
    rf"^(?:past |background |one-?sided |minor |implied |eventual |pre-)?{_NAME}"
    rf"(?:\s*/\s*{_NAME}|\s+[x×]\s+(?:[\w-]{{1,12}}!(?=[Rr]eader|[Oo][Cc]|[Yy]ou))?{_NAME}|\s+&\s+{_NAME}){{1,4}}$"
)
MARKED_NAME = re.compile(r"^@?(?=[\w.-]{3,40}$)(?=.*[a-z])(?:\w*[_\d][\w.-]*|[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)$")
"""A pen name that can be nothing else: with a digit, an underscore or a capital inside."""
_NOT_PAIRS = re.compile(
    r"^(?:hurt/comfort|and/or|he/she|she/her|he/him|they/them|either/or|n/a|.{0,30}\bfiction|a/n|w/|b/c|h/c|ac/dc|rape/non-con"
    r"|f/f|m/m|f/m|m/f|literature / .*)$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\b[A-Z]\.[A-Z]\.$")  # "House M.D."
_PART = re.compile(r"^(?:\(|\[)?(?:part\s+)?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?)(?:\)|\])?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:\w[^\W\d_]{2,}|\d)[.!?]+[\"”’']?$")  # "You're late." is no author, "Kip Jr." is
_SIZES = frozenset(
    entries("""
    drabble; ficlet; one-shot; oneshot; short; novella; novel; vignette; мини; миди; макси; драббл; 短篇; 中篇; 长篇; 長篇; 短編
    長編; 중편; 단편; 장편
    """)
)


def is_ornament(char: str) -> bool:
    """Whether a character is a dingbat, an arrow or an emoji."""
    return "\u2190" <= char <= "\u2bff" or char in "\ufe0e\ufe0f\u200d" or "\U0001f000" <= char <= "\U0001faff"


_LINK = re.compile(r"^\[\d{1,3}\](?=\S)")  # the number of a link, as text browsers write it


@lru_cache(maxsize=1 << 8)  # several rules ask about one line
def clean(text: str) -> str:
    """A line without the marks of bold, italics, headings and quoting round it."""
    text = text.strip().strip(_EDGES)
    if text[:1] == "[":
        text = _LINK.sub("", text)
    while len(text) > 2 and is_ornament(text[0]):
        text = text[1:].lstrip(_EDGES)
    while len(text) > 2 and is_ornament(text[-1]):
        text = text[:-1].rstrip(_EDGES)
    framed = _FRAMED.match(text)
    text = framed.group(2) if framed else text
    while len(text) > 2 and text[0] == text[-1] == "_":  # a pen name may end in an underscore
        text = text[1:-1].strip(_EDGES)
    return text


def typed(piece: str) -> tuple[tuple[str, str], float] | None:
    """The (field, value) that a piece without a label is by its shape or by a closed vocabulary, and its weight."""
    text = clean(piece).strip(" ,;")
    if not text or len(text) > 160:
        return None
    rated = _RATED.match(text.rstrip("."))
    if rated:
        found = values.rating(rated.group(1))
        return (("rating", found.stated), 1.25) if found else None
    if text.casefold().startswith("fiction ") and (found := values.rating(text)):
        return ("rating", found.stated), 1.5
    bare = text.rstrip(".")
    if values.is_rating_line(bare):
        found = values.rating(bare)
        long = len(bare) > 3
        return (("rating", found.stated), 1.0 if long else 0.5) if found else None
    remarked = _REMARKED.match(bare)
    if remarked and values.is_rating_line(remarked.group(1)):
        return ("rating", remarked.group(1)), 1.0
    if values.is_category_line(bare):
        return ("categories", bare), 0.75 if bare.casefold() in ("gen", "het", "slash") else 1.0
    if values.warning(bare) and bare.casefold() != "underage":
        return ("warnings", bare), 1.5
    words = _WORDS.match(text)
    if words and values.count_of(text.strip("([~≈ ")) is not None:
        return ("stated_words", text.strip("()[] ")), 1.0
    if values.is_status_line(bare):
        return ("status", bare), 0.5
    if _CHAPTERS.match(bare):
        return ("chapters", bare), 0.5
    if values.is_fandom_like(bare):
        return ("fandoms", text if _INITIALS.search(text) else bare), values.fandom_weight(bare)
    return None


def is_work(name: str) -> bool:
    """Whether one side of a pairing is named as works are, not people: "The Pacific", "Band of Brothers"."""
    words = name.split()
    return len(words) > 1 and (words[0] == "The" or "of" in words[1:-1])


def is_pairing_shape(text: str) -> bool:
    """Whether a text is names with a pairing's sign between them, in capitals or not."""
    return len(text) <= 80 and bool(_PAIRING.match(text)) and not _NOT_PAIRS.match(text) and values.genres_of(text) is None


def pairing_of(text: str) -> str | None:
    """A line that is one pairing of names and nothing else ("Francis Crozier/James Fitzjames", "Levi x Reader"), or None."""
    value = clean(text).strip(" ,;.")
    if (
        len(value) > 120
        or not value[:1].isupper()
        or not _PAIRING.match(value)
        or _NOT_PAIRS.match(value)
        or values.genres_of(value)
        or any(values.is_rating_line(name) or values.is_category_line(name) for name in re.split(r"\s*[/&]\s*", value))
        or any(is_work(name) for name in re.split(r"\s*[/&]\s*|\s+[x×]\s+", value))
    ):
        return None
    return value


def typed_piece(piece: str) -> tuple[tuple[str, str], float] | None:
    """`typed`, and what may only stand between others in a row: labelled pieces, pairings, languages, genres, by-lines."""
    label = label_at(piece)
    if label is not None and label.value and label.kind == "metadata" and label.weight > 0:
        return ((label.field, label.value), label.weight) if validates(label.field, label.value) else None
    found = typed(piece)
    if found is not None:
        return found
    text = clean(piece).strip(" ,;.")
    if pairing_of(text) is not None:
        return ("relationships", text), 0.75
    if values.language_of(text) is not None and len(text) > 2:
        return ("language_stated", text), 0.25
    if text and values.genres_of(text) is not None:
        return ("genre", text), 0.5
    by = BY.match(text)
    if by and len(by.group(1).split()) <= 4 and not NOBODY.match(by.group(1)):
        return ("authors", by.group(1).strip()), 0.5
    if text.casefold() in (
        "one-shot",
        "oneshot",
        "one shot",
        "drabble",
        "ficlet",
        "double drabble",
        "vignette",
        "au",
        "pwp",
        "fluff",
        "angst",
        "crack",
    ):
        return ("genre", text), 0.5
    if _PART.match(text):
        return ("part", text), 0.25
    if _THOUSANDS.fullmatch(text):
        return ("stated_words", text), 0.5
    return None


_THOUSANDS = re.compile(r"[~≈]?\d{1,3}(?:[.,]\d{1,2})?k\+?", re.IGNORECASE)


def small_piece(piece: str) -> tuple[tuple[str, str], float] | None:
    """A piece of a row that is all in small letters: "g", "0.6k", "thanatos/zagreus"."""
    text = clean(piece).strip(" ,;.")
    if values.is_rating_line(text.upper()) or (values.rating(text) is not None and text.isalpha()):
        return ("rating", text), 0.5
    if _THOUSANDS.fullmatch(text):
        return ("stated_words", text), 0.75
    if _PAIRING.match(text) and not _NOT_PAIRS.match(text):
        return ("relationships", text), 0.75
    return None


def validates(field: str, value: str) -> bool:
    """Whether a value is of the kind that its label promises, for fields where that can be told."""
    text = value.strip()
    if field == "rating":
        return values.rating(text) is not None
    if field == "status":
        return values.status_of(text) is not None or values.date_of(text) is not None
    if field == "language_stated":
        return values.language_of(text) is not None or (len(text) <= 30 and "," in text)
    if field in ("published", "updated"):
        return len(text) <= 60 and any(char.isdigit() for char in text)
    if field == "stated_words":
        return values.words_of(text) is not None or text.casefold().strip(".") in _SIZES
    if field == "chapters":
        return values.chapters_of(text)[0] is not None
    if field == "categories":
        return len(text) <= 120
    if field == "url":
        return address_in(text) is not None
    if field == "authors":
        return 0 < len(text) <= 160 and len(text.split()) <= 12 and not _SENTENCE_END.search(text)
    if field in ("title", "series", "site_id"):
        return 0 < len(text) <= 160
    if field == "counts":
        return values.count_of(text) is not None
    return True
