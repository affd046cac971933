"""What keeps the promises, a line of the program each, and the tests that notice its loss."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Safeguard:
    """`kept` stands once in `file`; in its place `removed` is put, and one of `tests` must fail."""

    name: str
    file: str
    kept: str
    removed: str
    tests: tuple[str, ...]


def _of(section: str, *tests: str) -> tuple[str, ...]:
    return tuple(f"tests/{section}/{each}.py" for each in tests)


_SENDING = _of("delivery", "test_worker", "test_outbox", "test_being_killed", "test_pace")
_APART = _of("promises", "test_keeping_apart")
_TAKING_IN = _of("promises", "test_taking_in")
_RESTORING = (*_of("promises", "test_restoring"), "tests/storage")

SAFEGUARDS = (
    # Taking in
    Safeguard(
        "taking in: a copy of a delivery counts once",
        "storage/received.py",
        "ON CONFLICT DO NOTHING",
        "ON CONFLICT (workspace, key) DO UPDATE SET received_at = excluded.received_at",
        _TAKING_IN,
    ),
    Safeguard(
        "taking in: the same question within ten minutes is the one there already",
        "bot/consults/asking.py",
        "    if again:\n",
        "    if again and False:\n",
        _TAKING_IN,
    ),
    Safeguard(
        "taking in: five open questions at most",
        "bot/consults/asking.py",
        "if many >= OPEN_AT_MOST:",
        "if many >= 1000:",
        _TAKING_IN,
    ),
    Safeguard(
        "taking in: what can't be stored is told as such",
        "storage/database.py",
        "                write.error = StoreBusy(type(error).__name__)",
        "                write.error = None",
        _TAKING_IN,
    ),
    Safeguard(
        "taking in: an answer leaves before Slack's three seconds are over",
        "storage/database.py",
        "WRITE_WAIT_MS = 2000",
        "WRITE_WAIT_MS = 20000",
        _TAKING_IN,
    ),
    # Sending
    Safeguard(
        "sending: a row has a lease",
        "storage/outbox.py",
        "AND claimed_until <= :now\n                       ORDER",
        "ORDER",
        _SENDING,
    ),
    Safeguard(
        "sending: only the claim that holds a row changes it",
        "storage/outbox.py",
        ' AND claimed_by = :claimed_by"',
        '"',
        _SENDING,
    ),
    Safeguard(
        "sending: what may have been sent is looked for",
        "bot/delivery/showing.py",
        "        if self.unsure:\n            ts = await self._look(channel, target.place)",
        "        if self.unsure:\n            ts = None",
        _SENDING,
    ),
    Safeguard(
        "sending: before a call it is noted that it is about to be made",
        "bot/delivery/showing.py",
        "    outbox.unsure_for_call(tx, row, channel)\n",
        "",
        _SENDING,
    ),
    Safeguard(
        "sending: the client repeats nothing by itself",
        "bot/app.py",
        "            timeout=CALL_TIMEOUT,\n            retry_handlers=[],",
        "            timeout=CALL_TIMEOUT,",
        _of("delivery", "test_answers"),
    ),
    Safeguard(
        "sending: nothing before Retry-After is over",
        "bot/delivery/worker.py",
        "            self._pace.hold(showing.row.workspace, failed.method, seconds)\n",
        "            pass\n",
        (*_SENDING, *_of("promises", "test_sending")),
    ),
    Safeguard(
        "sending: one message a second and channel",
        "bot/delivery/pace.py",
        "self._channel_from[key] = turn + POST_EVERY",
        "self._channel_from[key] = turn",
        _SENDING,
    ),
    Safeguard(
        "sending: who left is not asked",
        "bot/consults/leaving.py",
        "    for consult in consults.offered_to(tx, user):\n",
        "    for consult in ():\n",
        _of("promises", "test_sending"),
    ),
    # Time
    Safeguard(
        "time: a session of a date is planned once",
        "storage/migrations.py",
        "            UNIQUE (workspace, circle_id, planned_on));",
        "            note TEXT);",
        (*_of("promises", "test_time"), "tests/circles"),
    ),
    Safeguard(
        "time: of many missed sessions the last alone is told of",
        "bot/sessions.py",
        "    if last and not restorations",
        "    if not restorations",
        _of("promises", "test_time"),
    ),
    # Keeping
    Safeguard(
        "keeping: a use case that fails is undone",
        "storage/database.py",
        '            conn.execute("ROLLBACK TO use_case")\n',
        "",
        _of("promises", "test_keeping"),
    ),
    Safeguard(
        "keeping: a transaction that can't be committed is undone",
        "storage/database.py",
        '                conn.execute("ROLLBACK")\n',
        "                pass\n",
        _of("promises", "test_keeping", "test_taking_in"),
    ),
    Safeguard(
        "keeping: no new store takes the place of a lost one",
        "storage/database.py",
        "if new and made_mark(place).exists():",
        "if False:",
        _RESTORING,
    ),
    Safeguard(
        "keeping: a store is looked at before it is used",
        "storage/database.py",
        "                check(conn)  # before",
        "                pass  # before",
        _RESTORING,
    ),
    Safeguard(
        "keeping: what waited in a backup may have been sent",
        "storage/restorations.py",
        "\"UPDATE outbox SET state = 'unsure' WHERE state = 'pending' AND ts IS NULL\"",
        '"SELECT 1"',
        _RESTORING,
    ),
    Safeguard(
        "keeping: nothing is put back under a bot that runs",
        "storage/backup.py",
        "    _let_nobody_be_in(store)\n",
        "",
        _RESTORING,
    ),
    # Keeping people apart
    Safeguard(
        "apart: only Slack gets in",
        "bot/http.py",
        'return hmac.compare_digest(expected, headers.get("x-slack-signature", b""))',
        "return True",
        _APART,
    ),
    Safeguard(
        "apart: a signature is valid for five minutes",
        "bot/http.py",
        "WINDOW = 5 * 60",
        "WINDOW = 5 * 10**10",
        _APART,
    ),
    Safeguard(
        "apart: a large body is not read",
        "bot/http.py",
        "        if len(body) > LONGEST_BODY or",
        "        if",
        _APART,
    ),
    Safeguard(
        "apart: another app's events are dropped",
        "bot/app.py",
        'if self._app is None or req.body.get("api_app_id", self._app) == self._app:',
        "if True:",
        _APART,
    ),
    Safeguard(
        "apart: roles are asked for",
        "bot/authority/__init__.py",
        "    if not allowed & roles(tx, actor, consult):\n",
        "    if False:\n",
        _APART,
    ),
    Safeguard(
        "apart: states are asked for",
        "bot/authority/__init__.py",
        "    if consult.state not in states:\n",
        "    if False:\n",
        _APART,
    ),
    Safeguard(
        "apart: one cell of the table, an admin may not close",
        "bot/authority/__init__.py",
        "Action.CLOSE: (frozenset({Role.EXPERT, Role.ASKER})",
        "Action.CLOSE: (frozenset({Role.EXPERT, Role.ASKER, Role.ADMIN})",
        _APART,
    ),
    Safeguard(
        "apart: people kept apart are not brought together",
        "bot/authority/__init__.py",
        "return user == consult.asker or members.kept_apart(tx, user, consult.asker)",
        "return user == consult.asker",
        _APART,
    ),
    Safeguard(
        "apart: a consult belongs to its workspace",
        "storage/consults.py",
        'f"SELECT {_CONSULT} FROM consults WHERE workspace = :workspace AND id = :consult_id"',
        'f"SELECT {_CONSULT} FROM consults WHERE id = :consult_id"',
        _APART,
    ),
    Safeguard(
        "apart: typed words are escaped",
        "bot/views/blocks.py",
        "    whole = words.translate(_DISARMED)\n",
        "    whole = words\n",
        _of("promises", "test_typed_words", "test_keeping_apart"),
    ),
    Safeguard(
        "apart: what can't be seen is taken out of typed words",
        "bot/rules/words.py",
        "if each in _KEPT or unicodedata.category(each) not in _UNSEEN",
        "if True",
        _of("promises", "test_typed_words"),
    ),
    Safeguard(
        "apart: a library's words stay out of the log",
        "bot/logs.py",
        '        record.msg, record.args = "library_failed kind=%s at=%s", (kind, at)\n',
        "",
        _of("promises", "test_logs"),
    ),
)
