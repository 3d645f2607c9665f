"""Pages that stand where a story should: told by several cues together, never by a word, and never against a story's text.

Each gate asks for a sentence of the site (in its title, a heading, a form) and for little else on the page. A page with a story's
container that holds more than a few hundred words is never a gate, whatever its text says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.documents import Block
from transforms.sources.markup import Page, line, text_of
from transforms.sources.reasons import Refusal

_SHORT = 400  # words; gates are short, and so are drabbles: length alone proves nothing

# Reason -> what such pages say. Two prove it, or one with a title that says the same; the first alone, where it is a site's own.
_CUES: dict[str, tuple[re.Pattern[str], ...]] = {
    reason: tuple(re.compile("".join(parts), re.I) for parts in cues)
    for reason, cues in {
        "login_wall": (
            (
                r"(?:work|story|content|page|fic) is (?:only )?(?:available|visible|accessible)\s+(?:only )?",
                r"to (?:registered|logged[- ]in|members)",
            ),
            (
                r"(?:you must|you need to|please) (?:be logged in|log ?in|sign ?in|register)[^.]{0,60}",
                r"(?:to (?:view|read|access|continue|see)|first)",
            ),
            (r"do(?:n'?t| not) have permission to (?:access|view) the page you were trying to reach",),
            (r"already have an (?:account|archive of our own account)\?.{0,80}(?:log|sign) ?in",),
            (r"(?:log|sign) ?in (?:with|using) your (?:e-?mail|user ?name|account)",),
            (r"forgot(?:ten)? (?:your )?(?:password|user ?name)",),
            (r"(?:get|request) an invitation|create an account|sign up for free",),
        ),
        "adult_gate": (
            (r"this work could have adult content",),
            (r"if you (?:proceed|continue|enter) you (?:have agreed|agree|confirm|certify|are agreeing)",),
            (
                r"(?:are you|i am|you must be|confirm (?:that )?you are)\s+(?:at least |over |above )?(?:18|21|eighteen)",
                r"(?: years)?(?: of age| old)? ?(?:or (?:older|over))?",
            ),
            (
                r"(?:contains?|may contain) (?:adult|mature|explicit)[^.]{0,40}(?:content|material)[^.]{0,60}",
                r"(?:proceed|continue|enter|age)",
            ),
            (r"\b(?:age (?:consent|statement|verification)|viewer discretion)\b",),
            (r"(?:yes, continue|proceed|enter|go back|no, i am under)\b",),
        ),
        "unrevealed": (
            (r"this work is part of an ongoing challenge and will be revealed soon",),
            (r"mystery work|unrevealed (?:work|collection)",),
            (r"will be revealed (?:soon|on|when)",),
        ),
        "not_found": (
            (r"\berror (?:404|410)\b|\b(?:404|410)\b[ :–—-]*(?:error|not found|page not found|gone)",),
            (
                r"(?:page|work|story|chapter|file|fic) (?:you were looking for|you requested|you are looking for)[^.]{0,60}",
                r"(?:does(?:n'?t| not) exist|can(?:not|n'?t) be found|could(?: not|n'?t) be found|not found|",
                r"been (?:removed|deleted))",
            ),
            (r"(?:story|chapter|work) (?:not found|has been (?:removed|deleted)|does not exist)\b",),
            (r"(?:unable to locate|couldn'?t find) (?:the )?(?:story|work|page|chapter)",),
            (
                r"you may have (?:mistyped|typed)[^.]{0,60}address|",
                r"the (?:link|url|address) (?:may be|is) (?:broken|wrong|outdated|incorrect)",
            ),
            (
                r"\bthe requested url was not found\b|страница не найдена|(?:seite|geschichte) (?:wurde )?nicht gefunden|",
                r"page (?:introuvable|non trouvée)|página no encontrada|página não encontrada|pagina non trovata",
            ),
            (r"\bcode 1\b|\bfehler 404\b|\bошибка 404\b|\berreur 404\b|\berrore? 404\b|\berro 404\b",),
        ),
        "rate_limited": (
            (r"^\s*retry later\s*$",),
            (r"too many requests|\berror 429\b|\b429\b too",),
            (
                r"checking (?:your browser|if the site connection is secure)|just a moment\.\.\.|",
                r"verify(?:ing)? (?:that )?you are (?:a )?human",
            ),
            (r"enable javascript and cookies to continue|cloudflare ray id|attention required! \| cloudflare",),
            (r"\berror 50[0234]\b|\b50[234] (?:bad gateway|service unavailable|gateway time-?out)",),
            (r"temporarily (?:unavailable|down)|down for maintenance|under (?:heavy load|maintenance)",),
            (r"(?:try|come back) again (?:later|in a (?:few|couple))",),
            (r"performance & security by cloudflare|ddos protection by",),
        ),
        "stub": (
            (
                r"unlock this (?:post|chapter|story)|(?:join|subscribe) (?:now )?to (?:unlock|read|continue)|",
                r"get (?:more|access) (?:from|to)[^.]{0,40}(?:patreon|post)",
            ),
            (
                r"(?:this|the) (?:story|work|book|fic|chapter) (?:has been|was|is) ",
                r"(?:removed|stubbed|taken down|pulled|moved|no longer)",
                r"[^.]{0,80}(?:amazon|kindle|publish|patreon|another site|elsewhere)",
            ),
            (r"(?:become|join as|only (?:available )?(?:for|to)) (?:a )?(?:patrons?|members|subscribers|supporters)",),
            (r"\bpatreon\b",),
            (
                r"(?:available|published|continue reading|read the (?:rest|full))[^.]{0,40}",
                r"\b(?:on|at) (?:amazon|kindle|patreon|wattpad|my website)",
            ),
        ),
    }.items()
}
# A title or heading that says so: with it, one cue is enough.
_TITLES = {
    "login_wall": re.compile(
        r"^(?:log ?in|sign ?in|restricted work|new session|sorry!?|please log in|members? only)\b|\blog ?in (?:to|-|\|)", re.I
    ),
    "adult_gate": re.compile(r"adult content|age (?:verification|check|consent|gate)|mature content|content warning", re.I),
    "unrevealed": re.compile(r"mystery work|unrevealed", re.I),
    "not_found": re.compile(r"\b404\b|not found|error 4(?:04|10)|no such (?:page|story)|story (?:deleted|missing)", re.I),
    "rate_limited": re.compile(
        r"just a moment|attention required|too many requests|retry later|\b(?:429|50[0234])\b|service unavailable|bad gateway|"
        r"maintenance",
        re.I,
    ),
    "stub": re.compile(r"\| patreon|on patreon|creating .{1,60} patreon", re.I),
}


# One entry of the lists that sites make of works: search results, an author's page, a series, bookmarks.
_LISTED = (
    "li.work.blurb, li.bookmark.blurb, li.series.blurb, div.z-list, .listbox, .fiction-list-item, .search_main_box, "
    ".story_content_box"
)


def check_page(page: Page, blocks: Sequence[Block]) -> None:
    """A `Refusal` where a page is a gate, an empty shell or a list of links instead of a story."""
    story = "".join(block.text for block in blocks if block.kind is None and block.rule.endswith((".text", ".post")))
    if len(story) > 2000:
        return
    if story := line(story):
        # The site's own place for a story holds one; what it says instead of a story is all that could be a gate.
        if len(story.split()) <= 150 and (reason := _gate(story, (), None)):
            raise Refusal(reason)
        return
    if len(page.css(_LISTED)) >= 2:
        raise Refusal("link_list")
    visible = line(" ".join(block.text for block in blocks if block.rule != "html.hidden"))
    words = visible.count(" ") + 1
    headings = [text_of(page.first("title")), *(text_of(node) for node in page.css("h1, h2, h3.heading")[:6])]
    if words <= _SHORT or page.first('input[type="password"]') is not None:
        reason = _gate(visible[:8000], headings, page)
        if reason and words <= _SHORT * 2:
            raise Refusal(reason)
    if not any(block.text.strip() for block in blocks if block.kind != "boilerplate"):
        raise Refusal("no_text")
    if _is_link_list(page, visible):
        raise Refusal("link_list")


def check_plain(text: str) -> None:
    """A `Refusal` where a short plain text is a gate that someone pasted or a program wrote as a story's body."""
    if len(text) > 2000 or len(text.split()) > 120:
        return
    lines = [line(raw) for raw in text.splitlines() if raw.strip()]
    if lines and (reason := _gate(line(text), lines[:3], None)):
        raise Refusal(reason)


# Of each reason's cues, how many (from the first) say it outright; the others stand on ordinary pages too, and only add.
_OUTRIGHT = {"login_wall": 3, "adult_gate": 4, "unrevealed": 3, "not_found": 7, "rate_limited": 6, "stub": 2}
_SITES_OWN = ("rate_limited", "unrevealed", "adult_gate")  # whose first cue no story has, word for word


def _gate(visible: str, headings: Sequence[str], page: Page | None) -> str | None:
    best: tuple[int, str] | None = None
    for reason, cues in _CUES.items():
        hits = [cue.search(visible) is not None for cue in cues]
        if not any(hits[: _OUTRIGHT[reason]]):
            continue
        titled = any(_TITLES[reason].search(heading) for heading in headings if len(heading) < 150)
        form = reason == "login_wall" and page is not None and page.first('input[type="password"]') is not None
        score = sum(hits) + titled + form
        if (score >= 2 or (hits[0] and reason in _SITES_OWN)) and (best is None or score > best[0]):
            best = (score, reason)
    return best[1] if best and len(_DIALOGUE.findall(visible)) < 2 else None


# Dialogue with its tags: gates have none.
_DIALOGUE = re.compile(r"[\"“][^\"”\n]{2,300}[,.!?…—-][\"”]\s+(?:[a-zà-ÿ]|[A-Z]\w+ (?:said|asked|whispered|says|asks|told))")


def _is_link_list(page: Page, visible: str) -> bool:
    """Whether a page is a list of links: many of them, most of its text in them, and no paragraph of prose."""
    links = [text for link in page.css("a")[:5000] if (text := text_of(link))]
    if len(links) < 8 or not visible:
        return False
    linked = sum(map(len, links))
    prose = max(
        (len(text_of(node)) - sum(len(text_of(link)) for link in node.css("a")) for node in page.css("p, blockquote, td")),
        default=0,
    )
    return linked * 2 > len(visible) and prose < 500
