#pragma once

#include "inline.h"

/// Tells the processor that this is a spin loop.
WEFT_INLINE void weft_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}
