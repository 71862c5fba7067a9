// What the program imports from its own module.

/** @param {string} text */
export const shout = (text) => `${text.toUpperCase()}!`;

/** @type {string[]} */
const lines = (/** @type {any} */ (globalThis).noted ??= []);

/** @param {string} line */
export const note = (line) => { lines.push(line); };

/** @param {number} number */
export const later = async (number) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  if (number < 0) throw new RangeError("negative");
  return number + 1;
};

/** @type {{ level: any }} */
export const settings = { level: "low" };

/** @param {any} value */
export const identity = (value) => value;
export const identityHere = identity;
export const passCounter = identity;
export const passEverything = identity;

/** Asks the test. */
export const asked = () => /** @type {any} */ (globalThis).onAsk?.() ?? 1;

/** @param {string} kind */
export const fail = (kind) => {
  if (kind === "error") throw new RangeError("no such thing");
  if (kind === "text") throw "a text";
  if (kind === "null") throw null;
  if (kind === "hostile") throw { toString() { throw new Error("no text"); } };
};
