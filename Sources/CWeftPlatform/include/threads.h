#pragma once

#include "inline.h"

#include <stdint.h>

#if defined(__wasm__)
#if defined(WEFT_THREADS) && !defined(__wasm_atomics__)
#error "The threaded build needs -matomics: without it every atomic would silently be a plain access. Build with `weft build`."
#endif
#if !defined(WEFT_THREADS) && !defined(WEFT_SINGLE)
#error "Neither WEFT_THREADS nor WEFT_SINGLE is defined. Build with `weft build`, which passes the flags."
#endif
#if defined(WEFT_SINGLE) && defined(__wasm_atomics__)
#error "The single-threaded build must not have atomics. Build with `weft build`."
#endif
#endif

/// What each room keeps for the running thread. All null in a new thread.
typedef struct {
  /// The allocator's heap of this thread.
  void *heap;
  /// The scheduler's worker that this thread is, if it is in a pool.
  void *worker;
  /// The thread's own record: name, stack.
  void *thread;
  /// The values of its thread-local variables, if it has any.
  void *values;
  /// Prints what the thread has begun of a line; null if it has begun none, so that a program which prints nothing is without its code.
  void (*end_line)(void);
} WeftThreadLocals;

extern _Thread_local WeftThreadLocals weft_thread_locals;

WEFT_INLINE void *weft_current_heap(void) { return weft_thread_locals.heap; }
WEFT_INLINE void weft_set_current_heap(void *heap) { weft_thread_locals.heap = heap; }
WEFT_INLINE void *weft_current_worker(void) { return weft_thread_locals.worker; }
WEFT_INLINE void weft_set_current_worker(void *worker) { weft_thread_locals.worker = worker; }
WEFT_INLINE void *weft_current_thread(void) { return weft_thread_locals.thread; }
WEFT_INLINE void weft_set_current_thread(void *thread) { weft_thread_locals.thread = thread; }
WEFT_INLINE void *weft_current_values(void) { return weft_thread_locals.values; }
WEFT_INLINE void weft_set_current_values(void *values) { weft_thread_locals.values = values; }
WEFT_INLINE void weft_end_line(void) {
  if (weft_thread_locals.end_line) weft_thread_locals.end_line();
}
/// Differs between threads that are alive.
WEFT_INLINE void *weft_thread_locals_address(void) { return &weft_thread_locals; }

#if defined(__wasm__)
__attribute__((import_module("weft"), import_name("startWorker"))) void weft_start_worker_at(
    double worker, double stack_top, double thread_locals, double name, double name_count);

/// Asks JavaScript for a worker with the given stack and thread-local block, which runs threads one after the other.
WEFT_INLINE void weft_start_worker(
    void *worker, void *stack_top, void *thread_locals, const uint8_t *name, uintptr_t name_count) {
  weft_start_worker_at((uintptr_t)worker, (uintptr_t)stack_top, (uintptr_t)thread_locals, (uintptr_t)name, name_count);
}

#if defined(WEFT_THREADS)
WEFT_INLINE uintptr_t weft_thread_locals_size(void) { return __builtin_wasm_tls_size(); }
WEFT_INLINE uintptr_t weft_thread_locals_alignment(void) { return __builtin_wasm_tls_align(); }
#else
// Without atomics thread-local variables are plain ones.
WEFT_INLINE uintptr_t weft_thread_locals_size(void) { return 0; }
WEFT_INLINE uintptr_t weft_thread_locals_alignment(void) { return 1; }
#endif

/// Stops the thread. `fatalError` would, in a debug build, print a line of its own, which says less.
_Noreturn WEFT_INLINE void weft_trap(void) { __builtin_trap(); }

/// What the first thread that stopped in an error had to say. Written by JavaScript, which may be all that still runs.
typedef struct {
  /// 0: no thread has stopped. 1: the message is being written. 2: it is there.
  int32_t state;
  /// Bytes of the text.
  int32_t count;
  /// The message, a zero, and the stack as the engine tells it.
  uint8_t text[4096];
  /// Not of the fault, but JavaScript knows where: how many messages it has sent to every thread. A thread that has heard fewer returns
  /// to its event loop when it has nothing to do.
  int32_t messages;
} WeftFault;

extern WeftFault weft_fault;
WEFT_INLINE WeftFault *weft_fault_address(void) { return &weft_fault; }
WEFT_INLINE int32_t *weft_messages_address(void) { return &weft_fault.messages; }
#endif
