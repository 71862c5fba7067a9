// @ts-check
import { fingerprint } from "./fingerprint.js";
import { paint } from "./canvas.js";
import { element } from "./page.js";
import { present } from "./shell.js";

const [width, height] = [800, 600];

present({
  title: "Gravity",
  program: "worlds",
  lead: "Two galaxies meet. Each body feels all others, far ones as groups, once for every frame.",
  stage: `<canvas id="picture" class="plain" width="${width}" height="${height}" role="img" aria-label="Two galaxies of points"></canvas>`,
  sources: ["Sources/Gravity/Gravity.swift", "Sources/Gravity/Grid.swift"],
  controls: {
    count: { label: "Bodies", values: [1000, 2000, 5000, 10_000, 20_000], value: 5000 },
  },
  endless: () => true,
  /** @param {import("./worlds/pkg/index.js").PageApp} app @param {any} settings */
  async prepare(app, { count }) {
    const bodies = app.alloc(Float32Array, 4 * count);
    const light = new Uint32Array(width * height);
    const pixels = new Uint32Array(width * height);
    await app.fillWithGalaxies(bodies);
    return {
      work: (parallel) => (parallel ? app.move(bodies, 0.008) : app.moveSequentially(bodies, 0.008)),
      reset: () => app.fillWithGalaxies(bodies),
      show() {
        light.fill(0);
        for (let index = 0; index < bodies.length; index += 4) {
          const [x, y] = [Math.round(width / 2 + bodies[index] * 240), Math.round(height / 2 + bodies[index + 1] * 240)];
          if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1) continue;
          const [place, glow] = [y * width + x, (index / 4) % 3 === 0 ? 0x10000 : 1];
          light[place] += 4 * glow;
          for (const beside of [place - 1, place + 1, place - width, place + width]) light[beside] += glow;
        }
        for (let index = 0; index < light.length; index++) {
          // The large galaxy's light is warm, the small one's cold.
          const [warm, cold] = [light[index] & 0xffff, light[index] >>> 16];
          const [red, green, blue] = [18 + 44 * warm + 16 * cold, 16 + 28 * warm + 30 * cold, 28 + 14 * warm + 46 * cold];
          pixels[index] = 0xff000000 | (Math.min(blue, 255) << 16) | (Math.min(green, 255) << 8) | Math.min(red, 255);
        }
        paint(element("picture", HTMLCanvasElement), pixels, width);
      },
      result: () => fingerprint(bodies),
      dispose: () => bodies.dispose(),
    };
  },
});
