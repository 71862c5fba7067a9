#if defined(__wasm64__)

#include <stdint.h>

// Keeps the storage of a String, or of what else Swift keeps in an address with marks in bits that no address uses. The standard
// library's own functions for addresses of 64 bits (Swift 6.3) return the address without the marks, whereas the compiler takes it
// for granted that they return what they got: then a short string is read at an address. These replace them (they are weak), and
// `weft build` keeps the compiler from inlining the others.

void *swift_retain(void *object);

static const uintptr_t marks = 0x7000000000000007;

void *swift_bridgeObjectRetain(void *object) {
  // The highest bit says that nothing is counted: what is there is short and in the word itself, or a constant.
  if ((intptr_t)object >= 0) swift_retain((void *)((uintptr_t)object & ~marks));
  return object;
}

void *swift_bridgeObjectRetain_n(void *object, uint32_t count) {
  for (; count > 0; count--) swift_bridgeObjectRetain(object);
  return object;
}

#endif
