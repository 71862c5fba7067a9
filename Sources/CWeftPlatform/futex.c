#include "futex.h"
#include "threads.h"

#if defined(__wasm__)

static int32_t main_thread_suspends = 0;
void weft_let_main_thread_suspend(void) { main_thread_suspends = 1; }

// Alone in functions of their own, never inlined: V8 11.3 (Node 20) miscompiles functions in which other code follows
// the wait instruction.
__attribute__((noinline)) static int32_t wait_here(int32_t *address, int32_t expected, int64_t nanoseconds) {
#if defined(__wasm_atomics__)
  return __builtin_wasm_memory_atomic_wait32(address, expected, nanoseconds);
#else
  // One thread: nobody could wake it, and the caller checks the time itself.
  (void)address, (void)expected, (void)nanoseconds;
  return 2;
#endif
}

__attribute__((import_module("weft"), import_name("suspend"))) int32_t weft_suspend(double address, int32_t expected, double milliseconds);

int32_t weft_futex_wait(int32_t *address, int32_t expected, int64_t nanoseconds) {
  if (main_thread_suspends && !weft_current_thread()) {
    // Who gives the processor away for a moment may hold a lock or stand where nothing can suspend; on a page there is nobody to give
    // it to.
    if (nanoseconds >= 0 && nanoseconds < 1000) return 2;
    return weft_suspend((double)(uintptr_t)address, expected, nanoseconds < 0 ? -1 : (double)nanoseconds / 1e6);
  }
  return wait_here(address, expected, nanoseconds);
}

int32_t weft_futex_wake(int32_t *address, uint32_t count) {
#if defined(__wasm_atomics__)
  return __builtin_wasm_memory_atomic_notify(address, count);
#else
  (void)address, (void)count;
  return 0;
#endif
}

#elif defined(__linux__)

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int32_t weft_futex_wait(int32_t *address, int32_t expected, int64_t nanoseconds) {
  struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  long result = syscall(SYS_futex, address, FUTEX_WAIT_PRIVATE, expected, nanoseconds < 0 ? NULL : &limit, NULL, 0);
  if (result == 0 || errno == EINTR) return 0;
  return errno == ETIMEDOUT ? 2 : 1;
}

int32_t weft_futex_wake(int32_t *address, uint32_t count) {
  return (int32_t)syscall(SYS_futex, address, FUTEX_WAKE_PRIVATE, count > INT32_MAX ? INT32_MAX : (int)count, NULL, NULL, 0);
}

#elif defined(__APPLE__)

#include <errno.h>
#include <os/os_sync_wait_on_address.h>

int32_t weft_futex_wait(int32_t *address, int32_t expected, int64_t nanoseconds) {
  int result = nanoseconds < 0 ? os_sync_wait_on_address(address, (uint64_t)(uint32_t)expected, 4, OS_SYNC_WAIT_ON_ADDRESS_NONE)
                               : os_sync_wait_on_address_with_timeout(address, (uint64_t)(uint32_t)expected, 4,
                                     OS_SYNC_WAIT_ON_ADDRESS_NONE, OS_CLOCK_MACH_ABSOLUTE_TIME, (uint64_t)nanoseconds);
  if (result >= 0 || errno == EINTR || errno == EFAULT) return 0;
  return errno == ETIMEDOUT ? 2 : 1;
}

int32_t weft_futex_wake(int32_t *address, uint32_t count) {
  return count == 1 ? os_sync_wake_by_address_any(address, 4, OS_SYNC_WAKE_BY_ADDRESS_NONE)
                    : os_sync_wake_by_address_all(address, 4, OS_SYNC_WAKE_BY_ADDRESS_NONE);
}

#else
#error "Weft runs on Linux, macOS and the web."
#endif
