// A worker that plays either side of the rounds that messages.js measures.
import { receive } from "./workers.js";
import { answer, ask, echo, exchange, serve } from "./rounds.js";

(await receive()).ready();
const { data: control } = await receive();

/** @type {Record<string, (job: any) => any>} */
const jobs = {
  echo: ({ port, isTransferred }) => echo(port, isTransferred),
  exchange: ({ port, isTransferred, size, count }) => exchange(port, new Uint8Array(size).fill(1), isTransferred, count),
  serve: ({ port, isTransferred }) => serve(port, { echo: (bytes) => bytes }, isTransferred),
  ask: ({ shared, isAwake, count }) => ask(shared, isAwake, count),
  answer: ({ shared, isAwake, count }) => answer(shared, isAwake, count),
  async expose({ port }) {
    const [{ default: init }, { expose }] = await Promise.all(["index", "ports"].map((name) => import(new URL(`../Messages/pkg/${name}.js`, import.meta.url).href)));
    expose(await init({ threads: 2 }), port);
  },
};

control.onmessage = async (/** @type {any} */ { data: job }) => control.postMessage(await jobs[job.name](job));
