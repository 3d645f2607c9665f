"""The command line: one verb each, the same settings for all. Only `run` and `serve` start Prefect.

Ends with 0 when it did what it was asked, 1 when it could not, 2 for wrong usage; says why in one line.
"""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import Annotated, Literal

import cyclopts
from cyclopts import App, Parameter
from rich.console import Console

from flows import versions
from flows.errors import CurationError, ServerLost
from flows.settings import SettingsError, load

app = App(
    name="fiction-curator",
    help="Cleans fan-fiction and web-fiction text and publishes it as a versioned Parquet dataset.",
    version_flags=["--version"],
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Raw = Annotated[Path | None, Parameter(help="Folder of raw story files [default: raw].")]
Curated = Annotated[Path | None, Parameter(help="Folder of the published dataset [default: curated].")]


@app.command
def run(
    *,
    raw: Raw = None,
    curated: Curated = None,
    engine: Annotated[Literal["process", "thread", "serial"] | None, Parameter(help="How batches are spread.")] = None,
    workers: Annotated[int | None, Parameter(help="How many batches at a time [default: one a core].")] = None,
    rows: Annotated[int, Parameter(help="How many rows of the result to show.")] = 0,
) -> None:
    """Curate the raw files: one run as a Prefect flow, ending with a summary and the report's path."""
    from flows import running

    options = {"raw": raw, "curated": curated, "engine": engine, "workers": workers}
    settings = load(**options)
    summary = running.run(settings, options)
    for line in running.describe(summary, rows):
        out.print(line, markup=False)


@app.command
def serve(
    *,
    raw: Raw = None,
    curated: Curated = None,
    cron: Annotated[str | None, Parameter(help='When to run, as five fields ("0 3 * * *" is every night at three).')] = None,
) -> None:
    """Keep a deployment with a schedule, run by Prefect, until stopped."""
    from flows import serving

    options = {"raw": raw, "curated": curated}
    load(**options)
    serving.serve(options, cron)


@app.command
def check(*, curated: Curated = None, version: Annotated[str, Parameter(help="Which version.")] = "latest") -> None:
    """Check the published version against its schema, its manifest and its own rules."""
    from flows import checking

    settings = load(curated=curated)
    folder = versions.find(settings.curated, version)
    problems = checking.check(folder)
    for problem in problems:
        err.print(problem, markup=False)
    if problems:
        raise CurationError(f"{folder.name}: {len(problems)} problems")
    out.print(f"{folder.name}: files, schema, keys and counts are as they should be", markup=False)


@app.command(name="versions")
def versions_(*, curated: Curated = None) -> None:
    """List the versions that are kept, newest last."""
    settings = load(curated=curated)
    seen = versions.latest(settings.curated)
    if not seen:
        raise CurationError(f"{settings.curated} holds no version yet; `fiction-curator run` makes one")
    for name in versions.names(settings.curated):
        counts = versions.read_manifest(settings.curated / "versions" / name)["counts"]
        mark = "  <- latest" if name == seen.name else ""
        out.print(f"{name}  {counts['works']} works  {counts['documents']} documents{mark}", markup=False)


@app.command
def diff(left: str, right: str, /, *, curated: Curated = None) -> None:
    """Say what changed from one version to another: works added, removed, changed, relabelled."""
    from flows import history

    settings = load(curated=curated)
    pair = versions.find(settings.curated, left), versions.find(settings.curated, right)
    for line in history.diff(*pair):
        out.print(line, markup=False)


@app.command
def rollback(version: str, /, *, curated: Curated = None) -> None:
    """Let readers see an older version again. The next run that finds news publishes a new one."""
    settings = load(curated=curated)
    with versions.locked(settings.curated, settings.when_locked == "wait"):
        folder = versions.find(settings.curated, version)
        versions.point(settings.curated, folder.name)
    out.print(f"latest is {folder.name}", markup=False)


@app.command
def remove(
    *,
    work: Annotated[list[str], Parameter(help="Work ids.")] = [],  # noqa: B006 (never changed)
    url: Annotated[list[str], Parameter(help="Addresses, as the works state them.")] = [],  # noqa: B006
    author: Annotated[list[str], Parameter(help="Authors, as the works state them.")] = [],  # noqa: B006
    source: Annotated[list[str], Parameter(help="Sources within raw/.")] = [],  # noqa: B006
    list_: Annotated[Path | None, Parameter(name="--list", help="A file with a `work: ID` or the like a line.")] = None,
    reason: Annotated[str, Parameter(help="Why, for the receipt.")],
    in_advance: Annotated[bool, Parameter(negative="", help="Keep it out even if nothing of it is here yet.")] = False,
    curated: Curated = None,
) -> None:
    """Take works or authors out for good: out of every kept version and cache, their copies too."""
    from datetime import UTC, datetime

    from flows import mirrors, removing

    settings = load(curated=curated)
    names = {"work": set(work), "url": set(url), "author": set(author), "source": set(source)}
    for number, line in enumerate(list_.read_text(encoding="utf-8").splitlines() if list_ else (), 1):
        kind, colon, value = line.partition(":")
        if line.strip() and not (colon and kind.strip() in names and value.strip()):
            raise CurationError(f"{list_}, line {number}: expected `work: ...`, `url: ...`, `author: ...` or `source: ...`")
        if line.strip():
            names[kind.strip()].add(value.strip())
    wanted = removing.Wanted(*(frozenset(names[kind]) for kind in ("work", "url", "author", "source")))
    if not any(names.values()):
        raise CurationError("name what is to be taken out: --work, --url, --author, --source or --list")
    with versions.locked(settings.curated, settings.when_locked == "wait"):
        receipt = removing.remove(settings.curated, wanted, reason, datetime.now(UTC), in_advance)
        if settings.mirror:
            mirrors.sync(settings.curated, settings.mirror)
    out.print(f"removal {receipt.request}: {receipt.works} works, {receipt.documents} documents", markup=False)
    out.print(f"  written again: {', '.join(receipt.versions) or 'no version'}", markup=False)
    out.print("  copies that come in later will be kept out; the files in raw/ are yours to delete", markup=False)


@app.command
def report(*, curated: Curated = None, open_: Annotated[bool, Parameter(name="--open", negative="")] = False) -> None:
    """Say where the data-quality report is.

    Parameters
    ----------
    open_
        Open it in the browser.
    """
    settings = load(curated=curated)
    path = settings.curated / "latest" / "report" / "index.html"
    if not path.exists():
        raise CurationError(f"{settings.curated} holds no report yet; `fiction-curator run` makes one")
    out.print(str(path.absolute()), markup=False)
    if open_:
        webbrowser.open(path.resolve().as_uri())


@app.command
def explain(
    what: str,
    /,
    *,
    raw: Raw = None,
    curated: Curated = None,
    html: Annotated[Path | None, Parameter(help="Write a page to this file instead.")] = None,
) -> None:
    """Show what the pipeline makes of one document and why.

    Parameters
    ----------
    what
        A file, a source within raw/ (all.zip!/a.txt, dump.jsonl#41) or a work id.
    """
    from flows import explaining
    from transforms import explanation

    settings = load(raw=raw, curated=curated)
    for at, one in enumerate(explaining.explain(what, settings)):
        if html:
            from transforms.explanation import page  # loads what the report needs; the terminal does without

            path = html if at == 0 else html.with_stem(f"{html.stem}-{at + 1}")
            path.write_text(page.to_html(one), encoding="utf-8")
            out.print(str(path), markup=False)
        else:
            sys.stdout.write(explanation.to_terminal(one, out.width, out.is_terminal) + "\n")


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    try:
        app(exit_on_error=False, print_error=False, console=out, error_console=err)
    except (cyclopts.CycloptsError, SettingsError) as error:
        err.print(f"fiction-curator: {error}", markup=False)
        sys.exit(2)
    except (CurationError, OSError) as error:
        err.print(f"fiction-curator: {_sentence(error)}", markup=False)
        if isinstance(error, ServerLost):
            out.file.flush()
            os._exit(1)  # an orderly end would wait for each of Prefect's events to be sent to a server that is not there
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("fiction-curator: stopped; what is done is kept, run it again to go on", markup=False)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)
