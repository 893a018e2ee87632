"""Requests in words of which it is known what they ask for.

Some are put together from the corpus's own words for held-out clips; the paraphrases were written
by hand, as people speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from engine.evaluation.clips import ASKED, HeldOutClip
from engine.evaluation.paraphrases import KITS, PROGRAMS, Paraphrase, read_paraphrases
from engine.evaluation.sound_labels import family_of, moods_of, pace_of
from engine.requests import Brief, Control, Controls, Sampling
from engine.score import Score
from engine.timebase import Meter, Seconds, TempoMap
from engine.training.corpus.captions import tempo_word
from engine.training.corpus.instrument_words import INSTRUMENT_WORDS
from engine.training.corpus.moods import felt_bpm
from engine.training.corpus.piece import DRUMS, Part
from engine.training.corpus.styles import STYLES

MOST_INSTRUMENTS = 2
BPM_OF_PACE = {"slow": 72.0, "medium": 104.0, "fast": 140.0}
UNASKED_PACE = "medium"
WORDS_ONLY = Controls(*3 * [Control(is_on=False)])


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A prompt and what it asks for; None and nothing where it leaves that open.

    ``score`` gives length, tempo and meter only. Of each of the ``instruments`` any of its
    families will do.
    """

    key: int
    prompt: str
    score: Score
    style: str | None
    pace: str | None
    instruments: tuple[frozenset[str], ...]
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
        tuple(frozenset([family]) for part in players if (family := family_of(part)) is not None),
        moods_of([mood] if mood else []),
    )


def paraphrase_requests() -> tuple[TextRequest, ...]:
    """The prompts written by hand, in the order of their file."""
    return tuple(asked_by(key, written) for key, written in enumerate(read_paraphrases()))


def asked_by(key: int, written: Paraphrase) -> TextRequest:
    """A paraphrase over about ten seconds of its pace; moods that nobody could check are open."""
    bpm = BPM_OF_PACE[written.tempo or UNASKED_PACE]
    bar_s = TempoMap(bpm).seconds_at(Meter().bar_ticks)
    return TextRequest(
        key,
        written.prompt,
        Score(Seconds(bar_s * max(1, round(ASKED / bar_s))), tempo_bpm=bpm),
        written.style,
        written.tempo,
        tuple(_families_answering(name) for name in written.instruments),
        moods_of([written.mood] if written.mood else []),
    )


def _families_answering(instrument: str) -> frozenset[str]:
    """The families of all the sounds that answer to an instrument of the paraphrases."""
    drums = (Part(DRUMS, instrument, kit) for kit in KITS.get(instrument, ()))
    others = (Part("other", instrument, program) for program in PROGRAMS.get(instrument, ()))
    families = (family_of(part) for part in (*drums, *others))
    return frozenset(family for family in families if family is not None)


def _grid(score: Score) -> Score:
    """Length, tempo and meter of a score, without anything drawn."""
    return Score(score.duration, score.tempo_bpm, score.meter, score.first_downbeat)
