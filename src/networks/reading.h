/* A network from whatever file people have: GeoJSON, EPANET's .inp, a folder of DHNx, tables of
   pandapipes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_READING_H
#define NETWORKS_READING_H

#include "networks/epanet.h"
#include "networks/network.h"

/* By name: ".inp" is EPANET's, a folder is DHNx's; JSON with "tables" is pandapipes', else GeoJSON.
   snapshot: which row of a DHNx folder's sequences. ret_epanet: patterns and
   controls, its network NULL for other files. Not completed. */
enum status network_read(struct arena *arena, struct diag *diag, const char *path, int snapshot,
                         struct epanet *ret_epanet, struct network **ret) MUST_CHECK;
/* The same of a text in memory; path tells the reader. No folders. */
enum status network_parse(struct arena *arena, struct diag *diag, const char *path,
                          const char *text, size_t size, struct epanet *ret_epanet,
                          struct network **ret) MUST_CHECK;

#endif
