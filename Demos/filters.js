// @ts-check
import { takeFiles } from "./files.js";
import { fingerprint } from "./fingerprint.js";
import { paint } from "./canvas.js";
import { element, showError } from "./page.js";
import { present } from "./shell.js";

/**
 * The visitor's picture; without one, the raytracer makes one.
 * @type {CanvasImageSource & { width: number, height: number } | undefined}
 */
let picture;

/**
 * The picture in a width, as pixels.
 * @param {CanvasImageSource & { width: number, height: number }} picture
 * @param {number} width
 */
function pixelsOf(picture, width) {
  const height = Math.max(1, Math.round((picture.height * width) / picture.width));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser has no 2D canvas");
  context.drawImage(picture, 0, 0, width, height);
  return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
}

/**
 * Where the pictures come from, one after the other, while it is on.
 * @type {import("./camera.js").Camera | undefined}
 */
let camera;
/** Whether the visitor is being asked for it. */
let isAsked = false;

/** Ends the camera. What it has seen last stays as the picture. */
function endCamera() {
  if (!camera) return;
  picture = camera.canvas;
  camera.stop();
  camera = undefined;
  element("camera", HTMLButtonElement).textContent = "Use the camera";
}

/** @param {() => void} again runs the demo with what has changed */
async function toggleCamera(again) {
  if (camera) {
    endCamera();
    return again();
  }
  if (isAsked) return;
  isAsked = true;
  try {
    const { Camera } = await import("./camera.js");
    const started = await Camera.start(() => {
      endCamera();
      again();
    });
    camera = started;
    element("camera", HTMLButtonElement).textContent = "Stop the camera";
    again();
  } finally {
    isAsked = false;
  }
}

present({
  title: "Image filters",
  program: "pictures",
  lead: "Blur, sharpen, find edges: in a picture of yours if you like, or in what your camera sees. It stays in this tab.",
  stage: `<canvas id="picture" class="wide" width="960" height="600" role="img" aria-label="The filtered picture"></canvas>
    <p class="inputs"><label>Your picture, or drop one here <input id="file" type="file" accept="image/*"></label>
    <button id="camera" type="button">Use the camera</button></p>`,
  sources: ["Sources/Filters/Filter.swift", "Sources/Filters/Picture.swift", "Sources/Filters/Color.swift"],
  controls: {
    filter: { label: "Filter", values: ["blur", "sharpen", "edges", "emboss", "grayscale", "sepia"], value: "blur" },
    radius: { label: "Blur radius", values: [1, 2, 4, 8, 16, 32], value: 8 },
    width: { label: "Width", values: [160, 320, 640, 960, 1280, 1920], value: 960 },
  },
  endless: () => camera !== undefined,
  /** @param {import("./pictures/pkg/index.js").PageApp} app @param {any} settings */
  async prepare(app, { filter, radius, width: chosen }) {
    const live = camera;
    const width = live?.canvas.width ?? chosen;
    const own = live?.look() ?? (picture && pixelsOf(picture, width));
    const source = app.alloc(Uint32Array, own?.length ?? (width * width * 5) / 8);
    const target = app.alloc(Uint32Array, source.length);
    if (own) source.set(own);
    else {
      const height = source.length / width;
      const control = app.alloc(Int32Array, 2);
      await app.render(source, control, width, height, 1, 0, await app.tileCount(width, height));
      control.dispose();
    }
    return {
      advance() {
        if (live && live === camera) source.set(live.look());
      },
      work: (parallel) =>
        parallel ? app.filter(source, target, width, filter, radius) : app.filterSequentially(source, target, width, filter, radius),
      show: () => paint(element("picture", HTMLCanvasElement), target, width),
      result: () => fingerprint(target),
      dispose() {
        source.dispose();
        target.dispose();
      },
    };
  },
  setUp(again) {
    takeFiles(
      element("file", HTMLInputElement),
      async (file) => {
        const chosen = await createImageBitmap(file).catch(() => {
          throw new Error(`“${file.name}” is no picture that this browser knows. Choose a JPEG, PNG or WebP file.`);
        });
        endCamera();
        picture = chosen;
        again();
      },
      showError,
    );
    element("camera", HTMLButtonElement).addEventListener("click", () => {
      toggleCamera(again).catch(showError);
    });
    // Nobody leaves a camera on that nobody looks through.
    element("stop", HTMLButtonElement).addEventListener("click", endCamera);
    addEventListener("pagehide", endCamera);
  },
});
