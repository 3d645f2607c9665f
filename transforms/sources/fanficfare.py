"""Stories as FanFicFare and FicHub write them: text, page, and the pages of an EPUB.

Both put a list of `Label: value` lines first, then the chapters as the site had them. FanFicFare's text is Markdown by
html2text, filled to 78 columns with CRLF; each chapter's title stands behind a tab, which nothing else does.
"""

from __future__ import annotations

import re

from transforms.documents import Block
from transforms.metadata.labels import field_of
from transforms.metadata.sitelines import read_dash_line
from transforms.sources.facts import Facts, Reading
from transforms.sources.markup import Node, Page, line, text_of
from transforms.sources.writer import FURNITURE, RULE, Label
from transforms.wrapping import unfill, width_of

_METADATA = Label("metadata", "fanficfare.header")
_SUMMARY = Label("summary", "fanficfare.summary")
_HEADING = Label("heading", "fanficfare.chapter", chapter=True)
_BODY = Label(None, "fanficfare.text")

_NOTE = ("note", "fanficfare.chapter_notes")
_CHAPTER_SUMMARY = ("summary", "fanficfare.chapter_summary")
_QUOTED = {"summary for the chapter": _CHAPTER_SUMMARY, "notes for the chapter": _NOTE, "description": _CHAPTER_SUMMARY}


def _quoted(label: str) -> tuple[str, str] | None:
    """What stands behind a bold label that FanFicFare puts before quoted notes and summaries, in the site's language."""
    name = label.strip().rstrip(":").strip().lower().replace("’", "'")
    if name in _QUOTED:
        return _QUOTED[name]
    return {"notes": _NOTE, "translator_note": _NOTE, "summary": _CHAPTER_SUMMARY, "chapter_summary": _CHAPTER_SUMMARY}.get(
        field_of(name) or ""
    )


_LABEL = re.compile(r"([A-Z][A-Za-z' /-]{1,40}):(?:\s+|$)(.*)")
_WIDTH = 78  # its default; a user may set another, or none
_OWN = {"Packaged", "Story URL", "Author URL", "Publisher", "Status", "Published", "Updated", "Chapters", "Words", "Series URL"}


# ---- text


def is_text(text: str) -> bool:
    """Whether a text is one that FanFicFare wrote: title, by-line, its labels, then headings behind tabs or its last line."""
    head = text[:20_000]
    if not re.match(r"\s*\S[^\n]*\n\s*by [^\n]+\n", head.replace("\r", "")):
        return False
    labels = {found[1] for raw in head.splitlines()[:80] if (found := _LABEL.match(raw)) and field_of(found[1])}
    return len(labels & _OWN) >= 4 and (re.search(r"\n\r?\n\t\S", head) is not None or text.rstrip().endswith("End file."))


def read_text(text: str) -> Reading:
    """The blocks of FanFicFare's text, with its filling, escapes and marks of emphasis undone."""
    lines = [raw.rstrip("\r") for raw in text.split("\n")]
    reading = Reading([], "txt")
    starts = [at for at, raw in enumerate(lines) if raw[:1] == "\t" and raw.strip() and not (at and lines[at - 1].strip())]
    first = starts[0] if starts else next((at for at, raw in enumerate(lines) if raw.startswith("Summary:")), 0) + 1
    width = _WIDTH if _WIDTH * 3 // 4 < max(map(len, lines[first:]), default=0) <= _WIDTH else width_of(lines[first:])
    _read_head(lines[:first], width, reading)
    for start, end in zip(starts or [first], [*starts[1:], len(lines)] if starts else [len(lines)], strict=True):
        if starts:
            reading.blocks.append(Block(plain(lines[start].strip()) + "\n\n", "heading", _HEADING.rule, chapter=True))
            start += 1
        reading.blocks += _chapter(lines[start:end], width)
    return reading


def _read_head(lines: list[str], width: int | None, reading: Reading) -> None:
    facts, blocks = reading.facts, reading.blocks
    contents = next((at for at, raw in enumerate(lines) if raw.strip() == "TABLE OF CONTENTS"), len(lines))
    entries: list[tuple[str, str]] = []
    title: list[str] = []
    for raw in lines[:contents]:
        found = _LABEL.match(raw)
        if found and (field_of(found[1]) or entries):
            entries.append((found[1], found[2].strip()))
        elif entries:
            label, value = entries[-1]
            entries[-1] = (label, f"{value}\n{raw.rstrip()}")
        elif raw.strip():
            title.append(raw.strip())
    authors = " ".join(title[1:]).removeprefix("by ").strip()
    pairs = [("Title", title[0] if title else ""), ("Author", authors)]
    for label, value in entries:
        value = "\n\n".join(_paragraphs(value.strip().split("\n"), width)) if label == "Summary" else line(value)
        pairs.append((label, value))
    take_pairs(pairs, facts)
    header = [f"{title[0]}\n" if title else "", f"by {authors}\n" if authors else ""]
    header += [f"{label}: {value}\n" for label, value in pairs[2:] if label != "Summary"]
    blocks.append(Block("".join(header) + "\n", "metadata", _METADATA.rule))
    if summary := next((value for label, value in pairs if label == "Summary"), ""):
        blocks.append(Block(f"Summary: {summary}\n\n", "summary", _SUMMARY.rule))
    if rest := "\n".join(raw.strip() for raw in lines[contents:] if raw.strip()):
        blocks.append(Block(rest + "\n\n", "boilerplate", "fanficfare.contents"))


def take_pairs(pairs: list[tuple[str, str]], facts: Facts) -> None:
    """FanFicFare's labels as facts; the site and its id come from the story's address."""
    facts.locate(next((value for label, value in pairs if label == "Story URL"), None))
    for label, value in pairs:
        if label not in ("Packaged", "Author URL", "Series URL", "Publisher", "Story URL", "File Size", "Extraction date"):
            if label == "Series" and (place := re.fullmatch(r"(.+) \[(\d{1,4})(?:\.0+)?\]", value)):
                value = f"Part {place[2]} of {place[1]}"
            facts.add(label, value)


_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_STRONG = re.compile(r"(?<![^\W_])(?<![\\*])\*\*(?=\S)([^*]{1,5000}?)(?<=[^\s\\])\*\*(?![^\W_]|\*)")
_EMPHASIS = re.compile(r"(?<![\\\w_])_(?=\S)([^_]{1,5000}?)(?<=[^\s\\])_(?![\w_])")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:<[^>\n]{0,2000}>|[^()\s]{0,2000})(?: \"[^\"\n]{0,500}\")?\)")


def plain(text: str) -> str:
    """Markdown as html2text writes it, without its marks: emphasis, links, escapes."""
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "**" in text:
        text = _STRONG.sub(r"\1", text)
    if "_" in text:
        text = _EMPHASIS.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _paragraphs(lines: list[str], width: int | None) -> list[str]:
    """Blank-line separated blocks of lines as paragraphs, without Markdown."""
    out: list[str] = []
    raw: list[str] = []
    for long in [*lines, ""]:
        if long.lstrip("> ").strip():
            raw.append(long.rstrip())
        elif raw:
            bare = [re.sub(r"^>[> ]*", "", piece) for piece in raw]
            out.append(plain(unfill(bare, width, raw) if width else "\n".join(bare)))
            raw = []
    return out


def _chapter(lines: list[str], width: int | None) -> list[Block]:
    blocks: list[Block] = []
    text: list[str] = []
    quoted: tuple[str, str] | None = None  # what the quoted lines to come are

    def close() -> None:
        if text:
            blocks.append(Block("\n\n".join(text) + "\n\n", None, _BODY.rule))
            text.clear()

    for group in _groups(lines):
        if group[0].startswith(">"):  # lines that go on may have lost the mark
            if quoted:
                blocks += [Block(f"{body}\n\n", *quoted) for body in _paragraphs(group, width)]
            else:
                text += _paragraphs(group, width)
            continue
        joined = " ".join(raw.strip() for raw in group)
        label = re.fullmatch(r"\*\*([^*]{3,60}?):?\*\*:?", joined)
        if label and (kind := _quoted(label[1])):
            quoted = kind
            close()
            blocks.append(Block(f"{label[1]}:\n\n", *kind))
            continue
        if quoted and all(re.match(r" {1,4}\* ", raw) for raw in group):  # "For ...", "Inspired by ..." before the note
            blocks.append(Block("\n".join(plain(raw.strip()[2:]) for raw in group) + "\n\n", *quoted))
            continue
        quoted = None
        if len(group) == 1 and joined == RULE:
            close()
            blocks.append(Block(f"{RULE}\n\n", "break", "fanficfare.rule"))
        elif joined == "End file.":
            close()
            blocks.append(Block("End file.\n", "boilerplate", "fanficfare.end"))
        else:
            text += _paragraphs([re.sub(r"^ {0,3}#{1,6} +|^ {1,4}\* |^ {1,4}(?=\d+\. )", "", raw) for raw in group], width)
    close()
    return blocks


def _groups(lines: list[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for raw in lines:
        if raw.strip():
            if groups[-1] and groups[-1][-1][:1] != ">" and raw[:1] == ">":
                groups.append([])
            groups[-1].append(raw)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


# ---- pages


def is_page(page: Page) -> bool:
    """Whether a page is FanFicFare's HTML: its table of fields before its numbered sections."""
    return page.first("table.full") is not None and page.first('a[name^="section0"]') is not None


def read_page(page: Page, facts: Facts) -> None:
    """Labels the elements of FanFicFare's HTML."""
    page.default = _BODY
    title = page.first("h1")
    pairs: list[tuple[str, str]] = []
    if title is not None:
        page.label(title, _METADATA)
        pairs += _title_pairs(title)
    table = page.first("table.full")
    page.label(table, _METADATA)
    for row in table.css("tr"):
        label = row.css_first("b")
        if label is None:
            continue
        name = text_of(label).rstrip(":")
        pairs.append((name, text_of(row).removeprefix(text_of(label)).strip()))
        if name == "Summary":
            page.label(row, _SUMMARY)
    take_pairs(pairs, facts)
    contents = page.first('a[name="TOCTOP"]')
    page.label(contents, FURNITURE)
    page.label(page.css('a[href^="#section0"]'), FURNITURE)
    for section in page.css('a[name^="section0"]'):
        heading = section.css_first("h2") or section.next
        if heading is not None and heading.tag in ("h1", "h2", "h3"):
            page.label(heading, _HEADING)
    label_quotes(page)


def _title_pairs(title: Node) -> list[tuple[str, str]]:
    links = title.css("a")
    if len(links) >= 2:
        return [("Title", text_of(links[0])), ("Author", ", ".join(text_of(link) for link in links[1:]))]
    name, _, author = text_of(title).rpartition(" by ")
    return [("Title", name or author), ("Author", author if name else "")]


def label_quotes(page: Page) -> None:
    """Labels the blockquotes (or divisions) that stand behind "Notes for the Chapter:" and the like."""
    page.label(page.css("h3.landmark"), FURNITURE)
    for division in page.css("div.fff_chapter_notes"):
        rule = "fanficfare.chapter_end_notes" if "fff_foot_notes" in division.attributes["class"] else "fanficfare.chapter_notes"
        page.label(division, Label("note", rule))
    for bold in page.css("b, strong"):
        kind = _quoted(text_of(bold)) if len(bold.text()) < 60 else None
        if kind is None:
            continue
        place = bold.parent if bold.parent.tag == "p" and text_of(bold.parent) == text_of(bold) else bold
        after = place.next
        while after is not None and (after.tag == "br" or (after.tag == "-text" and not (after.text_content or "").strip())):
            after = after.next
        if after is not None and after.tag in ("blockquote", "div"):
            label = Label(*kind)
            page.label((place, after), label)


def is_epub_page(page: Page) -> str | None:
    """Which of FanFicFare's own pages of an EPUB this is: titlepage, tocpage, logpage, chapter."""
    body = page.body
    names = (body.attributes.get("class") or "").split() if body is not None else []
    return next((name.removeprefix("fff_") for name in names if name.startswith("fff_")), None)


def read_epub_page(page: Page, which: str, facts: Facts) -> None:
    """Labels the elements of a page of FanFicFare's EPUB."""
    if which == "titlepage":
        page.default = _METADATA
        read_labels(page, facts)
    elif which == "chapter":
        page.default = _BODY
        heading = page.first(".fff_chapter_title") or page.first("h3, h2, h1")
        page.label(heading, _HEADING)
        label_quotes(page)
    else:
        page.default = FURNITURE


def read_labels(page: Page, facts: Facts) -> None:
    """`<b>Label:</b> value<br/>` lines of a title page."""
    pairs: list[tuple[str, str]] = []
    title = page.first("h1, h2, h3")
    if title is not None:
        pairs += _title_pairs(title)
    for bold in page.css("b, strong"):
        name = text_of(bold)
        if not name.endswith(":"):
            continue
        values, nodes = [], [bold]
        node = bold.next
        while node is not None and node.tag not in ("b", "strong"):
            if node.tag == "br" and "".join(values).strip():
                if name != "Summary:":
                    break
                values.append("\n")
            values.append(node.text_content or "" if node.tag == "-text" else node.text() if node.tag != "br" else "")
            nodes.append(node)
            node = node.next
        value = "".join(values)
        if name == "Summary:":
            page.label(nodes, _SUMMARY)
            pairs.append(("Summary", "\n\n".join(line(part) for part in value.split("\n") if part.strip())))
        else:
            pairs.append((name.rstrip(":"), line(value)))
    take_pairs(pairs, facts)


# ---- FicHub


_FICHUB = Label("metadata", "fichub.header")
_FICHUB_BODY = Label(None, "fichub.text")


def is_fichub(page: Page) -> bool:
    """Whether a page has FicHub's introduction."""
    return "Exported with the assistance of" in page.html and "ichub" in page.html


def read_fichub(page: Page, facts: Facts) -> None:
    """Labels FicHub's introduction, and the chapters that follow it in its HTML."""
    page.default = _FICHUB_BODY
    chapters = page.css("h2")
    pairs: list[tuple[str, str]] = []
    summary: list[str] = []
    node = page.first("h1")
    if node is not None:
        pairs.append(("Title", text_of(node)))
    while node is not None and not (node.tag == "h2" and node in chapters):
        text = text_of(node) if node.tag[:1] != "-" else line(node.text_content)
        found = re.match(r"(By|Status|Published|Updated|Words|Chapters|Original source|Rated):\s*(.+)", text)
        if found and found[1] == "By":
            pairs.append(("Author", found[2]))
        elif found and found[1] == "Original source":
            facts.locate(found[2])
        elif found and found[1] == "Rated":
            dashes = read_dash_line(text) or read_dash_line(found[2]) or [("Rating", found[2].split(" - ")[0])]
            pairs += [pair for pair in dashes]
        elif found:
            pairs.append((found[1], found[2]))
        elif text and node.tag != "h1" and "Exported with" not in text:
            summary.append(text)
            page.label(node, Label("summary", "fichub.summary"))
        if node.tag[:1] != "-" and page.labels.get(node.mem_id) is None:
            page.label(node, FURNITURE if "Exported with" in text else _FICHUB)
        node = node.next
    pairs.append(("Summary", "\n\n".join(summary)))
    for label, value in pairs:
        facts.add(label, value)
    page.label(chapters, Label("heading", "fichub.chapter", chapter=True))


def read_fichub_chapter(page: Page) -> None:
    """A chapter of FicHub's EPUB. Of an AO3 chapter it keeps notes and summary as quotes without labels, at either edge."""
    page.default = _FICHUB_BODY
    page.label(page.first("h2, h1, h3"), Label("heading", "fichub.chapter", chapter=True))
    page.label(page.css("blockquote.userstuff"), Label("note", "fichub.chapter_notes"))
