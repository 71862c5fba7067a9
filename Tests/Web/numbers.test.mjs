// Arithmetic in wasm, against the engine's own and against integers of any size.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { exact, formats, makeRandom, rounded } from "./exact.mjs";
import init from "./Package/pkg/index.js";

/** @type {import("./Package/pkg/index.js").ThreadApp} */
const app = await init({ threads: 1 });
after(() => app.terminate());
const random = makeRandom(12345);

/** @param {number} value @param {number} expected @param {string} what */
function same(value, expected, what) {
  assert.ok(Object.is(value, expected), `${what}: ${value}, not ${expected}`);
}

const special = [0, -0, 1, -1, 0.5, -0.5, 2, 10, Infinity, -Infinity, NaN, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022, 2 ** 53, 1e-300, 709.8, -745.2];
/** @type {() => number} */
const anyDouble = () => random.pick([() => random.double(), () => (random.next() - 0.5) * 20, () => random.pick(special)])();
/** @type {() => number} */
const anyFloat = () => Math.fround(random.pick([() => (random.next() - 0.5) * 20, () => random.pick(special), () => random.double(), () => (random.next() - 0.5) * 2 ** (random.below(276) - 148)])());

const functions = /** @type {const} */ ([
  "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "expm1",
  "log", "log2", "log10", "log1p", "cbrt", "sqrt", "floor", "ceil", "trunc", "pow", "atan2", "hypot",
]);

/** @param {number} x @param {number} y */
const engineResults = (x, y) => [
  ...functions.map((name) => /** @type {(...values: number[]) => number} */ (Math[name])(...(Math[name].length === 2 ? [x, y] : [x]))),
  x % y, x % y, 2 ** x, Math.abs(x),
];

test("the mathematics are the engine's own, to the bit", () => {
  const names = [...functions, "fmod", "truncatingRemainder", "exp2", "fabs"];
  for (let round = 0; round < 3000; round++) {
    const [x, y] = [anyDouble(), anyDouble()];
    const expected = engineResults(x, y);
    app.mathematics(x, y).forEach((value, index) => same(value, expected[index], `${names[index]} of ${x}, ${y}`));
    const [f, g] = [anyFloat(), anyFloat()];
    const floats = engineResults(f, g).map(Math.fround);
    app.floatMathematics(f, g).forEach((value, index) => same(value, floats[index], `Float ${names[index]} of ${f}, ${g}`));
  }
});

/** @param {number} x the same in all directions @returns {number[]} */
function directions(x) {
  const floor = Math.floor(x);
  const away = x < 0 ? floor : Math.ceil(x);
  const fraction = Math.abs(x - Math.trunc(x));
  const nearest = fraction >= 0.5 ? away : Math.trunc(x);
  const even = fraction === 0.5 && Math.abs(Math.trunc(x)) % 2 === 0 ? Math.trunc(x) : nearest;
  return [nearest, nearest, even, Math.ceil(x), floor, Math.trunc(x), away];
}

test("rounding goes in all its directions, and keeps the sign of zero", () => {
  const edges = [0.5, 1.5, 2.5, 3.5, 0.49999999999999994, 0.49999997, 2 ** 52 - 0.5, 2 ** 52 + 1, 2 ** 23 - 0.5, 2 ** 23 + 1, 1e-310, 1e-40, 7.3].flatMap((x) => [x, -x]);
  for (const x of [...edges, ...special, ...Array.from({ length: 500 }, anyDouble)]) {
    const expected = directions(x);
    app.roundings(x).forEach((value, index) => same(value, expected[index], `${x} rounded, way ${index}`));
    const float = Math.fround(x);
    const floats = directions(float);
    app.floatRoundings(float).forEach((value, index) => same(value, floats[index], `Float ${float} rounded, way ${index}`));
  }
});

/**
 * What `x` leaves of the multiple of `y` nearest to it.
 * @param {number} x
 * @param {number} y
 */
function nearestRemainder(x, y) {
  if (!Number.isFinite(x) || Number.isNaN(y) || y === 0) return NaN;
  if (!Number.isFinite(y)) return x;
  const sign = x < 0 || Object.is(x, -0) ? -1n : 1n;
  const [a, b] = [exact(x) * sign, exact(Math.abs(y))];
  let quotient = a / b;
  const rest = a - quotient * b;
  if (rest * 2n > b || (rest * 2n === b && quotient & 1n)) quotient++;
  const result = (a - quotient * b) * sign;
  return result === 0n ? Number(sign) * 0 : rounded(result, -1074, formats.double);
}

test("the remainder of the nearest multiple is exact", () => {
  const halves = [[5, 2], [7, 2], [-5, 2], [5, -2], [3, 2], [1, 2], [-1, 2], [4, 2], [-4, 2], [5e-324, 1e-323], [1.5e-323, 1e-323], [Number.MAX_VALUE, 1.5e308], [1.2e308, Number.MAX_VALUE], [1.7e308, 5e307], [-Number.MAX_VALUE, 2 ** 1023 / 1.5]];
  for (let round = 0; round < 3000; round++) {
    const [x, y] = halves[round] ?? [anyDouble(), anyDouble()];
    same(app.nearestRemainder(x, y), nearestRemainder(x, y), `${x} by ${y}`);
    const [f, g] = [anyFloat(), anyFloat()];
    same(app.nearestRemainderOfFloats(f, g), nearestRemainder(f, g), `Float ${f} by ${g}`);
  }
});

/** @param {number} x @param {number} y @param {number} z @param {{ bits: number, lowest: number, largest: number }} format */
function fused(x, y, z, format) {
  // Without anything finite to round, or with a product that is exact, the plain operations are right.
  if (![x, y].every(Number.isFinite) || x === 0 || y === 0) return x * y + z;
  if (!Number.isFinite(z)) return z;
  const sum = exact(x) * exact(y) + (exact(z) << 1074n);
  if (sum !== 0n) return rounded(sum, -2148, format);
  // What cancels is a positive zero.
  return 0;
}

test("the fused multiply-add rounds once", () => {
  const extremes = [1, 1 + 2 ** -52, 1 - 2 ** -53, 2 ** -1074, 2 ** -1022, 2 ** -537, 2 ** -538, 2 ** 511, 2 ** 512, Number.MAX_VALUE, 3, 2 ** -500 * 1.1, 2 ** 53];
  const floatExtremes = [1, 1 + 2 ** -23, 1 - 2 ** -24, 2 ** -149, 2 ** -126, 2 ** -75, 2 ** -74 * 1.5, 2 ** 64, 3.4028234663852886e38, 3, 2 ** -70 * 1.25, 2 ** 24];
  const sign = () => random.pick([1, -1]);
  let cancelled = 0;
  let subnormal = 0;
  for (let round = 0; round < 20_000; round++) {
    /** @type {() => number} */
    const any = () => (random.next() < 0.5 ? random.pick(extremes) * sign() : anyDouble());
    const [x, y] = [any(), any()];
    // Some addends cancel most of the product, or lie next to half of its last place.
    const z = random.pick([any, () => -x * y, () => -x * y * (1 + (random.below(9) - 4) * 2 ** -52), () => x * y * 2 ** (random.below(130) - 65) * sign()])();
    const expected = fused(x, y, z, formats.double);
    if (expected === 0) cancelled++;
    if (expected !== 0 && Math.abs(expected) < 2 ** -1022) subnormal++;
    same(app.fused(x, y, z), expected, `${x} * ${y} + ${z}`);

    /** @type {() => number} */
    const anyF = () => (random.next() < 0.5 ? random.pick(floatExtremes) * sign() : anyFloat());
    const [f, g] = [anyF(), anyF()];
    const h = Math.fround(random.pick([anyF, () => -f * g, () => -f * g * (1 + (random.below(9) - 4) * 2 ** -23), () => f * g * 2 ** (random.below(80) - 40) * sign()])());
    same(app.fusedFloat(f, g, h), fused(f, g, h, formats.float), `Float ${f} * ${g} + ${h}`);
  }
  assert.ok(cancelled > 100 && subnormal > 100, `${cancelled} zeros and ${subnormal} subnormals are too few to tell`);
});

const low = (1n << 64n) - 1n;
/** @param {bigint[]} values */
const halves = (values) => values.flatMap((value) => [value & low, (value >> 64n) & low]);
const signed = (/** @type {bigint} */ value) => BigInt.asIntN(128, value);
/** 128 bits with runs of zeros and ones, which carry. */
const wide = () => {
  const value = (random.bits64() << 64n) | random.bits64();
  return BigInt.asUintN(128, random.pick([value, value >> BigInt(random.below(128)), -(value >> BigInt(random.below(128))), (1n << BigInt(random.below(128))) - BigInt(random.below(2))]));
};

test("128-bit integers are exact", () => {
  for (let round = 0; round < 3000; round++) {
    const [a, b, s] = [wide(), wide() || 1n, random.below(128)];
    const operands = new BigUint64Array(halves([a, b]));
    const shift = BigInt(s);
    const zeros = a === 0n ? 128n : BigInt(128 - a.toString(2).length);
    const ones = BigInt([...a.toString(2)].filter((digit) => digit === "1").length);
    const unsigned = [a * b, a / b, a % b, a << shift, a >> shift, a + b, a - b, zeros, ones];
    assert.deepEqual([...app.wideUnsigned(operands, s)], halves(unsigned), `${a} ${b} ${s}`);
    const [c, d] = [signed(a), signed(b)];
    if (c !== -(1n << 127n) || d !== -1n)
      assert.deepEqual([...app.wideSigned(operands, s)], halves([c * d, c / d, c % d, c << shift, c >> shift]), `${c} ${d} ${s}`);
    assert.deepEqual([...app.wideOverflows(operands)], [a * b >> 128n === 0n ? 0 : 1, signed(c * d) === c * d ? 0 : 1], `${a} ${b}`);
    assert.equal(app.wideText(a & low, a >> 64n), `${a} ${c}`);
    assert.deepEqual([...app.wideToDouble(a & low, a >> 64n)], [Number(a), Number(c)], `${a}`);
  }
});

test("64-bit integers multiply to their full width", () => {
  for (let round = 0; round < 3000; round++) {
    const [a, b, c] = [wide() & low, wide() & low, (wide() & low) || 1n];
    const product = a * b;
    const dividend = (((product >> 64n) % c) << 64n) | (product & low);
    assert.deepEqual([...app.fullWidth(a, b, c)], [product & low, product >> 64n, dividend / c, dividend % c], `${a} ${b} ${c}`);
    const [d, e] = [BigInt.asIntN(64, a), BigInt.asIntN(64, b)];
    assert.deepEqual([...app.fullWidthSigned(d, e)], [BigInt.asIntN(64, d * e), (d * e) >> 64n], `${d} ${e}`);
  }
});

test("text becomes the nearest number, as in JavaScript", () => {
  const texts = ["0", "-0", "1.5", ".5", "1e23", "8.5e22", "9007199254740993", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623158e308", "1.7976931348623159e308", "1e400", "x", "1e"];
  for (let round = 0; round < 3000; round++) {
    const number = random.double();
    texts.push(String(number), number.toExponential(random.below(20)), `${random.below(2 ** 31)}${random.below(2 ** 31)}.${random.below(2 ** 31)}e${random.below(600) - 300}`);
  }
  for (const text of texts) {
    if (/Infinity|NaN/.test(text)) continue;
    same(app.parsedDouble(text), Number(text), text);
    // Of the few digits of a float there is a double that is the text, so rounding that is rounding once.
    const short = Number(text).toPrecision(6);
    if (!/Infinity|NaN/.test(short)) same(app.parsedFloat(short), Math.fround(Number(short)), short);
  }
});
