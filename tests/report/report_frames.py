"""Tables for the report's tests, made by a rule from a seed: any number of documents, with every disposition, flag and gap."""

from __future__ import annotations

import datetime
import random

import pandas as pd

from transforms import schema
from transforms.report import ReportTables

ADJECTIVES = ("Quiet", "Drowned", "Second", "Paper", "Winter", "Borrowed", "Salt", "Hollow", "Lantern", "Unsent")
NOUNS = ("Harbour", "Orchard", "Letters", "Cartographer", "Staircase", "Kingdom", "Weather", "Apprentice", "Signal", "Tide")
LEVELS = {"General Audiences": "general", "Teen And Up Audiences": "teen", "Mature": "mature", "Explicit": "explicit",
          "Not Rated": "not_rated"}  # fmt: skip
TENSES, POVS = ("past", "present", "mixed"), ("third", "first", "second", "mixed")
RULES = ("ao3.notes", "text.marker", "text.disclaimer", "text.position", "text.bracketed", "text.break", "text.heading")


def empty() -> ReportTables:
    """A version without any document."""
    tables = {name: pd.DataFrame(columns=[field.name for field in fields]) for name, fields in schema.TABLES.items()}
    return ReportTables(
        tables["documents"], tables["works"].drop(columns="text"), tables["relations"],
        pd.DataFrame(columns=["kind", "topics", "rule", "n", "chars"]), pd.DataFrame(), {},
    )  # fmt: skip


def make(n: int, seed: int = 3) -> ReportTables:
    """A version of `n` documents."""
    pick = random.Random(seed)
    documents, works, relations, doubts = [], [], [], []
    for i in range(n):
        disposition = pick.choices(list(schema.DISPOSITIONS), (78, 11, 2, 1, 8))[0]
        kind = pick.choices(("txt", "html", "epub", "docx", "jsonl"), (50, 30, 12, 3, 5))[0]
        site = pick.choices(("ao3", "ffn", "wattpad", None), (50, 25, 5, 20))[0]
        story = disposition != "rejected"
        work_id = f"{site}-{100000 + i}" if site and story else f"work-{i:012x}" if story else None
        reason = {
            "published": None,
            "duplicate": pick.choice(("identical", "same_text", "revision")),
            "opted_out": "no_ai",
            "removed": "removal_request",
            "rejected": pick.choice(("empty", "binary", "login_wall", "truncated", "unsupported_format")),
        }[disposition]
        title = f"{pick.choice(ADJECTIVES)} {pick.choice(NOUNS)}"
        source = f"{kind}/{i % 97:02d}/{title} {i}.{kind}"
        kept = works[-1]["work_id"] if disposition == "duplicate" and works else None
        damaged = [rule for rule in ("mojibake", "invisible", "entities") if pick.random() < 0.1]
        repairs = [{"rule": rule, "count": pick.randint(1, 40)} for rule in damaged]
        documents.append({
            "source": source, "sha256": f"{i:064x}", "bytes": pick.randint(100, 900_000), "format": kind, "site": site,
            "encoding": pick.choices(("utf-8", "windows-1252", "koi8-r", None), (80, 12, 2, 6))[0], "repairs": repairs,
            "disposition": disposition, "reason": reason, "detail": None,
            "opt_outs": [{"kind": "no_ai", "phrase": "please do not feed my work to AI"}] if disposition == "opted_out" else [],
            "work_id": work_id, "kept_work_id": kept,
            "first_seen": pd.Timestamp("2024-05-01", tz="UTC"), "last_changed": pd.Timestamp("2025-05-01", tz="UTC"),
        })  # fmt: skip
        if kept:
            works[-1]["n_duplicates"] += 1
            jaccard = 1.0 if reason == "identical" else pick.uniform(0.6, 1)
            relations.append({"left_id": kept, "right_id": work_id, "relation": reason, "jaccard": jaccard,
                              "containment_left": 1.0, "containment_right": jaccard, "rule_version": "1"})  # fmt: skip
        if disposition == "published":
            works.append(_work(pick, work_id, source, site, title))
            if pick.random() < 0.12:
                doubts.append({"work_id": work_id, "source": source, "chapter": pick.randint(0, 5),
                               "reason": "text.position", "score": pick.uniform(0.3, 0.7),
                               "excerpt": "so that was a long one, see you all next week"})  # fmt: skip
    chars = sum(work["n_chars"] for work in works)
    segments = [
        {"kind": "story", "topics": [], "rule": "text.story", "n": len(works) * 9, "chars": chars},
        {"kind": "heading", "topics": [], "rule": RULES[6], "n": len(works) * 4, "chars": len(works) * 60},
        {"kind": "break", "topics": [], "rule": RULES[5], "n": len(works) * 6, "chars": len(works) * 30},
        {"kind": "metadata", "topics": [], "rule": "ao3.header", "n": len(works) * 3, "chars": len(works) * 500},
        {"kind": "note", "topics": ["author_note"], "rule": RULES[0], "n": len(works) * 2, "chars": len(works) * 300},
        {"kind": "note", "topics": ["disclaimer", "warning"], "rule": RULES[2], "n": len(works), "chars": len(works) * 90},
        {"kind": "note", "topics": ["request", "update"], "rule": RULES[1], "n": len(works), "chars": len(works) * 80},
    ]
    counts = {"documents": n, "works": len(works), "relations": len(relations)}
    manifest = {"version": "2026-11-21T10-00-00-1f3a", "parent": "2026-11-20T10-00-00-88c2", "created": "2026-11-21T10:00:00Z",
                "schema_version": schema.SCHEMA_VERSION, "counts": counts,
                "timings": {"clean": 41.2, "relate": 3.4, "publish": 6.0, "report": 0.8}}  # fmt: skip
    before = {**counts, "documents": n - n // 9, "works": len(works) - n // 11}
    previous = {"version": "2026-11-20T10-00-00-88c2", "counts": before}
    return ReportTables(
        pd.DataFrame(documents), pd.DataFrame(works), pd.DataFrame(relations), pd.DataFrame(segments), pd.DataFrame(doubts),
        manifest, previous,
    )  # fmt: skip


def _work(pick: random.Random, work_id: str, source: str, site: str | None, title: str) -> dict:
    words = int(pick.lognormvariate(8.2, 1.4)) + 40
    form = pick.choices(("prose", "verse", "chat", "letters"), (94, 3, 2, 1))[0]
    language = pick.choices(("en", "es", "ru", None), (88, 6, 4, 2))[0]
    known = form == "prose" and language == "en" and pick.random() > 0.03
    rating = pick.choices((*LEVELS, None), (24, 34, 12, 9, 6, 15))[0]
    level = LEVELS.get(rating)
    flags = [flag for flag in schema.FLAGS if pick.random() < 0.02]
    maybe = lambda value, share: value if pick.random() < share else None  # noqa: E731
    some = lambda value, share: [value] if pick.random() < share else []  # noqa: E731
    return {
        "work_id": work_id, "source": source, "site": site, "url": maybe("https://example.org/works/1", 0.5),
        "title": maybe(title, 0.96), "authors": some("quillfeather", 0.9), "fandoms": some("The Glass Sea", 0.8),
        "categories": some("Gen", 0.5), "warnings": some("No Archive Warnings Apply", 0.5), "relationships": some("A/B", 0.4),
        "characters": some("Mara", 0.6), "tags": some("Fluff", 0.5), "rating": rating,
        "rating_system": maybe("ao3", 0.8) if rating else None, "rating_level": level, "status": maybe("complete", 0.6),
        "language": language, "language_stated": maybe("English", 0.5),
        "published": maybe(datetime.date(pick.randint(2003, 2026), 3, 4), 0.6), "updated": maybe(datetime.date(2025, 1, 2), 0.4),
        "stated_words": maybe(words, 0.6), "stated_chapters": maybe(3, 0.6), "total_chapters": maybe(3, 0.4), "series": [],
        "summary": maybe("A ship comes home.", 0.7), "stated": [], "n_words": words, "n_chars": words * 6,
        "n_chapters": 1 + int(pick.expovariate(0.25)), "n_notes": 3,
        "tense": pick.choices(TENSES, (66, 28, 6))[0] if known else "unknown", "tense_confidence": 1 - pick.betavariate(1, 9),
        "pov": pick.choices(POVS, (64, 28, 3, 5))[0] if known else "unknown", "pov_confidence": 1 - pick.betavariate(1, 12),
        "past_share": 0.9, "present_share": 0.1, "pov_character": maybe("Mara", 0.5), "pov_character_confidence": 0.8,
        "form": form, "flags": flags, "cluster_id": work_id, "n_duplicates": 0,
    }  # fmt: skip
