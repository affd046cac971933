"""Notes below a question while it is typed: one update of a form at a time, each on the last one.

Every few signs Slack tells what stands in the field. Nothing is stored of it, and an update is only
made where other notes are to be shown.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.views.blocks import Block
from bot.views.notes import reading

FORMS_AT_MOST = 1000  # that are known at the same time; the longest untouched are forgotten


class Glances:
    """What is known of the forms that are open."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, _Form] = OrderedDict()

    async def show(
        self,
        client: AsyncWebClient,
        view: Block,
        find: Callable[[], Awaitable[reading.Page]],
    ) -> None:
        """Show the notes that `find` gives, unless more has been typed meanwhile.

        Raises SlackApiError("hash_conflict") where the form is another one by now.
        """
        form = self._forms.setdefault(view["id"], _Form())
        self._forms.move_to_end(view["id"])
        if len(self._forms) > FORMS_AT_MOST:
            self._forms.popitem(last=False)
        form.newest += 1
        mine = form.newest
        async with form.turn:
            if mine == form.newest:
                await form.update(client, view, await find())


class _Form:
    """One form: whose turn it is to change it, and what became of it by our own changes."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.newest = 0
        # What the form was before our last change of it -> what it is since.
        self._followed: dict[str, Any] = {}
        self._shown: list[str] = []

    async def update(self, client: AsyncWebClient, view: Block, page: reading.Page) -> None:
        made = reading.with_notes(view, page)
        shown, earlier = reading.shown_in(made), view["hash"]
        # What was typed before Slack heard of our last change still names the form before it.
        late = earlier in self._followed
        if shown == (self._shown if late else reading.shown_in(view)):
            return
        stands = self._followed.get(earlier, earlier)
        answer = await client.views_update(view_id=view["id"], hash=stands, view=made)
        self._shown = shown
        before = (*self._followed, earlier, stands)
        self._followed = dict.fromkeys(before, answer["view"]["hash"])
