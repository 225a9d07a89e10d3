/* CSV: a column of numbers by name, every bad row named. RFC 4180 quoting, "#" comment lines, UTF-8
   (a BOM is skipped), LF or CRLF, comma or semicolon (decided by the header). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_TABLE_H
#define SCENARIO_TABLE_H

#include "base/diag.h"

/* Reads one column. Messages: unknown column (with the nearest name and the list), blank or
   non-numeric cell (file:line:column), rows of unequal width, no rows. At most 20 bad rows are
   named, then a count. */
enum status table_column(struct arena *arena, struct diag *diag, struct place asked,
                         const char *file, const char *text, size_t size, const char *column,
                         double **ret_value, int *ret_count) MUST_CHECK;

#endif
