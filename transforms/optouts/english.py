"""How English notes forbid reuse, ask to be asked, or permit it.

A pattern is a prohibition with an act of reuse as its object; between them only what may stand there (other acts, objects,
adverbs), so that "don't forget to archive" is none.
"""

from __future__ import annotations

import re

from transforms.optouts.clauses import CUE

_AI = (
    r"(?:\bA\.?I\.?s?\b|\bartificial intelligences?\b|chat\s?-?gpt|\bgpts?\b|\bllms?\b|language models?\b|"
    r"machine[- ]learning|\bgenerative\b|"
    r"\bgen\s?-?ai\b|neural net\w*|\bchat\s?bots?\b|character bots?|\bcharacter\.?ai\b|c\.ai\b|"
    r"training (?:data|sets?|models?|purposes)|"
    r"\bin(?:to)? (?:an?|your|any|the) (?:\w+ )?models?\b|\bto train\b|\bfor training\b|data\s?-?sets?\b|"
    r"\bdata[- ]?min\w+|\bscrap(?:e|es|ed|ing|ers?)\b|\bweb ?crawl\w*|\bcommon crawl\b|\b(?:sudowrite|"
    r"midjourney|copilot|gemini|openai|novelai)\b)"
)
_GAP = r"(?:(?!\b(?:but|because|so that|until)\b)[^.!?;\n]){0,90}?"
_WITHIN = (
    r"(?:\s*[,/]\s*|\s+)(?:ever|please|under|any|all|circumstances?|copy|repost|re-?upload|re-?publish|"
    r"share|take|use|used|steal|upload|translate|archive|feed|fed|"
    r"claim|edit|modify|redistribute|reproduce|publish|print|sell|post|plagiari[sz]e|adapt|save|download|"
    r"record|bind|and|or|nor|to|on|in|into|my|our|the|this|these|that|it|them|"
    r"work|works|writing|story|stories|fic|fics|fiction|text|content|anything|any|of|part|parts|piece|"
    r"chapter|chapters|elsewhere|anywhere|other|sites?|"
    r"otherwise|in|way|form|whole|even|if|credit|be|copied|reposted|shared|translated|archived|uploaded|"
    r"edited|reproduced|taken|run|put|screenshot)\b"
)
_NOT = (
    r"(?:(?:please|pls|plz|so|also|and|kindly|just|absolutely|seriously|again|:|-|—|,|^|\()\s*)?\b"
    r"(?:don['’]?t\s+(?:you\s+)?(?:even\s+)?(?:dare|think\s+of|think\s+about)(?:\s+to)?|"
    r"(?:under\s+no\s+circumstances?|in\s+no\s+case|no\s+(?:part|portion|chapter)\s+of\s+(?:this|my|the|"
    r"any)(?:\s+\w+){0,3}?)\s+"
    r"(?:may|can|should|must|shall|is|are)(?:\s+(?:you|anyone|anybody|it|(?:this|my|the)\s+\w+))?(?:\s+to)?(?:\s+be)?|"
    r"\b(?:rather|prefer)\s+(?:that\s+|if\s+)?(?:nobody|no\s?-?one|(?:you|people|they)\s+(?:not|didn['’]t|"
    r"did\s+not|don['’]t|do\s+not))|do\s+not|don['’]?t|dont|never|(?:you\s+|it\s+|this\s+|and\s+)?(?:may|"
    r"must|should|can|shall|is|are|was)\s*(?:not|n['’]t)(?:\s+(?:ever|to|allowed\s+to|"
    r"permitted\s+to))?(?:\s+be)?|"
    r"can(?:not|['’]?t)(?:\s+be)?|not\s+(?:allowed\s+)?to(?:\s+be)?|(?:no\s?-?one|nobody)\s+(?:may|can|"
    r"is\s+allowed\s+to|has\s+(?:my\s+)?permission\s+to)|"
    r"(?:do\s+not|don['’]?t|does\s+not|doesn['’]t)\s+have\s+(?:my\s+|the\s+)?(?:permission|consent|leave)\s+to|none\s+of\s+(?:my|"
    r"this|these)\s+\w+\s+(?:may|can|should|must)(?:\s+ever)?\s+be)"
)
_CONSENT = (
    r"\b(?:(?:i|we|author|writer)\s+(?:really\s+|also\s+|absolutely\s+|expressly\s+|explicitly\s+|"
    r"strongly\s+)?(?:do\s+not|don['’]?t|does\s+not|doesn['’]t|will\s+(?:not|never)|won['’]t|"
    r"would\s+(?:not|never)|never|cannot|can['’]?t|have\s+not|haven['’]t|did\s+not|didn['’]t)\s+"
    r"(?:ever\s+|hereby\s+|explicitly\s+|expressly\s+)?(?:give(?!\s+an?\b)|gave|given|grant|consent|"
    r"consented|agree|agreed|allow|allowed|authori[sz]e|authori[sz]ed|permit|want|condone|like|accept|"
    r"approve)|"
    r"(?:i|we)\s+(?:strictly\s+|expressly\s+)?(?:forbid|prohibit|refuse|object|oppose)|not\s+(?:give|"
    r"giving)\s+(?:my\s+)?(?:permission|consent)|(?:i|we)\s+(?:hereby\s+)?(?:withdraw|revoke)\s+\w+(?:\s+\w+)?\s+(?:permission|consent))\b"
)
_FORBIDDEN = (
    r"\b(?:(?:is|are|being)\s+)?(?:strictly\s+|absolutely\s+|expressly\s+|explicitly\s+|"
    r"also\s+)*(?:(?:not|never|n['’]t)\s+(?:be\s+)?(?:allowed|permitted|ok|okay|welcome|authori[sz]ed|"
    r"acceptable|cool|wanted|fine)|"
    r"forbidden|prohibited|banned|unauthori[sz]ed|isn['’]t\s+(?:allowed|ok|okay|cool|permitted)|"
    r"aren['’]t\s+(?:allowed|ok|okay|permitted)|a\s+(?:hard\s+)?no\b|(?:is|are)\s+(?:theft|stealing|"
    r"plagiarism|illegal))"
)

VERBS = {
    "no_repost": r"(?:re-?post(?:ed|ing)?|re-?upload(?:ed|ing)?|re-?publish(?:ed|ing)?|redistribute[d]?|reproduce[d]?|"
    r"plagiari[sz]ed?|steal|stolen|"
    r"(?:copy|copied)(?!\s?right)|"
    r"(?:post(?:ed)?|upload(?:ed)?|publish(?:ed)?|put|host(?:ed)?|share[d]?)(?="
    + _GAP
    + r"\b(?:elsewhere|anywhere|outside|other (?:web)?sites?|other platforms?|another (?:web)?site|"
    r"another platform|wattpad|goodreads|any site)))",
    "no_archive": r"(?:archiv(?:e|ed|ing)(?!\s+(?:warnings?|of our own))|mirror(?:ed)?|back\s?up|(?:add|put|save|store|"
    r"keep|include)[ds]?(?=[^.!?;\n]{0,30}\b(?:archives?|archival)\b(?!\s+(?:warnings?|of our own))))",
    "no_translation": r"(?:translat(?:e|ed|ing))",
}
_NOUNS = {
    "no_repost": r"(?:re-?post(?:s|ing)?|re-?upload(?:s|ing)?|re-?publishing|redistribut(?:ion|ing)|reproduction|"
    r"plagiari[sz](?:m|ing)|copying|"
    r"posting (?:this|my \w+|elsewhere|anywhere)[^.!?;\n]{0,30})",
    "no_archive": r"(?:archiv(?:ing|al)|archives?(?!\s+(?:warnings?|of our own)))",
    "no_translation": r"(?:translations?|translating)",
}
_USE = (
    r"(?:feed|fed|feeding|use[ds]?|using|put|putting|upload(?:ed|ing)?|run|input|inputs?|paste[ds]?|"
    r"enter(?:ed)?|give[ns]?|train(?:ed|ing)?|submit(?:ted)?|plug(?:ged)?|copy|copied|include[ds]?|"
    r"including|add(?:ed)?|process(?:ed)?|scrap(?:e|ed|ing)|ingest(?:ed)?|import(?:ed)?|turn(?:ed)?|make|"
    r"made|share[ds]?|shove[ds]?|throw|thrown|stick|stuck|let|mine[d]?)"
)
_PLEAS = (
    r"(?:\s*[,!.\-—)\]*_~:;]*\s*(?:please|pls|plz|thank|thanks|thx|ty|ever|allowed|permitted|of|on|to|"
    r"elsewhere|anywhere|or|and|without|unless|whatsoever|at all|either|i mean|from|by|for|with)\b|"
    r"\s*[.!,;:)\]*_~♥❤️]*\s*$)"
)

_I = re.IGNORECASE
_DO_NOT_AI = re.compile(_NOT + r"(?:" + _WITHIN + r"){0,12}?(?:\s*[,/]\s*|\s+)" + _USE + r"\b" + _GAP + _AI, _I)
_DO_NOT_SCRAPE = re.compile(_NOT + r"(?:" + _WITHIN + r"){0,12}?(?:\s*[,/]\s*|\s+)(?:scrap(?:e|ed)|data-?\s?mine[d]?)\b", _I)
_CONSENT_AI = re.compile(_CONSENT + _GAP + _AI, _I)
_NOT_FOR_AI = re.compile(
    r"\bnot\s+(?:to be used |intended |available |licensed |okay |ok |meant )?(?:for|as)\s+(?:use\s+(?:in|"
    r"by|with|as)\s+)?(?:the\s+)?(?:training\b|(?:any\s+)?(?:kind of\s+)?" + _AI + r")",
    _I,
)
_NO_AI = re.compile(
    r"(?:^|[\s(\[#*_,/])no[\s-]*(?:use (?:of|by|in|with) |feeding (?:this |"
    r"my \w+ )?(?:in)?to )?(?:any )?(?P<what>(?:gen(?:erative)?\s?)?A\.?I\.?|scraping|scrapers|"
    r"data[- ]?mining|machine learning|chatgpt|llms?|ai bots?|training)\b(?P<rest>.{0,60})",
    _I,
)
_NO_AI_REST = re.compile(
    r"^\s*(?:$|[.!,;:)\]*_~/♥-]|please|pls|plz|thank|thx|ever|train|scrap|learn|data|feed|bots?\b|use\b|"
    r"usage|allowed|permitted|of (?:this|my|any)|my |and |or |at all|models?|crawl|mining|tools? (?:may|"
    r"allowed|are)|translat)",
    _I,
)
_MADE_WITHOUT = re.compile(
    r"\bno\s+(?:gen(?:erative)?\s?)?A\.?I\.?\s+(?:was|were|is|has|had|tools?|in|here|involved|used|"
    r"generated|written|or\s+\w+\s+(?:was|were)|and\s+\w+\s+(?:was|were))",
    _I,
)
_AI_FORBIDDEN = re.compile(_AI + _GAP + _FORBIDDEN, _I)
AI_OUT = re.compile(
    r"\bA\.?I\.?\s*(?:bros?|users?|people|companies|scrapers?|bots?|fans?|"
    r"techbros?)?\s*(?:please\s+)?(?:dni|do\s+not\s+interact|keep\s+out|hands\s+off|stay\s+(?:away|out)|"
    r"go\s+away|keep\s+away|gtfo|begone)\b|\bA\.?I\.?\s+(?:can['’]?t|cannot|may\s+not)\s+have\b|"
    r"\b(?:keep|get)\s+(?:your\s+|all\s+)?(?:filthy\s+|greedy\s+)?(?:A\.?I\.?|chatgpt|bots|llms?|scrapers|"
    r"models)\b[^.!?;\n]{0,30}\b(?:away|off|out)\b|"
    r"\bkeep\b[^.!?;\n]{0,40}\b(?:out\s+of|away\s+from|off)\b[^.!?;\n]{0,30}(?:\bA\.?I\.?\b|chatgpt|"
    r"language models?|llms?|\bdata\s?-?sets?\b)|"
    r"\bhands\s+off\b[^.!?;\n]{0,40}\b(?:A\.?I\.?|bots|scrapers|openai)\b|#no\s?-?ai\b|\bnoai\b",
    _I,
)
_OPT_OUT = re.compile(
    r"\b(?:opt(?:s|ed|ing)?[\s-]+out|reserve[sd]?)\b"
    + _GAP
    + r"(?:"
    + _AI
    + r"|text and data mining|\btdm\b)|(?:text and data mining|\btdm\b)"
    + _GAP
    + r"\b(?:reserved|prohibited|forbidden)\b",
    _I,
)
THREAT = re.compile(
    r"\bif\s+(?:you|anyone|anybody|someone|i\s+(?:see|find|catch)\s+\w+)\b"
    + _GAP
    + r"\b"
    + _USE
    + r"\b"
    + _GAP
    + _AI
    + r"[^.!?;\n]{0,40}\b(?:i\s+will|i['’]ll|i\s+hope|may\s+your|you\s+will|you['’]ll|fuck|screw|curse|"
    r"report|block|haunt|hex|delete)",
    _I,
)
_DO_NOT = {
    kind: re.compile(_NOT + r"(?:" + _WITHIN + r"){0,14}?(?:\s*[,/]\s*|\s+)" + verbs + r"\b", _I) for kind, verbs in VERBS.items()
}
_REFUSED = {
    kind: re.compile(_CONSENT + _GAP + r"\b(?:" + verbs + r"|" + _NOUNS[kind] + r")\b", _I) for kind, verbs in VERBS.items()
}
_NO_NOUN = {
    kind: re.compile(
        r"(?:^|[\s(\[*_,/])no\s+(?:unauthori[sz]ed\s+)?(?:\w+(?:\s+or|,)\s+){0,4}" + nouns + r"(?=" + _PLEAS + r")", _I
    )
    for kind, nouns in _NOUNS.items()
}
_NOUN_FORBIDDEN = {kind: re.compile(r"\b" + nouns + r"\b" + _GAP + _FORBIDDEN, _I) for kind, nouns in _NOUNS.items()}
_NOT_FOR = {
    "no_archive": re.compile(r"\bnot\s+for\s+(?:any\s+)?archiv", _I),
    "no_repost": re.compile(r"\bnot\s+for\s+(?:repost|redistribution|republication)", _I),
    "no_translation": re.compile(r"\bnot\s+for\s+translation", _I),
}

DO_NOT_TAKE = re.compile(
    _NOT + r"(?:" + _WITHIN + r"){0,12}?(?:\s*[,/]\s*|\s+)(?:take|use|save|download|share|edit|adapt|print|bind|record|post)\b",
    _I,
)
UNLESS_ASKED = re.compile(
    r"\bwithout\s+(?:first\s+)?(?:(?:my|the|our|his|her|their|express|explicit|prior|written|"
    r"author['’]?s?|any|getting|having|asking|contacting|talking|checking|telling)\s+){0,6}(?:permission|"
    r"consent|okay|ok|approval|asking|contacting|authori[sz]ation|say-?so|me|agreement)\b|"
    r"\bunless\s+(?:you\s+(?:ask|have\s+asked|have|contact|get|checked)|i\s+(?:say|said|give|have|agree)|"
    r"we\s+have|with)\b|\bbefore\s+asking\b|\bunauthori[sz]ed\b",
    _I,
)
_ASK = re.compile(
    r"\b(?:please\s+|pls\s+|just\s+|always\s+|then\s+|do\s+|must\s+|to\s+)?(?:ask|contact|message|email|"
    r"e-mail|dm|pm|write|check\s+with)\s+(?:me\s+|us\s+|the\s+author\s+|for\s+(?:my\s+)?permission\s+|"
    r"permission\s+)?(?:first|before|beforehand|for\s+permission)\b"
    + _GAP
    + r"(?:$|[.!,;:)\]]|\b(?:re-?post|archiv|translat|shar|us(?:e|ing)|post|tak|copy|upload|adapt|podfic|if|you|doing|writ)\w*)|"
    r"\bask(?:\s+me)?\s+if\s+you(?:['’]d|\s+would)?\s+(?:want|like|wish|plan|intend)\b[^.!?\n]{0,40}"
    r"\b(?:re-?post|archiv|translat|post|copy|upload|adapt|podfic)\w*|"
    r"\bpermission\s+(?:is\s+)?(?:needed|required|necessary)\b|\b(?:by|with)\s+permission\s+only\b|"
    r"\bonly\s+(?:with|by)\s+(?:my\s+|the\s+author['’]?s\s+)?(?:explicit\s+|written\s+|"
    r"express\s+)?(?:permission|consent)\b",
    _I,
)
_ASK_ACT = re.compile(
    r"\b(?:re-?post|archiv|translat|shar(?:e|ing)|us(?:e|ing) (?:this|my|any)|post(?:ing)? (?:this|it|"
    r"else|any)|tak(?:e|ing) (?:this|it)|copy|upload|adapt|podfic|permission|elsewhere|anywhere)",
    _I,
)
PERMITS = re.compile(
    r"\b(?:feel\s+free|don['’]?t\s+(?:have|need)\s+to\s+ask|do\s+not\s+(?:have|need)\s+to\s+ask|"
    r"no\s+need\s+to\s+ask|needn['’]t\s+ask|blanket\s+permission|(?:don['’]?t|do\s+not|"
    r"wouldn['’]t)\s+(?:really\s+)?mind|welcome\s+to|go\s+ahead|"
    r"archive\s+away|wherever\s+you|without\s+asking(?:\s+me)?\s+(?:is|if)\s+(?:fine|ok)|happy\s+for|"
    r"(?<!not\s)(?<!n['’]t\s)have\s+(?:my\s+)?(?:full\s+)?permission|no\s+permission\s+(?:needed|required|"
    r"necessary))\b",
    _I,
)
_HESITATE = re.compile(
    r"\b(?:do\s+not|don['’]?t|never|cannot|can['’]?t)\s+(?:ever\s+)?(?:forget|hesitate|worry|"
    r"be\s+(?:afraid|shy|scared)|have\s+to|need\s+to|mind|know|think|care|feel|remember|understand)\b",
    _I,
)
_OWN = re.compile(
    r"\b(?:i|we|he|she|they|who|it|that)(?:['’](?:ve|d|ll|m|s|re))?\s+(?:have\s+|had\s+|would\s+|"
    r"will\s+)?(?:\w+ly\s+|still\s+|just\s+|also\s+)?$",
    _I,
)
_QUOTED = re.compile(r"[\"“”]([^\"“”]{1,200})[\"”]")
_REPORTS = re.compile(
    r"\b(?:said|says|saying|told|tells|asked|called|wrote|read|reads|sign|titled|title|heard|thinks?|looks)\b", _I
)


def is_quoted(text: str) -> bool:
    """Whether the prohibition is something that the author quotes somebody with."""
    quoted = _QUOTED.search(text)
    if quoted is None:
        return False
    outside = text[: quoted.start()] + text[quoted.end() :]
    return bool(_REPORTS.search(outside)) and not CUE.search(outside.replace("told", ""))


_ASKED_OF = re.compile(  # "I asked my beta not to copy"
    r"\b(?:asked|told|tried?|trying|promised|decided|chose|learned|learnt|wanted|preferred|how|way|reason)\s+(?:\w+\s+){0,3}$", _I
)


def is_to_readers(found: re.Match[str], text: str) -> bool:
    """Whether a prohibition is said to readers: not what the author or a character does not do."""
    before = text[: found.start()]
    matched = found.group()
    if re.match(r"\W*(?:rather|prefer)", matched, _I):
        return True
    if _ASKED_OF.search(before) and not re.match(r"\W*(?:do|don|never)", matched, _I):
        return False
    if _OWN.search(before + matched[: len(matched) - len(matched.lstrip())]) or _HESITATE.match(matched.lstrip(" ,:(-—")):
        return False
    return not re.match(r"\W*(?:is|was|are)\s*(?:not|n['’]t)\s+(?!to\b|allowed|permitted)", matched, _I)


_NAMES_AI = re.compile(_AI + r"|ai\b|\bmine[ds]?\b|text and data|\btdm\b|scrap|training\b", _I)


def forbids_ai(text: str) -> bool:
    """Whether a clause refuses use for AI; not whether it says that none was used."""
    if not _NAMES_AI.search(text):
        return False
    for pattern in (_DO_NOT_AI, _DO_NOT_SCRAPE):
        found = pattern.search(text)
        if found and is_to_readers(found, text):
            return True
    if (
        _CONSENT_AI.search(text)
        or _NOT_FOR_AI.search(text)
        or AI_OUT.search(text)
        or _OPT_OUT.search(text)
        or _AI_FORBIDDEN.search(text)
    ):
        return not _MADE_WITHOUT.search(text)
    short = _NO_AI.search(text)
    return bool(
        short
        and _NO_AI_REST.match(short.group("rest"))
        and not _MADE_WITHOUT.search(text)
        and not (short.group("what").casefold() == "training" and not short.group("rest").strip(" .!"))
    )


_NAMES = {
    "no_repost": re.compile(r"post|upload|publi|distribut|reprod|plagi|steal|stolen|cop[yi]|share|host|\bput", _I),
    "no_archive": re.compile(r"archiv|mirror|back\s?up", _I),
    "no_translation": re.compile(r"translat", _I),
}  # quick looks, before the dear patterns


def forbids(kind: str, text: str) -> float:
    """How sure it is that a clause forbids an act of reuse (a kind of `VERBS`), in 0..1; 0 where it does not."""
    if not _NAMES[kind].search(text):
        return 0.0
    found = _DO_NOT[kind].search(text)
    if found and is_to_readers(found, text):
        return 0.95
    if _REFUSED[kind].search(text) or _NO_NOUN[kind].search(text) or _NOT_FOR[kind].search(text):
        return 0.9
    return 0.9 if _NOUN_FORBIDDEN[kind].search(text) else 0.0


def asks(text: str) -> bool:
    """Whether a clause wants readers to ask before some reuse."""
    found = _ASK.search(text)
    if found is None:
        return False
    own = _OWN.search(text[: found.start()]) or re.search(r"\b(?:to everyone|asked|who)\b", text[: found.start()], _I)
    return not own and bool(_ASK_ACT.search(text) or len(text) < 40)
