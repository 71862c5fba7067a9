// Memory that JavaScript and Swift both see: typed arrays, which `app.alloc` makes.

/** @typedef {import("./values.js").TypedArray} TypedArray */
/** @typedef {import("./values.js").TypedArrayClass} TypedArrayClass */

const typedArray = Object.getPrototypeOf(Int8Array);
const dispose = /** @type {any} */ (Symbol).dispose ?? "dispose";

/** The memory behind one buffer. */
class Allocation {
  uses = 1;
  /** @type {boolean | undefined} */ isDisposed;

  /** @param {any} app @param {number} address @param {TypedArrayClass} type @param {number} length */
  constructor(app, address, type, length) {
    this.app = app;
    this.address = address;
    this.type = type;
    this.length = length;
  }

  retain() {
    this.uses++;
  }

  release() {
    if (!--this.uses) this.app.freeBuffer(this);
  }

  dispose() {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.release();
  }
}

/** @type {WeakMap<object, Allocation>} */
const allocations = new WeakMap();
/** @type {FinalizationRegistry<Allocation>} */
const collected = new FinalizationRegistry((allocation) => allocation.dispose());

/**
 * @param {any} app @param {TypedArrayClass} type @param {number} length
 * @returns {any}
 */
export function alloc(app, type, length) {
  app.checkEnd();
  if (typeof type !== "function" || Object.getPrototypeOf(type) !== typedArray) throw new TypeError(`alloc: expected a typed array's class`);
  if (!Number.isInteger(length) || length < 0) throw new RangeError(`alloc: ${length} is not a count`);
  const { address, buffer, offset } = app.allocateBuffer(length * type.BYTES_PER_ELEMENT || 1);
  const array = new type(buffer, offset, length);
  const allocation = new Allocation(app, address, type, length);
  const end = { value: () => allocation.dispose() };
  Object.defineProperties(array, { dispose: end, [dispose]: end });
  allocations.set(array, allocation);
  // Other views of the memory may outlive this one, and hold on to the same buffer.
  collected.register(buffer, allocation);
  return array;
}

/** @param {import("./values.js").NumberCodec} element @returns {import("./values.js").Codec} */
export const buffer = ({ array }) => ({
  put(out, value) {
    const allocation = allocations.get(value);
    if (allocation?.type !== array) return out.wrong(`a ${array.name} that app.alloc has made`, value);
    if (allocation.app !== out.app) throw new TypeError(`${out.place}: this buffer belongs to another app`);
    if (allocation.isDisposed) throw new TypeError(`${out.place}: this buffer is disposed`);
    if (value.length !== allocation.length) throw new TypeError(`${out.place}: this buffer is detached`);
    out.hold(allocation);
    if (!out.app.isShared) out.mirrors.push({ at: out.length, address: allocation.address, size: allocation.length * array.BYTES_PER_ELEMENT, array: value });
    out.size(allocation.address);
    out.size(allocation.length);
  },
  get() {},
});
