"""The officer's desk as a person meets it: reads what is shown, presses keys and buttons by their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

WITHIN_S = 30.0

STICKING_OUT = """
const width = document.documentElement.clientWidth;
const isOut = (part) => part.getBoundingClientRect().right > width + 1
  || (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0 && getComputedStyle(part).display !== "inline");
return [...document.querySelectorAll("body *:not(.spoken):not(input):not(svg):not(path)")]
  .filter(isOut).map((part) => part.outerHTML.slice(0, 120));
"""

Found = TypeVar("Found")


class DeskPage:
    """One browser on one office."""

    def __init__(self, browser: Chrome, address: str) -> None:
        self.browser = browser
        self.address = address

    def open(self, key: str = "") -> None:
        """Go to the desk, with the key that lets one in."""
        self.browser.get(f"{self.address}/officer" + (f"?key={key}" if key else ""))

    def close(self) -> None:
        """Leave, and forget the key."""
        self.browser.delete_all_cookies()
        self.browser.get("about:blank")

    def find(self, selector: str) -> WebElement:
        """The first element of a selector."""
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """The visible words of all elements of a selector."""
        # In one go: the desk may put fresh elements in their place at any moment.
        script = "return [...document.querySelectorAll(arguments[0])].map((found) => found.innerText)"
        texts: list[str] = self.browser.execute_script(script, selector)
        return texts

    def wait_for(self, look: Callable[[], Found]) -> Found:
        """Look until there is something."""
        renewed = [NoSuchElementException, StaleElementReferenceException]
        return WebDriverWait(self.browser, WITHIN_S, ignored_exceptions=renewed).until(lambda _: look())

    def choose(self, number: str) -> None:
        """Open an application from the list."""
        self._leave(lambda: self.find(f"nav a[href$='{number}']").click())

    def press(self, word: str) -> None:
        """Press the button that carries a word."""
        path = f"//button[not(@disabled)][contains(., '{word}')]"
        self._leave(lambda: self.browser.find_element(By.XPATH, path).click())

    def hit(self, key: str) -> None:
        """Hit a key that answers."""
        self._leave(lambda: ActionChains(self.browser).send_keys(key).perform())

    def reload(self) -> None:
        """F5."""
        self._leave(self.browser.refresh)

    def type(self, keys: str) -> None:
        """Type where the keyboard is."""
        ActionChains(self.browser).send_keys(keys).perform()

    def hit_with_shift(self, key: str) -> None:
        """Hit a key while Shift is held."""
        ActionChains(self.browser).key_down(Keys.SHIFT).send_keys(key).key_up(Keys.SHIFT).perform()

    def focus_is(self, selector: str) -> bool:
        """Whether the keyboard is in an element."""
        return bool(self.browser.switch_to.active_element == self.find(selector))

    def select(self, selector: str, text: str) -> None:
        """Choose from a list."""
        Select(self.find(selector)).select_by_visible_text(text)

    def set_moment(self, selector: str, moment: str) -> None:
        """Fill in a field for date and time; how its keys go depends on the browser's language."""
        self.browser.execute_script("arguments[0].value = arguments[1]", self.find(selector), moment)

    def resize(self, width: int, height: int) -> None:
        """Give the page a size."""
        self.browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def sticking_out(self) -> list[str]:
        """The elements wider than the room they have, which would be cut or overlap."""
        found: list[str] = self.browser.execute_script(STICKING_OUT)
        return found

    def wait_for_a_look(self) -> None:
        """Wait until the desk has asked the office what is new once more."""
        looks = "return performance.getEntriesByType('resource').filter((r) => r.initiatorType === 'fetch').length"
        before = self.browser.execute_script(looks)
        self.wait_for(lambda: self.browser.execute_script(looks) > before)

    def write(self, selector: str, text: str) -> None:
        """Write into a field instead of what is there."""
        field = self.find(selector)
        field.clear()
        field.send_keys(text)

    def _leave(self, act: Callable[[], None]) -> None:
        """Do what brings a new page, and wait until it is there."""
        self.browser.execute_script("document.documentElement.dataset.old = 'yes'")
        act()
        self.wait_for(self._is_new)

    def _is_new(self) -> bool:
        script = "return document.readyState === 'complete' && !document.documentElement.dataset.old"
        return bool(self.browser.execute_script(script))

    @property
    def told(self) -> str:
        """What stands above the desk."""
        return self.find("#told").text

    @property
    def status(self) -> str:
        """Where the open application is on its path."""
        return self.find(".path [aria-current='step']").text.splitlines()[0]

    @property
    def clock(self) -> str:
        """What the practice clock shows."""
        return self.find("#clock .now").text
