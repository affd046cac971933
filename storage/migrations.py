"""How the store came to its shape: named steps, appended to and never changed."""

from sqlite_utils import Database, Migrations

migrations = Migrations("mentor-bot")


def _run(db: Database, script: str) -> None:
    # executescript() would commit the migration's own transaction first.
    for statement in script.split(";"):
        if statement.strip():
            db.conn.execute(statement)


@migrations()
def m001_people_topics_and_experts(db: Database) -> None:
    """Who is there, what the programme's topics are, and who takes questions on them."""
    _run(
        db,
        """
        CREATE TABLE members (
            workspace TEXT NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL,
            email TEXT, workspace_admin INTEGER NOT NULL DEFAULT 0,
            guest INTEGER NOT NULL DEFAULT 0, bot INTEGER NOT NULL DEFAULT 0,
            deactivated INTEGER NOT NULL DEFAULT 0, messages_channel TEXT,
            synced_at INTEGER NOT NULL,
            PRIMARY KEY (workspace, user)) WITHOUT ROWID;
        CREATE TABLE admins (
            workspace TEXT NOT NULL, user TEXT NOT NULL,
            PRIMARY KEY (workspace, user)) WITHOUT ROWID;
        CREATE TABLE topics (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, name TEXT NOT NULL,
            topic_class TEXT NOT NULL DEFAULT 'general', fallback_channel TEXT,
            UNIQUE (workspace, name));
        CREATE TABLE topic_words (
            workspace TEXT NOT NULL, word TEXT NOT NULL,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            PRIMARY KEY (workspace, word, topic_id)) WITHOUT ROWID;
        CREATE INDEX topic_words_of ON topic_words (topic_id);
        CREATE TABLE topic_tags (
            workspace TEXT NOT NULL, tag TEXT NOT NULL,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            synonym TEXT, PRIMARY KEY (workspace, tag, topic_id)) WITHOUT ROWID;
        CREATE INDEX topic_tags_of ON topic_tags (topic_id);
        CREATE TABLE experts (
            workspace TEXT NOT NULL, user TEXT NOT NULL, about TEXT NOT NULL DEFAULT '',
            capacity INTEGER NOT NULL DEFAULT 3, starts INTEGER NOT NULL DEFAULT 540,
            ends INTEGER NOT NULL DEFAULT 1020, days TEXT NOT NULL DEFAULT '12345',
            paused_until INTEGER, last_asked_at INTEGER NOT NULL DEFAULT 0,
            shift INTEGER NOT NULL DEFAULT 0, turn_at INTEGER NOT NULL DEFAULT 0,
            tagged_by TEXT NOT NULL, PRIMARY KEY (workspace, user)) WITHOUT ROWID;
        CREATE INDEX experts_by_turn ON experts (workspace, shift, turn_at, user);
        CREATE INDEX experts_lately ON experts (workspace, last_asked_at DESC, user);
        CREATE TABLE shifts (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, zone TEXT NOT NULL,
            starts INTEGER NOT NULL, ends INTEGER NOT NULL, days TEXT NOT NULL,
            UNIQUE (workspace, zone, starts, ends, days));
        CREATE TABLE expert_topics (
            workspace TEXT NOT NULL,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            user TEXT NOT NULL, source TEXT NOT NULL,
            shift INTEGER NOT NULL DEFAULT 0, turn_at INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (workspace, topic_id, user)) WITHOUT ROWID;
        CREATE INDEX expert_topics_by_turn
            ON expert_topics (workspace, topic_id, shift, turn_at, user);
        CREATE INDEX expert_topics_of ON expert_topics (workspace, user);
        CREATE TABLE expert_words (
            workspace TEXT NOT NULL, word TEXT NOT NULL, user TEXT NOT NULL,
            PRIMARY KEY (workspace, word, user)) WITHOUT ROWID;
        CREATE INDEX expert_words_of ON expert_words (workspace, user);
        CREATE TABLE exclusions (
            workspace TEXT NOT NULL, user TEXT NOT NULL, excluded TEXT NOT NULL,
            PRIMARY KEY (workspace, user, excluded)) WITHOUT ROWID;
        CREATE INDEX exclusions_of ON exclusions (workspace, excluded)
        """,
    )


@migrations()
def m002_consults_and_offers(db: Database) -> None:
    """Spot questions, what became of them, and to whom each was put."""
    _run(
        db,
        """
        CREATE TABLE consults (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, asker TEXT NOT NULL,
            question TEXT NOT NULL, tried TEXT NOT NULL DEFAULT '', urgency TEXT NOT NULL,
            state TEXT NOT NULL, step TEXT NOT NULL, asked_at INTEGER NOT NULL,
            wanted_expert TEXT, expert TEXT, admin TEXT, first_offered_at INTEGER,
            accepted_at INTEGER, answer TEXT, answered_at INTEGER,
            conversation INTEGER NOT NULL DEFAULT 0, closed_at INTEGER, closed_by TEXT,
            outcome TEXT, due_at INTEGER, stage INTEGER NOT NULL DEFAULT 0,
            silence_asked INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX consults_of ON consults (workspace, asker, state, asked_at);
        CREATE INDEX consults_taken_by ON consults (workspace, expert, accepted_at);
        CREATE INDEX consults_due ON consults (due_at) WHERE due_at IS NOT NULL;
        CREATE TABLE consult_topics (
            workspace TEXT NOT NULL,
            consult_id INTEGER NOT NULL REFERENCES consults (id) ON DELETE CASCADE,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            PRIMARY KEY (workspace, consult_id, topic_id)) WITHOUT ROWID;
        CREATE INDEX consult_topics_of ON consult_topics (topic_id);
        CREATE INDEX consult_topics_in ON consult_topics (consult_id);
        CREATE TABLE offers (
            workspace TEXT NOT NULL,
            consult_id INTEGER NOT NULL REFERENCES consults (id) ON DELETE CASCADE,
            expert TEXT NOT NULL, state TEXT NOT NULL, offered_at INTEGER NOT NULL,
            partial INTEGER NOT NULL DEFAULT 0, reminded_at INTEGER, reason TEXT,
            PRIMARY KEY (workspace, consult_id, expert)) WITHOUT ROWID;
        CREATE INDEX offers_to ON offers (workspace, expert, state);
        CREATE INDEX offers_in ON offers (consult_id);
        CREATE TABLE helps (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, helper TEXT NOT NULL,
            helped TEXT NOT NULL, kind TEXT NOT NULL, category TEXT NOT NULL, topic TEXT,
            happened_at INTEGER NOT NULL,
            consult_id INTEGER REFERENCES consults (id) ON DELETE SET NULL,
            minutes INTEGER, outcome TEXT, learned TEXT, thanks TEXT,
            UNIQUE (workspace, consult_id, helper));
        CREATE INDEX helps_by ON helps (workspace, helper, happened_at);
        CREATE INDEX helps_in ON helps (consult_id)
        """,
    )


@migrations()
def m003_outbox_and_what_was_received(db: Database) -> None:
    """What Slack should show, and what Slack has already told."""
    _run(
        db,
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'pending', wanted INTEGER NOT NULL DEFAULT 1,
            sent INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, claimed_by TEXT,
            claimed_until INTEGER NOT NULL DEFAULT 0, channel TEXT, ts TEXT, reason TEXT,
            UNIQUE (workspace, key));
        CREATE INDEX outbox_due ON outbox (state, due_at);
        CREATE TABLE received (
            workspace TEXT NOT NULL, key TEXT NOT NULL, received_at INTEGER NOT NULL,
            result INTEGER, PRIMARY KEY (workspace, key)) WITHOUT ROWID;
        CREATE INDEX received_before ON received (received_at);
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, actor TEXT NOT NULL,
            action TEXT NOT NULL, object TEXT NOT NULL, done_at INTEGER NOT NULL)
        """,
    )


@migrations()
def m004_peer_circles(db: Database) -> None:
    """Circles, who is in them, their sessions, and what members said they would do."""
    _run(
        db,
        """
        CREATE TABLE circles (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, name TEXT NOT NULL,
            purpose TEXT NOT NULL DEFAULT '', stage TEXT, size INTEGER NOT NULL,
            private INTEGER NOT NULL DEFAULT 0, rhythm TEXT NOT NULL, first_on TEXT NOT NULL,
            minutes INTEGER NOT NULL, zone TEXT NOT NULL, sessions INTEGER,
            state TEXT NOT NULL DEFAULT 'active', founder TEXT NOT NULL,
            founded_at INTEGER NOT NULL, channel TEXT, fault TEXT,
            furnished INTEGER NOT NULL DEFAULT 0, quiet INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX circles_in ON circles (workspace, state, name);
        CREATE UNIQUE INDEX circles_channel ON circles (workspace, channel);
        CREATE TABLE circle_topics (
            workspace TEXT NOT NULL,
            circle_id INTEGER NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            PRIMARY KEY (workspace, circle_id, topic_id)) WITHOUT ROWID;
        CREATE INDEX circle_topics_of ON circle_topics (topic_id);
        CREATE INDEX circle_topics_in ON circle_topics (circle_id);
        CREATE TABLE circle_members (
            workspace TEXT NOT NULL,
            circle_id INTEGER NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
            user TEXT NOT NULL, standing TEXT NOT NULL, since INTEGER NOT NULL,
            present INTEGER NOT NULL DEFAULT 0,
            led INTEGER NOT NULL DEFAULT 0, last_led_at INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (workspace, circle_id, user)) WITHOUT ROWID;
        CREATE INDEX circle_members_in ON circle_members (circle_id);
        CREATE INDEX circle_members_of ON circle_members (workspace, user, standing);
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,
            circle_id INTEGER NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
            number INTEGER NOT NULL, planned_on TEXT NOT NULL, meets_on TEXT NOT NULL,
            starts_at INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'planned', facilitator TEXT,
            confirmed INTEGER NOT NULL DEFAULT 0, question_id TEXT, opened_at INTEGER,
            closed_at INTEGER, due_at INTEGER,
            UNIQUE (workspace, circle_id, planned_on));
        CREATE INDEX sessions_due ON sessions (due_at);
        CREATE INDEX sessions_in ON sessions (circle_id);
        CREATE TABLE attendance (
            workspace TEXT NOT NULL,
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            user TEXT NOT NULL, coming INTEGER, replies INTEGER NOT NULL DEFAULT 0,
            useful INTEGER, PRIMARY KEY (workspace, session_id, user)) WITHOUT ROWID;
        CREATE INDEX attendance_in ON attendance (session_id);
        CREATE TABLE commitments (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,
            circle_id INTEGER NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
            session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            user TEXT NOT NULL, words TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open',
            made_at INTEGER NOT NULL, settled_at INTEGER);
        CREATE INDEX commitments_in ON commitments (workspace, circle_id, state);
        CREATE INDEX commitments_of ON commitments (workspace, user, state);
        CREATE INDEX commitments_made_in ON commitments (session_id);
        CREATE TABLE questions (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, key TEXT NOT NULL, stage TEXT,
            text TEXT NOT NULL, prompt TEXT NOT NULL DEFAULT '',
            circle_id INTEGER REFERENCES circles (id) ON DELETE CASCADE, suggested_by TEXT,
            UNIQUE (workspace, key));
        CREATE INDEX questions_in ON questions (circle_id);
        CREATE INDEX outbox_threads ON outbox (workspace, channel, ts)
            WHERE key >= 'session-thread/' AND key < 'session-thread0';
        CREATE TABLE nudges (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, user TEXT NOT NULL,
            kind TEXT NOT NULL, about INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting',
            due_at INTEGER, until INTEGER NOT NULL, because TEXT,
            UNIQUE (workspace, kind, about, user));
        CREATE INDEX nudges_due ON nudges (due_at)
        """,
    )


@migrations()
def m005_circles_are_formed(db: Database) -> None:
    """Who would like a circle and when they could meet, and circles proposed from that."""
    _run(
        db,
        """
        CREATE TABLE wishes (
            workspace TEXT NOT NULL, user TEXT NOT NULL, stage TEXT,
            days TEXT NOT NULL, hours TEXT NOT NULL, discipline TEXT NOT NULL DEFAULT '',
            site TEXT NOT NULL DEFAULT '', wished_at INTEGER NOT NULL,
            PRIMARY KEY (workspace, user)) WITHOUT ROWID;
        CREATE TABLE wish_topics (
            workspace TEXT NOT NULL, user TEXT NOT NULL,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            PRIMARY KEY (workspace, user, topic_id)) WITHOUT ROWID;
        CREATE INDEX wish_topics_of ON wish_topics (topic_id);
        CREATE TABLE formings (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, admin TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'running', asked_at INTEGER NOT NULL);
        CREATE INDEX formings_running ON formings (workspace) WHERE state = 'running';
        CREATE TABLE forming_groups (
            workspace TEXT NOT NULL,
            forming_id INTEGER NOT NULL REFERENCES formings (id) ON DELETE CASCADE,
            number INTEGER NOT NULL, hour INTEGER NOT NULL,
            PRIMARY KEY (workspace, forming_id, number)) WITHOUT ROWID;
        CREATE INDEX forming_groups_in ON forming_groups (forming_id);
        CREATE TABLE forming_people (
            workspace TEXT NOT NULL,
            forming_id INTEGER NOT NULL REFERENCES formings (id) ON DELETE CASCADE,
            user TEXT NOT NULL, number INTEGER, why TEXT,
            PRIMARY KEY (workspace, forming_id, user)) WITHOUT ROWID;
        CREATE INDEX forming_people_in ON forming_people (forming_id)
        """,
    )


@migrations()
def m006_circles_tell_old_news_from_new(db: Database) -> None:
    """When Slack last said that somebody came into a circle's channel or left it."""
    _run(
        db,
        """
        ALTER TABLE circle_members ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0
        """,
    )


@migrations()
def m007_a_consult_is_found_by_its_admin(db: Database) -> None:
    """When an admin leaves, what waits for them goes to another: found without reading them all."""
    _run(
        db,
        """
        CREATE INDEX consults_with_admin ON consults (workspace, admin) WHERE admin IS NOT NULL
        """,
    )
