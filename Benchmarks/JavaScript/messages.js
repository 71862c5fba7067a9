// The ways to talk between threads, each beside the engine's own: `obey` takes a way, a size and a count, and answers milliseconds.
import { askLater, caller, exchange } from "./rounds.js";
import { startWorker } from "./workers.js";

/**
 * A way to send a payload there and back, so often.
 * @typedef {(size: number, count: number) => Promise<number>} Way
 */

/** A worker that does jobs. */
class Partner {
  /** @type {any} */ #control;

  /** @returns {Promise<Partner>} */
  static async start() {
    const partner = new Partner();
    const worker = await startWorker(new URL("./message-worker.js", import.meta.url), undefined);
    const { port1, port2 } = new MessageChannel();
    partner.#control = port1;
    worker.postMessage(port2, [port2]);
    return partner;
  }

  /** @param {string} name @param {any} job @param {any[]} [transfer] @returns {Promise<any>} what comes of it */
  do(name, job, transfer = []) {
    return new Promise((resolve) => {
      this.#control.onmessage = (/** @type {any} */ { data }) => resolve(data);
      this.#control.postMessage({ ...job, name }, transfer);
    });
  }
}

const [one, other] = [await Partner.start(), await Partner.start()];
const shared = (/** @type {number} */ size) => ({ word: new Int32Array(new SharedArrayBuffer(4)), payload: new Uint8Array(new SharedArrayBuffer(size)) });

/** @param {() => any} body */
async function time(body) {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

/** @param {boolean} isTransferred @returns {Promise<Way>} */
const betweenWorkers = async (isTransferred) => async (size, count) => {
  const { port1, port2 } = new MessageChannel();
  await other.do("echo", { port: port2, isTransferred }, [port2]);
  return one.do("exchange", { port: port1, isTransferred, size, count }, [port1]);
};

/** @param {boolean} isTransferred @returns {Promise<Way>} */
async function fromPage(isTransferred) {
  const { port1, port2 } = new MessageChannel();
  await other.do("echo", { port: port2, isTransferred }, [port2]);
  return (size, count) => exchange(port1, new Uint8Array(size).fill(1), isTransferred, count);
}

/** @param {boolean} isTransferred @returns {Promise<Way>} */
async function byProxy(isTransferred) {
  const { port1, port2 } = new MessageChannel();
  await other.do("serve", { port: port2, isTransferred }, [port2]);
  const remote = caller(port1);
  return (size, count) => {
    let bytes = new Uint8Array(size).fill(1);
    return time(async () => { for (let call = 0; call < count; call++) bytes = await remote.echo([bytes], isTransferred ? [bytes.buffer] : []); });
  };
}

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
  return (size, count) => time(async () => {
    const sum = await (size === 16 ? app.exchangeSmall(count, isAwake) : app.exchangeLarge(size, count, isAwake));
    if (sum !== count) throw new Error(`${sum} of ${count} came back`);
  });
}

/**
 * By what `Compare/messages.py` calls them.
 * @type {Record<string, () => Promise<Way>>}
 */
const ways = {
  "bare workers copy": () => betweenWorkers(false),
  "bare workers transfer": () => betweenWorkers(true),
  "bare workers asleep": () => byWord(false),
  "bare workers awake": () => byWord(true),
  "bare page copy": () => fromPage(false),
  "bare page transfer": () => fromPage(true),
  "bare page shared": async () => async (size, count) => {
    const parts = shared(size);
    const answered = other.do("answer", { shared: parts, isAwake: false, count });
    const milliseconds = await askLater(parts, count);
    await answered;
    return milliseconds;
  },
  "proxy page copy": () => byProxy(false),
  "proxy page transfer": () => byProxy(true),
  "weft workers asleep": () => byChannel(false),
  "weft workers awake": () => byChannel(true),
  "weft page copy": async () => {
    const app = await weft();
    return (size, count) => {
      let bytes = new Uint8Array(size).fill(1);
      return time(async () => { for (let call = 0; call < count; call++) bytes = await app.echo(bytes); });
    };
  },
  "weft page shared": async () => {
    const app = await weft();
    return async (size, count) => {
      const bytes = app.alloc(Uint8Array, size);
      const milliseconds = await time(async () => { for (let call = 0; call < count; call++) await app.touch(bytes); });
      bytes.dispose();
      return milliseconds;
    };
  },
  "port page copy": async () => {
    const { port1, port2 } = new MessageChannel();
    const partner = await Partner.start();
    await partner.do("expose", { port: port2 }, [port2]);
    const { connect } = await import(new URL("../Messages/pkg/ports.js", import.meta.url).href);
    const app = await connect(port1);
    return (size, count) => {
      let bytes = new Uint8Array(size).fill(1);
      return time(async () => { for (let call = 0; call < count; call++) bytes = await app.echo(bytes); });
    };
  },
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
