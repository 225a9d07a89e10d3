/* What rules ask about the site and the plan cannot know, and the packs of rules that a scenario names. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "scenario/keys.h"
#include "scenario/reading.h"
#include "scenario/rule_pack.h"

enum { FACTS_MAX = 30, MET_MAX = 60, PACK_BYTES_MAX = 1 << 20 };

static bool read_fact(struct reading *r, const struct node *node, const struct key *key,
                      double *ret_value) {
    static const char *const words[] = {"true", "false", "yes", "no"};
    long day = 0;
    if (key->kind == KEY_FLAG) {
        *ret_value =
            reading_word_at(r, node, key->key, words, COUNT(words), 1) % 2 == 0 ? 1.0 : 0.0;
        return true;
    }
    if (key->kind != KEY_TEXT) {
        return reading_scalar(r, node, key->key, key->min, key->max, ret_value);
    }
    if (node->kind != NODE_SCALAR || !rule_day_read(node->text, &day)) {
        diag_error(r->diag, node->place, "%s: %s is no day", key->key, reading_found(r, node));
        diag_remedy(r->diag, "write  %s: 2027-06-01", key->key);
        return false;
    }
    *ret_value = (double)day;
    return true;
}

static void read_met(struct reading *r, const struct node *met) {
    struct scenario *s = r->s;
    if (met && (met->kind != NODE_LIST || met->count > MET_MAX)) {
        reading_wrong_kind(r, met, "met", "a list of rules", "[eu-eed-12]");
        return;
    }
    s->met = met ? ARENA_TAKE(r->arena, const char *, met->count) : NULL;
    for (int k = 0; s->met && k < met->count; k++) {
        if (met->children[k]->kind == NODE_SCALAR) {
            s->met[s->met_count++] = met->children[k]->text;
        } else {
            reading_wrong_kind(r, met->children[k], "met", "the name of a rule", "[eu-eed-12]");
        }
    }
}

void read_site(struct reading *r) {
    const struct node *site = document_find(r->root, "site");
    struct scenario *s = r->s;
    if (!site || !reading_section(r, site, "site")) {
        return;
    }
    s->facts = ARENA_TAKE(r->arena, struct site_fact, FACTS_MAX);
    for (int k = 0; s->facts && k < keys_count() && s->facts_count < FACTS_MAX; k++) {
        const struct key *key = keys_at(k);
        const struct node *node =
            strcmp(key->section, "site") == 0 ? document_find(site, key->key) : NULL;
        double value = 0.0;
        if (node && key->kind != KEY_WORDS && read_fact(r, node, key, &value)) {
            s->facts[s->facts_count++] = (struct site_fact){key, value, node->place};
        }
    }
    read_met(r, document_find(site, "met"));
}

double site_fact_value(const struct scenario *scenario, const struct key *key) {
    for (int k = 0; k < scenario->facts_count; k++) {
        if (scenario->facts[k].key == key) {
            return scenario->facts[k].value;
        }
    }
    return key->kind == KEY_FLAG ? key->fallback : (double)NAN;
}

static void no_pack(struct reading *r, const struct node *node) {
    const char *const *names = NULL;
    int count = rule_pack_names(&names);
    const char *near = diag_nearest(node->text, names, count);
    diag_error(r->diag, node->place, "rules: there is no rule pack %s", reading_found(r, node));
    if (near) {
        diag_remedy(r->diag, "did you mean %s? `hearth explain rules` lists all", near);
    } else {
        diag_remedy(r->diag, "`hearth explain rules` lists all; a file of your own ends in .yaml");
    }
}

static void add_pack(struct reading *r, const struct node *node) {
    struct scenario *s = r->s;
    struct rule_pack *pack = NULL;
    struct reading_file file;
    const char *written = node->text;
    enum status status = STATUS_OK;
    if (text_ends_with(node->text, ".yaml")) {
        if (!reading_file(r, node, "rules", PACK_BYTES_MAX, &file)) {
            return;
        }
        written = file.absolute;
        status = rule_pack_parse(r->arena, r->diag, file.path, file.text, file.size, &pack);
    } else {
        status = rule_pack_built_in(r->arena, r->diag, node->text, &pack);
        if (status == STATUS_USAGE) {
            no_pack(r, node);
        }
    }
    for (int k = 0; pack && k < s->rules_count; k++) {
        if (strcmp(s->rules[k]->name, pack->name) == 0) {
            diag_error(r->diag, node->place, "rules: the pack %s is named twice", pack->name);
            diag_remedy(r->diag, "keep one of them");
            return;
        }
    }
    if (status == STATUS_OK) {
        s->rules_written[s->rules_count] = written;
        s->rules[s->rules_count++] = pack;
    }
}

void read_rules(struct reading *r) {
    const struct node *rules = document_find(r->root, "rules");
    struct scenario *s = r->s;
    if (rules && rules->kind != NODE_LIST) {
        reading_wrong_kind(r, rules, "rules", "a list of rule packs", "[us-wa, en-50600]");
        return;
    }
    if (rules && rules->count > COUNT(s->rules)) {
        diag_error(r->diag, rules->place, "rules: %d rule packs, more than %d", rules->count,
                   COUNT(s->rules));
        diag_remedy(r->diag, "keep those that apply to this place");
        return;
    }
    for (int k = 0; rules && k < rules->count; k++) {
        if (rules->children[k]->kind == NODE_SCALAR) {
            add_pack(r, rules->children[k]);
        } else {
            reading_wrong_kind(r, rules->children[k], "rules", "the name of a rule pack",
                               "[us-wa, en-50600]");
        }
    }
}

static void write_list(struct text_buffer *out, const char *key, const char *const *texts,
                       int count) {
    text_add_format(out, "%s: [", key);
    for (int k = 0; k < count; k++) {
        text_add(out, k ? ", " : "");
        write_quoted(out, texts[k]);
    }
    text_add(out, "]\n");
}

void write_site(const struct scenario *s, struct text_buffer *out) {
    if (s->facts_count || s->met_count) {
        text_add(out, "site:\n");
    }
    for (int k = 0; k < s->facts_count; k++) {
        const struct site_fact *fact = &s->facts[k];
        text_add_format(out, "  %s: ", fact->key->key);
        if (fact->key->kind == KEY_FLAG) {
            text_add(out, fact->value > 0.0 ? "true" : "false");
        } else if (fact->key->kind == KEY_TEXT) {
            text_add(out, rule_day_words(out->arena, (long)fact->value));
        } else {
            text_add_number(out, fact->value);
        }
        text_add(out, "\n");
    }
    if (s->met_count) {
        text_add(out, "  ");
        write_list(out, "met", s->met, s->met_count);
    }
    if (s->rules_count) {
        write_list(out, "rules", s->rules_written, s->rules_count);
    }
}
