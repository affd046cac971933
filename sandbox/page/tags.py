"""Plain HTML elements and the page's own components: lighter than ready-made ones, and many."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

Json = dict[str, Any]
Act = Callable[[], Any]  # or what is awaited

_JS = Path(__file__).parent / "js"


class Tag(TextElement):
    """One HTML element with words in it."""

    def __init__(self, tag: str, words: str = "", classes: str = "", **attributes: str) -> None:
        super().__init__(tag=tag, text=words)
        self.classes(classes)
        for name, value in attributes.items():
            self.props[name.strip("_").replace("_", "-")] = value


def button(words: str, act: Act, classes: str = "", **attributes: str) -> Tag:
    """A button; `aria_label="…"` and the like become its attributes."""
    made = Tag("button", words, classes, type="button", **attributes)

    def clicked(_event: GenericEventArguments) -> Any:
        return act()

    made.on("click", clicked, args=[])
    return made


class Places(ui.element, component=_JS / "places.js"):
    """The list of places; `go` hears which was chosen, `do` which of a section's buttons."""

    def __init__(
        self, go: Callable[[str], Awaitable[None]], do: Callable[[str], Awaitable[None]]
    ) -> None:
        super().__init__()
        self.props["sections"] = []
        self.on("go", lambda event: go(event.args))
        self.on("do", lambda event: do(event.args))

    def show(self, sections: list[Json]) -> None:
        """Show these."""
        self.props["sections"] = sections
        self.update()


class Scroll(ui.element, component=_JS / "stream.js"):
    """What scrolls, from its end or from its top."""

    def begin(self, label: str, where: str) -> None:
        """Begin anew at the `bottom` or `top`, as the region of this name."""
        self.props["label"], self.props["begins"] = label, where
        self.update()
        self.run_method(where)


class Theme(ui.element, component=_JS / "theme.js"):
    """The switch between dark and light."""


class Live(ui.element, component=_JS / "live.js"):
    """What a screen reader says by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.props["data-testid"] = "live"

    def say(self, words: str) -> None:
        """Say this as soon as there is a pause."""
        self.props["said"] = words
        self.update()


class Finder(ui.element, component=_JS / "finder.js"):
    """A list that is searched. `picked` hears the id of a thing and of what is to be done.

    Each of `items` has `id`, `name`, and may have `about`, `sign`, `kind`, `marks`, and `acts`
    with `id`, `label` and `look`. `picks`: one is chosen by Enter.
    """

    def __init__(
        self,
        label: str,
        picked: Callable[[str, str], Awaitable[None]],
        *,
        none: str,
        picks: bool = False,
    ) -> None:
        super().__init__()
        self.props["items"], self.props["label"], self.props["none"] = [], label, none
        self.props["picks"] = picks
        self.on("pick", lambda event: picked(*event.args))

    def show(self, items: list[Json]) -> None:
        """Show these."""
        if items != self.props["items"]:
            self.props["items"] = items
            self.update()


@contextmanager
def dialog(title: str, classes: str = "") -> Iterator[ui.dialog]:
    """A dialog with a heading and a way to close it; it is gone once it is closed."""
    with ui.context.client.content, ui.dialog() as made:
        made.props["aria-label"] = title
        made.on("hide", made.delete, args=[])
        with ui.element("div").classes(f"sheet {classes}"):
            with ui.element("div").classes("sheet-head"):
                Tag("h2", title)
                button("✕", made.close, "icon-button", aria_label="Close")
            yield made
    made.open()
