// A worker that plays either side of the rounds that messages.js measures.
import { Partner } from "./message-partner.js";
import { answer, ask, echo, exchange, serve } from "./rounds.js";
import { parentLink, receive } from "./workers.js";

(await receive()).ready();
const { data: control } = await receive();

/** @type {Promise<Partner>[]} workers of this one: engines send to them by the shortest way */
const children = [];

/** @type {Record<string, (job: any) => any>} */
const jobs = {
  echo: ({ port = parentLink(), isTransferred }) => echo(port, isTransferred),
  serve: ({ port = parentLink(), isTransferred }) => serve(port, { echo: (bytes) => bytes }, isTransferred),
  async exchangeWithChild({ isTransferred, size, count }) {
    const child = (children[Number(isTransferred)] ??= Partner.start().then(async (child) => {
      await child.do("echo", { isTransferred });
      return child;
    }));
    return exchange((await child).link, new Uint8Array(size).fill(1), isTransferred, count);
  },
  ask: ({ shared, isAwake, count }) => ask(shared, isAwake, count),
  answer: ({ shared, isAwake, count }) => answer(shared, isAwake, count),
  async expose({ port }) {
    const [{ default: init }, { expose }] = await Promise.all(["index", "ports"].map((name) => import(new URL(`../Messages/pkg/${name}.js`, import.meta.url).href)));
    expose(await init({ threads: 2 }), port);
  },
};

control.onmessage = async (/** @type {any} */ { data: job }) => control.postMessage(await jobs[job.name](job));
