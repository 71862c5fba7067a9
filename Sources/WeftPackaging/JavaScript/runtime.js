// What `init()` does: starts the module and its threads, and makes a JavaScript function of each export.
import { WeftError } from "./errors.js";
import { Instance, isNode, loadNode, node } from "./instance.js";
import { checkArguments, parameter, readResults, releaseArguments, SharedBuffer, writeArguments } from "./values.js";
import { startWorker, Workers } from "./workers.js";

/**
 * @typedef {[name: string, wasmExport: string, parameters: string[], result: string]} FunctionDescription
 * @typedef {{ functions: FunctionDescription[], memory: { initial: number, maximum: number }, threaded: URL, single: URL, worker: () => URL }} Package
 * @typedef {{ threads?: number, maximumMemory?: number, stackSize?: number }} Options
 * @typedef {{ name: string, message: string, stack: string }} Fault
 */

const isPage = typeof document === "object" && !isNode;
const pageSize = 65536;

/** @param {Package} package_ @param {Options} options */
export async function start(package_, options = {}) {
  await loadNode();
  const threads = threadCount(options.threads);
  const stackSize = checkedOption("init: stackSize", options.stackSize ?? 1 << 20, 16384, 1 << 30);
  const maximumBytes = checkedOption("init: maximumMemory", options.maximumMemory ?? 1 << 30, package_.memory.initial * pageSize, 2 ** 32);
  const isShared = mayShareMemory();
  // Loaded only where it is needed.
  if (isPage && !isShared) return (await import("./remote.js")).RemoteApp.start(package_, maximumBytes, startWorker);
  const module = await compile(isShared ? package_.threaded : package_.single);
  const memory = makeMemory(package_.memory.initial, Math.min(package_.memory.maximum, Math.floor(maximumBytes / pageSize)), isShared);
  const kind = isPage ? App : (await import("./blocking.js")).BlockingApp;
  const app = new kind(package_, module, memory, isShared);
  await app.start(isShared ? threads : 1, stackSize);
  return app.facade;
}

/** A running module, its threads and its calls. */
export class App {
  /** @type {WeftError | undefined} why no call can be made any more */ end;
  /** @type {Map<number, { resolve: () => void, reject: (error: Error) => void }>} the page's calls by their addresses */ #calls = new Map();
  /** @type {(() => void) | undefined} called when a worker got ready or ended */ #workersChanged;
  #isTerminating = false;
  /** @type {Promise<unknown> | undefined} when all workers have ended */ #ended;
  /** How many of the pool's threads the app has not started. */ callersInPool = 0;
  /** @type {any} the object that the user gets */ facade = {};

  /** @param {Package} package_ @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory @param {boolean} isShared */
  constructor(package_, module, memory, isShared) {
    this.package = package_;
    this.isShared = isShared;
    this.instance = new Instance(module, memory, { name: isPage ? "page" : "main", startWorker: (start) => this.startWorker(start), callDone: () => {} });
    this.program = { module, memory, fault: this.instance.exports.weft_fault() >>> 0 };
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
      throw this.fail(/** @type {any} */ (this).knownFault?.() ?? this.instance.fault(error));
    }
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
    this.#workersChanged?.();
  }

  /**
   * Ends the app because of a fault: nothing waits for ever.
   * @param {Fault} fault
   */
  fail({ name, message, stack }) {
    // A thread that the program itself starts fails like any other.
    const error = new WeftError(this.facade.terminate ? "fault" : "start", message + (name && ` (thread ${name})`));
    return this.endWith(error, this.explain(error, stack));
  }

  /**
   * Gives an error the stack of the thread that stopped, with Swift's names, which are loaded only now.
   * @param {WeftError} error @param {string} stack @returns {unknown}
   */
  explain(error, stack) {
    return import("./stacks.js").then(({ explain }) => explain(error, stack, this.isShared));
  }

  /** @param {WeftError} error @param {unknown} [explained] what calls wait for before they are rejected */
  endWith(error, explained) {
    if (this.end) return this.end;
    this.end = error;
    this.instance.isOver = true;
    const reject = () => this.#calls.forEach(({ reject }) => reject(error));
    Promise.resolve(explained).then(reject, reject);
    // Whatever happens to the names, nobody waits long for them.
    if (isPage) setTimeout(reject, 1000);
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

/** @param {number | undefined} asked */
function threadCount(asked) {
  if (asked !== undefined) return checkedOption("init: threads", asked, 1, 1024);
  const { navigator } = /** @type {any} */ (globalThis);
  return navigator?.hardwareConcurrency ?? node?.availableParallelism() ?? 1;
}

/** @param {string} name @param {number} value @param {number} low @param {number} high */
export function checkedOption(name, value, low, high) {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new (typeof value === "number" ? RangeError : TypeError)(`${name} must be an integer from ${low} to ${high}, not ${value}`);
}

/** A browser shares memory only with pages that are isolated from other origins. */
function mayShareMemory() {
  return typeof SharedArrayBuffer === "function" && /** @type {any} */ (globalThis).crossOriginIsolated !== false;
}

/** @param {number} initial @param {number} maximum @param {boolean} shared */
function makeMemory(initial, maximum, shared) {
  // A browser may have no room for so large a reservation; less of it is better than no program.
  for (let limit = maximum; ; limit = Math.max(initial, limit >> 1)) {
    try {
      return new WebAssembly.Memory({ initial, maximum: limit, shared });
    } catch (error) {
      if (limit === initial) throw new WeftError("memory", `The browser gives no memory of ${initial * pageSize} bytes: ${error}`);
    }
  }
}

/** @param {URL} url */
async function compile(url) {
  try {
    if (node && url.protocol === "file:") return await WebAssembly.compile(node.read(url));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await (response.headers.get("content-type") === "application/wasm"
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    throw new WeftError("start", `Could not load ${url}: ${/** @type {any} */ (error).message}`);
  }
}

export { SharedBuffer, WeftError };
