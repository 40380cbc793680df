"""The browser's side of a widget: an anywidget that shows what it is told, and hands on what people do."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

from whodid.errors import NotInstalledError


class Page:
    """A page in a notebook's output, of one kind (coding, adjudication). Loads anywidget, and nothing from the network.

    Raises NotInstalledError if anywidget is not there.
    """

    def __init__(self, kind: str) -> None:
        try:
            import anywidget
            import traitlets
        except ImportError as error:
            message = "The widget needs anywidget, which is not installed."
            fix = 'Install it with `pip install "whodid[notebook]"`, and restart the kernel.'
            raise NotInstalledError(message, fix=fix, rule="no-anywidget") from error
        here = files("whodid.annotation")
        script = "".join(here.joinpath(name).read_text(encoding="utf-8") for name in ("page.js", f"{kind}.js"))
        style = here.joinpath("page.css").read_text(encoding="utf-8")
        traits = {
            "_esm": traitlets.Unicode(script).tag(sync=True),
            "_css": traitlets.Unicode(style).tag(sync=True),
            "article": traitlets.Dict().tag(sync=True),
            "state": traitlets.Dict().tag(sync=True),
        }
        self.view: Any = type(f"{kind.title()}Page", (anywidget.AnyWidget,), traits)()

    def listen(self, hear: Callable[[dict[str, Any]], None]) -> None:
        """Call a function with each message that the page sends."""
        self.view.on_msg(lambda view, content, buffers: hear(content) if isinstance(content, dict) else None)

    def show(self, article: dict[str, Any], state: dict[str, Any]) -> None:
        """Give the page an article and a state; the article travels only when it is another one."""
        with self.view.hold_sync():
            self.view.article = article
            self.view.state = state

    def send(self, message: dict[str, Any]) -> None:
        """Send the page a message that is no part of its state."""
        self.view.send(message)

    def mimebundle(self, **options: Any) -> Any:
        """What a notebook shows."""
        return self.view._repr_mimebundle_(**options)
