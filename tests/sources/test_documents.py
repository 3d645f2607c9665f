"""Word processors, rich text, books and saved pages: what is story in them, and what is not."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.sources.forms import book, xhtml
from transforms.documents import Draft
from transforms.sources import read


def draft(raw: bytes, name: str) -> Draft:
    (found,) = read(io.BytesIO(raw), name)
    assert isinstance(found, Draft), found
    return found


def text(raw: bytes, name: str, kind: str | None = None) -> str:
    return "".join(block.text for block in draft(raw, name).blocks if block.kind == kind).strip()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"One\par Two\par\par Three\line three and a half\par", "One\n\nTwo\n\nThree\nthree and a half"),
        (r"caf\'e9 \u8217?s \u-10179?\u-8704? \emdash  \ldblquote hi\rdblquote", "café ’s 😀 — “hi”"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2} and {\f0 \'e9}", "Привет and é"),
        (r"A{\*\bkmkstart x}{\v hidden}B{\footnote note}{\pict 89504e47}C", "ABnoteC"),
        (r"{\header Page 1}{\footer my name}{\info{\title T}{\author Real Name}}Body", "Body"),
        (r"\uc2\u8220??quoted\uc1\u8221?", "“quoted”"),
        (r"a\tab b\~c\_d\{e\}\\f", "a\tb\xa0c-d{e}\\f"),
        (r"split wo" + "\r\n" + r"rd", "split word"),
    ],
)
def test_rtf(body: str, expected: str) -> None:
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil\fcharset0 A;}{\f1\fnil\fcharset204 B;}}{\stylesheet{\s0 Normal;}}"
    assert text((head + body + "}").encode("latin-1"), "a.rtf").replace("hidden", "") == expected


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def docx(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def run(words: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def test_docx() -> None:
    body = f"<w:p>{run('Kept ')}<w:ins>{run('and added')}</w:ins>"
    body += f"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>{run('.')}</w:p>"
    body += f"<w:p>{run('Shown')}{run('secret', '<w:vanish/>')}{run(' again')}"
    body += "<w:r><w:tab/><w:t>tab</w:t><w:br/><w:t>line</w:t></w:r></w:p>"
    body += f"<w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{run('Box')}</w:p></w:txbxContent></mc:Choice>"
    body += f"<mc:Fallback><w:p>{run('Box')}</w:p></mc:Fallback></mc:AlternateContent></w:p>"
    body += '<w:p><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr></w:p>' + f"<w:p>{run('End')}</w:p>"
    raw = docx(body)
    assert text(raw, "a.docx") == "Kept and added.\n\nShown again\ttab\nline\n\nBox\n\nEnd"
    assert text(raw, "a.docx", "boilerplate") == "secret"
    assert text(raw, "a.docx", "break") == "* * *"


FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:text><text:tracked-changes>gone</text:tracked-changes><text:h text:outline-level="1">Salt</text:h>
<text:p>One<text:s text:c="2"/>two<text:tab/>three<text:line-break/>four<office:annotation
><text:p>a remark</text:p></office:annotation>.</text:p>
<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>
<text:p>A note<text:note><text:note-citation>1</text:note-citation
><text:note-body><text:p>its text</text:p></text:note-body></text:note>.</text:p>
</office:text></office:body></office:document>
"""


def test_flat_opendocument() -> None:
    found = draft(FODT.encode(), "a.fodt")
    assert found.metadata.title == "Salt"
    body = text(FODT.encode(), "a.fodt")
    assert body.startswith("One  two\tthree\nfour.\n\nitem\n\nA note") and "its text" in body
    assert "remark" not in body and "gone" not in body


MHT = """From: <Saved by Blink>
Snapshot-Content-Location: https://archiveofourown.org/works/77
Subject: Salt
Date: Sun, 8 Mar 2020 21:14:02 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----x"

------x
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://archiveofourown.org/works/77

<html><head><title>Salt</title></head><body><div id=3D"workskin"><div class=3D"preface group"><h2 cla=
ss=3D"title heading">Salt</h2></div><div id=3D"chapters"><div class=3D"userstuff"><p>Caf=C3=A9 and salt.</p>=
</div></div></div></body></html>
------x
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://archiveofourown.org/x.png

iVBORw0KGgo=
------x--
"""


def test_a_page_saved_as_one_file() -> None:
    found = draft(MHT.replace("\n", "\r\n").encode(), "Salt.mhtml")
    assert (found.format, found.metadata.title, found.metadata.site_id) == ("html", "Salt", "77")
    assert text(MHT.encode(), "Salt.mhtml") == "Café and salt."


def test_a_book_in_the_order_of_its_spine() -> None:
    pages = {
        f"{n}.xhtml": xhtml(f"<h2>{name}</h2><p>Text of {name}.</p>") for n, name in ((2, "Beta"), (1, "Alpha"), (3, "Gamma"))
    }
    found = draft(book({"nav.xhtml": xhtml("<nav><ol><li><a href='2.xhtml'>Beta</a></li></ol></nav>"), **pages}), "b.epub")
    assert [block.text.strip() for block in found.blocks if block.chapter] == ["Beta", "Alpha", "Gamma"]
    assert text(book(pages), "b.epub") == "Text of Beta.\n\nText of Alpha.\n\nText of Gamma."


def test_a_book_without_a_page_is_marked() -> None:
    raw = book({"1.xhtml": xhtml("<p>One.</p>"), "2.xhtml": xhtml("<p>Two.</p>")})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "2.xhtml":
                new.writestr(name, old.read(name))
    assert draft(out.getvalue(), "b.epub").flags == ("truncated",)


def test_fb2_with_notes_and_verse() -> None:
    raw = """<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info><author><first-name>Q.</first-name>
<last-name>Gull</last-name></author><book-title>Соль</book-title><sequence name="Море" number="2"/></title-info></description>
<body><section><title><p>Глава 1</p></title><epigraph><p>Слова.</p></epigraph><poem><stanza><v>раз</v><v>два</v></stanza></poem>
<p>Текст<a l:href="#n1" xmlns:l="x">1</a>.</p></section></body>
<body name="notes"><section><p>Сноска.</p></section></body></FictionBook>"""
    found = draft(raw.encode("utf-8"), "a.fb2")
    assert (found.metadata.title, found.metadata.authors, found.metadata.series[0].name) == ("Соль", ("Q. Gull",), "Море")
    assert text(raw.encode(), "a.fb2") == "Слова.\n\nраз\nдва\n\nТекст1."
    assert text(raw.encode(), "a.fb2", "note") == "Сноска."
    old = '<?xml version="1.0" encoding="windows-1251"?>' + raw
    assert text(old.encode("cp1251"), "b.fb2").startswith("Слова.")


def test_markdown_front_matter_and_lines() -> None:
    raw = "---\ntitle: 'Salt: a road'\ntags:\n  - boats\n  - \"salt, mostly\"\nrating: T\n---\n\n"
    raw += "# Salt\n\nOne line\nanother line\n\n    indented, no code\n\n***\n\nEnd.\n"
    found = draft(raw.encode(), "a.md")
    assert (found.metadata.title, found.metadata.tags, found.metadata.rating) == ("Salt: a road", ("boats", "salt, mostly"), "T")
    assert text(raw.encode(), "a.md") == "One line\nanother line\n\nindented, no code\n\nEnd."


def test_markdown_that_was_filled() -> None:
    raw = "The keeper of the ninth lighthouse had a habit of counting what was not\n"
    raw += "there, and he did it in the evenings, when the wind had gone down and\nnobody could hear him.\n"
    assert text(raw.encode(), "a.md") == " ".join(raw.split())


def test_fanficfare_notes_in_other_languages() -> None:
    lines = [
        "",
        "",
        "",
        "Sal",
        "",
        "by gaivota",
        "",
        "",
        "Status: Completed",
        "Published: 2020-01-01",
        "Packaged: 2020-01-02",
        "Chapters: 1",
    ]
    lines += [
        "Words: 99",
        "Publisher: www.spiritfanfiction.com",
        "Story URL: https://www.spiritfanfiction.com/historia/1",
        "Summary: Mar.",
    ]
    lines += [
        "",
        "",
        "\t1. Um",
        "",
        "**Notas do Autor:**",
        "",
        "  * Para R",
        "",
        "> Oi, gente!",
        "",
        "O mar subiu.",
        "",
        "_Devagar._",
        "",
        "",
        "End file.",
    ]
    raw = "\r\n".join(lines).encode()
    assert text(raw, "a.txt") == "O mar subiu.\n\nDevagar."
    assert text(raw, "a.txt", "note") == "Notas do Autor:\n\nPara R\n\nOi, gente!"
