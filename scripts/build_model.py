"""Fit the linear model to the codebook's examples and write toolkit/whodid/coder/models/linear.npz.

Run it (`make model`, a few minutes) after the codebook's examples or patterns changed; a test fails while the model does
not know the examples. `--check` only compares. The figures that it prints belong into docs/accuracy.md.
"""

from __future__ import annotations

import sys

from whodid.codebook.load import load_codebook
from whodid.coder.decide import MODELS
from whodid.coder.fit import cross_validate, fit, read_features
from whodid.coder.linear import load_linear
from whodid.coder.parse import DEFAULT_MODEL, load_model
from whodid.coder.training import digest, examples_of

OUT = MODELS / "linear.npz"


def main() -> int:
    codebook = load_codebook()
    marked = [e for e in examples_of(codebook) if e.actor and e.target]
    if "--check" in sys.argv:
        is_fresh = load_linear(OUT).trained_on == digest(marked)
        print("up to date" if is_fresh else f"{OUT} does not know today's examples: run `make model`")
        return 0 if is_fresh else 1
    read = read_features(marked, codebook, load_model(DEFAULT_MODEL))
    fit(marked, read).save(OUT)
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes from {len(marked):,} sentences, {load_linear(OUT).name}")
    if "--figures" in sys.argv:
        held = cross_validate(marked, read)
        print(
            f"held out: root {held.root_accuracy:.1%}, macro F1 {held.root_macro_f1:.3f}, code {held.code_accuracy:.1%}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
