"""How people count chapters without digits: the number words of many languages, and the letters of an alphabet story.

Such a line alone proves nothing ("Un", "San"); it is a heading where others go on from it.
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re

_WORDS = """
    un dau tri pedwar pump chwech saith wyth naw deg unarddeg deuddeg tri-ar-ddeg pedwar-ar-ddeg pymtheg
    un dou tri pevar pemp c'hwec'h seizh eizh nav dek
    aon dó trí ceathair cúig sé seacht ocht naoi deich
    aon dà trì ceithir còig sia seachd ochd naoi deich
    un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze
    uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
    um dois três quatro cinco seis sete oito nove dez onze doze
    uno due tre quattro cinque sei sette otto nove dieci undici dodici
    unu doi trei patru cinci șase șapte opt nouă zece
    unus duo tres quattuor quinque sex septem octo novem decem
    primus secundus tertius quartus quintus sextus septimus octavus nonus decimus
    primo secondo terzo quarto quinto sesto settimo ottavo nono decimo
    premier deuxième troisième quatrième cinquième sixième septième
    primero segundo tercero cuarto quinto sexto séptimo octavo
    eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
    een twee drie vier vijf zes zeven acht negen tien elf twaalf
    en to tre fire fem seks syv otte ni ti elleve tolv
    ett två tre fyra fem sex sju åtta nio tio elva tolv
    einn tveir þrír fjórir fimm sex sjö átta níu tíu
    yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen
    egy kettő három négy öt hat hét nyolc kilenc tíz
    jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć
    jedna dva tři čtyři pět šest sedm osm devět deset
    jedan dva tri četiri pet šest sedam osam devet deset
    один два три четыре пять шесть семь восемь девять десять
    один два три чотири п'ять шість сім вісім дев'ять десять
    ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα
    bir iki üç dört beş altı yedi sekiz dokuz on
    bat bi hiru lau bost sei zazpi zortzi bederatzi hamar
    ichi ni san shi go roku shichi hachi kyuu juu
    ichi ni san yon go roku nana hachi kyu ju
    hana dul set net daseot yeoseot ilgop yeodeol ahop yeol
    il i sam sa o yuk chil pal gu sip
    yī èr sān sì wǔ liù qī bā jiǔ shí
    yi er san si wu liu qi ba jiu shi
    satu dua tiga empat lima enam tujuh delapan sembilan sepuluh
    isa dalawa tatlo apat lima anim pito walo siyam sampu
    ek do teen char paanch chhe saat aath nau das
    moja mbili tatu nne tano sita saba nane tisa kumi
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu
    aleph bet gimel dalet he vav zayin chet tet yod
    alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima
    yan tan tethera methera pimp sethera lethera hovera dovera dick
    thing-one thing-two thing-three
    strike-one strike-two strike-three
"""


def _table() -> dict[str, tuple[tuple[int, int], ...]]:
    """Word -> (row, place) for each row of number words that holds it."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row, line in enumerate(line for line in _WORDS.split("\n") if line.strip()):
        for place, word in enumerate(line.split(), start=1):
            found.setdefault(word.replace("-", " "), []).append((row, place))
    return {word: tuple(places) for word, places in found.items()}


_PLACES = _table()
LONGEST = max(map(len, _PLACES)) + 8  # characters of a line, with its ornaments
_TRIM = " \t*_~=-–—<>[](){}#|:•·.+/"
_LETTER = re.compile(
    r"[*_#~ ]{0,6}(?P<letter>[A-Z])[*_]{0,2} (?:is|was|as|are|stands?|means?)(?: \w+){0,2} (?:for|in)\b.{2,70}|[*_#~ ]{0,6}(?P<initial>[A-Z])[*_]{0,2} ?[.:)|=–—-] ?(?P<title>[A-Z][\w'’ -]{2,40})[*_]{0,2}"
)


def number_words(line: str) -> tuple[tuple[int, int], ...]:
    """(row, place) for each way of counting in which a stripped line is a number word; () for any other line."""
    if len(line) > LONGEST:
        return ()
    return _PLACES.get(line.strip(_TRIM).lower().replace("’", "'"), ())


def letter_of(line: str) -> int:
    """The place in the alphabet of a line that goes through it ("B is for Bread", "B: Bread"), or 0."""
    found = _LETTER.fullmatch(line) if len(line) <= 90 else None
    if found is None:
        return 0
    letter = found.group("letter") or found.group("initial")
    if found.group("initial") and not found.group("title").startswith(letter):
        return 0
    return ord(letter) - ord("A") + 1
