"""Mail: one message a file, or an archive of messages; lists and newsgroups were where fiction was posted before sites."""

from __future__ import annotations

import email
import email.header
import email.utils
import re
from collections.abc import Iterator
from datetime import UTC
from email.message import Message
from typing import BinaryIO

from transforms import encoding
from transforms.documents import Block
from transforms.sources.facts import Facts, Reading
from transforms.sources.markup import line
from transforms.sources.options import Options
from transforms.sources.pages import declared, read_page
from transforms.sources.parts import number_in
from transforms.sources.plain import read_text
from transforms.sources.reasons import Refusal

_SHOWN = ("From", "To", "Newsgroups", "Subject", "Date")
_SEPARATOR = re.compile(rb"From \S+ .*\d{4}|From \S+ .*\d\d:\d\d|From - ")
_TAG = re.compile(
    r"^\s*(?:(?:re|fwd?)\s*:|\[[^\[\]]{1,40}\]|\b(?:new|fic|fanfic|repost|story|adm|pub|update|xf|tng)\s*:)\s*", re.I
)
_TAIL = re.compile(
    r"\s*(?:\[[^\[\]]{1,40}\]|\((?:g|pg(?:[- ]?1[35])?|r|nc-?1[78]|k\+?|t|m|ma|x|all ages|adult|fr(?:t|m|ao))\)|"
    r"\(\s*(?:part\s*)?\d{1,3}\s*(?:/|of)\s*[\d?]{1,3}\s*\)|\b\d{1,3}/[\d?]{1,3})\s*$",
    re.I,
)
_QUOTED = re.compile(r"[^\"“”]{0,25}[\"“]([^\"“”]{2,120})[\"”][^\"“”]{0,10}")


def messages(stream: BinaryIO, options: Options) -> Iterator[tuple[bytes, Refusal | None]]:
    """The messages of an mbox: each begins with a line `From address date` after an empty line."""
    current: list[bytes] = []
    size, blank, seen = 0, True, False
    while raw := stream.readline(1 << 20):
        if blank and raw.startswith(b"From ") and _SEPARATOR.match(raw):
            if seen:
                yield _message(current, size, options)
            current, size, seen = [], 0, True
            blank = False
            continue
        size += len(raw)
        if size <= options.max_record:
            current.append(raw[1:] if raw.startswith(b">From ") else raw)
        blank = not raw.strip(b"\r\n")
    if seen or current:
        yield _message(current, size, options)


def _message(lines: list[bytes], size: int, options: Options) -> tuple[bytes, Refusal | None]:
    if size > options.max_record:
        return b"", Refusal("too_large", f"The message is larger than {options.max_record:,} bytes.")
    return b"".join(lines), None


def read_message(raw: bytes, options: Options) -> tuple[Reading, list[tuple[str, bytes]]]:
    """The blocks and facts of a message, and its attachments by name."""
    try:
        message = email.message_from_bytes(raw)
        if message.get("Snapshot-Content-Location") or "<Saved by" in str(message.get("From", "")):
            return _saved_page(message, options), []
        text, html, attachments = _bodies(message, options)
    except (ValueError, LookupError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise Refusal("unreadable", f"({type(error).__name__}: its headers or parts are damaged.)") from error
    facts = Facts()
    headers = {name: _header(message, name) for name in _SHOWN}
    encodings = ["utf-8"]
    blocks = [Block("".join(f"{k}: {v}\n" for k, v in headers.items() if v) + "\n", "metadata", "mail.header")]
    if text is not None:
        decoded = encoding.decode(*text)
        encodings.append(decoded.encoding)
        reading = read_text(decoded.text)
    elif html is not None:
        decoded = encoding.decode(html[0], html[1] or declared(html[0]))
        encodings.append(decoded.encoding)
        reading = read_page(decoded.text, options)
    else:
        reading = Reading([], "eml")
    body = "".join(block.text for block in reading.blocks)
    _read_headers(message, headers, body, facts)
    if reading.facts.pairs:
        facts.pairs = reading.facts.pairs + facts.pairs
    return Reading(blocks + reading.blocks, "eml", facts, encodings[-1]), attachments


def _saved_page(message: Message, options: Options) -> Reading:
    """A page that a browser saved as one file (MHTML): its first part of HTML; the pictures and sheets beside it are its own."""
    for part in message.walk():
        if part.get_content_type() == "text/html":
            raw = part.get_payload(decode=True) or b""
            decoded = encoding.decode(raw, _charset(part) or declared(raw))
            reading = read_page(decoded.text, options)
            reading.facts.locate(str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""))
            reading.encoding, reading.encoding_how = decoded.encoding, decoded.detail
            return reading
    raise Refusal("no_text")


def _bodies(message: Message, options: Options):
    """(bytes, charset) of the text body and of the HTML body, and the attachments."""
    text: list[bytes] = []
    html, charset = None, None
    attachments: list[tuple[str, bytes]] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        payload = part.get_payload(decode=True)
        if payload is None:
            payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
        name = part.get_filename()
        if name or part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            if payload.strip():
                attachments.append((_unfolded(name) if name else "attachment", payload))
        elif kind == "text/plain":
            charset = charset or _charset(part)
            if part.get_param("format") == "flowed":
                payload = _flowed(payload)
            text.append(payload)
        elif html is None:
            html = (payload, _charset(part))
    return ((b"\n".join(text), charset) if any(piece.strip() for piece in text) else None), html, attachments


def _charset(part: Message) -> str | None:
    charset = part.get_content_charset()
    return charset if isinstance(charset, str) and charset not in ("us-ascii", "unknown-8bit") else None


def _flowed(payload: bytes) -> bytes:
    """RFC 3676: a line that ends with a space goes on in the next; the signature's mark does not."""
    return re.sub(rb"(?<!\n--) \r?\n(?![ >\r\n]|--)", b" ", payload)


def _unfolded(value: object) -> str:
    return line(str(value).encode("utf-8", "replace").decode("utf-8"))


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    raw = str(value)
    try:
        pieces = email.header.decode_header(raw)
    except (ValueError, email.errors.HeaderParseError):
        return _unfolded(raw)
    out = []
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            known = charset if charset not in (None, "unknown-8bit", "us-ascii") else None
            piece = encoding.decode(piece, known).text
        out.append(piece)
    return _unfolded("".join(out))


_BODY_LABEL = re.compile(r"^\s*(title|author|story by|by|название|titel|titre)\s*[:：-]", re.I | re.M)


def _read_headers(message: Message, headers: dict[str, str], body: str, facts: Facts) -> None:
    subject, sender = headers["Subject"], headers["From"]
    stated = {found.lower() for found in _BODY_LABEL.findall(body[:4000])}
    title = subject
    for pattern in (_TAG, _TAIL):
        for _ in range(5):
            title = pattern.sub("", title)
    quoted = _QUOTED.fullmatch(title)  # TNG "Ballast"
    title = (quoted[1] if quoted else title).strip(" \"'“”-")
    name, address = email.utils.parseaddr(sender)
    posted = re.search(r"\(([^()]{2,60})\)\s*$", sender)
    author = name or (posted[1] if posted else "")
    if not stated & {"title", "название", "titel", "titre"} and title and not re.match(r"\s*re\s*:", subject, re.I):
        facts.add("Title", title)
    if not stated & {"author", "story by", "by"} and author and "@" not in author:
        facts.add("Author", author)
    try:
        moment = email.utils.parsedate_to_datetime(headers["Date"]) if headers["Date"] else None
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment is not None:
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        try:
            facts.dated = moment.astimezone(UTC).isoformat()
        except (OverflowError, ValueError):
            facts.dated = None
    number = number_in(subject)
    if number and title:
        facts.part = number.part(f"{title.casefold()}|{(address or sender).casefold()}", certain=True)
