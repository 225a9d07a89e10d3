/* Columns of a CSV file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/table.h"

#include <string.h>

#include "base/text.h"

enum { COLUMNS_MAX = 1000, ROWS_MAX = 40000, SHOWN_BYTES = 40, NAMES_SHOWN = 12 };

struct table_reader {
    struct arena *arena;
    struct diag *diag;
    const char *file, *text;
    size_t size, at, counted_to;
    int line, column, bad; /* column: of the byte at counted_to */
    char separator;
};

enum cell_state { CELL_GOOD, CELL_OPEN_QUOTE, CELL_BEHIND_QUOTE };

static struct place here(const struct table_reader *t, int column) {
    struct place place = {t->file, t->line, column};
    return place;
}

static void begin_line(struct table_reader *t, size_t at) {
    t->line++;
    t->counted_to = at;
    t->column = 1;
}

/* Columns count characters, as an editor does. Positions of a line are asked in rising order. */
static int column_at(struct table_reader *t, size_t at) {
    for (; t->counted_to < at; t->counted_to++) {
        t->column += ((unsigned char)t->text[t->counted_to] & 0xc0) != 0x80;
    }
    return t->column;
}

static bool ends_cell(const struct table_reader *t, size_t at) {
    return at >= t->size || t->text[at] == t->separator || t->text[at] == '\n';
}

static void trim(struct table_cell *cell) {
    while (cell->size && (cell->text[0] == ' ' || cell->text[0] == '\t')) {
        cell->text++;
        cell->size--;
    }
    while (cell->size && strchr(" \t\r", cell->text[cell->size - 1])) {
        cell->size--;
    }
}

/* From behind the opening quote to behind the closing one; lines within are counted. */
static enum cell_state quoted_cell(struct table_reader *t, struct table_cell *cell) {
    size_t from = ++t->at;
    while (t->at < t->size &&
           !(t->text[t->at] == '"' && (t->at + 1 >= t->size || t->text[t->at + 1] != '"'))) {
        if (t->text[t->at] == '\n') {
            begin_line(t, t->at + 1);
        }
        t->at += t->text[t->at] == '"' ? 2 : 1;
    }
    cell->text = t->text + from;
    cell->size = (t->at < t->size ? t->at : t->size) - from;
    if (t->at >= t->size) {
        t->at = t->size;
        return CELL_OPEN_QUOTE;
    }
    enum cell_state state = CELL_GOOD;
    for (t->at++; !ends_cell(t, t->at); t->at++) {
        state = strchr(" \t\r", t->text[t->at]) ? state : CELL_BEHIND_QUOTE;
    }
    return state;
}

/* The next cell of the row; *more is false behind its last one, which also ends the line. */
static enum cell_state next_cell(struct table_reader *t, bool *more, struct table_cell *cell) {
    enum cell_state state = CELL_GOOD;
    cell->line = t->line;
    cell->column = column_at(t, t->at);
    if (t->at < t->size && t->text[t->at] == '"') {
        state = quoted_cell(t, cell);
    } else {
        size_t from = t->at;
        while (!ends_cell(t, t->at)) {
            t->at++;
        }
        cell->text = t->text + from;
        cell->size = t->at - from;
    }
    trim(cell);
    *more = t->at < t->size && t->text[t->at] == t->separator;
    t->at += t->at < t->size;
    return state;
}

/* To the next line that is neither empty nor a comment; false at the end of the text. */
static bool next_line(struct table_reader *t) {
    while (t->at < t->size) {
        size_t k = t->at;
        begin_line(t, t->at);
        while (k < t->size && (t->text[k] == ' ' || t->text[k] == '\r' ||
                               (t->text[k] == '\t' && t->separator != '\t'))) {
            k++;
        }
        if (k >= t->size) {
            return false;
        }
        if (t->text[k] != '#' && t->text[k] != '\n') {
            return true;
        }
        const char *newline = memchr(t->text + k, '\n', t->size - k);
        t->at = newline ? (size_t)(newline - t->text) + 1 : t->size;
    }
    return false;
}

/* What stands most often in the header. */
static char separator_of(const struct table_reader *t) {
    static const char choices[] = {',', ';', '\t'};
    int counted[COUNT(choices)] = {0}, best = 0;
    bool quoted = false;
    for (size_t k = t->at; k < t->size && t->text[k] != '\n'; k++) {
        quoted = quoted != (t->text[k] == '"');
        for (int c = 0; c < COUNT(choices) && !quoted; c++) {
            counted[c] += t->text[k] == choices[c];
        }
    }
    for (int c = 1; c < COUNT(choices); c++) {
        best = counted[c] > counted[best] ? c : best;
    }
    return choices[best];
}

/* A copy of a name in which two quotes stand for one. */
static const char *name_of(struct arena *arena, const struct table_cell *cell) {
    char *name = arena_text_n(arena, cell->text, cell->size);
    size_t to = 0;
    for (size_t k = 0; name && k < cell->size; k++) {
        name[to++] = name[k];
        k += name[k] == '"' && k + 1 < cell->size && name[k + 1] == '"';
    }
    if (name) {
        name[to] = '\0';
    }
    return name;
}

static void no_column(struct table_reader *t, const struct table_ask *ask, const char **names,
                      int count) {
    const char *near = diag_nearest(ask->column, names, count);
    diag_error(t->diag, ask->place, "%s has no column \"%.60s\"", t->file, ask->column);
    if (near) {
        diag_remedy(t->diag, "did you mean %s?", near);
        return;
    }
    struct text_buffer list;
    text_buffer_init(&list, t->arena);
    for (int k = 0; k < count && k < NAMES_SHOWN; k++) {
        bool plain = text_is_utf8(names[k], strlen(names[k])) && strlen(names[k]) <= SHOWN_BYTES;
        text_add(&list, k ? ", " : "");
        text_add(&list, plain ? names[k] : "?");
    }
    text_add(&list, count > NAMES_SHOWN ? ", ..." : "");
    diag_remedy(t->diag, "its header (line %d) names: %s", t->line, list.data ? list.data : "");
}

static enum status refuse(struct table_reader *t, int column, const char *text,
                          const char *remedy) {
    diag_error(t->diag, here(t, column), "%s", text);
    diag_remedy(t->diag, "%s", remedy);
    return STATUS_BAD_SCENARIO;
}

static enum status read_header(struct table_reader *t, const struct table_ask *ask, int count,
                               int *ret_index, int *ret_columns) {
    if (memchr(t->text, '\0', t->size)) {
        t->line = 1;
        return refuse(t, 1, "no CSV file: it holds zero bytes",
                      "export the table as CSV text in UTF-8");
    }
    if (!next_line(t)) {
        t->line = 1;
        return refuse(t, 1, "the file has no header line", "name the columns in the first line");
    }
    t->separator = separator_of(t);
    const char **names = ARENA_TAKE(t->arena, const char *, COLUMNS_MAX);
    int columns = 0, header_line = t->line, missing = 0;
    for (bool more = true; names && more; columns++) {
        struct table_cell cell;
        if (columns >= COLUMNS_MAX) {
            return refuse(t, 1, "more than 1,000 columns", "keep only the columns that are needed");
        }
        if (next_cell(t, &more, &cell) != CELL_GOOD) {
            t->line = cell.line;
            return refuse(t, cell.column, "the quotes around a column's name do not match",
                          "write  \"name\"");
        }
        names[columns] = name_of(t->arena, &cell);
        if (!names[columns]) {
            return STATUS_NO_MEMORY;
        }
    }
    if (!names) {
        return STATUS_NO_MEMORY;
    }
    int line = t->line;
    t->line = header_line;
    for (int a = 0; a < count; a++) {
        ret_index[a] = -1;
        for (int k = 0; k < columns; k++) {
            if (strcmp(names[k], ask[a].column) != 0) {
                continue;
            }
            if (ret_index[a] >= 0) {
                diag_error(t->diag, ask[a].place, "%s has two columns \"%.60s\"", t->file,
                           ask[a].column);
                diag_remedy(t->diag, "give each column its own name");
                return STATUS_BAD_SCENARIO;
            }
            ret_index[a] = k;
        }
        if (ret_index[a] < 0 && !ask[a].optional) {
            no_column(t, &ask[a], names, columns);
            missing++;
        }
    }
    t->line = line;
    *ret_columns = columns;
    return missing ? STATUS_BAD_SCENARIO : STATUS_OK;
}

static void bad_row(struct table_reader *t, const struct table_cell *cell, enum cell_state state,
                    int found, int columns) {
    if (t->bad++ >= TABLE_BAD_ROWS_SHOWN) {
        return;
    }
    struct place place = {t->file, cell->line, cell->column};
    if (state == CELL_OPEN_QUOTE) {
        diag_error(t->diag, place, "a quote opens here and is never closed");
        diag_remedy(t->diag, "close it, or remove it");
    } else if (state == CELL_BEHIND_QUOTE) {
        diag_error(t->diag, place, "text follows the closing quote of a cell");
        diag_remedy(t->diag, "write  \"...\"  around the whole cell");
    } else {
        diag_error(t->diag, place, "%d cell%s where the header names %d column%s", found,
                   found == 1 ? "" : "s", columns, columns == 1 ? "" : "s");
        diag_remedy(t->diag, found > columns && t->separator == ','
                                 ? "write decimal points, not commas, or separate the cells by ;"
                                 : "give every row one cell per column");
    }
}

/* The asked cells of one row; false when the row is bad, which is told. */
static bool read_row(struct table_reader *t, const int *index, int count, int columns,
                     struct table_cell *ret) {
    enum cell_state state = CELL_GOOD;
    struct table_cell first = {NULL, 0, t->line, 1}, wrong = first;
    int found = 0;
    for (bool more = true; more; found++) {
        struct table_cell cell;
        enum cell_state one = next_cell(t, &more, &cell);
        if (state == CELL_GOOD && one != CELL_GOOD) {
            state = one;
            wrong = cell;
        }
        for (int a = 0; a < count; a++) {
            if (index[a] == found) {
                ret[a] = cell;
            }
        }
    }
    if (state != CELL_GOOD || found != columns) {
        bad_row(t, &wrong, state, found, columns);
        return false;
    }
    return true;
}

static int rows_at_most(const struct table_reader *t) {
    int rows = 1;
    for (size_t k = t->at; k < t->size && rows < ROWS_MAX; k++) {
        rows += t->text[k] == '\n';
    }
    return rows;
}

enum status table_read(struct arena *arena, struct diag *diag, const struct table_text *table,
                       const struct table_ask *ask, int count, const struct table_cell **ret_cells,
                       int *ret_rows) {
    struct table_reader t = {.arena = arena,
                             .diag = diag,
                             .file = table->file,
                             .text = table->text,
                             .size = table->size,
                             .separator = ','};
    if (t.size >= 3 && memcmp(t.text, "\xEF\xBB\xBF", 3) == 0) {
        t.text += 3;
        t.size -= 3;
    }
    int index[TABLE_ASKS_MAX] = {-1, -1}, columns = 0, rows = 0;
    TRY(read_header(&t, ask, count, index, &columns));
    int most = rows_at_most(&t);
    struct table_cell *cells = ARENA_TAKE(arena, struct table_cell, (long)most * count);
    if (!cells) {
        return STATUS_NO_MEMORY;
    }
    while (next_line(&t)) {
        if (rows >= most) {
            return refuse(&t, 1, "more than 40,000 rows",
                          "a year of quarter-hours has 35,136: keep one row per step");
        }
        rows += read_row(&t, index, count, columns, cells + (size_t)rows * (size_t)count);
    }
    if (t.bad > TABLE_BAD_ROWS_SHOWN) {
        diag_error(diag, here(&t, 0), "%d more rows like these", t.bad - TABLE_BAD_ROWS_SHOWN);
        diag_remedy(diag, "correct them like the ones above");
    }
    if (rows == 0 && t.bad == 0) {
        return refuse(&t, 1, "the file has no rows", "write one row per step below the header");
    }
    *ret_cells = cells;
    *ret_rows = rows;
    return t.bad ? STATUS_BAD_SCENARIO : STATUS_OK;
}

/* "12,5" or "1,234.5" or "1 234": digits with commas, apostrophes or blanks among them. */
static bool has_digit_groups(const struct table_cell *cell, bool *ret_comma) {
    int commas = 0, points = 0, digits = 0;
    for (size_t k = 0; k < cell->size; k++) {
        char c = cell->text[k];
        commas += c == ',';
        points += c == '.';
        digits += c >= '0' && c <= '9';
        if (!strchr("0123456789,.'_ +-eE", c)) {
            return false;
        }
    }
    *ret_comma = commas == 1 && points == 0;
    return digits > 0;
}

bool table_number(struct diag *diag, const char *file, const char *column,
                  const struct table_cell *cell, double *ret_value) {
    struct place place = {file, cell->line, cell->column};
    bool comma = false;
    if (text_number(cell->text, cell->size, ret_value)) {
        return true;
    }
    if (!diag) {
        return false;
    }
    if (cell->size == 0) {
        diag_error(diag, place, "%s: the cell is empty", column);
        diag_remedy(diag, "every row needs a number");
        return false;
    }
    int shown = (int)(cell->size < SHOWN_BYTES ? cell->size : SHOWN_BYTES);
    bool plain = text_is_utf8(cell->text, cell->size) && cell->size <= SHOWN_BYTES;
    diag_error(diag, place, "%s: %s%.*s%s is no number", column, plain ? "\"" : "this",
               plain ? shown : 0, cell->text, plain ? "\"" : "");
    if (has_digit_groups(cell, &comma)) {
        diag_remedy(diag, comma ? "write a decimal point, not a comma"
                                : "write the digits without thousands separators: 1234.5");
    } else {
        diag_remedy(diag, "write a finite decimal number with a point");
    }
    return false;
}
