// What a page's author would otherwise write: plain JavaScript on typed arrays, and workers that share a SharedArrayBuffer.
import { kernels } from "./kernels.js";
import { hashOf } from "./input.js";
import { startWorker } from "./workers.js";

/** @typedef {import("./kernels.js").Data} Data */

/** The words of memory through which the threads start and end a run. */
export const word = { round: 0, finished: 1, command: 2 };
export const command = { run: 0, leave: 1 };

/** @param {number} bytes */
const shared = (bytes) => new SharedArrayBuffer(bytes);
/** @param {number} bytes */
const own = (bytes) => new ArrayBuffer(bytes);

/** @param {number} threads */
export async function startPlain(threads) {
  const control = new Int32Array(shared(12));
  const workers = await Promise.all(
    Array.from({ length: threads - 1 }, (_, index) => startWorker(new URL("./plain-worker.js", import.meta.url), { control, index: index + 1, threads })),
  );
  /** @type {{ kernel: import("./kernels.js").Kernel, plain: Data, shared: Data } | undefined} */
  let loaded;
  let repeats = 1;
  /** @type {Data} */
  let last;

  /** @param {number} value */
  const tell = (value) => {
    control[word.command] = value;
    Atomics.store(control, word.finished, 0);
    Atomics.add(control, word.round, 1);
    Atomics.notify(control, word.round);
  };

  return {
    /** @param {number} number @param {number} size @param {number} repeatCount @param {number} pattern */
    async load(number, size, repeatCount, pattern) {
      if (loaded) tell(command.leave);
      loaded = undefined;
      const kernel = kernels[number];
      if (!kernel || (kernel.reset && repeatCount > 1)) return false; // A repetition would begin with the last one's result.
      repeats = repeatCount;
      loaded = { kernel, plain: kernel.make(size, pattern, own), shared: kernel.make(size, pattern, shared) };
      await Promise.all(workers.map((worker) => hand(worker, { number, data: loaded?.shared })));
      return true;
    },
    reset() {
      if (!loaded?.kernel.reset) return;
      loaded.kernel.reset(loaded.plain);
      loaded.kernel.reset(loaded.shared);
    },
    /** @param {boolean} isParallel */
    run(isParallel) {
      if (!loaded) return;
      const { kernel } = loaded;
      last = isParallel ? loaded.shared : loaded.plain;
      for (let repetition = 0; repetition < repeats; repetition++) {
        if (isParallel) {
          tell(command.run);
          runPart(kernel, last, 0, threads);
          for (let done; (done = Atomics.load(control, word.finished)) < threads - 1; ) Atomics.wait(control, word.finished, done);
          kernel.finish?.(last, threads);
        } else {
          runPart(kernel, last, 0, 1);
          kernel.finish?.(last, 1);
        }
      }
    },
    hash: () => (loaded ? hashOf(loaded.kernel.result(last)) : 0),
    terminate: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}

/** @param {import("./kernels.js").Kernel} kernel @param {Data} data @param {number} index @param {number} threads */
export function runPart(kernel, data, index, threads) {
  const part = (/** @type {number} */ place) => Math.floor((data.count * place) / threads);
  kernel.part(data, part(index), part(index + 1), index);
}

/** @param {any} worker @param {any} message */
const hand = (worker, message) =>
  new Promise((resolve) => {
    if (worker.once) worker.once("message", resolve);
    else worker.addEventListener("message", resolve, { once: true });
    worker.postMessage(message);
  });
