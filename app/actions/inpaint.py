"""Choosing what is to be played anew."""

from __future__ import annotations

from app.actions.notice import Notice, Tell, Tone
from app.document.document import ProjectDocument
from app.model.adherence import Adherence, Agreement
from app.model.clip import Clip
from app.model.edits.masks import AddMasks
from app.model.ids import MaskId, new_id
from app.model.mask import MaskRegion
from app.model.project import Project
from app.model.region import bars_of, describe_bars
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

    def mask_missed_chords(self) -> None:
        """Mark every run of bars where another chord was heard than asked; one step."""
        project = self._document.project
        runs = _runs(missed_bars(project))
        if not runs:
            self._tell(
                Notice("missed", "No chord was missed, as far as was listened.", tone=Tone.INFO)
            )
            return
        masks = []
        for first, last in runs:
            span = project.tempo.bars(first, last)
            name = f"Redo {describe_bars(span, project.tempo)}"
            masks.append(MaskRegion(MaskId(new_id()), span, name))
        self._document.apply(AddMasks(tuple(masks)))
        self._tell(
            Notice(
                "missed",
                "What missed its chord is masked; Ctrl+Enter plays it again.",
                "Chords written out as notes are followed most closely: Voice the chords.",
                Tone.INFO,
            )
        )


def missed_bars(project: Project) -> tuple[int, ...]:
    """Bars, counted from 1, in which what is heard now has another chord than was asked."""
    missed: set[int] = set()
    for clip in project.audio.clips:
        adherence = _adherence_of(project, clip)
        for chord in () if adherence is None else adherence.chords:
            part = chord.span.intersection(clip.span(project.tempo))
            if chord.agreement is Agreement.OTHER and part is not None:
                first, last = bars_of(part, project.tempo)
                missed.update(range(first, last + 1))
    return tuple(sorted(missed))


def _adherence_of(project: Project, clip: Clip) -> Adherence | None:
    for group in project.take_groups:
        for take in group.takes:
            if take.id == clip.take_id:
                return take.adherence
    return None


def _runs(bars: tuple[int, ...]) -> list[tuple[int, int]]:
    """Neighbouring bars joined: first and last of each run."""
    runs: list[tuple[int, int]] = []
    for bar in bars:
        if runs and bar == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], bar)
        else:
            runs.append((bar, bar))
    return runs
