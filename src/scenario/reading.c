/* What every section needs: keys, numbers, words, names and files, each with its answer to a
   mistake. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/reading.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/units.h"
#include "scenario/foreign_units.h"
#include "scenario/keys.h"

enum {
    KEYS_MOST = 40,
    KEYS_LISTED = 14,
    SHOWN_BYTES = 40,
    NAME_BYTES_MAX = 60,
    FILE_NAME_MAX = 1024
};

void reading_note(struct reading *r, const char *format, ...) {
    va_list list;
    va_start(list, format);
    const char *text = arena_format_list(r->arena, format, list);
    va_end(list);
    if (text && r->s->notes_count < NOTES_MAX) {
        r->notes[r->s->notes_count++] = text;
    }
}

const char *reading_found(struct reading *r, const struct node *node) {
    switch (node->kind) {
    case NODE_NULL:
        return "nothing";
    case NODE_LIST:
        return "a list";
    case NODE_MAP:
        return "a map";
    case NODE_SCALAR:
        break;
    }
    size_t size = strlen(node->text), shown = 0;
    while (shown < size && shown < SHOWN_BYTES) { /* whole characters only */
        int length = text_utf8_length(node->text + shown, size - shown);
        shown += (size_t)(length ? length : 1);
    }
    const char *text =
        arena_format(r->arena, "\"%.*s%s\"", (int)shown, node->text, shown < size ? "..." : "");
    return text ? text : "this";
}

void reading_wrong_kind(struct reading *r, const struct node *node, const char *key,
                        const char *wanted, const char *example) {
    diag_error(r->diag, node->place, "%s: %s stands where %s belongs", key, reading_found(r, node),
               wanted);
    diag_remedy(r->diag, "write  %s: %s", key, example);
}

/* The library asks no locale what a letter is. */
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char small_letter(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

static bool all_digits(const char *text) {
    return *text && text[strspn(text, "0123456789")] == '\0';
}

static void unknown_key(struct reading *r, const struct node *map, int k, const char *where,
                        const char *topic, const char *const *known, int count) {
    const char *near = NULL;
    if (diag_count(r->diag) < DIAG_LIMIT) { /* of what is only counted nobody reads the remedy */
        near = diag_nearest(map->keys[k], known, count);
    }
    diag_error(r->diag, map->key_places[k], "%s: unknown key \"%.60s\"", where, map->keys[k]);
    if (diag_count(r->diag) >= DIAG_LIMIT) {
        diag_remedy(r->diag, "correct the keys above");
    } else if (all_digits(map->keys[k])) {
        diag_remedy(r->diag, "write numbers with a decimal point, not a comma");
    } else if (near) {
        diag_remedy(r->diag, "did you mean %s?", near);
    } else if (topic) {
        diag_remedy(r->diag, "`hearth explain %s` lists what may stand here", topic);
    } else {
        struct text_buffer list;
        text_buffer_init(&list, r->arena);
        for (int n = 0; n < count && n < KEYS_LISTED; n++) {
            text_add_format(&list, "%s%s", n ? ", " : "", known[n]);
        }
        text_add(&list, count > KEYS_LISTED ? ", ..." : "");
        diag_remedy(r->diag, "what may stand here: %s", list.data ? list.data : "nothing");
    }
}

bool reading_check_keys_of(struct reading *r, const struct node *map, const char *where,
                           const char *topic, const char *const *known, int count) {
    if (map && map->kind != NODE_MAP) {
        reading_wrong_kind(r, map, where, "a map of keys and values",
                           arena_format(r->arena, "{%s: ...}", count ? known[0] : "key"));
        return false;
    }
    for (int k = 0; map && k < map->count; k++) {
        bool good = false;
        for (int n = 0; n < count && !good; n++) {
            good = strcmp(map->keys[k], known[n]) == 0;
        }
        if (!good) {
            unknown_key(r, map, k, where, topic, known, count);
        }
    }
    return true;
}

bool reading_check_keys(struct reading *r, const struct node *map, const char *where,
                        const char *const *known, int count) {
    return reading_check_keys_of(r, map, where, NULL, known, count);
}

/* ---- numbers ---- */

/* "5 MW", "50 %": the number, and what stands behind it in small letters. */
static bool number_and_unit(const char *text, double *ret_number, char *ret_unit, size_t size) {
    size_t k = strlen(text), n = 0;
    if (k > SHOWN_BYTES) {
        return false; /* nobody means a number; each cut of it is tried below */
    }
    while (k > 0 && !text_number(text, k, ret_number)) {
        k--;
    }
    const char *unit = text + k + strspn(text + k, " ");
    if (k == 0 || !(is_letter(*unit) || *unit == '%') || strlen(unit) >= size) {
        return false;
    }
    for (; unit[n]; n++) {
        ret_unit[n] = unit[n] == '/' ? '_' : small_letter(unit[n]);
    }
    ret_unit[n] = '\0';
    return true;
}

/* Digits with commas, apostrophes, blanks or underscores among them. */
static bool has_groups(const char *text) {
    return text[strspn(text, "0123456789,.'_ +-")] == '\0' && strpbrk(text, ",'_ ") &&
           strpbrk(text, "0123456789");
}

static void say_groups(struct reading *r, const char *text) {
    const char *comma = strchr(text, ',');
    bool one = comma && !strchr(comma + 1, ',') && !strpbrk(text, ".'_ ");
    char plain[SHOWN_BYTES + 1];
    size_t size = 0;
    for (size_t k = 0; text[k] && size < SHOWN_BYTES; k++) {
        if (!strchr(",'_ ", text[k])) {
            plain[size++] = text[k];
        } else if (one) {
            plain[size++] = '.';
        }
    }
    plain[size] = '\0';
    if (one && strlen(comma) != 4) {
        diag_remedy(r->diag, "write a decimal point: %s", plain);
    } else if (one) {
        diag_remedy(r->diag, "write a decimal point (%s) or no separator (%.*s%s)", plain,
                    (int)(comma - text), text, comma + 1);
    } else {
        diag_remedy(r->diag, "write the digits without separators: %s", plain);
    }
}

static void no_number(struct reading *r, const struct node *node, const char *key) {
    const struct unit *unit = units_of_name(key);
    const char *symbol = unit && strcmp(unit->symbol, "1") != 0 ? unit->symbol : NULL;
    const char *text = node->kind == NODE_SCALAR ? node->text : "";
    const char *in = symbol ? arena_format(r->arena, " in %s", symbol) : "";
    double value = 0.0;
    char other[SHOWN_BYTES];
    if (node->kind != NODE_SCALAR) {
        diag_error(r->diag, node->place, "%s: %s stands where a number belongs", key,
                   reading_found(r, node));
        diag_remedy(r->diag, "write a number%s", in ? in : "");
        return;
    }
    if (strcmp(text, "choose") == 0) {
        diag_error(r->diag, node->place, "%s: this cannot be left to the optimum (\"choose\")",
                   key);
        diag_remedy(r->diag, "write a number%s; only capacities of plant can be chosen",
                    in ? in : "");
        return;
    }
    diag_error(r->diag, node->place, "%s: %s is no number", key, reading_found(r, node));
    if (number_and_unit(text, &value, other, sizeof other)) {
        const char *name = strcmp(other, "%") == 0 ? "percent" : other;
        const struct foreign_unit *foreign = unit ? foreign_unit_find(name, unit->suffix) : NULL;
        char converted[TEXT_NUMBER_SIZE];
        if (foreign) {
            (void)text_from_number(converted, value * foreign->factor_ratio + foreign->offset_at);
            diag_remedy(r->diag, "the key says the unit: write  %s: %s", key, converted);
        } else {
            diag_remedy(r->diag, "the key says the unit: write the plain number%s", in ? in : "");
        }
    } else if (has_groups(text)) {
        say_groups(r, text);
    } else {
        diag_remedy(r->diag, "write a finite decimal number%s", in ? in : "");
    }
}

static void out_of_range(struct reading *r, const struct node *node, const char *key, double value,
                         double min, double max) {
    const struct unit *unit = units_of_name(key);
    bool plain = !unit || strcmp(unit->symbol, "1") == 0 || strcmp(key, "year") == 0;
    const char *symbol = plain ? "" : unit->symbol, *blank = plain ? "" : " ";
    char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE], found[TEXT_NUMBER_SIZE];
    (void)text_from_number(low, min);
    (void)text_from_number(high, max);
    (void)text_from_number(found, value);
    diag_error(r->diag, node->place, "%s: %s is outside %s..%s%s%s", key, found, low, high, blank,
               symbol);
    if (unit && strcmp(unit->suffix, "frac") == 0 && value > 1.0 && value / 100.0 >= min &&
        value / 100.0 <= max) {
        (void)text_from_number(low, value / 100.0);
        diag_remedy(r->diag, "shares are written 0 to 1: %s %% is %s", found, low);
        return;
    }
    diag_remedy(r->diag, "write a number from %s to %s%s%s", low, high, plain ? "" : ", in ",
                symbol);
}

bool reading_scalar(struct reading *r, const struct node *node, const char *key, double min,
                    double max, double *ret_value) {
    double value = 0.0;
    if (node->kind != NODE_SCALAR || !text_number(node->text, strlen(node->text), &value)) {
        no_number(r, node, key);
        return false;
    }
    if (!(value >= min && value <= max)) {
        out_of_range(r, node, key, value, min, max);
        return false;
    }
    *ret_value = value;
    return true;
}

double reading_number(struct reading *r, const struct node *map, const char *key, double fallback,
                      double min, double max) {
    const struct node *node = document_find(map, key);
    double value = fallback;
    if (!node) {
        if (isinf(fallback) && map && map->kind == NODE_MAP) {
            diag_error(r->diag, map->place, "%s is missing", key);
            diag_remedy(r->diag, "add  %s: NUMBER", key);
        }
        return isinf(fallback) ? min : fallback;
    }
    return reading_scalar(r, node, key, min, max, &value) ? value
           : isinf(fallback)                              ? min
                                                          : fallback;
}

/* ---- words ---- */

const char *reading_text(struct reading *r, const struct node *map, const char *key,
                         const char *fallback) {
    const struct node *node = document_find(map, key);
    if (!node) {
        return fallback;
    }
    if (node->kind != NODE_SCALAR) {
        reading_wrong_kind(r, node, key, "a word or a text", "some text");
        return fallback;
    }
    return node->text;
}

int reading_word_at(struct reading *r, const struct node *node, const char *key,
                    const char *const *words, int count, int fallback) {
    if (node->kind != NODE_SCALAR) {
        reading_wrong_kind(r, node, key, "a word", words[0]);
        return fallback;
    }
    for (int k = 0; k < count; k++) {
        if (strcmp(words[k], node->text) == 0) {
            return k;
        }
    }
    const char *near = diag_nearest(node->text, words, count);
    struct text_buffer all;
    text_buffer_init(&all, r->arena);
    for (int k = 0; k < count; k++) {
        text_add(&all, k ? ", " : "");
        text_add(&all, words[k]);
    }
    diag_error(r->diag, node->place, "%s: %s is none of: %s", key, reading_found(r, node),
               all.data ? all.data : "");
    if (near) {
        diag_remedy(r->diag, "did you mean %s?", near);
    } else {
        diag_remedy(r->diag, "choose one of them");
    }
    return fallback;
}

int reading_word(struct reading *r, const struct node *map, const char *key,
                 const char *const *words, int count, int fallback) {
    const struct node *node = document_find(map, key);
    return node ? reading_word_at(r, node, key, words, count, fallback) : fallback;
}

bool reading_flag(struct reading *r, const struct node *map, const char *key, bool fallback) {
    static const char *const words[] = {"true", "false", "yes", "no"};
    return reading_word(r, map, key, words, COUNT(words), fallback ? 0 : 1) % 2 == 0;
}

/* ---- by the table of keys ---- */

bool reading_section(struct reading *r, const struct node *map, const char *section) {
    const char *names[KEYS_MOST];
    return reading_check_keys(r, map, section, names, keys_of(section, names, COUNT(names)));
}

double reading_key_value(struct reading *r, const struct node *map, const char *section,
                         const char *key) {
    const struct key *row = keys_find(section, key);
    assert(row);
    return reading_number(r, map, key, row->fallback, row->min, row->max);
}

int reading_key_whole(struct reading *r, const struct node *map, const char *section,
                      const char *key) {
    double value = reading_key_value(r, map, section, key);
    const struct node *node = document_find(map, key);
    if (isnan(value)) {
        return 0;
    }
    if (node && value != floor(value)) {
        diag_error(r->diag, node->place, "%s: %s is no whole number", key, reading_found(r, node));
        diag_remedy(r->diag, "write  %s: %d", key, (int)floor(value));
    }
    return (int)floor(value);
}

int reading_key_word(struct reading *r, const struct node *map, const char *section,
                     const char *key) {
    const struct key *row = keys_find(section, key);
    assert(row);
    return reading_word(r, map, key, row->words, keys_words(row),
                        isnan(row->fallback) ? -1 : (int)row->fallback);
}

bool reading_key_flag(struct reading *r, const struct node *map, const char *section,
                      const char *key) {
    const struct key *row = keys_find(section, key);
    assert(row);
    return reading_flag(r, map, key, row->fallback > 0.5);
}

bool reading_party(struct reading *r, const struct node *node, const char *key,
                   enum party *ret_party) {
    const char *names[PARTY_COUNT];
    for (int k = 0; k < PARTY_COUNT; k++) {
        names[k] = party_name((enum party)k);
    }
    int found = reading_word_at(r, node, key, names, COUNT(names), -1);
    if (found >= 0) {
        *ret_party = (enum party)found;
    }
    return found >= 0;
}

const char *reading_name(struct reading *r, const char *text, struct place place) {
    size_t size = strlen(text);
    /* plan.yaml also names what was made from a name: hall_recovery */
    size_t most = document_find(r->root, "wired") ? 2 * NAME_BYTES_MAX : NAME_BYTES_MAX;
    bool good = size > 0 && size <= most && (is_letter(text[0]) || is_digit(text[0]));
    for (size_t k = 0; k < size; k++) {
        good =
            good && (is_letter(text[k]) || is_digit(text[k]) || text[k] == '_' || text[k] == '-');
    }
    if (good && (strcmp(text, "none") == 0 || strcmp(text, "null") == 0)) {
        diag_error(r->diag, place, "\"%s\" means nothing and cannot be a name", text);
        diag_remedy(r->diag, "write another name, such as %s_1", text);
        return NULL;
    }
    if (!good) {
        diag_error(r->diag, place,
                   "\"%.60s\" is no name: letters, digits, _ and - only, at most %d of them, and "
                   "a letter or digit first",
                   text, NAME_BYTES_MAX);
        diag_remedy(r->diag, "write a name such as carrier_hotel");
        return NULL;
    }
    return text;
}

const char *reading_plain_name(struct reading *r, const struct node *node) {
    if (node->kind != NODE_SCALAR) {
        reading_wrong_kind(r, node, "name", "a name", "carrier_hotel");
        return NULL;
    }
    return reading_name(r, node->text, node->place);
}

/* ---- files ---- */

static bool remember_file(struct reading *r, struct place place, const char *path, const char *role,
                          const char *text, size_t size) {
    struct scenario *s = r->s;
    if (s->files_count >= COUNT(s->files)) {
        diag_error(r->diag, place, "more than %d files", COUNT(s->files));
        diag_remedy(r->diag, "put the columns of several files into one");
        return false;
    }
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, text, size);
    r->file_text[s->files_count] = text;
    r->file_size[s->files_count] = size;
    s->files[s->files_count].path = path;
    s->files[s->files_count].role = role;
    hash_hex(&hash, s->files[s->files_count].sha256);
    s->files_count++;
    return true;
}

bool reading_scenario_file(struct reading *r, const char *text, size_t size) {
    struct place top = {r->file, 1, 1};
    return remember_file(r, top, r->file, "scenario", text, size);
}

bool reading_file(struct reading *r, const struct node *node, const char *role, size_t limit_bytes,
                  struct reading_file *ret) {
    char *text = NULL;
    size_t size = 0;
    if (strlen(node->text) > FILE_NAME_MAX) {
        diag_error(r->diag, node->place, "the name of a file has more than %d bytes",
                   FILE_NAME_MAX);
        diag_remedy(r->diag, "write the name of a file beside the scenario");
        return false;
    }
    const char *path = file_beside(r->arena, r->file, node->text);
    path = path && strcmp(path, "-") == 0 ? "./-" : path; /* standard input holds the scenario */
    const char *absolute = path ? file_absolute(r->arena, path) : NULL;
    if (!absolute) {
        return false;
    }
    ret->path = path;
    ret->absolute = absolute;
    for (int k = 1; k < r->s->files_count; k++) { /* 0 is the scenario */
        if (strcmp(r->s->files[k].path, absolute) == 0) {
            ret->text = r->file_text[k];
            ret->size = r->file_size[k];
            return true;
        }
    }
    enum status status = file_read(r->arena, r->diag, node->place, path, limit_bytes, &text, &size);
    r->files_missing += status == STATUS_NO_FILE;
    if (status != STATUS_OK || !remember_file(r, node->place, absolute, role, text, size)) {
        return false;
    }
    diag_file(r->diag, path, text, size);
    ret->text = text;
    ret->size = size;
    return true;
}
