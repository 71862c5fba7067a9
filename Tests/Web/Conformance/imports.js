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
