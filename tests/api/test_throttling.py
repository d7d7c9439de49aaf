"""Who asks too much is told to wait; nobody else is, and guessing keys is slow work."""

from __future__ import annotations

import logging
import uuid

import pytest
import redis
from django.test import RequestFactory

from patientinfo.licensing.access_keys import issue_key, revoke_key
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.keys import make_key
from patientinfo.throttling import passages
from patientinfo.throttling.limits import Limit
from patientinfo.throttling.shared_limits import RedisLimits
from tests.api.shelf import key_of, put
from tests.licences import make_licence

KEY = key_of("knee")
DETAIL = f"/api/v1/pages/{KEY}/nl/"
REDIS = "redis://127.0.0.1:6379/15"


@pytest.fixture(autouse=True)
def leaflet():
    passages.forget()
    put("knee", "nl")
    yield
    passages.forget()


@pytest.fixture
def limits(settings):
    """`limits(key=…, address=…)`; nothing else is limited."""

    def set_limits(key="", address="", **more):
        changes = {"THROTTLE_KEY": key, "THROTTLE_ADDRESS": address, **more}
        settings.PATIENTINFO = {**settings.PATIENTINFO, **changes}
        passages.forget()

    return set_limits


@pytest.fixture
def ask(client):
    """GET from an address, with a key or without."""

    def ask(path=DETAIL, key="", address="198.51.100.7", **more):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return client.get(path, headers={**headers, **more}, REMOTE_ADDR=address)

    return ask


@pytest.fixture
def key():
    return issue_key(make_licence(), "Website", by="a test")


def statuses(answers):
    return [answer.status_code for answer in answers]


def test_nothing_is_limited_in_tests(ask):
    assert not ask().has_header("RateLimit")


def test_every_answer_says_what_is_left(ask, limits):
    limits(address="60/minute, burst 5")
    answer = ask()
    assert answer["RateLimit-Policy"] == '"address";q=60;w=60'
    assert answer["RateLimit"] == '"address";r=4;t=1'
    assert ask("/api/v1/nowhere/")["RateLimit"] == '"address";r=3;t=2'
    assert ask(headers={"If-None-Match": answer["ETag"]})["RateLimit"].startswith('"address";r=2')


def test_too_much_from_an_address(ask, limits, assert_problem):
    limits(address="60/minute, burst 2")
    assert statuses(ask() for _ in range(2)) == [200, 200]
    answer = ask()
    body = assert_problem(answer, "too-many-requests", policy="address")
    assert "60 requests in 60 seconds" in body["detail"]
    assert answer["Retry-After"] == "1"
    assert answer["RateLimit"] == '"address";r=0;t=2'
    assert "Retry-After" in answer["Access-Control-Expose-Headers"]
    assert ask(address="198.51.100.8").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/nowhere/", "/api/", "/api/v1/pages/?x=1"])
def test_mistakes_count_too(ask, limits, path):
    limits(address="60/minute, burst 2")
    assert statuses(ask(path) for _ in range(3))[2] == 429


def test_a_head_that_is_refused_has_no_body(client, limits):
    limits(address="60/minute, burst 1")
    client.head(DETAIL)
    answer = client.head(DETAIL)
    assert (answer.status_code, answer.content) == (429, b"")


def test_a_preflight_costs_nothing(client, limits):
    limits(address="60/minute, burst 1")
    assert statuses(client.options(DETAIL) for _ in range(5)) == [204] * 5
    assert client.get(DETAIL).status_code == 200


def test_a_key_has_a_limit_of_its_own(ask, limits, key):
    limits(key="60/minute, burst 3", address="60/minute, burst 1")
    text = key[1]
    first = ask(key=text)
    assert first["RateLimit-Policy"].startswith('"address"')  # not known yet
    assert ask(key=text)["RateLimit"].startswith('"key";r=1')
    assert ask(key=f"  {text} ", address="203.0.113.9")["RateLimit"].startswith('"key";r=0')
    answer = ask(key=text)
    assert answer.status_code == 429
    assert answer.json()["policy"] == "key"
    # Neither the public at that address nor another of its keys is meant.
    assert ask(address="203.0.113.9").status_code == 200


def test_guessing_keys_costs_ten_times_as_much(ask, limits):
    limits(key="60/minute", address="60/minute, burst 30")
    guesses = [ask(key=make_key(Kind.LICENCE).text) for _ in range(4)]
    assert statuses(guesses) == [401, 401, 401, 429]
    assert ask().status_code == 429
    assert ask(address="198.51.100.8").status_code == 200


def test_a_made_up_key_is_no_way_around_the_limit(ask, limits):
    limits(key="60/minute", address="60/minute, burst 3")
    schema = "/api/v1/schemas/document.json"
    answers = [ask(schema, key=uuid.uuid4().hex) for _ in range(4)]
    assert statuses(answers) == [200, 200, 200, 429]


def test_a_key_that_was_revoked_is_a_guess(ask, limits, key):
    limits(key="60/minute, burst 50", address="60/minute, burst 12")
    assert statuses(ask(key=key[1]) for _ in range(2)) == [200, 200]
    revoke_key(key[0], by="a test")
    assert statuses(ask(key=key[1]) for _ in range(4)) == [401, 401, 401, 429]


def test_a_browsers_key_is_counted_by_its_readers(ask, limits):
    limits(key="60/minute", address="60/minute, burst 2")
    origin = "https://www.harbour.example"
    _key, text = issue_key(make_licence(), "Page", by="a test", origins=[origin])
    assert statuses(ask(key=text, Origin=origin) for _ in range(3)) == [200, 200, 429]
    assert ask(key=text, Origin=origin, address="198.51.100.8").status_code == 200


def test_an_editors_token_has_a_limit_of_its_own(ask, limits, admin_user):
    from wagtail.models import APIToken

    limits(key="60/minute, burst 9", address="60/minute")
    _token, secret = APIToken.create_token(user=admin_user, name="tool")
    path = "/api/v1/translations/?format=po&locale=nl"
    answers = [ask(path, key=secret) for _ in range(2)]
    assert answers[1]["RateLimit-Policy"].startswith('"key"')


# Who asks


def requested(**meta):
    return RequestFactory().get("/", **meta)


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("198.51.100.7:4711", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002"),
        ("[2001:db8:1:2::9]:4711", "20010db800010002"),
        ("fe80::1%eth0", "fe80000000000000"),
        ("unix:", "unix"),
        ("", ""),
    ],
)
def test_an_address_is_a_host_or_a_network(address, client):
    assert passages.client_address(requested(REMOTE_ADDR=address)) == client


def test_what_a_client_forwards_is_not_believed(limits):
    request = requested(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert passages.client_address(request) == "10.0.0.1"
    limits(BEHIND_PROXY=True)
    assert passages.client_address(request) == "198.51.100.7"
    request.META["HTTP_X_FORWARDED_FOR"] = "192.0.2.1, made-up, 203.0.113.9"
    assert passages.client_address(request) == "203.0.113.9"
    del request.META["HTTP_X_FORWARDED_FOR"]
    assert passages.client_address(request) == "10.0.0.1"


def test_addresses_and_keys_are_kept_as_digests_alone(ask, limits, key, caplog):
    caplog.set_level(logging.DEBUG)
    limits(key="60/minute", address="60/minute")
    ask(key=key[1])
    ask(key=key[1])
    kept = [name for policy in ("key", "address") for name in passages._buckets(policy)._buckets]
    assert {len(name) for name in kept} == {16}
    assert "198.51.100.7" not in caplog.text
    assert key[1] not in caplog.text


# Shared through Redis


@pytest.fixture
def server():
    """A prefix of our own in a Redis that is there."""
    client = redis.Redis.from_url(REDIS, socket_connect_timeout=1)
    try:
        client.ping()
    except redis.RedisError:
        pytest.skip("no Redis answers on 127.0.0.1:6379")
    prefix = f"test-{uuid.uuid4()}:"
    yield client, prefix
    for name in client.scan_iter(f"{prefix}*"):
        client.delete(name)
    client.close()


def test_redis_gives_blocks_until_there_are_none(server):
    store = RedisLimits(*server)
    limit = Limit(60, 60, 10)
    given = [store.lease(b"x", limit, 4).given for _ in range(4)]
    assert given == [4, 4, 2, 0]
    lease = store.lease(b"x", limit, 1)
    assert 0 < lease.wait <= 1
    assert store.lease(b"y", limit, 1).given == 1


def test_redis_forgets_a_bucket_that_is_full_again(server):
    client, prefix = server
    RedisLimits(client, prefix).lease(b"x", Limit(60, 60, 60), 5)
    assert 1 <= client.ttl(f"{prefix}x") <= 7


def test_two_servers_share_a_limit(server, settings, ask, limits):
    cache = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS}
    settings.CACHES = {"default": {**cache, "KEY_PREFIX": server[1]}}
    limits(address="60/minute, burst 10")
    assert statuses(ask() for _ in range(6)) == [200] * 6
    passages.forget()  # a process that knows nothing of the other
    assert 429 in statuses(ask() for _ in range(6))


def test_without_redis_each_process_goes_on_and_says_so_once(settings, ask, limits, caplog):
    cache = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "KEY_PREFIX": "t"}
    settings.CACHES = {"default": {**cache, "LOCATION": "redis://127.0.0.1:1/0"}}
    limits(address="60/minute, burst 3")
    assert statuses(ask() for _ in range(5)) == [200, 200, 200, 429, 429]
    assert caplog.text.count("Redis does not answer") == 1
