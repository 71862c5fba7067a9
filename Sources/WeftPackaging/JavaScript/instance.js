// One instance of the module over the memory: a thread's view of the program.
import { WeftError } from "./errors.js";

/**
 * @typedef {import("./values.js").TypedArrayClass} TypedArrayClass
 * @typedef {{ worker: number, stackTop: number, locals: number, name: string }} WorkerStart
 * `call`, `askMain`: for programs that call JavaScript.
 * @typedef {{ name: string, startWorker: (start: WorkerStart) => void, callDone: (call: number) => void, call?: (call: number) => void, askMain?: (function_: number) => void }} Host
 */

/** @type {any} */
const global = globalThis;
/** Node, but not Deno or Bun, whose workers are those of the web. */
export const isNode = typeof global.process === "object" && !!global.process.versions?.node && !global.Deno && !global.Bun;
/** @type {typeof import("./node.js") | undefined} what only Node has */
export let node;

export async function loadNode() {
  if (isNode) node = await import("./node.js");
}

const decoder = new TextDecoder();
/** The object of an array begins with four words; behind them come the elements. */
const arrayHeader = 16;

const outOfMemory = (/** @type {number} */ bytes) => new WeftError("memory", `Out of memory: ${bytes} bytes do not fit. Pass a larger maximumMemory to init().`);

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
          for (let at = 0; at < count; at += 65536)
            this.bytes((address >>> 0) + at, Math.min(65536, count - at)).set(crypto.getRandomValues(new Uint8Array(Math.min(65536, count - at))));
        },
        printLine: (/** @type {number} */ address, /** @type {number} */ count) => {
          this.lastLine = this.text(address, count);
          print(`[${this.name}] ${this.lastLine}`);
        },
        startWorker: (/** @type {number[]} */ ...[worker, stackTop, locals, name, count]) =>
          host.startWorker({ worker: worker >>> 0, stackTop, locals, name: this.text(name, count) }),
        memoryExhausted: (/** @type {number[]} */ ...sizes) => {
          const [size, total, free] = sizes.map((value) => value >>> 0);
          const text = `Out of memory: ${size} bytes do not fit; of ${total} bytes ${free} are free, and the memory cannot grow. Pass a larger maximumMemory to init().`;
          print(`[${this.name}] ${(this.lastLine = text)}`);
          throw new WeftError("memory", text);
        },
        callDone: (/** @type {number} */ call) => host.callDone(call >>> 0),
        call: (/** @type {number} */ call) => host.call?.(call),
        askMain: (/** @type {number} */ function_) => host.askMain?.(function_),
      },
      // What the program imports: each says which it is.
      "weft:js": new Proxy({}, { get: (_, name) => () => Number(name) }),
    }).exports;
  }

  /**
   * What is known of an error that stopped the thread: the last line that it printed often says why.
   * @param {any} error
   */
  explain(error) {
    const reason = String(error?.message ?? error);
    return !this.lastLine || this.lastLine === reason ? reason : `${this.lastLine} (${reason})`;
  }

  /** The name of the thread that runs here. */
  get name() {
    return this.thread ? this.threadName(this.exports.weft_thread_name(this.thread) >>> 0) : this.host.name;
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
    // Growth by another thread shows in `buffer` only after a growth here, be it of nothing.
    if (address + count * type.BYTES_PER_ELEMENT > this.memory.buffer.byteLength) this.memory.grow(0);
    return new type(this.memory.buffer, address, count);
  }

  /** @param {number} address @param {number} count @returns {Uint8Array} */
  bytes(address, count) {
    return /** @type {Uint8Array} */ (this.view(Uint8Array, address, count));
  }

  /** @param {number} address @param {number} count */
  text(address, count) {
    return decoder.decode(this.bytes(address >>> 0, count).slice());
  }

  /** @param {number} bytes @returns {number} the address */
  allocate(bytes) {
    // wasm's integers go in modulo 2^32, and come out signed.
    const address = bytes < 2 ** 32 ? this.exports.weft_allocate(bytes) >>> 0 : 0;
    if (!address) throw outOfMemory(bytes);
    this.bytes(address, bytes);
    return address;
  }

  /**
   * Makes an array of Swift's with these elements.
   * @param {import("./values.js").TypedArray} elements @param {TypedArrayClass} type @param {number} length theirs, whatever they say @returns {number} the object that holds it, with one reference
   */
  makeArray(elements, type, length) {
    const { BYTES_PER_ELEMENT } = type;
    const object = this.exports.weft_make_array(length, BYTES_PER_ELEMENT);
    if (!object) throw outOfMemory(length * BYTES_PER_ELEMENT);
    this.view(type, object + arrayHeader, length).set(/** @type {any} */ (elements));
    return object;
  }

  /**
   * Copies the elements of an array that Swift has left.
   * @param {import("./values.js").Reader} input @param {number} at @param {TypedArrayClass} type
   */
  takeArray({ data }, at, type) {
    const object = data.getFloat64(at, true);
    if (!object) return new type(0);
    const array = this.view(type, object + arrayHeader, data.getFloat64(at + 8, true) / type.BYTES_PER_ELEMENT).slice();
    this.release(object);
    return array;
  }

  /**
   * Lets go of one of Swift's objects.
   * @param {number} object or 0
   */
  release(object) {
    if (!this.isOver) this.exports.weft_release(object);
  }

  /** @param {number} address nothing is done once the app is over: a thread may have stopped in the middle of the allocator */
  free(address) {
    if (!this.isOver) this.exports.weft_free(address);
  }
}

/**
 * Tells threads that wait of a fault, where nothing of them is sure to hear a message.
 * @param {WebAssembly.Memory} memory @param {number} address @param {{ name: string, message: string }} fault
 */
export function reportFault({ buffer }, address, { name, message }) {
  const words = new Int32Array(buffer, address, 2);
  if (Atomics.compareExchange(words, 0, 0, 1)) return;
  const text = new TextEncoder().encode(`${message} (thread ${name})`).subarray(0, 1024);
  new Uint8Array(buffer, address + 8).set(text);
  words[1] = text.length;
  Atomics.store(words, 0, 2);
}

const print = (/** @type {string} */ line) => (node ? node.print(line) : console.log(line));
