"""Self-contained pages: a template with its style and script inside, which may load nothing and run nothing else.

The Content-Security-Policy in the page's head allows exactly the one style sheet and the one script, by their hashes. So even
a piece of markup that slipped through escaping could not run or ask anybody for anything.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from transforms.report import charts
from transforms.report.visible import excerpt, reveal


@cache
def _environment() -> Environment:
    folder = resources.files("transforms.report") / "templates"
    files = (file for file in folder.iterdir() if file.name.endswith((".j2", ".css", ".js")))
    templates = {file.name: file.read_text(encoding="utf-8") for file in files}
    environment = Environment(
        loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(bar=charts.bar, stack=charts.stack, band=charts.band, histogram=charts.histogram)
    environment.filters.update(excerpt=excerpt, reveal=reveal, compact=charts.compact, number=_number, share=_share, prose=_prose)
    style, script = (_minimal(templates[name]) for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    environment.globals.update(style=Markup(style), script=Markup(script), policy=Markup(policy))
    return environment


def page(template: str, **context: object) -> str:
    """The page that `template` (a file of `templates/`) makes of `context`; every value in it is escaped."""
    return _environment().get_template(template).render(**context)


def _minimal(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _prose(text: str) -> Markup:
    """A sentence of ours with `code` in it."""
    pieces = text.split("`")
    return Markup("").join(Markup("<code>{}</code>" if i % 2 else "{}").format(piece) for i, piece in enumerate(pieces))


def _number(n: float) -> str:
    return f"{n:,.0f}" if n == int(n) else f"{n:,.2f}"


def _share(share: float) -> str:
    """A share in percent; never 0 % for something, nor 100 % for less than all."""
    if 0 < share < 0.001:
        return "< 0.1 %"
    if 0.999 < share < 1:
        return "> 99.9 %"
    return f"{share:.0%}".replace("%", "\u202f%") if share in (0, 1) or share >= 0.1 else f"{share:.1%}".replace("%", "\u202f%")
