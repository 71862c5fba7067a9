// What crosses between JavaScript and Swift, tested on every engine: in Node and in workers, where functions return values, and on pages,
// where they return promises. No framework and no imports, so that it runs wherever JavaScript does.

/** @typedef {{ name: string, ok: boolean, message: string }} Result */
/** @typedef {(name: string, body: () => unknown) => Promise<void>} Check */
/**
 * `isPage`: functions return promises and take options. `isShared`: there are threads. `remote`: the app is at the other end of a port, on a page
 * or on a thread that blocks, where nothing waits for what a function of JavaScript's returns.
 * @typedef {{ isPage: boolean, isShared: boolean, threads: number, remote?: "page" | "thread" }} Place
 */

/** Told of each check before it runs, so that one that hangs can be named. */
export const progress = { begin: async (/** @type {string} */ name) => {} };

/**
 * Throws unless both are the same: numbers to the bit, arrays by class and element, objects by their own properties in any order.
 * @param {any} actual @param {any} expected
 */
export function same(actual, expected) {
  if (!isSame(actual, expected)) throw new Error(`expected ${show(expected)}, got ${show(actual)}`);
}

/** @param {any} a @param {any} b @returns {boolean} */
function isSame(a, b) {
  if (Object.is(a, b)) return true;
  if (!a || !b || typeof a !== "object" || typeof b !== "object" || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (ArrayBuffer.isView(a)) {
    const [left, right] = /** @type {any[]} */ ([a, b]);
    for (let index = 0; index < left.length; index++) if (!Object.is(left[index], right[index])) return false;
    return left.length === right.length;
  }
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

/** @param {any} value @returns {string} */
export function show(value) {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 200));
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} [${Array.from(/** @type {any} */ (value)).slice(0, 20).map(show).join(", ")}]`;
  if (Array.isArray(value)) return `[${value.slice(0, 20).map(show).join(", ")}]`;
  if (value && Object.getPrototypeOf(value) === Object.prototype) return `{ ${Object.entries(value).slice(0, 20).map(([key, value]) => `${key}: ${show(value)}`).join(", ")} }`;
  return typeof value === "bigint" ? `${value}n` : Object.is(value, -0) ? "-0" : String(value);
}

/**
 * Throws unless `body` does, by an error of that name whose message holds the pattern. Gives the error.
 * @param {() => unknown} body @param {string} name @param {string | RegExp} [pattern]
 * @returns {Promise<any>}
 */
export async function fails(body, name, pattern = "") {
  let value;
  try {
    value = await body();
  } catch (/** @type {any} */ error) {
    if (error?.name === name && new RegExp(pattern).test(error.message)) return error;
    throw new Error(`expected ${name} with /${pattern}/, got ${error?.name}: ${error?.message ?? error}`);
  }
  throw new Error(`expected ${name} with /${pattern}/, got the value ${show(value)}`);
}

const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {any} [reason] */
function aborted(reason) {
  const controller = new AbortController();
  controller.abort(reason);
  return controller.signal;
}

/** What the engine calls the error when calls are nested too deeply: no standard says. */
function overflowName() {
  // No tail call, which would take no room.
  /** @returns {number} */
  const nest = () => 1 + nest();
  try {
    return `${nest()}`;
  } catch (/** @type {any} */ error) {
    return error.name;
  }
}

/** @param {() => boolean} isSo */
async function until(isSo) {
  for (let round = 0; round < 4000 && !isSo(); round++) await pause(5);
  same(isSo(), true);
}

/** The kinds of numbers: the type's name in Swift, its arrays, and its bounds. */
export const numbers = /** @type {const} */ ([
  ["Int8", Int8Array, -(2 ** 7), 2 ** 7 - 1],
  ["Int16", Int16Array, -(2 ** 15), 2 ** 15 - 1],
  ["Int32", Int32Array, -(2 ** 31), 2 ** 31 - 1],
  ["Int", Int32Array, -(2 ** 31), 2 ** 31 - 1],
  ["UInt8", Uint8Array, 0, 2 ** 8 - 1],
  ["UInt16", Uint16Array, 0, 2 ** 16 - 1],
  ["UInt32", Uint32Array, 0, 2 ** 32 - 1],
  ["UInt", Uint32Array, 0, 2 ** 32 - 1],
  ["Int64", BigInt64Array, -(2n ** 63n), 2n ** 63n - 1n],
  ["UInt64", BigUint64Array, 0n, 2n ** 64n - 1n],
]);

/** What of the kinds of numbers is another in a package with addresses of 64 bits. A value is a number as far as those are exact. */
const wideNumbers = new Map([["Int", -Number.MAX_SAFE_INTEGER], ["UInt", 0]].map(([name, low]) => [name, [name, Array, low, Number.MAX_SAFE_INTEGER]]));
/** An element of an array lies in memory that both sides see, and so is a bigint. */
const wideElements = new Map(numbers.filter(([name]) => /Int64$/.test(name)).map(([name, ...rest]) => [name.replace("64", ""), [name.replace("64", ""), ...rest]]));

const wrongKinds = () => [null, undefined, "1", true, {}, [], () => 1, Symbol("s"), new Date(), new Map()];
export const everything = () => ({
  flag: true, byte: 255, long: -(2n ** 63n), single: Math.fround(0.1), double: -0, text: "\uFEFFä\0👩‍👩‍👧‍👦", texts: ["", "x"], doubles: new Float64Array([NaN, -0, Infinity]),
  bytes: new Uint8Array([1, 2]), point: { x: 1, y: -0 }, shape: { case: "group", value: [{ case: "empty" }, { case: "circle", center: { x: 0, y: 1 }, radius: 2 }] },
  level: "HIGH!", counts: { a: 1, "": -1 }, rows: [new Int32Array([1]), new Int32Array([])],
});

/**
 * @param {any} app of Tests/Web/Conformance, whose functions return values or promises @param {any} pkg what its index.js exports
 * @param {Place} place
 * @returns {Promise<Result[]>}
 */
export async function run(app, pkg, place) {
  /** @type {Result[]} */
  const results = [];
  /** @type {Check} */
  const check = async (name, body) => {
    await progress.begin(name);
    try {
      await body();
      results.push({ name, ok: true, message: "" });
    } catch (/** @type {any} */ error) {
      results.push({ name, ok: false, message: `${error?.stack ?? ""} ${error}` });
    }
  };
  const isWide = (await app.bitsOfInt()) === 64;
  await scalars(app, check, isWide);
  await texts(app, check);
  await arrays(app, check, place);
  await composites(app, check);
  await argumentsOf(app, check, place);
  await errors(app, pkg, check);
  await classes(app, pkg, check, place);
  if (place.remote !== "thread") {
    await callbacks(app, check, place, isWide);
    if (place.isPage) await controls(app, pkg, check, place);
  }
  await values(app, check, place);
  // The imports are the other side's, and so are the ends; its buffers are allocated by a promise.
  if (place.remote) return results;
  await imports(app, check, place);
  await buffers(app, pkg, check, place);
  await ends(pkg, check, place);
  return results;
}

/** @param {any} app @param {Check} check @param {boolean} isWide */
async function scalars(app, check, isWide) {
  for (const usual of numbers) {
    /** @type {any} */
    const [type, , low, high] = (isWide && wideNumbers.get(usual[0])) || usual;
    const echo = async (/** @type {any[]} */ ...values) => app[`echo${type}`](...values);
    const isBig = typeof low === "bigint";
    /** @type {any} */
    const one = isBig ? 1n : 1;
    await check(`${type} crosses whole, and refuses what does not fit`, async () => {
      for (const value of [low, high, one, isBig ? 0n : 0]) same(await echo(value), value);
      const outside = [low - one, high + one, ...(isBig ? [2n ** 64n, 2n ** 128n] : [0.5, NaN, Infinity, -Infinity, 2 ** 53])];
      for (const value of outside) await fails(() => echo(value), "RangeError", `^value: ${value} is not an integer from ${low} to ${high} \\(${type}\\)`);
      for (const value of [...wrongKinds(), isBig ? 1 : 1n]) await fails(() => echo(value), "TypeError", `^value: expected a ${typeof low}, got `);
      await fails(() => echo(), "TypeError", "expected 1 arguments, got 0");
      await fails(() => echo(one, one, one), "TypeError", "expected 1 arguments, got 3");
    });
  }
  for (const usual of numbers) {
    /** @type {any} */
    const [type, TypedArray, low, high] = (isWide && wideElements.get(usual[0])) || usual;
    const array = async (/** @type {any[]} */ ...values) => app[`echo${type}Array`](...values);
    /** @type {any} */
    const one = typeof low === "bigint" ? 1n : 1;
    await check(`[${type}] crosses as ${TypedArray.name}, and refuses the others`, async () => {
      const values = new TypedArray(/** @type {any} */ ([low, one, high]));
      same(await array(values), values);
      same((await array(values)) !== values, true);
      same(await array(new TypedArray(0)), new TypedArray(0));
      same(await array([]), new TypedArray(0));
      same(await array([low, one]), new TypedArray(/** @type {any} */ ([low, one])));
      same(await array(values.subarray(1, 2)), new TypedArray(/** @type {any} */ ([one])));
      for (const [, Other] of numbers) if (/** @type {any} */ (Other) !== TypedArray) await fails(() => array(new Other(1)), "TypeError", `^values: expected ${TypedArray.name} or an array, got ${Other.name}`);
      for (const wrong of [null, undefined, 1, "ab", {}, { length: 1, 0: 1 }, new DataView(new ArrayBuffer(8)), new ArrayBuffer(8)]) await fails(() => array(wrong), "TypeError", "^values: expected");
      await fails(() => array([one, "x"]), "TypeError", `^values\\[1\\]: expected a ${typeof low}, got string`);
      await fails(() => array([one, high + one]), "RangeError", "^values\\[1\\]: ");
      await fails(() => array([one, , one]), "TypeError", "^values\\[1\\]: ");
    });
  }
  await check("an Int that Swift returns is exact, or an error", async () => {
    for (const exponent of isWide ? [31, 40, 52] : [30]) {
      same([await app.powerOfTwo(exponent), await app.unsignedPowerOfTwo(exponent)], [2 ** exponent, 2 ** exponent]);
      same(await app.powersOfTwo([1, exponent]), [2, 2 ** exponent]);
    }
    if (!isWide) return;
    for (const exponent of [53, 60]) {
      await fails(async () => app.powerOfTwo(exponent), "RangeError", `about ${2 ** exponent}: Int crosses as a number, which is exact .* use Int64`);
      await fails(async () => app.unsignedPowerOfTwo(exponent), "RangeError", "UInt64");
      await fails(async () => app.powersOfTwo([1, exponent]), "RangeError", "Int64");
    }
    same(await app.powerOfTwo(1), 2);
  });
  await check("Double and Float cross to the bit", async () => {
    for (const value of [0, -0, 0.1, NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** 53, -1.5]) {
      same(await app.echoDouble(value), value);
      same(await app.echoFloat(value), Math.fround(value));
    }
    for (const wrong of [...wrongKinds(), 1n]) await fails(async () => app.echoDouble(wrong), "TypeError", "^value: expected a number, got ");
    for (const wrong of [...wrongKinds(), 1n]) await fails(async () => app.echoFloat(wrong), "TypeError", "^value: expected a number, got ");
    same(await app.echoDoubleArray([0.1, NaN, -0]), new Float64Array([0.1, NaN, -0]));
    same(await app.echoFloatArray([0.1, NaN, -0]), new Float32Array([0.1, NaN, -0]));
    same(await app.addNumbers(0.1, 0.2), 0.1 + 0.2);
    await fails(async () => app.addNumbers(1, "2"), "TypeError", "^b: expected a number, got string");
  });
  await check("Bool crosses, and nothing else passes for it", async () => {
    same([await app.echoBool(true), await app.echoBool(false)], [true, false]);
    same(await app.echoBools([true, false, true]), [true, false, true]);
    for (const wrong of [0, 1, "", "true", null, undefined, {}, [], 0n]) await fails(async () => app.echoBool(wrong), "TypeError", "^value: expected a boolean, got ");
    await fails(async () => app.echoBools([true, 1]), "TypeError", "^values\\[1\\]: expected a boolean, got number");
  });
}

/** @param {any} app @param {Check} check */
async function texts(app, check) {
  await check("String crosses whatever the script", async () => {
    for (const text of ["", "weft", "\0", "a\0b", "\uFEFFbom", "織り糸", "👩‍👩‍👧‍👦 🇩🇰", "\u{10FFFF}", "e\u0301", "\r\n\u2028"]) same(await app.echoString(text), text);
    const long = "aä織👩".repeat(200_000);
    same(await app.echoString(long), long);
    for (const wrong of [1, null, undefined, true, {}, [], Symbol("s"), new String("x"), 1n]) await fails(async () => app.echoString(wrong), "TypeError", "^value: expected a string, got ");
  });
  await check("halves of surrogate pairs become U+FFFD", async () => {
    for (const [text, expected] of [["\uD800", "\uFFFD"], ["a\uDC00b", "a\uFFFDb"], ["\uDC00\uD800", "\uFFFD\uFFFD"], ["\uD83D\uDE00\uD83D", "😀\uFFFD"]]) same(await app.echoString(text), expected);
  });
  await check("[String] crosses", async () => {
    const list = Array.from({ length: 1000 }, (_, index) => "ä".repeat(index % 7) + index);
    same(await app.echoStrings(list), list);
    same(await app.echoStrings([]), []);
    await fails(async () => app.echoStrings(["a", , "b"]), "TypeError", "^strings\\[1\\]: expected a string, got undefined");
    await fails(async () => app.echoStrings("ab"), "TypeError", "^strings: expected an array, got string");
    await fails(async () => app.echoStrings(new Set(["a"])), "TypeError", "^strings: expected an array, got object");
  });
}

/** @param {any} app @param {Check} check @param {Place} place */
async function arrays(app, check, { isPage }) {
  await check("nested arrays cross", async () => {
    const nested = [new Float64Array([1, 2]), new Float64Array(0), new Float64Array([NaN])];
    same(await app.echoNested(nested), nested);
    same(await app.echoNested([[1], []]), [new Float64Array([1]), new Float64Array(0)]);
    await fails(async () => app.echoNested([[1], [2, "3"]]), "TypeError", "^arrays\\[1\\]\\[1\\]: expected a number, got string");
    await fails(async () => app.echoNested([new Float32Array(1)]), "TypeError", "^arrays\\[0\\]: expected Float64Array or an array, got Float32Array");
  });
  await check("arguments keep their order, whatever their kinds", async () => {
    same(await app.manyArrays([1], new Int16Array([2]), [3.5], "four", [5n]), { d: "four", e: new BigInt64Array([5n]), c: new Float64Array([3.5]), b: new Int16Array([2]), a: new Uint8Array([1]) });
  });
  await check("an inout array comes back into the caller's", async () => {
    const data = new Float64Array([1, 2, 3]);
    same(await app.scale(data, 2), undefined);
    same(data, new Float64Array([2, 4, 6]));
    await app.scale(data.subarray(1, 2), 10);
    same(data, new Float64Array([2, 40, 6]));
    const bytes = new Uint8Array([0, 255]);
    await app.invert(bytes);
    same(bytes, new Uint8Array([255, 0]));
    const longs = new BigInt64Array([5n, -(2n ** 62n)]);
    await app.negate(longs);
    same(longs, new BigInt64Array([-5n, 2n ** 62n]));
    await app.scale(new Float64Array(0), 2);
    for (const wrong of [[1, 2], new Float32Array(1), null, "x", new Proxy(new Float64Array(1), {})]) await fails(async () => app.scale(wrong, 2), "TypeError", "^values: expected Float64Array, got ");
  });
  await check("two inout arrays come back with a parameter of the runtime's between them", async () => {
    const [first, second] = [new Float64Array([1, 2]), new Int32Array([3])];
    same(await app.scaleBoth(first, second, 3), "by 3");
    same([first, second], [new Float64Array([3, 6]), new Int32Array([9])]);
  });
  await check("an inout array that got another length is an error, and the others come back", async () => {
    const [first, second] = [new Float64Array([1, 2]), new Float64Array([3])];
    await fails(async () => app.shrink(first, second), "RangeError", "^first: Swift made 1 elements of 2");
    same([first, second], [new Float64Array([1, 2]), new Float64Array([42])]);
  });
  await check("an inout array comes back also where the function throws", async () => {
    const data = new Float64Array([1]);
    same(await app.scaleOrRefuse(data, false), 1);
    same(data, new Float64Array([2]));
    await fails(async () => app.scaleOrRefuse(data, true), "Refusal", "asked to");
    same(data, new Float64Array([4]));
  });
  await check("arguments are copied when the call is made", async () => {
    if (!isPage) return same(await app.echoDoubleArray([1]), new Float64Array([1]));
    const exclusive = await new app.Exclusive();
    const data = new Float64Array(100).fill(1);
    const calls = [exclusive.work(20), exclusive.sum(data), app.echoDoubleArray(data, {}), exclusive.sum(data, {})];
    data.fill(1000);
    same((await Promise.all(calls)).slice(1), [100, new Float64Array(100).fill(1), 100]);
    exclusive.dispose();
  });
  await check("a typed array is what it is, not what it says", async () => {
    class Own extends Float64Array {}
    same(await app.echoDoubleArray(new Own([1, 2])), new Float64Array([1, 2]));
    class Hostile extends Float64Array {
      static get [Symbol.species]() { return Array; }
      get length() { return 1000; }
      get BYTES_PER_ELEMENT() { return 1; }
    }
    Object.defineProperty(Hostile.prototype, "constructor", { get: () => Uint8Array });
    same(await app.echoDoubleArray(new Hostile([1, 2])), new Float64Array([1, 2]));
    const lying = Object.defineProperties(new Uint8Array([1, 2, 3]), { length: { value: 100000 }, BYTES_PER_ELEMENT: { value: 8 }, constructor: { value: Float64Array } });
    same(await app.echoUInt8Array(lying), new Uint8Array([1, 2, 3]));
    await fails(async () => app.echoDoubleArray(Object.setPrototypeOf(new Uint8Array(8), Float64Array.prototype)), "TypeError", "got Uint8Array");
    await fails(async () => app.echoDoubleArray(new Proxy(new Float64Array(1), {})), "TypeError");
  });
  await check("the length of an array is asked for once, and must be one", async () => {
    const lying = (/** @type {any} */ length, /** @type {any[]} */ target = [1]) => new Proxy(target, { get: (target, key) => (key === "length" ? length : Reflect.get(target, key)) });
    for (const length of [-1, 1.5, NaN, 2 ** 32, 2 ** 32 + 1, -(2 ** 31), Infinity, "1", null, {}, 1n]) {
      await fails(async () => app.echoStrings(lying(length, ["a", "b"])), "TypeError", "^strings: expected an array, got ");
      await fails(async () => app.echoDoubleArray(lying(length)), "TypeError", "^values: expected Float64Array or an array, got ");
    }
    same(await app.echoStrings(lying(1, ["a", "b"])), ["a"]);
  });
}

/** @param {any} app @param {Check} check */
async function composites(app, check) {
  await check("optionals: null and undefined are none", async () => {
    for (const [name, value] of /** @type {[string, any][]} */ ([["Int", 0], ["Bool", false], ["String", ""], ["Doubles", new Float64Array(0)], ["Point", { x: 1, y: 2 }], ["Shape", { case: "empty" }]])) {
      const echo = app[`echoOptional${name}`];
      same([await echo(value), await echo(null), await echo(undefined), await echo()], [value, undefined, undefined, undefined]);
    }
    same(await app.echoOptionals([1, null, undefined, 0]), [1, undefined, undefined, 0]);
    same(await app.echoOptionalTexts(["a", , ""]), ["a", undefined, ""]);
    await fails(async () => app.echoOptionalInt("1"), "TypeError", "^value: expected a number, got string");
    await fails(async () => app.echoOptionalInt(0.5), "RangeError", "^value: ");
    await fails(async () => app.echoOptionals([1, "2"]), "TypeError", "^values\\[1\\]: ");
  });
  await check("dictionaries: any keys, own properties only", async () => {
    const record = { b: "1", a: "2", 10: "3", 2: "4", "": "5", "ä👩": "6", "a\0b": "7", constructor: "8", toString: "9" };
    same(await app.echoTexts(record), record);
    const proto = Object.fromEntries([["__proto__", "x"], ["y", "z"]]);
    const result = await app.echoTexts(proto);
    same([Object.keys(result).sort(), Object.getPrototypeOf(result) === Object.prototype, Object.getOwnPropertyDescriptor(result, "__proto__")?.value], [["__proto__", "y"], true, "x"]);
    same(await app.echoTexts(Object.create({ inherited: "no" }, { own: { value: "yes", enumerable: true }, hidden: { value: "no" } })), { own: "yes" });
    same(await app.echoTexts(["a"]), { 0: "a" });
    same(await app.echoTexts(Object.create(null)), {});
    const nested = { a: { x: 1 }, b: {} };
    same(await app.echoRecord(nested), nested);
    const lists = [{ a: new Float64Array([1]) }, {}];
    same(await app.echoLists(lists), lists);
    await fails(async () => app.echoRecord({ a: { b: "c" } }), "TypeError", "^record.a.b: expected a number, got string");
    for (const wrong of [null, undefined, 1, "x", () => {}]) await fails(async () => app.echoTexts(wrong), "TypeError", "^record: expected an object, got ");
  });
  await check("structs", async () => {
    same(await app.echoPoint({ x: 1, y: -0, z: "more" }), { x: 1, y: -0 });
    same(await app.echoPoint(new (class { get x() { return 1; } get y() { return 2; } })()), { x: 1, y: 2 });
    const path = { name: "n", points: [{ x: 1, y: 2 }], weights: new Float32Array([0.5]), note: undefined, tags: { a: 1 } };
    same(await app.echoPath(path), path);
    same(await app.echoPath({ ...path, note: "set" }), { ...path, note: "set" });
    same(await app.echoEverything(everything()), everything());
    same(await app.echoEverythings([everything(), everything()]), [everything(), everything()]);
    same(await app.echoPoints([{ x: 0, y: 1 }]), [{ x: 0, y: 1 }]);
    same(await app.echoError({ name: "n", message: "m" }), { name: "n", message: "m" });
    await fails(async () => app.echoPoint({ x: 1 }), "TypeError", "^point.y: expected a number, got undefined");
    await fails(async () => app.echoPath({ ...path, points: [{ x: 1, y: 2 }, { x: 1, y: "2" }] }), "TypeError", "^path.points\\[1\\].y: ");
    await fails(async () => app.echoPath({ ...path, tags: { k: 2 ** 53 } }), "RangeError", "^path.tags.k: ");
    for (const wrong of [null, undefined, 1, "x", () => {}]) await fails(async () => app.echoPoint(wrong), "TypeError", "^point: expected an object \\(Point\\), got ");
  });
  await check("enums: names, raw strings, payloads, and enums in themselves", async () => {
    for (const direction of ["north", "south", "east", "west"]) same(await app.echoDirection(direction), direction);
    same(await app.echoDirections(["west", "north"]), ["west", "north"]);
    for (const level of ["low", "HIGH!"]) same(await app.echoLevel(level), level);
    await fails(async () => app.echoLevel("high"), "RangeError", '^level: "high" is none of "low", "HIGH!" \\(Level\\)');
    await fails(async () => app.echoDirection("up"), "RangeError", '^direction: "up" is none of ');
    await fails(async () => app.echoDirection(0), "TypeError", "^direction: expected a string \\(Direction\\), got number");
    let deep = /** @type {any} */ ({ case: "labelled", value0: "x", value1: 3 });
    for (let depth = 0; depth < 100; depth++) deep = { case: "group", value: [deep, { case: "empty" }] };
    for (const shape of [{ case: "empty" }, { case: "circle", center: { x: 1, y: 2 }, radius: 3 }, { case: "polygon", value: [{ x: 0, y: 0 }] }, deep]) same(await app.echoShape(shape), shape);
    same(await app.echoShapes([{ case: "empty" }, deep]), [{ case: "empty" }, deep]);
    await fails(async () => app.echoShape({ case: "square" }), "RangeError", '^shape.case: "square" is none of ');
    await fails(async () => app.echoShape({}), "TypeError", "^shape.case: expected a string, got undefined");
    await fails(async () => app.echoShape("empty"), "TypeError", '^shape: expected an object with "case" \\(Shape\\), got string');
    await fails(async () => app.echoShape({ case: "group", value: [{ case: "circle", center: { x: 1 }, radius: 1 }] }), "TypeError", "^shape.value\\[0\\].center.y: ");
    const cyclic = /** @type {any} */ ({ case: "group", value: [] });
    cyclic.value.push(cyclic);
    await fails(async () => app.echoShape(cyclic), overflowName());
  });
  await check("arguments of any length, wherever their room grows", async () => {
    for (let count = 0; count < 600; count++) {
      const filler = "x".repeat(count);
      const [shapes, everythings] = [[{ case: "labelled", value0: filler, value1: 1 }, { case: "group", value: [{ case: "polygon", value: [] }] }], [{ ...everything(), text: filler }]];
      same(await app.echoShapes(shapes), shapes);
      if (count % 10 === 0) same(await app.echoEverythings(everythings), everythings);
    }
    for (let count = 240; count < 270; count++) for (const flag of [true, false]) same(await app.echoBools(Array(count).fill(flag)), Array(count).fill(flag));
  });
  await check("tuples, labelled and not", async () => {
    same(await app.pairOf(0.5, "t"), [0.5, "t"]);
    same(await app.rangeOf([3, 1, 2]), { low: 1, high: 3 });
    same(await app.tripleOf(["a"], { x: 1, y: 2 }, true), [["a"], { x: 1, y: 2 }, true]);
    same(await app.tripleOf([], null, false), [[], undefined, false]);
  });
}

/** @param {any} app @param {Check} check @param {Place} place */
async function argumentsOf(app, check, { isPage }) {
  await check("default arguments", async () => {
    same([await app.withDefaults(1), await app.withDefaults(1, 2), await app.withDefaults(1, undefined, "c"), await app.withDefaults(1, 2, undefined)], ['1 5 x"y', '1 2 x"y', "1 5 c", '1 2 x"y']);
    await fails(async () => app.withDefaults(), "TypeError", "^withDefaults: expected 1 to 3 arguments, got 0");
    await fails(async () => app.withDefaults(1, 2, "c", 4, 5), "TypeError", "^withDefaults: expected 1 to 3 arguments, got 5");
    await fails(async () => app.withDefaults(1, null), "TypeError", "^b: expected a number, got null");
    same((await app.withAsking(undefined, [2], "c")).startsWith("1 "), true);
  });
  await check("a getter that calls the app does not disturb the call", async () => {
    const inner = /** @type {any[]} */ ([]);
    const hostile = { get x() { inner.push(app.addNumbers(1, 2), app.echoStrings(["a".repeat(300)])); return 5; }, y: 6 };
    same(await app.echoPoint(hostile), { x: 5, y: 6 });
    same(await Promise.all(inner), [3, ["a".repeat(300)]]);
    await fails(async () => app.echoPoint({ get x() { throw new URIError("mine"); } }), "URIError", "mine");
  });
  if (!isPage) await check("a call takes no options where it does not return a promise", async () => fails(async () => app.echoInt(1, {}), "TypeError", "expected 1 arguments, got 2"));
}

/** @param {any} app @param {any} pkg @param {Check} check */
async function errors(app, pkg, check) {
  await check("what Swift throws is of the class that the package exports", async () => {
    same(await app.parse("123"), 123);
    const bad = await fails(async () => app.parse("12a"), "ParseError");
    same([bad instanceof pkg.ParseError, bad instanceof Error, bad.value], [true, true, { case: "badCharacter", value0: "a", at: 2 }]);
    same((await fails(async () => app.parse(""), "ParseError")).value, { case: "empty" });
    const refusal = await fails(async () => app.refuse("because"), "Refusal", "because");
    same([refusal instanceof pkg.Refusal, refusal.value], [true, { reason: "because" }]);
    const graded = await fails(async () => app.grade("HIGH!"), "Grade", "^HIGH!$");
    same([graded instanceof pkg.Grade, graded.value], [true, "HIGH!"]);
  });
  await check("an error holds any value of JavaScript's", async () => {
    const cyclic = /** @type {any} */ ({});
    cyclic.self = cyclic;
    for (const value of [1, undefined, null, Symbol("s"), cyclic, 5n, () => {}, { toJSON() { throw new Error("no"); } }]) same((await fails(async () => app.reject(value), "Rejection")).value.value === value, true);
  });
}

/** @param {any} app @param {any} pkg @param {Check} check @param {Place} place */
async function classes(app, pkg, check, { isPage, isShared, threads, remote }) {
  const { Counter, Tally, Geometry } = app;
  await check("objects: construction, methods, properties, statics", async () => {
    const made = await Counter.made;
    const counter = await new Counter(5, "mine");
    same([counter instanceof Counter, await counter.value, await counter.name, await counter.add(2), await counter.value], [true, 5, "mine", 7, 7]);
    counter.value = 40;
    same(await counter.value, 40);
    const other = await new Counter();
    same([await other.value, await other.name], [0, "counter"]);
    same(await counter.merge(other), undefined);
    const copy = await counter.copy();
    same([copy instanceof Counter, copy === counter, await copy.value], [true, false, 40]);
    same([await Counter.sum([counter, copy, counter]), await Counter.sum([])], [120, 0]);
    same((await Counter.made) - made, 3);
    const ended = await app.endedCounters();
    for (const each of [counter, other, copy]) each.dispose();
    for (let round = 0; round < 1000 && (await app.endedCounters()) - ended < 3; round++) await pause(5);
    same((await app.endedCounters()) - ended, 3);
  });
  await check("several handles of one object, each with its own end", async () => {
    const counter = await new Counter(1);
    const handles = await app.echoCounters([counter, counter]);
    same(handles.length, 2);
    await handles[0].add(10);
    handles[0].dispose();
    counter.dispose();
    same(await handles[1].value, 11);
    handles[1].dispose();
  });
  await check("dispose: twice is once, and a disposed object is refused", async () => {
    const [counter, other] = [await new Counter(1), await new Counter(2)];
    counter.dispose();
    counter.dispose();
    await fails(async () => counter.add(1), "TypeError", "^this: this Counter is disposed");
    await fails(async () => counter.value, "TypeError", "^this: this Counter is disposed");
    await fails(async () => other.merge(counter), "TypeError", "^other: this Counter is disposed");
    await fails(async () => Counter.sum([other, counter]), "TypeError", "^counters\\[1\\]: this Counter is disposed");
    same(await other.value, 2);
    other.dispose();
    const symbol = /** @type {any} */ (Symbol).dispose;
    if (symbol) {
      const third = await new Counter(3);
      third[symbol]();
      await fails(async () => third.value, "TypeError", "disposed");
    }
  });
  if (!isPage)
    await check("a call keeps the object that it is made on, however often it is disposed of meanwhile", async () => {
      const counter = new Counter(3);
      const ended = app.endedCounters();
      const dispose = () => { counter.dispose(); counter.dispose(); same(app.endedCounters(), ended); };
      same([counter.addAfter(4, dispose), app.endedCounters() - ended], [7, 1]);
    });
  await check("objects of other classes and other apps, and what only looks like one", async () => {
    const [counter, tally] = [await new Counter(1), await new Tally()];
    await fails(async () => counter.merge(tally), "TypeError", "^other: expected an object of Counter, got object");
    for (const wrong of [null, undefined, 1, {}, Object.create(Counter.prototype), Counter, new Proxy(counter, {})]) await fails(async () => counter.merge(wrong), "TypeError", "^other: expected an object of Counter, got ");
    await fails(async () => Counter.prototype.add.call(tally, 1), "TypeError", "^this: expected an object of Counter");
    await fails(async () => Counter.prototype.add.call({}, 1), "TypeError", "^this: expected an object of Counter");
    await fails(async () => Counter.prototype.dispose.call(1), "TypeError");
    await fails(async () => Counter(1), "TypeError", "^Counter is a class: write new Counter");
    await fails(async () => new Counter("1"), "TypeError", "^value: expected a number, got string");
    const other = await pkg.default({ threads: 1 });
    const foreign = await new other.Counter(9);
    await fails(async () => counter.merge(foreign), "TypeError", "^other: this Counter belongs to another app");
    foreign.dispose();
    await other.terminate();
    counter.dispose();
    tally.dispose();
  });
  await check("an initializer may throw; a Sendable class; a namespace", async () => {
    const tally = await new Tally();
    await Promise.all(Array.from({ length: 20 }, () => tally.add(2)));
    same(await tally.total, 40);
    tally.dispose();
    same([await Geometry.dimensions, await Geometry.area({ case: "circle", center: { x: 0, y: 0 }, radius: 2 })], [2, 12]);
    await fails(async () => Geometry.area({ case: "circle", center: { x: 0, y: 0 } }), "TypeError", "^shape.radius: ");
  });
  await check("calls on an object that is not Sendable run one after the other", async () => {
    const exclusive = await new app.Exclusive();
    same(await Promise.all([exclusive.work(10), exclusive.work(10), exclusive.work(0), exclusive.work(5)]), [0, 0, 0, 0]);
    exclusive.dispose();
  });
  if (isPage && isShared && threads > 1 && remote !== "thread")
    await check("calls on a Sendable object run at the same time", async () => {
      const room = await new app.Room();
      same(await Promise.all([room.meet(2), room.meet(2)]), [true, true]);
      room.dispose();
    });
  await check("a call that fails does not keep the next from its turn", async () => {
    const exclusive = await new app.Exclusive();
    const first = exclusive.work(5);
    await fails(async () => exclusive.work("x"), "TypeError");
    same([await first, await exclusive.work(0)], [0, 0]);
    exclusive.dispose();
  });
}

/** @param {any} app @param {Check} check @param {Place} place @param {boolean} isWide */
async function callbacks(app, check, { isPage, isShared }, isWide) {
  await check("functions that return nothing are called in their order", async () => {
    const calls = /** @type {any[]} */ ([]);
    await app.callVoid(5, (/** @type {number} */ index) => { calls.push(index); });
    await until(() => calls.length === 5);
    same(calls, [0, 1, 2, 3, 4]);
    same([await app.callMaybe((/** @type {number} */ value) => { calls.push(value); }), await app.callMaybe(null), await app.callMaybe(), await app.callMaybe(undefined)], [true, false, false, false]);
    await until(() => calls.length === 6);
    same(calls[5], 7);
    for (const wrong of [null, undefined, 1, "f", {}]) await fails(async () => app.callVoid(1, wrong), "TypeError", "^body: expected a function, got ");
    await fails(async () => app.callMaybe(5), "TypeError", "^body: expected a function, got number");
  });
  if (isPage && !isShared) {
    await check("what a function returns cannot be had where a page shares no memory, which is an error that says so", async () => {
      same(await app.tryCall(() => 1), "Error: what this function returns cannot be waited for where memory is not shared");
      await fails(async () => app.callText(() => "x", "y"), "Error", "cannot be waited for where memory is not shared");
    });
    return;
  }
  await check("functions are called with and return values of each type", async () => {
    same(await app.callNow((/** @type {any} */ ...values) => { same(values, ["now", new Float64Array([1, 2, 3])]); return { x: 1, y: 2 }; }), { x: 1, y: 2 });
    same(await app.callEverything((/** @type {any} */ value) => { same(value, everything()); return value; }, everything()), everything());
    same(await app.callText((/** @type {string} */ text) => `${text}!`, "ä".repeat(1000)), `${"ä".repeat(1000)}!`);
    same([await app.callOptional((/** @type {any} */ value) => (value === undefined ? 3 : null), null), await app.callOptional(() => null, 1), await app.callOptional(() => {}, 1)], [3, undefined, undefined]);
    same(await app.callBytes((/** @type {Uint8Array} */ bytes) => bytes.map((byte) => byte + 1), new Uint8Array([1, 255])), new Uint8Array([2, 0]));
    same(await app.callBytes(() => [7], []), new Uint8Array([7]));
    same(await app.callLong((/** @type {bigint} */ value) => value - 1n, -5n), -6n);
    same([await app.callBool(() => true), await app.callBool(() => false)], [true, false]);
    const token = {};
    same((await app.callValue((/** @type {any} */ value) => { same(value === token, true); return value; }, token)) === token, true);
    const counter = await new app.Counter(4);
    const back = await app.callCounter((/** @type {any} */ object) => object, counter);
    same([await back.value, back instanceof app.Counter], [4, true]);
    back.dispose();
    counter.dispose();
  });
  await check("what a function returns is checked like an argument", async () => {
    await fails(async () => app.callText(() => 5, ""), "TypeError", "^result of body: expected a string, got number");
    await fails(async () => app.callEverything((/** @type {any} */ value) => ({ ...value, texts: ["a", 1] }), everything()), "TypeError", "^result of body.texts\\[1\\]: ");
    await fails(async () => app.callLong(() => 2n ** 63n, 0n), "RangeError", "^result of body: ");
    const bounds = isWide ? "-9007199254740991 to 9007199254740991" : "-2147483648 to 2147483647";
    same(await app.tryCall(() => 0.5), `RangeError: result of body: 0.5 is not an integer from ${bounds} (Int)`);
  });
  await check("what a function throws comes to Swift, whatever it is", async () => {
    same(await app.tryCall((/** @type {number} */ number) => number + 1), "returned 4");
    same(await app.tryCall(() => { throw new RangeError("mine"); }), "RangeError: mine");
    same(await app.tryCall(() => { throw "text"; }), ": text");
    same(await app.tryCall(() => { throw null; }), ": null");
    same(await app.tryCall(() => { throw undefined; }), ": undefined");
    same(await app.tryCall(() => { throw Symbol("s"); }), ": Symbol(s)");
    same((await app.tryCall(() => { throw Object.create(null); })).startsWith(": "), true);
    same((await app.tryCall(() => { throw { toString() { throw new Error("no text"); } }; })).startsWith(": "), true);
    same((await app.tryCall(() => { throw Object.assign(new Error("x"), { name: 5, message: {} }); })).length > 0, true);
    await fails(async () => app.callText(() => { throw new TypeError("through"); }, ""), "TypeError", "^through$");
    same((await app.callOnThreads(50, (/** @type {number} */ index) => { if (index % 2) throw new Error(`${index}`); return `r${index}`; })).slice(0, 3), ["r0", "Error: 1", "r2"]);
  });
  await check("threads call at once, and each gets its own answer", async () => {
    same(await app.sumOfReplies(1000, (/** @type {number} */ index) => index * 2), 999000);
    const expected = Array.from({ length: 300 }, (_, index) => `${index}`.repeat(index % 50));
    same(await app.callOnThreads(300, (/** @type {number} */ index) => `${index}`.repeat(index % 50)), expected);
    const both = await Promise.all([app.callOnThreads(100, (/** @type {number} */ index) => `a${index}`), app.callOnThreads(100, (/** @type {number} */ index) => `b${index}`)]);
    same(both.map((each) => [each[0], each[99]]), [["a0", "a99"], ["b0", "b99"]]);
  });
  await check("a promise is waited for where the thread that keeps it is free, and is an error elsewhere", async () => {
    const later = async (/** @type {number} */ number) => { await pause(1); if (number < 0) throw new RangeError("rejected"); return number; };
    if (!isPage) {
      // That the promise is rejected later is nobody's affair any more.
      for (const number of [1, -1]) same(await app.tryCall(() => later(number)), "Error: body returned a promise, and the thread that has to keep it waits for the call");
      return pause(5);
    }
    same(await app.tryCall(later), "returned 3");
    same(await app.tryCall(() => later(-1)), "RangeError: rejected");
    same(await app.tryCall(async () => "x"), "TypeError: result of body: expected a number, got string");
    same((await app.callOnThreads(40, async (/** @type {number} */ index) => { await pause(index % 3); return `p${index}`; }))[39], "p39");
    await fails(async () => app.callText(async () => Promise.reject(new SyntaxError("s")), ""), "SyntaxError", "s");
    // A thenable that does not keep to its contract answers once.
    same(await app.tryCall(() => ({ then(/** @type {any} */ resolve, /** @type {any} */ reject) { resolve(1); resolve(2); reject(3); throw 4; } })), "returned 1");
    same(await app.tryCall(() => ({ get then() { throw new Error("then"); } })), "Error: then");
  });
  await check("a function may call the app", async () => {
    if (isPage) return same(await app.callText(async (/** @type {string} */ text) => `${text} ${await app.addNumbers(1, 2)}`, "a"), "a 3");
    same(await app.callText((/** @type {string} */ text) => `${text} ${app.callText((/** @type {string} */ inner) => inner + app.addNumbers(1, 2), "in")}`, "out"), "out in3");
  });
  await check("memory may grow while a function is called", async () => {
    const grow = async () => { await app.grow(12); };
    same(await app.callAround([1, 2], isPage ? grow : () => { app.grow(12); }, [3], "text"), { sum: 6, text: "text" });
    same(await app.callBytes(isPage ? async (/** @type {any} */ bytes) => { await grow(); return bytes; } : (/** @type {any} */ bytes) => { app.grow(20); return bytes; }, new Uint8Array(1000).fill(7)), new Uint8Array(1000).fill(7));
    if (isShared) for (const megabytes of [30, 60, 90]) same(await app.callAfterGrowth(megabytes, (/** @type {string[]} */ texts) => texts[1999]), "text 1999");
  });
  await check("Swift keeps a function beyond the call", async () => {
    const keeper = await new app.Keeper((/** @type {number} */ number) => number * 2);
    same([await keeper.call(2), await keeper.call(3)], [4, 6]);
    same((await keeper.callOnThreads(20))[19], "38");
    keeper.dispose();
    if (!isShared) return;
    /** @type {number[]} */
    const called = [];
    await app.callLater(11, (/** @type {number} */ value) => { called.push(value); });
    same(called, []);
    await until(() => called.length === 1);
    same(called, [11]);
  });
}

/** @param {any} app @param {Check} check @param {Place} place */
async function values(app, check, { isPage, isShared, remote }) {
  await check("opaque values stay themselves", async () => {
    const all = [{}, [], () => {}, Symbol("s"), 1n, NaN, "x", null, undefined, true, new Map(), Promise.resolve(1), new Proxy({}, {})];
    // Awaited here, a promise would not be itself.
    for (const value of all) if (!(value instanceof Promise)) same(Object.is(await app.echoValue(value), value), true);
    const listed = await app.echoValues(all);
    same(all.every((value, index) => Object.is(value, listed[index])), true);
    const twice = await app.twice(all[0]);
    same([twice[0] === all[0], twice[1] === all[0]], [true, true]);
    same([await app.echoOptionalValue(null), await app.echoOptionalValue()], [undefined, undefined]);
    same((await app.echoOptionalValue(all[0])) === all[0], true);
    same(await app.echoValue(undefined), undefined);
    await fails(async () => app.echoValue(), "TypeError", "expected 1 arguments, got 0");
  });
  // Those of the other end's come as copies.
  if (!remote) await check("values of an import stay with the thread that has them", async () => {
    const parsed = async () => app.parsed('{ "a": [1] }');
    if (isPage) await fails(parsed, "TypeError", "^result of JSON.parse: .*on: .page");
    else same(await parsed(), { a: [1] });
    await fails(async () => app.parsed("{"), "SyntaxError");
    const token = {};
    if (isPage) await fails(async () => app.throughImportHere(token), "TypeError", "on: .page");
    else same((await app.throughImportHere(token)) === token, true);
    if (isShared || !isPage) same((await app.throughImport(token)) === token, true);
  });
}

/** @param {any} app @param {Check} check @param {Place} place */
async function imports(app, check, { isPage, isShared }) {
  const canAnswer = isShared || !isPage;
  await check("imports: global and of the module, on the thread that calls and on the page", async () => {
    same([await app.hypotenuseOf(3, 4), await app.shouted("hey")], [5, "HEY!"]);
    const noted = /** @type {any} */ (globalThis).noted;
    noted.length = 0;
    await app.notes(["a", "b"]);
    await until(() => noted.length === 2);
    same([...noted], ["a", "b"]);
    same(await app.throughEverything(everything()), everything());
  });
  await check("imports: what is missing and what throws is an error that says so", async () => {
    await fails(async () => app.callMissing(), "TypeError", "^missing.function, which the program imports, is not in the global scope of this thread");
    await fails(async () => app.failing("error"), "RangeError", "no such thing");
    await fails(async () => app.failing("text"), "", "^a text$");
    await fails(async () => app.failing("null"), "", "^null$");
    await fails(async () => app.failing("hostile"), "");
    same(await app.failing("nothing"), undefined);
  });
  if (!canAnswer) return;
  await check("imports: variables, promises and objects", async () => {
    /** @type {any} */ (globalThis).pageTitle = "one";
    same([await app.retitle("two"), await app.retitle("three"), /** @type {any} */ (globalThis).pageTitle], ["one", "two", "three"]);
    same([await app.setLevel("HIGH!"), await app.setLevel("low")], ["low", "HIGH!"]);
    if (isPage) same(await app.laterTwice(1), 4);
    else await fails(async () => app.laterTwice(1), "Error", "^later returned a promise");
    if (isPage) await fails(async () => app.laterTwice(-1), "RangeError", "negative");
    const counter = await new app.Counter(8);
    const back = await app.throughCounter(counter);
    same([await back.value, back instanceof app.Counter], [8, true]);
    back.dispose();
    counter.dispose();
  });
}

/** @param {any} app @param {any} pkg @param {Check} check @param {Place} place */
async function buffers(app, pkg, check, { isPage, isShared }) {
  await check("a buffer is memory of both, until it is disposed", async () => {
    const buffer = app.alloc(Float64Array, 1000);
    same([buffer instanceof Float64Array, buffer.length, buffer.every((/** @type {number} */ value) => value === 0)], [true, 1000, true]);
    buffer.fill(3);
    await app.scaleShared(buffer, 2);
    same(buffer.every((/** @type {number} */ value) => value === 6), true);
    const [bytes, longs, floats, ints] = [app.alloc(Uint8Array, 3), app.alloc(BigInt64Array, 2), app.alloc(Float32Array, 2), app.alloc(Int32Array, 2)];
    await app.fillBytes(bytes, 200);
    await app.fillLongs(longs, -(2n ** 62n));
    same([Array.from(bytes), Array.from(longs)], [[200, 200, 200], [-(2n ** 62n), -(2n ** 62n)]]);
    floats[1] = 0.5;
    ints[0] = 4;
    same(await app.addBuffers(floats, ints), 4.5);
    const empty = app.alloc(Float64Array, 0);
    await app.scaleShared(empty, 2);
    for (const each of [buffer, bytes, longs, floats, ints, empty]) each.dispose();
    buffer.dispose();
    await fails(async () => app.scaleShared(buffer, 2), "TypeError", "^values: this buffer is disposed");
    const symbol = /** @type {any} */ (Symbol).dispose;
    if (symbol) {
      const other = app.alloc(Float64Array, 1);
      other[symbol]();
      await fails(async () => app.scaleShared(other, 2), "TypeError", "disposed");
    }
  });
  await check("what is not such a buffer is refused", async () => {
    const floats = app.alloc(Float32Array, 2);
    const buffer = app.alloc(Float64Array, 4);
    for (const wrong of [floats, new Float64Array(2), buffer.subarray(0, 1), new Float64Array(buffer.buffer), [1], null, undefined, 1, {}]) await fails(async () => app.scaleShared(wrong, 2), "TypeError", "^values: expected a Float64Array that app.alloc has made, got ");
    await fails(async () => app.scaleShared(Object.setPrototypeOf(app.alloc(Uint8Array, 8), Float64Array.prototype), 2), "TypeError", "^values: expected a Float64Array");
    const other = await pkg.default({ threads: 1 });
    await fails(async () => other.scaleShared(buffer, 2), "TypeError", "^values: this buffer belongs to another app");
    await other.terminate();
    for (const wrong of [Array, ArrayBuffer, DataView, Float64Array.prototype, null, undefined, "Float64Array", class extends Float64Array {}]) await fails(async () => app.alloc(wrong, 1), "TypeError", "^alloc: expected a typed array's class");
    for (const wrong of [-1, 0.5, NaN, Infinity, "1", null, undefined, 1n]) await fails(async () => app.alloc(Float64Array, wrong), "RangeError", "^alloc: ");
    // Where memory is not shared a page's buffer is its own first, and may be refused by the engine.
    for (const large of [2 ** 53, 2 ** 40]) await fails(async () => app.alloc(Float64Array, large), isPage && !isShared ? "RangeError" : "WeftError");
    if (!isPage) await fails(async () => app.alloc(Float64Array, 2 ** 29 + 1), "WeftError");
    same(await app.addNumbers(1, 1), 2);
  });
  await check("a buffer stays while the memory grows, and while a call that has it runs", async () => {
    const buffer = app.alloc(Float64Array, 500).fill(1);
    const view = new Float64Array(buffer.buffer, buffer.byteOffset, 500);
    await app.grow(40);
    await app.scaleShared(buffer, 3);
    same([buffer[0], view[499]], [3, 3]);
    if (isShared || !isPage) {
      // Disposed by the function that is called while Swift has it: then it is written once more and freed.
      /** @type {any} */
      let other;
      same(await app.holdBuffer(buffer, () => { buffer.dispose(); buffer.dispose(); other = app.alloc(Float64Array, 500).fill(9); }), 4);
      same([other[0], other[499]], [9, 9]);
      other.dispose();
    }
    await fails(async () => app.scaleShared(isShared || !isPage ? buffer : null, 1), "TypeError");
    buffer.dispose();
  });
  if (isShared || !isPage)
    await check("a function that Swift calls sees what Swift has written into a buffer, and the other way round", async () => {
      const buffer = app.alloc(Float64Array, 2);
      /** @type {any} */
      let seen;
      const call = app.shareAndCall(buffer, isPage
        ? async () => { seen = buffer[0]; await app.scaleShared(buffer, 2); buffer[1] = 7; throw 1; }
        : () => { seen = buffer[0]; app.scaleShared(buffer, 2); buffer[1] = 7; throw 1; });
      same([await call, seen, Array.from(buffer)], [1007, 5, [1, 7]]);
      buffer.dispose();
    });
  if (!isShared)
    await check("a buffer whose memory was given away is refused", async () => {
      const buffer = app.alloc(Float64Array, 500);
      structuredClone(buffer.buffer, { transfer: [buffer.buffer] });
      await fails(async () => app.scaleShared(buffer, 2), "TypeError", "^values: this buffer is detached");
      const other = app.alloc(Float64Array, 500).fill(1);
      const detach = () => { structuredClone(other.buffer, { transfer: [other.buffer] }); };
      const call = app.holdBuffer(other, isPage ? () => {} : detach);
      if (isPage) detach();
      same(await call, 2);
      await fails(async () => app.scaleShared(other, 2), "TypeError", "detached");
      // What would be written beyond the memory of a buffer that had none.
      const canaries = await Promise.all(Array.from({ length: 40 }, (_, seed) => new app.Canary(4, seed)));
      const late = app.alloc(Float64Array, 100);
      // Given away by an argument behind it, before Swift has ever seen it.
      same(await app.addDetached(late, { get x() { structuredClone(late.buffer, { transfer: [late.buffer] }); return 0.1; }, y: 2 }), 100);
      canaries.push(...(await Promise.all(Array.from({ length: 80 }, (_, seed) => new app.Canary(4, seed)))));
      for (const canary of canaries) same(await canary.isWhole(), true);
      for (const canary of canaries) canary.dispose();
    });
}

/** @param {any} app @param {any} pkg @param {Check} check @param {Place} place */
async function controls(app, pkg, check, { isShared }) {
  await check("a call that is aborted before it begins is not made", async () => {
    const exclusive = await new app.Exclusive();
    const reason = new RangeError("stop it");
    await fails(() => exclusive.work(5000, { signal: aborted(reason) }), "RangeError", "stop it");
    same(await exclusive.work(0), 0);
    exclusive.dispose();
    await fails(() => app.count(5, { signal: aborted() }), "AbortError");
  });
  if (isShared)
    await check("a call that is aborted ends, and its promise at once", async () => {
      const controller = new AbortController();
      /** @type {any[]} */
      const events = [];
      const call = app.count(60_000, { signal: controller.signal, onProgress: (/** @type {any} */ event) => { events.push(event); if (event.completed > 2) controller.abort(); } });
      await fails(() => call, "AbortError");
      same([events.length > 0, events.every(({ total, completed }) => total === 60_000 && completed <= total)], [true, true]);
      // The threads are free again: as many calls as there are threads could not run otherwise.
      same(await Promise.all([app.count(2), app.count(2), app.count(2), app.count(2)]), [2, 2, 2, 2]);
    });
  await check("options: the last progress, a signal that comes too late, and what is no option", async () => {
    const controller = new AbortController();
    /** @type {any[]} */
    const events = [];
    same(await app.count(3, { signal: controller.signal, onProgress: (/** @type {any} */ event) => events.push(event) }), 3);
    if (isShared) same(events.pop(), { completed: 3, total: 3 });
    controller.abort();
    same(await app.count(1, {}), 1);
    same(await app.addNumbers(1, 2, {}), 3);
    same(await app.addNumbers(1, 2, { signal: undefined, onProgress: undefined }), 3);
    await fails(() => app.addNumbers(1, 2, { timeout: 1 }), "TypeError", "^addNumbers: unknown option timeout");
    await fails(() => app.addNumbers(1, 2, { signal: 5 }), "TypeError", "signal must be an AbortSignal");
    await fails(() => app.addNumbers(1, 2, { onProgress: 5 }), "TypeError", "onProgress must be a function");
    await fails(() => app.addNumbers(1, 2, { get signal() { throw new URIError("mine"); } }), "URIError", "mine");
    for (const wrong of [null, undefined, 5, "x"]) await fails(() => app.addNumbers(1, 2, wrong), "TypeError", "expected 2 arguments, got 3");
  });
  await check("what onProgress throws rejects the call, and nothing else", async () => {
    if (!isShared) return same(await app.count(1, { onProgress() { throw new URIError("mine"); } }), 1);
    await fails(() => app.count(3, { onProgress() { throw new URIError("mine"); } }), "URIError", "mine");
    await fails(() => app.count(60_000, { onProgress() { throw new URIError("mine"); } }), "URIError", "mine");
    same(await app.count(2), 2);
  });
}

/** @param {any} pkg @param {Check} check @param {Place} place */
async function ends(pkg, check, { isPage, isShared }) {
  const start = async () => pkg.default({ threads: 2 });
  await check("after a trap every call fails with the fault, and another app starts", async () => {
    const app = await start();
    const [counter, buffer] = [await new app.Counter(1), app.alloc(Float64Array, 4)];
    const error = await fails(async () => app.trap(), "WeftError");
    same([error instanceof pkg.WeftError, error.code, app.state], [true, "fault", "fault"]);
    for (const call of [() => app.addNumbers(1, 2), () => app.echoString("x"), () => counter.add(1), () => new app.Counter(1), () => app.scaleShared(buffer, 1), () => app.alloc(Float64Array, 1)]) same((await fails(async () => call(), "WeftError")).code, "fault");
    counter.dispose();
    buffer.dispose();
    await app.terminate();
    const next = await start();
    same(await next.addNumbers(1, 2), 3);
    await next.terminate();
    same([next.state, (await fails(async () => next.addNumbers(1, 2), "WeftError")).code], ["terminated", "terminated"]);
  });
  await check("a trap while an argument is read, or in a function that Swift calls, ends the call too", async () => {
    if (isPage) return;
    for (const [name, call] of /** @type {[string, (app: any, trap: () => void) => unknown][]} */ ([
      ["getter", (app, trap) => app.echoPoint({ x: 1, get y() { trap(); return 2; } })],
      ["function", (app, trap) => app.callText(() => { trap(); return "x"; }, "y")],
      ["function without a result", (app, trap) => app.callVoid(2, trap)],
      ["numbers only", (app, trap) => { app.callVoid(1, trap); }],
    ])) {
      const app = await start();
      const trap = () => { try { app.trap(); } catch {} };
      same([name, (await fails(async () => call(app, trap), "WeftError")).code], [name, "fault"]);
      await app.terminate();
    }
    // Swift does not go on, or is not even called.
    const [first, second] = [await start(), await start()];
    let calls = 0;
    await fails(async () => first.callVoid(2, () => { calls++; try { first.trap(); } catch {} }), "WeftError");
    await fails(async () => second.callEverything(() => { calls++; }, { ...everything(), get flag() { try { second.trap(); } catch {} return true; } }), "WeftError");
    same(calls, 1);
    for (const app of [first, second]) await app.terminate();
  });
  await check("terminate ends calls that run, that wait for their turn, and that wait for JavaScript", async () => {
    if (!isPage) return;
    const app = await start();
    const exclusive = await new app.Exclusive();
    /** @type {any} */
    let resolve;
    let isCalled = false;
    const calls = [exclusive.work(30_000), exclusive.work(1), exclusive.sum([1], {}), app.addNumbers(1, 2, {})];
    if (isShared) calls.push(app.tryCall(() => { isCalled = true; return new Promise((keep) => { resolve = keep; }); }));
    const codes = calls.map((call) => call.then(() => "done", (/** @type {any} */ error) => error.code));
    if (isShared) await until(() => isCalled);
    await app.terminate();
    const ended = await Promise.all(codes);
    same([ended[0], ended[1], ended[2], ended[4]], ["terminated", "terminated", "terminated", isShared ? "terminated" : undefined]);
    resolve?.(1);
    exclusive.dispose();
    await app.terminate();
  });
  if (isShared)
    await check("a function that Swift kept is not called after the end", async () => {
      const app = await start();
      let calls = 0;
      for (let count = 0; count < 5; count++) await app.callLater(1, () => { calls++; });
      // A call that runs is not waited for.
      const running = new app.Exclusive().then?.((/** @type {any} */ exclusive) => exclusive.work(30_000)).catch(() => {});
      await app.terminate();
      const before = calls;
      await pause(60);
      same(calls, before);
      await running;
    });
}
