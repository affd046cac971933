"""Blocks and forms by hand with a plain app: menus that ask, stacks, errors, confirmations."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect
from slack_bolt.async_app import AsyncAck

from tests.page.gallery import MESSAGES
from tests.page.people import picture, says
from tests.page.place import Place, looking
from tests.sandbox.examples import BUTTON, ELEMENTS, MODAL, TEXT_FIELD, option, plain

pytestmark = pytest.mark.page

Json = dict[str, Any]


def field(name: str, kind: str, **more: Any) -> Json:
    element = {**ELEMENTS[kind], "action_id": name, **more.pop("element", {})}
    return {
        "type": "input", "block_id": name, "label": plain(name.title()), "element": element, **more,
    }  # fmt: skip


def form(*blocks: Json, **more: Any) -> Json:
    return {
        **MODAL, "submit": plain("Send"), "callback_id": "form", "blocks": list(blocks), **more,
    }  # fmt: skip


class Library:
    """What the app does: it opens a form, offers topics, and answers as it is told to."""

    def __init__(self, place: Place, *blocks: Json) -> None:
        self._client = place.client
        self.view = form(*blocks)
        self.asked: list[str] = []
        self.sent: list[Json] = []
        self.closed: list[Json] = []
        self.answer: Json = {}
        self.wait: asyncio.Event | None = None
        place.app.command("/mentor")(self.typed)
        place.app.options(re.compile(".*"))(self.offers)
        place.app.view("form")(self.submitted)
        place.app.view_closed(re.compile(".*"))(self.gone)

    async def typed(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        await self._client.views_open(trigger_id=body["trigger_id"], view=self.view)

    async def offers(self, ack: AsyncAck, body: Json) -> None:
        self.asked.append(body["value"])
        known = ["pain", "palliative care", "sleep"]
        await ack(options=[option(each) for each in known if body["value"] in each])

    async def submitted(self, ack: AsyncAck, body: Json) -> None:
        self.sent.append(body["view"]["state"]["values"])
        if self.wait:
            await self.wait.wait()
        await ack(**self.answer)

    async def gone(self, ack: AsyncAck, body: Json) -> None:
        self.closed.append(body)
        await ack()


async def focused(page: Page) -> str:
    """What a screen reader would say one is at."""
    told = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
    return str(await page.evaluate(told)).strip()


TOPIC = field("topic", "external_select", element={"min_query_length": 2})
TOPICS = field("topics", "multi_external_select", element={"min_query_length": 0}, optional=True)


async def test_a_menu_asks_the_app_for_what_it_offers(
    chromium: BrowserContext, place: Place
) -> None:
    app = Library(place, TOPIC, TOPICS)
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    modal = ben.get_by_test_id("modal")
    topic = modal.get_by_label("Topic", exact=True)
    await topic.click()
    await expect(ben.get_by_text("Type 2 characters or more.")).to_be_visible()
    await topic.press_sequentially("pa")
    await expect(ben.get_by_role("option")).to_have_text(["Pain", "Palliative Care"])
    assert set(app.asked) <= {"", "pa"}
    await picture(ben, "external-select")
    await ben.get_by_role("option", name="Palliative Care").click()
    await modal.get_by_label("Topics (optional)").click()
    for name in ("Pain", "Sleep"):
        await ben.get_by_role("option", name=name, exact=True).click()
    await ben.keyboard.press("Escape")
    await ben.get_by_test_id("modal-submit").click()
    await expect(modal).to_have_count(0)
    assert app.sent[-1]["topic"]["topic"]["selected_option"]["value"] == "palliative care"
    several = app.sent[-1]["topics"]["topics"]["selected_options"]
    assert [each["value"] for each in several] == ["pain", "sleep"]


GOAL = field("goal", "plain_text_input", element={"min_length": 5, "max_length": 40})
NOTES = field("notes", "plain_text_input", optional=True, hint=plain("For you alone"))


async def test_what_is_wrong_stands_at_its_field_and_one_is_put_there(
    chromium: BrowserContext, place: Place
) -> None:
    app = Library(place, NOTES, GOAL)
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    modal = ben.get_by_test_id("modal")
    notes, goal = modal.get_by_label("Notes (optional)"), modal.get_by_label("Goal")
    await expect(notes).to_be_focused()
    await expect(goal).to_have_attribute("aria-required", "true")
    await expect(notes).to_have_accessible_description("For you alone")
    await ben.get_by_test_id("modal-submit").click()
    await expect(goal).to_be_focused()
    await expect(goal).to_have_attribute("aria-invalid", "true")
    await expect(goal).to_have_accessible_description("Please complete this required field.")
    await goal.fill("four")
    await expect(modal.get_by_text("4 / 40")).to_be_visible()
    await goal.press("Enter")
    await expect(goal).to_have_accessible_description("Please enter at least 5 characters.")
    assert app.sent == []
    app.answer = {"response_action": "errors", "errors": {"goal": "Say it in other words."}}
    await goal.fill("A first grant")
    await goal.press("Enter")
    await expect(goal).to_have_accessible_description("Say it in other words.")
    await expect(goal).to_be_focused()
    await expect(goal).to_have_value("A first grant")
    await picture(ben, "field-error")


async def test_forms_lie_upon_one_another_and_are_left_one_by_one_or_all(
    chromium: BrowserContext, place: Place
) -> None:
    app = Library(place, NOTES, {"type": "actions", "elements": [BUTTON]})
    app.view |= {"notify_on_close": True}

    async def push(body: Json) -> None:
        above = form(GOAL, title=plain("Above"), callback_id="above", notify_on_close=True)
        await place.client.views_push(trigger_id=body["trigger_id"], view=above)

    place.then = push
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    modal = ben.get_by_test_id("modal")
    await modal.get_by_label("Notes (optional)").fill("kept")
    await modal.get_by_role("button", name="Go").click()
    await expect(modal.get_by_role("heading", name="Above")).to_be_visible()
    await expect(modal.get_by_text("form 2 of 2")).to_be_visible()
    await expect(modal.get_by_label("Goal")).to_be_focused()
    await ben.keyboard.press("Escape")
    await expect(modal.get_by_label("Notes (optional)")).to_have_value("kept")
    await modal.get_by_role("button", name="Go").click()
    await expect(modal.get_by_role("heading", name="Above")).to_be_visible()
    await modal.get_by_role("button", name="Dismiss all forms").click()
    await expect(modal).to_have_count(0)
    await expect(ben.get_by_test_id("composer")).to_be_focused()
    for _ in range(100):
        if len(app.closed) == 3:
            break
        await asyncio.sleep(0.05)
    assert [each["is_cleared"] for each in app.closed] == [False, True, True]


async def test_tab_stays_in_a_form(chromium: BrowserContext, place: Place) -> None:
    Library(place, NOTES, GOAL)
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    modal = ben.get_by_test_id("modal")
    await expect(modal.get_by_label("Notes (optional)")).to_be_focused()
    been = set()
    for _ in range(12):
        await ben.keyboard.press("Tab")
        been.add(await focused(ben))
        inside = "document.activeElement.closest('[data-testid=modal], .q-dialog') !== null"
        assert await ben.evaluate(inside)
    assert {"Notes (optional)", "Goal", "Close", "Send", "Dismiss"} <= been


async def test_an_app_that_is_silent_is_said_to_be_and_what_was_typed_stays(
    chromium: BrowserContext, place: Place
) -> None:
    app = Library(place, GOAL)
    app.wait = asyncio.Event()
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    modal, send = ben.get_by_test_id("modal"), ben.get_by_test_id("modal-submit")
    await modal.get_by_label("Goal").fill("A first grant")
    await send.click()
    await expect(send).to_have_attribute("aria-busy", "true")
    await expect(modal.get_by_role("alert")).to_have_text(
        "We had some trouble connecting. Try again?"
    )
    await expect(send).not_to_have_attribute("aria-busy", "true")
    await expect(modal.get_by_label("Goal")).to_have_value("A first grant")
    app.wait.set()
    await send.click()
    await expect(modal).to_have_count(0)


CONFIRM = {
    "title": plain("Delete it?"), "text": plain("It can't be undone."),
    "confirm": plain("Delete"), "deny": plain("Keep"), "style": "danger",
}  # fmt: skip


async def test_a_question_is_asked_first_and_escape_is_no(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await looking(chromium, place, "U0BEN")
    asks = {"type": "actions", "elements": [{**BUTTON, "confirm": CONFIRM}]}
    await place.post("Delete?", blocks=[asks])
    go, asked = ben.get_by_role("button", name="Go", exact=True), ben.get_by_test_id("confirm")
    await go.click()
    await expect(asked).to_have_accessible_name("Delete it?")
    await expect(asked).to_have_accessible_description("It can't be undone.")
    await expect(ben.get_by_role("button", name="Delete", exact=True)).to_be_focused()
    await picture(ben, "confirm")
    await ben.keyboard.press("Escape")
    await expect(asked).to_have_count(0)
    await go.click()
    await ben.get_by_role("button", name="Delete", exact=True).click()
    await place.heard(1)
    assert len(place.done) == 1


async def test_each_character_is_told_where_the_app_wants_it(
    chromium: BrowserContext, place: Place
) -> None:
    config = {"trigger_actions_on": ["on_character_entered"]}
    element = {**TEXT_FIELD, "dispatch_action_config": config}
    Library(place, {**GOAL, "element": element, "dispatch_action": True})
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    await ben.get_by_test_id("modal").get_by_label("Goal").press_sequentially("grant")
    told = [(await place.heard(1))["value"]]
    for _ in range(100):
        told = [each["actions"][0]["value"] for each in place.done]
        if told[-1] == "grant":
            break
        await asyncio.sleep(0.05)
    assert told[-1] == "grant"


async def test_a_file_is_put_into_a_form_and_taken_out_again(
    chromium: BrowserContext, place: Place
) -> None:
    app = Library(place, field("papers", "file_input", element={"filetypes": ["pdf"]}))
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    modal = ben.get_by_test_id("modal")
    for name in ("old.pdf", "cv.pdf"):
        await modal.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF"}
        )
        await expect(modal.get_by_text(f"{name}, 4 bytes")).to_be_visible()
    await modal.get_by_role("button", name="Take old.pdf out").click()
    await expect(modal.get_by_text("old.pdf, 4 bytes")).to_have_count(0)
    await ben.get_by_test_id("modal-submit").click()
    await expect(modal).to_have_count(0)
    (file,) = app.sent[-1]["papers"]["papers"]["files"]
    assert (file["name"], file["filetype"], file["size"]) == ("cv.pdf", "pdf", 4)


async def test_all_that_there_is_is_drawn(chromium: BrowserContext, place: Place) -> None:
    for number, blocks in enumerate(MESSAGES):
        await place.post(f"Gallery {number}", blocks=blocks)
    ben = await looking(chromium, place, "U0BEN")
    await expect(ben.get_by_test_id("message")).to_have_count(len(MESSAGES))
    await expect(ben.get_by_text("isn't known here")).to_have_count(0)
    await expect(ben.get_by_role("img", name="A harbour").first).to_be_visible()
    for title in ("Answers: Yes 3; No 1", "Questions a month (bar)", "Questions a month (area)"):
        await expect(ben.get_by_role("img", name=title)).to_be_visible()
    # Who can't see the blocks hears the message's text.
    first = ben.get_by_test_id("message").first.get_by_role("group").first
    await expect(first).to_have_accessible_description("Gallery 0")
    table = ben.get_by_role("table", name="Questions by person")
    rows = table.get_by_role("rowheader")
    await expect(rows).to_have_text(["Person 1", "Person 2", "Person 3"])
    await table.get_by_role("button", name="Asked").click()
    await expect(rows).to_have_text(["Person 8", "Person 5", "Person 2"])
    await ben.get_by_role("button", name="Next", exact=True).click()
    await expect(ben.get_by_text("Page 2 of 3")).to_be_visible()
    await expect(rows).to_have_text(["Person 7", "Person 4", "Person 1"])
    await picture(ben, "gallery")
