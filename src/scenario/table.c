/* One column of a CSV file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/table.h"

#include <string.h>

#include "base/text.h"

enum { COLUMNS_MAX = 1000, ROWS_MAX = 400000, BAD_ROWS_SHOWN = 20 };

struct table_reader {
    struct arena *arena;
    struct diag *diag;
    const char *file, *text;
    size_t size, at;
    int line;
    char separator;
};

struct cell {
    const char *text;
    size_t size;
    int column;
};

/* The next cell of the line; false at its end. Quoted cells keep their text without the quotes. */
static bool next_cell(struct table_reader *t, size_t line_start, bool *more, struct cell *ret) {
    if (!*more) {
        return false;
    }
    size_t from = t->at;
    ret->column = (int)(from - line_start) + 1;
    if (from < t->size && t->text[from] == '"') {
        size_t to = from + 1;
        while (to < t->size &&
               !(t->text[to] == '"' && (to + 1 >= t->size || t->text[to + 1] != '"'))) {
            to += t->text[to] == '"' ? 2 : 1;
        }
        to = to < t->size ? to : t->size;
        ret->text = t->text + from + 1;
        ret->size = to > from ? to - from - 1 : 0;
        t->at = to + 1 < t->size ? to + 1 : t->size;
        while (t->at < t->size && t->text[t->at] != t->separator && t->text[t->at] != '\n') {
            t->at++;
        }
    } else {
        while (t->at < t->size && t->text[t->at] != t->separator && t->text[t->at] != '\n') {
            t->at++;
        }
        ret->text = t->text + from;
        ret->size = t->at - from;
    }
    while (ret->size && (ret->text[0] == ' ' || ret->text[0] == '\t')) {
        ret->text++;
        ret->size--;
    }
    while (ret->size && strchr(" \t\r", ret->text[ret->size - 1])) {
        ret->size--;
    }
    *more = t->at < t->size && t->text[t->at] == t->separator;
    t->at += t->at < t->size;
    return true;
}

/* Skips comment and empty lines; false at the end of the text. */
static bool next_line(struct table_reader *t) {
    while (t->at < t->size) {
        t->line++;
        size_t k = t->at;
        while (k < t->size && strchr(" \t\r", t->text[k]) && t->text[k] != '\0') {
            k++;
        }
        if (k >= t->size) {
            return false;
        }
        if (t->text[k] != '#' && t->text[k] != '\n') {
            return true;
        }
        while (t->at < t->size && t->text[t->at] != '\n') {
            t->at++;
        }
        t->at++;
    }
    return false;
}

static enum status read_header(struct table_reader *t, struct place asked, const char *column,
                               int *ret_index, int *ret_columns) {
    struct place place = {t->file, 1, 1};
    if (!next_line(t)) {
        diag_error(t->diag, place, "the file has no header line");
        diag_remedy(t->diag, "the first line must name the columns");
        return STATUS_BAD_SCENARIO;
    }
    size_t end = t->at, commas = 0, semicolons = 0, start = t->at;
    for (; end < t->size && t->text[end] != '\n'; end++) {
        commas += t->text[end] == ',';
        semicolons += t->text[end] == ';';
    }
    t->separator = semicolons > commas ? ';' : ',';
    const char **names = ARENA_TAKE(t->arena, const char *, COLUMNS_MAX);
    if (!names) {
        return STATUS_NO_MEMORY;
    }
    bool more = true;
    struct cell cell;
    int count = 0;
    *ret_index = -1;
    while (next_cell(t, start, &more, &cell)) {
        if (count >= COLUMNS_MAX) {
            diag_error(t->diag, place, "more than 1,000 columns");
            diag_remedy(t->diag, "keep only the columns that are needed");
            return STATUS_BAD_SCENARIO;
        }
        names[count] = arena_text_n(t->arena, cell.text, cell.size);
        if (!names[count]) {
            return STATUS_NO_MEMORY;
        }
        if (strcmp(names[count], column) == 0) {
            *ret_index = count;
        }
        count++;
    }
    *ret_columns = count;
    if (*ret_index < 0) {
        const char *near = diag_nearest(column, names, count);
        diag_error(t->diag, asked, "%s has no column \"%s\"", t->file, column);
        diag_remedy(t->diag,
                    near ? "did you mean %s?" : "its columns are named in its first line%s",
                    near ? near : "");
        return STATUS_BAD_SCENARIO;
    }
    return STATUS_OK;
}

enum status table_column(struct arena *arena, struct diag *diag, struct place asked,
                         const char *file, const char *text, size_t size, const char *column,
                         double **ret_value, int *ret_count) {
    struct table_reader t = {
        .arena = arena, .diag = diag, .file = file, .text = text, .size = size, .separator = ','};
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        t.at = 3;
    }
    int index = 0, columns = 0, rows = 0, bad = 0, most = 0;
    TRY(read_header(&t, asked, column, &index, &columns));
    for (size_t k = t.at; k < size; k++) {
        most += text[k] == '\n';
    }
    most = most + 1 < ROWS_MAX ? most + 1 : ROWS_MAX;
    double *value = ARENA_TAKE(arena, double, most);
    if (!value) {
        return STATUS_NO_MEMORY;
    }
    while (next_line(&t)) {
        bool more = true;
        struct cell cell, wanted = {"", 0, 1};
        size_t start = t.at;
        int count = 0;
        while (next_cell(&t, start, &more, &cell)) {
            wanted = count == index ? cell : wanted;
            count++;
        }
        struct place place = {file, t.line, wanted.column};
        if (rows >= most) {
            diag_error(diag, place, "more than %d rows", most);
            diag_remedy(diag, "one row per step of a year is enough");
            return STATUS_BAD_SCENARIO;
        }
        bool wide = count == columns;
        if ((!wide || !text_number(wanted.text, wanted.size, &value[rows])) &&
            bad++ < BAD_ROWS_SHOWN) {
            if (!wide) {
                diag_error(diag, place, "%d cells where the header names %d columns", count,
                           columns);
            } else {
                diag_error(diag, place, "%s: \"%.*s\" is no number", column,
                           (int)(wanted.size < 40 ? wanted.size : 40), wanted.text);
            }
            diag_remedy(diag, "write one finite decimal number per row, with a point");
        }
        rows++;
    }
    if (bad > BAD_ROWS_SHOWN) {
        diag_error(diag, (struct place){file, 0, 0}, "%d more rows like these",
                   bad - BAD_ROWS_SHOWN);
    }
    if (rows == 0) {
        diag_error(diag, (struct place){file, t.line, 1}, "the file has no rows");
        diag_remedy(diag, "write one row per step");
        return STATUS_BAD_SCENARIO;
    }
    *ret_value = value;
    *ret_count = rows;
    return bad ? STATUS_BAD_SCENARIO : STATUS_OK;
}
