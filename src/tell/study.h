/* What a study says: tables as CSV, and words. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_STUDY_H
#define TELL_STUDY_H

#include "base/text.h"
#include "studies/choose.h"

/* results.csv: a line for each row: its number, its status, its axes, all figures. */
void study_table(const struct study_results *results, struct text_buffer *out);
/* sensitivity.csv by the method: statistics of a sample, tornado, elementary effects, indices; empty for a grid. */
enum status study_sensitivity(const struct study_results *results,
                              struct text_buffer *out) MUST_CHECK;
/* study_netcdf.c: the same table as NetCDF. */
enum status study_netcdf(const struct study_results *results, struct text_buffer *out) MUST_CHECK;
/* study_convergence.c: convergence.csv, what the first half of the draws said, a quarter, an eighth, down to a few: the mean
   with its 95 % interval for each option, indices or effects by axis; empty for a grid and a tornado. */
enum status study_convergence(const struct study_results *results,
                              struct text_buffer *out) MUST_CHECK;
/* In 78 columns. */
enum status study_words(const struct study_results *results, bool utf8,
                        struct text_buffer *out) MUST_CHECK;

/* study_cluster.c: the jobs of a cluster under Slurm, which plan a study in parts and gather it. Paths are absolute. */
struct cluster {
    const char *study, *folder;
    int parts, processes; /* of each part */
};
void cluster_parts(const struct cluster *cluster, struct text_buffer *out);
void cluster_gather(const struct cluster *cluster, struct text_buffer *out);
void cluster_submit(const struct cluster *cluster, struct text_buffer *out);

/* study_choice.c: criteria.csv, a line for each option; robust.csv, where the study asks for regret; and words. */
void choice_table(const struct choosing *choosing, struct text_buffer *out);
void robust_table(const struct choosing *choosing, struct text_buffer *out);
enum status choice_words(const struct choosing *choosing, bool utf8,
                         struct text_buffer *out) MUST_CHECK;

/* siting.c: `hearth explain siting`. */
void siting_explain(struct text_buffer *out, bool json);

/* A cell of a CSV line behind a comma; a number that is none is empty. */
void cell_text(struct text_buffer *out, const char *text);
void cell_number(struct text_buffer *out, double value);

#endif
