// Arrays: of numbers as typed arrays, of anything else as arrays.
import { typedArrayKind } from "./values.js";

/** @typedef {import("./values.js").Codec} Codec */

/**
 * How long an array is, asked once: a proxy may answer anything.
 * @param {import("./values.js").Writer} out @param {any} value @param {string} expected @returns {number}
 */
function lengthOf(out, value, expected) {
  const length = Array.isArray(value) ? value.length : -1;
  return Number.isInteger(length) && length >= 0 && length < 2 ** 32 ? length : out.wrong(expected, value);
}

/** @param {import("./values.js").NumberCodec} element @returns {Codec & { array: import("./values.js").TypedArrayClass }} */
export const numbers = (element) => ({
  array: element.array,
  put(out, value) {
    const { array } = element;
    /** @type {any} */
    let values = value;
    if (typedArrayKind(value) !== array.name) {
      const length = lengthOf(out, value, `${array.name} or an array`);
      values = new array(length);
      for (let index = 0; index < length; index++) {
        const item = value[index];
        out.path.push(index);
        element.check(out, item);
        out.path.pop();
        values[index] = item;
      }
    }
    // The object, how many bytes, and the block before: Swift needs only the first.
    out.blocks.push({ at: out.room(20), array: values, type: array });
  },
  get(input) {
    const at = input.skip(20);
    return input.app.instance.takeArray(input, at, element.array);
  },
});

/** @param {Codec} element @returns {Codec} */
export const list = (element) => ({
  put(out, value) {
    const length = lengthOf(out, value, "an array");
    out.count(length);
    for (let index = 0; index < length; index++) out.inside(index, element, value[index]);
  },
  get: (input) => Array.from({ length: input.count() }, () => element.get(input)),
});
