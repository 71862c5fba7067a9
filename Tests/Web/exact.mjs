// Floating point by integers, exactly: what results must be when they are rounded once.

/** The formats: bits of the significand, and the exponent of the last place of the subnormal numbers. */
export const formats = { double: { bits: 53, lowest: -1074, largest: 1024 }, float: { bits: 24, lowest: -149, largest: 128 } };

const number = new Float64Array(1);
const word = new BigUint64Array(number.buffer);

/**
 * A double from its bits.
 * @param {bigint} bits
 */
export function fromBits(bits) {
  word[0] = bits;
  return number[0];
}

/**
 * A finite double as an integer times 2^-1074.
 * @param {number} x
 */
export function exact(x) {
  number[0] = x;
  const exponent = Number((word[0] >> 52n) & 0x7ffn);
  const fraction = word[0] & 0xfffffffffffffn;
  const magnitude = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
  return word[0] >> 63n ? -magnitude : magnitude;
}

/**
 * `value` times 2^`exponent` rounded to the nearest number of a format, ties to even. Not for 0, which has a sign.
 * @param {bigint} value @param {number} exponent @param {{ bits: number, lowest: number, largest: number }} format
 */
export function rounded(value, exponent, { bits, lowest, largest }) {
  const magnitude = value < 0n ? -value : value;
  const sign = value < 0n ? -1 : 1;
  const drop = Math.max(magnitude.toString(2).length - bits, lowest - exponent);
  let significand = drop > 0 ? magnitude >> BigInt(drop) : magnitude << BigInt(-drop);
  if (drop > 0) {
    const rest = magnitude - (significand << BigInt(drop));
    const half = 1n << BigInt(drop - 1);
    if (rest > half || (rest === half && significand & 1n)) significand++;
  }
  if (significand === 0n) return sign * 0;
  if (significand.toString(2).length + drop + exponent > largest) return sign * Infinity;
  return sign * Number(significand) * 2 ** (drop + exponent);
}

/**
 * Numbers that repeat from run to run.
 * @param {number} seed
 */
export function makeRandom(seed) {
  let state = seed;
  const next = () => ((state = (Math.imul(state, 1664525) + 1013904223) | 0) >>> 0) / 2 ** 32;
  const bits64 = () => (BigInt(Math.floor(next() * 2 ** 32)) << 32n) | BigInt(Math.floor(next() * 2 ** 32));
  return {
    /** From 0 to 1. */
    next,
    /**
     * An integer from 0 to `count` - 1.
     * @param {number} count
     */
    below: (count) => Math.floor(next() * count),
    bits64,
    /** Any double: every bit at random. */
    double: () => fromBits(bits64()),
    /** @template T @param {readonly T[]} values @returns {T} */
    pick: (values) => values[Math.floor(next() * values.length)],
  };
}
