/* Pipes: the whole catalogue, friction against the plain equation and the joints between its laws,
   losses and cooling at their limits, and a five-cell pipe of another program. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "base/random.h"
#include "physics/pipe.h"

/* heat notes section 4: isoplus losses in W/(m K) by insulation series, and the flow in kg/s and speed
   in m/s at .100 kPa/m (60 degC, .1 mm). */
static const struct {
    int nominal_mm;
    double loss[3], flow_kg_s, speed_m_s;
} catalogue[] = {{20, {0.130, 0.111, 0.103}, 0.130, 0.36}, {25, {0.156, 0.131, 0.119}, 0.240, 0.42},
                 {32, {0.159, 0.142, 0.129}, 0.504, 0.50}, {40, {0.181, 0.159, 0.143}, 0.756, 0.56},
                 {50, {0.201, 0.176, 0.156}, 1.48, 0.66},  {65, {0.233, 0.198, 0.174}, 2.93, 0.78},
                 {80, {0.242, 0.208, 0.185}, 4.57, 0.87},  {100, {0.254, 0.215, 0.191}, 9.11, 1.03},
                 {125, {0.288, 0.246, 0.214}, 16.0, 1.18}, {150, {0.337, 0.279, 0.234}, 26.4, 1.33},
                 {200, {0.369, 0.295, 0.247}, 53.7, 1.57}, {250, {0.364, 0.291, 0.247}, 96.7, 1.81},
                 {300, {0.413, 0.328, 0.270}, 152, 2.01},  {350, {0.401, 0.317, 0.261}, 196, 2.14},
                 {400, {0.422, 0.328, 0.268}, 278, 2.32},  {450, {0.424, 0.330, 0.270}, 381, 2.50},
                 {500, {0.415, 0.325, 0.267}, 506, 2.67},  {600, {0.500, 0.375, 0.306}, 819, 2.99}};

/* The same table: outer and inner diameter of the pipe and the three casings, in millimetres. */
static const double dimensions[][5] = {
    {26.9, 21.7, 90, 110, 125},    {33.7, 27.3, 90, 110, 125},    {42.4, 36, 110, 125, 140},
    {48.3, 41.9, 110, 125, 140},   {60.3, 53.9, 125, 140, 160},   {76.1, 69.7, 140, 160, 180},
    {88.9, 82.5, 160, 180, 200},   {114.3, 107.1, 200, 225, 250}, {139.7, 132.5, 225, 250, 280},
    {168.3, 160.3, 250, 280, 315}, {219.1, 210.1, 315, 355, 400}, {273, 263, 400, 450, 500},
    {323.9, 312.7, 450, 500, 560}, {355.6, 344.4, 500, 560, 630}, {406.4, 393.8, 560, 630, 710},
    {457, 444.4, 630, 710, 800},   {508, 495.4, 710, 800, 900},   {610, 595.8, 800, 900, 1000},
};

static void all_dimensions_of_the_catalogue(void **state) {
    (void)state;
    assert_int_equal(pipe_sizes(), COUNT(dimensions));
    for (int k = 0; k < COUNT(dimensions); k++) {
        const struct pipe_size *size = pipe_size_at(k);
        assert_close(1000.0 * size->outer_m, dimensions[k][0], 1e-9);
        assert_close(1000.0 * size->inner_m, dimensions[k][1], 1e-9);
        for (int series = 0; series < 3; series++) {
            assert_close(1000.0 * size->casing_m[series], dimensions[k][2 + series], 1e-9);
        }
    }
}

static void all_losses_of_the_catalogue(void **state) {
    double squares = 0.0, worst = 0.0;
    (void)state;
    assert_int_equal(pipe_sizes(), COUNT(catalogue));
    for (int k = 0; k < COUNT(catalogue); k++) {
        const struct pipe_size *size = pipe_size_at(k);
        assert_int_equal(size->nominal_mm, catalogue[k].nominal_mm);
        for (int series = 0; series < 3; series++) {
            double ratio =
                1000.0 *
                pipe_loss_single_kw_mk(size->outer_m, size->casing_m[series], 1.0, 2.6e-5, 1e-3) /
                catalogue[k].loss[series];
            squares += (ratio - 1.0) * (ratio - 1.0) / (3.0 * COUNT(catalogue));
            worst = fmax(worst, fabs(ratio - 1.0));
        }
    }
    print_message("54 losses: rms %.2f %%, worst %.2f %%\n", 100.0 * sqrt(squares), 100.0 * worst);
    assert_true(sqrt(squares) < 0.0155 && worst < 0.04);
}

static void all_flows_of_the_catalogue(void **state) {
    (void)state;
    for (int k = 0; k < COUNT(catalogue); k++) {
        const struct pipe_size *size = pipe_size_at(k);
        double flow_kg_s = catalogue[k].flow_kg_s;
        /* three digits of flow are two of pressure */
        assert_close(pipe_gradient_kpa_m(flow_kg_s, size->inner_m, 1e-4, 983.2, 4.66e-7), 0.100,
                     0.0012);
        assert_close(pipe_speed_m_s(flow_kg_s, size->inner_m, 983.2), catalogue[k].speed_m_s,
                     0.006);
        if (catalogue[k].speed_m_s < 0.98 * pipe_speed_limit_m_s(size->nominal_mm)) {
            assert_int_equal(pipe_size_for(0.985 * flow_kg_s, 0.100, 1e-4, 983.2, 4.66e-7), k);
        }
    }
    assert_int_equal(pipe_size_for(1e5, 0.1, 1e-4, 983.2, 4.66e-7), pipe_sizes() - 1);
    for (int k = 1; k < pipe_sizes(); k++) {
        const struct pipe_size *size = pipe_size_at(k), *smaller = pipe_size_at(k - 1);
        assert_true(size->outer_m > smaller->outer_m && size->inner_m > smaller->inner_m);
        assert_true(size->inner_m < size->outer_m && size->outer_m < size->casing_m[0]);
        assert_true(size->casing_m[0] < size->casing_m[1] && size->casing_m[1] < size->casing_m[2]);
    }
}

/* heat notes H5: the five pipes of a tree, 983.2 kg/m3, 4.67e-7 kPa s, 4.185 kJ/(kg K), .1 mm, ground 10
   degC; each pipe's loss by its own supply: flow, speed, friction, pressure, temperatures, loss. */
static void a_tree_of_five_pipes(void **state) {
    static const struct {
        double inner_m, length_m, loss_kw_mk, flow_kg_s, speed_m_s, friction_ratio, drop_kpa;
        double in_c, out_c, lost_kw;
    } pipes[] = {
        {0.1325, 400, 0.2459e-3, 13.6664, 1.0081, 0.019581, 29.5309, 70.0, 69.8969, 5.8965},
        {0.0697, 150, 0.198e-3, 3.2112, 0.8560, 0.023158, 17.9515, 69.8969, 69.7647, 1.7770},
        {0.1071, 300, 0.2148e-3, 10.4552, 1.1804, 0.020431, 39.1991, 69.8969, 69.8088, 3.8569},
        {0.0697, 100, 0.198e-3, 4.0175, 1.0709, 0.022850, 18.4836, 69.8088, 69.7384, 1.1835},
        {0.0825, 250, 0.2076e-3, 6.4377, 1.2249, 0.021745, 48.6006, 69.8088, 69.6937, 3.1011}};
    (void)state;
    for (int k = 0; k < COUNT(pipes); k++) {
        double flow_kg_s = pipes[k].flow_kg_s;
        double speed_m_s = pipe_speed_m_s(flow_kg_s, pipes[k].inner_m, 983.2);
        double reynolds = 983.2 * speed_m_s * pipes[k].inner_m / 4.67e-4;
        assert_close(speed_m_s, pipes[k].speed_m_s, 0.0001);
        assert_close(pipe_friction_ratio(reynolds, 1e-4, pipes[k].inner_m), pipes[k].friction_ratio,
                     0.000001);
        double gradient = pipe_gradient_kpa_m(flow_kg_s, pipes[k].inner_m, 1e-4, 983.2, 4.67e-7);
        assert_close(gradient * pipes[k].length_m, pipes[k].drop_kpa, 0.002);
        double out_c = pipe_outlet_c(pipes[k].in_c, 10.0, pipes[k].loss_kw_mk, pipes[k].length_m,
                                     flow_kg_s, 4.185);
        assert_close(out_c, pipes[k].out_c, 0.0001);
        assert_close(flow_kg_s * 4.185 * (pipes[k].in_c - out_c), pipes[k].lost_kw, 0.002);
    }
}

/* The plain equation by bisection on 1/sqrt(f), slow and obvious. */
static double plain_colebrook(double reynolds, double relative) {
    double low = 1.0, high = 20.0;
    for (int n = 0; n < 200; n++) {
        double x = 0.5 * (low + high);
        if (x + 2.0 * log10(2.51 * x / reynolds + relative / 3.71) > 0.0) {
            high = x;
        } else {
            low = x;
        }
    }
    return 1.0 / (low * low);
}

static void friction_is_colebrooks(void **state) {
    struct random random;
    (void)state;
    random_seed(&random, 13);
    for (int n = 0; n < 3000; n++) {
        double reynolds = 4000.0 * pow(2.5e4, random_uniform(&random));
        double relative = 0.05 * pow(random_uniform(&random), 4.0);
        double plain = plain_colebrook(reynolds, relative);
        assert_close(pipe_friction_ratio(reynolds, relative, 1.0) / plain, 1.0, 1e-9);
    }
}

/* Dunlop's cubic starts at 64/Re with its slope and meets Swamee and Jain's formula at 4000, which is
   up to 3.4 % from Colebrook's there. */
static void the_laws_of_friction_join(void **state) {
    (void)state;
    for (double relative = 1e-6; relative < 0.02; relative *= 2.0) {
        assert_close(pipe_friction_ratio(2000.0, relative, 1.0), 0.032, 1e-12);
        assert_close(pipe_friction_ratio(2000.001, relative, 1.0), 0.032, 1e-6);
        double before = pipe_friction_ratio(3999.99, relative, 1.0);
        double start = log10(relative / 3.7 + 5.74 / pow(4000.0, 0.9));
        assert_close(before, 0.25 / (start * start), 1e-5);
        assert_close(before / pipe_friction_ratio(4000.0, relative, 1.0), 1.0, 0.035);
        assert_close(pipe_friction_ratio(500.0, relative, 1.0), 64.0 / 500.0, 1e-12);
    }
    assert_true(isfinite(pipe_friction_ratio(0.0, 1e-4, 0.1)));
}

static void more_flow_needs_more_pressure(void **state) {
    double before_kpa_m = 0.0;
    (void)state;
    for (double flow_kg_s = 0.001; flow_kg_s < 100.0; flow_kg_s *= 1.05) {
        double now_kpa_m = pipe_gradient_kpa_m(flow_kg_s, 0.1071, 1e-4, 983.2, 4.66e-7);
        assert_true(now_kpa_m > before_kpa_m);
        assert_true(now_kpa_m > pipe_gradient_kpa_m(flow_kg_s, 0.1325, 1e-4, 983.2, 4.66e-7));
        before_kpa_m = now_kpa_m;
    }
    assert_close(pipe_gradient_kpa_m(-1.0, 0.1071, 1e-4, 983.2, 4.66e-7), 0.0, 0.0);
}

static double single(double casing_m, double cover_m, double ground_kw_mk) {
    return pipe_loss_single_kw_mk(0.1143, casing_m, cover_m, 2.6e-5, ground_kw_mk);
}

/* A pair warms the ground it shares: less than two singles, nearly two of them far apart. Thicker,
   deeper, drier keeps more. */
static void losses_have_their_directions(void **state) {
    (void)state;
    assert_true(single(0.25, 1.0, 1e-3) < single(0.225, 1.0, 1e-3));
    assert_true(single(0.225, 2.0, 1e-3) < single(0.225, 1.0, 1e-3));
    assert_true(single(0.225, 1.0, 1.6e-3) > single(0.225, 1.0, 1e-3));
    double before = 0.0;
    for (double spacing_m = 0.225; spacing_m < 200.0; spacing_m *= 1.4) {
        double pair = pipe_loss_pair_kw_mk(0.1143, 0.225, 1.0, spacing_m, 2.6e-5, 1e-3);
        assert_true(pair > before && pair < single(0.225, 1.0, 1e-3));
        before = pair;
    }
    assert_close(before / single(0.225, 1.0, 1e-3), 1.0, 1e-4);
    /* heat notes section 5: q_s 12.63 and q_r 5.71 W/m, 18.34 together, at 70/40/10 degC */
    double both = pipe_loss_pair_kw_mk(0.1143, 0.225, 1.0, 0.375, 2.6e-5, 1e-3);
    assert_close(1000.0 * both * (70.0 + 40.0 - 20.0), 18.34, 0.005);
}

/* Cells one after another, as a finite-volume program has them (CASES 1.2: OpenModelica, five cells
   of 100 m, 100 W/(m2 K)): with ever more of them they become the exponential. */
static void many_cells_become_the_exponential(void **state) {
    const double loss_kw_mk = 0.1 * 3.14159265358979 * 0.075, heat_kj_kgk = 4.184778;
    double five_c = 0.0, exact_c = 0.0;
    (void)state;
    exact_c = pipe_outlet_c(90.0, 20.0, loss_kw_mk, 100.0, 3.0, heat_kj_kgk);
    assert_close(exact_c + 273.15, 351.1716, 0.0005); /* the closed form of the same case */
    for (int cells = 5; cells <= 5000; cells *= 10) {
        double t_c = 90.0, share = loss_kw_mk * 100.0 / cells / (3.0 * heat_kj_kgk);
        for (int k = 0; k < cells; k++) {
            t_c = (t_c + share * 20.0) / (1.0 + share);
        }
        five_c = cells == 5 ? t_c : five_c;
        assert_true(t_c > exact_c && t_c - exact_c < 1.1 / cells);
    }
    assert_close(five_c + 273.15, 351.4064, 0.1); /* OpenModelica */
}

static void water_ends_between_inlet_and_ground(void **state) {
    (void)state;
    for (double flow_kg_s = 1e-4; flow_kg_s < 1e3; flow_kg_s *= 3.0) {
        double out_c = pipe_outlet_c(80.0, 8.0, 0.0003, 2000.0, flow_kg_s, 4.19);
        assert_true(out_c >= 8.0 && out_c <= 80.0);
        double cold_c = pipe_outlet_c(2.0, 8.0, 0.0003, 2000.0, flow_kg_s, 4.19);
        assert_true(cold_c >= 2.0 && cold_c <= 8.0); /* it warms, too */
    }
    /* one way in two halves */
    double half_c = pipe_outlet_c(80.0, 8.0, 0.0003, 1000.0, 2.0, 4.19);
    assert_close(pipe_outlet_c(half_c, 8.0, 0.0003, 1000.0, 2.0, 4.19),
                 pipe_outlet_c(80.0, 8.0, 0.0003, 2000.0, 2.0, 4.19), 1e-10);
}

/* From wherever the search starts it ends at the same friction; the law rises and has no step. */
static void smooth_hagen(void **state) {
    double before = 0.0, slope_before = 32.0;
    (void)state;
    for (double reynolds = 100.0; reynolds < 1e7; reynolds *= 1.01) {
        double slope = 0.0, near_slope = 0.0, root = 9.0, low = 2.0;
        double hagen = pipe_hagen_ratio(reynolds, 1e-3, &slope);
        assert_true(hagen > before && slope > 0.0);
        assert_close(pipe_hagen_near_ratio(reynolds, 1e-3, &root, &near_slope) / hagen, 1.0, 1e-11);
        assert_close(near_slope / slope, 1.0, 1e-5);
        assert_close(pipe_hagen_near_ratio(reynolds, 1e-3, &low, &near_slope) / hagen, 1.0, 1e-11);
        double mean = 0.5 * (slope + slope_before) * (reynolds - reynolds / 1.01);
        if (before > 0.0) { /* the slope is that of the law: trapezoid */
            assert_close((hagen - before) / mean, 1.0, 5e-3);
        }
        before = hagen;
        slope_before = slope;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(smooth_hagen),
        cmocka_unit_test(all_dimensions_of_the_catalogue),
        cmocka_unit_test(all_losses_of_the_catalogue),
        cmocka_unit_test(all_flows_of_the_catalogue),
        cmocka_unit_test(a_tree_of_five_pipes),
        cmocka_unit_test(friction_is_colebrooks),
        cmocka_unit_test(the_laws_of_friction_join),
        cmocka_unit_test(more_flow_needs_more_pressure),
        cmocka_unit_test(losses_have_their_directions),
        cmocka_unit_test(many_cells_become_the_exponential),
        cmocka_unit_test(water_ends_between_inlet_and_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
