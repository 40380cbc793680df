"""Judgements that the literature works out by hand, shape (coders, units); -1 where a coder did not judge a unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def of_two(table: Sequence[Sequence[int]]) -> Ints:
    """The judgements of two coders from their square table of counts: the first one's down, the second one's across."""
    counts = np.array(table)
    rows, columns = np.indices(counts.shape)
    return np.stack([np.repeat(rows, counts.ravel()), np.repeat(columns, counts.ravel())])


def of_counts(table: Sequence[Sequence[int]]) -> Ints:
    """The judgements of as many coders from how many of them put each unit (line) into each category (column)."""
    return np.stack([np.repeat(np.arange(len(line)), line) for line in table], axis=1)


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. Section A: two observers, two values.
KRIPPENDORFF_A = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]])
# Section B: two observers, many values.
KRIPPENDORFF_B = np.array([["abcde".index(value) for value in line] for line in ("aabbdcccedda", "babbbccceddd")])
# Section C: any number of observers, missing values. It is also the data cac.raw4raters of Gwet's package irrCAC.
KRIPPENDORFF_C = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, -1, -1, -1],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, -1, 3],
        [-1, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, -1],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, -1],
    ]
)
# Fleiss (1971), table 1: 30 patients, 6 psychiatrists, 5 diagnoses.
FLEISS = of_counts(
    [
        [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
        [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
        [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0],
        [0, 2, 0, 4, 0], [1, 0, 2, 0, 3], [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0],
        [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
    ]
)  # fmt: skip
# Cohen (1960): 200 patients, two clinicians, three diagnoses (personality disorder, neurosis, psychosis).
COHEN = of_two([[88, 10, 2], [14, 40, 6], [18, 10, 12]])
# Gwet (2002), Kappa Statistic is not Satisfactory for Assessing the Extent of Agreement Between Raters, and Gwet (2008): 125
# persons, two raters, nearly all of them positive.
GWET = of_two([[118, 5], [2, 0]])
