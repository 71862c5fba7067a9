#pragma once

#include "inline.h"

#include <stdint.h>

#if defined(__wasm__)
// JavaScript gets addresses and sizes as numbers, whether wasm's have 32 bits or 64: every one of them fits in a double.
__attribute__((import_module("weft"), import_name("printLine"))) void weft_print_line_at(double text, double count);
__attribute__((import_module("weft"), import_name("fillRandom"))) void weft_fill_random_at(double buffer, double count);
__attribute__((import_module("weft"), import_name("memoryExhausted"), noreturn)) void weft_memory_exhausted_by(
    double size, double total, double free);

/// Prints one line on the console, with the thread's name before it.
WEFT_INLINE void weft_print_line(const uint8_t *text, uintptr_t count) { weft_print_line_at((uintptr_t)text, count); }

/// Adds a byte to the thread's line, which a newline prints. Embedded Swift's `print` calls it.
int putchar(int character);

/// Fills `buffer` from the system's cryptographic random numbers.
WEFT_INLINE void weft_fill_random(void *buffer, uintptr_t count) { weft_fill_random_at((uintptr_t)buffer, count); }

/// Milliseconds since a moment that is the same for all threads.
__attribute__((import_module("weft"), import_name("now"))) double weft_now_milliseconds(void);

/// Throws in JavaScript: `size` bytes do not fit in the memory of `total` bytes, of which `free` are free.
_Noreturn WEFT_INLINE void weft_memory_exhausted(uintptr_t size, uintptr_t total, uintptr_t free) {
  weft_memory_exhausted_by(size, total, free);
}
#else
void weft_fill_random(void *buffer, uintptr_t count);
#endif
