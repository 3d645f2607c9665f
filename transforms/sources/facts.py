"""What a reader gathers about a document beside its text, and what it hands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from transforms import metadata
from transforms.documents import Block, Part
from transforms.metadata import Metadata
from transforms.metadata.addresses import address_in


@dataclass(slots=True)
class Facts:
    """The labels and values that structure states, with what has no label: the site, its id for the work, the address.

    `pairs` go to `metadata.build`: (label, value), where a list that structure splits is a tuple (tags hold commas).
    """

    site: str | None = None
    site_id: str | None = None
    url: str | None = None
    pairs: list[tuple[str, str | tuple[str, ...]]] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    part: Part | None = None
    dated: str | None = None
    made: bool = False  # a program wrote the page whole: it has an end

    def add(self, label: str, value: str | Iterable[str] | None) -> None:
        """Notes a value unless it is empty; white space is made single."""
        if value is None:
            return
        if isinstance(value, str):
            value = " ".join(value.split()) if label != "Summary" else value.strip()
        else:
            value = tuple(text for item in value if (text := " ".join(item.split())))
        if value:
            self.pairs.append((label, value))

    def has(self, label: str) -> bool:
        return any(known == label for known, _ in self.pairs)

    def locate(self, url: str | None) -> None:
        """Takes site and id from a work's address."""
        if not url:
            return
        if url.startswith("//"):
            url = "https:" + url
        found = address_in(url)
        if found is None:
            return
        self.site, self.site_id = self.site or found.site, self.site_id or found.site_id
        self.url = self.url or found.url

    def metadata(self) -> Metadata:
        built = metadata.build(self.pairs, self.site)
        return replace(built, site=self.site or built.site, site_id=self.site_id or built.site_id, url=self.url or built.url)


@dataclass(slots=True)
class Reading:
    """One document as a format's reader hands it on."""

    blocks: list[Block]
    format: str
    facts: Facts = field(default_factory=Facts)
    encoding: str | None = None
    encoding_how: str = ""
