/* Tariffs from JSON. What is accepted bills an uneven load that also feeds in, to a finite sum; written out in a scenario's
   keys it reads again to the same bill, unless a plan may not have it (power bought to be sold). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/reading.h"
#include "scenario/tariff.h"

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

enum { DAYS = 60, STEPS = DAYS * 24 };

static double bill_money(const struct tariff *tariff) {
    static double load_kw[STEPS];
    struct calendar calendar;
    struct tariff_bill bill;
    demand(calendar_init(&calendar, 2024, 1, 10, DAYS, 1.0) == STATUS_OK);
    for (int t = 0; t < STEPS; t++) {
        load_kw[t] = (double)(t * 7919 % 1013) - 60.0;
    }
    tariff_bill(tariff, &calendar, load_kw, &bill);
    demand(isfinite(bill.total_money));
    return bill.total_money;
}

static bool dear_sale(const struct diag *diag) {
    for (int k = 0; k < diag_count(diag); k++) {
        if (!strstr(diag_at(diag, k)->text, "bought to be sold")) {
            return false;
        }
    }
    return diag_errors(diag) > 0;
}

static void write_and_read(struct arena *arena, const struct tariff *tariff, double money) {
    struct text_buffer out;
    struct diag *diag = diag_new(arena);
    struct node *root = NULL;
    text_buffer_init(&out, arena);
    text_add(&out, "wired: yes\n");
    write_tariff(tariff, "", &out);
    demand(out.data &&
           document_parse(arena, diag, "s.yaml", out.data, out.size, &root) == STATUS_OK);
    struct reading r = {.arena = arena, .diag = diag, .file = "s.yaml", .root = root};
    const struct tariff *again = read_meter_tariff(&r, -1, root);
    demand(again ? bill_money(again) == money : dear_sale(diag));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new((size_t)1 << 30);
    struct diag *diag = diag_new(arena);
    struct tariff tariff;
    const char *text = arena_text_n(arena, (const char *)data, size);
    enum status status = tariff_parse(arena, diag, "t.json", text, size, &tariff);
    if (status == STATUS_OK) {
        write_and_read(arena, &tariff, bill_money(&tariff));
    } else {
        demand(diag_errors(diag) > 0);
        demand(diag_render(arena, diag_at(diag, 0)) != NULL);
    }
    arena_free(arena);
    return 0;
}
