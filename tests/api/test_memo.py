"""What a process keeps is bounded, and known by everything that it was made from."""

from patientinfo.api.answers import Body
from patientinfo.api.memo import OVERHEAD, Memo


def test_what_was_kept_is_found_by_an_equal_key():
    memo = Memo[Body](10_000)
    body = memo.keep(("knee", 1), Body(b"x"), 1)
    assert memo.get(("knee", 1)) is body
    assert memo.get(("knee", 2)) is None


def test_the_oldest_goes_when_it_is_full():
    memo = Memo[Body](2 * (OVERHEAD + 10))
    for name in "abc":
        memo.keep(name, Body(b"0123456789"), 10)
    assert [name for name in "abc" if memo.get(name)] == ["b", "c"]
    assert memo.size == memo.limit


def test_the_same_is_counted_once():
    memo = Memo[Body](10 * OVERHEAD)
    for _ in range(20):
        memo.keep("a", Body(b"x"), 1)
    assert memo.size == OVERHEAD + 1


def test_what_is_too_large_is_not_kept():
    memo = Memo[Body](OVERHEAD)
    memo.keep("a", Body(b"x"), 1)
    assert memo.get("a") is None
    assert memo.size == 0


def test_cleared():
    memo = Memo[Body](10 * OVERHEAD)
    memo.keep("a", Body(b"x"), 1)
    memo.clear()
    assert (memo.get("a"), memo.size) == (None, 0)
