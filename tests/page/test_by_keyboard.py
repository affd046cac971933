"""The page without a mouse: finding a place, asking, reading on, and what is read out."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import listed, opened
from tests.page.place import Place
from tests.page.test_forms_by_hand import Mentorship
from tests.page.test_threads_and_files import message

pytestmark = pytest.mark.page


FOCUSED = "(({activeElement: it}) => it.getAttribute('aria-label') ?? it.innerText)(document)"


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing of this name has the focus, as somebody would."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        if str(await page.evaluate(FOCUSED)).startswith(name):
            return
    pytest.fail(f"{name} can't be reached")


async def test_a_question_is_asked_and_a_form_sent_without_a_mouse(
    chromium: BrowserContext, place: Place
) -> None:
    app = Mentorship(place)
    ben = await opened(chromium, place.address, "U0BEN")
    await ben.keyboard.press("Tab")
    await expect(ben.get_by_role("link", name="Skip to the messages")).to_be_focused()
    await ben.keyboard.press("Enter")
    await expect(ben.get_by_test_id("composer")).to_be_focused()
    await ben.keyboard.type("How do I taper steroids?")
    await ben.keyboard.press("Enter")
    await expect(message(ben, "How do I taper steroids?")).to_be_visible()

    await ben.keyboard.type("/mentor")
    await ben.keyboard.press("Enter")
    modal = ben.get_by_test_id("modal")
    await expect(modal).to_be_visible()
    await tab_to(ben, "Goal")
    await ben.keyboard.type("A first grant")
    await ben.keyboard.press("Enter")
    await expect(modal.get_by_role("alert").first).to_be_visible()
    await expect(modal.get_by_label("Goal")).to_have_value("A first grant")
    assert app.sent == []


async def test_one_jumps_to_a_place_and_walks_the_list(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await opened(chromium, place.address, "U0BEN")
    await ben.keyboard.press("Control+k")
    await expect(ben.get_by_role("combobox", name="A channel")).to_be_focused()
    await ben.keyboard.type("onco")
    await ben.keyboard.press("Enter")
    await expect(listed(ben, "# oncology-questions")).to_have_attribute("aria-current", "page")
    await expect(ben.get_by_test_id("composer")).to_be_focused()

    await ben.keyboard.press("Control+k")
    await ben.keyboard.type("eva")
    await ben.keyboard.press("Enter")
    await expect(listed(ben, "Eva Lindqvist")).to_have_attribute("aria-current", "page")
    # A place that opens takes the focus to where one writes: a key pressed before goes there.
    await expect(ben.get_by_test_id("composer")).to_be_focused()
    await listed(ben, "Eva Lindqvist").focus()
    await ben.keyboard.press("Home")
    await ben.keyboard.press("ArrowDown")
    await expect(listed(ben, "# oncology-questions")).to_be_focused()
    await ben.keyboard.press("ArrowUp")
    await ben.keyboard.press("Enter")
    await expect(listed(ben, "# general")).to_have_attribute("aria-current", "page")
    await expect(ben.get_by_test_id("composer")).to_be_focused()


async def test_who_is_quicker_than_a_place_that_opens_keeps_the_focus(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await opened(chromium, place.address, "U0BEN")
    after = """new Promise((told) => {
        settle();
        document.querySelector(".place").focus();
        setTimeout(() => told(document.activeElement.className.split(" ")[0]), 150);
    })"""
    assert await ben.evaluate(after) == "place"


async def test_escape_closes_the_thread_and_leaves_one_where_one_writes(
    chromium: BrowserContext, place: Place
) -> None:
    said = await place.post("Case of the week")
    channel = (await place.client.api_call("users.conversations"))["channels"][0]["id"]
    ben = await chromium.new_page()
    await ben.goto(f"{place.address}/?as=U0BEN&place={channel}&thread={said}")
    await expect(ben.get_by_test_id("thread").get_by_text("Case of the week")).to_be_visible()
    await ben.get_by_test_id("thread-composer").focus()
    await ben.keyboard.press("Escape")
    await expect(ben.get_by_test_id("thread")).to_have_count(0)
    await expect(ben.get_by_test_id("composer")).to_be_focused()


async def test_what_others_say_is_read_out(chromium: BrowserContext, place: Place) -> None:
    general = await place.act("post", user="U0ADA", channel=await room(place), text="Before")
    assert general["text"] == "Before"
    ben = await opened(chromium, place.address, "U0BEN")
    await expect(ben.get_by_text("Before")).to_be_visible()
    await place.act("post", user="U0EVA", channel=await room(place), text="Good *morning*, @ben")
    said = ben.get_by_test_id("live")
    await expect(said).to_have_attribute("data-said", "Eva Lindqvist: Good morning, @Ben Castillo")
    await expect(ben.get_by_text("Good morning")).to_have_count(1)


async def room(place: Place) -> str:
    """The channel that holds everybody."""
    listed_ = await place.client.conversations_list()
    return next(str(each["id"]) for each in listed_["channels"] if each["is_general"])
