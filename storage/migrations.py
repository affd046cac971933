"""How the store came to its shape: named steps, appended to and never changed."""

import secrets

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


@migrations()
def m008_members_have_a_profile(db: Database) -> None:
    """What members say of themselves, which needs they have, and whom they turn to for each."""
    _run(
        db,
        """
        CREATE TABLE profiles (
            workspace TEXT NOT NULL, user TEXT NOT NULL, stage TEXT,
            discipline TEXT NOT NULL DEFAULT '', site TEXT NOT NULL DEFAULT '',
            about TEXT NOT NULL DEFAULT '', mentees INTEGER NOT NULL DEFAULT 0,
            starts INTEGER NOT NULL DEFAULT 540, ends INTEGER NOT NULL DEFAULT 1020,
            days TEXT NOT NULL DEFAULT '12345', paused_until INTEGER,
            introduced INTEGER NOT NULL DEFAULT 0, changed_at INTEGER NOT NULL,
            PRIMARY KEY (workspace, user)) WITHOUT ROWID;
        CREATE INDEX profiles_mentoring ON profiles (workspace, user) WHERE mentees > 0;
        CREATE TABLE profile_topics (
            workspace TEXT NOT NULL, user TEXT NOT NULL,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            side TEXT NOT NULL,
            PRIMARY KEY (workspace, user, topic_id, side)) WITHOUT ROWID;
        CREATE INDEX profile_topics_of ON profile_topics (topic_id, side);
        CREATE TABLE needs (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, key TEXT NOT NULL,
            stage TEXT NOT NULL, name TEXT NOT NULL, about TEXT NOT NULL DEFAULT '',
            topics TEXT NOT NULL DEFAULT '', UNIQUE (workspace, key));
        CREATE TABLE covers (
            workspace TEXT NOT NULL, user TEXT NOT NULL, need TEXT NOT NULL, covered_by TEXT,
            since INTEGER NOT NULL, PRIMARY KEY (workspace, user, need)) WITHOUT ROWID
        """,
    )


@migrations()
def m009_mentorships(db: Database) -> None:
    """Pairs from the request to the end, what they have agreed, and the mentee's goals."""
    _run(
        db,
        """
        CREATE TABLE mentorships (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, kind TEXT NOT NULL,
            state TEXT NOT NULL, mentor TEXT NOT NULL, mentee TEXT NOT NULL,
            asked_by TEXT NOT NULL, asked_at INTEGER NOT NULL, need TEXT,
            note TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT 'traditional',
            rhythm TEXT, months INTEGER, due_at INTEGER, reminded_at INTEGER,
            mentor_says INTEGER, mentee_says INTEGER, started_at INTEGER, ends_at INTEGER,
            ended_at INTEGER, ended_by TEXT, paused_until INTEGER, checkin_due_at INTEGER,
            checkin_step INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 0,
            cohort_id INTEGER, gives INTEGER REFERENCES topics (id) ON DELETE SET NULL,
            gets INTEGER REFERENCES topics (id) ON DELETE SET NULL, met_at INTEGER);
        CREATE INDEX mentorships_give ON mentorships (gives) WHERE gives IS NOT NULL;
        CREATE INDEX mentorships_get ON mentorships (gets) WHERE gets IS NOT NULL;
        CREATE INDEX mentorships_due ON mentorships (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX mentorships_due_in ON mentorships (workspace, due_at)
            WHERE due_at IS NOT NULL;
        CREATE INDEX mentorships_checkin_due ON mentorships (checkin_due_at)
            WHERE checkin_due_at IS NOT NULL;
        CREATE INDEX mentorships_mentor ON mentorships (workspace, mentor, state);
        CREATE INDEX mentorships_mentee ON mentorships (workspace, mentee, state);
        CREATE UNIQUE INDEX mentorships_once ON mentorships (workspace, mentor, mentee, kind)
            WHERE state IN ('asked', 'meeting', 'agreeing', 'active', 'paused');
        CREATE TABLE agreements (
            workspace TEXT NOT NULL,
            mentorship_id INTEGER NOT NULL REFERENCES mentorships (id) ON DELETE CASCADE,
            version INTEGER NOT NULL, objectives TEXT NOT NULL, mentee_does TEXT NOT NULL,
            mentor_does TEXT NOT NULL, boundaries TEXT NOT NULL, rhythm TEXT NOT NULL,
            months INTEGER, feedback TEXT NOT NULL, category TEXT NOT NULL, ending TEXT NOT NULL,
            proposed_by TEXT NOT NULL, proposed_at INTEGER NOT NULL,
            mentee_signed_at INTEGER, mentor_signed_at INTEGER,
            PRIMARY KEY (workspace, mentorship_id, version)) WITHOUT ROWID;
        CREATE INDEX agreements_in ON agreements (mentorship_id);
        CREATE TABLE goals (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, user TEXT NOT NULL,
            mentorship_id INTEGER REFERENCES mentorships (id) ON DELETE SET NULL,
            words TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open',
            progress INTEGER NOT NULL DEFAULT 0, set_at INTEGER NOT NULL, settled_at INTEGER);
        CREATE INDEX goals_of ON goals (workspace, user, state);
        CREATE INDEX goals_in ON goals (mentorship_id)
        """,
    )


@migrations()
def m010_checkins(db: Database) -> None:
    """Dated meetings of a pair, what was noted and what each said they would do; they are helps."""
    _run(
        db,
        """
        CREATE TABLE checkins (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,
            mentorship_id INTEGER NOT NULL REFERENCES mentorships (id) ON DELETE CASCADE,
            proposed_by TEXT NOT NULL, planned_at INTEGER NOT NULL, starts_at INTEGER NOT NULL,
            minutes INTEGER NOT NULL, agenda TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT 'planned', uid TEXT NOT NULL,
            sequence INTEGER NOT NULL DEFAULT 0, due_at INTEGER, moved_from INTEGER,
            changed_by TEXT, told_by TEXT);
        CREATE INDEX checkins_due ON checkins (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX checkins_in ON checkins (mentorship_id, state, starts_at);
        CREATE TABLE checkin_notes (
            workspace TEXT NOT NULL,
            checkin_id INTEGER NOT NULL REFERENCES checkins (id) ON DELETE CASCADE,
            user TEXT NOT NULL, shared INTEGER NOT NULL, words TEXT NOT NULL,
            written_at INTEGER NOT NULL,
            PRIMARY KEY (workspace, checkin_id, user, shared)) WITHOUT ROWID;
        CREATE INDEX checkin_notes_in ON checkin_notes (checkin_id);
        CREATE TABLE checkin_commitments (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,
            checkin_id INTEGER NOT NULL REFERENCES checkins (id) ON DELETE CASCADE,
            user TEXT NOT NULL, words TEXT NOT NULL, by_on TEXT,
            state TEXT NOT NULL DEFAULT 'open', settled_at INTEGER);
        CREATE INDEX checkin_commitments_in ON checkin_commitments (checkin_id);
        CREATE INDEX checkin_commitments_of ON checkin_commitments (workspace, user, state);
        ALTER TABLE helps ADD COLUMN mentorship_id INTEGER
            REFERENCES mentorships (id) ON DELETE SET NULL;
        ALTER TABLE helps ADD COLUMN checkin_id INTEGER
            REFERENCES checkins (id) ON DELETE SET NULL;
        CREATE UNIQUE INDEX helps_once_a_checkin ON helps (workspace, checkin_id, helper);
        CREATE INDEX helps_of_checkin ON helps (checkin_id);
        CREATE INDEX helps_of_mentorship ON helps (mentorship_id)
        """,
    )


@migrations()
def m011_nudges_have_kinds(db: Database) -> None:
    """Nudges can be turned off by kind, snoozed and come again; quiet times are known."""
    _run(
        db,
        """
        CREATE TABLE nudges_by_kind (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, user TEXT NOT NULL,
            thing TEXT NOT NULL, kind TEXT NOT NULL, about INTEGER NOT NULL,
            occasion INTEGER NOT NULL DEFAULT 0, round INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'waiting', importance INTEGER NOT NULL DEFAULT 5,
            due_at INTEGER NOT NULL, look_at INTEGER, until INTEGER NOT NULL,
            because TEXT, sent_at INTEGER, heeded_at INTEGER,
            UNIQUE (workspace, thing, about, user, occasion, round));
        INSERT INTO nudges_by_kind (id, workspace, user, thing, kind, about, state, due_at, look_at,
                                    until, because)
            SELECT id, workspace, user, kind, 'sessions', about, state, COALESCE(due_at, until),
                   due_at, until, because
              FROM nudges;
        DROP TABLE nudges;
        ALTER TABLE nudges_by_kind RENAME TO nudges;
        CREATE INDEX nudges_due ON nudges (look_at) WHERE look_at IS NOT NULL;
        CREATE INDEX nudges_of ON nudges (workspace, user, state, due_at);
        CREATE INDEX nudges_said ON nudges (workspace, user, sent_at) WHERE sent_at IS NOT NULL;
        CREATE TABLE nudge_kinds (
            workspace TEXT NOT NULL, user TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
            since INTEGER NOT NULL, PRIMARY KEY (workspace, user, kind)) WITHOUT ROWID;
        ALTER TABLE members ADD COLUMN quiet_from INTEGER;
        ALTER TABLE members ADD COLUMN quiet_until INTEGER
        """,
    )


@migrations()
def m012_how_mentorships_go(db: Database) -> None:
    """What each of the two says, in private, of how it goes, how it ended and what came of it."""
    _run(
        db,
        """
        CREATE TABLE health_answers (
            workspace TEXT NOT NULL,
            mentorship_id INTEGER NOT NULL REFERENCES mentorships (id) ON DELETE CASCADE,
            occasion TEXT NOT NULL, user TEXT NOT NULL, aspect TEXT NOT NULL,
            score INTEGER NOT NULL, answered_at INTEGER NOT NULL,
            PRIMARY KEY (workspace, mentorship_id, occasion, user, aspect)) WITHOUT ROWID;
        CREATE INDEX health_answers_in ON health_answers (mentorship_id);
        CREATE TABLE closing_answers (
            workspace TEXT NOT NULL,
            mentorship_id INTEGER NOT NULL REFERENCES mentorships (id) ON DELETE CASCADE,
            user TEXT NOT NULL, words TEXT NOT NULL DEFAULT '', thanks TEXT NOT NULL DEFAULT '',
            answered_at INTEGER NOT NULL,
            PRIMARY KEY (workspace, mentorship_id, user)) WITHOUT ROWID;
        CREATE INDEX closing_answers_in ON closing_answers (mentorship_id);
        CREATE TABLE closing_barriers (
            workspace TEXT NOT NULL,
            mentorship_id INTEGER NOT NULL REFERENCES mentorships (id) ON DELETE CASCADE,
            user TEXT NOT NULL, barrier TEXT NOT NULL,
            PRIMARY KEY (workspace, mentorship_id, user, barrier)) WITHOUT ROWID;
        CREATE INDEX closing_barriers_in ON closing_barriers (mentorship_id);
        CREATE TABLE outcome_answers (
            workspace TEXT NOT NULL,
            mentorship_id INTEGER NOT NULL REFERENCES mentorships (id) ON DELETE CASCADE,
            occasion TEXT NOT NULL, user TEXT NOT NULL, outcome TEXT NOT NULL,
            reached INTEGER NOT NULL, answered_at INTEGER NOT NULL,
            PRIMARY KEY (workspace, mentorship_id, occasion, user, outcome)) WITHOUT ROWID;
        CREATE INDEX outcome_answers_in ON outcome_answers (mentorship_id)
        """,
    )


@migrations()
def m013_cohorts_are_matched(db: Database) -> None:
    """Who would like to be matched with whom, and the pairs proposed from that to an admin."""
    _run(
        db,
        """
        CREATE TABLE match_wishes (
            workspace TEXT NOT NULL, user TEXT NOT NULL, side TEXT NOT NULL, need TEXT,
            wished_at INTEGER NOT NULL, PRIMARY KEY (workspace, user, side)) WITHOUT ROWID;
        CREATE TABLE match_preferences (
            workspace TEXT NOT NULL, user TEXT NOT NULL, side TEXT NOT NULL, other TEXT NOT NULL,
            rank INTEGER NOT NULL,
            PRIMARY KEY (workspace, user, side, other)) WITHOUT ROWID;
        CREATE TABLE cohorts (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, admin TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'running', asked_at INTEGER NOT NULL);
        CREATE INDEX cohorts_running ON cohorts (workspace) WHERE state = 'running';
        CREATE TABLE cohort_pairs (
            workspace TEXT NOT NULL,
            cohort_id INTEGER NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
            mentee TEXT NOT NULL, mentor TEXT NOT NULL, worth INTEGER NOT NULL,
            PRIMARY KEY (workspace, cohort_id, mentee)) WITHOUT ROWID;
        CREATE INDEX cohort_pairs_in ON cohort_pairs (cohort_id);
        CREATE TABLE cohort_left (
            workspace TEXT NOT NULL,
            cohort_id INTEGER NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
            user TEXT NOT NULL, side TEXT NOT NULL, why TEXT NOT NULL,
            PRIMARY KEY (workspace, cohort_id, user, side)) WITHOUT ROWID;
        CREATE INDEX cohort_left_in ON cohort_left (cohort_id)
        """,
    )


@migrations()
def m014_an_offer_can_wait(db: Database) -> None:
    """An expert asks for one detail, comes back to it at a date, or puts it to a colleague."""
    _run(
        db,
        """
        CREATE TABLE consult_details (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,
            consult_id INTEGER NOT NULL REFERENCES consults (id) ON DELETE CASCADE,
            expert TEXT NOT NULL, question TEXT NOT NULL, answer TEXT,
            state TEXT NOT NULL DEFAULT 'open', asked_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL, settled_at INTEGER,
            UNIQUE (workspace, consult_id, expert));
        CREATE INDEX consult_details_in ON consult_details (consult_id);
        CREATE UNIQUE INDEX consult_details_one_open ON consult_details (workspace, consult_id)
            WHERE state = 'open';
        ALTER TABLE offers ADD COLUMN rests_until INTEGER;
        ALTER TABLE offers ADD COLUMN forwarded_to TEXT;
        ALTER TABLE offers ADD COLUMN thought_of_by TEXT;
        ALTER TABLE consults ADD COLUMN names_personal INTEGER NOT NULL DEFAULT 0
        """,
    )


@migrations()
def m015_colleagues_are_endorsed(db: Database) -> None:
    """Who says of whom that they know a topic, and what those answered."""
    _run(
        db,
        """
        CREATE TABLE endorsements (
            workspace TEXT NOT NULL, user TEXT NOT NULL,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            endorsed_by TEXT NOT NULL, state TEXT NOT NULL, forwarded INTEGER NOT NULL,
            asked_at INTEGER NOT NULL, answered_at INTEGER,
            PRIMARY KEY (workspace, user, topic_id, endorsed_by)) WITHOUT ROWID;
        CREATE INDEX endorsements_on ON endorsements (topic_id)
        """,
    )


@migrations()
def m016_patient_identifiers_are_looked_for(db: Database) -> None:
    """How strictly a programme looks for them, and who confirmed which kinds; never any words."""
    _run(
        db,
        """
        CREATE TABLE identifier_checks (
            workspace TEXT NOT NULL PRIMARY KEY, check_is TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE identifier_confirmations (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, user TEXT NOT NULL,
            surface TEXT NOT NULL, kinds TEXT NOT NULL, confirmed_at INTEGER NOT NULL);
        CREATE INDEX identifier_confirmations_at
            ON identifier_confirmations (workspace, confirmed_at)
        """,
    )


@migrations()
def m017_routing_learns_from_answers(db: Database) -> None:
    """The terms of answered questions, why each expert was asked, and how long askers waited."""
    _run(
        db,
        """
        CREATE TABLE answered (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL, user TEXT NOT NULL,
            consult_id INTEGER REFERENCES consults (id) ON DELETE SET NULL,
            answered_at INTEGER NOT NULL, weight REAL NOT NULL, terms TEXT NOT NULL,
            UNIQUE (workspace, consult_id, user));
        CREATE INDEX answered_by ON answered (workspace, user);
        CREATE INDEX answered_in ON answered (consult_id);
        CREATE TABLE answered_terms (
            workspace TEXT NOT NULL, term TEXT NOT NULL, answered_at INTEGER NOT NULL,
            answered_id INTEGER NOT NULL, user TEXT NOT NULL, worth REAL NOT NULL,
            weight REAL NOT NULL,
            PRIMARY KEY (workspace, term, answered_at, answered_id)) WITHOUT ROWID;
        CREATE TABLE answered_often (
            workspace TEXT NOT NULL, term TEXT NOT NULL, many INTEGER NOT NULL,
            PRIMARY KEY (workspace, term)) WITHOUT ROWID;
        CREATE TABLE answerers (
            workspace TEXT NOT NULL, user TEXT NOT NULL, many INTEGER NOT NULL,
            recent REAL NOT NULL, recent_at INTEGER NOT NULL,
            PRIMARY KEY (workspace, user)) WITHOUT ROWID;
        CREATE INDEX offers_lately ON offers (workspace, offered_at);
        ALTER TABLE offers ADD COLUMN reasons TEXT NOT NULL DEFAULT '';
        ALTER TABLE topics ADD COLUMN places INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE consults ADD COLUMN waited INTEGER
        """,
    )


@migrations()
def m018_a_question_can_be_asked_anonymously(db: Database) -> None:
    """Who asks may stay unnamed; what the two then say to each other through the bot is kept.

    `side` is who wrote: no row of what was said holds the asker's id.
    """
    _run(
        db,
        """
        ALTER TABLE consults ADD COLUMN anonymous INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE consults ADD COLUMN revealed_at INTEGER;
        CREATE TABLE relayed (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,
            consult_id INTEGER NOT NULL REFERENCES consults (id) ON DELETE CASCADE,
            expert TEXT NOT NULL, side TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL,
            version INTEGER NOT NULL, words TEXT NOT NULL DEFAULT '',
            deleted INTEGER NOT NULL DEFAULT 0, notice TEXT, kinds TEXT NOT NULL DEFAULT '',
            said_at INTEGER NOT NULL, UNIQUE (workspace, channel, ts));
        CREATE INDEX relayed_in ON relayed (consult_id)
        """,
    )


@migrations()
def m019_notes_are_shared(db: Database) -> None:
    """What came of an answered consult, as its two agree to let others read it, and who did."""
    _run(
        db,
        """
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,
            consult_id INTEGER REFERENCES consults (id) ON DELETE SET NULL,
            asker TEXT NOT NULL, expert TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'draft',
            version INTEGER NOT NULL DEFAULT 1, question TEXT NOT NULL, answer TEXT NOT NULL,
            asker_agrees INTEGER NOT NULL, expert_agrees INTEGER NOT NULL,
            written_at INTEGER NOT NULL, shared_at INTEGER, ended_by TEXT,
            UNIQUE (workspace, consult_id, expert));
        CREATE INDEX notes_in ON notes (consult_id);
        CREATE INDEX notes_asked ON notes (workspace, asker);
        CREATE INDEX notes_answered ON notes (workspace, expert);
        CREATE INDEX notes_shared ON notes (workspace, id) WHERE state = 'shared';
        CREATE TABLE note_topics (
            workspace TEXT NOT NULL,
            note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
            topic_id INTEGER NOT NULL REFERENCES topics (id) ON DELETE CASCADE,
            PRIMARY KEY (workspace, note_id, topic_id)) WITHOUT ROWID;
        CREATE INDEX note_topics_in ON note_topics (note_id);
        CREATE INDEX note_topics_of ON note_topics (topic_id, note_id);
        CREATE TABLE note_words (
            workspace TEXT NOT NULL, word TEXT NOT NULL,
            note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
            asked INTEGER NOT NULL,
            PRIMARY KEY (workspace, word, note_id)) WITHOUT ROWID;
        CREATE INDEX note_words_in ON note_words (note_id);
        CREATE TABLE note_helped (
            workspace TEXT NOT NULL,
            note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
            user TEXT NOT NULL, PRIMARY KEY (workspace, note_id, user)) WITHOUT ROWID;
        CREATE INDEX note_helped_in ON note_helped (note_id);
        CREATE INDEX note_helped_by ON note_helped (workspace, user)
        """,
    )


@migrations()
def m020_askers_are_heard(db: Database) -> None:
    """Who never gives a sign after somebody took their question is told from who does."""
    _run(db, "ALTER TABLE consults ADD COLUMN heard_at INTEGER")


@migrations()
def m021_a_store_knows_that_it_was_restored(db: Database) -> None:
    """What was said after its copy was made is looked for before it is said again."""
    _run(
        db,
        """
        CREATE TABLE store_facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE restorations (
            id INTEGER PRIMARY KEY, backed_up_at INTEGER NOT NULL, restored_at INTEGER NOT NULL);
        CREATE TABLE restored_ids (
            restoration_id INTEGER NOT NULL REFERENCES restorations (id) ON DELETE CASCADE,
            name TEXT NOT NULL, newest INTEGER NOT NULL,
            PRIMARY KEY (restoration_id, name)) WITHOUT ROWID
        """,
    )
    db.conn.execute(
        "INSERT INTO store_facts (name, value) VALUES ('secret', ?)", (secrets.token_hex(32),)
    )


@migrations()
def m022_when_the_clock_last_did_what(db: Database) -> None:
    """A monitor, and an admin's Home, see when each thing the clock does was last done."""
    _run(db, "CREATE TABLE ticks (name TEXT PRIMARY KEY, ran_at INTEGER NOT NULL) WITHOUT ROWID")
