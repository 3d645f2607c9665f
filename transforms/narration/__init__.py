"""Tense, point of view, focal character and form of a story, from its text alone; `docs/narration.md` has the method."""

from transforms.narration.judgement import describe, describe_chapters
from transforms.narration.labels import Masked, Narration, Passage
from transforms.narration.languages import language
from transforms.narration.masks import mask

__all__ = ["Masked", "Narration", "Passage", "describe", "describe_chapters", "language", "mask"]
