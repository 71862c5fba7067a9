// The memories of the apps that a test starts. To be imported before the first is.

/** @type {WebAssembly.Memory[]} in their order */
const memories = [];
WebAssembly.Memory = class extends WebAssembly.Memory {
  /** @param {WebAssembly.MemoryDescriptor} descriptor */
  constructor(descriptor) {
    super(descriptor);
    memories.push(this);
  }
};

/** Bytes of the first app's memory. */
export function memorySize() {
  // Growth by another thread shows only after a growth here, be it of nothing.
  memories[0].grow(0);
  return memories[0].buffer.byteLength;
}
