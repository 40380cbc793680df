"""What a reader must know before using a release's numbers: what can be counted, and what its makers say."""

from __future__ import annotations

from whodid.release.contents import Contents

_GENERAL = (
    "Rows are what articles report, not what happened: coverage differs between places, years and publishers, and one "
    "event that several articles report has several rows."
)


def known_limits(contents: Contents) -> list[str]:
    """Sentences in a fixed order: the makers' own, then what follows from the rows."""
    frame = contents.events
    if frame.empty:
        return [*contents.dataset.limits, "There are no events in this release."]
    found = [*contents.dataset.limits, _GENERAL, *_of_coders(contents)]
    total = len(frame)
    basis = int((frame["date_basis"] == "published").sum())
    if basis:
        found.append(
            f"The date of {_part(basis, total)} is the day of publication, because the article gives no other."
        )
    countries = int((frame["actor_country"].isna() | frame["target_country"].isna()).sum())
    if countries:
        found.append(f"{_part(countries, total).capitalize()} have no country on one side or both.")
    years = frame["date"].dt.year
    silent = int(years.max() - years.min() + 1 - years.nunique())
    if silent:
        found.append(f"{silent:,} of the years between the first and the last event have no events at all.")
    return found


def _of_coders(contents: Contents) -> list[str]:
    frame, machines = contents.events, contents.machines
    found: list[str] = []
    by_machine = int(frame["coder"].isin(machines).sum())
    if by_machine == len(frame):
        found.append("Every row was coded by machine; no coding by a person is among them.")
    elif by_machine:
        found.append(f"{_part(by_machine, len(frame)).capitalize()} were coded by machine.")
    if contents.agreement is None:
        coders_of = frame.groupby("article_id")["coder"].nunique()
        if len(contents.coders) == 1:
            found.append("There is one coder only, so agreement between coders cannot be measured.")
        elif not (coders_of > 1).any():
            found.append("No article was coded by two coders, so agreement between coders cannot be measured.")
        else:
            found.append("Agreement between the coders was not measured for this release.")
    return found


def _part(some: int, total: int) -> str:
    return f"{some:,} of {total:,} rows ({some / total:.1%})"
