"""What a curator should look at, and what to do about it: the most doubtful first, each list bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from transforms.report.counts import listed
from transforms.report.visible import excerpt

SHOWN = 40
"""Cases of one list that are printed; the rest is counted."""

LOW_CONFIDENCE = 0.75
"""Labels below this are listed."""

ENOUGH_WORDS = 200
"""English prose with this many words of story should have a label; where it has none, somebody should look."""

CLOSE = 0.9
"""Duplicates below this Jaccard similarity are listed: they were left out, and are the least alike."""

_FLAGGED = {
    "uncertain_parts": (
        "Perhaps parts of one story",
        "Their titles or names look like parts, without proof, so each was published alone. A work id or `(1/3)` in each part's "
        "header joins them.",
    ),
    "incomplete_parts": ("Works with a part missing", "Find the missing part and put it beside the others in `raw/`."),
    "truncated": (
        "Shorter than they say",
        "The stated number of words is far above the counted one: get the whole work, or check that no story went into notes.",
    ),
}
"""Flags that ask for a person: what the list is called, and what can be done."""


@dataclass(frozen=True, slots=True)
class Case:
    """Something to look at: the id for `explain`, what it is called, why it is here, and a number the list is ordered by."""

    id: str
    title: str
    why: str
    excerpt: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A list of cases of one sort; `name` is its place in the page, `todo` says what can be done about them."""

    name: str
    title: str
    todo: str
    cases: tuple[Case, ...]
    total: int
    score: str = ""  # heading of the scores

    @property
    def more(self) -> int:
        return self.total - len(self.cases)


def reviews(documents: pd.DataFrame, works: pd.DataFrame, relations: pd.DataFrame, doubts: pd.DataFrame,
            meanings: Mapping[str, str]) -> list[Review]:  # fmt: skip
    """The lists that are not empty, the ones where something may be lost first."""
    found = [
        _failures(documents),
        _notes(doubts, works),
        _labels(works),
        _unlabelled(works),
        _weakest(documents, relations),
        *(_flagged(works, flag) for flag in ("uncertain_parts", "incomplete_parts", "truncated")),
        _rejected(documents, meanings),
        _opted_out(documents),
    ]
    return [review for review in found if review.total]


def _review(name: str, title: str, todo: str, frame: pd.DataFrame, case, score: str = "") -> Review:
    return Review(name, title, todo, tuple(case(row) for row in frame.head(SHOWN).to_dict("records")), len(frame), score)


def _title(row: Mapping[str, object]) -> str:
    return excerpt(row.get("title")) or f"untitled, {_identifier(row['source'])}"


def _identifier(value: object) -> str:
    return excerpt(value, words=40, characters=160)


def _notes(doubts: pd.DataFrame, works: pd.DataFrame) -> Review:
    frame = doubts.sort_values("score", ascending=False, kind="stable")
    known = works.set_index("work_id")
    ids = frame["work_id"].head(SHOWN)
    frame = frame.head(SHOWN).assign(title=ids.map(known["title"].to_dict()), chapters=ids.map(known["n_chapters"].to_dict()))
    review = _review(
        "notes",
        "Passages that may be notes",
        "They were left in the story, because wrong is worse than unknown. Read them with `explain`; a marker such as A/N in the "
        "source file settles it.",
        frame,
        lambda row: Case(_identifier(row["work_id"]), _title(row), _where(row), excerpt(row["excerpt"]), f"{row['score']:.2f}"),
        "likely a note",
    )
    return Review(review.name, review.title, review.todo, review.cases, len(doubts), review.score)


def _where(row: Mapping[str, object]) -> str:
    chapter = row.get("chapter")
    known = chapter is not None and chapter == chapter and row["chapters"] != 1  # of a single chapter nobody needs to be told
    return excerpt(row.get("reason")) + (f", chapter {int(chapter) + 1}" if known else "")


def _labels(works: pd.DataFrame) -> Review:
    labels = {"tense": works["tense_confidence"], "pov": works["pov_confidence"]}
    sure = pd.DataFrame({name: conf.where(works[name].ne("unknown")) for name, conf in labels.items()}, index=works.index)
    lowest = pd.to_numeric(sure.min(axis=1), errors="coerce")
    frame = works.assign(lowest=lowest)[lowest < LOW_CONFIDENCE].sort_values("lowest", kind="stable")

    def case(row: Mapping[str, object]) -> Case:
        why = f"tense {row['tense']} ({row['tense_confidence']:.2f}), point of view {row['pov']} ({row['pov_confidence']:.2f})"
        return Case(_identifier(row["work_id"]), _title(row), why, score=f"{row['lowest']:.2f}")

    return _review(
        "labels",
        "Labels with low confidence",
        f"One of the two labels is below {LOW_CONFIDENCE}. `explain` shows the passages and verbs that decided; leave these "
        "works out where labels must be right.",
        frame,
        case,
        "confidence",
    )


def _unlabelled(works: pd.DataFrame) -> Review:
    unknown = works["tense"].eq("unknown") | works["pov"].eq("unknown")
    english = works["language"].astype(object).eq("en") & works["form"].eq("prose")
    frame = works[unknown & english & works["n_words"].ge(ENOUGH_WORDS)].sort_values("n_words", ascending=False, kind="stable")

    def case(row: Mapping[str, object]) -> Case:
        why = f"tense {row['tense']}, point of view {row['pov']}"
        return Case(_identifier(row["work_id"]), _title(row), why, score=f"{row['n_words']:,}")

    todo = "English prose with enough words, still undecided: often a mixture, or dialogue only. `explain` shows the evidence."
    return _review("unlabelled", "Prose without a label", todo, frame, case, "words")


def _weakest(documents: pd.DataFrame, relations: pd.DataFrame) -> Review:
    """Duplicates that resemble the work that stands for them the least: the first place to look for a wrong removal."""
    copies = documents[documents["disposition"].eq("duplicate")]
    near = relations[relations["relation"].isin(("same_text", "revision"))]
    pairs = {}
    for row in near.to_dict("records"):
        pairs[frozenset((str(row["left_id"]), str(row["right_id"])))] = row["jaccard"]
    alike = [
        pairs.get(frozenset((str(own), str(kept)))) for own, kept in zip(copies["work_id"], copies["kept_work_id"], strict=True)
    ]
    frame = copies.assign(jaccard=pd.to_numeric(pd.Series(alike, index=copies.index, dtype=object)))
    frame = frame[frame["jaccard"] < CLOSE].sort_values("jaccard", kind="stable")

    def case(row: Mapping[str, object]) -> Case:
        why = f"{row['reason']} of {_identifier(row['kept_work_id'])}"
        return Case(_identifier(row["work_id"]), _identifier(row["source"]), why, score=f"{row['jaccard']:.2f}")

    return _review(
        "weakest",
        "Duplicates that are the least alike",
        "They were left out in favour of another version. `explain` shows what the two share and where they differ.",
        frame,
        case,
        "Jaccard",
    )


def _flagged(works: pd.DataFrame, flag: str) -> Review:
    frame = works[works["flags"].map(lambda flags: flag in listed(flags)).astype(bool)]
    frame = frame.sort_values("n_words", ascending=False, kind="stable")

    def case(row: Mapping[str, object]) -> Case:
        stated = row.get("stated_words")
        why = _identifier(row["source"])
        if flag == "truncated" and stated is not None and stated == stated:
            why = f"says {int(stated):,} words"
        return Case(_identifier(row["work_id"]), _title(row), why, score=f"{row['n_words']:,}")

    title, todo = _FLAGGED[flag]
    return _review(flag.replace("_", "-"), title, todo, frame, case, "words")


def _failures(documents: pd.DataFrame) -> Review:
    frame = documents[documents["reason"].astype(object).eq("internal_error")].sort_values("source")
    todo = "The fault is ours. Please report it with the file's name and size; the next version reads the document again."
    return _review("failures", "Documents our own code failed on", todo, frame, _document)


def _rejected(documents: pd.DataFrame, meanings: Mapping[str, str]) -> Review:
    reason = documents["reason"].astype(object)
    frame = documents[documents["disposition"].eq("rejected") & reason.ne("internal_error")].sort_values(["reason", "source"])
    todo = "Not stories, or not readable. Each reason says what helps; nothing was lost, the files are still in `raw/`."

    def case(row: Mapping[str, object]) -> Case:
        detail = excerpt(row.get("detail"), words=40, characters=300) or meanings.get(str(row["reason"]), "")
        return Case(_identifier(row["source"]), excerpt(row["reason"]), detail)

    return _review("rejected", "Rejected documents", todo, frame, case)


def _opted_out(documents: pd.DataFrame) -> Review:
    frame = documents[documents["disposition"].eq("opted_out")].sort_values("source")
    todo = (
        "The author asks for it, so the work is not published. Check that it is the author who speaks; the setting `exclude` "
        "says which requests count."
    )

    def case(row: Mapping[str, object]) -> Case:
        deciding = sorted(listed(row.get("opt_outs")), key=lambda entry: entry["kind"] != row["reason"])
        phrases = "; ".join(list(dict.fromkeys(excerpt(entry["phrase"]) for entry in deciding))[:3])
        return Case(_identifier(row["source"]), excerpt(row["reason"]), "the author's words" if phrases else "", phrases)

    return _review("opted-out", "Opted out", todo, frame, case)


def _document(row: Mapping[str, object]) -> Case:
    return Case(_identifier(row["source"]), excerpt(row["reason"]), excerpt(row.get("detail"), words=40, characters=300))
