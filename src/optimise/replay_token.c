/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/replay_token.h"

#include <string.h>

#include "optimise/replay_number.h"

enum { SHOWN = 40 }; /* bytes of what was found, in a message */

static struct place place_of(const struct replay_reader *reader, const struct replay_token *token) {
    struct place place = {reader->file, token->line, 1};
    for (const char *c = token->line_start; c < token->text; c++) {
        place.column += ((unsigned char)*c & 0xc0) != 0x80;
    }
    return place;
}

struct replay_token replay_here(const struct replay_reader *reader) {
    return (struct replay_token){reader->text + reader->at, reader->text + reader->line_start, 0,
                                 reader->line};
}

bool replay_fail(struct replay_reader *reader, const struct replay_token *token, const char *format,
                 ...) {
    if (!reader->failed && !arena_failed(reader->arena)) {
        va_list args;
        va_start(args, format);
        const char *what = arena_format_list(reader->arena, format, args);
        va_end(args);
        diag_error(reader->diag, place_of(reader, token), "%s", what ? what : "unreadable");
        diag_remedy(reader->diag,
                    "export the replay again: it is written by the program, not by hand");
    }
    reader->failed = true;
    return false;
}

struct replay_token replay_next(struct replay_reader *reader, bool list) {
    while (reader->at < reader->size) {
        char c = reader->text[reader->at];
        if (c == '\n' && list) {
            reader->line++;
            reader->line_start = reader->at + 1;
        } else if (c != ' ') {
            break;
        }
        reader->at++;
    }
    struct replay_token token = replay_here(reader);
    while (reader->at + token.size < reader->size && token.text[token.size] != ' ' &&
           token.text[token.size] != '\n') {
        token.size++;
    }
    reader->at += token.size;
    return token;
}

const char *replay_shown(struct replay_reader *reader, const struct replay_token *token) {
    size_t size = token->size < SHOWN ? token->size : SHOWN;
    char *text = arena_text_n(reader->arena, token->text, size);
    for (size_t i = 0; text && i < size; i++) {
        if (text[i] < ' ' || text[i] > '~') {
            text[i] = '?';
        }
    }
    return text ? text : "";
}

bool replay_take_integer(struct replay_reader *reader, const char *what, bool list, int least,
                         int most, int *ret) {
    struct replay_token token = replay_next(reader, list);
    long value = 0;
    if (!text_integer(token.text, token.size, &value) || value < least || value > most) {
        return replay_fail(reader, &token, "%s: found '%s', expected an integer in %d..%d", what,
                           replay_shown(reader, &token), least, most);
    }
    *ret = (int)value;
    return true;
}

static bool number_of(struct replay_reader *reader, const char *what,
                      const struct replay_token *token, double *ret) {
    if (!replay_number_value(token->text, token->size, ret)) {
        return replay_fail(reader, token, "%s: found '%s', expected a number like 0x1.8p+3 or inf",
                           what, replay_shown(reader, token));
    }
    return true;
}

bool replay_take_number(struct replay_reader *reader, const char *what, double *ret) {
    struct replay_token token = replay_next(reader, false);
    return number_of(reader, what, &token, ret);
}

bool replay_take_numbers(struct replay_reader *reader, const char *what, int count,
                         struct numbers *ret) {
    struct replay_token token = replay_next(reader, false);
    double value = 0.0;
    long number = 0;
    if (token.size == 0 || token.text[0] != '@') {
        if (!number_of(reader, what, &token, &value)) {
            return false;
        }
        *ret = programme_constant(reader->builder, value);
        return ret->value != NULL;
    }
    bool known = text_integer(token.text + 1, token.size - 1, &number) && number >= 0 &&
                 number < reader->arrays_count;
    if (!known) {
        return replay_fail(reader, &token, "%s: there is no array '%s' yet", what,
                           replay_shown(reader, &token));
    }
    if (reader->arrays[number].count != count) {
        return replay_fail(reader, &token, "%s: array @%ld has %d values, expected %d", what,
                           number, reader->arrays[number].count, count);
    }
    *ret = numbers_by_step(reader->arrays[number].value);
    return true;
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool replay_take_name(struct replay_reader *reader, const char **ret) {
    struct replay_token token = replay_here(reader);
    if (reader->at >= reader->size || *token.text != ' ') {
        return replay_fail(reader, &token, "expected a name");
    }
    token.text++;
    const char *end = memchr(token.text, '\n', reader->size - reader->at - 1);
    token.size = (end ? (size_t)(end - token.text) : reader->size - reader->at - 1);
    reader->at += 1 + token.size;
    char *name = arena_take(reader->arena, (long)token.size + 1, 1);
    size_t length = 0;
    for (size_t i = 0; name && i < token.size; i++) {
        char c = token.text[i];
        if (c == '\\') {
            bool whole = i + 3 < token.size && token.text[i + 1] == 'x';
            int high = whole ? hex_digit(token.text[i + 2]) : -1,
                low = whole ? hex_digit(token.text[i + 3]) : -1;
            c = (char)(high * 16 + low);
            if (high < 0 || low < 0 || c == '\0') {
                return replay_fail(reader, &token, "the name holds '\\' without xNN");
            }
            i += 3;
        } else if ((unsigned char)c < ' ' || c == 127) {
            return replay_fail(reader, &token, "the name holds a control byte");
        }
        name[length++] = c;
    }
    *ret = name;
    return name != NULL;
}

bool replay_take_end_of_line(struct replay_reader *reader) {
    struct replay_token token = replay_next(reader, false);
    if (token.size > 0) {
        return replay_fail(reader, &token, "'%s' is too much on this line",
                           replay_shown(reader, &token));
    }
    return true;
}

/* A list of count words needs at least two bytes each: a count that cannot be is refused before
   memory is asked. */
static bool list_fits(struct replay_reader *reader, int count) {
    struct replay_token token = replay_here(reader);
    if ((size_t)count > (reader->size - reader->at) / 2 + 1) {
        return replay_fail(reader, &token, "%d values are announced, and the file is shorter",
                           count);
    }
    return true;
}

const int *replay_take_integers(struct replay_reader *reader, const char *what, int count,
                                int least, int most) {
    int *value = list_fits(reader, count) ? ARENA_TAKE(reader->arena, int, count) : NULL;
    for (int i = 0; value && i < count; i++) {
        if (!replay_take_integer(reader, what, true, least, most, &value[i])) {
            return NULL;
        }
    }
    return value;
}

const double *replay_take_values(struct replay_reader *reader, const char *what, int count) {
    double *value = list_fits(reader, count) ? ARENA_TAKE(reader->arena, double, count) : NULL;
    for (int i = 0; value && i < count; i++) {
        struct replay_token token = replay_next(reader, true);
        if (!number_of(reader, what, &token, &value[i])) {
            return NULL;
        }
    }
    return value;
}
