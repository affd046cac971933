"""axe-core finds nothing serious on any part of the page, dark or light, wide or narrow."""

import json
from importlib.resources import files
from typing import Any, Literal

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import go, picture, places_shown, says
from tests.page.place import Place, looking
from tests.page.test_forms_by_hand import Mentorship
from tests.page.test_threads_and_files import message

pytestmark = pytest.mark.page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations
        .filter((each) => ["serious", "critical"].includes(each.impact))
        .map((each) => [each.id, each.nodes.map((node) => node.html.slice(0, 200) + " " +
            node.any.map((check) => check.message).join(" ")).slice(0, 4)]);
}"""
HOME: dict[str, Any] = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "Mentoring"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Waiting* on <@U0BEN>, `now`"}},
        {"type": "divider"},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": look, "style": look, "value": look,
                 "text": {"type": "plain_text", "text": look.title()}}
                for look in ("primary", "danger")
            ],
        },
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "That is all."}]},
    ],
}  # fmt: skip


async def serious(page: Page) -> list[Any]:
    """What axe-core calls serious or critical, with where it is."""
    if not await page.evaluate("typeof axe !== 'undefined'"):
        await page.evaluate(f"() => {{ {AXE} }}")
    # What fades in is judged once it is there.
    await page.wait_for_function(
        "document.getAnimations().every((each) => each.playState !== 'running')"
    )
    return list(await page.evaluate(RUN))


class Judge:
    """Somebody's page, and what was found on its parts."""

    def __init__(self, page: Page, look: str) -> None:
        self.page = page
        self.look = look
        self.found: dict[str, list[Any]] = {}

    async def part(self, name: str) -> None:
        if wrong := await serious(self.page):
            self.found[name] = wrong
        await picture(self.page, f"axe-{self.look}-{name}")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_is_found_on_any_part_of_the_page(
    chromium: BrowserContext, place: Place, scheme: Literal["light", "dark"], width: int
) -> None:
    Mentorship(place)
    await place.post("Case of the week: <@U0BEN> asks about `it`, see <https://x.example|this>")
    await place.client.views_publish(user_id="U0BEN", view=HOME)
    ben = await looking(chromium, place, "U0BEN")
    await ben.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await ben.set_viewport_size({"width": width, "height": 844})
    judge = Judge(ben, f"{scheme}-{width}")
    await of_a_conversation(judge)
    await of_a_form(judge)
    await of_the_app(judge)
    await of_the_dialogs(judge)
    assert judge.found == {}, json.dumps(judge.found, indent=1)


async def of_a_conversation(judge: Judge) -> None:
    ben = judge.page
    await says(ben, "I would *wait*")
    await expect(message(ben, "I would wait")).to_be_visible()
    await judge.part("channel")
    await message(ben, "Case of the week").get_by_test_id("replies").click()
    await expect(ben.get_by_test_id("thread").get_by_text("Case of the week")).to_be_visible()
    await judge.part("thread")
    await ben.keyboard.press("Escape")
    await expect(ben.get_by_test_id("thread")).to_have_count(0)


async def of_a_form(judge: Judge) -> None:
    modal = judge.page.get_by_test_id("modal")
    await says(judge.page, "/mentor")
    await expect(modal).to_be_visible()
    await judge.part("modal")
    await modal.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_role("alert").first).to_be_visible()
    await judge.part("modal-with-errors")
    await modal.get_by_role("button", name="Close").click()
    await expect(modal).to_have_count(0)


async def of_the_app(judge: Judge) -> None:
    await places_shown(judge.page)
    await judge.part("places")
    await judge.page.keyboard.press("Escape")
    await go(judge.page, "Mentor: Home")
    await expect(judge.page.get_by_text("That is all.")).to_be_visible()
    await judge.part("home")
    await judge.page.get_by_test_id("tab-about").click()
    await expect(judge.page.get_by_text("What it may do here")).to_be_visible()
    await judge.part("about")


async def of_the_dialogs(judge: Judge) -> None:
    ben = judge.page
    await ben.keyboard.press("Control+k")
    await expect(ben.get_by_role("combobox", name="A channel")).to_be_focused()
    await judge.part("jump")
    await ben.keyboard.type("general")
    await ben.keyboard.press("Enter")
    await ben.get_by_test_id("members").click()
    await expect(ben.get_by_text("Ada Okafor")).to_be_visible()
    await judge.part("members")
    await ben.keyboard.press("Escape")
    for button, part in (("browse", "browse"), ("new-channel", "create"), ("write-to", "write")):
        await expect(ben.get_by_role("dialog")).to_have_count(0)
        await places_shown(ben)
        await ben.get_by_test_id(button).click()
        await expect(ben.get_by_role("dialog")).to_be_visible()
        await judge.part(part)
        await ben.keyboard.press("Escape")
