"""Queries about who runs the programme, and what they changed."""

from collections.abc import Iterable

from storage.database import Tx

_ADMINS = """workspace = :workspace AND deactivated = 0 AND bot = 0
    AND CASE WHEN EXISTS (SELECT 1 FROM admins WHERE workspace = :workspace)
             THEN user IN (SELECT user FROM admins WHERE workspace = :workspace)
             ELSE workspace_admin = 1 END"""


def name_admins(tx: Tx, users: Iterable[str]) -> None:
    """Make exactly these the programme's admins; none: the workspace's own admins and owners."""
    tx.execute("DELETE FROM admins WHERE workspace = :workspace")
    for user in sorted(set(users)):
        tx.execute("INSERT INTO admins (workspace, user) VALUES (:workspace, :user)", user=user)


def admins(tx: Tx) -> list[str]:
    """The programme's admins who can be reached, those with the fewest open consults first."""
    rows = tx.rows(
        f"""
        SELECT user FROM members WHERE {_ADMINS}
         ORDER BY (SELECT COUNT(*) FROM consults WHERE consults.workspace = members.workspace
                      AND consults.admin = members.user AND consults.state = 'open'), user
        """
    )
    return [row["user"] for row in rows]


def is_admin(tx: Tx, user: str) -> bool:
    """Whether the programme is theirs to run."""
    return bool(tx.value(f"SELECT 1 FROM members WHERE {_ADMINS} AND user = :user", user=user))


def audit(tx: Tx, actor: str, action: str, thing: str) -> None:
    """Write down who changed what; `thing` is an id or a topic's name, never somebody's words."""
    tx.execute(
        """INSERT INTO audit (workspace, actor, action, object, done_at)
           VALUES (:workspace, :actor, :action, :thing, :now)""",
        actor=actor,
        action=action,
        thing=thing,
    )
