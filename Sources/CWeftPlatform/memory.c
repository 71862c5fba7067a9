#if defined(__wasm__)

#include <stddef.h>
#include <stdint.h>

// The memory functions that the compiler calls. With bulk memory each of the first three is one instruction.

void *memcpy(void *restrict to, const void *restrict from, size_t count) { return __builtin_memcpy(to, from, count); }
void *memmove(void *to, const void *from, size_t count) { return __builtin_memmove(to, from, count); }
void *memset(void *to, int byte, size_t count) { return __builtin_memset(to, byte, count); }

int memcmp(const void *left, const void *right, size_t count) {
  const uint8_t *a = left, *b = right;
  // Eight bytes at a time up to the first difference; wasm loads may be unaligned.
  while (count >= 8) {
    uint64_t x, y;
    __builtin_memcpy(&x, a, 8);
    __builtin_memcpy(&y, b, 8);
    if (x != y) break;
    a += 8, b += 8, count -= 8;
  }
  for (; count > 0; a++, b++, count--)
    if (*a != *b) return *a < *b ? -1 : 1;
  return 0;
}

size_t strlen(const char *text) {
  const char *end = text;
  while (*end) end++;
  return (size_t)(end - text);
}

// Swift may not define these names itself.
void *weft_malloc(size_t bytes);
void weft_c_free(void *block);
void *malloc(size_t bytes) { return weft_malloc(bytes); }
void free(void *block) { weft_c_free(block); }

#endif
