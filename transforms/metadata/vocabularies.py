"""Closed vocabularies: categories, archive warnings, statuses, languages, genres. What a table does not know is None."""

from __future__ import annotations

import re

from transforms.metadata.tables import entries, fold

# Shown spelling of a category | its names.
_LONGEST = 200  # characters of a value that can be in a vocabulary

_CATEGORIES = frozenset(
    entries("""
    gen; f/m; m/m; f/f; multi; other; m/f; het; slash; femslash; femmeslash; fem-slash; f/f/m; m/m/f; m/m/m; f/f/f; f/m/m
    m/f/m; f/m/f
    no category; poly; general; none; gen fic; genfic
    джен; гет; слэш; слеш; фемслэш; фемслеш; смешанная; другие виды отношений; другие; статья
    言情; 耽美; 百合; bl; gl; bg; gb; 無cp; 无cp; 女性向; 男性向; 男女; 夢; 夢小説
    """)
)
_CATEGORY_LINE = frozenset(
    entries("gen; f/m; m/m; f/f; multi; m/f; f/f/m; m/m/f; f/m/m; f/m/f; m/f/m; het; slash; femslash; джен; гет; слэш; фемслэш")
)  # what a line by itself may say: "Other" and "None" would prove nothing


def category(text: str) -> str | None:
    """The category (Gen, F/F, het, слэш ...) that a value is, as stated; None for anything else."""
    value = text[:_LONGEST].strip().strip("[]()*_ .")
    return value if fold(value) in _CATEGORIES else None


def is_category_line(text: str) -> bool:
    """Whether a whole line is one or more categories, comma separated, as in headers without labels."""
    pieces = [piece for piece in re.split(r"[,;|]", text[:_LONGEST].strip("*_ ")) if piece.strip()]
    return 0 < len(pieces) <= 6 and all(fold(piece) in _CATEGORY_LINE for piece in pieces)


_WARNINGS = frozenset(
    entries("""
    creator chose not to use archive warnings; choose not to use archive warnings; chose not to use archive warnings
    author chose not to use archive warnings; chooses not to use archive warnings; cntw; cnaw
    no archive warnings apply; no archive warning applies; no archive warnings; no warnings apply; no archive warning apply; nawa
    graphic depictions of violence; graphic depiction of violence
    major character death; major character deaths
    rape/non-con; rape/noncon; rape/non-consensual
    underage sex; underage
    """)
)


def warning(text: str) -> str | None:
    """The archive warning (AO3's six) that a value is, as stated; None for free words of warning."""
    value = text[:_LONGEST].strip().strip("[]()*_ .")
    return value if fold(value) in _WARNINGS else None


_COMPLETE = entries("""
complete; completed; completed work; finished; done; complete work; one-shot; oneshot; one shot; yes; complete (finished)
completo; completa; completado; completada; terminado; terminada; finalizado; finalizada; concluído; concluída; concluido
concluida
terminé; terminée; complet; complète; finie; fini; abgeschlossen; fertig; fertiggestellt; beendet; conclusa; concluso
завершен; завершено; завершена; закончен; закончено; закончена; полностью; zakończone; zakończony; ukończone; skończone
完结; 完結; 已完结; 已完結; 完; 完了; 全文完; 完成; 已完成; 완결; 완료; 단편 완결
""")
_IN_PROGRESS = entries("""
in progress; in-progress; inprogress; in_progress; wip; work in progress; work-in-progress; ongoing; incomplete; unfinished
not complete
not completed; not finished; no; hiatus; on hiatus; abandoned; discontinued; dropped; to be continued; tbc; updating; stub
inactive
en progreso; en proceso; en curso; incompleta; incompleto; sin terminar; em andamento; em progresso; em hiato; en cours
en cours d'écriture; in arbeit; laufend; unvollendet; pausiert; pausierend; abgebrochen; in corso; incompiuta; sospesa
в процессе; в работе; не завершен; заморожен; заморожено; пишется; заброшен; w trakcie; niezakończone; nieukończone; w toku
zawieszone
连载; 连载中; 連載; 連載中; 更新中; 未完; 未完结; 未完結; 坑; 연재; 연재중; 연재 중; 미완; 미완결; 휴재
""")
_STATUSES = dict.fromkeys(_COMPLETE, "complete") | dict.fromkeys(_IN_PROGRESS, "in_progress")
_STATUS_LINE = frozenset(
    entries("""
    complete; completed; complete work; wip; in progress; in-progress; work in progress; incomplete; ongoing; завершен; в процессе
    закончен; заморожен; en curso; en progreso; en proceso; completada; finalizada; terminada; em andamento; concluída; concluida
    terminée; en cours; abgeschlossen; fertiggestellt; in arbeit; in corso; conclusa; zakończone; w trakcie
    完结; 完結; 已完结; 连载中; 連載中; 완결; 연재중
    """)
)


def status_of(text: str) -> str | None:
    """ "complete" or "in_progress" for a stated status in any of the languages, e.g. "Completed", "WIP", "в процессе"."""
    value = fold(text[:_LONGEST]).strip("[]()*_~ .!")
    found = _STATUSES.get(value)
    if found is None:
        head = re.split(r"\s*[(,;.!~–—]|\s+-\s", value, maxsplit=1)[0].strip()
        found = _STATUSES.get(head) if head != value and head not in ("yes", "no") else None
    return found


def is_status_line(text: str) -> bool:
    """Whether a whole line is a status and nothing else."""
    return fold(text[:_LONGEST]).strip("[]()*_~ .!") in _STATUS_LINE


_LANGUAGES = frozenset(
    entries("""
    English; Español; Spanish; Castellano; Français; French; Deutsch; German; Italiano; Italian; Português; Portuguese
    Português brasileiro; Português europeu; Brazilian Portuguese; Русский; Russian; Українська; Ukrainian; Polski; Polish
    Nederlands; Dutch; Svenska; Swedish; Norsk; Norwegian; Dansk; Danish; Suomi; Finnish; Čeština; Czech; Magyar; Hungarian
    Română
    Romanian; Ελληνικά; Greek; Türkçe; Turkish; العربية; Arabic; עברית; Hebrew; فارسی; Persian; Farsi; हिन्दी; Hindi; বাংলা
    Bengali
    Bahasa Indonesia; Indonesian; Bahasa Malaysia; Malay; Filipino; Tagalog; Tiếng Việt; Vietnamese; ไทย; Thai
    中文; 中文-普通话 國語; 中文-广东话 粵語; 中文-普通话; 简体中文; 繁體中文; Chinese; Mandarin; Cantonese; 日本語
    Japanese; 한국어
    Korean; Català; Catalan; Galego; Galician; Euskara; Basque; Esperanto; Latin; Lingua latina; Cymraeg; Welsh; Gaeilge; Irish
    Íslenska; Icelandic; Hrvatski; Croatian; Srpski; Српски; Serbian; Slovenčina; Slovak; Slovenščina; Slovenian; Български
    Bulgarian; Lietuvių; Lithuanian; Latviešu; Latvian; Eesti; Estonian; Shqip; Albanian; Беларуская; Afrikaans
    en; es; fr; de; it; pt; ru; pl; zh; ja; ko; en-us; en-gb; pt-br; 英文; 英语; 日语; 日文; 韩语; 英語; 英語版; английский
    русский язык; inglés; inglês; anglais; englisch; inglese
    """)
)


def language_of(text: str) -> str | None:
    """The language that a value names, as stated (endonyms, English names, codes); None for what is no language's name."""
    value = text[:_LONGEST].strip().strip("[]()*_ .")
    return value if fold(value) in _LANGUAGES else None


GENRES = frozenset(
    entries("""
    adventure; angst; crime; drama; family; fantasy; friendship; general; horror; humor; hurt/comfort; mystery; parody; poetry
    romance
    sci-fi; spiritual; supernatural; suspense; tragedy; western
    """)
)
"""FanFiction.net's 21 genres, lower case."""


def genres_of(text: str) -> tuple[str, ...] | None:
    """FanFiction.net genres joined by "/" ("Hurt/Comfort/Drama"); None if any part is not one of the 21."""
    parts = text[:_LONGEST].strip().casefold().replace(" & ", "/").replace("hurt/comfort", "hurt&comfort").split("/")
    names = tuple(part.strip().replace("hurt&comfort", "hurt/comfort") for part in parts)
    return names if all(name in GENRES for name in names) else None
