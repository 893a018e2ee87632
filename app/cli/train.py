"""``inlay train``: the Starter's parts from nothing, each resumable by the same command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.errors import BadInput

train = typer.Typer(help="Make the Starter's weights again from nothing.", no_args_is_help=True)

CorpusOption = Annotated[Path, typer.Option(help="Music, in the folders train and held-out.")]
CodesOption = Annotated[Path, typer.Option(help="The music as codes, made once.")]
RunsOption = Annotated[Path, typer.Option(help="Checkpoints and curves.")]
ModelOption = Annotated[Path, typer.Option(help="Model folder to write into.")]
DeviceOption = Annotated[str, typer.Option(help="auto, cpu or cuda.")]
StepsOption = Annotated[int, typer.Option(min=1, help="Length of the training.")]

CORPUS, CODES, RUNS = Path("var/corpus"), Path("var/shards"), Path("var/runs")
MODEL, LISTENER = Path("resources/starter"), Path("resources/listener")
TRAINING_PIECES, HELD_OUT_PIECES = 2_400, 160


@train.command("corpus")
def train_corpus(
    corpus: CorpusOption = CORPUS,
    pieces: Annotated[int, typer.Option(min=1, help="Pieces to train on.")] = TRAINING_PIECES,
    held_out: Annotated[int, typer.Option(min=1, help="Pieces to judge by.")] = HELD_OUT_PIECES,
    workers: Annotated[int, typer.Option(min=1, help="Processes side by side.")] = 2,
    preview: Annotated[
        Path | None, typer.Option(help="Only write one piece of each style here.")
    ] = None,
) -> None:
    """Compose and render music to train on; pieces already there are kept."""
    from app.cli.progress import progress_bars
    from engine.training.corpus.preview import write_preview
    from engine.training.corpus.render_corpus import FIRST_HELD_OUT_SEED, render_corpus

    with progress_bars() as show:
        if preview is not None:
            write_preview(preview, progress=lambda done, n: show("Styles", done, n))
            return
        for split, first_seed, n_pieces in (
            ("train", 0, pieces),
            ("held-out", FIRST_HELD_OUT_SEED, held_out),
        ):

            def show_split(done: int, n: int, what: str = f"Rendering ({split})") -> None:
                show(what, done, n)

            render_corpus(corpus / split, first_seed, n_pieces, workers, show_split)


@train.command("codec")
def train_codec_part(
    corpus: CorpusOption = CORPUS,
    codes: CodesOption = CODES,
    runs: RunsOption = RUNS,
    model: ModelOption = MODEL,
    steps: StepsOption = 1_500,
    device: DeviceOption = "auto",
) -> None:
    """Train the codec: fit its codes, encode the corpus, train its decoder."""
    from app.cli.progress import progress_bars
    from engine.training.codec import CodecTraining
    from engine.training.make_starter import Workshop, make_codec

    with progress_bars() as show:
        workshop = Workshop(corpus, codes, runs, model, device)
        make_codec(workshop, CodecTraining(n_steps=steps), show)


@train.command("starter")
def train_starter_part(
    corpus: CorpusOption = CORPUS,
    codes: CodesOption = CODES,
    runs: RunsOption = RUNS,
    model: ModelOption = MODEL,
    steps: StepsOption = 4_000,
    device: DeviceOption = "auto",
) -> None:
    """Train the language model on the codes of the codec in the model folder."""
    from app.cli.progress import progress_bars
    from engine.training.make_starter import Workshop, make_language_model
    from engine.training.starter import StarterTraining

    with progress_bars() as show:
        workshop = Workshop(corpus, codes, runs, model, device)
        make_language_model(workshop, StarterTraining(n_steps=steps), show)


@train.command("hearing")
def train_hearing_part(
    corpus: Annotated[
        list[Path] | None,
        typer.Option(help="Music, as of “inlay train corpus”; may be given several times."),
    ] = None,
    runs: RunsOption = RUNS,
    model: ModelOption = MODEL,
    steps: StepsOption = 3_000,
) -> None:
    """Train the recogniser that tells how well takes follow the lanes."""
    from engine.training.corpus.render_corpus import read_corpus
    from engine.training.hearing import (
        N_SET_ASIDE,
        HearingTraining,
        export_hearing,
        train_hearing,
    )

    corpora = corpus or [CORPUS]
    for folder in corpora:
        if len(read_corpus(folder / "train")) <= N_SET_ASIDE:
            raise BadInput(
                f"There is too little rendered music in “{folder / 'train'}”.",
                "“inlay train corpus” renders it.",
            )
    run = runs / "hearing"
    typer.echo(f"The curve grows in {run / 'curve.csv'}.", err=True)
    train_hearing(corpora, run, HearingTraining(steps=steps))
    export_hearing(corpora, run, model)


@train.command("listener")
def train_listener_part(
    corpus: CorpusOption = CORPUS,
    runs: RunsOption = RUNS,
    listener: Annotated[Path, typer.Option(help="Folder to write into.")] = LISTENER,
    steps: StepsOption = 3_000,
) -> None:
    """Train the listener by which “inlay evaluate” judges whether words were obeyed."""
    from app.cli.progress import progress_bars
    from engine.training.listener import ListenerTraining, train_listener

    with progress_bars() as show:
        plan = ListenerTraining(n_steps=steps)
        right = train_listener(corpus / "train", runs / "listener", listener, plan, show)
    for name, share in right.items():
        typer.echo(f"{name:<12} {share:.3f}")
