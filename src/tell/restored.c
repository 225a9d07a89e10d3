/* Plans from their folders. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/restored.h"

#include <string.h>

#include "base/file.h"
#include "tell/record.h"
#include "tell/tell.h"

enum status restored_file(struct arena *arena, struct diag *diag, const char *folder,
                          const char *name, char **ret_text, size_t *ret_size) {
    const char *path = arena_format(arena, "%s/%s", folder, name);
    struct place place = {path, 0, 0};
    return path ? file_read(arena, diag, place, path, RESTORED_BYTES_MAX, ret_text, ret_size)
                : STATUS_NO_MEMORY;
}

static enum status read_records(struct arena *arena, struct diag *diag, const char *folder,
                                struct scenario *scenario, struct case_record record[CASES]) {
    char *text = NULL;
    size_t size = 0;
    TRY(restored_file(arena, diag, folder, "summary.json", &text, &size));
    TRY(record_read(scenario, "summary.json", text, size, arena, diag, record));
    for (int k = 0; k < CASES; k++) {
        if (!record[k].flow) {
            continue;
        }
        const char *name = tell_hourly_name((enum plan_case)k);
        TRY(restored_file(arena, diag, folder, name, &text, &size));
        TRY(record_hourly(scenario, name, text, size, calendar_steps(&scenario->calendar), arena,
                          diag, &record[k]));
    }
    return STATUS_OK;
}

enum status restored_plan(struct arena *arena, struct diag *diag, const char *folder,
                          struct plan **ret) {
    struct case_record record[CASES];
    struct scenario *scenario = NULL;
    memset(record, 0, sizeof record);
    const char *path = arena_format(arena, "%s/plan.yaml", folder);
    if (!path) {
        return STATUS_NO_MEMORY;
    }
    TRY(scenario_read(arena, diag, path, &scenario));
    TRY(read_records(arena, diag, folder, scenario, record));
    return plan_restore(scenario, record, arena, diag, ret);
}
