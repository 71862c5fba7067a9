#pragma once

#include "closures.h"

/// Work that its thread may hand over: three words in the frame of the function that forked it.
///
/// In C, because a Swift structure cannot be left partly uninitialised.
typedef struct __attribute__((aligned(8))) {
  WeftClosure body;
  /// The older job of the same thread, 0 at the end; or the ticket under which it was published; with the marks below.
  uintptr_t previous;
} WeftJob;

/// Marks in `previous`.
enum {
  weft_job_published = 1,
  weft_job_loop = 2,
  /// Its thread measures how long it stays in the list.
  weft_job_timed = 4,
};

/// Takes part in the loop whose job's address is given. Defined in LoopState.swift.
void weft_help(void *loop);

/// The same as a closure without a frame: its context is the loop.
static inline __attribute__((swiftcall)) void weft_help_by_context(__attribute__((swift_context)) void *loop) { weft_help(loop); }

/// What runs a loop's job. By a pointer, so that a program without loops is without their code.
WEFT_INLINE WeftClosure weft_loop_closure(void *loop) { return (WeftClosure){(void *)weft_help_by_context, loop}; }

/// Where a fork stands: its frame's address and the code of what it forks, in one number. Frames that are near one another and fork the same
/// code have numbers that are near, others do not: code differs by 16 bytes natively and by 1 on the web, where functions are numbered,
/// which is more than a stack there, and natively more than a frame that is not huge.
WEFT_INLINE uintptr_t weft_fork_place(const void *function) {
  return (uintptr_t)__builtin_frame_address(0) + ((uintptr_t)function << 20);
}

enum {
  /// How many bytes of stack short forks are in, one within another. See ShortForks.swift.
#if defined(__wasm__)
  weft_short_forks_span = 2048,
#else
  weft_short_forks_span = 4096,
#endif
  /// Frames lie at multiples of it.
  weft_frame_alignment = 16,
  /// Where there are no short forks: no multiple of 16.
  weft_no_short_forks = 1,
};

/// Whether a place is among those from `lowest` on. One comparison: the difference's lower bits, which are 0 unless `lowest` is no place, are
/// made its upper ones.
WEFT_INLINE _Bool weft_is_short_fork(uintptr_t place, uintptr_t lowest) {
  const int bits = sizeof(uintptr_t) * 8;
  uintptr_t difference = place - lowest;
  return (difference >> 4 | difference << (bits - 4)) < weft_short_forks_span / weft_frame_alignment;
}
