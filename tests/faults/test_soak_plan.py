"""The plan of a soak, and how its people read a page."""

import itertools

from collections_app.management.soaking import strikes
from collections_app.management.soaking.pages import form_of

PAGE = """
<form method="post" action="/other/"><input name="a" value="1"></form>
<form method="post" action="/log/">
  <input type="hidden" name="key" value="k&amp;1"><input type="radio" name="outcome" value="promised">
  <input type="checkbox" name="replaces" value="on"><input type="checkbox" name="kept" value="yes" checked>
  <select name="reason"><option value="">Choose</option><option value="price">Price</option></select>
  <select name="with"><option value="1">Ada</option><option value="2" selected>Bo</option></select>
  <textarea name="said">He said &lt;no&gt;</textarea><button name="then" value="stay">Save</button>
</form>
"""


def test_a_seed_strikes_everything_once_in_each_round_and_always_in_the_same_order() -> None:
    def begins(seed: int) -> list[str]:
        return [each.name for each in itertools.islice(strikes.plan(seed), 2 * strikes.count())]

    assert begins(7) == begins(7) != begins(8)
    first, second = begins(7)[: strikes.count()], begins(7)[strikes.count() :]
    assert sorted(first) == sorted(second) == sorted(each.name for each in strikes.STRIKES)


def test_only_what_was_asked_for_is_struck() -> None:
    only = (strikes.REDIS, strikes.FLUSH)
    found = itertools.islice(strikes.plan(1, only), strikes.count(only))
    names = ["Redis emptied", "Redis hung for 3 s", "Redis killed", "Redis stopped for 3 s"]
    assert sorted(each.name for each in found) == names


def test_a_form_is_sent_as_a_browser_would_send_it() -> None:
    form = form_of(PAGE, "/log/")
    assert form is not None
    assert form.given == {"key": "k&1", "kept": "yes", "reason": "", "with": "2", "said": "He said <no>"}
    assert form.first_of("reason") == "price"
    assert form_of(PAGE, "/nowhere/") is None
