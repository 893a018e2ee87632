from __future__ import annotations

import pytest
import torch

from engine.device import pick_device
from engine.errors import BadInput, DeviceUnusable


def test_the_cpu_is_always_there() -> None:
    device = pick_device("cpu")
    assert (device.name, device.dtype_name) == ("cpu", "float32")
    assert device.threads >= 1


def test_auto_takes_cuda_only_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert pick_device("auto").name == "cpu"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert pick_device("auto").name == "cuda"


@pytest.mark.parametrize(("built_for", "reason"), [(None, "without CUDA"), ("12.8", "driver")])
def test_missing_cuda_is_told_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, built_for: str | None, reason: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", built_for)
    with pytest.raises(DeviceUnusable, match=reason):
        pick_device("cuda")


def test_other_names_are_bad_input() -> None:
    with pytest.raises(BadInput, match="“tpu”"):
        pick_device("tpu")
