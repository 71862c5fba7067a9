#pragma once

#include "inline.h"

#include <stdint.h>

/// Tells the processor that this is a spin loop, or passes some twenty nanoseconds where it cannot be told.
WEFT_INLINE void weft_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#elif defined(__wasm__)
  // wasm has no pause. Each turn is a store and a load of the same word: about a nanosecond.
  for (volatile uint32_t turns = 0; turns < 20;) turns = turns + 1;
#endif
}

/// Passes some fifty nanoseconds without touching memory that others use.
WEFT_INLINE void weft_pause_shortly(void) {
#if defined(__wasm__)
  for (volatile uint32_t turns = 0; turns < 50;) turns = turns + 1;
#else
  for (int turns = 0; turns < 4; turns++) weft_pause();
#endif
}

/// Passes one to two microseconds in the same way.
WEFT_INLINE void weft_pause_a_while(void) {
  for (int turns = 0; turns < 30; turns++) weft_pause_shortly();
}
