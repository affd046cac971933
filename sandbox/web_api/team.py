"""The workspace itself."""

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


METHODS = {"team.info": Method(_info, "team:read")}
