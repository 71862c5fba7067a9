// What `init()` does: starts the module and its threads, and makes a JavaScript function of each export.
import { WeftError } from "./errors.js";
import { compile, Instance, isNode, loadNode, node } from "./instance.js";
import { checkArguments, parameter, readResults, releaseArguments, SharedBuffer, writeArguments } from "./values.js";
import { startWorker, Workers } from "./workers.js";

/**
 * @typedef {[name: string, wasmExport: string, parameters: string[], result: string]} FunctionDescription
 * What index.js tells. `worker` starts a worker in the words that bundlers know.
 * @typedef {{ functions: FunctionDescription[], memory: { initial: number, maximum: number }, threaded: URL, single: URL, worker: () => unknown }} Contents
 * `log`: gets what Swift prints, if not the console.
 * @typedef {{ functions: FunctionDescription[], memory: { initial: number, maximum: number }, single: URL, worker: import("./workers.js").WorkerPlace, log?: import("./instance.js").Log }} Package
 * @typedef {{ name: string, message: string, stack: string }} Fault
 */

const isPage = typeof document === "object" && !isNode;

/** @param {Contents} contents @param {import("./options.js").Options} [options] */
export async function start(contents, options) {
  await loadNode();
  // Loaded only where they are needed, like all that is not imported above.
  const chosen = options && (await (await import("./options.js")).read(options, contents.memory.initial));
  const { threads, bytes = 1 << 30, stackSize = 1 << 20, module, worker, log } = /** @type {import("./options.js").Choice} */ (chosen ?? {});
  const { supported } = supportsThreads();
  const package_ = { ...contents, worker: await reach(worker ?? locate(contents.worker)), log };
  if (isPage && !supported) return (await import("./remote.js")).RemoteApp.start(package_, module, bytes, startWorker);
  const kind = isPage ? App : (await import("./blocking.js")).BlockingApp;
  const compiled = module ?? (await compile(supported ? contents.threaded : contents.single));
  const app = new kind(package_, compiled, makeMemory(contents.memory, bytes, supported), supported);
  await app.start(supported ? (threads ?? globalThis.navigator?.hardwareConcurrency ?? node?.availableParallelism() ?? 1) : 1, stackSize);
  return app.facade;
}

/** A running module, its threads and its calls. */
export class App {
  /** @type {WeftError | undefined} why no call can be made any more */ end;
  /** @type {Map<number, { resolve: () => void, reject: (error: Error) => void }>} the page's calls by their addresses */ #calls = new Map();
  /** @type {(() => void) | undefined} called when a worker got ready or ended */ #workersChanged;
  #isTerminating = false;
  #isStarted = false;
  /** @type {Promise<unknown> | undefined} when all workers have ended */ #ended;
  /** How many of the pool's threads the app has not started. */ callersInPool = 0;
  /** @type {any} the object that the user gets */ facade = {};

  /** @param {Package} package_ @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory @param {boolean} isShared */
  constructor(package_, module, memory, isShared) {
    this.package = package_;
    this.isShared = isShared;
    this.instance = new Instance(module, memory, { name: isPage ? "page" : "main", startWorker: (start) => this.startWorker(start), callDone: () => {}, log: package_.log });
    this.program = { module, memory, fault: this.instance.exports.weft_fault() >>> 0, logs: !!package_.log };
    this.workers = new Workers(this.program, package_.worker, (message) => this.hear(message));
  }

  /** @param {number} threads @param {number} stackSize */
  async start(threads, stackSize) {
    const { exports } = this.instance;
    this.run(() => exports.weft_start(threads, this.callersInPool, stackSize));
    await this.#until(() => this.workers.starting === 0);
    this.checkEnd();
    await this.begin();
    const app = this;
    this.#isStarted = true;
    this.facade = {
      ...Object.fromEntries(this.package.functions.map(([name, wasmExport, texts, result]) => [name, this.function(name, exports[wasmExport](), texts.map(parameter), result)])),
      get state() { return app.end?.code ?? (app.#isTerminating ? "terminating" : "running"); },
      threads: {
        get count() { return exports.weft_thread_count(); },
        // Loaded only where it is needed.
        resize: async (/** @type {number} */ count) => (await import("./threads.js")).resize(this, count),
        list: async () => (await import("./threads.js")).list(this),
      },
      shared: this.isShared,
      allocate: (/** @type {any} */ type, /** @type {number} */ count) => {
        this.checkEnd();
        return new SharedBuffer(this.instance, type, count);
      },
      terminate: () => this.#terminate(),
    };
  }

  /**
   * Runs Swift on this thread.
   * @param {() => void} body
   */
  run(body) {
    try {
      body();
    } catch (/** @type {any} */ error) {
      // Whatever stopped Swift half way: a trap, a stack overflow, no memory. Nothing of the app can be relied on any more.
      throw this.fail(this.knownFault() ?? { name: this.instance.name, message: this.instance.explain(error), stack: String(error.stack) });
    }
  }

  /**
   * The fault that another thread left in the memory.
   * @returns {Fault | undefined}
   */
  knownFault() {
    return undefined;
  }

  /** Throws the reason why no call can be made any more, if there is one. */
  checkEnd() {
    if (this.end) throw this.end;
  }

  /** What is still to be done before calls may come. */
  async begin() {}

  /** @returns {Promise<unknown>} */
  endWorkers() {
    return this.workers.terminate();
  }

  /**
   * Waits until something is so, or the app has ended, or `milliseconds` are over; looks whenever a worker got ready or ended.
   * @param {() => boolean} isSo @param {number} [milliseconds] @returns {Promise<void>}
   */
  #until(isSo, milliseconds) {
    return new Promise((resolve) => {
      const limit = milliseconds && setTimeout(resolve, milliseconds);
      this.#workersChanged = () => {
        if (!this.end && !isSo()) return;
        clearTimeout(limit);
        resolve();
      };
      this.#workersChanged();
    });
  }

  /**
   * A function that a thread of the pool runs.
   * @param {string} name
   * @param {number} function_
   * @param {import("./values.js").Parameter[]} parameters
   * @param {string} result
   */
  function(name, function_, parameters, result) {
    return async (/** @type {any[]} */ ...values) => {
      this.check(name, parameters, values);
      const { instance } = this;
      const frame = instance.allocate(16 * Math.max(1, parameters.length));
      try {
        writeArguments(instance, frame, parameters, values);
      } catch (error) {
        instance.free(frame);
        throw error;
      }
      const call = instance.exports.weft_submit(function_, frame) >>> 0;
      try {
        await this.#done(call);
        return readResults(instance, frame, parameters, values, result);
      } finally {
        releaseArguments(parameters, values);
        instance.free(call);
        instance.free(frame);
      }
    };
  }

  /** @param {number} call @returns {Promise<void>} */
  #done(call) {
    return new Promise((resolve, reject) => {
      const end = () => { this.#calls.delete(call); resolve(); };
      this.#calls.set(call, { resolve: end, reject });
      const word = /** @type {Int32Array} */ (this.instance.view(Int32Array, call, 1));
      const waiting = /** @type {any} */ (Atomics).waitAsync?.(word, 0, 0);
      if (waiting) Promise.resolve(waiting.value).then(end);
      else if (Atomics.load(word, 0)) end();
    });
  }

  /** @param {string} name @param {import("./values.js").Parameter[]} parameters @param {any[]} values */
  check(name, parameters, values) {
    this.checkEnd();
    checkArguments(name, parameters, values, (parameter, value) => SharedBuffer.check(parameter, value, this.instance));
  }

  /** @param {import("./instance.js").WorkerStart} start */
  startWorker(start) {
    this.workers.start(start);
  }

  /** @param {any} message of a worker's */
  hear(message) {
    // Another call may lie there by now.
    if (message.callDone && Atomics.load(/** @type {Int32Array} */ (this.instance.view(Int32Array, message.callDone, 1)), 0)) this.#calls.get(message.callDone)?.resolve();
    else if (message.fault) this.fail(message.fault);
    else if (message.log) this.package.log?.(.../** @type {[string, string]} */ (message.log));
    this.#workersChanged?.();
  }

  /**
   * Ends the app because of a fault: nothing waits for ever.
   * @param {Fault} fault
   */
  fail(fault) {
    // A thread that the program itself starts fails like any other.
    const error = new WeftError(this.#isStarted ? "fault" : "start", fault.name ? `${fault.message} (thread ${fault.name})` : fault.message);
    if (fault.stack) error.stack = `${error.name}: ${error.message}\n${fault.stack}`;
    return this.endWith(error);
  }

  /** @param {WeftError} error */
  endWith(error) {
    if (this.end) return this.end;
    this.end = error;
    this.instance.isOver = true;
    for (const { reject } of this.#calls.values()) reject(error);
    this.#calls.clear();
    this.#ended = this.endWorkers();
    this.#workersChanged?.();
    return error;
  }

  /** Ends the threads and frees what the app had. Resolves when it has; calls that are still running are rejected. */
  async #terminate() {
    if (!this.end) {
      const isIdle = this.#calls.size === 0;
      this.#isTerminating = true;
      this.instance.exports.weft_stop();
      // An idle thread leaves at once. One that computes is terminated; a browser may take its time over that.
      if (isIdle) await this.#until(() => this.workers.count === 0, 1000);
      this.endWith(new WeftError("terminated", "The app was terminated"));
    }
    await this.#ended;
  }
}

/**
 * Whether the program can run on threads here, and the reason why not. A browser shares memory only with pages that are isolated
 * from other origins.
 * @returns {{ supported: boolean, reason?: string }}
 */
export function supportsThreads() {
  const { crossOriginIsolated, isSecureContext } = /** @type {any} */ (globalThis);
  const reason =
    isSecureContext === false ? "not a secure context"
    : crossOriginIsolated === false ? "not cross-origin isolated"
    : typeof SharedArrayBuffer !== "function" ? "no SharedArrayBuffer"
    : undefined;
  return { supported: !reason, reason };
}

/**
 * Where the worker is: bundlers replace its address in `new Worker(new URL("…", import.meta.url))` and tell it nowhere else, so that
 * these words are run with a Worker of ours.
 * @param {() => unknown} start @returns {import("./workers.js").WorkerPlace}
 */
function locate(start) {
  const global = /** @type {any} */ (globalThis);
  const { Worker } = global;
  /** @type {any} */
  let place;
  global.Worker = function (/** @type {string | URL} */ url, /** @type {WorkerOptions} */ { type } = {}) {
    place = { url: new URL(url, global.location?.href).href, type };
  };
  start();
  if (Worker) global.Worker = Worker;
  else delete global.Worker;
  return place;
}

/**
 * A worker of another origin is started by a script of this one.
 * @param {import("./workers.js").WorkerPlace} place
 */
async function reach(place) {
  const { origin } = globalThis;
  return origin && new URL(place.url).origin !== origin ? (await import("./origins.js")).reach(place) : place;
}

/** @param {{ initial: number, maximum: number }} pages @param {number} bytes @param {boolean} shared */
function makeMemory({ initial, maximum }, bytes, shared) {
  // A browser may have no room for so large a reservation; less of it is better than no program.
  for (let limit = Math.min(maximum, Math.floor(bytes / 65536)); ; limit = Math.max(initial, limit >> 1)) {
    try {
      return new WebAssembly.Memory({ initial, maximum: limit, shared });
    } catch (error) {
      if (limit === initial) throw new WeftError("memory", `The browser gives no memory of ${initial * 65536} bytes: ${error}`);
    }
  }
}

export { SharedBuffer, WeftError };
