// Where the linker has put the records of a program's tests: it names the ends of the section, which only C can refer to.
#pragma once

#include <stddef.h>

/// Writes a test into the list at `list`.
typedef void (*weft_test_record)(void *list);

extern const weft_test_record __start_weft_tests[] __attribute__((weak));
extern const weft_test_record __stop_weft_tests[] __attribute__((weak));

static inline size_t weft_test_record_count(void) { return (size_t)(__stop_weft_tests - __start_weft_tests); }
static inline weft_test_record weft_test_record_at(size_t index) { return __start_weft_tests[index]; }
