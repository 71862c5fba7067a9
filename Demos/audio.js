// @ts-check
import { element, show, showError, showStrayErrors } from "./page.js";
import { built } from "./program.js";
import { showSources } from "./source.js";

/** The single-threaded module, compiled once: a worklet can load nothing. */
const compiled = built("bells").then((address) => WebAssembly.compileStreaming(fetch(new URL("bells.single.wasm", address))));
compiled.catch(() => {});

/**
 * A node that rings when it is connected.
 * @param {BaseAudioContext} context @param {number} pitch
 */
async function bell(context, pitch) {
  const module = await compiled;
  await context.audioWorklet.addModule(new URL("./bell.js", import.meta.url));
  const node = new AudioWorkletNode(context, "bell", { numberOfInputs: 0, outputChannelCount: [1], processorOptions: { module, pitch } });
  const ready = await new Promise((resolve) => { node.port.onmessage = ({ data }) => resolve(data); });
  if (ready !== "ready") throw new Error(ready);
  return node;
}

/**
 * The first second, without a loudspeaker.
 * @param {number} pitch @returns {Promise<Float32Array>}
 */
async function render(pitch) {
  const context = new OfflineAudioContext(1, 44100, 44100);
  (await bell(context, pitch)).connect(context.destination);
  return (await context.startRendering()).getChannelData(0);
}

/** @param {Float32Array} samples */
function draw(samples) {
  const canvas = element("wave", HTMLCanvasElement);
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, width, height);
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--accent");
  for (let column = 0; column < width; column++) {
    const part = samples.subarray((column * samples.length) / width, ((column + 1) * samples.length) / width);
    const [low, high] = [Math.min(...part), Math.max(...part)];
    context.fillRect(column, (height / 2) * (1 - high), 1, Math.max(1, (height / 2) * (high - low)));
  }
}

const pitch = element("pitch", HTMLInputElement);
const showPitch = () => show("pitch-value", `${pitch.value} Hz`);
/** @type {AudioContext | undefined} */
let speaker;

async function strike() {
  element("error", HTMLElement).hidden = true;
  show("caption", "Computing …");
  draw(await render(Number(pitch.value)));
  speaker ??= new AudioContext();
  await speaker.resume();
  (await bell(speaker, Number(pitch.value))).connect(speaker.destination);
  show("caption", `Playing at ${pitch.value} Hz`);
}

showStrayErrors();
showPitch();
pitch.addEventListener("input", showPitch);
element("settings", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  strike().catch(showError);
});
/** For tests: the sound as it is computed. */
Object.assign(window, { weftDemo: { render } });
showSources(element("source", HTMLElement), ["Sources/Sounds/Bell.swift"]).catch(showError);
