/* Reading what is to be tried. Each combination is the scenario's own text with one key more, so that all that follows
   from the value (what the servers breathe, what the exchanger hands over, what the weather allows) is read as if the
   person had written it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/tried.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scenario/reading.h"

static const double same_ratio = 1e-9;
static const char section[] = "data_centre", kind_name[] = "data_hall";

/* ---- the list ---- */

static bool read_list(struct reading *r, const struct param *param, const struct node *list,
                      double *value, int *ret_count) {
    for (int k = 0; k < list->count; k++) {
        if (k >= TRIED_VALUES_MAX) {
            diag_error(r->diag, list->place, "%s: %d values to try, more than %d", param->key,
                       list->count, TRIED_VALUES_MAX);
            diag_remedy(r->diag, "try fewer; the curve shows where to look closer");
            return false;
        }
        if (!reading_scalar(r, list->children[k], param->key, param->min, param->max, &value[k])) {
            return false;
        }
        if (k > 0 && value[k] <= value[k - 1]) {
            diag_error(r->diag, list->children[k]->place, "%s: values to try rise, %s does not",
                       param->key, list->children[k]->text);
            diag_remedy(r->diag, "write each once, the lowest first");
            return false;
        }
    }
    *ret_count = list->count;
    return true;
}

/* {from, to, step}: from, from + step ... as long as they are not above to. */
static bool read_range(struct reading *r, const struct param *param, const struct node *range,
                       double *value, int *ret_count) {
    static const char *const keys[] = {"from", "to", "step"};
    int errors = diag_errors(r->diag);
    reading_check_keys(r, range, "choose", keys, COUNT(keys));
    double from = reading_number(r, range, "from", HUGE_VAL, param->min, param->max),
           to = reading_number(r, range, "to", HUGE_VAL, param->min, param->max),
           step = reading_number(r, range, "step", HUGE_VAL, 0.01, param->max - param->min);
    if (diag_errors(r->diag) > errors) {
        return false;
    }
    double steps = floor((to - from) / step + same_ratio);
    if (!(steps >= 1.0 && steps < TRIED_VALUES_MAX)) {
        diag_error(r->diag, range->place,
                   "%s: from, to and step name %s value to try; it is 2 to %d", param->key,
                   steps < 1.0 ? "no second" : "too many a", TRIED_VALUES_MAX);
        diag_remedy(r->diag, "write  %s: {choose: {from: 20, to: 45, step: 5}}", param->key);
        return false;
    }
    *ret_count = (int)steps + 1;
    for (int k = 0; k < *ret_count; k++) {
        value[k] = from + k * step;
    }
    return true;
}

static bool read_values(struct reading *r, const struct param *param, const struct node *node,
                        double *value, int *ret_count) {
    static const char *const keys[] = {"choose", "chosen"};
    const struct node *choose = document_find(node, "choose");
    int errors = diag_errors(r->diag);
    if (node->kind == NODE_MAP) {
        reading_check_keys(r, node, param->key, keys, COUNT(keys));
    }
    if (diag_errors(r->diag) > errors) {
        return false;
    }
    if (!choose || (choose->kind != NODE_LIST && choose->kind != NODE_MAP) || choose->count == 0) {
        reading_wrong_kind(r, choose ? choose : node, param->key,
                           "a number, or {choose: [...]} with the values to try",
                           "{choose: [20, 26, 32]}");
        return false;
    }
    bool good = choose->kind == NODE_LIST ? read_list(r, param, choose, value, ret_count)
                                          : read_range(r, param, choose, value, ret_count);
    return good && diag_errors(r->diag) == errors;
}

void tried_param(struct reading *r, struct instance *instance, const struct param *param,
                 const struct node *node, double *ret_value) {
    double *value = ARENA_TAKE(r->arena, double, TRIED_VALUES_MAX);
    struct tried *tried = ARENA_TAKE(r->arena, struct tried, 1);
    const struct node *chosen = document_find(node, "chosen");
    if (!value || !tried) {
        return;
    }
    *tried = (struct tried){0, value, (double)NAN, node->place};
    if (!read_values(r, param, node, value, &tried->count)) {
        return;
    }
    instance->tried = tried;
    *ret_value = value[0];
    if (!chosen) { /* of a text that plan/ has not been through */
        diag_error(r->diag, node->place, "%s: here one value must be chosen already", param->key);
        diag_remedy(r->diag, "add  chosen: NUMBER,  or plan the scenario this was written from");
        return;
    }
    if (!reading_scalar(r, chosen, "chosen", param->min, param->max, ret_value)) {
        return;
    }
    for (int k = 0; k < tried->count; k++) {
        if (fabs(value[k] - *ret_value) <= same_ratio * fabs(value[k])) {
            tried->chosen_value = *ret_value;
            return;
        }
    }
    diag_error(r->diag, chosen->place, "chosen: %s is none of the values to try", chosen->text);
    diag_remedy(r->diag, "write one of choose, or add it there");
}

/* ---- what is open ---- */

static const char *key_of(void) { return component_find(kind_name)->tried; }

/* The map of a hall's entry that leaves its value open, or NULL. */
static const struct node *open_node(const struct node *entry) {
    const struct node *node = entry->kind == NODE_MAP ? document_find(entry, key_of()) : NULL;
    return node && node->kind == NODE_MAP && document_find(node, "choose") &&
                   !document_find(node, "chosen")
               ? node
               : NULL;
}

static const struct node *halls_of(const struct node *root) {
    const struct node *list = root->kind == NODE_MAP ? document_find(root, section) : NULL;
    return list && list->kind == NODE_LIST ? list : NULL;
}

bool tried_is_open(const struct node *root) {
    const struct node *list = halls_of(root);
    for (int k = 0; list && k < list->count; k++) {
        if (open_node(list->children[k])) {
            return true;
        }
    }
    return false;
}

const struct tried *tried_of(const struct scenario *scenario, int hall) {
    return scenario->instances[scenario->halls[hall].instance].tried;
}

int tried_halls(const struct scenario *scenario, int *ret_hall) {
    int count = 0;
    for (int h = 0; h < scenario->halls_count; h++) {
        const struct tried *tried = tried_of(scenario, h);
        if (tried && isnan(tried->chosen_value)) {
            ret_hall[count++] = h;
        }
    }
    return count;
}

int tried_plans(const struct scenario *scenario, const int *hall, int count) {
    int plans = count > 0 ? 1 : 0;
    for (int k = 0; k < count; k++) {
        plans *= tried_of(scenario, hall[k])->count;
    }
    return plans;
}

void tried_values(const struct scenario *scenario, const int *hall, int count, int plan,
                  double *ret_value) {
    for (int k = count - 1; k >= 0; k--) {
        const struct tried *tried = tried_of(scenario, hall[k]);
        ret_value[k] = tried->value[plan % tried->count];
        plan /= tried->count;
    }
}

/* ---- one combination ---- */

struct open {
    int count;
    int hall[HALLS_MAX], values_count[HALLS_MAX];
    double value[HALLS_MAX][TRIED_VALUES_MAX];
    struct place place[HALLS_MAX];
};

static enum status parse_with(struct arena *arena, struct diag *diag, const char *file,
                              const struct scenario_source *source, const struct open *open,
                              const double *value, struct scenario **ret) {
    int count = source->changes_count + open->count;
    struct scenario_change *changes = ARENA_TAKE(arena, struct scenario_change, count);
    if (!changes) {
        return STATUS_NO_MEMORY;
    }
    if (source->changes_count > 0) {
        memcpy(changes, source->changes, (size_t)source->changes_count * sizeof *changes);
    }
    for (int k = 0; k < open->count; k++) {
        char number[TEXT_NUMBER_SIZE];
        (void)text_from_number(number, value[k]);
        changes[source->changes_count + k] = (struct scenario_change){
            .path = arena_format(arena, "%s.%d.%s.chosen", section, open->hall[k], key_of()),
            .text = arena_text(arena, number),
            .place = open->place[k]};
    }
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    return scenario_parse_changed(arena, diag, file, source->text, source->size, changes, count,
                                  ret);
}

enum status tried_read(const struct scenario *scenario, const int *hall, const double *value,
                       int count, struct arena *arena, struct diag *diag, struct scenario **ret) {
    struct open open = {.count = count};
    for (int k = 0; k < count; k++) {
        open.hall[k] = hall[k];
        open.place[k] = tried_of(scenario, hall[k])->place;
    }
    return parse_with(arena, diag, scenario->file, &scenario->source, &open, value, ret);
}

/* ---- the first combination that can be done ---- */

/* False where a list is not understood: the reading itself says so. */
static bool find_open(struct reading *r, struct open *open) {
    const struct node *list = halls_of(r->root);
    const struct param *param = component_param(component_find(kind_name), key_of());
    for (int h = 0; list && h < list->count && h < HALLS_MAX; h++) {
        const struct node *node = open_node(list->children[h]);
        int k = open->count;
        if (!node) {
            continue;
        }
        if (!read_values(r, param, node, open->value[k], &open->values_count[k])) {
            return false;
        }
        open->hall[k] = h;
        open->place[k] = node->place;
        open->count++;
    }
    return true;
}

static bool few_enough(struct reading *r, const struct open *open, int *ret_plans) {
    *ret_plans = 1;
    for (int k = 0; k < open->count; k++) {
        *ret_plans *= open->values_count[k];
        if (*ret_plans > TRIED_PLANS_MAX) {
            diag_error(r->diag, open->place[k],
                       "%s: with the halls before it more than %d plans would have to be tried",
                       key_of(), TRIED_PLANS_MAX);
            diag_remedy(r->diag, "give fewer values, or try one hall after the other");
            return false;
        }
    }
    return true;
}

static void leave_open(struct scenario *s, const struct open *open) {
    for (int k = 0; k < open->count; k++) {
        struct instance *instance = &s->instances[s->halls[open->hall[k]].instance];
        struct tried *tried = instance->tried;
        tried->chosen_value = (double)NAN;
    }
}

enum status tried_parse(struct reading *r, const struct scenario_source *source,
                        struct scenario **ret) {
    struct open open = {.count = 0};
    struct diag *first = NULL;
    enum status answer = STATUS_BAD_SCENARIO;
    int plans = 0;
    if (!find_open(r, &open) || !few_enough(r, &open, &plans)) {
        return STATUS_BAD_SCENARIO;
    }
    for (int plan = 0; plan < plans; plan++) {
        double value[HALLS_MAX];
        struct diag *diag = diag_new(r->arena);
        if (!diag) {
            return STATUS_NO_MEMORY;
        }
        for (int k = open.count - 1, rest = plan; k >= 0; k--) {
            value[k] = open.value[k][rest % open.values_count[k]];
            rest /= open.values_count[k];
        }
        enum status status = parse_with(r->arena, diag, r->file, source, &open, value, ret);
        if (status == STATUS_OK) {
            leave_open(*ret, &open);
            (*ret)->source = *source;
            diag_append(r->diag, diag);
            return STATUS_OK;
        }
        if (status != STATUS_BAD_SCENARIO) {
            diag_append(r->diag, diag);
            return status;
        }
        answer = first ? answer : status;
        first = first ? first : diag;
    }
    diag_append(r->diag, first);
    return answer;
}
