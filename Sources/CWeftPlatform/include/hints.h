#pragma once

#include "inline.h"

#include <stdint.h>

// Words that are hints: whoever reads an old value does more or less work, never wrong work. Every atomic store of wasm is
// sequentially consistent and costs some twenty cycles; an atomic load is checked for its alignment and its bounds. A hint
// needs neither: plain accesses of 32 bits are whole there.

WEFT_INLINE void weft_store_hint(void *address, int32_t value) {
#if defined(__wasm__)
  *(volatile int32_t *)address = value;
#else
  __atomic_store_n((int32_t *)address, value, __ATOMIC_RELAXED);
#endif
}

WEFT_INLINE int32_t weft_load_hint(const void *address) {
#if defined(__wasm__)
  return *(const volatile int32_t *)address;
#else
  return __atomic_load_n((const int32_t *)address, __ATOMIC_RELAXED);
#endif
}

// The same for words as large as an address. Where one of 64 bits comes in two halves it is some other hint.

WEFT_INLINE void weft_store_place_hint(void *address, uintptr_t value) {
#if defined(__wasm__)
  *(volatile uintptr_t *)address = value;
#else
  __atomic_store_n((uintptr_t *)address, value, __ATOMIC_RELAXED);
#endif
}

WEFT_INLINE uintptr_t weft_load_place_hint(const void *address) {
#if defined(__wasm__)
  return *(const volatile uintptr_t *)address;
#else
  return __atomic_load_n((const uintptr_t *)address, __ATOMIC_RELAXED);
#endif
}

/// A hint that nobody raises.
WEFT_INLINE const void *weft_never_raised(void) {
  static const int32_t zero = 0;
  return &zero;
}
