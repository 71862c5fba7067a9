// @ts-check
import { fingerprint } from "./fingerprint.js";
import { paint } from "./canvas.js";
import { element } from "./page.js";
import { present } from "./shell.js";

const whole = { x: -0.65, y: 0, width: 3.4 };
/** The part of the plane that is shown: its middle and its width. */
let view = whole;

/** @param {number} width */
const heightOf = (width) => (width * 5) / 8;

present({
  title: "Mandelbrot",
  program: "worlds",
  lead: "Click or turn the wheel to go deeper, drag to look around. Keys: arrows, + and −, 0 for the whole.",
  stage: `<canvas id="picture" class="wide" width="640" height="400" tabindex="0" role="img"
    aria-label="The Mandelbrot set. Arrow keys move, plus and minus zoom, 0 shows the whole."></canvas>`,
  sources: ["Sources/Mandelbrot/Mandelbrot.swift", "Sources/Mandelbrot/Gradient.swift"],
  controls: {
    size: { label: "Size", values: [160, 320, 640, 960, 1280], value: 640, text: (size) => `${size} × ${heightOf(size)}` },
    limit: { label: "Steps at most", values: [100, 250, 500, 1000, 2000, 5000], value: 500 },
  },
  /** @param {import("./worlds/pkg/index.js").PageApp} app @param {any} settings */
  prepare(app, { size, limit }) {
    const height = heightOf(size);
    const pixels = app.alloc(Uint32Array, size * height);
    const { x, y, width } = view;
    const swiftView = { width: size, height, x, y, pixel: width / size, limit };
    return {
      work: (parallel) => (parallel ? app.mandelbrot(pixels, swiftView) : app.mandelbrotSequentially(pixels, swiftView)),
      show: () => paint(element("picture", HTMLCanvasElement), pixels, size),
      result: () => fingerprint(pixels),
      dispose: () => pixels.dispose(),
    };
  },
  setUp(again) {
    const canvas = element("picture", HTMLCanvasElement);
    /**
     * @param {Partial<typeof view>} change
     */
    const look = (change) => {
      // Beyond this doubles end.
      view = { ...view, ...change, width: Math.min(Math.max(change.width ?? view.width, 1e-12), 8) };
      again();
    };
    /**
     * What is at an event's place stays there.
     * @param {MouseEvent} event
     * @param {number} factor
     */
    const zoom = (event, factor) => {
      const [across, down] = [event.offsetX / canvas.clientWidth - 0.5, (event.offsetY / canvas.clientHeight - 0.5) * 0.625];
      const width = view.width * factor;
      look({ x: view.x + across * (view.width - width), y: view.y + down * (view.width - width), width });
    };
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      zoom(event, event.deltaY < 0 ? 0.7 : 1 / 0.7);
    });
    let start = /** @type {PointerEvent | undefined} */ (undefined);
    canvas.addEventListener("pointerdown", (event) => (start = event));
    canvas.addEventListener("pointerup", (event) => {
      if (!start) return;
      const [right, down] = [event.offsetX - start.offsetX, event.offsetY - start.offsetY];
      start = undefined;
      if (Math.hypot(right, down) < 5) zoom(event, event.shiftKey ? 2 : 0.5);
      else look({ x: view.x - (right / canvas.clientWidth) * view.width, y: view.y - (down / canvas.clientWidth) * view.width });
    });
    const step = () => view.width / 8;
    const keys = /** @type {Record<string, () => Partial<typeof view>>} */ ({
      ArrowLeft: () => ({ x: view.x - step() }),
      ArrowRight: () => ({ x: view.x + step() }),
      ArrowUp: () => ({ y: view.y - step() }),
      ArrowDown: () => ({ y: view.y + step() }),
      "+": () => ({ width: view.width * 0.6 }),
      "-": () => ({ width: view.width / 0.6 }),
      0: () => whole,
    });
    canvas.addEventListener("keydown", (event) => {
      const change = event.ctrlKey || event.metaKey ? undefined : keys[event.key];
      if (!change) return;
      event.preventDefault();
      look(change());
    });
  },
});
