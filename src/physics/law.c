/* The registry: the tables of the topics one after another. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law.h"

#include <string.h>

#include "base/text.h"
#include "physics/law_table.h"

static const struct law_table *const tables[] = {
    &law_table_air,       &law_table_water,       &law_table_carnot,       &law_table_heat_pump,
    &law_table_exchanger, &law_table_emitter,     &law_table_demand,       &law_table_storage,
    &law_table_pool,      &law_table_ground,      &law_table_pipe,         &law_table_cooling,
    &law_table_power,     &law_table_server,      &law_table_sun,          &law_table_pv,
    &law_table_wind,      &law_table_transformer, &law_table_outage,       &law_table_sky,
    &law_table_snow,      &law_table_greenhouse,  &law_table_process,      &law_table_sorption,
    &law_table_orc,       &law_table_collector,   &law_table_cogeneration, &law_table_sound,
    &law_table_finance,   &law_table_growth,
};

int law_count(void) {
    int count = 0;
    for (int k = 0; k < COUNT(tables); k++) {
        count += tables[k]->count;
    }
    return count;
}

const struct law *law_at(int index) {
    for (int k = 0; k < COUNT(tables); k++) {
        if (index < tables[k]->count) {
            return index < 0 ? NULL : &tables[k]->laws[index];
        }
        index -= tables[k]->count;
    }
    return NULL;
}

const struct law *law_find(const char *name) {
    for (int k = 0; k < COUNT(tables); k++) {
        for (int n = 0; n < tables[k]->count; n++) {
            if (strcmp(tables[k]->laws[n].name, name) == 0) {
                return &tables[k]->laws[n];
            }
        }
    }
    return NULL;
}

int law_argument_find(const struct law *law, const char *name) {
    for (int k = 0; k < law->arguments_count; k++) {
        if (strcmp(law->arguments[k].name, name) == 0) {
            return k;
        }
    }
    return -1;
}

int law_result_find(const struct law *law, const char *name) {
    for (int k = 0; k < law->results_count; k++) {
        if (strcmp(law->results[k], name) == 0) {
            return k;
        }
    }
    return -1;
}

bool law_argument_read(const struct law_argument *argument, const char *text, size_t size,
                       double *ret_value) {
    for (int k = 0; argument->words && argument->words[k]; k++) {
        if (strlen(argument->words[k]) == size && memcmp(argument->words[k], text, size) == 0) {
            *ret_value = k;
            return true;
        }
    }
    return !argument->words && text_number(text, size, ret_value);
}

enum law_outcome law_evaluate(const struct law *law, const double *argument, double *ret_result,
                              int *ret_argument) {
    double value[LAW_ARGUMENTS_MAX];
    int which = -1;
    enum law_outcome outcome = LAW_DONE;
    for (int k = 0; k < law->arguments_count && outcome == LAW_DONE; k++) {
        const struct law_argument *at = &law->arguments[k];
        value[k] = isnan(argument[k]) ? at->fallback : argument[k];
        if (isnan(value[k])) {
            outcome = LAW_MISSING;
        } else if (value[k] < at->min || value[k] > at->max ||
                   (at->words && value[k] != floor(value[k]))) {
            outcome = LAW_OUTSIDE;
        }
        which = outcome == LAW_DONE ? -1 : k;
    }
    if (outcome == LAW_DONE && !law->evaluate(value, ret_result)) {
        outcome = LAW_NO_ANSWER;
    }
    if (ret_argument) {
        *ret_argument = which;
    }
    return outcome;
}
