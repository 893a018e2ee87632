"""The real backend: loads each model once and gives each request to the task of its name."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from engine.cancel import CancelToken
from engine.checkpoints import STARTER, find_model, model_hash
from engine.codec.starter_codec import load_codec
from engine.device import pick_device
from engine.errors import DeviceUnusable, WeightsUnusable
from engine.events import Event, Progress, Ready, Stage
from engine.hearing.recogniser import Recogniser
from engine.lm.starter_files import load_starter
from engine.requests import (
    AnalyzeRequest,
    Brief,
    ExtendRequest,
    GenerateRequest,
    InpaintRequest,
    Request,
    WarmUpRequest,
)
from engine.tasks.analyze import analyze
from engine.tasks.extend import extend
from engine.tasks.generate import generate
from engine.tasks.inpaint import inpaint
from engine.tasks.models import Models

HEARING_WEIGHTS = "hearing.safetensors"


class TorchBackend:
    """Plays with the models on this machine, one request at a time; see ``Backend``."""

    def __init__(self) -> None:
        self._loaded: tuple[tuple[str, str], Models] | None = None
        self._recogniser: Recogniser | None = None

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        """Play the request; see ``Backend``."""
        try:
            yield from self._run(request, cancel)
        except torch.OutOfMemoryError as error:
            self.close()
            raise DeviceUnusable(
                "The GPU ran out of memory; nothing was changed.",
                "Ask for fewer takes, close other programs, or choose the CPU.",
            ) from error

    def close(self) -> None:
        """Forget every model."""
        self._loaded = None
        self._recogniser = None
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        match request:
            case GenerateRequest(brief=brief):
                yield from self._load(brief.model, brief.device)
                yield from generate(self._models(brief), request, cancel)
            case InpaintRequest(brief=brief):
                yield from self._load(brief.model, brief.device)
                yield from inpaint(self._models(brief), request, cancel)
            case ExtendRequest(brief=brief):
                yield from self._load(brief.model, brief.device)
                yield from extend(self._models(brief), request, cancel)
            case AnalyzeRequest():
                yield from analyze(self._hearing(), request, cancel)
            case WarmUpRequest(model=model, device=device):
                yield from self._load(model, device)
                yield Ready(model)

    def _load(self, name: str, asked_device: str) -> Iterator[Event]:
        """Make a model the loaded one; the one before is forgotten first."""
        device = pick_device(asked_device)
        key = (name, device.name)
        if self._loaded is not None and self._loaded[0] == key:
            return
        yield Progress(Stage.LOADING, 0, 1)
        self._loaded = None
        torch.set_num_threads(device.threads)
        folder = find_model(name)
        lm = load_starter(folder).to(device.torch_device, device.dtype)
        codec = load_codec(folder).to(device.torch_device)
        if (lm.config.lm.n_codebooks, lm.config.codebook_size) != (
            codec.clock.n_codebooks,
            codec.clock.codebook_size,
        ):
            raise WeightsUnusable(
                f"The language model and the codec in {folder} do not belong together.",
                "Install the model again.",
            )
        self._loaded = key, Models(name, model_hash(folder), device, lm, codec)
        yield Progress(Stage.LOADING, 1, 1)

    def _models(self, brief: Brief) -> Models:
        """The loaded model, if it can play this brief."""
        assert self._loaded is not None
        if brief.adapter is not None:
            raise WeightsUnusable(
                f"The model “{brief.model}” has no adapter called “{brief.adapter}”.",
                "Choose another model, or leave the adapter out.",
            )
        return self._loaded[1]

    def _hearing(self) -> Recogniser:
        """The recogniser, loaded at its first use."""
        if self._recogniser is None:
            torch.set_num_threads(pick_device("cpu").threads)
            self._recogniser = Recogniser.load(find_model(STARTER) / HEARING_WEIGHTS)
        return self._recogniser
