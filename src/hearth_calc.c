/* hearth calc: evaluates a law of physics, or a component's coefficients for one step, from
   key=value texts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hearth_calc.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "components/evaluate.h"
#include "physics/law.h"

static const struct place nowhere = {NULL, 0, 0};

static void add_argument(struct text_buffer *out, const struct law_argument *argument) {
    text_add_format(out, " %s", argument->name);
    if (isnan(argument->fallback)) {
        return;
    }
    text_add(out, "=");
    if (argument->words) {
        text_add(out, argument->words[(int)argument->fallback]);
    } else {
        text_add_number(out, argument->fallback);
    }
}

static const char *list_all(struct arena *arena) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "Laws (what stands behind = is used when it is not given)\n");
    for (int k = 0; k < law_count(); k++) {
        const struct law *law = law_at(k);
        text_add_format(&out, "  %s", law->name);
        for (int a = 0; a < law->arguments_count; a++) {
            add_argument(&out, &law->arguments[a]);
        }
        text_add_format(&out, "\n      %s. %s\n", law->title, law->source);
    }
    text_add(&out,
             "Years of weather\n  cooling_year system=KIND weather=FILE.epw (or climate=NAME) ...\n"
             "      a hall's cooling through a year: PUE, WUE, chiller-free hours, heat\n");
    text_add(&out, "Components (hearth explain NAME lists their parameters)\n");
    for (int k = 0; k < component_count(); k++) {
        text_add_format(&out, "  %s\n", component_at(k)->name);
    }
    text_add(&out,
             "Beside parameters: <port>.supply_c, <port>.return_c, and the step's context:\n");
    for (int k = 0; evaluate_context(k); k++) {
        text_add_format(&out, "  %s\n", evaluate_context(k));
    }
    return out.failed ? NULL : out.data;
}

static void add_value(struct text_buffer *out, double value) {
    if (isfinite(value)) {
        text_add_number(out, value);
    } else {
        text_add(out, "null");
    }
}

static enum status tell(struct arena *arena, const struct evaluation *evaluation, bool json,
                        const char **ret_text) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, json ? "{" : "");
    for (int k = 0; k < evaluation->count; k++) {
        text_add_format(&out, json ? "%s\"%s\": " : "%s%-28s ", json && k ? ", " : "",
                        evaluation->values[k].key);
        add_value(&out, evaluation->values[k].value);
        text_add(&out, json ? "" : "\n");
    }
    text_add(&out, json ? "}\n" : "");
    *ret_text = out.data;
    return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- laws ------------------------------------------------------------------------------------ */
static const char *words_of(struct arena *arena, const struct law_argument *argument) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    for (int w = 0; argument->words[w]; w++) {
        text_add_format(&out, w ? ", %s" : "%s", argument->words[w]);
    }
    return out.failed ? "" : out.data;
}

static const char *range_of(struct arena *arena, const struct law_argument *argument) {
    char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    (void)text_from_number(low, argument->min);
    (void)text_from_number(high, argument->max);
    return arena_format(arena, "%s..%s", low, high);
}

static void read_law_argument(const struct law *law, const char *text, struct arena *arena,
                              struct diag *diag, double *value) {
    const char *equals = strchr(text, '=');
    const char *key = equals ? arena_text_n(arena, text, (size_t)(equals - text)) : NULL;
    int which = key ? law_argument_find(law, key) : -1;
    if (which < 0) {
        struct text_buffer out;
        text_buffer_init(&out, arena);
        for (int a = 0; a < law->arguments_count; a++) {
            add_argument(&out, &law->arguments[a]);
        }
        diag_error(diag, nowhere, "%s has no argument %.60s", law->name, key ? key : text);
        diag_remedy(diag, "it takes%s", out.failed ? "" : out.data);
        return;
    }
    const struct law_argument *argument = &law->arguments[which];
    if (!law_argument_read(argument, equals + 1, strlen(equals + 1), &value[which])) {
        if (argument->words) {
            diag_error(diag, nowhere, "%s: there is no %.60s", key, equals + 1);
            diag_remedy(diag, "it is one of %s", words_of(arena, argument));
        } else {
            diag_error(diag, nowhere, "%s: %.60s is no number", key, equals + 1);
        }
    }
}

static enum status refuse(const struct law *law, enum law_outcome outcome, int which,
                          const double *value, struct arena *arena, struct diag *diag) {
    if (outcome == LAW_MISSING) {
        const struct law_argument *argument = &law->arguments[which];
        diag_error(diag, nowhere, "%s needs %s", law->name, argument->name);
        diag_remedy(diag, argument->words ? "one of %s" : "a number of %s",
                    argument->words ? words_of(arena, argument) : range_of(arena, argument));
        return STATUS_USAGE;
    }
    if (outcome == LAW_OUTSIDE) {
        char number[TEXT_NUMBER_SIZE];
        (void)text_from_number(number, value[which]);
        diag_error(diag, nowhere, "%s: %s is outside %s", law->arguments[which].name, number,
                   range_of(arena, &law->arguments[which]));
        return STATUS_BAD_SCENARIO;
    }
    diag_error(diag, nowhere, "%s has no answer there: no such machine or state", law->name);
    return STATUS_BAD_SCENARIO;
}

static enum status evaluate_law(const struct law *law, int count, const char *const *arguments,
                                struct arena *arena, struct diag *diag, struct evaluation *ret) {
    double value[LAW_ARGUMENTS_MAX], result[LAW_RESULTS_MAX];
    int before = diag_errors(diag), which = -1;
    for (int k = 0; k < law->arguments_count; k++) {
        value[k] = (double)NAN;
    }
    for (int k = 0; k < count; k++) {
        read_law_argument(law, arguments[k], arena, diag, value);
    }
    if (diag_errors(diag) > before) {
        return STATUS_USAGE;
    }
    enum law_outcome outcome = law_evaluate(law, value, result, &which);
    if (outcome != LAW_DONE) {
        return refuse(law, outcome, which, value, arena, diag);
    }
    struct evaluate_value *values = ARENA_TAKE(arena, struct evaluate_value, law->results_count);
    if (!values) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < law->results_count; k++) {
        values[k] = (struct evaluate_value){law->results[k], result[k]};
    }
    *ret = (struct evaluation){law->results_count, values};
    return STATUS_OK;
}

enum status calc_law(struct arena *arena, struct diag *diag, const char *law, int arguments_count,
                     const char *const *arguments, bool json, const char **ret_text) {
    if (!law) {
        *ret_text = list_all(arena);
        return *ret_text ? STATUS_OK : STATUS_NO_MEMORY;
    }
    struct evaluation evaluation = {0, NULL};
    const struct component *component = component_find(law);
    const struct law *found = law_find(law);
    if (strcmp(law, "cooling_year") == 0) {
        TRY(calc_cooling_year(arena, diag, arguments_count, arguments, &evaluation));
        return tell(arena, &evaluation, json, ret_text);
    }
    if (!component && !found) {
        diag_error(diag, nowhere, "calc: nothing is called \"%.60s\"", law);
        diag_remedy(diag, "`hearth calc` lists what there is");
        return STATUS_USAGE;
    }
    if (found) {
        TRY(evaluate_law(found, arguments_count, arguments, arena, diag, &evaluation));
    } else {
        TRY(evaluate_component(component, arguments_count, arguments, arena, diag, &evaluation));
    }
    return tell(arena, &evaluation, json, ret_text);
}
