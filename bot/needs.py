"""What people of each career stage look for in a mentor: needs shipped, and the programme's own."""

import tomllib
from functools import cache
from importlib import resources

from storage import profiles
from storage.database import Tx
from storage.records import CareerStage
from storage.records.profiles import Need

DATA = "data/needs.toml"


@cache
def shipped() -> tuple[Need, ...]:
    """The needs that come with the bot, by career stage."""
    text = resources.files("bot").joinpath(DATA).read_text(encoding="utf-8")
    return tuple(
        Need(
            each["id"],
            CareerStage(each["stage"]),
            each["name"],
            each["about"],
            tuple(each["topics"]),
        )
        for each in tomllib.loads(text)["need"]
    )


def of_stage(tx: Tx, stage: CareerStage) -> list[Need]:
    """The needs of a stage: those shipped, in whose place the programme's own of that id stand."""
    own = {need.id: need for need in profiles.own_needs(tx)}
    known = [own.pop(need.id, need) for need in shipped()]
    return [need for need in (*known, *own.values()) if need.stage is stage]


def get(tx: Tx, need_id: str) -> Need | None:
    """The need of this id."""
    own = (need for need in profiles.own_needs(tx) if need.id == need_id)
    return next(own, None) or next((need for need in shipped() if need.id == need_id), None)
