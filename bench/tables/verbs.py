#!/usr/bin/env python3
"""Make transforms/narration/verbs.tsv, the table of English verb forms, from the inflection data of lemminflect (MIT licence).

usage: verbs.py [OUT]      (needs `pip install lemminflect==0.2.3`; not a dependency of the project)

One line a form: the form, a tab, its class, one letter:

    p  past, nothing else (went, took)           q  past and participle alike (said, walked)
    r  base and past alike (put, read)           z  third person singular present (walks)
    v  base (walk)                               n  participle only (gone)
    g  -ing form                                 j  adverb in -ly (so that Sally and Kelly are none)

A form that is the past of one verb and the base of another (fell, saw, found, lay, left, felt, wound) counts as past: in
narration that reading is by far the more common. Forms that the source lacks are added in SUPPLEMENT.
"""

import csv
import gzip
import sys
from importlib.util import find_spec
from pathlib import Path

HEADER = """\
# English verb forms, each with its class; made by bench/tables/verbs.py from the data of lemminflect 0.2.3.
# lemminflect: Copyright (c) 2019 Brad Jascob, MIT licence; its word list goes back to the NIH SPECIALIST lexicon.
"""

# Forms a fiction reader meets that the source does not list. Regular verbs by their base.
_MODERN = """
text deadpan quirk facepalm snark apparate disapparate headbutt facepalm fistbump handwave insta photobomb side-eye sext
retcon glomp squee rizz vape google facetime skype tase tweet unfriend multitask fangirl fanboy smooch snuggle scooch
skitter schlep shush tsk hmph harrumph whump thunk clomp chuff chirrup huff snicker snigger smirk quip gulp
"""
REGULAR = _MODERN.split()
SUPPLEMENT = {
    "snuck": "q", "drug": "v", "leapt": "q", "knelt": "q", "dreamt": "q", "lit": "q", "pled": "q", "shat": "q", "spat": "q",
    "strode": "p", "slunk": "q", "clad": "n", "smote": "p", "smitten": "n", "slew": "p", "bade": "p", "bid": "r", "wove": "p",
    "hove": "p", "clove": "p", "woke": "p", "awoke": "p", "trod": "p", "spake": "p", "quoth": "p", "durst": "p",
    "wet": "r", "shit": "r", "ran": "p", "resent": "v", "plead": "v", "rebound": "v",
    "sat": "q", "stood": "q", "lain": "n", "lay": "p", "hung": "q", "dove": "p",
}  # fmt: skip
# Verbs whose past is their base.
_SAME = """
beat beset bet bid broadcast browbeat burst cast cost cut fit forecast hit hurt input knit let misread offset outbid
output overcast proofread put quit read recast reread reset rid set shed shut slit spit split spread sublet sweat thrust
typeset undercut upset wed wet
"""

# Function words and names that the source lists as rare verbs: classes.py knows them as what they are.
_OTHER_WORDS = """
a an the in on off out up down over under by to of for and or but nor so then than that this these those there here is
are am was were be been being has have having had do does did doing done can could will would shall should may might
must ought need dare one two three four five six seven eight nine ten first second last any many more most other another
such same own like near past while before after along above below behind between beyond even ever never not no yes only
just very well still yet once through back upon aye oh ah hey eh um i me my he she it they them his her hers its we us
our you your who what which when where why how if as at with from into crew stove staid torpedoes joyriding input output
mr mrs
harry peter jack bob josh nick frank lance jimmy carol pierce jerry mike eddy hector bill
"""
NOT_VERBS = set(_OTHER_WORDS.split())  # fmt: skip


def regular(base: str) -> tuple[str, str, str]:
    """Third person, past and -ing form of a regular verb."""
    if base.endswith("e"):
        return base + "s", base + "d", base[:-1] + "ing"
    if base.endswith(("s", "sh", "ch", "x", "z")):
        return base + "es", base + "ed", base + "ing"
    double = base + base[-1] if base in {"quip", "deadpan", "retcon", "glom", "unfit"} else base
    return base + "s", double + "ed", double + "ing"


def main(out: Path) -> None:
    spec = find_spec("lemminflect")
    if spec is None or spec.origin is None:
        sys.exit("lemminflect is not installed: pip install lemminflect==0.2.3")
    source = Path(spec.origin).parent / "resources" / "infl_lu.csv.gz"
    bases, pasts, participles, thirds, ings = set(), set(), set(), set(), set()
    adverbs = set()

    def forms(cell: str) -> list[str]:
        return [form for form in cell.split("/") if form.isascii() and form.isalpha() and form.islower()]

    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for row in csv.reader(lines):
            if row[1] == "adv" and row[0].endswith("ly") and row[0].isalpha() and row[0].islower():
                adverbs.add(row[0])
            if row[1] != "verb" or not (row[0].isascii() and row[0].isalpha() and row[0].islower()):
                continue
            past, participle, ing, third = row[2:6]
            bases.add(row[0])
            pasts.update(forms(past))
            participles.update(forms(participle or past))
            ings.update(forms(ing))
            thirds.update(forms(third))
    for base in REGULAR:
        if base.isalpha():
            third, past, ing = regular(base)
            bases.add(base), thirds.add(third), pasts.add(past), participles.add(past), ings.add(ing)

    same = set(_SAME.split())
    table = {}
    for form in bases | pasts | participles | thirds | ings:
        if form in NOT_VERBS:
            continue
        if form in pasts and form in bases and form in same:
            table[form] = "r"
        elif form in pasts:
            table[form] = "q" if form in participles else "p"
        elif form in bases:
            table[form] = "v"
        elif form in thirds:
            table[form] = "z"
        elif form in participles:
            table[form] = "n"
        else:
            table[form] = "g"
    # `come`, `become`, `run`: base and participle alike, past different; the base is what a subject tells apart.
    table |= SUPPLEMENT
    table |= {adverb: "j" for adverb in sorted(adverbs) if adverb not in table}
    out.write_text(HEADER + "".join(f"{form}\t{table[form]}\n" for form in sorted(table)), encoding="utf-8", newline="\n")
    print(f"{len(table)} forms -> {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "transforms" / "narration" / "verbs.tsv")
