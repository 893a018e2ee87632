"""``inlay models``: which models there are, and what is known of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.catalogue import find_entry, known_models
from engine.errors import BadInput

models = typer.Typer(help="Models on this machine.", no_args_is_help=True)


@models.command("list")
def list_models() -> None:
    """Every model by name."""
    for model in known_models():
        state = f"{model.size_bytes / 1e6:.0f} MB" if model.is_installed else "not installed"
        typer.echo(f"{model.name:<16}{state:<16}{model.licence:<8}{model.description}")


@models.command()
def info(name: Annotated[str, typer.Argument(help="A name from the list.")]) -> None:
    """What one model can do, where it is, and under which licence."""
    model = find_entry(name)
    typer.echo(f"{model.title}: {model.description}")
    typer.echo(f"can       {', '.join(model.abilities)}")
    typer.echo(f"licence   {model.licence}")
    typer.echo(f"output    {model.output_licence}")
    typer.echo(f"folder    {model.folder}")
    if model.is_installed:
        typer.echo(f"size      {model.size_bytes / 1e6:.1f} MB")
    else:
        typer.echo("size      not installed")


@models.command("import")
def import_model(file: Annotated[Path, typer.Argument(help="A checkpoint to convert.")]) -> None:
    """Convert a checkpoint of another program. No format is understood yet."""
    if not file.exists():
        raise BadInput(f"There is no file {file}.")
    raise BadInput(
        f"{file.name} cannot be imported: this edition plays the Starter only.",
        "A folder in Inlay's own format needs no import: give it to --model.",
    )
