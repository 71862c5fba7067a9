// One instance of the module over the memory: a thread's view of the program.
import { WeftError } from "./errors.js";

/**
 * @typedef {import("./values.js").TypedArrayClass} TypedArrayClass
 * @typedef {{ worker: number, stackTop: number, locals: number, name: string, isEnd?: boolean }} WorkerStart
 * `suspend`: waits for a word in memory where the thread must not block. `call`, `askMain`: for programs that call JavaScript. `log`: gets what the thread prints, if not the console.
 * `memoryOf`: what is to be given more memory, if not `init()`.
 * @typedef {{ name: string, memoryOf?: string, startWorker: (start: WorkerStart) => void, suspend?: any, call?: (call: number) => void, askMain?: (function_: number) => void, log?: Log }} Host
 * @typedef {(line: string, threadName: string) => void} Log
 */

/** @type {any} */
const global = globalThis;
/** Node, but not Deno or Bun, whose workers are those of the web. */
export const isNode = typeof global.process === "object" && !!global.process.versions?.node && !global.Deno && !global.Bun;
/** @type {typeof import("./node.js") | undefined} what only Node has */
export let node;

export async function loadNode() {
  if (isNode) await (node = await import("./node.js")).load();
}

const decoder = new TextDecoder();
/** @type {any} no pages: 0 to a memory with addresses of 32 bits, 0n to one with addresses of 64 */
const none = false;

export class Instance {
  /** @type {any} */ exports;
  /** The last line that the thread printed. */
  lastLine = "";
  isOver = false;
  /** The thread that runs here, by its record, if it is not the first. */
  thread = 0;
  #data;

  /** @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory @param {Host} host */
  constructor(module, memory, host) {
    this.advice = `Pass a larger memory to ${host.memoryOf ?? "init()"}.`;
    this.module = module;
    this.memory = memory;
    this.host = host;
    this.#data = new DataView(memory.buffer);
    this.exports = new WebAssembly.Instance(module, {
      env: { memory },
      // The engine's own functions, not functions around them: V8 calls these twice as fast.
      math: /** @type {any} */ (Math),
      weft: {
        fmod: (/** @type {number} */ x, /** @type {number} */ y) => x % y,
        now: () => performance.timeOrigin + performance.now(),
        fillRandom: (/** @type {number} */ address, /** @type {number} */ count) => {
          // 65 536 bytes at a time is what the function gives, and it refuses shared memory.
          for (let at = 0; at < count; at += 65536) {
            const part = new Uint8Array(Math.min(65536, count - at));
            this.bytes(address + at, part.length).set(crypto.getRandomValues(part));
          }
        },
        printLine: (/** @type {number} */ address, /** @type {number} */ count) => this.#print(this.text(address, count)),
        startWorker: (/** @type {number[]} */ ...[worker, stackTop, locals, name, count]) =>
          host.startWorker({ worker, stackTop, locals, name: this.text(name, count) }),
        memoryExhausted: (/** @type {number[]} */ ...[size, total, free]) => {
          const text = `Out of memory: ${size} bytes do not fit; of ${total} bytes ${free} are free, and the memory cannot grow. ${this.advice}`;
          this.#print(text);
          throw new WeftError("memory", text);
        },
        suspend: host.suspend ?? (() => 2),
        call: (/** @type {number} */ call) => host.call?.(call),
        askMain: (/** @type {number} */ function_) => host.askMain?.(function_),
      },
      // What the program imports: each says which it is.
      "weft:js": new Proxy({}, { get: (_, name) => () => Number(name) }),
    }).exports;
  }

  /** @param {string} text */
  #print(text) {
    this.lastLine = text;
    if (this.host.log) this.host.log(text, this.name);
    else (node?.print ?? console.log)(`[${this.name}] ${text}`);
  }

  /**
   * What is known of an error that stopped the thread: the last line that it printed often says why.
   * @param {any} error @returns {import("./runtime.js").Fault}
   */
  fault(error) {
    const reason = String(error?.message ?? error);
    return { name: this.name, message: !this.lastLine || this.lastLine === reason ? reason : `${this.lastLine} (${reason})`, stack: error?.stack ?? "" };
  }

  /** The name of the thread that runs here. */
  get name() {
    return this.thread ? this.threadName(this.exports.weft_thread_name(this.thread)) : this.host.name;
  }

  /** @param {number} address of 24 bytes, of which the number behind them counts */
  threadName(address) {
    return this.text(address, this.data.getInt32(address + 24, true));
  }

  /** A view of the whole memory as it is now. */
  get data() {
    if (this.#data.buffer !== this.memory.buffer) this.#data = new DataView(this.memory.buffer);
    return this.#data;
  }

  /** @param {TypedArrayClass} type @param {number} address @param {number} count */
  view(type, address, count) {
    // One that was replaced has no bytes any more, or is still the memory's beginning. To ask for that of now takes as long as all else here.
    let { buffer } = this.#data;
    if (address + count * type.BYTES_PER_ELEMENT > (buffer.byteLength || -1)) {
      // Growth by another thread shows in `memory.buffer` only after a growth here, be it of nothing.
      this.memory.grow(none);
      ({ buffer } = this.data);
    }
    return new type(buffer, address, count);
  }

  /** @param {number} address @param {number} count @returns {Uint8Array} */
  bytes(address, count) {
    return /** @type {Uint8Array} */ (this.view(Uint8Array, address, count));
  }

  /** @param {number} address @param {number} count */
  text(address, count) {
    return decoder.decode(this.bytes(address, count).slice());
  }

  /**
   * A function from the table.
   * @param {number} index
   */
  thunk(index) {
    // As text: see `makeMemory`.
    return this.exports.__indirect_function_table.get(`${index}`);
  }

  /** @param {number} bytes @returns {number} the address */
  allocate(bytes) {
    const address = this.reserved(this.exports.weft_allocate(bytes), bytes);
    this.bytes(address, bytes);
    return address;
  }

  /**
   * Lets go of one of Swift's objects.
   * @param {number} object or 0
   */
  release(object) {
    if (!this.isOver) this.exports.weft_release(object);
  }

  /**
   * What was allocated, if it was.
   * @param {number} address @param {number} bytes
   */
  reserved(address, bytes) {
    if (!address) throw new WeftError("memory", `Out of memory: ${bytes} bytes do not fit. ${this.advice}`);
    return address;
  }

  /** @param {number} address nothing is done once the app is over: a thread may have stopped in the middle of the allocator */
  free(address) {
    if (!this.isOver) this.exports.weft_free(address);
  }
}

/**
 * Tells threads that wait of a fault, where nothing of them is sure to hear a message.
 * @param {WebAssembly.Memory} memory @param {number} address @param {import("./runtime.js").Fault} fault
 */
export function reportFault({ buffer }, address, { name, message, stack }) {
  const words = new Int32Array(buffer, address, 2);
  if (Atomics.compareExchange(words, 0, 0, 1)) return;
  const text = new TextEncoder().encode(`${message} (thread ${name})\0${stack}`).subarray(0, 4096);
  new Uint8Array(buffer, address + 8).set(text);
  words[1] = text.length;
  Atomics.store(words, 0, 2);
}

/**
 * @param {URL} url @param {Response} [response] what came from there
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(url, response) {
  try {
    if (node && !response && url.protocol === "file:") return await WebAssembly.compile(node.read(url));
    response ??= await fetch(url);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // The type under which engines compile while the module still comes in. Bun ends a program that waits for that.
    return await (response.headers.get("content-type") === "application/wasm" && !global.Bun
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    throw new WeftError("start", `Could not load ${url}: ${/** @type {any} */ (error).message}`);
  }
}
