from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.delivery.desk import Desk
from tests.delivery.desk import desk as make_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A worker in the seeded workspace."""
    async with make_desk(tmp_path / "mentor.db") as made:
        yield made
