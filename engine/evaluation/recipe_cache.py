"""Answers kept on disk under the hash of everything that made them.

A killed evaluation goes on where it stopped; new weights or settings never meet old answers.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path


def default_cache() -> Path:
    """Where evaluations keep answers unless told otherwise."""
    return user_cache_path("inlay") / "evaluation"


def recipe_key(recipe: Mapping[str, Any]) -> str:
    """Hash of a recipe of JSON values; the order of its keys does not matter."""
    text = json.dumps(recipe, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class RecipeCache:
    """JSON answers, one file per recipe, each with its recipe inside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, recipe: Mapping[str, Any]) -> Any | None:
        """The kept answer, or None where there is none."""
        path = self._path(recipe)
        if not path.exists():
            return None
        return json.loads(path.read_text(encoding="utf-8"))["answer"]

    def put(self, recipe: Mapping[str, Any], answer: Any) -> None:
        """Keep an answer; a file is never seen half written."""
        path = self._path(recipe)
        scratch = path.with_suffix(f".{os.getpid()}.partial")
        scratch.write_text(json.dumps({"recipe": recipe, "answer": answer}), encoding="utf-8")
        scratch.replace(path)

    def remember(self, recipe: Mapping[str, Any], make: Callable[[], Any]) -> Any:
        """The kept answer, or a new one that is then kept."""
        answer = self.get(recipe)
        if answer is None:
            answer = make()
            self.put(recipe, answer)
        return answer

    def _path(self, recipe: Mapping[str, Any]) -> Path:
        return self._folder / f"{recipe_key(recipe)}.json"
