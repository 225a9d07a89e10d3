/* The scenario written out: every default, every wire, and where each value came from. wired.c
   reads it back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scenario/keys.h"
#include "scenario/reading.h"
#include "scenario/tried.h"

static void add_number(struct text_buffer *out, const char *indent, const char *key, double value) {
    if (isfinite(value)) {
        text_add_format(out, "%s%s: ", indent, key);
        text_add_number(out, value);
        text_add(out, "\n");
    }
}

/* What YAML takes as it is within quotes: printable, no mark of byte order, no line break. */
static bool is_plain(unsigned code) {
    return (code >= 0x20 && code < 0x7f) ||
           (code >= 0xa0 && code < 0xd800 && code != 0x2028 && code != 0x2029) ||
           (code >= 0xe000 && code < 0xfffe && code != 0xfeff) || code >= 0x10000;
}

void write_quoted(struct text_buffer *out, const char *text) {
    size_t size = strlen(text);
    text_add(out, "\"");
    for (size_t k = 0; k < size;) {
        int length = text_utf8_length(text + k, size - k);
        unsigned code = (unsigned char)text[k];
        for (int n = 1; n < length; n++) {
            code = n == 1 ? code & (0xffu >> (length + 1)) : code;
            code = code << 6 | ((unsigned char)text[k + (size_t)n] & 0x3fu);
        }
        if (length == 0) {
            text_add(out, "?"); /* no UTF-8: no name of ours */
        } else if (code == '"' || code == '\\') {
            text_add_format(out, "\\%c", (int)code);
        } else if (is_plain(code)) {
            text_add_n(out, text + k, (size_t)length);
        } else {
            text_add_format(out, "\\U%08X", code);
        }
        k += (size_t)(length ? length : 1);
    }
    text_add(out, "\"");
}

static void add_head(const struct scenario *s, struct text_buffer *out) {
    char stamp[32];
    calendar_stamp(&s->calendar, 0, stamp);
    stamp[10] = '\0';
    text_add(out, "# The plan's scenario with every default and all wiring written out; `hearth "
                  "run` reads it again.\n");
    text_add(out, "hearth: 1\nname: ");
    write_quoted(out, s->name);
    text_add(out, "\nplace:\n");
    if (s->climate.synthetic) {
        text_add_format(out, "  climate: %s  # %s\n", s->climate.name, s->climate.source);
    } else {
        text_add(out, "  weather: ");
        write_quoted(out, s->climate.name);
        text_add(out, "\n");
    }
    add_number(out, "  ", "ground_c", s->ground_mean_c);
    add_number(out, "  ", "warming_dk", s->warming_dk);
    text_add_format(out, "  weather_year: %d\n", s->weather_year);
    text_add_format(out, "horizon: {from: %s, days: %d}\n", stamp, s->calendar.days);
    add_number(out, "", "step_h", s->calendar.step_h);
    text_add_format(out, "money:\n  currency: %s\n  year: %d\n", s->currency, s->money_year);
    add_number(out, "  ", "discount_frac", s->discount_frac);
    add_number(out, "  ", "life_year", s->life_year);
    add_number(out, "  ", "sales_tax_frac", s->sales_tax_frac);
    text_add(out, "  carbon_price:\n");
    add_number(out, "    ", "paid_money_kg", s->carbon_paid_money_kg);
    add_number(out, "    ", "shadow_money_kg", s->carbon_shadow_money_kg);
    add_number(out, "", "home_kwh_year", s->home_kwh_year);
}

static void add_terms(const struct scenario *s, struct text_buffer *out) {
    text_add_format(out, "heat_contract:\n  model: %s\n",
                    keys_find("heat_contract", "model")->words[s->contract]);
    add_number(out, "  ", "share_frac", s->contract_share_frac);
    add_number(out, "  ", "price_money_kwh", s->contract_price_money_kwh);
    add_number(out, "  ", "cold_money_kwh", s->contract_cold_money_kwh);
    add_number(out, "  ", "warm_money_kwh", s->contract_warm_money_kwh);
    add_number(out, "  ", "winter_money_kwh", s->contract_season_money_kwh[0]);
    add_number(out, "  ", "shoulder_money_kwh", s->contract_season_money_kwh[1]);
    add_number(out, "  ", "summer_money_kwh", s->contract_season_money_kwh[2]);
    add_number(out, "  ", "peak_money_kw_year", s->contract_peak_money_kw_year);
    add_number(out, "  ", "term_year", s->contract_term_year);
    add_number(out, "  ", "source_heat_money_kwh", s->source_heat_money_kwh);
    if (s->requirements_count) {
        text_add(out, "require:\n");
    }
    for (int k = 0; k < s->requirements_count; k++) {
        add_number(out, "  ", s->requirements[k].key, s->requirements[k].value);
    }
    write_site(s, out);
    write_community(s, out);
    write_third_party(s, out);
    text_add_format(out, "objective:\n  view: %s\n  parties: [",
                    s->view_society ? "society" : "parties");
    for (int k = 0, count = 0; k < PARTY_COUNT; k++) {
        if (s->objective_party[k]) {
            text_add_format(out, "%s%s", count++ ? ", " : "", party_name((enum party)k));
        }
    }
    text_add_format(out, "]\nreference: %s\nfirm: %s\n",
                    s->reference_best_alone ? "best_alone" : "as_today",
                    s->no_design_days ? "none"
                    : s->waive_firm   ? "waived"
                                      : "required");
}

static const char *origin(enum given given, const struct param *param, struct arena *arena) {
    if (given == GIVEN_SCENARIO) {
        return "scenario";
    }
    if (given == GIVEN_DERIVED) {
        return "derived from the scenario";
    }
    return arena_format(arena, "default: %s", param->source);
}

static void add_capacity(struct text_buffer *out, const char *key,
                         const struct capacity *capacity) {
    if (capacity->chosen) {
        text_add_format(out, "      %s: {choose: {min: ", key);
        text_add_number(out, capacity->min);
        if (isfinite(capacity->max)) {
            text_add(out, ", max: ");
            text_add_number(out, capacity->max);
        }
        text_add(out, "}}");
    } else {
        text_add_format(out, "      %s: ", key);
        text_add_number(out, capacity->fixed);
    }
}

/* What was to be tried, and what was chosen of it. */
static void add_tried(struct text_buffer *out, const char *key, const struct tried *tried) {
    text_add_format(out, "      %s: {choose: [", key);
    for (int k = 0; k < tried->count; k++) {
        text_add(out, k ? ", " : "");
        text_add_number(out, tried->value[k]);
    }
    text_add(out, "]");
    if (!isnan(tried->chosen_value)) {
        text_add(out, ", chosen: ");
        text_add_number(out, tried->chosen_value);
    }
    text_add(out, "}");
}

static bool add_curve(struct text_buffer *out, const char *key, const struct curve *curve) {
    if (curve->points == 0) {
        return false;
    }
    text_add_format(out, "      %s: ", key);
    if (curve->points == 1) {
        text_add_number(out, curve->value[0]);
        return true;
    }
    for (int p = 0; p < curve->points; p++) {
        text_add(out, p ? ", at " : "{at ");
        text_add_number(out, curve->outdoor_c[p]);
        text_add(out, ": ");
        text_add_number(out, curve->value[p]);
    }
    text_add(out, "}");
    return true;
}

/* Appends "key: value" without the end of the line; false when there is nothing to write. */
static bool add_value(struct text_buffer *out, const struct instance *instance, int k) {
    const struct param *param = &instance->kind->params[k];
    const char *at = (const char *)instance->self + param->offset;
    bool is_capacity =
        instance->kind->capacity && strcmp(instance->kind->capacity, param->key) == 0;
    bool is_capacity2 =
        instance->kind->capacity2 && strcmp(instance->kind->capacity2, param->key) == 0;
    if (is_capacity || is_capacity2) {
        const struct capacity *capacity = is_capacity ? &instance->capacity : &instance->capacity2;
        if (!capacity->chosen && !isfinite(capacity->fixed)) {
            return false;
        }
        add_capacity(out, param->key, capacity);
        return true;
    }
    if (instance->tried && strcmp(instance->kind->tried, param->key) == 0) {
        add_tried(out, param->key, instance->tried);
        return true;
    }
    switch (param->kind) {
    case PARAM_NUMBER: {
        double value = *(const double *)(const void *)at;
        if (!isfinite(value)) {
            return false;
        }
        text_add_format(out, "      %s: ", param->key);
        text_add_number(out, value);
        return true;
    }
    case PARAM_WORD:
        text_add_format(out, "      %s: %s", param->key,
                        param->words[*(const int *)(const void *)at]);
        return true;
    case PARAM_FLAG:
        text_add_format(out, "      %s: %s", param->key,
                        *(const bool *)(const void *)at ? "true" : "false");
        return true;
    case PARAM_INPUT: {
        const struct input *input = (const struct input *)(const void *)at;
        if (instance->given_text[k]) {
            text_add_format(out, "      %s: %s", param->key, instance->given_text[k]);
            return true;
        }
        if (!isfinite(input->value)) {
            return false;
        }
        text_add_format(out, "      %s: ", param->key);
        text_add_number(out, input->value);
        return true;
    }
    case PARAM_CURVE:
        return add_curve(out, param->key, (const struct curve *)(const void *)at);
    }
    return false;
}

/* Which parameters did not take their default, so that the written form keeps where each value came
   from. */
static void add_given(struct text_buffer *out, const struct instance *instance, const char *key,
                      enum given given) {
    text_add_format(out, "      %s: [", key);
    for (int k = 0, count = 0; k < instance->kind->params_count; k++) {
        if (instance->given[k] == given) {
            text_add_format(out, "%s%s", count++ ? ", " : "", instance->kind->params[k].key);
        }
    }
    text_add(out, "]\n");
}

static void add_instance(const struct scenario *s, const struct instance *instance,
                         struct text_buffer *out) {
    text_add_format(
        out,
        "    - name: %s\n      kind: %s\n      owner: %s\n      existing: %s\n      fuel: %s\n",
        instance->name, instance->kind->name, party_name(instance->owner),
        instance->existing ? "true" : "false", instance->fuel);
    if (strcmp(instance->title, instance->name) != 0) {
        text_add(out, "      title: ");
        write_quoted(out, instance->title);
        text_add(out, "\n");
    }
    if (instance->meter >= 0) {
        text_add_format(out, "      meter: %s\n", s->buses[instance->meter].name);
    }
    if (instance->hall >= 0) {
        text_add_format(out, "      hall: %s\n", s->halls[instance->hall].name);
    }
    if (instance->town >= 0) {
        text_add_format(out, "      town: %s\n", s->towns[instance->town].name);
    }
    text_add(out, "      in: [");
    for (int k = 0, count = 0; k < CASES; k++) {
        if (instance->in_case[k]) {
            text_add_format(out, "%s%s", count++ ? ", " : "", case_name((enum plan_case)k));
        }
    }
    text_add(out, "]\n      ports: {");
    for (int p = 0, count = 0; p < instance->kind->ports_count; p++) {
        if (instance->port_bus[p] >= 0) {
            text_add_format(out, "%s%s: %s", count++ ? ", " : "", instance->kind->ports[p].name,
                            s->buses[instance->port_bus[p]].name);
        }
    }
    text_add(out, "}\n");
    add_given(out, instance, "from_scenario", GIVEN_SCENARIO);
    add_given(out, instance, "derived", GIVEN_DERIVED);
    for (int k = 0; k < instance->kind->params_count; k++) {
        if (add_value(out, instance, k)) {
            const char *key = instance->kind->params[k].key;
            bool chosen = instance->tried && strcmp(instance->kind->tried, key) == 0 &&
                          !isnan(instance->tried->chosen_value);
            text_add_format(out, "  # %s%s\n",
                            origin(instance->given[k], &instance->kind->params[k], out->arena),
                            chosen ? "; chosen: the plan that costs least" : "");
        }
    }
}

static const char *name_of(const struct scenario *s, int i) {
    return i >= 0 ? s->instances[i].name : "none";
}

static void write_pipe_choices(struct text_buffer *out, const struct pipes_file *file) {
    for (int k = 0; k < file->choices_count; k++) {
        text_add(out, k ? ", " : "  pipe_choice: {");
        write_quoted(out, file->choices[k].pipe);
        text_add_format(out, ": %s", file->choices[k].choice);
    }
    text_add(out, file->choices_count ? "}\n" : "");
}

static void add_wiring(const struct scenario *s, struct text_buffer *out) {
    text_add(out, "wired:\n  buses:\n");
    for (int b = 0; b < s->buses_count; b++) {
        text_add_format(out, "    - {name: %s, carrier: %s}\n", s->buses[b].name,
                        carrier_name(s->buses[b].carrier));
    }
    text_add(out, "  meters:\n");
    for (int m = 0; m < s->meters_count; m++) {
        bool more = s->meters[m].tariff || s->meters[m].transformer; /* than a line holds */
        text_add_format(out,
                        more ? "    - name: %s\n      bus: %s\n      grid: %s\n      party: %s\n"
                             : "    - {name: %s, bus: %s, grid: %s, party: %s}\n",
                        s->meters[m].name, s->buses[s->meters[m].bus].name,
                        name_of(s, s->meters[m].grid), party_name(s->meters[m].party));
        if (s->meters[m].transformer) {
            write_transformer(s->meters[m].transformer, "      ", out);
        }
        if (s->meters[m].tariff) {
            write_tariff(s->meters[m].tariff, "      ", out);
        }
    }
    text_add(out, s->halls_count ? "  halls:\n" : "  halls: []\n");
    for (int h = 0; h < s->halls_count; h++) {
        const struct hall *hall = &s->halls[h];
        text_add_format(
            out, "    - {name: %s, cooling: %s, room_cooling: %s, recovery: %s, meter: %s}\n",
            hall->name, name_of(s, hall->cooling), name_of(s, hall->room_cooling),
            name_of(s, hall->recovery), hall->meter >= 0 ? s->buses[hall->meter].name : "none");
    }
    text_add(out, s->towns_count ? "  towns:\n" : "  towns: []\n");
    for (int k = 0; k < s->towns_count; k++) {
        const struct town_entry *town = &s->towns[k];
        text_add_format(out, "    - {name: %s, connect: %s, connection_money: ", town->name,
                        connect_words[town->connect]);
        text_add_number(out, town->connection_money);
        text_add_format(out, ", substation: %s, heaters: [", name_of(s, town->substation));
        for (int n = 0; n < town->heaters_count; n++) {
            text_add_format(out, "%s%s", n ? ", " : "", name_of(s, town->heaters[n]));
        }
        text_add(out, "]}\n");
    }
    text_add_format(out, "  network: %s\n", name_of(s, s->network));
    if (s->pipes.text) {
        text_add(out, "  pipes: ");
        write_quoted(out, s->pipes.absolute);
        text_add(out, "\n");
        write_pipe_choices(out, &s->pipes);
    }
    add_number(out, "  ", "renewable_frac", s->renewable_grid_frac);
    add_number(out, "  ", "carbon_average_kgco2_kwh", s->carbon_average_kgco2_kwh);
    add_number(out, "  ", "carbon_marginal_kgco2_kwh", s->carbon_marginal_kgco2_kwh);
    text_add(out, "  require_lines: [");
    for (int k = 0; k < s->requirements_count; k++) {
        text_add_format(out, "%s%d", k ? ", " : "", s->requirements[k].place.line);
    }
    text_add(out, "]\n  notes:");
    text_add(out, s->notes_count ? "\n" : " []\n");
    for (int k = 0; k < s->notes_count; k++) {
        text_add(out, "    - ");
        write_quoted(out, s->notes[k]);
        text_add(out, "\n");
    }
    text_add(out, "  instances:\n");
    for (int i = 0; i < s->instances_count; i++) {
        add_instance(s, &s->instances[i], out);
    }
}

enum status scenario_write(const struct scenario *scenario, struct arena *arena,
                           const char **ret_text, size_t *ret_size) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    add_head(scenario, &out);
    add_terms(scenario, &out);
    add_wiring(scenario, &out);
    if (out.failed) {
        return STATUS_NO_MEMORY;
    }
    *ret_text = out.data;
    *ret_size = out.size;
    return STATUS_OK;
}
