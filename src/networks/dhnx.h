/* A folder of DHNx: producers.csv, consumers.csv, forks.csv, pipes.csv, and under sequences/ what
   flows at each snapshot. It gets DHNx's own water and friction law, so that its figures come out. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_DHNX_H
#define NETWORKS_DHNX_H

#include "networks/network.h"

bool dhnx_is_folder(const char *path);
/* snapshot: row of the sequences, from 0. */
enum status dhnx_read(struct arena *arena, struct diag *diag, const char *folder, int snapshot,
                      struct network **ret) MUST_CHECK;

#endif
