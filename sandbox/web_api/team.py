"""The workspace itself, and its emoji."""

from sandbox.refusal import SlackError
from sandbox.web_api.call import Call, Json, Method


def _info(call: Call) -> Json:
    space = call.space
    if call.get("team") not in ("", space.id):
        raise SlackError("team_not_found")
    team = {
        "id": space.id,
        "name": space.name,
        "domain": space.domain,
        "email_domain": "",
        "icon": {"image_default": True},
        "is_verified": False,
        "url": f"https://{space.domain}.example/",
        "avatar_base_url": "https://pictures.example/",
        "lob_sales_home_enabled": False,
        "is_sfdc_auto_slack": False,
    }
    return {"team": team}


def _emoji(call: Call) -> Json:
    return {"emoji": dict(call.space.emoji), "cache_ts": f"{call.space.clock.time():.6f}"}


METHODS = {
    "team.info": Method(_info, "team:read", 3, takes_json=False),
    "emoji.list": Method(_emoji, "emoji:read", 2, takes_json=False),
}
