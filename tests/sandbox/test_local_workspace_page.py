"""What docs/local-workspace.md lists is what there is."""

import re
from pathlib import Path

from sandbox.administration import ACTS
from sandbox.web_api import METHODS

TEXT = (Path(__file__).parents[2] / "docs/local-workspace.md").read_text(encoding="utf-8")


def rows() -> dict[str, tuple[set[str], str, str]]:
    """Scopes, tier and what is checked, by method."""
    found = re.findall(r"^\| `([\w.]+)` \| (.+?) \| (\w+) \| (.+) \|$", TEXT, re.MULTILINE)
    return {
        name: (set(re.findall(r"`(.+?)`", scopes)), tier, checked)
        for name, scopes, tier, checked in found
    }


def test_each_method_is_listed_with_its_scope_and_tier() -> None:
    listed = {name: (scopes, tier) for name, (scopes, tier, _) in rows().items()}
    assert listed == {
        name: (set(each.accepted), str(each.tier or "special")) for name, each in METHODS.items()
    }


def test_of_each_it_is_said_what_is_checked() -> None:
    assert all(len(checked) > 5 for _, _, checked in rows().values())


def test_all_that_owners_do_is_listed() -> None:
    assert set(re.findall(r"`admin/(\w+)`", TEXT)) == set(ACTS)
