"""Pages that people saved from sites: where the story stands in them, and what else is known by the site's own names.

Most sites need a row of `_SITES`: selectors for the text, the notes, the title, the author and the chapter's heading. Those that
tell more, or tell it in words, have functions below. Everything that no selector names is furniture, and stays as such.
Selectors follow the sites' pages as public scrapers know them (docs/sources.md); a site that changes them is read as any page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from transforms.documents import Part
from transforms.metadata.sitelines import read_dash_line
from transforms.sources.facts import Facts
from transforms.sources.markup import Node, Page, line, text_of
from transforms.sources.writer import FURNITURE, Label


@dataclass(frozen=True, slots=True)
class _Site:
    """One site: its name, what proves it, and the selectors of its parts."""

    site: str
    proof: str
    text: str
    notes: str = ""
    end_notes: str = ""
    title: str = ""
    author: str = ""
    chapter: str = ""
    furniture: str = ""


_SITES = (
    _Site(
        "royalroad",
        "div.chapter-inner.chapter-content",
        "div.chapter-content",
        notes="div.author-note-portlet",
        title='h2 a[href*="/fiction/"], .fic-header h2, .fic-header h1[property="name"]',
        author='h3 a[href*="/profile/"], .fic-header a[href*="/profile/"]',
        chapter="h1.break-word, .fic-header h1",
    ),
    _Site(
        "scribblehub",
        "#chp_raw",
        "#chp_raw",
        notes=".wi_authornotes, .wi_news",
        title=".c_index > a[href*='/series/'], a.sib_title, .chp_byauthor a[href*='/series/']",
        author=".chp_byauthor a[href*='/profile/'], a[property='author']",
        chapter=".chapter-title",
        furniture=".chp_stats, .chp_btns, .wi_authornotes .p-avatar-wrap",
    ),
    _Site(
        "fimfiction",
        "#chapter-body",
        "#chapter-body",
        notes=".authors-note",
        title="#story_title a, .story-page-header h1 a, a.story-title",
        author=".story-page-header .author a, a.author, #story_author a",
        chapter="#chapter_title, .chapter-title h2, .chapter_title",
    ),
    _Site(
        "syosetu",
        ".p-novel__text, #novel_honbun",
        ".p-novel__text, #novel_honbun",
        notes=".p-novel__text--preface, .p-novel__text--afterword, #novel_p, #novel_a",
        title=".c-announce a[href], .contents1 a[href]",
        author=".p-novel__author a, .contents1 a[href*='mypage']",
        chapter=".p-novel__title, .novel_subtitle",
    ),
    _Site(
        "ficbook",
        "#content.js-part-text, .js-part-text, #content[itemprop='articleBody']",
        "#content",
        notes=".part-comment-top, .part-comment-bottom",
        title="a[href*='/readfic/'][itemprop='headline'], .fanfic-main-info h1",
        author="a[itemprop='author'], .creator-username",
        chapter=".title-area h2, h2[itemprop='headline']",
    ),
    _Site(
        "literotica",
        'div[class*="_article__content_"]',
        'div[class*="_article__content_"]',
        title="h1",
        author='a[class*="_author__title_"], a[class*="y_eU"]',
    ),
    _Site(
        "asianfanfics",
        "#user-submitted-body",
        "#user-submitted-body",
        title="h1.title, h1 a[href*='/story/view/']",
        author="a[href^='/profile/view/']",
        chapter="#user-submitted-title",
    ),
    _Site(
        "webnovel",
        ".cha-words, .cha-content",
        ".cha-words",
        notes=".m-thou",
        title=".cha-hd-mn-text a, .g_title",
        chapter=".cha-tit h1, .cha-tit h3",
    ),
    _Site(
        "hpfanfic",
        "#chapter-content .author-note, .chapter-text-wrapper .author-note",
        "#chapter-content, .chapter-text-wrapper",
        notes=".author-note",
    ),
)

_FFN_METADATA = Label("metadata", "ffn.header")


def read_site(page: Page, facts: Facts) -> bool:
    """Labels a page by its site, where the site is known; whether it is."""
    for proof, reader in (
        ("#storytext, #storycontent", _read_ffn),
        ("article.message--post .bbWrapper, .message--post .bbWrapper, article.message .bbWrapper", _read_xenforo),
        ("p[data-p-id]", _read_wattpad),
        (".b-singlepost-body, .aentry-post__text, .entry .entry-content, .entry-text .entry-content, .asset-body", _read_journal),
    ):
        if page.first(proof) is not None and reader(page, facts):
            return True
    if _is_efiction(page):
        _read_efiction(page, facts)
        return True
    for site in _SITES:
        if page.first(site.proof) is not None:
            _read_row(page, site, facts)
            return True
    return _read_blog(page, facts)


def _read_row(page: Page, site: _Site, facts: Facts) -> None:
    name = site.site
    page.default = Label("boilerplate", f"{name}.furniture")
    texts = page.css(site.text)
    page.label(texts, Label(None, f"{name}.text"))
    if name == "ficbook":
        page.preformatted = {node.mem_id for node in texts}
    if site.notes:
        for node in page.css(site.notes):
            page.label(node, Label("note", f"{name}.notes"))
    if site.furniture:
        page.label(page.css(site.furniture), page.default)
    for selector, kind in ((site.title, "Title"), (site.author, "Author")):
        node = page.first(selector) if selector else None
        if node is not None:
            page.label(node, Label("metadata", f"{name}.{kind.lower()}"))
            facts.add(kind, text_of(node))
    chapter = page.first(site.chapter) if site.chapter else None
    if chapter is not None:
        page.label(chapter, Label("heading", f"{name}.chapter", chapter=True))
    facts.site = name
    facts.locate(page.url)


# ---- FanFiction.net, FictionPress


def _read_ffn(page: Page, facts: Facts) -> bool:
    profile = page.first("#profile_top")
    body = page.first("#storytext, #storycontent")
    if profile is None and body.attributes.get("id") == "storytext" and "fanfiction" not in page.html[:50_000].lower():
        return False
    facts.locate(page.url)
    facts.site = facts.site or ("fictionpress" if "fictionpress" in page.html[:20_000].lower() else "ffn")
    page.default = Label("boilerplate", "ffn.furniture")
    page.label(body, Label(None, "ffn.text"))
    if profile is not None:
        page.label(profile, _FFN_METADATA)
        page.label(profile.css("button"), page.default)
        _read_profile(page, profile, facts)
    links = page.css("#pre_story_links a")
    if links:
        page.label(page.first("#pre_story_links"), _FFN_METADATA)
        fandom = text_of(links[-1])
        if not facts.has("Fandom"):
            facts.add("Fandom", _crossover(fandom))
    _read_ffn_chapter(page, facts)
    return True


def _crossover(text: str) -> tuple[str, ...]:
    """ "A + B Crossover" names two fandoms."""
    names = re.fullmatch(r"(.+?) \+ (.+?) Crossover", text)
    return (names[1], names[2]) if names else (text,)


def _read_profile(page: Page, profile: Node, facts: Facts) -> None:
    facts.add("Title", text_of(profile.css_first("b.xcontrast_txt") or profile.css_first("b")))
    facts.add(
        "Author", text_of(profile.css_first('a[href^="/u/"], a[href*="fanfiction.net/u/"], a[href*="fictionpress.com/u/"]'))
    )
    for node in profile.css("div.xcontrast_txt"):
        if "margin-top" in (node.attributes.get("style") or "") and text_of(node):
            page.label(node, Label("summary", "ffn.summary"))
            facts.add("Summary", text_of(node))
    meta = profile.css_first("span.xgray") or profile.css_first("span[class*='xgray']")
    if meta is None:
        return
    text = text_of(meta)
    for pair in read_dash_line(text) or ():
        if pair[0] not in ("published", "updated"):
            facts.add(*pair)
    # The dates in words may have no year; the page states the moments beside them.
    for stamp in meta.css("span[data-xutime]"):
        before = stamp.prev
        label = (
            re.search(r"(Updated|Published):\s*$", before.text_content or "")
            if before is not None and before.tag == "-text"
            else None
        )
        seconds = stamp.attributes.get("data-xutime") or ""
        if label and seconds.isdigit() and len(seconds) < 11:
            facts.add(label[1], _day(int(seconds)))
    number = re.search(r"\bid: (\d{1,12})", text)
    facts.site_id = facts.site_id or (number[1] if number else None)


def _day(seconds: int) -> str:
    """The UTC date of a Unix time."""
    days = seconds // 86_400 + 719_468  # days since 0000-03-01 (civil-from-days, H. Hinnant)
    era, of_era = divmod(days, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return f"{era * 400 + year + (month <= 2):04d}-{month:02d}-{day:02d}"


def _read_ffn_chapter(page: Page, facts: Facts) -> None:
    """Which chapter the page shows: the one chosen in its list, or the number in its address."""
    options = page.css("select#chap_select option")
    chosen = next((option for option in options if "selected" in option.attributes), None)
    address = re.search(r"/s/\d+/(\d{1,5})", page.url or "")
    number = re.match(r"(\d{1,5})\. ?", text_of(chosen)) if chosen is not None else address
    if chosen is not None and page.first("#storytext") is not None:
        page.label(chosen, Label("heading", "ffn.chapter", chapter=True))
    if number and facts.site_id and (chosen is not None or int(number[1]) > 1):
        total = len({option.attributes.get("value") for option in options}) or None
        facts.part = Part(f"{facts.site}-{facts.site_id}", int(number[1]), total, certain=True)


# ---- eFiction


def _is_efiction(page: Page) -> bool:
    if page.first("#pagetitle") is None or page.first("#story, .infobox, .noteinfo, .listbox") is None:
        return False
    return page.first("#story, .noteinfo, .chaptertitle") is not None or "viewstory.php" in page.html


def _read_efiction(page: Page, facts: Facts) -> None:
    page.default = Label("boilerplate", "efiction.furniture")
    title = page.first("#pagetitle")
    page.label(title, Label("metadata", "efiction.title"))
    links = title.css("a")
    if len(links) >= 2:
        facts.add("Title", text_of(links[0]))
        facts.add("Author", [text_of(link) for link in links[1:] if "viewuser" in (link.attributes.get("href") or "viewuser")])
    else:
        name, _, author = text_of(title).rpartition(" by ")
        facts.add("Title", name or author)
        facts.add("Author", author if name else "")
    page.label(page.css("#story"), Label(None, "efiction.text"))
    for info in page.css(".infobox"):
        page.label(info, Label("metadata", "efiction.header"))
        for name, value, nodes in _labelled_spans(info):
            if value.lower() == "none":
                continue
            if name == "Completed":
                facts.add("Status", {"yes": "Complete", "no": "In Progress"}.get(value.lower(), ""))
            elif name == "Summary":
                page.label(nodes, Label("summary", "efiction.summary"))
                facts.add("Summary", value)
            elif name == "Categories":
                facts.add("Fandom", tuple(part.strip() for part in value.split(",")))  # eFiction files stories by show
            elif name not in ("Read", "Challenges", "Table of Contents"):
                facts.add(name, value)
    page.label(page.css(".noteinfo, .notes"), Label("note", "efiction.notes"))
    page.label(page.css(".chaptertitle"), Label("heading", "efiction.chapter", chapter=True))
    number = re.search(r"viewstory\.php\?(?:[^\"'\s]*?&(?:amp;)?)?sid=(\d{1,9})", page.html)
    host = urlsplit(page.url or "").hostname
    if number and host:
        facts.site, facts.site_id, facts.url = host.removeprefix("www."), number[1], page.url


def _labelled_spans(scope: Node) -> list[tuple[str, str, list[Node]]]:
    """(label, value, nodes) of each `<span class="label">Label:</span> value`."""
    found = []
    for span in scope.css("span.label"):
        values, nodes = [], [span]
        node = span.next
        while node is not None and not (node.tag == "span" and "label" in (node.attributes.get("class") or "").split()):
            values.append(" " if node.tag == "br" else node.text_content or "" if node.tag == "-text" else node.text())
            nodes.append(node)
            node = node.next
        found.append((text_of(span).rstrip(": "), line("".join(values)), nodes))
    return found


# ---- forums


_STORY_MARKS = ("threadmarks", "sidestory", "sidestories", "apocrypha", "omake", "")


def _read_xenforo(page: Page, facts: Facts) -> bool:
    facts.locate(page.url)
    page.default = Label("boilerplate", "forum.furniture")
    title = page.first("h1.p-title-value")
    if title is not None:
        page.label(title, Label("metadata", "forum.title"))
        name = "".join(child.text_content or "" if child.tag == "-text" else "" for child in _children(title))
        facts.add("Title", name or text_of(title))
    posts = [post for post in page.css("article.message, .message--post") if post.css_first(".bbWrapper") is not None]
    marked = [post for post in posts if post.css_first(".message-cell--threadmark-header, .threadmarkLabel") is not None]
    starter = page.first(".p-description a.username, .p-description .username")
    author = text_of(starter) or (posts[0].attributes.get("data-author") or "" if posts else "")
    facts.add("Author", author)
    own = [post for post in posts if not author or (post.attributes.get("data-author") or author) == author]
    for post in marked or own:
        body = post.css_first(".bbWrapper")
        header = post.css_first(".message-cell--threadmark-header, .threadmarkLabel")
        label = header.css_first(".threadmarkLabel") or header if header is not None else None
        category = _threadmark_category(header)
        if category in _STORY_MARKS:
            page.label(body, Label(None, "forum.post"))
            if label is not None:
                page.label(label, Label("heading", "forum.threadmark", chapter=True))
        else:
            page.label(body, Label("note", "forum.post"))
        for quote in body.css(".bbCodeBlock--quote"):
            if quote.css_first(".bbCodeBlock-sourceJump") is not None:
                page.label(quote, Label("note", "forum.quote", ("reply",)))
        page.label(body.css(".bbCodeBlock-expandLink, .bbCodeSpoiler-button, fieldset.dice_container, .js-unfurl"), page.default)
    return True


def _children(node: Node) -> list[Node]:
    child, found = node.first_child, []
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _threadmark_category(header: Node | None) -> str:
    if header is None:
        return ""
    node = header.css_first(".threadmark-category, label[for*='threadmark'], .threadmarkCategory")
    return text_of(node).strip(":").lower() if node is not None else ""


# ---- Wattpad


def _read_wattpad(page: Page, facts: Facts) -> bool:
    paragraphs = page.css("p[data-p-id]")
    parents = {paragraph.parent.mem_id: paragraph.parent for paragraph in paragraphs if paragraph.parent is not None}
    whole_page = page.first("h1, #sticky-nav, .story-parts, header") is not None
    page.default = Label("boilerplate", "wattpad.furniture") if whole_page else Label(None, "wattpad.text")
    page.label(parents.values(), Label(None, "wattpad.text"))
    page.label(page.css("p[data-p-id] .num-comment, .comment-marker, p[data-p-id] button, .component-wrapper"), FURNITURE)
    heading = page.first("h1.h2, header h1, h1")
    page.label(heading, Label("heading", "wattpad.chapter", chapter=True))
    facts.site = "wattpad"
    facts.locate(page.url if "/story/" in (page.url or "") else None)
    shown = page.meta("og:title") or ""
    chapter = text_of(heading)
    if chapter and shown.endswith(f" - {chapter}"):
        facts.add("Title", shown.removesuffix(f" - {chapter}"))
    author = page.first('a[href^="/user/"], a[href*="wattpad.com/user/"]')
    facts.add("Author", text_of(author) or None)
    return True


# ---- LiveJournal, Dreamwidth


def _read_journal(page: Page, facts: Facts) -> bool:
    host = urlsplit(page.url or "").hostname or ""
    engine = (
        "dreamwidth"
        if "dreamwidth" in host + page.html[:20_000]
        else "livejournal"
        if "livejournal" in host + page.html[:20_000]
        else ""
    )
    if not engine:
        return False
    page.default = Label("boilerplate", "journal.furniture")
    bodies = page.css(".b-singlepost-body, .aentry-post__text, .entry .entry-content, .entry-text .entry-content, .asset-body")
    page.label(bodies[0], Label(None, "journal.text"))
    title = page.first(".b-singlepost-title, .aentry-post__title, h3.entry-title, .entry-title, .asset-name, dt.entry-title")
    page.label(title, Label("metadata", "journal.title"))
    page.label(
        page.css(".entry .metadata, .currents, .entry .tag, .b-singlepost-tags, .aentry-tags"),
        Label("metadata", "journal.header"),
    )
    facts.site = engine
    name = host.split(".")[0] if host.count(".") == 2 and not host.startswith("www") else ""
    poster = page.first(
        ".entry-poster .ljuser, .poster .ljuser, .b-singlepost-author-user .ljuser, .aentry-head .ljuser, .ljuser"
    )
    facts.add("Author", text_of(poster) or name.replace("-", "_"))
    number = re.search(r"/(\d{1,9})\.html", page.url or "")
    if number and name:
        facts.site_id, facts.url = f"{name}-{number[1]}", page.url
    return True


# ---- blogs, and pages that name their main part


_NAVIGATION = re.compile(
    r"[<>«»←→|\s]*(?:next|prev(?:ious)?|last|first|back(?: to .{1,40})?|index|home|contents|table of contents|toc|main|up|top"
    r"|glossary|cast|fan art|donate|chapter (?:list|index)|author(?:'s)? page)(?: (?:chapter|part|page|post|story))?[<>«»←→|\s]*",
    re.I,
)


def _read_blog(page: Page, facts: Facts) -> bool:
    """A post of a blog engine, or the `<main>` or `<article>` of a page where it holds most of the text."""
    body = page.body
    posts = page.css(".entry-content, .post-body, .post-content, [itemprop='articleBody']") if body is not None else []
    rule = "blog"
    if len(posts) != 1:
        posts, rule = (page.css("main, [role='main']") or page.css("article")) if body is not None else [], "page"
        if len(posts) != 1 or len(posts[0].text()) * 2 < len(body.text()):
            return False
    post = posts[0]
    facts.locate(page.url)
    page.default = Label("boilerplate", f"{rule}.furniture")
    page.label(post, Label(None, f"{rule}.text"))
    page.label(
        post.css(".sharedaddy, .jp-relatedposts, .post-navigation, .comments, #comments, #respond, footer, aside, form"),
        page.default,
    )
    label_navigation(page, post)
    title = page.first("h1.entry-title, .entry-title, h2.entry-title, h3.post-title, h1.post-title") or page.first("h1")
    if title is not None and text_of(title):
        page.label(
            title,
            Label(
                "heading", f"{rule}.title", chapter=bool(re.match(r"(?:chapter|part|interlude|prologue)\b", text_of(title), re.I))
            ),
        )
    return True


def label_navigation(page: Page, scope: Node) -> None:
    """Labels lines that are links to other pages of the story and nothing else: "Last Chapter | Next Chapter"."""
    for link in scope.css("a"):
        line_of = link.parent
        if line_of is None or line_of.tag not in ("p", "div", "center", "strong", "em", "span", "td", "h1", "h2", "h3", "h4"):
            continue
        while (
            line_of.parent is not None and line_of.tag in ("strong", "em", "span") and text_of(line_of.parent) == text_of(line_of)
        ):
            line_of = line_of.parent
        links = [text_of(other) for other in line_of.css("a")]
        rest = re.sub(r"[\W_]+", "", text_of(line_of))
        if len("".join(re.sub(r"[\W_]+", "", text) for text in links)) == len(rest) and all(
            _NAVIGATION.fullmatch(text) for text in links if text
        ):
            page.label(line_of, FURNITURE)
