"""One self-written work (work.json) in the forms in which people have works: what each site or tool would write of it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import textwrap
import zipfile
from pathlib import Path

WORK = json.loads((Path(__file__).parent / "work.json").read_text(encoding="utf-8"))
CHAPTERS = WORK["chapters"]


def story(chapter: dict) -> list[str]:
    """A chapter's story as it must come out of every form: paragraphs without emphasis."""
    return [re.sub(r"\*\*|(?<!\w)_|_(?!\w)", "", text) if text != "* * *" else text for text in chapter["text"]]


def esc(text: str) -> str:
    return html.escape(text, quote=False)


def inline(text: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", esc(text))
    return re.sub(r"(?<!\w)_(.+?)_(?!\w)", r"<em>\1</em>", text).replace("\n", "<br />")


def paragraphs(chapter: dict, empty: str = "") -> str:
    return "\n".join("<hr />" if text == "* * *" else f"<p>{inline(text)}</p>{empty}" for text in chapter["text"])


# ---- AO3 downloads


def ao3_html(year: float) -> str:
    """The download page as the archive made it in a year (2023.3 is April, 2023.8 October)."""
    wrapped = year >= 2019.1
    words = WORK["words"] if year >= 2023.3 else WORK["words"].replace(",", "")
    plural = year < 2023.8

    def tags(one: str, many: str, values: list[str], fixed: str | None = None) -> str:
        label = (fixed or many) if plural else one if len(values) == 1 else many
        links = ", ".join(f'<a href="http://archiveofourown.org/tags/x">{esc(value)}</a>' for value in values)
        return f"<dt>{label}:</dt>\n<dd>{links}</dd>\n"

    stats = f"Published: {WORK['published']} Completed: {WORK['updated']} "
    stats += f"Words: {words} Chapters: 2/2" if year >= 2019.1 else f"Chapters: 2/2 Words: {words}"
    dl = '<dl class="tags">\n' + tags("Rating", "Rating", [WORK["rating"]])
    dl += tags("Archive Warning", "Archive Warnings", [WORK["warning"]], "Archive Warning")
    dl += tags("Category", "Categories", [WORK["category"]], "Category") + tags("Fandom", "Fandoms", [WORK["fandom"]], "Fandom")
    dl += tags("Relationship", "Relationships", [WORK["relationship"]], "Relationship")
    dl += tags("Character", "Characters", WORK["characters"], "Character") + tags(
        "Additional Tags", "Additional Tags", WORK["tags"]
    )
    if year >= 2022.5:
        dl += f"<dt>Language:</dt>\n<dd>{WORK['language']}</dd>\n"
    name, part = WORK["series"]
    dl += f'<dt>Series:</dt>\n<dd>Part {part} of\n<a href="http://archiveofourown.org/series/11">{name}</a></dd>\n'
    dl += f"<dt>Stats:</dt>\n<dd>\n{stats}\n</dd>\n</dl>\n"
    message = (
        f'<p class="message"><b>{WORK["title"]}</b><br />Posted originally on the '
        f'<a href="http://archiveofourown.org/">Archive of Our Own</a> at <a href="{WORK["url"]}">{WORK["url"]}</a>.</p>\n'
    )
    head = (
        f'<h1>{WORK["title"]}</h1>\n<div class="byline">by <a rel="author" href="/users/t">{WORK["author"]}</a></div>\n'
        f'<p>Summary</p>\n<blockquote class="userstuff"><p>{WORK["summary"]}</p></blockquote>\n'
        f'<p>Notes</p>\n<blockquote class="userstuff"><p>{esc(WORK["notes"])}</p></blockquote>\n'
        '<div class="endnote-link">See the end of the work for <a href="#endnotes">more notes</a></div>\n'
    )
    body = []
    for number, chapter in enumerate(CHAPTERS, 1):
        title = f"Chapter {number}: {chapter['title']}" if year >= 2025.8 else chapter["title"]
        meta = f'<div class="meta group"><h2 class="heading">{title}</h2>\n'
        if chapter["notes"]:
            meta += f'<p>Chapter Notes</p>\n<blockquote class="userstuff"><p>{chapter["notes"]}</p></blockquote>\n'
        if chapter["end_notes"]:
            link = f'<a href="#endnotes{number}">{"more " if chapter["notes"] else ""}notes</a>'
            meta += "" if chapter["notes"] else "<p>Chapter Notes</p>\n"
            meta += f'<div class="endnote-link">See the end of the chapter for {link}</div>\n'
        meta += "</div>\n"
        after = ""
        if chapter["end_notes"]:
            after = (
                f'<div class="meta" id="endnotes{number}"><p>Chapter End Notes</p>\n'
                f'<blockquote class="userstuff"><p>{chapter["end_notes"]}</p></blockquote></div>\n'
            )
        text = f'<!--chapter content-->\n<div class="userstuff">{paragraphs(chapter)}</div>\n<!--/chapter content-->\n'
        body.append(meta + text + after)
    end = (
        f'<div id="endnotes"><p>End Notes</p>\n<blockquote class="userstuff"><p>{esc(WORK["end_notes"])}</p></blockquote></div>\n'
    )
    who = "creator" if year >= 2023.8 else "author"
    bye = f'<p class="message">Please <a href="x">drop by the Archive and comment</a> to let the {who} know!</p>\n'
    hidden = '<h2 class="toc-heading">{}</h2>\n'
    if wrapped:
        page = f'<div id="preface">{hidden.format("Preface")}{message}<div class="meta">{dl}{head}</div></div>\n'
        page += f'<div id="chapters" class="userstuff">{"".join(body)}</div>\n'
        page += f'<div id="afterword">{hidden.format("Afterword")}<div class="meta">{end}</div>{bye}</div>'
    else:
        page = f'{message}<div class="meta">{dl}{head}</div>\n<div id="chapters" class="userstuff">{"".join(body)}</div>\n'
        page += f'<div class="meta">{end}</div>{bye}'
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml">\n<head><meta http-equiv="Content-Type" '
        'content="text/html; charset=utf-8" />\n'
        f"<title>{WORK['title']} - {WORK['author']} - {WORK['fandom']}</title>\n"
        '<style type="text/css">\n.toc-heading { display: none; }\np.message { text-align: center; }\n</style></head>\n'
        f"<body>\n{page}\n</body>\n</html>\n"
    )


def book(pages: dict[str, str], extra: str = "", version: str = "2.0") -> bytes:
    """An EPUB of pages, in order."""
    out = io.BytesIO()
    items = "".join(f'<item id="p{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages))
    refs = "".join(f'<itemref idref="p{n}"/>' for n, _ in enumerate(pages))
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/container.xml",
            '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        archive.writestr(
            "content.opf",
            f'<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="{version}" '
            'unique-identifier="u"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{WORK['title']}</dc:title><dc:creator>{WORK['author']}</dc:creator><dc:language>en</dc:language>{extra}"
            f"</metadata><manifest>{items}</manifest><spine>{refs}</spine></package>",
        )
        for name, page in pages.items():
            archive.writestr(name, page, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xhtml(body: str, title: str = "x", attributes: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f'<title>{title}</title><link rel="stylesheet" href="s.css"/></head><body{attributes}>{body}</body></html>'
    )


def ao3_epub() -> bytes:
    """What Calibre makes of the download: a file a section, other class names, the ids kept."""
    page = ao3_html(2024)
    body = page[page.index("<body>") + 6 : page.index("</body>")]
    renamed = re.sub(r'class="meta(?: group)?"', 'class="calibre3"', body)
    renamed = renamed.replace('<div class="userstuff">', '<div class="userstuff2">').replace("<p>", '<p class="calibre1">')
    preface, rest = renamed.split('<div id="chapters" class="userstuff">')
    chapters, afterword = rest.split('<div id="afterword">')
    parts = chapters.rsplit("</div>", 1)[0].split('<div class="calibre3"><h2 class="heading">')[1:]
    pages = {"w_split_000.xhtml": xhtml(preface, attributes=' class="calibre"')}
    for number, part in enumerate(parts, 1):
        inner = f'<div id="chapters" class="userstuff1"><div class="calibre3"><h2 class="heading">{part}</div>'
        pages[f"w_split_{number:03}.xhtml"] = xhtml(inner, attributes=' class="calibre"')
    pages["w_split_099.xhtml"] = xhtml(f'<div id="afterword">{afterword}', attributes=' class="calibre"')
    tags = "".join(f"<dc:subject>{esc(tag)}</dc:subject>" for tag in ("Fanworks", *WORK["tags"], WORK["fandom"]))
    return book(pages, f"<dc:publisher>Archive of Our Own</dc:publisher><dc:date>2021-05-06</dc:date>{tags}")


def ao3_work_page(only: int | None = None) -> str:
    """The page of the work as saved from a browser: all of it, or one chapter."""

    def tags(name: str, label: str, values: list[str]) -> str:
        links = "".join(f'<li><a class="tag" href="/tags/x">{esc(value)}</a></li>' for value in values)
        return f'<dt class="{name} tags">{label}:</dt><dd class="{name} tags"><ul class="commas">{links}</ul></dd>'

    meta = tags("rating", "Rating", [WORK["rating"]]) + tags("warning", "Archive Warning", [WORK["warning"]])
    meta += tags("category", "Category", [WORK["category"]]) + tags("fandom", "Fandom", [WORK["fandom"]])
    meta += tags("relationship", "Relationship", [WORK["relationship"]]) + tags("character", "Characters", WORK["characters"])
    meta += tags("freeform", "Additional Tags", WORK["tags"])
    meta += f'<dt class="language">Language:</dt><dd class="language" lang="en">{WORK["language"]}</dd>'
    name, part = WORK["series"]
    meta += f'<dt class="series">Series:</dt><dd class="series"><span class="series"><span class="position">Part {part} of '
    meta += f'<a href="/series/11">{name}</a></span></span></dd>'
    stats = "".join(
        f'<dt class="{css}">{label}:</dt><dd class="{css}">{value}</dd>'
        for css, label, value in (
            ("published", "Published", WORK["published"]),
            ("status", "Completed", WORK["updated"]),
            ("words", "Words", WORK["words"]),
            ("chapters", "Chapters", "2/2"),
            ("kudos", "Kudos", "12"),
            ("hits", "Hits", "340"),
        )
    )
    meta += f'<dt class="stats">Stats:</dt><dd class="stats"><dl class="stats">{stats}</dl></dd>'
    chapters = []
    for number, chapter in enumerate(CHAPTERS, 1):
        if only and number != only:
            continue
        notes = end = ""
        if chapter["notes"]:
            notes = '<div id="notes" class="notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff">'
            notes += (
                f"<p>{chapter['notes']}</p></blockquote><p class='jump'>(See the end of the chapter for <a>notes</a>.)</p></div>"
            )
        if chapter["end_notes"]:
            end = (
                f'<div class="chapter preface group"><div class="end notes module" id="chapter_{number}_endnotes"><h3>Notes:</h3>'
            )
            end += f'<blockquote class="userstuff"><p>{chapter["end_notes"]}</p></blockquote></div></div>'
        chapters.append(
            f'<div class="chapter" id="chapter-{number}"><div class="chapter preface group" role="complementary">'
            f'<h3 class="title"><a href="/works/987654321/chapters/{number}">Chapter {number}</a>: {chapter["title"]}</h3>'
            f"{notes}</div>"
            f'<div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3>'
            f"{paragraphs(chapter)}</div>{end}</div>"
        )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{WORK["title"]} - tidewrack</title>'
        f'<link rel="canonical" href="{WORK["url"]}"></head><body class="logged-out"><div id="outer"><header id="header">'
        '<h1 class="heading"><a href="/">Archive of Our Own</a></h1><nav><ul><li><a href="/media">Fandoms</a></li></ul></nav>'
        '<form id="login"><input type="text" name="user"><input type="password" name="p"><a>Forgot password?</a></form></header>'
        '<div id="main"><ul class="work navigation actions"><li><a href="#">Entire Work</a></li></ul><div class="wrapper">'
        f'<dl class="work meta group">{meta}</dl></div><div id="workskin"><div class="preface group"><h2 class="title heading">'
        f'\n {WORK["title"]}\n</h2><h3 class="byline heading"><a rel="author" href="/users/t">{WORK["author"]}</a></h3>'
        f'<div class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>{WORK["summary"]}</p>'
        f'</blockquote></div><div class="notes module"><h3 class="heading">Notes:</h3>'
        '<ul class="associations"><li>For <a>rr</a></li>'
        f'</ul><blockquote class="userstuff"><p>{esc(WORK["notes"])}</p></blockquote>'
        '<p class="jump">(See the end of the work for '
        f'<a href="#work_endnotes">more notes</a>.)</p></div></div><div id="chapters" role="article">{"".join(chapters)}</div>'
        '<div class="afterword preface group"><div id="work_endnotes" class="end notes module"><h3 class="heading">Notes:</h3>'
        f'<blockquote class="userstuff"><p>{esc(WORK["end_notes"])}</p></blockquote></div></div></div>'
        '<div id="feedback"><h3>Comments</h3><ul class="actions"><li><a>Kudos</a></li></ul><p>Lovely! I cried.</p></div></div>'
        '<div id="footer"><ul><li>About the Archive</li></ul></div></div></body></html>'
    )


# ---- FanFicFare


def _labels() -> list[tuple[str, str]]:
    return [
        ("Series", f"{WORK['series'][0]} [{WORK['series'][1]}]"),
        ("Category", WORK["fandom"]),
        ("Language", WORK["language"]),
        ("Characters", ", ".join(WORK["characters"])),
        ("Relationships", WORK["relationship"]),
        ("Status", "Completed"),
        ("Published", WORK["published"]),
        ("Updated", WORK["updated"]),
        ("Packaged", "2022-01-02 03:04:05"),
        ("Rating", WORK["rating"]),
        ("Warnings", WORK["warning"]),
        ("Chapters", "2"),
        ("Words", WORK["words"]),
        ("Publisher", "archiveofourown.org"),
        ("Story URL", WORK["url"]),
        ("Author URL", "https://archiveofourown.org/users/t"),
        ("Summary", WORK["summary"]),
    ]


def fanficfare_txt() -> bytes:
    """Markdown filled to 78 columns, CRLF, chapter titles behind tabs."""

    def fill(text: str, prefix: str = "") -> str:
        lines = [textwrap.fill(piece, 78 - len(prefix)) for piece in text.split("\n")]
        return "\n".join(prefix + raw for piece in lines for raw in piece.split("\n"))

    out = f"\n\n\n{WORK['title']}\n\nby {WORK['author']}\n\n\n"
    out += "".join(fill(f"{label}: {value}") + "\n" for label, value in _labels())
    out += "\n\nTABLE OF CONTENTS\n\n" + "".join(f"{n}. {c['title']}\n" for n, c in enumerate(CHAPTERS, 1))
    for number, chapter in enumerate(CHAPTERS, 1):
        out += f"\n\n\t{number}. {chapter['title']}\n\n"
        if chapter["notes"]:
            out += f"**Notes for the Chapter:**\n\n{fill(chapter['notes'], '> ')}\n\n"
        for text in chapter["text"]:
            out += fill(text.replace("53 ", "53\\. ")) + "\n\n"
        if chapter["end_notes"]:
            out += f"**Notes for the Chapter:**\n\n{fill(chapter['end_notes'], '> ')}\n\n"
    return (out + "\n\nEnd file.\n").replace("\n", "\r\n").encode()


def _noted(chapter: dict, old: bool = False) -> str:
    def note(text: str, place: str) -> str:
        if not text:
            return ""
        inner = f"<b>{'Chapter Notes' if old else 'Notes for the Chapter'}:</b>"
        inner += f"<blockquote class='userstuff'><p>{text}</p></blockquote>"
        return inner if old else f"<div class='fff_chapter_notes fff_{place}_notes'>{inner}</div>"

    return (
        note(chapter["notes"], "head")
        + f"<div class='userstuff'>{paragraphs(chapter)}</div>"
        + note(chapter["end_notes"], "foot")
    )


def fanficfare_html() -> str:
    rows = "".join(f"<tr><td><b>{label}:</b></td><td>{esc(value)}</td></tr>\n" for label, value in _labels()[:-1])
    rows += f'<tr><td colspan="2"><b>Summary:</b> {WORK["summary"]}</td></tr>'
    contents = "".join(f'<a href="#section{n:04}">{n}. {c["title"]}</a><br />' for n, c in enumerate(CHAPTERS, 1))
    text = "".join(f'<a name="section{n:04}"><h2>{n}. {c["title"]}</h2></a>\n{_noted(c)}\n' for n, c in enumerate(CHAPTERS, 1))
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>{WORK['title']} by {WORK['author']}</title><style>body {{ margin: 2em }}</style></head><body>"
        f'<h1><a href="{WORK["url"]}">{WORK["title"]}</a> by <a href="x">{WORK["author"]}</a></h1>'
        f'<table class="full">{rows}</table><a name="TOCTOP"><h2>Table of Contents</h2><p></p></a>'
        f"<p>{contents}</p>{text}</body></html>"
    )


def fanficfare_epub(old: bool = False) -> bytes:
    title = f'<h3><a href="{WORK["url"]}">{WORK["title"]}</a> by <a href="x">{WORK["author"]}</a></h3><div>\n'
    title += "".join(f"<b>{label}:</b> {esc(value)}<br/>\n" for label, value in _labels()) + "</div>"
    pages = {
        "OEBPS/title_page.xhtml": xhtml(title, attributes=' class="fff_titlepage"'),
        "OEBPS/toc_page.xhtml": xhtml("<h3>Table of Contents</h3><a href='f1'>1</a>", attributes=' class="fff_tocpage"'),
        "OEBPS/log_page.xhtml": xhtml("<h3>Update Log</h3><p>2021-05-06 new chapter</p>", attributes=' class="fff_logpage"'),
    }
    for number, chapter in enumerate(CHAPTERS, 1):
        heading = f'<h3 class="fff_chapter_title">{number}. {chapter["title"]}</h3>\n'
        pages[f"OEBPS/file{number:04}.xhtml"] = xhtml(heading + _noted(chapter, old), attributes=' class="fff_chapter"')
    extra = f"<dc:contributor>FanFicFare [https://github.com/JimmXinu/FanFicFare]</dc:contributor><dc:source>{WORK['url']}</dc:source>"
    return book(pages, extra)


# ---- others


def fichub_epub() -> bytes:
    intro = (
        f"<h1>{WORK['title']}</h1><p><b>By: {WORK['author']}</b></p><p></p><p>{WORK['summary']}</p><p>Status: complete</p>"
        f"<p>Published: {WORK['published']}</p><p>Updated: {WORK['updated']}</p><p>Words: 1234</p><p>Chapters: 2</p>"
        f'<p>Original source: <a href="{WORK["url"]}">{WORK["url"]}</a></p>'
        '<p>Exported with the assistance of <a href="https://fichub.net">FicHub.net</a></p>'
    )
    pages = {"introduction.xhtml": xhtml(intro)}
    for number, chapter in enumerate(CHAPTERS, 1):
        pages[f"chap_{number}.xhtml"] = xhtml(f"<h2>{chapter['title']}</h2>{paragraphs(chapter)}")
    return book(pages)


def plain_epub() -> bytes:
    pages = {"titlepage.xhtml": xhtml('<div><img src="cover.jpg"/></div>')}
    pages["front.xhtml"] = xhtml(f"<h1>{WORK['title']}</h1><p>{WORK['author']}</p>")
    for number, chapter in enumerate(CHAPTERS, 1):
        pages[f"c{number}.xhtml"] = xhtml(f"<h2>{chapter['title']}</h2><a id='x'/>{paragraphs(chapter, '<p>&#160;</p>')}")
    return book(pages, version="3.0")


def page() -> str:
    text = "".join(f"<h2>Chapter {n}: {c['title']}</h2>{paragraphs(c)}" for n, c in enumerate(CHAPTERS, 1))
    return f"<html><head><title>{WORK['title']}</title></head><body><h1>{WORK['title']}</h1>{text}</body></html>"


def markdown() -> str:
    text = "".join(f"## Chapter {n}: {c['title']}\n\n" + "\n\n".join(c["text"]) + "\n\n" for n, c in enumerate(CHAPTERS, 1))
    return f"# {WORK['title']}\n\n{text}"


def fb2() -> str:
    sections = ""
    for chapter in CHAPTERS:
        inner = ""
        for text in chapter["text"]:
            if "\n" in text:
                inner += "<poem><stanza>" + "".join(f"<v>{esc(v)}</v>" for v in text.split("\n")) + "</stanza></poem>"
            elif text == "* * *":
                inner += "<subtitle>* * *</subtitle>"
            else:
                inner += f"<p>{inline(text).replace('<em>', '<emphasis>').replace('</em>', '</emphasis>')}</p>"
        sections += f"<section><title><p>{chapter['title']}</p></title>{inner}</section>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description>'
        f"<title-info><genre>prose</genre><author><nickname>{WORK['author']}</nickname></author><book-title>{WORK['title']}"
        f"</book-title><annotation><p>{WORK['summary']}</p></annotation><lang>en</lang></title-info></description>"
        f"<body><title><p>{WORK['title']}</p></title>{sections}</body><binary id='c'>AAAA</binary></FictionBook>"
    )


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx() -> bytes:
    def paragraph(text: str, style: str = "") -> str:
        look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        runs = ""
        for piece in re.split(r"(\*\*.+?\*\*|(?<!\w)_.+?_(?!\w)|\n)", text):
            bare = piece.strip("*_") if piece != "* * *" else piece
            runs += "<w:r><w:br/></w:r>" if piece == "\n" else f'<w:r><w:t xml:space="preserve">{esc(bare)}</w:t></w:r>'
        return f"<w:p>{look}{runs}</w:p>"

    body = paragraph(WORK["title"], "Titel")
    for chapter in CHAPTERS:
        body += paragraph(chapter["title"], "berschrift1") + "".join(paragraph(text) + "<w:p/>" for text in chapter["text"])
    styles = '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    styles += '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/styles.xml", f"<w:styles {_W}>{styles}</w:styles>")
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}<w:sectPr/></w:body></w:document>")
    return out.getvalue()


def odt() -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "table")
    )
    body = f'<text:p text:style-name="Title">{WORK["title"]}</text:p>'
    for chapter in CHAPTERS:
        body += f'<text:h text:outline-level="1">{chapter["title"]}</text:h>'
        for text in chapter["text"]:
            marked = re.sub(r"\*\*(.+?)\*\*|(?<!\w)_(.+?)_(?!\w)", r"<text:span>\1\2</text:span>", esc(text))
            marked = marked.replace("\n", "<text:line-break/>")
            body += f"<text:p>{marked}</text:p><text:p/>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return out.getvalue()


def rtf() -> bytes:
    def code(text: str) -> str:
        text = re.sub(r"\*\*(.+?)\*\*", r"{\\b \1}", text.replace("\\", "\\\\"))
        text = re.sub(r"(?<!\w)_(.+?)_(?!\w)", r"{\\i \1}", text).replace("\n", "\\line\n")
        text = text.replace("“", "\\ldblquote ").replace("”", "\\rdblquote ").replace("’", "\\'92")
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)

    body = ""
    for chapter in CHAPTERS:
        body += chapter["title"] + "\\par\\par\n" + "".join(code(text) + "\\par\n\\par\n" for text in chapter["text"])
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}}{\colortbl;\red0\green0\blue0;}"
    head += r"{\*\generator Riched20;}"
    return f"{head}\\viewkind4\\uc1\\pard\\f0\\fs24 {body}}}".encode("ascii")


def scraped_csv() -> bytes:
    """AO3Scraper's table: paragraphs of the page joined by blank lines, lists by commas, notes in the text."""
    names = [
        "work_id",
        "title",
        "author",
        "rating",
        "category",
        "fandom",
        "relationship",
        "character",
        "additional tags",
        "language",
        "published",
        "status",
        "status date",
        "words",
        "chapters",
        "comments",
        "kudos",
        "bookmarks",
        "hits",
        "all_kudos",
        "all_bookmarks",
        "body",
    ]
    body = "\n\n".join(text.replace("\n", " ") for c in CHAPTERS for text in story(c) if text != "* * *")
    row = ["987654321", WORK["title"], WORK["author"], WORK["rating"], WORK["category"], WORK["fandom"], WORK["relationship"]]
    row += [
        ", ".join(WORK["characters"]),
        ", ".join(WORK["tags"]),
        WORK["language"],
        WORK["published"],
        "Completed",
        WORK["updated"],
    ]
    row += ["1234", "2/2", "1", "12", "null", "340", "[]", "[]", body]
    out = io.StringIO()
    csv.writer(out).writerows([names, row])
    return out.getvalue().encode()


def jsonl() -> bytes:
    """A dump with chapters of HTML in each record."""
    record = {key: WORK[key] for key in ("title", "author", "url", "fandom", "rating", "summary", "tags")}
    record["chapters"] = [{"title": c["title"], "notes": c["notes"], "content": paragraphs(c)} for c in CHAPTERS]
    return json.dumps(record).encode() + b"\n"


def paste() -> bytes:
    """What a reader types into a plain editor: a header, notes with labels, chapters, in CRLF and an old encoding."""
    head = f"{WORK['title']}\nby {WORK['author']}\n\nFandom: {WORK['fandom']}\nRating: {WORK['rating']}\n"
    head += f"Summary: {WORK['summary']}\n\n"
    text = head + f"A/N: {WORK['notes']}\n\n"
    for number, chapter in enumerate(CHAPTERS, 1):
        parts = [f"Chapter {number}: {chapter['title']}"]
        parts += [f"A/N: {chapter['notes']}"] if chapter["notes"] else []
        parts += story(chapter)
        parts += [f"A/N: {chapter['end_notes']}"] if chapter["end_notes"] else []
        text += "\n\n".join(parts) + "\n\n"
    return (text + f"A/N: {WORK['end_notes']}\n").replace("\n", "\r\n").encode("cp1252")


FORMS: dict[str, bytes] = {
    **{f"ao3-{year}.html": ao3_html(year).encode() for year in (2012, 2018, 2019.5, 2022.6, 2023.4, 2023.9, 2025, 2026.3)},
    "ao3.epub": ao3_epub(),
    "ao3-page.html": ao3_work_page().encode(),
    "fanficfare.txt": fanficfare_txt(),
    "fanficfare.html": fanficfare_html().encode(),
    "fanficfare.epub": fanficfare_epub(),
    "fanficfare-old.epub": fanficfare_epub(old=True),
    "fichub.epub": fichub_epub(),
    "plain.epub": plain_epub(),
    "page.html": page().encode(),
    "markdown.md": markdown().encode(),
    "fictionbook.fb2": fb2().encode(),
    "word.docx": docx(),
    "writer.odt": odt(),
    "dump.jsonl": jsonl(),
}
