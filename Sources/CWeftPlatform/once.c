#if defined(__wasm__)

#include <stdint.h>

// Waits until `state` is -1.
void weft_await_first_use(intptr_t *state);

// What Swift calls before the first use of a global: 0 untouched, 1 being made, -1 made. The compiler's own, which this one
// replaces (it is weak), spins for ever where the thread that makes the global has stopped in an error.
void swift_once(intptr_t *state, void (*make)(void *), void *context) {
  // Acquire, here and below: pairs with the release, publishes the global.
  if (__atomic_load_n(state, __ATOMIC_ACQUIRE) < 0) return;
  intptr_t untouched = 0;
  if (__atomic_compare_exchange_n(state, &untouched, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)) {
    make(context);
    __atomic_store_n(state, -1, __ATOMIC_RELEASE);
  } else if (untouched > 0) {
    weft_await_first_use(state);
  }
}

#endif
