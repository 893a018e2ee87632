"""Sound files: read whatever libsndfile reads, and write so that nothing is ever half-written.

A file read and written again in its own PCM format holds the same numbers: samples are turned
into integers here, by powers of two, because libsndfile scales floats by 2^n - 1.
"""

from __future__ import annotations

import errno
import os
import secrets
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from engine.errors import BadInput, EngineError
from engine.requests import Audio

MAX_DURATION_S = 3 * 3600
MAX_CHANNELS = 8
MIN_RATE_HZ, MAX_RATE_HZ = 4_000, 384_000
MAX_VALUES = 2 * MAX_DURATION_S * 48_000
"""Samples times channels that are decoded at most: three hours of stereo, 4 GB."""
BLOCK_FRAMES = 1 << 20

CONTAINERS = {
    ".wav": ("WAV", "PCM_24"),
    ".flac": ("FLAC", "PCM_24"),
    ".aiff": ("AIFF", "PCM_24"),
    ".aif": ("AIFF", "PCM_24"),
    ".mp3": ("MP3", "MPEG_LAYER_III"),
    ".ogg": ("OGG", "VORBIS"),
}
"""File ending: container and its encoding unless another is asked for."""
_LONGEST_WAV_HEADER = 256
PCM_BITS = {"PCM_U8": 8, "PCM_S8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32}


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound as it was found: with the encoding, such as ``PCM_16``, it was stored in."""

    audio: Audio
    encoding: str


def read_audio(path: Path) -> Audio:
    """The sound of a file, at its own rate and with its own channels; raises ``BadInput``."""
    return read_recording(path).audio


def read_recording(path: Path) -> Recording:
    """The sound of a file and how it was stored.

    Limits are checked before decoding, and again while decoding, since headers may lie.

    Raises:
        BadInput: if the file is missing, is no sound file, is damaged or empty, lasts longer
            than 3 h, has more than 8 channels, an unusable rate, or samples that are no numbers.
    """
    try:
        with soundfile.SoundFile(path) as file:
            _check_header(path, file.frames, file.channels, file.samplerate)
            samples = _decode(path, file)
            return Recording(Audio(samples, file.samplerate), file.subtype)
    except FileNotFoundError as error:
        raise BadInput(f"There is no file “{path}”.", "Check the name and the folder.") from error
    except (soundfile.LibsndfileError, TypeError) as error:  # TypeError: headerless .raw
        if not path.exists():
            raise BadInput(
                f"There is no file “{path}”.", "Check the name and the folder."
            ) from error
        raise BadInput(
            f"“{path.name}” cannot be read as sound: it is damaged, not audio, or not permitted.",
            "WAV, FLAC, MP3, OGG and AIFF files can be read.",
        ) from error


def _check_header(path: Path, n_frames: int, n_channels: int, rate_hz: int) -> None:
    if n_frames <= 0:
        raise BadInput(f"“{path.name}” holds no sound: it has 0 samples.", "Choose another file.")
    if n_channels > MAX_CHANNELS:
        raise BadInput(
            f"“{path.name}” has {n_channels} channels; at most {MAX_CHANNELS} can be used.",
            "Mix it down to stereo first.",
        )
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
        raise BadInput(
            f"“{path.name}” has {rate_hz} samples per second; "
            f"{MIN_RATE_HZ} to {MAX_RATE_HZ} can be used.",
            "Convert it to 44100 or 48000 first.",
        )
    if n_frames > MAX_DURATION_S * rate_hz or n_frames * n_channels > MAX_VALUES:
        raise BadInput(
            f"“{path.name}” lasts {n_frames / rate_hz / 3600:.1f} h with {n_channels} channels; "
            "at most 3 h of stereo can be used.",
            "Cut it into shorter files first.",
        )


def _decode(path: Path, file: soundfile.SoundFile) -> NDArray[np.float32]:
    """All samples, float32 ``[C, N]``."""
    blocks: list[NDArray[np.float32]] = []
    n_values = 0
    while True:
        block = file.read(BLOCK_FRAMES, dtype="float32", always_2d=True)  # [n, C]
        if not len(block):
            break
        n_values += block.size
        if n_values > MAX_VALUES:
            raise BadInput(
                f"“{path.name}” is longer than its header says and cannot be used.",
                "Convert it to WAV first.",
            )
        if not np.isfinite(block).all():
            raise BadInput(
                f"“{path.name}” has samples that are not numbers.", "Export it again as 24-bit WAV."
            )
        blocks.append(block)
    if not blocks:
        raise BadInput(f"“{path.name}” holds no sound: it has 0 samples.", "Choose another file.")
    return np.ascontiguousarray(np.concatenate(blocks).T)


def write_audio(path: Path, audio: Audio, encoding: str | None = None) -> None:
    """Save a sound; the file ending chooses WAV, FLAC, AIFF, MP3 or OGG.

    ``encoding`` (such as ``PCM_16``, from a ``Recording``) is used where the container can hold
    it; otherwise 24 bits, or the container's only one. Values beyond ±1 are cut off by PCM.
    The file appears complete or not at all, and what was there stays until then.

    Raises:
        BadInput: if the ending is unknown, or the container cannot hold the rate or channels.
        EngineError: if it cannot be written: no space, no permission, no folder.
    """
    if path.suffix.lower() not in CONTAINERS:
        raise BadInput(
            f"“{path.name}” does not say how to store sound.",
            f"Use one of the endings {', '.join(CONTAINERS)}.",
        )
    container, default = CONTAINERS[path.suffix.lower()]
    held = encoding is not None and soundfile.check_format(container, encoding)
    subtype = encoding if held and encoding is not None else default
    buffer = BytesIO()
    try:
        soundfile.write(
            buffer,
            _stored_values(audio.samples, subtype),
            audio.sample_rate_hz,
            format=container,
            subtype=subtype,
        )
    except soundfile.LibsndfileError as error:
        raise BadInput(
            f"{container} cannot hold {audio.samples.shape[0]} channels at "
            f"{audio.sample_rate_hz} samples per second.",
            "Save it as WAV.",
        ) from error
    content = buffer.getbuffer()
    _forget_the_time(content)
    write_bytes_whole(path, content)


def _forget_the_time(content: memoryview) -> None:
    """Set the time that libsndfile notes in float WAVs to 0: one sound always gives one file.

    It stands in the ``PEAK`` chunk, after name, length and version of 4 bytes each.
    """
    header = bytes(content[:_LONGEST_WAV_HEADER])
    at = header.find(b"PEAK")
    if header.startswith(b"RIFF") and at >= 0:
        content[at + 12 : at + 16] = bytes(4)


def _stored_values(
    samples: NDArray[np.float32], subtype: str
) -> NDArray[np.int32] | NDArray[np.float32]:
    """What libsndfile stores without another scaling, ``[N, C]``: left-aligned integers."""
    if subtype not in PCM_BITS:
        return np.ascontiguousarray(samples.T)
    bits = PCM_BITS[subtype]
    limit = 1 << (bits - 1)
    whole = np.rint(samples.T.astype(np.float64) * limit)
    whole = np.clip(whole, -limit, limit - 1).astype(np.int32)
    return np.ascontiguousarray(whole << (32 - bits))


def write_bytes_whole(path: Path, content: bytes | memoryview) -> None:
    """Put ``content`` at ``path`` in one step; raises ``EngineError`` and leaves no trace."""
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        try:
            with scratch.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise EngineError(
            f"“{path}” was not saved: {reason_of(error)}. Nothing there was changed.",
            "Choose another folder, or make room and save again.",
        ) from error


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last; Windows keeps no handle on folders and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason_of(error: OSError) -> str:
    """Why the disk refused, in the person's words."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your quota on this disk is used up",
        errno.EACCES: "you may not write there",
        errno.EPERM: "you may not write there",
        errno.EROFS: "the disk is read-only",
        errno.ENOENT: "the folder is not there",
        errno.EISDIR: "a folder has that name",
    }
    return reasons.get(error.errno or 0, error.strerror or str(error))
