"""From a rendered corpus to the Starter's weights, part by part; each part is resumable.

The codec comes first: its codes are what the language model learns, so once they are fitted they
stay. Stopped at any moment and started again with the same values, a part goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import torch

from engine.catalogue import CONFIG_NAME
from engine.codec.starter_codec import StarterCodec, StarterCodecConfig, load_codec, save_codec
from engine.device import pick_device
from engine.errors import BadInput
from engine.lm.starter import StarterConfig, StarterModel
from engine.lm.starter_files import save_starter
from engine.lm.words import build_vocabulary
from engine.training.codec import CodecTraining, train_codec
from engine.training.codec_crops import coded_sounds
from engine.training.codec_fit import fit_codec
from engine.training.corpus import read_corpus
from engine.training.curves import plot_curve
from engine.training.encoded_corpus import encode_corpus, load_encoded
from engine.training.starter import StarterTraining, train_starter
from engine.training.warm_start import start_from_codec

SPLITS = ("train", "held-out")
FIT_PIECES, FIT_SECONDS = 800, 10
"""How many pieces decide the codes, the first by seed, and how much of each, from a place drawn
by chance. A corpus that grows beyond them keeps its codes."""

ProgressCall = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Folders of a training: ``corpus`` and ``codes`` hold one folder per split.

    ``runs`` keeps checkpoints and curves, ``model`` receives the finished weights.
    """

    corpus: Path
    codes: Path
    runs: Path
    model: Path
    device: str = "auto"

    @property
    def torch_device(self) -> torch.device:
        """Where the training runs."""
        return pick_device(self.device).torch_device


def starter_sizes(vocabulary: tuple[str, ...]) -> StarterConfig:
    """The language model that fits beside codec and recogniser in 40 MB."""
    return StarterConfig(vocabulary, feed_forward_width=896, adds_memory=True)


def make_codec(
    workshop: Workshop,
    plan: CodecTraining,
    progress: ProgressCall,
    config: StarterCodecConfig | None = None,
) -> None:
    """Fit the codes, encode the corpus, and train the decoder. Raises ``BadInput``, no corpus."""
    codec = _fitted_codec(workshop, config or StarterCodecConfig(), progress)
    _encode(workshop, codec, progress)
    sounds, held_out = (
        coded_sounds(workshop.corpus / split, workshop.codes / split) for split in SPLITS
    )
    run = workshop.runs / "codec"
    for report in train_codec(codec, sounds, held_out, plan, run, workshop.torch_device):
        progress("Training the codec", report.step, plan.n_steps)
    plot_curve(run / "curve.csv", run / "curve.png", "Codec: losses per step")
    save_codec(codec.cpu(), workshop.model)


def make_language_model(
    workshop: Workshop,
    plan: StarterTraining,
    progress: ProgressCall,
    sizes: Callable[[tuple[str, ...]], StarterConfig] = starter_sizes,
) -> None:
    """Train the language model on the codes of the codec in ``workshop.model``.

    ``sizes`` makes the configuration from the vocabulary. Raises ``BadInput`` without a corpus
    and ``WeightsUnusable`` without a codec.
    """
    codec = load_codec(workshop.model)
    _encode(workshop, codec, progress)
    pieces, held_out = (
        load_encoded(workshop.corpus / split, workshop.codes / split) for split in SPLITS
    )
    run = workshop.runs / "starter"
    words = _vocabulary(run, [caption for piece in pieces for caption in piece.captions])
    torch.manual_seed(plan.seed)
    model = StarterModel(sizes(words))
    start_from_codec(model.decoder, codec.quantizer.codebooks)
    reports = train_starter(model, codec.clock, pieces, held_out, plan, run, workshop.torch_device)
    for report in reports:
        progress("Training the language model", report.step, plan.n_steps)
    plot_curve(run / "curve.csv", run / "curve.png", "Language model: loss per step")
    save_starter(model.cpu(), workshop.model)


def _fitted_codec(
    workshop: Workshop, config: StarterCodecConfig, progress: ProgressCall
) -> StarterCodec:
    """The codec with its codes decided: those of an earlier call where there was one."""
    folder = workshop.runs / "codec" / "fitted"
    if not (folder / CONFIG_NAME).exists():
        sounds = [sound for sound, _ in _pairs(workshop, "train")[:FIT_PIECES]]
        random = np.random.default_rng(0)
        n_samples = FIT_SECONDS * config.sample_rate_hz

        def stretches() -> Iterator[torch.Tensor]:
            for done, path in enumerate(sounds, start=1):
                n_spare = max(0, soundfile.info(path).frames - n_samples)
                start = int(random.integers(n_spare + 1))
                samples, _ = soundfile.read(path, n_samples, start, dtype="float32")
                yield torch.from_numpy(samples)
                progress("Fitting the codes", done, len(sounds))

        torch.manual_seed(0)
        save_codec(fit_codec(config, stretches()), folder)
    return load_codec(folder)


def _encode(workshop: Workshop, codec: StarterCodec, progress: ProgressCall) -> None:
    for split in SPLITS:
        total = len(_pairs(workshop, split))
        for done in encode_corpus(workshop.corpus / split, codec, workshop.codes / split):
            progress(f"Encoding ({split})", done, total)


def _pairs(workshop: Workshop, split: str) -> list[tuple[Path, Path]]:
    """Sounds and truths of a split; raises ``BadInput`` where there are none."""
    folder = workshop.corpus / split
    pairs = read_corpus(folder)
    if not pairs:
        raise BadInput(
            f"There is no rendered music in “{folder}”.", "“inlay train corpus” renders it."
        )
    return pairs


def _vocabulary(run: Path, captions: list[str]) -> tuple[str, ...]:
    """The words of the captions; those of an earlier call, so that a resumed model keeps them."""
    path = run / "vocabulary.txt"
    if path.exists():
        return tuple(path.read_text(encoding="utf-8").split("\n"))
    words = build_vocabulary(captions)
    run.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(words), encoding="utf-8")
    return words
