"""Counts, chapters and dates as headers state them."""

from __future__ import annotations

import re
from datetime import date

_COUNT = re.compile(
    r"^\D{0,16}?(?P<number>\d{1,3}(?:(?P<sep>[,.'’\u00a0\u202f ])\d{3})(?:(?P=sep)\d{3})*(?!\d)|"
    r"\d+(?:[.,]\d{1,2}(?=\s*[kKтw万萬만]))?)"
    r"\s*(?P<unit>[kK]\b|[kK](?=\+)|тыс\.?|万|萬|만|w(?=\b|字))?"
)


def count_of(text: str) -> int | None:
    """A count, e.g. "7,526", "7.526", "7 526", "12.1k", "~2000", "about 3k", "2300 words"; None where there is none.

    A dot followed by anything but groups of three digits is a decimal, which only "k" may follow.
    """
    value = text.strip()
    if len(value) > 60:
        return None
    found = _COUNT.match(value)
    if found is None:
        return None
    if found.group("sep"):
        number = float(int(re.sub(r"\D", "", found.group("number"))))
    else:
        number = float(found.group("number").replace(",", "."))
        if value[found.end("number") :][:1] in (".", ",") and value[found.end("number") + 1 :][:1].isdigit():
            return None
    unit = (found.group("unit") or "").casefold()
    if unit:
        number *= 10_000 if unit in ("万", "萬", "만", "w") else 1000
    return round(number) if number < 1e10 else None


_OTHER_UNITS = re.compile(
    r"\b(?:pages?|pgs?|pp|страниц\w*|стр|seiten?|páginas?|pagine|stron\w*|chapters?|parts?|kb|minutes?|min)\b|页|頁|ページ|쪽",
    re.IGNORECASE,
)
_WORD_UNITS = re.compile(r"\b(?:words?|wds?|palabras|palavras|mots|wörter|parole|слов\w*|słów|słowa)\b|字|글자", re.IGNORECASE)


def words_of(text: str) -> int | None:
    """The number of words that the value of "Words", "Length" or "Размер" states: "about 3k", "мини, 600 слов"; not pages."""
    if _OTHER_UNITS.search(text[:80]) and not _WORD_UNITS.search(text[:80]):
        return None
    return count_of(text)


_CHAPTERS = re.compile(
    r"^\D{0,16}?(\d{1,5})\s*(?:(?:/|of|из|de|von|di|z)\s*(\d{1,5}|\?+|x|xx|tbd|unknown))?(?![\d.])", re.IGNORECASE
)


def chapters_of(text: str) -> tuple[int | None, int | None]:
    """Posted and planned chapters: "3/10" is (3, 10), "3/?" is (3, None), "12" is (12, None); (None, None) else."""
    found = _CHAPTERS.match(text.strip()[:60])
    if found is None:
        return None, None
    total = found.group(2)
    return int(found.group(1)), int(total) if total and total.isdigit() else None


_MONTHS: dict[str, int] = {}
for _names in (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
):
    for _number, _name in enumerate(_names.split(), start=1):
        _MONTHS.setdefault(_name, _number)
_MONTHS["sept"] = 9
_MONTHS["jänner"] = 1
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_HAN_DATE = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º|°)?\s*[- ]?\s*(?:of |de |di |"
    r"d['’])?\s*([^\W\d_]{3,12})\.?,?\s*[- ]?(?:de |of |del )?\s*(\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_US_SITES = frozenset(("ffn", "fictionpress"))


def _day(year: int, month: int, day: int) -> date | None:
    if not 1960 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_of(text: str, site: str | None = None) -> date | None:
    """The day that a value states, where that is certain; None for relative, yearless and ambiguous ones.

    `12/10/2015` is read month first on FanFiction.net and FictionPress, with dots day first, else only where one of the
    numbers is above 12 or both are equal. Two-digit years are of 1970 to 2069.
    """
    value = text.strip()[:80]
    found = _ISO.search(value) or _HAN_DATE.search(value)
    if found:
        return _day(*(int(part) for part in found.groups()))
    found = _DAY_MONTH.search(value)
    if found and found.group(2).casefold() in _MONTHS:
        return _day(int(found.group(3)), _MONTHS[found.group(2).casefold()], int(found.group(1)))
    found = _MONTH_DAY.search(value)
    if found and found.group(1).casefold() in _MONTHS:
        return _day(int(found.group(3)), _MONTHS[found.group(1).casefold()], int(found.group(2)))
    found = _NUMERIC.search(value)
    if found is None:
        return None
    first, mark, second, written = found.groups()
    one, two, year = int(first), int(second), int(written)
    if len(written) == 2:
        year += 1900 if year >= 70 else 2000
    if site in _US_SITES and mark != ".":
        return _day(year, one, two)
    if mark == "." or one > 12 or one == two:
        return _day(year, two, one)
    if two > 12:
        return _day(year, one, two)
    return None
