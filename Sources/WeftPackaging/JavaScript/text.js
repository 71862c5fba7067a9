// Strings, as UTF-8. What JavaScript's strings have and UTF-8 has not, halves of surrogate pairs, becomes U+FFFD.

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** @type {import("./values.js").Codec} */
export const text = {
  put(out, value) {
    if (typeof value !== "string") out.wrong("a string", value);
    const count = out.room(4);
    const at = out.room(value.length * 3);
    const { written = 0 } = encoder.encodeInto(value, out.bytes.subarray(at));
    out.data.setUint32(count, written, true);
    out.length = at + written;
  },
  get(input) {
    const count = input.count();
    // A slice of shared memory is not shared itself, so that TextDecoder takes it.
    return decoder.decode(new Uint8Array(input.data.buffer, input.data.byteOffset + input.skip(count), count).slice());
  },
};

/**
 * Whatever it is as a text.
 * @param {() => any} get may throw, and so may what it gives
 */
export function textOf(get) {
  try {
    return String(get());
  } catch {
    return "what was thrown has no text";
  }
}
