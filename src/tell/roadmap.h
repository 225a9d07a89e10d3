/* A plan over the life in words, as JSON and as a page; and the folder of one checked again. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_ROADMAP_H
#define TELL_ROADMAP_H

#include "accounts/served.h"
#include "base/text.h"
#include "plan/lifetime.h"

void roadmap_words(const struct lifetime *life, bool utf8, struct text_buffer *out);
void roadmap_json(const struct lifetime *life, struct text_buffer *out);
void roadmap_html(const struct lifetime *life, struct text_buffer *out);

/* What is built in a stage and what changes then, in one sentence each; "" where nothing. */
const char *roadmap_builds(const struct lifetime *life, const struct lifetime_case *result, int k,
                           struct arena *arena);
const char *roadmap_trigger(const struct lifetime *life, int k, struct arena *arena);
const char *roadmap_regret(const struct lifetime *life, struct arena *arena);

/* roadmap_servers.c: servers bought in a stage; what becomes of the old; those that the myopic path buys more of (told: how
   many sentences stand before; returns how many then). */
const char *roadmap_servers_bought(const struct lifetime *life, const struct lifetime_case *result,
                                   int k, struct arena *arena);
const char *roadmap_servers_told(const struct lifetime *life, const struct lifetime_case *result,
                                 int k, struct arena *arena);
int roadmap_servers_regret(const struct lifetime *life, int told, struct text_buffer *words);
void roadmap_servers_json(const struct lifetime *life, const struct lifetime_case *result,
                          struct text_buffer *out);
/* Work, power, heat and carbon of the data centre, by stage. */
void roadmap_served(const struct lifetime *life, struct served ret_served[STAGES_MAX]);
/* Work against carbon between the first and the last stage, in a sentence. NULL: no work, or one stage. */
const char *roadmap_served_words(const struct served *served, const struct stages *stages,
                                 struct arena *arena);
int roadmap_served_columns(void);
const char *roadmap_served_key(int index);
double roadmap_served_value(const struct served *served, int index);
void roadmap_served_json(const struct lifetime *life, struct text_buffer *out);
void roadmap_served_html(const struct lifetime *life, struct text_buffer *out);

/* "key": [numbers] */
void roadmap_add_numbers(struct text_buffer *out, const char *key, const double *value, int count);

/* The folder: a result folder for each stage's year, then report.html and roadmap.json. */
enum status roadmap_folder(const struct lifetime *life, struct diag *diag, const char *path,
                           struct arena *arena) MUST_CHECK;
/* Is it the folder of a roadmap? Then every stage is verified as a result folder, and the money and capacities of
   roadmap.json are computed again from the stages. CHECK_FAILED when anything differs. */
bool roadmap_is_folder(struct arena *arena, const char *folder);
enum status roadmap_verify(struct arena *arena, struct diag *diag, const char *folder,
                           const char **ret_words) MUST_CHECK;

#endif
