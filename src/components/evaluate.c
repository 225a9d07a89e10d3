/* One step of a component from texts: a table of the context's keys, hours of one entry, and the
   results as a list. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/evaluate.h"

#include <string.h>

#include "base/text.h"
#include "components/hours.h"

enum { YEAR_H = 8760, VALUES_MAX = 160 };

/* ---- the context ----------------------------------------------------------------------------- */
enum context_kind { ARRAY_OF_NUMBERS, ARRAY_OF_INTEGERS, NUMBER, NUMBER_OF_YEAR };

struct context_key {
    const char *key, *text; /* "outdoor_c", "outdoor_c=10" */
    double fallback;
    enum context_kind kind;
    size_t offset; /* of the member of struct hours */
};
#define KEY(kind_, name, fallback_)                                                                \
    { #name, #name "=" #fallback_, fallback_, kind_, offsetof(struct hours, name) }
/* A noon in the heating season of the middle latitudes. */
static const struct context_key context_keys[] = {
    KEY(ARRAY_OF_NUMBERS, outdoor_c, 10),
    KEY(ARRAY_OF_NUMBERS, outdoor_day_c, NAN),
    KEY(ARRAY_OF_NUMBERS, outdoor_weighted_c, NAN),
    KEY(ARRAY_OF_NUMBERS, wet_bulb_c, 7),
    KEY(ARRAY_OF_NUMBERS, humidity_kg_kg, 0.005),
    KEY(ARRAY_OF_NUMBERS, pressure_kpa, 101.325),
    KEY(ARRAY_OF_NUMBERS, wind_m_s, 3),
    KEY(ARRAY_OF_NUMBERS, global_kw_m2, 0),
    KEY(ARRAY_OF_NUMBERS, direct_normal_kw_m2, 0),
    KEY(ARRAY_OF_NUMBERS, diffuse_kw_m2, 0),
    KEY(ARRAY_OF_NUMBERS, ground_c, 10),
    KEY(ARRAY_OF_NUMBERS, hour_h, 12),
    KEY(ARRAY_OF_INTEGERS, month, 0),
    KEY(ARRAY_OF_INTEGERS, weekday, 0),
    KEY(ARRAY_OF_INTEGERS, day_of_year, 0),
    KEY(NUMBER, step_h, 1),
    KEY(NUMBER, latitude_deg, 50),
    KEY(NUMBER, longitude_deg, 0),
    KEY(NUMBER, utc_offset_h, 0),
    KEY(NUMBER, altitude_m, 0),
    KEY(NUMBER, outdoor_min_c, -10),
    KEY(NUMBER, outdoor_mean_c, 10),
    KEY(NUMBER, heating_degree_dayk, 3000),
    KEY(NUMBER, size, 1000),
    KEY(NUMBER, size2, 0),
    {"year_outdoor_c", "year_outdoor_c=10", 10, NUMBER_OF_YEAR, 0},
};
#undef KEY
enum {
    OUTDOOR,
    OUTDOOR_DAY,
    OUTDOOR_WEIGHTED,
    CONTEXT_COUNT = COUNT(context_keys),
    SIZE = CONTEXT_COUNT - 3,
    YEAR_OUTDOOR = CONTEXT_COUNT - 1
};

const char *evaluate_context(int index) {
    static const char *const as_outdoor[] = {"outdoor_day_c=outdoor_c",
                                             "outdoor_weighted_c=outdoor_c"};
    if (index < 0 || index >= CONTEXT_COUNT) {
        return NULL;
    }
    bool copied = index == OUTDOOR_DAY || index == OUTDOOR_WEIGHTED;
    return copied ? as_outdoor[index - OUTDOOR_DAY] : context_keys[index].text;
}

struct step {
    const struct component *component;
    struct arena *arena;
    struct diag *diag;
    void *self;
    struct hours hours;
    double number[COUNT(context_keys)];
    int integer[COUNT(context_keys)];
    struct climate_year year;
    double port_c[PORTS_MAX][3]; /* supply, return, preheated return; NaN: not given */
    struct coefficients *coefficients;
    struct evaluate_value *values;
    int count, outside; /* results; mistakes that are numbers outside their range */
};

static enum status year_of(struct step *step) {
    double *outdoor_c = ARENA_TAKE(step->arena, double, YEAR_H);
    double *zero = ARENA_TAKE(step->arena, double, YEAR_H);
    if (!outdoor_c || !zero) {
        return STATUS_NO_MEMORY;
    }
    for (int h = 0; h < YEAR_H; h++) {
        outdoor_c[h] = step->number[YEAR_OUTDOOR];
    }
    struct climate_year *year = &step->year;
    year->count = YEAR_H;
    year->first_weekday = 0;
    year->outdoor_c = year->outdoor_weighted_c = year->dew_point_c = year->wet_bulb_c = outdoor_c;
    year->humidity_kg_kg = year->pressure_kpa = year->wind_m_s = zero;
    year->global_kw_m2 = year->direct_normal_kw_m2 = year->diffuse_kw_m2 = zero;
    step->hours.year = year;
    step->hours.heat_weight_year_h = YEAR_H * fmax(0.0, 16.0 - step->number[YEAR_OUTDOOR]);
    return STATUS_OK;
}

static enum status hours_of(struct step *step) {
    for (int k = OUTDOOR_DAY; k <= OUTDOOR_WEIGHTED; k++) {
        if (isnan(step->number[k])) {
            step->number[k] = step->number[OUTDOOR];
        }
    }
    for (int k = 0; k < CONTEXT_COUNT; k++) {
        char *member = (char *)&step->hours + context_keys[k].offset;
        step->integer[k] = isnan(step->number[k]) ? 0 : (int)step->number[k];
        if (context_keys[k].kind == ARRAY_OF_NUMBERS) {
            *(const double **)(void *)member = &step->number[k];
        } else if (context_keys[k].kind == ARRAY_OF_INTEGERS) {
            *(const int **)(void *)member = &step->integer[k];
        } else if (context_keys[k].kind == NUMBER) {
            *(double *)(void *)member = step->number[k];
        }
    }
    step->hours.count = step->hours.horizon_count = 1;
    return year_of(step);
}

/* ---- reading the arguments ------------------------------------------------------------------- */
static const struct place nowhere = {NULL, 0, 0};

static bool number_of(struct step *step, const char *key, const char *text, double min, double max,
                      double *ret_value) {
    double value = 0.0;
    bool number = text_number(text, strlen(text), &value);
    if (!number || value < min || value > max) {
        step->outside += number ? 1 : 0;
        char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
        (void)text_from_number(low, min);
        (void)text_from_number(high, max);
        diag_error(step->diag, nowhere, "%s: %s is no number of %s..%s", key, text, low, high);
        return false;
    }
    *ret_value = value;
    return true;
}

static void read_word(struct step *step, const struct param *param, const char *text, int *ret) {
    for (int w = 0; w < WORDS_MAX && param->words[w]; w++) {
        if (strcmp(param->words[w], text) == 0) {
            *ret = w;
            return;
        }
    }
    diag_error(step->diag, nowhere, "%s: there is no %s", param->key, text);
}

static void read_param(struct step *step, const struct param *param, const char *text) {
    void *at = (char *)step->self + param->offset;
    double value = 0.0;
    switch (param->kind) {
    case PARAM_WORD:
        read_word(step, param, text, at);
        return;
    case PARAM_FLAG:
        *(bool *)at = strcmp(text, "true") == 0;
        if (!*(bool *)at && strcmp(text, "false") != 0) {
            diag_error(step->diag, nowhere, "%s: %s is neither true nor false", param->key, text);
        }
        return;
    case PARAM_NUMBER:
    case PARAM_INPUT:
    case PARAM_CURVE:
        break;
    }
    if (!number_of(step, param->key, text, param->min, param->max, &value)) {
        return;
    }
    if (param->kind == PARAM_NUMBER) {
        *(double *)at = value;
    } else if (param->kind == PARAM_INPUT) {
        ((struct input *)at)->value = value;
    } else {
        ((struct curve *)at)->points = 1;
        ((struct curve *)at)->value[0] = value;
    }
}

bool evaluate_param(const struct component *component, const char *key, const char *text,
                    struct diag *diag, void *self) {
    struct step step = {.component = component, .diag = diag, .self = self};
    const struct param *param = component_param(component, key);
    int before = diag_errors(diag);
    if (!param) {
        diag_error(diag, nowhere, "%s has no key %s", component->name, key);
        return false;
    }
    read_param(&step, param, text);
    return diag_errors(diag) == before;
}

/* "heat_in.supply_c" and the like; false when the key is none of them. */
static bool read_port(struct step *step, const char *key, const char *text) {
    const char *dot = strchr(key, '.');
    for (int p = 0; dot && p < step->component->ports_count; p++) {
        const char *name = step->component->ports[p].name;
        if (strlen(name) != (size_t)(dot - key) || strncmp(name, key, strlen(name)) != 0) {
            continue;
        }
        if (strcmp(dot, ".wired") == 0) {
            step->hours.wired[p] = strcmp(text, "false") != 0;
            return true;
        }
        static const char *const sides[] = {".supply_c", ".return_c", ".preheat_c"};
        for (int side = 0; side < COUNT(sides); side++) {
            if (strcmp(dot, sides[side]) == 0) {
                (void)number_of(step, key, text, -50.0, 250.0, &step->port_c[p][side]);
                return true;
            }
        }
        return false;
    }
    return false;
}

static void read_argument(struct step *step, const char *argument) {
    const char *equals = strchr(argument, '=');
    const char *key =
        equals ? arena_text_n(step->arena, argument, (size_t)(equals - argument)) : NULL;
    if (!key) {
        diag_error(step->diag, nowhere, "%s is no key=value", argument);
        return;
    }
    const struct param *param = component_param(step->component, key);
    if (param) {
        read_param(step, param, equals + 1);
        return;
    }
    for (int k = 0; k < CONTEXT_COUNT; k++) {
        if (strcmp(context_keys[k].key, key) == 0) {
            (void)number_of(step, key, equals + 1, -1e12, 1e12, &step->number[k]);
            return;
        }
    }
    if (!read_port(step, key, equals + 1)) {
        diag_error(step->diag, nowhere, "%s has no key %s", step->component->name, key);
    }
}

/* A required number that was not given is an error, but for the capacity: coefficients do not read
   it. */
static void check_required(struct step *step) {
    for (int k = 0; k < step->component->params_count; k++) {
        const struct param *param = &step->component->params[k];
        void *at = (char *)step->self + param->offset;
        bool capacity =
            step->component->capacity && strcmp(param->key, step->component->capacity) == 0;
        bool open = param->fallback == REQUIRED &&
                    ((param->kind == PARAM_NUMBER && isinf(*(double *)at)) ||
                     (param->kind == PARAM_INPUT && isinf(((struct input *)at)->value)) ||
                     (param->kind == PARAM_CURVE && isinf(((struct curve *)at)->value[0])));
        if (open && capacity) {
            *(double *)at = step->number[SIZE];
        } else if (open) {
            diag_error(step->diag, nowhere, "%s needs %s", step->component->name, param->key);
        }
    }
}

/* ---- results --------------------------------------------------------------------------------- */
static void add(struct step *step, const char *prefix, const char *key, double value) {
    if (step->count < VALUES_MAX) {
        const char *whole = prefix ? arena_format(step->arena, "%s.%s", prefix, key) : key;
        step->values[step->count++] = (struct evaluate_value){whole, value};
    }
}

static void add_mode(struct step *step, int m) {
    const struct component *component = step->component;
    const struct mode *mode = &step->coefficients->mode[m];
    const char *prefix = step->coefficients->modes > 1 ? component->mode_names[m] : NULL;
    for (int p = 0; p < component->ports_count; p++) {
        add(step, prefix, component->ports[p].name, mode->port[p][0]);
    }
    add(step, prefix, "may_run", mode->may_run[0] ? 1.0 : 0.0);
    add(step, prefix, "use", mode->use[0]);
    add(step, prefix, "cost_money_kwh", mode->cost_money_kwh[0]);
    add(step, prefix, "carbon_kgco2_kwh", mode->carbon_kgco2_kwh[0]);
    add(step, prefix, "carbon_marginal_kgco2_kwh", mode->carbon_marginal_kgco2_kwh[0]);
    add(step, prefix, "lifts_kw_kw", mode->lifts_kw_kw[0]);
}

static void add_shape(struct step *step) {
    const struct coefficients *c = step->coefficients;
    if (step->component->shape == SHAPE_STORE) {
        add(step, NULL, "kept_frac", c->kept_frac[0]);
        add(step, NULL, "charge_eff", c->charge_eff[0]);
        add(step, NULL, "discharge_eff", c->discharge_eff[0]);
        add(step, NULL, "standing_kw_kwh", c->standing_kw_kwh[0]);
        add(step, NULL, "charge_per_h", c->charge_per_h_ratio);
        add(step, NULL, "discharge_per_h", c->discharge_per_h_ratio);
        add(step, NULL, "level_min_frac", c->level_min_frac);
        if (!isnan(c->start_frac)) {
            add(step, NULL, "start_frac", c->start_frac);
        }
        add(step, NULL, "end_frac", c->end_frac);
        add(step, NULL, "level_max_frac", c->level_max_frac);
        return;
    }
    if (step->component->shape == SHAPE_LINE) {
        add(step, NULL, "loss_frac", c->loss_frac[0]);
        add(step, NULL, "standing_kw_kw", c->standing_kw_kw[0]);
        add(step, NULL, "pump_kw_kw", c->pump_kw_kw[0]);
        return;
    }
    for (int m = 0; m < c->modes; m++) {
        add_mode(step, m);
    }
    if (step->component->shape != SHAPE_LOAD) {
        add(step, NULL, "availability_frac", c->availability_frac[0]);
    }
}

static void add_cost(struct step *step) {
    const struct component *component = step->component;
    double size = step->hours.size;
    if (component->capex_money || component->cost.currency) {
        add(step, NULL, "capex_money", component_capex_money(component, step->self, size, 0));
    }
}

/* Temperatures of the ports: given, or what the component itself says. */
static void set_ports(struct step *step) {
    const struct component *component = step->component;
    for (int p = 0; p < component->ports_count; p++) {
        const struct port *port = &component->ports[p];
        bool given = !isnan(step->port_c[p][0]) || !isnan(step->port_c[p][1]);
        if (!given && port->sets_temperature && component->temperatures) {
            component->temperatures(step->self, &step->hours, p, &step->port_c[p][0],
                                    &step->port_c[p][1]);
            add(step, port->name, "supply_c", step->port_c[p][0]);
            add(step, port->name, "return_c", step->port_c[p][1]);
            given = !isnan(step->port_c[p][0]);
        }
        if (given) {
            bool preheated = !isnan(step->port_c[p][2]);
            step->hours.port[p] = (struct port_temperatures){
                &step->port_c[p][0], &step->port_c[p][1], preheated ? &step->port_c[p][2] : NULL};
        }
    }
}

enum status evaluate_component(const struct component *component, int count,
                               const char *const *arguments, struct arena *arena, struct diag *diag,
                               struct evaluation *ret) {
    struct step *step = ARENA_TAKE(arena, struct step, 1);
    if (!step) {
        return STATUS_NO_MEMORY;
    }
    step->component = component;
    step->arena = arena;
    step->diag = diag;
    step->self = arena_take(arena, 1, component->size);
    step->values = ARENA_TAKE(arena, struct evaluate_value, VALUES_MAX);
    step->coefficients = coefficients_new(arena, component, 1);
    if (!step->self || !step->values || !step->coefficients) {
        return STATUS_NO_MEMORY;
    }
    component_defaults(component, step->self);
    for (int p = 0; p < PORTS_MAX; p++) {
        step->port_c[p][0] = step->port_c[p][1] = step->port_c[p][2] = (double)NAN;
        step->hours.wired[p] = p < component->ports_count;
    }
    for (int k = 0; k < CONTEXT_COUNT; k++) {
        step->number[k] = context_keys[k].fallback;
    }
    int before = diag_errors(diag);
    for (int k = 0; k < count; k++) {
        read_argument(step, arguments[k]);
    }
    check_required(step);
    int mistakes = diag_errors(diag) - before;
    if (mistakes > 0) {
        return mistakes > step->outside ? STATUS_USAGE : STATUS_BAD_SCENARIO;
    }
    TRY(hours_of(step));
    set_ports(step);
    if (component->coefficients) {
        component->coefficients(step->self, &step->hours, step->coefficients);
    }
    add_shape(step);
    add_cost(step);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    *ret = (struct evaluation){step->count, step->values};
    return STATUS_OK;
}

static bool find(const struct evaluation *evaluation, const char *key, size_t size,
                 double *ret_value) {
    for (int k = 0; k < evaluation->count; k++) {
        const char *known = evaluation->values[k].key;
        if (strlen(known) == size && strncmp(known, key, size) == 0) {
            *ret_value = evaluation->values[k].value;
            return true;
        }
    }
    return false;
}

bool evaluate_find(const struct evaluation *evaluation, const char *key, double *ret_value) {
    const char *slash = strchr(key, '/');
    double over = 0.0, under = 0.0;
    if (!slash) {
        return find(evaluation, key, strlen(key), ret_value);
    }
    if (!find(evaluation, key, (size_t)(slash - key), &over) ||
        !find(evaluation, slash + 1, strlen(slash + 1), &under) || under == 0.0) {
        return false;
    }
    *ret_value = over / under;
    return true;
}
