// @ts-check
// An audio worklet: Swift fills each block of 128 samples, on the thread that plays them.
import init from "./bells/pkg/worklet.js";

/** @type {any} the worklet's own global scope */
const scope = globalThis;

class Bell extends scope.AudioWorkletProcessor {
  /** @param {{ processorOptions: { module: WebAssembly.Module, pitch: number } }} options */
  constructor({ processorOptions: { module, pitch } }) {
    super();
    this.pitch = pitch;
    this.start = -1;
    init(module).then(
      (app) => {
        this.app = app;
        this.block = app.alloc(Float32Array, 128);
        this.port.postMessage("ready");
      },
      (error) => this.port.postMessage(String(error)),
    );
  }

  /** @param {Float32Array[][]} _ @param {Float32Array[][]} outputs */
  process(_, [[channel]]) {
    if (!this.app || !this.block) return true;
    if (this.start < 0) this.start = scope.currentFrame;
    this.app.ring(this.block, scope.currentFrame - this.start, scope.sampleRate, this.pitch);
    channel.set(this.block);
    // Ten seconds, and the bell is silent.
    return scope.currentFrame - this.start < 10 * scope.sampleRate;
  }
}

scope.registerProcessor("bell", Bell);
