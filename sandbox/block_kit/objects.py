"""Block Kit's composition objects: confirmations, options, filters and the like."""

from sandbox.block_kit.kinds import Flag, Items, One, Shape, String, Text, either, not_both, plain

NAME = String(255)  # block_id, action_id, callback_id, external_id
ADDRESS = String(3000)
STYLE = One(("primary", "danger"))
PLACEHOLDER = plain(150)

CONFIRM = Shape(
    {
        "title": plain(100),
        "text": Text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": STYLE,
    },
    needs=("title", "text"),
)

# Menus show plain text; boxes and buttons to tick show either.
OPTION = Shape(
    {"text": plain(75), "value": String(150, least=1), "description": plain(75)},
    needs=("text", "value"),
)
TICKED = Shape(
    {"text": Text(75), "value": String(150, least=1), "description": Text(75)},
    needs=("text", "value"),
)
OVERFLOWN = Shape({**OPTION.fields, "url": ADDRESS}, needs=("text", "value"))
OPTIONS = Items(OPTION, least=1, most=100)
GROUPS = Items(
    Shape({"label": plain(75), "options": OPTIONS}, needs=("label", "options")),
    least=1,
    most=100,
)
# What an app answers when it is asked for options; none is an answer too.
OFFERED = Items(OPTION, most=100)
OFFERED_GROUPS = Items(
    Shape({"label": plain(75), "options": OFFERED}, needs=("label", "options")), most=100
)

DISPATCH = Shape(
    {"trigger_actions_on": Items(One(("on_enter_pressed", "on_character_entered")), 1, 2)},
    needs=("trigger_actions_on",),
)
FILTER = Shape(
    {
        "include": Items(One(("im", "mpim", "private", "public")), least=1),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    rules=(either("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
SLACK_FILE = Shape(
    {"id": String(least=1), "url": ADDRESS}, rules=(either("id", "url"), not_both("id", "url"))
)
WORKFLOW = Shape(
    {
        "trigger": Shape(
            {
                "url": ADDRESS,
                "customizable_input_parameters": Items(
                    Shape({"name": String(), "value": String()}, needs=("name", "value"))
                ),
            },
            needs=("url",),
        )
    },
    needs=("trigger",),
)
