"""What one clause of an author states about reuse."""

from __future__ import annotations

import re

from transforms.metadata.labels import label_at
from transforms.optouts.english import (
    DO_NOT_TAKE,
    PERMITS,
    THREAT,
    UNLESS_ASKED,
    VERBS,
    asks,
    forbids,
    forbids_ai,
    is_quoted,
    is_to_readers,
)
from transforms.optouts.languages import FOREIGN, FOREIGN_ASK, FOREIGN_PERMITS

_I = re.IGNORECASE
_REFUSAL_VALUE = re.compile(
    r"^(?:no|nope|none|nowhere|never|not?\b|negative|do\s+not|don['’]t|please\s+(?:do\s+not|don['’]t|no)|"
    r"nein|non|нет|запрещ|nie\b|不|禁)(?!\w)|^(?:запрещ\w+|禁止)",
    _I,
)
_ASK_VALUE = re.compile(
    r"\bask\b|\bpermission\b|\bwrite (?:me|first)\b|\be-?mail me\b|\bcontact me\b|\brequest\b|с разрешени|"
    r"спр[ао]с|pregunt|frag|授权|授權|请先|許可",
    _I,
)
_NO_PROBLEM = re.compile(r"^no\s+(?:problem|need|restrictions?|objections?|worries|limits?|preference|asking|permission)", _I)

_ASKED = re.compile(r"^(?:archiv(?:e|ing)|distribution|repost(?:s|ing)?)\s*\?\s*(.+)$", _I)  # "Archive? No, thank you."
_QUOTING = ("prompt", "song", "lyrics", "title", "kink meme", "заявка", "challenge")  # what follows is not the author's word


def statements(clause: str) -> list[tuple[str, float]]:
    """The kinds that one clause of an author states, each with its confidence; nothing for permissions and other talk."""
    text = " ".join(clause.split())
    label = label_at(text)
    if label is not None and label.field == "archive" and not label.bare:
        return _of_label(label.value)
    asked = _ASKED.match(text)
    if asked is not None:
        return _of_label(asked.group(1))
    if label is not None and label.label.casefold().startswith(_QUOTING):
        return []
    if text.casefold().startswith("x-no-archive:"):
        return [("no_archive", 0.8)] if "yes" in text.casefold() else []
    if label is not None and label.field == "warnings":
        return []
    if PERMITS.search(text) or is_quoted(text):
        return []
    found: dict[str, float] = {}
    if forbids_ai(text):
        found["no_ai"] = 0.9
    elif THREAT.search(text):
        found["no_ai"] = 0.7
    for kind in VERBS:
        confidence = forbids(kind, text)
        if confidence:
            found[kind] = confidence
    for kind, pattern in FOREIGN:
        if kind not in found and not FOREIGN_PERMITS.search(text) and pattern.search(text):
            found[kind] = 0.85
    if found and (UNLESS_ASKED.search(text) or FOREIGN_ASK.search(text)):
        # Nobody has asked for a data set: without permission, AI use stays refused.
        refused = {"no_ai": found["no_ai"]} if "no_ai" in found else {}
        found = refused | ({"ask_first": 0.9} if len(found) > len(refused) else {})
    elif not found and (asks(text) or _asks_otherwise(text)):
        found["ask_first"] = 0.85
    return list(found.items())


def _asks_otherwise(text: str) -> bool:
    """Whether taking the work without asking is forbidden, or asking is asked for in another language."""
    taking = DO_NOT_TAKE.search(text) if UNLESS_ASKED.search(text) else None
    if taking is not None and is_to_readers(taking, text):
        return True
    return bool(FOREIGN_ASK.search(text)) and not FOREIGN_PERMITS.search(text)


def _of_label(value: str) -> list[tuple[str, float]]:
    """What stands after "Archive:", "Distribution:" and their like."""
    if _NO_PROBLEM.match(value):
        return []
    if _REFUSAL_VALUE.match(value):
        if UNLESS_ASKED.search(value) or _ASK_VALUE.search(value):
            return [("ask_first", 0.9)]
        return [("no_repost" if re.match(r"[\u0400-\u04ff]", value) else "no_archive", 0.95)]
    if _ASK_VALUE.search(value) and not PERMITS.search(value):
        return [("ask_first", 0.9)]
    return []
