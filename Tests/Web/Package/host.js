// A worker of the page's own that starts the program: it is a thread of the pool itself, and calls are synchronous.
import init from "./pkg/index.js";

/** @type {import("./pkg/index.js").ThreadApp} */
const app = await init({ threads: 2 });
postMessage([app.shared, app.threads.count, app.echoInt(7), app.sumOfIndices(1000)]);
await app.terminate();
