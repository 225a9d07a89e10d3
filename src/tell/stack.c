/* A stack of layers with its labels beside it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/stack.h"

#include <math.h>
#include <string.h>

#include "base/series.h"
#include "tell/html.h"
#include "tell/number.h"

enum { LABELS_MAX = 7 };
static const double label_room = 17.0; /* per cent of the plot's height for one label, two lines */
static const double least_share = 0.002; /* a thinner layer has its place in the table */
static const char *const tints[] = {".45", ".7", ".58", ".35"};

double stack_top(const struct layers *layers, const struct stack *stack) {
    double highest = 0.0;
    for (int t = 0; t < stack->count; t++) {
        double sum = 0.0;
        for (int k = 0; k < layers->count; k++) {
            sum += stack->value[k][t];
        }
        highest = fmax(highest, stack->need ? fmax(sum, stack->need[t]) : sum);
    }
    return highest;
}

static double sum_of(const struct stack *stack, int layer) {
    return stack->count > 0 ? series_sum(stack->value[layer], stack->count) : 0.0;
}

static double whole_of(const struct layers *layers, const struct stack *stack) {
    double whole = 0.0;
    for (int k = 0; k < layers->count; k++) {
        whole += sum_of(stack, k);
    }
    return whole;
}

static void add_layers(struct text_buffer *out, const struct layers *layers,
                       const struct stack *stack, const struct axis *axis) {
    int wide = stack->bars ? 5 : 1, columns = stack->count * wide;
    double *base = ARENA_TAKE(out->arena, double, columns),
           *top = ARENA_TAKE(out->arena, double, columns);
    double whole = whole_of(layers, stack);
    for (int k = 0; base && top && k < layers->count; k++) {
        if (sum_of(stack, k) <= 1e-9 * whole) {
            continue;
        }
        for (int t = 0; t < columns; t++) { /* a bar is four fifths wide */
            bool gap = stack->bars && t % wide == wide - 1;
            top[t] = gap ? 0.0 : base[t] + stack->value[k][t / wide];
        }
        html_steps(out, base, top, columns, axis->low, axis->high,
                   number_format(out->arena,
                                 "fill:var(--%s);fill-opacity:%s;stroke:var(--paper);"
                                 "stroke-width:.75",
                                 layers->layer[k].colour, tints[k % COUNT(tints)]));
        memcpy(base, top, (size_t)columns * sizeof *base);
    }
    if (stack->need) {
        html_steps(out, NULL, stack->need, stack->count, axis->low, axis->high,
                   "fill:none;stroke:var(--ink);stroke-width:1.3");
    }
}

struct label {
    int layer;
    double low, high, at; /* per cent from the top: the bar, the label's middle */
};

/* Labels keep their order and their distance, and stay in the plot as far as there is room. */
static void spread(struct label *label, int count) {
    for (int k = 1; k < count; k++) { /* the first lies lowest */
        label[k].at = fmin(label[k].at, label[k - 1].at - label_room);
    }
    if (count > 0 && label[count - 1].at < 6.0) {
        label[count - 1].at = 6.0;
        for (int k = count - 2; k >= 0; k--) {
            label[k].at = fmax(label[k].at, label[k + 1].at + label_room);
        }
    }
}

/* A piece of the bar and the line that leads to its label. */
static void add_piece(struct text_buffer *out, const char *colour, const struct label *label) {
    text_add(out, "<rect width=\"5\" y=\"");
    html_number(out, label->high);
    text_add(out, "\" height=\"");
    html_number(out, fmax(0.4, label->low - label->high));
    text_add_format(out,
                    "\" style=\"fill:var(--%s);stroke:var(--paper);stroke-width:.6\" "
                    "vector-effect=\"non-scaling-stroke\"/><path d=\"M6,",
                    colour);
    html_number(out, 0.5 * (label->low + label->high));
    text_add(out, "L17,");
    html_number(out, label->at);
    text_add(out, "\" vector-effect=\"non-scaling-stroke\" "
                  "style=\"fill:none;stroke:var(--control);stroke-width:1\"/>");
}

/* A solid bar beside the plot shows the mean of the period, in the plot's own scale; each label
   stands beside its piece. */
static void add_labels(struct text_buffer *out, const struct layers *layers,
                       const struct stack *stack, const struct axis *axis) {
    struct label label[LABELS_MAX];
    double whole = whole_of(layers, stack), below = 0.0, span = axis->high - axis->low;
    int count = 0, left_out = 0;
    for (int k = 0; k < layers->count; k++) {
        double mean = sum_of(stack, k) / stack->count;
        if (!(sum_of(stack, k) > least_share * whole)) {
            continue;
        }
        if (count == LABELS_MAX) {
            left_out++;
            continue;
        }
        label[count].layer = k;
        label[count].low = 100.0 - 100.0 * below / span;
        below += mean;
        label[count].high = 100.0 - 100.0 * below / span;
        label[count].at = fmin(92.0, 0.5 * (label[count].low + label[count].high));
        count++;
    }
    spread(label, count);
    text_add(out, "<div class=\"lb\"><svg viewBox=\"0 0 18 100\" preserveAspectRatio=\"none\" "
                  "aria-hidden=\"true\">");
    for (int k = count - 1; k >= 0; k--) {
        add_piece(out, layers->layer[label[k].layer].colour, &label[k]);
    }
    text_add(out, "</svg>");
    for (int k = count - 1; k >= 0; k--) {
        const struct layer *layer = &layers->layer[label[k].layer];
        text_add(out, "<span style=\"top:");
        html_number(out, label[k].at);
        text_add_format(out, "%%\"><b style=\"background:var(--%s)\"></b>", layer->colour);
        html_words(out, number_short(out->arena, layer->name, 44));
        double share = 100.0 * sum_of(stack, label[k].layer) / whole;
        text_add_format(out, "<small>%s" NUMBER_SPACE "%%</small></span>",
                        number_digits(out->arena, share, share < 9.95 ? 1 : 2));
    }
    if (left_out) {
        text_add_format(out, "<span style=\"top:0%%\">%d more in the table</span>", left_out);
    }
    text_add(out, "</div>");
}

void stack_draw(struct text_buffer *out, const struct layers *layers, const struct stack *stack,
                const struct axis *axis, const char *under) {
    text_add(out, "<div class=\"wk\"><div class=\"pl\"><div class=\"pb\">");
    chart_grid(out, axis);
    chart_svg(out, stack->bars ? 5 * stack->count : stack->count, stack->sentence);
    add_layers(out, layers, stack, axis);
    text_add(out, "</svg></div>");
    text_add(out, under);
    text_add(out, "</div>");
    add_labels(out, layers, stack, axis);
    text_add(out, "</div>\n");
}
