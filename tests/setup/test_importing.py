import pytest

from bot import programme
from bot.errors import Unusable
from bot.importing import FileFaults, experts_in, topics_in
from storage import members, topics
from storage.records import TopicClass
from tests.support.world import TEAM, World


def test_a_topic_needs_no_more_than_its_name() -> None:
    (topic,) = topics_in("topic\npain\n")
    assert (topic.name, topic.topic_class, topic.synonyms) == ("pain", TopicClass.GENERAL, ())


def test_several_values_are_split_by_semicolons() -> None:
    (topic,) = topics_in("topic,synonyms,class,fallback_channel\nburn-out, a ; b,personal,#help\n")
    assert topic.synonyms == ("a", "b")
    assert topic.topic_class is TopicClass.PERSONAL
    assert topic.fallback_channel == "help"


def test_an_expert_needs_a_user_and_topics() -> None:
    (row,) = experts_in("user,topics\nada@x.example,pain;career\n")
    assert row.topics == ("pain", "career")
    assert (row.profile.starts, row.profile.ends) == (540, 1020)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("user,topics,hours\na,pain,9to5\n", "line 2: hours"),
        ("user,topics,days\na,pain,someday\n", "line 2: days"),
        ("user,topics,capacity\na,pain,many\n", "line 2: capacity"),
        ("user,topics\na,pain\n,pain\n", "line 3: user is missing"),
        ("user,topics\na,\n", "line 2: topics are missing"),
        ("user\na\n", "line 1: the columns are"),
        ("user,topics,shoe size\na,pain,42\n", "unknown: shoe size"),
        ("user,topics\na,pain,more\n", "line 2: there are more values"),
    ],
)
def test_a_bad_row_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(FileFaults) as faults:
        experts_in(text)
    assert words in str(faults.value)


async def test_importing_again_changes_and_never_doubles(socket_world: World) -> None:
    bot = socket_world.app.bot
    rows = experts_in("user,topics,capacity\nada@riverside.example,pain,7\n")
    counts = await bot.write(TEAM, programme.import_experts, rows)
    assert (counts.added, counts.changed) == (0, 1)
    ada = await bot.read(TEAM, members.expert, "U0ADA")
    assert ada
    assert ada.capacity == 7
    assert [topic.name for topic in ada.topics] == ["pain"]
    before = len(await bot.read(TEAM, topics.every))
    again = await bot.write(TEAM, programme.import_topics, topics_in("topic\npain\n"))
    assert (again.added, again.changed) == (0, 1)
    assert len(await bot.read(TEAM, topics.every)) == before


async def test_an_unknown_person_is_named_and_nothing_is_imported(socket_world: World) -> None:
    bot = socket_world.app.bot
    text = "user,topics,capacity\nada@riverside.example,pain,9\nnobody@x.example,pain,1\n"
    with pytest.raises(Unusable) as fault:
        await bot.write(TEAM, programme.import_experts, experts_in(text))
    assert "line 3" in fault.value.words
    ada = await bot.read(TEAM, members.expert, "U0ADA")
    assert ada
    assert ada.capacity != 9
