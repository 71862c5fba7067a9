"""The three browser engines, headless, driven by W3C WebDriver."""

import contextlib
import os
import subprocess

from browser import start_browser
from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService

ENGINES = ["chromium", "firefox", "webkit"]


@contextlib.contextmanager
def started(engine):
    """A browser with that engine."""
    with contextlib.ExitStack() as stack:
        browser = {"chromium": start_browser, "firefox": firefox, "webkit": lambda: webkit(stack)}[engine]()
        stack.callback(browser.quit)
        yield browser


def firefox():
    options = webdriver.FirefoxOptions()
    options.binary_location = os.environ["WEFT_FIREFOX"]
    options.add_argument("-headless")
    return webdriver.Firefox(options=options, service=webdriver.FirefoxService(os.environ["WEFT_GECKODRIVER"]))


def webkit(stack):
    """WebKitGTK has no headless mode, and shares memory only where it is told to."""
    read, write = os.pipe()
    command = [os.environ["WEFT_XVFB"], "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    display = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)

    def end():
        display.terminate()
        display.wait()

    stack.callback(end)
    with os.fdopen(read) as numbers:
        number = numbers.readline().strip()
    assert number, "Xvfb gave no display"
    options = WebKitOptions()
    options.binary_location = os.environ["WEFT_WEBKIT"]
    options.add_argument("--automation")
    environment = {**os.environ, "DISPLAY": f":{number}", "JSC_useSharedArrayBuffer": "1"}
    return webdriver.WebKitGTK(options=options, service=WebKitService(os.environ["WEFT_WEBKIT_DRIVER"], env=environment))
