"""Data Docs: what Great Expectations found in an event file, as static pages that need no server and no clock."""

from __future__ import annotations

import html
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from whodid.atomic import write_text
from whodid.checks.expectations import Checked, check_expectations
from whodid.codebook.model import Codebook
from whodid.errors import OutputError
from whodid.events.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult

PAGES = ("index.html", "validation.html", "expectations.html")
_RUN_INFO = "Run Info"


@dataclass(frozen=True, slots=True)
class DataDocs:
    """The pages that were written, and how many expectations were met of those evaluated."""

    pages: tuple[Path, ...]
    met: int
    evaluated: int

    @property
    def is_met(self) -> bool:
        """True if every expectation was met."""
        return self.met == self.evaluated


def build_data_docs(parquet_path: Path | str, codebook: Codebook, out_dir: Path | str) -> DataDocs:
    """Run the expectations on a file of events and write three pages to out_dir: overview, results, expectations.

    The same file, codebook and version of Great Expectations give the same bytes, wherever the file lies and whenever
    they are built. Nothing is loaded from elsewhere: no script, font or picture. Raises EventTableError if the file
    cannot be read at all, OutputError if the pages cannot be written.
    """
    return write_data_docs(check_expectations(parquet_path, codebook), Path(parquet_path), codebook, out_dir)


def write_data_docs(checked: Checked, events: Path, codebook: Codebook, out_dir: Path | str) -> DataDocs:
    """The pages of a check that was run already; events is the file that it was run on."""
    folder = Path(out_dir)
    if folder.exists() and not folder.is_dir():
        raise OutputError("The folder for the pages is a file.", fix="Give another.", path=folder, rule="cannot-write")
    facts = {
        "file": events.name,
        "rows": checked.rows,
        "codebook": codebook.label,
        "codebook_hash": codebook.hash[:16],
        "schema": SCHEMA_VERSION,
        "tool": f"Great Expectations {import_module('great_expectations').__version__}",
    }
    statistics = checked.result.statistics
    met, evaluated = int(statistics["successful_expectations"]), int(statistics["evaluated_expectations"])
    shell = {"facts": facts, "is_met": checked.is_met, "met": met, "evaluated": evaluated}
    texts = {
        "index.html": _overview(checked, shell),
        "validation.html": _page(_results_document(checked.result), shell, "Results", "validation.html"),
        "expectations.html": _page(_suite_document(checked), shell, "Expectations", "expectations.html"),
    }
    for name in PAGES:
        write_text(folder / name, texts[name])
    return DataDocs(tuple(folder / name for name in PAGES), met, evaluated)


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("whodid", "checks"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def _overview(checked: Checked, shell: dict[str, Any]) -> str:
    columns: dict[str, list[Any]] = {}
    for one in checked.result.results:
        kwargs = one.expectation_config.kwargs if one.expectation_config else {}
        columns.setdefault(str(kwargs.get("column", "the table")), []).append(one)
    rows = [
        {"name": name, "expectations": len(ones), "met": sum(bool(one.success) for one in ones)}
        for name, ones in columns.items()
    ]
    template = _environment().get_template("data_docs.html.j2")
    return template.render(**shell, title="Overview", current="index.html", columns=rows, failures=checked.failures())


def _results_document(result: ExpectationSuiteValidationResult) -> Any:
    renderers: Any = import_module("great_expectations.render.renderer")
    # The run's own facts are its time, random ids and the absolute path of the file: none of them is the data's.
    result.meta = {}
    document = renderers.ValidationResultsPageRenderer(run_info_at_end=True).render(result)
    document.sections = [section for section in document.sections if section.section_name != _RUN_INFO]
    overview = document.sections[0]
    # Its header repeats ours, with a link to where the library would have put the suite.
    overview.content_blocks = overview.content_blocks[1:]
    return document


def _suite_document(checked: Checked) -> Any:
    renderers: Any = import_module("great_expectations.render.renderer")
    document = renderers.ExpectationSuitePageRenderer().render(checked.suite)
    # Of its first section, which tells how to edit a suite in a project, only the rules of the whole table stay.
    overview = document.sections[0]
    overview.content_blocks = [block for block in overview.content_blocks if _is_list_of_rules(block)]
    overview.section_name = "The whole table"
    return document


def _is_list_of_rules(block: Any) -> bool:
    return getattr(block, "content_block_type", None) == "bullet_list"


def _escaped(block: Any) -> Any:
    if isinstance(block, list):
        return [_escaped(part) for part in block]
    return html.escape(block) if isinstance(block, str) else block


def _page(document: Any, shell: dict[str, Any], title: str, current: str) -> str:
    """A page of the library's own rendering, in our frame: its templates for the blocks, ours around them."""
    views: Any = import_module("great_expectations.render.view")
    numbers = iter(range(1, 1_000_000))

    class View(views.DefaultJinjaPageView):  # type: ignore[misc]
        """Elements are numbered in their order, where the library gives them random ids."""

        _template = "data_docs.html.j2"

        def generate_html_element_uuid(self, prefix: str | None = None) -> str:
            return f"{prefix or ''}{next(numbers)}"

        @jinja2.pass_context
        def render_content_block(self, context: Any, block: Any, *rest: Any, **options: Any) -> Any:
            # The library writes plain text, which here comes from data, into the page as it is.
            return super().render_content_block(context, _escaped(block), *rest, **options)

    view: Any = View()
    theirs = view.env.loader
    view.env.loader = jinja2.ChoiceLoader([jinja2.PackageLoader("whodid", "checks"), theirs])
    text = str(view.render(document, **shell, title=title, current=current))
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"
