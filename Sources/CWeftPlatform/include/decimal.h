#pragma once

/// Reads a number as C's `strtod` does in the C locale, but for leading white space: decimal or hexadecimal, `inf`, `infinity`,
/// `nan`, whatever the case. Rounded to nearest, ties to even. O(digits) for short texts; at most some 10 µs for any.
///
/// Returns where the number ends, or null if there is none.
const char *weft_parse_double(const char *text, double *result);

/// The same, rounded once, to the smaller type.
const char *weft_parse_float(const char *text, float *result);
