"""``inlay bench``: how fast the model plays on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import session_of
from engine.errors import BadInput

LEAST_REPEATS = 3


class Suite(Enum):
    """What can be measured."""

    GENERATE = "generate"
    STUDIO = "studio"


def bench(
    context: typer.Context,
    suite: Annotated[Suite, typer.Option(help="What to measure.")] = Suite.GENERATE,
    model: Annotated[str, typer.Option(help="Name or folder of the model.")] = "starter",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    repeats: Annotated[int, typer.Option(help="Counted runs of each case, at least 3.")] = 5,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file.")
    ] = None,
) -> None:
    """Measure speed: of the model on a warm engine, or of the studio in new processes."""
    from app.cli.generation_speed import measure_generation
    from app.cli.machine import describe_machine
    from app.cli.output import check_place
    from app.cli.studio_speed import measure_studio
    from engine.audio.files import write_bytes_whole

    if json_file is not None:
        check_place(json_file)
    if repeats < LEAST_REPEATS:
        raise BadInput(f"A median needs at least {LEAST_REPEATS} repeats, not {repeats}.")
    machine = describe_machine()
    match suite:
        case Suite.GENERATE:
            make_backend = session_of(context).make_backend
            figures = measure_generation(make_backend, model, device, repeats)
        case Suite.STUDIO:
            figures = measure_studio(repeats)
    report = {"machine": machine, suite.value: figures}
    if json_file is not None:
        write_bytes_whole(json_file, f"{json.dumps(report, indent=2)}\n".encode())
    for name, value in flat(report):
        typer.echo(f"{name:<56} {value}")


def flat(figures: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """Nested figures as lines of a table; a median is followed by its least and most."""
    for name, value in figures.items():
        if not isinstance(value, Mapping):
            yield f"{above}{name}", value
        elif set(value) == {"median", "least", "most"}:
            yield f"{above}{name}", f"{value['median']} ({value['least']} to {value['most']})"
        else:
            yield from flat(value, f"{above}{name} / ")
