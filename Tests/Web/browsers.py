"""Chromium, Firefox and WebKitGTK without windows, with the settings of a test."""

import contextlib
import os
import subprocess

from selenium import webdriver

ENGINES = ["chromium", "firefox", "webkit"]


@contextlib.contextmanager
def engine(name, arguments=(), preferences=None):
    """A started browser; it and what it needs are ended afterwards. Arguments and preferences are Chromium's and Firefox's."""
    with contextlib.ExitStack() as stack:
        if name == "chromium":
            browser = start_chromium(arguments, preferences or {})
        elif name == "firefox":
            browser = start_firefox(arguments, preferences or {})
        else:
            display = stack.enter_context(virtual_display())
            browser = start_webkit(display)
        stack.callback(browser.quit)
        browser.set_script_timeout(60)
        browser.set_page_load_timeout(60)
        yield browser


def run_on(browser, address, code):
    """What an asynchronous function of JavaScript's returns on the page at an address, or its error as text.

    The code has `init` of the page's package, `outcome` of a promise as a value, and `pause`."""
    browser.get(address)
    return browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        (async () => {
          const { default: init } = await import("/pkg/index.js");
          const outcome = (promise) => promise.then((value) => ({ value }), ({ name, code, message }) => ({ name, code, message }));
          const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
          %s
        })().then(done, (error) => done(`${error.name}: ${error.message}`));
        """
        % code
    )


def start_chromium(arguments, preferences):
    options = webdriver.ChromeOptions()
    options.binary_location = os.environ["WEFT_BROWSER"]
    # As in browser.py.
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", *arguments]:
        options.add_argument(argument)
    options.add_experimental_option("prefs", preferences)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(os.environ["WEFT_DRIVER"]))


def start_firefox(arguments, preferences):
    options = webdriver.FirefoxOptions()
    options.binary_location = os.environ["WEFT_FIREFOX"]
    for argument in ["--headless", *arguments]:
        options.add_argument(argument)
    for name, value in preferences.items():
        options.set_preference(name, value)
    return webdriver.Firefox(options=options, service=webdriver.FirefoxService(os.environ["WEFT_GECKODRIVER"], log_output=subprocess.DEVNULL))


def start_webkit(display):
    options = webdriver.WebKitGTKOptions()
    options.binary_location = os.environ["WEFT_WEBKIT"]
    options.add_argument("--automation")
    # Debian's WebKit has shared memory behind this variable, in pages that are isolated and in those that are not.
    environment = {**os.environ, "DISPLAY": display, "JSC_useSharedArrayBuffer": "1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    service = webdriver.WebKitGTKService(os.environ["WEFT_WEBKIT_DRIVER"], env=environment, log_output=subprocess.DEVNULL)
    return webdriver.WebKitGTK(options=options, service=service)


@contextlib.contextmanager
def virtual_display():
    """The name of a display that is nowhere to be seen: WebKitGTK has no mode without windows."""
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp"], pass_fds=[write], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(timeout=15)
