"""The page on which somebody lets the app into a workspace, or does not."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from sandbox.people import User

if TYPE_CHECKING:
    from sandbox.app import Sandbox

_CSS = """
:root { color-scheme: light dark; --line: #8886; --go: #0b6b4f; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; padding: 2rem 1rem; }
main { max-width: 30rem; margin: auto; border: 1px solid var(--line); border-radius: 12px;
  padding: 1.5rem 2rem; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 1rem; }
select { display: block; width: 100%; margin: .25rem 0 1rem; }
select, button { font: inherit; padding: .5rem .75rem; border-radius: 6px;
  border: 1px solid var(--line); }
:focus-visible { outline: 3px solid #4c9ffe; outline-offset: 2px; }
ul { padding-left: 1.25rem; }
.answers { display: flex; gap: .75rem; justify-content: flex-end; }
.go { background: var(--go); border-color: var(--go); color: #fff; font-weight: 600; }
"""


def question(sandbox: "Sandbox", kept: Mapping[str, str], team: str) -> str:
    """What is asked for, by whom, and the two answers.

    `kept` goes back with the answer; `team` is the workspace offered first.
    """
    registration = sandbox.registration
    places = list(registration.places.values())
    chosen = registration.places.get(team, sandbox)
    people = "".join(_people(each) for each in sorted(places, key=lambda each: each is not chosen))
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in kept.items()
    )
    scopes = "".join(f"<li><code>{escape(each)}</code></li>" for each in kept["scope"].split(","))
    name = escape(registration.manifest["display_information"]["name"])
    return _page(
        f"<h1>{name} asks to be let into a workspace</h1><form method='post'>{hidden}"
        f'<label>Who lets it in, and where <select name="who">{people}</select></label>'
        f"<p>It will be able to use:</p><ul>{scopes}</ul>"
        '<div class="answers"><button name="answer" value="cancel">Cancel</button>'
        '<button name="answer" value="allow" class="go">Allow</button></div></form>'
    )


def refusal(words: str) -> str:
    """Why nothing is asked."""
    return _page(f"<h1>Something went wrong</h1><p>{escape(words)}</p>")


def may_install(user: User) -> bool:
    """Whether somebody can let an app in."""
    return not (user.deleted or user.is_restricted or user.is_bot or user.is_stranger)


def _people(place: "Sandbox") -> str:
    """Those of a workspace who can install."""
    space = place.workspace
    listed = "".join(
        f'<option value="{space.id}/{each.id}">{escape(f"{each.real_name}, {space.name}")}</option>'
        for each in space.users.values()
        if may_install(each)
    )
    return f'<optgroup label="{escape(space.name)}">{listed}</optgroup>'


def _page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Install an app</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_CSS}</style></head>'
        f"<body><main>{body}</main></body></html>"
    )
