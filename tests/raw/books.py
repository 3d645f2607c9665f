"""Books as tools make them: an AO3 download as EPUB (through Calibre), and what FanFicFare writes, as EPUB and as text."""

from __future__ import annotations

import re
import textwrap
from html import escape

from tests.raw.containers import zipped
from tests.raw.notation import Book, Chapter, html, xml

CONTAINER = b"""<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def ao3_epub(book: Book, number: str) -> bytes:
    """The EPUB that AO3 offers: its download page, split into files and with its classes renamed by Calibre."""
    head, title = book.head, book.head["title"]
    stem = title.replace(" ", "_")
    pages = [_page(title, _ao3_preface(head), "calibre")]
    for index, chapter in enumerate(book.chapters, 1):
        pages.append(_page(title, _ao3_chapter(chapter, index), "calibre"))
    pages.append(_page(title, _ao3_afterword(head), "calibre"))
    files = {f"{stem}_split_{index:03}.xhtml": page.encode() for index, page in enumerate(pages)}
    subjects = ["Fanworks", head["rating"], *head["fandom"].split("; "), *head["tags"].split("; ")]
    return _epub(files, head, number, "Archive of Our Own", subjects)


def _ao3_preface(head: dict[str, str]) -> str:
    def links(key: str) -> str:
        return ", ".join(f'<a href="#" class="calibre3">{escape(value)}</a>' for value in head[key].split("; "))

    fields = (
        ("Rating", links("rating")), ("Archive Warning", links("warnings")), ("Category", links("category")),
        ("Fandom", links("fandom")), ("Relationship", links("relationships")), ("Character", links("characters")),
        ("Additional Tags", links("tags")),
        ("Stats", "Published: {published} Completed: {completed} Chapters: {chapters} Words: {words}".format(**head)),
    )  # fmt: skip
    rows = "\n".join(f'<dt class="calibre5">{label}:</dt>\n<dd class="calibre6">{value}</dd>' for label, value in fields)
    return f"""<div id="preface" class="calibre1">
<h2 class="toc-heading">Preface</h2>
<p class="message"><b class="calibre2">{escape(head["title"])}</b><br class="calibre4"/>Posted originally on the
<a href="http://archiveofourown.org/" class="calibre3">Archive of Our Own</a> at
<a href="{head["url"]}" class="calibre3">{head["url"]}</a>.</p>
<div class="calibre1">
<dl class="tags">
{rows}
</dl>
<h1 class="calibre7">{escape(head["title"])}</h1>
<div class="byline">by <a rel="author" href="#" class="calibre3">{head["author"]}</a></div>
<p class="calibre8">Summary</p>
{_ao3_quote(head["summary"])}
<p class="calibre8">Notes</p>
{_ao3_quote(head["notes"])}
</div>
</div>"""


def _ao3_chapter(chapter: Chapter, index: int) -> str:
    notes = ends = ""
    if chapter.head:
        notes = f'<p class="calibre8">Chapter Notes</p>\n{_ao3_quote(chapter.head)}'
    if chapter.foot:
        ends = (
            f'<div class="calibre1" id="endnotes{index}">\n<p class="calibre8">Chapter End Notes</p>\n'
            f"{_ao3_quote(chapter.foot)}\n</div>"
        )
    return f"""<div id="chapters" class="calibre1">
<div class="calibre9">
<h2 class="heading">{escape(chapter.title)}</h2>
{notes}
</div>
<div class="userstuff1">
{html(chapter.paragraphs, "calibre8")}
</div>
{ends}
</div>"""


def _ao3_afterword(head: dict[str, str]) -> str:
    return f"""<div id="afterword" class="calibre1">
<h2 class="toc-heading">Afterword</h2>
<div class="calibre1"><div id="endnotes" class="calibre1">
<p class="calibre8">End Notes</p>
{_ao3_quote(head["endnotes"])}
</div></div>
<p class="message">Please <a href="{head["url"]}/comments/new" class="calibre3">drop by the archive and comment</a> to let the
author know if you enjoyed their work!</p>
</div>"""


def _ao3_quote(note: str) -> str:
    return f'<blockquote class="userstuff"><p class="calibre8">{xml(note)}</p></blockquote>'


def fanficfare_epub(book: Book) -> bytes:
    head, title = book.head, book.head["title"]
    lines = "\n".join(f"<b>{label}:</b> {escape(head[key])}<br/>" for label, key in FIELDS if key in head)
    titlepage = (
        f'<h3><a href="{head["url"]}">{escape(title)}</a> by <a href="#">{head["author"]}</a></h3>\n<div>\n{lines}\n</div>'
    )
    files = {"OEBPS/title_page.xhtml": _page(title, titlepage, "fff_titlepage").encode()}
    for index, chapter in enumerate(book.chapters, 1):
        parts = [f'<h3 class="fff_chapter_title">{escape(chapter.title)}</h3>']
        if chapter.head:
            parts.append(_fff_notes("head", chapter.head))
        parts.append(html(chapter.paragraphs))
        if chapter.foot:
            parts.append(_fff_notes("foot", chapter.foot))
        files[f"OEBPS/file{index:04}.xhtml"] = _page(chapter.title, "\n".join(parts), "fff_chapter").encode()
    return _epub(files, head, "fff-uid-" + head["id"], head["publisher"], ["FanFiction"])


def _fff_notes(place: str, note: str) -> str:
    quote = f"<blockquote><p>{xml(note)}</p></blockquote>"
    return f'<div class="fff_chapter_notes fff_{place}_notes"><b>Author\'s Note:</b>\n{quote}</div>'


FIELDS = (
    ("Category", "category"), ("Genre", "genre"), ("Language", "language"), ("Characters", "characters"), ("Status", "status"),
    ("Published", "published"), ("Updated", "updated"), ("Packaged", "packaged"), ("Rating", "rating"), ("Chapters", "chapters"),
    ("Words", "words"), ("Publisher", "publisher"), ("Story URL", "url"), ("Author URL", "author_url"), ("Summary", "summary"),
)  # fmt: skip
"""FanFicFare's label for each key of a source's head, in the order of its title page."""


def fanficfare_text(book: Book) -> bytes:
    """Wrapped at 78 columns, CRLF, chapter titles behind a tab."""
    lines = ["", "", "", book.head["title"], "", "by " + book.head["author"], "", ""]
    for label, key in FIELDS:
        if key in book.head:
            lines += textwrap.wrap(f"{label}: {book.head[key]}", 78)
    lines += ["", "TABLE OF CONTENTS", "", *(chapter.title for chapter in book.chapters), ""]
    for chapter in book.chapters:
        lines += ["", "", "\t" + chapter.title, "", ""]
        for paragraph in chapter.paragraphs:
            marked = re.sub(r"\*([^*\n]+)\*", r"_\1_", paragraph)
            lines += [*textwrap.wrap(marked, 78, break_on_hyphens=False), ""]
    lines += ["", "", "End file.", ""]
    return "\r\n".join(lines).encode()


def _page(title: str, body: str, css: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml">
<head><title>{escape(title)}</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/></head>
<body class="{css}">
{body}
</body>
</html>
"""


def _epub(files: dict[str, bytes], head: dict[str, str], number: str, publisher: str, subjects: list[str]) -> bytes:
    items = "\n".join(f'<item id="f{i}" href="{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(files))
    spine = "".join(f'<itemref idref="f{i}"/>' for i in range(len(files)))
    tags = "\n".join(f"<dc:subject>{escape(subject)}</dc:subject>" for subject in subjects)
    package = f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="uid">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier id="uid">{number}</dc:identifier>
<dc:title>{escape(head["title"])}</dc:title>
<dc:creator opf:role="aut">{escape(head["author"])}</dc:creator>
<dc:language>en</dc:language>
<dc:date>{head["published"]}</dc:date>
<dc:publisher>{escape(publisher)}</dc:publisher>
<dc:description>{escape(head["summary"])}</dc:description>
{tags}
</metadata>
<manifest>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
{items}
</manifest>
<spine toc="ncx">{spine}</spine>
</package>
"""
    points = "\n".join(
        f'<navPoint id="n{i}" playOrder="{i + 1}"><navLabel><text>{i}</text></navLabel><content src="{name}"/></navPoint>'
        for i, name in enumerate(files)
    )
    contents = f"""<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="{number}"/></head>
<docTitle><text>{escape(head["title"])}</text></docTitle>
<navMap>
{points}
</navMap>
</ncx>
"""
    head = {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER}
    return zipped({**head, "content.opf": package.encode(), "toc.ncx": contents.encode(), **files})
