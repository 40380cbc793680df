"""whodid: who did what to whom, and when. Articles in, validated event data out, against a CAMEO-style codebook.

    import whodid as wd
    events = wd.code(wd.read_articles("data/raw"))

Names are loaded when they are first used, so that `import whodid` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from whodid.annotation.adjudicate import Adjudication, adjudicate, write_adjudication
    from whodid.annotation.assign import assign, assignment_status
    from whodid.annotation.assignment_files import assigned_to, read_assignment, write_assignment
    from whodid.annotation.codings import Codings, read_codings, write_codings
    from whodid.annotation.decisions import Decision
    from whodid.annotation.exchange.read import import_annotations
    from whodid.annotation.exchange.write import export_annotations
    from whodid.annotation.judged import read_judged
    from whodid.annotation.sheets.make import make_sheet
    from whodid.annotation.sheets.read import read_sheet
    from whodid.annotation.widget import AdjudicationWidget, CodingWidget
    from whodid.articles.model import Article, ArticleSet, Refused
    from whodid.articles.read import read_articles
    from whodid.checks.data_docs import build_data_docs
    from whodid.checks.engine import validate
    from whodid.codebook.check import check_codebook
    from whodid.codebook.load import load_codebook
    from whodid.codebook.model import Codebook
    from whodid.codebook.side_by_side import side_by_side
    from whodid.coder.code import code
    from whodid.coder.explain import explain
    from whodid.coder.explain_html import explain_html
    from whodid.coder.explain_json import explain_json
    from whodid.coder.explanation import Explanation, explain_articles
    from whodid.coder.linear import load_linear
    from whodid.coder.suggest import suggest
    from whodid.coder.train import train
    from whodid.errors import Fault, WhodidError
    from whodid.events.enrich import enrich
    from whodid.events.files import read_events, write_events
    from whodid.events.model import event_table_model, imported_table_model
    from whodid.events.one_a_day import one_a_day
    from whodid.interop.convert import convert
    from whodid.interop.write import convert_to_file
    from whodid.release.build import release
    from whodid.release.dataset import Dataset
    from whodid.release.diff import diff
    from whodid.release.verify import verify
    from whodid.reliability.agree import agree
    from whodid.reliability.evaluate import evaluate
    from whodid.summary.aggregate import aggregate, write_aggregate
    from whodid.summary.agreement_report import write_agreement
    from whodid.summary.report import summarize

_HOME = {
    "import_annotations": "whodid.annotation.exchange.read",
    "export_annotations": "whodid.annotation.exchange.write",
    "make_sheet": "whodid.annotation.sheets.make",
    "read_sheet": "whodid.annotation.sheets.read",
    "Adjudication": "whodid.annotation.adjudicate",
    "adjudicate": "whodid.annotation.adjudicate",
    "write_adjudication": "whodid.annotation.adjudicate",
    "Codings": "whodid.annotation.codings",
    "read_codings": "whodid.annotation.codings",
    "write_codings": "whodid.annotation.codings",
    "AdjudicationWidget": "whodid.annotation.widget",
    "CodingWidget": "whodid.annotation.widget",
    "assign": "whodid.annotation.assign",
    "assignment_status": "whodid.annotation.assign",
    "assigned_to": "whodid.annotation.assignment_files",
    "read_assignment": "whodid.annotation.assignment_files",
    "write_assignment": "whodid.annotation.assignment_files",
    "Decision": "whodid.annotation.decisions",
    "Article": "whodid.articles.model",
    "ArticleSet": "whodid.articles.model",
    "Refused": "whodid.articles.model",
    "read_articles": "whodid.articles.read",
    "build_data_docs": "whodid.checks.data_docs",
    "validate": "whodid.checks.engine",
    "check_codebook": "whodid.codebook.check",
    "load_codebook": "whodid.codebook.load",
    "Codebook": "whodid.codebook.model",
    "side_by_side": "whodid.codebook.side_by_side",
    "code": "whodid.coder.code",
    "explain": "whodid.coder.explain",
    "explain_html": "whodid.coder.explain_html",
    "explain_json": "whodid.coder.explain_json",
    "Explanation": "whodid.coder.explanation",
    "explain_articles": "whodid.coder.explanation",
    "load_linear": "whodid.coder.linear",
    "suggest": "whodid.coder.suggest",
    "train": "whodid.coder.train",
    "Fault": "whodid.errors",
    "WhodidError": "whodid.errors",
    "enrich": "whodid.events.enrich",
    "read_events": "whodid.events.files",
    "write_events": "whodid.events.files",
    "event_table_model": "whodid.events.model",
    "aggregate": "whodid.summary.aggregate",
    "agree": "whodid.reliability.agree",
    "convert": "whodid.interop.convert",
    "convert_to_file": "whodid.interop.write",
    "evaluate": "whodid.reliability.evaluate",
    "imported_table_model": "whodid.events.model",
    "one_a_day": "whodid.events.one_a_day",
    "read_judged": "whodid.annotation.judged",
    "write_aggregate": "whodid.summary.aggregate",
    "write_agreement": "whodid.summary.agreement_report",
    "Dataset": "whodid.release.dataset",
    "diff": "whodid.release.diff",
    "release": "whodid.release.build",
    "verify": "whodid.release.verify",
    "summarize": "whodid.summary.report",
}

__all__ = [*sorted(_HOME), "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'whodid' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])


class _Package(ModuleType):
    """This package, in which a public name stays what it is: `wd.release` is the function, though a folder is called so.

    Python would put the folder in its place as soon as anything in it is imported; `from whodid.release.build import
    release` and the like find the folder all the same.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
