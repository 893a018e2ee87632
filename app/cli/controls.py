"""The options that say what to play, shared by every verb that plays."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from app.model.project import MAX_PROMPT, MAX_SEED, Expert
from engine.errors import BadInput
from engine.requests import Brief, Control, Controls, Sampling
from engine.score import Score

MAX_TAKES = 64

_MUSIC, _LENGTH, _DRAWING, _FILES = "What to play", "How long", "How it is drawn", "Also write"


def _option(panel: str, text: str) -> Any:
    return typer.Option(help=text, rich_help_panel=panel)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlOptions:
    """The control options as typed; None where one was not given."""

    prompt: Annotated[str, _option(_MUSIC, "The music in words.")] = ""
    negative: Annotated[str, _option(_MUSIC, "What is not wanted, in words.")] = ""
    chords: Annotated[
        str | None, _option(_MUSIC, "A lead sheet such as 'Am F | C G', or a .lab file.")
    ] = None
    drums: Annotated[str | None, _option(_MUSIC, "A preset such as backbeat, or a .mid file.")] = (
        None
    )
    notes: Annotated[Path | None, _option(_MUSIC, "Notes to play: a .mid file.")] = None
    bpm: Annotated[
        float | None, _option(_MUSIC, "Quarter notes per minute; else as in the .mid, or 120.")
    ] = None
    meter: Annotated[
        str | None, _option(_MUSIC, "Time signature; else as in the .mid, or 4/4.")
    ] = None
    bars: Annotated[int | None, _option(_LENGTH, "Length in bars.")] = None
    seconds: Annotated[float | None, _option(_LENGTH, "Length in seconds.")] = None
    takes: Annotated[int, _option(_DRAWING, "How many takes.")] = 1
    seed: Annotated[int, _option(_DRAWING, "Seed of the first take; they count up.")] = 0
    model: Annotated[str, _option(_DRAWING, "Name or folder of the model.")] = "starter"
    device: Annotated[str, _option(_DRAWING, "auto, cpu or cuda.")] = "auto"
    guidance: Annotated[
        float | None, _option(_DRAWING, "How closely to follow words and lanes.")
    ] = None
    temperature: Annotated[
        float | None, _option(_DRAWING, "How boldly to choose; 0 takes the likeliest.")
    ] = None
    top_k: Annotated[int | None, _option(_DRAWING, "Choose among the K likeliest.")] = None
    top_p: Annotated[float | None, _option(_DRAWING, "Choose among the likeliest share.")] = None
    save_codes: Annotated[
        Path | None, _option(_FILES, "The model's codes of each take (.npy).")
    ] = None
    report: Annotated[Path | None, _option(_FILES, "How it was made (.json).")] = None

    def refuse_length(self, why: str) -> None:
        """Raise ``BadInput`` where a length is given to a verb that has no use for one."""
        if self.bars is not None or self.seconds is not None:
            raise BadInput(f"A length cannot be chosen: {why}.", "Leave out --bars and --seconds.")

    def brief(self, score: Score) -> Brief:
        """What every request shares; raises ``BadInput`` for values out of range."""
        if max(len(self.prompt), len(self.negative)) > MAX_PROMPT:
            raise BadInput(f"A prompt has at most {MAX_PROMPT} letters.", "Say it more briefly.")
        if not 1 <= self.takes <= MAX_TAKES:
            raise BadInput(f"There can be 1 to {MAX_TAKES} takes, not {self.takes}.")
        if not 0 <= self.seed <= MAX_SEED:
            raise BadInput(f"A seed lies between 0 and {MAX_SEED}, not {self.seed}.")
        try:
            Expert(self.guidance, self.temperature, self.top_k, self.top_p)
        except ValueError as error:
            raise BadInput(f"{sentence(error)}.") from error
        return Brief(
            score=score,
            prompt=self.prompt,
            negative=self.negative,
            controls=Controls(
                chords=Control(is_on=self.chords is not None),
                drums=Control(is_on=self.drums is not None),
                notes=Control(is_on=self.notes is not None),
            ),
            sampling=Sampling(self.seed, self.guidance, self.temperature, self.top_k, self.top_p),
            n_takes=self.takes,
            model=self.model,
            device=self.device,
        )


def with_controls(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the control options: typer sees them one by one, the verb gets them as one.

    The verb's parameter ``controls`` is replaced by the fields of ``ControlOptions``.
    """
    hints = get_type_hints(ControlOptions, include_extras=True)
    options = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=hints[field.name],
        )
        for field in fields(ControlOptions)
    ]
    own = inspect.signature(verb, eval_str=True).parameters

    @functools.wraps(verb)
    def with_separate_options(**arguments: Any) -> None:
        typed = {option.name: arguments.pop(option.name) for option in options}
        verb(**arguments, controls=ControlOptions(**typed))

    with_separate_options.__dict__["__signature__"] = inspect.Signature(
        [*(parameter for name, parameter in own.items() if name != "controls"), *options]
    )
    return with_separate_options


def sentence(error: ValueError) -> str:
    """What the error says, with a capital."""
    text = str(error)
    return text[:1].upper() + text[1:]
