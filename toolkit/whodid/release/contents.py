"""What goes into a release, read and checked, before anything is planned or written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from whodid.checks.report import ValidationReport
from whodid.codebook.model import Codebook
from whodid.release.dataset import Dataset
from whodid.release.tables import Partition


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts of a release: who and what it is, its enriched rows in the order of the release, and its codebook.

    codebook_files are the codebook's files as they were read, by name; day is the date of the release, changes the text
    of CHANGELOG.md; agreement is what `whodid agree` measured, or None.
    """

    dataset: Dataset
    version: str
    day: date
    partition: Partition
    events: pd.DataFrame
    codebook: Codebook
    codebook_files: dict[str, bytes]
    validation: ValidationReport
    changes: str
    previous_version: str | None = None
    agreement: dict[str, Any] | None = None

    @property
    def coders(self) -> list[str]:
        """Everybody who coded a row, in order."""
        return sorted(self.events["coder"].unique())

    @property
    def checks(self) -> list[str]:
        """The checks that the events passed. Derived columns are made anew, so it says nothing if they were there."""
        return [check for check in self.validation.checks_run if check != "derived"]

    @property
    def machines(self) -> list[str]:
        """The coders that are machines: their names carry a version."""
        return [coder for coder in self.coders if "@" in coder]
