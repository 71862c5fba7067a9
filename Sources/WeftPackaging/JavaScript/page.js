// `init({ on: "page" })`: the exported functions run on the page itself, which is one of the pool's threads, and see its document. Where
// Swift waits, JavaScript goes on: the engine suspends it (JavaScript Promise Integration, JSPI).
import { pointer } from "./addresses.js";
import { WeftError } from "./errors.js";
import { Mirrors } from "./mirrors.js";
import { App } from "./runtime.js";
import { pageFunction } from "./values.js";

const engine = /** @type {any} */ (WebAssembly);

export class PageApp extends App {
  waits = 2;
  mirrors = new Mirrors(this.instance);
  /** @type {Promise<any>} when the last call has ended: all run on one stack of Swift's, so that they must not mix */ #last = Promise.resolve();

  /** @param {import("./runtime.js").Package} package_ @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory @param {boolean} isShared */
  constructor(package_, module, memory, isShared) {
    if (typeof engine.promising !== "function" || !("waitAsync" in Atomics))
      throw new WeftError("start", `init: on: "page" needs an engine that can suspend WebAssembly (JSPI), as Chromium and Firefox do; leave the option out, and functions run in workers`);
    super(package_, module, memory, isShared);
  }

  get suspend() {
    return new engine.Suspending((/** @type {number} */ address, /** @type {number} */ expected, /** @type {number} */ milliseconds) => this.#wait(address, expected, milliseconds));
  }

  /** @param {number} address @param {number} expected @param {number} milliseconds negative: for ever @returns {Promise<number>} */
  async #wait(address, expected, milliseconds) {
    const limit = milliseconds < 0 ? 0x7fffffff : milliseconds;
    // Nobody else could change it.
    if (!this.isShared) return new Promise((resolve) => setTimeout(() => resolve(2), limit));
    const word = /** @type {Int32Array} */ (this.instance.view(Int32Array, address, 1));
    // Firefox forgets the time that waitAsync is given. A thread that is woken for nothing looks again.
    const timer = setTimeout(() => Atomics.notify(word, 0), limit);
    await /** @type {any} */ (Atomics).waitAsync(word, 0, expected).value;
    clearTimeout(timer);
    return 0;
  }

  /**
   * @param {import("./runtime.js").Signature} signature @param {string} wasmExport @param {number} thunk @param {import("./values.js").Codec} [receiver]
   */
  function(signature, wasmExport, thunk, receiver) {
    const { instance } = this;
    const body = engine.promising(instance.thunk(instance.exports[wasmExport](thunk)));
    return pageFunction(this, signature, receiver, (out, values) => {
      // Its turn comes later.
      out.takeArrays();
      const call = this.#last.then(() => this.#call(body, signature, out, values));
      this.#last = call.then(() => {}, () => {});
      return new Promise((resolve, reject) => {
        this.#rejects.add(reject);
        call.then(resolve, reject).then(() => this.#rejects.delete(reject));
      });
    });
  }

  /** @param {(frame: any) => Promise<void>} body @param {import("./runtime.js").Signature} signature @param {import("./values.js").Writer} out @param {any[]} values */
  async #call(body, signature, out, values) {
    this.checkEnd();
    const { instance } = this;
    const frame = this.frameFor(out);
    const endMirrors = out.mirrors.length ? this.mirrors.begin(out.mirrors) : undefined;
    try {
      await body(pointer(frame)).catch((error) => this.stop(error));
      if (endMirrors) this.mirrors.toJavaScript();
      return this.read(frame, signature, values);
    } finally {
      endMirrors?.();
      out.letGo();
      instance.free(frame);
    }
  }

  /** @type {Set<(error: Error) => void>} what rejects the calls that have not ended: Swift that is suspended when the app ends is never resumed */ #rejects = new Set();

  /** @param {WeftError} error */
  endWith(error) {
    for (const reject of this.#rejects) reject(error);
    return super.endWith(error);
  }
}
