"""Which words mean nearly the same, from ``resources/thesaurus.txt``. Needs no torch."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """``near`` lists the words near each head; ``head`` names the one head of each near word.

    ``silent`` words, such as “the”, have no meaning of their own.
    """

    near: Mapping[str, tuple[str, ...]]
    head: Mapping[str, str]
    silent: frozenset[str]

    def kin(self, word: str) -> Iterator[str]:
        """Words of like meaning, nearest first: its own near words, its head, the head's, and up.

        Nothing for a word that is not in the book; the word itself does not come.
        """
        yielded = {word}
        current: str | None = word
        while current is not None:
            for relative in (current, *self.near.get(current, ())):
                if relative not in yielded:
                    yielded.add(relative)
                    yield relative
            current = self.head.get(current)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word in the book, once."""
        return tuple(dict.fromkeys([*self.near, *self.head]))


@cache
def open_thesaurus() -> Thesaurus:
    """The book that comes with Inlay."""
    text = importlib.resources.files("resources").joinpath("thesaurus.txt").read_text("utf-8")
    return read_thesaurus(text)


def read_thesaurus(text: str) -> Thesaurus:
    """Parse lines of ``head: near, near``; empty lines and those that begin with ``# `` are left.

    Raises ValueError for a word with two heads, and for a word that is its own head in the end.
    """
    near: dict[str, tuple[str, ...]] = {}
    head: dict[str, str] = {}
    silent: set[str] = set()
    for line in text.splitlines():
        if not line or line.startswith("# "):
            continue
        name, _, listed = line.partition(": ")
        if name == "silent":
            silent |= set(listed.split(", "))
            continue
        near[name] = tuple(listed.split(", "))
        for word in near[name]:
            if word in head:
                raise ValueError(f"“{word}” stands under “{head[word]}” and “{name}”")
            head[word] = name
    for word in head:
        above, steps = word, 0
        while above in head:
            above, steps = head[above], steps + 1
            if steps > len(head):
                raise ValueError(f"“{word}” leads back to itself")
    return Thesaurus(near, head, frozenset(silent))
