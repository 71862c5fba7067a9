#pragma once

#include "inline.h"

#include <stdint.h>

// Relaxed loads and stores of words that other threads also touch. wasm has no relaxed accesses: its atomic store is
// sequentially consistent, twenty cycles on x86. Its plain aligned accesses of up to 64 bits never tear and a race on
// them is defined (the memory model of the threads proposal), which is all that `relaxed` promises; `volatile` keeps the
// C compiler from assuming more. Natively they are the C11 relaxed accesses that they stand for.
#if defined(__wasm__)
WEFT_INLINE uintptr_t weft_load_relaxed(const uintptr_t *word) { return *(const volatile uintptr_t *)word; }
WEFT_INLINE void weft_store_relaxed(uintptr_t *word, uintptr_t value) { *(volatile uintptr_t *)word = value; }
#else
WEFT_INLINE uintptr_t weft_load_relaxed(const uintptr_t *word) { return __atomic_load_n(word, __ATOMIC_RELAXED); }
WEFT_INLINE void weft_store_relaxed(uintptr_t *word, uintptr_t value) { __atomic_store_n(word, value, __ATOMIC_RELAXED); }
#endif

/// Tells the processor that this is a spin loop.
WEFT_INLINE void weft_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}
