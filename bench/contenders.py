"""
Who is measured on which reads, and what each answer must say before its speed counts.

All leaflets and languages are asked for in turn, so that no one answer is the only one read.
"""

from __future__ import annotations

import hashlib
import http.client
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.empty_app import BODY
from bench.installation import Keys, Leaf
from bench.load import Answer, Request, WrongAnswer, get
from bench.servers import HOST
from patientinfo.formats.canonical import canonical_bytes

LIST_LENGTH = 20
#: Licences that read everything; partners who do are not many.
FEW = 8
PAGE_TYPE = "patientinfo.LeafletPage"


@dataclass(frozen=True, slots=True)
class Contender:
    """An application under the server; `peer` is what `bench.settings` reads."""

    name: str
    application: str = "cms.wsgi:application"
    peer: str = ""


OURS = Contender("ours")
EMPTY = Contender("empty", application="bench.empty_app:application")
WAGTAIL = Contender("wagtail", peer="words")
WAGTAIL_PLAIN = Contender("wagtail-plain", peer="plain")
CONTENDERS = (OURS, EMPTY, WAGTAIL, WAGTAIL_PLAIN)


@dataclass(frozen=True, slots=True)
class Case:
    """One contender on one read: what it is asked in turn, and the status of every answer."""

    contender: Contender
    read: str
    requests: Sequence[Request]
    check: Callable[[int, Answer], None]
    status: int = 200
    #: Mean length of an answer's body, known once it was `checked`.
    size: int = 0

    @property
    def name(self) -> str:
        return f"{self.contender.name}/{self.read}"


def cases(leaves: Sequence[Leaf]) -> list[Case]:
    """All cases of an installation, in the order in which they take turns."""
    locales = sorted({leaf.locale for leaf in leaves})
    ours = [Request(f"/api/v1/pages/{leaf.key}/{leaf.locale}/") for leaf in leaves]
    peers = [Request(f"/api/v3/pages/{leaf.page_id}/") for leaf in leaves]
    lists = [Request(f"/api/v1/pages/?locale={code}&limit={LIST_LENGTH}") for code in locales]
    peer_lists = [
        Request(f"/api/v3/pages/?type={PAGE_TYPE}&locale={code}&limit={LIST_LENGTH}")
        for code in locales
    ]

    def our_leaflet(number: int, answer: Answer) -> None:
        leaf, found = leaves[number], _json(answer)
        digest = hashlib.sha256(canonical_bytes(found["document"])).hexdigest()
        _require(f"sha256:{digest}" == leaf.digest == found["meta"]["digest"], leaf.title)

    def peers_leaflet(number: int, answer: Answer) -> None:
        leaf, found = leaves[number], _json(answer)
        _require(found["title"] == leaf.title, leaf.title)
        _require(len(found["body"]) > 1, leaf.title)

    def peers_title(number: int, answer: Answer) -> None:
        _require(_json(answer)["title"] == leaves[number].title, leaves[number].title)

    def a_list(number: int, answer: Answer) -> None:
        items = _json(answer)["items"]
        titles = {leaf.title for leaf in leaves if leaf.locale == locales[number]}
        known = sum(item["title"] in titles for item in items)
        # The sample's second leaflet is in the list too, and not among `leaves`.
        _require(len(items) == LIST_LENGTH and known >= LIST_LENGTH - 1, locales[number])

    def nothing(number: int, answer: Answer) -> None:
        _require(answer.body == BODY, "the empty application")

    return [
        Case(OURS, "detail", ours, our_leaflet),
        Case(EMPTY, "empty", [Request("/")], nothing),
        Case(WAGTAIL, "detail", peers, peers_leaflet),
        Case(OURS, "list", lists, a_list),
        Case(WAGTAIL, "list", peer_lists, a_list),
        Case(OURS, "unchanged", ours, our_leaflet),
        Case(WAGTAIL_PLAIN, "detail", peers, peers_title),
    ]


def keyed_cases(leaves: Sequence[Leaf], keys: Keys, name: str) -> list[Case]:
    """
    The same leaflets by anybody, by the clinic's own key, by the keys of a few licences, each of
    which reads all of them, and, where there are more, each by the key of the next licence, until
    every licence has read. All get the same Document; that of a licence says so.
    """

    def whole(number: int, answer: Answer) -> None:
        leaf = leaves[number % len(leaves)]
        digest = hashlib.sha256(canonical_bytes(_json(answer)["document"])).hexdigest()
        _require(f"sha256:{digest}" == leaf.digest, leaf.title)

    def licensed(number: int, answer: Answer) -> None:
        whole(number, answer)
        _require(bool(_json(answer)["rights"]["licence"]), leaves[number % len(leaves)].title)

    def asked(texts: Sequence[str] = ()) -> list[Request]:
        """The leaflets in turn, as often as each of the keys has one turn with them."""
        return [
            Request(
                f"/api/v1/pages/{leaves[number % len(leaves)].key}"
                f"/{leaves[number % len(leaves)].locale}/",
                {"Authorization": f"Bearer {text}"} if text else {},
            )
            for number, text in enumerate(texts or [""] * len(leaves))
        ]

    few = [text for text in keys.licences[:FEW] for _leaf in leaves]
    found = [
        Case(OURS, f"public{name}", asked(), whole),
        Case(OURS, f"own key{name}", asked([keys.channel] * len(leaves)), whole),
        Case(OURS, f"licence{name}", asked(few), licensed),
    ]
    if len(keys.licences) > FEW:
        found.append(Case(OURS, f"each licence{name}", asked(keys.licences), licensed))
    return found


def checked(case: Case, port: int) -> Case:
    """
    The case, once every one of its answers has been read and found right. Those that are to be
    `unchanged` then carry the ETag that they answered, and are asked again.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        answers = [get(port, request, connection) for request in case.requests]
        for number, answer in enumerate(answers):
            _require(answer.status == 200, f"{case.requests[number].path} ({answer.status})")
            case.check(number, answer)
        size = sum(len(answer.body) for answer in answers) // len(answers)
        case = replace(case, size=size)
        if case.read != "unchanged":
            return case
        conditional = [
            replace(request, headers={"If-None-Match": answer.headers["etag"]})
            for request, answer in zip(case.requests, answers, strict=True)
        ]
        for request in conditional:
            again = get(port, request, connection)
            _require(again.status == 304 and not again.body, f"{request.path} ({again.status})")
        return replace(case, requests=conditional, status=304, size=0)
    finally:
        connection.close()


def _json(answer: Answer) -> Any:
    return json.loads(answer.body)


def _require(right: bool, what: str) -> None:
    if not right:
        raise WrongAnswer(f"not what was asked for: {what}")
