"""Writing on the page: commands from their hints, names completed, drafts, pictures."""

import base64
import re

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.page.people import go, picture
from tests.page.place import Place, looking

pytestmark = pytest.mark.page

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def message(page: Page, text: str) -> Locator:
    return page.get_by_test_id("message").filter(has_text=text)


def field(page: Page) -> Locator:
    return page.get_by_test_id("composer")


async def test_a_command_is_typed_from_its_hints_by_keyboard(
    chromium: BrowserContext, place: Place
) -> None:
    place.take_commands()
    ben = await looking(chromium, place, "U0BEN")
    await field(ben).press_sequentially("/m")
    commands = ben.get_by_role("listbox", name="Commands")
    await expect(commands.get_by_role("option")).to_have_text(
        [re.compile(r"/mentor.*\[help\].*See what"), re.compile(r"/meet.*@somebody.*Find")]
    )
    await field(ben).press("ArrowDown")
    chosen = commands.get_by_role("option", selected=True)
    await expect(chosen).to_contain_text("/meet")
    active = await field(ben).get_attribute("aria-activedescendant")
    assert active == await chosen.get_attribute("id")
    await field(ben).press("ArrowUp")
    await picture(ben, "commands")
    await field(ben).press("Tab")
    await expect(field(ben)).to_have_value("/mentor ")
    await expect(commands).not_to_be_visible()
    await expect(ben.get_by_test_id("command-hint")).to_contain_text("[help]")
    await ben.keyboard.type("help")
    await ben.keyboard.press("Enter")
    answer = message(ben, "You typed help")
    await expect(answer.get_by_text("Only visible to you")).to_be_visible()
    await answer.get_by_test_id("dismiss").click()
    await expect(answer).to_have_count(0)


async def test_names_are_completed_and_reach_the_app_as_references(
    chromium: BrowserContext, place: Place
) -> None:
    place.take_commands()
    ben = await looking(chromium, place, "U0BEN")
    await field(ben).press_sequentially("/mentor ask @lind")
    await field(ben).press("Enter")
    await ben.keyboard.type("in #onc")
    await expect(ben.get_by_role("listbox", name="Channels")).to_be_visible()
    await picture(ben, "channels")
    await ben.keyboard.press("Tab")
    await expect(field(ben)).to_have_value("/mentor ask @Eva Lindqvist in #oncology-questions ")
    await ben.keyboard.press("Enter")
    await expect(message(ben, "You typed ask")).to_be_visible()
    assert re.fullmatch(r"ask <@U0EVA\|eva> in <#C\w+\|oncology-questions> ?", place.typed[0])
    await ben.keyboard.type("Thank you, @ha")
    await ben.get_by_role("option", name="Hal Tanaka").click()
    await ben.keyboard.type("and @nobody")
    await ben.keyboard.press("Enter")
    said = message(ben, "Thank you, @Hal Tanaka and @nobody")
    await expect(said.locator(".mention")).to_have_text("@Hal Tanaka")


async def test_what_is_typed_waits_in_its_place_whatever_happens_meanwhile(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await looking(chromium, place, "U0BEN")
    await field(ben).fill("Half a thou")
    await place.post("In between")
    await expect(message(ben, "In between")).to_be_visible()
    await go(ben, "# general")
    await expect(field(ben)).to_have_value("")
    await field(ben).fill("Another")
    await go(ben, "# oncology-questions")
    await expect(field(ben)).to_have_value("Half a thou")
    await ben.reload()
    await expect(field(ben)).to_have_value("Half a thou")
    await field(ben).press("End")
    await ben.keyboard.type("ght")
    await ben.keyboard.press("Enter")
    await expect(message(ben, "Half a thought")).to_be_visible()
    await go(ben, "# general")
    await expect(field(ben)).to_have_value("Another")


async def test_lines_signs_and_a_space_before_a_slash_are_sent_as_typed(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await looking(chromium, place, "U0BEN")
    await field(ben).fill("one")
    await ben.keyboard.press("Shift+Enter")
    await ben.keyboard.press("Control+b")
    await ben.keyboard.type("two")
    await expect(field(ben)).to_have_value("one\n*two*")
    await ben.keyboard.press("Enter")
    await expect(message(ben, "one").locator("b")).to_have_text("two")
    await field(ben).fill(" /not a command")
    await ben.keyboard.press("Enter")
    await expect(message(ben, "/not a command").get_by_text("Only visible")).to_have_count(0)
    await field(ben).fill("/not a command")
    await ben.keyboard.press("Enter")
    refused = message(ben, "is not a valid command")
    await expect(refused.get_by_text("Only visible to you")).to_be_visible()
    await expect(field(ben)).to_have_value("/not a command")
    assert place.typed == []


async def test_an_emoji_is_completed_from_its_name(chromium: BrowserContext, place: Place) -> None:
    ben = await looking(chromium, place, "U0BEN")
    await field(ben).press_sequentially("Well done :tad")
    await expect(ben.get_by_role("listbox", name="Emoji")).to_be_visible()
    await ben.keyboard.press("Enter")
    await expect(field(ben)).to_have_value("Well done 🎉 ")


async def test_what_slack_would_not_take_comes_back(chromium: BrowserContext, place: Place) -> None:
    ben = await looking(chromium, place, "U0BEN")
    await field(ben).fill("x" * 40_001)
    await ben.get_by_test_id("send").click()
    await expect(ben.get_by_text("msg_too_long")).to_be_visible()
    await expect(field(ben)).to_have_value("x" * 40_001)


async def test_pictures_are_described_and_sent_with_words_in_one_message(
    chromium: BrowserContext, place: Place
) -> None:
    ben = await looking(chromium, place, "U0BEN")
    async with ben.expect_file_chooser() as chooser:
        await ben.get_by_test_id("attach").click()
    files = [
        {"name": "scan.png", "mimeType": "image/png", "buffer": DOT},
        {"name": "values.csv", "mimeType": "text/csv", "buffer": b"a,b"},
    ]
    await (await chooser.value).set_files(files)  # type: ignore[arg-type] # FilePayloads
    await ben.get_by_label("Description of scan.png").fill("A liver, enlarged")
    await field(ben).fill("What do you see?")
    await field(ben).press("Enter")
    eva = await looking(chromium, place, "U0EVA")
    said = message(eva, "What do you see?")
    await said.get_by_role("button", name="A liver, enlarged").click()
    looked = eva.get_by_test_id("looked-at")
    await expect(looked.get_by_role("img", name="A liver, enlarged")).to_be_visible()
    await eva.keyboard.press("Escape")
    await expect(looked).to_have_count(0)
    await expect(said.get_by_test_id("file")).to_have_count(2)
    await expect(ben.get_by_test_id("staged")).to_have_count(0)
    await picture(eva, "pictures")
