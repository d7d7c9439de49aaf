"""Without Redis the site goes on: readers read, editors sign in, and the log says so once."""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache, caches

from cms import backends, redis_cache
from patientinfo.licensing.limits import Limit
from patientinfo.throttling.absence import Absence
from patientinfo.throttling.shared_limits import RedisLimits, shared_limits
from tests import builders

NOBODY = "redis://127.0.0.1:1/0"
REDIS = "redis://127.0.0.1:6379/15"


@pytest.fixture(autouse=True)
def absence(monkeypatch):
    """One of our own, so that no other test believes that Redis is away."""
    ours = Absence(logging.getLogger("cms.redis_cache"), "Nothing is cached.", "It answers again.")
    monkeypatch.setattr(redis_cache, "_ABSENCE", ours)
    return ours


@pytest.fixture
def away(settings):
    settings.CACHES = {"default": backends.cache(NOBODY)}


def test_nothing_is_found_and_nothing_kept(away, caplog):
    cache.set("knee", 1)
    assert cache.get("knee", "no") == "no"
    assert cache.get_or_set("knee", lambda: 2) == 2
    assert cache.get_many(["knee"]) == {}
    assert cache.set_many({"knee": 1}) == []
    assert "knee" not in cache
    assert (cache.add("knee", 1), cache.touch("knee"), cache.delete("knee")) == (False,) * 3
    cache.delete_many(["knee"])
    assert cache.clear() is False
    with pytest.raises(ValueError, match="not found"):
        cache.incr("knee")
    assert caplog.text.count("Nothing is cached") == 1


def test_a_limit_stops_nobody_while_nothing_can_be_counted(away):
    for _ in range(3):
        Limit("codes", 1, 60).take("198.51.100.7")


@pytest.mark.django_db
def test_readers_read_and_editors_sign_in(away, client):
    page = builders.make_leaflet(builders.make_site())
    assert client.get(page.get_url()).status_code == 200
    assert client.get("/en/").status_code == 200
    User.objects.create_superuser("chief", "chief@clinic.example", "a-password")
    answer = client.post("/admin/login/", {"username": "chief", "password": "a-password"})
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200


def test_nobody_waits_for_it_with_every_request(away, absence, monkeypatch):
    assert cache.get("knee") is None
    assert absence.lasts()
    monkeypatch.setattr(redis_cache.RedisCacheClient, "get", lambda *_: pytest.fail("asked"))
    assert cache.get("knee") is None


def test_it_is_used_again_when_it_is_back(settings, absence, monkeypatch, caplog):
    settings.CACHES = {"default": {**backends.cache(REDIS), "KEY_PREFIX": "test-redis-cache"}}
    absence.begin(ConnectionError())
    monkeypatch.setattr(absence, "_until", 0.001)
    cache.set("knee", 1, timeout=30)
    if absence.lasts():
        pytest.skip("no Redis answers on 127.0.0.1:6379")
    assert cache.get("knee") == 1
    assert cache.incr("knee") == 2
    assert cache.get_many(["knee"]) == {"knee": 2}
    assert cache.delete("knee")
    assert caplog.text.count("It answers again") == 1


def test_its_settings_may_be_given(settings):
    settings.CACHES = {"default": {**backends.cache(NOBODY), "OPTIONS": {"socket_timeout": 9}}}
    assert caches["default"]._cache._pool_options["socket_timeout"] == 9


def test_limits_are_shared_in_it(settings):
    settings.CACHES = {"default": backends.cache(NOBODY)}
    assert isinstance(shared_limits("key"), RedisLimits)
    settings.CACHES = {"default": backends.cache("locmem://")}
    assert shared_limits("key") is None
