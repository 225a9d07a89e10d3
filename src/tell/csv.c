/* hourly*.csv and transfers_year.csv (a typical year): UTF-8, LF, shortest exact digits. A port is positive in its
   table's direction; a transfer goes from payer to payee; a price is the cost of one unit more
   demand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "tell/csv.h"
#include "tell/record.h"

struct sheet_column {
    const char *name;
    const double *value;
};

static const char *port_unit(const struct port *port) {
    return port->carrier == CARRIER_WATER ? "m3_h" : "kw";
}

static enum status collect(const struct plan *plan, enum plan_case kind, struct arena *arena,
                           struct sheet_column **ret_columns, int *ret_count) {
    const struct scenario *s = plan->scenario;
    const struct case_plan *c = &plan->cases[kind];
    struct record_column *records = NULL;
    int records_count = 0, count = 0;
    TRY(record_columns(plan, kind, arena, &records, &records_count));
    int most = 4 + s->instances_count * PORTS_MAX * 2 + records_count + 2 * s->buses_count;
    struct sheet_column *columns = ARENA_TAKE(arena, struct sheet_column, most);
    if (!columns) {
        return STATUS_NO_MEMORY;
    }
    columns[count++] = (struct sheet_column){"weather.outdoor_c", plan->hours->outdoor_c};
    columns[count++] = (struct sheet_column){"weather.wet_bulb_c", plan->hours->wet_bulb_c};
    columns[count++] = (struct sheet_column){"weather.global_kw_m2", plan->hours->global_kw_m2};
    for (int b = 0; b < s->buses_count; b++) {
        if (s->buses[b].carrier == CARRIER_HEAT && c->price_money_kwh && c->price_money_kwh[b]) {
            size_t at = (size_t)b * (size_t)plan->hours->count;
            columns[count++] = (struct sheet_column){
                arena_format(arena, "%s.supply_c", s->buses[b].name), c->temperature_c[0] + at};
            columns[count++] = (struct sheet_column){
                arena_format(arena, "%s.return_c", s->buses[b].name), c->temperature_c[1] + at};
        }
    }
    for (int i = 0; i < s->instances_count; i++) {
        const struct flow *flow = &c->flow[i];
        for (int p = 0; flow->included && p < s->instances[i].kind->ports_count; p++) {
            const struct port *port = &s->instances[i].kind->ports[p];
            if (flow->port_kw[p]) {
                columns[count++] =
                    (struct sheet_column){arena_format(arena, "%s.%s_%s", s->instances[i].name,
                                                       port->name, port_unit(port)),
                                          flow->port_kw[p]};
            }
            if (flow->simulated_kw[p]) {
                columns[count++] =
                    (struct sheet_column){arena_format(arena, "%s.%s_%s_sim", s->instances[i].name,
                                                       port->name, port_unit(port)),
                                          flow->simulated_kw[p]};
            }
        }
    }
    for (int k = 0; k < records_count; k++) {
        columns[count++] = (struct sheet_column){records[k].name, records[k].value};
    }
    *ret_columns = columns;
    *ret_count = count;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status csv_hourly(const struct plan *plan, enum plan_case kind, struct arena *arena,
                       struct text_buffer *out) {
    struct sheet_column *columns = NULL;
    int count = 0;
    TRY(collect(plan, kind, arena, &columns, &count));
    text_add(out, "step,time_local");
    for (int k = 0; k < count; k++) {
        text_add(out, ",");
        text_add(out, columns[k].name);
    }
    text_add(out, "\n");
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        char stamp[32];
        calendar_stamp(&plan->scenario->calendar, t, stamp);
        text_add_format(out, "%d,%s", t, stamp);
        for (int k = 0; k < count; k++) {
            text_add(out, ",");
            if (isfinite(columns[k].value[t])) {
                text_add_number(out, columns[k].value[t]);
            }
        }
        text_add(out, "\n");
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

static void add_transfers(const struct accounts *a, const char *name, const struct ledger *ledger,
                          struct text_buffer *out) {
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        text_add_format(out, "%s,%s,%s,%s,%s,", name, party_name(t->payer), party_name(t->payee),
                        t->kind, t->instance >= 0 ? a->scenario->instances[t->instance].name : "");
        text_add_number(out, t->money_year);
        text_add(out, ",");
        if (isfinite(t->quantity_kwh)) {
            text_add_number(out, t->quantity_kwh);
        }
        text_add(out, "\n");
    }
    for (int k = 0; k < ledger->resources_count; k++) {
        text_add_format(out, "%s,%s,outside,%s,,", name, party_name(ledger->resources[k].party),
                        ledger->resources[k].kind);
        text_add_number(out, ledger->resources[k].money_year);
        text_add(out, ",\n");
    }
}

enum status csv_transfers(const struct accounts *accounts, struct text_buffer *out) {
    text_add(out, "case,payer,payee,kind,instance,money_year,quantity_kwh_year\n");
    for (int k = 0; k < CASES; k++) {
        add_transfers(accounts, case_name((enum plan_case)k), &accounts->ledger[k], out);
    }
    add_transfers(accounts, "together_less_apart", &accounts->change, out);
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
