/* What every kind of component says of itself: words, parameters, ports, costs, its page and its cases. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/units.h"
#include "draw.h"
#include "expect.h"
#include "kinds.h"

static bool is_key(const char *text) {
    for (const char *c = text; *c; c++) {
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_') {
            return false;
        }
    }
    return islower((unsigned char)text[0]) != 0;
}

/* Begins with a capital or a digit, ends with one full stop, and has no second sentence behind
   it. */
static bool is_sentence(const char *text) {
    size_t size = text ? strlen(text) : 0;
    return size >= 6 && text[size - 1] == '.' && !islower((unsigned char)text[0]) &&
           !strstr(text, ". ") && text_is_utf8(text, size);
}

static void look_at_words(const struct component *kind) {
    EXPECT(kind, is_key(kind->name), "the name is no key");
    EXPECT(kind, kind->title && kind->title[0], "no title");
    EXPECT(kind, is_sentence(kind->summary), "the summary is no sentence: %s", kind->summary);
    EXPECT(kind,
           kind->validity && strlen(kind->validity) > 10 && text_ends_with(kind->validity, "."),
           "no range of validity");
    EXPECT(kind, kind->references && strlen(kind->references) > 5, "no references");
    EXPECT(kind, kind->maturity >= 1 && kind->maturity <= 9, "maturity %d", kind->maturity);
}

static void look_at_param(const struct component *kind, int k) {
    const struct param *param = &kind->params[k];
    for (int other = 0; other < k; other++) {
        EXPECT(kind, strcmp(kind->params[other].key, param->key) != 0, "%s stands twice",
               param->key);
    }
    EXPECT(kind, is_key(param->key), "%s is no key", param->key);
    EXPECT(kind, is_sentence(param->meaning), "%s: not one sentence: %s", param->key,
           param->meaning);
    EXPECT(kind, param->source && strlen(param->source) >= 4, "%s: no source", param->key);
    EXPECT(kind, param->offset < kind->size, "%s: lies outside the struct", param->key);
    if (param->kind == PARAM_WORD) {
        int words = 0;
        while (words < WORDS_MAX && param->words[words]) {
            EXPECT(kind, isalnum((unsigned char)param->words[words][0]), "%s: odd word",
                   param->key);
            words++;
        }
        EXPECT(kind, words >= 2 && words < WORDS_MAX, "%s: %d words", param->key, words);
        EXPECT(kind, param->fallback >= 0.0 && param->fallback < words, "%s: no such default",
               param->key);
        return;
    }
    if (param->kind == PARAM_FLAG) {
        return;
    }
    EXPECT(kind, units_of_name(param->key) != NULL, "%s: no unit of base/units.def", param->key);
    EXPECT(kind, param->min < param->max, "%s: empty range", param->key);
    EXPECT(kind,
           param->fallback == REQUIRED || isnan(param->fallback) ||
               (param->fallback >= param->min && param->fallback <= param->max),
           "%s: default %g outside %g..%g", param->key, param->fallback, param->min, param->max);
}

static void look_at_ports(const struct component *kind) {
    EXPECT(kind, kind->ports_count >= 1 && kind->ports_count <= PORTS_MAX, "%d ports",
           kind->ports_count);
    EXPECT(kind, kind->reference_port >= 0 && kind->reference_port < kind->ports_count,
           "no such reference port");
    for (int p = 0; p < kind->ports_count; p++) {
        const struct port *port = &kind->ports[p];
        EXPECT(kind, port->name && is_key(port->name), "port %d has no name", p);
        EXPECT(kind, component_port(kind, port->name) == p, "port %s stands twice", port->name);
        EXPECT(kind, port->meaning && strlen(port->meaning) > 3, "port %s: no meaning", port->name);
        EXPECT(kind,
               !port->sets_temperature || (kind->temperatures && port->carrier == CARRIER_HEAT),
               "port %s sets no temperature", port->name);
    }
}

static const struct param *number_param(const struct component *kind, const char *key) {
    const struct param *param = key ? component_param(kind, key) : NULL;
    return param && param->kind == PARAM_NUMBER ? param : NULL;
}

static void look_at_shape(const struct component *kind) {
    int modes = 0;
    while (modes < MODES_MAX && kind->mode_names[modes]) {
        modes++;
    }
    bool with_modes = kind->shape == SHAPE_SOURCE || kind->shape == SHAPE_CONVERTER;
    EXPECT(kind, !with_modes || modes >= 1, "no mode has a name");
    EXPECT(kind, kind->shape != SHAPE_SOURCE || modes == 1, "a source has one mode");
    EXPECT(kind, !kind->capacity || number_param(kind, kind->capacity), "%s is no number",
           kind->capacity);
    EXPECT(kind,
           !kind->capacity2 || (kind->shape == SHAPE_STORE && number_param(kind, kind->capacity2)),
           "%s is no second capacity", kind->capacity2);
    EXPECT(kind, kind->shape == SHAPE_LOAD || kind->cost_payee, "nobody is paid");
    EXPECT(kind, kind->coefficients != NULL, "no coefficients");
}

/* More costs more, and costs less per unit; catalogue money is real money of a recent year. */
static void look_at_cost(const struct component *kind) {
    const struct cost_curve *cost = &kind->cost;
    if (!cost->currency) {
        return;
    }
    EXPECT(kind, strlen(cost->currency) == 3 && cost->year >= 2010 && cost->year <= 2026,
           "odd money");
    EXPECT(kind, cost->source && strlen(cost->source) > 5, "cost without a source");
    EXPECT(kind, cost->points >= 1 && cost->points <= 6, "%d cost points", cost->points);
    EXPECT(kind, number_param(kind, "life_year") && number_param(kind, "fom_frac_year"),
           "cost without life_year or fom_frac_year");
    for (int k = 1; k < cost->points; k++) {
        EXPECT(kind, cost->point[k].size > cost->point[k - 1].size, "cost points do not ascend");
    }
    const struct cost_later *later = &kind->later;
    for (int k = 0; later->year && k < cost->points; k++) {
        EXPECT(kind, later->first_year >= 2020 && later->year > later->first_year, "odd years");
        EXPECT(kind, later->capex_money_unit_ratio[k] > 0.0, "no later price at point %d", k);
    }
    void *self = calloc(1, kind->size);
    struct random random;
    random_seed(&random, 5);
    draw_parameters(&random, kind, self);
    double before = 0.0;
    for (double size = 10.0; size <= 1e6; size *= 1.3) {
        double money = component_capex_money(kind, self, size, 0);
        EXPECT(kind, isfinite(money) && money > 0.0, "costs %g at %g", money, size);
        /* a step between two catalogue classes may make the larger one a tenth cheaper, not more */
        EXPECT(kind, money >= 0.6 * before, "%g costs %g, a smaller one %g", size, money, before);
        before = fmax(before, money);
    }
    free(self);
}

static void tables_are_whole(void **state) {
    (void)state;
    failures = 0;
    for (int k = 0; k < kinds_count(); k++) {
        const struct component *kind = kinds_at(k);
        look_at_words(kind);
        for (int p = 0; p < kind->params_count; p++) {
            look_at_param(kind, p);
        }
        look_at_ports(kind);
        look_at_shape(kind);
        look_at_cost(kind);
    }
    assert_int_equal(failures, 0);
}

static void the_registry_is_in_order_and_finds(void **state) {
    (void)state;
    assert_true(component_count() >= 20);
    for (int k = 0; k < component_count(); k++) {
        assert_ptr_equal(component_find(component_at(k)->name), component_at(k));
        assert_true(k == 0 || strcmp(component_at(k - 1)->name, component_at(k)->name) < 0);
    }
    assert_null(component_find("template"));
    assert_null(component_find(""));
}

static bool exists(const char *folder, const char *name, const char *end) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s%s%s", folder, name, end);
    FILE *file = fopen(path, "r");
    if (file) {
        (void)fclose(file);
    }
    return file != NULL;
}

static void pages_and_cases_exist(void **state) {
    (void)state;
    failures = 0;
    for (int k = 0; k < kinds_count(); k++) {
        const struct component *kind = kinds_at(k);
        EXPECT(kind, exists("src/components/", kind->name, ".md"), "no page");
        EXPECT(kind, exists("src/components/", kind->name, ".cases"), "no cases");
    }
    assert_int_equal(failures, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_registry_is_in_order_and_finds),
        cmocka_unit_test(tables_are_whole),
        cmocka_unit_test(pages_and_cases_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
