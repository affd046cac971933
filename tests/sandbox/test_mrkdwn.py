import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.page import rich_text
from sandbox.page.mrkdwn import Reader, escaped, to_html, to_text
from tests.sandbox.examples import line, rich, words

BERLIN = Reader({"U1": "Ada <b>"}, {"C1": "general"}, "Europe/Berlin", {"S1": "tutors"})
# Tuesday, 24 November 2026, 16:00 in Berlin.
INSTANT = 1795532400


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


NESTED = [
    ("*_both_* ~gone~", "<b><i>both</i></b> <s>gone</s>"),
    ("*<@U1> said*", '<b><span class="mention">@Ada &lt;b&gt;</span> said</b>'),
    ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
    ("* not bold * and *not\nbold*", "* not bold * and *not<br>bold*"),
    ("*\u200btyped*\u200b", "*\u200btyped*\u200b"),
    ("`*a* <@U1> <https://a.example|b>`", "<code>*a* @Ada &lt;b&gt; b</code>"),
    ("<!here> <!channel> <!everyone>", " ".join(
        f'<span class="mention">@{each}</span>' for each in ("here", "channel", "everyone"))),
    ("<!subteam^S1> <!subteam^S2|@others>",
     '<span class="mention">@tutors</span> <span class="mention">@others</span>'),
    ("<#C2|elsewhere>", '<span class="mention">#elsewhere</span>'),
    (":tada: :+1::skin-tone-4: :nobody_knows:", "🎉 👍🏽 :nobody_knows:"),
    ("at 10:15:30", "at 10:15:30"),
    (">>> all\nof it", "<blockquote>all<br>of it</blockquote>"),
    ("&quot; &#60;", "&amp;quot; &amp;#60;"),
    ("&#xE000;0&#xE001;", "&amp;#xE000;0&amp;#xE001;"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), NESTED)
def test_a_text_is_shown_as_slack_shows_it(text: str, wanted: str) -> None:
    assert to_html(text, BERLIN) == wanted


def test_an_address_is_a_link_unless_the_app_says_otherwise() -> None:
    assert 'href="https://a.example/x"' in to_html("see https://a.example/x.", BERLIN)
    assert to_html("https://a.example", BERLIN, verbatim=True) == "https://a.example"
    assert ">ada@a.example</a>" in to_html("<mailto:ada@a.example|ada@a.example>", BERLIN)


def test_plain_text_shows_emoji_where_it_says_so() -> None:
    assert escaped(":tada: *a*", emoji=True) == "🎉 *a*"
    assert escaped(":tada: <b>", emoji=False) == ":tada: &lt;b&gt;"
    assert to_text("*Hi* <@U1>\n:tada:", BERLIN) == "Hi @Ada <b> 🎉"


DATES = [
    ("{date_num}", "2026-11-24"),
    ("{date_slash}", "24/11/2026"),
    ("{date}", "November 24th, 2026"),
    ("{date_short}", "Nov 24, 2026"),
    ("{date_long}", "Tuesday, November 24th, 2026"),
    ("{date_long_full}", "November 24, 2026"),
    ("{time}", "16:00"),
    ("{time_secs}", "16:00:00"),
    ("{date_pretty}", "Today"),
    ("on {date_short_pretty} at {time}", "on today at 16:00"),
    ("{date_long_pretty}", "Today"),
    ("{day_divider_pretty}", "Today"),
    ("{ago}", "In 2 hours"),
    ("{unheard_of}", "{unheard_of}"),
]


@pytest.mark.parametrize(("form", "wanted"), DATES)
def test_an_instant_is_written_in_each_of_slacks_forms(form: str, wanted: str) -> None:
    reader = Reader({}, {}, "Europe/Berlin", now=lambda: INSTANT - 7200)
    assert to_html(f"<!date^{INSTANT}^{form}|then>", reader) == wanted


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(-2, "Nov 26, 2026"), (-1, "Tomorrow"), (1, "Yesterday"), (2, "Nov 22, 2026")],
)
def test_a_day_nearby_is_called_by_its_name(days: int, wanted: str) -> None:
    now = datetime(2026, 11, 24, 23, 50, tzinfo=ZoneInfo("Europe/Berlin"))
    reader = Reader({}, {}, "Europe/Berlin", now=now.timestamp)
    that = int(now.replace(day=24 - days, hour=0, minute=10).timestamp())
    assert to_html(f"<!date^{that}^{{date_short_pretty}}|then>", reader) == wanted


def test_a_date_may_be_a_link_and_one_that_is_none_is_its_fallback() -> None:
    shown = to_html(f"<!date^{INSTANT}^{{date_num}}^https://a.example|then>", BERLIN)
    assert shown.startswith('<a href="https://a.example"')
    assert shown.endswith(">2026-11-24</a>")
    assert to_html("<!date^soon^{date}|then &lt;&gt;>", BERLIN) == "then &lt;&gt;"
    assert to_html("<!date^99999999999999^{date}|far off>", BERLIN) == "far off"


def test_a_rich_text_has_its_lists_styles_and_all_that_stands_in_a_line() -> None:
    inner = {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2}
    shown = rich_text.to_html(
        rich(
            line(words("a <b> ", bold=True), {"type": "user", "user_id": "U1"}),
            {"type": "rich_text_list", "style": "bullet", "elements": [line(words("one"))]},
            inner | {"elements": [line(words("three", code=True))]},
            {"type": "rich_text_quote", "elements": [{"type": "emoji", "name": "tada"}]},
            {"type": "rich_text_preformatted", "elements": [words("x\ny")]},
            line(
                {"type": "color", "value": "#ff0000"},
                {"type": "color", "value": "red;x"},
                {"type": "link", "url": "javascript:x", "text": "no"},
                {"type": "emoji", "name": "own", "unicode": "1f600"},
            ),
        ),
        BERLIN,
    )
    assert '<b>a &lt;b&gt; </b><span class="mention">@Ada &lt;b&gt;</span>' in shown
    assert '<ul class="depth-0"><li>one</li></ul>' in shown
    assert '<ol class="depth-1" type="a" start="3"><li><code>three</code></li></ol>' in shown
    assert '<blockquote><span role="img" aria-label="tada">🎉</span></blockquote>' in shown
    assert "<pre>x\ny</pre>" in shown
    assert 'style="background:#ff0000"' in shown
    assert "background:red" not in shown
    assert "<u>no</u>" in shown
    assert "😀" in shown


OURS = re.compile(
    r'<(/?(b|i|s|u|code|br|pre|blockquote|span|a)|span class="mention"'
    r'|a href="[^"<>]*" target="_blank" rel="noopener noreferrer")>'
)


@given(st.text(alphabet=st.sampled_from("<>|@#!&;`*_~^ \n\"'x:/htps") | st.characters()))
def test_no_tag_comes_from_what_was_typed(typed: str) -> None:
    assert "<" not in OURS.sub("", to_html(typed, BERLIN))
