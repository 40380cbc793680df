"""The linear model: what it learns, what its file holds, which files are refused, and training on coded rows."""

from __future__ import annotations

import io
import pickle
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.coder.code import code
from whodid.coder.decide import shipped_linear
from whodid.coder.encoder import Encoder, WordPieces, mark_parties
from whodid.coder.fit import best_code, cross_validate, fit, held
from whodid.coder.linear import load_linear
from whodid.coder.train import marked_rows, train
from whodid.coder.training import Marked, digest, examples_of
from whodid.errors import CoderError

CODES = ("190", "193", "040", "042", None)


def sentences() -> tuple[list[Marked], list[dict[str, float] | None]]:
    words = {"190": "attack", "193": "shoot", "040": "talk", "042": "visit", None: "play"}
    marked = [Marked(f"{n}", ((0, 1),), ((0, 1),), CODES[n % 5]) for n in range(60)]
    return marked, [{"always": 1.0, f"top {words[m.action]}": 1.0, f"near {n % 7}": 0.3} for n, m in enumerate(marked)]


def test_a_model_learns_roots_codes_and_what_is_no_event() -> None:
    model = fit(*sentences())
    assert model.roots.labels == ("04", "19", "none")
    for word, expected in (("attack", "190"), ("shoot", "193"), ("talk", "040"), ("play", "none")):
        odds = model.probabilities({"always": 1.0, f"top {word}": 1.0})
        assert max(odds, key=lambda c: odds[c]) == expected
        assert sum(odds.values()) == pytest.approx(1.0, abs=0.02)
    assert model.evidence({"always": 1.0, "top shoot": 1.0}, "193")[0][0] == "top shoot"
    assert best_code(model.probabilities({"top play": 1.0})) != "none"


def test_a_saved_model_says_the_same_and_has_the_same_bytes(tmp_path: Path) -> None:
    model = fit(*sentences())
    for name in ("a.npz", "b.npz"):
        fit(*sentences()).save(tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    read = load_linear(tmp_path / "a.npz")
    assert read.name.startswith("linear@")
    assert read.trained_on == digest(sentences()[0])
    seen = {"always": 1.0, "top visit": 1.0}
    before, after = model.probabilities(seen), read.probabilities(seen)
    assert all(after[c] == pytest.approx(before[c], abs=0.02) for c in before)


def test_files_that_are_no_model_are_refused_and_run_nothing(tmp_path: Path) -> None:
    pickled = io.BytesIO()
    np.savez(pickled, format=np.array([object()]), allow_pickle=True)
    for name, data in (
        ("text.npz", b"no zip"),
        ("empty.npz", b""),
        ("pickle.npz", pickle.dumps({"a": 1})),
        ("objects.npz", pickled.getvalue()),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CoderError, match="Give a file that `whodid train` wrote"):
            load_linear(tmp_path / name)
    with pytest.raises(CoderError, match="cannot be read"):
        load_linear(tmp_path / "missing.npz")


def test_one_root_alone_cannot_be_told_from_anything() -> None:
    with pytest.raises(CoderError, match="nothing to tell apart"):
        fit([Marked("a", ((0, 1),), ((0, 1),), "190")], [{"always": 1.0}])


def test_figures_are_those_worked_out_by_hand() -> None:
    found = held(["190", "193", "040", "120"], ["190", "190", "120", "120"])
    assert (found.sentences, found.root_accuracy, found.code_accuracy) == (4, 0.75, 0.5)
    assert found.by_root == {"04": (1, 0.0), "12": (1, pytest.approx(2 / 3)), "19": (2, 1.0)}
    assert found.root_macro_f1 == pytest.approx((0 + 2 / 3 + 1) / 3)


def test_sentences_held_out_are_not_learnt_from() -> None:
    marked, read = sentences()
    # Each sentence gets a word of its own, and labels without any rule: only learning by heart could be right.
    lone = [{"always": 1.0, f"only {n}": 1.0} for n in range(len(read))]
    assert cross_validate(marked, read, folds=4).code_accuracy == 1.0
    assert cross_validate(marked, lone, folds=4).code_accuracy < 0.5


def test_the_shipped_model_knows_todays_examples(codebook: Codebook) -> None:
    marked = [e for e in examples_of(codebook) if e.actor and e.target]
    assert shipped_linear().trained_on == digest(marked), "the examples changed: run `make model`"


def test_parties_are_marked_from_the_back_so_that_offsets_hold() -> None:
    assert mark_parties("France met Spain.", [(0, 6)], [(11, 16)]) == " # France #  met  * Spain * ."


def test_words_are_split_into_the_longest_known_pieces() -> None:
    pieces = WordPieces(["[UNK]", "[CLS]", "[SEP]", "attack", "##ed", "##e", "a", "."])
    assert pieces.ids("Attacked. Äa zz") == [1, 3, 4, 7, 0, 0, 2]
    assert pieces.ids("a " * 500)[-1] == 2
    assert len(pieces.ids("a " * 500)) == 96


def test_the_encoder_reads_a_sentence_alike_alone_and_in_a_batch() -> None:
    encoder = Encoder.load(Path(__file__).parents[2] / "toolkit" / "whodid" / "coder" / "models" / "encoder.npz")
    short, long = "# Iran # attacked * Iraq *", "# Iran # thanked * Iraq * for its long and patient help with the dam"
    alone, _ = encoder.probabilities([short])
    both, codes = encoder.probabilities([long, short])
    assert np.allclose(alone[0], both[1], atol=1e-4)
    assert [encoder.roots[i] for i in both.argmax(axis=1)] == ["05", "19"]
    assert np.allclose(codes.sum(axis=1), 1.0, atol=1e-4)


ARTICLES = [
    Article(article_id="a", text="France condemned Syria. Iran thanked Russia on Monday.", published=date(2020, 1, 8)),
    Article(article_id="b", text="Turkey bombed Syria. China praised Cuba.", published=date(2020, 1, 8)),
]


@pytest.mark.model
def test_a_model_trained_on_coded_rows_codes_and_signs_them(tmp_path: Path, codebook: Codebook) -> None:
    coded = code(ARTICLES, codebook=codebook)
    assert len(coded) >= 3
    trained = train(coded, ARTICLES, codebook=codebook, with_examples=False)
    assert (trained.rows, trained.examples, trained.held) == (len(coded), 0, None)
    trained.model.save(tmp_path / "lab.npz")
    model = load_linear(tmp_path / "lab.npz")
    again = code(ARTICLES, codebook=codebook, linear=model)
    assert set(again["coder"]) == {model.name}


@pytest.mark.model
def test_rows_that_do_not_fit_their_article_are_all_reported(codebook: Codebook) -> None:
    coded = code(ARTICLES, codebook=codebook)
    other = {"a": Article(article_id="a", text="Another text altogether, and longer.", published=date(2020, 1, 8))}
    with pytest.raises(CoderError) as caught:
        marked_rows(coded, other, lambda texts: [] if not texts else _docs(texts))
    assert {fault.rule for fault in caught.value.faults} == {"no-article", "wrong-offsets"}
    assert len(caught.value.faults) == len(coded)


def _docs(texts: list[str]) -> list[object]:
    from whodid.coder.parse import DEFAULT_MODEL, load_model, parse_texts

    return list(parse_texts(load_model(DEFAULT_MODEL), texts))
