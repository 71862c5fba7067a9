#pragma once

#include <stdint.h>

#if defined(__wasm__)
/// Prints one line on the console, with the thread's name before it.
__attribute__((import_module("weft"), import_name("printLine"))) void weft_print_line(const uint8_t *text, uintptr_t count);

/// Fills `buffer` from the system's cryptographic random numbers.
__attribute__((import_module("weft"), import_name("fillRandom"))) void weft_fill_random(void *buffer, uintptr_t count);

/// Milliseconds since a moment that is the same for all threads.
__attribute__((import_module("weft"), import_name("now"))) double weft_now_milliseconds(void);

/// Throws in JavaScript: `size` bytes do not fit in the memory of `total` bytes, of which `free` are free.
__attribute__((import_module("weft"), import_name("memoryExhausted"), noreturn)) void weft_memory_exhausted(
    uintptr_t size, uintptr_t total, uintptr_t free);
#else
void weft_fill_random(void *buffer, uintptr_t count);
#endif
