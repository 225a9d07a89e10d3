/* hearth calc: evaluates a component's coefficients for one step from key=value texts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hearth_calc.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "components/evaluate.h"

static const char *list_all(struct arena *arena) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
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

enum status calc_law(struct arena *arena, struct diag *diag, const char *law, int arguments_count,
                     const char *const *arguments, bool json, const char **ret_text) {
    if (!law) {
        *ret_text = list_all(arena);
        return *ret_text ? STATUS_OK : STATUS_NO_MEMORY;
    }
    const struct component *component = component_find(law);
    struct place nowhere = {NULL, 0, 0};
    if (!component) {
        diag_error(diag, nowhere, "calc: nothing is called \"%.60s\"", law);
        diag_remedy(diag, "`hearth calc` lists what there is");
        return STATUS_USAGE;
    }
    struct evaluation evaluation = {0, NULL};
    TRY(evaluate_component(component, arguments_count, arguments, arena, diag, &evaluation));
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, json ? "{" : "");
    for (int k = 0; k < evaluation.count; k++) {
        if (json) {
            text_add_format(&out, "%s\"%s\": ", k ? ", " : "", evaluation.values[k].key);
            add_value(&out, evaluation.values[k].value);
        } else {
            text_add_format(&out, "%-28s ", evaluation.values[k].key);
            add_value(&out, evaluation.values[k].value);
            text_add(&out, "\n");
        }
    }
    text_add(&out, json ? "}\n" : "");
    *ret_text = out.data;
    return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
