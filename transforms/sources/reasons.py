"""Why something is not read as a story: the documented codes, and the exception that carries one inside this package."""

from __future__ import annotations

REASONS: dict[str, str] = {
    # nothing there, or nothing that can be read
    "empty": "The file holds nothing, or white space only.",
    "binary": "The file is a picture, a sound, a program or other data, not text. Nothing to do.",
    "unreadable": "The file is damaged, or not what its name says. Get it again from where it came from.",
    "truncated": "The file ends in the middle: its copy or download was cut off. Get it again.",
    "unsupported_format": "The format is not read here. Convert it with Calibre (to EPUB or HTML) and put that in its place.",
    "encrypted": "The file is encrypted, by a password or by DRM. Remove the protection and put the plain file in its place.",
    "sidecar": "A file that a program keeps beside the stories (style sheet, index, thumbnail list). Nothing to do.",
    "internal_error": "The reader failed on the file, and the fault is its own. Please report it, with the file if you may.",
    # limits
    "archive_bomb": "The file expands to far more than its size allows. Unpack it by hand if you trust it, or raise the limits.",
    "too_many_members": "The archive has more members than the limit. Unpack it, or raise the limit.",
    "too_deep": "Archives inside archives, deeper than the limit. Unpack the outer ones.",
    "too_large": "The document or record is larger than the limit. Split it, or raise the limit.",
    "unsafe_name": "The member's name leads out of the archive, or it is a link or a device. Pack the archive anew without it.",
    # pages that are not stories
    "login_wall": "The page asks to log in; the work is not in it. Save it again while logged in, if you may.",
    "adult_gate": "The page asks to confirm one's age; the work is not in it. Save it again after confirming.",
    "unrevealed": "The work was part of an unrevealed collection when the page was saved. Save it again when it is revealed.",
    "not_found": "The page is an error page: the work was deleted or moved when it was saved.",
    "rate_limited": "The site refused to serve the page (too many requests, maintenance, a robot check). Save it again later.",
    "stub": "The page holds a teaser or a notice that the work is elsewhere (Patreon, another site), not the work.",
    "no_text": "The page or book has no text: an empty shell, a script that loads the text, pictures only.",
    "link_list": "The page is a list of links to works (index, search results, table of contents), not a work.",
    "no_text_column": "The table has no column that is known to hold text. Name it in the settings.",
    "no_record_text": "The record's text is empty.",
}  # fmt: skip
"""Code -> what it means and what to do. Each `Rejection.reason` of this package is one of them."""


class Refusal(Exception):
    """Raised inside this package where a document or container cannot be read on; the front door makes a `Rejection` of it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = f"{detail} {REASONS[code]}".strip()
