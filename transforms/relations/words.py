"""Text as the stream of words that is compared: the same words however they were typed, each as a 64-bit hash.

Normalising is for comparing only, never for output. Case, width (NFKC), quotes, dashes, mark-up signs and white space go; an
apostrophe joins what it stands between (`don’t`, `don't` and `dont` are one word); invisible characters vanish. In scripts that
put no space between words each character stands for itself.

The hashes are fixed: they do not depend on the process, the machine or `PYTHONHASHSEED`, so they can be kept between runs.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

import numpy as np

APOSTROPHES = "'`´‘’ʼʻ′＇"
"""Dropped, not made a space: they stand inside words. A quotation mark of the same shape stands at a word's edge, where dropping
it does the same as a space would."""

# Thai, Lao, Myanmar, Khmer, Tai, kana, bopomofo and Han: written without spaces.
_UNSPACED_RANGES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{_UNSPACED_RANGES}]")

_SPACE = 0x20
_BLOCK = 1 << 17  # characters normalised at a time
_BLOCK_BYTES = 1 << 15  # hashed at a time: small enough that malloc does not fetch the temporaries from the system each time
_LONGEST = 64  # bytes; a longer "word" is a blob, and is hashed by a digest instead of 8 bytes at a time

_U = np.uint64
_MASK = np.array([(1 << (8 * n)) - 1 for n in range(9)], _U)  # keeps the first n of 8 little-endian bytes
_ODD = tuple(_U(x) for x in (0x9E6C63D0876A9A47, 0xB17FE2F1C3A9D4E5, 0xD8163841FDE6A8F9))  # odd, else arbitrary

_SHORT_LEADS = bytes(range(0xE0))
_ASCII_FOLD = bytes(ord(chr(c).lower()) if c >= 128 or chr(c).isalnum() else _SPACE for c in range(128)) + bytes(range(128, 256))


def normalise(text: str) -> bytes:
    """The words of `text` in UTF-8, parted by one or more spaces. A character of an unspaced script is a word of its own.

    Text that is ASCII but for typographic signs and Latin letters takes a short cut over bytes, with the same outcome.
    """
    raw = text.encode("utf-8", "surrogatepass")
    if not text.isascii():
        raw = _fold_plain(raw)
        if raw is None:
            return _normalise_any(text).encode("utf-8")
    return raw.translate(_ASCII_FOLD, b"'`")


def _fold_plain(raw: bytes) -> bytes | None:
    """UTF-8 in which only ASCII is left to be folded, or None where characters depend on what stands beside them."""
    padded = np.frombuffer(raw + b"\0\0\0", np.uint8)
    at = np.flatnonzero(padded >= 0xC0)
    if len(at) > len(raw) // 8:
        return None
    lead = padded[at].astype(np.int32)
    one, two, three = (padded[at + k].astype(np.int32) & 63 for k in (1, 2, 3))
    code = np.where(
        lead < 0xE0,
        (lead & 31) << 6 | one,
        np.where(lead < 0xF0, (lead & 15) << 12 | one << 6 | two, (lead & 7) << 18 | one << 12 | two << 6 | three),
    )
    kind = _KIND[code]
    if (kind == _UNKNOWN).any():
        for c in set(code[kind == _UNKNOWN].tolist()):
            _KIND[c] = _kind(chr(c))
        kind = _KIND[code]
    if (kind == _BOUND).any():
        return None
    size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
    folded = np.frombuffer(raw, np.uint8).copy()
    for of_kind, sign in ((_GAP, _SPACE), (_GONE, ord("'"))):
        for k in range(4):
            folded[at[(kind == of_kind) & (size > k)] + k] = sign
    raw = folded.tobytes()
    for c in set(code[kind == _OTHER].tolist()):
        raw = raw.replace(chr(c).encode(), _normalise_any(chr(c)).encode())
    return raw


def _normalise_any(text: str) -> str:
    text = text.replace("´", "'")  # before NFKC, which would make it a space and a combining accent
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.translate(_FOLD)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


class _Fold(dict):
    """Code point -> what stands for it; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(c: str) -> str:
    category = unicodedata.category(c)
    if c in APOSTROPHES or category == "Cf" or 0xFE00 <= ord(c) <= 0xFE0F:
        return ""
    if category == "Mn" and 0x300 <= ord(c) <= 0x36F:
        return ""  # an accent that no composed character holds: decoration ("zalgo"), or what NFKC made of a lone accent
    if category[0] not in "LMN":
        return " "
    if _UNSPACED.match(c):
        return f" {c} "
    return unicodedata.normalize("NFKC", c.casefold())


_FOLD = _Fold()


_UNKNOWN, _SAME, _GAP, _GONE, _OTHER, _BOUND = range(6)
_KIND = np.zeros(0x110000, np.uint8)
"""What becomes of a character, whatever it stands beside: the same, a space, nothing, another Latin letter; or none of these.
Filled as characters are met."""


def _kind(c: str) -> int:
    folded = _normalise_any(c)
    if not folded.strip(" "):
        return _BOUND if unicodedata.combining(c) else (_GAP if folded else _GONE)
    if not all(ord(f) < 0x250 for f in c + folded):
        return _BOUND
    return _SAME if folded == c else _OTHER


def word_hashes(text: str) -> tuple[np.ndarray, np.ndarray | None]:
    """The hash of each word of `text` in order (uint64), and which of them are characters of an unspaced script (bool, or None
    where no word is)."""
    hashes, unspaced = [], []
    for part in _blocks(text, " ", "\n", _BLOCK):
        clean = normalise(part)
        # An unspaced character has three bytes or more in UTF-8, and so a first byte of E0 or more.
        looks = not part.isascii() and bool(clean.translate(None, _SHORT_LEADS))
        for block in _blocks(clean, b" ", b" ", _BLOCK_BYTES):
            h, u = _hash_block(block, looks)
            hashes.append(h)
            unspaced.append(u)
    if not hashes:
        return np.empty(0, _U), None
    if all(u is None for u in unspaced):
        return np.concatenate(hashes), None
    filled = [np.zeros(len(h), bool) if u is None else u for h, u in zip(hashes, unspaced, strict=True)]
    return np.concatenate(hashes), np.concatenate(filled)


def _blocks(text, space, line_end, size: int):
    """Consecutive pieces of `text` (str or bytes) of about `size`, cut before a space or line end: no word lies across."""
    at, end = 0, len(text)
    while at < end:
        stop = at + size
        if stop < end:
            cut = max(text.rfind(space, at + 1, stop), text.rfind(line_end, at + 1, stop))
            if cut < 0:
                cut = min((c for c in (text.find(space, stop), text.find(line_end, stop)) if c >= 0), default=end)
            stop = cut
        yield text[at:stop]
        at = stop


def _hash_block(block: bytes, looks: bool) -> tuple[np.ndarray, np.ndarray | None]:
    padded = b" " + block + b" " * 16
    gap = np.frombuffer(padded, np.uint8) == _SPACE
    edges = np.flatnonzero(gap[1:] != gap[:-1])
    edges += 1
    start = edges[0::2]
    length = edges[1::2] - start
    eights = np.ndarray(len(padded) - 7, "<u8", padded, 0, (1,)).copy()  # the eight bytes from each byte on, as one number

    first = eights[start]
    first &= _MASK[np.minimum(length, 8)]
    h = first * _ODD[0]
    h ^= h >> _U(32)
    longer = np.flatnonzero(length > 8)
    for offset in range(8, _LONGEST, 8):
        if not len(longer):
            break
        chunk = eights[start[longer] + offset] & _MASK[np.minimum(length[longer] - offset, 8)]
        g = (h[longer] + chunk) * _ODD[1]
        h[longer] = g ^ (g >> _U(29))
        longer = longer[length[longer] > offset + 8]
    for i in longer.tolist():
        word = padded[start[i] : start[i] + length[i]]
        h[i] = int.from_bytes(blake2b(word, digest_size=8).digest(), "little")
    h *= _ODD[2]
    h ^= h >> _U(31)
    return h, _are_unspaced(first, length) if looks else None


def _are_unspaced(first: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Which words are one character of an unspaced script, told from their first UTF-8 bytes."""
    b = [((first >> _U(8 * k)) & _U(0xFF)).astype(np.int64) for k in range(4)]
    three = (length == 3) & (b[0] >> 4 == 0xE)
    four = (length == 4) & (b[0] >> 3 == 0x1E)
    code = np.where(three, (b[0] & 15) << 12 | (b[1] & 63) << 6 | (b[2] & 63), 0)
    code = np.where(four, (b[0] & 7) << 18 | (b[1] & 63) << 12 | (b[2] & 63) << 6 | (b[3] & 63), code)
    return _UNSPACED_TABLE[code]


_UNSPACED_TABLE = np.zeros(0x110000, bool)
for _low, _high in re.findall("(.)-(.)", _UNSPACED_RANGES):
    _UNSPACED_TABLE[ord(_low) : ord(_high) + 1] = True
