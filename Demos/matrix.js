// @ts-check
import { fingerprint } from "./fingerprint.js";
import { paint, shades } from "./canvas.js";
import { element } from "./page.js";
import { present } from "./shell.js";

present({
  title: "Matrix product",
  program: "worlds",
  lead: "Each row of the product is somebody's work. The picture is the product: dark is small, bright is large.",
  stage: `<canvas id="picture" class="square" width="256" height="256" role="img" aria-label="The product's numbers as shades"></canvas>`,
  sources: ["Sources/Matrices/Product.swift"],
  controls: {
    size: { label: "Size", values: [64, 128, 256, 384, 512, 768, 1024], value: 384, text: (size) => `${size} × ${size}` },
  },
  /** @param {import("./worlds/pkg/index.js").PageApp} app @param {any} settings */
  async prepare(app, { size }) {
    const [a, b, product] = [0, 1, 2].map(() => app.alloc(Float64Array, size * size));
    await app.fillWithWholeNumbers(a);
    await app.fillWithWholeNumbers(b);
    return {
      work: (parallel) => (parallel ? app.multiply(a, b, product, size) : app.multiplySequentially(a, b, product, size)),
      show() {
        paint(element("picture", HTMLCanvasElement), shades(product), size);
      },
      result: () => fingerprint(product),
      dispose() {
        for (const buffer of [a, b, product]) buffer.dispose();
      },
    };
  },
});
