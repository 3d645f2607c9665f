"""Reading a page as a browser does, as far as the tests need it."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """The tags of a page with their attributes, its text, and what is wrong with its nesting."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.text: list[str] = []
        self.inside: dict[str, str] = {}
        self.feed(html)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()} closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] in ("style", "script"):
            self.inside[self.open[-1]] = data
        else:
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


def check_page(html: str) -> Page:
    """That a page is whole, refers only to itself, and may load and run nothing but its own style and script."""
    page = Page(html)
    assert page.wrong == []
    html.encode("utf-8")
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {target for value in page.values("aria-labelledby") for target in value.split()} <= set(ids)
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)
    assert [href for href in page.values("href") if not href.startswith("#")] == ["data:,"]  # no icon to ask for
    assert page.values("src") == page.values("style") == page.values("action") == []
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "url(" not in page.inside["style"] and "@import" not in page.inside["style"]
    policy = next(a["content"] for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.inside[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert sum(found == tag for found, _ in page.tags) == 1
    return page
