// A worker that has the app, for a client on the page.
import init from "./pkg/index.js";
import { expose } from "./pkg/ports.js";

self.onmessage = async ({ data: port }) => {
  const app = /** @type {any} */ (await init({ threads: 3 }));
  await expose(app, port).ended;
  // A collected object is let go of a little later.
  postMessage([app.Counter.made, app.endedCounters()]);
  await app.terminate();
};
