"""Where one writes: messages, commands, replies, files."""

from nicegui import events, ui

from sandbox.page.seat import HOME, Seat


def draw_composer(seat: Seat, *, thread: bool) -> ui.row:
    """Draw the line to write in, for the conversation or for the thread that is open."""
    features = seat.sandbox.manifest["features"]
    commands = features.get("slash_commands", [])
    hints = "; ".join(f"{each['command']} {each.get('usage_hint', '')}" for each in commands)
    label, test_id = ("Reply", "thread-composer") if thread else ("Message", "composer")
    with ui.row().classes("composer items-center no-wrap") as line:
        field = ui.input(placeholder="Reply…" if thread else f"A message, or {hints}")
        field.classes("flex-1").props(f'dense outlined aria-label="{label}" data-testid={test_id}')
        too = ui.checkbox("In the channel too").props("dense").classes("hint") if thread else None

        async def send() -> None:
            text, field.value = field.value.strip(), ""
            if text and seat.place != HOME:
                await _say(seat, text, thread=thread, broadcast=bool(too and too.value))

        field.on("keydown.enter", send)
        _draw_attach(seat, thread=thread)
        ui.button("Send", on_click=send, color=None).props(
            f"no-caps dense unelevated data-testid={'thread-send' if thread else 'send'}"
        ).classes("block-button primary")
    return line


async def _say(seat: Seat, text: str, *, thread: bool, broadcast: bool) -> None:
    first, _, rest = text.partition(" ")
    commands = seat.sandbox.manifest["features"].get("slash_commands", [])
    act, here = seat.sandbox.actions, seat.place
    thread_ts = seat.thread if thread else ""
    if first in [each["command"] for each in commands]:
        await seat.attempt(act.command(seat.user, here, first, rest, thread_ts=thread_ts))
    elif first.startswith("/"):
        ui.notify(f"{first} is not a command here")
    elif thread:
        await seat.attempt(act.reply(seat.user, here, thread_ts, text, broadcast=broadcast))
    else:
        await seat.attempt(act.post(seat.user, here, text))


def _draw_attach(seat: Seat, *, thread: bool) -> None:
    async def came(event: events.UploadEventArguments) -> None:
        content = await event.file.read()
        ts = seat.thread if thread else ""
        dialog.close()
        upload.reset()
        if seat.place != HOME:
            doing = seat.sandbox.actions.upload(
                seat.user, seat.place, event.file.name, content, ts=ts
            )
            await seat.attempt(doing)

    with ui.dialog() as dialog, ui.card():
        ui.label("A file to share here").classes("header")
        upload = ui.upload(on_upload=came, auto_upload=True, max_files=1)
    ui.button("Attach", on_click=dialog.open, color=None).props(
        f"no-caps dense unelevated data-testid={'thread-attach' if thread else 'attach'}"
    ).classes("block-button")
