"""Whatever Slack's own SDK makes of blocks, and takes for valid, is taken here."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks import basic_components, block_elements
from slack_sdk.models.views import View

from sandbox.validate import problems, problems_of_view

WORDS = st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30)


def texts(most: int = 30) -> Any:
    words = WORDS.map(lambda each: each[:most])
    plain = st.builds(sdk.PlainTextObject, text=words, emoji=st.booleans())
    return plain | st.builds(sdk.MarkdownTextObject, text=words, verbatim=st.booleans())


PLAIN = st.builds(sdk.PlainTextObject, text=WORDS, emoji=st.booleans() | st.none())
OPTION = st.builds(sdk.Option, text=PLAIN, value=WORDS, description=PLAIN | st.none())
OPTIONS = st.lists(OPTION, min_size=1, max_size=5)
GROUPS = st.lists(st.builds(sdk.OptionGroup, label=PLAIN, options=OPTIONS), min_size=1, max_size=3)
CONFIRM = st.none() | st.builds(
    sdk.ConfirmObject, title=PLAIN, text=texts(), confirm=PLAIN, deny=PLAIN,
    style=st.sampled_from(["primary", "danger", None]),
)  # fmt: skip
FILTER = st.none() | st.builds(
    sdk.ConversationFilter,
    include=st.lists(st.sampled_from(["im", "mpim", "private", "public"]), min_size=1, unique=True),
    exclude_bot_users=st.booleans(),
    exclude_external_shared_channels=st.booleans(),
)
DISPATCH = st.none() | st.builds(
    basic_components.DispatchActionConfig,
    trigger_actions_on=st.just(["on_enter_pressed", "on_character_entered"]),
)
MENU = {"confirm": CONFIRM, "placeholder": PLAIN | st.none()}
IMAGE = st.builds(sdk.ImageElement, alt_text=WORDS, image_url=st.just("https://a.example/x.png"))
BUTTON = st.builds(
    sdk.ButtonElement, text=PLAIN, value=WORDS, confirm=CONFIRM,
    style=st.sampled_from(["primary", "danger", None]),
    url=st.sampled_from(["https://a.example", None]),
    accessibility_label=WORDS | st.none(),
)  # fmt: skip
MENUS = st.one_of(
    st.builds(sdk.StaticSelectElement, options=OPTIONS, **MENU),
    st.builds(sdk.StaticSelectElement, option_groups=GROUPS, **MENU),
    st.builds(sdk.StaticMultiSelectElement, options=OPTIONS, **MENU),
    st.builds(
        sdk.ExternalDataSelectElement, min_query_length=st.integers(0, 5), initial_option=OPTION,
        **MENU,
    ),
    st.builds(sdk.ExternalDataMultiSelectElement, initial_options=OPTIONS, **MENU),
    st.builds(sdk.UserSelectElement, initial_user=st.just("U1") | st.none(), **MENU),
    st.builds(sdk.UserMultiSelectElement, initial_users=st.just(["U1"]), **MENU),
    st.builds(sdk.ConversationSelectElement, filter=FILTER, **MENU),
    st.builds(sdk.ConversationMultiSelectElement, filter=FILTER, **MENU),
    st.builds(sdk.ChannelSelectElement, initial_channel=st.just("C1") | st.none(), **MENU),
    st.builds(sdk.ChannelMultiSelectElement, max_selected_items=st.integers(1, 9), **MENU),
    st.builds(sdk.DatePickerElement, initial_date=st.just("2026-12-01"), **MENU),
    st.builds(sdk.TimePickerElement, initial_time=st.just("09:30"), **MENU),
    st.builds(sdk.CheckboxesElement, options=OPTIONS, confirm=CONFIRM),
    st.builds(sdk.RadioButtonsElement, options=OPTIONS, confirm=CONFIRM),
)  # fmt: skip
INPUTS = MENUS | st.one_of(
    st.builds(
        sdk.PlainTextInputElement, multiline=st.booleans(), min_length=st.integers(0, 9),
        max_length=st.integers(9, 3000), dispatch_action_config=DISPATCH,
    ),
    st.builds(sdk.EmailInputElement, placeholder=PLAIN),
    st.builds(sdk.UrlInputElement, placeholder=PLAIN),
    st.builds(
        sdk.NumberInputElement, is_decimal_allowed=st.booleans(), min_value=st.just("1"),
        max_value=st.just("9"),
    ),
    st.builds(
        block_elements.FileInputElement, filetypes=st.just(["pdf"]), max_files=st.integers(1, 10)
    ),
    st.builds(sdk.RichTextInputElement, dispatch_action_config=DISPATCH),
    st.builds(sdk.DateTimePickerElement, initial_date_time=st.just(1795532400)),
)  # fmt: skip
STYLE = st.fixed_dictionaries({"bold": st.booleans()}, optional={"code": st.booleans()})
LINE = st.lists(
    st.one_of(
        st.builds(sdk.RichTextElementParts.Text, text=WORDS, style=STYLE),
        st.builds(sdk.RichTextElementParts.User, user_id=st.just("U1")),
        st.builds(sdk.RichTextElementParts.Emoji, name=st.just("tada")),
        st.builds(sdk.RichTextElementParts.Link, url=st.just("https://a.example"), text=WORDS),
        st.builds(sdk.RichTextElementParts.Broadcast, range=st.just("here")),
    ),
    max_size=4,
)
SECTION = st.builds(sdk.RichTextSectionElement, elements=LINE)
PARTS = st.one_of(
    SECTION,
    st.builds(sdk.RichTextQuoteElement, elements=LINE),
    st.builds(sdk.RichTextPreformattedElement, elements=LINE, border=st.integers(0, 1)),
    st.builds(
        sdk.RichTextListElement, elements=st.lists(SECTION, max_size=3),
        style=st.sampled_from(["bullet", "ordered"]), indent=st.integers(0, 4),
    ),
)  # fmt: skip
RICH = st.builds(sdk.RichTextBlock, elements=st.lists(PARTS, min_size=1, max_size=3))
EVERYWHERE = st.one_of(
    st.builds(sdk.DividerBlock),
    st.builds(sdk.HeaderBlock, text=PLAIN),
    st.builds(sdk.SectionBlock, text=texts(), accessory=MENUS | BUTTON | IMAGE | st.none()),
    st.builds(sdk.SectionBlock, fields=st.lists(texts(), min_size=1, max_size=10)),
    st.builds(sdk.ContextBlock, elements=st.lists(texts() | IMAGE, min_size=1, max_size=10)),
    st.builds(sdk.ActionsBlock, elements=st.lists(BUTTON | MENUS, min_size=1, max_size=4)),
    st.builds(sdk.ImageBlock, image_url=st.just("https://a.example/x"), alt_text=WORDS),
    RICH,
)
CARD = st.builds(sdk.CardBlock, title=texts(), body=texts(), actions=st.lists(BUTTON, max_size=2))
MESSAGE = EVERYWHERE | st.one_of(
    st.builds(sdk.MarkdownBlock, text=WORDS),
    CARD,
    st.builds(sdk.CarouselBlock, elements=st.lists(CARD, min_size=1, max_size=3)),
    st.builds(
        sdk.ContainerBlock, title=PLAIN, child_blocks=st.lists(EVERYWHERE, min_size=1, max_size=3)
    ),
    st.builds(sdk.TaskCardBlock, task_id=st.just("1"), title=WORDS, status=st.just("pending")),
)
FORM = EVERYWHERE | st.one_of(
    st.builds(
        sdk.InputBlock, label=PLAIN, element=INPUTS, hint=PLAIN | st.none(),
        optional=st.booleans(), dispatch_action=st.booleans(),
    ),
    st.builds(sdk.AlertBlock, text=texts(), level=st.sampled_from(["info", "error", None])),
)  # fmt: skip
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SLOW
@given(st.lists(MESSAGE, max_size=4))
def test_a_message_of_the_sdks_is_taken(blocks: list[sdk.Block]) -> None:
    assert problems([each.to_dict() for each in blocks]) == []


@SLOW
@given(st.lists(FORM, min_size=1, max_size=4))
def test_a_form_of_the_sdks_is_taken(blocks: list[sdk.Block]) -> None:
    words = sdk.PlainTextObject(text="Form")
    view = View(type="modal", title=words, submit=words, blocks=blocks, callback_id="form")
    assert problems_of_view(view.to_dict()) == []
