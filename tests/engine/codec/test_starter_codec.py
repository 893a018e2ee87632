"""The Starter's codec: exact lengths, same samples piece by piece, steady tones."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from torch import Tensor

from engine.codec.starter_codec import StarterCodec, StarterCodecConfig, load_codec, save_codec
from engine.errors import WeightsUnusable
from engine.training.codec_fit import fit_codec

TINY = StarterCodecConfig(
    hop=320,
    n_fft=512,
    frames_per_code=2,
    n_codebooks=3,
    codebook_size=16,
    n_components=24,
    code_width=16,
    n_code_blocks=2,
    frame_width=16,
    n_frame_blocks=2,
)


def tones(seconds: float, *frequencies_hz: float) -> Tensor:
    time_s = torch.arange(round(32000 * seconds)) / 32000
    return sum(
        (0.2 * torch.sin(2 * math.pi * f * time_s) for f in frequencies_hz),
        torch.zeros_like(time_s),
    )


@pytest.fixture(scope="module")
def codec() -> StarterCodec:
    """Fitted on a few chords, with a decoder that has random weights."""
    torch.manual_seed(1)
    chords = [tones(2.0, f, 1.25 * f, 1.5 * f) for f in (220.0, 247.0, 294.0, 330.0)]
    codec = fit_codec(TINY, chords, seed=0)
    torch.nn.init.normal_(codec.network.leave.weight, std=0.02)
    return codec.eval().requires_grad_(False)


@pytest.mark.parametrize(("n_samples", "n_frames"), [(0, 0), (1, 1), (320, 1), (321, 2)])
def test_frames_cover_the_samples(codec: StarterCodec, n_samples: int, n_frames: int) -> None:
    assert codec.encode(torch.zeros(2, 1, n_samples)).shape == (2, 3, n_frames)


@pytest.mark.parametrize("n_frames", [0, 1, 2, 25, 26, 61])
def test_a_frame_decodes_to_one_hop(codec: StarterCodec, n_frames: int) -> None:
    codes = torch.randint(16, (2, 3, n_frames))
    sound = codec.decode(codes)
    assert sound.shape == (2, 1, TINY.hop * n_frames)
    assert bool(sound.isfinite().all())


@pytest.mark.parametrize("piece", [1, 7, 25, 26, 40])
def test_decoding_in_pieces_equals_decoding_at_once(codec: StarterCodec, piece: int) -> None:
    codes = torch.randint(16, (2, 3, 70), generator=torch.Generator().manual_seed(3))
    stream = codec.stream()
    pieces = [stream.push(part) for part in codes.split(piece, dim=2)]
    assert all(part.shape[2] % TINY.hop == 0 for part in pieces)
    joined = torch.cat([*pieces, stream.finish()], dim=2)
    assert float((joined - codec.decode(codes)).abs().max()) < 1e-5


def test_a_stream_speaks_before_its_end(codec: StarterCodec) -> None:
    stream = codec.stream()
    assert stream.push(torch.zeros(1, 3, 80, dtype=torch.int64)).shape[2] > 0


def test_the_same_input_gives_the_same_output(codec: StarterCodec) -> None:
    sound = tones(1.0, 220, 330)[None, None]
    codes = codec.encode(sound)
    assert torch.equal(codes, codec.encode(sound))
    assert torch.equal(codec.decode(codes), codec.decode(codes))


def test_long_sound_is_encoded_in_blocks_without_a_seam(
    codec: StarterCodec, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = tones(2.0, 220, 277)[None, None]
    whole = codec.encode(sound)
    monkeypatch.setattr("engine.codec.starter_codec.ENCODE_BLOCK", 7)
    assert float((codec.encode(sound) == whole).float().mean()) > 0.99


def test_other_channel_counts_are_refused(codec: StarterCodec) -> None:
    with pytest.raises(ValueError, match="mono"):
        codec.encode(torch.zeros(1, 2, 320))


def test_saved_and_loaded_codecs_give_the_same_codes(codec: StarterCodec, tmp_path: Path) -> None:
    save_codec(codec, tmp_path)
    again = load_codec(tmp_path)
    sound = tones(1.5, 247, 371)[None, None]
    assert torch.equal(again.encode(sound), codec.encode(sound))
    assert again.clock == codec.clock


def test_a_codec_saved_with_a_retired_setting_still_loads(
    codec: StarterCodec, tmp_path: Path
) -> None:
    save_codec(codec, tmp_path)
    config = (tmp_path / "config.json").read_text().replace('"kernel"', '"n_beams": 1, "kernel"')
    (tmp_path / "config.json").write_text(config)
    assert load_codec(tmp_path).config == codec.config


def test_a_codec_with_unknown_settings_is_refused(codec: StarterCodec, tmp_path: Path) -> None:
    save_codec(codec, tmp_path)
    config = (tmp_path / "config.json").read_text().replace('"kernel"', '"colour"')
    (tmp_path / "config.json").write_text(config)
    with pytest.raises(WeightsUnusable, match="colour"):
        load_codec(tmp_path)
