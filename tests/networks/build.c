/* Small networks of the tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "build.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "networks/geojson.h"

const char *build_messages(const struct built *built) {
    struct text_buffer out;
    text_buffer_init(&out, built->arena);
    for (int k = 0; k < diag_count(built->diag); k++) {
        text_add(&out, diag_render(built->arena, diag_at(built->diag, k)));
    }
    return out.data ? out.data : "";
}

void build_text(struct built *built, const char *text) {
    built->arena = arena_new(0);
    built->diag = diag_new(built->arena);
    built->state = NULL;
    enum status status = geojson_parse(built->arena, built->diag, "net.geojson", text, strlen(text),
                                       &built->network);
    status =
        status == STATUS_OK ? network_complete(built->network, NEED_SIZES, built->diag) : status;
    if (status != STATUS_OK) {
        print_message("%s", build_messages(built));
    }
    assert_int_equal(status, STATUS_OK);
}

void build_solve(struct built *built) {
    assert_int_equal(network_state_new(built->arena, built->network, &built->state), STATUS_OK);
    assert_int_equal(network_state_solve(built->state), STATUS_OK);
}

void build_free(struct built *built) { arena_free(built->arena); }

int build_node(const struct built *built, const char *name) {
    for (int n = 0; n < built->network->nodes_count; n++) {
        if (strcmp(built->network->nodes[n].name, name) == 0) {
            return n;
        }
    }
    fail_msg("no node %s", name);
    return -1;
}

int build_link(const struct built *built, const char *name) {
    for (int k = 0; k < built->network->links_count; k++) {
        if (strcmp(built->network->links[k].name, name) == 0) {
            return k;
        }
    }
    fail_msg("no link %s", name);
    return -1;
}

void build_close(const char *what, double found, double wanted, double tolerance, int line) {
    if (!(fabs(found - wanted) <= tolerance)) {
        fail_msg("line %d: %s is %.9g, not %.9g +- %g", line, what, found, wanted, tolerance);
    }
}
