"""Requests in words of which it is known what they ask for.

Some are put together from the corpus's own words for held-out clips; the paraphrases were
written by hand, in words of people who know nothing of the corpus.
"""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from engine.evaluation.clips import ASKED, HeldOutClip
from engine.evaluation.sound_labels import family_named, family_of, moods_of, pace_of
from engine.requests import Brief, Control, Controls, Sampling
from engine.score import Score
from engine.timebase import Meter, Seconds, TempoMap
from engine.training.corpus.captions import tempo_word
from engine.training.corpus.instrument_words import INSTRUMENT_WORDS
from engine.training.corpus.moods import felt_bpm
from engine.training.corpus.piece import DRUMS
from engine.training.corpus.styles import STYLES

PARAPHRASES_NAME = "paraphrases.jsonl"
MOST_INSTRUMENTS = 2
BPM_OF_PACE: dict[Any, float] = {"slow": 72.0, "medium": 104.0, "fast": 140.0}
UNASKED_PACE = "medium"
WORDS_ONLY = Controls(*3 * [Control(is_on=False)])


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A prompt and what it asks for; None and empty sets where it leaves that open.

    ``score`` gives length, tempo and meter only.
    """

    key: int
    prompt: str
    score: Score
    style: str | None
    pace: str | None
    instruments: frozenset[str]
    moods: frozenset[str]

    def brief(self, seed: int) -> Brief:
        """Take ``seed`` of this request: words and grid, no lanes."""
        sampling = Sampling(seed=1000 * self.key + seed)
        return Brief(self.score, self.prompt, controls=WORDS_ONLY, sampling=sampling)


def corpus_request(clip: HeldOutClip) -> TextRequest:
    """Mood, style, pace and up to two players of a clip, in words that captions use."""
    random = Random(f"words for {clip.seed}")
    style = next(style for style in STYLES if style.name == clip.style)
    bpm = felt_bpm(clip.score.tempo_bpm, str(clip.score.meter))
    players = [part for part in clip.parts if family_of(part) is not None]
    random.shuffle(players)
    # Nearly everything has drums and a bass: asked for, they tell little.
    players = sorted(players, key=lambda part: part.role in (DRUMS, "bass"))[:MOST_INSTRUMENTS]
    telling = [mood for mood in clip.moods if moods_of([mood])]
    mood = random.choice(telling) if telling else ""
    words = [
        f"{mood} {random.choice(style.synonyms)}".strip(),
        tempo_word(bpm, random),
        *(random.choice(INSTRUMENT_WORDS.get(p.instrument, (p.instrument,))) for p in players),
    ]
    return TextRequest(
        clip.seed,
        ", ".join(words),
        _grid(clip.score),
        clip.style,
        pace_of(bpm),
        frozenset(family for part in players if (family := family_of(part)) is not None),
        moods_of([mood] if mood else []),
    )


def paraphrases() -> tuple[TextRequest, ...]:
    """The hand-written requests, in the order of their file."""
    file = importlib.resources.files("engine.evaluation").joinpath(PARAPHRASES_NAME)
    return parse_paraphrases(file.read_text("utf-8").splitlines())


def parse_paraphrases(lines: Sequence[str]) -> tuple[TextRequest, ...]:
    """One JSON object a line: prompt, style, instruments, tempo (bpm or pace), mood.

    All but the prompt may be missing or null. Raises ValueError for a style, an instrument or a
    mood that nobody could check.
    """
    return tuple(_paraphrase(key, json.loads(line)) for key, line in enumerate(lines) if line)


def _paraphrase(key: int, values: dict[str, Any]) -> TextRequest:
    style, tempo = values.get("style"), values.get("tempo")
    if style is not None and style not in [known.name for known in STYLES]:
        raise ValueError(f"“{values['prompt']}”: there is no style “{style}”")
    named = {name: family_named(name) for name in values.get("instruments") or ()}
    if unknown := [name for name, family in named.items() if family is None]:
        raise ValueError(f"“{values['prompt']}”: there is no instrument “{unknown[0]}”")
    mood = values.get("mood")
    moods = moods_of([mood] if isinstance(mood, str) else mood or ())
    if mood and not moods:
        raise ValueError(f"“{values['prompt']}”: nobody can hear whether it is “{mood}”")
    bpm = float(BPM_OF_PACE.get(tempo or UNASKED_PACE, tempo or 0.0))
    bar_s = TempoMap(bpm).seconds_at(Meter().bar_ticks)
    return TextRequest(
        key,
        values["prompt"],
        Score(Seconds(bar_s * max(1, round(ASKED / bar_s))), tempo_bpm=bpm),
        style,
        None if tempo is None else pace_of(bpm),
        frozenset(family for family in named.values() if family is not None),
        moods,
    )


def _grid(score: Score) -> Score:
    """Length, tempo and meter of a score, without anything drawn."""
    return Score(score.duration, score.tempo_bpm, score.meter, score.first_downbeat)
