// What crosses a port between an app and its clients: plain data as copies, and references to what stays where it is.
import { accessor, kind, lengthOf, typedArray } from "./arrays.js";
import { WeftError } from "./errors.js";
import { textOf } from "./text.js";

/**
 * What stands in a message for something else: an object of Swift's, a buffer of the app's (with its elements where no memory is
 * shared), or something that the client keeps: a function, what has been copied, or what cannot be copied (`token`).
 * @typedef {{ object: number, type: string } | { buffer: number, elements?: any } | { kept: number, as: "function" | "copy" | "token" }} Reference
 * @typedef {(string | number)[]} Path
 * @typedef {{ values: any[], references?: [path: Path, reference: Reference][] }} Packed
 * @typedef {{ weft?: WeftError["code"], thrown?: Packed, name?: string, message: string, stack?: string }} PackedError
 */

const byteLengthOf = accessor("byteLength");
const bufferOf = accessor("buffer");

/** From so many bytes on an array is given away and not cloned, which costs a second copy. */
const largeArray = 16384;

/**
 * Whether an array is all that its buffer holds.
 * @param {any} array a typed array, whatever it pretends to be
 */
const isWhole = (array) => bufferOf.call(array) instanceof ArrayBuffer && byteLengthOf.call(array) === bufferOf.call(array).byteLength;

/** @param {any} array a typed array */
const isSmall = (array) => byteLengthOf.call(array) < largeArray && isWhole(array);

/** @param {any} value */
function isPrimitive(value) {
  const type = typeof value;
  return value === null || (type !== "object" && type !== "function" && type !== "symbol");
}

/**
 * Whether a value crosses as it is: most do, and then there is nothing to write.
 * @param {any} value
 */
export const isSimple = (value) => isPrimitive(value) || (!!kind.call(value) && isSmall(value));

/** Writes the values of one message. */
export class Packer {
  /** @type {[Path, Reference][]} */ references = [];
  /** @type {ArrayBuffer[]} */ transfer = [];
  /** @type {Path} */ path = [];
  /** @type {Map<any, any>} what has been copied, with its copy */ #copies = new Map();

  /**
   * `refer`: what stands for a value, if it does not cross itself. `note`: told of each object that is copied.
   * `isGiven`: nobody else has the arrays.
   * @param {{ refer: (value: any) => Reference | undefined, keep: (value: any) => Reference, note?: (value: any) => Reference, isGiven?: boolean }} options
   */
  constructor(options) {
    this.options = options;
  }

  /**
   * @param {any[]} values @param {any} message that they are put into
   * @returns {Packed} the message
   */
  pack(values, message) {
    message.values = values.map((value, index) => this.#inside(index, value));
    if (this.references.length) message.references = this.references;
    return message;
  }

  /** @param {string | number} step @param {any} value @returns {any} */
  #inside(step, value) {
    if (isPrimitive(value)) return value;
    this.path.push(step);
    const copy = this.#value(value);
    this.path.pop();
    return copy;
  }

  /** @param {any} value @returns {any} */
  #value(value) {
    const { refer, keep, note } = this.options;
    if (this.#copies.has(value)) return this.#copies.get(value);
    const reference = refer(value);
    if (reference) return this.#place(reference);
    const array = kind.call(value);
    /** @type {number} asked once: a proxy may answer anything */
    const length = Array.isArray(value) ? value.length : -1;
    const isList = Number.isInteger(length) && length >= 0 && length < 2 ** 32;
    if (!array && !isList && (Array.isArray(value) || !isPlain(value))) return this.#place(keep(value));
    const copy = array ? this.#array(value, array) : isList ? [] : {};
    this.#copies.set(value, copy);
    if (note) this.#place(note(value));
    if (isList) for (let index = 0; index < length; index++) copy.push(this.#inside(index, value[index]));
    else if (!array) for (const key of keysOf(value)) Object.defineProperty(copy, key, { value: this.#inside(key, value[key]), enumerable: true, configurable: true, writable: true });
    return copy;
  }

  /** @param {Reference} reference */
  #place(reference) {
    this.references.push([[...this.path], reference]);
  }

  /** @param {any} value @param {string} name of its class */
  #array(value, name) {
    if (isSmall(value)) return value;
    const array = this.options.isGiven && isWhole(value) ? value : new (/** @type {any} */ (globalThis)[name])(lengthOf.call(value) && value);
    this.transfer.push(array.buffer);
    return array;
  }
}

/**
 * Whether an object is but its properties. An array behind a proxy pretends to be one.
 * @param {any} value
 */
const isPlain = (value) => Object.prototype.toString.call(value) === "[object Object]" && !(value instanceof typedArray);

/**
 * The names of an object's properties: its own, and those that its class computes.
 * @param {any} value
 */
function keysOf(value) {
  const keys = new Set(Object.keys(value));
  for (let each = Object.getPrototypeOf(value); each && Object.getPrototypeOf(each); each = Object.getPrototypeOf(each))
    for (const [key, { get }] of Object.entries(Object.getOwnPropertyDescriptors(each))) if (get) keys.add(key);
  return keys;
}

/** @param {string} what @returns {never} */
export function malformed(what) {
  throw new TypeError(`this port has brought a message that no client of this package sends: ${what}`);
}

/**
 * Reads the values of a message, which may hold anything.
 * @param {any} packed @param {(reference: any, path: Path, copy: any) => any} resolve what a reference stands for
 * @returns {any[]}
 */
export function unpack({ values, references = [] }, resolve) {
  if (!Array.isArray(values) || !Array.isArray(references)) malformed("there are no values in it");
  for (const [path, reference] of references) {
    let container = values;
    const step = (/** @type {string | number} */ name) => {
      if (typeof container !== "object" || !container || !Object.hasOwn(container, name)) malformed("a reference stands nowhere");
      return container[/** @type {any} */ (name)];
    };
    const last = path.at(-1);
    for (const name of path.slice(0, -1)) container = step(name);
    container[last] = resolve(reference, path, step(last));
  }
  return values;
}

/**
 * Where a value stands in the arguments, as the errors of calls say it.
 * @param {string[]} names of the parameters @param {Path} path
 */
export const placeOf = (names, [first, ...rest]) => `${names[/** @type {number} */ (first)] ?? first}${rest.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("")}`;

/**
 * @param {any} error @param {string[]} thrown the names of the errors that Swift throws @param {(value: any) => Packed} pack
 * @returns {PackedError}
 */
export function packError(error, thrown, pack) {
  const isError = textOf(() => error instanceof Error) === "true";
  const message = textOf(() => (isError ? error.message : error));
  if (!isError) return { message };
  const [name, stack] = [textOf(() => error.name), textOf(() => error.stack)];
  if (error instanceof WeftError) return { weft: error.code, message, stack };
  return thrown.includes(name) && Object.hasOwn(error, "value") ? { thrown: pack(error.value), name, message, stack } : { name, message, stack };
}

const standardErrors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/**
 * What has been thrown, but for Swift's own errors.
 * @param {PackedError} error @returns {any}
 */
export function unpackError({ weft, name, message, stack }) {
  if (weft) return Object.assign(new WeftError(weft, message), { stack });
  if (name === undefined) return message;
  const type = /** @type {any} */ (standardErrors)[name];
  if (type) return Object.assign(new type(message), { stack });
  return Object.assign(new Error(message), { name, stack });
}

/** @param {string} function_ @param {any} port */
export function checkPort(function_, port) {
  if (typeof port?.postMessage !== "function" || typeof port.addEventListener !== "function" || typeof port.close !== "function")
    throw new TypeError(`${function_}: expected a MessagePort, one end of a new MessageChannel(), got ${port === null ? "null" : typeof port}`);
}
