"""``inlay train``: the Starter's parts from nothing, each resumable by the same command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.errors import BadInput

train = typer.Typer(help="Make the Starter's weights again from nothing.", no_args_is_help=True)

CorpusOption = Annotated[Path, typer.Option("--corpus", help="Folder of rendered pieces.")]
RunOption = Annotated[Path, typer.Option("--run", help="Folder of checkpoints and curves.")]
TRAINING_PIECES = Path("var/corpus/train")
STARTER_FOLDER = Path("resources/starter")


@train.command("corpus")
def train_corpus(
    folder: CorpusOption = TRAINING_PIECES,
    pieces: Annotated[int, typer.Option(help="How many pieces, counted from the first.")] = 1000,
    first_seed: Annotated[int, typer.Option(help="Held-out pieces begin at 1000000.")] = 0,
    workers: Annotated[int, typer.Option(help="Processes that render side by side.")] = 2,
    preview: Annotated[
        Path | None, typer.Option(help="Write one piece of each style here instead.")
    ] = None,
) -> None:
    """Compose and render music to train on; pieces already there are kept."""
    from app.cli.progress import progress_bars

    if pieces < 1 or workers < 1 or first_seed < 0:
        raise BadInput("Pieces and workers are at least 1, and seeds at least 0.")
    with progress_bars() as show:
        if preview is not None:
            from engine.training.corpus.preview import write_preview

            write_preview(preview, progress=lambda done, n: show("Styles", done, n))
        else:
            from engine.training.corpus.render_corpus import render_corpus

            render_corpus(
                folder, first_seed, pieces, workers, lambda done, n: show("Pieces", done, n)
            )


@train.command("hearing")
def train_hearing_part(
    corpus: CorpusOption = TRAINING_PIECES,
    run: RunOption = Path("var/runs/hearing"),
    steps: Annotated[int, typer.Option(help="Length of the training.")] = 800,
    model: Annotated[Path, typer.Option(help="Model folder to write into.")] = STARTER_FOLDER,
) -> None:
    """Train the recogniser on a rendered corpus, going on where the run folder stopped."""
    from engine.training.hearing import HearingTraining, train_hearing

    if steps < 1:
        raise BadInput(f"A training has at least 1 step, not {steps}.")
    typer.echo(f"The curve grows in {run / 'curve.csv'}.", err=True)
    train_hearing(corpus, run, HearingTraining(steps=steps)).save(model)
