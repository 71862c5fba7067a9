// @ts-check
import { fingerprint } from "./fingerprint.js";
import { paint } from "./canvas.js";
import { element } from "./page.js";
import { present } from "./shell.js";

const [width, height] = [640, 400];

present({
  title: "Sort race",
  program: "lists",
  lead: "The standard library's sort() against parallelSort(). The picture shows the memory while the threads sort it.",
  stage: `<canvas id="picture" class="wide" width="${width}" height="${height}" role="img" aria-label="The numbers, from the first on the left to the last on the right; the larger the higher"></canvas>`,
  sources: ["Sources/Sorting/Sorting.swift"],
  controls: {
    count: { label: "Numbers", values: [1000, 10_000, 100_000, 1_000_000, 2_000_000, 4_000_000], value: 1_000_000 },
  },
  live: true,
  /** @param {import("./lists/pkg/index.js").PageApp} app @param {any} settings */
  async prepare(app, { count }) {
    const numbers = app.alloc(Uint32Array, count);
    const pixels = new Uint32Array(width * height);
    const samples = Math.min(count, 24_000);
    return {
      work: (parallel) => (parallel ? app.sort(numbers) : app.sortSequentially(numbers)),
      reset: () => app.fillWithNoise(numbers, 1),
      show() {
        pixels.fill(0xff1c1512);
        for (let sample = 0; sample < samples; sample++) {
          const number = numbers[Math.floor((sample * count) / samples)];
          const [x, share] = [Math.floor((sample * width) / samples), number / 2 ** 32];
          pixels[(height - 1 - Math.floor(share * height)) * width + x] =
            0xff000000 | ((90 + 150 * (1 - share)) << 16) | ((120 + 70 * share) << 8) | (80 + 175 * share);
        }
        paint(element("picture", HTMLCanvasElement), pixels, width);
      },
      result: () => fingerprint(numbers),
      dispose: () => numbers.dispose(),
    };
  },
});
