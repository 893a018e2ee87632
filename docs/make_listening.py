"""Makes the listening page anew, each clip by the command printed under it: ``make listening``.

A held-out piece is there three times: its own sound, the codec's, and a take of its lanes and
words.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.cli.progress import progress_bars
from engine.audio.files import read_audio, write_audio
from engine.evaluation.known_sounds import coded_sound
from engine.evaluation.played_takes import play_takes, sound_of_take
from engine.evaluation.recipe_cache import default_cache
from engine.evaluation.workplace import Workplace
from engine.requests import Audio, Brief, Sampling

DOCS = Path(__file__).parent
CLIPS = DOCS / "listening"
LARGEST_BYTES = 3_000_000
HELD_OUT_CLIP = 2
"""Which of the first held-out clips is heard three times."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound of the page: its name, what it shows, and the words after ``inlay`` that made it."""

    name: str
    title: str
    arguments: tuple[str, ...]

    @property
    def command(self) -> tuple[str, ...]:
        """Verb, options and file."""
        return (*self.arguments, "-o", f"{self.name}.wav")


def played(name: str, title: str, prompt: str, **options: str) -> Clip:
    """A clip that is generated from words and lanes."""
    lanes = [word for key, value in options.items() for word in (f"--{key}", value)]
    return Clip(name, title, ("generate", "--prompt", prompt, *lanes, "--seed", "1"))


PLAYED = (
    played("lo-fi", "Chords, half-time drums and words", "lo-fi, dusty electric piano",
           chords="Am7 | Dm7 | G7 | Cmaj7", drums="half-time", bpm="76"),
    Clip("lo-fi-again", "The same with only bar 3 played again, on other chords", (
        "inpaint", "lo-fi.wav", "--from", "bar3", "--to", "bar4", "--bpm", "76", "--chords",
        "Am7 | Dm7 | Fmaj7 E7 | Am7", "--drums", "half-time", "--prompt",
        "lo-fi, soft saxophone", "--seed", "3")),
    played("house", "Four on the floor", "deep house, warm synth pad, synth bass",
           chords="Fm7 | Dbmaj7 | Ab | Eb", drums="four-on-the-floor", bpm="124"),
    Clip("house-longer", "The same, two bars longer", (
        "extend", "house.wav", "--bars", "2", "--bpm", "124", "--prompt",
        "deep house, warm synth pad, synth bass", "--seed", "1")),
    played("rock", "A back beat", "loud rock with distorted guitar",
           chords="Em | G | A | C", drums="backbeat", bpm="132"),
    played("swing", "A shuffle", "jazz trio, upright bass, brushed drums",
           chords="Dm7 | G7 | Cmaj7 | A7", drums="shuffle", bpm="140"),
    played("bossa", "Bossa nova", "bossa nova, nylon guitar, flute",
           chords="Fmaj7 | G7 | Gm7 | C7", drums="bossa", bpm="116"),
    played("ballad", "Chords and words, no drums", "slow romantic ballad, grand piano, strings",
           chords="C | G/B | Am | F", bpm="84"),
    played("words-alone", "Words alone", "mellow reggae with organ and bass",
           bars="4", bpm="84"),
)  # fmt: skip

OPENING = """# Listening

What the Starter plays, unchosen: one take of one seed each, made by the command below it.
`make listening` makes them all again. Figures are on the page of [results](results.md).
"""


def main() -> int:
    """Write the page and its clips; returns the exit status."""
    CLIPS.mkdir(exist_ok=True)
    for old in CLIPS.iterdir():
        old.unlink()
    parts = [OPENING, *played_parts(), *held_out_parts()]
    (DOCS / "listening.md").write_text("\n".join(parts), encoding="utf-8")
    sizes = [path.stat().st_size for path in CLIPS.iterdir()]
    sys.stdout.write(f"{len(sizes)} clips, {sum(sizes) / 1e6:.2f} MB\n")
    return 0 if sum(sizes) <= LARGEST_BYTES else 1


def played_parts() -> Iterator[str]:
    """Every clip of the command line with its command; WAVs are only kept until all are made."""
    with tempfile.TemporaryDirectory() as folder:
        for clip in PLAYED:
            subprocess.run([sys.executable, "-m", "app", *clip.command], cwd=folder, check=True)
            keep(clip.name, read_audio(Path(folder) / f"{clip.name}.wav"))
            yield line(clip.name, clip.title)
            yield f"```sh\n{shlex.join(['inlay', *clip.command])}\n```\n"


def held_out_parts() -> Iterator[str]:
    """One held-out clip three times."""
    with progress_bars() as show:
        workplace = Workplace("starter", default_cache(), progress=show)
        clip = workplace.clips(HELD_OUT_CLIP + 1)[HELD_OUT_CLIP]
        brief = Brief(clip.score, clip.caption, sampling=Sampling(seed=1))
        (take,) = play_takes(workplace, "a held-out clip", [(clip.seed, brief)])
        coded, own = coded_sound(workplace, clip)[1](), sound_of_take(workplace, take)
    yield "Held-out music, which no training heard:\n"
    for name, title, audio in (
        ("true", "as its composer's instruments play it", clip.audio),
        ("coded", "the same through the codec", coded),
        ("from-lanes", f"a take of its chords, notes and drums, and “{clip.caption}”", own),
    ):
        keep(name, audio)
        yield line(name, title)


def keep(name: str, audio: Audio) -> None:
    """Save a clip for the page."""
    write_audio(CLIPS / f"{name}.mp3", audio)


def line(name: str, title: str) -> str:
    """What the page says of a clip."""
    return f"**{title[0].upper()}{title[1:]}**: [listen]({CLIPS.name}/{name}.mp3)\n"


if __name__ == "__main__":
    sys.exit(main())
