#pragma once

#include "closures.h"

/// Work that its thread may hand over: three words in the frame of the function that forked it.
///
/// In C, because a Swift structure cannot be left partly uninitialised.
typedef struct {
  WeftClosure body;
  /// The older job of the same thread, 0 at the end; or the ticket under which it was published; with the marks below.
  uintptr_t previous;
} WeftJob;

/// Marks in `previous`.
enum {
  weft_job_published = 1,
  weft_job_loop = 2,
};
