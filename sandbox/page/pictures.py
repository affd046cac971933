"""Pictures: those of this workspace are shown, of others what they show is told."""

from typing import Any
from urllib.parse import urlsplit

from nicegui import ui

Json = dict[str, Any]

_HERE = ("127.0.0.1", "localhost")
_INLINE = ("data:image/png", "data:image/gif", "data:image/jpeg", "data:image/webp")


def address(part: Json) -> str:
    """Where a picture can be had without leaving this machine; nothing where it can't."""
    file = part.get("slack_file") or {}
    if file.get("id"):
        return f"/files/{file['id']}"
    wanted = str(part.get("image_url") or file.get("url") or "")
    split = urlsplit(wanted)
    if wanted.startswith(_INLINE):
        return wanted
    # A permalink of this workspace's, whatever port it has by now.
    return split.path if split.hostname in _HERE and split.path.startswith("/files/") else ""


def draw_picture(part: Json, size: str) -> None:
    """Draw a picture in one of the sizes `icon`, `thumb`, `wide` or `hero`."""
    told, source = str(part.get("alt_text", "")), address(part)
    if source:
        made = ui.element("img").classes(f"picture {size}").props("loading=lazy")
        made.props["src"], made.props["alt"] = source, told
        return
    # Nothing is fetched from elsewhere: what the picture shows is told.
    host = urlsplit(str(part.get("image_url") or "")).hostname or ""
    box = ui.element("span" if size == "icon" else "div").classes(f"picture away {size}")
    box.props("role=img")
    box.props["aria-label"] = told
    box.props["title"] = f"{told} ({host})" if host else told
    with box:
        ui.icon("image").props("aria-hidden=true")
        if size != "icon":
            ui.label(told).classes("told").props("aria-hidden=true")
        if size in ("wide", "hero") and host:
            ui.label(f"at {host}, not fetched here").classes("hint").props("aria-hidden=true")
