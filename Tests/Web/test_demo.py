"""The demo in a real browser: isolated, alive while it computes, stoppable, and the same image to the bit."""

import urllib.request

import pytest
from browser import open_demo, render, set_viewport


def small(expected):
    return {"size": expected["width"], "samples": expected["samples"]}


def test_headers(demo):
    for path, kind in [("", "text/html"), ("pkg/index.js", "text/javascript"), ("pkg/demos.wasm", "application/wasm")]:
        with urllib.request.urlopen(demo + path) as response:
            assert response.headers.get_content_type() == kind
            assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert response.headers["Cross-Origin-Embedder-Policy"] == "require-corp"


def test_isolated(browser, demo):
    open_demo(browser, demo + "raytracer.html")
    assert browser.execute_script("return [crossOriginIsolated, weftDemo.isolated]") == [True, True]


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_same_image_on_any_number_of_threads(browser, demo, expected, threads):
    open_demo(browser, demo + "raytracer.html")
    assert render(browser, threads=threads, **small(expected))["hash"] == expected["hash"]


def test_same_image_without_shared_memory(browser, demo_without_isolation, expected):
    open_demo(browser, demo_without_isolation + "raytracer.html")
    assert browser.execute_script("return [crossOriginIsolated, weftDemo.isolated]") == [False, False]
    assert render(browser, threads=1, **small(expected))["hash"] == expected["hash"]


def test_app_says_what_it_does_without_shared_memory(browser, demo_without_isolation):
    open_demo(browser, demo_without_isolation + "raytracer.html")
    assert browser.execute_script(
        """
        const { default: init } = await import("/pkg/index.js");
        const app = await init();
        await app.threads.resize(4);
        const running = [app.state, app.threads.count, await app.threads.list()];
        await app.terminate();
        return [...running, app.state];
        """
    ) == ["running", 1, [], "terminated"]


def test_page_stays_alive_while_rendering(browser, demo):
    open_demo(browser, demo + "raytracer.html")
    result = browser.execute_script(
        """
        let frames = 0, rendering = true;
        const tick = () => { frames += 1; if (rendering) requestAnimationFrame(tick); };
        tick();
        const result = await weftDemo.render({ threads: navigator.hardwareConcurrency, size: 640, samples: 16 });
        rendering = false;
        return { ...result, frames };
        """
    )
    # How smooth it is, Benchmarks/demo measures; a page that blocks gets two frames: one before and one after.
    assert result["milliseconds"] > 500, "the render is too short to show anything: make it larger"
    assert result["frames"] > result["milliseconds"] / 200, result
    assert result["longestGap"] < result["milliseconds"] / 2, result


def test_stop(browser, demo, expected):
    open_demo(browser, demo + "raytracer.html")
    outcome = browser.execute_script(
        """
        const stopped = weftDemo.render({ threads: 2, size: 1024, samples: 1024 }).then(result => result.stopped, error => String(error));
        await new Promise(resolve => setTimeout(resolve, 500));
        await weftDemo.stop();
        return Promise.race([stopped, new Promise(resolve => setTimeout(resolve, 10000, "still rendering after 10 s"))]);
        """
    )
    assert outcome is True, "expected the rendering to end as stopped"
    picture = "return document.querySelector('canvas').toDataURL()"
    before = browser.execute_script(picture)
    after = browser.execute_async_script("setTimeout(arguments[0], 500)") or browser.execute_script(picture)
    assert before == after, "the image still changes after Stop"
    assert render(browser, threads=2, **small(expected))["hash"] == expected["hash"]


@pytest.mark.parametrize("name, width, height", [("demo", 1280, 800), ("demo-phone", 390, 844)])
def test_fits_the_screen(browser, demo, output, name, width, height):
    set_viewport(browser, width, height, mobile=width < 500)
    open_demo(browser, demo + "raytracer.html")
    render(browser, threads=2, size=640, samples=4)
    browser.save_screenshot(str(output / f"{name}.png"))
    # A scroll bar beside the page may take some of its width.
    inner, content = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert inner == width and content <= width
