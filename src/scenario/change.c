/* Changes of the tree before it is read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/change.h"

#include <string.h>

#include "base/text.h"

enum { KEYS_SHOWN = 12 };

static bool is_part(const char *word, const char *part, size_t size) {
    return strlen(word) == size && strncmp(word, part, size) == 0;
}

static struct node *child(const struct node *node, const char *part, size_t size) {
    long number = 0;
    for (int k = 0; node->kind == NODE_MAP && k < node->count; k++) {
        if (is_part(node->keys[k], part, size)) {
            return node->children[k];
        }
    }
    for (int k = 0; node->kind == NODE_LIST && k < node->count; k++) {
        const struct node *name = document_find(node->children[k], "name");
        if (name && name->kind == NODE_SCALAR && is_part(name->text, part, size)) {
            return node->children[k];
        }
    }
    bool numbered = node->kind == NODE_LIST && text_integer(part, size, &number) && number >= 0 &&
                    number < node->count;
    return numbered ? node->children[number] : NULL;
}

const struct node *change_find(const struct node *root, const char *path) {
    const struct node *node = root;
    while (node && *path != '\0') {
        size_t size = strcspn(path, ".");
        node = child(node, path, size);
        path += size + (path[size] == '.' ? 1 : 0);
    }
    return node;
}

static void say_missing(struct arena *arena, struct diag *diag, const struct node *node,
                        const struct scenario_change *change, size_t at, size_t size) {
    struct text_buffer list;
    text_buffer_init(&list, arena);
    for (int k = 0; k < node->count && k < KEYS_SHOWN; k++) {
        const struct node *name =
            node->kind == NODE_LIST ? document_find(node->children[k], "name") : NULL;
        const char *word = node->kind == NODE_MAP ? node->keys[k] : name ? name->text : NULL;
        text_add_format(&list, "%s", k ? ", " : "");
        if (word) {
            text_add(&list, word);
        } else {
            text_add_format(&list, "%d", k);
        }
    }
    diag_error(diag, change->place, "%s: the scenario has no \"%.*s\" there", change->path,
               (int)size, change->path + at);
    if (list.data) {
        diag_remedy(diag, "what stands there: %s", list.data);
    } else {
        diag_remedy(diag, "give the path of a number that the scenario could hold");
    }
}

static bool add_key(struct arena *arena, struct node *map, const char *key, struct node *value,
                    struct place place) {
    struct node **children = ARENA_TAKE(arena, struct node *, map->count + 1);
    const char **keys = ARENA_TAKE(arena, const char *, map->count + 1);
    struct place *places = ARENA_TAKE(arena, struct place, map->count + 1);
    if (!children || !keys || !places) {
        return false;
    }
    if (map->count > 0) {
        memcpy(children, map->children, (size_t)map->count * sizeof(struct node *));
        memcpy(keys, map->keys, (size_t)map->count * sizeof *keys);
        memcpy(places, map->key_places, (size_t)map->count * sizeof *places);
    }
    children[map->count] = value;
    keys[map->count] = key;
    places[map->count] = place;
    map->children = children;
    map->keys = keys;
    map->key_places = places;
    map->count++;
    return true;
}

/* A map of that key, where the way leads on through what a section does not have. NULL: no place for one. */
static struct node *map_added(struct arena *arena, const struct node *root, struct node *node,
                              const struct scenario_change *change, size_t at, size_t size) {
    if (node == root || node->kind != NODE_MAP || size == 0) {
        return NULL;
    }
    struct node *map = ARENA_TAKE(arena, struct node, 1);
    const char *key = arena_format(arena, "%.*s", (int)size, change->path + at);
    if (!map || !key || !add_key(arena, node, key, map, change->place)) {
        return NULL;
    }
    *map = (struct node){.kind = NODE_MAP, .place = change->place};
    return map;
}

static bool change_one(struct arena *arena, struct diag *diag, struct node *root,
                       const struct scenario_change *change) {
    struct node *node = root;
    for (size_t at = 0;;) {
        size_t size = strcspn(change->path + at, ".");
        bool last = change->path[at + size] == '\0';
        struct node *next = size > 0 ? child(node, change->path + at, size) : NULL;
        if (!next && !last) {
            next = map_added(arena, root, node, change, at, size);
        }
        if (next && !last) {
            node = next;
            at += size + 1;
            continue;
        }
        struct node *value = ARENA_TAKE(arena, struct node, 1);
        if (!value) {
            return false;
        }
        *value = (struct node){.kind = NODE_SCALAR, .place = change->place, .text = change->text};
        if (next && (change->whole || next->kind == NODE_SCALAR || next->kind == NODE_NULL)) {
            *next = *value;
            return true;
        }
        if (next) {
            diag_error(diag, change->place, "%s: a %s stands there, no number", change->path,
                       next->kind == NODE_LIST ? "list" : "map");
            diag_remedy(diag, "go on: %s.KEY", change->path);
            return false;
        }
        if (size > 0 && last && node->kind == NODE_MAP) {
            return add_key(arena, node, change->path + at, value, change->place);
        }
        say_missing(arena, diag, node, change, at, size);
        return false;
    }
}

bool change_document(struct arena *arena, struct diag *diag, struct node *root,
                     const struct scenario_change *changes, int count) {
    bool good = true;
    for (int k = 0; k < count; k++) {
        good = change_one(arena, diag, root, &changes[k]) && good;
    }
    return good;
}
