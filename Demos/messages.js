// @ts-check
import { element, show, showError, showStrayErrors } from "./page.js";
import { load } from "./program.js";
import { showSources } from "./source.js";

/**
 * @typedef {import("./messages/pkg/index.js").PageApp} App
 *
 * A way to hand over bytes and get them back, so often.
 * @typedef {{ name: string, who: string, isShared?: boolean, exchange: (app: App, bytes: number, rounds: number) => Promise<unknown> }} Way
 */

const sizes = [16, 20_000_000];

/** @type {Worker[]} */
const workers = [];

/**
 * A worker of plain JavaScript, kept for the next measurement.
 * @param {number} index
 */
function worker(index) {
  workers[index] ??= new Worker(new URL("./echo.js", import.meta.url));
  return workers[index];
}

/** @param {Worker} to @param {any} message @param {any[]} [transfer] @returns {Promise<any>} its answer */
const ask = (to, message, transfer = []) =>
  new Promise((resolve, reject) => {
    to.onmessage = ({ data }) => resolve(data);
    to.onerror = ({ message }) => reject(new Error(message));
    to.postMessage(message, transfer);
  });

/** @param {boolean} isTransferred @returns {Way["exchange"]} */
const byMessages = (isTransferred) => async (_, count, rounds) => {
  let bytes = new Uint8Array(count);
  for (let round = 0; round < rounds; round++) ({ bytes } = await ask(worker(0), { bytes, isTransferred }, isTransferred ? [bytes.buffer] : []));
};

/** @param {Promise<number>} whole @param {number} rounds */
async function check(whole, rounds) {
  const count = await whole;
  if (count !== rounds) throw new Error(`${count} of ${rounds} messages came back`);
}

/** @type {Way[]} */
const ways = [
  { name: "postMessage, copied", who: "JavaScript, page and worker", exchange: byMessages(false) },
  { name: "postMessage, transferred", who: "JavaScript, page and worker", exchange: byMessages(true) },
  {
    name: "Atomics.wait and notify", who: "JavaScript, two workers", isShared: true,
    async exchange(_, __, rounds) {
      const word = new Int32Array(new SharedArrayBuffer(4));
      await Promise.all([0, 1].map((own) => ask(worker(own), { word, own, rounds })));
    },
  },
  { name: "A call, copied", who: "Swift, called by the page", exchange: async (app, count, rounds) => {
    let bytes = new Uint8Array(count);
    for (let round = 0; round < rounds; round++) bytes = await app.echo(bytes);
  } },
  { name: "A call with a shared buffer", who: "Swift, called by the page", isShared: true, exchange: async (app, count, rounds) => {
    const bytes = app.alloc(Uint8Array, count);
    for (let round = 0; round < rounds; round++) await app.touch(bytes);
    bytes.dispose();
  } },
  { name: "WebWorker, copied", who: "Swift, isolated worker", isShared: true, exchange: (app, bytes, rounds) => check(app.exchangeWithWorker(rounds, bytes, true), rounds) },
  { name: "WebWorker, transferred", who: "Swift, isolated worker", isShared: true, exchange: (app, bytes, rounds) => check(app.exchangeWithWorker(rounds, bytes, false), rounds) },
  { name: "Channel", who: "Swift, two threads", isShared: true, exchange: (app, bytes, rounds) => check(app.exchangeWithThread(rounds, bytes, false), rounds) },
  { name: "Channel, both awake", who: "Swift, two threads", isShared: true, exchange: (app, bytes, rounds) => check(app.exchangeWithThread(rounds, bytes, true), rounds) },
];

/**
 * The median time of a round, in milliseconds.
 * @param {App} app @param {Way} way @param {number} bytes
 */
async function measure(app, way, bytes) {
  let rounds = 1;
  const time = async () => {
    const start = performance.now();
    await way.exchange(app, bytes, rounds);
    return (performance.now() - start) / rounds;
  };
  // Until a measurement takes long enough to be measured, with what starts at first left out.
  let one = await time();
  for (one = await time(); one * rounds < 20 && rounds < 100_000; one = await time()) rounds = Math.max(rounds * 2, Math.min(rounds * 20, Math.ceil(25 / Math.max(one, 1e-4))));
  const times = [one];
  for (const begin = performance.now(); times.length < 7 && performance.now() - begin < 250; ) times.push(await time());
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** @param {number} milliseconds */
function text(milliseconds) {
  if (milliseconds < 0.001) return `${(milliseconds * 1e6).toFixed(0)} ns`;
  if (milliseconds < 1) return `${(milliseconds * 1e3).toPrecision(3)} µs`;
  return `${milliseconds.toPrecision(3)} ms`;
}

/** @param {Way[]} ways one row each, without figures */
function makeRows(ways) {
  element("ways", HTMLElement).replaceChildren(
    ...ways.map(({ name, who }) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.append(name, Object.assign(document.createElement("small"), { textContent: who }));
      row.append(head, ...sizes.map(() => Object.assign(document.createElement("td"), { textContent: "–" })));
      return row;
    }),
  );
}

/** @param {number} row @param {number} column @param {string} text @param {number} [milliseconds] */
function showFigure(row, column, text, milliseconds) {
  const cell = element("ways", HTMLTableSectionElement).rows[row].cells[column + 1];
  cell.textContent = text;
  if (milliseconds === undefined) return;
  const bar = document.createElement("span");
  // From 100 ns to a second.
  bar.style.inlineSize = `${Math.max(2, Math.min(100, (Math.log10(milliseconds) + 4) * (100 / 7)))}%`;
  cell.append(bar);
}

/** @type {App | undefined} */
let app;

async function run() {
  element("error", HTMLElement).hidden = true;
  element("run", HTMLButtonElement).disabled = true;
  try {
    show("caption", "Starting threads …");
    const { default: init } = await load("messages");
    if (app?.state !== "running") app = /** @type {App} */ (await init({ threads: 2 }));
    makeRows(ways);
    /** @type {Record<string, number[]>} */
    const figures = {};
    for (const [row, way] of ways.entries()) {
      for (const [column, bytes] of sizes.entries()) {
        if (way.isShared && !app.shared) {
          showFigure(row, column, "needs shared memory");
          continue;
        }
        show("caption", `Measuring: ${way.name}, ${column ? "20 MB" : "16 bytes"} …`);
        const milliseconds = await measure(app, way, bytes);
        (figures[way.name] ??= []).push(milliseconds);
        showFigure(row, column, text(milliseconds), milliseconds);
      }
    }
    show("caption", app.shared ? "Measured" : "Measured; this page may not share memory, so that there are no threads");
    const [copied, channel] = [figures["postMessage, copied"], figures["Channel"]];
    if (channel) show("advice", `20 MB: a channel hands them over in ${text(channel[1])}, a copied message takes ${(copied[1] / channel[1]).toPrecision(2)} times as long. Use threads for what is large or frequent, isolated workers for what must not harm the rest.`);
    return figures;
  } finally {
    element("run", HTMLButtonElement).disabled = false;
  }
}

showStrayErrors();
makeRows(ways);
element("settings", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  run().catch(showError);
});
/** For tests: the page without its button. */
Object.assign(window, { weftDemo: { run } });
showSources(element("source", HTMLElement), ["Sources/Messages/Threads.swift", "Sources/Messages/Workers.swift", "Sources/Messages/Page.swift"]).catch(showError);
