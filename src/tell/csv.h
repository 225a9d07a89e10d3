/* The CSV files of a plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_CSV_H
#define TELL_CSV_H

#include "accounts/accounts.h"
#include "base/text.h"

enum status csv_hourly(const struct plan *plan, enum plan_case kind, struct arena *arena,
                       struct text_buffer *out) MUST_CHECK;
enum status csv_transfers(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;

#endif
