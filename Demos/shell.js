// @ts-check
import { FrameMeter, drawGaps } from "./frames.js";
import { showBars } from "./bars.js";
import { duration, element, setUpThreads, show, showError, showStrayErrors, threadCount } from "./page.js";
import { load } from "./program.js";
import { showSources } from "./source.js";

/**
 * What the programs of all topics have.
 * @typedef {import("./pictures/pkg/index.js").PageApp | import("./worlds/pkg/index.js").PageApp | import("./lists/pkg/index.js").PageApp} App
 *
 * @typedef {Record<string, number | string>} Settings
 *
 * A control: a slider if it has a list of numbers, else a menu.
 * @typedef {{ label: string, values: (number | string)[], value: number | string, text?: (value: any) => string }} Control
 *
 * Work on some data.
 * @typedef {object} Task
 * @property {(parallel: boolean) => Promise<unknown>} work what is measured
 * @property {() => unknown} [advance] brings the next data, where it goes on from frame to frame
 * @property {() => unknown} [reset] makes the data what it was before the work
 * @property {() => void} show draws what there is
 * @property {() => string} result what must be the same everywhere: a fingerprint, or a number
 * @property {() => void} dispose
 *
 * What is particular to a page.
 * @typedef {object} Demo
 * @property {string} title
 * @property {string} program the folder of the program
 * @property {string} lead
 * @property {string} stage HTML
 * @property {string[]} sources
 * @property {Record<string, Control>} controls
 * @property {() => boolean} [endless] whether the work goes on from frame to frame, until it is stopped
 * @property {boolean} [live] whether to draw while the work is under way
 * @property {(app: any, settings: any) => Task | Promise<Task>} prepare is given the app of the page's program
 * @property {(again: () => void) => void} [setUp] is given what to call when the data has changed
 */

/**
 * Fills the page with a demo, and starts it.
 * @param {Demo} demo
 */
export function present(demo) {
  document.body.insertAdjacentHTML("afterbegin", html(demo));
  const shell = new Shell(demo);
  demo.setUp?.(() => shell.anew());
  /** For tests: the page without its buttons. */
  Object.assign(window, { weftDemo: { run: (/** @type {Settings} */ settings) => shell.run(settings), stop: () => shell.stop() } });
  shell.start();
}

/** @param {Demo} demo */
function html({ title, lead, stage, controls }) {
  const own = Object.entries(controls).map(([name, { label, values }]) =>
    typeof values[0] === "number"
      ? `<label for="${name}"><span>${label}</span> <output id="${name}-value"></output><input id="${name}" type="range" min="0" max="${values.length - 1}"></label>`
      : `<label for="${name}"><span>${label}</span><select id="${name}">${values.map((value) => `<option>${value}</option>`).join("")}</select></label>`,
  );
  return `
    <header><p><a href="./">Weft gallery</a></p><h1>${title}</h1><p>${lead}</p></header>
    <main>
      <figure>
        ${stage}
        <figcaption><span id="caption" role="status">&nbsp;</span><span id="state">&nbsp;</span></figcaption>
      </figure>
      <div class="panel">
        <p id="error" role="alert" hidden></p>
        <form id="settings">
          <label for="threads"><span>Threads</span> <output id="threads-value"></output><input id="threads" type="range"></label>
          ${own.join("")}
          <fieldset>
            <legend>How</legend>
            <label><input type="radio" name="mode" id="parallel" checked> Parallel</label>
            <label><input type="radio" name="mode" id="sequential"> Sequential</label>
          </fieldset>
          <div class="buttons">
            <button id="run" class="main">Run</button>
            <button id="stop" type="button" disabled>Stop</button>
            <button id="record" type="button">Record</button>
          </div>
        </form>
        <dl class="figures">
          <div><dt>Time</dt><dd id="time">–</dd></div>
          <div><dt>Speed-up</dt><dd id="speedup">–</dd></div>
          <div><dt>Sequential</dt><dd id="baseline">–</dd></div>
          <div><dt>Longest frame gap</dt><dd id="gap">–</dd></div>
        </dl>
        <section aria-labelledby="page-heading">
          <h2 id="page-heading">The page is alive</h2>
          <p class="alive"><strong id="frames">0</strong> frames</p>
          <canvas id="heartbeat" role="img" aria-label="The time between the last animation frames"></canvas>
        </section>
        <section aria-labelledby="runs-heading">
          <h2 id="runs-heading">Time by threads</h2>
          <ol id="runs"></ol>
          <button id="sweep" type="button">Measure all</button>
        </section>
      </div>
      <div class="below">
        <section id="timeline" aria-labelledby="timeline-heading" hidden></section>
        <section id="source"></section>
      </div>
    </main>`;
}

/** Runs a demo as its controls say, and shows how long it takes. */
class Shell {
  #demo;
  #meter = new FrameMeter(() => this.#onFrame());
  /** @type {App | undefined} */
  #app;
  /** @type {Task | undefined} */
  #task;
  /** What the task was made for. */
  #key = "";
  /** The times for it: of the sequential work under 0, else by threads. */
  #times = /** @type {Map<number, number>} */ (new Map());
  #stopped = false;
  /** The run under way, which never rejects. */
  #running = /** @type {Promise<unknown> | undefined} */ (undefined);
  #lastShown = 0;
  /** Counts the runs that were asked for. */
  #turn = 0;
  /** Ends the wait for the next frame. */
  #wake = () => {};

  /** @param {Demo} demo */
  constructor(demo) {
    this.#demo = demo;
  }

  /** Sets up the controls, and runs the demo for the first time. */
  start() {
    showStrayErrors();
    const threads = element("threads", HTMLInputElement);
    setUpThreads(threads);
    for (const [name, { values, value }] of Object.entries(this.#demo.controls)) {
      const control = this.#control(name);
      if (control instanceof HTMLInputElement) control.value = String(values.indexOf(value));
      else control.value = String(value);
      control.addEventListener("input", () => this.#showSettings());
      // A slider that is dragged changes often; it runs what it is left at.
      control.addEventListener("change", () => this.again());
    }
    threads.addEventListener("input", () => this.#showSettings());
    threads.addEventListener("change", () => this.again());
    for (const id of ["parallel", "sequential"]) element(id, HTMLInputElement).addEventListener("change", () => this.again());
    element("settings", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.again();
    });
    element("stop", HTMLButtonElement).addEventListener("click", () => this.#do(() => this.stop()));
    element("record", HTMLButtonElement).addEventListener("click", () => this.#do(() => this.run({ ...this.#chosen(), recorded: 1 })));
    element("sweep", HTMLButtonElement).addEventListener("click", () => this.#do(() => this.#sweep(Number(threads.max))));
    this.#showSettings();
    this.#do(() => showSources(element("source", HTMLElement), this.#demo.sources));
    this.again();
  }

  /** Runs the demo as the controls say, instead of what runs. */
  again() {
    this.#do(() => this.run(this.#chosen()));
  }

  /** Runs it with other data. */
  anew() {
    this.#key = "";
    this.again();
  }

  /** Ends the run under way, if there is one, and waits for its end. */
  async stop() {
    this.#stopped = true;
    this.#wake();
    await this.#running;
  }

  /**
   * Runs the demo; what is not set is as the controls say. `steps` ends an endless one, and
   * with `recorded` the threads' lanes are shown first. Who comes later goes first, and who waits
   * then does not run at all.
   * @param {Settings} settings
   */
  async run(settings) {
    const turn = ++this.#turn;
    while (this.#running) await this.stop();
    if (turn !== this.#turn) return undefined;
    const run = this.#run({ ...this.#chosen(), ...settings });
    this.#running = run.then(
      () => this.#end(),
      (error) => {
        show("caption", "Failed");
        showError(error);
        this.#end();
      },
    );
    return run;
  }

  #end() {
    this.#running = undefined;
    element("stop", HTMLButtonElement).disabled = true;
    element("settings", HTMLFormElement).removeAttribute("aria-busy");
  }

  /** @param {Settings} settings */
  async #run(settings) {
    this.#stopped = false;
    element("error", HTMLElement).hidden = true;
    element("stop", HTMLButtonElement).disabled = false;
    element("settings", HTMLFormElement).setAttribute("aria-busy", "true");
    const { threads, parallel, steps, recorded, ...own } = settings;
    const app = await this.#start(Number(threads));
    const task = await this.#prepare(app, own);
    const known = parallel ? app.threads.count : 0;
    show("caption", parallel ? `Running on ${threadCount(app.threads.count)} …` : "Running on one thread, sequentially …");
    this.#meter.start();
    if (recorded) await this.#record(app, task, Boolean(parallel));
    if (this.#demo.endless?.()) {
      if (steps !== undefined) await task.reset?.();
      await this.#go(task, Boolean(parallel), known, steps === undefined ? Infinity : Number(steps));
    } else if (!recorded) {
      // Something to see at once.
      await task.reset?.();
      await task.work(Boolean(parallel));
      task.show();
      if (parallel && !this.#times.has(0) && !this.#stopped) {
        // Engines compile their best code while it runs for the first time.
        await task.reset?.();
        await task.work(false);
        this.#times.set(0, await this.#measure(task, false));
      }
      if (!this.#stopped) this.#times.set(known, await this.#measure(task, Boolean(parallel)));
    }
    task.show();
    const longestGap = this.#meter.longestGap;
    this.#showTimes(known);
    show("gap", duration(longestGap));
    const result = task.result();
    show("caption", this.#stopped ? "Stopped" : `Result: ${result}`);
    return { milliseconds: this.#times.get(known) ?? 0, longestGap, result };
  }

  /**
   * Records the work once, or ten steps of what goes on from frame to frame, and shows what the threads did.
   * @param {App} app
   * @param {Task} task
   * @param {boolean} parallel
   */
  async #record(app, task, parallel) {
    const [{ record }, { showTimeline }] = await Promise.all([import("./recording.js"), import("./timeline.js")]);
    await task.reset?.();
    const recording = await record(app, async () => {
      for (let step = 0; step < (this.#demo.endless?.() ? 10 : 1); step++) await task.work(parallel);
    });
    showTimeline(recording, this.#demo.title.toLowerCase().replaceAll(" ", "-"));
  }

  /**
   * The median time of some runs of the work.
   * @param {Task} task
   * @param {boolean} parallel
   */
  async #measure(task, parallel) {
    const times = /** @type {number[]} */ ([]);
    const begin = performance.now();
    do {
      await task.reset?.();
      const start = performance.now();
      await task.work(parallel);
      times.push(performance.now() - start);
    } while (times.length < 9 && performance.now() - begin < 250 && !this.#stopped);
    return median(times);
  }

  /**
   * Goes on from frame to frame.
   * @param {Task} task
   * @param {boolean} parallel
   * @param {number} key of the times
   * @param {number} steps
   */
  async #go(task, parallel, key, steps) {
    const windows = { own: /** @type {number[]} */ ([]), sequential: /** @type {number[]} */ ([]) };
    for (let step = 0; step < steps && !this.#stopped; step++) {
      // Now and then a step without threads: the measure of the others, whatever has become of the data and the machine.
      const isMeasure = parallel && steps === Infinity && step % 12 === 7;
      const times = isMeasure ? windows.sequential : windows.own;
      await task.advance?.();
      const start = performance.now();
      await task.work(parallel && !isMeasure);
      times.push(performance.now() - start);
      if (times.length > 20) times.shift();
      this.#times.set(isMeasure ? 0 : key, median(times));
      task.show();
      if (step % 10 === 9) {
        this.#showTimes(key);
        show("gap", duration(this.#meter.longestGap));
      }
      if (this.#stopped) break;
      // A page that nobody sees gets no frames, but can be stopped.
      await new Promise((resolve) => {
        this.#wake = () => resolve(undefined);
        requestAnimationFrame(this.#wake);
      });
    }
  }

  /** @param {number} most */
  async #sweep(most) {
    await this.stop();
    for (let threads = 0; threads <= most; threads = threads < 2 ? threads + 1 : threads * 2) {
      const run = await this.run({ threads: Math.max(threads, 1), parallel: threads > 0 ? 1 : 0, ...(this.#demo.endless?.() ? { steps: 30 } : {}) });
      if (!run || this.#stopped) break;
    }
  }

  /**
   * @param {number} threads
   * @returns {Promise<App>}
   */
  async #start(threads) {
    // A fault ends an app; the next run starts a new one.
    if (this.#app?.state !== "running") {
      show("caption", "Starting threads …");
      this.#task = undefined;
      const { default: init } = await load(this.#demo.program);
      /** @type {App} */
      const started = await init({ threads });
      this.#app = started;
    }
    const app = this.#app;
    await app.threads.resize(threads);
    const state = app.shared ? "shared memory" : `${crossOriginIsolated ? "isolated" : "not cross-origin isolated"}, no shared memory`;
    show("state", `${state} · ${threadCount(app.threads.count)}`);
    return app;
  }

  /**
   * @param {App} app
   * @param {Settings} settings
   */
  async #prepare(app, settings) {
    const key = JSON.stringify(settings);
    if (this.#task && key === this.#key) return this.#task;
    this.#task?.dispose();
    this.#task = undefined;
    this.#times.clear();
    this.#key = key;
    const task = await this.#demo.prepare(app, settings);
    this.#task = task;
    return task;
  }

  /** @param {number} key of the time to show */
  #showTimes(key) {
    const [one, time] = [this.#times.get(0), this.#times.get(key)];
    show("time", time === undefined ? "–" : duration(time));
    show("baseline", one === undefined ? "–" : duration(one));
    show("speedup", one && time && key > 0 ? `${(one / time).toFixed(2)}×` : "–");
    const rows = [...this.#times].sort(([a], [b]) => a - b);
    showBars(
      element("runs", HTMLElement),
      rows.map(([threads, milliseconds]) => ({
        name: threads === 0 ? "Sequential" : threadCount(threads),
        milliseconds,
        speedup: one && threads > 0 ? one / milliseconds : undefined,
      })),
    );
  }

  /** @returns {Settings} */
  #chosen() {
    const own = Object.entries(this.#demo.controls).map(([name, { values }]) => {
      const control = this.#control(name);
      return [name, control instanceof HTMLInputElement ? values[Number(control.value)] : control.value];
    });
    const parallel = element("parallel", HTMLInputElement).checked ? 1 : 0;
    return { ...Object.fromEntries(own), threads: Number(element("threads", HTMLInputElement).value), parallel };
  }

  #showSettings() {
    const settings = this.#chosen();
    show("threads-value", String(settings.threads));
    for (const [name, { values, text }] of Object.entries(this.#demo.controls)) {
      if (typeof values[0] === "number") show(`${name}-value`, text ? text(settings[name]) : Number(settings[name]).toLocaleString("en"));
    }
  }

  /** @param {string} name */
  #control(name) {
    const control = document.getElementById(name);
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) return control;
    throw new Error(`the page has no control with the id "${name}"`);
  }

  #onFrame() {
    const now = performance.now();
    if (now - this.#lastShown < 100) return;
    this.#lastShown = now;
    show("frames", this.#meter.count.toLocaleString("en"));
    drawGaps(element("heartbeat", HTMLCanvasElement), this.#meter.recent);
    if (this.#running && this.#demo.live) this.#task?.show();
  }

  /** @param {() => Promise<unknown>} action whose errors are shown */
  #do(action) {
    action().catch(showError);
  }
}

/** @param {number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
