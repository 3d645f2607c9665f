"""Word-processor documents and FictionBook: DOCX, ODT, FB2, each walked once through its XML."""

from __future__ import annotations

import re
import zipfile

from lxml import etree

from transforms.sources.facts import Facts, Reading
from transforms.sources.markup import line
from transforms.sources.options import Options
from transforms.sources.pages import is_chapter, is_title
from transforms.sources.reasons import Refusal
from transforms.sources.streams import Budget
from transforms.sources.writer import TEXT, Label, Writer
from transforms.sources.xml import member, parse_xml, undeclared

_TITLE = Label("metadata", "office.title")
_CHAPTER = Label("heading", "office.chapter", chapter=True)
_HEADING = Label("heading", "office.heading")
_HIDDEN = Label("boilerplate", "office.hidden")
_FOOTNOTES = Label(None, "office.footnotes")


def office_format(archive: zipfile.ZipFile) -> str | None:
    """docx, odt, or another office format by its zip's members; None for any other zip."""
    names = set(archive.namelist()[:10_000])
    if "[Content_Types].xml" in names:
        return (
            "docx"
            if "word/document.xml" in names
            else next((n for n in ("xlsx", "pptx") if any(x.startswith(n[:2]) for x in names)), None)
        )
    if "mimetype" in names and "content.xml" in names:
        return "odt"
    return None


def _local(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _chapter_levels(levels: list[tuple[int, str]]) -> int | None:
    """The heading level that parts chapters: the highest of which there are two, or one that reads like a chapter's."""
    for level in sorted({level for level, _ in levels}):
        texts = [text for at, text in levels if at == level]
        if len(texts) >= 2 or is_chapter(texts[0]):
            return level
    return None


# ---- DOCX


def read_docx(archive: zipfile.ZipFile, options: Options, budget: Budget) -> Reading:
    """The blocks of a Word document: its paragraphs, with deleted and hidden text left out of the story."""
    raw = member(archive, "word/document.xml", options, budget)
    if raw is None:
        raise Refusal("unreadable", "The document's text is missing.")
    levels = _docx_styles(member(archive, "word/styles.xml", options, budget))
    root = parse_xml(raw)
    body = root.find("{*}body")
    if body is None:
        raise Refusal("no_text")
    headings = [
        (levels[style], text) for p in body.iter("{*}p") if (style := _docx_style(p)) in levels and (text := _docx_text(p))
    ]
    chapter = _chapter_levels([(level, text) for level, text in headings if level])
    if (
        headings
        and headings[0][0]
        and headings[0][0] != chapter
        and is_title(headings)
        and 0 not in (level for level, _ in headings)
    ):
        levels = {style: 0 if level == headings[0][0] else level for style, level in levels.items()}
    facts = Facts()
    writer = Writer(TEXT)
    _docx_walk(body, writer, levels, chapter, facts)
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = member(archive, name, options, budget)
        if notes and "<w:t" in notes.decode("utf-8", "replace"):
            writer.blank_line()
            writer.switch(_FOOTNOTES)
            _docx_walk(parse_xml(notes), writer, {}, None, facts)
    return Reading(writer.blocks(), "docx", facts, "utf-8")


def _docx_styles(raw: bytes | None) -> dict[str, int]:
    """Style id -> level of heading (0 is the title), by the styles' names, which are English in every language's Word."""
    levels = {"Title": 0, **{f"Heading{n}": n for n in range(1, 7)}}
    if raw:
        for style in parse_xml(raw).iter("{*}style"):
            name = style.find("{*}name")
            value = (name.get(_w(name, "val")) or "").lower() if name is not None else ""
            found = re.fullmatch(r"heading (\d)", value)
            key = style.get(_w(style, "styleId")) or ""
            if value == "title":
                levels[key] = 0
            elif found:
                levels[key] = int(found[1])
    return levels


def _w(node: etree._Element, name: str) -> str:
    return f"{{{etree.QName(node).namespace}}}{name}"


def _docx_style(paragraph: etree._Element) -> str | None:
    style = paragraph.find("{*}pPr/{*}pStyle")
    return style.get(_w(style, "val")) if style is not None else None


def _docx_text(paragraph: etree._Element) -> str:
    return line("".join(text.text or "" for text in paragraph.iter("{*}t")))


def _docx_walk(body: etree._Element, writer: Writer, levels: dict[str, int], chapter: int | None, facts: Facts) -> None:
    texts = 0
    skipping = None
    paragraphs: list[tuple[etree._Element, int]] = []
    for event, node in etree.iterwalk(body, events=("start", "end")):
        tag = _local(node)
        if skipping is not None:
            if event == "end" and node is skipping:
                skipping = None
            continue
        if event == "start":
            if tag in ("del", "Fallback", "pPr", "sectPr", "instrText", "delText", "moveFrom"):
                skipping = node
            elif tag == "p":
                writer.blank_line()
                level = levels.get(_docx_style(node) or "", -1)
                if level == 0:
                    writer.switch(_TITLE)
                    if not facts.has("Title"):
                        facts.add("Title", _docx_text(node))
                elif level > 0 and _docx_text(node):
                    writer.begin_chapter(_CHAPTER) if level == chapter else writer.switch(_HEADING)
                paragraphs.append((node, writer.total))
            elif tag == "r":
                if node.find("{*}rPr/{*}vanish") is not None:
                    writer.switch(_HIDDEN)
            elif tag == "t":
                text = node.text or ""
                if text.strip():
                    writer.text(text.lstrip() if writer.at_line_start else text)
                    texts += 1
                elif text and not writer.at_line_start:
                    writer.text(text)
            elif tag == "tab":
                if not writer.at_line_start:
                    writer.space = "\t"
            elif tag in ("br", "cr"):
                writer.breaks += 1
            elif tag == "noBreakHyphen":
                writer.text("-")
            elif tag == "tr":
                writer.newline()
        elif tag == "p":
            start = paragraphs.pop()[1] if paragraphs else writer.total
            if writer.total == start:
                border = node.find("{*}pPr/{*}pBdr")
                if border is not None and len(border):
                    writer.rule()
                else:
                    writer.extra += 1
            if writer.label is not TEXT and writer.label is not _FOOTNOTES:
                writer.switch(TEXT)
            writer.blank_line()
        elif tag == "r" and writer.label is _HIDDEN:
            writer.switch(TEXT)


# ---- ODT


def read_odt(archive: zipfile.ZipFile, options: Options, budget: Budget) -> Reading:
    """The blocks of an OpenDocument text."""
    raw = member(archive, "content.xml", options, budget)
    manifest = member(archive, "META-INF/manifest.xml", options, budget)
    if manifest and b"encryption-data" in manifest:
        raise Refusal("encrypted")
    if not raw:
        raise Refusal("unreadable", "The document's text is missing.")
    return _odt(parse_xml(raw), "odt")


def read_fodt(text: str) -> Reading:
    """The blocks of an OpenDocument text that is one XML file."""
    return _odt(parse_xml(undeclared(text)), "fodt")


def _odt(root: etree._Element, kind: str) -> Reading:
    body = root.find("{*}body/{*}text")
    if body is None:
        raise Refusal("unreadable", "The document's text is missing.")
    levels = [(_odt_level(node), line("".join(node.itertext()))) for node in body.iter("{*}h")]
    levels = [(level, text) for level, text in levels if text]
    chapter = _chapter_levels(levels)
    top = levels[0][0] if levels and levels[0][0] != chapter and is_title(levels) else None
    titles = _odt_titles(root)
    facts = Facts()
    writer = Writer(TEXT)
    skipping = None
    starts: list[int] = []
    for event, node in etree.iterwalk(body, events=("start", "end")):
        tag = _local(node)
        if skipping is not None:
            if event == "end" and node is skipping:
                skipping = None
                _flow(writer, node.tail)
            continue
        if event == "start":
            if tag in ("annotation", "tracked-changes", "bookmark", "script", "sequence-decls", "forms", "note-citation"):
                skipping = node
                continue
            if tag in ("p", "h"):
                writer.blank_line()
                starts.append(writer.total)
                level = _odt_level(node)
                if tag == "h" and level != top and "".join(node.itertext()).strip():
                    writer.begin_chapter(_CHAPTER) if level == chapter else writer.switch(_HEADING)
                elif _style(node) in titles or (tag == "h" and level == top):
                    writer.switch(_TITLE)
                    if not facts.has("Title"):
                        facts.add("Title", line("".join(node.itertext())))
            elif tag == "s":
                count = next((int(v) for k, v in node.attrib.items() if k.endswith("}c") and v.isdigit()), 1)
                writer.space = writer.space or " " * min(count, 100)
            elif tag == "tab":
                writer.space = "\t"
            elif tag == "line-break":
                writer.breaks += 1
            elif tag == "note":
                writer.text(" [")
            _flow(writer, node.text)
        else:
            if tag in ("p", "h"):
                if starts and writer.total == starts.pop():
                    writer.extra += 1
                if writer.label is not TEXT:
                    writer.switch(TEXT)
                writer.blank_line()
            elif tag == "note":
                writer.gap = 0
                writer.text("]")
            if tag not in ("p", "h", "section", "list", "list-item", "table", "table-row", "table-cell"):
                _flow(writer, node.tail)
    return Reading(writer.blocks(), kind, facts, "utf-8")


def _flow(writer: Writer, text: str | None) -> None:
    if text:
        writer.flowing(text)


def _style(node: etree._Element) -> str:
    return next((value for key, value in node.attrib.items() if key.endswith("}style-name")), "")


def _odt_level(node: etree._Element) -> int:
    return next((int(value) for key, value in node.attrib.items() if key.endswith("}outline-level") and value.isdigit()), 1)


def _odt_titles(root: etree._Element) -> set[str]:
    names = {"Title"}
    for style in root.iter("{*}style"):
        if any(key.endswith("}parent-style-name") and value == "Title" for key, value in style.attrib.items()):
            names |= {value for key, value in style.attrib.items() if key.endswith("}name")}
    return names


# ---- FB2


_FB2_TITLE = Label("metadata", "fb2.header")
_FB2_SUMMARY = Label("summary", "fb2.annotation")
_FB2_NOTES = Label("note", "fb2.notes", ("glossary",))
_FB2_CHAPTER = Label("heading", "fb2.chapter", chapter=True)


def read_fb2(text: str) -> Reading:
    """The blocks of a FictionBook: description, annotation, sections with their titles, and its body of notes."""
    root = parse_xml(undeclared(text))
    facts = Facts()
    info = root.find("{*}description/{*}title-info")
    writer = Writer(TEXT)
    if info is not None:
        _fb2_info(info, facts)
    lines = [
        f"{label}: {', '.join(value) if isinstance(value, tuple) else value}"
        for label, value in facts.pairs
        if label != "Summary"
    ]
    if lines:
        writer.switch(_FB2_TITLE)
        for entry in lines:
            writer.text(entry)
            writer.gap = 1
        writer.blank_line()
    annotation = info.find("{*}annotation") if info is not None else None
    if annotation is not None:
        writer.switch(_FB2_SUMMARY)
        _fb2_walk(annotation, writer, _FB2_SUMMARY, facts)
    for body in root.iterfind("{*}body"):
        notes = (body.get("name") or "").lower() in ("notes", "comments", "footnotes")
        writer.switch(_FB2_NOTES if notes else TEXT)
        _fb2_walk(body, writer, _FB2_NOTES if notes else TEXT, facts)
    return Reading(writer.blocks(), "fb2", facts)


def _fb2_info(info: etree._Element, facts: Facts) -> None:
    def text(path: str) -> str:
        node = info.find(path)
        return line("".join(node.itertext())) if node is not None else ""

    facts.add("Title", text("{*}book-title"))
    names = []
    for author in info.iterfind("{*}author"):
        parts = {_local(child): line("".join(child.itertext())) for child in author}
        full = " ".join(parts.get(name, "") for name in ("first-name", "middle-name", "last-name"))
        names.append(line(full) or parts.get("nickname", ""))
    facts.add("Author", names)
    facts.add("Genre", [line(genre.text) for genre in info.iterfind("{*}genre")])
    facts.add("Language", text("{*}lang"))
    annotation = info.find("{*}annotation")
    if annotation is not None:
        paragraphs = (line("".join(p.itertext())) for p in annotation.iter("{*}p"))
        facts.add("Summary", "\n\n".join(p for p in paragraphs if p))
    series = info.find("{*}sequence")
    if series is not None and series.get("name"):
        number = series.get("number") or ""
        facts.add("Series", (f"Part {number} of {series.get('name')}" if number.isdigit() else series.get("name"),))


def _fb2_walk(body: etree._Element, writer: Writer, base: Label, facts: Facts) -> None:
    skipping = None
    sections = 0
    for event, node in etree.iterwalk(body, events=("start", "end")):
        tag = _local(node)
        if skipping is not None:
            if event == "end" and node is skipping:
                skipping = None
                _flow(writer, node.tail)
            continue
        if event == "start":
            if tag in ("binary", "image"):
                skipping = node
                continue
            if tag in _FB2_BLOCKS:
                writer.blank_line()
            if tag == "section":
                sections += 1
            elif tag == "title" and base is TEXT:
                # The title of the body repeats the book's; those of sections are chapters', a section in a section included.
                title = line(" ".join(node.itertext()))
                if sections == 0:
                    writer.switch(_FB2_TITLE)
                elif title:
                    writer.begin_chapter(_FB2_CHAPTER)
            elif tag == "empty-line":
                writer.extra += 1
            elif tag == "v":
                writer.newline()
            _flow(writer, node.text)
        else:
            if tag == "title" and writer.label is not base:
                writer.switch(base)
            if tag in _FB2_BLOCKS:
                writer.blank_line()
            elif tag == "v":
                writer.newline()
            elif tag in ("td", "th"):
                writer.space = "\t"
            if tag not in _FB2_BLOCKS and tag not in ("v", "empty-line") and node is not body:
                _flow(writer, node.tail)


_FB2_BLOCKS = frozenset(
    (
        "p",
        "title",
        "section",
        "subtitle",
        "epigraph",
        "poem",
        "stanza",
        "cite",
        "text-author",
        "annotation",
        "body",
        "tr",
        "table",
        "date",
    )
)
