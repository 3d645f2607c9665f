"""Small charts as inline SVG.

Positions across are in percent and sizes down in pixels, without a view box, so that a chart takes the width it is given
and its text keeps its size. Colours are classes (`t-published`, `t0`...) that the page's style sheet defines for light and
dark. Each chart names itself (`title`, `desc`) for a screen reader; the numbers also stand in a table next to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Part:
    """A named amount with its colour class."""

    label: str
    n: float
    tone: str = "t0"


def _percent(share: float) -> str:
    return f"{100 * share:.3f}".rstrip("0").rstrip(".") + "%"


def bar(share: float, tone: str = "t0") -> Markup:
    """A bar of `share` (0..1) of the width, for a table cell that has the number beside it (so hidden from screen readers)."""
    share = min(max(share, 0.0), 1.0)
    return Markup(
        '<svg class="bar" height="10" aria-hidden="true"><rect class="trough" width="100%" height="10" rx="2"/>'
        '<rect class="{}" width="{}" height="10" rx="2"/></svg>'
    ).format(tone, _percent(max(share, 0.006) if share else 0))


def stack(parts: Sequence[Part], of: float | None = None) -> Markup:
    """A bar in several colours for a table cell; `of` is what the full width stands for (default: the parts' sum)."""
    whole = of or sum(part.n for part in parts)
    pieces, at = [], 0.0
    for part in parts:
        if part.n and whole:
            width = part.n / whole
            pieces.append(
                Markup('<rect class="{}" x="{}" width="{}" height="10"/>').format(part.tone, _percent(at), _percent(width))
            )
            at += width
    return Markup(
        '<svg class="bar" height="10" aria-hidden="true"><rect class="trough" width="100%" height="10" rx="2"/>{}</svg>'
    ).format(Markup("").join(pieces))


def band(parts: Sequence[Part], name: str, title: str) -> Markup:
    """One wide stacked bar: how a whole is made up. `name` is an id that is unique in the page."""
    whole = sum(part.n for part in parts)
    pieces, at = [], 0.0
    for part in parts:
        if not part.n:
            continue
        width = part.n / whole
        pieces.append(
            Markup('<rect class="{}" x="{}" width="{}" height="34"><title>{}: {:,} ({:.1%})</title></rect>').format(
                part.tone, _percent(at), _percent(width), part.label, part.n, width
            )
        )
        at += width
    said = "; ".join(f"{part.label} {part.n:,}" for part in parts if part.n) or "nothing"
    return _figure("band", 34, name, title, said, Markup("").join(pieces))


def histogram(bins: Sequence[Part], name: str, title: str, height: int = 150) -> Markup:
    """Columns for ordered bins, each with its number on top and its label below (every other one where it gets narrow)."""
    most = max((part.n for part in bins), default=0)
    slot = 1 / max(len(bins), 1)
    every = -(-len(bins) // 14)  # of many bins some are labelled, counted from the last
    pieces = []
    for i, part in enumerate(bins):
        middle = _percent((i + 0.5) * slot)
        tall = round((height - 18) * part.n / most, 1) if most else 0
        top = height - tall
        thin = " thin" if i % 2 and every == 1 else ""  # left out on a narrow screen
        if part.n:
            pieces.append(
                Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"><title>{}: {:,}</title></rect>').format(
                    part.tone, _percent((i + 0.09) * slot), top, _percent(0.82 * slot), max(tall, 1.5), part.label, part.n
                )
            )
            pieces.append(Markup('<text class="value" x="{}" y="{}">{}</text>').format(middle, top - 5, compact(part.n)))
        if (len(bins) - 1 - i) % every == 0:
            pieces.append(Markup('<text class="tick{}" x="{}" y="{}">{}</text>').format(thin, middle, height + 16, part.label))
    axis = Markup('<line class="axis" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(height + 0.5)
    said = "; ".join(f"{part.label}: {part.n:,}" for part in bins if part.n) or "nothing"
    return _figure("histogram", height + 22, name, title, said, Markup("").join(pieces) + axis)


def _figure(kind: str, height: int, name: str, title: str, said: str, inside: Markup) -> Markup:
    return Markup(
        '<svg class="{kind}" height="{height}" role="img" aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{said}</desc>{inside}</svg>'
    ).format(kind=kind, height=height, name=escape(name), title=title, said=said, inside=inside)


def compact(n: float) -> str:
    """A number in at most five characters: 950, 1.2 k, 13 k, 4.5 M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(n) >= size * 0.9995:
            scaled = n / size
            return f"{scaled:.1f}\u202f{letter}" if abs(scaled) < 9.95 else f"{scaled:.0f}\u202f{letter}"
    return f"{n:,.0f}"
