"""What authors say about the reuse of their work: no AI, no archive, no repost, no translation, ask first.

Statements are looked for in notes, metadata, summaries and boilerplate, never in story text: characters forbid all sorts of
things. Each clause is read on its own: a prohibition counts only with an act of reuse as its object ("do not ... repost",
"... may not be used to train AI", "no translations"), so that "no AI was used", "I don't mind if you archive" and "don't
forget to archive" are none. With "without my permission" or "unless you ask" a prohibition is the wish to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.documents import Segment
from transforms.metadata import Metadata
from transforms.metadata.labels import label_at

KINDS = ("no_ai", "no_archive", "no_repost", "no_translation", "ask_first")
"""What an author can ask for. `ask_first` covers any reuse that the statement names."""

SCANNED = frozenset(("note", "metadata", "summary", "boilerplate"))
"""The kinds of segment that can hold a statement of the author (or of the site on the author's behalf)."""

_MOST_STATEMENTS, _LONGEST_CLAUSE, _LONGEST_SEGMENT = 50, 600, 200_000


@dataclass(frozen=True, slots=True)
class OptOut:
    """A statement that limits the reuse of a work.

    `kind` is one of `KINDS`; `phrase` is the clause as it stands, `start` and `end` its place in the text in characters (both
    0 where only the structured metadata states it, as a tag); `confidence` is in 0..1.
    """

    kind: str
    phrase: str
    start: int
    end: int
    confidence: float


def find(text: str, segments: Sequence[Segment], metadata: Metadata | None = None) -> tuple[OptOut, ...]:
    """The opt-outs in a text's notes, metadata, summaries and boilerplate, in order of place; then those of its tags.

    Each kind once per clause, 50 statements at most. Linear in the length of the segments. Misses what is said over several
    sentences or by allusion; wrong where an author quotes somebody else's statement without quotation marks.
    """
    found: list[OptOut] = []
    for segment in segments:
        if segment.kind not in SCANNED or len(found) >= _MOST_STATEMENTS:
            continue
        if not _is_about_reuse(text[segment.start : segment.end]):
            continue
        for start, end in _clauses(text, segment.start, min(segment.end, segment.start + _LONGEST_SEGMENT)):
            phrase = text[start:end]
            found += (OptOut(kind, phrase.strip(), start, end, confidence) for kind, confidence in statements(phrase))
    seen = {statement.phrase.casefold() for statement in found}
    if metadata is not None:
        fields = (*metadata.tags, *((metadata.summary,) if metadata.summary else ()))
        for value in fields[:200]:
            for start, end in _clauses(value, 0, min(len(value), 5_000)):
                phrase = value[start:end].strip()
                if not any(phrase.casefold() in whole for whole in seen):
                    found += (OptOut(kind, phrase, 0, 0, confidence) for kind, confidence in statements(phrase))
    return tuple(found[:_MOST_STATEMENTS])


# Clauses ------------------------------------------------------------------------------------------------------------------

_CLAUSE_END = re.compile(r"[.!?](?=[\s\"”'’)\]*_]|$)[\"”'’)\]*_]*|[。！？；]|;\s|\n|\s(?:[-–—]{1,2})\s|,?\s(?=but\s|however\b|though\s|pero\s|mas\s|mais\s|aber\s|ma\s|но\s)", re.IGNORECASE)
_CUE = re.compile(
    r"\bno\b|\bnot\b|n['’]t\b|\bnone\b|never|nope|forbid|prohibit|\bask|permi[st]|consent|opt|\bdni\b|noai|hands off|keep|stay|feed|without|contact|message|"
    r"nobody|no\s?one|dataset|refus|reserv|circumst|theft|rather|e-?mail|archiv|distribut|prohib|proib|não|\bne\b|n['’]a|interdi|nicht|kein|verb|erlaub|vietat|divieto|\bnon\b|зап?р|\bне\b|разреш|без|zakaz|\bnie\b|禁|勿|不|谢绝|謝絕|请|請|ご遠慮|しないで|お断り|금지|마세요|말아|불펌",
    re.IGNORECASE,
)

# A clause about reuse holds one of these stems (lower case); looked for first because they are rare and the patterns are dear.
_STEMS = (
    "post", "upload", "publi", "pubbl", "archi", "transla", "tradu", "copi", "copy", "plagi", "steal", "stolen", "theft", "klau", "reprod", "distribut",
    "permi", "consent", "contact", "ask", "without", "artific", "künstlich", "gpt", "llm", "language model", "machine", "generative", "neural",
    "chatbot", " bot", "scrap", "train", "mining", "dataset", "data set", "data-set", "crawl", "hochlad", "übersetz", "verbreit", "vervielf", "mirror",
    "repost", "resub", "arquiv", "diffus", "копи", "публик", "размещ", "перепост", "перев", "нейро", "интеллект", "воров", "таска", "разреш", "tłumacz", "kopio",
    "转", "轉", "搬", "二传", "二傳", "抄", "翻", "人工", "大模型", "学习", "学習", "學習", "転載", "配布", "複製", "無断", "未经", "未經",
    "전재", "불펌", "번역", "도용", "복사", "배포", "무단", "인공", "anywhere", "elsewhere", "share", "other site", "goodreads", "wattpad",
)  # fmt: skip
_SHORT_STEMS = re.compile(r"(?<![a-z])(?:a\.?i\.?s?|ia|ki|si|ии|noai)(?![a-z])", re.IGNORECASE)


def _is_about_reuse(text: str) -> bool:
    low = text.lower()
    return any(stem in low for stem in _STEMS) or _SHORT_STEMS.search(low) is not None


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = _CLAUSE_END.search(text, at, end)
        last = stop.end() if stop else end
        first = at
        while first < last and text[first].isspace():
            first += 1
        final = last
        while final > first and text[final - 1].isspace():
            final -= 1
        if 1 < final - first <= _LONGEST_CLAUSE and _is_about_reuse(text[first:final]) and _CUE.search(text, first, final):
            yield first, final
        at = max(last, at + 1)


# The words ----------------------------------------------------------------------------------------------------------------

_AI = (
    r"(?:\bA\.?I\.?s?\b|\bartificial intelligences?\b|chat\s?-?gpt|\bgpts?\b|\bllms?\b|language models?\b|machine[- ]learning|\bgenerative\b|"
    r"\bgen\s?-?ai\b|neural net\w*|\bchat\s?bots?\b|character bots?|\bcharacter\.?ai\b|c\.ai\b|training (?:data|sets?|models?|purposes)|\bto train\b|\bfor training\b|data\s?-?sets?\b|"
    r"\bdata[- ]?min\w+|\bscrap(?:e|es|ed|ing|ers?)\b|\bweb ?crawl\w*|\bcommon crawl\b|\b(?:sudowrite|midjourney|copilot|gemini|openai|novelai)\b)"
)
_GAP = r"(?:(?!\b(?:but|because|so that|until)\b)[^.!?;\n]){0,90}?"
_WITHIN = (
    r"(?:\s*[,/]\s*|\s+)(?:ever|please|under|any|all|circumstances?|copy|repost|re-?upload|re-?publish|share|take|use|used|steal|upload|translate|archive|feed|fed|"
    r"claim|edit|modify|redistribute|reproduce|publish|print|sell|post|plagiari[sz]e|adapt|save|download|record|bind|and|or|nor|to|on|in|into|my|our|the|this|these|that|it|them|"
    r"work|works|writing|story|stories|fic|fics|fiction|text|content|anything|any|of|part|parts|piece|chapter|chapters|elsewhere|anywhere|other|sites?|"
    r"otherwise|in|way|form|whole|even|if|credit|be|copied|reposted|shared|translated|archived|uploaded|edited|reproduced|taken|run|put|screenshot)\b"
)
_NOT = (
    r"(?:(?:please|pls|plz|so|also|and|kindly|just|absolutely|seriously|again|:|-|—|,|^|\()\s*)?\b"
    r"(?:don['’]?t\s+(?:you\s+)?(?:even\s+)?(?:dare|think\s+of|think\s+about)(?:\s+to)?|(?:under\s+no\s+circumstances?|in\s+no\s+case|no\s+(?:part|portion|chapter)\s+of\s+(?:this|my|the|any)(?:\s+\w+){0,3}?)\s+"
    r"(?:may|can|should|must|shall|is|are)(?:\s+(?:you|anyone|anybody|it|(?:this|my|the)\s+\w+))?(?:\s+to)?(?:\s+be)?|"
    r"\b(?:rather|prefer)\s+(?:that\s+|if\s+)?(?:nobody|no\s?-?one|(?:you|people|they)\s+(?:not|didn['’]t|did\s+not|don['’]t|do\s+not))|do\s+not|don['’]?t|dont|never|(?:you\s+|it\s+|this\s+|and\s+)?(?:may|must|should|can|shall|is|are|was)\s*(?:not|n['’]t)(?:\s+(?:ever|to|allowed\s+to|permitted\s+to))?(?:\s+be)?|"
    r"cannot(?:\s+be)?|not\s+(?:allowed\s+)?to(?:\s+be)?|(?:no\s?-?one|nobody)\s+(?:may|can|is\s+allowed\s+to|has\s+(?:my\s+)?permission\s+to)|"
    r"(?:do\s+not|don['’]?t|does\s+not|doesn['’]t)\s+have\s+(?:my\s+)?permission\s+to|none\s+of\s+(?:my|this|these)\s+\w+\s+(?:may|can|should|must)(?:\s+ever)?\s+be)"
)
_CONSENT = (
    r"\b(?:(?:i|we|author|writer)\s+(?:really\s+|also\s+|absolutely\s+|expressly\s+|explicitly\s+|strongly\s+)?(?:do\s+not|don['’]?t|does\s+not|doesn['’]t|will\s+(?:not|never)|won['’]t|would\s+(?:not|never)|never|cannot|can['’]?t|have\s+not|haven['’]t|did\s+not|didn['’]t)\s+"
    r"(?:ever\s+|hereby\s+|explicitly\s+|expressly\s+)?(?:give(?!\s+an?\b)|gave|given|grant|consent|consented|agree|agreed|allow|allowed|authori[sz]e|authori[sz]ed|permit|want|condone|like|accept|approve)|"
    r"(?:i|we)\s+(?:strictly\s+|expressly\s+)?(?:forbid|prohibit|refuse|object|oppose)|not\s+(?:give|giving)\s+(?:my\s+)?(?:permission|consent))\b"
)
_FORBIDDEN = (
    r"\b(?:(?:is|are|being)\s+)?(?:strictly\s+|absolutely\s+|expressly\s+|explicitly\s+|also\s+)*(?:(?:not|never|n['’]t)\s+(?:be\s+)?(?:allowed|permitted|ok|okay|welcome|authori[sz]ed|acceptable|cool|wanted|fine)|"
    r"forbidden|prohibited|banned|unauthori[sz]ed|isn['’]t\s+(?:allowed|ok|okay|cool|permitted)|aren['’]t\s+(?:allowed|ok|okay|permitted)|a\s+(?:hard\s+)?no\b|(?:is|are)\s+(?:theft|stealing|plagiarism|illegal))"
)

_VERBS = {
    "no_repost": r"(?:re-?post(?:ed|ing)?|re-?upload(?:ed|ing)?|re-?publish(?:ed|ing)?|redistribute[d]?|reproduce[d]?|plagiari[sz]ed?|steal|stolen|"
    r"(?:copy|copied)(?!\s?right)|"
    r"(?:post(?:ed)?|upload(?:ed)?|publish(?:ed)?|put|host(?:ed)?|share[d]?)(?=" + _GAP + r"\b(?:elsewhere|anywhere|outside|other (?:web)?sites?|other platforms?|another (?:web)?site|another platform|wattpad|goodreads|any site)))",
    "no_archive": r"(?:archiv(?:e|ed|ing)(?!\s+(?:warnings?|of our own))|mirror(?:ed)?|back\s?up|(?:add|put|save|store|keep|include)[ds]?(?=[^.!?;\n]{0,30}\b(?:archives?|archival)\b(?!\s+(?:warnings?|of our own))))",
    "no_translation": r"(?:translat(?:e|ed|ing))",
}
_NOUNS = {
    "no_repost": r"(?:re-?post(?:s|ing)?|re-?upload(?:s|ing)?|re-?publishing|redistribut(?:ion|ing)|reproduction|plagiari[sz](?:m|ing)|copying|"
    r"posting (?:this|my \w+|elsewhere|anywhere)[^.!?;\n]{0,30})",
    "no_archive": r"(?:archiv(?:ing|al)|archives?(?!\s+(?:warnings?|of our own)))",
    "no_translation": r"(?:translations?|translating)",
}
_USE = r"(?:feed|fed|feeding|use[ds]?|using|put|putting|upload(?:ed|ing)?|run|input|inputs?|paste[ds]?|enter(?:ed)?|give[ns]?|train(?:ed|ing)?|submit(?:ted)?|plug(?:ged)?|copy|copied|include[ds]?|including|add(?:ed)?|process(?:ed)?|scrap(?:e|ed|ing)|ingest(?:ed)?|import(?:ed)?|turn(?:ed)?|make|made|share[ds]?|shove[ds]?|throw|thrown|stick|stuck|let|mine[d]?)"
_PLEAS = r"(?:\s*[,!.\-—)\]*_~:;]*\s*(?:please|pls|plz|thank|thanks|thx|ty|ever|allowed|permitted|of|on|to|elsewhere|anywhere|or|and|without|unless|whatsoever|at all|either|i mean|from|by|for|with)\b|\s*[.!,;:)\]*_~♥❤️]*\s*$)"

_I = re.IGNORECASE
_DO_NOT_AI = re.compile(_NOT + r"(?:" + _WITHIN + r"){0,12}?(?:\s*[,/]\s*|\s+)" + _USE + r"\b" + _GAP + _AI, _I)
_DO_NOT_SCRAPE = re.compile(_NOT + r"(?:" + _WITHIN + r"){0,12}?(?:\s*[,/]\s*|\s+)(?:scrap(?:e|ed)|data-?\s?mine[d]?)\b", _I)
_CONSENT_AI = re.compile(_CONSENT + _GAP + _AI, _I)
_NOT_FOR_AI = re.compile(r"\bnot\s+(?:to be used |intended |available |licensed |okay |ok |meant )?(?:for|as)\s+(?:use\s+(?:in|by|with|as)\s+)?(?:the\s+)?(?:training\b|(?:any\s+)?(?:kind of\s+)?" + _AI + r")", _I)
_NO_AI = re.compile(
    r"(?:^|[\s(\[#*_,/])no[\s-]*(?:use (?:of|by|in|with) |feeding (?:this |my \w+ )?(?:in)?to )?(?:any )?(?P<what>(?:gen(?:erative)?\s?)?A\.?I\.?|scraping|scrapers|data[- ]?mining|machine learning|chatgpt|llms?|ai bots?|training)\b(?P<rest>.{0,60})",
    _I,
)
_NO_AI_REST = re.compile(r"^\s*(?:$|[.!,;:)\]*_~/♥-]|please|pls|plz|thank|thx|ever|train|scrap|learn|data|feed|bots?\b|use\b|usage|allowed|permitted|of (?:this|my|any)|my |and |or |at all|models?|crawl|mining|tools? (?:may|allowed|are)|translat)", _I)
_MADE_WITHOUT = re.compile(r"\bno\s+(?:gen(?:erative)?\s?)?A\.?I\.?\s+(?:was|were|is|has|had|tools?|in|here|involved|used|generated|written|or\s+\w+\s+(?:was|were)|and\s+\w+\s+(?:was|were))", _I)
_AI_FORBIDDEN = re.compile(_AI + _GAP + _FORBIDDEN, _I)
_AI_OUT = re.compile(
    r"\bA\.?I\.?\s*(?:bros?|users?|people|companies|scrapers?|bots?|fans?|techbros?)?\s*(?:please\s+)?(?:dni|do\s+not\s+interact|keep\s+out|hands\s+off|stay\s+(?:away|out)|go\s+away|keep\s+away|gtfo|begone)\b|"
    r"\b(?:keep|get)\s+(?:your\s+|all\s+)?(?:filthy\s+|greedy\s+)?(?:A\.?I\.?|chatgpt|bots|llms?|scrapers|models)\b[^.!?;\n]{0,30}\b(?:away|off|out)\b|"
    r"\bkeep\b[^.!?;\n]{0,40}\b(?:out\s+of|away\s+from|off)\b[^.!?;\n]{0,30}(?:\bA\.?I\.?\b|chatgpt|language models?|llms?|\bdata\s?-?sets?\b)|"
    r"\bhands\s+off\b[^.!?;\n]{0,40}\b(?:A\.?I\.?|bots|scrapers|openai)\b|#no\s?-?ai\b|\bnoai\b",
    _I,
)
_OPT_OUT = re.compile(r"\b(?:opt(?:s|ed|ing)?[\s-]+out|reserve[sd]?)\b" + _GAP + r"(?:" + _AI + r"|text and data mining|\btdm\b)|(?:text and data mining|\btdm\b)" + _GAP + r"\b(?:reserved|prohibited|forbidden)\b", _I)
_THREAT = re.compile(
    r"\bif\s+(?:you|anyone|anybody|someone|i\s+(?:see|find|catch)\s+\w+)\b" + _GAP + r"\b" + _USE + r"\b" + _GAP + _AI + r"[^.!?;\n]{0,40}\b(?:i\s+will|i['’]ll|i\s+hope|may\s+your|you\s+will|you['’]ll|fuck|screw|curse|report|block|haunt|hex|delete)",
    _I,
)
_DO_NOT = {kind: re.compile(_NOT + r"(?:" + _WITHIN + r"){0,14}?(?:\s*[,/]\s*|\s+)" + verbs + r"\b", _I) for kind, verbs in _VERBS.items()}
_REFUSED = {kind: re.compile(_CONSENT + _GAP + r"\b(?:" + verbs + r"|" + _NOUNS[kind] + r")\b", _I) for kind, verbs in _VERBS.items()}
_NO_NOUN = {kind: re.compile(r"(?:^|[\s(\[*_,/])no\s+(?:unauthori[sz]ed\s+)?(?:\w+(?:\s+or|,)\s+){0,4}" + nouns + r"(?=" + _PLEAS + r")", _I) for kind, nouns in _NOUNS.items()}
_NOUN_FORBIDDEN = {kind: re.compile(r"\b" + nouns + r"\b" + _GAP + _FORBIDDEN, _I) for kind, nouns in _NOUNS.items()}
_NOT_FOR = {
    "no_archive": re.compile(r"\bnot\s+for\s+(?:any\s+)?archiv", _I),
    "no_repost": re.compile(r"\bnot\s+for\s+(?:repost|redistribution|republication)", _I),
    "no_translation": re.compile(r"\bnot\s+for\s+translation", _I),
}

_DO_NOT_TAKE = re.compile(_NOT + r"(?:" + _WITHIN + r"){0,12}?(?:\s*[,/]\s*|\s+)(?:take|use|save|download|share|edit|adapt|print|bind|record|post)\b", _I)
_UNLESS_ASKED = re.compile(
    r"\bwithout\s+(?:first\s+)?(?:(?:my|the|our|his|her|their|express|explicit|prior|written|author['’]?s?|any|getting|having|asking|contacting|talking|checking|telling)\s+){0,6}(?:permission|consent|okay|ok|approval|asking|contacting|authori[sz]ation|say-?so|me|agreement)\b|"
    r"\bunless\s+(?:you\s+(?:ask|have\s+asked|have|contact|get|checked)|i\s+(?:say|said|give|have|agree)|we\s+have|with)\b|\bbefore\s+asking\b|\bunauthori[sz]ed\b",
    _I,
)
_ASK = re.compile(
    r"\b(?:please\s+|pls\s+|just\s+|always\s+|then\s+|do\s+|must\s+|to\s+)?(?:ask|contact|message|email|e-mail|dm|pm|write|check\s+with)\s+(?:me\s+|us\s+|the\s+author\s+|for\s+(?:my\s+)?permission\s+|permission\s+)?(?:first|before|beforehand|for\s+permission)\b"
    + _GAP + r"(?:$|[.!,;:)\]]|\b(?:re-?post|archiv|translat|shar|us(?:e|ing)|post|tak|copy|upload|adapt|podfic|if|you|doing|writ)\w*)|"
    r"\bpermission\s+(?:is\s+)?(?:needed|required|necessary)\b|\b(?:by|with)\s+permission\s+only\b|\bonly\s+(?:with|by)\s+(?:my\s+|the\s+author['’]?s\s+)?(?:explicit\s+|written\s+|express\s+)?(?:permission|consent)\b",
    _I,
)
_ASK_ACT = re.compile(r"\b(?:re-?post|archiv|translat|shar(?:e|ing)|us(?:e|ing) (?:this|my|any)|post(?:ing)? (?:this|it|else|any)|tak(?:e|ing) (?:this|it)|copy|upload|adapt|podfic|permission|elsewhere|anywhere)", _I)
_ASK_PLAIN = re.compile(r"\b(?:ask|write|contact|e-?mail|message)\b", _I)
_PERMITS = re.compile(
    r"\b(?:feel\s+free|don['’]?t\s+(?:have|need)\s+to\s+ask|do\s+not\s+(?:have|need)\s+to\s+ask|no\s+need\s+to\s+ask|needn['’]t\s+ask|blanket\s+permission|(?:don['’]?t|do\s+not|wouldn['’]t)\s+(?:really\s+)?mind|welcome\s+to|go\s+ahead|"
    r"archive\s+away|wherever\s+you|without\s+asking(?:\s+me)?\s+(?:is|if)\s+(?:fine|ok)|happy\s+for|(?<!not\s)(?<!n['’]t\s)have\s+(?:my\s+)?(?:full\s+)?permission|no\s+permission\s+(?:needed|required|necessary))\b",
    _I,
)
_HESITATE = re.compile(r"\b(?:do\s+not|don['’]?t|never|cannot|can['’]?t)\s+(?:ever\s+)?(?:forget|hesitate|worry|be\s+(?:afraid|shy|scared)|have\s+to|need\s+to|mind|know|think|care|feel|remember|understand)\b", _I)
_SUBJECT = re.compile(r"\b(?:i|we|he|she|they|it|who|characters?|people|\w+ly|[A-Z][a-z]+)\s+(?:really\s+|usually\s+|still\s+|just\s+|also\s+|would\s+|simply\s+)?$")
_OWN = re.compile(r"\b(?:i|we|he|she|they|who|it|that)(?:['’](?:ve|d|ll|m|s|re))?\s+(?:have\s+|had\s+|would\s+|will\s+)?(?:\w+ly\s+|still\s+|just\s+|also\s+)?$", _I)
_THIRD = re.compile(r"\b(?:does|did)(?:\s+not|n['’]t)\b", _I)
_QUOTED = re.compile(r"[\"“”]([^\"“”]{1,200})[\"”]")
_REPORTS = re.compile(r"\b(?:said|says|saying|told|tells|asked|called|wrote|read|reads|sign|titled|title|heard|thinks?|looks)\b", _I)

# Other languages: kind and pattern; with the words for "without permission" they are `ask_first`.
_FOREIGN = tuple(
    (kind, re.compile(pattern, _I))
    for kind, pattern in (
        # es, pt
        ("no_repost", r"\b(?:no|não|nao)\s+(?:re-?sub(?:ir|as|áis|a)|re-?post(?:ear|ar|en|em|e)|re-?public(?:ar|ques)|copi(?:ar|es|éis|em)|plagi(?:ar|es|em)|public(?:ar|ado)?[^.!?\n]{0,30}otr[oa]s?\s+\w+|subir[^.!?\n]{0,30}otr[oa]s?\s+\w+|post(?:ar|em)\s+em\s+outr[oa]s?)"),
        ("no_repost", r"\b(?:prohibid[oa]|prohíbe|prohibo|proibid[oa]|proibo|proíbo)\b[^.!?\n]{0,60}\b(?:re-?sub\w+|re-?post\w+|copi\w+|reproduc\w+|reprodu\w+|public\w+|distribu\w+|plági\w*|plagi\w+)"),
        ("no_repost", r"\bproibid[oa]\s+(?:repost|a\s+c[óo]pia|o\s+pl[áa]gio)|\b(?:plágio|cópia)\s+é\s+crime"),
        ("no_translation", r"\b(?:no|não|nao)\s+(?:se\s+(?:puede|permite)\s+)?tradu(?:cir|zir|zcan|zam|zcas|zas|cciones)\b|\bprohibid[oa]s?\s+(?:la\s+|las\s+)?traducci\w+|\bproibid[oa]s?\s+(?:a\s+|as\s+)?tradu\w+"),
        ("no_ai", r"\b(?:no|não|nao|prohibid[oa]|prohíbo|prohibo|proibid[oa]|proíbo|proibo)\b[^.!?\n]{0,90}(?:\bIAs?\b|inteligencias?\s+artificial(?:es)?|inteligências?\s+artificia(?:l|is)|chatgpt)(?!\s+(?:fue|foi|en\s+la|na\s+escrita))"),
        ("no_archive", r"\b(?:no|não|nao)\s+archiv(?:ar|es|en)\b|\b(?:não|nao)\s+arquiv(?:ar|em)\b"),
        # fr
        ("no_repost", r"\bne\s+(?:pas|jamais)\s+(?:re-?post\w*|re-?publi\w*|copier|reproduire|re-?diffuser|voler|publier\s+ailleurs)|\b(?:interdit|interdite|interdiction|défense|merci\s+de\s+ne\s+pas)\b[^.!?\n]{0,40}\b(?:re-?post\w*|re-?publi\w*|copi\w*|reprodui\w*|reproduction|diffus\w*)|\breproduction\s+(?:\w+\s+){0,3}interdite"),
        ("no_translation", r"\bne\s+pas\s+(?:la\s+|le\s+|les\s+)?traduire\b|\b(?:interdit\w*|interdiction)\b[^.!?\n]{0,30}\btradu\w+|\btraductions?\s+interdites?"),
        ("no_ai", r"\b(?:ne\b[^.!?\n]{0,60}\bpas|n['’]autorise\s+(?:pas|aucun\w*)|n['’]accepte\s+pas|refuse|interdi\w+|interdiction)\b[^.!?\n]{0,90}(?:\b[lu]?['’]?\s?IA\b|intelligences?\s+artificielles?|chatgpt)"),
        ("no_archive", r"\bne\s+pas\s+archiver\b"),
        # de
        ("no_repost", r"\bnicht\b[^.!?\n]{0,40}\b(?:re-?post\w*|kopier\w*|klau\w*|weiter(?:ver(?:breit|öffentlich)\w*|geben)|(?:woanders|anderswo|anderen\s+seiten)\s+(?:hochladen|posten|veröffentlichen))|\b(?:verboten|untersagt)\b[^.!?\n]{0,40}\b(?:kopier\w*|re-?post\w*)|\b(?:kopieren|reposten|vervielfältigung|weiterverbreitung)\b[^.!?\n]{0,30}\b(?:verboten|untersagt|nicht\s+(?:gestattet|erlaubt))"),
        ("no_translation", r"\bnicht\b[^.!?\n]{0,20}\bübersetzen\b|\bkeine\s+übersetzungen\b|\bübersetzungen?\b[^.!?\n]{0,30}\b(?:verboten|untersagt|nicht\s+(?:gestattet|erlaubt))"),
        ("no_ai", r"\b(?:nicht|keine?r?|untersag\w*|verbot\w*|verbiete)\b[^.!?\n]{0,100}\b(?:KI|künstlich\w+\s+intelligenz\w*|chatgpt|AI)\b(?![^.!?\n]{0,20}\b(?:benutzt|geschrieben|erstellt)\b)|\bKI\b[^.!?\n]{0,60}\b(?:verboten|untersagt|nicht\s+(?:gestattet|erlaubt))"),
        ("no_archive", r"\bnicht\b[^.!?\n]{0,20}\barchivier(?:en|t)\b"),
        # it
        ("no_repost", r"\b(?:non|vietat[oa]|divieto\s+di|proibit[oa])\b[^.!?\n]{0,20}\b(?:ripubblica\w*|ripost\w*|copia\w*|riprodu\w*|la\s+riproduzione|pubblica\w*[^.!?\n]{0,20}altrove|plagi\w*)"),
        ("no_translation", r"\b(?:non|vietat[oa]|divieto\s+di)\s+(?:la\s+)?tradu\w+"),
        ("no_ai", r"\b(?:non|vietat[oa]|divieto)\b[^.!?\n]{0,90}(?:\bIA\b|\bAI\b|intelligenz[ae]\s+artificial[ei]|chatgpt)(?!\s+(?:è|stata))"),
        # ru
        ("no_repost", r"(?:запрещ\w+|не\s+(?:разреш\w+|перепост\w+|копир\w+|публик\w+|выклад\w+|размещ\w+|воров\w+|таска\w+))[^.!?\n]{0,40}(?:копир\w+|перепост\w*|публикац\w+|размещ\w+|распростран\w+|на\s+других)|\bне\s+(?:копир(?:уйте|овать)|перепост\w*|воровать|таскайте)|(?:копирование|размещение|публикация|перепост)[^.!?\n]{0,40}(?:запрещ|не\s+разреш)"),
        ("no_translation", r"не\s+переводить|перевод[^.!?\n]{0,20}запрещ\w*|запрещ\w*[^.!?\n]{0,20}перевод"),
        ("no_ai", r"(?:запрещ\w+|не\s+(?:разреш\w+|использ\w+|дава\w+|соглас\w+|скармлива\w+)|против)[^.!?\n]{0,90}(?:нейросет\w*|искусственн\w+\s+интеллект\w*|\bИИ\b|chatgpt|\bAI\b)"),
        # pl
        ("no_repost", r"\bzakaz\s+(?:kopiowania|repostowania|rozpowszechniania|publikowania)|\bnie\s+(?:kopiowa[ćc]|kopiuj\w*|repost\w*|publikowa[ćc]\s+(?:nigdzie|na\s+innych))"),
        ("no_translation", r"\bnie\s+tłumacz\w*|\bzakaz\s+tłumaczenia"),
        ("no_ai", r"\b(?:nie|zakaz)\b[^.!?\n]{0,90}(?:\bAI\b|\bSI\b|sztuczn\w+\s+inteligencj\w*|chatgpt)"),
        # zh, ja, ko
        ("no_repost", r"(?:禁止|请勿|請勿|勿|谢绝|謝絕|不要|不得|不可|拒绝|拒絕|禁)\s*(?:任何\s*形式的?\s*)?(?:二次)?(?:转载|轉載|搬运|搬運|转发|轉發|二传|二傳|盗文|抄袭|抄襲)|(?:転載|再配布|複製)[^。\n]{0,12}(?:禁止|お断り|ご遠慮|しないで|厳禁)|(?:불펌|전재|재배포|도용|복사)[^.\n]{0,8}(?:금지|하지\s*마|말아)"),
        ("no_translation", r"(?:禁止|请勿|請勿|勿|不要|不得)\s*翻[译譯]|翻訳[^。\n]{0,8}(?:禁止|しないで|お断り|ご遠慮)|번역[^.\n]{0,8}(?:금지|하지\s*마|말아)"),
        ("no_ai", r"(?:禁止|请勿|請勿|勿|谢绝|不得|不要|不可|拒绝|禁)[^。\n]{0,20}(?:AI|人工智能|人工智慧|大模型|机器学习|機器學習|训练模型)|(?:AI|生成AI|人工知能|機械学習)[^。\n]{0,20}(?:禁止|お断り|ご遠慮|しないで|やめてください)|(?:AI|인공지능)[^.\n]{0,20}(?:금지|하지\s*마|말아|불허)"),
    )
)  # fmt: skip
_FOREIGN_ASK = re.compile(
    r"\bsin\s+(?:mi\s+|previo\s+|su\s+|el\s+)?(?:\w+\s+)?(?:permiso|consentimiento|autorizaci\w+)|\bsem\s+(?:a\s+)?(?:minha\s+)?(?:\w+\s+)?(?:permiss\w+|autoriza\w+)|\bsans\s+(?:mon\s+|ma\s+|l['’])?(?:\w+\s+)?(?:autorisation|permission|accord|consentement)|"
    r"\bohne\s+(?:meine\s+|vorherige\s+)?(?:\w+\s+)?(?:erlaubnis|genehmigung|zustimmung)|\bsenza\s+(?:il\s+)?(?:mio\s+)?(?:\w+\s+)?(?:permesso|consenso)|без\s+(?:\w+\s+){0,2}(?:разрешени\w+|согласи\w+|ведома)|"
    r"только\s+с\s+(?:\w+\s+)?(?:разрешени\w+|согласи\w+)|с\s+разрешения\s+(?:автор\w*|переводчик\w*)|\bbez\s+(?:mojej\s+)?(?:zgody|pozwolenia)|"
    r"未经[^。\n]{0,8}(?:允许|许可|授权|同意)|未經[^。\n]{0,8}(?:允許|許可|授權|同意)|(?:转载|轉載|翻译|翻譯)[^。\n]{0,6}(?:请|請|需|须|須)[^。\n]{0,8}(?:联系|聯繫|授权|授權|询问|詢問|告知)|無断[^。\n]{0,12}(?:転載|翻訳|使用)|무단\s*(?:전재|복제|배포|번역)|"
    r"\b(?:pide|pidan|pedir|pregunta(?:d|r)?|peçam?|pedir|demande[zr]?|bitte\s+(?:vorher\s+)?frag\w*|vorher\s+fragen|fragt\s+(?:mich\s+)?(?:vorher|bitte)|chiede(?:re|te)|спрашивайте|спросите)\b[^.!?\n]{0,40}(?:permiso|permiss\w+|primero|antes|avant|d['’]abord|permission|vorher|zuerst|prima|permesso|разрешени\w+)",
    _I,
)
_FOREIGN_PERMITS = re.compile(r"\bse\s+permite\b|欢迎|歡迎|разреш(?:аю|ено)\b(?!.{0,3}только)|\bpode[m]?\s+|\bpuede[ns]?\s+|erlaubt\b|autorisé", _I)

_REFUSAL_VALUE = re.compile(r"^(?:no|nope|none|nowhere|never|not?\b|negative|do\s+not|don['’]t|please\s+(?:do\s+not|don['’]t|no)|nein|non|нет|запрещ|nie\b|不|禁)(?!\w)|^(?:запрещ\w+|禁止)", _I)
_ASK_VALUE = re.compile(r"\bask\b|\bpermission\b|\bwrite (?:me|first)\b|\be-?mail me\b|\bcontact me\b|\brequest\b|с разрешени|спр[ао]с|pregunt|frag|授权|授權|请先|許可", _I)
_NO_PROBLEM = re.compile(r"^no\s+(?:problem|need|restrictions?|objections?|worries|limits?|preference|asking|permission)", _I)


def statements(clause: str) -> list[tuple[str, float]]:
    """The kinds that one clause of an author states, each with its confidence; nothing for permissions and other talk."""
    text = " ".join(clause.split())
    label = label_at(text)
    if label is not None and label.field == "archive" and not label.bare:
        return _of_label(label.value)
    if text.casefold().startswith("x-no-archive:"):
        return [("no_archive", 0.8)] if "yes" in text.casefold() else []
    if label is not None and label.field == "warnings":
        return []
    if _PERMITS.search(text) or _is_quoted(text):
        return []
    found: dict[str, float] = {}
    if _forbids_ai(text):
        found["no_ai"] = 0.9
    elif _THREAT.search(text):
        found["no_ai"] = 0.7
    for kind in _VERBS:
        confidence = _forbids(kind, text)
        if confidence:
            found[kind] = confidence
    for kind, pattern in _FOREIGN:
        if kind not in found and not _FOREIGN_PERMITS.search(text) and pattern.search(text):
            found[kind] = 0.85
    if found and (_UNLESS_ASKED.search(text) or _FOREIGN_ASK.search(text)):
        ai = found.get("no_ai")
        found = {"ask_first": 0.9} | ({"no_ai": ai} if ai and len(found) == 1 and _AI_OUT.search(text) else {})
    elif not found and _UNLESS_ASKED.search(text) and (taking := _DO_NOT_TAKE.search(text)) and _imperative(taking, text):
        found["ask_first"] = 0.85
    elif not found and (_asks(text) or (_FOREIGN_ASK.search(text) and not _FOREIGN_PERMITS.search(text))):
        found["ask_first"] = 0.85
    return list(found.items())


def _of_label(value: str) -> list[tuple[str, float]]:
    """What stands after "Archive:", "Distribution:" and their like."""
    if _NO_PROBLEM.match(value):
        return []
    if _REFUSAL_VALUE.match(value):
        if _UNLESS_ASKED.search(value) or _ASK_VALUE.search(value):
            return [("ask_first", 0.9)]
        return [("no_repost" if re.match(r"[\u0400-\u04ff]", value) else "no_archive", 0.95)]
    if _ASK_VALUE.search(value) and not _PERMITS.search(value):
        return [("ask_first", 0.9)]
    return []


def _is_quoted(text: str) -> bool:
    """Whether the prohibition is something that the author quotes somebody with."""
    quoted = _QUOTED.search(text)
    if quoted is None:
        return False
    outside = text[: quoted.start()] + text[quoted.end() :]
    return bool(_REPORTS.search(outside)) and not _CUE.search(outside.replace("told", ""))


def _imperative(found: re.Match[str], text: str) -> bool:
    """Whether a prohibition is said to readers: not what the author or a character does not do."""
    before = text[: found.start()]
    matched = found.group()
    if re.match(r"\W*(?:rather|prefer)", matched, _I):
        return True
    if _OWN.search(before + matched[: len(matched) - len(matched.lstrip())]) or _HESITATE.match(matched.lstrip(" ,:(-—")):
        return False
    return not re.match(r"\W*(?:is|was|are)\s*(?:not|n['’]t)\s+(?!to\b|allowed|permitted)", matched, _I)


def _forbids_ai(text: str) -> bool:
    for pattern in (_DO_NOT_AI, _DO_NOT_SCRAPE):
        found = pattern.search(text)
        if found and _imperative(found, text):
            return True
    if _CONSENT_AI.search(text) or _NOT_FOR_AI.search(text) or _AI_OUT.search(text) or _OPT_OUT.search(text) or _AI_FORBIDDEN.search(text):
        return not _MADE_WITHOUT.search(text)
    short = _NO_AI.search(text)
    return bool(short and _NO_AI_REST.match(short.group("rest")) and not _MADE_WITHOUT.search(text) and not (short.group("what").casefold() == "training" and not short.group("rest").strip(" .!")))


def _forbids(kind: str, text: str) -> float:
    found = _DO_NOT[kind].search(text)
    if found and _imperative(found, text):
        return 0.95
    if _REFUSED[kind].search(text) or _NO_NOUN[kind].search(text) or _NOT_FOR[kind].search(text):
        return 0.9
    return 0.9 if _NOUN_FORBIDDEN[kind].search(text) else 0.0


def _asks(text: str) -> bool:
    found = _ASK.search(text)
    if found is None:
        return False
    own = _OWN.search(text[: found.start()]) or re.search(r"\b(?:to everyone|asked|who)\b", text[: found.start()], _I)
    return not own and bool(_ASK_ACT.search(text) or len(text) < 40)
