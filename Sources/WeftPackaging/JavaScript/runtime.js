// What `init()` does: starts the module and its threads, and makes a JavaScript function of each export.
import { WeftError } from "./errors.js";
import { Instance, isNode, loadNode, node } from "./instance.js";
import { alloc } from "./buffers.js";
import { hasResult, isInFrame, pageFunction, Reader, readResult } from "./values.js";
import { startWorker, Workers } from "./workers.js";

/**
 * @typedef {import("./values.js").Signature} Signature
 * `functions`: those of the top level, with their exports' names; `objects`: makes the classes and namespaces; `calls`: loads what the
 * program calls in JavaScript.
 * @typedef {{ functions: [wasmExport: string, signature: Signature][], objects?: (app: any) => any, calls?: () => Promise<any>, memory: { initial: number, maximum: number }, threaded: URL, single: URL, worker: () => URL }} Package
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
  /** @type {Promise<any>} when all calls that must not run at once have ended */ #turn = Promise.resolve();
  /** @type {Map<any, any>} the classes by their codecs */ classes = new Map();
  /** @type {((call: number) => void) | undefined} makes the calls of the program's */ javascript;
  /** Whether calls are made from the event loop: then nothing of Swift is under way on this thread, and promises can be kept. */ isAsked = false;
  #isTerminating = false;
  #isStarted = false;
  /** @type {Promise<unknown> | undefined} when all workers have ended */ #ended;
  /** How many of the pool's threads the app has not started. */ callersInPool = 0;
  /** @type {any} the object that the user gets */ facade = {};

  /** @param {Package} package_ @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory @param {boolean} isShared */
  constructor(package_, module, memory, isShared) {
    this.package = package_;
    this.isShared = isShared;
    this.instance = new Instance(module, memory, { name: isPage ? "page" : "main", startWorker: (start) => this.startWorker(start), callDone: () => {}, call: (call) => this.javascript?.(call) });
    this.program = { module, memory, fault: this.instance.exports.weft_fault() >>> 0, calls: !!package_.calls };
    this.workers = new Workers(this.program, package_.worker, (message) => this.hear(message));
  }

  /** @param {number} threads @param {number} stackSize */
  async start(threads, stackSize) {
    const { exports } = this.instance;
    this.javascript = (await this.package.calls?.())?.connect(this);
    this.run(() => exports.weft_start(threads, this.callersInPool, stackSize));
    await this.#until(() => this.workers.starting === 0);
    this.checkEnd();
    await this.begin();
    const app = this;
    this.#isStarted = true;
    this.facade = {
      ...exportsOf(this, this.package),
      get state() { return app.end?.code ?? (app.#isTerminating ? "terminating" : "running"); },
      threads: {
        get count() { return exports.weft_thread_count(); },
        // Loaded only where it is needed.
        resize: async (/** @type {number} */ count) => (await import("./threads.js")).resize(this, count),
        list: async () => (await import("./threads.js")).list(this),
      },
      shared: this.isShared,
      alloc: (/** @type {any} */ type, /** @type {number} */ count) => alloc(this, type, count),
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
    } catch (error) {
      this.explain(error);
    }
  }

  /**
   * Ends the app.
   * @param {any} error @returns {never}
   */
  explain(error) {
    // Whatever stopped Swift half way: a trap, a stack overflow, no memory. Nothing of the app can be relied on any more.
    throw this.fail(this.knownFault() ?? { name: this.instance.name, message: this.instance.explain(error), stack: String(error.stack) });
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
   * @param {Signature} signature @param {string} wasmExport @param {number} thunk @param {import("./values.js").Codec} [receiver]
   */
  function(signature, wasmExport, thunk, receiver) {
    const function_ = this.instance.exports[wasmExport](thunk);
    return pageFunction(this, signature, receiver, (out, values) => this.#submit(function_, signature, out, values));
  }

  /** @param {number} function_ @param {Signature} signature @param {import("./values.js").Writer} out @param {any[]} values */
  async #submit(function_, signature, out, values) {
    const { instance } = this;
    // It may have waited for its turn.
    this.checkEnd();
    const frame = this.frameFor(out);
    const call = instance.exports.weft_submit(function_, frame) >>> 0;
    try {
      await this.#done(call);
      return this.read(frame, signature, values);
    } finally {
      out.letGo();
      instance.free(call);
      instance.free(frame);
    }
  }

  /**
   * Copies arguments into the memory.
   * @param {import("./values.js").Writer} out @param {number} [frame] one that is there already @returns {number} the frame
   */
  frameFor(out, frame) {
    let address = frame ?? 0;
    try {
      address ||= this.instance.allocate(Math.max(24, out.length));
      out.copyTo(this.instance, address);
    } catch (error) {
      if (address !== frame) this.instance.free(address);
      out.giveUp();
      throw error;
    }
    return address;
  }

  /**
   * Reads what a call has left.
   * @param {number} frame @param {Signature} signature @param {any[]} values
   */
  read(frame, signature, values) {
    const { instance } = this;
    if (!hasResult(signature)) return;
    if (isInFrame(signature)) return readResult(new Reader(this, instance.data, frame), signature, values);
    const [memory, length] = [0, 8].map((at) => instance.data.getFloat64(frame + at, true));
    try {
      instance.bytes(memory, length);
      return readResult(new Reader(this, instance.data, memory), signature, values);
    } finally {
      instance.free(memory);
    }
  }

  /**
   * Has a thread end an object's life.
   * @param {[wasmExport: string, thunk: number] | undefined} thunk of its class, if that does more than free it @param {number} object
   */
  releaseObject(thunk, object) {
    if (this.end) return;
    if (!thunk) return this.instance.release(object);
    const function_ = this.function(["release", [["object", address]], null, true], ...thunk);
    // Ends with the app: then nothing is left to be released.
    function_(object).catch(() => {});
  }

  /**
   * Runs something when all that was given before it has ended.
   * @param {() => Promise<any>} body
   */
  inTurn(body) {
    const turn = this.#turn.then(body);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /**
   * Memory for a buffer. The object that stands for it is the buffer's own, so that the collector tells when nobody has it.
   * @param {number} size
   */
  allocateBuffer(size) {
    const { instance } = this;
    const address = instance.allocate(size);
    if (!this.isShared) return { address, buffer: new ArrayBuffer(size), offset: 0 };
    instance.bytes(address, size).fill(0);
    return { address, buffer: structuredClone(instance.memory.buffer), offset: address };
  }

  /** @param {{ address: number }} allocation */
  freeBuffer({ address }) {
    this.instance.free(address);
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

  /** @param {import("./instance.js").WorkerStart} start */
  startWorker(start) {
    this.workers.start(start);
  }

  /** @param {any} message of a worker's */
  hear(message) {
    // Another call may lie there by now.
    if (message.callDone && Atomics.load(/** @type {Int32Array} */ (this.instance.view(Int32Array, message.callDone, 1)), 0)) this.#calls.get(message.callDone)?.resolve();
    else if (message.ask) this.ask(message.ask);
    else if (message.fault) this.fail(message.fault);
    this.#workersChanged?.();
  }

  /**
   * Makes the calls that threads wait for.
   * @param {number} function_
   */
  ask(function_) {
    this.isAsked = true;
    if (!this.end) this.run(this.instance.exports.__indirect_function_table.get(function_));
    this.isAsked = false;
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
 * How the address of an object is passed to the thunk that releases it.
 * @type {import("./values.js").Codec}
 */
const address = { put: (out, value) => out.size(value), get: () => undefined };

/**
 * What the program exports.
 * @param {any} app @param {Package} package_
 */
export const exportsOf = (app, { functions, objects }) => ({
  ...Object.fromEntries(functions.map(([wasmExport, signature]) => [signature[0], app.function(signature, wasmExport, 0)])),
  ...objects?.(app),
});

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

export { WeftError };
