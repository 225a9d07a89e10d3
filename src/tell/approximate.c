/* Plans that are not the method to rest. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/approximate.h"

#include <string.h>

#include "base/json.h"
#include "plan/typical.h"
#include "tell/number.h"

enum { SUMMARY_BYTES_MAX = 256 << 20 };

bool approximate(const struct plan *plan) { return plan->depth != PLAN_FULL; }

/* "2024-01-15", the first day of a typical week. */
static const char *begin_of(const struct typical_year *year, int k, struct arena *arena) {
    char stamp[32];
    const struct calendar *calendar = &year->scenario->calendar;
    calendar_stamp(calendar, year->typical[k] * TYPICAL_WEEK_DAYS * calendar->steps_per_day, stamp);
    return arena_text_n(arena, stamp, strlen("2024-01-15"));
}

void approximate_json(const struct plan *plan, struct text_buffer *out) {
    const struct typical_year *year = plan->typical;
    if (!approximate(plan)) {
        return;
    }
    text_add_format(out, "  \"approximate\": {\"depth\": \"%s\", \"weeks\": [",
                    plan_depth_name(plan->depth));
    for (int k = 0; year && k < year->typical_count; k++) {
        text_add_format(out, "%s{\"days\": %d, \"from\": \"%s\"}", k > 0 ? ", " : "", year->days[k],
                        begin_of(year, k, out->arena));
    }
    text_add(out, "]},\n");
}

void approximate_terminal(const struct plan *plan, struct page *page) {
    const struct typical_year *year = plan->typical;
    struct arena *arena = page->arena;
    if (!approximate(plan)) {
        return;
    }
    const char *words = "≈ Approximate: one programme at the sizes and losses of another plan.";
    for (int k = 0; year && k < year->typical_count; k++) {
        words = number_format(arena, k > 0 ? "%s, %s for %d days" : "%s the week of %s for %d days",
                              k > 0 ? words : "≈ Approximate: typical weeks stand for all,",
                              begin_of(year, k, arena), year->days[k]);
    }
    page_wrap(page, page_plain(page, year ? number_format(arena, "%s.", words) : words), 0, 2);
}

const char *approximate_value(const struct plan *plan, struct arena *arena, const char *value) {
    return approximate(plan) ? number_format(arena, "≈ %s", value) : value;
}

enum status approximate_refuse(struct arena *arena, struct diag *diag, const char *folder) {
    const char *path = arena_format(arena, "%s/summary.json", folder);
    struct place place = {path, 0, 0};
    struct json *document = NULL;
    char *text = NULL;
    size_t size = 0;
    TRY(path ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(file_read(arena, diag, place, path, SUMMARY_BYTES_MAX, &text, &size));
    TRY(json_read_all(diag, path, text, size, &document));
    const char *depth = json_text(json_find(json_find(document, "approximate"), "depth"));
    if (depth) {
        diag_error(diag, place, "an approximate plan (%s) is nothing to verify", depth);
        diag_remedy(diag, "plan it in full: hearth run without --typical");
    }
    json_free(document);
    return depth ? STATUS_CHECK_FAILED : STATUS_OK;
}
