// What a suite is made of: named checks, whose failures are results and not errors.

/** @typedef {{ name: string, ok: boolean, message: string }} Result */
/** @typedef {(name: string, body: () => unknown) => Promise<void>} Check */

/** Told of each check before it runs, so that one that hangs can be named. */
export const progress = { begin: async (/** @type {string} */ name) => {} };

/** @param {(check: Check) => Promise<void>} body @returns {Promise<Result[]>} */
export async function suite(body) {
  /** @type {Result[]} */
  const results = [];
  await body(async (name, body) => {
    await progress.begin(name);
    try {
      await body();
      results.push({ name, ok: true, message: "" });
    } catch (/** @type {any} */ error) {
      results.push({ name, ok: false, message: `${error?.stack ?? ""} ${error}` });
    }
  });
  return results;
}

/**
 * Throws unless both are the same: numbers to the bit, arrays by class and element.
 * @param {any} actual @param {any} expected
 */
export function same(actual, expected) {
  if (!isSame(actual, expected)) throw new Error(`expected ${show(expected)}, got ${show(actual)}`);
}

/** @param {any} a @param {any} b @returns {boolean} */
function isSame(a, b) {
  if (Object.is(a, b)) return true;
  if (!a || !b || typeof a !== "object" || a.constructor !== b.constructor || typeof a.length !== "number" || a.length !== b.length) return false;
  return Array.from(a).every((value, index) => isSame(value, b[index]));
}

/** @param {any} value @returns {string} */
const show = (value) =>
  typeof value?.length === "number" && typeof value !== "string"
    ? `${value.constructor.name} [${Array.from(value).slice(0, 20).map(show).join(", ")}]`
    : `${typeof value} ${String(value).slice(0, 200)}`;

/**
 * Throws unless `body` does, by an error of that name whose message holds the pattern.
 * @param {() => unknown} body @param {string} name @param {string} pattern
 */
export async function fails(body, name, pattern) {
  let value;
  try {
    value = await body();
  } catch (/** @type {any} */ error) {
    if (error.name === name && new RegExp(pattern).test(error.message)) return;
    throw new Error(`expected ${name} with /${pattern}/, got ${error.name}: ${error.message}`);
  }
  throw new Error(`expected ${name} with /${pattern}/, got the value ${show(value)}`);
}
