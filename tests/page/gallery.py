"""All that Block Kit has, filled out, to be looked at."""
# ruff: noqa: E501 - a picture of what is sent

from typing import Any

from tests.sandbox.examples import (
    BLOCKS,
    BUTTON,
    ELEMENTS,
    line,
    marked,
    option,
    plain,
    rich,
    words,
)

Json = dict[str, Any]
MONTHS = ["May", "June", "July", "August"]


def chart(kind: str) -> Json:
    figures = {"Asked": [12, 19, 7, 23], "Answered": [10, 15, 7, 20]}
    series = [
        {"name": name, "data": [{"label": m, "value": v} for m, v in zip(MONTHS, row, strict=True)]}
        for name, row in figures.items()
    ]
    axes = {"categories": MONTHS, "x_label": "Month", "y_label": "Questions"}
    return {
        "type": "data_visualization",
        "title": f"Questions a month ({kind})",
        "chart": {"type": kind, "series": series, "axis_config": axes},
    }


MRKDWN = """*Bold*, _italic_, ~struck~, `code` and *_both_* :tada: :+1::skin-tone-4:
<@U0ADA> in <#C0|general>, <!here>, <!subteam^S1|@tutors> on <!date^1795532400^{date_short_pretty} at {time}|then>
<https://a.example|A link>, https://bare.example/x?y=1 &amp; a &lt;tag&gt;
> Quoted once
> and again
```def f(x):
    return x < 2```"""

RICH = rich(
    line(
        words("Bold ", bold=True), words("italic ", italic=True), words("struck ", strike=True),
        words("code", code=True), words(" "), {"type": "user", "user_id": "U0ADA"}, words(" "),
        {"type": "emoji", "name": "seedling"}, words(" "), {"type": "color", "value": "#2a7fb8"},
        words(" "), {"type": "link", "url": "https://a.example", "text": "a link"}, words(" "),
        {"type": "broadcast", "range": "here"}, words(" "),
        {"type": "date", "timestamp": 1795532400, "format": "{date_long} at {time}", "fallback": "x"},
    ),
    {"type": "rich_text_list", "style": "bullet", "elements": [line(words("One")), line(words("Two"))]},
    {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [line(words("Two, inside"))]},
    {"type": "rich_text_list", "style": "ordered", "elements": [line(words("First")), line(words("Second"))]},
    {"type": "rich_text_quote", "elements": [words("What was said")]},
    {"type": "rich_text_preformatted", "elements": [words("x = 1\nprint(x)")]},
)  # fmt: skip

CELLS = [["Name", "Asked", "Answered"], ["Ada Marchetti", "12", "10"], ["Ben Castillo", "7", "7"]]
TABLE: Json = {
    "type": "table",
    "column_settings": [{"is_wrapped": True}, {"align": "right"}, {"align": "right"}],
    "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in CELLS],
}
DATA_TABLE: Json = {
    "type": "data_table",
    "caption": "Questions by person",
    "page_size": 3,
    "rows": [
        [{"type": "raw_text", "text": "Person"}, {"type": "raw_text", "text": "Asked"}],
        *(
            [
                {"type": "raw_text", "text": f"Person {number}"},
                {"type": "raw_number", "value": number * 7 % 11, "text": str(number * 7 % 11)},
            ]
            for number in range(1, 9)
        ),
    ],
}
CARD: Json = {
    "type": "card",
    "hero_image": ELEMENTS["image"],
    "icon": ELEMENTS["image"],
    "title": marked("*Ada Marchetti*"),
    "subtitle": marked("Oncology"),
    "body": marked("Answers within a day, likes hard questions."),
    "actions": [{**BUTTON, "style": "primary"}],
}

MESSAGES: list[list[Json]] = [
    [
        {"type": "header", "text": plain("A heading :sparkles:")},
        {"type": "section", "text": marked(MRKDWN)},
        {"type": "divider"},
        {
            "type": "section",
            "fields": [marked("*Topic*\nPain"), marked("*Rhythm*\nWeekly"), plain("Plain :tada:")],
            "accessory": {**ELEMENTS["image"]},
        },
        {"type": "context", "elements": [ELEMENTS["image"], marked("Small print by <@U0ADA>")]},
        RICH,
    ],
    [
        {
            "type": "actions",
            "elements": [
                {**BUTTON, "style": "primary", "action_id": "a"},
                {**BUTTON, "style": "danger", "action_id": "b"},
                {**BUTTON, "action_id": "c"},
                {**ELEMENTS["overflow"], "options": [option("edit"), option("archive")]},
                {**ELEMENTS["static_select"], "placeholder": plain("A topic"), "action_id": "d"},
                {**ELEMENTS["datepicker"], "initial_date": "2026-12-01", "action_id": "e"},
                {**ELEMENTS["timepicker"], "action_id": "f"},
                {**ELEMENTS["datetimepicker"], "action_id": "g"},
                {**ELEMENTS["workflow_button"], "action_id": "i"},
            ],
        },
        {
            "type": "section",
            "text": marked("With boxes to tick"),
            "accessory": {
                **ELEMENTS["checkboxes"],
                "options": [option("a", description=plain("The first")), option("b")],
            },
        },
        {"type": "context_actions", "elements": [ELEMENTS["feedback_buttons"], ELEMENTS["icon_button"]]},
        {**BLOCKS["image"], "title": plain("From elsewhere")},
        BLOCKS["video"] | {"description": plain("Forty minutes"), "provider_name": "Talks"},
        BLOCKS["file"],
        {"type": "markdown", "text": "## Heading\n\n- one\n- **two**\n\n| a | b |\n|---|---|\n| 1 | 2 |"},
    ],
    [TABLE, DATA_TABLE, BLOCKS["data_visualization"], chart("bar")],
    [chart("line"), chart("area")],
    [
        CARD,
        {"type": "carousel", "elements": [CARD, CARD, CARD]},
        {
            "type": "container",
            "title": plain("Two records"),
            "subtitle": plain("Folded until one looks"),
            "is_collapsible": True,
            "child_blocks": [BLOCKS["section"], {"type": "divider"}, BLOCKS["actions"]],
        },
        {"type": "plan", "title": "A plan", "tasks": [
            {"type": "task_card", "task_id": "1", "title": "Look", "status": "complete",
             "output": rich(line(words("Found three")))},
            {"type": "task_card", "task_id": "2", "title": "Answer", "status": "in_progress"},
        ]},
    ],
]  # fmt: skip


def field(kind: str, **more: Any) -> Json:
    element = {**ELEMENTS[kind], "action_id": kind, **more.pop("element", {})}
    if "option_groups" in element:
        del element["options"]
    label = plain(kind.replace("_", " ").capitalize())
    return {"type": "input", "block_id": kind, "label": label, "element": element, **more}


TOLD = {"placeholder": plain("Say a little")}
FORM: Json = {
    "type": "modal",
    "title": plain("Everything there is"),
    "submit": plain("Send"),
    "close": plain("Cancel"),
    "callback_id": "all",
    "blocks": [
        *({"type": "alert", "text": marked(f"This is *{level}*"), "level": level}
          for level in ("default", "info", "warning", "error", "success")),
        field("plain_text_input", element={"max_length": 40, "min_length": 5, **TOLD},
              hint=plain("Forty characters at most")),
        field("email_text_input", optional=True),
        field("url_text_input", optional=True),
        field("number_input", optional=True),
        field("static_select", optional=True, element={
            "option_groups": [
                {"label": plain("Care"), "options": [option("pain"), option("sleep")]},
                {"label": plain("Career"), "options": [option("grants", description=plain("money"))]},
            ]} ),
        field("multi_users_select", optional=True, element={"max_selected_items": 2}),
        field("conversations_select", optional=True),
        field("datepicker", optional=True),
        field("timepicker", optional=True),
        field("datetimepicker", optional=True),
        field("checkboxes", optional=True, element={
            "options": [option("notes", description=marked("_after_ each")), option("calls")]}),
        field("radio_buttons", optional=True, element={"options": [option("weekly"), option("monthly")]}),
        field("rich_text_input", optional=True),
        field("file_input", optional=True, element={"filetypes": ["pdf", "csv"]}),
    ],
}  # fmt: skip
