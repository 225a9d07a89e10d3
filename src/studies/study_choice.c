/* What a study says of a choice: options by name, who decides, criteria, weights, regret. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "studies/siting.h"
#include "studies/study_parts.h"

enum { OPTIONS_MAX = 200, CHANGES_MAX = 60, FACTS_MAX = 40, SETS_MAX = 12 };
static const double number_most_value = 1e300;

/* ---- options ---- */

static void read_changes(struct reading *r, const struct node *set, struct option *option) {
    if (!set) {
        return; /* the scenario as it stands */
    }
    if (set->kind != NODE_MAP || set->count > CHANGES_MAX) {
        reading_wrong_kind(r, set, "set", "a map of at most 60 paths",
                           "{heat_network.length_m: 400}");
        return;
    }
    option->changes = ARENA_TAKE(r->arena, struct scenario_change, set->count);
    for (int k = 0; option->changes && k < set->count; k++) {
        const struct node *value = set->children[k];
        if (value->kind == NODE_SCALAR) {
            option->changes[option->changes_count++] =
                (struct scenario_change){set->keys[k], value->text, value->place, false};
        } else {
            reading_wrong_kind(r, value, set->keys[k], "a number or a word", "400");
        }
    }
}

static void read_facts(struct reading *r, const struct node *facts, struct option *option) {
    if (!facts) {
        return;
    }
    if (facts->kind != NODE_MAP || facts->count > FACTS_MAX) {
        reading_wrong_kind(r, facts, "facts", "a map of at most 40 numbers", "{fibre_km: 2}");
        return;
    }
    option->facts = ARENA_TAKE(r->arena, struct fact, facts->count);
    for (int k = 0; option->facts && k < facts->count; k++) {
        struct fact fact = {facts->keys[k], facts->children[k]->place, 0.0};
        const struct siting *known = siting_find(fact.name);
        if (reading_scalar(r, facts->children[k], facts->keys[k],
                           known ? known->least_value : -number_most_value,
                           known ? known->most_value : number_most_value, &fact.value)) {
            option->facts[option->facts_count++] = fact;
        }
    }
}

static void read_option(struct reading *r, const struct node *map, struct axis *axis) {
    static const char *const known[] = {"name", "set", "facts"};
    struct option *option = &axis->options[axis->values_count];
    const struct node *name = document_find(map, "name");
    if (map->kind != NODE_MAP || !name || name->kind != NODE_SCALAR) {
        reading_wrong_kind(r, map, "options", "a map with a name", "[{name: harbour, set: {...}}]");
        return;
    }
    (void)reading_check_keys(r, map, "an option", known, COUNT(known));
    *option = (struct option){.name = name->text, .place = name->place};
    for (int k = 0; k < axis->values_count; k++) {
        if (strcmp(axis->options[k].name, option->name) == 0) {
            diag_error(r->diag, option->place, "two options are named %s", option->name);
            diag_remedy(r->diag, "give each a name of its own");
        }
    }
    read_changes(r, document_find(map, "set"), option);
    read_facts(r, document_find(map, "facts"), option);
    axis->values[axis->values_count++] = option->name;
}

void study_read_options(struct reading *r, const struct node *map, struct axis *axis) {
    static const char *const known[] = {"name", "options"};
    const struct node *list = document_find(map, "options");
    (void)reading_check_keys(r, map, "an axis of options", known, COUNT(known));
    axis->path = reading_text(r, map, "name", "option");
    axis->decided = true;
    if (list->kind != NODE_LIST || list->count == 0 || list->count > OPTIONS_MAX) {
        reading_wrong_kind(r, list, "options", "a list of 1 to 200 options",
                           "[{name: harbour, set: {heat_network.length_m: 400}}]");
        return;
    }
    axis->options = ARENA_TAKE(r->arena, struct option, list->count);
    axis->values = ARENA_TAKE(r->arena, const char *, list->count);
    for (int k = 0; axis->options && axis->values && k < list->count; k++) {
        read_option(r, list->children[k], axis);
    }
}

/* ---- who decides ---- */

static void decide(struct reading *r, const struct node *node, struct study *study) {
    const char *paths[COUNT(((struct reading *)0)->places)];
    for (int a = 0; a < study->axes_count; a++) {
        struct axis *axis = &study->axes[a];
        paths[a] = axis->path;
        if (strcmp(axis->path, node->text) == 0) {
            axis->decided = true;
            if (axis->is_spread) {
                diag_error(r->diag, node->place, "%s is a spread: nobody decides by chance",
                           axis->path);
                diag_remedy(r->diag, "give that axis  values: [...]");
            }
            return;
        }
    }
    const char *near = diag_nearest(node->text, paths, study->axes_count);
    diag_error(r->diag, node->place, "decide: no axis is called %s", node->text);
    diag_remedy(r->diag, near ? "did you mean %s?" : "name one of the axes' paths%s",
                near ? near : "");
}

static void read_decide(struct reading *r, struct study *study) {
    const struct node *list = document_find(r->root, "decide");
    for (int k = 0; list && list->kind == NODE_LIST && k < list->count; k++) {
        if (list->children[k]->kind == NODE_SCALAR) {
            decide(r, list->children[k], study);
        } else {
            reading_wrong_kind(r, list->children[k], "decide", "the path of an axis", "[place]");
        }
    }
    if (list && list->kind != NODE_LIST) {
        reading_wrong_kind(r, list, "decide", "a list of paths", "[place]");
    }
    bool any = false;
    for (int a = 0; a < study->axes_count; a++) {
        any = any || study->axes[a].decided;
    }
    bool crossed = study->method == METHOD_GRID || study->method == METHOD_RANDOM ||
                   study->method == METHOD_LATIN_HYPERCUBE;
    if (any && !crossed) {
        diag_error(r->diag, r->root->place,
                   "method %s says what moves a figure, not what to choose",
                   study_method_name(study->method));
        diag_remedy(r->diag,
                    "take method: grid, random or latin_hypercube where there are options");
    }
}

/* ---- criteria ---- */

/* Every option of one axis, and of one only, knows a fact. */
static void check_fact(struct reading *r, const struct study *study, const struct criterion *c) {
    int axes = 0;
    for (int a = 0; a < study->axes_count; a++) {
        const struct axis *axis = &study->axes[a];
        int knowing = 0;
        const struct option *without = NULL;
        for (int k = 0; axis->options && k < axis->values_count; k++) {
            bool knows = false;
            for (int f = 0; f < axis->options[k].facts_count; f++) {
                knows = knows || strcmp(axis->options[k].facts[f].name, c->fact) == 0;
            }
            knowing += knows;
            without = knows ? without : &axis->options[k];
        }
        axes += knowing > 0;
        if (knowing > 0 && without) {
            diag_error(r->diag, without->place, "%s: its fact %s is missing, which others have",
                       without->name, c->fact);
            diag_remedy(r->diag, "add  facts: {%s: NUMBER}", c->fact);
        }
    }
    if (axes != 1) {
        diag_error(r->diag, c->place, "%s: %s", c->fact,
                   axes ? "a fact of more than one axis" : "no option has such a fact");
        diag_remedy(r->diag, "write it among the facts of each option of one axis");
    }
}

static void check_scale(struct reading *r, const struct node *scale, const struct criterion *c) {
    bool turned = c->lower ? c->worst_value <= c->best_value : c->worst_value >= c->best_value;
    if (isfinite(c->worst_value) && turned) {
        diag_error(r->diag, scale->place,
                   "scale: the first is the worst and the second the best, "
                   "and this one is better %s",
                   c->lower ? "lower" : "higher");
        diag_remedy(r->diag,
                    c->lower ? "write  scale: [MOST, LEAST]" : "write  scale: [LEAST, MOST]");
    }
}

static void read_scale(struct reading *r, const struct node *scale, struct criterion *c) {
    c->worst_value = c->best_value = (double)NAN;
    if (!scale) {
        return;
    }
    if (scale->kind != NODE_LIST || scale->count != 2) {
        reading_wrong_kind(r, scale, "scale", "two numbers", "[12000000, 9000000]");
    } else if (reading_scalar(r, scale->children[0], "scale", -number_most_value, number_most_value,
                              &c->worst_value) &&
               reading_scalar(r, scale->children[1], "scale", -number_most_value, number_most_value,
                              &c->best_value)) {
        check_scale(r, scale, c);
    }
}

static double read_limit_value(struct reading *r, const struct node *map, const char *key) {
    return document_find(map, key)
               ? reading_number(r, map, key, 0.0, -number_most_value, number_most_value)
               : (double)NAN;
}

static void read_criterion(struct reading *r, const struct node *map, struct study *study) {
    static const char *const known[] = {"figure", "fact",  "name",     "better",
                                        "weight", "scale", "at_least", "at_most"};
    static const char *const better[] = {"lower", "higher"};
    struct criterion *c = &study->choice.criteria[study->choice.criteria_count];
    if (map->kind != NODE_MAP || !reading_check_keys(r, map, "a criterion", known, COUNT(known))) {
        reading_wrong_kind(r, map, "criteria", "a map",
                           "[{figure: together.cost_money_year, better: lower, weight: 3}]");
        return;
    }
    *c = (struct criterion){.place = map->place,
                            .figure = reading_text(r, map, "figure", NULL),
                            .fact = reading_text(r, map, "fact", NULL)};
    if ((c->figure == NULL) == (c->fact == NULL)) {
        diag_error(r->diag, map->place, "a criterion is one figure or one fact");
        diag_remedy(r->diag, "write  figure: together.cost_money_year  or  fact: fibre_km");
        return;
    }
    c->name = reading_text(r, map, "name", c->figure ? c->figure : c->fact);
    const struct siting *siting = c->fact ? siting_find(c->fact) : NULL;
    if (!document_find(map, "better") && !siting) {
        diag_error(r->diag, map->place, "%s: whether lower or higher is better is missing",
                   c->name);
        diag_remedy(r->diag, "add  better: lower");
    }
    c->lower = reading_word(r, map, "better", better, COUNT(better),
                            siting && !siting->lower ? 1 : 0) == 0;
    c->weight_ratio = reading_number(r, map, "weight", 1.0, 0.0, 1e6);
    c->least_value = read_limit_value(r, map, "at_least");
    c->most_value = read_limit_value(r, map, "at_most");
    read_scale(r, document_find(map, "scale"), c);
    for (int k = 0; k < study->choice.criteria_count; k++) {
        if (strcmp(study->choice.criteria[k].name, c->name) == 0) {
            diag_error(r->diag, map->place, "two criteria are named %s", c->name);
            diag_remedy(r->diag, "give one of them a  name  of its own");
        }
    }
    if (c->fact) {
        check_fact(r, study, c);
    }
    study->choice.criteria_count++;
}

static void check_weights(struct reading *r, struct place place, const char *whose,
                          const double *weight_ratio, int count) {
    double sum = 0.0;
    for (int c = 0; c < count; c++) {
        sum += weight_ratio[c];
    }
    if (count > 0 && sum <= 0.0) {
        diag_error(r->diag, place, "%s: all weights are 0", whose);
        diag_remedy(r->diag, "give at least one criterion a weight above 0");
    }
}

static void read_set(struct reading *r, const char *whose, const struct node *map,
                     struct choice *choice) {
    struct weight_set *set = &choice->sets[choice->sets_count];
    const char *names[CRITERIA_MAX];
    for (int c = 0; c < choice->criteria_count; c++) {
        names[c] = choice->criteria[c].name;
    }
    if (map->kind != NODE_MAP ||
        !reading_check_keys(r, map, "weights", names, choice->criteria_count)) {
        return;
    }
    set->name = whose;
    for (int c = 0; c < choice->criteria_count; c++) {
        set->weight_ratio[c] = reading_number(r, map, names[c], 0.0, 0.0, 1e6);
    }
    check_weights(r, map->place, whose, set->weight_ratio, choice->criteria_count);
    choice->sets_count++;
}

static void read_sets(struct reading *r, struct choice *choice) {
    const struct node *map = document_find(r->root, "weights");
    choice->sets = ARENA_TAKE(r->arena, struct weight_set, SETS_MAX + 1);
    if (!choice->sets) {
        return;
    }
    choice->sets[choice->sets_count++].name = "the study";
    for (int c = 0; c < choice->criteria_count; c++) {
        choice->sets[0].weight_ratio[c] = choice->criteria[c].weight_ratio;
    }
    check_weights(r, r->root->place, "criteria", choice->sets[0].weight_ratio,
                  choice->criteria_count);
    if (map && (map->kind != NODE_MAP || map->count > SETS_MAX)) {
        reading_wrong_kind(r, map, "weights", "a map of at most 12 parties",
                           "{residents: {fibre_km: 1}}");
        return;
    }
    for (int k = 0; map && k < map->count; k++) {
        read_set(r, map->keys[k], map->children[k], choice);
    }
}

/* A matrix of pairs: ones on the diagonal, each pair the other's inverse (to the two digits one writes). */
static void read_comparisons(struct reading *r, struct choice *choice) {
    const struct node *rows = document_find(r->root, "comparisons");
    int count = choice->criteria_count;
    if (!rows) {
        return;
    }
    choice->comparison_ratio = ARENA_TAKE(r->arena, double, count *count + 1);
    bool good = choice->comparison_ratio && rows->kind == NODE_LIST && rows->count == count;
    for (int i = 0; good && i < count; i++) {
        const struct node *row = rows->children[i];
        good = row->kind == NODE_LIST && row->count == count;
        for (int j = 0; good && j < count; j++) {
            good = reading_scalar(r, row->children[j], "comparisons", 0.01, 100.0,
                                  &choice->comparison_ratio[i * count + j]);
        }
    }
    for (int i = 0; good && i < count; i++) {
        for (int j = 0; j <= i; j++) {
            double both =
                choice->comparison_ratio[i * count + j] * choice->comparison_ratio[j * count + i];
            good = good && fabs(both - 1.0) < 0.02;
        }
    }
    if (!good) {
        diag_error(r->diag, rows->place,
                   "comparisons: a table of %d by %d numbers belongs here, each the inverse of its "
                   "mirror",
                   count, count);
        diag_remedy(r->diag, "write  [[1, 2], [0.5, 1]]: the first matters twice as much");
        choice->comparison_ratio = NULL;
    }
}

static void read_regret(struct reading *r, struct choice *choice) {
    static const char *const known[] = {"figure", "better"}, *const better[] = {"lower", "higher"};
    const struct node *map = document_find(r->root, "regret");
    if (map && map->kind == NODE_SCALAR) {
        choice->regret_figure = map->text;
        choice->regret_lower = true;
    } else if (map && reading_check_keys(r, map, "regret", known, COUNT(known))) {
        choice->regret_figure = reading_text(r, map, "figure", "together.cost_money_year");
        choice->regret_lower = reading_word(r, map, "better", better, COUNT(better), 0) == 0;
    }
}

/* Each is held against each other, in every draw of weights. */
static void check_options(struct reading *r, const struct study *study) {
    double options = 1.0;
    for (int a = 0; a < study->axes_count; a++) {
        options *= study->axes[a].decided ? study->axes[a].values_count : 1;
    }
    if (options > OPTIONS_MAX &&
        (study->choice.criteria_count > 0 || study->choice.regret_figure)) {
        diag_error(r->diag, r->root->place, "more than %d options to choose between", OPTIONS_MAX);
        diag_remedy(r->diag, "decide over fewer values; a grid without criteria may have more");
    }
}

void study_read_choice(struct reading *r, struct study *study) {
    struct choice *choice = &study->choice;
    read_decide(r, study);
    const struct node *list = document_find(r->root, "criteria");
    if (list && (list->kind != NODE_LIST || list->count == 0 || list->count > CRITERIA_MAX)) {
        reading_wrong_kind(r, list, "criteria", "a list of 1 to 20 criteria",
                           "[{figure: together.cost_money_year, better: lower}]");
        return;
    }
    choice->criteria = ARENA_TAKE(r->arena, struct criterion, list ? list->count : 1);
    for (int k = 0; choice->criteria && list && k < list->count; k++) {
        read_criterion(r, list->children[k], study);
    }
    read_sets(r, choice);
    read_comparisons(r, choice);
    read_regret(r, choice);
    bool decided = false;
    for (int a = 0; a < study->axes_count; a++) {
        decided = decided || study->axes[a].decided;
    }
    if (!decided && (choice->criteria_count > 0 || choice->regret_figure)) {
        diag_error(r->diag, list ? list->place : r->root->place,
                   "criteria and regret choose between options, and nobody decides anything here");
        diag_remedy(r->diag,
                    "name the axes that somebody decides, decide: [PATH], or give an axis  "
                    "options: [{name: ..., set: {...}}]");
    }
    check_options(r, study);
    for (int a = 0; a < study->axes_count; a++) {
        int most = 1;
        for (int k = 0; study->axes[a].options && k < study->axes[a].values_count; k++) {
            int count = study->axes[a].options[k].changes_count;
            most = count > most ? count : most;
        }
        study->changes_most += most;
    }
}
