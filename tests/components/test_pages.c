/* The pages of the components: parameter and port tables are the program's own, between markers;
   the headings that a reader looks for are there; the index links every page.

   build/<preset>/tests/components/test_component_pages --write     writes the tables and the index
                                        anew */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/file.h"
#include "base/text.h"
#include "base/units.h"
#include "kinds.h"

static bool writing;

/* ---- tables ---------------------------------------------------------------------------------- */
static void add_default(struct text_buffer *out, const struct param *param) {
    if (param->kind == PARAM_WORD) {
        text_add(out, param->words[(int)param->fallback]);
    } else if (param->kind == PARAM_FLAG) {
        text_add(out, param->fallback > 0.5 ? "true" : "false");
    } else if (param->fallback == REQUIRED) {
        text_add(out, "required");
    } else if (isnan(param->fallback)) {
        text_add(out, "not given");
    } else {
        text_add_number(out, param->fallback);
    }
}

static void add_range(struct text_buffer *out, const struct param *param) {
    if (param->kind == PARAM_WORD) {
        for (int w = 0; w < WORDS_MAX && param->words[w]; w++) {
            text_add(out, w ? ", " : "");
            text_add(out, param->words[w]);
        }
        return;
    }
    if (param->kind == PARAM_FLAG) {
        text_add(out, "true, false");
        return;
    }
    text_add_number(out, param->min);
    text_add(out, " to ");
    text_add_number(out, param->max);
    text_add(out, param->kind == PARAM_INPUT   ? ", or a series"
                  : param->kind == PARAM_CURVE ? ", or a curve over the outdoor temperature"
                                               : "");
}

static void add_parameters(struct text_buffer *out, const struct component *kind) {
    text_add(
        out,
        "| parameter | unit | default | range | source | meaning |\n|---|---|---|---|---|---|\n");
    for (int k = 0; k < kind->params_count; k++) {
        const struct param *param = &kind->params[k];
        const struct unit *unit = units_of_name(param->key);
        bool number = param->kind != PARAM_WORD && param->kind != PARAM_FLAG;
        text_add_format(out, "| `%s` | %s | ", param->key, number && unit ? unit->symbol : "");
        add_default(out, param);
        text_add(out, " | ");
        add_range(out, param);
        text_add_format(out, " | %s | %s |\n", param->source, param->meaning);
    }
}

static const char *side_name(enum port_side side) {
    static const char *const names[] = {"the meter's electricity",
                                        "the fuel",
                                        "the water",
                                        "the hall's coolant",
                                        "the hall's heat recovery",
                                        "the plant side of the network",
                                        "the town side of the network",
                                        "the user's own circuit",
                                        "the town's chilled water",
                                        "a circuit of its own",
                                        "a place, by links:"};
    return names[side];
}

static void add_ports(struct text_buffer *out, const struct component *kind) {
    text_add(
        out,
        "| port | carrier | direction | unwired it looks for | meaning |\n|---|---|---|---|---|\n");
    for (int p = 0; p < kind->ports_count; p++) {
        const struct port *port = &kind->ports[p];
        text_add_format(out, "| `%s` | %s | %s%s | %s | %s%s |\n", port->name,
                        carrier_name(port->carrier),
                        kind->shape == SHAPE_STORE    ? "both"
                        : port->direction == FLOWS_IN ? "in"
                                                      : "out",
                        port->optional ? ", optional" : "", side_name(port->side), port->meaning,
                        port->sets_temperature ? "; sets the temperatures" : "");
    }
}

static void add_index(struct text_buffer *out) {
    for (int shape = 0; shape < SHAPES; shape++) {
        bool first = true;
        for (int k = 0; k < component_count(); k++) {
            const struct component *kind = component_at(k);
            if ((int)kind->shape != shape) {
                continue;
            }
            text_add_format(out, first ? "\n**%s**\n\n" : "%s",
                            first ? shape_name(kind->shape) : "");
            text_add_format(out, "- [%s](../../src/components/%s.md) (`%s`): %s\n", kind->title,
                            kind->name, kind->name, kind->summary);
            first = false;
        }
    }
    text_add(out, "\n");
}

/* ---- pages ----------------------------------------------------------------------------------- */
/* The text between <!-- name --> and <!-- /name -->, behind the first line's end; NULL when a
   marker is missing. */
static const char *between(struct arena *arena, const char *text, const char *name,
                           size_t *ret_size) {
    const char *open = arena_format(arena, "<!-- %s -->\n", name),
               *close = arena_format(arena, "<!-- /%s -->", name);
    const char *begin = strstr(text, open);
    const char *end = begin ? strstr(begin, close) : NULL;
    if (!end) {
        return NULL;
    }
    *ret_size = (size_t)(end - begin) - strlen(open);
    return begin + strlen(open);
}

/* 1 when the part of the file is not what the program says; with --write it becomes so. */
static int check_part(const char *path, const char *name,
                      void (*add)(struct text_buffer *, const struct component *),
                      const struct component *kind) {
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    char *text = NULL;
    size_t size = 0, part = 0;
    if (file_read(arena, diag, (struct place){path, 0, 0}, path, 1 << 20, &text, &size) !=
        STATUS_OK) {
        printf("%s cannot be read\n", path);
        arena_free(arena);
        return 1;
    }
    struct text_buffer wanted;
    text_buffer_init(&wanted, arena);
    add(&wanted, kind);
    const char *found = between(arena, text, name, &part);
    int wrong = !found || part != wanted.size || memcmp(found, wanted.data, part) != 0;
    if (wrong && found && writing) {
        struct text_buffer whole;
        text_buffer_init(&whole, arena);
        text_add_n(&whole, text, (size_t)(found - text));
        text_add_n(&whole, wanted.data, wanted.size);
        text_add(&whole, found + part);
        wrong = file_write(diag, path, whole.data, whole.size) != STATUS_OK;
    }
    if (wrong) {
        printf("%s: the table \"%s\" is %s\n", path, name,
               found ? "not up to date" : "missing its markers");
    }
    arena_free(arena);
    return wrong;
}

static const char *page_of(const struct component *kind, char *path, size_t size) {
    (void)snprintf(path, size, "src/components/%s.md", kind->name);
    return path;
}

static void tables_are_the_programs(void **state) {
    int wrong = 0;
    (void)state;
    for (int k = 0; k < kinds_count(); k++) {
        char path[256];
        wrong += check_part(page_of(kinds_at(k), path, sizeof path), "parameters", add_parameters,
                            kinds_at(k));
        wrong += check_part(path, "ports", add_ports, kinds_at(k));
    }
    assert_int_equal(wrong, 0);
}

static void index_of(struct text_buffer *out, const struct component *kind) {
    (void)kind;
    add_index(out);
}

static void the_index_links_every_page(void **state) {
    (void)state;
    assert_int_equal(check_part("docs/components/index.md", "components", index_of, NULL), 0);
}

static void pages_have_their_headings(void **state) {
    static const char *const headings[] = {"\n## Model\n",      "\n## Validity\n",
                                           "\n## Sources\n",    "\n## Worked example\n",
                                           "\n## Parameters\n", "\n## Ports\n"};
    int wrong = 0;
    (void)state;
    for (int k = 0; k < kinds_count(); k++) {
        char path[256];
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        char *text = NULL;
        size_t size = 0;
        page_of(kinds_at(k), path, sizeof path);
        if (file_read(arena, diag, (struct place){path, 0, 0}, path, 1 << 20, &text, &size) !=
            STATUS_OK) {
            printf("%s cannot be read\n", path);
            wrong++;
            arena_free(arena);
            continue;
        }
        const char *title = arena_format(arena, "# %s\n", kinds_at(k)->title);
        if (strncmp(text, title, strlen(title)) != 0) {
            printf("%s does not begin with %s", path, title);
            wrong++;
        }
        for (int h = 0; h < COUNT(headings); h++) {
            if (!strstr(text, headings[h])) {
                printf("%s has no heading %s", path, headings[h] + 1);
                wrong++;
            }
        }
        arena_free(arena);
    }
    assert_int_equal(wrong, 0);
}

int main(int argc, char **argv) {
    writing = argc > 1 && strcmp(argv[1], "--write") == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_the_programs),
        cmocka_unit_test(the_index_links_every_page),
        cmocka_unit_test(pages_have_their_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
