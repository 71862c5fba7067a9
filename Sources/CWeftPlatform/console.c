#include "CWeftPlatform.h"

#if defined(__wasm__)

void *realloc(void *block, uintptr_t bytes);
void free(void *block);
void weft_print_whole_line(const uint8_t *text, uintptr_t count);

// What Embedded Swift's `print` calls, a byte at a time. A line is gathered per thread, so that lines of several threads
// do not mix, and goes out whole, so that no character is cut.
static _Thread_local struct {
  // A line that is longer than `text` is here.
  uint8_t *grown;
  uintptr_t count, room;
  uint8_t text[256];
} line;

static void end_line(void) {
  weft_print_whole_line(line.grown ? line.grown : line.text, line.count);
  free(line.grown);
  line.grown = 0;
  line.count = line.room = 0;
  weft_thread_locals.end_line = 0;
}

// Makes room for another byte. Where the memory is exhausted the line goes out in pieces.
static void grow(void) {
  uintptr_t room = line.room ? line.room * 2 : sizeof line.text * 2;
  uint8_t *grown = realloc(line.grown, room);
  if (!grown) return end_line();
  if (!line.grown) __builtin_memcpy(grown, line.text, line.count);
  line.grown = grown;
  line.room = room;
}

int putchar(int character) {
  if (character == '\n') {
    end_line();
  } else {
    if (line.count == (line.grown ? line.room : sizeof line.text)) grow();
    (line.grown ? line.grown : line.text)[line.count++] = (uint8_t)character;
    weft_thread_locals.end_line = end_line;
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
