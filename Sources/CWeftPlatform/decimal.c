#include "decimal.h"

#include <stdint.h>

// Text to floating point by exact arithmetic: the text is a fraction of two large integers, of which as many binary digits are
// taken as the result has, and what is left decides the rounding. Short texts, which are nearly all, need no more than one
// exact multiplication or division (Clinger, How to Read Floating Point Numbers Accurately, 1990).

// What lies behind so many digits can only break a tie.
enum { most_digits = 800, most_limbs = 192 };

typedef struct {
  int count;
  uint32_t limbs[most_limbs];
} Big;

// Of a type: bits of its significand, and the exponents of its smallest and its largest significand's last bit.
typedef struct {
  int bits;
  int least;
  int most;
} Format;

static const Format double_format = {53, -1074, 971};
static const Format float_format = {24, -149, 104};

// significand * 2^exponent; infinite if `is_infinite`.
typedef struct {
  uint64_t significand;
  int exponent;
  int is_infinite;
} Binary;

static void multiply_add(Big *number, uint32_t factor, uint32_t summand) {
  uint64_t carry = summand;
  for (int i = 0; i < number->count; i++) {
    carry += (uint64_t)number->limbs[i] * factor;
    number->limbs[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry) number->limbs[number->count++] = (uint32_t)carry;
}

static void multiply_by_power_of_ten(Big *number, int exponent) {
  for (; exponent >= 9; exponent -= 9) multiply_add(number, 1000000000, 0);
  for (; exponent > 0; exponent--) multiply_add(number, 10, 0);
}

static int bit_length(const Big *number) {
  return number->count * 32 - __builtin_clz(number->limbs[number->count - 1]);
}

static void shift_left(Big *number, int bits) {
  int limbs = bits / 32, rest = bits % 32;
  uint32_t above = 0;
  for (int i = number->count - 1; i >= 0; i--) {
    uint32_t limb = number->limbs[i];
    if (rest) number->limbs[i + limbs + 1] = above | limb >> (32 - rest);
    else number->limbs[i + limbs] = limb;
    above = rest ? limb << rest : 0;
  }
  if (rest) number->limbs[limbs] = above;
  for (int i = 0; i < limbs; i++) number->limbs[i] = 0;
  number->count += limbs + (rest != 0);
  while (number->count > 0 && number->limbs[number->count - 1] == 0) number->count--;
}

static int is_at_least(const Big *a, const Big *b) {
  if (a->count != b->count) return a->count > b->count;
  for (int i = a->count - 1; i >= 0; i--)
    if (a->limbs[i] != b->limbs[i]) return a->limbs[i] > b->limbs[i];
  return 1;
}

static void subtract(Big *a, const Big *b) {
  uint64_t borrow = 0;
  for (int i = 0; i < a->count; i++) {
    uint64_t difference = (uint64_t)a->limbs[i] - (i < b->count ? b->limbs[i] : 0) - borrow;
    a->limbs[i] = (uint32_t)difference;
    borrow = difference >> 63;
  }
  while (a->count > 0 && a->limbs[a->count - 1] == 0) a->count--;
}

// Rounds (bits + a bit less than one if `is_more`) * 2^exponent.
static Binary rounded(uint64_t bits, int exponent, int is_more, Format format) {
  Binary result = {0, format.least, 0};
  if (bits == 0) return result;
  int length = 64 - __builtin_clzll(bits);
  int dropped = length - format.bits;
  if (exponent + dropped < format.least) dropped = format.least - exponent;
  if (dropped > 64) return result;
  if (dropped <= 0) {
    // Exact: nothing is dropped, and what is more is less than half of what could be.
    result.significand = bits;
    result.exponent = exponent;
  } else {
    uint64_t half = 1ull << (dropped - 1);
    uint64_t rest = dropped == 64 ? bits : bits & ((half << 1) - 1);
    result.significand = dropped == 64 ? 0 : bits >> dropped;
    result.exponent = exponent + dropped;
    if (rest > half || (rest == half && (is_more || (result.significand & 1)))) result.significand++;
  }
  // The form with all bits, as far as there is one.
  if (result.significand >> format.bits) {
    result.significand >>= 1;
    result.exponent++;
  }
  while (result.significand && !(result.significand >> (format.bits - 1)) && result.exponent > format.least) {
    result.significand <<= 1;
    result.exponent--;
  }
  result.is_infinite = result.exponent > format.most;
  return result;
}

static int digit(char character, int base) {
  if (character >= '0' && character <= '9') return character - '0';
  int letter = character | 32;
  return base == 16 && letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// Reads an exponent behind `mark`, if there is a whole one. Returns where it ends.
static const char *read_exponent(const char *text, char mark, int *exponent) {
  if ((*text | 32) != mark) return text;
  const char *at = text + 1;
  int is_negative = *at == '-';
  if (*at == '-' || *at == '+') at++;
  if (digit(*at, 10) < 0) return text;
  int value = 0;
  for (; digit(*at, 10) >= 0; at++)
    if (value < 100000) value = value * 10 + digit(*at, 10);
  *exponent += is_negative ? -value : value;
  return at;
}

static const char *read_hexadecimal(const char *text, Format format, Binary *result) {
  uint64_t bits = 0;
  int exponent = 0, is_more = 0, is_fraction = 0, digits = 0;
  for (;; text++) {
    if (*text == '.' && !is_fraction) {
      is_fraction = 1;
      continue;
    }
    int value = digit(*text, 16);
    if (value < 0) break;
    digits++;
    if (bits >> 60) {
      is_more |= value != 0;
      exponent += is_fraction ? 0 : 4;
    } else {
      bits = bits << 4 | (uint64_t)value;
      exponent -= is_fraction ? 4 : 0;
    }
  }
  if (!digits) return 0;
  text = read_exponent(text, 'p', &exponent);
  *result = rounded(bits, exponent, is_more, format);
  return text;
}

// The exact way, for digits * 10^exponent.
static Binary divided(Big *number, int exponent, Format format) {
  Big divisor = {1, {1}};
  if (exponent > 0) multiply_by_power_of_ten(number, exponent);
  else multiply_by_power_of_ten(&divisor, -exponent);
  // So that the quotient has 63 or 64 bits.
  int shift = 63 - (bit_length(number) - bit_length(&divisor));
  if (shift > 0) shift_left(number, shift);
  else shift_left(&divisor, -shift);
  uint64_t quotient = 0;
  shift_left(&divisor, 63);
  for (int i = 63; i >= 0; i--) {
    if (is_at_least(number, &divisor)) {
      subtract(number, &divisor);
      quotient |= 1ull << i;
    }
    shift_left(number, 1);
  }
  return rounded(quotient, -shift, number->count > 0, format);
}

static const char *read_decimal(const char *text, Format format, Binary *result) {
  Big number = {0};
  uint64_t first = 0;
  int digits = 0, significant = 0, exponent = 0, is_more = 0, is_fraction = 0;
  for (;; text++) {
    if (*text == '.' && !is_fraction) {
      is_fraction = 1;
      continue;
    }
    int value = digit(*text, 10);
    if (value < 0) break;
    digits++;
    if (significant == most_digits) {
      is_more |= value != 0;
      exponent += !is_fraction;
      continue;
    }
    exponent -= is_fraction;
    if (!significant && !value) continue;
    significant++;
    if (significant <= 19) first = first * 10 + (uint64_t)value;
    if (number.count) multiply_add(&number, 10, (uint32_t)value);
    else number = (Big){1, {(uint32_t)value}};
  }
  if (!digits) return 0;
  text = read_exponent(text, 'e', &exponent);
  *result = (Binary){0, format.least, 0};
  if (!significant || exponent + significant < -400) return text;
  if (exponent + significant > 310) {
    result->is_infinite = 1;
    return text;
  }
  if (exponent == 0 && significant <= 19) {
    *result = rounded(first, 0, 0, format);
    return text;
  }
  if (is_more) {
    multiply_add(&number, 10, 1);
    exponent--;
  }
  *result = divided(&number, exponent, format);
  return text;
}

static int starts_with(const char *text, const char *word) {
  for (; *word; text++, word++)
    if ((*text | 32) != *word) return 0;
  return 1;
}

// Returns where the number ends, or null. One of `is_nan` and `binary` says what it is.
static const char *read_number(const char *text, Format format, int *is_negative, int *is_nan, Binary *binary) {
  *is_nan = 0;
  *is_negative = *text == '-';
  if (*text == '-' || *text == '+') text++;
  if (starts_with(text, "inf")) {
    *binary = (Binary){0, 0, 1};
    return text + (starts_with(text, "infinity") ? 8 : 3);
  }
  if (starts_with(text, "nan")) {
    *is_nan = 1;
    const char *end = text + 3;
    if (*end != '(') return end;
    for (end++; digit(*end, 10) >= 0 || ((*end | 32) >= 'a' && (*end | 32) <= 'z') || *end == '_';) end++;
    return *end == ')' ? end + 1 : text + 3;
  }
  if (text[0] == '0' && (text[1] | 32) == 'x') {
    const char *end = read_hexadecimal(text + 2, format, binary);
    if (end) return end;
  }
  return read_decimal(text, format, binary);
}

// The significand's topmost bit is not written where there is one.
static uint64_t encoded(Binary binary, int is_nan, Format format) {
  uint64_t hidden = 1ull << (format.bits - 1);
  uint64_t greatest = (uint64_t)(format.most - format.least + 2);
  if (is_nan) return greatest * hidden | hidden >> 1;
  if (binary.is_infinite) return greatest * hidden;
  if (binary.significand < hidden) return binary.significand;
  return (uint64_t)(binary.exponent - format.least + 1) * hidden | (binary.significand - hidden);
}

static const char *read_bits(const char *text, Format format, int sign_place, uint64_t *bits) {
  int is_negative, is_nan;
  Binary binary;
  const char *end = read_number(text, format, &is_negative, &is_nan, &binary);
  if (end) *bits = encoded(binary, is_nan, format) | (uint64_t)is_negative << sign_place;
  return end;
}

const char *weft_parse_double(const char *text, double *result) {
  union {
    uint64_t bits;
    double value;
  } both;
  const char *end = read_bits(text, double_format, 63, &both.bits);
  if (end) *result = both.value;
  return end;
}

const char *weft_parse_float(const char *text, float *result) {
  uint64_t bits;
  const char *end = read_bits(text, float_format, 31, &bits);
  if (!end) return 0;
  union {
    uint32_t bits;
    float value;
  } both = {(uint32_t)bits};
  *result = both.value;
  return end;
}

#if defined(__wasm__)

// What Embedded Swift calls for `Double("1.5")`.
const char *_swift_stdlib_strtod_clocale(const char *text, double *result) { return weft_parse_double(text, result); }
const char *_swift_stdlib_strtof_clocale(const char *text, float *result) { return weft_parse_float(text, result); }

#endif
