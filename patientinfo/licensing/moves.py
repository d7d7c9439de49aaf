"""
The ways that a permission request can go, as one table. What is not in it cannot be done.

Every move is somebody's: no clock moves a request, so silence never grants anything. Only the asker
can accept, and only what an officer offered.
"""

from __future__ import annotations

from enum import StrEnum

from patientinfo.licensing.request_models import RequestState


class Role(StrEnum):
    """Who moves a request: the partner that asks, or an officer of the clinic."""

    ASKER = "asker"
    OFFICER = "officer"


class Move(StrEnum):
    """What can be done with a request. `ANSWER` to an offer says what would be needed instead."""

    SUBMIT = "submit"
    ASK_BACK = "ask_back"
    ANSWER = "answer"
    OFFER = "offer"
    AGREE = "agree"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


#: Whose move it is.
ROLES: dict[Move, Role] = {
    Move.SUBMIT: Role.ASKER,
    Move.ASK_BACK: Role.OFFICER,
    Move.ANSWER: Role.ASKER,
    Move.OFFER: Role.OFFICER,
    Move.AGREE: Role.OFFICER,
    Move.ACCEPT: Role.ASKER,
    Move.DECLINE: Role.OFFICER,
    Move.WITHDRAW: Role.ASKER,
    Move.REOPEN: Role.OFFICER,
}

_S = RequestState

#: State → the moves that lead on from it, and where to. Granted and withdrawn are ends.
TABLE: dict[RequestState, dict[Move, RequestState]] = {
    _S.DRAFT: {Move.SUBMIT: _S.SUBMITTED, Move.WITHDRAW: _S.WITHDRAWN},
    _S.SUBMITTED: {
        Move.ASK_BACK: _S.NEEDS_INFORMATION,
        Move.OFFER: _S.OFFERED,
        Move.DECLINE: _S.DECLINED,
        Move.WITHDRAW: _S.WITHDRAWN,
    },
    _S.NEEDS_INFORMATION: {
        Move.ANSWER: _S.SUBMITTED,
        Move.OFFER: _S.OFFERED,
        Move.DECLINE: _S.DECLINED,
        Move.WITHDRAW: _S.WITHDRAWN,
    },
    _S.OFFERED: {
        Move.ACCEPT: _S.GRANTED,
        Move.ANSWER: _S.SUBMITTED,
        Move.OFFER: _S.OFFERED,
        Move.AGREE: _S.OFFERED,
        Move.DECLINE: _S.DECLINED,
        Move.WITHDRAW: _S.WITHDRAWN,
    },
    _S.GRANTED: {},
    _S.DECLINED: {Move.REOPEN: _S.SUBMITTED},
    _S.WITHDRAWN: {},
}

#: States in which the clinic has to do something; the others wait for the partner or are ends.
WAITING_FOR_US = frozenset({_S.SUBMITTED})
OPEN = frozenset({_S.SUBMITTED, _S.NEEDS_INFORMATION, _S.OFFERED})


def possible(state: str, role: Role) -> tuple[Move, ...]:
    """What this role can do with a request in this state, in the order of `Move`."""
    return tuple(
        move for move in Move if ROLES[move] is role and move in TABLE[RequestState(state)]
    )


def after(state: str, move: Move, role: Role) -> RequestState | None:
    """The state to which the move leads, or None where it is impossible."""
    if ROLES[move] is not role:
        return None
    return TABLE[RequestState(state)].get(move)


def was_done(state: str, move: Move) -> bool:
    """Whether the request stands already where the move would have led: a second click."""
    ends = {targets[move] for targets in TABLE.values() if move in targets}
    return RequestState(state) in ends
