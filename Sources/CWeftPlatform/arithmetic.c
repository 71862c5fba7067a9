#if defined(__wasm__)

#include <stdint.h>

// Arithmetic for which wasm has no instruction and the compiler calls a function.

__attribute__((import_module("weft"), import_name("fmod"))) double weft_fmod(double, double);

double fmod(double x, double y) { return weft_fmod(x, y); }
float fmodf(float x, float y) { return (float)weft_fmod(x, y); }

// Halves away from zero. `trunc` and the subtraction are exact, so the comparison decides rightly even next to a half.
double round(double x) {
  double whole = __builtin_trunc(x);
  return __builtin_fabs(x - whole) >= 0.5 ? whole + __builtin_copysign(1, x) : __builtin_copysign(whole, x);
}
float roundf(float x) {
  float whole = __builtin_truncf(x);
  return __builtin_fabsf(x - whole) >= 0.5f ? whole + __builtin_copysignf(1, x) : __builtin_copysignf(whole, x);
}

// What remains of `x` by the nearest multiple of `y`, the even one of two. Every step is exact: the rest is below 2|y|, and a
// difference of two numbers that differ by no more than a factor of two has no rounding.
double remainder(double x, double y) {
  double size = __builtin_fabs(y);
  // Twice the largest numbers is infinite; x is below that anyway. The difference makes a NaN of an infinite x.
  double rest = __builtin_fabs(size >= 0x1p1023 ? x - (x - x) : weft_fmod(x, size + size));
  if (rest > size - rest) {
    rest -= size;
    if (rest >= size - rest) rest -= size;
  }
  return __builtin_signbit(x) ? -rest : rest;
}
float remainderf(float x, float y) { return (float)remainder(x, y); }

typedef unsigned __int128 Wide;
typedef struct {
  uint64_t low, high;
} Halves;

static inline Wide joined(uint64_t low, uint64_t high) {
  union {
    Halves halves;
    Wide wide;
  } both = {{low, high}};
  return both.wide;
}
static inline Halves halved(Wide wide) {
  union {
    Wide wide;
    Halves halves;
  } both = {.wide = wide};
  return both.halves;
}

Wide __multi3(Wide a, Wide b) {
  Halves x = halved(a), y = halved(b);
  uint64_t x0 = (uint32_t)x.low, x1 = x.low >> 32, y0 = (uint32_t)y.low, y1 = y.low >> 32;
  uint64_t low = x0 * y0, middle = x1 * y0 + (low >> 32), middle2 = x0 * y1 + (uint32_t)middle;
  uint64_t high = x1 * y1 + (middle >> 32) + (middle2 >> 32);
  return joined((uint32_t)low | middle2 << 32, high + x.low * y.high + x.high * y.low);
}

Wide __ashlti3(Wide a, int count) {
  Halves x = halved(a);
  if (count == 0) return a;
  if (count >= 64) return joined(0, x.low << (count - 64));
  return joined(x.low << count, x.high << count | x.low >> (64 - count));
}

Wide __lshrti3(Wide a, int count) {
  Halves x = halved(a);
  if (count == 0) return a;
  if (count >= 64) return joined(x.high >> (count - 64), 0);
  return joined(x.low >> count | x.high << (64 - count), x.high >> count);
}

__int128 __ashrti3(__int128 a, int count) {
  Halves x = halved((Wide)a);
  int64_t high = (int64_t)x.high;
  if (count == 0) return a;
  if (count >= 64) return (__int128)joined((uint64_t)(high >> (count - 64)), (uint64_t)(high >> 63));
  return (__int128)joined(x.low >> count | x.high << (64 - count), (uint64_t)(high >> count));
}

// Schoolbook division, a bit at a time: rare (128-bit integers, full-width division).
static Wide divided(Wide dividend, Wide divisor, Wide *remainder) {
  Wide quotient = 0, rest = 0;
  for (int bit = 127; bit >= 0; bit--) {
    rest = rest << 1 | (dividend >> bit & 1);
    quotient <<= 1;
    if (rest >= divisor) rest -= divisor, quotient |= 1;
  }
  *remainder = rest;
  return quotient;
}

Wide __udivti3(Wide a, Wide b) {
  Wide remainder;
  return divided(a, b, &remainder);
}
Wide __umodti3(Wide a, Wide b) {
  Wide remainder;
  divided(a, b, &remainder);
  return remainder;
}
static inline Wide magnitude(__int128 a) { return a < 0 ? -(Wide)a : (Wide)a; }
__int128 __divti3(__int128 a, __int128 b) {
  Wide remainder, quotient = divided(magnitude(a), magnitude(b), &remainder);
  return (a < 0) != (b < 0) ? -(__int128)quotient : (__int128)quotient;
}
__int128 __modti3(__int128 a, __int128 b) {
  Wide remainder;
  divided(magnitude(a), magnitude(b), &remainder);
  return a < 0 ? -(__int128)remainder : (__int128)remainder;
}

#endif
