"""The settings of a run: one place, three sources, unknown keys refused.

Later sources win: `fiction-curator.toml` in the working directory (or the file that `FICTION_CURATOR_CONFIG` names), then
`FICTION_CURATOR_...` in the environment, then the command's options.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from transforms.sources.options import Options

PREFIX = "FICTION_CURATOR_"
CONFIG = "fiction-curator.toml"


class SettingsError(ValueError):
    """A setting is unknown or has a value that is not allowed; the message is one line for a person."""


class Settings(BaseSettings):
    """What a run does. Every field can be set in the file, the environment (`FICTION_CURATOR_WORKERS=4`) or by an option."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    raw: Path = Field(Path("raw"), description="folder of raw story files")
    curated: Path = Field(Path("curated"), description="folder of the published dataset")
    engine: Literal["process", "thread", "serial"] = Field("process", description="how batches are spread")
    workers: Annotated[int, Field(ge=1)] = Field(os.cpu_count() or 1, description="how many batches at a time")
    batch_mb: Annotated[float, Field(gt=0)] = Field(16, description="size of a batch of source files, in MB")
    file_mb: Annotated[float, Field(gt=0)] = Field(256, description="story text in one published file, in MB")
    keep_versions: Annotated[int, Field(ge=1)] = Field(5, description="how many published versions are kept")
    keep_gone: bool = Field(False, description="keep works whose file has left raw/")
    when_locked: Literal["wait", "fail"] = Field("fail", description="what a second run does while one is under way")
    exclude: tuple[Literal["no_ai", "no_archive", "no_repost", "no_translation", "ask_first"], ...] = Field(
        ("no_ai", "no_archive"), description="statements of an author that keep a work from being published"
    )
    keep_order: tuple[str, ...] = Field((), description="order by which the best of several copies is kept; empty: the default")
    pseudonym_key: SecretStr | None = Field(None, description="publish authors under pseudonyms made with this key")
    redact_notes: bool = Field(False, description="take e-mail addresses and handles out of what authors say to readers")
    publish_text: bool = Field(True, description="publish texts; without them, metadata and labels only")
    mirror: str | None = Field(None, description="URI of a copy on object storage, e.g. s3://bucket/folder")
    reading: Options = Field(Options(), description="limits and column names for reading; docs/sources.md lists them")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = Path(os.environ.get(PREFIX + "CONFIG", CONFIG))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)


def load(**options: object) -> Settings:
    """The settings in force; options that are None were not given.

    Raises SettingsError, naming the key and where it can be set.
    """
    named = os.environ.get(PREFIX + "CONFIG")
    if named and not Path(named).is_file():
        raise SettingsError(f"{PREFIX}CONFIG names {named}, which is not a file")
    known = set(Settings.model_fields) | {"config"}
    for key in os.environ:
        if key.startswith(PREFIX) and key[len(PREFIX) :].lower().split("__")[0] not in known:
            raise SettingsError(f"unknown setting {key} in the environment; known are: {', '.join(sorted(known))}")
    try:
        return Settings(**{key: value for key, value in options.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"unknown setting {key!r}; known are: {', '.join(sorted(Settings.model_fields))}") from None
        raise SettingsError(f"setting {key!r}: {first['msg']}") from None
    except ValueError as error:  # a TOML file that does not parse
        raise SettingsError(f"{named or CONFIG}: {error}") from None
