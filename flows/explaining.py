"""One document explained: read again from its source, cleaned again, and set beside what the last run decided about it."""

from __future__ import annotations

from pathlib import Path

from flows import versions
from flows.errors import CurationError
from flows.inventory import open_path
from flows.settings import Settings
from transforms import explanation, sources
from transforms.cleaning import clean, reject_storyless
from transforms.documents import Draft, Rejection
from transforms.explanation import Explanation, Fate

LISTED = 50
"""Documents of one file that are listed; with more than one, the one to explain has to be named."""


class NotFound(CurationError):
    """There is no such file, source or work; the message says where was looked."""


class Several(CurationError):
    """The file holds several documents; `sources` names the first of them."""

    def __init__(self, file: str, sources_: list[str]):
        shown = "\n".join(f"  {source}" for source in sources_[:LISTED])
        more = "\n  ..." if len(sources_) > LISTED else ""
        super().__init__(f"{file} holds several documents; name one of them:\n{shown}{more}")
        self.sources = sources_


def explain(what: str, settings: Settings) -> list[Explanation]:
    """The explanations of a file, a source within raw/, or a work (one for each document it was joined from).

    Raises NotFound, Several.
    """
    folder = versions.latest(settings.curated)
    if folder:
        from flows import published  # loads Arrow and pandas, half a second that a file without a dataset need not wait for
    named = published.sources_of_work(folder, what) if folder else []
    if named:
        return [_explain(_read(settings.raw, source, settings), settings, folder) for source in named]
    path = Path(what)
    if path.is_file():
        return [_explain(_only(path, _relative(path, settings.raw), settings), settings, folder)]
    return [_explain(_read(settings.raw, what, settings), settings, folder)]


def _relative(path: Path, raw: Path) -> str:
    try:
        return path.resolve().relative_to(raw.resolve()).as_posix()
    except ValueError:
        return path.name


def _only(path: Path, source: str, settings: Settings) -> Draft | Rejection:
    """The one document of a file."""
    found: list[Draft | Rejection] = []
    with open(path, "rb") as stream:
        for outcome in sources.read(stream, source, settings.reading):
            found.append(outcome)
            if len(found) > LISTED:
                break
    if len(found) > 1:
        raise Several(str(path), [outcome.source for outcome in found])
    return found[0]


def _read(raw: Path, source: str, settings: Settings) -> Draft | Rejection:
    """The document of a source in raw/: `all.zip!/a/b.txt`, `dump.jsonl#41`."""
    file = source
    while not (path := open_path(raw, file)).is_file():
        cut = max(file.rfind("!/"), file.rfind("#"))
        if cut <= 0:
            raise NotFound(f"{source!r} is no file, no source in {raw}, and no work of the published version")
        file = file[:cut]
    if file == source:
        return _only(path, source, settings)
    with open(path, "rb") as stream:
        for outcome in sources.read(stream, file, settings.reading):
            if outcome.source == source:
                return outcome
    raise NotFound(f"{path} holds no document {source!r}")


def _explain(found: Draft | Rejection, settings: Settings, folder: Path | None) -> Explanation:
    if isinstance(found, Rejection):
        return explanation.explain_rejection(found)
    cleaned = clean(found)
    if folder:
        from flows import published  # see `explain`
    fate = published.fate_of(folder, found.source) if folder else None
    if fate is None and cleaned.story is None:
        rejection = reject_storyless(cleaned)
        fate = Fate("rejected", rejection.reason, rejection.detail)
    relatives = list(published.relatives_of(folder, fate.work_id)) if folder and fate and fate.work_id else []
    return explanation.explain_document(cleaned, how=found.encoding_how, fate=fate, relatives=relatives)
