"""Does the model play what the lanes ask? Chords, beats, strokes and notes heard again.

Held-out clips are asked for with different lanes switched on; every row has the clip's caption
and grid. The oracle row is the recogniser on the true audio, the codec row the same through the
codec, the floor row answers scored against other clips' controls.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from engine.evaluation.answer_rows import answer_row, exchanged, trust_remark
from engine.evaluation.answers import Answer
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.known_sounds import KnownSound, coded_sound, true_sound
from engine.evaluation.played_takes import play_takes, sound_of_take
from engine.evaluation.results import Results, Row, published
from engine.evaluation.workplace import Workplace
from engine.requests import Brief, Control, Controls, Sampling

CLIPS, SEEDS = 64, 3
FEW_CLIPS, FEW_SEEDS = 24, 1

OFF = Control(is_on=False)


@dataclass(frozen=True, slots=True)
class LaneRow:
    """Lanes of one row, and whether it is measured on many clips or few."""

    name: str
    controls: Controls
    is_wide: bool = False


LANE_ROWS = (
    LaneRow("chords only", Controls(drums=OFF, notes=OFF), is_wide=True),
    LaneRow("drums only", Controls(chords=OFF, notes=OFF)),
    LaneRow("chords and drums", Controls(notes=OFF)),
    LaneRow("all lanes", Controls(), is_wide=True),
    LaneRow("no controls", Controls(chords=OFF, drums=OFF, notes=OFF)),
)

STRENGTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
STRENGTH_ROWS = tuple(
    LaneRow(f"all lanes at strength {strength:g}", Controls(*3 * [Control(strength=strength)]))
    for strength in STRENGTHS
)
STEERED = ("majmin", "kick_f1", "snare_f1", "hat_f1", "note_f1")
"""Figures that the lanes decide; they must not fall as the strength rises."""

PUBLISHED = (
    published("Coco-Mulla, chords only", {"majmin": 0.412}, "arXiv 2310.17162"),
    published("Coco-Mulla, all", {"majmin": 0.791, "beat_f1": 0.864}, "arXiv 2310.17162"),
    published("Coco-Mulla, oracle", {"majmin": 0.885, "beat_f1": 0.898}, "arXiv 2310.17162"),
)


def measure(workplace: Workplace, clips: int | None, seeds: int | None) -> Results:
    """All rows. ``clips`` and ``seeds`` override the wide rows; the others take at most 24 x 1."""
    wide, n_seeds = workplace.clips(clips or CLIPS), seeds or SEEDS
    asked = {clip.seed: clip for clip in wide}
    true = _known_answers(workplace, "true", {clip.seed: true_sound(clip) for clip in wide})
    coded = {clip.seed: coded_sound(workplace, clip) for clip in wide}
    oracle = answer_row("oracle: true audio", true, asked)
    codec = answer_row("codec: true audio coded", _known_answers(workplace, "coded", coded), asked)
    rows = [oracle, codec]
    floor = None
    for lanes in (*LANE_ROWS, *STRENGTH_ROWS):
        chosen = wide if lanes.is_wide else wide[:FEW_CLIPS]
        answers = _played_answers(workplace, lanes, chosen, n_seeds if lanes.is_wide else FEW_SEEDS)
        rows.append(answer_row(lanes.name, answers, asked))
        if lanes.name == "all lanes":
            floor = answer_row("floor: other clips' controls", answers, exchanged(wide))
    assert floor is not None
    by_name = {row.name: row for row in rows}
    remarks = (
        trust_remark(oracle, floor),
        *_ratios(oracle, by_name),
        *_beside_codec(codec, by_name["all lanes"]),
        *_strength_remarks([by_name[lanes.name] for lanes in STRENGTH_ROWS]),
    )
    settings = {
        "model": workplace.model,
        "weights": workplace.part_hash("lm")[:16],
        "clips": str(len(wide)),
        "seeds": str(n_seeds),
    }
    return Results("controls", (*rows, floor, *PUBLISHED), settings, remarks)


def _ratios(oracle: Row, rows: Mapping[str, Row]) -> Iterator[str]:
    for lanes in LANE_ROWS:
        ratio = rows[lanes.name].figures["majmin"].mean / max(oracle.figures["majmin"].mean, 1e-9)
        yield f"{lanes.name}: majmin is {ratio:.2f} of the oracle's."


def _beside_codec(codec: Row, played: Row) -> Iterator[str]:
    """How near strokes and notes come to what the codec lets through."""
    for figure in STEERED[1:]:
        most, reached = codec.figures[figure].mean, played.figures[figure].mean
        share = reached / max(most, 1e-9)
        yield f"{played.name}: {figure} is {reached:.3f}, {share:.2f} of the codec's."


def _strength_remarks(rows: Sequence[Row]) -> Iterator[str]:
    for figure in STEERED:
        means = [row.figures[figure].mean for row in rows]
        rises = all(later >= earlier for earlier, later in itertools.pairwise(means))
        told = ", ".join(f"{mean:.3f}" for mean in means)
        yield f"{figure} from strength 0 to 1: {told}" + ("." if rises else "; it falls somewhere.")


def _known_answers(
    workplace: Workplace, what: str, sounds: Mapping[int, KnownSound]
) -> dict[int, list[Answer]]:
    """What is heard in sounds that nobody has to play."""
    answers = {}
    for done, (seed, (recipe, sound)) in enumerate(sounds.items()):
        workplace.progress(f"Listening to the {what} audio", done, len(sounds))
        answers[seed] = [workplace.listen(recipe, sound)]
    return answers


def _played_answers(
    workplace: Workplace, lanes: LaneRow, clips: Sequence[HeldOutClip], n_seeds: int
) -> dict[int, list[Answer]]:
    """Play every clip ``n_seeds`` times and listen."""
    asked = [
        (clip.seed, _brief(clip, lanes.controls, seed)) for seed in range(n_seeds) for clip in clips
    ]
    answers: dict[int, list[Answer]] = {}
    for done, take in enumerate(play_takes(workplace, lanes.name, asked)):
        workplace.progress(f"Listening to {lanes.name}", done, len(asked))
        answer = workplace.listen(take.recipe, partial(sound_of_take, workplace, take))
        answers.setdefault(take.key, []).append(answer)
    return answers


def _brief(clip: HeldOutClip, controls: Controls, seed: int) -> Brief:
    sampling = Sampling(seed=1000 * clip.seed + seed)
    return Brief(clip.score, clip.caption, controls=controls, sampling=sampling)
