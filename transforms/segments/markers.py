"""Explicit marks of notes: `A/N:`, `Author's Note`, `(T/N: ...)`, `От автора:`, `作者有话说`, and what closes them (`end A/N`).

A marker at the beginning of a paragraph is nearly free of error: none in 48,173 story paragraphs for the certain ones. The
weaker ones ("Note:", "Warning:", "Prompt:") occur on signs and documents inside stories; they count as evidence only.
"""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.metadata.labels import label_at


@dataclass(frozen=True, slots=True)
class Marker:
    """An explicit mark at the beginning of a paragraph.

    `strength` is what it proves (as the weights of `cues`); `end` is the offset after it; `bare` says that nothing follows it
    in the line; `closing` that it ends a note ("End A/N"). `wrapper` is the opening character round the mark or the note.
    """

    strength: float
    topics: tuple[str, ...]
    end: int
    bare: bool
    closing: bool
    wrapper: str
    name: str


_Q = "['’‘`´]?"
_CERTAIN = (
    rf"a[/\\]ns?\d?|an(?=[ \t]*[:;~.\-–—!]|/[ \t]|[ \t]*\d[ \t]*[:.\-])|n/a(?=[ \t]*:)|a\.n\.?(?=[ \t]*[:.\-\s])"
    rf"|(?:(?:the|an?|quick|short|small|long|important|another|final|last|little|obligatory|end|ending|closing|opening|beginning|pre-?chapter|post-?chapter|chapter|story|\w+{_Q}s)[ \t]+){{0,2}}(?:author(?:ess|s)?|writer|autho?r){_Q}(?:e?s)?{_Q}[ \t]*(?:end[ \t]*|final[ \t]*|quick[ \t]*)?(?:notes?|comments?|corner|ramblings?|rants?|thoughts?|babbl\w+)"
    rf"|notes? from (?:the|your|me,? the)(?: \w+)? (?:author(?:ess)?|writer)|a (?:quick |short |small |brief )?(?:note|word) from (?:the|your|me)(?: \w+){{0,2}} author(?:ess)?"
    rf"|(?:translator|beta|editor|uploader|archivist|artist|mod(?:erator)?|transcriber|podficcer){_Q}s?{_Q}[ \t]+notes?"
    r"|(?:(?:a )?(?:note|word|message) )?from (?:the|your) (?:author(?:ess)?|writer|translator|editor|artist|beta|podficcer|archivist)(?=[ \t]*[:\-–—])"
    r"|t\.?l\.?(?: ?note)?(?=[ \t]?:)|t\.?l\.?n(?=[ \t]?:)|[tbue]/ns?(?=[ \t]*[:\-–—.~]|\d|[ \t]*$)|(?:nda|n\.d\.a\.?|ndt|n\.d\.t\.?|ndr|n\.t\.|n/t|ndla|n\. ?de la ?a\.|n\. ?del? ?a\.)(?=[ \t]*[:.\-–—])"
    r"|notas? (?:de la autora|del autor|de autor[a]?|do autor|da autora|de la traductora|del traductor|da tradutora|do tradutor|de la escritora|do escritor|inicia(?:l|is)|fina(?:l|is|les))(?: do cap[ií]tulo| del cap[ií]tulo)?"
    rf"|notes? d(?:e la |u |e l{_Q} ?)(?:auteure?|autrice|traductrice|traducteur)|(?:un )?(?:petit )?mot (?:de|d{_Q}) ?(?:l{_Q} ?)?(?:auteure?|autrice)"
    rf"|not[ae] (?:dell{_Q} ?)?(?:autrice|autore)|angolo (?:dell{_Q} ?)?(?:autrice|autore)|(?:n\.d\.a|nda)"
    r"|(?:anmerkung(?:en)?|a/n) (?:der autorin|des autors|der [üu]bersetzerin|des [üu]bersetzers)|autor(?:en|innen)(?:notiz|kommentar|anmerkung)|(?:anmerkungen?|nachwort|vorwort) (?:von mir|der autorin|des autors)"
    r"|od (?:autorki|autora|t[łl]umaczki|t[łl]umacza)|notk[ai] (?:od )?(?:autorki|autora|t[łl]umaczki)|(?:a/n|n/a|o\.?a\.?)(?=:)"
    r"|(?:от|слово|примечани[ея]|комментарий|заметк[аи])[ \t]+(?:автора|авторов|переводчика|переводчицы|беты)|(?:примечани[ея]|комментарии) (?:к (?:части|главе|тексту)|автора)|[апт]/[ант](?=[ \t]*[:.\-–—])|прим\.?[ \t]*(?:авт|автора|пер|перев|перевод\w*|беты?)\.?"
    r"|作者(?:有话(?:要)?说|有話(?:要)?說|的话|的話|注|按|より|コメント|のあとがき|から)|译者(?:注|的话)|譯者(?:注|的話)|前書き|後書き|まえがき|あとがき|後記|訳者(?:注|あとがき)|작가의? ?(?:말|후기|노트|코멘트)|작가 ?한마디|역자 ?주|글쓴이의? 말"
)
_WEAK = (
    r"(?:beginning|starting|opening|end(?:ing)?|closing|chapter|chapter end|story|pre-?chapter|post-?chapter|pre|post|side|quick|important|head|foot|final|last|small|general|additional|more|general|fun|work|extra)[ \t-]*notes?"
    r"|notes?|foot ?notes?|disclaimers?|dis?claimer|standard disclaimers?(?: appl(?:y|ies))?|warnings?|(?:content|trigger)[ \t-]?(?:warnings?|notes?|notices?)|[tc]ws?|tw/cw|cw/tw|ooc warning|spoiler (?:alert|warning)|spoilers?|caution"
    r"|prompts?|challenge|request(?:ed by)?|anonymous asked|anon asked|p\.?p?\.?s\.?|edit(?:ed)?(?: (?:on )?(?:the )?\d[\d./-]*(?:st|nd|rd|th)?(?: [a-z]{3,9})?)?|updates?(?: \d[\d./-]*)?|eta|important!*|attention!*|psa|announcements?|notices?|fyi|glossary|translations?|vocab(?:ulary)?|key|words|terms|definitions|credits?|thanks(?: to)?|special thanks|shout-?outs?|acknowledge?ments?"
    r"|dedication|dedicated to|review(?:er)? (?:repl(?:y|ies)|responses?|answers?|corner)|(?:replies|answers|responses|thanks|thank you(?:s)?) to (?:my |the |all |anon |guest )*review(?:s|ers)?|reviews?|reviewers|r&r|feedback|question of the (?:day|chapter|week)|qotd|poll|q&a|song(?:s)?(?: (?:used|credits?|list|rec))?|soundtrack|playlist|music|inspiration|references?|sources?|trivia|timeline|ages|next (?:time|chapter|up|week)|preview|teaser|beta(?:'?d by| by|s)?"
    r"|avisos?|advertencias?|descargo(?: de responsabilidad)?|notas?|avertissements?|remarques?|anmerkung(?:en)?|vorwort|nachwort|vorbemerkung|warnung(?:en)?|haftungsausschluss|hinweis|avvertenz[ae]|avvertiment[oi]|nota|uwag[ai]|notka|ostrze[żz]eni[ea]|wyja[śs]nieni[ea]|дисклеймер|предупреждени[ея]|примечани[ея]|п\.?с\.?|сноски|声明|聲明|免责声明|警告|注意|注|备注|備考|備註|설명|주의|경고|잡담|비고|후기|사담"
)
_OPEN = r"[ \t\u3000]*(?P<open>[*_~(\[{<>\-=#+|:;•·★☆♥♡◆◇■□●○【〖《「（［“\"!.\s]{0,12})"
_START = re.compile(
    rf"{_OPEN}(?P<closing>(?:end(?: of)?|/|fin(?: de| du)?|конец)[ \t]*)?(?:(?:the|this|my|a|an) )?(?:(?P<certain>{_CERTAIN})|(?P<weak>{_WEAK}))(?P<rest>[ \t]*(?:[#\d]{{0,6}})[ \t]*(?P<over>ends?|over|done|fin|closed?)?[ \t]*[*_~\])}}>=\-】〗》」）］+|\"”]*[ \t]*(?P<sep>[:;：︰.,!~\-–—=>|]{{0,3}}))",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[ \t\u3000*_~)\]}>=\-–—】〗》」）］:：.!+|<#\"”]*$")
_TOPICS = (
    ("disclaimer", re.compile(r"disc|claimer|descargo|haftung|дисклеймер|声明|聲明", re.I)),
    ("warning", re.compile(r"warning|^[tc]w|caution|spoiler|aviso|advert|avert|warnung|avvert|ostrz|предупр|警告|주의|경고", re.I)),
    ("glossary", re.compile(r"glossary|translation|vocab|^key$|^words$|^terms$|definition|сноски", re.I)),
    ("credit", re.compile(r"prompt|challenge|request|asked|credit|thanks|shout|acknowledg|song|soundtrack|playlist|music|beta|inspiration|source", re.I)),
    ("dedication", re.compile(r"dedicat", re.I)),
    ("reply", re.compile(r"repl|answer|response|q&a", re.I)),
    ("request", re.compile(r"^reviews?$|r&r|feedback|question|qotd|poll", re.I)),
    ("update", re.compile(r"^edit|update|announcement|notice|next|preview", re.I)),
)
_COPY = re.compile(r"[a-z]", re.I)
# Weak words that open ordinary sentences and signs: without a separator they prove nothing.
_STRENGTH = {"disclaimer": 3.2, "warning": 1.6, "credit": 1.6, "glossary": 1.5, "dedication": 1.5, "reply": 2.2, "request": 2.0, "update": 1.4}


@lru_cache(maxsize=1 << 8)  # several rules ask about the first lines of a body
def marker_at(line: str) -> Marker | None:
    """The explicit mark that a line begins with, or None.

    Certain ones count 6, in the shape of a heading 4 (a book inside a story may have an "Author's Note" too), weak ones 1.4 to
    3.2. A weak mark needs a separator or must stand alone.
    """
    return _marker_at(line) or _dressed_at(line)


def _dressed_at(line: str) -> Marker | None:
    if not 0 < len(line) <= 60 or not (line[0] in "*_#" or line[-1] == ":") or _DRESSED.fullmatch(line) is None:
        return None
    return Marker(2.6, ("author_note",), len(line), True, False, line[0] if line[0] in "*_" else "", "label.author_note")


def _marker_at(line: str) -> Marker | None:
    found = _START.match(line, 0, 160)
    if found is None:
        if line == "--" or line.startswith(("--\n", "-- \n")):
            return Marker(3.0, ("sign_off",), 2, True, False, "", "signature_rule")
        if line[:3].lower() in ("me:", "aut") and _SKIT.match(line):
            return Marker(2.6, ("author_note",), line.index(":") + 1, False, False, "", "skit")
        if len(line) <= 60 and QUOTED_READER.match(line):
            return Marker(4.5 if line[-1] == "↑" or line[0] == ">" else 3.0, ("reply",), len(line), True, False, "", "quoted_reader")
        if ":" in line[:40] or "：" in line[:20]:
            label = label_at(line[:200])
            if label is not None and label.kind == "note" and not label.bare:
                bare = not label.value
                return Marker(1.0 + label.weight, label.topics or ("author_note",), label.end, bare, False, "", f"label.{label.field}")
        return None
    end = found.end()
    sep = found.group("sep") or ""
    following = line[end : end + 1]
    word_runs_on = (following.isalnum() or following in ("'", "’")) and not sep and line[end - 1 : end] not in (" ", "\t")
    wrapper = (found.group("open") or "").strip()[:1]
    bare = _AFTER.match(line, end) is not None
    closing = bool(found.group("closing") or found.group("over"))
    certain = found.group("certain")
    if certain:
        lower = certain.lower()
        if word_runs_on and _COPY.match(following):
            return None
        if lower in ("tl", "tln", "t.l.") and not certain.isupper():
            return None
        if lower in ("an", "nda") and not (certain.isupper() or (lower == certain and sep == ":" and found.group("open").strip()) or sep in (":", ";")):
            return None
        if wrapper in ("'", '"', "“"):
            return None
        spelled = len(lower) > 6
        if spelled and not (sep or bare or wrapper or found.group("open").strip()):
            return None  # "The author's notes were lost." is a sentence
        topics = ("credit",) if lower.startswith(("trans", "перев")) else ("author_note",)
        return Marker(4.0 if bare and spelled else 6.0, topics, end, bare, closing, wrapper, "marker")
    weak = found.group("weak")
    if word_runs_on or wrapper in ('"', "“"):
        return None
    set_off = bare or (":" in sep or "：" in sep) or (sep[:1] in ("-", "–", "—", "=", "~", "!") and line[found.start("rest") : end].startswith((" ", ")", "]", "*", "!")))
    if not set_off:
        return None
    topics = next(((topic,) for topic, pattern in _TOPICS if pattern.search(weak.strip())), ("author_note",))
    strength = _SURE.get(weak.strip().lower()) or _STRENGTH.get(topics[0], 1.8)
    if bare and not wrapper and not sep:
        strength *= 0.7
    return Marker(strength, topics, end, bare, closing, wrapper, f"label.{topics[0]}")


_SURE = {"tw": 3.0, "cw": 3.0, "tw/cw": 3.2, "cw/tw": 3.2, "trigger warning": 3.0, "trigger warnings": 3.0, "content warning": 2.6, "content warnings": 2.6, "anonymous asked": 5.0, "anon asked": 5.0, "end notes": 3.0, "end note": 3.0, "chapter notes": 2.6, "r&r": 3.0, "qotd": 3.0}

# A label that has the dress of a heading, or a colon: "**Notes before we start**", "### before you read".
_DRESSED = re.compile(
    r"(?:[*_]{1,3}|#{1,6}[ \t]*)?(?:(?:some|a few|quick|short|brief|important|more|my|little) )?"
    r"(?:notes?(?:,? (?:before|to|for|such|from|about|if|as|first|at|after)\b[^.!?\n]{0,30})?|before (?:you|we) (?:read|start|begin|go|dive)\b[^.!?\n]{0,20}"
    r"|things (?:to|you should) know|housekeeping|read this first)[ \t]*:?[*_]{0,3}:?",
    re.IGNORECASE,
)
_SKIT = re.compile(r"(?:me|author|authoress|autora?|auteur)[ \t]?:[ \t]*\S", re.IGNORECASE)

# A reader's words quoted in a forum or an inbox, which the author answers.
QUOTED_READER = re.compile(r"^(?:>[ \t]*)?[\w.\- ]{2,30} (?:said|wrote)\s?:(?:[ \t]*[↑⬆▲])?$|^(?:anonymous|anon|[\w\-]{3,30}) (?:asked|said|submitted|messaged)\s?:$|^quote:$", re.IGNORECASE)

# A note in brackets anywhere in a line: the bracket must close in the same paragraph.
INLINE = re.compile(
    rf"(?P<open>[(\[{{<（［【]|\*+(?=[ \t]*(?:[atbe]/n|an\b|[^*\n]{{3,40}}:)))[ \t]*(?:[*_]{{0,2}})(?:{_CERTAIN}|a n(?=:)|(?:quick |side )?note: |tl note|ooc:|(?:tl|tn|tln|ed|e/n|pr|qc|translator|author(?:ess)?|editor)(?=:))[ \t]*\d?[*_]{{0,2}}(?:[ \t]*[:：.,;!?~\-–—=]|[ \t]|[)\]}}>*])",
    re.IGNORECASE,
)
