/* The page and the folder of a roadmap. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/accounts.h"
#include "report_css.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/roadmap.h"
#include "tell/tell.h"

/* What stands over the years, as steps of a plot 44 high. */
static void add_picture(const struct lifetime *life, const struct lifetime_asset *asset,
                        struct text_buffer *out) {
    const struct stages *stages = life->stages;
    double all_year = stages_span_year(stages, stages->count), most = 0.0;
    for (int k = 0; k < stages->count; k++) {
        most = fmax(most, asset->standing_capacity[k]);
    }
    text_add(out, "<svg viewBox=\"0 0 300 44\" width=\"300\" height=\"44\" role=\"img\" "
                  "aria-label=\"capacity that stands, by stage\">");
    for (int k = 0; k < stages->count && most > 0.0; k++) {
        double left = 300.0 * stages_span_year(stages, k) / all_year;
        double wide = 300.0 * stages_span_year(stages, k + 1) / all_year - left;
        double high = 40.0 * asset->standing_capacity[k] / most;
        text_add(out, "<rect x=\"");
        html_number(out, left);
        text_add(out, "\" y=\"");
        html_number(out, 42.0 - high);
        text_add(out, "\" width=\"");
        html_number(out, wide - 1.0);
        text_add(out, "\" height=\"");
        html_number(out, high);
        text_add(out, "\" fill=\"currentColor\" fill-opacity=\"0.6\"/>");
    }
    text_add(out, "</svg>");
}

static void add_plan(const struct lifetime *life, struct text_buffer *out) {
    struct arena *arena = out->arena;
    const struct lifetime_case *together = &life->cases[CASE_TOGETHER];
    text_add(out, "<section class=\"full\"><h2>What to build when</h2><table><thead><tr><th>Year"
                  "</th><th>Build</th><th>Changes by then</th><th>Carbon, t a year</th></tr>"
                  "</thead><tbody>\n");
    for (int k = 0; k < life->stages->count; k++) {
        const char *builds = roadmap_builds(life, together, k, arena);
        const char *const cell[] = {*builds ? builds : "nothing", roadmap_trigger(life, k, arena),
                                    number_digits(arena, together->carbon_kg[k] / 1000.0, 3)};
        html_row(out, number_format(arena, "%d", life->stages->year[k]), cell, COUNT(cell));
    }
    text_add(out, "</tbody></table></section>\n<section class=\"full\"><h2>What stands</h2>"
                  "\n");
    for (int a = 0; a < together->assets_count; a++) {
        const struct lifetime_asset *asset = &together->assets[a];
        static const char *const names[LIFETIME_PARTS] = {"", ", power", ", laid at once"};
        text_add(out, "<p>");
        html_words(out, number_format(arena, "%s%s",
                                      life->plan[0]->scenario->instances[asset->instance].name,
                                      names[asset->part]));
        text_add(out, "<br/>");
        add_picture(life, asset, out);
        text_add(out, "</p>\n");
    }
    text_add(out, "</section>\n");
}

static void add_cases(const struct lifetime *life, struct text_buffer *out) {
    struct arena *arena = out->arena;
    const struct {
        const char *name;
        const struct lifetime_case *result;
    } row[] = {{"together, all foreseen", &life->cases[CASE_TOGETHER]},
               {"together, stage by stage", &life->myopic},
               {"apart, all foreseen", &life->cases[CASE_APART]},
               {"today", &life->cases[CASE_TODAY]}};
    text_add(out, "<section class=\"full\"><h2>What it costs</h2><p>Present value at the begin "
                  "of the first year; an investment is paid as the annuity of its life in every "
                  "year in which it stands within the plan.</p><table><thead><tr><th>Plan</th>"
                  "<th>All</th><th>of it capital</th></tr></thead><tbody>\n");
    for (int r = 0; r < COUNT(row); r++) {
        double capital_money = 0.0;
        for (int a = 0; a < row[r].result->assets_count; a++) {
            for (int k = 0; k < life->stages->count; k++) {
                capital_money += row[r].result->assets[a].capital_money[k];
            }
        }
        for (int f = 0; f < row[r].result->servers_count; f++) {
            for (int k = 0; k < life->stages->count; k++) {
                capital_money += row[r].result->servers[f].capital_money[k];
            }
        }
        const char *const cell[] = {
            number_money(arena, life->scenario->currency, row[r].result->present_money, false),
            number_money(arena, life->scenario->currency, capital_money, false)};
        if (row[r].result->assets) {
            html_row(out, row[r].name, cell, COUNT(cell));
        }
    }
    text_add(out, "</tbody></table><p>");
    html_words(out, roadmap_regret(life, arena));
    text_add(out, "</p></section>\n");
}

void roadmap_html(const struct lifetime *life, struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>");
    html_text(out, life->scenario->name);
    text_add(out, "</title><meta name=\"viewport\" content=\"width=device-width\"/><style>");
    text_add(out, report_css);
    text_add(out, "</style></head><body><main><section class=\"full\"><h1>");
    html_words(out, number_format(arena, "%s: %d to %d", life->scenario->name,
                                  life->stages->year[0], life->stages->until_year));
    text_add(out, "</h1></section>\n");
    add_plan(life, out);
    roadmap_served_html(life, out);
    add_cases(life, out);
    text_add(out, "<section class=\"full\"><h2>Each stage as a year of its own</h2><ul>\n");
    for (int k = 0; k < life->stages->count; k++) {
        int year = life->stages->year[k];
        text_add_format(out, "<li><a href=\"%d/report.html\">%d</a></li>\n", year, year);
    }
    const struct lifetime_case *together = &life->cases[CASE_TOGETHER];
    text_add(out, "</ul><p class=\"note\">");
    html_words(out, number_format(
                        arena,
                        "The books of a stage price all that stands as if it were bought in that "
                        "year; what was really paid, and when, stands here. Proven: the programme "
                        "of this plan has none below %s. %s columns, %s rows, %d rounds%s.",
                        number_money(arena, life->scenario->currency, together->bound_money, false),
                        number_fixed(arena, (double)together->columns_count, 0),
                        number_fixed(arena, (double)together->rows_count, 0),
                        together->rounds_count, together->settled ? "" : " (not at rest)"));
    text_add(out, "</p></section></main></body></html>\n");
}

enum status roadmap_folder(const struct lifetime *life, struct diag *diag, const char *path,
                           struct arena *arena) {
    struct text_buffer page, json;
    TRY(file_make_folder(diag, path));
    for (int k = 0; k < life->stages->count; k++) {
        struct accounts *accounts = NULL;
        TRY(accounts_make(life->plan[k], arena, &accounts));
        TRY(tell_folder(accounts, diag, arena_format(arena, "%s/%d", path, life->stages->year[k]),
                        arena));
    }
    text_buffer_init(&page, arena);
    text_buffer_init(&json, arena);
    roadmap_html(life, &page);
    roadmap_json(life, &json);
    if (page.failed || json.failed || arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    TRY(file_write(diag, arena_format(arena, "%s/report.html", path), page.data, page.size));
    return file_write(diag, arena_format(arena, "%s/roadmap.json", path), json.data, json.size);
}
