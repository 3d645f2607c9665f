"""What a file is, told by its first bytes; its name only decides between forms that the bytes leave open."""

from __future__ import annotations

import json
import re

from transforms.sources.reasons import Refusal

COMPRESSIONS = ("gz", "bz2", "xz", "zst")
_MAGIC = (
    (b"\x1f\x8b\x08", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"PAR1", "parquet"),
    (b"{\\rtf", "rtf"),
)  # fmt: skip
_UNSUPPORTED = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word (DOC)"),
    (b"ITOLITLS", "LIT"),
    (b"\xeaDRMION", "KFX"),
    (b"CONT\x02\0", "KFX"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"L\0R\0F\0", "LRF"),
    (b"AT&TFORM", "DjVu"),
    (b"\xdb\xa5", "old Word (DOC)"),
)
_BY_NAME = {
    "mobi": "MOBI", "azw": "AZW", "azw3": "AZW3", "azw4": "AZW4", "kfx": "KFX", "prc": "PRC", "pdb": "PDB", "lit": "LIT",
    "lrf": "LRF", "pdf": "PDF", "doc": "old Word (DOC)", "djvu": "DjVu", "pages": "Pages", "wpd": "WordPerfect", "7z": "7z",
    "rar": "RAR", "chm": "CHM",
}  # fmt: skip
_ARCHIVES = {"7z", "RAR"}
_DATA = (
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"BM", "picture"), (b"II*\0", "picture"),
    (b"MM\0*", "picture"), (b"ID3", "sound"), (b"OggS", "sound"), (b"fLaC", "sound"), (b"\x1aE\xdf\xa3", "video"),
    (b"\x7fELF", "program"), (b"MZ", "program"), (b"SQLite format 3", "database"), (b"wOFF", "font"), (b"wOF2", "font"),
    (b"\0\1\0\0\0", "font"), (b"OTTO", "font"), (b"\xca\xfe\xba\xbe", "program"), (b"\0\0\1\0", "picture"),
)  # fmt: skip
_SIDECARS = {".ds_store", "thumbs.db", "desktop.ini", "metadata.opf", "metadata.db", ".nojekyll", "toc.ncx"}
_SIDECAR_ENDS = (
    "css",
    "js",
    "mjs",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "opf",
    "ncx",
    "map",
    "lnk",
    "url",
    "webloc",
    "nfo",
    "sfv",
    "md5",
)


def suffix(name: str) -> str:
    """The lower-case end of a file name, without its dot; empty if it has none."""
    stem, dot, end = name.rpartition("/")[2].rpartition(".")
    return end.lower() if dot and stem else ""


def sidecar(source: str) -> bool:
    """Whether a name is one of the files that programs keep beside stories, by its name alone."""
    path, _, name = source.rpartition("/")
    name = name.lower()
    if any(folder.endswith("_files") for folder in path.split("/")) and suffix(name) in ("html", "htm", "svg", "php"):
        return True  # what a browser keeps beside a saved page
    return (
        name in _SIDECARS
        or name in ("readme.md", "license", "license.md")
        or name.startswith(".git")
        or name.startswith("._")
        or "__MACOSX" in path.split("/")
        or suffix(name) in _SIDECAR_ENDS
    )


def container(head: bytes, name: str) -> str | None:
    """The format of a file that its bytes give away without decoding, or None; a `Refusal` where it is not read here."""
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind != "bz2" or (head[3:4].isdigit() and head[4:10] == b"1AY&SY")):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    end = suffix(name)
    for magic, label in _UNSUPPORTED:
        if head.startswith(magic):
            raise unsupported(label)
    if head[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        raise unsupported("AZW3" if end.startswith("azw") else "MOBI")
    textual = b"\0" not in head[:4096] or head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not textual and end in _BY_NAME:
        raise unsupported(_BY_NAME[end])
    for magic, label in _DATA:
        # Two letters are no proof: a story may begin with "BM" or "MZ".
        if head.startswith(magic) and (len(magic) > 3 or not textual or magic[:1] > b"\x7f"):
            raise Refusal("binary", f"It is a {label}.")
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise Refusal("binary", "It is a picture, sound or video.")
    if head[4:8] == b"ftyp":
        raise Refusal("binary", "It is a video or sound.")
    return None


def unsupported(label: str) -> Refusal:
    if label in _ARCHIVES:
        return Refusal("unsupported_format", f"It is a {label} archive: unpack it, or pack it as zip.")
    return Refusal("unsupported_format", f"It is {label}.")


_HTML_START = re.compile(r"\s*(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b", re.I | re.S)
_ROOT = re.compile(r"<([A-Za-z][\w:.-]{0,60})[\s>/]")
_PAGE_ROOTS = {"html", "body", "head", "div", "p", "section", "article", "span", "h1", "h2", "blockquote"}
_HTML_TAG = re.compile(
    r"</?(?:p|br|div|span|h[1-6]|i|em|b|strong|a|blockquote|center|hr|font|table|ul|ol|li)\b[^<>]{0,500}>", re.I
)
_MBOX = re.compile(r"From \S{1,200} .{0,40}\d\d:\d\d.{0,40}\n[\w-]{1,40}: ")
_HEADER = re.compile(r"([A-Za-z][\w-]{0,60}):[ \t]")
_TECHNICAL = {
    "message-id",
    "received",
    "mime-version",
    "return-path",
    "content-type",
    "x-mailer",
    "delivered-to",
    "path",
    "references",
    "in-reply-to",
}


def textual(text: str, name: str) -> str:
    """The format of a decoded text (its first part is enough): html, fb2, json, jsonl, mbox, eml, csv, tsv, md or txt."""
    start = text[:4096].lstrip("\ufeff \t\r\n")
    end = suffix(name)
    if start.startswith("<?xml") or start[:1] == "<":
        if "<FictionBook" in text[:8192]:
            return "fb2"
        if "<office:document" in text[:8192]:
            return "fodt"
        if _HTML_START.match(start):
            return "html"
        if start.startswith("<?xml"):
            root = _ROOT.search(start)
            if root and root[1].lower().rpartition(":")[2] not in _PAGE_ROOTS:
                raise Refusal("unsupported_format", f"It is XML of a kind that is not read here (<{root[1]}>).")
            return "html"
    if start[:1] in "{[" and (found := _json(text, end)):
        return found
    if _MBOX.match(start):
        return "mbox"
    if _mail(start, end):
        return "eml"
    if end in ("csv", "tsv") and "\n" in text.strip("\r\n"):
        return end
    if found := _table(text):
        return found
    if is_markup(text) or (end in ("html", "htm", "xhtml", "shtml", "php", "asp", "aspx") and _HTML_TAG.search(text[:20000])):
        return "html"
    return "md" if end in ("md", "markdown", "mkd", "mdown") else "txt"


def is_markup(text: str) -> bool:
    """Whether a text is (a piece of) a page: tags that part paragraphs, from its start or all through it."""
    tags = _HTML_TAG.findall(text[:20_000])
    start = text[:200].lstrip()[:1]
    if start == "<" and tags and tags[0][1:2].lower() in "pdbhcu" and text.rstrip().endswith(">"):
        return True
    return len(tags) >= 4 and (start == "<" or len(tags) > len(text[:20_000]) / 400) and _blocks(tags)


def _blocks(tags: list[str]) -> bool:
    """Whether tags part paragraphs: a plain text with some <i> left in it is plain text."""
    return sum(tag.lower().startswith(("<p", "<br", "<div")) for tag in tags) * 4 >= len(tags)


def _json(text: str, end: str) -> str | None:
    start = text.lstrip("\ufeff \t\r\n")
    line, newline, rest = start.partition("\n")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return "jsonl" if end in ("jsonl", "ndjson", "jl") or rest.lstrip()[:1] == "{" else "json"
    if end in ("jsonl", "ndjson", "jl"):
        return "jsonl"
    if end == "json" or re.match(r'\{\s*"[^"\n]{1,80}"\s*:|\[\s*\{\s*"[^"\n]{1,80}"\s*:', start):
        # A line longer than what was looked at: one value, or the first of many.
        return "jsonl" if start[:1] == "{" and not newline and end != "json" and len(line) > 60000 else "json"
    return None


def _mail(start: str, end: str) -> bool:
    names = set()
    for line in start.split("\n\n", 1)[0].replace("\r\n", "\n").split("\n\n", 1)[0].split("\n"):
        if line[:1] in " \t":
            continue
        found = _HEADER.match(line)
        if not found:
            return False
        names.add(found[1].lower())
    mail = "from" in names and bool(names & {"date", "subject"})
    return mail and (end in ("eml", "msg", "mail", "nws") or len(names & _TECHNICAL) >= 2)


_TEXT_NAMES = {"body", "text", "content", "story", "fulltext", "full_text", "story_text", "storytext", "chapter_text"}


def _table(text: str) -> str | None:
    """A table without a telling name: a first line of column names, one of which holds text."""
    line = text[:4096].lstrip("\ufeff").split("\n", 1)[0].strip().lower()
    for mark, kind in ((",", "csv"), ("\t", "tsv")):
        names = [name.strip().strip('"').replace(" ", "_") for name in line.split(mark)]
        if len(names) >= 3 and len(set(names)) == len(names) and all(re.fullmatch(r"\w{1,40}", name) for name in names):
            return (
                kind
                if set(names) & _TEXT_NAMES and set(names) & {"work_id", "id", "title", "author", "fic_id", "story_id"}
                else None
            )
    return None


def glance(head: bytes) -> str:
    """The first bytes as text good enough to tell the format; not for keeping."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    nuls = head[:2000].count(0)
    if nuls * 4 > len(head[:2000]):
        return head.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace")
    return head.decode("utf-8-sig", "replace")


_NOT_TEXT = re.compile("[\0-\x08\x0e-\x19\x1c-\x1f\x7f]")


def check_text(text: str) -> None:
    """A `Refusal` where a decoded text is no text: control characters, or signs for what could not be decoded."""
    for sample in (text[:20_000], text[len(text) // 2 :][:20_000]):
        if len(_NOT_TEXT.findall(sample)) * 20 > len(sample):
            raise Refusal("binary")
        if sample.count("\ufffd") * 10 > len(sample):
            raise Refusal("unreadable", "Its characters cannot be told in any encoding.")
    if not text.strip(" \t\r\n\0\x0b\x0c\x1a\ufeff\xa0\u200b\u2028\u2029"):
        raise Refusal("empty")
