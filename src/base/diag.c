/* The list of messages, the lines they point at, and the nearest word. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/diag.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

enum { FILES_MAX = 64, LINE_MAX_BYTES = 4096, WINDOW = 110, WORD_MAX = 64 };

struct file_text {
    const char *file, *text;
    size_t size;
};

struct diag {
    struct arena *arena;
    int errors, count, files;
    bool last_was_dropped;
    struct file_text file[FILES_MAX];
    struct diag_message message[DIAG_LIMIT];
};

struct diag *diag_new(struct arena *arena) {
    struct diag *diag = ARENA_TAKE(arena, struct diag, 1);
    if (diag) {
        diag->arena = arena;
    }
    return diag;
}

void diag_file(struct diag *diag, const char *file, const char *text, size_t size) {
    if (diag->files < FILES_MAX) {
        diag->file[diag->files++] = (struct file_text){file, text, size};
    }
}

/* The message stays one line, and nothing a file contains can steer a terminal. */
static void make_plain(char *text) {
    for (; text && *text; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f) {
            *text = *text == '\n' || *text == '\t' ? ' ' : '?';
        }
    }
}

/* A line for people: tabs and control characters become one character each, so that columns stay
   right. */
static const char *plain_line(struct arena *arena, const char *line, size_t size) {
    char *copy = arena_text_n(arena, line, size);
    size_t used = 0;
    for (size_t i = 0; copy && i < size;) {
        int length = text_utf8_length(line + i, size - i);
        bool control = length == 1 && ((unsigned char)line[i] < 0x20 || line[i] == 0x7f);
        control =
            control || (length == 2 && line[i] == '\xc2' && (unsigned char)line[i + 1] < 0xa0);
        if (length == 0 || control) {
            copy[used++] = line[i] == '\t' ? ' ' : '?';
        } else {
            memcpy(copy + used, line + i, (size_t)length);
            used += (size_t)length;
        }
        i += length ? (size_t)length : 1;
    }
    if (copy) {
        copy[used] = '\0';
    }
    return copy;
}

static const char *line_of(struct diag *diag, struct place place) {
    for (int i = diag->files - 1; i >= 0 && place.line > 0 && place.file; i--) {
        const struct file_text *file = &diag->file[i];
        if (!text_equal(file->file, place.file)) {
            continue;
        }
        const char *line = file->text, *end = file->text + file->size;
        for (int number = 1; number < place.line && line; number++) {
            const char *newline = memchr(line, '\n', (size_t)(end - line));
            line = newline ? newline + 1 : NULL;
        }
        if (!line || line == end) {
            return NULL;
        }
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        size_t size = (size_t)((newline ? newline : end) - line);
        size -= size > 0 && line[size - 1] == '\r' ? 1 : 0;
        return size <= LINE_MAX_BYTES ? plain_line(diag->arena, line, size) : NULL;
    }
    return NULL;
}

__attribute__((format(printf, 4, 0))) static void add(struct diag *diag, enum diag_level level,
                                                      struct place place, const char *format,
                                                      va_list args) {
    diag->errors += level == DIAG_ERROR;
    diag->last_was_dropped = diag->count >= DIAG_LIMIT;
    if (diag->last_was_dropped) {
        return;
    }
    char *text = arena_format_list(diag->arena, format, args);
    make_plain(text);
    diag->message[diag->count++] = (struct diag_message){
        .level = level,
        .place = place,
        .text = text ? text : status_text(STATUS_NO_MEMORY),
        .source = line_of(diag, place),
    };
}

void diag_error(struct diag *diag, struct place place, const char *format, ...) {
    va_list args;
    va_start(args, format);
    add(diag, DIAG_ERROR, place, format, args);
    va_end(args);
}

void diag_warning(struct diag *diag, struct place place, const char *format, ...) {
    va_list args;
    va_start(args, format);
    add(diag, DIAG_WARNING, place, format, args);
    va_end(args);
}

void diag_note(struct diag *diag, struct place place, const char *format, ...) {
    va_list args;
    va_start(args, format);
    add(diag, DIAG_NOTE, place, format, args);
    va_end(args);
}

void diag_remedy(struct diag *diag, const char *format, ...) {
    if (diag->count == 0 || diag->last_was_dropped) {
        return;
    }
    va_list args;
    va_start(args, format);
    char *text = arena_format_list(diag->arena, format, args);
    va_end(args);
    make_plain(text);
    diag->message[diag->count - 1].remedy = text;
}

void diag_append(struct diag *diag, const struct diag *from) {
    for (int k = 0; k < from->count; k++) {
        const struct diag_message *message = &from->message[k];
        void (*tell)(struct diag *, struct place, const char *, ...) =
            message->level == DIAG_ERROR     ? diag_error
            : message->level == DIAG_WARNING ? diag_warning
                                             : diag_note;
        tell(diag, message->place, "%s", message->text);
        if (message->remedy) {
            diag_remedy(diag, "%s", message->remedy);
        }
        diag->errors -= message->level == DIAG_ERROR;
    }
    diag->errors += from->errors;
}

static int file_order(const struct diag *diag, const char *file) {
    for (int k = 0; k < diag->count; k++) {
        if (text_equal(diag->message[k].place.file, file)) {
            return k;
        }
    }
    return diag->count;
}

static bool comes_before(const int *order, const struct diag_message *message, int a, int b) {
    const struct place *first = &message[a].place, *second = &message[b].place;
    if (order[a] != order[b]) {
        return order[a] < order[b];
    }
    if ((first->line > 0) != (second->line > 0)) {
        return first->line > 0; /* what has no line, such as a count, comes last */
    }
    return first->line != second->line ? first->line < second->line
                                       : first->column < second->column;
}

void diag_sort(struct diag *diag) {
    int order[DIAG_LIMIT];
    for (int k = 0; k < diag->count; k++) {
        order[k] = file_order(diag, diag->message[k].place.file);
    }
    for (int k = 1; k < diag->count; k++) { /* stable, and few */
        for (int n = k; n > 0 && comes_before(order, diag->message, n, n - 1); n--) {
            struct diag_message message = diag->message[n];
            int place = order[n];
            diag->message[n] = diag->message[n - 1];
            order[n] = order[n - 1];
            diag->message[n - 1] = message;
            order[n - 1] = place;
        }
    }
}

int diag_errors(const struct diag *diag) { return diag->errors; }

int diag_count(const struct diag *diag) { return diag->count; }

const struct diag_message *diag_at(const struct diag *diag, int index) {
    return index >= 0 && index < diag->count ? &diag->message[index] : NULL;
}

static void add_place(struct text_buffer *out, struct place place) {
    if (!place.file && place.line <= 0) {
        return;
    }
    text_add(out, place.file ? place.file : "input");
    if (place.line > 0) {
        text_add_format(out, ":%d", place.line);
        if (place.column > 0) {
            text_add_format(out, ":%d", place.column);
        }
    }
    text_add(out, ": ");
}

/* The line, or the part of a long one around the column, with a caret below. */
static void add_source(struct text_buffer *out, const char *source, int column) {
    size_t size = strlen(source);
    int first =
        column > WINDOW - 20 ? column - (WINDOW - 20) : 0; /* characters left out in front */
    int index = 0;
    text_add(out, first ? "  ..." : "  ");
    for (size_t i = 0; i < size && index < first + WINDOW; index++) {
        int length = text_utf8_length(source + i, size - i);
        length = length ? length : 1;
        if (index >= first) {
            text_add_n(out, source + i, (size_t)length);
        }
        i += (size_t)length;
    }
    text_add(out, "\n");
    if (column > 0 && column <= index + 1) {
        text_add_format(out, "%*s^\n", column - 1 - first + (first ? 5 : 2), "");
    }
}

const char *diag_render(struct arena *arena, const struct diag_message *message) {
    static const char *const level[] = {
        [DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note"};
    struct text_buffer out;
    text_buffer_init(&out, arena);
    add_place(&out, message->place);
    text_add(&out, level[message->level]);
    text_add(&out, ": ");
    text_add(&out, message->text);
    text_add(&out, "\n");
    if (message->source && message->source[0]) {
        add_source(&out, message->source, message->place.column);
    }
    if (message->remedy) {
        text_add(&out, "  ");
        text_add(&out, message->remedy);
        text_add(&out, "\n");
    }
    return text_buffer_failed(&out) ? NULL : out.data;
}

static int least(int a, int b) { return a < b ? a : b; }

/* Damerau-Levenshtein distance (optimal string alignment) of words of at most WORD_MAX bytes. */
static int distance(const char *a, int a_size, const char *b, int b_size) {
    int rows[3][WORD_MAX + 1];
    int *before = rows[0], *last = rows[1], *next = rows[2];
    for (int j = 0; j <= b_size; j++) {
        last[j] = j;
        before[j] = 0;
    }
    for (int i = 1; i <= a_size; i++) {
        next[0] = i;
        for (int j = 1; j <= b_size; j++) {
            int change = last[j - 1] + (a[i - 1] != b[j - 1]);
            next[j] = least(change, least(last[j], next[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                next[j] = least(next[j], before[j - 2] + 1);
            }
        }
        int *oldest = before;
        before = last;
        last = next;
        next = oldest;
    }
    return last[b_size];
}

const char *diag_nearest(const char *word, const char *const *known, int count) {
    size_t size = word ? strlen(word) : 0;
    if (size == 0 || size > WORD_MAX) {
        return NULL;
    }
    int allowed = size < 6 ? 1 : (int)(size / 3);
    const char *nearest = NULL;
    for (int i = 0; i < count; i++) {
        size_t known_size = known[i] ? strlen(known[i]) : 0;
        if (known_size == 0 || known_size > WORD_MAX) {
            continue;
        }
        int apart = distance(word, (int)size, known[i], (int)known_size);
        if (apart <= allowed &&
            (!nearest || apart < distance(word, (int)size, nearest, (int)strlen(nearest)))) {
            nearest = known[i];
        }
    }
    return nearest;
}
