/* Numbers of a replay: hexadecimal, one spelling for each double, independent of the locale. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_REPLAY_NUMBER_H
#define OPTIMISE_REPLAY_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* "0x1.8p+3", "-0x0p+0", "0x0.8p-1022" (subnormal), "inf"; no NaN. Returns the length. */
enum { REPLAY_NUMBER_SIZE = 32 };
int replay_number_text(char *buffer, double value);
/* Reads exactly what replay_number_text writes, and nothing else. */
bool replay_number_value(const char *text, size_t size, double *ret_value);

#endif
