/* A request to the server from any bytes: a body is read or refused in words; what is read keeps its limits, is sorted, and
   names no file; a host is allowed as a whole or not at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void look(const struct request_plan *plan) {
    demand(request_is_tab(plan->tab) && plan->seq >= 0);
    demand(plan->count >= 0 && plan->count <= REQUEST_CHANGES_MAX);
    for (int k = 0; k < plan->count; k++) {
        const struct request_change *change = &plan->changes[k];
        demand(change->path[0] != '\0' && change->text[0] != '\0');
        demand(!strpbrk(change->text, "/\\{}[]:#&*\n ") && !strstr(change->text, ".."));
        demand(k == 0 || strcmp(plan->changes[k - 1].path, change->path) < 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct request_plan *plan = calloc(1, sizeof *plan);
    char *text = malloc(size + 1);
    if (plan && text) {
        memcpy(text, data, size);
        text[size] = '\0';
        if (!request_plan_read(text, size, plan)) {
            look(plan);
        }
        bool allowed = request_host_allowed(text, 8080);
        demand(!allowed || strcmp(text, "127.0.0.1:8080") == 0 ||
               strcmp(text, "localhost:8080") == 0 || strcmp(text, "[::1]:8080") == 0);
        demand(!request_origin_allowed(text, 8080) || strncmp(text, "http://", 7) == 0);
        demand(!request_is_hash(text, strlen(text)) || strlen(text) == 64);
    }
    free(text);
    free(plan);
    return 0;
}
