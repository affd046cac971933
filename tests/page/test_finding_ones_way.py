"""Places on the page: what is unread, browsing, joining, leaving, members, the app's tabs."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import go, listed, opened, picture, says
from tests.page.place import Place, looking

pytestmark = pytest.mark.page


async def new_channel(place: Place, user: str, name: str, *, private: bool = False) -> str:
    made = await place.act("create_channel", user=user, name=name, private=private)
    return str(made["id"])


async def test_a_channel_is_found_joined_and_left(chromium: BrowserContext, place: Place) -> None:
    journal = await new_channel(place, "U0EVA", "journal-club")
    await new_channel(place, "U0EVA", "eva-and-few", private=True)
    await place.act("post", user="U0EVA", channel=journal, text="Which paper?")
    ben = await opened(chromium, place.address, "U0BEN")
    await ben.get_by_role("button", name="Browse channels").click()
    dialog = ben.get_by_role("dialog", name="Channels")
    await expect(dialog.get_by_text("eva-and-few")).to_have_count(0)
    await dialog.get_by_label("Search channels").fill("journal")
    await expect(dialog.get_by_text("1 found")).to_be_visible()
    await picture(ben, "browse")
    await dialog.get_by_role("button", name="Open journal-club").click()

    await expect(ben.get_by_text("Which paper?")).to_be_visible()
    await expect(ben.get_by_test_id("composer")).not_to_be_visible()
    await picture(ben, "from-outside")
    await ben.get_by_test_id("join").click()
    await says(ben, "The one on fatigue")
    await expect(ben.get_by_text("The one on fatigue")).to_be_visible()
    await expect(ben.get_by_test_id("members")).to_have_text("2 members")

    await ben.get_by_test_id("members").click()
    await ben.get_by_role("dialog").get_by_role("button", name="Leave").click()
    await expect(listed(ben, "# general")).to_have_attribute("aria-current", "page")
    await expect(listed(ben, "# journal-club")).to_have_count(0)


async def test_what_slack_refuses_is_told_in_words_and_with_its_code(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await opened(chromium, place.address, "U0BEN")
    await ben.get_by_test_id("members").click()
    await ben.get_by_role("dialog").get_by_role("button", name="Leave").click()
    told = "nobody leaves the channel that holds everybody (cant_leave_general)"
    await expect(ben.get_by_role("alert").filter(has_text=told)).to_be_visible()
    await picture(ben, "refused")
    await ben.keyboard.press("Escape")
    await ben.get_by_role("button", name="Create a channel").click()
    await ben.get_by_label("Channel name").fill("Ward Round")
    await ben.get_by_label("Channel name").press("Enter")
    await expect(ben.get_by_role("alert").filter(has_text="invalid_name_specials")).to_be_visible()
    await ben.get_by_label("Channel name").fill("ward-round")
    await ben.get_by_label("Channel name").press("Enter")
    await expect(ben.get_by_role("heading", name="# ward-round", exact=True)).to_be_visible()


async def test_members_are_listed_invited_and_taken_out(
    chromium: BrowserContext, place: Place
) -> None:
    await new_channel(place, "U0BEN", "journal-club")
    ben = await opened(chromium, place.address, "U0BEN")
    await go(ben, "# journal-club")
    await ben.get_by_test_id("members").click()
    await ben.get_by_role("button", name="Invite…").click()
    await ben.get_by_label("Search people").fill("mia")
    await ben.get_by_role("button", name="Invite Mia Visitor").click()
    await expect(ben.get_by_role("button", name="Invite Mia Visitor")).to_have_count(0)
    await ben.keyboard.press("Escape")
    await expect(ben.get_by_test_id("members")).to_have_text("2 members")
    await ben.get_by_test_id("members").click()
    await expect(ben.get_by_text("guest", exact=True)).to_be_visible()
    await ben.get_by_role("button", name="Remove Mia Visitor").click()
    await expect(ben.get_by_role("button", name="Remove Mia Visitor")).to_have_count(0)
    await expect(ben.get_by_text("1 found")).to_be_visible()


async def test_what_is_unread_stands_out_for_each_person_until_they_look(
    chromium: BrowserContext, place: Place
) -> None:
    eva = await opened(chromium, place.address, "U0EVA")
    ben = await opened(chromium, place.address, "U0BEN")
    await place.post("Good morning")
    questions = "# oncology-questions, unread"
    await expect(ben.get_by_role("button", name=questions, exact=True)).to_be_visible()
    await place.post("<@U0BEN>, have you seen this?")
    await expect(ben.get_by_role("button", name="# oncology-questions, 1 unread")).to_be_visible()
    await expect(eva.get_by_role("button", name=questions, exact=True)).to_be_visible()
    await picture(ben, "unread")
    await go(ben, "# oncology-questions")
    await expect(ben.get_by_role("separator", name="New messages")).to_be_visible()
    await expect(ben.get_by_role("button", name="# oncology-questions", exact=True)).to_be_visible()
    await expect(eva.get_by_role("button", name=questions, exact=True)).to_be_visible()


async def test_the_app_has_home_messages_and_about(chromium: BrowserContext, place: Place) -> None:
    ben = await opened(chromium, place.address, "U0BEN")
    await go(ben, "Mentor: Home")
    await expect(ben.get_by_text("Nothing here yet")).to_be_visible()
    await expect(ben.get_by_test_id("composer")).not_to_be_visible()
    header = {"type": "header", "text": {"type": "plain_text", "text": "Good morning, Ben"}}
    await place.client.views_publish(user_id="U0BEN", view={"type": "home", "blocks": [header]})
    await expect(ben.get_by_text("Good morning, Ben")).to_be_visible()
    await ben.get_by_test_id("tab-messages").click()
    await says(ben, "Hello")
    await expect(ben.get_by_text("Hello")).to_be_visible()
    await ben.get_by_test_id("tab-about").click()
    await expect(ben.get_by_text("Answers what is asked.")).to_be_visible()
    await expect(ben.get_by_text("/mentor [help]")).to_be_visible()
    await expect(ben.get_by_text("chat:write")).to_be_visible()
    await picture(ben, "about")
    assert place.tabs == ["home", "messages"]


async def test_a_guest_finds_only_what_is_theirs(chromium: BrowserContext, place: Place) -> None:
    await new_channel(place, "U0EVA", "journal-club")
    mia = await opened(chromium, place.address, "U0MIA")
    await expect(mia.get_by_text("Guest, guest, New York")).to_be_visible()
    await expect(mia.get_by_role("button", name="Browse channels")).to_have_count(0)
    await expect(mia.get_by_role("button", name="Create a channel")).to_have_count(0)
    await mia.keyboard.press("Control+k")
    await mia.get_by_role("combobox", name="A channel").fill("journal")
    await expect(mia.get_by_text("Nothing of that name")).to_be_visible()


async def test_an_archived_channel_is_shown_as_such(chromium: BrowserContext, place: Place) -> None:
    journal = await new_channel(place, "U0BEN", "journal-club")
    ben = await opened(chromium, place.address, "U0BEN")
    await go(ben, "# journal-club")
    await place.act("archive", user="U0BEN", channel=journal)
    await expect(ben.get_by_text("This channel is archived")).to_be_visible()
    await expect(ben.get_by_test_id("composer")).not_to_be_visible()
    await expect(ben.get_by_role("button", name="# journal-club, archived")).to_be_visible()
    await picture(ben, "archived")
    await ben.get_by_test_id("members").click()
    await ben.get_by_role("button", name="Open it again").click()
    await expect(ben.get_by_test_id("composer")).to_be_visible()


async def test_going_back_and_reloading_keep_the_place(
    chromium: BrowserContext, place: Place
) -> None:
    await place.post("Case of the week")
    ben = await looking(chromium, place, "U0BEN")
    await ben.get_by_test_id("message").get_by_test_id("replies").click()
    await expect(ben).to_have_url(re.compile("thread="))
    await ben.reload()
    await expect(ben.get_by_test_id("thread").get_by_text("Case of the week")).to_be_visible()
    await ben.go_back()
    await expect(ben.get_by_test_id("thread")).to_have_count(0)
    await expect(listed(ben, "# oncology-questions")).to_have_attribute("aria-current", "page")
    await ben.go_back()
    await expect(listed(ben, "# general")).to_have_attribute("aria-current", "page")
    await ben.go_forward()
    await expect(listed(ben, "# oncology-questions")).to_have_attribute("aria-current", "page")


async def test_earlier_messages_come_when_they_are_asked_for(
    chromium: BrowserContext, place: Place
) -> None:
    for number in range(60):
        await place.post(f"Note no. {number}")
    ben = await looking(chromium, place, "U0BEN")
    await expect(ben.get_by_text("Note no. 59", exact=True)).to_be_in_viewport()
    await expect(ben.get_by_test_id("message")).to_have_count(50)
    await ben.get_by_role("button", name="Earlier messages (10)").click()
    await expect(ben.get_by_test_id("message")).to_have_count(60)
    assert await texts(ben) == [f"Note no. {number}" for number in range(60)]


async def texts(page: Page) -> list[str]:
    """The notes in the order in which they stand on the page."""
    return await page.get_by_text("Note no.").all_inner_texts()


async def test_colours_follow_the_system_until_somebody_chooses(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await opened(chromium, place.address, "U0BEN")
    body = ben.locator("body")
    await ben.emulate_media(color_scheme="dark")
    await expect(body).to_contain_class("body--dark")
    await ben.get_by_role("button", name="Colours: system").click()
    await ben.get_by_role("button", name="Colours: dark").click()
    await expect(body).to_contain_class("body--light")
    await ben.reload()
    await expect(ben.get_by_role("button", name="Colours: light")).to_be_visible()
    await expect(body).to_contain_class("body--light")
