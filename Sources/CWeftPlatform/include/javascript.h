// What Swift asks of JavaScript where a program calls its functions.
#pragma once

#include "inline.h"

#include <stdint.h>

/// The address that JavaScript passes as a number. Without a check of its range, which Swift's own conversion has: it came from here.
WEFT_INLINE void *weft_address(double address) { return (void *)(uintptr_t)address; }

/// The number that JavaScript gets for an address or a size. Swift's own conversion is a loop over words where these have 32 bits.
WEFT_INLINE double weft_number(uintptr_t size) { return (double)size; }

#if defined(__wasm__)
// Makes a call whose address is given, on this thread.
__attribute__((import_module("weft"), import_name("call"))) void weft_call_javascript(double call);

// Has the thread that called `init()` run a function from the table as soon as it can.
__attribute__((import_module("weft"), import_name("askMain"))) void weft_ask_main(double function);
#endif
