// Arrays: of numbers as typed arrays, of anything else as arrays.
import { objectHeader } from "./addresses.js";

/** @typedef {import("./values.js").TypedArray} TypedArray */
/** @typedef {import("./values.js").TypedArrayClass} TypedArrayClass */
/** @typedef {import("./instance.js").Instance} Instance */

/** @typedef {import("./values.js").Codec} Codec */

/** The class of all typed arrays. */
export const typedArray = Object.getPrototypeOf(Uint8Array);

/**
 * What the intrinsic accessors say of a value, whatever it pretends to be.
 * @param {string | symbol} name
 */
export const accessor = (name) => /** @type {any} */ (Object.getOwnPropertyDescriptor(typedArray.prototype, name)).get;
export const kind = accessor(Symbol.toStringTag);
export const lengthOf = accessor("length");

/** Where the elements begin in the object of an array of Swift's. */
export const arrayHeader = 2 * objectHeader;

/** An array among a call's arguments. */
export class Block {
  /** @param {import("./values.js").Writer} out @param {TypedArray} array @param {TypedArrayClass} type its class, whatever it says */
  constructor(out, array, type) {
    this.out = out;
    this.array = array;
    this.type = type;
    // The object, how many bytes, and the block before: Swift needs only the first.
    this.at = out.room(20);
    out.blocks.push(this);
  }

  /** Takes the elements as they are now, for a call that is made later. */
  take() {
    this.array = new this.type(lengthOf.call(this.array) && this.array);
  }

  /**
   * Makes an array of Swift's of it.
   * @param {Instance} instance
   */
  place(instance) {
    const object = makeArray(instance, this.array, this.type);
    this.out.data.setFloat64(this.at, object, true);
    this.out.failed.push(() => instance.release(object));
  }
}

/**
 * Makes an array of Swift's.
 * @param {Instance} instance @param {TypedArray} array @param {TypedArrayClass} type @returns {number} the object that holds the elements, with one reference, or 0
 */
export function makeArray(instance, array, type) {
  const length = lengthOf.call(array);
  if (!length) return 0;
  const object = reserveArray(instance, length, type.BYTES_PER_ELEMENT);
  instance.view(type, object + arrayHeader, length).set(/** @type {any} */ (array));
  return object;
}

/**
 * Makes an array of Swift's, to be filled.
 * @param {Instance} instance @param {number} length @param {number} size of an element @returns {number} the object that holds the elements, with one reference
 */
export const reserveArray = (instance, length, size) => instance.reserved(instance.exports.weft_make_array(length, size), length * size);

/**
 * Copies the elements of an array that Swift has left, and lets go of it.
 * @param {any} instance @param {import("./values.js").Reader} input @param {number} at @param {import("./values.js").TypedArrayClass} type
 */
export function takeArray(instance, { data }, at, type) {
  // Where nothing is shared they have been copied already.
  if (instance.takeCopy) return instance.takeCopy(at, type);
  const object = data.getFloat64(at, true);
  if (!object) return new type(0);
  const array = instance.view(type, object + arrayHeader, data.getFloat64(at + 8, true) / type.BYTES_PER_ELEMENT).slice();
  instance.release(object);
  return array;
}

/**
 * How long an array is, asked once: a proxy may answer anything.
 * @param {import("./values.js").Writer} out @param {any} value @param {string} expected @returns {number}
 */
function checkedLength(out, value, expected) {
  const length = Array.isArray(value) ? value.length : -1;
  return Number.isInteger(length) && length >= 0 && length < 2 ** 32 ? length : out.wrong(expected, value, kind.call(value));
}

/** @param {import("./values.js").NumberCodec} element @returns {Codec & { array: import("./values.js").TypedArrayClass }} */
export const numbers = (element) => ({
  array: element.array,
  put(out, value) {
    const { array } = element;
    /** @type {any} */
    let values = value;
    if (kind.call(value) !== array.name) {
      const length = checkedLength(out, value, `${array.name} or an array`);
      values = new array(length);
      for (let index = 0; index < length; index++) {
        const item = value[index];
        out.path.push(index);
        element.check(out, item);
        out.path.pop();
        values[index] = item;
      }
    }
    new Block(out, values, array);
  },
  get(input) {
    const at = input.skip(20);
    return takeArray(input.app.instance, input, at, element.array);
  },
});

/** @param {Codec} element @returns {Codec} */
export const list = (element) => ({
  put(out, value) {
    const length = checkedLength(out, value, "an array");
    out.count(length);
    for (let index = 0; index < length; index++) out.inside(index, element, value[index]);
  },
  get: (input, values) => Array.from({ length: input.count() }, () => element.get(input, values)),
});

/**
 * An array that goes back into the caller's, which must be a typed one.
 * @param {ReturnType<typeof numbers>} codec @returns {Codec}
 */
export const inout = (codec) => ({
  put(out, value) {
    if (kind.call(value) !== codec.array.name) out.wrong(codec.array.name, value, kind.call(value));
    codec.put(out, value);
  },
  get: () => undefined,
});

/**
 * A result behind which such arrays stand.
 * @param {Codec | null} result @param {[name: string, index: number, codec: Codec][]} arrays @returns {Codec}
 */
export const withInout = (result, arrays) => ({
  put: (out, value) => out.wrong("nothing", value),
  get(input, values) {
    /** @type {unknown} */
    let failure;
    let returned;
    try {
      returned = result?.get(input, values);
    } catch (error) {
      failure = error;
    }
    // All are read, also when there is an error: Swift has left them to JavaScript.
    for (const [name, index, codec] of arrays) {
      const array = codec.get(input, values);
      const length = lengthOf.call(values[index]);
      if (array.length === length) Uint8Array.prototype.set.call(values[index], array);
      else failure ??= new RangeError(`${name}: Swift made ${array.length} elements of ${length}; a typed array cannot change its length`);
    }
    if (failure) throw failure;
    return returned;
  },
});
