#pragma once

#include "inline.h"

#include <stdint.h>

/// The same number, of which the compiler forgets what it knew.
WEFT_INLINE intptr_t weft_forget(intptr_t number) {
  __asm__("" : "+r"(number));
  return number;
}
