// @ts-check
import { FrameMeter, drawGaps } from "./frames.js";
import { fingerprint } from "./fingerprint.js";
import { showBars } from "./bars.js";
import { paint } from "./canvas.js";
import { duration, element, setUpThreads, show, showError, showStrayErrors, threadCount } from "./page.js";
import { Renderer, heightOf } from "./renderer.js";
import { showSources } from "./source.js";

/** @typedef {import("./renderer.js").Settings} Settings */

const sizes = [320, 480, 640, 800, 960, 1280, 1600, 1920];
const sampleCounts = [1, 2, 4, 8, 16, 32, 64];

const picture = element("picture", HTMLCanvasElement);
const sliders = {
  threads: element("threads", HTMLInputElement),
  size: element("size", HTMLInputElement),
  samples: element("samples", HTMLInputElement),
};
const buttons = {
  render: element("render", HTMLButtonElement),
  stop: element("stop", HTMLButtonElement),
  record: element("record", HTMLButtonElement),
  baseline: element("baseline", HTMLButtonElement),
};

const renderer = new Renderer();
const meter = new FrameMeter(onFrame);
/** When the picture was last drawn. */
let lastShown = 0;
/**
 * The rendering under way, which never rejects.
 * @type {Promise<void> | undefined}
 */
let running;
/** The times of whole pictures: by size and samples, then by threads. */
const times = /** @type {Map<string, Map<number, number>>} */ (new Map());

/** @returns {Settings} */
function chosenSettings() {
  return {
    threads: Number(sliders.threads.value),
    size: sizes[Number(sliders.size.value)],
    samples: sampleCounts[Number(sliders.samples.value)],
  };
}

/** @param {Settings} settings */
function timesOf({ size, samples }) {
  const key = `${size} ${samples}`;
  const known = times.get(key) ?? new Map();
  times.set(key, known);
  return known;
}

function onFrame() {
  // Whatever is shown takes a core from the threads if it is for every frame, be it a number: ten times a second looks as good.
  const now = performance.now();
  if (now - lastShown < 100) return;
  lastShown = now;
  show("frames", meter.count.toLocaleString("en"));
  drawGaps(element("heartbeat", HTMLCanvasElement), meter.recent);
  const progress = renderer.progress;
  if (!progress) return;
  paint(picture, progress.pixels, picture.width);
  element("progress", HTMLProgressElement).value = progress.done / progress.tiles;
  showPace(progress.milliseconds, progress.done, meter.longestGap);
}

/**
 * @param {number} milliseconds
 * @param {number} tiles
 * @param {number} longestGap
 */
function showPace(milliseconds, tiles, longestGap) {
  show("time", duration(milliseconds));
  show("rate", ((1000 * tiles) / milliseconds).toFixed(0));
  show("gap", duration(longestGap));
}

function showSettings() {
  const { threads, size, samples } = chosenSettings();
  show("threads-value", String(threads));
  show("size-value", `${size} × ${heightOf(size)}`);
  show("samples-value", String(samples));
  showTimes(chosenSettings());
}

/**
 * Shows how long these settings took with each number of threads, and how much faster than one thread that is.
 * @param {Settings} settings
 */
function showTimes(settings) {
  const known = timesOf(settings);
  const one = known.get(1);
  const rows = [...known].sort(([a], [b]) => a - b);
  showBars(
    element("runs", HTMLElement),
    rows.map(([threads, milliseconds]) => ({
      name: threadCount(threads),
      milliseconds,
      speedup: one && threads > 1 ? one / milliseconds : undefined,
    })),
  );
  const time = settings.threads > 1 ? known.get(settings.threads) : Math.min(...known.values());
  show("speedup", one && time ? `${(one / time).toFixed(2)}×` : "–");
  buttons.baseline.hidden = one !== undefined;
}

/**
 * Renders and shows one picture, after stopping the one under way.
 * @param {Settings} settings
 * @param {boolean} [isRecorded] whether the threads' lanes are shown
 */
async function render(settings, isRecorded = false) {
  while (running) await stop();
  const result = renderNow(settings, isRecorded);
  const ended = () => {
    running = undefined;
    buttons.stop.disabled = true;
  };
  running = result.then(ended, (error) => {
    show("caption", "Failed");
    showError(error);
    ended();
  });
  return result;
}

/**
 * Renders and records what the threads do, and shows their lanes.
 * @param {import("./recording.js").Recorder} app
 * @param {() => Promise<unknown>} work
 */
async function recorded(app, work) {
  const [{ record }, { showTimeline }] = await Promise.all([import("./recording.js"), import("./timeline.js")]);
  showTimeline(await record(app, work), "raytracer");
}

/** @param {Settings} settings @param {boolean} isRecorded */
async function renderNow(settings, isRecorded) {
  const { size, samples } = settings;
  element("error", HTMLElement).hidden = true;
  buttons.stop.disabled = false;
  show("caption", "Starting threads …");
  const outcome = await renderer.render(settings, () => {
    picture.width = size;
    picture.height = heightOf(size);
    show("caption", `Rendering ${size} × ${heightOf(size)} …`);
    showState();
    meter.start();
  }, isRecorded ? recorded : undefined);
  const longestGap = meter.longestGap;
  paint(picture, outcome.pixels, size);
  const { milliseconds, tiles, stopped } = outcome;
  const threads = renderer.threads;
  // The app may have fewer threads than asked for.
  if (!stopped) timesOf(settings).set(threads, milliseconds);
  element("progress", HTMLProgressElement).value = stopped ? 0 : 1;
  showPace(milliseconds, tiles, longestGap);
  showTimes({ ...settings, threads });
  const hash = fingerprint(outcome.pixels);
  const what = `${size} × ${heightOf(size)}, ${samples} ${samples === 1 ? "sample" : "samples"}`;
  show("caption", stopped ? `Stopped: ${what}` : `${what}, fingerprint ${hash}`);
  return { milliseconds, longestGap, hash, stopped };
}

/** Stops the rendering under way, if there is one, and waits for its end. */
async function stop() {
  renderer.stop();
  await running;
}

function showState() {
  const threads = threadCount(renderer.threads);
  if (renderer.shared) show("state", `cross-origin isolated · shared memory · ${threads}`);
  else show("state", `${crossOriginIsolated ? "isolated" : "not cross-origin isolated"} · no shared memory · ${threads}`);
}

/**
 * Does what a button asks for and shows what goes wrong.
 * @param {() => Promise<unknown>} action
 */
function run(action) {
  action().catch(showError);
}

function setUp() {
  setUpThreads(sliders.threads);
  sliders.size.max = String(sizes.length - 1);
  sliders.size.value = String(sizes.indexOf(innerWidth < 700 ? 640 : 960));
  sliders.samples.max = String(sampleCounts.length - 1);
  sliders.samples.value = String(sampleCounts.indexOf(4));
  for (const slider of Object.values(sliders)) slider.addEventListener("input", showSettings);
  element("settings", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    run(() => render(chosenSettings()));
  });
  buttons.stop.addEventListener("click", () => run(stop));
  buttons.record.addEventListener("click", () => run(() => render(chosenSettings(), true)));
  buttons.baseline.addEventListener("click", () => run(() => render({ ...chosenSettings(), threads: 1 })));
  showStrayErrors();
  showSettings();
}

setUp();
/** For tests: the page without its buttons. */
Object.assign(window, { weftDemo: { render, stop, isolated: crossOriginIsolated } });
run(() => render(chosenSettings()));
run(() =>
  showSources(element("source", HTMLElement), ["ParallelRendering", "Rendering", "Tracer"].map((name) => `Sources/Raytracer/${name}.swift`)),
);
