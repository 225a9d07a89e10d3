/* The keys of a scenario's sections: one table from which they are read and checked, from which
   `hearth explain SECTION` prints them and the JSON Schema is made. The parameters of plant stand in
   the tables of the components. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_KEYS_H
#define SCENARIO_KEYS_H

enum { KEY_WORDS_MAX = 12 };

enum key_kind {
    KEY_NUMBER,
    KEY_WHOLE,   /* a whole number */
    KEY_SERIES,  /* a number, or {file, column, unit} */
    KEY_NUMBERS, /* a number, or a list of numbers */
    KEY_TEXT,
    KEY_WORD,  /* one of the words; the default is the index of one */
    KEY_FLAG,  /* true or false */
    KEY_WORDS, /* a list of words: any where the table has none */
    KEY_MAP,
    KEY_LIST
};

struct key {
    const char *section; /* "money"; the top level is "scenario", what every plant may say "any" */
    const char *key;     /* its suffix is the unit */
    enum key_kind kind;
    double fallback, min, max; /* fallback: HUGE_VAL where it is required, NaN where not given */
    const char *meaning;       /* one sentence, with what holds when it is not given */
    const char *words[KEY_WORDS_MAX];
};

int keys_count(void);
const struct key *keys_at(int index); /* sections together, in the order they are explained */
const struct key *keys_find(const char *section, const char *key); /* NULL when unknown */
/* The names of a section's keys; returns how many. */
int keys_of(const char *section, const char **ret_names, int most);
int keys_words(const struct key *key); /* how many words it has */

#endif
