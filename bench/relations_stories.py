"""Stories for the benchmarks of relations, out of a corpus that make_corpus.py wrote: chapters of story text, notes left out.

usage: relations_stories.py CORPUS OUT.parquet     units as `relate` names them: unit_id, work_id, text
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).parents[1]))

from transforms.encoding import decode, repair

NOTE = re.compile(r"\(?(A/N|AN:|Author.s Note|Notes:|Disclaimer:)")  # how all of that corpus's notes begin
HEADING = re.compile(r"Chapter \d+: ")
SCHEMA = pa.schema([("unit_id", pa.string()), ("work_id", pa.string()), ("text", pa.string())])


def truth(corpus: Path) -> list[dict]:
    with open(corpus / "truth.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def chapters(corpus: Path, row: dict) -> list[str]:
    """The story text of each chapter of a file."""
    text = decode((corpus / row["path"]).read_bytes()).text
    if row["format"] == "html":
        page = LexborHTMLParser(text)
        found = [[p.text() for p in body.css("p")] for body in page.css("#chapters > div.userstuff")]
    else:
        found = [[]]
        for paragraph in text.split("\n\n")[2:]:
            if HEADING.match(paragraph):
                found.append([])
            elif not NOTE.match(paragraph):
                found[-1].append(paragraph)
    texts = ["\n\n".join(p for p in paragraphs if p) for paragraphs in found]
    return [repair(t).text for t in texts if t.strip()]


def units(corpus: Path, rows: list[dict]) -> Iterator[tuple[str, str, str]]:
    """(unit_id, work_id, text) of each work, and of its chapters where it has several."""
    for row in rows:
        parts = chapters(corpus, row)
        yield row["id"], row["id"], "\n\n".join(parts)
        if len(parts) > 1:
            for k, part in enumerate(parts):
                yield f"{row['id']}/{k}", row["id"], part


def main(corpus: Path, out: Path) -> None:
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as writer:
        batch: list[tuple[str, str, str]] = []
        for unit in units(corpus, truth(corpus)):
            batch.append(unit)
            if len(batch) == 1000:
                writer.write_table(pa.table(list(zip(*batch, strict=True)), schema=SCHEMA))
                batch = []
        if batch:
            writer.write_table(pa.table(list(zip(*batch, strict=True)), schema=SCHEMA))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
