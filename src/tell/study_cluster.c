/* Job files for Slurm. An array plans the parts; a job behind it gathers them and plans what a lost part left over. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/study.h"

/* A word of the shell: quoted whole, whatever is in it. */
static void add_quoted(struct text_buffer *out, const char *text) {
    text_add(out, "'");
    for (; *text; text++) {
        if (*text == '\'') {
            text_add(out, "'\\''");
        } else {
            text_add_n(out, text, 1);
        }
    }
    text_add(out, "'");
}

static void add_command(const struct cluster *cluster, struct text_buffer *out) {
    text_add(out, "cd ");
    add_quoted(out, cluster->folder);
    text_add(out, " || exit 73\nexec \"${HEARTH:-hearth}\" study ");
    add_quoted(out, cluster->study);
    text_add(out, " -o ");
    add_quoted(out, cluster->folder);
    text_add_format(out, " --processes \"${SLURM_CPUS_PER_TASK:-%d}\"", cluster->processes);
}

void cluster_parts(const struct cluster *cluster, struct text_buffer *out) {
    text_add_format(out,
                    "#!/bin/bash\n"
                    "#SBATCH --job-name=hearth\n"
                    "#SBATCH --array=1-%d\n"
                    "#SBATCH --cpus-per-task=%d\n"
                    "#SBATCH --output=part-%%a.log\n"
                    "#SBATCH --requeue\n"
                    "# A part that is run again goes on where it ended. HEARTH: the program, if it "
                    "is not on the path.\n",
                    cluster->parts, cluster->processes);
    add_command(cluster, out);
    text_add_format(out, " --part \"$SLURM_ARRAY_TASK_ID/%d\"\n", cluster->parts);
}

void cluster_gather(const struct cluster *cluster, struct text_buffer *out) {
    text_add_format(
        out,
        "#!/bin/bash\n"
        "#SBATCH --job-name=hearth-gather\n"
        "#SBATCH --cpus-per-task=%d\n"
        "#SBATCH --output=gather.log\n"
        "# Takes over what the parts have kept, plans what is missing, writes the tables.\n",
        cluster->processes);
    add_command(cluster, out);
    text_add(out, "\n");
}

void cluster_submit(const struct cluster *cluster, struct text_buffer *out) {
    text_add(out, "#!/bin/bash\n"
                  "# Hands the study to Slurm: the parts, and behind them, however they ended, the "
                  "gathering.\n"
                  "set -eu\ncd ");
    add_quoted(out, cluster->folder);
    text_add(out, "\nparts=$(sbatch --parsable parts.slurm)\n"
                  "sbatch --dependency=\"afterany:$parts\" gather.slurm\n");
}
