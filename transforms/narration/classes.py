"""The class of each word, as one letter, so that a text becomes a string of letters that regular expressions can read.

"Harry did not look back, and neither did she." -> `Nij vj,Aj iS.` (without the space). A clause is then a short pattern over
letters, and reading a text costs one splitting pass, one dictionary look-up a word and a few scans of a string a fifth as
long. No context is used here: what a letter means in its place (a noun or a verb, a name or the start of a sentence) is for
the patterns in `evidence` to tell.

    I W Y     I, we, you as subject          m w y     me/my, us/our, your/yourself
    H S T X   he, she, they, xe/ze/ey ...    h s t x   their other forms ("her" is s)
    U u       it; its                        E P       there, this, who ...; somebody, everyone ...
    N         a word that is capitalised and not known otherwise: a name, or a noun that begins a sentence
    K         a capitalised word that is also a verb form (Rose, Mark, Will; or the first word of a command)
    a b       am/are/is; was/were            c d       has; had
    e         have, do                       f i       does; did
    F M C L   will/shall; would/could; can/may; should/might/must
    p q r     past: went; said; put (see verbs.tsv)         z v n g   walks; walk; gone; walking
    o         think, know, suppose ...: verbs by which a narrator comments (base forms)
    j 7       adverbs; n't                   A k       and/or/but; if/when/because ...
    D O       articles and the like; prepositions           B         to
    '         's (genitive, or is/has)       l         everything else
    . , - _   sentence end; comma and the like; dash; quoted speech that stood here     |  paragraph end
"""

from __future__ import annotations

from importlib.resources import files
from operator import itemgetter

LINE_END = "¶"
WINDOW_END = "\x02"
QUOTED = "\x01"  # stands in the narration for a masked span
_WIDE = (("—", " — "), ("–", " — "), ("…", " . "), ("“", " "), ("”", " "), ("„", " "), ("«", " "), ("»", " "))
_BLANK = b'"()[]{}*_~/<>=+^|#%&@\\-'
_PLAINER = bytes.maketrans(b"!?;:" + _BLANK, b"..,," + b" " * len(_BLANK))  # what a pattern need not tell apart
_APART = tuple(  # what is a token by itself
    (mark.encode(), f" {token} ".encode())
    for mark, token in ((".", "."), (",", ","), ("\n", LINE_END), (QUOTED, QUOTED), (WINDOW_END, WINDOW_END))
)


def tokens(text: str) -> list[str]:
    """The words of `text` (a contracted ending is one by itself: "he", "'s") and the punctuation that the patterns need.

    Splitting at white space after a few replacements, most of them of bytes, is three times as fast as a regular expression
    that finds the tokens.
    """
    text = text.replace("’", "'").replace("--", "—")
    if not text.isascii():
        for mark, into in _WIDE:
            text = text.replace(mark, into)
    plain = text.encode("utf-8", "surrogatepass").translate(_PLAINER).replace(b"'", b" '")
    for mark, into in _APART:
        plain = plain.replace(mark, into)
    return plain.decode("utf-8", "surrogatepass").split()


def letters(words: list[str]) -> str:
    """The classes of `words`, a letter each."""
    known = _MET
    try:
        return "".join(itemgetter(*words)(known)) if len(words) > 1 else "".join([known[word] for word in words])
    except KeyError:
        new = {word: class_of(word) for word in set(words).difference(known)}
        return "".join([known.get(word) or new[word] for word in words])


_WORDS = {
    "I": "i im ive",
    "W": "we",
    "Y": "you ya thou ye yeh youre youve",
    "H": "he hes",
    "S": "she shes",
    "T": "they theyre theyve",
    "X": "xe xie ze zie ey fae ve vey ne hir thon sie",
    "m": "me my mine myself",
    "w": "us our ours ourselves",
    "y": "your yours yourself yourselves thy thee thine thyself",
    "h": "him his himself",
    "s": "her hers herself",
    "t": "them their theirs themselves themself",
    "x": "xem xyr xyrs xir xirs xemself xyrself zir zem zirs hirs hirself em eir eirs faer faers ver vis nem nir",
    "U": "it",
    "u": "its itself",
    "E": "there this that these those here who which what whoever whatever nothing something everything anything"
    " thats theres whats",
    "P": "someone somebody anyone anybody everyone everybody nobody one none another others",
    "a": "am are is ain isn aren isnt arent aint",
    "b": "was were wasn weren wasnt werent",
    "c": "has hasn hath hasnt",
    "d": "had hadn hadnt",
    "e": "have do haven don havent dont",
    "f": "does doesn doth doesnt",
    "i": "did didn didnt",
    "F": "will shall gonna wont",
    "M": "would could wouldn couldn wouldnt couldnt",
    "L": "should might must ought shouldn mightn mustn needn oughtn shouldnt",
    "C": "can may cannot cant",
    "o": "think know suppose remember believe guess imagine fancy wonder wish mean admit confess hope doubt reckon swear"
    " recall assure",
    "n": "been done",
    "j": "not never always ever just only still even also then now almost already often sometimes once again soon later"
    " perhaps maybe quite rather too very well so yet both all each neither either nearly hardly barely scarcely"
    " seldom simply together alone back away instead afterwards presently forever though however meanwhile thus hence"
    " indeed somehow somewhat twice half sort kind first last next finally suddenly slowly quickly",
    "A": "and or but nor",
    "k": "if when while because although unless until till since whether as than before after where why how whenever"
    " wherever",
    "D": "the a an no some any every my each many much few several most such other another two three four five six seven"
    " eight nine ten",
    "O": "of in on at by with from into onto upon over under through across against among around about between behind"
    " beside beyond near off out up down along past above below within without toward towards for like",
    "B": "to",
    "7": "'t",
    "'": "'s",
}  # fmt: skip
_WORDS_LATER = {"a": "'re 'm", "e": "'ve", "F": "'ll", "M": "'d"}

# Words in -ly that are no adverbs, beside the nouns and names that no dictionary lists as verbs or adverbs.
_LY_NOUNS = frozenset(
    ("family", "belly", "bully", "butterfly", "jelly", "folly", "lily", "ally", "monopoly", "assembly", "reply", "supply", "fly")
)


_MET: dict[str, str] = {}
"""The classes of the words that were met, in any spelling of capitals, up to a bound.

It begins empty: the few thousand words that texts are made of then lie together, and are found faster than among all those of
the tables.
"""
_LIMIT = 200_000


def class_of(word: str) -> str:
    """The class of a word or mark. It must not hang on what was met before, so it is told from `_LISTED`, the tables, alone."""
    found = _MET.get(word)
    if found is None:
        found = _LISTED.get(word) or classify(word, _LISTED)
        if len(_MET) < _LIMIT:
            _MET[word] = found
    return found


def classify(token: str, known: dict[str, str]) -> str:
    """The class of a token that `known`, the words of the tables in small letters, does not list as it stands."""
    first = token[0]
    if not first.isalpha():
        return "l"  # numbers, and contracted endings that are not listed
    lower = token.lower()
    if lower == token:
        return "j" if token.endswith("ly") and len(token) > 4 and token not in _LY_NOUNS else "l"
    known_as = known.get(lower)
    if known_as is None:
        return "N" if first.isupper() and (len(token) == 1 or token[1:].islower() or not token.isupper()) else "l"
    if known_as in "pqzvro" and token != lower.upper():
        return "K"
    if lower in ("will", "may"):
        return "K"
    return known_as


def _load() -> dict[str, str]:
    listed: dict[str, str] = {}
    for line in (files(__package__) / "verbs.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            form, _, letter = line.partition("\t")
            listed[form] = letter
    for letter, words in [*_WORDS.items(), *_WORDS_LATER.items()]:
        for word in words.split():
            listed[word] = letter
    return listed | {".": ".", "I": "I", ",": ",", "—": "-", QUOTED: "_", LINE_END: "|", WINDOW_END: "#", "'": "l"}


_LISTED = _load()
