// What `init()` does: starts the module and its threads, and makes a JavaScript function of each export.
import { WeftError } from "./errors.js";
import { Instance, isNode, node } from "./instance.js";
import { checkArguments, parameter, readResults, releaseArguments, SharedBuffer, writeArguments } from "./values.js";

/**
 * @typedef {[name: string, wasmExport: string, parameters: string[], result: string]} FunctionDescription
 * @typedef {{ functions: FunctionDescription[], memory: { initial: number, maximum: number }, threaded: URL, single: URL, worker: () => URL }} Package
 * @typedef {{ threads?: number, maximumMemory?: number, stackSize?: number }} Options
 * @typedef {{ name: string, message: string, stack: string }} Fault
 * `detach`: a thread that waits for work must not keep a program in Node from ending.
 * @typedef {{ postMessage: (message: any) => void, terminate: () => unknown, detach: () => void, onmessage: ((message: any) => void) | null, onerror: ((error: any) => void) | null }} WorkerHandle
 */

const isPage = typeof document === "object" && !isNode;
const pageSize = 65536;

/** @param {Package} package_ @param {Options} options */
export async function start(package_, options = {}) {
  const threads = await threadCount(options.threads);
  const stackSize = checkedOption("stackSize", options.stackSize ?? 1 << 20, 16384, 1 << 30);
  const maximumBytes = checkedOption("maximumMemory", options.maximumMemory ?? 1 << 30, package_.memory.initial * pageSize, 2 ** 32);
  if (isNode) await loadNode();
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
  /** @type {Map<number, WorkerHandle>} the threads' workers by their records */ #workers = new Map();
  /** @type {Map<number, { resolve: () => void, reject: (error: Error) => void }>} the page's calls by their addresses */ #calls = new Map();
  /** @type {(() => void) | undefined} called when a worker got ready or ended */ #workersChanged;
  #starting = 0;
  #frame = 0;
  /** @type {any} the object that the user gets */ facade = {};

  /** @param {Package} package_ @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory @param {boolean} isShared */
  constructor(package_, module, memory, isShared) {
    this.package = package_;
    this.module = module;
    this.memory = memory;
    this.isShared = isShared;
    this.instance = new Instance(module, memory, { name: isPage ? "page" : "main", startThread: (start) => this.#startThread(start), callDone: () => {} });
  }

  /** @param {number} threads @param {number} stackSize */
  async start(threads, stackSize) {
    const { exports } = this.instance;
    exports.weft_start(threads, isPage ? 0 : 1, stackSize);
    await new Promise((/** @type {(value?: any) => void} */ resolve, reject) => {
      this.#workersChanged = () => { if (this.#end) reject(this.#end); else if (this.#starting === 0) resolve(); };
      this.#workersChanged();
    });
    let slots = 1;
    for (const [name, wasmExport, texts, result] of this.package.functions) {
      const parameters = texts.map(parameter);
      slots = Math.max(slots, parameters.length);
      const function_ = exports[wasmExport]();
      this.facade[name] = isPage ? this.#asyncFunction(name, function_, parameters, result) : this.#syncFunction(name, function_, parameters, result);
    }
    this.#frame = this.instance.allocate(slots * 16);
    Object.assign(this.facade, {
      threads,
      shared: this.isShared,
      allocate: (/** @type {any} */ type, /** @type {number} */ count) => {
        if (this.#end) throw this.#end;
        return new SharedBuffer(this.instance, type, count);
      },
      terminate: () => this.#terminate(),
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

  /** @param {import("./instance.js").ThreadStart} start */
  #startThread(start) {
    this.#starting++;
    const worker = startWorker(this.package.worker(), start.name, start.record);
    this.#workers.set(start.record, worker);
    worker.onerror = (error) => this.#fail({ name: start.name, message: `The worker failed: ${error?.message ?? error}`, stack: "" });
    worker.onmessage = (message) => {
      if (message.ready) {
        this.#starting--;
        worker.detach();
      }
      else if (message.start) this.#startThread(message.start);
      else if (message.callDone) this.#calls.get(message.callDone)?.resolve();
      else if (message.finished) this.#workers.delete(message.finished);
      else if (message.fault) this.#fail(message.fault);
      this.#workersChanged?.();
    };
    worker.postMessage({ module: this.module, memory: this.memory, start, reportsCalls: !("waitAsync" in Atomics) });
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
    for (const worker of this.#workers.values()) worker.terminate();
    this.#workers.clear();
    this.#workersChanged?.();
    return error;
  }

  /** Ends the threads and frees what the app had. Resolves when it has; calls that are still running are rejected. */
  async #terminate() {
    if (this.#end) return;
    const isIdle = this.#calls.size === 0;
    this.instance.exports.weft_stop();
    // An idle thread leaves at once. One that computes is terminated; a browser may take its time over that.
    if (isIdle) {
      await Promise.race([
        new Promise((resolve) => setTimeout(resolve, 1000)),
        new Promise((/** @type {(value?: any) => void} */ resolve) => {
          this.#workersChanged = () => { if (this.#workers.size === 0) resolve(); };
          this.#workersChanged();
        }),
      ]);
    }
    this.#endWith(new WeftError("terminated", "The app was terminated"));
  }
}

/** @param {number | undefined} asked */
async function threadCount(asked) {
  if (asked !== undefined) return checkedOption("threads", asked, 1, 1024);
  const { navigator } = /** @type {any} */ (globalThis);
  return navigator?.hardwareConcurrency ?? (await import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule("os"))).availableParallelism();
}

/** @param {string} name @param {number} value @param {number} low @param {number} high */
function checkedOption(name, value, low, high) {
  if (typeof value !== "number") throw new TypeError(`init: ${name} must be a number, not ${typeof value}`);
  if (!Number.isInteger(value) || value < low || value > high) throw new RangeError(`init: ${name} must be an integer from ${low} to ${high}, not ${value}`);
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

/**
 * A module's name, kept from bundlers, which would look for it in the browser's world.
 * @param {string} name
 */
const nodeModule = (name) => `node:${name}`;

/** @type {any} */
let workerThreads;

async function loadNode() {
  workerThreads = await import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule("worker_threads"));
  if (node && !node.fs) node.fs = await import(/* @vite-ignore */ /* webpackIgnore: true */ nodeModule("fs"));
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

/**
 * Starts a worker, on the web or in Node, and makes both look alike.
 * @param {URL} url @param {string} name @param {number} id @returns {WorkerHandle}
 */
function startWorker(url, name, id) {
  if (!isNode) {
    // WebKit under a service worker starts only one of several workers with the same address.
    if (url.protocol.startsWith("http")) url.searchParams.set("thread", String(id));
    const worker = new Worker(url, { type: "module", name });
    /** @type {WorkerHandle} */
    const handle = { postMessage: (message) => worker.postMessage(message), terminate: () => worker.terminate(), detach: () => {}, onmessage: null, onerror: null };
    worker.onmessage = ({ data }) => handle.onmessage?.(data);
    worker.onerror = (event) => handle.onerror?.(event);
    return handle;
  }
  /** @type {any} */
  let worker;
  /** @type {WorkerHandle} */
  const handle = {
    postMessage: (message) => {
      worker = new workerThreads.Worker(url, { workerData: message, name, execArgv: [] });
      worker.on("message", (/** @type {any} */ message) => handle.onmessage?.(message));
      worker.on("error", (/** @type {any} */ error) => handle.onerror?.(error));
    },
    detach: () => worker.unref(),
    terminate: () => worker.terminate(),
    onmessage: null,
    onerror: null,
  };
  return handle;
}

export { SharedBuffer, WeftError };
