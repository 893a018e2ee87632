"""Where the sampled instruments come from."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

DEBIAN_FLUID_R3 = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")


def find_soundfont(chosen: Path | None = None) -> Path | None:
    """The SF2 file to play with, or None where there is none.

    The ``chosen`` file comes first, then FluidR3 where Debian puts it, then the small one that
    travels inside ``pretty_midi``.

    Raises:
        FileNotFoundError: if ``chosen`` is given and does not exist.
    """
    if chosen is not None:
        if not chosen.is_file():
            raise FileNotFoundError(f"no soundfont at {chosen}")
        return chosen
    if DEBIAN_FLUID_R3.is_file():
        return DEBIAN_FLUID_R3
    spec = find_spec("pretty_midi")
    if spec is None or spec.origin is None:
        return None
    return next(iter(sorted(Path(spec.origin).parent.glob("*.sf2"))), None)
