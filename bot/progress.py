"""How far long work is, as a bar in a terminal."""

from collections.abc import Callable
from typing import TextIO

WIDTH = 30


def bar(to: TextIO) -> Callable[[int, int], None]:
    """A function that draws how much of all is done; it draws nothing where nobody looks on."""

    def draw(done: int, of_all: int) -> None:
        if not to.isatty():
            return
        share = done / of_all if of_all else 1.0
        end = "\n" if done >= of_all else ""
        to.write(f"\r[{'#' * round(share * WIDTH):<{WIDTH}}] {share:4.0%}{end}")
        to.flush()

    return draw
