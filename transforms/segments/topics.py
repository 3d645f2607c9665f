"""What a note is about: its topics, by the classes of words it holds and the mark it begins with."""

from __future__ import annotations

from transforms.documents import TOPICS
from transforms.segments.cues import find_cues
from transforms.segments.markers import marker_at

_ORDER = {topic: at for at, topic in enumerate(TOPICS)}


def find_topics(text: str) -> tuple[str, ...]:
    """The topics of a note's text, the most evident first; `author_note` where nothing more special is found."""
    weights: dict[str, float] = {}
    for line in text.split("\n"):
        line = line.strip()
        marker = marker_at(line) if line else None
        if marker is not None:
            for topic in marker.topics:
                if topic != "author_note":
                    weights[topic] = weights.get(topic, 0) + 2
    for _, weight, topic, _ in find_cues(text[:20_000]):
        if topic:
            weights[topic] = weights.get(topic, 0) + weight
    if not weights:
        return ("author_note",)
    return tuple(sorted(weights, key=lambda topic: (-weights[topic], _ORDER[topic])))
