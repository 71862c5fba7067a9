// What Swift asks of JavaScript where a program calls its functions.
#pragma once

#include <stdint.h>

#if defined(__wasm__)
// Makes a call whose address is given, on this thread.
__attribute__((import_module("weft"), import_name("call"))) void weft_call_javascript(double call);

// Has the thread that called `init()` run a function from the table as soon as it can.
__attribute__((import_module("weft"), import_name("askMain"))) void weft_ask_main(uintptr_t function);
#endif
