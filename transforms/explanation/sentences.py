"""What both renderings say in the same words."""

from __future__ import annotations

from transforms.explanation.building import Explanation, Relative
from transforms.narration import Narration, Passage

_RELATIONS = {
    "identical": "the same text as",
    "same_text": "the same text, but for few words, as",
    "revision": "an edited version of the same text as",
    "part_of": "one is a part of the other:",
    "shares_text": "shares text with",
}


def describe_source(explanation: Explanation) -> list[tuple[str, str]]:
    """What became of the document, and what it is."""
    found = []
    fate = explanation.fate
    if fate:
        reason = f" ({fate.reason})" if fate.reason else ""
        found.append(("disposition", fate.disposition + reason))
        found += [("why", fate.detail)] if fate.detail else []
        found += [("work", fate.work_id)] if fate.work_id else []
        found += [("stands for it", fate.kept_work_id)] if fate.kept_work_id else []
    else:
        found.append(("disposition", "none yet: the document is not in the dataset"))
    found.append(("format", explanation.format + (f", from {explanation.site}" if explanation.site else "")))
    if explanation.encoding:
        found.append(("encoding", explanation.encoding + (f" ({explanation.how})" if explanation.how else "")))
    found.append(("size", f"{explanation.bytes:,} bytes, {len(explanation.text):,} characters"))
    if explanation.flags:
        found.append(("flags", ", ".join(explanation.flags)))
    return found


def describe_labels(narration: Narration) -> list[tuple[str, str]]:
    """The labels with their confidences, and the shares behind them."""
    shares = ""
    if narration.past_share is not None and narration.present_share is not None:
        shares = f": {narration.past_share:.0%} of finite clauses past, {narration.present_share:.0%} present"
    found = [
        ("tense", f"{narration.tense} ({narration.tense_confidence:.2f}){shares}"),
        ("point of view", f"{narration.pov} ({narration.pov_confidence:.2f})"),
    ]
    if narration.pov_character:
        found.append(("focal character", f"{narration.pov_character} ({narration.pov_character_confidence:.2f})"))
    found.append(("form", narration.form))
    found.append(("language", narration.language or "too little text to tell"))
    left_out = ", ".join(f"{reason} {characters:,}" for reason, characters in narration.masked)
    found.append(
        (
            "narration",
            f"{narration.words_of_narration:,} words" + (f"; not counted, in characters: {left_out}" if left_out else ""),
        )
    )
    return found


def describe_passage(passage: Passage) -> str:
    """A passage's labels, with the verbs and pronouns that decided."""
    verbs = ", ".join(f"{verb} ×{n}" if n > 1 else verb for verb, _, n in passage.verbs[:8])
    pronouns = ", ".join(f"{person} {n}" for person, n in passage.pronouns if n)
    labels = f"{passage.tense}, {passage.pov}, {passage.words:,} words"
    return labels + (f"; verbs {verbs}" if verbs else "") + (f"; person {pronouns}" if pronouns else "")


def describe_related(relative: Relative) -> str:
    """A relation in a sentence, with its exact figures."""
    shares = f"{relative.containment_own:.0%} of this one is in it, {relative.containment_other:.0%} of it in this one"
    return f"{_RELATIONS.get(relative.relation, relative.relation)} {relative.id} (Jaccard {relative.jaccard:.2f}; {shares})"
