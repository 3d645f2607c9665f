"""Labels that authors coin, or use in a sense of their own: "In short:", "Whose:", "Who's in it:", "ABOUT ..... text".

In any other place such words begin sentences and speeches, so they mean something only between the lines of a header that is
sure already. There a label that is told by its words has a field; any other is told by its value.
"""

# ruff: noqa: E501  (tables)
from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.metadata.labels import entry_of
from transforms.metadata.pieces import typed
from transforms.metadata.tables import entries, fold

_LINE = re.compile(
    r"^(?P<open>[*_~#>•·+=–-]{0,4}\s*)(?P<label>[^\W\d_][\w'’ /()&.-]{0,30}?\??)[*_]{0,3}(?P<sign>\s*(?:[:：]|\.{4,}:?|=+>?(?=\s))|\s+(?:--?|[–—|])(?=\s)|\t+| {3,})[*_]{0,3}\s*(?P<value>\S.*)$"
)
_WORDS = 4  # of a label, at most
_MEANINGS = {
    ("summary", "summary", ()): """
        about; what it's about; what's it about; what is it about; in brief; in short; briefly; in a nutshell; nutshell; the gist; gist; the story
        what happens; what; tl;dr; tldr; premise; the premise; plot; the plot; teaser; pitch; the pitch; hook; logline; tagline; the idea; idea
        abstract; overview; intro; in one line; in a sentence; in other words; descr; desc; sum; summ; sumary; summery; sinopsis breve
        de qué va; sobre; en breve; en resumen; resumiendo; em resumo; em poucas palavras; en bref; en gros; pour faire court; waar gaat het over; kort gezegd; in het kort; kort; kort sagt; lyhyesti; röviden; krótko; stručně; kısaca; l'histoire; worum geht's; darum geht's; worum es geht; in kürze; di cosa parla; in breve; о чём; o czym; o que é
        """,
    ("characters", "metadata", ()): """
        who; who's in; who's in it; who's who; who's there; with; starring; stars; players; the players; people; includes; including; also featuring
        focus; dramatis personae; appearances; cast list; the cast; chars; char; avec; com; met; med; con; mit; wer; chi; quién; кто; kto; quem
        """,
    ("relationships", "metadata", ()): "who with whom; who/whom; romance; the couple; otp; pairing (if any); pair; pairing(s) and characters",
    ("fandoms", "metadata", ()): "canon/fandom; which show; what show; world; the world; source; from the world of; fdm",
    ("title", "metadata", ()): "ttl; name; called; the title",
    ("authors", "metadata", ()): "aut; auth; author name; from the pen of; scribbled by; penned by; words by; typed by; who wrote it; culprit; guilty party",
    ("stated_words", "metadata", ()): "how long; how much; wds; # of words; approx. length; count; no. of words",
    ("status", "metadata", ()): "finished; done; is it finished; is it done; progress; state",
    ("published", "metadata", ()): "submitted; submitted on; uploaded; uploaded on; added; added on; created; written; finished on; date written",
    ("disclaimer", "note", ("disclaimer",)): """
        whose; whose are they; whose is it; not mine; mine; ours; theirs; yours; owner; owners; owns; owned by; belongs to; they belong to; ownership; who owns them
        who owns what; property of; rights; dis; discl; disc; the usual; the usual stuff; standard stuff; don't sue; no money; not my
        a quién pertenece; de quién; van wie; à qui; wem's gehört; wem gehört's; di chi sono; чьё; czyje
        """,
    ("credit", "note", ("credit",)): """
        thank yous; thank-yous; thankyous; gratitude; big thanks; many thanks; much love to; with thanks; props; props to; kudos to; hat tip; blame
        blame it on; because of; prompted by; for prompt; prompt used; square; square filled; bingo square; checked by; read over by; proofed by; beta'd; edited with
        met dank aan; bedankt; tack till; takk til; kiitos; köszönet; díky; teşekkürler; merci; merci à; gracias; gracias a; danke; danke an; grazie; grazie a; спасибо; dzięki; obrigada; obrigado
        """,
    ("dedication", "note", ("dedication",)): "voor; für; pour; para; per; dla; для; till; til; pro; için; untuk; made for; a gift for; with love to",
    ("feedback", "note", ("request",)): "reviews please; review please; say hi; write me; talk to me; comments welcome; concrit; crit; criticism; be kind",
    ("notes", "note", ("author_note",)): """
        blather; blah; blah blah; blah blah blah; blabber; babble; babbling; ramble; rambles; rambling; chatter; waffle; natter; prattle; excuse; excuses
        apology; apologies; confession; confessions; shoutout; shoutouts; shout-out; shout outs; hugs; bribe; bribes; aside; remarks; remark; fair warning; heads up; heads-up
        my two cents; thoughts; also; one thing; last thing; important!; nb; n.b.; background; backstory; history; why; how come; real life; rl
        """,
}  # fmt: skip
_BY_LABEL = {label: meaning for meaning, labels in _MEANINGS.items() for label in entries(labels)}
_SPEAKS = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|my|mine|me)\b|[!?]{2}|[:;]-?[)D(P]|<3", re.IGNORECASE)
_ENDED = re.compile(r"[^\W\d_]{2}[.!?…]['\"”’)*_]*$")
_SENTENCE = 5  # words of a value that may be a sentence


@dataclass(frozen=True, slots=True)
class Coined:
    """What a coined label says: a field of `Metadata` or a name of ours ("" where nothing tells it), the kind of the line, its value.

    `known` says whether the label's own words told it.
    """

    field: str
    kind: str
    value: str
    topics: tuple[str, ...]
    known: bool


def coined_at(line: str) -> Coined | None:
    """What a stripped line in a header says that begins with a label which the vocabulary does not have; None for any other."""
    found = _LINE.match(line)
    if found is None or found.group("label").count(" ") >= _WORDS:
        return None
    label, value = fold(found.group("label").rstrip("?")), found.group("value").rstrip(" *_")
    if not value or entry_of(label) is not None:
        return None
    if (meaning := _BY_LABEL.get(label)) is not None:
        field, kind, topics = meaning
        return Coined(field, kind, value, topics, True)
    if found.group("sign").strip()[:1] not in tuple(":：.="):
        return None
    if (one := typed(value)) is not None:
        return Coined(one[0][0], "metadata", value, (), False)
    if _SPEAKS.search(value) is not None or (_ENDED.search(value) is not None and value.count(" ") >= _SENTENCE):
        return Coined("", "note", value, (), False)
    return Coined("", "metadata", value, (), False)
