import pytest

from bot import programme
from bot.errors import Unusable
from bot.importing import FileFaults, experts_in, topics_in
from storage import members, topics
from storage.records import Member, TopicClass
from tests.support.world import TEAM, World


def test_a_topic_needs_no_more_than_its_name() -> None:
    (row,) = topics_in("topic\npain\n")
    topic = row.topic
    assert (topic.name, topic.topic_class, topic.synonyms) == ("pain", TopicClass.GENERAL, ())


def test_several_values_are_split_by_semicolons() -> None:
    (row,) = topics_in("topic,synonyms,class,fallback_channel\nburn-out, a ; b,personal,#help\n")
    topic = row.topic
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
        ("user,topics,user\na,pain,b\n", "line 1: the columns are"),
        ("user,topics\na,pain\nA,career\n", "line 3: A stands on line 2 already"),
        pytest.param(
            f"user,topics\na,{'x' * 200_000}\n", "line 2: field larger", id="a cell without end"
        ),
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


def test_a_channel_is_named_or_given_by_its_id() -> None:
    text = "topic,fallback_channel\npain,#help\ncare,C012AB3CD\n"
    channels = [row.topic.fallback_channel for row in topics_in(text, {"help": "C0HELP"})]
    assert channels == ["C0HELP", "C012AB3CD"]
    with pytest.raises(FileFaults, match="line 2: there is no channel help"):
        topics_in(text, {})


async def test_a_column_that_is_left_out_changes_nothing(socket_world: World) -> None:
    bot = socket_world.app.bot

    async def imports(topic_file: str, expert_file: str) -> None:
        await bot.write(TEAM, programme.import_topics, topics_in(topic_file))
        await bot.write(TEAM, programme.import_experts, experts_in(expert_file))

    await imports(
        "topic,synonyms,class,fallback_channel\nloss,grief,personal,C0HELP\n",
        "user,topics,capacity,hours,days,about\nU0LEO,loss,7,00:00-24:00,sat,Listens\n",
    )
    await imports("topic\nLoss\n", "user,topics\nU0LEO,loss;pain\n")
    (loss,) = [each for each in await bot.read(TEAM, topics.every) if each.name.lower() == "loss"]
    assert (loss.topic_class, loss.synonyms) == (TopicClass.PERSONAL, ("grief",))
    assert loss.fallback_channel == "C0HELP"
    leo = await bot.read(TEAM, members.expert, "U0LEO")
    assert leo
    assert (leo.capacity, leo.about, leo.hours.days) == (7, "Listens", (6,))
    assert (leo.hours.starts, leo.hours.ends) == (0, 24 * 60)
    assert [topic.name for topic in leo.topics] == ["loss", "pain"]


async def test_each_row_that_names_nobody_or_no_topic_is_told(socket_world: World) -> None:
    text = "user,topics\nU0ADA,flying\nnobody@x.example,pain\nU0LEO,pain\n"
    with pytest.raises(Unusable) as fault:
        await socket_world.app.bot.write(TEAM, programme.import_experts, experts_in(text))
    assert "line 2: there is no topic flying" in fault.value.words
    assert "line 3: there is no member nobody@x.example" in fault.value.words


async def test_one_person_by_id_and_by_e_mail_is_a_fault(socket_world: World) -> None:
    text = "user,topics\nU0ADA,pain\nada@riverside.example,career\n"
    with pytest.raises(Unusable) as fault:
        await socket_world.app.bot.write(TEAM, programme.import_experts, experts_in(text))
    assert "line 3: ada@riverside.example stands on line 2 already" in fault.value.words


async def test_who_has_left_is_no_expert_to_import(socket_world: World) -> None:
    await socket_world.act.change_user("U0LEO", deleted=True)
    rows = experts_in("user,topics\nU0LEO,pain\n")
    with pytest.raises(Unusable) as fault:
        await socket_world.app.bot.write(TEAM, programme.import_experts, rows)
    assert "line 2: U0LEO has left" in fault.value.words


async def test_who_came_back_is_found_by_their_e_mail(socket_world: World) -> None:
    bot = socket_world.app.bot
    address = "ada@riverside.example"
    for user, left in (("U0ADA", True), ("U0NEW", False), ("UZOLD", True)):
        ada = Member(user, "Ada", "UTC", address, deactivated=left)
        await bot.write(TEAM, members.keep, ada)
    found = await bot.read(TEAM, members.by_email, address.upper())
    assert found
    assert found.user == "U0NEW"
