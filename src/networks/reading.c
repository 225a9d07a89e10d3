/* Which reader a file goes to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/reading.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "networks/dhnx.h"
#include "networks/epanet.h"
#include "networks/geojson.h"
#include "networks/pandapipes.h"

enum status network_parse(struct arena *arena, struct diag *diag, const char *path,
                          const char *text, size_t size, struct epanet *ret_epanet,
                          struct network **ret) {
    *ret_epanet = (struct epanet){0};
    if (text_ends_with(path, ".inp") || text_ends_with(path, ".INP")) {
        TRY(epanet_parse(arena, diag, path, text, size, ret_epanet));
        *ret = ret_epanet->network;
        return STATUS_OK;
    }
    bool tables = strstr(text, "\"tables\"") && strstr(text, "\"junction\"");
    return tables ? pandapipes_parse(arena, diag, path, text, size, ret)
                  : geojson_parse(arena, diag, path, text, size, ret);
}

enum status network_read(struct arena *arena, struct diag *diag, const char *path, int snapshot,
                         struct epanet *ret_epanet, struct network **ret) {
    struct place nowhere = {NULL, 0, 0};
    char *text = NULL;
    size_t size = 0;
    *ret_epanet = (struct epanet){0};
    if (dhnx_is_folder(path)) {
        return dhnx_read(arena, diag, path, snapshot, ret);
    }
    TRY(file_read(arena, diag, nowhere, path, GEOJSON_BYTES_MAX, &text, &size));
    return network_parse(arena, diag, path, text, size, ret_epanet, ret);
}
