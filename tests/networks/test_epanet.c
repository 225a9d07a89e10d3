/* EPANET's valves: a throttle valve loses what one works out by hand, every other is refused by its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "build.h"
#include "networks/epanet.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define INP(valve, more)                                                                           \
    "[OPTIONS]\nUnits LPS\n[RESERVOIRS]\nr 50\n[JUNCTIONS]\nj 0 10\n[VALVES]\nv r j 100 " valve    \
    "\n" more "[END]\n"

static enum status read_inp(struct built *b, const char *text) {
    struct epanet epanet;
    *b = (struct built){.arena = arena_new(0)};
    b->diag = diag_new(b->arena);
    enum status status = epanet_parse(b->arena, b->diag, "n.inp", text, strlen(text), &epanet);
    b->network = epanet.network;
    return status == STATUS_OK ? network_complete(b->network, NEED_SIZES, b->diag) : status;
}

/* 10 l/s through 100 mm: 1.2732 m/s, rho v^2 / 2 = .81057 kPa, times the coefficient. */
static void a_throttle_valve(void **state) {
    static const struct {
        const char *text;
        double zeta_ratio;
    } cases[] = {{INP("TCV 5 2", ""), 5.0},
                 {INP("TCV 5 2", "[STATUS]\nv OPEN\n"), 2.0},
                 {INP("tcv 5", ""), 5.0}};
    (void)state;
    for (int k = 0; k < COUNT(cases); k++) {
        struct built b;
        assert_int_equal(read_inp(&b, cases[k].text), STATUS_OK);
        build_solve(&b);
        double lost_kpa = 50.0 * 9.80665 - b.state->out->pressure_kpa[build_node(&b, "j")];
        assert_close(lost_kpa, cases[k].zeta_ratio * 0.810569, 1e-5);
        build_free(&b);
    }
}

static void other_valves_by_name(void **state) {
    static const char *const cases[][2] = {
        {INP("PRV 30 0", ""), "n.inp:8:1: error: v: a pressure reducing valve (PRV) holds"},
        {INP("PSV 30 0", ""), "n.inp:8:1: error: v: a pressure sustaining valve (PSV) holds"},
        {INP("FCV 5 0", ""), "n.inp:8:1: error: v: a flow control valve (FCV) limits the flow"},
        {INP("PBV 5 0", ""), "n.inp:8:1: error: v: a pressure breaker valve (PBV) loses"},
        {INP("GPV c 0", ""), "n.inp:8:1: error: v: a general purpose valve (GPV) loses by a curve"},
        {INP("XYZ 5 0", ""), "n.inp:8:1: error: v: this kind of valve is not known"},
        {INP("TCV 5 0", "[CONTROLS]\nLINK v OPEN AT TIME 5\n"),
         "n.inp:10:1: error: LINK: a control that opens a valve fully is not read"},
    };
    (void)state;
    for (int k = 0; k < COUNT(cases); k++) {
        struct built b;
        assert_int_equal(read_inp(&b, cases[k][0]), STATUS_BAD_SCENARIO);
        if (!strstr(build_messages(&b), cases[k][1])) {
            fail_msg("not \"%s\" but\n%s", cases[k][1], build_messages(&b));
        }
        assert_non_null(diag_at(b.diag, 0)->remedy);
        build_free(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_throttle_valve),
        cmocka_unit_test(other_valves_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
