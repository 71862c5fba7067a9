// @ts-check
import { chart, sequentialShare } from "./curves.js";
import { duration, element, setUpThreads, show, showError, showStrayErrors, threadCount } from "./page.js";
import { load } from "./program.js";
import { subjects } from "./subjects.js";

/**
 * @typedef {import("./subjects.js").Subject} Subject
 * @typedef {import("./subjects.js").Work} Work
 * @typedef {import("./subjects.js").App} App
 * @typedef {import("./curves.js").Curve} Curve
 */

/**
 * The shortest times of work on one thread and in parallel, taken in turn: what else the machine does meets both, and only adds.
 * @param {Work} work
 */
async function compare(work) {
  const shortest = { sequential: Infinity, parallel: Infinity };
  const begin = performance.now();
  for (let round = 0; round < 5 || (round < 30 && performance.now() - begin < 80); round++) {
    shortest.sequential = Math.min(shortest.sequential, await time(() => work.work(false)));
    shortest.parallel = Math.min(shortest.parallel, await time(() => work.work(true)));
  }
  return shortest;
}

/** @param {() => Promise<unknown>} work */
async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * The speed-ups of a subject: a curve for each size.
 * @param {App} app
 * @param {Subject} subject
 * @param {number[]} threads
 * @returns {Promise<{ curves: Curve[], sequential: number }>} with the time of the largest size
 */
async function measure(app, subject, threads) {
  const curves = /** @type {Curve[]} */ ([]);
  let sequential = 0;
  for (const size of subject.sizes) {
    show("caption", `Measuring: ${subject.name}, ${subject.text(size)} …`);
    const work = await subject.make(app, size);
    // Engines compile their best code while the work runs.
    await compare(work);
    const points = [];
    for (const count of threads) {
      await app.threads.resize(count);
      const times = await compare(work);
      sequential = times.sequential;
      points.push({ threads: count, speedup: times.sequential / times.parallel });
    }
    work.dispose();
    curves.push({ name: subject.text(size), points });
  }
  return { curves, sequential };
}

/**
 * What the figures say.
 * @param {Curve[]} curves
 * @param {number} share
 */
function answer(curves, share) {
  const points = curves[curves.length - 1].points;
  const best = points.reduce((a, b) => (b.speedup > a.speedup || a.threads === 1 ? b : a));
  const figure = `${best.speedup.toFixed(2)}× on ${threadCount(best.threads)}`;
  if (best.speedup < 0.9) return `No: ${figure}. Sharing such work costs more than the work.`;
  if (best.speedup < 1.2) return `No: ${figure}. One thread is enough.`;
  if (best.speedup < 1.2 * points[0].speedup) return `No: ${figure}, but that is the algorithm: one thread has ${points[0].speedup.toFixed(2)}×.`;
  if (share < 0) return `Yes: ${figure}. The parallel algorithm is also a faster one.`;
  return `Yes: ${figure}. About ${Math.round(100 * share)} % stays sequential.`;
}

/**
 * @param {Subject} subject
 * @param {{ curves: Curve[], sequential: number }} measured
 */
function showAnswer(subject, { curves, sequential }) {
  const article = element(`subject-${subjects.indexOf(subject)}`, HTMLElement);
  const share = sequentialShare(curves[curves.length - 1].points);
  const text = answer(curves, share);
  const sizes = curves.map(({ name, points }) => `${name}: ${points.map(({ threads, speedup }) => `${threads} → ${speedup.toFixed(2)}×`).join(", ")}`);
  article.innerHTML = `<h2>${subject.name}</h2>${chart(curves, share, `Speed-up by threads. ${sizes.join(". ")}`)}
    <p class="answer">${text}</p><ul class="quiet">${sizes.map((size) => `<li>${size}</li>`).join("")}</ul>
    <p class="quiet">Largest size, sequentially: ${duration(sequential)}</p>`;
}

/** Measures all subjects, one after the other. */
async function run() {
  const threads = chosenThreads();
  const button = element("run", HTMLButtonElement);
  button.disabled = true;
  const { default: init } = await load("comparisons");
  /** @type {App} */
  const app = await init({ threads: Math.max(...threads) });
  try {
    for (const subject of subjects) {
      showAnswer(subject, await measure(app, subject, threads));
    }
    show("caption", `Done, on up to ${threadCount(Math.max(...threads))}`);
  } finally {
    button.disabled = false;
    await app.terminate();
  }
}

/** 1, 2, 3, 4, 6, 8, 12, 16 and so on, and the most. */
function chosenThreads() {
  const most = Number(element("threads", HTMLInputElement).value);
  const counts = [];
  for (let power = 1; power <= most; power *= 2) counts.push(power, ...(power > 1 && power * 1.5 <= most ? [power * 1.5] : []));
  return [...new Set([...counts, most])].sort((a, b) => a - b);
}

showStrayErrors();
const slider = element("threads", HTMLInputElement);
setUpThreads(slider);
const showThreads = () => show("threads-value", slider.value);
slider.addEventListener("input", showThreads);
showThreads();
element("answers", HTMLElement).innerHTML = subjects
  .map(({ name }, index) => `<article id="subject-${index}"><h2>${name}</h2><div class="chart"></div><p class="answer">Not measured yet.</p></article>`)
  .join("");
element("settings", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  run().catch(showError);
});
/** For tests: the page without its buttons. */
Object.assign(window, { weftDemo: { sequentialShare } });
run().catch(showError);
