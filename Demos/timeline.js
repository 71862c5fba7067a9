// @ts-check
import { duration, element } from "./page.js";

/**
 * @typedef {import("./recording.js").Recording} Recording
 * @typedef {import("./recording.js").Lane} Lane
 * @typedef {import("./recording.js").Event} Event
 */

/** What a thread does, and the property of the page's style that has its colour. */
const kinds = /** @type {Record<Event["kind"], { color: string, text: string }>} */ ({
  call: { color: "--number", text: "call from the page" },
  run: { color: "--accent", text: "run of work that another thread forked" },
  sleep: { color: "--sleep", text: "sleep" },
  fork: { color: "--string", text: "fork that is handed over" },
  steal: { color: "--keyword", text: "steal" },
});
const [laneHeight, axisHeight] = [30, 22];

/**
 * Shows a record on the page: a lane for each thread.
 * @param {Recording} recording
 * @param {string} name of the file that is saved
 */
export function showTimeline(recording, name) {
  const section = element("timeline", HTMLElement);
  const old = section.querySelector("a");
  if (old) URL.revokeObjectURL(old.href);
  const address = URL.createObjectURL(recording.file);
  const legend = Object.entries(kinds).map(([kind, { color, text }]) => `<li class="${kind}"><span style="background: var(${color})"></span>${text}</li>`);
  section.innerHTML = `
    <h2 id="timeline-heading">What the threads did</h2>
    <p class="quiet">Turn the wheel or press + and − to zoom, drag or press ← and → to move, ↑ and ↓ for another thread, 0 for the whole.</p>
    <ul class="legend">${legend.join("")}</ul>
    <canvas id="lanes" tabindex="0" role="img" aria-label="A lane for each thread" aria-describedby="lanes-summary"></canvas>
    <p class="inputs"><output id="lanes-event">&nbsp;</output><output id="lanes-range"></output></p>
    <ul id="lanes-summary"></ul>
    <p><a class="button" id="save" download="${name}.trace.json" href="${address}">Save for Perfetto</a></p>`;
  element("lanes-summary", HTMLElement).replaceChildren(...recording.lanes.map(summary));
  if (!recording.duration) element("lanes-event", HTMLElement).textContent = "Nothing to record: without shared memory one thread does all the work.";
  section.hidden = false;
  timeline?.end();
  timeline = new Timeline(element("lanes", HTMLCanvasElement), recording);
}

/** @type {Timeline | undefined} */
let timeline;

/** @param {Lane} lane */
function summary({ name, busy, events }) {
  const counts = Object.keys(kinds).map((kind) => {
    const count = events.filter((event) => event.kind === kind).length;
    return `${count.toLocaleString("en")} ${kind}${count === 1 ? "" : "s"}`;
  });
  const item = document.createElement("li");
  // A thread that has slept all the time has told nothing.
  item.textContent = `${name}: ${events.length ? `${Math.round(100 * busy)} % busy, ${counts.join(", ")}` : "no event"}`;
  return item;
}

/** The lanes as they are drawn: a part of the record, that the visitor chooses. */
class Timeline {
  #canvas;
  #recording;
  /** The part that is shown, in milliseconds. */
  #view;
  /** The lane that the keys have chosen. */
  #lane = 0;
  /** The event that is pointed at. */
  #pointed = /** @type {{ lane: number, event: Event } | undefined} */ (undefined);
  #ends = new AbortController();
  #resizes = new ResizeObserver(() => this.#draw());

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Recording} recording
   */
  constructor(canvas, recording) {
    this.#canvas = canvas;
    this.#recording = recording;
    this.#view = { from: 0, to: Math.max(recording.duration, 0.001) };
    canvas.style.height = `${axisHeight + laneHeight * recording.lanes.length}px`;
    const { signal } = this.#ends;
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.#zoom(event.deltaY < 0 ? 0.8 : 1.25, this.#timeAt(this.#at(event).x));
    });
    let dragged = /** @type {number | undefined} */ (undefined);
    canvas.addEventListener("pointerdown", (event) => {
      dragged = this.#at(event).x;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const { x, y } = this.#at(event);
      if (dragged !== undefined) {
        this.#move(((dragged - x) / this.#width) * this.#length);
        dragged = x;
      }
      this.#point(Math.floor((y - axisHeight) / laneHeight), this.#timeAt(x));
    });
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => (dragged = undefined));
    canvas.addEventListener("keydown", (event) => this.#onKey(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw(), { signal });
    this.#resizes.observe(canvas);
    this.#look(this.#view.from, this.#view.to);
  }

  /** Another one is shown. */
  end() {
    this.#ends.abort();
    this.#resizes.disconnect();
  }

  get #length() {
    return this.#view.to - this.#view.from;
  }

  /** Of what is drawn beside the names. */
  get #width() {
    return Math.max(this.#canvas.clientWidth - this.#left, 1);
  }

  get #left() {
    return 16 + 8 * Math.max(...this.#recording.lanes.map(({ name }) => name.length));
  }

  /**
   * Where an event is on the canvas.
   * @param {MouseEvent} event
   */
  #at(event) {
    // Not `offsetX`, which WebKitGTK gets wrong for events that a script makes.
    const box = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {number} x */
  #timeAt(x) {
    return this.#view.from + ((x - this.#left) / this.#width) * this.#length;
  }

  /** @param {number} time */
  #placeOf(time) {
    return this.#left + ((time - this.#view.from) / this.#length) * this.#width;
  }

  /**
   * @param {number} factor
   * @param {number} time that stays where it is
   */
  #zoom(factor, time) {
    const length = Math.min(Math.max(this.#length * factor, 0.001), this.#recording.duration);
    const from = time - ((time - this.#view.from) / this.#length) * length;
    this.#look(from, from + length);
  }

  /** @param {number} milliseconds */
  #move(milliseconds) {
    this.#look(this.#view.from + milliseconds, this.#view.to + milliseconds);
  }

  /**
   * Shows a part of the record, or as much of it as there is.
   * @param {number} from
   * @param {number} to
   */
  #look(from, to) {
    const most = Math.max(this.#recording.duration, 0.001);
    const start = Math.min(Math.max(from, 0), most - (to - from));
    this.#view = { from: start, to: start + (to - from) };
    element("lanes-range", HTMLElement).textContent = `${duration(this.#view.from)} to ${duration(this.#view.to)}`;
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const middle = (this.#view.from + this.#view.to) / 2;
    const lanes = this.#recording.lanes.length;
    const actions = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => this.#move(-this.#length / 8),
      ArrowRight: () => this.#move(this.#length / 8),
      ArrowUp: () => (this.#lane = (this.#lane + lanes - 1) % lanes),
      ArrowDown: () => (this.#lane = (this.#lane + 1) % lanes),
      "+": () => this.#zoom(0.6, middle),
      "-": () => this.#zoom(1 / 0.6, middle),
      0: () => this.#look(0, this.#recording.duration),
    });
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
    this.#point(this.#lane, (this.#view.from + this.#view.to) / 2);
  }

  /**
   * Says what a thread did at a time.
   * @param {number} index
   * @param {number} time
   */
  #point(index, time) {
    const lane = this.#recording.lanes[index];
    const near = (4 / this.#width) * this.#length;
    // What has no duration lies on top; of what has, the last to begin is the innermost.
    const isTick = (/** @type {Event} */ { kind }) => kind === "fork" || kind === "steal";
    const event =
      lane?.events.find((event) => isTick(event) && Math.abs(event.begin - time) <= near) ??
      lane?.events.filter((event) => !isTick(event) && event.begin <= time && time <= event.end).pop();
    this.#pointed = event && { lane: index, event };
    const text = event && `${event.kind}${isTick(event) ? "" : `, ${duration(event.end - event.begin)}`}, at ${duration(event.begin)}`;
    element("lanes-event", HTMLElement).textContent = lane ? `${lane.name}: ${text ?? "nothing recorded here"}` : "\u00a0";
    this.#draw();
  }

  #draw() {
    const context = this.#canvas.getContext("2d");
    if (!context) throw new Error("this browser has no 2D canvas");
    const { clientWidth, clientHeight } = this.#canvas;
    const scale = devicePixelRatio;
    [this.#canvas.width, this.#canvas.height] = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)];
    context.scale(scale, scale);
    context.font = "13px system-ui, sans-serif";
    context.textBaseline = "middle";
    const style = getComputedStyle(this.#canvas);
    const color = (/** @type {string} */ name) => style.getPropertyValue(name);
    this.#drawAxis(context, color("--line"), color("--quiet"), clientHeight);
    this.#recording.lanes.forEach((lane, index) => {
      const top = axisHeight + index * laneHeight;
      context.fillStyle = color(index === this.#lane ? "--text" : "--quiet");
      context.fillText(lane.name, 4, top + laneHeight / 2);
      context.save();
      context.beginPath();
      context.rect(this.#left, top, this.#width, laneHeight);
      context.clip();
      for (const kind of /** @type {Event["kind"][]} */ (["call", "run", "sleep", "fork", "steal"])) {
        context.fillStyle = color(kinds[kind].color);
        this.#drawEvents(context, lane, kind, top);
      }
      context.restore();
    });
    if (!this.#pointed) return;
    const { lane, event } = this.#pointed;
    context.strokeStyle = color("--text");
    const [from, to] = [Math.max(this.#placeOf(event.begin), this.#left), Math.min(this.#placeOf(event.end), clientWidth)];
    if (to >= from) context.strokeRect(from - 1, axisHeight + lane * laneHeight + 1, Math.max(to - from, 1) + 2, laneHeight - 2);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Lane} lane
   * @param {Event["kind"]} kind
   * @param {number} top
   */
  #drawEvents(context, { events }, kind, top) {
    // Calls are the highest, so that what was done while they waited is seen on them.
    const [above, height] = { call: [3, 24], run: [6, 18], sleep: [11, 8], fork: [19, 10], steal: [1, 10] }[kind];
    let drawn = -Infinity;
    for (const event of events) {
      if (event.kind !== kind || event.end < this.#view.from || event.begin > this.#view.to) continue;
      const [from, to] = [this.#placeOf(event.begin), this.#placeOf(event.end)];
      // What would be drawn on the same pixels is seen already.
      if (to < drawn + 0.5) continue;
      drawn = Math.max(to, from + 1);
      context.fillRect(from, top + above, Math.max(to - from, kind === "fork" || kind === "steal" ? 2 : 0.5), height);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} line
   * @param {string} text
   * @param {number} height
   */
  #drawAxis(context, line, text, height) {
    // 1, 2 or 5 of a power of ten, so that names have room.
    const least = (this.#length * 90) / this.#width;
    const power = 10 ** Math.floor(Math.log10(least));
    const step = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? least;
    for (let count = Math.ceil(this.#view.from / step); count * step <= this.#view.to; count++) {
      const x = this.#placeOf(count * step);
      context.fillStyle = line;
      context.fillRect(x, 0, 1, height);
      context.fillStyle = text;
      context.fillText(`${Number((count * step).toPrecision(10))} ms`, x + 4, axisHeight / 2);
    }
  }
}
