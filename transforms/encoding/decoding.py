"""Bytes to text: marks, strict UTF-8, UTF-16 by its NULs, then line by line with one detector for the rest."""

from __future__ import annotations

import codecs
import re

import chardet

from transforms.encoding.results import Decoded

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"),
          (b"\xfe\xff", "utf-16-be"))  # fmt: skip
_UNDECODED = re.compile("[\udc80-\udcff]")


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Any bytes as text. Never raises."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            while raw.startswith(mark):
                raw = raw[len(mark) :]
            text = raw.decode(encoding, "replace")
            return Decoded(text, encoding, "bom", detail=f"The byte order mark says {encoding}.")
    head = raw[:4096]
    if head.count(0) > len(head) // 4:
        encoding = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        return Decoded(raw.decode(encoding, "replace"), encoding, "utf-16-nuls", detail="Every other byte is NUL.")
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", "utf-8", detail="All of it is valid UTF-8.")
    except UnicodeDecodeError:
        pass
    lines = raw.split(b"\n")
    good: dict[int, str] = {}
    bad = []
    for i, line in enumerate(lines):
        try:
            good[i] = line.decode("utf-8")
        except UnicodeDecodeError:
            bad.append(i)
    sample = b"\n".join(lines[i] for i in bad)[:65536]
    encoding = chardet.detect(sample)["encoding"] or "cp1252"
    try:
        encoding = codecs.lookup(encoding).name
    except LookupError:
        encoding = "cp1252"
    for i in bad:
        good[i] = lines[i].decode(encoding, "replace")
    text = "\n".join(good[i] for i in range(len(lines)))
    return Decoded(text, encoding, "line-wise", len(bad), f"{len(bad)} lines are not UTF-8; they look like {encoding}.")
