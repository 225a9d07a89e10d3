/* A network from GeoJSON (RFC 7946): Point features are nodes, LineString features are links, and
   the collection may carry an object "hearth_network" with the settings. Properties that no table
   of network.h names are left alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_GEOJSON_H
#define NETWORKS_GEOJSON_H

#include "networks/network.h"

enum { GEOJSON_BYTES_MAX = 512 * 1024 * 1024 };

/* The network as it stands in the file; network_complete fills in and checks. */
enum status geojson_parse(struct arena *arena, struct diag *diag, const char *file,
                          const char *text, size_t size, struct network **ret) MUST_CHECK;

#endif
