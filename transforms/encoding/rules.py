"""Every rule by the name it is recorded under, with an example and with what makes it wrong: for the documentation and
`explain`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from transforms.encoding import confusions, invisible, leftovers, lost, mojibake


@dataclass(frozen=True, slots=True)
class Rule:
    """What a name in `Repair.rule` stands for.

    `damaged` becomes `repaired` by this rule (and at times by others that it makes possible); both are complete texts. The
    docstring of `find` says more.
    """

    name: str
    find: Callable
    about: str
    damaged: str
    repaired: str
    wrong_when: str
    counts: str = "places"


def _read_as(name: str, seen: str, damaged: str, repaired: str) -> Rule:
    return Rule(
        f"utf8_as_{name}",
        mojibake.find_mojibake,
        f"UTF-8 that was read as {seen} (ftfy), once for each time it was.",
        damaged,
        repaired,
        "a text shows mojibake on purpose, and not the way `find_mentions` knows",
        "lines",
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "line_breaks",
        invisible.find_line_breaks,
        "CRLF, CR, and Unicode's line and paragraph separators become LF.",
        "He ran.\r\nShe did not.",
        "He ran.\nShe did not.",
        "a carriage return was meant to type over the line",
    ),
    Rule(
        "surrogates",
        invisible.find_surrogates,
        "Halves of UTF-16 pairs are joined; a lone one becomes U+FFFD.",
        "Good night \ud83c\udf19",
        "Good night \U0001f319",
        "never: they cannot be written in UTF-8",
    ),
    Rule(
        "terminal_escapes",
        invisible.find_controls,
        "Colours and other commands to a terminal are taken out.",
        "\x1b[1mPart Two\x1b[0m",
        "Part Two",
        "a story quotes them raw",
    ),
    Rule(
        "control_characters",
        invisible.find_controls,
        "ASCII control characters but tab, LF and form feed are taken out, and a few others.",
        "The end.\x00\x00",
        "The end.",
        "a control character stood for a blank",
    ),
    Rule(
        "backslash_escapes",
        leftovers.find_backslash_escapes,
        "Strings of JSON or JavaScript that nobody read.",
        "I didn\\u2019t say \\u201cnever\\u201d.",
        "I didn\u2019t say \u201cnever\u201d.",
        "a text shows such strings on purpose, inside words",
    ),
    Rule(
        "quoted_printable",
        leftovers.find_quoted_printable,
        "Quoted-printable of mail, with its cut lines.",
        "She wouldn=E2=80=99t say whe=\nre.",
        "She wouldn\u2019t say where.",
        "a text shows such escapes on purpose beside real ones",
    ),
    Rule(
        "percent_escapes",
        leftovers.find_percent_escapes,
        "UTF-8 written as in web addresses, outside addresses.",
        "na%C3%AFve, she called it",
        "na\xefve, she called it",
        "an address stands there without host and path",
    ),
    Rule(
        "entities",
        leftovers.find_entities,
        "Character references, escaped once or more, also without semicolon.",
        "They&#8217;re late &amp;mdash; again.",
        "They\u2019re late \u2014 again.",
        "a text shows references on purpose and has real ones too",
    ),
    Rule(
        "lost_closing_quotes",
        lost.find_lost_closing_quotes,
        "Closing quotes of UTF-8 read as cp1252 that lost their last byte.",
        "\xe2\u20ac\u0153Run,\xe2\u20ac? he said.",
        "\u201cRun,\u201d he said.",
        "another character's last byte was cut off too",
    ),
    Rule(
        "straightened_mojibake",
        lost.find_straightened,
        "Dashes of UTF-8 read as cp1252 whose last character was made a straight quote.",
        'It\xe2\u20ac\u2122s late\xe2\u20ac"very late.',
        "It\u2019s late\u2014very late.",
        "an en dash was meant between words",
    ),
    Rule(
        "lost_nbsp",
        lost.find_lost_nbsp,
        "An \xe0 whose no-break space became a space, before punctuation.",
        "Il est l\xc3 , \xc3\xa9tonn\xc3\xa9.",
        "Il est l\xe0, \xe9tonn\xe9.",
        "the text has blanks before its commas",
    ),
    Rule(
        "lowered_mojibake",
        lost.find_lowered,
        "Mojibake that was put into small letters.",
        "the caf\xe3\xa9 was closed",
        "the caf\xe9 was closed",
        "small \xe3 stands before a sign on purpose",
    ),
    Rule(
        "utf8_as_other",
        confusions.find_utf8_as_other,
        "UTF-8 read as a DOS, Cyrillic, Chinese or Japanese page.",
        "I wasn\xd4\xc7\xd6t there, and you know it.",
        "I wasn\u2019t there, and you know it.",
        "a short line is valid UTF-8 by chance",
        "lines",
    ),
    Rule(
        "script_as_latin",
        confusions.find_scripts,
        "Russian, Greek, Chinese, Japanese or Korean in its old encoding, read as cp1252.",
        "Ìàìà ïðèøëà äîìîé ïîçäíî.",
        "Мама пришла домой поздно.",
        "a line of decoration decodes by chance",
        "lines",
    ),
    Rule(
        "page_confusion",
        confusions.find_page_confusions,
        "cp1252 or MacRoman read as each other or as a DOS page.",
        "They didn\xd5t know \xd2him,\xd3 she said.",
        "They didn\u2019t know \u201chim,\u201d she said.",
        "words of another language share the line",
        "lines",
    ),
    Rule(
        "superscript_quotes",
        lost.find_superscripts,
        "Quotes that old Macintosh mailers turned into superscripts.",
        "\xb3I can\xb9t stay,\xb2 he said.",
        "\u201cI can\u2019t stay,\u201d he said.",
        "footnote marks stand where quotes could",
    ),
    Rule(
        "central_european",
        confusions.find_central_european,
        "cp1250 or ISO 8859-2 read as cp1252.",
        "Dziewczyna zapyta\xb3a, czy ksi\xea\xbfyc s\xb3ucha.",
        "Dziewczyna zapyta\u0142a, czy ksi\u0119\u017cyc s\u0142ucha.",
        "real superscripts stand in such a line",
        "lines",
    ),
    _read_as("latin1", "Latin-1", "Ren\xc3\xa9e smiled.", "Ren\xe9e smiled."),
    _read_as("cp1252", "cp1252", "She\xe2\u20ac\u2122s here.", "She\u2019s here."),
    _read_as("cp1251", "cp1251", "She\u0432\u0402\u2122s here.", "She\u2019s here."),
    _read_as("cp1250", "cp1250", "Caf\u0102\u00a9 noir, d\u0102\u00a9j\u0102\u00a0 vu.", "Caf\xe9 noir, d\xe9j\xe0 vu."),
    _read_as("cp1253", "cp1253", "She\u03b2\u20ac\u2122s here.", "She\u2019s here."),
    _read_as("cp1254", "cp1254", "Good night \u011f\u0178\u0152\u2122", "Good night \U0001f319"),
    _read_as("cp1257", "cp1257", "She\u0101\u20ac\u2122s here.", "She\u2019s here."),
    _read_as("latin2", "ISO 8859-2", "Gr\u0102\u015b\u0102\x9fe s\u0102\u017a\u0102\x9f", "Gr\xf6\xdfe s\xfc\xdf"),
    _read_as("mac_roman", "MacRoman", "She\u201a\xc4\xf4s here.", "She\u2019s here."),
    _read_as("cp437", "cp437", "She\u0393\xc7\xd6s here.", "She\u2019s here."),
    Rule(
        "utf8_in_part",
        mojibake.find_mojibake,
        "Mojibake in part of a line (ftfy).",
        "\u201cIt\u2019s Ren\xc3\xa9e, isn\u2019t it\u201d",
        "\u201cIt\u2019s Ren\xe9e, isn\u2019t it\u201d",
        "the sequence was meant",
        "lines",
    ),
    Rule(
        "cp1252_as_latin1",
        mojibake.find_mojibake,
        "C1 controls that are quotes and dashes of cp1252 (ftfy).",
        "don\x92t",
        "don\u2019t",
        "never: nothing else uses them in text",
        "lines",
    ),
    Rule(
        "nfc",
        mojibake.find_mojibake,
        "Letters and their marks are put together (normalization form C).",
        "cafe\u0301",
        "caf\xe9",
        "a text is about combining marks",
        "lines",
    ),
    Rule(
        "stripped_mojibake",
        lost.find_stripped,
        "UTF-8 read as Latin-1 whose control characters were then taken out.",
        "I don\xe2t know who you are, she\xe2d said.",
        "I don\u2019t know who you are, she\u2019d said.",
        "an ellipsis or en dash stood between the words",
    ),
    Rule(
        "replacement_characters",
        lost.find_replacement_characters,
        "Apostrophes and quotes that became U+FFFD.",
        "We couldn\ufffdt find it, and it wasn\ufffdt there.",
        "We couldn\u2019t find it, and it wasn\u2019t there.",
        "an accent was lost before a final s",
    ),
    Rule(
        "question_marks",
        lost.find_question_marks,
        "Apostrophes that became question marks.",
        "I don?t think it was her. Do you?",
        "I don\u2019t think it was her. Do you?",
        "a sentence is glued to what follows its question mark",
    ),
    Rule(
        "ascii_mojibake",
        leftovers.find_ascii_mojibake,
        "Mojibake that a transliterator put into ASCII.",
        "She hadnaEUR(tm)t slept.",
        "She hadn\u2019t slept.",
        "an en dash was meant",
    ),
    Rule(
        "private_use",
        invisible.find_private_use,
        "Bullets and signs of Word's symbol fonts.",
        "\uf0b7 one candle",
        "\u2022 one candle",
        "the text has a private font of its own",
    ),
    Rule(
        "invisible_characters",
        invisible.find_invisible,
        "Zero-width spaces, soft hyphens and the like inside Latin words.",
        "un\xadbe\u200bliev\u2060able",
        "unbelievable",
        "a soft hyphen was put there on purpose",
    ),
)
"""In the order in which they run."""


def table() -> str:
    """The rules as a table in Markdown (docs/encoding.md has it)."""
    rows = ["| rule | what | damaged | repaired | counted | wrong when |", "| --- | --- | --- | --- | --- | --- |"]
    for rule in RULES:
        shown = [_shown(rule.damaged), _shown(rule.repaired)]
        rows.append(f"| `{rule.name}` | {rule.about} | {shown[0]} | {shown[1]} | {rule.counts} | {rule.wrong_when} |")
    return "\n".join(rows) + "\n"


def _shown(text: str) -> str:
    escaped = "".join(c if c.isprintable() and not "\ue000" <= c <= "\uf8ff" else ascii(c)[1:-1] for c in text)
    return "`" + escaped.replace("|", "\\|") + "`"
