#pragma once

/// Always: LLVM does not by itself inline a C function into Swift code, whose list of target features is another one.
#define WEFT_INLINE static inline __attribute__((always_inline))
