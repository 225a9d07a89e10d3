/* A small PNG writer: a palette, rows without filter, stored deflate. ISO/IEC 15948, RFC 1950. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/png.h"

#include <stdint.h>
#include <string.h>

struct bytes {
    unsigned char *at;
    size_t size;
};

static void put(struct bytes *b, const void *data, size_t size) {
    memcpy(b->at + b->size, data, size);
    b->size += size;
}

static void put_be32(struct bytes *b, uint32_t value) {
    unsigned char four[4] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16),
                             (unsigned char)(value >> 8), (unsigned char)value};
    put(b, four, 4);
}

static uint32_t crc_of(const unsigned char *data, size_t size) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t k = 0; k < size; k++) {
        crc ^= data[k];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
    }
    return ~crc;
}

static void put_chunk(struct bytes *b, const char *kind, const unsigned char *data, size_t size) {
    put_be32(b, (uint32_t)size);
    size_t from = b->size;
    put(b, kind, 4);
    put(b, data, size);
    put_be32(b, crc_of(b->at + from, size + 4));
}

/* zlib stream of stored blocks. */
static void put_stored(struct bytes *b, const unsigned char *raw, size_t size) {
    static const unsigned char head[2] = {0x78, 0x01};
    uint32_t a = 1, c = 0;
    put(b, head, 2);
    for (size_t from = 0; from < size; from += 65535) {
        size_t length = size - from < 65535 ? size - from : 65535;
        unsigned char block[5] = {from + length == size, (unsigned char)length,
                                  (unsigned char)(length >> 8), (unsigned char)~length,
                                  (unsigned char)(~length >> 8)};
        put(b, block, 5);
        put(b, raw + from, length);
    }
    for (size_t k = 0; k < size; k++) {
        a = (a + raw[k]) % 65521;
        c = (c + a) % 65521;
    }
    put_be32(b, c << 16 | a);
}

static void add_base64(struct text_buffer *out, const unsigned char *data, size_t size) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t k = 0; k < size; k += 3) {
        uint32_t three = (uint32_t)data[k] << 16 |
                         (k + 1 < size ? (uint32_t)data[k + 1] << 8 : 0u) |
                         (k + 2 < size ? data[k + 2] : 0u);
        char four[4] = {digits[three >> 18], digits[three >> 12 & 63],
                        k + 1 < size ? digits[three >> 6 & 63] : '=',
                        k + 2 < size ? digits[three & 63] : '='};
        text_add_n(out, four, 4);
    }
}

void png_data(struct text_buffer *out, const unsigned char *pixel, int width, int height,
              const unsigned char (*palette)[3], int colours) {
    size_t raw_size = (size_t)height * ((size_t)width + 1), room = 2 * raw_size + 4096;
    unsigned char *raw = ARENA_TAKE(out->arena, unsigned char, (long)raw_size);
    struct bytes png = {ARENA_TAKE(out->arena, unsigned char, (long)room), 0};
    struct bytes data = {ARENA_TAKE(out->arena, unsigned char, (long)room), 0};
    if (!raw || !png.at || !data.at) {
        out->failed = true;
        return;
    }
    for (int row = 0; row < height; row++) {
        memcpy(raw + (size_t)row * ((size_t)width + 1) + 1, pixel + (size_t)row * (size_t)width,
               (size_t)width);
    }
    unsigned char head[13] = {0};
    struct bytes size = {head, 0};
    put_be32(&size, (uint32_t)width);
    put_be32(&size, (uint32_t)height);
    head[8] = 8; /* bits */
    head[9] = 3; /* palette */
    put(&png, "\x89PNG\r\n\x1a\n", 8);
    put_chunk(&png, "IHDR", head, 13);
    put_chunk(&png, "PLTE", palette[0], 3 * (size_t)colours);
    put_stored(&data, raw, raw_size);
    put_chunk(&png, "IDAT", data.at, data.size);
    put_chunk(&png, "IEND", head, 0);
    text_add(out, "data:image/png;base64,");
    add_base64(out, png.at, png.size);
}
