"""Files made to break readers: each is bounded, and rejected with its reason or read for what is in it."""

from __future__ import annotations

import gzip
import io
import lzma
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pyarrow as pa
import pytest

from transforms.documents import Draft, Rejection
from transforms.sources import REASONS, Options, read

ROOT = Path(__file__).parents[2]
SMALL = Options(
    max_document=200_000, max_nested=400_000, free_expansion=1_000_000, max_ratio=50, max_depth=3, max_members=50,
    max_record=50_000, max_json=100_000,
)  # fmt: skip
STORY = ("The boat came in at noon. " * 40 + "\n\n") * 3


def outcomes(raw: bytes, name: str, options: Options = SMALL) -> list[Draft | Rejection]:
    return list(read(io.BytesIO(raw), name, options))


def reasons(raw: bytes, name: str, options: Options = SMALL) -> list[str]:
    return [getattr(outcome, "reason", "read") for outcome in outcomes(raw, name, options)]


def zipped(members: dict[str, bytes], mode: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", mode) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*infos: tuple[tarfile.TarInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for info, data in infos:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("bomb.gz", gzip.compress(b"a" * 3_000_000)),
        ("bomb.xz", lzma.compress(b"a" * 3_000_000)),
        ("bomb.zst", pa.compress(b"a" * 3_000_000, "zstd", asbytes=True)),
        ("rows.jsonl.gz", gzip.compress(b'{"text": "abc"}\n' * 80_000)),
    ],
)
def test_what_expands_too_far(name: str, raw: bytes) -> None:
    assert reasons(raw, name)[-1] in ("archive_bomb", "too_large")


def test_zip_bomb_stops_at_its_budget() -> None:
    bomb = zipped({f"{n}.txt": b"a" * 190_000 for n in range(40)})
    found = reasons(bomb, "bomb.zip")
    assert "archive_bomb" in found and found.count("read") < 10


def test_archives_in_archives() -> None:
    raw = STORY.encode()
    for _ in range(6):
        raw = zipped({"inner.zip" if raw[:2] == b"PK" else "story.txt": raw})
    assert reasons(raw, "deep.zip") == ["too_deep"]
    assert reasons(raw, "deep.zip", Options()) == ["read"]


def test_a_zip_in_itself_ends() -> None:
    raw = STORY.encode()
    for _ in range(200):
        raw = gzip.compress(raw)
    assert reasons(raw, "story.gz") == ["too_deep"]


def test_too_many_members() -> None:
    assert reasons(zipped({f"{n}.txt": b"x" for n in range(60)}), "many.zip") == ["too_many_members"]
    many = reasons(tarred(*((member(f"{n}.txt"), b"x y z") for n in range(60))), "many.tar")
    assert many == ["read"] * 50 + ["too_many_members"]


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd", "a/../../b.txt", "C:\\x.txt", "..\\up.txt", "a\0b.txt"])
def test_names_that_climb(name: str) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, STORY)
    (found,) = outcomes(out.getvalue(), "a.zip")
    assert isinstance(found, Rejection) and found.reason == "unsafe_name"
    assert found.source.startswith("a.zip!/") and found.source.isprintable()


def test_links_and_devices() -> None:
    raw = tarred(
        (member("link", tarfile.SYMTYPE, "/etc/passwd"), b""),
        (member("hard", tarfile.LNKTYPE, "../x"), b""),
        (member("pipe", tarfile.FIFOTYPE), b""),
        (member("null", tarfile.CHRTYPE), b""),
        (member("story.txt"), STORY.encode()),
    )
    assert reasons(raw, "a.tar") == ["unsafe_name"] * 4 + ["read"]
    link = zipfile.ZipInfo("link")
    link.external_attr = 0xA1ED << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert reasons(out.getvalue(), "a.zip") == ["unsafe_name"]


def test_names_in_other_encodings_and_names_twice() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("caf?.txt", STORY)
        archive.writestr("a.txt", STORY)
        archive.writestr("b.txt", STORY)
    raw = out.getvalue().replace(b"caf?", b"caf\xe9").replace(b"b.txt", b"a.txt")
    sources = [outcome.source for outcome in outcomes(raw, "z.zip")]
    assert sources == ["z.zip!/café.txt", "z.zip!/a.txt", "z.zip!/a.txt#1"]


def test_encrypted_members() -> None:
    raw = bytearray(zipped({"a.txt": STORY.encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    assert reasons(bytes(raw), "locked.zip") == ["encrypted"]


def test_drm() -> None:
    key = '<encryption xmlns:e="x"><e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'
    fonts = key.replace("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.idpf.org/2008/embedding")
    head = {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<container/>", "a.xhtml": b"<p>x</p>"}
    assert reasons(zipped({**head, "META-INF/encryption.xml": key.encode()}), "b.epub") == ["encrypted"]
    assert reasons(zipped({**head, "META-INF/encryption.xml": fonts.encode()}), "b.epub") == ["unreadable"]


LOL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        (
            "book.fb2",
            (LOL + ']><FictionBook xmlns="x"><body><section><p>Text &m; here.</p></section></body></FictionBook>').encode(),
        ),
        ("word.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": (LOL + "]><x><body>&m;</body></x>").encode()})),
        ("page.html", (LOL + "]><html><body><p>Text &m; here.</p></body></html>").encode()),
        (
            "out.fb2",
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><FictionBook><body><p>A &x; b</p></body></FictionBook>',
        ),
    ],
)
def test_entity_bombs_do_not_expand(name: str, raw: bytes) -> None:
    (found,) = outcomes(raw, name)
    if isinstance(found, Draft):
        text = "".join(block.text for block in found.blocks)
        assert len(text) < 500 and "root:" not in text


DEEP = {
    "div": "<div>" * 100_000 + "a word" + "</div>" * 100_000,
    "span": "<p>" + "<span>" * 100_000 + "a word",
    "open formatting": "".join(f"<b id={n}><p>word " for n in range(20_000)),
    "lists": "<ul><li>" * 50_000 + "a word",
    "tables": "<table><tr><td>" * 50_000 + "a word",
    "quotes": "<blockquote>" * 60_000 + "a word",
    "tag starts": "<p>word " + "<a " * 150_000,
    "attribute starts": "<p>word " + '<a b="' * 80_000,
    "comments": "<p>word " + "<!--" * 150_000,
    "style": "<p>word <style>" + "a{" * 100_000,
    "long rule": "<p>word <style>" + "@" * 300_000 + "{display:none}",
    "entities": "<p>word " + "&#" * 200_000,
    "self closed": "<p>word " + "<p/>" * 100_000,
    "half self closed": "<p>word " + "<x " * 100_000 + "/>",
    "inline quotes": "<p>word " + "<q>" * 100_000,
    "definition lists": "<dl>" + "<dt>a<dd>word" * 60_000,
    "breaks": "<p>word" + "<br>" * 200_000 + "word",
    "empty paragraphs": "<p>word</p>" + "<p>&nbsp;</p>" * 60_000 + "<p>word</p>",
}


@pytest.mark.parametrize("kind", DEEP)
def test_pages_that_nest_or_never_end(kind: str) -> None:
    (found,) = outcomes(f"<html><body>{DEEP[kind]}".encode(), "deep.html", Options())
    assert isinstance(found, Draft)
    assert "word" in "".join(block.text for block in found.blocks)


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("nest.json", b"[" * 300_000, "unreadable"),
        ("nest.jsonl", b'{"a":' + b"[" * 40_000 + b"\n", "unreadable"),
        ("nest.rtf", b"{\\rtf1 " + b"{" * 100_000 + b"x", "unreadable"),
        ("quote.csv", b'id,title,text\n1,"a,b' + b"x" * 90_000, "too_large"),
        ("line.jsonl", b'{"text": "' + b"x" * 90_000 + b'"}\n', "too_large"),
        ("line.txt", b"x" * 300_000, "too_large"),
        ("one.json", b'{"a": "' + b"x" * 200_000 + b'"}', "too_large"),
        ("m.mbox", b"From a@b Sun Mar  8 21:14:02 1998\nSubject: x\n\n" + b"x" * 90_000, "too_large"),
    ],
)
def test_what_is_too_large_or_too_deep(name: str, raw: bytes, reason: str) -> None:
    assert reasons(raw, name)[-1] == reason


def test_text_with_nuls_and_surrogates() -> None:
    (found,) = outcomes(
        ('{"title": "T", "text": "a \\ud83d b \\ud83d\\ude00 c' + STORY.replace("\n", "\\n") + '"}\n').encode(), "a.jsonl"
    )
    text = "".join(block.text for block in found.blocks)
    assert "a \ufffd b 😀 c" in text
    (found,) = outcomes(STORY.replace("noon", "no\0on").encode(), "a.txt")
    assert isinstance(found, Draft)
    assert reasons(b"\0" * 5000 + b"abc", "a.txt") == ["binary"]


def test_memory_does_not_grow_with_a_dump() -> None:
    line = b'{"id": "1", "title": "T", "text": "' + b"word " * 2000 + b'"}\n'
    raw = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(raw.compress(line) for _ in range(2000)) + raw.flush()
    options = Options(free_expansion=100_000_000)
    tracemalloc.start()
    count = sum(isinstance(outcome, Draft) for outcome in read(io.BytesIO(packed), "a.jsonl.gz", options))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2000
    assert peak < 8_000_000


class Vanishing(io.BytesIO):
    """A file that is gone after its first bytes."""

    def read(self, size: int = -1) -> bytes:
        if self.tell() >= 65_536:
            raise OSError("the file is gone")
        return super().read(size)

    def readinto(self, buffer) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv", "a.mbox"])
def test_a_file_that_vanishes(name: str) -> None:
    found = list(read(Vanishing(b"word " * 100_000), name, Options()))
    assert [outcome.reason for outcome in found] == ["unreadable"]


def test_every_reason_has_a_remedy() -> None:
    for code, sentence in REASONS.items():
        assert code.islower() and sentence.endswith(".") and len(sentence) < 200


def test_mutants() -> None:
    """A small run of bench/mutants.py."""
    found = subprocess.run([sys.executable, str(ROOT / "bench" / "mutants.py"), "250", "3"], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_page_of_docs_lists_reasons_and_limits() -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    for code, sentence in REASONS.items():
        assert f"| `{code}` | {sentence} |" in page
    for name in Options.__dataclass_fields__:
        assert f"`{name}`" in page or name in ("id_columns", "title_columns", "chapter_columns")
