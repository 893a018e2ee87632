"""What the window may know of a model without loading it: its own options and its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.model.project import Expert
from engine.catalogue import find_entry
from engine.errors import WeightsUnusable
from engine.lm.words import learnt_vocabulary, understood_words


@dataclass(frozen=True, slots=True)
class Reading:
    """A word of a prompt; ``known`` is what the model reads in its place, None for nothing."""

    text: str
    known: str | None


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """``defaults`` are the model's own options, None where its files do not say.

    ``vocabulary`` is empty for a model that does not tell which words it learnt.
    """

    title: str
    defaults: Expert
    vocabulary: tuple[str, ...]

    def read(self, prompt: str) -> tuple[Reading, ...]:
        """How the model reads the words of a prompt; nothing where it does not tell."""
        if not self.vocabulary:
            return ()
        words = understood_words(prompt, self.vocabulary)
        return tuple(Reading(word.text, word.known) for word in words)


@cache
def model_facts(name: str) -> ModelFacts:
    """The facts of a registered model; raises ``WeightsUnusable`` for one that is not known."""
    entry = find_entry(name)
    own = entry.sampling
    try:
        vocabulary = learnt_vocabulary(name)
    except WeightsUnusable:
        vocabulary = ()
    return ModelFacts(
        entry.title, Expert(own.guidance, own.temperature, own.top_k, own.top_p), vocabulary
    )
