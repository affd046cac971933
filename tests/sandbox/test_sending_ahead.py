"""Files that the page sends ahead of the message which shares them."""

import aiohttp

from sandbox.app import Sandbox


async def test_a_file_is_kept_for_whoever_sends_it_ahead(wide: Sandbox) -> None:
    headers = {"x-file-name": "men%C3%BC.txt", "x-as": "U0BEN"}
    async with aiohttp.ClientSession() as session:
        address = f"{wide.address}/sent-ahead"
        async with session.post(address, data=b"menu", headers=headers) as answer:
            kept = wide.workspace.files[(await answer.json())["id"]]
        assert (kept.name, kept.user, kept.content) == ("menü.txt", "U0BEN", b"menu")
        for wrong in ({"x-as": "U0NOBODY"}, {"x-file-name": ""}):
            async with session.post(address, data=b"menu", headers=headers | wrong) as answer:
                assert answer.status == 400
        async with session.post(address, data=b"", headers=headers) as answer:
            assert answer.status == 400
