from hypothesis import given
from hypothesis import strategies as st

from sandbox.page.mrkdwn import Reader, to_html

BERLIN = Reader({"U1": "Ada <b>"}, {"C1": "general"}, "Europe/Berlin")


def test_names_and_dates_are_the_readers_own() -> None:
    assert "@Ada &lt;b&gt;" in to_html("<@U1> said", BERLIN)
    assert "#general" in to_html("in <#C1>", BERLIN)
    shown = to_html("<!date^1795532400^{date_short_pretty} at {time}|later>", BERLIN)
    assert shown == "Nov 24, 2026 at 16:00"


def test_styles_are_drawn_and_entities_are_what_they_stand_for() -> None:
    assert to_html("*bold* and `code`", BERLIN) == "<b>bold</b> and <code>code</code>"
    assert to_html("a &lt; b &amp; c", BERLIN) == "a &lt; b &amp; c"


@given(st.text())
def test_no_tag_comes_from_what_was_typed(typed: str) -> None:
    shown = to_html(typed, BERLIN)
    for ours in ("b", "i", "s", "u", "code", "br"):
        shown = shown.replace(f"<{ours}>", "").replace(f"</{ours}>", "")
    shown = shown.replace('<span class="mention">', "").replace("</span>", "")
    assert "<" not in shown
