// @ts-check
// A worker that has a canvas. Here Swift's functions are synchronous, and this thread takes part in their work.
import init from "./worlds/pkg/index.js";
import { fingerprint } from "./fingerprint.js";

const size = 512;
const colors = Uint32Array.from({ length: 256 }, (_, value) => (value === 255 ? 0xff9ddcff : 0xff221410 + ((value >> 1) << 16) + ((value >> 2) << 8) + (value >> 1)));

/** @param {any} canvas an OffscreenCanvas */
async function paint(canvas) {
  /** @type {import("./worlds/pkg/index.js").ThreadApp} */
  const app = await init();
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the canvas has no two-dimensional context");
  let [cells, next] = [app.alloc(Uint8Array, size * size), app.alloc(Uint8Array, size * size)];
  app.fillWithLife(cells, 7);
  const picture = new ImageData(size, size);
  const pixels = new Uint32Array(picture.data.buffer);
  let frames = 0;
  let first = "";
  let told = 0;
  const frame = () => {
    app.live(cells, next, size);
    [cells, next] = [next, cells];
    frames++;
    // The tenth generation is known: so a test knows that Swift has computed what is painted.
    if (frames === 10) first = fingerprint(cells);
    for (let index = 0; index < pixels.length; index++) pixels[index] = colors[cells[index]];
    context.putImageData(picture, 0, 0);
    if (performance.now() - told > 250) {
      told = performance.now();
      postMessage({ frames, threads: app.threads.count, fingerprint: first });
    }
    // A worker has frames of its own in most engines.
    if ("requestAnimationFrame" in self) requestAnimationFrame(frame);
    else setTimeout(frame, 16);
  };
  frame();
}

onmessage = ({ data: { canvas } }) => {
  paint(canvas).catch((error) => postMessage({ error: String(error) }));
};
