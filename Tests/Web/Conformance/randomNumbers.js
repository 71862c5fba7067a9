// Random numbers that come again with the same seed.

/**
 * G. Steele's and S. Vigna's generator by multiplication, in the form that is known as mulberry32.
 * @param {number} seed
 */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (/** @type {number} */ count) => Math.floor(next() * count);
  return {
    next,
    below,
    /** @type {(probability: number) => boolean} */ chance: (probability) => next() < probability,
    /** @type {<T>(values: readonly T[]) => T} */ pick: (values) => values[below(values.length)],
  };
}
