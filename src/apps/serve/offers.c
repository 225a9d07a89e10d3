/* What a page may move: of the sliders in web/content those that this scenario has, from where it stands. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "apps/serve/offers.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "content_glossary.h"
#include "content_sliders.h"
#include "content_try_this.h"

struct offers {
    json_t *sliders, *tries, *glossary;
    bool is_whole; /* what the plan chose is in */
};

static json_t *yaml(struct hearth_context *context, const char *name, const char *text,
                    size_t size) {
    const char *json = NULL;
    bool good = hearth_yaml_json(context, name, text, size, &json) == HEARTH_OK;
    return good ? json_loads(json, JSON_DECODE_ANY, NULL) : NULL;
}

/* What stands at a path; NULL: nothing. ret_depth: keys of the path that the scenario has. */
static json_t *standing(json_t *root, const char *path, int *ret_depth) {
    json_t *node = root;
    for (*ret_depth = 0; node; (*ret_depth)++) {
        char key[64];
        size_t size = strcspn(path, ".");
        if (size == 0 || size >= sizeof key) {
            return NULL;
        }
        memcpy(key, path, size);
        key[size] = '\0';
        node = json_is_array(node) ? json_array_get(node, strtoul(key, NULL, 10))
                                   : json_object_get(node, key);
        if (path[size] == '\0') {
            return node;
        }
        path += size + 1;
    }
    return NULL;
}

/* One significant digit, not below (above) the value. */
static double rounded_value(double value, bool up) {
    double ten = pow(10.0, floor(log10(value)));
    return (up ? ceil(value / ten - 1e-9) : floor(value / ten + 1e-9)) * ten;
}

/* The words between the ends belong to a rail of the usual length. */
static void keep_end_words(json_t *stops) {
    while (json_array_size(stops) > 2) {
        (void)json_array_remove(stops, 1);
    }
}

/* A scenario that stands outside a slider's range moves the range's end, and its outermost word with it. */
static void widen(json_t *slider, double value) {
    double minimum = json_number_value(json_object_get(slider, "minimum"));
    double maximum = json_number_value(json_object_get(slider, "maximum"));
    json_t *stops = json_object_get(slider, "stops");
    if (value > maximum) {
        maximum = rounded_value(1.5 * value, true);
        keep_end_words(stops);
        (void)json_object_set_new(slider, "maximum", json_real(maximum));
        (void)json_object_set_new(json_array_get(stops, json_array_size(stops) - 1), "at",
                                  json_real(maximum));
    } else if (value > 0.0 && value < minimum) {
        minimum = rounded_value(value / 2.0, false);
        keep_end_words(stops);
        (void)json_object_set_new(slider, "minimum", json_real(minimum));
        (void)json_object_set_new(json_array_get(stops, 0), "at", json_real(minimum));
        (void)json_object_set_new(slider, "step", json_real(minimum / 5.0));
    }
}

/* False: the scenario has no such place. */
static bool settle(json_t *slider, json_t *scenario) {
    const char *path = json_string_value(json_object_get(slider, "path"));
    json_t *absent = json_object_get(slider, "absent");
    int depth = 0;
    json_t *there = path ? standing(scenario, path, &depth) : NULL;
    if (!path || (!there && !(absent && depth > 1))) {
        return false;
    }
    json_t *most = json_object_get(json_object_get(there, "choose"), "max");
    if (json_is_number(there) || json_is_number(most)) {
        widen(slider, json_number_value(json_is_number(there) ? there : most));
    }
    (void)json_object_set_new(slider, "paths", json_pack("[s]", path));
    if (json_is_number(there) || !there) {
        (void)json_object_set(slider, "value", there ? there : absent);
    }
    return true;
}

static json_t *kept_sliders(json_t *all, json_t *scenario) {
    json_t *kept = json_array(), *slider = NULL;
    size_t k = 0;
    json_array_foreach(all, k, slider) {
        if (settle(slider, scenario)) {
            (void)json_array_append(kept, slider);
        }
    }
    return kept;
}

/* Of the changes to try those whose sliders are all there, and whose values lie within their ranges. */
static json_t *kept_tries(json_t *all, json_t *sliders) {
    json_t *kept = json_array(), *one = NULL, *slider = NULL, *value = NULL;
    const char *key = NULL;
    size_t k = 0, s = 0;
    json_array_foreach(all, k, one) {
        size_t found = 0;
        json_object_foreach(json_object_get(one, "set"), key, value) {
            json_array_foreach(sliders, s, slider) {
                double at = json_number_value(value);
                found += strcmp(json_string_value(json_object_get(slider, "key")), key) == 0 &&
                         at >= json_number_value(json_object_get(slider, "minimum")) &&
                         at <= json_number_value(json_object_get(slider, "maximum"));
            }
        }
        if (found == json_object_size(json_object_get(one, "set"))) {
            (void)json_array_append(kept, one);
        }
    }
    return kept;
}

struct offers *offers_new(struct hearth_context *context, const char *text, size_t size) {
    struct offers *offers = calloc(1, sizeof *offers);
    if (!offers) {
        return NULL;
    }
    json_t *scenario = yaml(context, "scenario", text, size);
    json_t *sliders =
        yaml(context, "sliders.yaml", content_sliders, sizeof content_sliders_bytes - 1);
    json_t *tries =
        yaml(context, "try_this.yaml", content_try_this, sizeof content_try_this_bytes - 1);
    if (scenario && sliders && tries) {
        offers->sliders = kept_sliders(sliders, scenario);
        offers->tries = kept_tries(tries, offers->sliders);
        offers->glossary =
            yaml(context, "glossary.yaml", content_glossary, sizeof content_glossary_bytes - 1);
    }
    bool good = offers->sliders && offers->tries && offers->glossary;
    json_decref(scenario);
    json_decref(sliders);
    json_decref(tries);
    if (!good) {
        offers_free(offers);
        return NULL;
    }
    return offers;
}

void offers_free(struct offers *offers) {
    if (offers) {
        json_decref(offers->sliders);
        json_decref(offers->tries);
        json_decref(offers->glossary);
        free(offers);
    }
}

void offers_complete(struct offers *offers, const char *summary) {
    json_t *root = offers->is_whole ? NULL : json_load_file(summary, 0, NULL);
    json_t *slider = NULL;
    json_t *built =
        json_object_get(json_object_get(json_object_get(root, "record"), "together"), "instances");
    size_t k = 0;
    json_array_foreach(offers->sliders, k, slider) {
        const char *instance = json_string_value(json_object_get(slider, "instance"));
        json_t *best =
            instance ? json_object_get(json_object_get(built, instance), "capacity") : NULL;
        if (root && !json_object_get(slider, "value")) {
            bool found = json_is_number(best);
            (void)json_object_set(slider, "value",
                                  found ? best : json_object_get(slider, "minimum"));
            (void)json_object_set(slider, "best", found ? best : NULL);
        }
    }
    offers->is_whole = offers->is_whole || root;
    json_decref(root);
}

json_t *offers_sliders(const struct offers *offers) { return offers->sliders; }
json_t *offers_tries(const struct offers *offers) { return offers->tries; }
json_t *offers_glossary(const struct offers *offers) { return offers->glossary; }
