// Objects of Swift's classes, which JavaScript holds by handles, and namespaces.
/** @typedef {import("./values.js").Codec} Codec */
/** @typedef {import("./values.js").Signature} Signature */
/** @typedef {[kind: string, signature: Signature]} Member */
/** @typedef {Codec & { name: string, isSerial: boolean }} ClassCodec */

/** @type {WeakMap<any, Map<ClassCodec, { prototype: any, end: (object: number) => unknown }>>} */
const known = new WeakMap();

/**
 * The classes of an app, by their codecs.
 * @param {any} app
 */
function classesOf(app) {
  const classes = known.get(app) ?? new Map();
  known.set(app, classes);
  return classes;
}

/**
 * How the address of an object is passed to the thunk that ends its life.
 * @type {Codec}
 */
const address = { put: (out, value) => out.size(value), get: () => undefined };

/**
 * Runs something on a page when all that was given before it has ended.
 * @param {any} app @param {() => Promise<any>} body
 */
function inTurn(app, body) {
  const turn = (app.turn ?? Promise.resolve()).then(body);
  app.turn = turn.catch(() => {});
  return turn;
}

/** What stands for an object: JavaScript's reference to it, which is shared by the handle and the calls that use it. */
class Reference {
  uses = 1;
  isDisposed = false;

  /** @param {any} app @param {ClassCodec} type @param {number} address */
  constructor(app, type, address) {
    this.app = app;
    this.type = type;
    this.address = address;
  }

  retain() {
    this.uses++;
  }

  release() {
    if (--this.uses || this.app.end) return;
    // Ends with the app: then nothing is left to be released.
    Promise.resolve(classesOf(this.app).get(this.type)?.end(this.address)).catch(() => {});
  }

  dispose() {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.release();
  }
}

/** @type {WeakMap<object, Reference>} */
const references = new WeakMap();

/**
 * What stands behind a handle; nothing behind other values.
 * @param {any} value
 */
export const referenceOf = (value) => references.get(value);

/** @type {FinalizationRegistry<Reference>} */
const collected = new FinalizationRegistry((reference) => reference.dispose());

/** @type {Map<string, ClassCodec>} the codecs by the classes' names: more than one script of a package asks for them */
const codecs = new Map();

/**
 * The codec of a class.
 * @param {string} name @param {boolean} isSerial @returns {ClassCodec}
 */
export function handle(name, isSerial) {
  const known = codecs.get(name);
  if (known) return known;
  /** @type {ClassCodec} */
  const codec = {
    name,
    isSerial,
    put(out, value) {
      const reference = references.get(value);
      if (!reference || reference.type !== codec) return out.wrong(`an object of ${name}`, value);
      if (reference.app !== out.app) throw new TypeError(`${out.place}: this ${name} belongs to another app`);
      if (reference.isDisposed) throw new TypeError(`${out.place}: this ${name} is disposed`);
      out.hold(reference);
      out.size(reference.address);
    },
    get(input) {
      const address = input.size();
      if (input.app.isThread) throw new TypeError(`objects of ${name} stay on the page's thread: import with \`on: .page\``);
      const reference = new Reference(input.app, codec, address);
      const object = Object.create(classesOf(input.app).get(codec)?.prototype ?? null);
      references.set(object, reference);
      collected.register(object, reference);
      return object;
    },
  };
  codecs.set(name, codec);
  return codec;
}

/**
 * Makes a class of JavaScript's, or an object if there is no codec: a namespace.
 * @param {any} app @param {string} wasmExport @param {ClassCodec | null} codec @param {Member[]} members
 */
export function define(app, wasmExport, codec, members) {
  app.inTurn ??= (/** @type {() => Promise<any>} */ body) => inTurn(app, body);
  /** @type {any} */
  let result = {};
  if (codec) {
    // A function and not a class: on a page it returns a promise.
    const { name } = codec;
    const construct = members.findIndex(([kind]) => kind === "init");
    const make = construct < 0 ? undefined : app.function(members[construct][1], wasmExport, construct + 1);
    result = {
      [name]: function (/** @type {any[]} */ ...values) {
        if (!new.target) throw new TypeError(`${name} is a class: write new ${name}(…)`);
        if (!make) throw new TypeError(`${name} has no exported initializer`);
        return make(...values);
      },
    }[name];
    const { prototype } = result;
    classesOf(app).set(codec, { prototype, end: app.function(["dispose", [["object", address]], null, true], wasmExport, 0) });
    const end = {
      value() {
        const reference = references.get(this);
        if (!reference) throw new TypeError(`dispose: expected an object of ${name}`);
        reference.dispose();
      },
    };
    Object.defineProperties(prototype, { dispose: end });
    if (/** @type {any} */ (Symbol).dispose) Object.defineProperties(prototype, { [/** @type {any} */ (Symbol).dispose]: end });
  }
  members.forEach(([kind, signature], index) => {
    if (kind === "init") return;
    const isStatic = !codec || kind.startsWith("static");
    const [name] = signature;
    const call = app.function(signature, wasmExport, index + (codec ? 1 : 0), isStatic ? undefined : codec);
    const body = isStatic ? call : /** @this {any} @param {any[]} values */ function (...values) { return call(this, ...values); };
    const target = isStatic ? result : result.prototype;
    const accessor = /get$/i.test(kind) ? "get" : /set$/i.test(kind) ? "set" : undefined;
    if (!accessor) Object.defineProperty(target, name, { value: body, writable: true, configurable: true, enumerable: isStatic });
    else Object.defineProperty(target, name, { configurable: true, enumerable: isStatic, ...Object.getOwnPropertyDescriptor(target, name), [accessor]: body });
  });
  return result;
}
