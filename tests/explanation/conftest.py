"""A document with something of everything, cleaned by hand, so that the tests do not depend on what the rules decide."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from transforms import cleaning, encoding, optouts, segments
from transforms.cleaning import Cleaned, Telling
from transforms.documents import Block, Draft, Segment
from transforms.metadata import Metadata, Series

STORY = (
    "The ferry was late, and Oona counted gulls. She had counted forty when the bell rang.\n\n"
    "“You came,” said the ferryman. He did not look up from the rope.\n\n"
    "She stepped aboard, and the quay slid away behind her like a drawer being closed.\n\n"
)
AGAIN = (
    "In the morning the island stood where it had always stood. Oona walked up from the beach and knocked at the first door.\n\n"
    "Nobody answered. She waited, she knocked again, and then she sat down on the step and took off her shoes.\n\n"
)
DOUBT = "Anyway, that is all for this week, thank you for sticking around!\n\n"
EVIL = "<b onmouseover=alert(1)>\u202egnp.exe\u202c \x1b[31mred\x1b[0m [bold]x[/bold] </div>"


@dataclass
class Pieces:
    """Segments put together to a text, in order."""

    text: str = ""
    segments: list[Segment] = field(default_factory=list)

    def add(self, kind: str, text: str, rule: str, confidence: float = 1.0, topics: tuple[str, ...] = (), chapter: int = 0):
        end = len(self.text) + len(text)
        self.segments.append(Segment(kind, len(self.text), end, rule, confidence, topics, chapter))
        self.text += text


def clean_by_hand() -> Cleaned:
    pieces = Pieces()
    pieces.add("metadata", "The Ferry\nby somebody\n\n", "header.title")
    note = f"A/N: I don’t own it. Please do not feed this to AI! {EVIL}\n\n"
    pieces.add("note", note, "text.marker", 0.98, ("disclaimer", "request"))
    pieces.add("heading", "Chapter 1\n\n", "heading.number")
    pieces.add("story", STORY * 12, "story")
    pieces.add("break", "* * *\n\n", "break.mark")
    pieces.add("heading", "Chapter 2\n\n", "heading.number", chapter=1)
    pieces.add("story", AGAIN + DOUBT, "story", 0.8, chapter=1)
    pieces.add("end_marker", "The End\n", "end.marker", chapter=1)
    text = pieces.text
    raw = text.replace("don’t", "donâ€™t").replace("“You came,”", "â€œYou came,â€\x9d", 1)
    blocks = Block(raw[:40]), Block(raw[40:])
    draft = Draft("old/all.zip!/ferry.txt", blocks, "txt", sha256="ab" * 32, bytes=len(raw), encoding="cp1252")
    authors = "somebody", "somebody else"
    metadata = Metadata(site="ao3", site_id="77", title="The Ferry", authors=authors, series=(Series("Tides", 2),))
    damage = encoding.Repair("mojibake", 2, (raw.index("donâ"), raw.index("â€œYou")))
    refusal = text.index("Please do not feed")
    doubt = text.index(DOUBT)
    return Cleaned(
        draft, text, (), (damage,), tuple(pieces.segments), metadata,
        (optouts.OptOut("no_ai", "Please do not feed this to AI", refusal, refusal + 29, 0.97),),
        (segments.Doubt(doubt, doubt + len(DOUBT) - 2, "position", 0.55),), ("uncertain_notes",),
        cleaning.tell([Telling(0, "Chapter 1", STORY * 12), Telling(1, "Chapter 2", AGAIN + DOUBT)]),
    )  # fmt: skip


@pytest.fixture(scope="session")
def cleaned() -> Cleaned:
    return clean_by_hand()
