"""Forms, do-not-disturb, writing and a narrow window, by hand with a plain app in it."""

import re
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Locator, expect
from slack_bolt.async_app import AsyncAck

from tests.page.people import go, opened, picture, says
from tests.page.place import Place, looking
from tests.sandbox.test_elements import actions, button, option, words
from tests.sandbox.test_forms import TEXT, field, form

pytestmark = pytest.mark.page

Json = dict[str, Any]

KIND = field(
    "kind",
    {"type": "static_select", "options": [option("formal"), option("peer")]},
    dispatch_action=True,
)
PARTNER = field("partner", {"type": "users_select"}, optional=True)
TOPICS = field(
    "topics", {"type": "multi_static_select", "options": [option("pain"), option("career")]}
)
RHYTHM = field(
    "rhythm",
    {"type": "radio_buttons", "options": [option("weekly", description=words("an hour each"))]},
)
WISHES = field(
    "wishes", {"type": "checkboxes", "options": [option("notes"), option("calls")]}, optional=True
)
STARTS = field("starts", {"type": "datetimepicker"})
DAY = field("day", {"type": "datepicker"}, optional=True)
HOUR = field("hour", {"type": "timepicker"}, optional=True)
GOAL = field("goal", TEXT | {"placeholder": words("What for?")})
BLOCKS = [KIND, PARTNER, TOPICS, RHYTHM, WISHES, STARTS, DAY, HOUR, GOAL]


class Mentorship:
    """What the app in the workspace does: a form that grows, is answered, and has one above it."""

    def __init__(self, place: Place) -> None:
        self._client = place.client
        self.sent: list[Json] = []
        place.then = self.used
        place.app.command("/mentor")(self.typed)
        place.app.view("form")(self.submitted)

    async def typed(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        view = form(*BLOCKS, *actions(button()))
        await self._client.views_open(trigger_id=body["trigger_id"], view=view)

    async def used(self, body: Json) -> None:
        if body["actions"][0]["action_id"] == "go":
            above = form(field("more", TEXT), callback_id="above", title=words("Above"))
            await self._client.views_push(trigger_id=body["trigger_id"], view=above)
            return
        old, more = body["view"], field("charter", TEXT | {"multiline": True}, optional=True)
        view = form(KIND, more, *BLOCKS[1:], *actions(button()))
        await self._client.views_update(view_id=old["id"], hash=old["hash"], view=view)

    async def submitted(self, ack: AsyncAck, body: Json) -> None:
        values = body["view"]["state"]["values"]
        self.sent.append(values)
        if values["goal"]["goal"]["value"] == "help":
            await ack(response_action="errors", errors={"goal": "Say a little more."})
        else:
            await ack()


async def sends_too_early(modal: Locator, goal: Locator) -> None:
    """Press Enter with four fields empty: once more if the form was drawn just as one typed."""
    missing = modal.get_by_text("Please complete this required field.")
    for _ in range(5):
        await goal.fill("help")
        await goal.press("Enter")
        try:
            await expect(missing).to_have_count(4, timeout=5000)
        except AssertionError:
            continue
        return
    pytest.fail("the form was not held back for its four empty fields")


async def test_one_goes_on_typing_while_the_form_around_the_field_changes(
    chromium: BrowserContext, place: Place
) -> None:
    told = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    wish = field("wish", TEXT | told, dispatch_action=True)

    async def typed(ack: AsyncAck, body: Json) -> None:
        await ack()
        await place.client.views_open(trigger_id=body["trigger_id"], view=form(wish, GOAL))

    async def told_of(body: Json) -> None:
        said = {"type": "section", "text": words(f"So far: {body['actions'][0]['value']}")}
        view = form(wish, said, GOAL)
        await place.client.views_update(view_id=body["view"]["id"], view=view)

    place.app.command("/mentor")(typed)
    place.then = told_of
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    modal = ben.get_by_test_id("modal")
    await modal.get_by_label("Goal").fill("a grant")
    wished = modal.get_by_label("Wish")
    await wished.press_sequentially("time to write, and a quiet room", delay=70)
    await expect(modal.get_by_text("So far: time to write, and a quiet room")).to_be_visible()
    await expect(wished).to_have_value("time to write, and a quiet room")
    await expect(wished).to_be_focused()
    await expect(modal.get_by_label("Goal")).to_have_value("a grant")


async def test_a_form_is_filled_in_grows_is_found_wanting_and_sent(
    chromium: BrowserContext, place: Place
) -> None:
    app = Mentorship(place)
    ben = await looking(chromium, place, "U0BEN")
    await says(ben, "/mentor")
    modal = ben.get_by_test_id("modal")
    goal = modal.get_by_label("Goal")
    await expect(goal).to_have_attribute("placeholder", "What for?")
    await sends_too_early(modal, goal)
    assert app.sent == []

    await modal.get_by_label("Kind").click()
    await ben.get_by_role("option", name="Formal").click()
    await modal.get_by_label("Charter").fill("We meet on Mondays.")
    await expect(goal).to_have_value("help")
    await modal.get_by_label("Partner").click()
    await ben.get_by_role("option", name="Eva Lindqvist").click()
    await modal.get_by_label("Topics").click()
    await ben.get_by_role("option", name="Pain").click()
    await ben.get_by_role("option", name="Career").click()
    await ben.keyboard.press("Escape")
    await modal.get_by_text("Weekly").click()
    await modal.get_by_text("Calls").click()
    await modal.get_by_label("Starts").fill("2026-12-01T09:30")
    await modal.get_by_label("Day").fill("2026-12-02")
    await modal.get_by_label("Hour (optional)").fill("10:15")
    await modal.get_by_role("button", name="Send").click()
    await expect(modal.get_by_text("Say a little more.")).to_be_visible()
    await picture(ben, "form-with-an-error")

    await modal.get_by_role("button", name="Go").click()
    await expect(modal.get_by_text("Above")).to_be_visible()
    await modal.get_by_role("button", name="Close").click()
    await goal.fill("A first grant")
    await goal.press("Enter")
    await expect(modal).to_have_count(0)
    held = {name: next(iter(each.values())) for name, each in app.sent[-1].items()}
    assert held["partner"]["selected_user"] == "U0EVA"
    assert [each["value"] for each in held["topics"]["selected_options"]] == ["pain", "career"]
    assert held["rhythm"]["selected_option"]["value"] == "weekly"
    assert [each["value"] for each in held["wishes"]["selected_options"]] == ["calls"]
    assert held["starts"]["selected_date_time"] == 1796135400
    assert (held["day"]["selected_date"], held["hour"]["selected_time"]) == ("2026-12-02", "10:15")
    assert held["charter"]["value"] == "We meet on Mondays."
    assert held["goal"]["value"] == "A first grant"


async def test_somebody_wants_no_disturbance_until_they_do_again(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await opened(chromium, place.address, "U0BEN")
    quiet = ben.get_by_test_id("dnd")
    await quiet.click()
    await ben.get_by_text("Until tomorrow, 08:00").click()
    await expect(quiet).to_have_text("Do not disturb: until Wed 08:00")
    told = await place.client.dnd_info(user="U0BEN")
    assert (told["dnd_enabled"], told["next_dnd_end_ts"] % 3600) == (True, 0)
    await picture(ben, "do-not-disturb")
    await ben.get_by_role("button", name="Skip a day").click()
    await expect(quiet).to_have_text("Do not disturb: off")
    assert not (await place.client.dnd_info(user="U0BEN"))["dnd_enabled"]


async def test_a_file_that_the_app_sends_to_somebody_can_be_had(
    chromium: BrowserContext, place: Place
) -> None:
    direct = (await place.client.conversations_open(users="U0BEN"))["channel"]["id"]
    await place.client.files_upload_v2(
        channel=direct, filename="meeting.ics", content="BEGIN:VCALENDAR", title="Invitation"
    )
    ben = await opened(chromium, place.address, "U0BEN")
    await go(ben, "Mentor")
    async with ben.expect_download() as download:
        await ben.get_by_test_id("file").get_by_text("Download").click()
    had = await download.value
    assert had.suggested_filename == "meeting.ics"
    assert (await had.path()).read_bytes() == b"BEGIN:VCALENDAR"


async def test_in_a_narrow_window_one_can_go_places_write_and_answer_in_a_thread(
    chromium: BrowserContext, place: Place
) -> None:
    await place.post("Case of the week")
    ben = await opened(chromium, place.address, "U0BEN")
    await ben.set_viewport_size({"width": 390, "height": 780})
    await ben.get_by_test_id("places").click()
    there = ben.get_by_role("button", name=re.compile("# oncology-questions"))
    await there.click()
    await expect(there).not_to_be_visible()
    composer = ben.get_by_test_id("composer")
    assert (await composer.bounding_box() or {"width": 0})["width"] > 300
    await says(ben, "I would wait")
    await expect(ben.get_by_text("I would wait")).to_be_visible()
    await picture(ben, "narrow")
    said = ben.get_by_test_id("message").filter(has_text="Case of the week")
    await said.get_by_test_id("replies").click()
    thread = ben.get_by_test_id("thread")
    await ben.get_by_test_id("thread-composer").fill("So would I")
    await ben.get_by_test_id("thread-composer").press("Enter")
    await expect(thread.get_by_text("So would I")).to_be_visible()
    await ben.get_by_test_id("thread-close").click()
    await expect(thread).to_have_count(0)
    await expect(said).to_be_visible()


async def test_somebody_writes_to_a_colleague_and_nothing_is_said_on_home(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await opened(chromium, place.address, "U0BEN")
    await ben.get_by_test_id("write-to").click()
    await ben.get_by_role("combobox", name="To").click()
    await ben.get_by_role("option", name="Eva Lindqvist").click()
    await ben.keyboard.press("Escape")
    await ben.get_by_role("button", name="Open", exact=True).click()
    await says(ben, "Do you have a minute?")
    await expect(ben.get_by_text("Do you have a minute?")).to_be_visible()
    await picture(ben, "direct")
    await go(ben, "Mentor: Home")
    await expect(ben.get_by_test_id("composer")).not_to_be_visible()
    eva = await opened(chromium, place.address, "U0EVA")
    await go(eva, "Ben Castillo")
    await expect(eva.get_by_text("Do you have a minute?")).to_be_visible()
