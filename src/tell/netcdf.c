/* Numbers are big-endian; names, attributes and columns of text end at a multiple of four bytes. The header says where each
   column begins, so that it is written twice: once to know its size. "NetCDF classic format specification", Unidata,
   https://docs.unidata.ucar.edu/netcdf-c/current/file_format_specifications.html */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/netcdf.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { TAG_DIMENSION = 10, TAG_VARIABLE = 11, TAG_ATTRIBUTE = 12, TYPE_CHAR = 2, TYPE_DOUBLE = 6 };
static const uint64_t column_most = 0xFFFFFFFCULL;

static void add_bytes(struct text_buffer *out, uint64_t number, int bytes) {
    char text[8];
    for (int k = 0; k < bytes; k++) {
        text[k] = (char)(unsigned char)(number >> (8 * (bytes - 1 - k)));
    }
    text_add_n(out, text, (size_t)bytes);
}

static void add_int(struct text_buffer *out, uint64_t number) { add_bytes(out, number, 4); }

static void add_padding(struct text_buffer *out, size_t size) {
    text_add_n(out, "\0\0\0", (4 - size % 4) % 4);
}

static void add_double(struct text_buffer *out, double value) {
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    add_bytes(out, bits, 8);
}

static void add_text(struct text_buffer *out, const char *text) {
    add_int(out, strlen(text));
    text_add(out, text);
    add_padding(out, strlen(text));
}

/* Letters, digits and "_" first; no "/", no control characters, no blank at the end. */
static void add_name(struct text_buffer *out, const char *name) {
    size_t size = strlen(name) > 0 ? strlen(name) : 1;
    add_int(out, size);
    for (size_t k = 0; k < size; k++) {
        unsigned char c = (unsigned char)name[k];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_' || c >= 0x80;
        bool good = word || (k > 0 && c > ' ' && c != '/' && c < 0x7F);
        text_add_n(out, good ? &name[k] : "_", 1);
    }
    add_padding(out, size);
}

static void add_attribute(struct text_buffer *out, const char *name, const char *text) {
    add_name(out, name);
    add_int(out, TYPE_CHAR);
    add_text(out, text);
}

/* Letters of the longest text; at least one. */
static size_t letters_of(const struct netcdf_column *column, long rows) {
    size_t most = 1;
    for (long n = 0; column->text && n < rows; n++) {
        size_t size = strlen(column->text[n]);
        most = size > most ? size : most;
    }
    return most;
}

static uint64_t bytes_of(const struct netcdf_column *column, long rows) {
    uint64_t bytes = (uint64_t)rows * (column->text ? letters_of(column, rows) : sizeof(double));
    return (bytes + 3) / 4 * 4;
}

static void add_dimensions(struct text_buffer *out, const char *dimension, long rows,
                           const struct netcdf_column *columns, int count) {
    int texts = 0;
    for (int k = 0; k < count; k++) {
        texts += columns[k].text != NULL;
    }
    add_int(out, TAG_DIMENSION);
    add_int(out, (uint64_t)texts + 1);
    add_name(out, dimension);
    add_int(out, (uint64_t)rows);
    for (int k = 0; k < count; k++) {
        if (columns[k].text) {
            char *name = arena_format(out->arena, "%s_letters", columns[k].name);
            add_name(out, name ? name : "_");
            add_int(out, letters_of(&columns[k], rows));
        }
    }
}

static void add_column(struct text_buffer *out, const struct netcdf_column *column, long rows,
                       int letters_dimension, uint64_t begins) {
    add_name(out, column->name);
    add_int(out, column->text ? 2 : 1);
    add_int(out, 0);
    if (column->text) {
        add_int(out, (uint64_t)letters_dimension);
    }
    add_int(out, TAG_ATTRIBUTE);
    uint64_t attributes =
        (column->units ? 1U : 0U) + (column->meaning ? 1U : 0U) + (column->text ? 0U : 1U);
    add_int(out, attributes);
    if (column->units) {
        add_attribute(out, "units", column->units);
    }
    if (column->meaning) {
        add_attribute(out, "long_name", column->meaning);
    }
    if (!column->text) {
        add_name(out, "_FillValue");
        add_int(out, TYPE_DOUBLE);
        add_int(out, 1);
        add_double(out, (double)NAN);
    }
    add_int(out, column->text ? TYPE_CHAR : TYPE_DOUBLE);
    add_int(out, bytes_of(column, rows));
    add_bytes(out, begins, 8);
}

static void add_header(struct text_buffer *out, const char *title, const char *dimension, long rows,
                       const struct netcdf_column *columns, int count, uint64_t begins) {
    int letters = 1;
    text_add_n(out, "CDF\2", 4);
    add_int(out, 0); /* no dimension that grows */
    add_dimensions(out, dimension, rows, columns, count);
    add_int(out, TAG_ATTRIBUTE);
    add_int(out, 2);
    add_attribute(out, "Conventions", "CF-1.10");
    add_attribute(out, "title", title);
    add_int(out, TAG_VARIABLE);
    add_int(out, (uint64_t)count);
    for (int k = 0; k < count; k++) {
        add_column(out, &columns[k], rows, letters, begins);
        letters += columns[k].text != NULL;
        begins += bytes_of(&columns[k], rows);
    }
}

static void add_values(struct text_buffer *out, const struct netcdf_column *column, long rows) {
    static const char zeros[64] = {0};
    size_t letters = letters_of(column, rows), all = 0;
    for (long n = 0; n < rows; n++) {
        if (!column->text) {
            add_double(out, isfinite(column->value[n]) ? column->value[n] : (double)NAN);
            continue;
        }
        size_t size = strlen(column->text[n]);
        text_add_n(out, column->text[n], size);
        for (size_t rest = letters - size; rest > 0;) {
            size_t part = rest < sizeof zeros ? rest : sizeof zeros;
            text_add_n(out, zeros, part);
            rest -= part;
        }
        all += letters;
    }
    add_padding(out, all);
}

enum status netcdf_table(const char *title, const char *dimension, long rows,
                         const struct netcdf_column *columns, int count, struct text_buffer *out) {
    struct text_buffer header;
    for (int k = 0; k < count; k++) {
        if (bytes_of(&columns[k], rows) > column_most) {
            return STATUS_CANNOT_WRITE;
        }
    }
    text_buffer_init(&header, out->arena);
    add_header(&header, title, dimension, rows, columns, count, 0);
    add_header(out, title, dimension, rows, columns, count, header.size);
    for (int k = 0; k < count; k++) {
        add_values(out, &columns[k], rows);
    }
    return out->failed || header.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
