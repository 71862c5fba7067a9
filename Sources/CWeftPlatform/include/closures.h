#pragma once

#include "inline.h"

#include <stdint.h>

// A closure that does not escape cannot be stored in Swift, though its frame outlives the call that would store it: `join`
// hands a closure to another thread and waits for it before it returns. A Swift closure is two words, function and
// context, passed like two arguments (Swift's calling convention, stable natively and the same on wasm).

/// The two words of a Swift closure.
typedef struct {
  void *function;
  void *context;
} WeftClosure;

// The captures are declared in Swift once more, as functions that take a closure. Weak and always inlined: the Swift
// compiler finds the definition under the same name and inlines it, where a call would cost a nanosecond or two a fork.

/// Takes the words of a closure `() -> Void`.
__attribute__((swiftcall, always_inline, weak)) void weft_closure_capture(void *function, void *context, WeftClosure *closure) {
  closure->function = function;
  closure->context = context;
}

/// Takes the words of a closure `(Int, Int) -> Int`.
__attribute__((swiftcall, always_inline, weak)) void weft_range_closure_capture(
    void *function, void *context, WeftClosure *closure) {
  closure->function = function;
  closure->context = context;
}

/// Makes the compiler define the two above in each module that captures closures; does nothing.
WEFT_INLINE void weft_define_captures(void) {
  void *captures[2] = {(void *)weft_closure_capture, (void *)weft_range_closure_capture};
  (void)captures;
}

/// Calls a closure whose words were taken by `weft_closure_capture`. Its captures must still be alive.
WEFT_INLINE void weft_closure_call(WeftClosure closure) {
  typedef __attribute__((swiftcall)) void (*Function)(__attribute__((swift_context)) void *);
  ((Function)closure.function)(closure.context);
}

/// Calls a closure whose words were taken by `weft_range_closure_capture`. Its captures must still be alive.
WEFT_INLINE intptr_t weft_range_closure_call(WeftClosure closure, intptr_t start, intptr_t end) {
  typedef __attribute__((swiftcall)) intptr_t (*Function)(intptr_t, intptr_t, __attribute__((swift_context)) void *);
  return ((Function)closure.function)(start, end, closure.context);
}
