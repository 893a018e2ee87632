"""Choosing what is to be played anew."""

from __future__ import annotations

from app.actions.notice import Notice, Tell, Tone
from app.document.document import ProjectDocument
from app.model.edits.masks import AddMasks
from app.model.ids import MaskId, new_id
from app.model.mask import MaskRegion
from app.model.region import describe_bars
from app.model.stale import stale_bars


class InpaintActions:
    """Masks for what went stale; drawing masks by hand belongs to the timeline."""

    def __init__(self, document: ProjectDocument, tell: Tell) -> None:
        self._document = document
        self._tell = tell

    def mask_stale_bars(self) -> None:
        """Mark every run of bars whose lanes changed since they were played; one step."""
        project = self._document.project
        runs = _runs(stale_bars(project))
        if not runs:
            self._tell(
                Notice("stale", "No bar is stale: the audio matches the lanes.", tone=Tone.INFO)
            )
            return
        masks = []
        for first, last in runs:
            span = project.tempo.bars(first, last)
            name = f"Stale {describe_bars(span, project.tempo)}"
            masks.append(MaskRegion(MaskId(new_id()), span, name))
        self._document.apply(AddMasks(tuple(masks)))


def _runs(bars: tuple[int, ...]) -> list[tuple[int, int]]:
    """Neighbouring bars joined: first and last of each run."""
    runs: list[tuple[int, int]] = []
    for bar in bars:
        if runs and bar == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], bar)
        else:
            runs.append((bar, bar))
    return runs
