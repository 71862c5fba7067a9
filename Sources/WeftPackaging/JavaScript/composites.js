// Optionals, dictionaries, structs, enums, tuples, and errors.
import { Writer } from "./values.js";

/** @typedef {import("./values.js").Codec} Codec */
/** @typedef {[name: string, codec: Codec]} Field */

/**
 * `undefined` is none, and so is `null`.
 * @param {Codec} wrapped @returns {Codec}
 */
export const optional = (wrapped) => ({
  mayLack: true,
  put(out, value) {
    const is = value !== undefined && value !== null;
    out.byte(+is);
    if (is) wrapped.put(out, value);
  },
  get: (input, values) => (input.byte() ? wrapped.get(input, values) : undefined),
});

/** @param {Writer} out @param {unknown} value @param {string} expected */
function checkObject(out, value, expected) {
  if (typeof value !== "object" || value === null) out.wrong(expected, value);
}

/**
 * A type that may hold values of its own.
 * @param {() => Codec} codec @returns {Codec}
 */
export const later = (codec) => ({ put: (out, value) => codec().put(out, value), get: (input, values) => codec().get(input, values) });

/**
 * An object whose properties have any names and the same type.
 * @param {Codec} value_ @param {Codec} text @returns {Codec}
 */
export const record = (value_, text) => ({
  put(out, value) {
    checkObject(out, value, "an object");
    const keys = Object.keys(value);
    out.count(keys.length);
    for (const key of keys) {
      out.inside(key, text, key);
      out.inside(key, value_, value[key]);
    }
  },
  get: (input, values) => Object.fromEntries(Array.from({ length: input.count() }, () => [text.get(input, values), value_.get(input, values)])),
});

/** @param {string} name @param {Field[]} fields @returns {Codec} */
export const object = (name, fields) => ({
  put(out, value) {
    checkObject(out, value, `an object (${name})`);
    for (const [key, codec] of fields) out.inside(key, codec, value[key]);
  },
  get: (input, values) => Object.fromEntries(fields.map(([key, codec]) => [key, codec.get(input, values)])),
});

/**
 * An enum without payloads.
 * @param {string} name @param {string[]} cases @returns {Codec}
 */
export const names = (name, cases) => ({
  put(out, value) {
    if (typeof value !== "string") out.wrong(`a string (${name})`, value);
    const index = cases.indexOf(value);
    if (index < 0) out.outOfRange(`${JSON.stringify(value)} is none of ${cases.map((name) => JSON.stringify(name)).join(", ")} (${name})`);
    out.byte(index);
  },
  get: (input, values) => cases[input.byte()],
});

/**
 * An enum with payloads.
 * @param {string} name @param {[string, ...Field[]][]} cases @returns {Codec}
 */
export const choice = (name, cases) => ({
  put(out, value) {
    checkObject(out, value, `an object with "case" (${name})`);
    const tag = value.case;
    const index = cases.findIndex(([name]) => name === tag);
    if (index < 0) {
      out.path.push("case");
      if (typeof tag !== "string") out.wrong("a string", tag);
      out.outOfRange(`${JSON.stringify(tag)} is none of ${cases.map(([name]) => JSON.stringify(name)).join(", ")} (${name})`);
    }
    out.byte(index);
    for (const [key, codec] of /** @type {Field[]} */ (cases[index].slice(1))) out.inside(key, codec, value[key]);
  },
  get(input, values) {
    const [name, ...fields] = cases[input.byte()];
    return { case: name, ...Object.fromEntries(fields.map(([key, codec]) => [key, codec.get(input, values)])) };
  },
});

/**
 * A tuple; only Swift returns them.
 * @param {Codec[]} elements @returns {Codec}
 */
export const tuple = (elements) => ({
  put: (out, value) => out.wrong("nothing", value),
  get: (input, values) => elements.map((codec) => codec.get(input, values)),
});

/** @param {any} value */
function describe(value) {
  try {
    return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}` : part));
  } catch {
    // It holds values of JavaScript's that cannot be written.
    return "";
  }
}

/**
 * The class of the errors that hold a value of a Swift type.
 * @param {string} name @param {Codec} codec
 */
export function failure(name, codec) {
  const errors = {
    [name]: class extends Error {
      /** @param {any} value */
      constructor(value) {
        super(typeof value === "string" ? value : describe(value));
        this.name = name;
        this.value = value;
      }

      /** @param {import("./values.js").Reader} input */
      static get(input) {
        return new errors[name](codec.get(input, []));
      }
    },
  };
  return errors[name];
}

/**
 * What may be left out.
 * @param {Codec} wrapped @returns {Codec}
 */
export const defaulted = (wrapped) => ({
  mayLack: true,
  put(out, value) {
    out.byte(+(value !== undefined));
    if (value !== undefined) wrapped.put(out, value);
  },
  get: () => undefined,
});

/**
 * The result of a function that throws.
 * @param {Codec | null} result @param {{ get: (input: import("./values.js").Reader) => Error }} error @returns {Codec}
 */
export const throwing = (result, error) => ({
  put: (out, value) => out.wrong("nothing", value),
  get(input, values) {
    if (input.byte()) throw error.get(input);
    return result?.get(input, values);
  },
});

/**
 * What Swift functions get without that JavaScript passes it: see control.js.
 * @type {Codec}
 */
export const injected = {
  isInjected: true,
  put(out) {
    out.controls.push(out.length);
    out.size(0);
  },
  get: () => undefined,
};
