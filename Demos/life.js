// @ts-check
import { fingerprint } from "./fingerprint.js";
import { paint } from "./canvas.js";
import { element } from "./page.js";
import { present } from "./shell.js";

/** The colour of each value of a cell: alive, and how long dead. */
const colors = Uint32Array.from({ length: 256 }, (_, value) => {
  if (value === 255) return 0xff9ddcff;
  const glow = value / 120;
  return 0xff000000 | ((34 + 90 * glow) << 16) | ((20 + 30 * glow) << 8) | (16 + 70 * glow);
});

present({
  title: "Game of life",
  program: "worlds",
  lead: "A million cells and more, a generation for every frame. Rows of cells are dealt out to the threads.",
  stage: `<canvas id="picture" class="square" width="512" height="512" role="img" aria-label="The world: cells that live, and a glow where some have died"></canvas>`,
  sources: ["Sources/Life/Life.swift"],
  controls: {
    size: { label: "World", values: [128, 256, 512, 1024, 1536, 2048], value: 1024, text: (size) => `${size} × ${size}` },
  },
  endless: () => true,
  /** @param {import("./worlds/pkg/index.js").PageApp} app @param {any} settings */
  async prepare(app, { size }) {
    let cells = app.alloc(Uint8Array, size * size);
    let next = app.alloc(Uint8Array, size * size);
    const pixels = new Uint32Array(size * size);
    await app.fillWithLife(cells, 7);
    return {
      async work(parallel) {
        await (parallel ? app.live(cells, next, size) : app.liveSequentially(cells, next, size));
        [cells, next] = [next, cells];
      },
      reset: () => app.fillWithLife(cells, 7),
      show() {
        for (let index = 0; index < pixels.length; index++) pixels[index] = colors[cells[index]];
        paint(element("picture", HTMLCanvasElement), pixels, size);
      },
      result: () => fingerprint(cells),
      dispose() {
        cells.dispose();
        next.dispose();
      },
    };
  },
});
