// @ts-check

/** No wider and no higher: what fits is scaled down. */
const [mostWidth, mostHeight] = [640, 480];

/** The visitor's camera, while it is on. */
export class Camera {
  /** What the camera sees, when it was looked through last. */
  canvas = document.createElement("canvas");
  #video = document.createElement("video");
  #stream;
  #context;

  /**
   * Asks for the camera, and waits for its first picture.
   * @param {() => void} onEnd is called when somebody else ends it: the visitor, in the browser's own controls, or its plug
   */
  static async start(onEnd) {
    if (!navigator.mediaDevices) throw new Error("This browser gives this page no camera: that needs an address with https or localhost. Choose a file instead.");
    const video = { width: { ideal: mostWidth }, height: { ideal: mostHeight } };
    const stream = await navigator.mediaDevices.getUserMedia({ video }).catch((error) => {
      throw new Error(refusals[error.name] ?? `The camera cannot be used (${error.message}). Choose a file instead.`);
    });
    const camera = new Camera(stream);
    try {
      await camera.#begin(onEnd);
    } catch (error) {
      camera.stop();
      throw error;
    }
    return camera;
  }

  /** @param {MediaStream} stream */
  constructor(stream) {
    this.#stream = stream;
    // All that is drawn is read.
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("this browser has no 2D canvas");
    this.#context = context;
  }

  /** @param {() => void} onEnd */
  async #begin(onEnd) {
    this.#video.srcObject = this.#stream;
    this.#video.muted = true;
    this.#video.playsInline = true;
    await this.#video.play();
    const { videoWidth, videoHeight } = this.#video;
    const scale = Math.min(1, mostWidth / videoWidth, mostHeight / videoHeight);
    [this.canvas.width, this.canvas.height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
    for (const track of this.#stream.getTracks()) track.addEventListener("ended", onEnd);
  }

  /** Looks through the camera. */
  look() {
    const { width, height } = this.canvas;
    this.#context.drawImage(this.#video, 0, 0, width, height);
    return new Uint32Array(this.#context.getImageData(0, 0, width, height).data.buffer);
  }

  /** Ends it, and its light goes out. */
  stop() {
    for (const track of this.#stream.getTracks()) track.stop();
    this.#video.srcObject = null;
  }
}

/** What went wrong, by the name of the error, and what the visitor can do. */
const refusals = /** @type {Record<string, string>} */ ({
  NotAllowedError: "The camera was refused. Allow it in the browser's settings for this page and press the button again, or choose a file.",
  NotFoundError: "There is no camera here. Connect one and press the button again, or choose a file.",
  NotReadableError: "The camera is in use elsewhere. End that and press the button again, or choose a file.",
});
