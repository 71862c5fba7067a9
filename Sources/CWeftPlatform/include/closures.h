#pragma once

#include "inline.h"

// A closure that does not escape cannot be stored in Swift, though its frame outlives the call that would store it: `join`
// hands a closure to another thread and waits for it before it returns. A Swift closure is two words, function and
// context, passed like two arguments (Swift's calling convention, stable natively and the same on wasm).

/// The two words of a Swift closure `() -> Void`.
typedef struct {
  void *function;
  void *context;
} WeftClosure;

/// Calls a closure whose words were taken by `weft_closure_capture`. Its captures must still be alive.
WEFT_INLINE void weft_closure_call(WeftClosure closure) {
  typedef __attribute__((swiftcall)) void (*Function)(__attribute__((swift_context)) void *);
  ((Function)closure.function)(closure.context);
}
