// What isolated workers do in every engine, by name; each check returns "right", or what was wrong.

/** @param {any} actual @param {any} expected */
const same = (actual, expected) => {
  const text = (/** @type {any} */ value) => JSON.stringify(value, (_, value) => (ArrayBuffer.isView(value) ? [...(/** @type {any} */ (value))] : typeof value === "bigint" ? `${value}n` : value));
  return text(actual) === text(expected) ? "right" : `expected ${text(expected)}, got ${text(actual)}`;
};

/**
 * @param {() => any} isSo
 * @returns {Promise<boolean>} whether it was in time
 */
async function soon(isSo) {
  for (let round = 0; round < 1000; round++) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

/** @param {any} app @returns {[name: string, check: () => Promise<string>][]} */
export function checkWorkers(app) {
  const job = {
    id: 7, title: "tä\0😀", samples: new Float32Array([1, 2.5, -0]), counts: new BigUint64Array([2n ** 64n - 1n]), flags: { on: [true, false] },
    shapes: [{ case: "point" }, { case: "circle", radius: 2.5 }, { case: "text", value0: "x", size: 3 }],
  };
  /** @type {[name: string, check: () => Promise<string>][]} */
  const checks = [
    ["all that a message can hold", async () => same(await app.changedElsewhere(job), { ...job, id: 8, title: job.title + "!", samples: [2, 5, -0], shapes: [...job.shapes].reverse() })],
    ["each has globals of its own", async () => same([await app.globalsAreApart(), await app.globalsAreApart()].map((pair) => [...pair]), [[10, 1], [20, 1]])],
    ["collections and the scheduler work there", async () => same(await app.collectionsThere(1000), 999_500)],
    ["a fault stops it alone, and says where", async () => {
      const [fine, fault] = [await app.trapThere(1), await app.trapThere(7)];
      return fine === "2" && /^stopped: looking at 7 \(.*\) \(unlucky\)$/.test(fault) ? "right" : `${fine}, ${fault}`;
    }],
    ["it has no threads of its own", async () => {
      const said = await app.startsAThreadThere();
      return /^stopped: .*(one thread|cannot start threads)/.test(said) ? "right" : said;
    }],
    ["its memory is limited", async () => {
      const [fits, does] = [await app.fillsMemoryThere(8), await app.fillsMemoryThere(100)];
      return fits === "8" && /^stopped: Out of memory: .*Pass a larger memory to the WebWorker/.test(does) ? "right" : `${fits}, ${does}`;
    }],
    ["messages to handlers, calls, faults", async () => {
      const echo = await new app.Echo();
      /** @type {any[]} */ const heard = [];
      /** @type {string[]} */ const errors = [];
      await echo.listen((/** @type {any} */ numbers) => { heard.push([...numbers]); }, (/** @type {string} */ error) => { errors.push(error); });
      /** @type {any} */ let answer;
      await echo.post([1, 2]);
      await echo.call([5], (/** @type {any} */ numbers) => { answer = [...numbers]; });
      if (!(await soon(() => heard.length === 1 && answer))) return `heard ${heard.length}`;
      const posted = await echo.post([-1]);
      if (!(await soon(() => errors.length))) return "the fault was not heard";
      const after = await echo.post([1]);
      const result = same([heard, answer, posted, await echo.isEnded, /^stopped: .*\(echo\)$/.test(errors[0]), after === errors[0]], [[[2, 4]], [6], "posted", true, true, true]);
      echo.dispose();
      return result;
    }],
    ["a worker that closes its port in its body ends", async () => {
      await app.startClosing();
      if (!(await soon(() => app.closingHasEnded()))) return "it goes on";
      return same(await app.seenByHandler(), 1);
    }],
    ["a worker that posts without end is terminated by the handler of what it posts", async () => {
      if (!(await app.terminateInHandler()) || !(await soon(async () => (await app.seenByHandler()) >= 3))) return "nothing came";
      // Its thread goes, where it has one of the program's.
      const isGone = await soon(async () => (await app.threads.list()).every((/** @type {{ name: string }} */ { name }) => name !== "chatty"));
      return same([isGone, await app.seenByHandler()], [true, 3]);
    }],
    ["what was sent before the end is handled", async () => {
      const echo = await new app.Echo();
      /** @type {any[]} */ const heard = [];
      const count = await echo.fill();
      await echo.listen((/** @type {any} */ numbers) => { heard.push(numbers[0]); }, () => {});
      await echo.close();
      if (!(await soon(() => echo.isEnded))) return "it did not end";
      await soon(() => heard.length === count);
      const result = same([count > 0 && count < 1000, heard, await echo.post([1])], [true, heard.map((_, index) => index * 2), "ended"]);
      echo.dispose();
      return result === "right" && heard.length === count ? "right" : `${count} sent, ${result}`;
    }],
    ["terminated", async () => {
      const echo = await new app.Echo();
      await echo.post([1]);
      await echo.terminate();
      const result = same([await echo.isEnded, await echo.post([1])], [true, "ended"]);
      echo.dispose();
      return result;
    }],
    ["a call that nobody answers says so", async () => {
      let said = "";
      await app.callsNobody((/** @type {string} */ reason) => { said = reason; });
      await soon(() => said);
      return same(said, "stopped: A WebWorker was called, and has no handler for that: its body must call port.onRequest");
    }],
    ["a buffer goes there and comes back", async () => {
      /** @type {any} */ let result;
      await app.bufferThere(500, (/** @type {any} */ numbers) => { result = [...numbers]; });
      await soon(() => result);
      return same(result, [0, 1000]);
    }],
    ["a buffer that it makes in its body", async () => {
      let sum = 0;
      await app.bufferOfABody((/** @type {number} */ value) => { sum = value; });
      await soon(() => sum);
      return same(sum, 500);
    }],
  ];
  if (!app.shared) return checks;
  return [
    ...checks,
    ["streams both ways, a thread at each end", async () => {
      const sums = await app.streamed(20);
      return same([sums.length, sums[59]], [60, 630]);
    }],
    ["many clients of one worker", async () => same(await app.counted(4, 200), 800)],
    ["buffers copied, transferred, shared", async () => same([...(await app.buffers(1000))], [0, 2000, 1000, 2000, 3000, 3000])],
    // Together they are more than the program's memory.
    ["messages for which it has no memory", async () => same(await app.messagesThatDoNotFit(140, 8), 140)],
    ["buffers made there", async () => same(await app.buffersComeAndGo(20, 1000), 40_000)],
    ["a loop without an end is terminated, and the program goes on", async () => {
      for (let round = 0; round < 3; round++) if (!(await app.terminatesAnEndlessLoop())) return "its caller was not told";
      // Their threads go, and are not only forgotten; the caller is told before that.
      const areGone = await soon(async () => (await app.threads.list()).every((/** @type {{ name: string }} */ { name }) => name !== "endless"));
      return same([areGone, await app.collectionsThere(10), await app.counted(2, 50)], [true, 95, 100]);
    }],
    ["nothing of their handlers stays", async () => {
      await app.comeAndGo(12);
      return (await soon(async () => (await app.heldByHandlers()) === 0)) ? "right" : `${await app.heldByHandlers()} are left`;
    }],
  ];
}
