/* Water: the table of pandapipes, directions, and the maximum of density. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/water.h"

/* heat notes section 3, read from pandapipes' table of water. */
static void pandapipes_table(void **state) {
    static const struct {
        double t_c, density_kg_m3, heat_kj_kgk, viscosity_kpas;
    } table[] = {{10.0, 999.70, 4.1955, 1.306e-6},
                 {40.0, 992.2, 4.1796, 6.53e-7},
                 {60.0, 983.2, 4.1851, 4.66e-7},
                 {80.0, 971.8, 4.1969, 3.54e-7}};
    (void)state;
    for (int k = 0; k < COUNT(table); k++) {
        assert_close(water_density_kg_m3(table[k].t_c), table[k].density_kg_m3, 0.05);
        assert_close(water_heat_kj_kgk(table[k].t_c), table[k].heat_kj_kgk, 0.0002);
        assert_close(water_viscosity_kpas(table[k].t_c), table[k].viscosity_kpas, 1e-9);
    }
}

static void water_is_densest_at_four_degrees(void **state) {
    (void)state;
    assert_true(water_density_kg_m3(3.98) > water_density_kg_m3(3.0));
    assert_true(water_density_kg_m3(3.98) > water_density_kg_m3(5.0));
    for (double t_c = 5.0; t_c < 100.0; t_c += 1.0) {
        assert_true(water_density_kg_m3(t_c + 1.0) < water_density_kg_m3(t_c));
    }
}

static void warm_water_is_thin_and_evaporates_easily(void **state) {
    (void)state;
    for (double t_c = 0.0; t_c < 100.0; t_c += 1.0) {
        assert_true(water_viscosity_kpas(t_c + 1.0) < water_viscosity_kpas(t_c));
        assert_true(water_latent_kj_kg(t_c + 1.0) < water_latent_kj_kg(t_c));
        assert_true(water_heat_kj_kgk(t_c) > 4.17 && water_heat_kj_kgk(t_c) < 4.23);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pandapipes_table),
        cmocka_unit_test(water_is_densest_at_four_degrees),
        cmocka_unit_test(warm_water_is_thin_and_evaporates_easily),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
