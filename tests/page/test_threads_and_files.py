"""Threads, files, reactions and each kind of element, by hand on the page with an app in it."""

from typing import Any

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.page.people import picture
from tests.page.place import Place, looking

pytestmark = pytest.mark.page

WORDS = {"type": "plain_text", "text": "?"}


def message(page: Page, text: str) -> Locator:
    return page.get_by_test_id("message").filter(has_text=text)


async def test_a_reply_stands_beside_the_channel_and_is_counted_in_it(
    chromium: BrowserContext, place: Place
) -> None:
    await place.post("Case of the week")
    ben = await looking(chromium, place, "U0BEN")
    await message(ben, "Case of the week").get_by_test_id("replies").click()
    thread = ben.get_by_test_id("thread")
    await expect(thread.get_by_text("Case of the week")).to_be_visible()
    await ben.get_by_test_id("thread-composer").fill("I would wait")
    await ben.get_by_test_id("thread-composer").press("Enter")
    await expect(thread.get_by_text("I would wait")).to_be_visible()
    await ben.get_by_test_id("thread-composer").fill("/mentor help")
    await ben.get_by_test_id("thread-composer").press("Enter")
    await expect(thread.get_by_text("is not supported in threads")).to_be_visible()
    await picture(ben, "thread")

    eva = await looking(chromium, place, "U0EVA")
    await expect(message(eva, "Case of the week").get_by_text("1 reply")).to_be_visible()
    await expect(eva.get_by_text("I would wait")).to_have_count(0)
    await ben.get_by_test_id("thread-close").click()
    await expect(thread).to_have_count(0)


async def test_a_permalink_opens_the_page_at_the_thread(
    chromium: BrowserContext, place: Place
) -> None:
    said = await place.post("Case of the week")
    reply = await place.post("So then", thread_ts=said)
    channel = (await place.client.api_call("users.conversations"))["channels"][0]["id"]
    link = await place.client.chat_getPermalink(channel=channel, message_ts=reply)
    page = await chromium.new_page()
    await page.goto(str(link["permalink"]))
    await expect(page.get_by_test_id("thread").get_by_text("So then")).to_be_visible()


async def test_a_file_is_shown_by_name_and_can_be_had(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await looking(chromium, place, "U0BEN")
    sheet = {"name": "sheet.txt", "mimeType": "text/plain", "buffer": b"one, two"}
    async with ben.expect_file_chooser() as chooser:
        await ben.get_by_test_id("attach").click()
    await (await chooser.value).set_files(sheet)  # type: ignore[arg-type] # a FilePayload
    await expect(ben.get_by_test_id("staged")).to_contain_text("8 bytes")
    await ben.get_by_test_id("send").click()
    file = ben.get_by_test_id("file")
    await expect(file.get_by_text("sheet.txt", exact=True)).to_be_visible()
    async with ben.expect_download() as download:
        await file.get_by_text("Download").click()
    path = await (await download.value).path()
    assert path.read_bytes() == b"one, two"
    await picture(ben, "file")


async def test_a_reaction_is_put_and_taken_away(chromium: BrowserContext, place: Place) -> None:
    await place.post("Solved!")
    ben = await looking(chromium, place, "U0BEN")
    await message(ben, "Solved!").get_by_test_id("react").click()
    await ben.get_by_test_id("picker").get_by_label("Search emoji").fill("tada")
    await ben.get_by_test_id("picker").get_by_role("button", name="tada").click()
    reaction = message(ben, "Solved!").get_by_test_id("reaction")
    await expect(reaction).to_have_text("🎉 1")
    await reaction.click()
    await expect(reaction).to_have_count(0)


async def test_nothing_is_sent_until_the_question_before_it_is_answered(
    chromium: BrowserContext, place: Place
) -> None:
    confirm = {
        "title": {"type": "plain_text", "text": "Leave the circle?"},
        "text": {"type": "mrkdwn", "text": "The *others* are told."},
        "confirm": {"type": "plain_text", "text": "Leave it"},
        "deny": {"type": "plain_text", "text": "Stay"},
    }
    button = {
        "type": "button", "action_id": "leave", "value": "7", "confirm": confirm,
        "text": {"type": "plain_text", "text": "Leave"},
    }  # fmt: skip
    await place.post("Circle", blocks=[{"type": "actions", "elements": [button]}])
    ben = await looking(chromium, place, "U0BEN")
    await ben.get_by_role("button", name="Leave", exact=True).click()
    dialog = ben.get_by_test_id("confirm")
    await expect(dialog.get_by_text("The others are told.")).to_be_visible()
    await picture(ben, "confirm")
    await dialog.get_by_role("button", name="Stay").click()
    await expect(dialog).to_have_count(0)
    assert place.done == []
    await ben.get_by_role("button", name="Leave", exact=True).click()
    await dialog.get_by_role("button", name="Leave it").click()
    assert (await place.heard(1))["value"] == "7"


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value.title()}, "value": value}


ELEMENTS: list[dict[str, Any]] = [
    {"type": "datepicker", "action_id": "day", "placeholder": WORDS | {"text": "Day"}},
    {"type": "timepicker", "action_id": "hour", "placeholder": WORDS | {"text": "Hour"}},
    {"type": "datetimepicker", "action_id": "at"},
    {"type": "radio_buttons", "action_id": "one", "options": [option("weekly"), option("daily")]},
    {"type": "checkboxes", "action_id": "some", "options": [option("red"), option("blue")]},
    {"type": "overflow", "action_id": "more", "options": [option("archive")]},
    {
        "type": "static_select", "action_id": "topic", "placeholder": WORDS | {"text": "Topic"},
        "option_groups": [{"label": WORDS | {"text": "Care"}, "options": [option("pain")]}],
    },
    {"type": "users_select", "action_id": "who", "placeholder": WORDS | {"text": "Who"}},
    {
        "type": "conversations_select", "action_id": "where",
        "placeholder": WORDS | {"text": "Where"},
    },
]  # fmt: skip


async def test_each_kind_of_element_in_a_message_tells_what_was_picked(
    chromium: BrowserContext, place: Place
) -> None:
    await place.post("Pick", blocks=[{"type": "actions", "elements": ELEMENTS}])
    ben = await looking(chromium, place, "U0BEN")
    await ben.get_by_label("Day").fill("2026-12-01")
    await ben.get_by_label("Day").blur()
    assert (await place.heard(1))["selected_date"] == "2026-12-01"
    await ben.get_by_label("Hour").fill("09:30")
    await ben.get_by_label("Hour").blur()
    assert (await place.heard(2))["selected_time"] == "09:30"
    await ben.get_by_label("Date and time").fill("2026-12-01T09:30")
    await ben.get_by_label("Date and time").blur()
    assert (await place.heard(3))["selected_date_time"] == 1796135400
    await ben.get_by_text("Weekly").click()
    assert (await place.heard(4))["selected_option"]["value"] == "weekly"
    await ben.get_by_text("Blue").click()
    picked = await place.heard(5)
    assert [each["value"] for each in picked["selected_options"]] == ["blue"]
    await ben.get_by_label("More actions").click()
    await ben.get_by_text("Archive").click()
    assert (await place.heard(6))["selected_option"]["value"] == "archive"
    await picture(ben, "elements")
    for number, (label, name, field, value) in enumerate(
        (
            ("Topic", "Pain", "selected_option", option("pain")),
            ("Who", "Eva Lindqvist", "selected_user", "U0EVA"),
            ("Where", "# general", "selected_conversation", None),
        ),
        7,
    ):
        await ben.get_by_label(label).click()
        await ben.get_by_role("option", name=name).click()
        picked = await place.heard(number)
        assert picked[field] == value or value is None
    values = place.done[-1]["state"]["values"]
    (state,) = values.values()
    assert state["day"]["selected_date"] == "2026-12-01"
    assert state["one"]["selected_option"]["value"] == "weekly"
    assert "more" not in state
