"""A run from the command line: Prefect made quiet and local, the flow started, its end told in a few lines."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flows import versions
from flows.errors import ServerLost
from flows.settings import Settings

QUIET = {
    # Nothing is sent anywhere, and the page of a server makes no outside request.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # A first start migrates a database, which takes longer than Prefect's 20 s on a slow disk.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # Results are small, and are not kept: what is large is in files that carry their own hashes.
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
}


def quieten() -> None:
    """Sets Prefect's environment, as far as the operator has not; must come before Prefect is imported."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)


def run(settings: Settings, options: Mapping[str, Any]) -> dict[str, Any]:
    """One run as a Prefect flow; a temporary server of Prefect's where no PREFECT_API_URL is set.

    Raises FileNotFoundError for a missing raw/, PermissionError for an unwritable curated/, Locked beside another run, each
    before Prefect starts; whatever the flow raises after.
    """
    started = time.perf_counter()
    if not settings.raw.is_dir():
        raise FileNotFoundError(2, "no such folder; name your folder of story files with --raw", str(settings.raw))
    settings.curated.mkdir(parents=True, exist_ok=True)
    with versions.locked(settings.curated, settings.when_locked == "wait"):
        quieten()
        import httpx
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        from flows.curate import curate

        # A heartbeat lets a server notice a dead run; the temporary server dies with the run, and each beat costs a second.
        heartbeat = {} if os.environ.get("PREFECT_API_URL") else {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
        try:
            with temporary_settings(heartbeat):
                summary = curate(**options)
        except httpx.TransportError:
            raise ServerLost("Prefect's server went away during the run; what is done is kept, run it again to go on") from None
    summary |= {"curated": str(settings.curated), "total": time.perf_counter() - started}
    return summary


def describe(summary: Mapping[str, Any], rows: int = 0) -> Iterator[str]:
    """The end of a run in a few lines: what came of the documents, how long it took, where the report is."""
    folder, manifest, seconds = Path(summary["curated"]) / "latest", summary["manifest"], summary["seconds"]
    counts = manifest["counts"]
    ours = sum(seconds.values())
    version = manifest["version"]
    yield f"published {version}" if summary["published"] else f"nothing has changed since {version}; nothing was published"
    yield f"  {summary['total']:.1f} s, of which Prefect {summary['total'] - ours:.1f} s"
    parts = " + ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts["dispositions"].items())
    yield f"  {counts['documents']} documents = {parts}"
    yield f"  {counts['works']} works, {counts['words']:,} words"
    for reason, n in sorted(counts["reasons"].items(), key=lambda item: (-item[1], item[0])):
        yield f"    {reason}: {n}"
    if rows:
        yield ""
        yield from _show(folder, rows)
        yield ""
    yield f"report: {folder / 'report' / 'index.html'}"


def _show(folder: Path, rows: int) -> Iterator[str]:
    import pandas as pd

    works = pd.read_parquet(folder / "works", columns=["title", "tense", "pov", "n_words", "n_notes", "language", "source"])
    with pd.option_context("display.width", 160, "display.max_columns", 10, "display.max_colwidth", 44):
        yield works.head(rows).to_string(index=False)
