// What `init()` does: starts the module and its threads, and makes a JavaScript function of each export.
import { WeftError } from "./errors.js";
import { compile, Instance, isNode, loadNode, node } from "./instance.js";
import { alloc } from "./buffers.js";
import { pageFunction, Reader } from "./values.js";
import { startWorker, Workers } from "./workers.js";

/**
 * @typedef {import("./values.js").Signature} Signature
 * What the program has: `functions`, those of the top level, with their exports' names; `objects` makes the classes and namespaces; `calls`
 * loads what the program calls in JavaScript.
 * @typedef {{ functions: [wasmExport: string, signature: Signature][], objects?: (app: any) => any, calls?: () => Promise<any>, memory: MemoryType }} Program
 * Sizes in pages of 64 KiB. `address`: "i64" for a memory that may have more than 4 GiB.
 * @typedef {{ initial: number, maximum: number, address?: string }} MemoryType
 * What index.js tells. `worker` starts a worker in the words that bundlers know.
 * @typedef {Program & { threaded: URL, single: URL, worker: () => unknown }} Contents
 * `log`: gets what Swift prints, if not the console.
 * @typedef {Program & { single: URL, worker: import("./workers.js").WorkerPlace, log?: import("./instance.js").Log }} Package
 * @typedef {{ name: string, message: string, stack: string }} Fault
 */

const isPage = typeof document === "object" && !isNode;

/** @param {Contents} contents @param {import("./options.js").Options} [options] */
export async function start(contents, options) {
  await loadNode();
  if (!/** @type {any} */ (Atomics).waitAsync) await import("./polling.js");
  // Loaded only where they are needed, like all that is not imported above.
  const chosen = options && (await (await import("./options.js")).read(options, contents.memory));
  const { threads, bytes = 1 << 30, stackSize = 1 << 20, module, worker, log, onPage } = /** @type {import("./options.js").Choice} */ (chosen ?? {});
  const { supported } = supportsThreads();
  const package_ = { ...contents, worker: await reach(worker ?? locate(contents.worker)), log };
  if (isPage && !supported && !onPage) return (await import("./remote.js")).RemoteApp.start(package_, module, bytes, startWorker);
  const kind = isPage ? (onPage ? (await import("./page.js")).PageApp : App) : (await import("./blocking.js")).BlockingApp;
  const compiled = module ?? (await compile(supported ? contents.threaded : contents.single));
  const app = new kind(package_, compiled, makeMemory(contents.memory, bytes, supported), supported);
  await app.start(supported ? (threads ?? globalThis.navigator?.hardwareConcurrency ?? node?.availableParallelism() ?? 1) : 1, stackSize);
  return app.facade;
}

/** A running module, its threads and its calls. */
export class App {
  /** @type {WeftError | undefined} why no call can be made any more */ end;
  /** @type {Map<number, (error: Error) => void>} what rejects the page's calls, by their addresses */ #calls = new Map();
  /** @type {(() => void) | undefined} called when a worker got ready or ended */ #workersChanged;
  /** @type {((call: number) => void) | undefined} makes the calls of the program's */ javascript;
  /** Whether calls are made from the event loop: then nothing of Swift is under way on this thread, and promises can be kept. */ isAsked = false;
  #isTerminating = false;
  /** @type {Promise<unknown> | undefined} when all workers have ended */ #ended;
  /** How Swift waits here, in `weft_start`'s words. Where it does, this thread is one of the pool's. */ waits = 0;
  /** @type {any} the object that the user gets */ facade = {};

  /** @param {Package} package_ @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory @param {boolean} isShared */
  constructor(package_, module, memory, isShared) {
    this.package = package_;
    this.isShared = isShared;
    this.instance = new Instance(module, memory, { name: isPage ? "page" : "main", startWorker: (start) => this.startWorker(start), call: (call) => this.javascript?.(call), log: package_.log, suspend: /** @type {any} */ (this).suspend });
    this.program = { module, memory, fault: this.instance.exports.weft_fault(), calls: package_.calls && true, logs: !!package_.log };
    this.workers = new Workers(this.program, package_.worker, (message) => this.hear(message));
  }

  /** @param {number} threads @param {number} stackSize */
  async start(threads, stackSize) {
    const { exports } = this.instance;
    this.javascript = (await this.package.calls?.())?.connect(this);
    this.run(() => exports.weft_start(threads, this.waits, stackSize));
    if (!isNode) /** @type {any} */ (this).begin?.();
    await this.#until(() => !this.workers.starting);
    this.checkEnd();
    if (isNode) /** @type {any} */ (this).begin?.();
    const app = this;
    this.facade = {
      ...exportsOf(this, this.package),
      get state() { return app.end?.code ?? (app.#isTerminating ? "terminating" : "running"); },
      threads: {
        get count() { return exports.weft_thread_count(); },
        // Loaded only where it is needed.
        resize: async (/** @type {number} */ count) => (await import("./threads.js")).resize(this, count),
        list: async () => (await import("./threads.js")).list(this),
        send: async (/** @type {any} */ value) => (await import("./threads.js")).send(this, value),
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
      this.stop(error);
    }
  }

  /**
   * Ends the app.
   * @param {any} error @returns {never}
   */
  stop(error) {
    // Whatever stopped Swift half way: a trap, a stack overflow, no memory. Nothing of the app can be relied on any more.
    throw this.fail(/** @type {any} */ (this).knownFault?.() ?? this.instance.fault(error));
  }

  /** Throws the reason why no call can be made any more, if there is one. */
  checkEnd() {
    if (this.end) throw this.end;
  }

  /**
   * Waits until something is so, or the app has ended, or `milliseconds` are over; looks whenever a worker got ready or ended.
   * @param {() => boolean} isSo @param {number} [milliseconds] @returns {Promise<void>}
   */
  #until(isSo, milliseconds) {
    return new Promise((resolve) => {
      const limit = milliseconds && setTimeout(resolve, milliseconds);
      this.#workersChanged = () => {
        if (this.end || isSo()) {
          clearTimeout(limit);
          resolve();
        }
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
    const call = instance.exports.weft_submit(function_, frame);
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
    /** @type {any} */
    let address = frame;
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
    const [, , result] = signature;
    if (!result) return;
    const input = new Reader(this, instance.data, frame);
    if (result.isScalar) return result.get(input, values);
    const [memory, length] = [input.size(), input.size()];
    try {
      instance.bytes(memory, length);
      return result.get(new Reader(this, instance.data, memory), values);
    } finally {
      instance.free(memory);
    }
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
    const { buffer } = instance.memory;
    // Where clones do not share (WebKit), it is the memory's own, which is collected only after the memory has grown.
    return { address, buffer: structuredClone(new SharedArrayBuffer(0)) instanceof ArrayBuffer ? buffer : structuredClone(buffer), offset: address };
  }

  /** @param {{ address: number }} allocation */
  freeBuffer({ address }) {
    this.instance.free(address);
  }

  /** @param {number} call @returns {Promise<void>} */
  #done(call) {
    return new Promise((resolve, reject) => {
      const word = /** @type {Int32Array} */ (this.instance.view(Int32Array, call, 1));
      // A call that lay there before may have been done before anybody waited: then its wake-up comes now, and for nothing.
      const look = async () => {
        while (!Atomics.load(word, 0)) {
          await /** @type {any} */ (Atomics).waitAsync(word, 0, 0).value;
          if (!this.#calls.has(call)) return;
        }
        this.#calls.delete(call);
        resolve();
      };
      this.#calls.set(call, reject);
      look();
    });
  }

  /** @param {import("./instance.js").WorkerStart} start */
  startWorker(start) {
    this.workers.start(start);
  }

  /** @param {any} message of a worker's */
  hear(message) {
    if (message.ask) this.ask(message.ask);
    else if (message.fault) this.fail(message.fault);
    else if (message.log) this.package.log?.(.../** @type {[string, string]} */ (message.log));
    else /** @type {any} */ (this).heard?.(message);
    this.#workersChanged?.();
  }

  /**
   * Makes the calls that threads wait for.
   * @param {number} function_
   */
  ask(function_) {
    this.isAsked = true;
    if (!this.end) this.run(this.instance.thunk(function_));
    this.isAsked = false;
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
    const reject = () => this.#calls.forEach((reject) => reject(error));
    Promise.resolve(explained).then(reject, reject);
    // Whatever happens to the names, nobody waits long for them.
    if (isPage) setTimeout(reject, 1000);
    this.#ended = Promise.all([this.workers.terminate(), /** @type {any} */ (this).endStarter?.()]);
    this.#workersChanged?.();
    return error;
  }

  /** Ends the threads and frees what the app had. Resolves when it has; calls that are still running are rejected. */
  async #terminate() {
    if (!this.end) {
      this.#isTerminating = true;
      this.instance.exports.weft_stop();
      // An idle thread leaves at once. One that computes is terminated; a browser may take its time over that.
      if (!this.#calls.size) await this.#until(() => !this.workers.handles.size, 1000);
      this.endWith(new WeftError("terminated", "The app was terminated"));
    }
    await this.#ended;
  }
}

/**
 * What the program exports.
 * @param {any} app @param {Package} package_
 */
export const exportsOf = (app, { functions, objects }) => ({
  ...Object.fromEntries(functions.map(([wasmExport, signature]) => [signature[0], app.function(signature, wasmExport, 0)])),
  ...objects?.(app),
});

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

/** @param {MemoryType} pages @param {number} bytes @param {boolean} shared */
export function makeMemory({ initial, maximum, address }, bytes, shared) {
  // A browser may have no room for so large a reservation; less of it is better than no program.
  for (let limit = Math.min(maximum, Math.floor(bytes / 65536)); ; limit = Math.max(initial, limit >> 1)) {
    try {
      // Text is a number to a memory with addresses of 32 bits, and a bigint to one with addresses of 64.
      return new WebAssembly.Memory(/** @type {any} */ ({ address, initial: `${initial}`, maximum: `${limit}`, shared }));
    } catch (error) {
      if (limit === initial) throw new WeftError("memory", `The browser gives no memory of ${initial * 65536} bytes: ${error}`);
    }
  }
}

export { WeftError };
