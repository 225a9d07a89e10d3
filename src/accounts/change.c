/* What changes: together less apart, transfers of the same kind between the same parties as one line. Lines of less
   than a cent are left out; the parties' nets are added up before. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "accounts/internal.h"

enum { RESOURCES_MAX = 2 * PARTY_COUNT };
static const double cent_money = 0.005;

static void merge(struct ledger *ledger, const struct transfer *transfer, double sign) {
    for (int k = 0; k < ledger->transfers_count; k++) {
        struct transfer *line = &ledger->transfers[k];
        bool same = line->payer == transfer->payer && line->payee == transfer->payee;
        bool turned = line->payer == transfer->payee && line->payee == transfer->payer;
        if ((same || turned) && strcmp(line->kind, transfer->kind) == 0) {
            line->money_year += (same ? sign : -sign) * transfer->money_year;
            line->quantity_kwh += (same ? sign : -sign) * transfer->quantity_kwh;
            return;
        }
    }
    struct transfer line = *transfer;
    line.money_year *= sign;
    line.quantity_kwh *= sign;
    line.instance = -1;
    assert(ledger->transfers_count < ledger->transfers_most);
    ledger->transfers[ledger->transfers_count++] = line;
}

enum status account_change(struct accounts *accounts, struct arena *arena) {
    struct ledger *change = &accounts->change;
    change->transfers_most = accounts->ledger[CASE_TOGETHER].transfers_count +
                             accounts->ledger[CASE_APART].transfers_count;
    change->transfers = ARENA_TAKE(arena, struct transfer, change->transfers_most);
    change->resources = ARENA_TAKE(arena, struct resource, RESOURCES_MAX);
    if (!change->transfers || !change->resources) {
        return STATUS_NO_MEMORY;
    }
    const enum plan_case pair[2] = {CASE_TOGETHER, CASE_APART};
    for (int k = 0; k < 2; k++) {
        const struct ledger *from = &accounts->ledger[pair[k]];
        double sign = k == 0 ? 1.0 : -1.0;
        for (int n = 0; n < from->transfers_count; n++) {
            merge(change, &from->transfers[n], sign);
        }
        for (int n = 0; n < from->resources_count; n++) {
            account_add_resource(change, from->resources[n].party, from->resources[n].kind,
                                 sign * from->resources[n].money_year);
        }
    }
    account_net(change); /* before lines fall away: the parties' nets are whole */
    int kept = 0;
    for (int k = 0; k < change->transfers_count; k++) {
        struct transfer line = change->transfers[k];
        if (fabs(line.money_year) < cent_money) {
            continue;
        }
        if (line.money_year < 0.0) {
            enum party payer = line.payer;
            line.payer = line.payee;
            line.payee = payer;
            line.money_year = -line.money_year;
            line.quantity_kwh = -line.quantity_kwh;
        }
        change->transfers[kept++] = line;
    }
    change->transfers_count = kept;
    return STATUS_OK;
}
