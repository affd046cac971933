"""What a relayed message is read as: plain words, whatever Slack made of them."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consults import Written
from bot.rules.words import clean
from handlers.parse.relay import plain_words, written

PLAIN = [
    pytest.param("Ask <@U0LEO>", "Ask @U0LEO", id="a person"),
    pytest.param("Ask <@U0LEO|leo>", "Ask @leo", id="a person with a name"),
    pytest.param("in <#C0ONC|oncology> or <#C0X>", "in #oncology or #channel", id="channels"),
    pytest.param("<!here> <!channel> <!everyone>", "@here @channel @everyone", id="everybody"),
    pytest.param("<!subteam^S1|@fellows>", "@fellows", id="a group"),
    pytest.param("<!date^1^{date}|1 May>", "1 May", id="a date"),
    pytest.param("<https://a.example/x>", "https://a.example/x", id="an address"),
    pytest.param("<https://a.example|here>", "here (https://a.example)", id="a named link"),
    pytest.param("<mailto:a@b.example|a@b.example>", "a@b.example", id="mail"),
    pytest.param("*really* _so_ ~not~ `this`", "really so not this", id="formatting"),
    pytest.param("*_both_*", "both", id="both"),
    pytest.param("2*3*4 and snake_case_name", "2*3*4 and snake_case_name", id="not formatting"),
    pytest.param("5 &lt; 6 &amp; 7 &gt; 1", "5 < 6 & 7 > 1", id="escapes"),
    pytest.param("&lt;@U0LEO&gt;", "<@U0LEO>", id="typed by hand"),
    pytest.param("one\ntwo", "one\ntwo", id="lines"),
    pytest.param("\u202eback\u200b", "back", id="what no keyboard makes"),
]


@pytest.mark.parametrize(("text", "words"), PLAIN)
def test_slacks_markup_becomes_plain_words(text: str, words: str) -> None:
    assert plain_words(text) == words


@given(st.text(st.characters(exclude_characters="*_~`")))
def test_what_has_no_markup_stays_as_it_was_typed(typed: str) -> None:
    assert plain_words(html.escape(typed, quote=False)) == clean(typed)


@given(st.text(st.sampled_from("<>@#!|*_~`&; Ux\n")))
def test_no_mention_and_no_link_is_left_in_it(text: str) -> None:
    words = plain_words(text)
    assert words == clean(words)


@pytest.mark.parametrize("sign", ["*a ", "<@", "_x*", "`", "<!", "&lt;*"])
def test_forty_thousand_signs_are_read_all_the_same(sign: str) -> None:
    assert plain_words(sign * (40_000 // len(sign)))


SAID = {
    "type": "message",
    "channel": "D0BEN",
    "channel_type": "im",
    "user": "U0BEN",
    "ts": "1795532400.000200",
    "thread_ts": "1795532400.000100",
    "text": "Since Monday.",
}


def read(**changes: object) -> Written | None:
    event = {name: value for name, value in {**SAID, **changes}.items() if value is not None}
    return written({"event": event})


def test_a_reply_is_read_with_where_it_stands() -> None:
    assert read() == Written(
        user="U0BEN",
        channel="D0BEN",
        ts="1795532400.000200",
        version=1_795_532_400_000_200,
        thread_ts="1795532400.000100",
        words="Since Monday.",
    )


NOT_READ = [
    pytest.param({"channel_type": "channel"}, id="in a channel"),
    pytest.param({"channel_type": "mpim"}, id="in a group message"),
    pytest.param({"bot_id": "B0"}, id="a bot's"),
    pytest.param({"user": None}, id="nobody's"),
    pytest.param({"subtype": "channel_topic"}, id="no words"),
    pytest.param({"subtype": "message_replied", "message": SAID}, id="word of a reply"),
    pytest.param({"subtype": "message_changed", "message": {}}, id="an empty change"),
    pytest.param({"subtype": "message_deleted"}, id="a deletion of who knows what"),
    pytest.param(
        {"subtype": "message_changed", "message": {**SAID, "bot_id": "B0"}}, id="a bot's change"
    ),
]


@pytest.mark.parametrize("changes", NOT_READ)
def test_what_is_not_somebodys_message_to_the_bot_is_not_read(changes: dict[str, object]) -> None:
    assert read(**changes) is None


@pytest.mark.parametrize("thread_ts", [None, SAID["ts"]], ids=["top", "over a thread"])
def test_of_what_stands_beside_threads_no_word_is_taken(thread_ts: str | None) -> None:
    said = read(thread_ts=thread_ts)
    assert said
    assert (said.words, said.thread_ts) == ("", None)


def test_a_change_is_known_by_when_it_was_made_and_an_unfurled_link_is_none() -> None:
    edited = {**SAID, "text": "Since Tuesday.", "edited": {"ts": "1795532500.000000"}}
    change = read(subtype="message_changed", message=edited, ts="1795532501.000000")
    assert change
    assert (change.words, change.version) == ("Since Tuesday.", 1_795_532_500_000_000)
    unfurled = read(subtype="message_changed", message=SAID, ts="1795532501.000000")
    assert unfurled
    assert unfurled.version == 1_795_532_400_000_200


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_deleted", "deleted_ts": SAID["ts"], "previous_message": SAID},
        {
            "subtype": "message_changed",
            "message": {**SAID, "subtype": "tombstone", "user": "USLACKBOT"},
            "previous_message": SAID,
        },
    ],
    ids=["gone", "a tombstone"],
)
def test_a_deletion_is_read_without_the_words(event: dict[str, object]) -> None:
    gone = read(**event, ts="1795532600.000000")
    assert gone
    assert gone.deleted
    assert (gone.user, gone.ts, gone.words) == ("U0BEN", SAID["ts"], "")


def test_files_are_seen() -> None:
    said = read(subtype="file_share", files=[{"id": "F1"}])
    assert said
    assert said.files
