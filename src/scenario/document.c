/* libyaml's events into our positioned tree. One place where anything of libyaml is seen. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/document.h"

#include <string.h>
#include <yaml.h>

enum { DEPTH_MAX = 64, NODES_MAX = 200000, ANCHORS_MAX = 256, VISITS_MAX = 100000 };

struct anchor {
    const char *name;
    struct node *node;
    bool open; /* still being read: an alias to it would contain itself */
};

struct reader {
    yaml_parser_t parser;
    struct arena *arena;
    struct diag *diag;
    const char *file, *text;
    size_t size;
    int nodes, depth, anchors_count;
    struct anchor anchors[ANCHORS_MAX];
};

static struct place place_of(const struct reader *reader, yaml_mark_t mark) {
    struct place place = {reader->file, (int)mark.line + 1, (int)mark.column + 1};
    return place;
}

static enum status mistake(struct reader *reader, struct place place, const char *text,
                           const char *remedy) {
    diag_error(reader->diag, place, "%s", text);
    diag_remedy(reader->diag, "%s", remedy);
    return STATUS_BAD_SCENARIO;
}

/* Where a byte of the text stands. */
static struct place place_of_byte(const struct reader *reader, size_t offset) {
    struct place place = {reader->file, 1, 1};
    for (size_t k = 0; k < offset && k < reader->size; k++) {
        bool newline = reader->text[k] == '\n';
        place.line += newline;
        place.column = newline                                           ? 1
                       : ((unsigned char)reader->text[k] & 0xc0) != 0x80 ? place.column + 1
                                                                         : place.column;
    }
    return place;
}

/* Is the line indented by a tab? */
static bool tab_before(const struct reader *reader, struct place place) {
    const char *line = reader->text, *end = reader->text + reader->size;
    for (int k = 1; k < place.line && line; k++) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        line = newline ? newline + 1 : NULL;
    }
    while (line && line < end && *line == ' ') {
        line++;
    }
    return line && line < end && *line == '\t';
}

static enum status next_event(struct reader *reader, yaml_event_t *event) {
    if (yaml_parser_parse(&reader->parser, event)) {
        return STATUS_OK;
    }
    if (reader->parser.error == YAML_MEMORY_ERROR) {
        return STATUS_NO_MEMORY;
    }
    const char *problem = reader->parser.problem ? reader->parser.problem : "unreadable";
    struct place place = place_of(reader, reader->parser.problem_mark);
    if (reader->parser.error == YAML_READER_ERROR) {
        place = place_of_byte(reader, reader->parser.problem_offset);
        diag_error(reader->diag, place, "no plain text in UTF-8: %s", problem);
        diag_remedy(reader->diag, "check that this is a scenario, saved as text in UTF-8");
    } else if (tab_before(reader, place)) {
        diag_error(reader->diag, place, "a tab stands where YAML wants blanks");
        diag_remedy(reader->diag, "indent with blanks, not with tabs");
    } else {
        diag_error(reader->diag, place, "no valid YAML: %s", problem);
        diag_remedy(reader->diag,
                    "check indentation, colons and brackets here and on the line above");
    }
    return STATUS_BAD_SCENARIO;
}

static struct node *node_new(struct reader *reader, enum node_kind kind, yaml_mark_t mark) {
    struct node *node = ARENA_TAKE(reader->arena, struct node, 1);
    if (node) {
        node->kind = kind;
        node->place = place_of(reader, mark);
    }
    return node;
}

static int anchor_open(struct reader *reader, const yaml_char_t *name, struct node *node,
                       struct place place, enum status *ret_status) {
    if (!name) {
        return -1;
    }
    if (reader->anchors_count >= ANCHORS_MAX) {
        *ret_status = mistake(reader, place, "more than 256 anchors", "write the values out");
        return -1;
    }
    struct anchor anchor = {arena_text(reader->arena, (const char *)name), node, true};
    if (!anchor.name) {
        *ret_status = STATUS_NO_MEMORY;
        return -1;
    }
    reader->anchors[reader->anchors_count] = anchor;
    return reader->anchors_count++;
}

/* An open-addressing table of a map's keys, so that duplicates are found in linear time. */
struct keys {
    int *slot; /* index of the pair + 1 */
    int size;
};

static unsigned hash_of(const char *text) {
    unsigned hash = 2166136261u;
    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    }
    return hash;
}

static bool keys_add(struct keys *keys, const char *const *names, int index) {
    unsigned at = hash_of(names[index]) % (unsigned)keys->size;
    while (keys->slot[at]) {
        if (strcmp(names[keys->slot[at] - 1], names[index]) == 0) {
            return false;
        }
        at = (at + 1) % (unsigned)keys->size;
    }
    keys->slot[at] = index + 1;
    return true;
}

struct growing {
    struct node **children;
    const char **keys;
    struct place *key_places;
    int count, capacity;
};

static enum status grow(struct reader *reader, struct growing *list) {
    if (list->count < list->capacity) {
        return STATUS_OK;
    }
    int capacity = list->capacity ? 2 * list->capacity : 8;
    struct node **children = ARENA_TAKE(reader->arena, struct node *, capacity);
    const char **keys = ARENA_TAKE(reader->arena, const char *, capacity);
    struct place *places = ARENA_TAKE(reader->arena, struct place, capacity);
    if (!children || !keys || !places) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < list->count; k++) {
        children[k] = list->children[k];
        keys[k] = list->keys[k];
        places[k] = list->key_places[k];
    }
    list->children = children;
    list->keys = keys;
    list->key_places = places;
    list->capacity = capacity;
    return STATUS_OK;
}

static enum status check_duplicates(struct reader *reader, const struct growing *list) {
    struct keys keys = {NULL, 2 * list->count + 1};
    keys.slot = ARENA_TAKE(reader->arena, int, keys.size);
    if (!keys.slot) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < list->count; k++) {
        if (!keys_add(&keys, list->keys, k)) {
            diag_error(reader->diag, list->key_places[k], "%s is given twice", list->keys[k]);
            diag_remedy(reader->diag, "keep one of the two");
            return STATUS_BAD_SCENARIO;
        }
    }
    return STATUS_OK;
}

static enum status read_node(struct reader *reader, yaml_event_t *event, struct node **ret);

static enum status read_children(struct reader *reader, struct node *node, yaml_event_type_t end) {
    struct growing list = {NULL, NULL, NULL, 0, 0};
    bool map = node->kind == NODE_MAP;
    for (;;) {
        yaml_event_t event;
        TRY(next_event(reader, &event));
        if (event.type == end) {
            yaml_event_delete(&event);
            break;
        }
        enum status status = grow(reader, &list);
        if (status != STATUS_OK) {
            yaml_event_delete(&event);
            return status;
        }
        if (map) {
            struct place place = place_of(reader, event.start_mark);
            if (event.type != YAML_SCALAR_EVENT || event.data.scalar.length == 0 ||
                memchr(event.data.scalar.value, '\0', event.data.scalar.length)) {
                yaml_event_delete(&event);
                return mistake(reader, place, "a key must be a plain word", "write  word: value");
            }
            list.keys[list.count] = arena_text_n(
                reader->arena, (const char *)event.data.scalar.value, event.data.scalar.length);
            list.key_places[list.count] = place;
            yaml_event_delete(&event);
            if (!list.keys[list.count]) {
                return STATUS_NO_MEMORY;
            }
            TRY(next_event(reader, &event));
        }
        status = read_node(reader, &event, &list.children[list.count]);
        TRY(status);
        list.count++;
    }
    node->count = list.count;
    node->children = list.children;
    node->keys = list.keys;
    node->key_places = list.key_places;
    return map ? check_duplicates(reader, &list) : STATUS_OK;
}

static enum status read_scalar(struct reader *reader, const yaml_event_t *event,
                               struct node *node) {
    const char *text = (const char *)event->data.scalar.value;
    size_t size = event->data.scalar.length;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (memchr(text, '\0', size)) {
        return mistake(reader, node->place, "a zero byte in the text",
                       "save the file as plain text");
    }
    if (!node->quoted && (size == 0 || strcmp(text, "~") == 0 || strcmp(text, "null") == 0)) {
        node->kind = NODE_NULL;
    }
    node->text = arena_text_n(reader->arena, text, size);
    return node->text ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status read_alias(struct reader *reader, const yaml_event_t *event, struct node **ret) {
    struct place place = place_of(reader, event->start_mark);
    const char *name = (const char *)event->data.alias.anchor;
    for (int k = reader->anchors_count - 1; k >= 0; k--) {
        if (strcmp(reader->anchors[k].name, name) == 0) {
            if (reader->anchors[k].open) {
                diag_error(reader->diag, place, "*%s would contain itself", name);
                diag_remedy(reader->diag, "write the value out");
                return STATUS_BAD_SCENARIO;
            }
            *ret = reader->anchors[k].node;
            return STATUS_OK;
        }
    }
    diag_error(reader->diag, place, "unknown anchor %s", name);
    diag_remedy(reader->diag, "define it above with &%s, or write the value out", name);
    return STATUS_BAD_SCENARIO;
}

/* Consumes the event. */
static enum status read_node(struct reader *reader, yaml_event_t *event, struct node **ret) {
    struct place place = place_of(reader, event->start_mark);
    if (event->type == YAML_ALIAS_EVENT) {
        enum status status = read_alias(reader, event, ret);
        yaml_event_delete(event);
        return status;
    }
    enum node_kind kind = event->type == YAML_MAPPING_START_EVENT    ? NODE_MAP
                          : event->type == YAML_SEQUENCE_START_EVENT ? NODE_LIST
                                                                     : NODE_SCALAR;
    const yaml_char_t *name = kind == NODE_MAP    ? event->data.mapping_start.anchor
                              : kind == NODE_LIST ? event->data.sequence_start.anchor
                                                  : event->data.scalar.anchor;
    enum status status = STATUS_OK;
    struct node *node = node_new(reader, kind, event->start_mark);
    if (!node) {
        status = STATUS_NO_MEMORY;
    } else if (++reader->nodes > NODES_MAX) {
        status =
            mistake(reader, place, "more than 200,000 values", "put long series into a CSV file");
    } else if (reader->depth >= DEPTH_MAX) {
        status = mistake(reader, place, "nested deeper than 64 levels", "check the brackets");
    }
    int anchor = status == STATUS_OK ? anchor_open(reader, name, node, place, &status) : -1;
    if (status == STATUS_OK && kind == NODE_SCALAR) {
        status = read_scalar(reader, event, node);
    }
    yaml_event_delete(event);
    if (status == STATUS_OK && kind != NODE_SCALAR) {
        reader->depth++;
        status = read_children(reader, node,
                               kind == NODE_MAP ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT);
        reader->depth--;
    }
    if (anchor >= 0) {
        reader->anchors[anchor].open = false;
    }
    *ret = node;
    return status;
}

/* Values reached through aliases, counted as often and as deep as they are reached. */
static bool too_many_visits(const struct node *node, int *left, int depth) {
    if (--*left < 0 || depth > DEPTH_MAX) {
        return true;
    }
    for (int k = 0; k < node->count; k++) {
        if (too_many_visits(node->children[k], left, depth + 1)) {
            return true;
        }
    }
    return false;
}

static enum status read_document(struct reader *reader, struct node **ret) {
    struct node *root = NULL;
    for (;;) {
        yaml_event_t event;
        TRY(next_event(reader, &event));
        yaml_event_type_t type = event.type;
        struct place place = place_of(reader, event.start_mark);
        if (type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT ||
            type == YAML_DOCUMENT_END_EVENT || type == YAML_STREAM_END_EVENT) {
            yaml_event_delete(&event);
            if (type == YAML_DOCUMENT_START_EVENT && root) {
                return mistake(reader, place, "a second document begins",
                               "keep one document per file");
            }
            if (type == YAML_STREAM_END_EVENT) {
                break;
            }
            continue;
        }
        TRY(read_node(reader, &event, &root));
    }
    struct place top = {reader->file, 1, 1};
    int left = reader->nodes + VISITS_MAX;
    if (!root || root->kind == NODE_NULL) {
        return mistake(reader, top, "the file is empty",
                       "start from `hearth new -o scenario.yaml`");
    }
    if (too_many_visits(root, &left, 0)) {
        return mistake(reader, top, "aliases expand to more than 100,000 values or 64 levels",
                       "write the values out");
    }
    *ret = root;
    return STATUS_OK;
}

enum status document_parse(struct arena *arena, struct diag *diag, const char *file,
                           const char *text, size_t size, struct node **ret) {
    struct reader *reader = ARENA_TAKE(arena, struct reader, 1);
    if (!reader) {
        return STATUS_NO_MEMORY;
    }
    reader->arena = arena;
    reader->diag = diag;
    reader->file = file;
    bool marked = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0; /* an editor's mark of UTF-8 */
    reader->text = text + (marked ? 3 : 0);
    reader->size = size - (marked ? 3 : 0);
    if (size > DOCUMENT_BYTES_MAX) {
        struct place top = {file, 1, 1};
        diag_error(diag, top, "the file has %zu bytes, more than 1 MiB", size);
        diag_remedy(diag, "put long series into CSV files");
        return STATUS_BAD_SCENARIO;
    }
    if (!yaml_parser_initialize(&reader->parser)) {
        return STATUS_NO_MEMORY;
    }
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)reader->text,
                                 reader->size);
    enum status status = read_document(reader, ret);
    yaml_parser_delete(&reader->parser);
    return status;
}

struct node *document_find(const struct node *map, const char *key) {
    for (int k = 0; map && map->kind == NODE_MAP && k < map->count; k++) {
        if (strcmp(map->keys[k], key) == 0) {
            return map->children[k];
        }
    }
    return NULL;
}
