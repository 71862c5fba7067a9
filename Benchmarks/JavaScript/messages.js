// The ways to talk between threads, each beside the engine's own: `obey` takes a way, a size and a count, and answers milliseconds.
import { Partner } from "./message-partner.js";
import { askLater, caller, exchange } from "./rounds.js";

/**
 * A way to send a payload there and back, so often.
 * @typedef {(size: number, count: number) => Promise<number>} Way
 */

const [one, other] = [await Partner.start(), await Partner.start()];
const shared = (/** @type {number} */ size) => ({ word: new Int32Array(new SharedArrayBuffer(4)), payload: new Uint8Array(new SharedArrayBuffer(size)) });

/** @param {() => any} body */
async function time(body) {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

/** @param {boolean} isTransferred @returns {Promise<Way>} */
const betweenWorkers = async (isTransferred) => (size, count) => one.do("exchangeWithChild", { isTransferred, size, count });

/**
 * A way to a worker that answers, by its own messages or through a port.
 * @param {string} job of the worker @param {boolean} isPort @param {boolean} isTransferred @param {(link: any) => Way} way @returns {Promise<Way>}
 */
async function toWorker(job, isPort, isTransferred, way) {
  const partner = await Partner.start();
  const { port1, port2 } = new MessageChannel();
  await partner.do(job, isPort ? { port: port2, isTransferred } : { isTransferred }, isPort ? [port2] : []);
  return way(isPort ? port1 : partner.link);
}

/** @param {boolean} isPort @param {boolean} isTransferred */
const byMessages = (isPort, isTransferred) => toWorker("echo", isPort, isTransferred, (link) => (size, count) => exchange(link, new Uint8Array(size).fill(1), isTransferred, count));

/** @param {boolean} isPort @param {boolean} isTransferred */
const byProxy = (isPort, isTransferred) => toWorker("serve", isPort, isTransferred, (link) => {
  const remote = caller(link);
  return echoed((bytes) => remote.echo([bytes], isTransferred ? [bytes.buffer] : []));
});

/**
 * Calls of a function that gives back what it is given.
 * @param {(bytes: Uint8Array) => Promise<Uint8Array>} echo @returns {Way}
 */
const echoed = (echo) => (size, count) => {
  let bytes = new Uint8Array(size).fill(1);
  return time(async () => { for (let call = 0; call < count; call++) bytes = await echo(bytes); });
};

/** @param {boolean} isAwake @returns {Promise<Way>} */
const byWord = async (isAwake) => async (size, count) => {
  const job = { shared: shared(size), isAwake, count };
  const [milliseconds] = await Promise.all([one.do("ask", job), other.do("answer", job)]);
  return milliseconds;
};

/** @type {Promise<any> | undefined} */
let started;
/** @returns {Promise<any>} Weft's app of this side */
const weft = () => (started ??= import(new URL("../Messages/pkg/index.js", import.meta.url).href).then(({ default: init }) => init({ threads: 2 })));

/** @param {boolean} isAwake @returns {Promise<Way>} */
async function byChannel(isAwake) {
  const app = await weft();
  /** @type {Map<number, any>} */
  const exchanges = new Map();
  return async (size, count) => {
    const exchange = exchanges.get(size) ?? (await (size === 16 ? new app.SmallExchange() : new app.LargeExchange(size)));
    exchanges.set(size, exchange);
    return time(async () => {
      const sum = await exchange.run(count, isAwake);
      if (sum !== count) throw new Error(`${sum} of ${count} came back`);
    });
  };
}

/**
 * A worker of Weft's with a memory of its own.
 * @param {"CopiedExchange" | "TransferredExchange"} kind @returns {Promise<Way>}
 */
async function byIsolatedWorker(kind) {
  const app = await weft();
  /** @type {Map<number, any>} */
  const exchanges = new Map();
  return async (size, count) => {
    const exchange = exchanges.get(size) ?? (await new app[kind](size));
    exchanges.set(size, exchange);
    return time(async () => {
      const whole = await exchange.run(count);
      if (whole !== count) throw new Error(`${whole} of ${count} came back`);
    });
  };
}

/** @returns {Promise<Way>} */
async function byBuffer() {
  const app = await weft();
  return async (size, count) => {
    const bytes = app.alloc(Uint8Array, size);
    const milliseconds = await time(async () => { for (let call = 0; call < count; call++) await app.touch(bytes); });
    bytes.dispose();
    return milliseconds;
  };
}

/** @returns {Promise<Way>} */
const byWordFromPage = async () => async (size, count) => {
  const parts = shared(size);
  const answered = other.do("answer", { shared: parts, isAwake: false, count });
  const milliseconds = await askLater(parts, count);
  await answered;
  return milliseconds;
};

/** An app in a worker, exposed through a port. @returns {Promise<Way>} */
const byExposedApp = () => toWorker("expose", true, false, (link) => {
  const connected = import(new URL("../Messages/pkg/ports.js", import.meta.url).href).then(({ connect }) => connect(link));
  return async (size, count) => {
    const app = await connected;
    return echoed((bytes) => app.echo(bytes))(size, count);
  };
});

/**
 * By what `Compare/messages.py` calls them.
 * @type {Record<string, () => Promise<Way>>}
 */
const ways = {
  "bare workers copy": () => betweenWorkers(false),
  "bare workers transfer": () => betweenWorkers(true),
  "bare workers asleep": () => byWord(false),
  "bare workers awake": () => byWord(true),
  "weft workers asleep": () => byChannel(false),
  "weft workers awake": () => byChannel(true),
  "isolated workers copy": () => byIsolatedWorker("CopiedExchange"),
  "isolated workers transfer": () => byIsolatedWorker("TransferredExchange"),
  "bare page copy": () => byMessages(false, false),
  "bare page transfer": () => byMessages(false, true),
  "bare page shared": byWordFromPage,
  "proxy page copy": () => byProxy(false, false),
  "proxy page transfer": () => byProxy(false, true),
  "weft page copy": async () => {
    const app = await weft();
    return echoed(async (bytes) => app.echo(bytes));
  },
  "weft page shared": byBuffer,
  "bare port copy": () => byMessages(true, false),
  "bare port transfer": () => byMessages(true, true),
  "proxy port copy": () => byProxy(true, false),
  "weft port copy": byExposedApp,
};

/** @type {Map<string, Way>} */
const ready = new Map();

/** @param {string} line `SYSTEM ENDS WAY SIZE COUNT` */
export async function obeyMessages(line) {
  const words = line.split(" ");
  const name = words.slice(0, 3).join(" ");
  const way = ready.get(name) ?? (await ways[name]());
  ready.set(name, way);
  return way(Number(words[3]), Number(words[4]));
}
