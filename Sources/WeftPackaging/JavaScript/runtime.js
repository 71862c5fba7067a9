// What `init()` does: starts the module and its threads, and makes a JavaScript function of each export.
import { WeftError } from "./errors.js";
import { Instance, isNode, node } from "./instance.js";
import { checkArguments, parameter, readResults, releaseArguments, SharedBuffer, writeArguments } from "./values.js";
import { loadNode, nodeModule, startWorker, Workers } from "./workers.js";

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
  const threads = await threadCount(options.threads);
  const stackSize = checkedOption("init", "stackSize", options.stackSize ?? 1 << 20, 16384, 1 << 30);
  const maximumBytes = checkedOption("init", "maximumMemory", options.maximumMemory ?? 1 << 30, package_.memory.initial * pageSize, 2 ** 32);
  if (isNode) {
    await loadNode();
    if (node && !node.fs) node.fs = await import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule("fs"));
  }
  const isShared = mayShareMemory();
  // Loaded only where it is needed.
  if (isPage && !isShared) return (await import("./remote.js")).RemoteApp.start(package_, maximumBytes, startWorker);
  const module = await compile(isShared ? package_.threaded : package_.single);
  const memory = makeMemory(package_.memory.initial, Math.min(package_.memory.maximum, Math.floor(maximumBytes / pageSize)), isShared);
  const app = new App(package_, module, memory, isShared);
  await app.start(isShared ? threads : 1, stackSize);
  return app.facade;
}

/** A running module, its threads and its calls. */
class App {
  /** @type {WeftError | undefined} why no call can be made any more */ #end;
  /** @type {Map<number, { resolve: () => void, reject: (error: Error) => void }>} the page's calls by their addresses */ #calls = new Map();
  /** @type {(() => void) | undefined} called when a worker got ready or ended */ #workersChanged;
  /** @type {import("./workers.js").WorkerHandle | undefined} the worker that starts further ones where this thread may block */ #starter;
  /** @type {any[]} where the workers ask it for that */ #ports = [];
  #isTerminating = false;
  #frame = 0;
  /** @type {Promise<unknown> | undefined} when all workers have ended */ #ended;
  /** @type {any} the object that the user gets */ facade = {};

  /** @param {Package} package_ @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory @param {boolean} isShared */
  constructor(package_, module, memory, isShared) {
    this.package = package_;
    this.module = module;
    this.memory = memory;
    this.isShared = isShared;
    this.instance = new Instance(module, memory, { name: isPage ? "page" : "main", startWorker: (start) => this.#startWorker(start), callDone: () => {} });
    this.program = { module, memory };
    this.workers = new Workers(this.program, package_.worker, (message) => this.#hear(message));
  }

  /** @param {number} threads @param {number} stackSize */
  async start(threads, stackSize) {
    const { exports } = this.instance;
    exports.weft_start(threads, isPage ? 0 : 1, stackSize);
    await this.#until(() => this.workers.starting === 0);
    if (this.#end) throw this.#end;
    if (!isPage && this.isShared) await this.#startStarter();
    let slots = 1;
    for (const [name, wasmExport, texts, result] of this.package.functions) {
      const parameters = texts.map(parameter);
      slots = Math.max(slots, parameters.length);
      const function_ = exports[wasmExport]();
      this.facade[name] = isPage ? this.#asyncFunction(name, function_, parameters, result) : this.#syncFunction(name, function_, parameters, result);
    }
    this.#frame = this.instance.allocate(slots * 16);
    Object.assign(this.facade, {
      threads: this.#threads(),
      shared: this.isShared,
      allocate: (/** @type {any} */ type, /** @type {number} */ count) => {
        if (this.#end) throw this.#end;
        return new SharedBuffer(this.instance, type, count);
      },
      terminate: () => this.#terminate(),
    });
    Object.defineProperty(this.facade, "state", { enumerable: true, get: () => this.#end?.code ?? (this.#isTerminating ? "terminating" : "running") });
  }

  /** What the user sees of the threads. */
  #threads() {
    const { exports } = this.instance;
    return {
      get count() { return exports.weft_thread_count(); },
      resize: async (/** @type {number} */ count) => {
        checkedOption("threads.resize", "count", count, 1, 1024);
        if (this.#end) throw this.#end;
        if (!this.isShared) return;
        exports.weft_resize(count);
        // The pool's threads, of which the caller may be one.
        while (!this.#end && exports.weft_running_threads() !== exports.weft_thread_count() - (isPage ? 0 : 1)) await new Promise((resolve) => setTimeout(resolve, 4));
        if (this.#end) throw this.#end;
      },
      list: () => {
        const most = 1024;
        const rows = this.instance.allocate(most * 32);
        const count = exports.weft_list_threads(rows, most);
        const list = Array.from({ length: Math.min(count, most) }, (_, index) => ({
          name: this.instance.threadName(rows + index * 32),
          state: ["running", "waiting", "idle"][this.instance.data.getInt32(rows + index * 32 + 28, true)],
        }));
        exports.weft_free(rows);
        return list;
      },
    };
  }

  /**
   * Waits until something is so, or the app has ended, or `milliseconds` are over; looks whenever a worker got ready or ended.
   * @param {() => boolean} isSo @param {number} [milliseconds] @returns {Promise<void>}
   */
  #until(isSo, milliseconds) {
    return new Promise((resolve) => {
      const limit = milliseconds && setTimeout(resolve, milliseconds);
      this.#workersChanged = () => {
        if (!this.#end && !isSo()) return;
        clearTimeout(limit);
        resolve();
      };
      this.#workersChanged();
    });
  }

  /**
   * A function that runs on the calling thread, which is one of the pool.
   * @param {string} name
   * @param {number} function_
   * @param {import("./values.js").Parameter[]} parameters
   * @param {string} result
   */
  #syncFunction(name, function_, parameters, result) {
    const thunk = this.instance.exports.__indirect_function_table.get(function_);
    return (/** @type {any[]} */ ...values) => {
      this.#check(name, parameters, values);
      const frame = this.#frame;
      writeArguments(this.instance, frame, parameters, values);
      try {
        this.#run(thunk, frame);
        return readResults(this.instance, frame, parameters, values, result);
      } finally {
        releaseArguments(parameters, values);
      }
    };
  }

  /** @param {(frame: number) => void} thunk @param {number} frame */
  #run(thunk, frame) {
    try {
      thunk(frame);
    } catch (/** @type {any} */ error) {
      // Whatever stopped Swift half way: a trap, a stack overflow, no memory. Nothing of the app can be relied on any more.
      throw this.#fail(this.#knownFault() ?? { name: "main", message: this.instance.explain(error), stack: String(error.stack) });
    }
  }

  /**
   * A function that a thread of the pool runs.
   * @param {string} name
   * @param {number} function_
   * @param {import("./values.js").Parameter[]} parameters
   * @param {string} result
   */
  #asyncFunction(name, function_, parameters, result) {
    return async (/** @type {any[]} */ ...values) => {
      this.#check(name, parameters, values);
      const { instance } = this;
      const frame = instance.allocate(16 * Math.max(1, parameters.length));
      try {
        writeArguments(instance, frame, parameters, values);
      } catch (error) {
        instance.exports.weft_free(frame);
        throw error;
      }
      const call = instance.exports.weft_submit(function_, frame) >>> 0;
      try {
        await this.#done(call);
        return readResults(instance, frame, parameters, values, result);
      } finally {
        releaseArguments(parameters, values);
        if (!this.#end) {
          instance.exports.weft_free(call);
          instance.exports.weft_free(frame);
        }
      }
    };
  }

  /** @param {number} call @returns {Promise<void>} */
  #done(call) {
    return new Promise((resolve, reject) => {
      const end = () => { this.#calls.delete(call); resolve(); };
      this.#calls.set(call, { resolve: end, reject });
      const word = new Int32Array(this.memory.buffer);
      const waiting = /** @type {any} */ (Atomics).waitAsync?.(word, call >> 2, 0);
      if (waiting) Promise.resolve(waiting.value).then(end);
      else if (Atomics.load(word, call >> 2) === 1) end();
    });
  }

  /** @param {string} name @param {import("./values.js").Parameter[]} parameters @param {any[]} values */
  #check(name, parameters, values) {
    if (this.#end) throw this.#end;
    checkArguments(name, parameters, values, (parameter, value) => SharedBuffer.check(parameter, value, this.instance));
  }

  /** @param {import("./instance.js").WorkerStart} start */
  #startWorker(start) {
    if (isPage) return this.workers.start(start);
    if (this.#starter) return this.#starter.post({ start });
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1);
    this.workers.start(start, port2);
  }

  async #startStarter() {
    const starter = startWorker(this.package.worker(), "weft-starter", "starter");
    starter.onend = (reason) => this.#hear({ fault: { name: "weft-starter", message: reason, stack: "" } });
    await new Promise((/** @type {(value?: any) => void} */ resolve) => {
      starter.onmessage = (message) => {
        if (message.ready) resolve();
        else this.#hear(message);
      };
      this.#workersChanged = resolve;
      starter.post({ ...this.program, ports: this.#ports, worker: this.package.worker().href }, this.#ports);
      starter.detach();
      this.#starter = starter;
      // In Node a worker starts although the thread that has begun it blocks; nobody need wait.
      if (isNode) resolve();
    });
    if (this.#end) throw this.#end;
  }

  /** @param {any} message of a worker's */
  #hear(message) {
    if (message.callDone) this.#calls.get(message.callDone)?.resolve();
    else if (message.fault) this.#fail(message.fault);
    this.#workersChanged?.();
  }

  /**
   * The fault that another thread left in the memory.
   * @returns {Fault | undefined}
   */
  #knownFault() {
    const { exports } = this.instance;
    const count = exports.weft_fault_count();
    return count ? { name: "", message: this.instance.text(exports.weft_fault_text() >>> 0, count), stack: "" } : undefined;
  }

  /**
   * Ends the app because of a fault: nothing waits for ever.
   * @param {Fault} fault
   */
  #fail(fault) {
    // A thread that the program itself starts fails like any other.
    const code = this.#frame ? "fault" : "start";
    const error = new WeftError(code, fault.name ? `${fault.message} (thread ${fault.name})` : fault.message);
    if (fault.stack) error.stack = `${error.name}: ${error.message}\n${fault.stack}`;
    return this.#endWith(error);
  }

  /** @param {WeftError} error */
  #endWith(error) {
    if (this.#end) return this.#end;
    this.#end = error;
    for (const { reject } of this.#calls.values()) reject(error);
    this.#calls.clear();
    this.#ended = Promise.all([this.workers.terminate(), this.#starter?.terminate()]);
    this.#workersChanged?.();
    return error;
  }

  /** Ends the threads and frees what the app had. Resolves when it has; calls that are still running are rejected. */
  async #terminate() {
    if (!this.#end) {
      const isIdle = this.#calls.size === 0;
      this.#isTerminating = true;
      this.instance.exports.weft_stop();
      // An idle thread leaves at once. One that computes is terminated; a browser may take its time over that.
      if (isIdle) await this.#until(() => this.workers.count === 0, 1000);
      this.#endWith(new WeftError("terminated", "The app was terminated"));
    }
    await this.#ended;
  }
}

/** @param {number | undefined} asked */
async function threadCount(asked) {
  if (asked !== undefined) return checkedOption("init", "threads", asked, 1, 1024);
  const { navigator } = /** @type {any} */ (globalThis);
  return navigator?.hardwareConcurrency ?? (await import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule("os"))).availableParallelism();
}

/** @param {string} function_ @param {string} name @param {number} value @param {number} low @param {number} high */
function checkedOption(function_, name, value, low, high) {
  if (typeof value !== "number") throw new TypeError(`${function_}: ${name} must be a number, not ${typeof value}`);
  if (!Number.isInteger(value) || value < low || value > high) throw new RangeError(`${function_}: ${name} must be an integer from ${low} to ${high}, not ${value}`);
  return value;
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
    if (isNode && url.protocol === "file:") return await WebAssembly.compile(node.fs.readFileSync(url));
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
