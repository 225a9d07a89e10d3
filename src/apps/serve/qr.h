/* A QR code of a short text, so that nobody types an address: byte mode, level L, versions 1 to 5 (ISO/IEC 18004:2015). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_QR_H
#define APPS_SERVE_QR_H

#include <stdbool.h>

enum { QR_SIZE_MAX = 37, QR_TEXT_MAX = 106, QR_QUIET = 4 /* modules of margin */ };

struct qr {
    int size;
    bool dark[QR_SIZE_MAX][QR_SIZE_MAX]; /* row, column */
};

/* False: the text is longer than QR_TEXT_MAX bytes. */
bool qr_make(const char *text, struct qr *ret);
char *qr_svg(const struct qr *qr); /* to be freed */
/* Two rows of modules in a line, by half blocks, dark on light by the terminal's own colours; to be freed. */
char *qr_lines(const struct qr *qr);

#endif
