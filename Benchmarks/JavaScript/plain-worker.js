import { kernels } from "./kernels.js";
import { command, runPart, word } from "./plain.js";
import { receive } from "./workers.js";

const { data: pool, ready } = await receive();
const { control, index, threads } = pool;
ready();
for (;;) {
  const { data: job, ready: go } = await receive();
  let round = Atomics.load(control, word.round);
  go();
  for (;;) {
    Atomics.wait(control, word.round, round);
    round = Atomics.load(control, word.round);
    if (control[word.command] === command.leave) break;
    runPart(kernels[job.number], job.data, index, threads);
    Atomics.add(control, word.finished, 1);
    Atomics.notify(control, word.finished);
  }
}
