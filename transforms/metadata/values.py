"""Values of header fields: closed vocabularies (ratings, categories, warnings, statuses, languages), numbers, dates, lists.

Whole tokens are looked up in tables, never prefixes ("Teddy bears" is no Teen). What a table does not know is None.
Sources of the vocabularies: the sites' own tag lists and forms, as docs/metadata.md says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from transforms.metadata.fandoms import FANDOMS


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as stated, the system it is of (None where the letter alone does not tell), its level on one scale.

    `level` is "general", "teen", "mature", "explicit" or "not_rated"; None where the systems disagree.
    """

    stated: str
    system: str | None
    level: str | None


# system | level | ratings. A letter that several systems have stands with the system "-".
_RATINGS = """
ao3 | not_rated | not rated
ao3 | general | general audiences
ao3 | teen | teen and up audiences; teen & up audiences; teen and up
ao3 | mature | mature audiences
ao3 | explicit | explicit
- | general | g; general; all ages; everyone; k
- | teen | t; teen; teens
- | mature | m; mature; r
- | explicit | e; adult; adults only; adult only; x; xxx; smut; 18+; 18; +18; 18 anos; 18 años; r18; r-18; r 18; r-18+
- | not_rated | unrated; nr; none
ffn | general | k+; k plus; k +
ffn | explicit | ma
mpaa | general | pg
mpaa | teen | pg-13; pg13; pg 13; pg-15; pg15
mpaa | explicit | nc-17; nc17; nc 17; nc-18; nc18
mpaa | mature | hard r; soft r; strong r; light r; r-rated
fr | general | frc; frk; frcs; fr7; fr-7
fr | teen | frt; frt-13; fr13; fr-13; frt13; frt+; fryt
fr | mature | frm; fr-m; frm-15
fr | explicit | frao; fr18; fr-18; frnc-17
ficbook | explicit | nc-21; nc21
fanfiktion | general | p6
fanfiktion | teen | p12
fanfiktion | mature | p16
fanfiktion | explicit | p18; p18 avl; p18-avl
efp | general | verde
efp | teen | giallo
efp | mature | arancione
efp | explicit | rosso
- | general | 6; 10; 10 anos; 6 años; livre; tous publics; para todos los públicos; all audiences; 全年龄; 全年齡; 全年齢; 全年齢対象; 전체관람가; 전체이용가; 전체; p
- | teen | adolescentes y adultos; adolescente; t+; 12; 13; 14; 12 anos; 14 anos; 12 años; 12+; 13+; 14+; 12세; r-15; r15; 15금; 13금; 清水
- | mature | 16; 17; 16 anos; 16 años; 16+; 17+; maduro; adulto
- | explicit | 成人; 限制级; 限制級; 19금; 19세; 성인; 18금; 18禁; explícito; explicite; explizit
"""  # noqa: E501


def _table(text: str) -> dict[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    for row in text.strip().splitlines():
        *cells, names = (cell.strip() for cell in row.split("|"))
        for name in names.split(";"):
            rows[name.strip()] = tuple(cells)
    return rows


_RATING = _table(_RATINGS)
_BARE_RATINGS = frozenset("g t m e k r x".split())  # one letter proves something only in a place where a rating may stand
_FFN_ONLY = {"k": "general", "k+": "general", "t": "teen", "m": "mature", "ma": "explicit"}
_AO3_ONLY = {"g": "general", "t": "teen", "m": "mature", "e": "explicit", "mature": "mature", "explicit": "explicit"}
_FICBOOK_ONLY = {"g": "general", "pg-13": "teen", "r": "mature", "nc-17": "explicit", "nc-21": "explicit"}
_SITE_RATINGS = {"ffn": _FFN_ONLY, "fictionpress": _FFN_ONLY, "ao3": _AO3_ONLY, "ficbook": _FICBOOK_ONLY}

_FICTION = re.compile(r"^(?:fiction|rated|rating)\s*[:\-]?\s*(?:rated\s*[:\-]?\s*)?(?:fiction\s+)?", re.IGNORECASE)
_RATING_REST = re.compile(
    r"\s*(?:[(\[,;/~!]|[-–—]+\s|\.{1,3}(?:\s|$)|\b(?:for|due|because|just|to be|with|bc|b/c|in later|later|this|overall|and|as|at|i|so)\b|para\b|por\b|für\b|wegen\b|за\b)",
    re.IGNORECASE,
)


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("–", "-").replace("‑", "-").casefold().split())


def rating(text: str, site: str | None = None) -> Rating | None:
    """The rating that a value states, e.g. "Fiction T", "[PG]", "R, for language", "Teen And Up Audiences".

    `stated` is the rating's own words without brackets and without what follows ("for language"). `site` tells which system
    a letter is of. None for what is not a rating.
    """
    value = text.strip().strip("[](){}<>*_~ \t.\"'“”")
    fiction = _FICTION.match(value)
    system_hint = site
    if fiction and fiction.end() and fiction.group().casefold().startswith("fiction"):
        system_hint = site or "ffn"
    if fiction:
        value = value[fiction.end() :].strip().strip("[](){}*_~ ")
    found = _rating(value, system_hint)
    if found is not None:
        return found
    # Longest first word group that is a rating and is followed by a comment.
    limit = min(len(value), 60)
    best: Rating | None = None
    for at in range(1, limit):
        rest = _RATING_REST.match(value, at)
        if rest is None:
            continue
        found = _rating(value[:at].strip(), system_hint)
        if found is None:
            continue
        tail = value[at:].lstrip()
        if tail[:1] == "/" and _rating(tail[1:].split(" ")[0].strip("()[],."), system_hint) is not None:
            return Rating(value.strip(), None, None)  # a range: both are stated
        best = found
    return best


def _rating(value: str, site: str | None) -> Rating | None:
    folded = _folded(value)
    row = _RATING.get(folded)
    if row is None:
        return None
    system, level = row
    known = _SITE_RATINGS.get(site or "")
    if known is not None and folded in known:
        return Rating(value, site, known[folded])
    return Rating(value, None if system == "-" else system, level)


def is_rating_line(text: str) -> bool:
    """Whether a whole line is a rating and nothing else, as in headers without labels ("T", "General Audiences", "PG-13")."""
    value = text.strip().strip("[]()*_ ")
    folded = _folded(value)
    if folded in _BARE_RATINGS or folded == "pg":
        return value.isupper()
    if folded.isdigit() or folded in (
        "general",
        "teen",
        "teens",
        "adult",
        "none",
        "18",
        "everyone",
        "p",
        "smut",
        "adulto",
        "adolescente",
        "rosso",
        "verde",
    ):
        return False
    return folded in _RATING


# Shown spelling of a category | its names.
_CATEGORIES = frozenset(
    _folded(name)
    for name in (
        "gen;f/m;m/m;f/f;multi;other;m/f;het;slash;femslash;femmeslash;fem-slash;f/f/m;m/m/f;m/m/m;f/f/f;f/m/m;m/f/m;f/m/f;"
        "no category;poly;general;none;gen fic;genfic;"
        "джен;гет;слэш;слеш;фемслэш;фемслеш;смешанная;другие виды отношений;другие;статья;"
        "言情;耽美;百合;bl;gl;bg;gb;無cp;无cp;女性向;男性向;男女;夢;夢小説"
    ).split(";")
)
_CATEGORY_LINE = frozenset(
    "gen f/m m/m f/f multi m/f f/f/m m/m/f f/m/m f/m/f m/f/m het slash femslash джен гет слэш фемслэш".split()
)


def category(text: str) -> str | None:
    """The category (Gen, F/F, het, слэш ...) that a value is, as stated; None for anything else."""
    value = text.strip().strip("[]()*_ .")
    return value if _folded(value) in _CATEGORIES else None


def is_category_line(text: str) -> bool:
    """Whether a whole line is one or more categories, comma separated, as in headers without labels."""
    pieces = [piece for piece in re.split(r"\s*[,;|]\s*", text.strip().strip("*_ ")) if piece]
    return 0 < len(pieces) <= 6 and all(_folded(piece) in _CATEGORY_LINE for piece in pieces)


_WARNINGS = {
    _folded(name): shown
    for shown, names in {
        "Creator Chose Not To Use Archive Warnings": "creator chose not to use archive warnings;choose not to use archive warnings;"
        "chose not to use archive warnings;author chose not to use archive warnings;chooses not to use archive warnings;cntw;cnaw",
        "No Archive Warnings Apply": "no archive warnings apply;no archive warning applies;no archive warnings;"
        "no warnings apply;no archive warning apply;nawa",
        "Graphic Depictions Of Violence": "graphic depictions of violence;graphic depiction of violence",
        "Major Character Death": "major character death;major character deaths",
        "Rape/Non-Con": "rape/non-con;rape/noncon;rape/non-consensual",
        "Underage Sex": "underage sex;underage",
    }.items()
    for name in names.split(";")
}


def warning(text: str) -> str | None:
    """The archive warning (AO3's six) that a value is, as stated; None for free words of warning."""
    value = text.strip().strip("[]()*_ .")
    return value if _folded(value) in _WARNINGS else None


_STATUSES = {
    _folded(name): status
    for status, names in {
        "complete": "complete;completed;completed work;finished;done;complete work;one-shot;oneshot;one shot;complete!;yes;"
        "completo;completa;completado;completada;terminado;terminada;finalizado;finalizada;concluído;concluída;concluido;concluida;"
        "terminé;terminée;complet;complète;finie;fini;abgeschlossen;fertig;fertiggestellt;beendet;conclusa;concluso;"
        "завершён;завершен;завершено;завершена;закончен;закончено;закончена;полностью;"
        "zakończone;zakończony;ukończone;skończone;完结;完結;已完结;已完結;完;完了;全文完;完成;已完成;완결;완료;단편 완결;complete (finished)",
        "in_progress": "in progress;in-progress;inprogress;wip;work in progress;work-in-progress;ongoing;incomplete;unfinished;"
        "not complete;not completed;not finished;no;hiatus;on hiatus;abandoned;discontinued;dropped;to be continued;tbc;updating;"
        "en progreso;en proceso;en curso;incompleta;incompleto;sin terminar;em andamento;em progresso;em hiato;incompleto;"
        "en cours;en cours d'écriture;in arbeit;laufend;unvollendet;pausiert;pausierend;abgebrochen;in corso;incompiuta;sospesa;"
        "в процессе;в работе;не завершён;не завершен;заморожен;заморожено;пишется;заброшен;"
        "w trakcie;niezakończone;nieukończone;w toku;zawieszone;连载;连载中;連載;連載中;更新中;未完;未完结;未完結;坑;"
        "연재;연재중;연재 중;미완;미완결;휴재;stub;inactive",
    }.items()
    for name in names.split(";")
}
_STATUS_LINE = frozenset(
    "complete;completed;complete work;wip;in progress;in-progress;work in progress;incomplete;ongoing;завершен;в процессе;完结;完結;已完结;连载中;連載中;완결;연재중".split(
        ";"
    )
)


def status_of(text: str) -> str | None:
    """ "complete" or "in_progress" for a stated status in any of the languages, e.g. "Completed", "WIP", "в процессе"."""
    value = _folded(text.replace("ё", "е")).strip("[]()*_~ .!")
    found = _STATUSES.get(value) or _STATUSES.get(_folded(text).strip("[]()*_~ .!"))
    if found is None:
        head = re.split(r"\s*[(,;.!~–—]|\s+-\s", value, maxsplit=1)[0].strip()
        found = _STATUSES.get(head) if head != value and head not in ("yes", "no") else None
    return found


def is_status_line(text: str) -> bool:
    """Whether a whole line is a status and nothing else."""
    return _folded(text.replace("ё", "е")).strip("[]()*_~ .!") in _STATUS_LINE


_LANGUAGES = frozenset(
    _folded(name)
    for name in (
        "English;Español;Spanish;Castellano;Français;French;Deutsch;German;Italiano;Italian;Português;Portuguese;"
        "Português brasileiro;Português europeu;Brazilian Portuguese;Русский;Russian;Українська;Ukrainian;Polski;Polish;"
        "Nederlands;Dutch;Svenska;Swedish;Norsk;Norwegian;Dansk;Danish;Suomi;Finnish;Čeština;Czech;Magyar;Hungarian;Română;"
        "Romanian;Ελληνικά;Greek;Türkçe;Turkish;العربية;Arabic;עברית;Hebrew;فارسی;Persian;Farsi;हिन्दी;Hindi;বাংলা;Bengali;"
        "Bahasa Indonesia;Indonesian;Bahasa Malaysia;Malay;Filipino;Tagalog;Tiếng Việt;Vietnamese;ไทย;Thai;"
        "中文;中文-普通话 國語;中文-广东话 粵語;中文-普通话;简体中文;繁體中文;Chinese;Mandarin;Cantonese;日本語;Japanese;한국어;"
        "Korean;Català;Catalan;Galego;Galician;Euskara;Basque;Esperanto;Latin;Lingua latina;Cymraeg;Welsh;Gaeilge;Irish;"
        "Íslenska;Icelandic;Hrvatski;Croatian;Srpski;Српски;Serbian;Slovenčina;Slovak;Slovenščina;Slovenian;Български;"
        "Bulgarian;Lietuvių;Lithuanian;Latviešu;Latvian;Eesti;Estonian;Shqip;Albanian;Беларуская;Afrikaans;"
        "en;es;fr;de;it;pt;ru;pl;zh;ja;ko;en-us;en-gb;pt-br;英文;英语;日语;日文;韩语;英語;英語版;английский;русский язык;inglés;inglês;anglais;englisch;inglese"
    ).split(";")
)


def language_of(text: str) -> str | None:
    """The language that a value names, as stated (endonyms, English names, codes); None for what is no language's name."""
    value = text.strip().strip("[]()*_ .")
    return value if _folded(value) in _LANGUAGES else None


GENRES = frozenset(
    "adventure angst crime drama family fantasy friendship general horror humor hurt/comfort mystery parody poetry romance sci-fi "
    "spiritual supernatural suspense tragedy western".split()
)
"""FanFiction.net's 21 genres, lower case."""


def genres_of(text: str) -> tuple[str, ...] | None:
    """FanFiction.net genres joined by "/" ("Hurt/Comfort/Drama"); None if any part is not one of the 21."""
    parts = text.strip().casefold().replace("hurt/comfort", "hurt&comfort").split("/")
    names = tuple(part.strip().replace("hurt&comfort", "hurt/comfort") for part in parts)
    return names if all(name in GENRES for name in names) else None


# Numbers ------------------------------------------------------------------------------------------------------------------

_COUNT = re.compile(
    r"^\D{0,16}?(?P<number>\d{1,3}(?:(?P<sep>[,.'’\u00a0\u202f ])\d{3})(?:(?P=sep)\d{3})*(?!\d)|\d+(?:[.,]\d{1,2}(?=\s*[kKтw万萬만]))?)"
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
    return int(round(number)) if number < 1e10 else None


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


# Dates --------------------------------------------------------------------------------------------------------------------

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
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º|°)?\s*[- ]?\s*(?:of |de |di |d['’])?\s*([^\W\d_]{3,12})\.?,?\s*[- ]?(?:de |of |del )?\s*(\d{4})(?!\d)"
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


# Fandoms and lists --------------------------------------------------------------------------------------------------------

_FANDOM_SUFFIX = re.compile(
    r"(?:\((?:tv|tv \d{4}|bbc|us|uk|cartoon|cartoons|anime|anime & manga|manga|movies?|films?|comics?|video games?|videogame|game|podcast|"
    r"books?|book series|novels?|webcomic|web series|musical|band|\d{4}|tv \d{4}-\d{4}|movie \d{4}|disney movies?|[\w .'-]{2,30} movies|"
    r"roleplaying game|visual novel|web serial|podcast)\)|"
    r"- all media types| & related fandoms|- ambiguous fandom|\bseries - [^\W\d_][\w .&'’-]{3,50}| - (?:[^\W\d_]\. ?){1,3}[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?|"
    r"\bRPF\b| - fandom)\s*$",
    re.IGNORECASE,
)


def _bare_fandom(text: str) -> str:
    folded = _folded(text).strip("*_~[](){}\"'“” ")
    return folded.removeprefix("the ") if folded not in FANDOMS else folded


def is_known_fandom(text: str) -> bool:
    """Whether a text is the name (or a usual short name) of one of the large fandoms."""
    folded = _folded(text).strip('*_~[]{}"“”. ')
    return folded in FANDOMS or folded.removeprefix("the ") in FANDOMS


def is_fandom_like(text: str) -> bool:
    """Whether a line can hardly be anything but a fandom: "The 100 (TV)", "Naruto", "X - All Media Types", "Y - J. K. Rowling".

    Knows the spellings of the archives and the names of the large fandoms; says False for a fandom nobody heard of.
    """
    value = text.strip()
    if not value or len(value) > 160:
        return False
    return is_known_fandom(value) or bool(_FANDOM_SUFFIX.search(value)) or _is_fandom_list(value)


def _is_fandom_list(value: str) -> bool:
    pieces = [piece for piece in re.split(r"\s*[,;]\s+|\s+[/x+&]\s+|\s+\|\s+", value) if piece]
    return 1 < len(pieces) <= 6 and all(is_known_fandom(piece) or _FANDOM_SUFFIX.search(piece) for piece in pieces)


_OPEN, _CLOSE = "([{（【", ")]}）】"


def _split_outside(value: str, separators: str) -> list[str]:
    """Pieces of `value` between separator characters that stand outside brackets and quotes."""
    pieces, depth, quoted, start = [], 0, False, 0
    for at, char in enumerate(value):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in '"“”':
            quoted = char == "“" or (char == '"' and not quoted)
        elif char in separators and not depth and not quoted:
            if char == "," and value[at + 1 : at + 2].isdigit() and value[at - 1 : at].isdigit():
                continue  # "7,526"
            pieces.append(value[start:at])
            start = at + 1
    pieces.append(value[start:])
    return [piece.strip(" \t\n\u3000\xa0") for piece in pieces if piece.strip(" \t\n\u3000\xa0")]


_NOTHING = frozenset(
    (
        "none",
        "null",
        "n/a",
        "na",
        "-",
        "--",
        "—",
        "nil",
        "tba",
        "tbd",
        "нет",
        "ninguno",
        "ninguna",
        "keine",
        "aucun",
        "无",
        "なし",
        "없음",
    )
)
_PAIR_SIGN = re.compile(r"/|&|\s[x×+]\s|\S[×＋]\S|\bx\b")
_AND = re.compile(r"\s+(?:and|und|et|y|e|и|i)\s+")
_LEADING_AND = re.compile(r"^(?:and|&|und|et|y)\s+(?=\S)")
_ADDRESS = re.compile(r"\s*[<(\[]?\s*[\w.+-]+(?:@| at | \(at\) |\[at\])[\w-]+(?:(?:\.| dot )[\w-]+)+\s*[>)\]]?")
_PROFILE = re.compile(r"^\[(?:[\w.]+ )?(?:profile|info|personal profile|livejournal\.com profile)\]\s*|^\[info\]", re.IGNORECASE)


def split_list(field: str, value: str, site: str | None = None) -> tuple[str, ...]:
    """The items of a list field, split where the source says how; order kept, doubles dropped, "None" and "N/A" nothing.

    Commas and semicolons outside brackets and quotes separate tags, characters, relationships, warnings and categories; the
    research says that tags may contain commas, so a split list from a text header is the likely reading, and the raw value
    stays in `Metadata.stated`. A fandom that is known as a whole ("Yes, Prime Minister") is not split. Relationships are
    split only between pairings: "/" and "&" stay inside. FanFiction.net's "[A, B] C" is read by the caller.
    """
    text = " ".join(value.split()).strip().strip("*_")
    if not text or _folded(text) in _NOTHING:
        return ()
    if field == "authors":
        items = _authors(text)
    elif field == "fandoms":
        items = [text] if is_known_fandom(text) else _fandoms(text)
    elif field == "relationships":
        items = _relationships(text)
    elif field == "categories":
        items = _split_outside(text, ",;，、；|")
        if len(items) == 1 and _folded(items[0]) not in _CATEGORIES and _AND.search(items[0]):
            items = _AND.split(items[0])
    elif field == "tags":
        items = _tags(text)
    elif field == "characters":
        items = _characters(text)
    else:
        items = _split_outside(text, ",;，、；")
    seen: dict[str, str] = {}
    for item in items:
        item = item.strip(" ,;")
        if item and _folded(item) not in _NOTHING:
            seen.setdefault(_folded(item), item)
    return tuple(seen.values())


def _authors(text: str) -> list[str]:
    text = _ADDRESS.sub("", _PROFILE.sub("", text)).strip() or text
    items = [text] if "(" in text and ")," not in text else _split_outside(text, ",;，、；")
    return [piece.strip().removeprefix("by ").strip() for item in items for piece in re.split(r"\s+&\s+", item)]


def _fandoms(text: str) -> list[str]:
    pieces = _split_outside(text, ",;，、；")
    if (
        len(pieces) > 1
        and any(piece[:1].islower() for piece in pieces[1:])
        and not any(piece[:1].islower() for piece in pieces[:1])
    ):
        pieces = [text]  # "Tinker, tailor, soldier": a comma inside a name
    out: list[str] = []
    for piece in pieces:
        parts = [part for part in re.split(r"\s+[/x+]\s+|\s*/\s*", piece) if part]
        out += parts if len(parts) > 1 and all(is_fandom_like(part) for part in parts) else [piece]
    return [re.sub(r"\s+(?:crossover|xover)$", "", piece, flags=re.IGNORECASE) for piece in out]


def _relationships(text: str) -> list[str]:
    pieces = _split_outside(text, ",;，、；")
    if len(pieces) > 1 and not all(_PAIR_SIGN.search(piece) for piece in pieces) and _PAIR_SIGN.search(pieces[-1]):
        # "Arthur, Merlin & Gwaine" is one group; "Clexa, Octavia/Lincoln" two pairings, the first a portmanteau.
        plain = [piece for piece in pieces if not _PAIR_SIGN.search(piece)]
        if "&" in pieces[-1] and len(plain) == len(pieces) - 1 and len(pieces) > 2:
            return [text]
    return [_LEADING_AND.sub("", piece) for piece in pieces]


def _characters(text: str) -> list[str]:
    pieces = _split_outside(text, ",;，、；")
    if len(pieces) > 1:
        last = _AND.split(pieces[-1])
        if len(last) == 2 and all(len(part.split()) <= 3 and part[:1].isupper() for part in last):
            pieces[-1:] = last
        pieces[-1] = _LEADING_AND.sub("", pieces[-1])
    return pieces


def _tags(text: str) -> list[str]:
    if text.startswith("#") and text.count("#") > 1 or text.startswith("#") and "," not in text:
        return [piece.strip(" ,;") for piece in text.split("#") if piece.strip(" ,;")]
    return [piece.removeprefix("#") for piece in _split_outside(text, ",;，、；|")]


_COMMON_WORDS = frozenset(
    "lost friends heroes house bones castle angel charmed emma eureka brave frozen six cats community psych monk scandal suits skins "
    "persona portal hades holes given queen bleach free! wicked twice seventeen guardian heathers rent ward worm dune foundation arrow titans "
    "wednesday newsies misfits grimm elementary hercules highlander legacies warriors leverage timeless victoria disney angel er got hp sw cm ent "
    "dc avatar merlin sherlock hannibal lucifer loki thor deadpool venom runaways fringe voyager enterprise serenity dracula hamlet macbeth brave "
    "inception labyrinth descendants community glee buffy daredevil halo kirby diablo among us heartstopper cats bible the bible encore fallout".split()
)


def fandom_weight(text: str) -> float:
    """What a line that is a fandom proves: much with an archive's suffix, little where the name is an ordinary word."""
    value = text.strip()
    if _FANDOM_SUFFIX.search(value) or _is_fandom_list(value):
        return 1.25
    folded = _folded(value).strip('*_~[]{}"“”. ')
    return 0.5 if folded.removeprefix("the ") in _COMMON_WORDS else 1.0
