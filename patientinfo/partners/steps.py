"""A request's way in words: its steps, and the lines of its log that its asker may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patientinfo.channels.parts.wording import Moment
from patientinfo.licensing.moves import Move
from patientinfo.licensing.request_models import PermissionRequest, RequestEvent, RequestState
from patientinfo.licensing.requests import open_offer
from patientinfo.partners import words

#: Move → who made it, and what it was, as its asker reads it.
MOVES: dict[str, tuple[str, str | Promise]] = {
    Move.SUBMIT: ("you", _("Request sent")),
    Move.ASK_BACK: ("clinic", _("The clinic asked a question")),
    Move.ANSWER: ("you", _("You answered")),
    Move.OFFER: ("clinic", _("The clinic offered terms")),
    Move.AGREE: ("clinic", _("The clinic offered terms")),
    Move.ACCEPT: ("you", _("You accepted the terms; licence granted")),
    Move.DECLINE: ("clinic", _("The clinic declined")),
    Move.WITHDRAW: ("you", _("You withdrew the request")),
    Move.REOPEN: ("clinic", _("The clinic took the request up again")),
}
_S = RequestState
#: The usual way, as three steps after the sending.
_WAY: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("Sent"), frozenset({_S.DRAFT})),
    (_("The clinic looks at it"), frozenset({_S.SUBMITTED, _S.NEEDS_INFORMATION})),
    (_("You read the terms"), frozenset({_S.OFFERED})),
    (_("Licence granted"), frozenset()),
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log: `side` is `you` or `clinic`."""

    move: str
    side: str
    what: str
    note: str
    at: Moment | None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: `done`, `now` or `ahead`."""

    label: str
    standing: str


def log_of(events: Iterable[RequestEvent]) -> list[LogLine]:
    """Internal lines are the caller's to leave out before."""
    lines = []
    for event in events:
        side, what = MOVES.get(event.move, ("clinic", event.move))
        lines.append(LogLine(event.move, side, str(what), event.note, words.when(event.at)))
    return lines


def state_shown(request: PermissionRequest) -> RequestState:
    """
    How it stands for its asker: an offer that a second officer has not agreed to yet is none, and
    the clinic is still looking at the request.
    """
    if request.state == _S.OFFERED and open_offer(request) is None:
        return _S.SUBMITTED
    return _S(request.state)


def steps_of(state: RequestState) -> list[Step]:
    """Empty for a request that left the way: declined or withdrawn."""
    if state in {_S.DECLINED, _S.WITHDRAWN}:
        return []
    here = next((i for i, (_label, states) in enumerate(_WAY) if state in states), 4)
    standing = ["done" if i < here else "now" if i == here else "ahead" for i in range(len(_WAY))]
    return [Step(str(label), stands) for (label, _s), stands in zip(_WAY, standing, strict=True)]
