/* hearth verify: the folder again from its record. A file is right when the same plan, computed
   again, writes the same bytes; the first line that differs is named. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/verify.h"
#include "tell/approximate.h"

#include <string.h>

#include "base/file.h"
#include "tell/record.h"
#include "tell/supply.h"
#include "tell/tell.h"

enum { FILE_BYTES_MAX = 1 << 28, LINE_SHOWN = 60 };

struct check {
    struct arena *arena;
    struct diag *diag;
    const char *folder;
    struct text_buffer words;
    int wrong;
};

static enum status read_result(struct check *check, const char *name, char **ret_text,
                               size_t *ret_size) {
    const char *path = arena_format(check->arena, "%s/%s", check->folder, name);
    struct place place = {path, 0, 0};
    return path ? file_read(check->arena, check->diag, place, path, FILE_BYTES_MAX, ret_text,
                            ret_size)
                : STATUS_NO_MEMORY;
}

static void line_of(const char *text, size_t size, size_t at, char *ret_line) {
    size_t from = at > LINE_SHOWN / 2 ? at - LINE_SHOWN / 2 : 0, k = 0;
    for (size_t s = from; s < at; s++) {
        from = text[s] == '\n' ? s + 1 : from;
    }
    for (; k < LINE_SHOWN && from + k < size && text[from + k] != '\n'; k++) {
        ret_line[k] = text[from + k];
    }
    ret_line[k] = '\0';
}

static enum status compare(void *data, const char *name, const char *text, size_t size) {
    struct check *check = data;
    char *found = NULL;
    size_t found_size = 0, at = 0;
    TRY(read_result(check, name, &found, &found_size));
    while (at < size && at < found_size && text[at] == found[at]) {
        at++;
    }
    if (at == size && at == found_size) {
        text_add_format(&check->words, "ok   %s\n", name);
        return STATUS_OK;
    }
    int line = 1, column = 1;
    for (size_t k = 0; k < at; k++) {
        line += found[k] == '\n';
        column = found[k] == '\n' ? 1 : column + 1;
    }
    char is[LINE_SHOWN + 1], should[LINE_SHOWN + 1];
    line_of(found, found_size, at, is);
    line_of(text, size, at, should);
    struct place place = {arena_format(check->arena, "%s/%s", check->folder, name), line, column};
    diag_error(check->diag, place, "reads \"%s\", but the plan computed again gives \"%s\"", is,
               should);
    text_add_format(&check->words, "!!   %s: differs from line %d on\n", name, line);
    check->wrong++;
    return STATUS_OK;
}

static enum status read_records(struct check *check, struct scenario *scenario,
                                struct case_record record[CASES], struct supply_choice **ret) {
    char *text = NULL;
    size_t size = 0;
    TRY(read_result(check, "summary.json", &text, &size));
    TRY(record_read(scenario, "summary.json", text, size, check->arena, check->diag, record));
    TRY(supply_read(scenario, "summary.json", text, size, check->arena, check->diag, ret));
    for (int k = 0; k < CASES; k++) {
        if (!record[k].flow) {
            continue;
        }
        const char *name = tell_hourly_name((enum plan_case)k);
        TRY(read_result(check, name, &text, &size));
        TRY(record_hourly(scenario, name, text, size, calendar_steps(&scenario->calendar),
                          check->arena, check->diag, &record[k]));
    }
    return STATUS_OK;
}

/* The plan of a folder, from its record. */
static enum status restore(struct check *check, struct plan **ret) {
    struct case_record record[CASES];
    struct scenario *scenario = NULL;
    memset(record, 0, sizeof record);
    const char *path = arena_format(check->arena, "%s/plan.yaml", check->folder);
    if (!path) {
        return STATUS_NO_MEMORY;
    }
    struct supply_choice *supply = NULL;
    TRY(scenario_read(check->arena, check->diag, path, &scenario));
    TRY(read_records(check, scenario, record, &supply));
    TRY(plan_restore(scenario, record, check->arena, check->diag, ret));
    return supply ? supply_restore(*ret, supply, check->diag) : STATUS_OK;
}

enum status tell_restore(struct arena *arena, struct diag *diag, const char *folder,
                         struct accounts **ret) {
    struct check check = {.arena = arena, .diag = diag, .folder = folder};
    struct plan *plan = NULL;
    TRY(restore(&check, &plan));
    return accounts_make(plan, arena, ret);
}

enum status tell_verify(struct arena *arena, struct diag *diag, const char *folder,
                        const char **ret_words, struct plan **ret_plan) {
    struct check check = {.arena = arena, .diag = diag, .folder = folder};
    struct plan *plan = NULL;
    struct accounts *accounts = NULL;
    text_buffer_init(&check.words, arena);
    *ret_words = "";
    TRY(approximate_refuse(arena, diag, folder));
    TRY(restore(&check, &plan));
    *ret_plan = plan;
    const char *path = plan->scenario->file;
    for (int k = 0; k < CASES; k++) {
        const struct audit *audit = &plan->cases[k].audit;
        if (!audit->passed) {
            diag_error(diag, (struct place){path, 0, 0},
                       "%s: the recorded flows do not balance: worst at %s",
                       case_name((enum plan_case)k), audit->balance_worst);
            check.wrong++;
        } else if (audit->prices_judged && !audit->prices_hold) {
            diag_error(diag, (struct place){path, 0, 0},
                       "%s: the recorded prices do not support the recorded flows: worst at %s",
                       case_name((enum plan_case)k), audit->price_worst);
            check.wrong++;
        }
    }
    enum status made = accounts_make(plan, arena, &accounts);
    if (made != STATUS_AUDIT_FAILED) {
        TRY(made);
        TRY(tell_files(accounts, arena, compare, &check));
    } else {
        diag_error(diag, (struct place){path, 0, 0},
                   "the accounts of the recorded flows do not close");
        check.wrong++;
    }
    text_add_format(&check.words, "%s\n",
                    check.wrong ? "The files do not agree with the plan they describe."
                                : "Computed again without the solver: every number agrees.");
    *ret_words = check.words.data;
    return check.wrong ? STATUS_CHECK_FAILED : STATUS_OK;
}
