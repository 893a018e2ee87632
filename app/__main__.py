"""``inlay`` and ``python -m app``: the studio, or a verb of the command line.

Nothing heavy is imported here: processes that are spawned import this module again.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Do what the arguments say; returns the exit status."""
    arguments = sys.argv[1:]
    if not arguments or names_a_project(arguments[0]):
        return open_studio(Path(arguments[0]) if arguments else None)
    from app.cli.command_line import run

    return run(arguments)


def names_a_project(argument: str) -> bool:
    """Whether the first argument is a project rather than a verb or an option."""
    return argument.endswith(".inlay") or (Path(argument) / "project.json").is_file()


def open_studio(project: Path | None) -> int:
    """Open the window; where none can be, say so in one line."""
    from app.display import missing_display

    if (problem := missing_display()) is not None:
        sys.stderr.write(f"inlay: {problem} “inlay --help” lists what works without.\n")
        return 2
    from app.run import run_studio

    return run_studio(project)


if __name__ == "__main__":
    sys.exit(main())
