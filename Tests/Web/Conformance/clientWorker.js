// A client in a worker of a page's.
import { outcomeOf, perform } from "./client.js";

self.onmessage = async ({ data: { port, task, place } }) => postMessage(await outcomeOf(() => perform(port, task, place)));
