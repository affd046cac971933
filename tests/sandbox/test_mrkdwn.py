import re

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


def test_quotations_and_code_stand_apart() -> None:
    assert to_html("see\n> one\n&gt; two\nso", BERLIN) == (
        "see<br><blockquote>one<br>two</blockquote>so"
    )
    assert to_html("```*a* &lt; b```", BERLIN) == "<pre>*a* &lt; b</pre>"


def test_a_link_can_be_followed_and_a_script_not() -> None:
    shown = to_html("<https://a.example/?x=1&amp;y=2|the &lt;page&gt;>", BERLIN)
    assert 'href="https://a.example/?x=1&amp;y=2"' in shown
    assert ">the &lt;page&gt;</a>" in shown
    assert "href" not in to_html("<javascript:alert(1)|the page>", BERLIN)
    assert to_html('<https://a" onclick="b>', BERLIN).count('"') == 6


OURS = re.compile(
    r'<(/?(b|i|s|u|code|br|pre|blockquote|span|a)|span class="mention"'
    r'|a href="[^"<>]*" target="_blank" rel="noopener noreferrer")>'
)


@given(st.text(alphabet=st.sampled_from("<>|@#!&;`*_~^ \n\"'x:/htps") | st.characters()))
def test_no_tag_comes_from_what_was_typed(typed: str) -> None:
    assert "<" not in OURS.sub("", to_html(typed, BERLIN))
