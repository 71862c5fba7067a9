#include "CWeftPlatform.h"

#if defined(__wasm__)

// What Embedded Swift's `print` calls, a byte at a time. A line is gathered per thread, so that lines of several threads
// do not mix; one that outgrows the buffer goes out in pieces.
static _Thread_local struct {
  uint16_t count;
  uint8_t text[510];
} line;

int putchar(int character) {
  if (character != '\n') line.text[line.count++] = (uint8_t)character;
  if (character == '\n' || line.count == sizeof line.text) {
    weft_print_line(line.text, line.count);
    line.count = 0;
  }
  return character;
}

// Hashing seeds itself with this.
void arc4random_buf(void *buffer, uintptr_t count) { weft_fill_random(buffer, count); }

#else

#include <stdlib.h>
#if defined(__linux__)
#include <sys/random.h>
#endif

void weft_fill_random(void *buffer, uintptr_t count) {
#if defined(__linux__)
  for (uint8_t *next = buffer; count > 0;) {
    ssize_t filled = getrandom(next, count, 0);
    if (filled > 0) next += filled, count -= (uintptr_t)filled;
  }
#else
  arc4random_buf(buffer, count);
#endif
}

#endif
