#if defined(__wasm__)

#include <stdint.h>

// Fused multiply-add, rounded once. wasm has no instruction for it (outside relaxed SIMD, where it may round twice), and
// neither has JavaScript. The product of two 53-bit significands fits in 106 bits; it and the addend are lined up in
// 128 bits with a sticky bit for what falls off, added, and rounded to nearest even.

typedef unsigned __int128 Wide;

typedef struct {
  int negative;
  int exponent;  // value = significand * 2^exponent
  uint64_t significand;
} Parts;

static inline uint64_t bits_of(double x) {
  union {
    double value;
    uint64_t bits;
  } both = {x};
  return both.bits;
}

static inline Parts parts_of(double x) {
  uint64_t bits = bits_of(x);
  int exponent = bits >> 52 & 0x7ff;
  uint64_t fraction = bits & ((1ull << 52) - 1);
  return (Parts){bits >> 63, (exponent ? exponent : 1) - 1075, exponent ? fraction | 1ull << 52 : fraction};
}

static inline int leading_zeros(Wide x) {
  uint64_t high = (uint64_t)(x >> 64);
  return high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)x);
}

/// Shifts right and keeps in the last bit whether anything was lost.
static inline Wide shifted_sticky(Wide x, int count) {
  if (count <= 0) return x;
  if (count > 127) return x != 0;
  return x >> count | ((x & (((Wide)1 << count) - 1)) != 0);
}

/// `x * 2^exponent`, rounded to nearest even; x is not zero, its last bit is sticky.
static double rounded(int negative, Wide x, int exponent) {
  int zeros = leading_zeros(x);
  x <<= zeros, exponent -= zeros;       // 1.xxx * 2^(exponent + 127)
  int biased = exponent + 127 + 1023;
  int drop = 75;                        // keeps 53 bits
  if (biased < 1) drop += 1 - biased, biased = 0;
  Wide kept = drop > 127 ? 0 : x >> drop;
  Wide lost = drop > 127 ? shifted_sticky(x, drop - 127) : x << (128 - drop);
  Wide half = (Wide)1 << 127;
  if (drop > 128) lost = x != 0;
  else if (drop == 128) kept = 0, lost = x;
  uint64_t significand = (uint64_t)kept;
  if (lost > half || (lost == half && (significand & 1))) significand++;
  // A carry out of the significand raises the exponent by itself; so does a subnormal that became normal.
  uint64_t bits = biased ? ((uint64_t)(biased - 1) << 52) + significand : significand;
  if (biased >= 2047 || bits >= 0x7ffull << 52) bits = 0x7ffull << 52;
  union {
    uint64_t bits;
    double value;
  } both = {bits | (uint64_t)negative << 63};
  return both.value;
}

double fma(double x, double y, double z) {
  const uint64_t infinity = 0x7ffull << 52, no_sign = ~(1ull << 63);
  uint64_t bx = bits_of(x) & no_sign, by = bits_of(y) & no_sign, bz = bits_of(z) & no_sign;
  // With a NaN, an infinity or a zero in it, the plain operations give the right answer (a zero product is exact).
  if (bx >= infinity || by >= infinity || bx == 0 || by == 0) return x * y + z;
  if (bz >= infinity) return z;
  Parts a = parts_of(x), b = parts_of(y), c = parts_of(z);
  int negative = a.negative ^ b.negative;
  Wide product = (Wide)a.significand * b.significand;
  int exponent = a.exponent + b.exponent;
  if (c.significand == 0) return rounded(negative, product, exponent);

  // Both to the top of 126 bits, so that the sum has room; then the smaller one is moved under the larger one.
  Wide addend = c.significand;
  int addend_exponent = c.exponent;
  int shift = leading_zeros(product) - 2;
  product <<= shift, exponent -= shift;
  shift = leading_zeros(addend) - 2;
  addend <<= shift, addend_exponent -= shift;
  if (exponent >= addend_exponent) {
    addend = shifted_sticky(addend, exponent - addend_exponent);
  } else {
    product = shifted_sticky(product, addend_exponent - exponent);
    exponent = addend_exponent;
  }
  if (negative == c.negative) return rounded(negative, product + addend, exponent);
  if (product == addend) return 0;
  if (product > addend) return rounded(negative, product - addend, exponent);
  return rounded(c.negative, addend - product, exponent);
}

float fmaf(float x, float y, float z) {
  // The product of two floats is exact in a double. The sum is rounded to odd there, which makes the second rounding,
  // to float, harmless (S. Boldo and G. Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
  double product = (double)x * y, sum = product + z;
  uint64_t bits = bits_of(sum);
  double back = sum - product, error = (product - (sum - back)) + (z - back);
  if (error == error && error != 0 && (bits & 1) == 0 && (bits >> 52 & 0x7ff) != 0x7ff) {
    // Toward zero if the error points there, else away from it: the neighbour with an odd last bit on the error's side.
    int away = (error > 0) == (sum > 0);
    union {
      uint64_t bits;
      double value;
    } both = {away ? bits + 1 : bits - 1};
    return (float)both.value;
  }
  return (float)sum;
}

#endif
