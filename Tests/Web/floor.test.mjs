// What the platform gives to Swift: memory, shared objects, mathematics, text, the console.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, test } from "node:test";
import init from "./Package/pkg/index.js";

/** @typedef {import("./Package/pkg/index.js").ThreadApp} ThreadApp */

const megabyte = 1 << 20;
/** @type {ThreadApp} */
const app = await init({ threads: 8, stackSize: 256 << 10, maximumMemory: 96 * megabyte });
after(() => app.terminate());

test("8 threads allocate and free across threads for 10 s: no block is broken, and the memory does not grow", () => {
  // The memory cannot grow beyond 96 MB; blocks that were lost would fill it within a second.
  const end = performance.now() + 10_000;
  for (let seed = 1; performance.now() < end; seed++) assert.equal(app.churn(8, 3000, 2, seed), 0);
});

test("arrays are built and dropped on all threads", () => {
  assert.equal(app.buildAndDrop(8, 5000), app.buildAndDrop(8, 5000));
});

test("large blocks are used again", () => {
  for (let round = 0; round < 2000; round++) app.allocateAndFree(20 * megabyte);
});

test("a global that threads use at once is made once", () => {
  assert.equal(app.globalInitialisations(), 1);
});

test("an object that all threads hold ends once", () => {
  assert.equal(app.unbalancedObjects(50), 0);
});

const random = (() => {
  let state = 12345;
  return () => ((state = Math.imul(state, 1664525) + 1013904223 | 0) >>> 0) / 2 ** 32;
})();
const words = new BigUint64Array(1);
/** Any double: every bit at random, or near 1. */
const anyDouble = () => {
  if (random() < 0.3) return (random() - 0.5) * 4;
  words[0] = (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | BigInt(Math.floor(random() * 2 ** 32));
  return new Float64Array(words.buffer)[0];
};

test("the mathematics are the engine's own", () => {
  for (let round = 0; round < 500; round++) {
    const [x, y] = round < 400 ? [(random() - 0.5) * 20, (random() - 0.5) * 8] : [anyDouble(), anyDouble()];
    const m = Math;
    const expected = [
      m.sin(x), m.cos(x), m.tan(x), m.asin(x), m.acos(x), m.atan(x), m.sinh(x), m.cosh(x), m.tanh(x), m.asinh(x), m.acosh(x), m.atanh(x),
      m.exp(x), m.expm1(x), m.log(x), m.log2(x), m.log10(x), m.log1p(x), m.cbrt(x), m.sqrt(x), m.floor(x), m.ceil(x), m.trunc(x),
      m.pow(x, y), m.atan2(x, y), m.hypot(x, y), x % y, x % y,
    ];
    assert.deepEqual([...app.mathematics(x, y)], expected, `x = ${x}, y = ${y}`);
    const [f, g] = [m.fround(x), m.fround(y)];
    const floats = [m.sin(f), m.cos(f), m.tan(f), m.exp(f), m.log(f), m.pow(f, g), m.atan2(f, g), f % g].map(m.fround);
    assert.deepEqual([...app.floatMathematics(f, g)], floats, `x = ${f}, y = ${g}`);
  }
});

test("rounding has its five directions", () => {
  for (const x of [0, -0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 2 ** 52 + 1, 2 ** 53, -7.3, Infinity, 1e-310, ...Array.from({ length: 200 }, anyDouble)]) {
    if (Number.isNaN(x)) continue;
    const away = Math.sign(x) * Math.floor(Math.abs(x)) + (Math.abs(x) - Math.floor(Math.abs(x)) >= 0.5 ? Math.sign(x) : 0);
    const floor = Math.floor(x);
    const even = x - floor < 0.5 ? floor : x - floor > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1;
    const finite = Number.isFinite(x);
    const expected = [finite ? away : x, finite ? even : x, Math.ceil(x), floor, Math.trunc(x)];
    [...app.roundings(x)].forEach((value, index) => assert.ok(value === expected[index], `${x} rounded, way ${index}: ${value}, not ${expected[index]}`));
  }
});

/**
 * A finite double as an integer times 2^-1074.
 * @param {number} x
 */
function exact(x) {
  words.set(new BigUint64Array(new Float64Array([x]).buffer));
  const exponent = Number((words[0] >> 52n) & 0x7ffn);
  const fraction = words[0] & 0xfffffffffffffn;
  const magnitude = exponent === 0 ? fraction : (fraction | 1n << 52n) << BigInt(exponent - 1);
  return words[0] >> 63n ? -magnitude : magnitude;
}

/**
 * `value` times 2^-2148, rounded to the nearest double, ties to even.
 * @param {bigint} value
 */
function rounded(value) {
  const negative = value < 0n;
  const magnitude = negative ? -value : value;
  const bits = magnitude.toString(2).length;
  // The last place of the result, counted from 2^-2148: 53 significant bits, but not below 2^-1074.
  const drop = BigInt(Math.max(bits - 53, 1074));
  let significand = magnitude >> drop;
  const rest = magnitude - (significand << drop);
  const half = 1n << (drop - 1n);
  if (rest > half || (rest === half && significand & 1n)) significand++;
  const power = Number(drop) - 2148;
  const result = Number(significand) * 2 ** Math.max(power, -1074 + 53) * 2 ** Math.min(0, power - Math.max(power, -1074 + 53));
  return negative ? -result : result;
}

test("the fused multiply-add rounds once", () => {
  const extremes = [1, 1 + 2 ** -52, 1 - 2 ** -53, 2 ** -1074, 2 ** -1022, 2 ** -537, 2 ** 511, 1.7976931348623157e308, 3, 2 ** -500 * 1.1];
  let compared = 0;
  for (let round = 0; round < 20_000; round++) {
    const pick = () => (random() < 0.4 ? extremes[Math.floor(random() * extremes.length)] * (random() < 0.5 ? -1 : 1) : anyDouble());
    const [x, y] = [pick(), pick()];
    // A third of the addends cancel most of the product.
    const z = random() < 0.33 ? -x * y * (1 + (Math.floor(random() * 9) - 4) * 2 ** -52) : pick();
    if (![x, y, z].every(Number.isFinite)) continue;
    const sum = exact(x) * exact(y) + (exact(z) << 1074n);
    if (sum === 0n) continue;
    assert.ok(Object.is(app.fused(x, y, z), rounded(sum)), `${x} * ${y} + ${z} = ${app.fused(x, y, z)}, not ${rounded(sum)}`);
    const [f, g, h] = [x, y, z].map(Math.fround);
    if ([f, g, h].every((value) => Number.isFinite(value) && Math.abs(value) < 1e15 && (value === 0 || Math.abs(value) > 1e-15))) {
      const exactFloat = exact(f) * exact(g) + (exact(h) << 1074n);
      if (exactFloat !== 0n) assert.equal(app.fusedFloat(f, g, h), toFloat(exactFloat), `float ${f} * ${g} + ${h}`);
      compared++;
    }
  }
  assert.ok(compared > 300);
});

/**
 * `value` times 2^-2148, in the normal range of floats, rounded once.
 * @param {bigint} value
 */
function toFloat(value) {
  const magnitude = value < 0n ? -value : value;
  const drop = BigInt(magnitude.toString(2).length - 24);
  let significand = magnitude >> drop;
  const rest = magnitude - (significand << drop);
  const half = 1n << (drop - 1n);
  if (rest > half || (rest === half && significand & 1n)) significand++;
  return Number(significand) * 2 ** (Number(drop) - 2148) * (value < 0n ? -1 : 1);
}

test("128-bit integers are exact", () => {
  const low = (1n << 64n) - 1n;
  const any = () => {
    const value = (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | BigInt(Math.floor(random() * 2 ** 32));
    return random() < 0.3 ? value >> BigInt(Math.floor(random() * 63)) : value;
  };
  for (let round = 0; round < 300; round++) {
    const [a, b, c, s] = [any(), any(), any() || 1n, Math.floor(random() * 128)];
    const [signedA, signedB, signedC] = [a, b, c].map((value) => BigInt.asIntN(64, value));
    const product = a * b;
    const signed = signedA * signedB;
    const values = [product, product / c, product % c, product << BigInt(s), product >> BigInt(s), signed, signed / signedC, signed % signedC, signed >> BigInt(s)];
    const expected = [product & low, product >> 64n, ...values.flatMap((value) => [value & low, (value >> 64n) & low])];
    assert.deepEqual([...app.wide(a, b, c, s)], expected, `${a} ${b} ${c} ${s}`);
  }
});

test("strings know Unicode", () => {
  assert.equal(app.unicode("e\u0301👨‍👩‍👧🇫🇷ß"), "4 E\u0301👨‍👩‍👧🇫🇷SS true 1 1.5 0.30000000000000004");
});

test("hashes and random numbers differ from run to run", async () => {
  /** @type {ThreadApp} */
  const other = await init({ threads: 1 });
  assert.notEqual(app.seededHash("weft"), other.seededHash("weft"));
  assert.notEqual(app.randomBits(), app.randomBits());
  await other.terminate();
});

/**
 * Runs a program of its own and returns what it prints.
 * @param {string} code
 */
function run(code) {
  const program = `const { default: init } = await import(${JSON.stringify(new URL("./Package/pkg/index.js", import.meta.url).href)}); ${code}`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8", timeout: 60_000 });
}

test("print writes whole lines with the thread's name, and Node ends by itself", () => {
  const lines = run("const app = await init({ threads: 4 }); app.printLines(200);").trimEnd().split("\n");
  assert.equal(lines.length, 800);
  for (const line of lines) assert.match(line, /^\[(main|weft-[123])\] strand [0-3] line \d+ end$/);
});

test("memory that runs out is a clear error, and a new app starts", async () => {
  /** @type {ThreadApp} */
  const small = await init({ threads: 2, maximumMemory: 16 * megabyte });
  assert.throws(() => small.allocateAndFree(64 * megabyte), { name: "WeftError", message: /Out of memory: 67108864 bytes do not fit/ });
  assert.throws(() => small.echoInt(1), { name: "WeftError" });
  assert.throws(() => app.allocate(Float64Array, 100 * megabyte), { name: "WeftError", code: "memory" });
  /** @type {ThreadApp} */
  const next = await init({ threads: 2 });
  next.allocateAndFree(64 * megabyte);
  await next.terminate();
});

test("a trap on any thread ends the call with an error, and a new app starts", async () => {
  for (let round = 0; round < 5; round++) {
    /** @type {ThreadApp} */
    const other = await init({ threads: 3 });
    assert.throws(() => other.trapInLoop(), { name: "WeftError", code: "fault", message: /unreachable/ });
    assert.throws(() => other.echoInt(1), { name: "WeftError", code: "fault" });
    await other.terminate();
    await other.terminate();
  }
});

test("too deep a recursion is an error", async () => {
  /** @type {ThreadApp} */
  const other = await init({ threads: 1 });
  assert.throws(() => other.recurse(1_000_000), { name: "WeftError", code: "fault" });
});
