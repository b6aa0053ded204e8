"""Real data to try things on, when the folder is there; the tests make their own otherwise."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("SAMPLE_DATA", Path(__file__).parents[2] / "shared" / "data"))


def sample(name: str) -> Path | None:
    """The file, or None when this machine does not have it."""
    path = ROOT / name
    return path if path.exists() else None
