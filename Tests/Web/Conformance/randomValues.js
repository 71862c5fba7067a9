// Random and hostile values through every type that crosses, against a model of what must come of them.
import { randomNumbers } from "./randomNumbers.js";
import { numbers, same, show } from "./suite.js";

/** @typedef {ReturnType<typeof randomNumbers>} Random */
/**
 * `make`: a value of the type, or of another one at some place. `convert`: what Swift gives back of it, or the error, by other code than
 * that which is tested. It may read a value in another order than that, but not find another one: values do not change as they are read.
 * @typedef {{ make: (random: Random, app: any) => any, convert: (value: any) => any }} Type
 */

class Mine extends Error {
  name = "Mine";
}

const wrong = () => { throw new TypeError("model"); };
const outside = () => { throw new RangeError("model"); };
const maker = /** @type {any} */ (ArrayBuffer);

/** @param {boolean} isSo @param {string} message */
function check(isSo, message) {
  if (!isSo) throw new Error(message);
}

const kind = /** @type {any} */ (Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)).get;

/** @param {any} array */
function detached(array) {
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}

/**
 * What no type takes, or only one does.
 * @param {Random} random @param {any} app
 */
function hostile(random, app) {
  const cyclic = /** @type {any} */ ({});
  cyclic.x = cyclic.value = cyclic;
  return random.pick(/** @type {(() => any)[]} */ ([
    () => null, () => undefined, () => 0, () => -0, () => NaN, () => Infinity, () => 2 ** 53, () => 2 ** 31, () => -(2 ** 31) - 1, () => 2 ** 32, () => -1, () => 0.5,
    () => 1n, () => -1n, () => 2n ** 63n, () => 2n ** 64n, () => -(2n ** 200n), () => "", () => "1", () => "\uD800", () => true, () => Symbol("s"), () => () => 1, () => class {},
    () => ({}), () => [], () => new Date(), () => new Map(), () => new Set([1]), () => Object(1), () => Object("text"), () => Object(1n), () => /x/, () => new Error("e"), () => Promise.resolve(1),
    () => new Proxy({}, {}), () => new Proxy([], {}), () => new Proxy(() => {}, {}), () => new Proxy(new Uint8Array(4), {}), () => cyclic, () => Object.create(null), () => globalThis.Math,
    () => new DataView(new ArrayBuffer(8)), () => new ArrayBuffer(8), () => new Uint8ClampedArray(3), () => new Array(5), () => [, 1], () => [[[]]],
    () => new Proxy([1, 2], { get: (target, key) => (key === "length" ? random.pick([-1, 1.5, 2 ** 32, "2", null, NaN, {}, 2n]) : Reflect.get(target, key)) }),
    () => new Proxy({}, { get: () => { throw new Mine(); }, ownKeys: () => { throw new Mine(); } }),
    () => ({ get x() { throw new Mine(); }, get case() { throw new Mine(); }, get name() { throw new Mine(); }, get flag() { throw new Mine(); } }),
    () => detached(new (random.pick(numbers)[1])(4)),
    () => new (random.pick(numbers)[1])(random.below(4)),
    () => ({ valueOf: () => app.addNumbers(1, 2), toString: () => app.echoString("x") }),
    () => [null, undefined, NaN], () => ({ case: "nothing" }), () => ({ case: {} }), () => ({ case: "circle", center: null }),
  ]))();
}

/**
 * Has a value be another one now and then.
 * @param {Type["make"]} make @param {Type["convert"]} convert @param {number} [rate] @returns {Type}
 */
const type = (make, convert, rate = 0.04) => ({ make: (random, app) => (random.chance(rate) ? hostile(random, app) : make(random, app)), convert });

/** @param {number | bigint} low @param {number | bigint} high */
const integer = (low, high) => {
  const isBig = typeof low === "bigint";
  /** @type {any[]} */
  const near = isBig ? [low, high, 0n, 1n, -1n, low - 1n, BigInt(high) + 1n, 2n ** 32n, 2n ** 53n + 1n, -(2n ** 31n)] : [low, high, 0, -0, 1, -1, low - 1, Number(high) + 1, 2 ** 31 - 1, 0.5];
  const inside = isBig ? near.filter((value) => value >= low && value <= high) : near.filter((value) => value >= low && value <= high && value !== 0.5);
  return type(
    (random) => random.pick(random.chance(0.05) ? near : inside),
    (value) => (typeof value !== typeof low ? wrong() : value >= low && value <= high && (isBig || value % 1 === 0) ? (isBig ? value : value + 0) : outside()),
  );
};
const doubles = [0, -0, 1, 0.1, -1.5, NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** 53, 2 ** 53 + 2, 1e-310, Math.PI];
const double = type((random) => (random.chance(0.5) ? random.pick(doubles) : random.next() * 1e6), (value) => (typeof value === "number" ? value : wrong()));
const float = type(double.make, (value) => Math.fround(double.convert(value)));
const bool = type((random) => random.chance(0.5), (value) => (value === true || value === false ? value : wrong()));

const pieces = ["", "a", "text", "\0", "\uFEFF", "ä", "織", "👩", "\uD83D", "\uDE00", "\r\n", "\u2028", "__proto__", "constructor", "length", "0", "17", "x".repeat(100), "ö".repeat(300)];
/** @param {string} text */
const wellFormed = (text) => Array.from(text, (point) => (/^[\uD800-\uDFFF]$/.test(point) ? "\uFFFD" : point)).join("");
const text = type((random) => Array.from({ length: random.below(4) }, () => random.pick(pieces)).join(""), (value) => (typeof value === "string" ? wellFormed(value) : wrong()));

/** @param {any} Class @param {Type} element */
const numberArray = (Class, element) =>
  type(
    (random, app) => {
      const count = random.chance(0.02) ? 1000 : random.below(6);
      const plain = Array.from({ length: count }, () => element.make(random, app));
      if (random.chance(0.3)) return plain;
      // What the elements become if they are written without a check.
      const bytes = Uint8Array.from({ length: (count + 1) * 8 }, () => random.below(256));
      const size = Class.BYTES_PER_ELEMENT;
      switch (random.below(7)) {
        case 0: return new Class(bytes.buffer, size, Math.min(count, 8));
        case 1: return new Class(bytes.buffer).subarray(1, count);
        case 2: return new (/** @type {any} */ (class extends Class { get length() { return 1e6; } }))(bytes.buffer, 0, count);
        case 3: return Object.defineProperties(new Class(bytes.buffer, 0, count), { constructor: { value: Float64Array }, length: { value: 3 }, BYTES_PER_ELEMENT: { value: 1 } });
        case 4: return typeof SharedArrayBuffer === "function" ? new Class(new SharedArrayBuffer(count * size)) : new Class(count);
        case 5: {
          // It follows the length of its buffer, which may leave it nothing.
          const buffer = new maker(64, { maxByteLength: 128 });
          const array = random.chance(0.5) ? new Class(buffer) : new Class(buffer, 0, 32 / size);
          buffer.resize?.(random.pick([0, 8, 64, 128]));
          return array;
        }
        default: return Object.setPrototypeOf(new Class(count), random.pick([Array.prototype, Float64Array.prototype, null]));
      }
    },
    (value) => {
      // One without its memory has no elements.
      if (kind.call(value) === Class.name) return new Class(Reflect.get(Object.getPrototypeOf(Uint8Array.prototype), "length", value) && value);
      return Class.from(elements(value).map(element.convert));
    },
  );

/** @param {any} value @returns {any[]} */
function elements(value) {
  const length = Array.isArray(value) ? value.length : wrong();
  if (!Number.isInteger(length) || length < 0 || length >= 2 ** 32) wrong();
  // One after the other, and each converted before the next is read, is what a caller sees of the order.
  return new Proxy(new Array(length), { get: (target, key) => (typeof key === "string" && /^\d+$/.test(key) ? value[key] : Reflect.get(target, key)), has: () => true });
}

/** @param {Type} element */
const array = (element) =>
  type(
    (random, app) => {
      const list = Array.from({ length: random.below(5) }, () => element.make(random, app));
      if (random.chance(0.05)) return new Proxy(list, {});
      if (random.chance(0.05)) return Object.freeze(list);
      return list;
    },
    (value) => Array.from(elements(value), element.convert),
  );
/** @param {Type} wrapped */
const optional = (wrapped) => type((random, app) => (random.chance(0.3) ? random.pick([null, undefined]) : wrapped.make(random, app)), (value) => (value === null || value === undefined ? undefined : wrapped.convert(value)));
const isObject = (/** @type {any} */ value) => typeof value === "object" && value !== null;
/** @param {Type} values */
const record = (values) =>
  type(
    (random, app) => Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.pick(pieces) + random.pick(["", "1", "\uD800"]), values.make(random, app)])),
    (value) => {
      if (!isObject(value)) wrong();
      const result = Object.create(Object.prototype);
      for (const key of Object.keys(value)) Object.defineProperty(result, wellFormed(key), { value: values.convert(value[key]), enumerable: true, configurable: true, writable: true });
      return result;
    },
  );

/** @param {Record<string, Type>} fields */
const struct = (fields) =>
  type(
    (random, app) => {
      const values = Object.entries(fields).map(([name, field]) => /** @type {const} */ ([name, field.make(random, app)]));
      const object = Object.fromEntries(values);
      switch (random.below(12)) {
        // Properties that call the app while they are read.
        case 0: return Object.defineProperties({}, Object.fromEntries(values.map(([name, value]) => [name, { get: () => (app.echoString("inside"), app.manyArrays([1], [2], [3], "4", [5n]), value) }])));
        case 1: return Object.create(object);
        case 2: return new Proxy(object, {});
        case 3: return random.chance(0.1) ? { ...object, get [random.pick(Object.keys(fields))]() { throw new Mine(); } } : Object.freeze({ more: 1, ...object });
        default: return object;
      }
    },
    (value) => (isObject(value) ? Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.convert(value[name])])) : wrong()),
  );
/** @param {string[]} names */
const names = (names) => type((random) => (random.chance(0.05) ? "none" : random.pick(names)), (value) => (typeof value !== "string" ? wrong() : names.includes(value) ? value : outside()));
/** @param {Record<string, Record<string, Type>>} cases @param {string} leaf a case without a payload */
const choice = (cases, leaf) => {
  let depth = 0;
  return type(
    (random, app) => {
      if (++depth > 4) return depth--, { case: leaf };
      const name = random.pick(Object.keys(cases));
      const object = { case: name, ...Object.fromEntries(Object.entries(cases[name]).map(([key, field]) => [key, field.make(random, app)])) };
      depth--;
      return object;
    },
    (value) => {
      if (!isObject(value)) wrong();
      const tag = value.case;
      if (typeof tag !== "string") wrong();
      if (!Object.hasOwn(cases, tag)) outside();
      return { case: tag, ...Object.fromEntries(Object.entries(cases[tag]).map(([key, field]) => [key, field.convert(value[key])])) };
    },
  );
};
/** @type {Type} */
const opaque = { make: hostile, convert: (value) => value };

const scalar = Object.fromEntries(numbers.map(([name, , low, high]) => [name, integer(low, high)]));
const arrays = Object.fromEntries([...numbers.map(([name, Class]) => [name, numberArray(Class, scalar[name])]), ["Float", numberArray(Float32Array, float)], ["Double", numberArray(Float64Array, double)]]);
const point = struct({ x: double, y: double });
const direction = names(["north", "south", "east", "west"]);
const level = names(["low", "HIGH!"]);
/** @type {Type} */
const shape = choice({ empty: {}, circle: { center: point, radius: double }, polygon: { value: array(point) }, labelled: { value0: text, value1: scalar.Int }, group: { value: array({ make: (...values) => shape.make(...values), convert: (value) => shape.convert(value) }) } }, "empty");
const path = struct({ name: text, points: array(point), weights: arrays.Float, note: optional(text), tags: record(scalar.Int) });
const everything = struct({
  flag: bool, byte: scalar.UInt8, long: scalar.Int64, single: float, double, text, texts: array(text), doubles: arrays.Double, bytes: optional(arrays.UInt8), point: optional(point), shape, level, counts: record(scalar.Int), rows: array(arrays.Int32),
});
const error = struct({ name: text, message: text });

/** @type {[string, Type][]} the functions that give back what they are given */
const echoes = [
  ...Object.entries(scalar).map(([name, type]) => /** @type {[string, Type]} */ ([`echo${name}`, type])),
  ...Object.entries(arrays).map(([name, type]) => /** @type {[string, Type]} */ ([`echo${name}Array`, type])),
  ["echoBool", bool], ["echoFloat", float], ["echoDouble", double], ["echoString", text],
  ["echoPoint", point], ["echoPath", path], ["echoDirection", direction], ["echoLevel", level], ["echoShape", shape], ["echoStrings", array(text)],
  ["echoNested", array(arrays.Double)], ["echoOptionals", array(optional(scalar.Int))], ["echoBools", array(bool)], ["echoRecord", record(record(double))],
  ["echoOptionalString", optional(text)], ["echoEverything", everything], ["echoEverythings", array(everything)], ["echoOptionalInt", optional(scalar.Int)],
  ["echoOptionalBool", optional(bool)], ["echoOptionalDoubles", optional(arrays.Double)], ["echoOptionalPoint", optional(point)], ["echoOptionalShape", optional(shape)],
  ["echoOptionalTexts", array(optional(text))], ["echoPoints", array(point)], ["echoShapes", array(shape)], ["echoDirections", array(direction)],
  ["echoTexts", record(text)], ["echoLists", array(record(arrays.Double))], ["echoValues", array(opaque)], ["echoValue", opaque], ["echoError", error],
];
/** @type {[string, Type][]} those that pass it through a function of JavaScript's */
const through = [["callEverything", everything], ["callText", text], ["callOptional", optional(scalar.Int)], ["callBytes", arrays.UInt8], ["callValue", opaque], ["callLong", scalar.Int64]];

/** @param {() => any} body @returns {{ value?: any, error?: any }} */
function outcome(body) {
  try {
    return { value: body() };
  } catch (error) {
    return { error };
  }
}

/**
 * Both the same value, or errors of the same name.
 * @param {{ value?: any, error?: any }} actual @param {{ value?: any, error?: any }} expected
 */
function agree(actual, expected) {
  const [is, must] = [actual, expected].map(({ error }) => (error ? `${error.name}` : "a value"));
  check(is === must, `expected ${must}, got ${is}: ${(actual.error ?? expected.error)?.stack}`);
  if (!expected.error) same(actual.value, expected.value);
}

/**
 * Arguments that change while they are read: there is no telling what comes of them, but it is a value or a documented error.
 * @param {any} app @param {Random} random
 */
function changing(app, random) {
  const buffer = new maker(64, { maxByteLength: 256 });
  const bytes = random.chance(0.5) ? new Uint8Array(buffer) : new Uint8Array(buffer, 8, 32);
  const list = /** @type {any[]} */ ([1, 2, 3, 4, 5, 6, 7, 8]);
  const change = random.pick(/** @type {(() => any)[]} */ ([
    () => detached(bytes), () => buffer.resize?.(random.pick([0, 8, 16, 64, 256])), () => { list.length = random.below(8); }, () => { list.push(9, 10); }, () => { list[random.below(8)] = hostile(random, app); },
    () => { list.splice(0, 4); }, () => app.echoDoubleArray(new Float64Array(random.below(2000))), () => app.grow(1), () => { Object.setPrototypeOf(list, null); }, () => { throw new Mine(); },
  ]));
  let isDone = false;
  const once = (/** @type {any} */ value) => { if (!isDone) { isDone = true; change(); } return value; };
  Object.defineProperty(list, random.below(8), { get: () => once(1), configurable: true });
  const result = outcome(random.pick(/** @type {(() => any)[]} */ ([
    () => { const { a } = app.manyArrays(bytes, list, [1], "text", [1n]); same(a.length, bytes.length); },
    () => app.manyArrays(bytes, [], list, once("text"), [1n]),
    () => app.echoNested([list, new Float64Array(4), list]),
    () => app.echoNested(new Proxy([list, [1]], { get: (target, key) => once(Reflect.get(target, key)) })),
    () => app.echoOptionals(list),
    () => app.echoValues(list),
    () => app.echoRecord(new Proxy({ a: {}, b: { x: 1 } }, { ownKeys: (target) => once(Reflect.ownKeys(target)), get: (target, key) => once(Reflect.get(target, key)) })),
    () => app.echoEverythings([new Proxy({}, { get: () => once(random.pick([bytes, list, 1, "", hostile(random, app)])) })]),
    () => { app.invert(bytes); once(1); app.invert(bytes); },
    () => app.callBytes(() => { once(1); return bytes; }, bytes),
    () => { const copy = Float64Array.from([1, 2, 3]); app.scaleBoth(copy, new Int32Array(2), { valueOf: () => once(1) }); },
  ])));
  if (result.error) check(/^(TypeError|RangeError|Mine)$/.test(result.error.name), result.error.stack);
}

/**
 * The same where functions return promises, many at once.
 * @param {any} app @param {{ seed: number, cases: number }} options
 */
export async function testPromises(app, { seed, cases }) {
  for (let first = 0; first < cases; first += 50)
    await Promise.all(Array.from({ length: 50 }, async (_, index) => {
      const number = first + index;
      const random = randomNumbers(seed * 1e6 + number);
      const [name, type] = random.pick(echoes);
      const value = type.make(random, app);
      const expected = outcome(() => type.convert(value));
      // What is given back as it is may be a promise, or one that is never kept.
      if (name === "echoValue") return;
      /** @type {{ value?: any, error?: any }} */
      const actual = {};
      try {
        actual.value = await app[name](value);
      } catch (error) {
        actual.error = error;
      }
      try {
        agree(actual, expected);
      } catch (/** @type {any} */ error) {
        throw new Error(`seed ${seed}, case ${number}: ${name}(${outcome(() => show(value)).value}): ${error.message}`);
      }
    }));
}

/** Memory of the program's that nothing but its owner writes. */
class Canaries {
  /** @type {any[]} */ objects = [];
  /** @type {{ array: any, value: number }[]} */ arrays = [];

  /** @param {any} app @param {Random} random */
  constructor(app, random) {
    this.app = app;
    this.random = random;
    for (let count = 0; count < 30; count++) this.add();
  }

  add() {
    const { app, random } = this;
    this.objects.push(new app.Canary(1 + random.below(random.pick([4, 30, 5000])), random.below(2 ** 32)));
    const value = random.below(256);
    this.arrays.push({ array: app.alloc(Uint8Array, 1 + random.below(random.pick([16, 100, 20000]))).fill(value), value });
  }

  /** Looks at all of them, and moves some. */
  check() {
    for (const object of this.objects) check(object.isWhole(), "memory of Swift's was overwritten");
    for (const { array, value } of this.arrays) check(array.every((/** @type {number} */ byte) => byte === value), "a buffer was overwritten");
    for (let count = 0; count < 5; count++) {
      this.objects.splice(this.random.below(30), 1)[0].dispose();
      this.arrays.splice(this.random.below(30), 1)[0].array.dispose();
      this.add();
    }
  }

  end() {
    this.check();
    for (const object of this.objects) object.dispose();
    for (const { array } of this.arrays) array.dispose();
  }
}

/**
 * @param {any} pkg @param {() => Promise<any>} start
 * @param {{ seed: number, cases: number, bytesInUse: (app: any) => number, collect: () => void }} options
 */
export async function testValues(pkg, start, { seed, cases, bytesInUse, collect }) {
  const used = [];
  // The second app must have no more memory in use than one that has done little.
  for (const count of [Math.ceil(cases / 20), cases]) {
    const app = await start();
    const canaries = new Canaries(app, randomNumbers(seed));
    let succeeded = 0;
    for (let number = 0; number < count; number++) {
      // Each case has a seed of its own, so that it can be had without those before.
      const random = randomNumbers(seed * 1e6 + number);
      let what = "";
      /** @type {any} */
      let value;
      try {
        if (random.chance(0.1)) {
          what = "changing arguments";
          changing(app, random);
        } else if (random.chance(0.1)) {
          const [name, type] = random.pick(through);
          value = type.make(random, app);
          what = `${name} through a function`;
          agree(outcome(() => app[name]((/** @type {any} */ given) => given, value)), outcome(() => type.convert(value)));
        } else {
          const [name, type] = random.pick(echoes);
          value = type.make(random, app);
          what = name;
          const expected = outcome(() => type.convert(value));
          agree(outcome(() => app[name](value)), expected);
          if (!expected.error) succeeded++;
        }
        same(app.state, "running");
        if (number % 2000 === 0) canaries.check();
      } catch (/** @type {any} */ error) {
        console.error(`seed ${seed}, case ${number}: ${what}: ${outcome(() => show(value)).value}`);
        throw error;
      }
      if (number % 20000 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    check(succeeded > count / 4, `only ${succeeded} of ${count} values were right`);
    check(succeeded < (count * 9) / 10, `${succeeded} of ${count} values were right`);
    canaries.end();
    for (let round = 0; round < 20; round++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    used.push(bytesInUse(app));
    await app.terminate();
  }
  console.log(`${cases} cases, ${used[1] - used[0]} bytes more in use`);
  check(used[1] - used[0] <= 1 << 18, `seed ${seed}: ${used[1] - used[0]} bytes more are in use after ${cases} cases`);
}
