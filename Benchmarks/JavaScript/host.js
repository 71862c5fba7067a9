// Runs the systems that live in a JavaScript engine: `obey` takes one line and returns the answer. README.md has the lines.
import { boundary } from "./boundary.js";
import { compile } from "./compile.js";
import { startEmscripten } from "./emscripten.js";
import { startPlain } from "./plain.js";
import { startRayon } from "./rayon.js";
import { startWorker } from "./workers.js";

/**
 * @typedef {{
 *   load(kernel: number, size: number, repeats: number, pattern: number): any, reset(): void, run(isParallel: boolean): void,
 *   hash(): number, nothing?(): void, terminate(): any
 * }} App
 */

// Places in `KERNELS` of `Compare/workloads.py` that are no kernels of the systems.
const emptyCall = 15;
const poolStart = 16;

const calls = 1000;

/** @type {WebAssembly.Module | undefined} */
let rayonModule;
/** @type {WebAssembly.Module | undefined} */
let weftModule;

/** @type {Record<string, (threads: number) => Promise<App>>} */
const systems = {
  // Compiled once, as rayon's: what is measured is the start of a pool.
  weft: async (threads) => (await import(new URL("../Swift/pkg/index.js", import.meta.url).href)).default({ threads, module: (weftModule ??= await compile("../Swift/pkg/web.wasm")) }),
  rayon: async (threads) => startRayon((rayonModule ??= await compile("../.build/rayon.wasm")), threads),
  emscripten: startEmscripten,
  javascript: startPlain,
};

/** What a page's author starts instead of a pool. */
const startBareWorker = () => startWorker(new URL("./bare-worker.js", import.meta.url), undefined);

/** @type {Map<string, { app: App, kernel: number, repeats: number }>} */
const running = new Map();

/** @param {string} line */
export async function obey(line) {
  const [system, threads, command, ...words] = line.split(" ");
  const numbers = words.map(Number);
  const key = `${system} ${threads}`;
  let entry = running.get(key);
  if (!entry) running.set(key, (entry = { app: await systems[system](Number(threads)), kernel: -1, repeats: 1 }));
  if (command === "load") {
    [entry.kernel, , entry.repeats] = numbers;
    if (entry.kernel === emptyCall) return Number("nothing" in entry.app);
    if (entry.kernel in boundary) return Number(system === "weft");
    if (entry.kernel === poolStart) return Number(system !== "emscripten"); // Ending its threads ends Node.
    return Number(await entry.app.load(numbers[0], numbers[1], numbers[2], numbers[3]));
  }
  if (command === "hash") return entry.kernel === emptyCall || entry.kernel === poolStart || entry.kernel in boundary ? 0 : entry.app.hash() >>> 0;
  const isParallel = numbers[0] !== 0;
  if (entry.kernel === emptyCall) return timeCalls(entry.app, entry.repeats);
  if (entry.kernel in boundary) return boundary[entry.kernel](entry.app, isParallel);
  if (entry.kernel === poolStart) {
    const start = performance.now();
    const app = await (isParallel ? systems[system](Number(threads)) : startBareWorker());
    const duration = performance.now() - start;
    await app.terminate();
    return duration;
  }
  entry.app.reset();
  const start = performance.now();
  entry.app.run(isParallel);
  return performance.now() - start;
}

/** @param {App} app @param {number} repeats */
function timeCalls(app, repeats) {
  const start = performance.now();
  for (let call = 0; call < repeats * calls; call++) app.nothing?.();
  return performance.now() - start;
}
