"""Writes the tables of docs/dataset.md that code defines: fields, dispositions, reasons, flags.

    python docs/fields.py           writes them
    python docs/fields.py --check   ends with 1 where they are not current

A table stands between `<!-- from code: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from transforms import schema, works
from transforms.card import field_table, meanings_table
from transforms.documents import TOPICS
from transforms.sources.reasons import REASONS

PAGE = Path(__file__).with_name("dataset.md")
_TABLE = re.compile(r"(<!-- from code: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def tables() -> dict[str, str]:
    """The tables by name."""
    return {
        **{f"fields of {name}": field_table(name) for name in schema.TABLES},
        "dispositions": meanings_table(schema.DISPOSITIONS, "disposition"),
        "flags": meanings_table(schema.FLAGS, "flag"),
        "reasons of reading": meanings_table(REASONS, "reason"),
        "reasons of deciding": meanings_table({k: v for k, v in works.REASONS.items() if k not in REASONS}, "reason"),
        "topics": ", ".join(f"`{topic}`" for topic in TOPICS) + "\n",
    }


def current(text: str) -> str:
    """The page with its tables as the code has them. Raises KeyError for a name that is not known."""
    found = tables()
    return _TABLE.sub(lambda match: f"{match[1]}\n{found[match[2]]}\n{match[3]}", text)


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8")
    after = current(before)
    if "--check" in sys.argv:
        sys.exit(before != after)
    PAGE.write_text(after, encoding="utf-8")
