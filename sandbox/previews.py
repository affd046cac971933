"""Previews of links: which ones Slack would show under a message of the app's."""

import re

_ADDRESS = re.compile(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>|(https?://[^<>|\s]+)")
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4", ".mp3")
_MOST = 5


def previewed(text: str, *, links: bool, media: bool) -> list[str]:
    """The addresses that Slack would show a preview of.

    `links`: of pages, `unfurl_links`, which apps have to ask for; `media`: of pictures and the
    like, `unfurl_media`, which they get unless they ask not to.
    """
    found = dict.fromkeys(one or other for one, other in _ADDRESS.findall(text))
    return [each for each in found if (media if _is_media(each) else links)][:_MOST]


def _is_media(address: str) -> bool:
    return address.partition("?")[0].lower().endswith(_MEDIA)
