#pragma once

#include "inline.h"

#include <stdint.h>

// The memory that the allocator hands out, in pages of 64 KiB: on the web the wasm memory behind the program's data,
// natively a reserved range of addresses (used by the allocator's tests; native programs keep the system's malloc).

/// How many pages of 64 KiB there can be: 4 GiB, or the 16 GiB that engines give a memory with addresses of 64 bits.
#if defined(__wasm64__)
#define WEFT_PAGE_LIMIT 262144
#else
#define WEFT_PAGE_LIMIT 65536
#endif

/// For each page, how many pages before it the run begins that it belongs to.
extern uint16_t weft_page_map[WEFT_PAGE_LIMIT];
/// One bit for each page, set where the page is free.
extern uint64_t weft_free_pages[WEFT_PAGE_LIMIT / 64];
// Swift sees a C array as a tuple of its elements; these give it the address.
WEFT_INLINE uint16_t *weft_page_map_address(void) { return weft_page_map; }
WEFT_INLINE uint64_t *weft_free_pages_address(void) { return weft_free_pages; }

#if defined(__wasm__)
extern unsigned char __heap_base;
/// The address of page 0.
WEFT_INLINE uintptr_t weft_pages_base(void) { return 0; }
/// The first page that the linker left free.
WEFT_INLINE uintptr_t weft_pages_first(void) { return ((uintptr_t)&__heap_base + 65535) / 65536; }
WEFT_INLINE uintptr_t weft_pages_count(void) { return __builtin_wasm_memory_size(0); }
/// Grows the memory. Returns the size before, in pages, or UINTPTR_MAX where it cannot grow.
WEFT_INLINE uintptr_t weft_pages_grow(uintptr_t pages) { return __builtin_wasm_memory_grow(0, pages); }
#else
extern uintptr_t weft_reserved_base;
WEFT_INLINE uintptr_t weft_pages_base(void) { return weft_reserved_base; }
WEFT_INLINE uintptr_t weft_pages_first(void) { return 0; }
uintptr_t weft_pages_count(void);
uintptr_t weft_pages_grow(uintptr_t pages);
#endif
