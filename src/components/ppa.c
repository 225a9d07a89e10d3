/* Power purchase agreement: what a generator elsewhere makes is bought by contract and comes through the grid. Money
   moves, no power: the meter draws, is billed for peaks and is limited as without it.

   made = output * capacity (equal, whatever is needed)
   as produced      used + sold = made, used of all contracts <= the meter's import in each step
                    a kWh used costs price + delivery - credit on the meter's bill, a kWh sold price - market
   for difference   sold = made: price - market, whatever is used

   Where no credit is given, it is the energy price of the meter's own bill, which plan/ puts in (plan/contract.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "components/component.h"

struct ppa {
    int source, settlement;
    double capacity_kw, delivery_money_kwh;
    struct input output_frac, price_money_kwh, credit_money_kwh, market_money_kwh;
    bool certificates;
};
enum { CONTRACT, PORTS };
enum { FLAT, PV, PV_TRACKED, WIND };
enum { AS_PRODUCED, FOR_DIFFERENCE };
enum { USED, SOLD };
enum { PLANT_BYTES = 512 };

static const struct param params[] = {
    PARAM(ppa, capacity_kw, REQUIRED, 0.0, 1e7, "user", "Rated power of the share contracted."),
    PARAM_OF(ppa, source, FLAT, "assumed: a band; weather is that of the place",
             "What makes it: a flat band, or plant of the catalogue with its defaults.", "flat",
             "pv", "pv_tracked", "wind"),
    PARAM_IN(ppa, output_frac, NOT_GIVEN, 0.0, 1.0, "that of source: a flat band has 1",
             "Output per rated power, a share or a series."),
    PARAM_IN(ppa, price_money_kwh, REQUIRED, 0.0, 10.0, "user", "Price of a kWh made."),
    PARAM_OF(ppa, settlement, AS_PRODUCED, "assumed",
             "Bought as it is produced, the surplus sold; or settled for the difference from the "
             "market alone.",
             "as_produced", "for_difference"),
    PARAM_IN(ppa, credit_money_kwh, NOT_GIVEN, -10.0, 10.0,
             "the meter's price of energy in that step",
             "As produced: what a kWh used takes off the meter's bill."),
    PARAM(ppa, delivery_money_kwh, 0.0, 0.0, 10.0, "user; none",
          "As produced: what the utility asks for bringing a kWh used."),
    PARAM_IN(ppa, market_money_kwh, NOT_GIVEN, -10.0, 10.0, "as produced: nothing is paid",
             "What the market pays for a kWh."),
    PARAM_YES(ppa, certificates, 1, "they come with most contracts, recalled, unverified",
              "Whether its certificates of origin come with it and are kept."),
};
static const struct port ports[PORTS] = {
    [CONTRACT] = {.name = "contract",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_OUT,
                  .side = SIDE_METER,
                  .meaning = "the meter it is for: no power flows here, it comes by the grid"},
};

static bool given(const struct input *input) { return input->by_step || !isnan(input->value); }

/* Plant of the catalogue with its defaults, at this place. */
static void output_of(const char *name, int tracked, const struct hours *hours,
                      struct coefficients *ret) {
    const struct component *plant = component_find(name);
    union {
        double aligned;
        char bytes[PLANT_BYTES];
    } self;
    assert(plant->size <= sizeof self);
    component_defaults(plant, &self);
    const struct param *mounting = component_param(plant, "mounting");
    if (mounting) {
        *(int *)(void *)(self.bytes + mounting->offset) = tracked;
    }
    plant->coefficients(&self, hours, ret);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct ppa *ppa = self;
    bool own = given(&ppa->output_frac);
    if (!own && ppa->source != FLAT) {
        output_of(ppa->source == WIND ? "wind" : "pv", ppa->source == PV_TRACKED, hours, ret);
    }
    for (int t = 0; t < hours->count; t++) {
        int at = t < hours->horizon_count ? t : 0; /* design days cost nothing */
        double price = input_at(&ppa->price_money_kwh, at);
        double market = given(&ppa->market_money_kwh) ? input_at(&ppa->market_money_kwh, at) : 0.0;
        double credit = given(&ppa->credit_money_kwh) ? input_at(&ppa->credit_money_kwh, at) : 0.0;
        for (int m = USED; m <= SOLD; m++) {
            ret->mode[m].port[CONTRACT][t] = 0.0;
        }
        ret->mode[USED].may_run[t] = ppa->settlement == AS_PRODUCED;
        ret->mode[USED].cost_money_kwh[t] = price + ppa->delivery_money_kwh - credit;
        ret->mode[SOLD].cost_money_kwh[t] = price - market;
        if (own) {
            ret->availability_frac[t] = input_at(&ppa->output_frac, at);
        }
        if (t >= hours->horizon_count) {
            ret->availability_frac[t] = 0.0;
        }
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct ppa *ppa = self;
    bool difference = ppa->settlement == FOR_DIFFERENCE;
    if (difference && !given(&ppa->market_money_kwh)) {
        diag_error(diag, place, "settlement: for_difference needs the market's price");
        diag_remedy(diag, "add  market_money_kwh: a number, or a series of the market's prices");
    }
    if (difference && (given(&ppa->credit_money_kwh) || ppa->delivery_money_kwh > 0.0)) {
        diag_error(diag, place,
                   "credit_money_kwh and delivery_money_kwh belong to settlement: as_produced");
        diag_remedy(diag, "leave them out: for_difference never touches the meter's bill");
    }
    if (given(&ppa->output_frac) && ppa->source != FLAT) {
        diag_error(diag, place, "output_frac stands beside source");
        diag_remedy(diag, "leave one of them out");
    }
}

const struct component component_ppa = {
    .name = "ppa",
    .title = "Power purchase agreement",
    .summary = "Power of a generator elsewhere, bought by contract and brought by the grid.",
    .shape = SHAPE_CONVERTER,
    .reference_port = CONTRACT,
    .size = sizeof(struct ppa),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"used", "sold"},
    .must_take = true,
    .contract = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .validity = "One price a step; the generator's own bids, curtailment by its grid and imbalance "
                "fees are not in it.",
    .references = "GHG Protocol scope 2 guidance 2015; PV and wind as their own pages",
    .coefficients = coefficients,
    .check = check,
};
