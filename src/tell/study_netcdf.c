/* results.nc: what results.csv holds, a variable each. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/accounts.h"
#include "base/units.h"
#include "tell/netcdf.h"
#include "tell/study.h"

/* An axis is numbers where every one of its cells is one. */
static enum status fill_axis(const struct study *study, int a, struct arena *arena,
                             struct netcdf_column *ret) {
    double *value = ARENA_TAKE(arena, double, study->rows);
    const char **text = ARENA_TAKE(arena, const char *, study->rows);
    bool numbers = true;
    if (!value || !text) {
        return STATUS_NO_MEMORY;
    }
    for (long row = 0; row < study->rows; row++) {
        text[row] = study_cell(study, row, a, arena);
        TRY(text[row] ? STATUS_OK : STATUS_NO_MEMORY);
        numbers = numbers && text_number(text[row], strlen(text[row]), &value[row]);
    }
    ret->name = study->axes[a].path;
    ret->meaning = "axis of the study";
    ret->value = numbers ? value : NULL;
    ret->text = numbers ? NULL : text;
    return STATUS_OK;
}

/* "together.pue_ratio" is a figure of a case; of "gain_money_year.state" and "capacity.tank" what stands in front says the unit,
   and a capacity's depends on the plant. */
static void describe(const char *name, struct arena *arena, struct netcdf_column *ret) {
    const char *point = strchr(name, '.');
    int size = point ? (int)(point - name) : (int)strlen(name);
    const char *figure = arena_format(arena, "%.*s", size, name);
    for (int m = 0; point && m < metrics_count(); m++) {
        if (strcmp(metrics_key(m), point + 1) == 0) {
            figure = metrics_key(m);
            ret->meaning = metrics_meaning(m);
        }
    }
    const struct unit *unit = figure ? units_of_name(figure) : NULL;
    ret->units = unit ? unit->symbol : NULL;
    ret->name = name;
}

static enum status fill_figure(const struct study_results *results, int k, struct arena *arena,
                               struct netcdf_column *ret) {
    double *value = ARENA_TAKE(arena, double, results->study->rows);
    for (long row = 0; value && row < results->study->rows; row++) {
        value[row] = results->value[row * results->names_count + k];
    }
    describe(results->names[k], arena, ret);
    ret->value = value;
    return value ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status study_netcdf(const struct study_results *results, struct text_buffer *out) {
    const struct study *study = results->study;
    struct arena *arena = out->arena;
    int count = 0, most = 1 + study->axes_count + results->names_count;
    struct netcdf_column *columns = ARENA_TAKE(arena, struct netcdf_column, most);
    const char **status = ARENA_TAKE(arena, const char *, study->rows);
    if (!columns || !status) {
        return STATUS_NO_MEMORY;
    }
    for (long row = 0; row < study->rows; row++) {
        status[row] = status_text(results->status[row]);
    }
    columns[count++] = (struct netcdf_column){
        .name = "status", .meaning = "whether there is a plan", .text = status};
    for (int a = 0; a < study->axes_count; a++) {
        TRY(fill_axis(study, a, arena, &columns[count++]));
    }
    for (int k = 0; k < results->names_count; k++) {
        TRY(fill_figure(results, k, arena, &columns[count++]));
    }
    return netcdf_table("Plans of a study by Hearth", "row", study->rows, columns, count, out);
}
