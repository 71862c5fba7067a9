#pragma once

#include <stdint.h>

/// Sleeps while `*address == expected`, at most `nanoseconds` (for ever if negative).
/// Returns 0 when woken (or without a reason), 1 when the value was another one, 2 when the time was over.
int32_t weft_futex_wait(int32_t *address, int32_t expected, int64_t nanoseconds);

/// Wakes up to `count` sleepers; returns how many, where the system tells.
int32_t weft_futex_wake(int32_t *address, uint32_t count);
