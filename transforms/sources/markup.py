"""Markup becomes text: a page is parsed once, readers label its elements, and one walk turns it into labelled blocks.

The text is what a person would get who retypes the page in a plain editor: paragraphs parted by one blank line, `<br>` a line
break, `<hr>` a line `* * *`, table cells parted by tabs, emphasis without marks. Every character of text in `<body>` goes into
exactly one block, in the page's order; only `<script>`, `<style>` and their like are left out.

Wrong where a page means something by look alone: indented verse, chat bubbles told apart by colour, pictures that part scenes.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from transforms.documents import Block
from transforms.sources.writer import FURNITURE, HIDDEN, TEXT, Label, Writer
from transforms.wrapping import width_of

Node = LexborNode


class Page:
    """A parsed page with the labels that readers put on its elements."""

    def __init__(self, html: str, max_depth: int = 256) -> None:
        html = flatten(self_closed(html) if "/>" in html else html, max_depth)
        self.tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
        self.html = html
        self.labels: dict[int, Label] = {}
        self.labels_texts = False  # whether a text node has a label of its own
        lowered = html[:1_000_000].lower()
        self.bare = "<p" not in lowered and "<br" not in lowered  # no tag parts its paragraphs: perhaps its line breaks do
        self.lined = "<p" not in lowered  # a text with some tags in it: its empty lines still part paragraphs
        self.preformatted: set[int] = set()  # elements whose line breaks count, as in <pre>
        self.default = TEXT

    @property
    def body(self) -> Node | None:
        return self.tree.body

    def css(self, selector: str) -> list[Node]:
        return self.tree.css(selector) if self._may_hold(selector) else []

    def first(self, selector: str) -> Node | None:
        return self.tree.css_first(selector) if self._may_hold(selector) else None

    def _may_hold(self, selector: str) -> bool:
        # Most selectors are for other sites: looking for their names in the page is a hundred times faster than running them.
        return any(all(name in self.html for name in names) for names in _names_in(selector))

    def label(self, nodes: Node | Iterable[Node] | None, label: Label) -> None:
        """Puts a label on elements; the innermost label that holds an element wins."""
        if nodes is None:
            return
        for node in (nodes,) if isinstance(nodes, LexborNode) else nodes:
            self.labels[node.mem_id] = label
            self.labels_texts = self.labels_texts or node.tag == "-text"

    def meta(self, *names: str) -> str | None:
        """The content of the first `<meta>` with one of the names or properties, in the order of `names`."""
        found: dict[str, str] = {}
        for node in self.css("meta[content]"):
            attributes = node.attributes
            key = attributes.get("property") or attributes.get("name") or ""
            found.setdefault(key.lower(), attributes.get("content") or "")
        return next((line(found[name]) for name in names if line(found.get(name, ""))), None)

    @property
    def url(self) -> str | None:
        """The address that the page says it has."""
        for selector in ('link[rel="canonical"]', 'meta[property="og:url"]'):
            node = self.first(selector)
            if node is not None and (url := node.attributes.get("href") or node.attributes.get("content")):
                return url.strip()
        saved = re.search(r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000})", self.html[:5000])
        return saved[1] if saved else None

    def blocks(self) -> list[Block]:
        return render(self)


@functools.lru_cache(maxsize=512)
def _names_in(selector: str) -> tuple[tuple[str, ...], ...]:
    """The classes, ids and quoted values of each alternative of a selector."""
    return tuple(
        tuple(found[1] or found[2] for found in re.finditer(r"[.#]([\w-]+)|[\"']([^\"']+)[\"']", alternative))
        for alternative in selector.split(",")
    )


def line(text: str | None) -> str:
    """A text on one line, its white space made single spaces."""
    return " ".join((text or "").split())


def text_of(node: Node | None) -> str:
    """The text of an element on one line."""
    return line(node.text()) if node is not None else ""


_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip


def self_closed(html: str) -> str:
    """XHTML's `<title/>` or `<a id="x"/>`, which HTML reads as an element that never ends, as a pair of tags."""

    def pair(found: re.Match[str]) -> str:
        name = found[1].lower()
        return found[0] if name in _VOID else f"<{found[1]}{found[2]}></{found[1]}>"

    return _SELF_CLOSED.sub(pair, html)


_NESTING = frozenset((
    "abbr", "address", "article", "aside", "bdi", "bdo", "blockquote", "button", "center", "cite", "del", "details", "dfn",
    "dir", "div", "dl", "fieldset", "figure", "footer", "form", "header", "ins", "kbd", "label", "main", "mark", "math",
    "menu", "nav", "object", "ol", "pre", "q", "ruby", "samp", "section", "select", "span", "sub", "sup", "svg", "table",
    "ul", "var",
))  # fmt: skip
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))  # fmt: skip
_TAG = re.compile(r"<(/?)(" + "|".join(sorted(_NESTING | _FORMATTING, key=len, reverse=True)) + r")(?=[\s/>])[^<>]*>", re.I)


_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_WEIGHT = (
    {name: 0 for name in ("p", "br", "hr", "li", "img", "tr", "td", "dt", "dd")}
    | {name: 1 for name in _NESTING}
    | {name: 2 for name in _FORMATTING}
)
_MAX_MARKS = 32


def _is_deep(html: str, max_depth: int) -> bool:
    """Whether elements may nest too deep: the same count as in `flatten`, without places, which most pages pass."""
    blocks = marks = 0
    for slash, name in _ANY_TAG.findall(html):
        change = _WEIGHT.get(name)
        if change is None:
            change = _WEIGHT.get(name.lower(), 0)
        if change == 1:
            blocks = max(0, blocks - 1) if slash else blocks + 1
            if blocks > max_depth:
                return True
        elif change == 2:
            marks = max(0, marks - 1) if slash else marks + 1
            if marks > _MAX_MARKS:
                return True
    return False


def flatten(html: str, max_depth: int) -> str:
    """Markup without the tags that nest deeper than `max_depth`, so that parsing stays linear.

    An HTML parser looks through all open elements at each paragraph, and opens unclosed `<b>` and `<font>` again in every one:
    100,000 open `<div>` cost 20 s, 1,000 open `<b id=…>` 200 MB. Browsers cut at 512. Blocks become line breaks, the others go.
    """
    if html.count("<") <= max_depth * 4 or not _is_deep(html, max_depth):
        return html
    open_blocks = open_marks = 0
    cuts: list[tuple[int, int, str]] = []
    for found in _TAG.finditer(html):
        name = found[2].lower()
        if name in _FORMATTING:
            if found[1]:
                open_marks = max(0, open_marks - 1)
                over = open_marks >= _MAX_MARKS
            else:
                open_marks += 1
                over = open_marks > _MAX_MARKS
        elif found[1]:
            open_blocks = max(0, open_blocks - 1)
            over = open_blocks >= max_depth
        else:
            open_blocks += 1
            over = open_blocks > max_depth
        if over:
            cuts.append((found.start(), found.end(), "" if name in _FORMATTING or name == "span" else "<br>"))
    if not cuts:
        return html
    parts, at = [], 0
    for start, end, filler in cuts:
        parts += (html[at:start], filler)
        at = end
    return "".join((*parts, html[at:]))


_SKIPPED = frozenset((
    "audio", "canvas", "datalist", "embed", "head", "iframe", "map", "math", "noframes", "object", "rp", "script", "style",
    "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "details", "dialog", "dir", "div", "dl",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html",
    "legend", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
    "ul",
))  # fmt: skip
_FURNITURE_TAGS = frozenset((
    "button", "input", "label", "nav", "select",
))  # fmt: skip
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z][a-z1-6]*)?[.#][A-Za-z_][A-Za-z0-9_-]{0,100}")
_NO_DISPLAY = re.compile(r"(?:^|[;\s{])display\s*:\s*none|(?:^|[;\s{])visibility\s*:\s*hidden", re.I)


def hidden_elements(page: Page) -> set[int]:
    """The elements that the page hides altogether, by attribute, by style, or by a class or id in its own style sheets."""
    html = page.html
    if "display" not in html and "visibility" not in html and " hidden" not in html:
        return set()
    found = {node.mem_id for node in page.css("[hidden]")}
    for node in page.css('[style*="display" i], [style*="visibility" i]'):
        if _NO_DISPLAY.search((node.attributes.get("style") or "")[:2000]):
            found.add(node.mem_id)
    names: list[str] = []
    for sheet in page.css("style"):
        for rule in sheet.text().split("@media")[0].split("}"):
            selectors, brace, declarations = rule.partition("{")
            if brace and "none" in declarations and len(rule) < 5000 and _NO_DISPLAY.search(declarations):
                names += [name for part in selectors.split(",") if _SIMPLE_SELECTOR.fullmatch(name := part.strip())]
    if names:
        found |= {node.mem_id for node in page.css(", ".join(names[:200]))}
    return found


def render(page: Page) -> list[Block]:
    """The blocks of a page's body, by its labels."""
    if page.body is None:
        return []
    hidden = hidden_elements(page)
    writer = _walk(page, hidden)
    if writer.hidden * 3 > writer.total:
        writer = _walk(page, set())  # a page that hides most of itself shows it by script: what is hidden is then the page
    return writer.blocks()


def _walk(page: Page, hidden: set[int]) -> Writer:
    # One loop without recursion: pages nest as deep as they like.
    labels, dividers = page.labels, _dividers(page)
    writer = Writer(page.default)
    simple = not page.labels_texts and not page.preformatted
    lists: list[int] = []
    pre = 0
    empty = False  # no text since the last <p> began
    stack: list[tuple[Node, str, Label]] = []
    node = page.body
    while node is not None:
        tag = node.tag
        child = None
        if tag == "-text":
            text = node.text_content or ""
            if not pre and text.isspace():
                if page.lined and not writer.at_line_start and _BLANK_LINE.search(text):
                    writer.blank_line()
                elif not writer.at_line_start:
                    writer.space = writer.space or " "
                text = ""
            label = labels.get(node.mem_id) if text and page.labels_texts else None
            if label is not None:
                outer = writer.label
                writer.switch(label)
            if pre or (page.bare and _has_lines(text)):
                writer.preformatted(text)
            elif text and page.lined and _BLANK_LINE.search(text):
                for at, piece in enumerate(_BLANK_LINE.split(text)):
                    if at:
                        writer.blank_line()
                    if piece:
                        writer.flowing(piece)
            elif text:
                writer.flowing(text)
            if label is not None:
                writer.switch(outer)
            empty = empty and not text.strip()
        elif tag == "br":
            writer.breaks += 1
            writer.space = ""
        elif tag == "hr":
            writer.rule()
        elif tag == "img":
            _image(node, writer, dividers)
            empty = False
        elif tag is None or tag[0] == "-" or tag in _SKIPPED:
            pass
        else:
            outer = writer.label
            key = node.mem_id
            label = labels.get(key)
            if label is None and outer.kind is None and tag in _FURNITURE_TAGS:
                label = FURNITURE
            if key in hidden:
                label = HIDDEN
            elif outer is HIDDEN:
                label = None
            child = node.first_child
            leaf = tag == "p" and label is None and simple and not pre and child is not None
            if leaf and child.tag == "-text" and child.next is None:
                # Most paragraphs hold nothing but their text: no need to enter and leave them.
                writer.blank_line()
                before = writer.total
                writer.flowing(child.text_content or "")
                writer.blank_line()
                if writer.total == before:
                    writer.extra += 1
                after = node.next
                if after is not None:
                    node = after
                    continue
                child = None
                tag = ""
            if not tag:
                pass
            elif tag in _BLOCKS:
                writer.blank_line()
                if tag == "p":
                    empty = True
                elif tag == "pre":
                    pre += 1
                elif tag == "ol" or tag == "ul":
                    lists.append(0 if tag == "ol" else -1)
            elif tag == "li":
                writer.newline()
                if lists and lists[-1] >= 0:
                    lists[-1] += 1
                    writer.prefix = f"{lists[-1]}. "
            elif tag == "td" or tag == "th":
                if not writer.at_line_start:
                    writer.space = "\t"
            elif tag == "dd" and writer.after_dt:
                writer.gap, writer.space = 0, " "
            elif tag in _LINES:
                writer.newline()
            elif tag == "rt":
                writer.prefix = "("
            elif tag == "q":
                writer.prefix = "“"
            if label is not None:
                if label.chapter:
                    writer.begin_chapter(label)
                else:
                    writer.switch(label)
            if page.preformatted and key in page.preformatted:
                pre, tag = pre + 1, "pre"
            if tag:
                stack.append((node, tag, outer))
        if child is not None:
            node = child
            continue
        after = node.next if not stack or stack[-1][0] is not node else None
        while after is None and stack:
            # Leave the elements that end here.
            top, tag, outer = stack.pop()
            if writer.label is not outer:
                writer.switch(outer)
            if tag in _BLOCKS:
                writer.blank_line()
                if tag == "p" and empty:
                    writer.extra += 1
                    empty = False
                elif tag == "pre":
                    pre -= 1
                elif tag == "ol" or tag == "ul":
                    lists.pop()
                    writer.prefix = ""
            elif tag == "dt":
                writer.after_dt = True
            elif tag in _LINES:
                writer.newline()
            elif tag == "rt":
                writer.prefix = "" if writer.prefix else writer.text(")") or ""
            elif tag == "q":
                writer.prefix = "" if writer.prefix else writer.text("”") or ""
            if not stack:
                return writer
            after = top.next
        node = after
    return writer


_LINES = frozenset((
    "button", "dd", "dt", "input", "li", "option", "select", "tr",
))  # fmt: skip


def _has_lines(text: str) -> bool:
    """Whether a text node's line breaks part paragraphs: lines parted by empty ones, or long ones that no program filled."""
    lines = text.strip().splitlines()
    if len(lines) < 3:
        return False
    return any(not raw.strip() for raw in lines) or (max(map(len, lines)) > 200 and width_of(lines) is None)


def _image(node: Node, writer: Writer, dividers: set[str]) -> None:
    attributes = node.attributes
    if attributes.get("src") in dividers:
        writer.rule()
        return
    look = (attributes.get("class") or "").lower()
    alt = line(attributes.get("alt"))
    if alt and ("smil" in look or "emoji" in look):
        writer.text(alt)


def _dividers(page: Page) -> set[str]:
    """Pictures that stand alone in a paragraph, the same one at least twice: they part scenes."""
    if "<img" not in page.html:
        return set()
    alone = Counter()
    for image in page.css("p > img:only-child, center > img:only-child, div > img:only-child"):
        if not image.parent.text().strip(" \xa0\t\r\n"):
            alone[image.attributes.get("src")] += 1
    return {source for source, count in alone.items() if source and count >= 2}
