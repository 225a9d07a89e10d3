/* hearth explain DIR FIGURE. Each figure of a case comes from other figures or is summed over the hours; what it rests on
   are parameters of instances, shown as plan.yaml writes them, each with its line and where it came from. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/explain_result.h"

#include <math.h>
#include <string.h>

#include "accounts/books.h"
#include "base/file.h"
#include "scenario/keys.h"
#include "scenario/scenario.h"
#include "tell/json.h"
#include "tell/number.h"
#include "tell/page.h"
#include "tell/verify.h"

enum { OF_HALL = 1, OF_HEAT = 2, OF_SUPPLY = 4, OF_ALL = 7, PLAN_BYTES_MAX = 1 << 24 };

static const struct formula {
    const char *key, *formula;
    int of;
} formulas[] = {
#define FORMULA(key, formula, of) {#key, formula, of},
#include "accounts/formulas.def"
#undef FORMULA
};

struct asked {
    const struct accounts *a;
    const char *path; /* of plan.yaml */
    const char *text; /* of plan.yaml */
    size_t size;
    struct page page;
};

static const struct formula *find(const char *key) {
    for (int k = 0; k < COUNT(formulas); k++) {
        if (strcmp(formulas[k].key, key) == 0) {
            return &formulas[k];
        }
    }
    return NULL;
}

static int metric_at(const char *key, size_t size) {
    for (int m = 0; m < metrics_count(); m++) {
        if (strlen(metrics_key(m)) == size && strncmp(metrics_key(m), key, size) == 0) {
            return m;
        }
    }
    return -1;
}

/* The figures that a formula names, in its order; returns how many. */
static int parts_of(const struct formula *formula, int *ret_metric, int most) {
    int count = 0;
    for (const char *c = formula->formula; *c && count < most;) {
        size_t size = strspn(c, "abcdefghijklmnopqrstuvwxyz_0123456789");
        int m = size ? metric_at(c, size) : -1;
        bool seen = false;
        for (int k = 0; k < count; k++) {
            seen = seen || ret_metric[k] == m;
        }
        if (m >= 0 && !seen) {
            ret_metric[count++] = m;
        }
        c += size ? size : 1;
    }
    return count;
}

static bool rests_on(const struct scenario *s, int i, int of) {
    const struct instance *it = &s->instances[i];
    bool sells = strcmp(it->kind->name, "grid") == 0 ||
                 strcmp(it->kind->name, "fuel_supply") == 0 ||
                 strcmp(it->kind->name, "water_supply") == 0;
    int is = sells ? OF_SUPPLY : it->hall >= 0 ? OF_HALL : OF_HEAT;
    return (is & of) != 0;
}

/* A line of plan.yaml, without its indent. */
static const char *line_text(const struct asked *asked, int line, struct arena *arena) {
    const char *at = asked->text, *end = asked->text + asked->size;
    for (int k = 1; at && k < line; k++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at ? at + 1 : NULL;
    }
    if (!at) {
        return "";
    }
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    at += strspn(at, " ");
    return arena_text_n(arena, at, (size_t)((stop ? stop : end) - at));
}

typedef void each_input(struct asked *asked, const struct instance *it, const char *line_words,
                        int line, int count);

static int for_inputs(struct asked *asked, int of, each_input *each) {
    const struct scenario *s = asked->a->scenario;
    int count = 0;
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *it = &s->instances[i];
        bool stands = asked->a->plan->cases[CASE_TOGETHER].flow[i].included ||
                      asked->a->plan->cases[CASE_APART].flow[i].included;
        for (int k = 0; stands && rests_on(s, i, of) && k < it->kind->params_count; k++) {
            int line = it->given[k] == GIVEN_DEFAULT ? 0 : it->given_place[k].line;
            if (line > 0) {
                each(asked, it, line_text(asked, line, asked->page.out->arena), line, count++);
            }
        }
    }
    return count;
}

/* ---- figures of the books ---- */

struct books {
    const struct book *book; /* all of them */
    int count;
};

static const struct book *book_at(const struct books *books, const char *key, size_t size) {
    for (int k = 0; k < books->count; k++) {
        if (strlen(books->book[k].key) == size && strncmp(books->book[k].key, key, size) == 0) {
            return &books->book[k];
        }
    }
    return NULL;
}

/* The next figure that a formula names, from *at on, which moves behind it; NULL: no more. */
static const struct book *next_part(const struct books *books, const char **at) {
    while (**at) {
        size_t size = strspn(*at, "abcdefghijklmnopqrstuvwxyz_0123456789");
        const struct book *book = size ? book_at(books, *at, size) : NULL;
        *at += size ? size : 1;
        if (book) {
            return book;
        }
    }
    return NULL;
}

/* The lines of a section of plan.yaml, each with its number; behind_line is where to go on, 0: no more. */
static int section_line(const struct asked *asked, const char *section, int behind_line) {
    size_t length = section ? strlen(section) : 0;
    int line = 0, within = 0;
    for (const char *at = asked->text; section && at && *at; line++) {
        const char *stop = strchr(at, '\n');
        if (*at != ' ' && *at != '-' && *at != '#') {
            within = strncmp(at, section, length) == 0 && at[length] == ':';
        }
        if (within && line + 1 > behind_line) {
            return line + 1;
        }
        at = stop ? stop + 1 : NULL;
    }
    return 0;
}

/* What the key on a line of a section is, and whence its number: as the table of keys says it; NULL: no such key. */
static const char *key_meaning(const char *section, const char *line) {
    size_t size = strcspn(line, ": ");
    char name[64];
    if (size == 0 || size >= sizeof name) {
        return NULL;
    }
    memcpy(name, line, size);
    name[size] = '\0';
    const struct key *key = keys_find(section, name);
    return key ? key->meaning : NULL;
}

/* ---- words ---- */

static const char *value_words(double value, struct arena *arena) {
    return isfinite(value) ? number_digits(arena, value, 6) : "does not apply";
}

static void add_value(struct asked *asked, int m) {
    const struct accounts *a = asked->a;
    struct arena *arena = asked->page.out->arena;
    text_add(
        asked->page.out,
        page_plain(&asked->page,
                   number_format(arena, "%s: together %s, apart %s, today %s\n", metrics_key(m),
                                 value_words(metrics_value(&a->metrics[CASE_TOGETHER], m), arena),
                                 value_words(metrics_value(&a->metrics[CASE_APART], m), arena),
                                 value_words(metrics_value(&a->metrics[CASE_TODAY], m), arena))));
}

static void add_input(struct asked *asked, const struct instance *it, const char *words, int line,
                      int count) {
    (void)count;
    page_wrap(&asked->page,
              page_plain(&asked->page, number_format(asked->page.out->arena, "%s:%d: %s.%s",
                                                     asked->path, line, it->name, words)),
              0, 4);
}

static void explain_words(struct asked *asked, const struct formula *formula) {
    struct arena *arena = asked->page.out->arena;
    int part[8], m = metric_at(formula->key, strlen(formula->key));
    int count = parts_of(formula, part, COUNT(part));
    add_value(asked, m);
    page_wrap(&asked->page, page_plain(&asked->page, metrics_meaning(m)), 0, 0);
    page_wrap(&asked->page,
              page_plain(&asked->page, number_format(arena, "= %s", formula->formula)), 0, 2);
    for (int k = 0; k < count; k++) {
        text_add(asked->page.out, "  ");
        add_value(asked, part[k]);
    }
    text_add(asked->page.out, "\nIt rests on these, with their line and their source:\n");
    (void)for_inputs(asked, formula->of, add_input);
    text_add(asked->page.out,
             "All else is a default: `hearth explain KIND` names each with its source.\n");
}

static void explain_book(struct asked *asked, const struct books *books, const struct book *book) {
    struct page *page = &asked->page;
    struct arena *arena = page->out->arena;
    const char *at = book->formula;
    page_wrap(page,
              page_plain(
                  page, number_format(arena, "%s: %s", book->key, value_words(book->value, arena))),
              0, 2);
    page_wrap(page, page_plain(page, book->meaning), 0, 0);
    page_wrap(page, page_plain(page, number_format(arena, "= %s", book->formula)), 0, 2);
    for (const struct book *part; (part = next_part(books, &at)) != NULL;) {
        page_wrap(page,
                  page_plain(page, number_format(arena, "%s: %s", part->key,
                                                 value_words(part->value, arena))),
                  2, 4);
    }
    int line = section_line(asked, book->section, 0);
    if (line > 0) {
        text_add(page->out, "\nIt rests on these, with their line:\n");
    }
    for (; line > 0; line = section_line(asked, book->section, line)) {
        const char *text = line_text(asked, line, arena);
        const char *meaning = key_meaning(book->section, text);
        page_wrap(page,
                  page_plain(page, number_format(arena, meaning ? "%s:%d: %s: %s" : "%s:%d: %s",
                                                 asked->path, line, text, meaning)),
                  0, 4);
    }
    if (strstr(book->key, "money")) {
        text_add(page->out, "Each payment stands in transfers.csv with its formula.\n");
    }
}

static void explain_json_book(struct asked *asked, const struct books *books,
                              const struct book *book) {
    struct text_buffer *out = asked->page.out;
    const char *at = book->formula;
    int count = 0;
    text_add(out, "{\n  \"figure\": ");
    json_add_text(out, book->key);
    text_add(out, ",\n  \"formula\": ");
    json_add_text(out, book->formula);
    text_add(out, ",\n  \"inputs\": [");
    for (int line = section_line(asked, book->section, 0); line > 0;
         line = section_line(asked, book->section, line)) {
        const char *text = line_text(asked, line, out->arena);
        const char *meaning = key_meaning(book->section, text);
        text_add_format(out, "%s{\"line\": %d, \"text\": ", count++ ? ",\n    " : "\n    ", line);
        json_add_text(out, text);
        text_add(out, ", \"meaning\": ");
        if (meaning) {
            json_add_text(out, meaning);
        } else {
            text_add(out, "null");
        }
        text_add(out, "}");
    }
    text_add(out, "],\n  \"meaning\": ");
    json_add_text(out, book->meaning);
    text_add(out, ",\n  \"parts\": {");
    count = 0;
    for (const struct book *part; (part = next_part(books, &at)) != NULL; count++) {
        text_add_format(out, count ? ", \"%s\": " : "\"%s\": ", part->key);
        json_add_number(out, part->value);
    }
    text_add(out, "},\n  \"value\": ");
    json_add_number(out, book->value);
    text_add(out, "\n}\n");
}

static void explain_plan(struct asked *asked, const struct books *books) {
    const struct accounts *a = asked->a;
    struct arena *arena = asked->page.out->arena;
    page_wrap(&asked->page, page_plain(&asked->page, a->finding.headline), 0, 0);
    for (int k = 0; k < a->reasons_count; k++) {
        page_wrap(&asked->page,
                  page_plain(&asked->page, number_format(arena, "- %s %s", a->reasons[k].claim,
                                                         a->reasons[k].because)),
                  0, 2);
    }
    text_add(asked->page.out, "\nhearth explain DIR FIGURE says how each of these is made:\n");
    for (int m = 0; m < metrics_count(); m++) {
        add_value(asked, m);
    }
    text_add(asked->page.out, "\nAnd of the books:\n");
    for (int k = 0; k < books->count; k++) {
        const struct book *book = &books->book[k];
        page_wrap(&asked->page,
                  page_plain(&asked->page, number_format(arena, "%s: %s", book->key,
                                                         value_words(book->value, arena))),
                  0, 2);
    }
}

/* ---- JSON ---- */

static void add_json_input(struct asked *asked, const struct instance *it, const char *words,
                           int line, int count) {
    struct text_buffer *out = asked->page.out;
    text_add(out, count ? ",\n    {\"instance\": " : "\n    {\"instance\": ");
    json_add_text(out, it->name);
    text_add_format(out, ", \"line\": %d, \"text\": ", line);
    json_add_text(out, words);
    text_add(out, "}");
}

static void add_json_values(struct asked *asked, int m) {
    static const enum plan_case sorted[CASES] = {CASE_APART, CASE_TODAY, CASE_TOGETHER};
    for (int k = 0; k < CASES; k++) {
        text_add_format(asked->page.out, "%s\"%s\": ", k ? ", " : "{", case_name(sorted[k]));
        json_add_number(asked->page.out, metrics_value(&asked->a->metrics[sorted[k]], m));
    }
    text_add(asked->page.out, "}");
}

static void explain_json_figure(struct asked *asked, const struct formula *formula) {
    struct text_buffer *out = asked->page.out;
    int part[8], m = metric_at(formula->key, strlen(formula->key));
    int count = parts_of(formula, part, COUNT(part));
    text_add(out, "{\n  \"figure\": ");
    json_add_text(out, formula->key);
    text_add(out, ",\n  \"formula\": ");
    json_add_text(out, formula->formula);
    text_add(out, ",\n  \"inputs\": [");
    (void)for_inputs(asked, formula->of, add_json_input);
    text_add(out, "],\n  \"meaning\": ");
    json_add_text(out, metrics_meaning(m));
    text_add(out, ",\n  \"parts\": {");
    for (int k = 0; k < count; k++) {
        text_add_format(out, k ? ", \"%s\": " : "\"%s\": ", metrics_key(part[k]));
        add_json_values(asked, part[k]);
    }
    text_add(out, "},\n  \"values\": ");
    add_json_values(asked, m);
    text_add(out, "\n}\n");
}

static void explain_json_plan(struct asked *asked, const struct books *books) {
    struct text_buffer *out = asked->page.out;
    text_add(out, "{\n  \"books\": {");
    for (int k = 0; k < books->count; k++) {
        text_add_format(out, k ? ",\n    \"%s\": " : "\n    \"%s\": ", books->book[k].key);
        json_add_number(out, books->book[k].value);
    }
    text_add(out, "},\n  \"figures\": {");
    for (int m = 0; m < metrics_count(); m++) {
        text_add_format(out, m ? ",\n    \"%s\": " : "\n    \"%s\": ", metrics_key(m));
        add_json_values(asked, m);
    }
    text_add(out, "},\n  \"reasons\": [");
    for (int k = 0; k < asked->a->reasons_count; k++) {
        text_add(out, k ? ",\n    " : "\n    ");
        json_add_text(out, number_format(out->arena, "%s %s", asked->a->reasons[k].claim,
                                         asked->a->reasons[k].because));
    }
    text_add(out, "]\n}\n");
}

enum status tell_explain_result(struct arena *arena, struct diag *diag, const char *folder,
                                const char *figure, bool json, bool utf8, struct text_buffer *out) {
    const struct formula *formula = figure ? find(figure) : NULL;
    struct accounts *accounts = NULL;
    char *text = NULL;
    struct asked asked = {.page = {out, out->arena, false, utf8}};
    struct books books = {NULL, 0};
    if (figure && !formula && !book_exists(figure)) {
        return STATUS_USAGE;
    }
    TRY(tell_restore(arena, diag, folder, &accounts));
    asked.a = accounts;
    asked.path = arena_format(arena, "%s/plan.yaml", folder);
    TRY(file_read(arena, diag, (struct place){asked.path, 0, 0}, asked.path, PLAN_BYTES_MAX, &text,
                  &asked.size));
    asked.text = text;
    TRY(account_books(accounts, arena, &books.book, &books.count));
    if (formula) {
        (json ? explain_json_figure : explain_words)(&asked, formula);
    } else if (figure) {
        (json ? explain_json_book : explain_book)(&asked, &books,
                                                  book_at(&books, figure, strlen(figure)));
    } else {
        (json ? explain_json_plan : explain_plan)(&asked, &books);
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
