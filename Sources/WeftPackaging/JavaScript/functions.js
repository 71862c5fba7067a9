// Functions and other values of JavaScript's that Swift holds, and the calls that Swift makes.
import { text, textOf } from "./text.js";
import { Reader, Writer } from "./values.js";

/** @typedef {import("./values.js").Codec} Codec */
/** @typedef {{ call: (...values: any[]) => any, name: string, parameters: Codec[], result: Codec | null }} Callable */
/** @typedef {{ source: string, page: boolean, path: string, get?: boolean, set?: boolean, parameters: Codec[], result: Codec | null }} Import */

/**
 * Errors that end more than a call, and so pass through the Swift that has made it.
 * @type {WeakSet<object>}
 */
export const passing = new WeakSet();

/** The values that Swift holds, by number. */
class Values {
  /** @type {Map<number, { value: any, callable?: Callable }>} */ #kept = new Map();
  #next = 1;

  /** @param {any} value @param {Callable} [callable] */
  keep(value, callable) {
    while (this.#kept.has(this.#next)) this.#next = (this.#next % 0x7fffffff) + 1;
    this.#kept.set(this.#next, { value, callable });
    return this.#next;
  }

  /** @param {number} number */
  get(number) {
    return /** @type {{ value: any, callable?: Callable }} */ (this.#kept.get(number));
  }

  /** @param {number} number */
  drop(number) {
    this.#kept.delete(number);
  }
}

const valuesOf = (/** @type {any} */ app) => (app.values ??= new Values());

/**
 * A number that stays kept if the call is made, because then Swift has it.
 * @param {Writer} out @param {any} value @param {Callable} [callable]
 */
function keep(out, value, callable) {
  if (out.app.isThread) throw new TypeError(`${out.place}: values of JavaScript's stay on their thread: import with \`on: .page\``);
  const values = valuesOf(out.app);
  const number = values.keep(value, callable);
  out.failed.push(() => values.drop(number));
  out.count(number);
}

/**
 * A function that Swift may call.
 * @param {Codec[]} parameters @param {Codec | null} result @returns {Codec}
 */
export const callback = (parameters, result) => ({
  put(out, value) {
    if (typeof value !== "function") out.wrong("a function", value);
    keep(out, value, { call: value, name: out.place, parameters, result });
  },
  get: () => undefined,
});

/**
 * Any value.
 * @type {Codec}
 */
export const value = {
  put: (out, value) => keep(out, value),
  get(input) {
    const { app } = input;
    const [number, object] = [input.count(), input.size()];
    if (app.isThread) throw new TypeError("values of JavaScript's stay on their thread: import with `on: .page`");
    const { value } = valuesOf(app).get(number);
    app.instance.release(object);
    // The last reference goes with a call of Swift's, for which the memory may have grown.
    input.data = app.instance.data ?? input.data;
    return value;
  },
};

/**
 * What Swift knows of an error.
 * @param {Writer} out @param {any} error
 */
function putError(out, error) {
  const isError = textOf(() => error instanceof Error) === "true";
  text.put(out, textOf(() => (isError ? error.name : "")));
  text.put(out, textOf(() => (isError ? error.message : error)));
}

/**
 * An error of JavaScript's as a value.
 * @type {Codec}
 */
export const thrown = {
  put(out, value) {
    if (typeof value !== "object" || value === null) out.wrong("an object (JSError)", value);
    for (const key of ["name", "message"]) out.inside(key, text, value[key]);
  },
  get: (input) => ({ name: text.get(input, []), message: text.get(input, []) }),
};

/** An error of JavaScript's that Swift passes on. */
export const thrownError = {
  /** @param {Reader} input */
  get: (input) => {
    const name = text.get(input, []);
    return Object.assign(new Error(text.get(input, [])), { name });
  },
};

/** @param {any} app @param {Callable[]} callables @param {number} kind @param {number} number @returns {Callable} */
const callableOf = (app, callables, kind, number) => /** @type {Callable} */ (kind ? valuesOf(app).get(number).callable : callables[number]);

/**
 * What makes the calls that Swift asks for by the address of a record; see JSCallRecord.swift.
 * @param {any} app @param {Import[]} imports @param {any} module
 * @param {(number: number, input: Reader) => number} [workers] does what isolated workers need
 * @returns {(address: number) => void}
 */
export function caller(app, imports, module, workers) {
  const callables = imports.map((each) => importable(each, module));

  /**
   * Writes what Swift waits for.
   * @param {number} address @param {number} state @param {(out: Writer) => void} put @returns {void}
   */
  const reply = (address, state, put) => {
    const { instance } = app;
    if (app.end) {
      // Swift must not go on with what it waits for on this thread, be it another one's answer.
      if (instance.data.getInt32(address + 44, true) || !app.isAsked) throw app.end;
      return;
    }
    const out = new Writer(app);
    let result = 0;
    try {
      put(out);
      result = instance.allocate(Math.max(1, out.length));
      out.copyTo(instance, result);
    } catch (error) {
      out.giveUp();
      if (result) instance.free(result);
      // There is not even room for the error.
      if (state === 2) {
        app.stop?.(error);
        throw error;
      }
      return reply(address, 2, (out) => putError(out, error));
    }
    // Objects go with a reference, which is Swift's.
    for (const { address } of /** @type {any[]} */ (out.held)) instance.exports.weft_retain(address);
    out.letGo();
    instance.data.setFloat64(address + 24, result, true);
    const word = instance.view(Int32Array, address, 1);
    Atomics.store(word, 0, state);
    Atomics.notify(word, 0);
  };

  return (address) => {
    const { instance } = app;
    // The memory may have been grown for them by another thread.
    instance.bytes(address, 48);
    const { data } = instance;
    const [kind, number, waits, isOwn] = [4, 8, 12, 44].map((at) => data.getInt32(address + at, true));
    const [argumentsAt, length] = [16, 32].map((at) => data.getFloat64(address + at, true));
    instance.bytes(argumentsAt, length);
    const fail = (/** @type {any} */ error) => reply(address, 2, (out) => putError(out, error));
    if (kind === 3) {
      try {
        const answer = /** @type {Function} */ (workers)(number, new Reader(app, instance.data, argumentsAt));
        return reply(address, 1, (out) => out.size(answer));
      } catch (/** @type {any} */ error) {
        if (passing.has(error)) throw error;
        return fail(error);
      }
    }
    // On a single thread that is not the page's, what belongs to the page goes there, and nothing comes back.
    if (app.forward && (kind || imports[number].page)) {
      if (waits === awaitsResult) return fail(new Error("what this function returns cannot be waited for where memory is not shared"));
      const bytes = kind === 2 ? new Uint8Array(0) : instance.bytes(argumentsAt, length).slice();
      app.forward({ kind, number, bytes, blocks: kind === 2 ? [] : app.takeBlocks(argumentsAt, data.getUint32(address + 40, true)) });
      return reply(address, 1, () => {});
    }
    if (kind === 2) return valuesOf(app).drop(number);
    const { name, call, parameters, result } = callableOf(app, callables, kind, number);
    const finish = (/** @type {any} */ value) => reply(address, 1, (out) => { out.path = [`result of ${name}`]; result?.put(out, value); });
    try {
      const input = new Reader(app, instance.data, argumentsAt);
      app.mirrors?.toJavaScript();
      let returned;
      try {
        returned = call(...parameters.map((codec) => codec.get(input, [])));
      } finally {
        app.mirrors?.toSwift();
      }
      if (result === value || typeof returned?.then !== "function") return finish(returned);
      // The thread that would keep the promise waits for the call.
      if (isOwn || !app.isAsked) {
        // Nobody hears any more how it ends; where nobody does, Node ends the program.
        Promise.resolve(returned).catch(() => {});
        return fail(new Error(`${name} returned a promise, and the thread that has to keep it waits for the call`));
      }
      // A promise of the engine's settles once. What is thrown then has ended the app, whose calls say so.
      Promise.resolve(returned).then(finish, fail).catch(() => {});
    } catch (error) {
      fail(error);
    }
  };
}

/** A call that needs a result. */
const awaitsResult = 1;

/**
 * What makes calls whose arguments have come as a message.
 * @param {any} app @param {Import[]} imports @param {any} module
 * @returns {(kind: number, number: number, input: Reader) => void}
 */
export function performer(app, imports, module) {
  const callables = imports.map((each) => importable(each, module));
  return (kind, number, input) => {
    if (kind === 2) return valuesOf(app).drop(number);
    const { call, parameters } = callableOf(app, callables, kind, number);
    call(...parameters.map((codec) => codec.get(input, [])));
  };
}

/** @param {Import} import_ @param {any} module @returns {Callable} */
function importable({ source, path, get, set, parameters, result }, module) {
  const steps = path.split(".");
  const last = /** @type {string} */ (steps.pop());
  const find = () => {
    let object = source === "module" ? module : globalThis;
    for (const step of steps) object = object?.[step];
    if (object === undefined || object === null || !(last in Object(object)))
      throw new TypeError(`${path}, which the program imports, is not in ${source === "module" ? "imports.js" : "the global scope"} of this thread`);
    return object;
  };
  const call = get ? () => find()[last] : set ? (/** @type {any} */ value) => { find()[last] = value; } : (/** @type {any[]} */ ...values) => find()[last](...values);
  return { call, name: path, parameters, result };
}
