"""What `whodid agree --format json` measured, as a release carries it and its card shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whodid.errors import ReleaseError

AGREEMENT_FILE = "agreement.json"
_FIX = "Write it with `whodid agree PATHS --format json`."


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """Agreement of all coders on one part of an event at one level; a value is None where it could not be measured."""

    part: str
    level: str
    n_units: int
    percent: float | None
    alpha: float | None
    low: float | None
    high: float | None
    ac1: float | None

    @property
    def interval(self) -> str:
        """The 95 % interval of alpha, or nothing."""
        return "" if self.low is None or self.high is None else f"[{self.low:.2f}, {self.high:.2f}]"


def read_agreement(path: Path | str) -> dict[str, Any]:
    """The agreement in a file. Raises ReleaseError if it is not what `whodid agree` writes."""
    file = Path(path)
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(
            f"The agreement cannot be read: {error}.", fix=_FIX, path=file, rule="bad-agreement"
        ) from error
    if not isinstance(value, dict) or not isinstance(value.get("scores"), list) or "coders" not in value:
        raise ReleaseError("The file holds no agreement of coders.", fix=_FIX, path=file, rule="bad-agreement")
    return value


def agreement_lines(agreement: dict[str, Any]) -> list[AgreementLine]:
    """The scores of all coders together, those without a row counted as "no event", in the order of the file."""
    of_all = [s for s in agreement["scores"] if s.get("coder") is None and s.get("units") == "all"]
    places = dict.fromkeys((str(s.get("part")), str(s.get("level"))) for s in of_all)
    lines = []
    for part, level in places:
        found = {s.get("statistic"): s for s in of_all if (str(s.get("part")), str(s.get("level"))) == (part, level)}
        alpha = found.get("krippendorff_alpha", {})
        lines.append(
            AgreementLine(
                part,
                level,
                max((int(s.get("n_units") or 0) for s in found.values()), default=0),
                found.get("percent_agreement", {}).get("value"),
                alpha.get("value"),
                alpha.get("low"),
                alpha.get("high"),
                found.get("gwet_ac1", {}).get("value"),
            )
        )
    return lines
