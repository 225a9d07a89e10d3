/* A table as NetCDF, the form that climate and energy models read: the classic format with 64-bit offsets (CDF-2). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_NETCDF_H
#define TELL_NETCDF_H

#include "base/status.h"
#include "base/text.h"

struct netcdf_column {
    const char *name;        /* any text; what the format does not allow becomes "_" */
    const char *units;       /* attributes; NULL: none */
    const char *meaning;     /* long_name */
    const double *value;     /* rows of them, NaN for none; or */
    const char *const *text; /* rows of them */
};

/* Appends a file with one dimension of so many rows (and one for the letters of each column of text). Names must differ.
   CANNOT_WRITE where a column is beyond what the format holds (4 GiB). */
enum status netcdf_table(const char *title, const char *dimension, long rows,
                         const struct netcdf_column *columns, int count,
                         struct text_buffer *out) MUST_CHECK;

#endif
