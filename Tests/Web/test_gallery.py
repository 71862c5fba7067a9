"""The gallery in Chromium, Firefox and WebKitGTK: each demo computes what it computes natively while the page lives, for everybody."""

import gzip
import json

import pytest
from browser import wait_until
from browsers import ENGINES, engine
from conftest import DEMOS
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from server import served_with

EXPECTED = json.loads((DEMOS / "expected-topics.json").read_text())

# What is run for the result that `swift test` has natively, and what takes long enough to see that the page lives.
TOPICS = {
    "sum": ({"count": 100_000}, {"count": 8_000_000}),
    "mandelbrot": ({"size": 160, "limit": 250}, {"size": 640, "limit": 1000}),
    "filters": ({"filter": "blur", "radius": 4, "width": 160}, {"filter": "edges", "width": 960}),
    "matrix": ({"size": 64}, {"size": 384}),
    "gravity": ({"count": 1000, "steps": 10}, {"count": 10_000, "steps": 20}),
    "sort": ({"count": 100_000}, {"count": 1_000_000}),
    "life": ({"size": 128, "steps": 10}, {"size": 1024, "steps": 20}),
    "words": ({"megabytes": 0.25}, {"megabytes": 16}),
}
PAGES = [*TOPICS, "", "hello", "helps", "raytracer"]


def expected(topic):
    return EXPECTED["blur" if topic == "filters" else topic]


@pytest.fixture(scope="module", params=ENGINES)
def browser(request):
    with engine(request.param) as browser:
        browser.engine = request.param
        browser.set_window_size(1280, 900)
        if request.param == "chromium":
            # What a page writes to the console as an error, or fails to handle, from its first script on.
            browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
                window.faults = [];
                const original = console.error;
                console.error = (...values) => { faults.push(values.join(" ")); original(...values); };
                addEventListener("error", (event) => faults.push(event.message));
                addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
            """})
        yield browser


def address_of(demo, page):
    return demo + (page and f"{page}.html")


def open_page(browser, demo, page):
    browser.get(address_of(demo, page))
    if page:
        wait_until(lambda: browser.execute_script("return !!window.weftDemo"), 30, "window.weftDemo")


def run(browser, **settings):
    return asynchronously(browser, f"return weftDemo.run({json.dumps(settings)})")


def asynchronously(browser, code):
    """What the code returns; its error fails the test."""
    value = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "(async () => { %s })().then((value) => done({ value }), (error) => done({ error: String(error) }));" % code
    )
    assert "error" not in value, value["error"]
    return value.get("value")


def faults(browser):
    """What went wrong, as the page shows it, and in Chromium as the console has it."""
    return browser.execute_script(
        "const box = document.getElementById('error'); return [...(window.faults ?? []), ...(box && !box.hidden ? [box.textContent] : [])]"
    )


# Returns what the page lacks: controls without a name, text that is hard to read, sideways scrolling, files from elsewhere.
INSPECTION = """
const page = arguments[0] ? document.querySelector("iframe").contentWindow : window;
const { document: doc } = page;
const lacks = [];
for (const control of doc.querySelectorAll("input, select, button, a, canvas:not([aria-hidden])")) {
  const name = control.getAttribute("aria-label") ?? ([...(control.labels ?? [])].map((label) => label.textContent).join("") || control.textContent);
  if (!name.trim()) lacks.push(`no name: ${control.outerHTML}`);
}
const numbers = (color) => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number); return { rgb: [r, g, b], a }; };
const luminance = ({ rgb }) => rgb.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const background = (element) => {
  for (; element; element = element.parentElement) {
    const color = numbers(page.getComputedStyle(element).backgroundColor);
    if (color.a === 1) return color;
  }
  return { rgb: [255, 255, 255] };
};
const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((x, y) => y - x); return (x + 0.05) / (y + 0.05); };
for (const element of doc.querySelectorAll("body *")) {
  if (element.closest("svg, noscript") || !element.getClientRects().length) continue;
  if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
  const color = numbers(page.getComputedStyle(element).color);
  const behind = [background(element)];
  const bar = element.closest("#runs li, .bars li") && page.getComputedStyle(doc.documentElement).getPropertyValue("--bar").trim();
  if (bar) behind.push({ rgb: [1, 3, 5].map((i) => parseInt(bar.slice(i, i + 2), 16)) });
  for (const other of behind) {
    const ratio = contrast(color, other);
    if (ratio < 4.5) lacks.push(`contrast ${ratio.toFixed(2)}: ${element.outerHTML.slice(0, 120)}`);
  }
}
if (doc.documentElement.scrollWidth > page.innerWidth) {
  const wide = [...doc.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > page.innerWidth && !e.closest("pre"));
  lacks.push(`scrolls sideways: ${wide.map((e) => e.outerHTML.slice(0, 80)).join(" | ")}`);
}
for (const { name } of page.performance.getEntriesByType("resource")) {
  if (new URL(name).origin !== page.location.origin && !name.startsWith("blob:") && !name.startsWith("data:")) lacks.push(`from elsewhere: ${name}`);
}
return lacks;
"""


# What has moved of what was there and how far, as Chromium counts it.
SHIFTS = """
return new Promise((resolve) => {
  const shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(shifts.map(({ value, sources }) => [value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 120))])), 100);
});
"""

# Whether the page has shown what it shows by itself.
SHOWN = """
const doc = (document.querySelector("iframe")?.contentWindow ?? window).document;
const [speedup, caption] = ["speedup", "caption"].map((id) => doc.getElementById(id)?.textContent ?? "");
const isReady = doc.readyState === "complete" && !!doc.querySelector("h1");
switch (arguments[0]) {
  case "hello": case "helps": return isReady;
  case "raytracer": return isReady && caption.includes("fingerprint");
  case "": return isReady && caption.includes("drawn");
  default: return isReady && speedup !== "–" && speedup !== "";
}
"""


def settle(browser, page):
    wait_until(lambda: browser.execute_script(SHOWN, page), 30, f"what the page {page} shows")


def text_of(browser, id):
    return browser.execute_script("return document.getElementById(arguments[0]).textContent", id)


@pytest.fixture(scope="module")
def page(request, browser, demo):
    """A page that shows what it shows by itself; tests of the same page are run one after the other, in the order of this file."""
    open_page(browser, demo, request.param)
    settle(browser, request.param)
    return request.param


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_everybody_can_use_it(browser, output, page):
    assert browser.execute_script(INSPECTION, False) == []
    browser.save_screenshot(str(output / f"gallery-{page or 'index'}-{browser.engine}.png"))
    if browser.engine == "chromium":
        for scheme in ["dark", "light"]:
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
            assert browser.execute_script(INSPECTION, False) == [], scheme
    assert faults(browser) == []


# What makes a page load the rest, where it does not do so by itself.
LOADING = {"audio": "await weftDemo.render(330)", "hello": "await weftDemo.threads()", "messages": "await weftDemo.run()"}
ALL_PAGES = sorted({*PAGES, *LOADING, "offscreen"})


def open_and_work(browser, address, page):
    """Opens a page, which then loads its program and shows what that does."""
    open_page(browser, address, page)
    if page in LOADING:
        asynchronously(browser, LOADING[page])
    elif page == "helps":
        wait_until(lambda: text_of(browser, "caption").startswith("Measuring: Image"), 30, "the first answer")
    elif page == "offscreen":
        wait_until(lambda: browser.execute_script("return weftDemo.painted().frames") > 0, 30, "a frame")
    else:
        settle(browser, page)


@pytest.fixture(params=["desktop", "phone"])
def screen(request, browser):
    if request.param == "phone":
        metrics = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    yield
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
@pytest.mark.parametrize("page", ALL_PAGES)
def test_little_is_loaded_and_nothing_moves(browser, demo, screen, page):
    fetched = set()
    headers = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp", "Cache-Control": "no-store"}
    # What workers load is seen by the server only.
    with served_with(DEMOS, headers, fetched) as address:
        open_and_work(browser, address, page)
        shifts = asynchronously(browser, SHIFTS)
        browser.get("about:blank")
    assert sum(value for value, *_ in shifts) < 0.01, shifts
    sizes = {path: len(gzip.compress((DEMOS / path).read_bytes(), 9)) for path in fetched}
    assert any(path.endswith(".wasm") for path in sizes)
    print(f"{page or 'index'}: {sum(sizes.values())} bytes gzipped in {len(sizes)} files")
    assert sum(sizes.values()) <= 60_000, sorted(sizes.items(), key=lambda entry: -entry[1])


@pytest.mark.parametrize("page", TOPICS, indirect=True)
def test_same_result_everywhere_and_the_page_lives(browser, page):
    small, large = TOPICS[page]
    for parallel, threads in [(0, 1), (1, 2), (1, 5)]:
        assert run(browser, parallel=parallel, threads=threads, **small)["result"] == expected(page), f"{threads} threads"
    if page == "filters":
        for name in ["sharpen", "edges", "emboss", "grayscale", "sepia"]:
            assert run(browser, parallel=1, threads=2, **{**small, "filter": name})["result"] == EXPECTED[name]
    outcome = asynchronously(
        browser,
        """
        const frames = () => Number(document.getElementById("frames").textContent.replaceAll(",", ""));
        let ticks = 0;
        const timer = setInterval(() => ticks++, 1);
        const [before, start] = [frames(), performance.now()];
        const { milliseconds } = await weftDemo.run(%s);
        clearInterval(timer);
        return { frames: frames() - before, ticks, milliseconds, all: performance.now() - start };
        """
        % json.dumps({"parallel": 1, "threads": 2, **large}),
    )
    # A page that blocks would get two: one before and one after. Without a graphics card WebKitGTK draws few frames, whatever the page does.
    alive = outcome["ticks"] if browser.engine == "webkit" else outcome["frames"]
    assert alive > max(3, outcome["all"] / 200), outcome
    assert text_of(browser, "time") != "–" and outcome["milliseconds"] > 0
    assert faults(browser) == []


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
@pytest.mark.parametrize("topic", TOPICS)
def test_same_result_without_shared_memory(browser, demo_without_isolation, topic):
    open_page(browser, demo_without_isolation, topic)
    assert run(browser, parallel=1, threads=1, **TOPICS[topic][0])["result"] == expected(topic)
    assert "no shared memory" in text_of(browser, "state")
    assert faults(browser) == []


def test_hello_in_three_steps(browser, demo):
    open_page(browser, demo, "hello")
    suspends = browser.execute_script("return typeof WebAssembly.promising === 'function'")
    on_page = asynchronously(browser, "return weftDemo.page()")
    assert [greeting["line"] for greeting in on_page] == (["Hello, world!"] if suspends else [])
    answer = browser.find_element(By.ID, "page").text
    assert "Hello, world!" in answer if suspends else "Not in this browser" in answer
    in_worker = asynchronously(browser, "return weftDemo.worker()")
    assert [greeting["line"] for greeting in in_worker] == ["Hello, world!"]
    browser.execute_script("document.getElementById('threads').value = 4")
    on_threads = asynchronously(browser, "return weftDemo.threads()")
    assert len({greeting["thread"] for greeting in on_threads}) == 4, on_threads
    assert {greeting["line"] for greeting in on_threads} == {"Hello, world!"}
    assert faults(browser) == []


def test_every_subject_is_answered_and_amdahl_fitted(browser, demo, output):
    open_page(browser, demo, "helps")
    points = "[1, 2, 3, 4, 8].map((threads) => ({ threads, speedup: 1 / (%s + (1 - %s) / threads) }))"
    for share in [0, 0.1, 0.5, 1]:
        fitted = browser.execute_script(f"return weftDemo.sequentialShare({points % (share, share)})")
        assert abs(fitted - share) < 1e-9
    wait_until(lambda: text_of(browser, "caption").startswith("Done"), 90, "the last answer")
    names = [heading.text for heading in browser.find_elements(By.CSS_SELECTOR, "#answers h2")]
    assert names == [
        "Mandelbrot", "Image filter", "Sorting 1 000 items", "Scanning JSON", "Matrix product", "Physics", "Hash of a small text"]
    answers = [answer.text for answer in browser.find_elements(By.CSS_SELECTOR, "#answers .answer")]
    assert len(answers) == 7 and all(answer.startswith(("Yes: ", "No: ")) for answer in answers), answers
    assert len(browser.find_elements(By.CSS_SELECTOR, "#answers svg polyline.law")) == 7
    assert browser.execute_script(INSPECTION, False) == []
    browser.save_screenshot(str(output / f"gallery-helps-{browser.engine}.png"))
    assert faults(browser) == []


@pytest.mark.parametrize("page", PAGES)
def test_fits_a_phone(browser, demo, output, page):
    # No engine but Chromium makes its window so narrow; a frame is a window too.
    browser.get(demo + "hello.html")
    browser.execute_script(
        "document.body.innerHTML = `<iframe title='phone' width=375 height=812 style='border: 0' src='${arguments[0]}'></iframe>`",
        address_of(demo, page),
    )
    settle(browser, page)
    assert browser.execute_script(INSPECTION, True) == []
    browser.find_element(By.TAG_NAME, "iframe").screenshot(str(output / f"gallery-{page or 'index'}-phone-{browser.engine}.png"))


def test_keyboard(browser, demo):
    open_page(browser, demo, "mandelbrot")
    picture = "return document.getElementById('picture').toDataURL()"
    settled = lambda: text_of(browser, "caption").startswith("Result")  # noqa: E731
    wait_until(settled, 30, "the first picture")
    reached = set()
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    for _ in range(14):
        reached.add(browser.execute_script("return document.activeElement.id || document.activeElement.tagName"))
        browser.switch_to.active_element.send_keys(Keys.TAB)
    assert {"picture", "threads", "size", "limit", "parallel", "run", "sweep", "PRE"} <= reached, reached
    before = browser.execute_script(picture)
    browser.find_element(By.ID, "picture").send_keys("+")
    wait_until(lambda: settled() and browser.execute_script(picture) != before, 30, "another picture")
    threads = browser.find_element(By.ID, "threads")
    value = text_of(browser, "threads-value")
    threads.send_keys(Keys.ARROW_RIGHT)
    assert text_of(browser, "threads-value") == str(int(value) + 1)
    wait_until(lambda: settled() and f"{int(value) + 1} threads" in text_of(browser, "state"), 30, "another number of threads")
    browser.find_element(By.ID, "parallel").send_keys(Keys.ARROW_RIGHT)
    assert browser.find_element(By.ID, "sequential").is_selected()
    wait_until(lambda: settled() and text_of(browser, "speedup") == "–", 30, "the sequential run")
    browser.find_element(By.ID, "run").send_keys(Keys.ENTER)
    wait_until(settled, 30, "the run")
    assert faults(browser) == []


def test_pointer(browser, demo):
    open_page(browser, demo, "mandelbrot")
    settle(browser, "mandelbrot")
    picture = "return document.getElementById('picture').toDataURL()"
    for gesture in [
        "for (const name of ['pointerdown', 'pointerup']) canvas.dispatchEvent(new PointerEvent(name, { clientX: x, clientY: y }))",
        "canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, clientX: x, clientY: y, cancelable: true }))",
        "canvas.dispatchEvent(new PointerEvent('pointerdown', { clientX: x, clientY: y }));"
        "canvas.dispatchEvent(new PointerEvent('pointerup', { clientX: x + 50, clientY: y }))",
    ]:
        before = browser.execute_script(picture)
        browser.execute_script(
            "const canvas = document.getElementById('picture'); const box = canvas.getBoundingClientRect();"
            "const [x, y] = [box.left + box.width / 3, box.top + box.height / 3]; " + gesture
        )
        wait_until(lambda: browser.execute_script(picture) != before, 30, f"another picture after {gesture}")
        wait_until(lambda: text_of(browser, "caption").startswith("Result"), 30, "the end of the measurement")
    assert faults(browser) == []


def test_stop_and_measure_all(browser, demo):
    open_page(browser, demo, "life")
    settle(browser, "life")
    browser.find_element(By.ID, "stop").click()
    wait_until(lambda: text_of(browser, "caption") == "Stopped", 30, "the end")
    picture = "return document.getElementById('picture').toDataURL()"
    before = browser.execute_script(picture)
    frames = text_of(browser, "frames")
    wait_until(lambda: text_of(browser, "frames") != frames, 30, "another frame")
    assert browser.execute_script(picture) == before, "the world still changes after Stop"
    open_page(browser, demo, "sum")
    settle(browser, "sum")
    browser.find_element(By.ID, "sweep").click()
    rows = "return [...document.querySelectorAll('#runs li span:first-child')].map(({ textContent }) => textContent)"
    counts = [["1 thread", f"{2 ** power} threads"][power > 0] for power in range(4)]
    wait_until(lambda: browser.execute_script(rows) == ["Sequential", *counts], 30, "the times of 1 to 8 threads")
    assert faults(browser) == []


def test_stop_while_nobody_looks(browser, demo):
    open_page(browser, demo, "life")
    settle(browser, "life")
    # As in a tab in the background.
    browser.execute_script("window.requestAnimationFrame = () => 0")
    browser.find_element(By.ID, "stop").click()
    wait_until(lambda: text_of(browser, "caption") == "Stopped", 30, "the end")
    record(browser)
    assert faults(browser) == []


def test_file_of_the_visitor(browser, demo, tmp_path):
    open_page(browser, demo, "words")
    text = tmp_path / "text.txt"
    text.write_text("One two TWO three three Three. Drei!")
    browser.find_element(By.ID, "file").send_keys(str(text))
    wait_until(lambda: text_of(browser, "words") == "7" and text_of(browser, "different") == "4", 30, "the count of the file's words")
    rows = browser.execute_script("return [...document.querySelectorAll('#top li')].map((row) => [...row.children].map((cell) => cell.textContent))")
    assert rows == [["three", "3"], ["two", "2"], ["One", "1"], ["Drei", "1"]]
    open_page(browser, demo, "filters")
    browser.find_element(By.ID, "file").send_keys(str(text))
    wait_until(lambda: faults(browser), 30, "an error")
    assert faults(browser) == ["“text.txt” is no picture that this browser knows. Choose a JPEG, PNG or WebP file."]


def record(browser, **settings):
    """Presses Record on a page whose sliders have been set to these values."""
    for id, value in settings.items():
        browser.execute_script("document.getElementById(arguments[0]).value = arguments[1]", id, value)
    address = "return document.getElementById('save')?.href"
    before = browser.execute_script(address)
    browser.find_element(By.ID, "record").click()
    try:
        wait_until(lambda: browser.execute_script(address) != before, 60, "the timeline")
    except AssertionError as error:
        shown = {id: text_of(browser, id) for id in ["caption", "state", "error", "frames"]}
        raise AssertionError(f"{error}; the page shows {shown}") from None


def saved(browser):
    """The file's name, and what is in it."""
    name, text = asynchronously(
        browser, "const link = document.getElementById('save'); return [link.download, await (await fetch(link.href)).text()]"
    )
    return name, json.loads(text)


def checked_lanes(events):
    """The events of each thread, which must be as Chrome's trace format wants them, and as time goes."""
    names = {event["tid"]: event["args"]["name"] for event in events if event["ph"] == "M"}
    timed = [event for event in events if event["ph"] != "M"]
    assert all(event["name"] == "thread_name" for event in events if event["ph"] == "M")
    begin, end = min(event["ts"] for event in timed), max(event["ts"] + event.get("dur", 0) for event in timed)
    for event in timed:
        assert event["pid"] == 1 and event["tid"] in names
        assert (event["ph"], event["name"]) in [("X", "run"), ("X", "call"), ("X", "sleep"), ("i", "fork"), ("i", "steal")], event
        assert event.get("dur", 0) >= 0
        assert ("dur" in event) == (event["ph"] == "X") and ("s" in event) == (event["ph"] == "i")
    # Nothing of another record: the whole takes no longer than a test does.
    assert 0 < end - begin < 60e6
    return {name: [event["name"] for event in timed if event["tid"] == tid] for tid, name in names.items()}


@pytest.mark.parametrize("page, program", [("raytracer", "raytracer"), ("words", "word-count"), ("life", "game-of-life")])
def test_record_of_a_run(browser, demo, output, page, program):
    open_page(browser, demo, page)
    settle(browser, page)
    for threads in [2, 3]:
        record(browser, threads=threads)
        name, events = saved(browser)
        assert name == f"{program}.trace.json"
        lanes = checked_lanes(events)
        assert sorted(lanes) == [f"weft-{index + 1}" for index in range(threads)]
        all_events = sum(lanes.values(), [])
        # What takes less than a thread needs to wake up is done by one.
        assert page != "raytracer" or all_events.count("run") > 0 and all_events.count("fork") > 0, lanes
        assert all_events.count("steal") >= all_events.count("run")
        assert all_events.count("call") == (10 if page == "life" else 1)
        rows = browser.execute_script("return [...document.querySelectorAll('#lanes-summary li')].map(({ textContent }) => textContent)")
        assert len(rows) == threads
        for row, (name, kinds) in zip(rows, lanes.items(), strict=True):
            assert row.startswith(f"{name}: ") and (f"{kinds.count('fork')} fork" in row or row.endswith("no event") and not kinds)
        busy = [int(row.partition(": ")[2].partition(" %")[0]) for row in rows if "busy" in row]
        assert max(busy) > 0 and max(busy) <= 100, rows
    assert browser.execute_script(INSPECTION, False) == []
    browser.execute_script("document.getElementById('timeline').scrollIntoView()")
    browser.save_screenshot(str(output / f"gallery-timeline-{page}-{browser.engine}.png"))
    assert faults(browser) == []


def test_timeline_by_keys_and_pointer(browser, demo):
    open_page(browser, demo, "raytracer")
    settle(browser, "raytracer")
    record(browser, threads=2)
    lanes = browser.find_element(By.ID, "lanes")
    drawn = lambda: browser.execute_script("return document.getElementById('lanes').toDataURL()")  # noqa: E731
    whole, picture = text_of(browser, "lanes-range"), drawn()
    lanes.send_keys("+")
    zoomed = text_of(browser, "lanes-range")
    assert zoomed != whole and drawn() != picture
    lanes.send_keys(Keys.ARROW_RIGHT)
    assert text_of(browser, "lanes-range") not in [whole, zoomed]
    lanes.send_keys(Keys.ARROW_LEFT)
    assert text_of(browser, "lanes-range") == zoomed
    lanes.send_keys(Keys.ARROW_DOWN)
    assert text_of(browser, "lanes-event").startswith("weft-2: ")
    lanes.send_keys(Keys.ARROW_UP)
    assert text_of(browser, "lanes-event").startswith("weft-1: ")
    lanes.send_keys("0")
    assert text_of(browser, "lanes-range") == whole
    gesture = """
        const canvas = document.getElementById("lanes");
        const box = canvas.getBoundingClientRect();
        const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height - 40, pointerId: 1, cancelable: true };
        %s"""
    browser.execute_script(gesture % "canvas.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -1 }))")
    assert text_of(browser, "lanes-range") != whole
    # What a thread does in the middle of the record: whatever it is, the page says for how long.
    said = set()
    for share in range(1, 20):
        move = f"canvas.dispatchEvent(new PointerEvent('pointermove', {{ ...at, clientX: box.left + 90 + (box.width - 90) * {share} / 20 }}))"
        browser.execute_script(gesture % move)
        said.add(text_of(browser, "lanes-event"))
    assert any("weft-1: call, " in text or "weft-1: run, " in text for text in said), said
    assert faults(browser) == []


def test_timeline_fits_a_phone(browser, demo, output):
    browser.get(demo + "hello.html")
    browser.execute_script(
        "document.body.innerHTML = `<iframe title='phone' width=375 height=812 style='border: 0' src='${arguments[0]}'></iframe>`",
        address_of(demo, "raytracer"),
    )
    settle(browser, "raytracer")
    browser.execute_script("document.querySelector('iframe').contentWindow.document.getElementById('record').click()")
    hidden = "return document.querySelector('iframe').contentWindow.document.getElementById('timeline').hidden"
    wait_until(lambda: not browser.execute_script(hidden), 60, "the timeline")
    assert browser.execute_script(INSPECTION, True) == []
    browser.execute_script("document.querySelector('iframe').contentWindow.document.getElementById('timeline').scrollIntoView()")
    browser.find_element(By.TAG_NAME, "iframe").screenshot(str(output / f"gallery-timeline-phone-{browser.engine}.png"))


@pytest.mark.parametrize("browser", ["chromium"], indirect=True)
def test_record_without_shared_memory(browser, demo_without_isolation):
    open_page(browser, demo_without_isolation, "sum")
    settle(browser, "sum")
    record(browser)
    rows = browser.execute_script("return [...document.querySelectorAll('#lanes-summary li')].map(({ textContent }) => textContent)")
    assert rows == ["weft-1: no event"]
    assert text_of(browser, "lanes-event").startswith("Nothing to record: without shared memory")
    assert faults(browser) == []


# Cameras that there are not: Chromium's and Firefox's own for tests.
CAMERAS = {
    "chromium": {"arguments": ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]},
    "firefox": {"preferences": {"media.navigator.streams.fake": True, "media.navigator.permission.disabled": True}},
}


@pytest.mark.parametrize("name", CAMERAS)
def test_camera(name, demo, output):
    with engine(name, **CAMERAS[name]) as browser:
        browser.set_window_size(1280, 900)
        open_page(browser, demo, "filters")
        settle(browser, "filters")
        # So that the test sees whether it is on.
        browser.execute_script(
            """
            const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async (constraints) => (window.stream = await original(constraints));
            """
        )
        state = "return window.stream?.getTracks().map(({ readyState }) => readyState).join()"
        picture = "return document.getElementById('picture').toDataURL()"
        button = browser.find_element(By.ID, "camera")
        for end in ["camera", "stop", "file"]:
            button.click()
            wait_until(lambda: button.text == "Stop the camera", 30, "the camera")
            assert browser.execute_script(state) == "live"
            before = browser.execute_script(picture)
            wait_until(lambda: browser.execute_script(picture) != before, 30, "a picture of the camera's")
            width, height = browser.execute_script("const { width, height } = document.getElementById('picture'); return [width, height]")
            assert 0 < width <= 640 and 0 < height <= 480
            first = browser.execute_script(picture)
            wait_until(lambda: browser.execute_script(picture) != first, 30, "another one")
            if end == "camera":
                for kind in ["edges", "grayscale"]:
                    browser.execute_script(
                        "const menu = document.getElementById('filter'); menu.value = arguments[0]; menu.dispatchEvent(new Event('change'))", kind)
                    first = browser.execute_script(picture)
                    wait_until(lambda: browser.execute_script(picture) != first, 30, f"a picture with the filter {kind}")
                browser.save_screenshot(str(output / f"gallery-camera-{name}.png"))
                record(browser)
                assert browser.execute_script(state) == "live"
                # In a moment in which the page paints: it is as slow as the engine is without a graphics card.
                pixels = browser.execute_script(
                    "const canvas = document.getElementById('picture'); return [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]"
                )
                grays = [pixels[at] == pixels[at + 1] == pixels[at + 2] for at in range(0, len(pixels), 4)]
                assert all(grays), "not all pixels are grey"
            if end == "file":
                browser.find_element(By.ID, "file").send_keys(str(output / f"gallery-camera-{name}.png"))
            else:
                browser.find_element(By.ID, end).click()
            wait_until(lambda: button.text == "Use the camera", 30, "the end")
            assert browser.execute_script(state) == "ended"
            # What was seen last stays; all runs of it give the same.
            wait_until(lambda: text_of(browser, "caption").startswith(("Result", "Stopped")), 30, "the last picture")
            last = browser.execute_script(picture)
            frames = text_of(browser, "frames")
            wait_until(lambda: text_of(browser, "frames") != frames, 30, "another frame")
            assert browser.execute_script(picture) == last
        button.click()
        wait_until(lambda: button.text == "Stop the camera", 30, "the camera")
        browser.execute_script("dispatchEvent(new PageTransitionEvent('pagehide'))")
        assert browser.execute_script(state) == "ended", "the camera is on after its page was left"
        assert faults(browser) == []


def test_camera_that_is_refused_or_not_there(browser, demo):
    open_page(browser, demo, "filters")
    settle(browser, "filters")
    for failure, line in [
        ("() => Promise.reject(new DOMException('', 'NotAllowedError'))", "The camera was refused. Allow it"),
        ("() => Promise.reject(new DOMException('', 'NotFoundError'))", "There is no camera here."),
        ("() => Promise.reject(new DOMException('broken', 'AbortError'))", "The camera cannot be used (broken)."),
        (None, "This browser gives this page no camera"),
    ]:
        devices = f"{{ getUserMedia: {failure} }}" if failure else "undefined"
        browser.execute_script(f"Object.defineProperty(navigator, 'mediaDevices', {{ configurable: true, value: {devices} }})")
        browser.find_element(By.ID, "camera").click()
        wait_until(lambda: [fault for fault in faults(browser) if fault.startswith(line)], 30, line)
        assert browser.find_element(By.ID, "camera").text == "Use the camera"
