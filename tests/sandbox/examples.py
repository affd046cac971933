"""One of every block and element of Slack's, as small as it may be."""

from typing import Any

Json = dict[str, Any]


def plain(text: str, **more: Any) -> Json:
    return {"type": "plain_text", "text": text, **more}


def marked(text: str, **more: Any) -> Json:
    return {"type": "mrkdwn", "text": text, **more}


def option(value: str, **more: Any) -> Json:
    return {"text": plain(value.title()), "value": value, **more}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def line(*parts: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(parts)}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


PICTURE: Json = {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "A harbour"}
BUTTON: Json = {"type": "button", "action_id": "go", "text": plain("Go")}
TEXT_FIELD: Json = {"type": "plain_text_input", "action_id": "typed"}
CELL: Json = {"type": "raw_text", "text": "x"}
RICH = rich(line(words("Words")))
PIE: Json = {"type": "pie", "segments": [{"label": "Yes", "value": 3}, {"label": "No", "value": 1}]}
BARS: Json = {
    "type": "bar",
    "series": [{"name": "Asked", "data": [{"label": "May", "value": 2}]}],
    "axis_config": {"categories": ["May"]},
}
TASK: Json = {"type": "task_card", "task_id": "1", "title": "Look", "status": "pending"}
WORKFLOW: Json = {"trigger": {"url": "https://slack.com/shortcuts/1/2"}}

ELEMENTS: dict[str, Json] = {
    "button": BUTTON,
    "overflow": {"options": [option("edit")]},
    "workflow_button": {"text": plain("Run"), "workflow": WORKFLOW},
    "image": PICTURE,
    "static_select": {"options": [option("a")]},
    "multi_static_select": {"options": [option("a")]},
    "external_select": {},
    "multi_external_select": {},
    "users_select": {},
    "multi_users_select": {},
    "conversations_select": {},
    "multi_conversations_select": {},
    "channels_select": {},
    "multi_channels_select": {},
    "datepicker": {},
    "timepicker": {},
    "datetimepicker": {},
    "checkboxes": {"options": [option("a")]},
    "radio_buttons": {"options": [option("a")]},
    "plain_text_input": {},
    "email_text_input": {},
    "url_text_input": {},
    "number_input": {"is_decimal_allowed": False},
    "rich_text_input": {},
    "file_input": {},
    "feedback_buttons": {
        "positive_button": {"text": plain("Good"), "value": "good"},
        "negative_button": {"text": plain("Bad"), "value": "bad"},
    },
    "icon_button": {"icon": "trash", "text": plain("Delete")},
}
ELEMENTS = {kind: {"type": kind, **made} for kind, made in ELEMENTS.items()}

BLOCKS: dict[str, Json] = {
    "section": {"text": marked("*Words*")},
    "divider": {},
    "header": {"text": plain("A heading")},
    "context": {"elements": [marked("Small print")]},
    "actions": {"elements": [BUTTON]},
    "image": {"image_url": "https://a.example/x.png", "alt_text": "A harbour"},
    "input": {"label": plain("Goal"), "element": TEXT_FIELD},
    "rich_text": {"elements": [line(words("Words"))]},
    "video": {
        "alt_text": "A talk",
        "title": plain("A talk"),
        "thumbnail_url": "https://a.example/x.png",
        "video_url": "https://a.example/x",
    },
    "file": {"external_id": "F1", "source": "remote"},
    "call": {"call_id": "R1"},
    "markdown": {"text": "**Words**"},
    "table": {"rows": [[CELL]]},
    "data_table": {"rows": [[CELL], [CELL]], "caption": "Figures"},
    "data_visualization": {"title": "Answers", "chart": PIE},
    "alert": {"text": plain("Mind the gap")},
    "card": {"title": marked("A card")},
    "carousel": {"elements": [{"type": "card", "title": marked("A card")}]},
    "container": {"title": plain("A box"), "child_blocks": [{"type": "divider"}]},
    "context_actions": {"elements": [ELEMENTS["icon_button"]]},
    "task_card": TASK,
    "plan": {"title": "A plan", "tasks": [TASK]},
}
BLOCKS = {kind: {"type": kind, **made} for kind, made in BLOCKS.items()}

MODAL: Json = {"type": "modal", "title": plain("Form"), "blocks": []}
HOME: Json = {"type": "home", "blocks": []}
VIEWS = {"modal": MODAL, "home": HOME}
