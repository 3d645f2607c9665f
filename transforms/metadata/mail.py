"""The lines of mail and news above a header: From, Newsgroups, Subject, Date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.metadata.items import Value
from transforms.metadata.labels import label_at
from transforms.metadata.ratings import is_rating_line

if TYPE_CHECKING:
    from transforms.metadata.walking import Walk

_MAIL_SURE = re.compile(
    r"^(?:newsgroups|message-id|path|x-[\w-]+|nntp-posting-host|mailing-list|xref|mime-version|content-type)\s*:", re.IGNORECASE
)
_MAIL_LINE = re.compile(r"^(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+){0,3})\s*:\s")
_MAIL_SUBJECT = re.compile(
    r"^subject\s*:.*(?:\[(?:fic|fanfic|xover|er|new|repost|g|pg|pg-?13|r|nc-?17)\]|\b(?:new|repost|fic|xover|fanfic)\s*:|"
    r"[(\[ ]\d{1,2}\s*/\s*(?:\d{1,2}|\?)[)\] ]?)",
    re.IGNORECASE,
)
_OTHER_LINE = re.compile(
    r"^(?:organi[sz]ation|references|lines|approved|sender|followup-to|reply-to|in-reply-to)\s*:", re.IGNORECASE
)


_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")


def _ratings(subject: str) -> list[str]:
    """The ratings that stand in a subject's brackets: "[FIC] Thin Ice 2/3 (PG)", "NEW: Ballast (TNG, PG-13)"."""
    pieces = [piece.strip() for group in _BRACKET.findall(subject[:400]) for piece in re.split(r"[,;]", group)]
    return [piece for piece in pieces if is_rating_line(piece)]


_POSTED_FIC = re.compile(
    r"^(?:\[[^\[\]]{1,40}\]\s*)*(?:(?:\[?(?:new|fic|fanfic|story|repost|xover|update)\]?\s*[:\]-]\s*)+)(?P<title>\S.*)$"
    r"|^(?:\[[^\[\]]{1,40}\]\s*)*(?P<parted>\S.*?)\s*[(\[]?\d{1,2}\s*/\s*(?:\d{1,2}|\?)[)\]]?(?:\s.*)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*(?:[(\[].*|,? \d{1,2}\s*/\s*(?:\d{1,2}|\?).*)$")


def title_of(subject: str) -> str | None:
    """The title that the subject of a posting names beside its marks ("[hl-fic] NEW: The Bookbinder (1/1) PG-13"), or None."""
    found = _POSTED_FIC.match(subject)
    if found is None or subject[:3].casefold() == "re:":
        return None
    title = _BEHIND.sub("", found.group("title") or found.group("parted")).strip(' "“”*-–')
    return title if 2 <= len(title) <= 100 and title[0].isalnum() else None


def read_mail(walk: Walk, at: int) -> int | None:
    """The lines of a mail or news posting above the header; e-mails inside a story have no such header after them."""
    if not _MAIL_LINE.match(walk.lines[at].text) or (at and walk.lines[at].gap == 0):
        return None
    stop = walk.block_end(at)
    if stop - at > 40:
        return None
    fields, sure = set(), False
    last = at - 1
    for i in range(at, stop):
        line = walk.lines[i]
        label = label_at(line.text)
        if label is not None and (label.field == "mail" or label.label.casefold() == "date"):
            fields.add(label.label.casefold())
            sure = sure or bool(_MAIL_SURE.match(line.text) or _MAIL_SUBJECT.match(line.text))
        elif _MAIL_SURE.match(line.text):
            fields.add(line.text.split(":")[0].casefold())
            sure = True
        elif _OTHER_LINE.match(line.text):
            fields.add("other")
        elif not (line.indent and i > at):
            break
        last = i
    if len(fields) < 2 or not fields & {"from", "subject", "newsgroups"}:
        return None
    if not walk.trusted and not sure and not (last + 1 < len(walk.lines) and walk.block_weight(last + 1) >= 1.5):
        return None
    if not walk.trusted and not sure and "to" in fields and "newsgroups" not in fields and walk.block_weight(last + 1) < 3:
        return None
    pairs: list[tuple[str, Value]] = []
    for i in range(at, last + 1):
        label = label_at(walk.lines[i].text)
        if label is not None and label.value:
            pairs.append(("published" if label.label.casefold() == "date" else "mail", label.value))
            if label.label.casefold() == "subject":
                pairs += [("rating", rating) for rating in _ratings(label.value)][:1]
                if (title := title_of(label.value)) is not None:
                    pairs.append(("subject_title", title))
    walk.take(at, last, "metadata", pairs, "header.mail", 1.5 if sure else 1.0)
    return last + 1
