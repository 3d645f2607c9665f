"""Works of the Archive of Our Own and of the archives that run its software (otwarchive): downloads and saved pages.

Downloads (HTML, and the EPUB that Calibre makes of it) changed over the years; ids, the `dl.tags` list and the labels before
blockquotes stayed. Class names do not survive the EPUB, so elements are known by id, by label and by place:

- before 2019 there is no `#preface` or `#afterword`; before 2022 no `Language:`
- labels are singular or plural by count since 2023-10, plural or fixed before
- chapter headings read `Chapter 3: Title` since 2025-10, `Title` or `Chapter 3` before
- a one-shot has no chapter heading; since 2026-02 a work with one chapter of several has
"""

from __future__ import annotations

import re

from transforms.documents import Part
from transforms.metadata.addresses import address_in
from transforms.sources.facts import Facts
from transforms.sources.markup import Node, Page, line, text_of
from transforms.sources.writer import Label

_FURNITURE = Label("boilerplate", "ao3.furniture")
_METADATA = Label("metadata", "ao3.header")
_TITLE = Label("metadata", "ao3.title")
_BODY = Label(None, "ao3.text")
_HEADING = Label("heading", "ao3.chapter", chapter=True)

# What stands in a download before a blockquote: the block's kind and rule.
_BEFORE_QUOTES = {
    "summary": Label("summary", "ao3.summary"),
    "notes": Label("note", "ao3.notes"),
    "end notes": Label("note", "ao3.end_notes"),
    "chapter summary": Label("summary", "ao3.chapter_summary"),
    "chapter notes": Label("note", "ao3.chapter_notes"),
    "chapter end notes": Label("note", "ao3.chapter_end_notes"),
}
_TAG_LABELS = re.compile(r"rating|archive warnings?|categor(?:y|ies)|fandoms?|relationships?|characters?|additional tags?", re.I)
_WORK_TAGS = {
    "rating": "Rating", "warning": "Archive Warning", "category": "Category", "fandom": "Fandom", "relationship": "Relationship",
    "character": "Character", "freeform": "Additional Tags",
}  # fmt: skip
_STAT = re.compile(r"(Published|Completed|Updated|Words|Chapters):\s*(\S+)")


def is_download(page: Page) -> bool:
    """Whether a page is (part of) a download: it has the tag list, or the headings of its sections."""
    if _tag_list(page) is not None:
        return page.first("#workskin, #main .work.meta") is None
    return page.first("h2.toc-heading") is not None and page.first("#chapters, #preface, #afterword") is not None


def _tag_list(page: Page) -> Node | None:
    for node in page.css("dl"):
        terms = [text_of(term).rstrip(":") for term in node.css("dt")[:12]]
        own = "work meta" not in (node.attributes.get("class") or "")
        listed = "Stats" in terms or "tags" in (node.attributes.get("class") or "").split()
        if own and listed and any(_TAG_LABELS.fullmatch(term) for term in terms):
            return node
    return None


def read_download(page: Page, facts: Facts) -> None:
    """Labels the elements of a download, or of one file of an EPUB made from it, and gathers what its preface states."""
    chapters = page.first("#chapters")
    tags = _tag_list(page)
    page.default = _FURNITURE if chapters is not None else _BODY
    page.label(chapters, _BODY)
    page.label(page.css("#preface, #afterword"), _FURNITURE)
    for message in page.css("p.message"):
        page.label(message, _FURNITURE)
        if facts.url is None:
            facts.locate(_work_link(message))
            if "Archive of Our Own" in text_of(message):  # other tools borrow the template
                facts.site = facts.site or "ao3"
    for link in page.css(".endnote-link"):
        page.label(link, _FURNITURE)
        before = _before(link)
        if before is not None and before.tag == "p" and text_of(before) in ("Notes", "Chapter Notes"):
            page.label(before, _FURNITURE)  # there are notes at the end only
    for heading in page.css("h2.toc-heading"):
        text = text_of(heading)
        page.label(heading, _FURNITURE if text in ("Preface", "Afterword") else _TITLE)
    for heading in page.css("h2.heading"):
        page.label(heading, _HEADING)
    _label_quotes(page)
    if tags is not None:
        if tags.parent is not None and tags.parent.tag == "div":
            page.label(tags.parent, _FURNITURE)
        page.label(tags, _METADATA)
        _read_tags(tags, facts)
        preface = page.first("#preface") or tags.parent
        _read_byline(page, preface, facts)
    for associations in page.css("#preface div > ul, div.meta > ul"):
        page.label(associations, _METADATA)
    for byline in page.css("p.byline, #chapters .byline"):
        page.label(byline, _METADATA)


def _before(node: Node) -> Node | None:
    """The element before another, over white space."""
    before = node.prev
    while before is not None and before.tag == "-text" and not (before.text_content or "").strip():
        before = before.prev
    return before


def _label_quotes(page: Page) -> None:
    for quote in page.css("blockquote"):
        if not (quote.attributes.get("class") or "").startswith("userstuff"):
            continue
        before = _before(quote)
        label = _BEFORE_QUOTES.get(text_of(before).rstrip(":").lower()) if before is not None and before.tag == "p" else None
        if label is not None:
            page.label((before, quote), label)


def _work_link(node: Node) -> str | None:
    for link in node.css("a[href]"):
        href = link.attributes.get("href") or ""
        if "/works/" in href:
            return href
    return None


def _read_tags(tags: Node, facts: Facts) -> None:
    term = ""
    for node in tags.css("dt, dd"):
        if node.tag == "dt":
            term = text_of(node).rstrip(":").strip()
        elif term == "Stats":
            add_stats(_STAT.findall(text_of(node)), facts)
        elif term == "Series":
            facts.add("Series", _series(node))
        elif term == "Language" or not node.css("a"):
            facts.add(term, text_of(node))
        elif term != "Collections":
            facts.add(term, [text_of(link) for link in node.css("a")])


def _series(node: Node) -> list[str]:
    """Each "Part 2 of The Coast" of a list of series."""
    found = []
    for link in node.css("a"):
        if not re.search(r"/series/", link.attributes.get("href") or "/series/"):
            continue
        before = link.prev
        part = (
            re.search(r"Part\s+(\d{1,6})\s+of\s*$", before.text_content or "")
            if before is not None and before.tag == "-text"
            else None
        )
        name = text_of(link)
        if name and "Previous Work" not in name and "Next Work" not in name:
            found.append(f"Part {part[1]} of {name}" if part else name)
    return found


def add_stats(stats: list[tuple[str, str]], facts: Facts) -> None:
    """Published, Updated, Words, Chapters as facts; "3/3" says that a work is complete, "3/?" that it is not."""
    for label, value in stats:
        value = value.strip()
        if label == "Completed":
            label = "Updated"
        if label == "Chapters" and (counts := re.fullmatch(r"([\d.,]+)/([\d.,]+|\?)", value)):
            facts.add("Status", "Complete" if counts[1] == counts[2] else "In Progress")
        facts.add(label, value)


def _read_byline(page: Page, scope: Node | None, facts: Facts) -> None:
    title = scope.css_first("h1") if scope is not None else None
    title = title or page.first("h1")
    if title is not None:
        page.label(title, _TITLE)
        facts.add("Title", text_of(title))
    byline = scope.css_first(".byline") if scope is not None else None
    if byline is None and title is not None:
        byline = title.next
        while byline is not None and byline.tag != "div":
            byline = byline.next
    if byline is not None and re.match(r"by\b", text_of(byline)):
        page.label(byline, _METADATA)
        read_authors(byline, facts)
    summary = next((q for q in page.css("blockquote") if page.labels.get(q.mem_id) is _BEFORE_QUOTES["summary"]), None)
    if summary is not None:
        facts.add("Summary", paragraphs(summary))


def paragraphs(node: Node) -> str:
    """The text of an element with its paragraphs on lines of their own."""
    inner = [text for child in node.css("p, li") if (text := text_of(child))]
    return "\n\n".join(inner) if inner and len("".join(inner)) * 2 > len(text_of(node)) else text_of(node)


def read_authors(byline: Node, facts: Facts) -> None:
    """The names in a byline, and what they say: hidden, or given up by their owner."""
    names = [text_of(link) for link in byline.css("a")]
    if not names:
        names = [re.sub(r"^by\s+", "", text_of(byline))]
    facts.add("Author", names)
    if any(name == "Anonymous" for name in names):
        facts.flags.add("anonymous")
    if any("orphan_account" in name for name in names):
        facts.flags.add("orphaned")


def is_work_page(page: Page) -> bool:
    """Whether a page is a work as the archive's site shows it."""
    return page.first("#workskin") is not None and page.first("#chapters, .userstuff") is not None


def read_work_page(page: Page, facts: Facts) -> None:
    """Labels the elements of a saved work page (whole work, or one of its chapters)."""
    facts.locate(page.url)
    if facts.site_id is None:
        links = (link.attributes.get("href") or "" for link in page.css('a[href*="/works/"]'))
        facts.locate(next((link for link in links if (found := address_in(link)) and found.site_id), None))
    facts.site = facts.site or "ao3"
    page.default = _FURNITURE
    chapters = page.first("#chapters")
    page.label(chapters, _BODY)
    if chapters is None:
        page.label(page.first("#workskin .userstuff"), _BODY)
    meta = page.first("dl.work.meta")
    if meta is not None:
        page.label(meta, _METADATA)
        _read_work_meta(meta, facts)
    title = page.first("#workskin h2.title")
    if title is not None:
        page.label(title, _TITLE)
        facts.add("Title", text_of(title))
        if title.css_first('img[alt*="estricted"]') is not None:
            facts.flags.add("restricted")
    byline = page.first("#workskin h3.byline")
    if byline is not None:
        page.label(byline, _METADATA)
        read_authors(byline, facts)
    for module in page.css("#workskin .summary.module"):
        chapter = "chapter" in (module.parent.attributes.get("class") or "")
        page.label(module, _BEFORE_QUOTES["chapter summary" if chapter else "summary"])
        if not chapter and not facts.has("Summary") and (quote := module.css_first("blockquote")) is not None:
            facts.add("Summary", paragraphs(quote))
    for module in page.css("#workskin .notes.module"):
        classes, outer = module.attributes.get("class") or "", module.parent.attributes.get("class") or ""
        end = "end" in classes.split()
        chapter = "chapter" in outer
        page.label(module, _BEFORE_QUOTES[f"{'chapter ' if chapter else ''}{'end ' if end else ''}notes"])
        page.label(module.css("ul.associations"), _METADATA)
        page.label(module.css("p.jump"), _FURNITURE)
    page.label(page.css("#workskin .landmark"), _FURNITURE)
    headings = page.css("#chapters .chapter h3.title")
    page.label(headings, _HEADING)
    page.label(page.css("#chapters h3.byline"), _METADATA)
    _read_part(headings, facts)


def _read_work_meta(meta: Node, facts: Facts) -> None:
    for value in meta.css("dd"):
        classes = (value.attributes.get("class") or "").split()
        if "tags" in classes:
            label = next((_WORK_TAGS[name] for name in classes if name in _WORK_TAGS), None)
            if label:
                facts.add(label, [text_of(link) for link in value.css("a")] or [text_of(value)])
        elif "language" in classes:
            facts.add("Language", text_of(value))
        elif "series" in classes and "stats" not in classes:
            facts.add("Series", _series(value))
        elif classes and classes[0] in ("published", "status", "words", "chapters"):
            label = {"published": "Published", "status": "Updated", "words": "Words", "chapters": "Chapters"}[classes[0]]
            add_stats([(label, line(text_of(value)))], facts)


def _read_part(headings: list[Node], facts: Facts) -> None:
    """A saved page may hold one chapter of a work: then it is a part of it."""
    if len(headings) != 1 or facts.site_id is None:
        return
    number = re.match(r"Chapter\s+(\d{1,5})\b", text_of(headings[0]))
    posted = next((value for label, value in facts.pairs if label == "Chapters"), "")
    if number and isinstance(posted, str) and not re.match(r"1\s*/", posted):
        total = re.search(r"/\s*([\d,]+)$", posted)
        facts.part = Part(
            f"{facts.site}-{facts.site_id}", int(number[1]), int(total[1].replace(",", "")) if total else None, certain=True
        )
