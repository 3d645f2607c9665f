"""EPUB 2 and 3: the pages of the spine in order, read by the maker's rules where the maker is known.

Makers: the Archive of Our Own (by Calibre), FanFicFare, FicHub; any other book is read by its table of contents and headings.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from transforms import encoding
from transforms.documents import Block
from transforms.sources import ao3, fanficfare
from transforms.sources.facts import Facts, Reading
from transforms.sources.markup import Page, line, text_of
from transforms.sources.options import Options
from transforms.sources.pages import declared, mark_chapter_file, mark_headings
from transforms.sources.reasons import Refusal
from transforms.sources.streams import Budget
from transforms.sources.writer import FURNITURE, Label
from transforms.sources.xml import member, parse_xml

_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_FRONT = re.compile(
    r"(?:^|[/_.-])(?:cover|jacket|toc|nav|contents|copyright|titlepage|title_page)(?:page)?(?:_?\d+)?\.x?html?$", re.I
)


@dataclass(slots=True)
class _Book:
    title: str = ""
    authors: list[str] = field(default_factory=list)
    description: str = ""
    language: str = ""
    makers: str = ""
    sources: list[str] = field(default_factory=list)
    series: str = ""
    files: list[str] = field(default_factory=list)  # of the spine, in order
    front: set[str] = field(default_factory=set)  # cover, contents
    contents: dict[str, str] = field(default_factory=dict)  # file -> title in the table of contents


def is_epub(archive: zipfile.ZipFile) -> bool:
    """Whether a zip is an EPUB, also one that was packed anew in the wrong order."""
    names = set(archive.namelist()[:50_000])
    if "META-INF/container.xml" in names:
        return True
    return "mimetype" in names and any(name.endswith(".opf") for name in names)


def read_epub(archive: zipfile.ZipFile, options: Options, budget: Budget) -> Reading:
    """The blocks and facts of a book."""
    _check_rights(archive, options, budget)
    book = _read_package(archive, options, budget)
    facts = Facts()
    blocks: list[Block] = []
    maker: str | None = None
    encodings: list[str] = []
    known = 0
    for name in book.files:
        raw = member(archive, name, options, budget)
        if raw is None:
            facts.flags.add("truncated")
            continue
        decoded = encoding.decode(raw, declared(raw))
        encodings.append(decoded.encoding)
        if len(raw) > options.max_page:
            raise Refusal("too_large", f"A page of the book is larger than {options.max_page:,} bytes.")
        page = Page(decoded.text, options.max_tag_depth)
        which = fanficfare.is_epub_page(page)
        if which:
            maker = "fanficfare"
            fanficfare.read_epub_page(page, which, facts)
        elif fanficfare.is_fichub(page):
            maker = "fichub"
            fanficfare.read_fichub(page, facts)
        elif maker == "ao3" or ao3.is_download(page) or "archiveofourown" in book.makers:
            maker = "ao3"
            ao3.read_download(page, facts)
        elif name in book.front or _FRONT.search(name):
            page.default = FURNITURE
        elif maker == "fichub":
            fanficfare.read_fichub_chapter(page)
        elif maker is None:
            page.default = Label(None, "epub.text")
            if not _is_title_page(page, book, known):
                several = sum(file not in book.front for file in book.files) > 1
                begun = mark_chapter_file(page) if several else mark_headings(page, book.title, Facts())
                if not begun and (title := book.contents.get(name)):
                    blocks.append(Block(f"{title}\n\n", "heading", "epub.contents", chapter=True))
                known += 1
        new = page.blocks()
        if blocks and new and not blocks[-1].text.endswith("\n\n"):
            last = blocks[-1]
            blocks[-1] = Block(last.text.rstrip("\n") + "\n\n", last.kind, last.rule, last.topics, last.chapter)
        blocks += new
    _add_package(book, facts, maker)
    return Reading(blocks, "epub", facts, next((name for name in encodings if name != "utf-8"), "utf-8" if encodings else None))


def _check_rights(archive: zipfile.ZipFile, options: Options, budget: Budget) -> None:
    if any(info.flag_bits & 0x1 for info in archive.infolist()[:50_000]):
        raise Refusal("encrypted")
    raw = member(archive, "META-INF/encryption.xml", options, budget)
    if raw:
        methods = {node.get("Algorithm") for node in parse_xml(raw).iter("{*}EncryptionMethod")}
        if methods - set(_FONTS_ONLY):
            raise Refusal("encrypted", "The book is protected by DRM.")


def _read_package(archive: zipfile.ZipFile, options: Options, budget: Budget) -> _Book:
    raw = member(archive, "META-INF/container.xml", options, budget)
    path = None
    if raw:
        root = parse_xml(raw).find(".//{*}rootfile")
        path = root.get("full-path") if root is not None else None
    names = archive.namelist()
    raw = member(archive, path, options, budget) if path else None
    if raw is None:
        path = next((name for name in names if name.endswith(".opf")), None)
        raw = member(archive, path, options, budget) if path else None
    if raw is None:
        raise Refusal("unreadable", "The book's list of pages is missing.")
    package = parse_xml(raw)
    base = posixpath.dirname(path)
    book = _Book()
    _read_dublin_core(package, book)
    files, kinds = {}, {}
    for item in package.iterfind("{*}manifest/{*}item"):
        name = _resolve(base, item.get("href") or "")
        files[item.get("id")] = name
        kinds[name] = (item.get("media-type") or "").lower()
        if "nav" in (item.get("properties") or "").split():
            book.front.add(name)
            _read_nav(member(archive, name, options, budget), name, book)
    for ref in package.iterfind("{*}guide/{*}reference"):
        if (ref.get("type") or "").lower() in ("cover", "toc", "copyright-page", "title-page"):
            book.front.add(_resolve(base, ref.get("href") or ""))
    spine = package.find("{*}spine")
    if spine is not None:
        ncx = files.get(spine.get("toc"))
        if ncx and not book.contents:
            _read_ncx(member(archive, ncx, options, budget), ncx, book)
        for ref in spine.iterfind("{*}itemref"):
            name = files.get(ref.get("idref"))
            if name and "svg" not in kinds.get(name, "") and "image" not in kinds.get(name, "") and name not in book.files:
                book.files.append(name)
    if not book.files:
        book.files = sorted(name for name in names if re.search(r"\.x?html?$", name, re.I))
    if len(book.files) > 1:
        book.front -= {name for name in book.front if len(book.front) >= len(book.files)}
    return book


def _resolve(base: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(base, unquote(href.split("#")[0])))


def _read_dublin_core(package: etree._Element, book: _Book) -> None:
    makers = []
    for node in package.iterfind("{*}metadata//*"):
        if not isinstance(node.tag, str):
            continue
        name, text = etree.QName(node).localname, line("".join(node.itertext()))
        if name == "title":
            book.title = book.title or text
        elif name == "creator" and text:
            book.authors.append(text)
        elif name == "description":
            book.description = book.description or text
        elif name == "language":
            book.language = book.language or text
        elif name in ("publisher", "contributor"):
            makers.append(text)
        elif name in ("source", "identifier"):
            book.sources.append(text)
        elif name == "meta" and node.get("name") == "calibre:series":
            book.series = node.get("content") or ""
        elif name == "meta" and node.get("name") == "calibre:series_index" and book.series:
            number = re.fullmatch(r"(\d{1,4})(?:\.0+)?", node.get("content") or "")
            book.series = f"Part {number[1]} of {book.series}" if number else book.series
    book.makers = " ".join(makers).lower().replace("archive of our own", "archiveofourown")


def _read_nav(raw: bytes | None, name: str, book: _Book) -> None:
    if not raw:
        return
    page = Page(encoding.decode(raw, declared(raw)).text)
    for link in page.css("nav a[href], ol a[href]"):
        target = _resolve(posixpath.dirname(name), link.attributes.get("href") or "")
        book.contents.setdefault(target, text_of(link))


def _read_ncx(raw: bytes | None, name: str, book: _Book) -> None:
    if not raw:
        return
    for point in parse_xml(raw).iter("{*}navPoint"):
        label, content = point.find("{*}navLabel/{*}text"), point.find("{*}content")
        if label is not None and content is not None:
            book.contents.setdefault(_resolve(posixpath.dirname(name), content.get("src") or ""), line(label.text))


_TITLE_PAGE = Label("metadata", "epub.title_page")


def _is_title_page(page: Page, book: _Book, known: int) -> bool:
    """A short first page that names the book and its author."""
    text = line(page.body.text()) if page.body is not None else ""
    if known or not book.title or len(text) > 600 or book.title.lower() not in text.lower():
        return False
    named = any(author.lower() in text.lower() for author in book.authors)
    if named or len(text) <= len(book.title) + 3:
        page.default = _TITLE_PAGE
        return True
    return False


def _add_package(book: _Book, facts: Facts, maker: str | None) -> None:
    """What the package states and the pages did not. Its subjects are left: Calibre mixes fandoms, ratings and tags in them."""
    for label, value in (("Title", book.title), ("Author", tuple(book.authors))):
        if not facts.has(label) and value not in ("Unknown", ("Unknown",)):
            facts.add(label, value)
    if maker == "ao3" and facts.site is None and "archiveofourown" in book.makers:
        facts.site = "ao3"
    if maker is None:
        summary = Page(book.description).body if "<" in book.description else None
        facts.add("Summary", text_of(summary) if summary is not None else book.description)
        facts.add("Language", book.language if book.language not in ("und", "UND") else "")
    if not facts.has("Series"):
        facts.add("Series", book.series)
    if facts.site_id is None:
        for source in book.sources:
            if source.startswith(("http", "www.")):
                facts.locate(source)
                break
