"""Which of the old encodings bytes are in that are not UTF-8.

chardet answers. In text that is mostly ASCII its answer has to compete with the encodings that such text mostly is in (cp1252,
MacRoman, the DOS code pages): what decides is how the characters then stand in the prose.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

import chardet

from transforms.encoding import prose

_ASCII = bytes(range(128))
_BEYOND = bytes(range(128, 256))
_SAMPLE = 1 << 15  # bytes shown to the detector; more changed no answer on the matrix

# What browsers read under these names, and what detectors say where the wider page is meant.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "cp950",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_LABELS = {
    "windows-31j": "cp932", "x-sjis": "cp932", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "x-mac-roman": "mac_roman",
    "macroman": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "x-cp1252": "cp1252", "ansi": "cp1252", "unicode": "utf-16",
    "x-x-big5": "cp950", "dos-874": "cp874", "visual": "iso8859_8",
}  # fmt: skip
# What no story is in: EBCDIC, a printer's page, scripts of which the detector has hardly seen text.
_NEVER = (
    *("hp-roman8", "cp1140", "cp424", "cp500", "cp875", "cp1026", "cp273", "cp1006"),
    *("koi8-t", "kz1048", "ptcp154", "cp856", "utf-7"),
)
# Encodings in which text that is mostly ASCII letters comes; the first wins where they fit alike.
_WESTERN = ("cp1252", "mac-roman", "cp850", "cp437")
LATIN = frozenset(
    [
        "cp1252",
        "iso8859-1",
        "iso8859-15",
        "mac-roman",
        "cp850",
        "cp437",
        "cp858",
        "cp1250",
        "iso8859-2",
        "iso8859-16",
        "mac-latin2",
        "cp852",
        "cp1254",
        "iso8859-9",
        "cp1257",
        "iso8859-4",
        "iso8859-13",
        "iso8859-3",
        "iso8859-10",
        "iso8859-14",
        "mac-iceland",
        "mac-turkish",
        "mac-croatian",
        "mac-romanian",
        "cp861",
        "cp863",
        "cp865",
        "cp860",
        "cp857",
        "cp775",
        "cp1258",
        "hp-roman8",
        "cp500",
        "cp037",
        "cp1026",
        "cp273",
        "cp1140",
    ]
)

# cp1252 as browsers read it: the five bytes it leaves open are C1 controls.
CP1252 = "".join(bytes([i]).decode("cp1252", "ignore") or chr(i) for i in range(256))


@lru_cache(maxsize=256)
def _codec(name: str) -> str | None:
    """Python's name of a codec for text, or None."""
    name = name.strip().strip("'\"").lower()
    try:
        info = codecs.lookup(_LABELS.get(name, name))
    except (LookupError, ValueError, TypeError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in (
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
    ):
        return None
    return info.name


def read_strictly(raw: bytes, encoding: str) -> str | None:
    if encoding == "cp1252":
        return codecs.charmap_decode(raw, "strict", CP1252)[0]
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def _sample(lines: list[bytes]) -> bytes:
    """Lines for the detector: from the start and, where there are more than fit, from the end."""
    out, size = [], 0
    for line in lines:
        if size + len(line) > _SAMPLE and out:
            break
        out.append(line[:_SAMPLE] if line.endswith(b"\n") else line[:_SAMPLE] + b"\n")
        size += len(out[-1])
    rest = len(lines) - len(out)
    size = 0
    for line in lines[-min(rest, 100) :] if rest else ():
        if size + len(line) > _SAMPLE // 4:
            break
        out.append(line)
        size += len(line)
    return b"".join(out)


def choose(lines: list[bytes], declared: str | None, context: str) -> tuple[str, str, str]:
    """(encoding, how, detail) for lines that are not UTF-8. `context`: text of the lines around them, where there are any."""
    sample = _sample(lines)
    answer = chardet.detect(sample, exclude_encodings=_NEVER)
    detected = _codec(answer["encoding"] or "") or "cp1252"
    if detected.startswith("utf") or detected == "ascii":
        detected = "cp1252"
    if detected == "iso8859-1":
        detected = "cp1252"
    if any(read_strictly(line, detected) is None for line in lines):
        wider = _WIDER.get(detected)
        detected = (
            wider if wider and all(read_strictly(line, wider) is not None for line in lines) else _least_lost(lines, detected)
        )
    hint = _codec(declared) if declared else None
    hint = _WIDER.get(hint, hint)
    encoding, how = detected, "detected"
    high = len(sample.translate(None, _ASCII))
    letters = sum(sample.count(bytes([b])) for b in b"etaoinshrdlu") * 1.3
    confidence = answer["confidence"] or 0
    if high < (0.5 if detected in LATIN else 0.1) * letters or (high < 20 and confidence < 0.1):
        encoding, how = _by_prose(sample, detected, hint, context, confidence)
    if hint and hint not in ("utf-8", "utf-16", "utf-32") and hint != encoding and _hint_fits(sample, lines, hint, encoding):
        encoding, how = hint, "declared"
    if hint == encoding:
        how = "declared"
    said = f"chardet says {answer['encoding']} ({answer['confidence'] or 0:.2f})"
    if how == "declared":
        return encoding, how, f"The declared {encoding} fits; {said}."
    if how == "prose":
        return encoding, how, f"Read as {encoding}, quotes and accents stand best; {said}."
    return encoding, how, f"Read as {encoding}: {said}."


def _least_lost(lines: list[bytes], detected: str) -> str:
    """The detected encoding if it fails on few lines only, else cp1252, which never fails."""
    failing = sum(read_strictly(line, detected) is None for line in lines[:2000])
    return detected if failing * 10 < min(len(lines), 2000) else "cp1252"


def _by_prose(sample: bytes, detected: str, hint: str | None, context: str, confidence: float) -> tuple[str, str]:
    """Of the encodings of Western text, and the detected and declared ones, the one whose characters stand best.

    The detector knows how frequent letters are, so its answer stands unless the prose speaks clearly against it. In English
    with a few accents and quotes there are no frequencies to know.
    """
    candidates = dict.fromkeys([*_WESTERN, detected, *([hint] if hint in LATIN else [])])
    high = len(sample.translate(None, _ASCII))
    few = high < 40 or high * 100 < len(sample)
    plain = few and (prose.english(sample.translate(None, _BEYOND).decode("ascii")) or prose.english(context))
    plain = plain or (high < 20 and (confidence < 0.1 or (context != "" and prose.western(context))))
    scores = {}
    for encoding in candidates:
        text = read_strictly(sample, encoding)
        if text is not None:
            scores[encoding] = prose.fit(text, western=plain)
    best = max(scores, key=lambda e: (scores[e], e == hint, e == detected and not plain, e == "cp1252", e == detected))
    if not plain and scores.get(detected, -1e9) >= scores[best] - max(2.0, 0.2 * high):
        best = detected
    if best == "iso8859-15" and not (b"\xa4" in sample and scores[best] > scores["cp1252"]):
        best = "cp1252"  # they differ in eight signs; only the euro sign is frequent in either
    return best, "detected" if best == detected else "prose"


def _hint_fits(sample: bytes, lines: list[bytes], hint: str, encoding: str) -> bool:
    """Whether the declared encoding reads all lines, and its text is no worse than the chosen one's."""
    text = read_strictly(sample, hint)
    if text is None or any(read_strictly(line, hint) is None for line in lines):
        return False
    other = read_strictly(sample, encoding) or ""
    if text == other:
        return True
    return _coherence(text) >= _coherence(other) and prose.fit(text) >= prose.fit(other)


def _coherence(text: str) -> float:
    """The share of the letters beyond ASCII that are of the commonest script among them."""
    scripts: dict[str, int] = {}
    total = 0
    for c in text[:8000]:
        if c > "\x7f":
            total += 1
            if c.isalpha():
                name = prose.script(c)
                scripts[name] = scripts.get(name, 0) + 1
    return max(scripts.values(), default=0) / total if total else 0.0
