#include "CWeftPlatform.h"

// Declared in Swift as `func captureClosure(_: () -> Void, into: UnsafeMutablePointer<WeftClosure>)`.
__attribute__((swiftcall)) void weft_closure_capture(void *function, void *context, WeftClosure *closure) {
  closure->function = function;
  closure->context = context;
}
