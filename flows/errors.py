"""What can go wrong by no fault of the code: each error's message is one line for a person, and trying again does not help."""


class CurationError(RuntimeError):
    """What was asked cannot be done."""


class Locked(CurationError):
    """Another run holds the dataset."""


class NoVersion(CurationError):
    """There is no such version; the message says what there is."""


class CheckFailed(CurationError):
    """A version's tables contradict their schema or each other; the message names the table and what is wrong."""


class MirrorMoved(CurationError):
    """Somebody else moved a mirror's pointer since it was read; nothing of theirs was overwritten."""


class ServerLost(CurationError):
    """Prefect's server went away during a run; Prefect goes on trying to reach it for long, unless the process is ended."""
