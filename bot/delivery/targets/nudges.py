"""What is around every nudge: whether it may be posted now, and what its reader can say to it."""

from collections.abc import Callable
from dataclasses import replace

from bot import nudges as use_cases
from bot.delivery.target import Drawn, NotNow, Person, Posted, Target
from bot.nudges import Thing
from bot.views import nudges as view
from storage import nudges, outbox
from storage.database import Tx
from storage.records.nudges import KindState, Nudge, NudgeState

Draw = Callable[..., Target | None]


def around(tx: Tx, key: str, draw: Draw) -> Drawn:
    """A nudge as its feature draws it, with *Done*, *Snooze* and *Stop these* or what they brought.

    What is not posted yet is not, unless it may reach its reader now. What stands and no longer
    applies says so.
    """
    thing, about, user, *more = key.split("/")
    occasion = more[0] if more else "0"
    # Things that are wanted but once are drawn without an occasion.
    target = draw(tx, about, user, *([occasion] if occasion != "0" else []))
    nudge = use_cases.of_key(tx, key)
    if nudge is None or thing == Thing.KEEP:
        return _if_it_may(tx, key, nudge, target)
    if target is None:
        gone = outbox.stands_at(tx, key) is not None
        return Posted(Person(user), view.no_longer(nudge)) if gone else None
    shown = _if_it_may(tx, key, nudge, target)
    if not isinstance(shown, Posted):
        return shown
    return replace(shown, message=view.around(shown.message, _seen(tx, nudge)))


def _if_it_may(tx: Tx, key: str, nudge: Nudge | None, target: Target | None) -> Drawn:
    if nudge is None or target is None or outbox.may_stand(tx, key):
        return target
    if nudge.state is not NudgeState.SENT:
        return None
    return target if use_cases.may_go_out(tx, nudge) else NotNow()


def _seen(tx: Tx, nudge: Nudge) -> view.Seen:
    rounds = nudges.rounds(tx, nudge.user, nudge.thing, nudge.about, nudge.occasion)
    choice = nudges.choices_of(tx, nudge.user).get(nudge.kind)
    return view.Seen(
        nudge=nudge,
        again=next((each for each in rounds if each.round == nudge.round + 1), None),
        snoozes=use_cases.snoozes(tx, nudge),
        kind=choice.state if choice else KindState.ON,
    )


def _keep(tx: Tx, about: str, user: str, occasion: str) -> Target | None:
    asked = nudges.find(tx, user, Thing.KEEP, int(about), int(occasion))
    if asked is None:
        return None
    choice = nudges.choices_of(tx, user).get(asked.kind)
    state = choice.state if choice else KindState.ON
    return Posted(Person(user), view.keep_question(asked, state))


TARGETS: dict[str, Draw] = {"keep-nudges": _keep}
