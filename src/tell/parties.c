/* How a party is shown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/parties.h"

#include <math.h>

static const struct party_look looks[] = {
    {PARTY_OPERATOR, "●", "Operator", "operator"},
    {PARTY_HEAT_UTILITY, "◆", "Heat utility", "heat-utility"},
    {PARTY_HEAT_CUSTOMERS, "■", "Heat customers", "households"},
    {PARTY_ELECTRIC_UTILITY, "▲", "Electric utility", "electric-utility"},
    {PARTY_FUEL_SUPPLIER, "▼", "Fuel supplier", "society"},
    {PARTY_WATER_UTILITY, "◇", "Water utility", "water"},
    {PARTY_SUPPLIERS, "□", "Plant suppliers", "society"},
    {PARTY_MUNICIPALITY, "✚", "City", "municipality"},
    {PARTY_STATE, "◈", "State", "municipality"},
    {PARTY_THIRD_PARTY, "◐", "Third party", "society"},
    {PARTY_LENDERS, "◎", "Lenders", "society"},
    {PARTY_SOCIETY, "○", "Society", "society"}};

const struct party_look *party_looks(int *ret_count) {
    *ret_count = COUNT(looks);
    return looks;
}

const struct party_look *party_look_of(enum party party) {
    for (int k = 0; k < COUNT(looks); k++) {
        if (looks[k].party == party) {
            return &looks[k];
        }
    }
    return &looks[COUNT(looks) - 1];
}

void party_mark(struct text_buffer *out, const struct party_look *look) {
    text_add_format(out, "<i style=\"color:var(--%s)\">%s</i> %s", look->colour, look->mark,
                    look->name);
}

bool party_moves(const struct accounts *accounts, double money_year) {
    double size = fabs(accounts->metrics[CASE_APART].cost_money_year);
    return fabs(money_year) >= 0.5 && fabs(money_year) > 1e-7 * size;
}
