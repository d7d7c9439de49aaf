"""The table of moves: what is not in it cannot be done."""

from __future__ import annotations

import itertools

import pytest

from patientinfo.licensing.moves import ROLES, TABLE, Move, Role, after, possible
from patientinfo.licensing.request_models import RequestState


def test_every_state_and_every_move_is_placed() -> None:
    assert set(TABLE) == set(RequestState)
    assert set(ROLES) == set(Move)


def test_only_an_accepted_offer_is_granted() -> None:
    ways = [
        (state, move, ROLES[move])
        for state, targets in TABLE.items()
        for move, target in targets.items()
        if target == RequestState.GRANTED
    ]
    assert ways == [(RequestState.OFFERED, Move.ACCEPT, Role.ASKER)]


@pytest.mark.parametrize("state", RequestState)
def test_nobody_makes_the_other_sides_moves(state: RequestState) -> None:
    for move, role in itertools.product(Move, Role):
        leads = after(state, move, role)
        assert (move in possible(state, role)) == (leads is not None)
        assert leads is None or ROLES[move] is role


@pytest.mark.parametrize("state", [RequestState.GRANTED, RequestState.WITHDRAWN])
def test_ends_are_ends(state: RequestState) -> None:
    assert not any(possible(state, role) for role in Role)
