// @ts-check
import { element, show } from "./page.js";
import { present } from "./shell.js";

present({
  title: "Parallel sum",
  program: "worlds",
  lead: "One line of Swift adds up millions of numbers, where JavaScript has put them or Swift: nothing is copied.",
  stage: `<div class="plate"><p class="quiet">The sum is</p><p class="big" id="sum">–</p><p class="quiet" id="rate">&nbsp;</p></div>`,
  sources: ["Sources/Sums/Sum.swift"],
  controls: {
    count: { label: "Numbers", values: [10_000, 100_000, 1_000_000, 4_000_000, 8_000_000], value: 4_000_000 },
  },
  /** @param {import("./worlds/pkg/index.js").PageApp} app @param {any} settings */
  async prepare(app, { count }) {
    const numbers = app.alloc(Float64Array, count);
    await app.fillWithWholeNumbers(numbers);
    let sum = 0;
    let milliseconds = 0;
    return {
      async work(parallel) {
        const start = performance.now();
        sum = await (parallel ? app.sum(numbers) : app.sumSequentially(numbers));
        milliseconds = performance.now() - start;
      },
      show() {
        element("sum", HTMLElement).textContent = sum.toLocaleString("en");
        show("rate", `${(count / milliseconds / 1e6).toFixed(2)} thousand million numbers a second`);
      },
      result: () => String(sum),
      dispose: () => numbers.dispose(),
    };
  },
});
