// What a page may ask of a call while it runs: that it stop, and how far it is. Loaded when it is asked for the first time.
import { objectHeader, readInts } from "./addresses.js";

/**
 * @param {any} app @param {import("./values.js").Signature} signature @param {import("./values.js").Writer} out @param {any} options
 * @param {(out: import("./values.js").Writer) => Promise<any>} run makes the call
 */
export async function control(app, [name], out, options, run) {
  const { instance } = app;
  /** @type {any} */
  let signal;
  /** @type {any} */
  let onProgress;
  // Where nothing is shared nobody could look at it.
  let block = 0;
  try {
    ({ signal, onProgress } = options);
    checkOptions(name, options, signal, onProgress);
    app.checkEnd();
    if (app.isShared && out.controls.length) block = instance.allocate(24);
  } catch (error) {
    out.giveUp();
    throw error;
  }
  if (block) instance.bytes(block, 24).fill(0);
  for (const at of out.controls) out.data.setFloat64(at, block, true);

  /**
   * The address of an object that Swift has made, or 0.
   * @param {number} at
   */
  const object = (at) => {
    if (!block) return 0;
    const bits = Atomics.load(/** @type {any} */ (instance.view(/** @type {any} */ (BigUint64Array), block + at, 1)), 0);
    return new Float64Array(new BigUint64Array([/** @type {any} */ (bits)]).buffer)[0];
  };
  const report = () => {
    const progress = object(16);
    if (!progress) return;
    const [total, completed] = readInts(instance, progress + objectHeader, 2);
    onProgress({ completed, total });
  };
  const cancel = () => {
    if (!block) return;
    Atomics.store(/** @type {Int32Array} */ (instance.view(Int32Array, block, 1)), 0, 1);
    const cancellation = object(8);
    // The flag is all that the object has behind its header.
    if (cancellation) Atomics.store(/** @type {Uint8Array} */ (instance.view(Uint8Array, cancellation + objectHeader, 1)), 0, 1);
  };

  const running = run(out);
  /** @type {(reason: any) => void} */
  let stop;
  const stopped = new Promise((_, reject) => { stop = (reason) => { cancel(); reject(reason); }; });
  const abort = () => stop(signal.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const timer = onProgress && setInterval(() => {
    try {
      report();
    } catch (error) {
      // Nobody hears of the call's progress any more.
      clearInterval(timer);
      stop(error);
    }
  }, 50);
  const end = () => {
    clearInterval(timer);
    signal?.removeEventListener("abort", abort);
    if (!block || app.end) return;
    try {
      if (onProgress) report();
    } finally {
      for (const at of [8, 16]) instance.release(object(at));
      instance.free(block);
    }
  };
  const ended = running.finally(end);
  return Promise.race([ended, stopped]);
}

/** @param {string} name @param {any} options @param {any} signal @param {any} onProgress */
export function checkOptions(name, options, signal, onProgress) {
  const unknown = Object.keys(options).find((key) => key !== "signal" && key !== "onProgress");
  if (unknown !== undefined) throw new TypeError(`${name}: unknown option ${unknown}; a call takes { signal, onProgress }`);
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw new TypeError(`${name}: signal must be an AbortSignal`);
  if (onProgress !== undefined && typeof onProgress !== "function") throw new TypeError(`${name}: onProgress must be a function`);
  signal?.throwIfAborted();
}
