"""A page of markup becomes a reading: the site is told by the page's structure, and its reader labels the elements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.sources import ao3, fanficfare, gates, sites
from transforms.sources.facts import Facts, Reading
from transforms.sources.markup import Page, line, text_of
from transforms.sources.options import Options
from transforms.sources.reasons import Refusal
from transforms.sources.writer import FURNITURE, Label

_CHARSET = re.compile(
    rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.I
)
_CHAPTER = re.compile(
    r"(?:(?:chapter|ch\.|part|book|episode|act|cap[ií]tulo|chapitre|kapitel|capitolo|глава|часть|rozdział|teil)\s*"
    r"(?:\d{1,4}|[ivxlc]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten|\w{3,12}teen|twenty)\b|"
    r"prologue|epilogue|interlude|foreword|пролог|эпилог|\d{1,3}\s*[.:)–—-]\s*\S|[ivxlc]{1,6}\.?$|\d{1,3}\.?$|第.{1,6}[章话話回])",
    re.I,
)
_SECTION = 2000  # characters that a chapter has at least, where its heading does not say that it is one
_HEADING = Label("heading", "html.heading")
_CHAPTER_HEADING = Label("heading", "html.chapter", chapter=True)
_TITLE = Label("metadata", "html.title")


def declared(raw: bytes) -> str | None:
    """The charset that a page says it is in (a hint for decoding), from its first 4,096 bytes."""
    found = _CHARSET.search(raw[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def is_chapter(text: str) -> bool:
    """Whether a heading reads like a chapter's: "Chapter 3", "III.", "Prologue", in the languages of most works."""
    return _CHAPTER.match(text) is not None


def is_title(headings: Sequence[tuple[int, str]]) -> bool:
    """Whether the first of (level, text) headings stands above all others and reads like no chapter's.

    A bare number ("1984", "X") is a title where chapters follow below it.
    """
    (level, text), *rest = headings
    if any(other <= level for other, _ in rest):
        return False
    numbered = re.fullmatch(r"(?:\d{1,4}|[ivxlc]{1,6})\.?", text, re.I) and sum(is_chapter(other) for _, other in rest) > 1
    return bool(numbered) or not is_chapter(text)


def _opens(page: Page, heading: str) -> bool:
    return line(page.body.text()[:5000]).startswith(heading)


def mark_headings(page: Page, title: str | None, facts: Facts) -> bool:
    """Labels the headings of a page whose maker is not known; whether a chapter begins in it.

    A heading above all others that the page begins with, and that its `<title>` begins with, is the work's title; then the level
    with most headings that read like chapters', or the highest one whose headings stand over long texts, holds the chapters;
    headings above and below it are headings.
    """
    found = []
    for node in page.css("h1, h2, h3, h4, h5, h6"):
        text = text_of(node)
        if text and len(text) <= 200 and node.mem_id not in page.labels:
            found.append((node, text))
    opening = found[0][1].casefold() if found else ""
    stated = (title or "").casefold()
    above = bool(found) and is_title([(int(node.tag[1]), text) for node, text in found]) and _opens(page, found[0][1])
    if found and (opening == stated or (above and (not stated or stated.startswith(opening)))):
        facts.add("Title", found[0][1])
        page.label(found.pop(0)[0], _TITLE)
    levels: dict[str, list] = {}
    for node, text in found:
        levels.setdefault(node.tag, []).append((node, text))
    chapters = ""
    size = len(page.body.text()) if len(found) > 1 else 0
    alike = {level: sum(is_chapter(text) for _, text in nodes) for level, nodes in levels.items()}
    for level in sorted(levels, key=lambda level: (-alike[level], level)):
        if (alike[level] and alike[level] * 2 >= len(levels[level])) or size > _SECTION * len(levels[level]) > _SECTION:
            chapters = level
            break
    for level, nodes in levels.items():
        if not chapters and len(nodes) > 1:
            continue  # many headings over little text may be times and places: the splitter weighs them
        page.label((node for node, _ in nodes), _CHAPTER_HEADING if level == chapters else _HEADING)
    return bool(chapters)


def mark_chapter_file(page: Page) -> bool:
    """Labels the headings of a file of a book that has one file a chapter; whether the file begins with a heading."""
    found = [node for node in page.css("h1, h2, h3, h4, h5, h6") if 0 < len(text_of(node)) <= 200]
    if not found or not _opens(page, text_of(found[0])):
        page.label(found, _HEADING)
        return False
    page.label(found, _HEADING)
    page.label((node for node in found if node.tag == found[0].tag), _CHAPTER_HEADING)
    return True


def read_page(html: str, options: Options) -> Reading:
    """The blocks and facts of one page."""
    page = Page(html, options.max_tag_depth)
    facts = Facts()
    if ao3.is_work_page(page):
        ao3.read_work_page(page, facts)
    elif ao3.is_download(page):
        facts.made = True
        ao3.read_download(page, facts)
    elif fanficfare.is_page(page):
        facts.made = True
        fanficfare.read_page(page, facts)
    elif fanficfare.is_fichub(page):
        fanficfare.read_fichub(page, facts)
    elif not sites.read_site(page, facts):
        facts.locate(page.url)
        page.label(page.css("footer, aside, #comments, .comments, #respond"), FURNITURE)
        page.label((form for form in page.css("form") if form.css_first("input") is not None), FURNITURE)
        mark_headings(page, text_of(page.first("title")), facts)
        if page.body is not None:
            sites.label_navigation(page, page.body)
    blocks = page.blocks()
    if facts.made and "<html" in html[:3000].lower() and "</html" not in html[-3000:].lower():
        # What a program wrote ends as it should, or was cut.
        if not any(block.text.strip() for block in blocks if block.kind is None):
            raise Refusal("truncated")
        facts.flags.add("truncated")
    gates.check_page(page, blocks)
    return Reading(blocks, "html", facts)
