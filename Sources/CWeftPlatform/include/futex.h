#pragma once

#include <stdint.h>

#if defined(__wasm__)
/// From now on, the thread that called `init()` waits by letting JavaScript go on. Called before there are other threads.
void weft_let_main_thread_suspend(void);
#endif

/// Sleeps while `*address == expected`, at most `nanoseconds` (for ever if negative).
/// Returns 0 when woken (or without a reason), 1 when the value was another one, 2 when the time was over.
int32_t weft_futex_wait(int32_t *address, int32_t expected, int64_t nanoseconds);

/// Wakes up to `count` sleepers; returns how many, where the system tells.
int32_t weft_futex_wake(int32_t *address, uint32_t count);
