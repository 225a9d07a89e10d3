/* The collection is read feature by feature, so that each mistake has a place and no more than one
   feature lies in memory beside the network. Ends of lines become nodes in ends.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/geojson.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "networks/ends.h"
#include "networks/names.h"

struct reader {
    struct arena *arena;
    struct diag *diag;
    const char *text;
    size_t size, at;
    struct place place;
    struct network *network;
    struct names nodes, links;
    const char **from, **to; /* names of a line's ends, or NULL */
    int ends_capacity, points_count, features_count;
};

static void advance(struct reader *r, size_t bytes) {
    r->place = json_place(r->place, r->text + r->at, bytes);
    r->at += bytes;
}

static char skip_blanks(struct reader *r) {
    size_t n = 0;
    while (r->at + n < r->size && strchr(" \t\r\n", r->text[r->at + n]) && r->text[r->at + n]) {
        n++;
    }
    advance(r, n);
    return r->at < r->size ? r->text[r->at] : '\0';
}

static bool take(struct reader *r, char wanted) {
    if (skip_blanks(r) != wanted) {
        return false;
    }
    advance(r, 1);
    return true;
}

static enum status expected(struct reader *r, const char *what) {
    diag_error(r->diag, r->place, "%s is expected here", what);
    diag_remedy(r->diag,
                "a network is {\"type\": \"FeatureCollection\", \"features\": [...]} (RFC 7946)");
    return STATUS_BAD_SCENARIO;
}

static enum status value_here(struct reader *r, struct json **ret) {
    size_t used = 0;
    (void)skip_blanks(r);
    TRY(json_read(r->diag, r->place, r->text + r->at, r->size - r->at, &used, ret));
    advance(r, used);
    return STATUS_OK;
}

/* ---- properties ---- */
struct owner { /* what a message calls the thing */
    const char *kind, *name;
    int feature;
};

static void told(struct reader *r, struct place place, const struct owner *owner,
                 const char *problem, const char *remedy) {
    if (owner->feature > 0) {
        diag_error(r->diag, place, "feature %d (%s \"%s\"): %s", owner->feature, owner->kind,
                   owner->name, problem);
    } else {
        diag_error(r->diag, place, "%s: %s", owner->name, problem);
    }
    diag_remedy(r->diag, "%s", remedy);
}

static const char *number_words(struct arena *arena, double value) {
    char digits[TEXT_NUMBER_SIZE];
    (void)text_from_number(digits, value);
    const char *words = arena_text(arena, digits);
    return words ? words : "?";
}

static const char *words_of(struct arena *arena, const struct param *param) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    for (int k = 0; k < WORDS_MAX && param->words[k]; k++) {
        text_add(&out, k ? ", " : "one of ");
        text_add(&out, param->words[k]);
    }
    return out.data ? out.data : "";
}

static bool word(struct reader *r, const struct param *param, const struct json *value,
                 int *ret_index) {
    const char *text = json_text(value);
    (void)r;
    for (int k = 0; text && k < WORDS_MAX && param->words[k]; k++) {
        if (strcmp(text, param->words[k]) == 0) {
            *ret_index = k;
            return true;
        }
    }
    return false;
}

static void property(struct reader *r, struct place place, const struct owner *owner,
                     const struct param *param, const struct json *value, void *target) {
    char *member = (char *)target + param->offset;
    if (json_is_null(value)) {
        return;
    }
    if (param->kind == PARAM_WORD) {
        if (!word(r, param, value, (int *)(void *)member)) {
            told(r, place, owner, arena_format(r->arena, "%s is no word of its list", param->key),
                 words_of(r->arena, param));
        }
        return;
    }
    double number = json_number(value);
    if (isnan(number) || number < param->min || number > param->max) {
        told(r, place, owner,
             isnan(number)
                 ? arena_format(r->arena, "%s is no number", param->key)
                 : arena_format(r->arena, "%s: %s is outside %s..%s", param->key,
                                number_words(r->arena, number), number_words(r->arena, param->min),
                                number_words(r->arena, param->max)),
             param->meaning);
        return;
    }
    *(double *)(void *)member = number;
}

/* Keys of the table are taken; others are somebody else's, unless they look like a slip. What we
   found (solved_) is left aside. */
static void properties(struct reader *r, struct place place, const struct owner *owner, int table,
                       const struct json *object, void *target) {
    const struct network_table *known = network_table_at(table);
    int found = 0;
    for (int k = 0; k < known->count; k++) {
        const struct json *value = json_find(object, known->params[k].key);
        if (value) {
            found++;
            property(r, place, owner, &known->params[k], value, target);
        }
    }
    if (found == json_count(object)) {
        return;
    }
    const char *keys[64];
    for (int k = 0; k < known->count; k++) {
        keys[k] = known->params[k].key;
    }
    for (int k = 0; k < json_count(object) && k < 256; k++) {
        const char *key = NULL;
        (void)json_member(object, k, &key);
        const char *nearest = key && !network_key_find(table, key) &&
                                      strncmp(key, "solved_", 7) != 0 && strchr(key, '_') &&
                                      strlen(key) > 4
                                  ? diag_nearest(key, keys, known->count)
                                  : NULL;
        if (nearest) {
            diag_warning(r->diag, place, "%s \"%s\": the property \"%s\" is not used", owner->kind,
                         owner->name, key);
            diag_remedy(r->diag, "did you mean %s?", nearest);
        }
    }
}

/* ---- features ---- */
static const char *name_of(struct reader *r, const struct json *feature,
                           const struct json *values) {
    const struct json *asked[] = {json_find(values, "name"), json_find(values, "id"),
                                  json_find(feature, "id")};
    for (int k = 0; k < COUNT(asked); k++) {
        const char *text = json_text(asked[k]);
        double number = json_number(asked[k]);
        if (text && text[0] && strlen(text) < 200) {
            return arena_text(r->arena, text);
        }
        if (!isnan(number)) {
            return number_words(r->arena, number);
        }
    }
    return arena_format(r->arena, "feature %d", r->features_count);
}

/* A position [x, y] or [x, y, height]; degrees within the globe, metres finite. */
static bool position(const struct json *array, double *ret_x, double *ret_y, double *ret_height_m) {
    double x = json_number(json_at(array, 0)), y = json_number(json_at(array, 1));
    double height = json_number(json_at(array, 2));
    if (isnan(x) || isnan(y) || fabs(x) > 1e8 || fabs(y) > 1e8) {
        return false;
    }
    *ret_x = x;
    *ret_y = y;
    if (ret_height_m && fabs(height) < 9000.0) {
        *ret_height_m = height;
    }
    return true;
}

static enum status point(struct reader *r, struct place place, const struct owner *owner,
                         const struct json *at, const struct json *values) {
    struct network_node *node = network_add_node(r->network, owner->name);
    if (!node) {
        return STATUS_NO_MEMORY;
    }
    node->place = place;
    node->located = position(at, &node->x, &node->y, &node->elevation_m);
    if (!node->located) {
        told(r, place, owner, "its coordinates are no position", "[longitude, latitude]");
    }
    properties(r, place, owner, 1, values, node);
    const char *town = json_text(json_find(values, "town"));
    node->town = town && town[0] ? arena_text(r->arena, town) : NULL;
    if (!names_add(&r->nodes, node->name, r->network->nodes_count - 1)) {
        told(r, place, owner, "another node has this name", "give each node its own \"name\"");
    }
    return STATUS_OK;
}

static enum status way(struct reader *r, struct place place, const struct owner *owner,
                       const struct json *points, struct network_link *link) {
    int count = json_count(points);
    if (r->points_count + count > NETWORK_POINTS_MAX) {
        told(r, place, owner, "more points than one file may hold", "simplify the lines");
        return STATUS_BAD_SCENARIO;
    }
    double *x = ARENA_TAKE(r->arena, double, count), *y = ARENA_TAKE(r->arena, double, count);
    if (!x || !y) {
        return STATUS_NO_MEMORY;
    }
    r->points_count += count;
    for (int k = 0; k < count; k++) {
        if (!position(json_at(points, k), &x[k], &y[k], NULL)) {
            told(r, place, owner, "its coordinates are no positions",
                 "[[longitude, latitude], ...]");
            return STATUS_OK;
        }
    }
    if (count < 2) {
        told(r, place, owner, "a line has two points or more", "[[longitude, latitude], ...]");
        return STATUS_OK;
    }
    link->x = x;
    link->y = y;
    link->points_count = count;
    return STATUS_OK;
}

static bool room_for_ends(struct reader *r, int count) {
    if (count <= r->ends_capacity) {
        return true;
    }
    int larger = r->ends_capacity ? 2 * r->ends_capacity : 64;
    const char **from = ARENA_TAKE(r->arena, const char *, larger);
    const char **to = ARENA_TAKE(r->arena, const char *, larger);
    if (!from || !to) {
        return false;
    }
    for (int k = 0; k < r->ends_capacity; k++) {
        from[k] = r->from[k];
        to[k] = r->to[k];
    }
    r->from = from;
    r->to = to;
    r->ends_capacity = larger;
    return true;
}

static const char *end_name(struct reader *r, const struct json *value) {
    double number = json_number(value);
    return json_text(value) ? arena_text(r->arena, json_text(value))
           : isnan(number)  ? NULL
                            : number_words(r->arena, number);
}

static enum status line(struct reader *r, struct place place, const struct owner *owner,
                        const struct json *points, const struct json *values) {
    struct network_link *link = network_add_link(r->network, owner->name, -1, -1);
    if (!link || !room_for_ends(r, r->network->links_count)) {
        return STATUS_NO_MEMORY;
    }
    link->place = place;
    TRY(way(r, place, owner, points, link));
    properties(r, place, owner, 2, values, link);
    if (!names_add(&r->links, link->name, r->network->links_count - 1)) {
        told(r, place, owner, "another line has this name", "give each line its own \"name\"");
    }
    r->from[r->network->links_count - 1] = end_name(r, json_find(values, "from"));
    r->to[r->network->links_count - 1] = end_name(r, json_find(values, "to"));
    return STATUS_OK;
}

/* A line of another layer. */
static enum status beside(struct reader *r, struct place place, const struct owner *owner,
                          const struct json *points, const struct json *values) {
    struct network *network = r->network;
    struct network_link like = {0};
    if (network->beside_count == network->beside_capacity) {
        int larger = network->beside_capacity ? 2 * network->beside_capacity : 16;
        struct network_beside *all = ARENA_TAKE(r->arena, struct network_beside, larger);
        if (!all) {
            return STATUS_NO_MEMORY;
        }
        for (int k = 0; k < network->beside_count; k++) {
            all[k] = network->beside[k];
        }
        network->beside = all;
        network->beside_capacity = larger;
    }
    TRY(way(r, place, owner, points, &like));
    const char *layer = arena_text(r->arena, json_text(json_find(values, "layer")));
    if (!layer) {
        return STATUS_NO_MEMORY;
    }
    network->beside[network->beside_count++] =
        (struct network_beside){.name = owner->name,
                                .layer = layer,
                                .capacity_kw = json_number(json_find(values, "capacity_kw")),
                                .capacity_m3_h = json_number(json_find(values, "capacity_m3_h")),
                                .x = like.x,
                                .y = like.y,
                                .points_count = like.points_count};
    return STATUS_OK;
}

static enum status feature(struct reader *r, struct place place, const struct json *value) {
    const struct json *geometry = json_find(value, "geometry");
    const struct json *values = json_find(value, "properties");
    const struct json *at = json_find(geometry, "coordinates");
    const char *type = json_text(json_find(geometry, "type"));
    bool is_line = type && strcmp(type, "LineString") == 0;
    struct owner owner = {is_line ? "line" : "node", name_of(r, value, values), r->features_count};
    if (!owner.name) {
        return STATUS_NO_MEMORY;
    }
    if (json_find(values, "considered")) {
        return STATUS_OK; /* a line that was not chosen, in a file of ours */
    }
    if (is_line && json_text(json_find(values, "layer"))) {
        return beside(r, place, &owner, at, values);
    }
    if (is_line) {
        return line(r, place, &owner, at, values);
    }
    if (type && strcmp(type, "Point") == 0) {
        return point(r, place, &owner, at, values);
    }
    owner.kind = "geometry";
    told(r, place, &owner, "neither a Point nor a LineString",
         "split multi-lines into lines; leave areas out");
    return STATUS_OK;
}

static enum status features(struct reader *r) {
    if (!take(r, '[')) {
        return expected(r, "a list of features");
    }
    bool more = skip_blanks(r) != ']';
    while (more) {
        struct json *value = NULL;
        (void)skip_blanks(r);
        struct place place = r->place;
        if (++r->features_count > NETWORK_FEATURES_MAX) {
            diag_error(r->diag, place, "feature %d: a network has at most %d features",
                       r->features_count, NETWORK_FEATURES_MAX);
            diag_remedy(r->diag,
                        "cut the map to the network, or join lines that follow each other");
            return STATUS_BAD_SCENARIO;
        }
        TRY(value_here(r, &value));
        enum status status = feature(r, place, value);
        json_free(value);
        TRY(status);
        more = take(r, ',');
    }
    return take(r, ']') ? STATUS_OK : expected(r, "\",\" or \"]\"");
}

static enum status member(struct reader *r, bool *ret_features) {
    struct json *key = NULL, *value = NULL;
    (void)skip_blanks(r);
    TRY(value_here(r, &key));
    const char *name = json_text(key);
    bool is_features = name && strcmp(name, "features") == 0;
    bool is_settings = name && strcmp(name, "hearth_network") == 0;
    json_free(key);
    if (!name || !take(r, ':')) {
        return expected(r, "\"key\": value");
    }
    if (is_features) {
        *ret_features = true;
        return features(r);
    }
    struct place place = r->place;
    TRY(value_here(r, &value));
    if (is_settings) {
        struct owner owner = {"settings", "hearth_network", 0};
        properties(r, place, &owner, 0, value, &r->network->settings);
    }
    json_free(value);
    return STATUS_OK;
}

static enum status collection(struct reader *r) {
    bool has_features = false;
    if (!take(r, '{')) {
        return expected(r, "a JSON object");
    }
    bool more = skip_blanks(r) != '}';
    while (more) {
        TRY(member(r, &has_features));
        more = take(r, ',');
    }
    if (!take(r, '}')) {
        return expected(r, "\",\" or \"}\"");
    }
    if (!has_features) {
        return expected(r, "\"features\": [...]");
    }
    return skip_blanks(r) == '\0' && r->at >= r->size ? STATUS_OK : expected(r, "the end");
}

/* Ends that are named; the others are found by place. */
static void named_end(struct reader *r, struct network_link *link, const char *name, int *end) {
    if (!name) {
        return;
    }
    *end = names_find(&r->nodes, name);
    if (*end < 0) {
        diag_error(r->diag, link->place, "line \"%s\": there is no node \"%s\"", link->name, name);
        diag_remedy(r->diag, "add a Point feature of that name, or leave from and to out: then the "
                             "ends of the line say where it goes");
    }
}

enum status geojson_parse(struct arena *arena, struct diag *diag, const char *file,
                          const char *text, size_t size, struct network **ret) {
    struct reader r = {.arena = arena,
                       .diag = diag,
                       .text = text,
                       .size = size,
                       .place = {file, 1, 1},
                       .network = network_new(arena, file)};
    if (!r.network) {
        return STATUS_NO_MEMORY;
    }
    diag_file(diag, file, text, size);
    names_init(&r.nodes, arena);
    names_init(&r.links, arena);
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        r.at = 3;
    }
    TRY(collection(&r));
    for (int k = 0; k < r.network->links_count; k++) {
        named_end(&r, &r.network->links[k], r.from[k], &r.network->links[k].from);
        named_end(&r, &r.network->links[k], r.to[k], &r.network->links[k].to);
    }
    if (diag_errors(diag) > 0) {
        return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_BAD_SCENARIO;
    }
    TRY(ends_join(r.network, diag));
    *ret = r.network;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
