"""Markup becomes text: a page is parsed once, readers label its elements, and one walk turns it into labelled blocks.

The text is what a person would get who retypes the page in a plain editor: paragraphs parted by one blank line, `<br>` a line
break, `<hr>` a line `* * *`, table cells parted by tabs, emphasis without marks. Every character of text in `<body>` goes into
exactly one block, in the page's order; only `<script>`, `<style>` and their like are left out.

Wrong where a page means something by look alone: indented verse, chat bubbles told apart by colour, pictures that part scenes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from transforms.documents import Block

Node = LexborNode


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """What a reader knows of an element: the fields of a `Block`."""

    kind: str | None = None
    rule: str = ""
    topics: tuple[str, ...] = ()
    chapter: bool = False


TEXT = Label()
HIDDEN = Label("boilerplate", "html.hidden")
FURNITURE = Label("boilerplate", "html.furniture")


class Page:
    """A parsed page with the labels that readers put on its elements."""

    def __init__(self, html: str, max_depth: int = 256) -> None:
        html = flatten(self_closed(html) if "/>" in html else html, max_depth)
        self.tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
        self.html = html
        self.labels: dict[int, Label] = {}
        self.default = TEXT

    @property
    def body(self) -> Node | None:
        return self.tree.body

    def css(self, selector: str) -> list[Node]:
        return self.tree.css(selector)

    def first(self, selector: str) -> Node | None:
        return self.tree.css_first(selector)

    def label(self, nodes: Node | Iterable[Node] | None, label: Label) -> None:
        """Puts a label on elements; the innermost label that holds an element wins."""
        if nodes is None:
            return
        for node in (nodes,) if isinstance(nodes, LexborNode) else nodes:
            self.labels[node.mem_id] = label

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


def line(text: str | None) -> str:
    """A text on one line, its white space made single spaces."""
    return " ".join((text or "").split())


def text_of(node: Node | None) -> str:
    """The text of an element on one line."""
    return line(node.text()) if node is not None else ""


_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def self_closed(html: str) -> str:
    """XHTML's `<title/>` or `<a id="x"/>`, which HTML reads as an element that never ends, as a pair of tags."""

    def pair(found: re.Match[str]) -> str:
        name = found[1].lower()
        return found[0] if name in _VOID else f"<{found[1]}{found[2]}></{found[1]}>"

    return _SELF_CLOSED.sub(pair, html)


_NESTING = frozenset(
    "div span blockquote center section article aside main header footer nav ul ol dl table details fieldset form pre dir menu "
    "address figure button object ruby label svg math select q cite dfn abbr sub sup ins del mark bdi bdo var kbd samp".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_TAG = re.compile(r"<(/?)(" + "|".join(sorted(_NESTING | _FORMATTING, key=len, reverse=True)) + r")(?=[\s/>])[^<>]*>", re.I)


def flatten(html: str, max_depth: int) -> str:
    """Markup without the tags that nest deeper than `max_depth`, so that parsing stays linear.

    An HTML parser looks through all open elements at each paragraph, and opens unclosed `<b>` and `<font>` again in every one:
    100,000 open `<div>` cost 20 s, 1,000 open `<b id=…>` 200 MB. Browsers cut at 512. Blocks become line breaks, the others go.
    """
    if html.count("<") <= max_depth * 4:
        return html
    open_blocks = open_marks = 0
    cuts: list[tuple[int, int, str]] = []
    for found in _TAG.finditer(html):
        name = found[2].lower()
        if name in _FORMATTING:
            if found[1]:
                open_marks = max(0, open_marks - 1)
                over = open_marks >= 32
            else:
                open_marks += 1
                over = open_marks > 32
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


_SKIPPED = frozenset(
    "script style head template iframe object embed audio video canvas map noframes svg math title rp datalist textarea".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hgroup html main menu nav ol p pre section summary table tbody thead tfoot ul caption legend optgroup".split()
)
_FURNITURE_TAGS = frozenset("nav button select input label".split())
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SIMPLE_SELECTOR = re.compile(r"[a-z1-6]*[.#][\w-]+")
_NO_DISPLAY = re.compile(r"(?:^|[;\s{])display\s*:\s*none|(?:^|[;\s{])visibility\s*:\s*hidden", re.I)


def hidden_selectors(page: Page) -> set[str]:
    """Classes (`.x`) and ids (`#x`) that the page's own style sheets hide altogether."""
    found: set[str] = set()
    for sheet in page.css("style"):
        for rule in sheet.text().split("@media")[0].split("}"):
            selectors, brace, declarations = rule.partition("{")
            if brace and "none" in declarations and len(rule) < 5000 and _NO_DISPLAY.search(declarations):
                names = (selector.strip() for selector in selectors.split(","))
                found |= {name[re.search("[.#]", name).start() :] for name in names if _SIMPLE_SELECTOR.fullmatch(name)}
    return found


@dataclass(slots=True, eq=False)
class _Run:
    label: Label
    pieces: list[str] = field(default_factory=list)


class _Writer:
    """Text put together from pieces: knows what white space stands between what was written and what comes next.

    `gap` is 0 (same line), 1 (a line break) or 2 (a blank line); `breaks` are `<br>` not yet accounted for; `extra` counts the
    empty paragraphs and lines beyond a blank line. A gap belongs to the run before it, so that each block carries its line ends.
    """

    __slots__ = ("after_dt", "breaks", "extra", "gap", "gaps", "hidden", "label", "opened", "prefix", "runs", "space", "total")

    def __init__(self, label: Label) -> None:
        self.runs: list[_Run] = []
        self.gaps: list[tuple[_Run, int, int]] = []
        self.label = label
        self.opened = True  # the next text starts a run
        self.gap = self.breaks = self.extra = 0
        self.space = self.prefix = ""
        self.after_dt = False
        self.hidden = self.total = 0

    @property
    def at_line_start(self) -> bool:
        return bool(self.gap or self.breaks or not self.runs)

    def _flush(self) -> None:
        if self.breaks:
            if self.gap:
                self.extra += self.breaks
            else:
                self.gap = min(self.breaks, 2)
                self.extra += max(0, self.breaks - 2)
            self.breaks = 0
        if self.runs and self.runs[-1].pieces:
            run = self.runs[-1]
            if self.gap:
                if self.gap == 2:
                    self.gaps.append((run, len(run.pieces), self.extra))
                run.pieces.append("\n" * self.gap)
            elif self.space:
                run.pieces.append(self.space)
        self.gap = self.extra = 0
        self.space = ""

    def text(self, text: str) -> None:
        """Writes text as it is; white space at its ends is the caller's business."""
        self._flush()
        if self.opened or not self.runs:
            if not self.runs or self.runs[-1].label is not self.label or self.label.chapter:
                self.runs.append(_Run(self.label))
            self.opened = False
        if self.prefix:
            text, self.prefix = self.prefix + text, ""
        self.runs[-1].pieces.append(text)
        self.after_dt = False
        self.total += len(text)
        if self.label is HIDDEN:
            self.hidden += len(text)

    def flowing(self, text: str) -> None:
        """Writes the text of a text node, its white space collapsed as a browser does."""
        text = _SPACE.sub(" ", text)
        bare = text.strip(" \xa0")
        if not bare:
            if text and not self.at_line_start:
                self.space = self.space or " "
            return
        if self.at_line_start:
            text = text.lstrip(" \xa0")
        elif text[0] == " ":
            self.space = self.space or " "
            text = text[1:]
        if text[-1] == " ":
            self.text(text[:-1])
            self.space = " "
        else:
            self.text(text)

    def preformatted(self, text: str) -> None:
        """Writes text whose line breaks count."""
        text = text.replace("\r\n", "\n").expandtabs(8)
        bare = text.strip("\n") if self.at_line_start else text.rstrip("\n")
        ends = len(text) - len(text.rstrip("\n"))
        if bare.strip():
            self.text(bare)
        elif not ends:
            self.space = self.space or text
        self.gap = max(self.gap, min(ends, 2))

    def newline(self) -> None:
        if not self.breaks:
            self.gap = max(self.gap, 1)
        self.space = ""

    def blank_line(self) -> None:
        if self.breaks:
            # The last <br> before a block's end shows nothing; before it, or after a block's start, each is an empty line.
            self.extra += self.breaks - (0 if self.gap else 1)
            self.breaks = 0
        self.gap = 2
        self.space = ""

    def switch(self, label: Label) -> None:
        """What is written from here on carries `label`."""
        self.label, self.opened = label, True

    def begin_chapter(self, label: Label) -> None:
        """A run of its own, kept when it stays empty: an untitled chapter."""
        if self.breaks:
            self.blank_line()
        self._flush()
        self.runs.append(_Run(label))
        self.label, self.opened = label, False

    def rule(self) -> None:
        """A line `* * *`, as a block of its own where nothing else is known of its surroundings."""
        self.blank_line()
        last = self.runs[-1].pieces if self.runs else None
        if last and last[-1] == RULE:
            return
        held = self.label
        if held.kind is None:
            self.switch(Label("break", "html.hr"))
        self.text(RULE)
        if held.kind is None:
            self.switch(held)
        self.gap = 2

    def blocks(self) -> list[Block]:
        self._settle()
        if self.runs and self.runs[-1].pieces:
            self.runs[-1].pieces.append("\n")
        return [
            Block("".join(run.pieces), run.label.kind, run.label.rule, run.label.topics, run.label.chapter)
            for run in self.runs
            if run.pieces or run.label.chapter
        ]

    def _settle(self) -> None:
        """Decides which empty paragraphs were meant: those rarer than one gap in five, beyond what is usual in the page.

        Sites put an empty paragraph after each one (noise); an author who sets one between scenes and nowhere else means it.
        It becomes a longer run of blank lines, as in a plain text, where the splitter weighs it.
        """
        if not any(extra for _, _, extra in self.gaps):
            return
        counts = Counter(extra for _, _, extra in self.gaps)
        usual = counts.most_common(1)[0][0]
        meant = sum(count for extra, count in counts.items() if extra > usual)
        if meant and meant * 5 <= len(self.gaps):
            for run, at, extra in self.gaps:
                if extra > usual:
                    run.pieces[at] = "\n" * 4


RULE = "* * *"


def render(page: Page) -> list[Block]:
    """The blocks of a page's body, by its labels."""
    if page.body is None:
        return []
    if "display" in page.html or "visibility" in page.html or " hidden" in page.html:
        writer = _walk(page, True, hidden_selectors(page))
        if writer.hidden * 3 <= writer.total:
            return writer.blocks()
        # A page that hides most of itself shows it by script: what is hidden is then the page.
    return _walk(page, False, set()).blocks()


def _walk(page: Page, hiding: bool, hidden: set[str]) -> _Writer:
    # One loop without recursion: pages nest as deep as they like.
    labels, dividers = page.labels, _dividers(page)
    writer = _Writer(page.default)
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
            if pre:
                writer.preformatted(text)
            else:
                writer.flowing(text)
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
            label = labels.get(node.mem_id) if labels else None
            if label is None and outer.kind is None and tag in _FURNITURE_TAGS:
                label = FURNITURE
            if hiding and _is_hidden(node, hidden):
                label = HIDDEN
            if tag in _BLOCKS:
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
            stack.append((node, tag, outer))
            child = node.first_child
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


_LINES = frozenset("li tr option dt dd".split())


def _is_hidden(node: Node, hidden: set[str]) -> bool:
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style and _NO_DISPLAY.search(style[:2000]):
        return True
    if not hidden:
        return False
    return any("." + name in hidden for name in (attributes.get("class") or "").split()) or "#" + (attributes.get("id") or "") in hidden


def _image(node: Node, writer: _Writer, dividers: set[str]) -> None:
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
