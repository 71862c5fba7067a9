#include "pages.h"

uint16_t weft_page_map[WEFT_PAGE_LIMIT];
uint64_t weft_free_pages[WEFT_PAGE_LIMIT / 64];

#if !defined(__wasm__)

#include <sys/mman.h>

uintptr_t weft_reserved_base;
// Only touched under the allocator's lock.
static uintptr_t count;

uintptr_t weft_pages_count(void) { return count; }

uintptr_t weft_pages_grow(uintptr_t pages) {
  if (weft_reserved_base == 0) {
    void *base = mmap(0, (uintptr_t)WEFT_PAGE_LIMIT * 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) return UINTPTR_MAX;
    weft_reserved_base = (uintptr_t)base;
  }
  if (pages > WEFT_PAGE_LIMIT - count) return UINTPTR_MAX;
  uintptr_t before = count;
  count += pages;
  return before;
}

#endif
