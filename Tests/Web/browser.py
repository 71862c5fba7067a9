"""A headless Chromium, and the demo's page in it."""

import os
import time

from selenium import webdriver


def start_browser():
    options = webdriver.ChromeOptions()
    options.binary_location = os.environ["WEFT_BROWSER"]
    # Chromium's sandbox does not work as root; its shared memory does not fit into the 64 MB that containers give.
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(os.environ["WEFT_DRIVER"]))
    browser.set_script_timeout(180)
    return browser


def set_viewport(browser, width, height, mobile=False):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 2 if mobile else 1, "mobile": mobile}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def wait_until(condition, seconds, what):
    """The first true value of `condition()`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s for {what}")


def open_demo(browser, address):
    browser.get(address)
    wait_until(lambda: browser.execute_script("return !!window.weftDemo"), 30, "window.weftDemo")


def render(browser, **settings):
    return browser.execute_script("return weftDemo.render(arguments[0])", settings)
