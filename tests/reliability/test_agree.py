"""Agreement: known error rates come back, libraries agree, and where there is no answer a sentence says so."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

import whodid as wd
from event_samples import make_events
from known_coders import ACTIONS, Expected, Rates, coded_by
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, UsageError
from whodid.reliability.agree import ALL, MATCHED, STATISTICS, Agreement, agree
from whodid.reliability.undefined import NO_UNITS, ONE_CATEGORY

CODERS = {
    "anna": Rates(missed=0.10, extra=0.05, action=0.15, actor=0.04, target=0.06, date=0.05),
    "ben": Rates(missed=0.20, extra=0.10, action=0.25, actor=0.08, target=0.05, date=0.10),
    "carla": Rates(missed=0.05, extra=0.20, action=0.10, actor=0.02, target=0.10, date=0.03),
}
PAIRS = list(combinations(CODERS, 2))
NOT_KNOWN = (
    "It is not known who judged which article: a coder counts as having judged those in which a row is theirs. "
    "Articles in which a coder found nothing are missing."
)


def _everyone_judged_all(articles: int) -> pd.DataFrame:
    ids = [f"article-{n:05d}" for n in range(articles)]
    return pd.DataFrame([(name, article) for name in CODERS for article in ids], columns=["coder", "article_id"])


@cache
def _known() -> Agreement:
    tables = coded_by(CODERS, 300, seed=11)
    return agree(tables.values(), load_codebook(), judged=_everyone_judged_all(300))


def _expected(one: str, other: str) -> Expected:
    book = load_codebook()
    classes = {action[:2]: book.quad_class(action) for action in ACTIONS}
    return Expected.of(CODERS[one], CODERS[other], classes)


def _line(
    found: Agreement, part: str, level: str, statistic: str, units: str = ALL, pair: tuple[str, str] | None = None
) -> pd.Series:
    own = found.scores[(found.scores["part"] == part) & (found.scores["level"] == level)]
    own = own[(own["statistic"] == statistic) & (own["units"] == units)]
    own = own[own["coder"].isna()] if pair is None else own[(own["coder"] == pair[0]) & (own["other"] == pair[1])]
    [line] = own.to_dict("records")
    return line


@pytest.mark.parametrize("units", [ALL, MATCHED])
@pytest.mark.parametrize("pair", PAIRS)
def test_known_error_rates_come_back_as_percent_agreement(pair: tuple[str, str], units: str) -> None:
    expected = _expected(*pair)
    rates = expected.all if units == ALL else expected.matched
    lines = {key: _line(_known(), *key, "percent_agreement", units, pair) for key in rates}
    outside = {
        key: (rates[key], line["low"], line["high"])
        for key, line in lines.items()
        if not line["low"] <= rates[key] <= line["high"]
    }
    # Of 14 intervals of 95 %, which hang together, one may miss; all values must be near.
    assert len(outside) <= 1, outside
    assert max(abs(rates[key] - line["value"]) for key, line in lines.items()) < 0.04


@pytest.mark.parametrize("pair", PAIRS)
def test_known_error_rates_come_back_in_every_statistic_of_the_action(pair: tuple[str, str]) -> None:
    """Codes are drawn evenly, so chance agreement follows from how many there are and how often an event is lacking."""
    expected = _expected(*pair)
    n = len(ACTIONS)
    lacking = expected.lacking
    mean = sum(lacking) / 2
    chance = {
        (ALL, "cohen_kappa"): lacking[0] * lacking[1] + (1 - lacking[0]) * (1 - lacking[1]) / n,
        (ALL, "fleiss_kappa"): mean**2 + (1 - mean) ** 2 / n,
        (ALL, "gwet_ac1"): (1 - mean**2 - (1 - mean) ** 2 / n) / n,
        (MATCHED, "cohen_kappa"): 1 / n,
        (MATCHED, "fleiss_kappa"): 1 / n,
        (MATCHED, "gwet_ac1"): (1 - 1 / n) / (n - 1),
    }
    chance |= {(units, "krippendorff_alpha"): chance[units, "fleiss_kappa"] for units in (ALL, MATCHED)}
    for (units, statistic), by_chance in chance.items():
        observed = (expected.all if units == ALL else expected.matched)["action", "code"]
        line = _line(_known(), "action", "code", statistic, units, pair)
        assert line["low"] <= (observed - by_chance) / (1 - by_chance) <= line["high"], (units, statistic)


@pytest.mark.parametrize("pair", PAIRS)
def test_how_many_events_a_pair_has_in_common_comes_back(pair: tuple[str, str]) -> None:
    found = _known().found
    [line] = found[(found["coder"] == pair[0]) & (found["other"] == pair[1])].to_dict("records")
    assert line["low"] <= _expected(*pair).f1 <= line["high"]
    assert line["n_articles"] == 300


def test_each_coders_own_error_rate_follows_from_three_pairs() -> None:
    """Matched agreement of a pair is about (1 - a)(1 - b): three pairs give a, b and c back."""
    agreed = {pair: _line(_known(), "action", "code", "percent_agreement", MATCHED, pair)["value"] for pair in PAIRS}
    ab, ac, bc = (agreed[pair] for pair in PAIRS)
    found = {"anna": 1 - (ab * ac / bc) ** 0.5, "ben": 1 - (ab * bc / ac) ** 0.5, "carla": 1 - (ac * bc / ab) ** 0.5}
    assert found == pytest.approx({name: rates.action for name, rates in CODERS.items()}, abs=0.03)


def test_intervals_hold_the_truth_about_as_often_as_they_say(codebook: Codebook) -> None:
    """Twenty data sets of forty articles: 95 % intervals of alpha must hold the truth in 17 of them or more."""
    truth = _expected("anna", "ben").matched["action", "code"]
    inside = 0
    for seed in range(20):
        tables = coded_by({name: CODERS[name] for name in ("anna", "ben")}, 40, seed=100 + seed)
        line = _line(agree(tables.values(), codebook, resamples=200), "action", "code", "krippendorff_alpha", MATCHED)
        inside += line["low"] <= (truth - 1 / len(ACTIONS)) / (1 - 1 / len(ACTIONS)) <= line["high"]
    assert inside >= 17


def test_values_are_those_of_the_libraries_on_the_judgements_that_are_written() -> None:
    found = _known()
    wide = found.judgements().assign(action=lambda table: table["action"].fillna("none"))
    wide = wide.pivot(index="unit", columns="coder", values="action")
    numbers = np.stack([pd.factorize(wide.to_numpy().ravel())[0].reshape(wide.shape)[:, n] for n in range(3)])
    theirs = krippendorff.alpha(numbers, level_of_measurement="nominal")
    assert _line(found, "action", "code", "krippendorff_alpha")["value"] == pytest.approx(theirs, abs=5e-5)
    for one, other in PAIRS:
        pair = wide[(wide[one] != "none") | (wide[other] != "none")]
        kappa = _line(found, "action", "code", "cohen_kappa", ALL, (one, other))["value"]
        assert kappa == pytest.approx(cohen_kappa_score(pair[one], pair[other]), abs=5e-5)


def test_of_all_coders_kappa_is_the_mean_over_pairs() -> None:
    pairs = [_line(_known(), "action", "root", "cohen_kappa", MATCHED, pair)["value"] for pair in PAIRS]
    assert _line(_known(), "action", "root", "cohen_kappa", MATCHED)["value"] == pytest.approx(np.mean(pairs), abs=1e-4)


def test_articles_without_events_count_where_it_is_known_who_judged_them() -> None:
    line = _line(_known(), "article", "any event", "krippendorff_alpha")
    assert line["n_units"] == 300
    assert 0.2 < line["value"] < 1
    assert line["low"] <= line["value"] <= line["high"]
    assert _known().notes == ()


def test_order_of_tables_rows_and_names_of_coders_change_nothing(codebook: Codebook) -> None:
    tables = coded_by(CODERS, 30, seed=2)
    once = agree(tables.values(), codebook, resamples=50)
    mixed = pd.concat(list(tables.values())[::-1]).sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(agree(mixed, codebook, resamples=50).scores, once.scores)
    names = {"anna": "zoe", "ben": "ben", "carla": "adam"}
    other = agree(mixed.assign(coder=mixed["coder"].map(names)), codebook, resamples=50)
    pd.testing.assert_frame_equal(other.table(), once.table())
    pd.testing.assert_frame_equal(other.table("ben", "zoe"), once.table("anna", "ben"))


def test_the_seed_settles_the_intervals(codebook: Codebook) -> None:
    tables = list(coded_by(CODERS, 20, seed=3).values())
    once, twice, other = (agree(tables, codebook, resamples=40, seed=seed).scores for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(once, twice)
    assert not once["low"].equals(other["low"])
    assert once["value"].equals(other["value"])


def test_a_pair_is_scored_on_its_own_articles_and_events(codebook: Codebook) -> None:
    """What a third coder alone has found is no unit of the other two."""
    events = pd.concat([make_events(coder="anna"), make_events(coder="ben"), make_events(coder="carla", sentence=5)])
    far = {
        name: 500 + 10 * n
        for n, name in enumerate(
            ("actor_start", "actor_end", "action_start", "action_end", "target_start", "target_end")
        )
    }
    events.loc[events["coder"] == "carla", list(far)] = list(far.values())
    found = agree(events, codebook, resamples=0)
    assert _line(found, "action", "code", "percent_agreement", ALL, ("anna", "ben"))["value"] == 1.0
    assert _line(found, "action", "code", "percent_agreement", ALL, ("anna", "ben"))["n_units"] == 1
    assert _line(found, "action", "code", "percent_agreement", ALL, ("anna", "carla"))["value"] == 0.0
    assert _line(found, "action", "code", "percent_agreement")["n_units"] == 2


def test_confused_codes_come_commonest_first_with_their_share(codebook: Codebook) -> None:
    anna = make_events(coder="anna", action=["112", "112", "112", "190", "114"])
    ben = make_events(coder="ben", action=["111", "111", "112", "193", "114"])
    found = agree([anna, ben], codebook, resamples=0)
    first, second = found.most_confused().to_dict("records")
    assert (first["action"], first["other"], first["n"]) == ("111", "112", 2)
    assert first["share"] == pytest.approx(2 / 3)
    assert (first["action_label"], first["other_label"]) == (
        codebook.actions["111"].label,
        codebook.actions["112"].label,
    )
    assert (second["action"], second["other"], second["n"], second["share"]) == ("190", "193", 1, 1.0)
    assert found.confusion_table("code").loc["112", "111"] == found.confusion_table("code").loc["111", "112"] == 2
    assert found.confusion_table().loc["11", "11"] == 4


def test_a_lacking_event_is_in_the_confusion_table(codebook: Codebook) -> None:
    found = agree(
        [make_events(coder="anna", action=["112", "190"]), make_events(coder="ben").head(1)], codebook, resamples=0
    )
    table = found.confusion_table()
    assert table.loc["19", "no event"] == table.loc["no event", "19"] == 1
    assert table.loc["no event", "no event"] == 0
    assert found.disagreements["kind"].tolist() == ["same", "lacking", "same", "lacking"]


def test_the_machine_can_be_one_of_the_coders(codebook: Codebook) -> None:
    table = pd.concat([make_events(coder="anna"), make_events(coder="pattern@0.1.0", action="114")], ignore_index=True)
    found = agree(table, codebook, resamples=0)
    assert found.coders == ("anna", "pattern@0.1.0")
    assert _line(found, "action", "root", "percent_agreement")["value"] == 1.0
    assert _line(found, "action", "code", "percent_agreement")["value"] == 0.0


def test_adjudicated_rows_are_compared_only_if_asked_for(codebook: Codebook) -> None:
    table = pd.concat([make_events(coder=name) for name in ("anna", "ben", "adjudicated")], ignore_index=True)
    found = agree(table, codebook, resamples=0)
    assert found.coders == ("anna", "ben")
    assert (
        found.notes[0]
        == "Rows of adjudicated are left out: they are made from the others'. Name the coder to compare it."
    )
    assert agree(table, codebook, coders=["anna", "adjudicated"], resamples=0).coders == ("adjudicated", "anna")


# Where there is no answer.


def _no_values(found: Agreement, statistics: tuple[str, ...] = STATISTICS) -> set[str]:
    """The notes of the lines of some statistics, none of which may have a value."""
    own = found.scores[found.scores["statistic"].isin(statistics)]
    assert own["value"].isna().all()
    assert own["note"].notna().all()
    return set(own["note"])


def test_one_coder_is_said_to_be_too_few(codebook: Codebook) -> None:
    found = agree(make_events(coder="anna"), codebook)
    assert found.notes == ("There is only one coder, anna: agreement needs two or more.",)
    assert len(found.scores) == len(found.found) == 0
    assert found.table().empty
    assert list(found.table().columns) == ["part", "level", "n_units", *STATISTICS]


def test_no_rows_are_said_to_be_none(codebook: Codebook) -> None:
    found = agree(make_events().iloc[:0], codebook)
    assert found.notes == ("There are no codings, so there is nothing to compare.",)
    assert found.resampling.reason == "there are no rows"
    assert found.judgements().empty


def test_no_shared_article_is_said_and_no_value_is_given(codebook: Codebook) -> None:
    tables = [make_events(coder="anna", article_id="a"), make_events(coder="ben", article_id="b")]
    found = agree(tables, codebook)
    assert found.notes == (
        "No article was judged by two coders, so there is nothing to compare.",
        "2 rows were left out: no second coder judged the place.",
        NOT_KNOWN,
    )
    assert _no_values(found) == {NO_UNITS}
    assert found.found["f1"].isna().all()


def test_a_pair_without_shared_articles_is_named(codebook: Codebook) -> None:
    tables = [
        make_events(coder="anna", article_id=["a", "b"]),
        make_events(coder="ben", article_id="a"),
        make_events(coder="carla", article_id="b"),
    ]
    found = agree(tables, codebook)
    assert found.notes[0] == "ben and carla judged no article in common."
    assert np.isnan(_line(found, "action", "code", "krippendorff_alpha", ALL, ("ben", "carla"))["value"])
    assert _line(found, "action", "code", "percent_agreement", ALL, ("anna", "carla"))["n_units"] == 1


def test_one_category_is_said_and_only_percent_has_a_value(codebook: Codebook) -> None:
    found = agree([make_events(coder=name, article_id=["a", "b"]) for name in ("anna", "ben")], codebook)
    assert (found.scores.loc[found.scores["statistic"] == "percent_agreement", "value"] == 1.0).all()
    assert _no_values(found, STATISTICS[1:]) == {ONE_CATEGORY}
    assert ONE_CATEGORY == "All judgements are the same: with one category there is no chance agreement to correct for."


def test_articles_in_which_nobody_found_anything_have_no_codes_to_compare(codebook: Codebook) -> None:
    judged = pd.DataFrame({"coder": ["anna", "ben"], "article_id": ["a", "a"]})
    found = agree(make_events().iloc[:0], codebook, judged=judged)
    assert found.notes == (
        "No coder found an event in the articles that two or more judged, so no codes can be compared.",
    )
    assert _line(found, "article", "any event", "percent_agreement")["value"] == 1.0
    assert _line(found, "action", "code", "percent_agreement")["note"] == NO_UNITS


def test_no_matched_event_leaves_the_codes_without_an_answer(codebook: Codebook) -> None:
    far = {"actor_start": 90, "actor_end": 99, "action_start": 100, "action_end": 107, "target_start": 110}
    tables = [make_events(coder="anna"), make_events(coder="ben", sentence=7, target_end=114, actor="FRA", **far)]
    found = agree(tables, codebook)
    assert _line(found, "action", "code", "percent_agreement", ALL)["value"] == 0.0
    assert _line(found, "action", "code", "percent_agreement", MATCHED)["note"] == NO_UNITS
    assert found.found["f1"].tolist() == [0.0, 0.0]


def test_too_few_resamples_with_a_value_give_no_interval(codebook: Codebook) -> None:
    """Only a resample with both of two articles out of eight has two categories: about 41 % of them."""
    tables = [make_events(coder=name, article_id=["a", "b"], action=["112", "114"]) for name in ("anna", "ben")]
    judged = pd.DataFrame(
        [(name, f"empty-{n}") for name in ("anna", "ben") for n in range(6)], columns=["coder", "article_id"]
    )
    found = agree(tables, codebook, judged=judged, resamples=400)
    line = _line(found, "action", "code", "fleiss_kappa")
    assert line["value"] == 1.0
    assert np.isnan(line["low"])
    assert line["note"] == "Fewer than half of the resamples have a value, so there is no interval."
    assert _line(found, "action", "code", "percent_agreement")["low"] == 1.0


def test_a_single_article_is_resampled_by_sentence(codebook: Codebook) -> None:
    tables = [
        make_events(coder=name, action=actions)
        for name, actions in (("anna", ["112", "114", "190"]), ("ben", ["112", "111", "190"]))
    ]
    found = agree(tables, codebook)
    assert (found.resampling.unit, found.resampling.n_units) == ("sentences", 3)
    line = _line(found, "action", "code", "percent_agreement")
    assert (line["low"], line["high"]) == (0.0, 1.0)
    assert np.isnan(_line(found, "article", "any event", "percent_agreement")["low"])


def test_no_resamples_give_no_intervals(codebook: Codebook) -> None:
    found = agree(coded_by(CODERS, 5, seed=1).values(), codebook, resamples=0)
    assert found.scores["low"].isna().all()
    assert found.resampling.reason == "none were asked for"


def test_rows_that_two_files_have_count_once(codebook: Codebook) -> None:
    anna, ben = make_events(coder="anna", action=["112", "114"]), make_events(coder="ben", action=["112", "114"])
    found = agree([anna, ben, anna], codebook, resamples=0)
    assert found.notes[0] == "2 rows were left out that the tables have twice (the same event_id)."
    assert len(found.units.events) == 4


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"coders": ["anna", "eva"]}, "'eva' has coded nothing here. The coders are anna."),
        ({"resamples": -1}, "-1 resamples cannot be drawn. Give --resamples 1000, or 0 for no intervals."),
        ({"seed": -1}, "-1 cannot seed the random numbers. Give --seed 0 or more."),
        ({"judged": pd.DataFrame({"coder": ["anna"]})},
         "column 'article_id': The table of judged articles has no column 'article_id'. Give it the columns coder and "
         "article_id, one line for each article that a coder judged."),
    ],
)  # fmt: skip
def test_options_that_make_no_sense_are_sentences(
    options: dict[str, object], sentence: str, codebook: Codebook
) -> None:
    with pytest.raises(UsageError) as caught:
        agree(make_events(coder="anna"), codebook, **options)  # type: ignore[arg-type]
    assert str(caught.value) == sentence


def test_no_table_at_all_is_a_sentence(codebook: Codebook) -> None:
    with pytest.raises(UsageError, match=r"There is no event table\. Give one or more\."):
        wd.agree([], codebook)


def test_a_table_without_the_coder_is_refused(codebook: Codebook) -> None:
    with pytest.raises(EventTableError, match=r"The column 'coder' is missing\. Add it\."):
        wd.agree(make_events().drop(columns="coder"), codebook)


def test_enriched_tables_are_welcome(codebook: Codebook) -> None:
    table = pd.concat([make_events(coder="anna"), make_events(coder="ben")], ignore_index=True)
    assert len(wd.agree(wd.enrich(table, codebook), codebook, resamples=0).scores)
