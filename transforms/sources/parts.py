"""The place of a document in a story spread over several: told by its title, its first lines and its file's name.

Certain is what says both which story and which place: a title with `(1/3)` and an author, a chapter's number in the file's
name and in its first lines, a numbered chapter in a folder that holds one story by its files' names. A bare number at the end
of a name may be a sequel's, or a copy's: it is noted, and not certain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from transforms.documents import Part
from transforms.sources.markup import line

_WORD = r"(?:chapter|chap|ch|part|pt|episode|ep|kapitel|kap|teil|chapitre|cap[ií]tulo|cap|capitolo|глава|часть|rozdz(?:ia[lł])?)"
_OF = re.compile(
    r"[\[(]\s*(?:part\s*)?(\d{1,3})\s*(?:/|of|von|de|из)\s*(\d{1,3}|\?+|x)\s*[\])]|\bpart\s+(\d{1,3})\s*(?:/|of)\s*(\d{1,3}|\?+)",
    re.I,
)
_OF_LAST = re.compile(rf"(?:{_OF.pattern})" + r"(?:\s*[\[(][^\[\]()]{1,20}[\])])*$", re.I)  # a rating may follow
_BARE_OF = re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3}|\?)(?![\d/])")
_NAME_OF = re.compile(r"[ ._-]*[\[(]?(?:part|pt)?[ ._-]*(\d{1,3})[ ._-]*of[ ._-]*(\d{1,3})[\])]?$", re.I)
_NAME_WORD = re.compile(rf"^(.*?)[ ._-]*\b{_WORD}[ ._-]*(\d{{1,4}})(?:[ ._-]+(.*))?$", re.I)
_NAME_GLUED = re.compile(r"^(.*?)[ ._-]+(?:ch|c|pt|p|ep)(\d{1,4})$", re.I)
_NAME_FIRST = re.compile(r"^(\d{1,4})[ ._)-]+(\D.*)$")
_NAME_LAST = re.compile(r"^(.*\D)[ ._-]+(\d{1,3})$")
_LABEL_TITLE = re.compile(r"^\W*(?:title|story|subject|название|titel|titre|t[ií]tulo)\W*[:：-]\s*(.{1,300})$", re.I)
_LABEL_AUTHOR = re.compile(
    r"^\W*(?:author|by|story by|автор|autor(?:in)?|auteur|from)\W*[:：-]\s*(.{1,200})$|^by\s+(.{1,100})$", re.I
)
_CHAPTER_LINE = re.compile(rf"^\W*{_WORD}\.?\s*(\d{{1,4}})\b", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A place as it is written: 2 of 3, or 2 of an unknown number."""

    position: int
    total: int | None

    def part(self, key: str, certain: bool) -> Part:
        return Part(key, self.position, self.total, certain)


def number_in(text: str, bare: bool = True) -> Number | None:
    """The `(1/3)`, `[2/?]` or `part 2 of 5` in a title; `bare` allows `1/2` without brackets too. None where it cannot be one."""
    found = _OF.search(text) or (_BARE_OF.search(text) if bare else None)
    if found is None:
        return None
    groups = [group for group in found.groups() if group]
    position, total = int(groups[0]), int(groups[1]) if groups[1].isdigit() else None
    return Number(position, total) if total is None or (0 <= position <= total and total > 1) else None


def part_of(source: str, text: str, chapters: int, stated_title: str = "", stated_author: str = "") -> Part | None:
    """The part that a file is by its name, its title and its first lines; None where nothing says that it is one.

    `text` is the document's, `chapters` how many its structure marks: what has several is no single chapter, though it may be
    part 1 of 3. A text that names several parts holds them all, and is none.
    """
    folder, _, name = source.rpartition("/")
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", name)
    stem = re.sub(r"\.(?:txt|html?|epub|md|rtf|docx|odt)$", "", stem, flags=re.I)
    several = chapters > 1 or re.search(r"\d\s{0,3}(?:-|–|to)\s{0,3}\d{1,4}\D*$", stem) is not None  # "Chapters 1-10"
    stem = re.sub(r"[ ._-]+", " ", stem)  # also keeps the patterns below linear
    if len(stem) > 255:
        return None  # no file system has such names; patterns would look at them for long
    title, author, chapter = _read_head(text[:6000])
    title, author = stated_title or title, stated_author or author
    titled = number_in(title, bare=False) if title else None
    if titled:
        if any(other and (other.total, other.position != titled.position) == (titled.total, True) for other in _others(text)):
            return None
        plain = line(_OF.sub("", title))
        key = f"{folder}|{plain.casefold()}|{author.casefold()}"
        return titled.part(key, certain=bool(author or _NAME_OF.search(stem)))
    if found := _NAME_OF.search(stem):
        position, total = int(found[1]), int(found[2])
        if 0 < position <= total and total > 1:
            return Part(f"{folder}|{_key(stem[: found.start()])}", position, total, certain=True)
    return None if several else _by_name(folder, stem, chapter)


def _others(text: str) -> list[Number | None]:
    return [number_in(found[0], bare=False) for found in islice(_OF.finditer(text), 50)]


def _by_name(folder: str, stem: str, chapter: int | None) -> Part | None:
    if found := _NAME_WORD.match(stem):
        # "Chapter 3" alone belongs to its folder, which then holds one story.
        named = _key(found[1])
        return Part(f"{folder}|{named}", int(found[2]), None, certain=bool(named or folder))
    if found := _NAME_GLUED.match(stem):
        return Part(f"{folder}|{_key(found[1])}", int(found[2]), None, certain=chapter in (None, int(found[2])))
    if found := _NAME_FIRST.match(stem):
        certain = chapter == int(found[1]) and folder != ""
        return Part(f"{folder}|", int(found[1]), None, certain) if certain else None
    if re.fullmatch(r"\d{1,4}", stem) and chapter == int(stem) and folder:
        return Part(f"{folder}|", int(stem), None, certain=True)
    if found := _NAME_LAST.match(stem):
        return Part(f"{folder}|{_key(found[1])}", int(found[2]), None, certain=chapter == int(found[2]))
    return None


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _read_head(head: str) -> tuple[str, str, int | None]:
    """Title, author and chapter's number of a text's first lines, where labels or their place say so."""
    lines = [text for raw in head.splitlines()[:40] if (text := line(raw))]
    title = next((found[1] for text in lines if (found := _LABEL_TITLE.match(text))), "")
    if not title and lines and len(lines[0]) <= 120 and _OF_LAST.search(lines[0]):
        title = lines[0]
    author = next((found[1] or found[2] for text in lines if (found := _LABEL_AUTHOR.match(text))), "")
    chapter = next((int(found[1]) for text in lines[:8] if len(text) < 120 and (found := _CHAPTER_LINE.match(text))), None)
    return title, author, chapter
