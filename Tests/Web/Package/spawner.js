// A worker of the page's own that blocks in calls which spawn threads: these start all the same.
import init from "./pkg/index.js";

/** @type {import("./pkg/index.js").ThreadApp} */
const app = await init({ threads: 2 });
const results = [];
for (const spawner of [0, 1, 2]) results.push(app.spawnInSequence(50, spawner), app.spawnAtOnce(12, spawner));
postMessage(results);
await app.terminate();
