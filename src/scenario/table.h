/* CSV: columns by name, every bad row named. RFC 4180 quoting, "#" comment lines, UTF-8 (a BOM is
   skipped), LF or CRLF, comma, semicolon or tab (decided by the header). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_TABLE_H
#define SCENARIO_TABLE_H

#include "base/diag.h"

struct table_cell {
    const char *text; /* not ended by NUL; without its quotes and the blanks around it */
    size_t size;
    int line, column; /* from 1 */
};

struct table_ask { /* a column that somebody wants, and where he said so */
    const char *column;
    struct place place;
    bool optional; /* its cells have no text (NULL) where the column is missing */
};

enum { TABLE_BAD_ROWS_SHOWN = 20, TABLE_ASKS_MAX = 32 };

struct table_text { /* a file, already read */
    const char *file, *text;
    size_t size;
};

/* The cells of the asked columns, row by row (ret_cells[row * count + ask]). Messages: no text, no
   header, unknown column (with the nearest name or the list), rows of unequal width, an open
   quote, no rows, too many. At most TABLE_BAD_ROWS_SHOWN bad rows are named, then counted. */
enum status table_read(struct arena *arena, struct diag *diag, const struct table_text *table,
                       const struct table_ask *ask, int count, const struct table_cell **ret_cells,
                       int *ret_rows) MUST_CHECK;

/* The cell as a finite number; else a message that says what it is instead (none when diag is
   NULL). */
bool table_number(struct diag *diag, const char *file, const char *column,
                  const struct table_cell *cell, double *ret_value);

#endif
