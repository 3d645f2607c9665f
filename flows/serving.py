"""A deployment of the main flow with a schedule, kept and run by Prefect in this process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.running import quieten


def serve(options: Mapping[str, Any], cron: str | None) -> None:
    """Serves the flow until it is stopped: on `cron` (five fields, local time), or when somebody starts it from Prefect.

    Needs a server that stays (PREFECT_API_URL), for the schedule to outlive a restart of this process.
    """
    quieten()
    from flows.curate import curate

    parameters = {key: str(value) for key, value in options.items() if value is not None}
    # A service that is restarted must not come back with its schedule paused.
    curate.serve(name="curate", cron=cron, parameters=parameters, pause_on_shutdown=False)
