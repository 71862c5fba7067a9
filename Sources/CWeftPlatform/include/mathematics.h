#pragma once

#include "inline.h"

// The functions of the C library that Swift code expects. On the web they are the engine's own (`Math.sin` itself, not a
// function around it, which V8 calls twice as fast).
#if defined(__wasm__)

#define WEFT_IMPORT(name) __attribute__((import_module("math"), import_name(#name)))
#define WEFT_UNARY(name) \
  WEFT_IMPORT(name) double name(double); \
  WEFT_INLINE float name##f(float x) { return (float)name(x); }

WEFT_UNARY(sin)
WEFT_UNARY(cos)
WEFT_UNARY(tan)
WEFT_UNARY(asin)
WEFT_UNARY(acos)
WEFT_UNARY(atan)
WEFT_UNARY(sinh)
WEFT_UNARY(cosh)
WEFT_UNARY(tanh)
WEFT_UNARY(asinh)
WEFT_UNARY(acosh)
WEFT_UNARY(atanh)
WEFT_UNARY(exp)
WEFT_UNARY(expm1)
WEFT_UNARY(log)
WEFT_UNARY(log2)
WEFT_UNARY(log10)
WEFT_UNARY(log1p)
WEFT_UNARY(cbrt)
WEFT_IMPORT(pow) double pow(double, double);
WEFT_IMPORT(atan2) double atan2(double, double);
WEFT_IMPORT(hypot) double hypot(double, double);
WEFT_INLINE float powf(float x, float y) { return (float)pow(x, y); }
WEFT_INLINE float atan2f(float y, float x) { return (float)atan2(y, x); }
WEFT_INLINE float hypotf(float x, float y) { return (float)hypot(x, y); }
WEFT_INLINE double exp2(double x) { return pow(2, x); }
WEFT_INLINE float exp2f(float x) { return (float)pow(2, x); }

#undef WEFT_UNARY
#undef WEFT_IMPORT

/// The remainder of the quotient rounded toward zero: exact, as C's `fmod` and as JavaScript's `%`.
double fmod(double, double);

#else
#include <math.h>
#endif
