// Runs tests for `weft test`, in Node or on a page: takes commands, and tells lines.

const { process } = /** @type {any} */ (globalThis);
const options = new URLSearchParams(process ? process.argv[2] : location.search);
const isSingle = options.has("single");
// A page is served without the headers that let it share memory; in Node this is all that is missing then.
if (isSingle && process) Reflect.deleteProperty(globalThis, "SharedArrayBuffer");

const host = await (process ? node() : page());

async function node() {
  const [{ createInterface }, { writeSync }] = await Promise.all(["node:readline", "node:fs"].map((name) => import(name)));
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  return {
    next: async () => (await lines.next()).value,
    tell: (/** @type {string} */ line) => void writeSync(1, `${line}\n`),
    // Swift prints by itself, while this thread is in Swift.
    log: undefined,
  };
}

async function page() {
  let waiting = "";
  /** @type {Promise<unknown> | undefined} */
  let sending;
  const send = async () => {
    while (waiting) {
      const body = waiting;
      waiting = "";
      await fetch("/lines", { method: "POST", body });
    }
    sending = undefined;
  };
  const tell = (/** @type {string} */ line) => {
    waiting += `${line}\n`;
    sending ??= Promise.resolve().then(send);
  };
  return {
    next: async () => (await fetch("/command")).text(),
    tell,
    log: (/** @type {string} */ line, /** @type {string} */ thread) => tell(line.startsWith("\u0001") ? line : `[${thread}] ${line}`),
  };
}

const tell = (/** @type {string[]} */ ...fields) => host.tell(`\u0001${fields.map((field) => field.replaceAll("\n", "\u0003")).join("\u0002")}`);
try {
  // @ts-ignore: the package is built for the tests.
  const { default: init } = await import("./pkg/index.js");
  const threads = options.get("threads");
  const app = await init({ ...(threads && { threads: Number(threads) }), ...(host.log && { onLog: host.log }) });
  tell("idle");
  for (let command; (command = await host.next()); tell("idle")) {
    const [name, ...values] = JSON.parse(command);
    await app[name](...values);
  }
} catch (/** @type {any} */ error) {
  tell("trap", String(error?.message ?? error), String(error?.stack ?? ""));
}
