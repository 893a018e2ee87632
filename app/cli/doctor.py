"""``inlay doctor``: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from app.display import display_problem
from engine.errors import DeviceUnusable

LEAST_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One part looked at; ``remedy`` says what to do, empty where nothing need be done."""

    part: str
    is_working: bool
    detail: str
    remedy: str = ""


def doctor() -> None:
    """What works on this machine, and what to do about the rest."""
    from rich.console import Console

    console = Console(highlight=False)
    for finding in findings():
        mark = "[green]works[/]" if finding.is_working else "[yellow]lacks[/]"
        console.print(f"{mark}  [bold]{finding.part}[/]: {finding.detail}", soft_wrap=True)
        if finding.remedy:
            console.print(f"       {finding.remedy}", soft_wrap=True)


def findings() -> Iterator[Finding]:
    """Every part in turn; slow ones (torch, the display) take a few seconds."""
    yield Finding("Python", True, f"{platform.python_version()} on {platform.platform()}")
    yield _inlay()
    yield from _torch()
    yield from _models()
    yield _fluidsynth()
    yield _soundfont()
    yield _sound_card()
    yield _display()
    yield _disk()


def _inlay() -> Finding:
    try:
        return Finding("Inlay", True, version("inlay"))
    except PackageNotFoundError:
        return Finding("Inlay", False, "runs from a folder, not installed.", "pip install .")


def _torch() -> Iterator[Finding]:
    """PyTorch, and the graphics card behind it."""
    try:
        from engine.device import pick_device
    except ImportError as error:
        yield Finding("PyTorch", False, str(error), "Install Inlay again: pip install .")
        return
    yield Finding(
        "PyTorch", True, f"{version('torch')}, CPU threads in use: {pick_device('cpu').threads}"
    )
    try:
        pick_device("cuda")
    except DeviceUnusable as error:
        yield Finding(
            "NVIDIA GPU",
            False,
            error.message,
            f"{error.hint} The Starter plays on the CPU all the same.",
        )
    else:
        yield Finding("NVIDIA GPU", True, "used by default")


def _models() -> Iterator[Finding]:
    from engine.catalogue import known_models

    for model in known_models():
        if model.is_installed:
            megabytes = model.size_bytes / 1e6
            yield Finding(f"Model {model.title}", True, f"{megabytes:.0f} MB, {model.licence}")
        else:
            yield Finding(
                f"Model {model.title}",
                False,
                f"{model.folder} lacks {', '.join(model.missing_files)}.",
                "Install Inlay again: they are part of it.",
            )


def _fluidsynth() -> Finding:
    try:
        import_module("fluidsynth")
    except (ImportError, OSError, AttributeError) as error:
        return Finding(
            "FluidSynth",
            False,
            f"not found ({error}); a simple built-in voice plays the lanes.",
            "Debian: apt install libfluidsynth3. macOS: brew install fluid-synth. "
            "Windows: choco install fluidsynth.",
        )
    return Finding("FluidSynth", True, f"found through pyfluidsynth {version('pyfluidsynth')}")


def _soundfont() -> Finding:
    from engine.synthesis.soundfont import DEBIAN_FLUID_R3, find_soundfont

    path = find_soundfont()
    better = "" if path == DEBIAN_FLUID_R3 else "A fuller sound: apt install fluid-soundfont-gm."
    if path is None:
        return Finding("Sound font", False, "none found.", better)
    return Finding("Sound font", True, str(path), better)


def _sound_card() -> Finding:
    try:
        import sounddevice
    except OSError as error:
        return Finding(
            "Sound card",
            False,
            f"{error}.",
            "Debian: apt install libportaudio2. macOS: brew install portaudio.",
        )
    try:
        device = sounddevice.query_devices(kind="output")
    except sounddevice.PortAudioError:
        return Finding(
            "Sound card", False, "no output device.", "Everything works but playback aloud."
        )
    return Finding("Sound card", True, f"{device['name']}")


def _display() -> Finding:
    problem = display_problem()
    if problem is None:
        return Finding("Display", True, "a window can be opened")
    return Finding("Display", False, problem, "The verbs of the command line work without.")


def _disk() -> Finding:
    from platformdirs import user_data_path

    folder = user_data_path("inlay")
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{free / 1e9:.0f} GB free for {folder}"
    if free < LEAST_FREE_BYTES:
        return Finding("Disk", False, detail, "Make room before long sessions.")
    return Finding("Disk", True, detail)
