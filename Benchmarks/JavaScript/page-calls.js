// A call from the page and back, beside a message of the engine's own to a worker and back.

const pageCall = 25;
const calls = 500;

/** @type {any} */
let app;
/** @type {Worker} */
let worker;
let isLoaded = false;

/**
 * The answer to a line, or undefined if it is not for the page.
 * @param {string} line
 */
export async function obeyOnPage(line) {
  const [system, threads, command, ...words] = line.split(" ");
  if (command === "load") isLoaded = Number(words[0]) === pageCall;
  if (!isLoaded) return undefined;
  if (system !== "weft") return 0;
  if (command === "load") {
    app ??= await (await import(new URL("../Swift/pkg/index.js", import.meta.url).href)).default({ threads: Number(threads) });
    worker ??= new Worker(new URL("./echo-worker.js", import.meta.url), { type: "module" });
    await echo(1);
    return 1;
  }
  if (command === "hash") return 0;
  const start = performance.now();
  for (let call = 0; call < calls; call++) await (words[0] === "0" ? echo(call) : app.addNumbers(call, 1));
  return performance.now() - start;
}

/** @param {number} value @returns {Promise<number>} */
const echo = (value) =>
  new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(value);
  });
