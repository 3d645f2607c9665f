"""Dumps, mail and archives: how documents are named, what columns are, which records are parts of one work."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms.documents import Draft, Rejection
from transforms.sources import Options, read

TEXT = "The tide went out.\n\nNobody followed it but Mira, who had nothing better to do on a Tuesday."


def outcomes(raw: bytes, name: str, options: Options = Options()) -> list[Draft | Rejection]:  # noqa: B008 (frozen)
    return list(read(io.BytesIO(raw), name, options))


def text(draft: Draft | Rejection) -> str:
    assert isinstance(draft, Draft), draft
    return "".join(block.text for block in draft.blocks if block.kind is None).strip()


ROWS = [
    {"work_id": "7", "title": "Salt", "author": "gull", "chapter": 2, "chapter_title": "Ebb", "text": TEXT + " Two."},
    {"work_id": "7", "title": "Salt", "author": "gull", "chapter": 1, "chapter_title": "Flow", "text": TEXT + " One."},
    {"work_id": "8", "title": "Reeds", "author": "reed", "chapter": None, "chapter_title": None, "text": ""},
]


def as_jsonl() -> bytes:
    return "\n".join(map(json.dumps, ROWS)).encode()


def as_csv(mark: str = ",") -> bytes:
    def cell(value: object) -> str:
        return '"' + str("" if value is None else value).replace('"', '""') + '"'

    return "\r\n".join([mark.join(ROWS[0]), *(mark.join(map(cell, row.values())) for row in ROWS)]).encode()


def as_parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out)
    return out.getvalue()


TABLES = {
    "dump.jsonl": as_jsonl(),
    "dump.json": json.dumps(ROWS).encode(),
    "works.json": json.dumps({"exported": "2020", "works": ROWS}, indent=1).encode(),
    "dump.csv": as_csv(),
    "dump.tsv": as_csv("\t"),
    "semicolons.csv": as_csv(";"),
    "dump.csv.utf16": as_csv().decode().encode("utf-16"),
    "dump.parquet": as_parquet(),
    "dump.jsonl.gz": gzip.compress(as_jsonl()),
    "dump.jsonl.zst": pa.compress(as_jsonl(), "zstd", asbytes=True),
    "dump.csv.xz": lzma.compress(as_csv()),
    "dump.tsv.bz2": bz2.compress(as_csv("\t")),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_with_a_row_a_chapter(name: str) -> None:
    source = name.removesuffix(".utf16")
    second, first, empty = outcomes(TABLES[name], source)
    assert [found.source for found in (second, first, empty)] == [f"{source}#0", f"{source}#1", f"{source}#2"]
    assert (text(first), text(second)) == (TEXT + " One.", TEXT + " Two.")
    assert (first.metadata.title, first.metadata.authors) == ("Salt", ("gull",))
    assert (first.part.position, second.part.position) == (1, 2)
    assert first.part.key == second.part.key and first.part.certain
    assert [block.text for block in first.blocks if block.chapter] == ["Flow\n\n"]
    assert empty.reason == "no_record_text"


def test_columns_by_settings() -> None:
    raw = b"ref,heading,prose\n1,T," + b"A long enough text that stands in a column of a strange name.\n"
    assert [found.reason for found in outcomes(raw, "a.csv")] == ["no_text_column"]
    options = Options(text_columns=("prose",), title_columns=("heading",))
    (found,) = outcomes(raw, "a.csv", options)
    assert text(found).startswith("A long enough") and found.metadata.title == "T"


def test_rows_of_paragraphs_are_one_document() -> None:
    rows = ["fic_id,chapter_id,para_id,text,text_tokenized"]
    rows += [f'5,{c},{p},"Paragraph {p} of chapter {c}.",x' for c in (1, 2) for p in (1, 2, 3)]
    one, two = outcomes("\n".join(rows).encode(), "5.csv")
    assert (one.source, two.source) == ("5.csv#0", "5.csv#3")
    assert text(one) == "Paragraph 1 of chapter 1.\n\nParagraph 2 of chapter 1.\n\nParagraph 3 of chapter 1."
    assert (one.part.position, two.part.position) == (1, 2)


def test_records_in_legacy_encodings() -> None:
    row = "7,Café,“The sea,” said Åse—and it was. She didn’t look back; she couldn’t.\n"
    raw = b"id,title,body\n" + row.encode("cp1252").replace(b"caf\xe9", b"caf\xe9") + row.encode("utf-8")
    raw = raw.replace(b"sea,", b"sea")
    first, second = outcomes(raw, "a.csv")
    assert text(first) == text(second) == "“The sea” said Åse—and it was. She didn’t look back; she couldn’t."
    assert first.metadata.title == second.metadata.title == "Café"


def test_lines_that_are_no_json() -> None:
    raw = as_jsonl().split(b"\n")[0] + b"\nnot json\n\n" + b'{"text": "cut off here'
    first, bad, cut = outcomes(raw, "a.jsonl")
    assert isinstance(first, Draft)
    assert [(bad.source, bad.reason), (cut.source, cut.reason)] == [("a.jsonl#1", "unreadable"), ("a.jsonl#2", "truncated")]


def test_a_cut_dump_keeps_what_it_has() -> None:
    whole = b"\n".join([as_jsonl()] * 3000)
    found = outcomes(gzip.compress(whole)[:-40], "a.jsonl.gz")
    assert len(found) > 100 and found[-1].reason == "truncated"
    assert found[-1].source == "a.jsonl.gz"


def test_html_in_a_column() -> None:
    raw = json.dumps({"id": 1, "content": "<p>One <i>two</i>.</p><p>&nbsp;</p><hr><p>Three &amp; four.</p>"}).encode()
    (found,) = outcomes(raw + b"\n", "a.jsonl")
    assert [(block.kind, block.text) for block in found.blocks[-3:]] == [
        (None, "One two.\n\n"), ("break", "* * *\n\n"), (None, "Three & four.\n\n"),
    ]  # fmt: skip


POST = """From: {who}
Newsgroups: alt.example.creative
Subject: {subject}
Date: Sun, 8 Mar 1998 21:14:02 -0500
Message-ID: <{number}@mail.example>
Path: news!mail

{body}
"""


def post(subject: str, body: str = TEXT, number: int = 1, who: str = '"Quiet Gull" <gull@mail.example>') -> str:
    return POST.format(subject=subject, body=body, number=number, who=who)


def test_mbox() -> None:
    messages = [
        post("[FIC] NEW: Dead Letters (1/2) [PG]"),
        post("[FIC] NEW: Dead Letters (2/2) [PG]", number=2),
        post("Re: hi", "> x\n\nYes!"),
    ]
    raw = "".join(f"From gull@mail.example Sun Mar  8 21:14:02 1998\n{message}\n" for message in messages)
    one, two, reply = outcomes(raw.replace("Tuesday.", "Tuesday.\n\nFrom now on it was Monday.").encode(), "list.mbox")
    assert (one.source, two.source, reply.source) == ("list.mbox#0", "list.mbox#1", "list.mbox#2")
    assert (one.metadata.title, one.metadata.authors) == ("Dead Letters", ("Quiet Gull",))
    assert one.dated == "1998-03-09T02:14:02+00:00"
    assert text(one).endswith("From now on it was Monday.")
    assert one.part.key == two.part.key and (one.part.position, two.part.position, one.part.total) == (1, 2, 2)
    assert reply.metadata.title is None and reply.part is None


def test_a_header_in_the_body_wins() -> None:
    (found,) = outcomes(post("NEW: Lettres", f"TITLE: Letters\nAUTHOR: G. Ull\n\n{TEXT}").encode(), "a.eml")
    assert found.metadata.title is None and found.metadata.authors == ()


def test_mail_in_parts_and_encodings() -> None:
    head = post("=?iso-8859-1?Q?Caf=E9?=", "").rstrip("\n")
    plain = (
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=E9 was =\nclosed.\n"
    )
    page = "Content-Type: text/html\n\n<p>The caf&eacute; was closed.</p>\n"
    file = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="story.txt"\n\n' + TEXT + "\n"
    raw = f'{head}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n{plain}--x\n{page}--x\n{file}--x--\n'
    message, attachment = outcomes(raw.encode(), "a.eml")
    assert (message.metadata.title, text(message)) == ("Café", "The café was closed.")
    assert (attachment.source, text(attachment)) == ("a.eml!/story.txt", TEXT)


def test_archives_name_their_members() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep/one.txt", TEXT)
        archive.writestr("empty/", "")
        archive.writestr("__MACOSX/._one.txt", "x" * 300)
    outer = io.BytesIO()
    with tarfile.open(fileobj=outer, mode="w:gz") as archive:
        for name, data in (
            ("b/in.zip", inner.getvalue()),
            ("b/dump.jsonl", as_jsonl()),
            ("b/book.mobi", b"\0" * 60 + b"BOOKMOBI"),
        ):
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_000_000_000
            archive.addfile(info, io.BytesIO(data))
    found = outcomes(outer.getvalue(), "2019/all.tgz")
    assert [(f.source, getattr(f, "reason", None)) for f in found] == [
        ("2019/all.tgz!/b/in.zip!/deep/one.txt", None),
        ("2019/all.tgz!/b/in.zip!/__MACOSX/._one.txt", "sidecar"),
        ("2019/all.tgz!/b/dump.jsonl#0", None),
        ("2019/all.tgz!/b/dump.jsonl#1", None),
        ("2019/all.tgz!/b/dump.jsonl#2", "no_record_text"),
        ("2019/all.tgz!/b/book.mobi", "unsupported_format"),
    ]
    assert found[2].dated == "2001-09-09T01:46:40+00:00"  # the innermost time that is stated


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "empty"),
        ("a.html", b"<html><body> </body></html>", "no_text"),
        ("a.pdf", b"%PDF-1.4\n%\xe2\xe3", "unsupported_format"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unsupported_format"),
        ("a.azw3", b"x" * 32 + b"\0" * 28 + b"BOOKMOBI", "unsupported_format"),
        ("a.rar", b"Rar!\x1a\x07\0abc", "unsupported_format"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "binary"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18, "empty"),
        ("a.css", b"p { color: red }", "sidecar"),
    ],
)
def test_what_is_no_text(name: str, raw: bytes, reason: str) -> None:
    (found,) = outcomes(raw, name)
    assert isinstance(found, Rejection) and found.reason == reason and found.detail


@pytest.mark.parametrize(
    ("name", "form", "format"),
    [
        ("story.doc", b"{\\rtf1\\ansi A story.\\par Another line.}", "rtf"),
        ("story", b"<!DOCTYPE html><html><body><p>A story.</p></body></html>", "html"),
        ("story.txt", b"<p>A story.</p>\n<p>Another line.</p>\n<p>A third one.</p>", "html"),
        ("story.html", b"A story without a tag in it.", "txt"),
        ("story.pdf", b"A story that is called what it is not.", "txt"),
        ("MZ.txt", b"MZ was her name, and BM was his.", "txt"),
        ("story.txt", b"{ she said } and [he] said nothing", "txt"),
        ("story.txt", b"I <3 you, she wrote, and <i>meant</i> it.", "txt"),
    ],
)
def test_content_decides_over_names(name: str, form: bytes, format: str) -> None:
    (found,) = outcomes(form, name)
    assert isinstance(found, Draft) and found.format == format


@pytest.mark.parametrize(
    ("source", "head", "part"),
    [
        ("x/salt_road_1of3.txt", TEXT, ("x|salt road", 1, 3, True)),
        ("Salt Road/Chapter 02.txt", TEXT, ("Salt Road|", 2, None, True)),
        ("x/Salt Road - Chapter 12 - Ebb.html", TEXT, ("x|salt road", 12, None, True)),
        ("x/salt-road-ch3.txt", TEXT, ("x|salt road", 3, None, True)),
        ("x/a.txt", f"TITLE: Salt Road (2/3)\nAUTHOR: Gull\n\n{TEXT}", ("x|salt road|gull", 2, 3, True)),
        ("x/a.txt", f"Salt Road [2/?]\nby Gull\n\n{TEXT}", ("x|salt road|gull", 2, None, True)),
        ("x/a.txt", f"Title: Salt Road (part 2 of 3)\n\n{TEXT}", ("x|salt road|", 2, 3, False)),
        ("Salt Road/02 - Ebb.txt", f"Salt Road\nChapter 2: Ebb\n\n{TEXT}", ("Salt Road|", 2, None, True)),
        ("works/02 - Ebb.txt", TEXT, None),
        ("x/Salt Road - Chapter 1-10.txt", TEXT, None),
        (
            "x/Salt Road - Part 2 of 3.html",
            f"<h2>Chapter 1</h2><p>{TEXT}</p><h2>Chapter 2</h2><p>{TEXT}</p>",
            ("x|salt road", 2, 3, True),
        ),
        ("x/Salt Road - Part 2.html", f"<h2>Chapter 1</h2><p>{TEXT}</p><h2>Chapter 2</h2><p>{TEXT}</p>", None),
        ("x/Salt Road 2.txt", TEXT, ("x|salt road", 2, None, False)),
        ("x/000.txt", TEXT, None),
        ("x/Salt Road.txt", f"TITLE: Salt Road (1/2)\nBy: G\n\n{TEXT}\n\nTITLE: Salt Road (2/2)\nBy: G\n\n{TEXT}", None),
        ("x/Salt Road.txt", f"Title: Salt Road (1/1)\n\n{TEXT}", None),
        ("x/24-7.txt", f"Title: Open 24/7\n\n{TEXT}", None),
        ("x/a.txt", f"The score was (1/3) at half time.\n\n{TEXT}", None),
    ],
)
def test_parts(source: str, head: str, part: tuple | None) -> None:
    (found,) = outcomes(head.encode(), source)
    got = found.part and (found.part.key, found.part.position, found.part.total, found.part.certain)
    assert got == part


GUTENBERG = f"""The Project Gutenberg eBook of The Salt Road

Title: The Salt Road

Author: Q. Gull

Release Date: May 1, 2009 [EBook #4321]

Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE SALT ROAD ***

Produced by Nobody and the team

THE SALT ROAD

{TEXT}

*** END OF THE PROJECT GUTENBERG EBOOK THE SALT ROAD ***

Updated editions will replace the previous one.
"""


def test_gutenberg() -> None:
    (found,) = outcomes(GUTENBERG.encode(), "pg4321.txt")
    assert (found.site, found.metadata.site_id, found.metadata.title) == ("gutenberg", "4321", "The Salt Road")
    assert text(found) == f"THE SALT ROAD\n\n{TEXT}"
    assert "".join(block.text for block in found.blocks) == GUTENBERG


def test_plain_text_is_one_undecided_block() -> None:
    raw = f"Rating:\n    Teen\nSalt Road\ngull\n\nNotes:\n    hi\n\n{TEXT}"
    (found,) = outcomes(raw.encode(), "paste.txt")
    assert [(block.text, block.kind, block.chapter) for block in found.blocks] == [(raw, None, False)]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_gates_that_a_program_wrote_as_text(name: str) -> None:
    page = "Error 404\n\nThe page you were looking for doesn't exist.\n\nYou may have mistyped the address."
    raw = page if name == "a.txt" else json.dumps({"title": "Salt", "body": page}) + "\n"
    (found,) = outcomes(raw.encode(), name)
    assert isinstance(found, Rejection) and found.reason == "not_found"


@pytest.mark.parametrize(
    ("subject", "title", "position"),
    [
        ("[FIC] Re-entry 3/? (PG-13)", "Re-entry", 3),
        ('NEW: TNG "Ballast" 1/2 [PG] ', 'Ballast', 1),
        ("Fwd: [list] Low Water (2/4) [Mulder/Scully]", "Low Water", 2),
        ("REPOST: Salt (part 2 of 3)", "Salt", 2),
        ("Low Water", "Low Water", None),
    ],
)
def test_subjects(subject: str, title: str, position: int | None) -> None:
    (found,) = outcomes(post(subject).encode(), "a.eml")
    assert found.metadata.title == title
    assert (found.part and found.part.position) == position
