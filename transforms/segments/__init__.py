"""A document's text in segments: what is story, what is note, and what belongs to neither.

split         text (and what structure marked in it) -> segments, a partition of the text
chapters      segments -> chapters with their titles
story_text    the story alone, as it is published
pov_headings  the narrators that headings name, with their places in the story text
doubts        what is likely a note but was left in the story
evidence      the named cues of a stretch of text, for people who ask why
"""

from __future__ import annotations

from transforms.segments.reading import Chapter, Doubt, chapters, doubts, evidence, pov_headings, story_text
from transforms.segments.splitting import split

__all__ = ["Chapter", "Doubt", "chapters", "doubts", "evidence", "pov_headings", "split", "story_text"]
