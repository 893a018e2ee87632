"""``inlay evaluate``: how well the model does what it is asked, in tables with intervals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.errors import BadInput

ALL = "all"


def evaluate(
    suite: Annotated[
        str,
        typer.Option(help="controls, text, inpaint, distance, codec, hearing, sampling or all."),
    ] = "controls",
    clips: Annotated[int | None, typer.Option(help="How many held-out clips.")] = None,
    seeds: Annotated[int | None, typer.Option(help="How many takes of each.")] = None,
    model: Annotated[str, typer.Option(help="Name or folder of the model.")] = "starter",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    corpus: Annotated[
        Path | None,
        typer.Option(help="Folder of rendered held-out pieces; else they are rendered."),
    ] = None,
    cache: Annotated[Path | None, typer.Option(help="Where finished work is kept.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write all figures to this file.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option(help="Write results.md with its pictures into this folder.")
    ] = None,
) -> None:
    """Measure how well the model follows what it is asked.

    Stopped and started again, it goes on where it was.
    """
    from app.cli.output import check_place
    from app.cli.progress import progress_bars
    from engine.evaluation.report import keep_results, write_page
    from engine.evaluation.results import markdown_table, write_json
    from engine.evaluation.run import REPORTED, run_suite, write_spectrograms

    for name, number in (("--clips", clips), ("--seeds", seeds)):
        if number is not None and number < 1:
            raise BadInput(f"{name} is at least 1, not {number}.")
    if json_file is not None:
        if suite == ALL:
            raise BadInput("--json holds one suite.", "Name the suite, or use --write.")
        check_place(json_file)
    for name in REPORTED if suite == ALL else (suite,):
        with progress_bars() as show:
            results = run_suite(
                name, clips, seeds, show, model=model, device=device, corpus=corpus, cache=cache
            )
        typer.echo(markdown_table(results))
        if json_file is not None:
            write_json(results, json_file)
        if write is not None:
            keep_results(results, write)
            write_page(write)
    if write is not None and suite == ALL:
        with progress_bars() as show:
            write_spectrograms(write, show, model=model, device=device, corpus=corpus, cache=cache)
        write_page(write)
