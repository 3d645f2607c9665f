"""The data-quality report: what came in, what became of it, how sure the labels are, and what a person should look at.

One HTML page that holds all it needs: no request leaves it, and it can be read without its script (which only sorts and
filters tables). Nobody's text is printed beyond a dozen words, and the page stays of a readable size for any number of works:
every list shows its first rows and counts the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from transforms import works
from transforms.report import figures
from transforms.report.pages import page
from transforms.report.review import reviews
from transforms.sources.reasons import REASONS as READING

REASONS = {**works.REASONS, **READING}
"""Every reason code, with what it means and what helps."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("source", "format", "site", "encoding", "repairs", "disposition", "reason", "detail", "opt_outs", "work_id",
                  "kept_work_id"),
    "works": ("work_id", "source", *figures.OPTIONAL, "rating_system", "rating_level", "language", "tense", "tense_confidence",
              "pov", "pov_confidence", "form", "flags", "n_words", "n_chapters", "n_duplicates", "cluster_id"),
    "relations": ("left_id", "right_id", "relation", "jaccard"),
    "segments": ("kind", "topics", "rule", "n", "chars"),
    "doubts": ("work_id", "source", "chapter", "reason", "score", "excerpt"),
}  # fmt: skip
"""The columns of each table that are read; others need not be there."""


@dataclass(frozen=True)
class ReportTables:
    """What a report is made of.

    documents, works, relations: the published tables, with at least the columns of `COLUMNS`.
    segments: segments counted, a row for each (kind, topics, rule) that occurs: kind, topics (a list, or names parted by commas),
    rule, n (how many), chars (their characters together).
    doubts: passages that may be notes: work_id, source, chapter (from 0), reason, score (0..1), excerpt (at most a dozen words).
    manifest: the version's manifest; version, parent, created, schema_version, counts (numbers, nested as you like) and
    timings (stage -> seconds) are shown where they are there. previous: the parent's manifest, or None for a first version.
    """

    documents: pd.DataFrame
    works: pd.DataFrame
    relations: pd.DataFrame
    segments: pd.DataFrame
    doubts: pd.DataFrame
    manifest: Mapping[str, object]
    previous: Mapping[str, object] | None = None


def render(tables: ReportTables) -> str:
    """The report as one HTML page. It depends on nothing but `tables`: the same tables make the same page."""
    documents = _columns(tables.documents, "documents")
    published = _columns(tables.works, "works")
    relations = _columns(tables.relations, "relations")
    segments = _columns(tables.segments, "segments")
    doubts = _columns(tables.doubts, "doubts")
    clusters, n_clusters, _ = figures.clusters(documents, published)
    repairs, repaired = figures.repairs(documents)
    relation_types, jaccard = figures.relation_types(relations)
    timings = dict(figures.flatten(tables.manifest.get("timings", {})))
    return page(
        "report.html.j2",
        manifest=tables.manifest,
        n_documents=len(documents),
        dispositions=figures.dispositions(documents),
        headline=figures.headline(documents, published, segments),
        changes=figures.changes(tables.manifest, tables.previous),
        previous=tables.previous,
        intake=figures.intake(documents),
        reasons=figures.reasons(documents, REASONS),
        repairs=repairs,
        repaired=repaired,
        n_works=len(published),
        strips=figures.strips(published),
        matrix=figures.matrix(published),
        povs=figures.POVS,
        confidences=figures.confidences(published),
        labels=figures.labels(published),
        lengths=figures.lengths(published),
        years=figures.years(published),
        segments=figures.segment_kinds(segments),
        metadata=figures.metadata(published),
        ratings=figures.ratings(published),
        flags=figures.flags(published),
        opt_outs=figures.opt_outs(documents),
        relations=relation_types,
        jaccard=jaccard,
        clusters=clusters,
        n_clusters=n_clusters,
        reviews=reviews(documents, published, relations, doubts, REASONS),
        timings=timings,
    )


def _columns(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The columns of a table that are read (an empty frame may come without any), rows numbered from 0."""
    missing = {name: pd.Series(dtype=object, index=frame.index) for name in COLUMNS[table] if name not in frame}
    return frame.assign(**missing)[list(COLUMNS[table])].reset_index(drop=True)
