"""Which ids were there before, in eight bytes for each: a year of GDELT has tens of millions."""

from __future__ import annotations

import numpy as np


class Seen:
    """A set of 16-digit ids that stays small: sorted blocks of numbers, and a plain set of the latest."""

    def __init__(self, recent: int = 50_000, blocks: int = 24) -> None:
        self._most_recent, self._most_blocks = recent, blocks
        self._recent: set[int] = set()
        self._blocks: list[np.ndarray] = []

    def add(self, identity: str) -> bool:
        """Remember an id; True if it is new."""
        number = int(identity, 16)
        if number in self._recent or any(_holds(block, number) for block in self._blocks):
            return False
        self._recent.add(number)
        if len(self._recent) >= self._most_recent:
            self._blocks.append(np.sort(np.fromiter(self._recent, dtype=np.uint64, count=len(self._recent))))
            self._recent = set()
            if len(self._blocks) > self._most_blocks:
                self._blocks = [np.sort(np.concatenate(self._blocks))]
        return True


def _holds(block: np.ndarray, number: int) -> bool:
    place = int(np.searchsorted(block, np.uint64(number)))
    return place < len(block) and int(block[place]) == number
