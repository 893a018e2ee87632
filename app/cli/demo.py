"""What ``make run`` shows: the studio with the demo project, or its sound where there is no screen.

``python -m app.cli.demo``
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.cli.session import Session
from app.resources import DEMO_PROJECT
from engine.backend import Backend
from engine.errors import EngineError
from engine.host import make_torch_backend

SOUND = Path("demo.wav")
DONE, CANNOT, CANCELLED = 0, 2, 130


def main() -> int:
    """Open the studio, or play the demo project into a file; returns the exit status."""
    from app.display import display_problem

    problem = display_problem()
    if problem is None:
        from app.run import run_studio

        return run_studio(DEMO_PROJECT)
    _tell(f"{problem} So the studio stays closed; playing the demo project into {SOUND} instead.")
    try:
        play_anew(DEMO_PROJECT, SOUND, make_torch_backend)
    except EngineError as error:
        _tell(str(error))
        return CANNOT
    except KeyboardInterrupt:
        return CANCELLED
    _tell(f"Done: listen to {SOUND.resolve()}")
    return DONE


def play_anew(folder: Path, sound: Path, make_backend: Callable[[], Backend]) -> None:
    """Generate a project from its lanes and words alone, its recordings left aside."""
    from app.jobs.build_request import RunOptions, build_run
    from app.jobs.target import Act, Target
    from app.model.clip import AudioLane
    from app.storage.audio_pool import AudioPool
    from app.storage.project_file import read_project
    from app.storage.project_folder import AUDIO_NAME
    from engine.audio.files import write_audio
    from engine.timebase import Span, Ticks

    project = replace(read_project(folder).project, audio=AudioLane(), masks=())
    bar = project.tempo.meter.bar_ticks
    n_bars = -(-project.end // bar) or project.length_bars
    whole = Target(Act.GENERATE, (Span(Ticks(0), Ticks(n_bars * bar)),))
    options = RunOptions(seed=project.seed, n_takes=1)
    run = build_run(project, whole, options, AudioPool(folder / AUDIO_NAME).read)
    with closing(Session(make_backend)) as session:
        write_audio(sound, session.play(run.request).takes[0].audio)


def _tell(message: str) -> None:
    sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    sys.exit(main())
