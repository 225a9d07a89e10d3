/* QR codes: data and their Reed-Solomon code over GF(256) go zigzag into what the patterns leave free; of the eight masks the
   one with the lowest penalty is taken. Chapters are those of ISO/IEC 18004:2015. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "apps/serve/qr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Table 7, level L: one block each. */
static const struct version {
    int data, check; /* codewords */
} versions[] = {{19, 7}, {34, 10}, {55, 15}, {80, 20}, {108, 26}};
enum { VERSIONS = sizeof versions / sizeof versions[0], CODEWORDS_MAX = 134, CHECK_MAX = 26 };

struct drawing {
    struct qr *qr;
    bool fixed[QR_SIZE_MAX][QR_SIZE_MAX]; /* of a pattern: no data, no mask */
};

/* Product in GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1 (chapter 7.5.2). */
static int times(int a, int b) {
    int product = 0;
    for (int k = 7; k >= 0; k--) {
        product = (product << 1) ^ ((product >> 7) * 0x11d);
        product ^= ((b >> k) & 1) * a;
    }
    return product;
}

/* The remainder of the data by the generator, whose roots are 2^0 to 2^(check - 1). */
static void check_codewords(const struct version *version, unsigned char *codewords) {
    int generator[CHECK_MAX] = {0}, rest[CHECK_MAX] = {0}, root = 1;
    generator[version->check - 1] = 1;
    for (int k = 0; k < version->check; k++) {
        for (int j = 0; j < version->check; j++) {
            generator[j] =
                times(generator[j], root) ^ (j + 1 < version->check ? generator[j + 1] : 0);
        }
        root = times(root, 2);
    }
    for (int k = 0; k < version->data; k++) {
        int factor = codewords[k] ^ rest[0];
        memmove(rest, rest + 1, (size_t)(version->check - 1) * sizeof rest[0]);
        rest[version->check - 1] = 0;
        for (int j = 0; j < version->check; j++) {
            rest[j] ^= times(generator[j], factor);
        }
    }
    for (int j = 0; j < version->check; j++) {
        codewords[version->data + j] = (unsigned char)rest[j];
    }
}

/* Byte mode (7.4.5): 0100, the count, the bytes, 0000, then 11101100 and 00010001 in turn. */
static void data_codewords(const struct version *version, const char *text,
                           unsigned char *codewords) {
    int size = (int)strlen(text), half = 4;
    memset(codewords, 0, (size_t)version->data);
    for (int k = -1; k < size; k++) {
        int byte = k < 0 ? size : (unsigned char)text[k];
        codewords[k + 1] |= (unsigned char)((k < 0 ? half << 4 : 0) | (byte >> 4));
        codewords[k + 2] |= (unsigned char)((byte & 15) << 4);
    }
    for (int k = size + 2, turn = 0; k < version->data; k++, turn ^= 1) {
        codewords[k] = turn ? 0x11 : 0xec;
    }
}

static void put(struct drawing *drawing, int row, int column, bool dark) {
    int size = drawing->qr->size;
    if (row >= 0 && row < size && column >= 0 && column < size) {
        drawing->qr->dark[row][column] = dark;
        drawing->fixed[row][column] = true;
    }
}

/* Rings around a centre: a finder (reach 4, its separator with it) or an alignment pattern (reach 2). */
static void rings(struct drawing *drawing, int row, int column, int reach) {
    for (int r = -reach; r <= reach; r++) {
        for (int c = -reach; c <= reach; c++) {
            int ring = abs(r) > abs(c) ? abs(r) : abs(c);
            put(drawing, row + r, column + c, reach == 4 ? ring != 2 && ring != 4 : ring != 1);
        }
    }
}

/* Level L is 01, then the mask, then ten bits of BCH code, all turned by 0x5412 (7.9). */
static void format(struct drawing *drawing, int mask) {
    int size = drawing->qr->size, data = 1 << 3 | mask, rest = data;
    for (int k = 0; k < 10; k++) {
        rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    }
    int bits = (data << 10 | rest) ^ 0x5412;
    for (int k = 0; k < 15; k++) {
        bool dark = (bits >> k) & 1;
        int along = k < 6 ? k : k < 8 ? k + 1 : k == 8 ? 7 : 14 - k;
        put(drawing, k < 8 ? along : 8, k < 8 ? 8 : along, dark);
        put(drawing, k < 8 ? 8 : size - 15 + k, k < 8 ? size - 1 - k : 8, dark);
    }
    put(drawing, size - 8, 8, true);
}

static void patterns(struct drawing *drawing) {
    int size = drawing->qr->size;
    for (int k = 0; k < size; k++) {
        put(drawing, 6, k, k % 2 == 0);
        put(drawing, k, 6, k % 2 == 0);
    }
    rings(drawing, 3, 3, 4);
    rings(drawing, 3, size - 4, 4);
    rings(drawing, size - 4, 3, 4);
    if (size > 21) {
        rings(drawing, size - 7, size - 7, 2);
    }
    format(drawing, 0);
}

/* Pairs of columns from the right, upwards and downwards in turn, past the vertical timing pattern (7.7.3). */
static void fill(struct drawing *drawing, const unsigned char *codewords, int count) {
    int size = drawing->qr->size, bit = 0;
    bool up = true;
    for (int right = size - 1; right > 0; right -= 2, up = !up) {
        right -= right == 6;
        for (int k = 0; k < size; k++) {
            for (int c = right; c > right - 2; c--) {
                int row = up ? size - 1 - k : k;
                if (!drawing->fixed[row][c]) {
                    drawing->qr->dark[row][c] =
                        bit < 8 * count && (codewords[bit / 8] >> (7 - bit % 8)) & 1;
                    bit++;
                }
            }
        }
    }
}

/* Table 10. */
static bool turns(int mask, int i, int j) {
    switch (mask) {
    case 0:
        return (i + j) % 2 == 0;
    case 1:
        return i % 2 == 0;
    case 2:
        return j % 3 == 0;
    case 3:
        return (i + j) % 3 == 0;
    case 4:
        return (i / 2 + j / 3) % 2 == 0;
    case 5:
        return i * j % 2 + i * j % 3 == 0;
    case 6:
        return (i * j % 2 + i * j % 3) % 2 == 0;
    default:
        return ((i + j) % 2 + i * j % 3) % 2 == 0;
    }
}

static void turn(struct drawing *drawing, int mask) {
    for (int row = 0; row < drawing->qr->size; row++) {
        for (int column = 0; column < drawing->qr->size; column++) {
            drawing->qr->dark[row][column] ^=
                !drawing->fixed[row][column] && turns(mask, row, column);
        }
    }
}

/* Runs of five and more, and what looks like a finder with four light modules on one side, along a row or a column. */
static int penalty_of_line(const struct qr *qr, int line, bool is_row) {
    int penalty = 0, run = 0, seen = 0;
    bool last = false;
    for (int k = 0; k < qr->size; k++) {
        bool dark = is_row ? qr->dark[line][k] : qr->dark[k][line];
        run = k > 0 && dark == last ? run + 1 : 1;
        penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
        seen = (seen << 1 | dark) & 0x7ff;
        penalty += k >= 10 && (seen == 0x5d0 || seen == 0x05d) ? 40 : 0;
        last = dark;
    }
    return penalty;
}

/* Table 11. */
static int penalty_of(const struct qr *qr) {
    int penalty = 0, dark = 0, all = qr->size * qr->size;
    for (int row = 0; row < qr->size; row++) {
        penalty += penalty_of_line(qr, row, true) + penalty_of_line(qr, row, false);
        for (int column = 0; column < qr->size; column++) {
            dark += qr->dark[row][column];
            if (row > 0 && column > 0) {
                int four = qr->dark[row][column] + qr->dark[row - 1][column] +
                           qr->dark[row][column - 1] + qr->dark[row - 1][column - 1];
                penalty += four == 0 || four == 4 ? 3 : 0;
            }
        }
    }
    return penalty + abs(20 * dark - 10 * all) / all * 10;
}

static void mask_best(struct drawing *drawing) {
    int best = 0, least = 0;
    for (int mask = 0; mask < 8; mask++) {
        turn(drawing, mask);
        format(drawing, mask);
        int penalty = penalty_of(drawing->qr);
        turn(drawing, mask); /* back */
        if (mask == 0 || penalty < least) {
            best = mask;
            least = penalty;
        }
    }
    turn(drawing, best);
    format(drawing, best);
}

bool qr_make(const char *text, struct qr *ret) {
    unsigned char codewords[CODEWORDS_MAX];
    struct drawing drawing = {.qr = ret};
    size_t size = strlen(text);
    int version = 0;
    while (version < VERSIONS && size + 2 > (size_t)versions[version].data) {
        version++;
    }
    if (version == VERSIONS) {
        return false;
    }
    memset(ret, 0, sizeof *ret);
    ret->size = 21 + 4 * version;
    data_codewords(&versions[version], text, codewords);
    check_codewords(&versions[version], codewords);
    patterns(&drawing);
    fill(&drawing, codewords, versions[version].data + versions[version].check);
    mask_best(&drawing);
    return true;
}

char *qr_svg(const struct qr *qr) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) {
        return NULL;
    }
    int side = qr->size + 2 * QR_QUIET;
    (void)fprintf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
                  "shape-rendering=\"crispEdges\"><title>The address as a QR code</title><path "
                  "fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
                  side, side, side, side);
    for (int row = 0; row < qr->size; row++) {
        for (int column = 0; column < qr->size; column++) {
            if (qr->dark[row][column]) {
                (void)fprintf(out, "M%d %dh1v1h-1z", column + QR_QUIET, row + QR_QUIET);
            }
        }
    }
    (void)fputs("\"/></svg>\n", out);
    return fclose(out) == 0 ? text : NULL;
}

static bool at(const struct qr *qr, int row, int column) {
    return row >= 0 && row < qr->size && column >= 0 && column < qr->size && qr->dark[row][column];
}

char *qr_lines(const struct qr *qr) {
    static const char *const halves[2][2] = {{" ", "\u2584"}, {"\u2580", "\u2588"}};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) {
        return NULL;
    }
    for (int row = -QR_QUIET; row < qr->size + QR_QUIET; row += 2) {
        (void)fputs("\033[30;107m", out); /* black on white, whatever the terminal's own are */
        for (int column = -QR_QUIET; column < qr->size + QR_QUIET; column++) {
            (void)fputs(halves[at(qr, row, column)][at(qr, row + 1, column)], out);
        }
        (void)fputs("\033[0m\n", out);
    }
    return fclose(out) == 0 ? text : NULL;
}
