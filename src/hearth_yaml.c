/* The door to the reader of YAML: a document as JSON, for programs that bring texts of their own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "hearth_inside.h"
#include "scenario/document.h"
#include "scenario/explain.h"

static bool is_bare(const char *text) { /* what JSON writes without quotes */
    return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
}

static void scalar(struct text_buffer *out, const struct node *node) {
    double value = 0.0;
    if (!node->quoted && text_number(node->text, strlen(node->text), &value)) {
        text_add_number(out, value);
    } else if (!node->quoted && is_bare(node->text)) {
        text_add(out, node->text);
    } else {
        explain_json_text(out, node->text);
    }
}

/* The document's depth and size, aliases included, are bounded by its reader. */
static void value(struct text_buffer *out, // NOLINT(misc-no-recursion)
                  const struct node *node) {
    if (node->kind == NODE_NULL) {
        text_add(out, "null");
        return;
    }
    if (node->kind == NODE_SCALAR) {
        scalar(out, node);
        return;
    }
    bool is_map = node->kind == NODE_MAP;
    text_add(out, is_map ? "{" : "[");
    for (int k = 0; k < node->count; k++) {
        text_add(out, k ? "," : "");
        if (is_map) {
            explain_json_text(out, node->keys[k]);
            text_add(out, ":");
        }
        value(out, node->children[k]);
    }
    text_add(out, is_map ? "}" : "]");
}

enum hearth_status hearth_yaml_json(struct hearth_context *context, const char *name,
                                    const char *text, size_t size, const char **ret_json) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct node *root = NULL;
    struct text_buffer out;
    *ret_json = NULL;
    enum status status =
        diag ? document_parse(arena, diag, name, text, size, &root) : STATUS_NO_MEMORY;
    text_buffer_init(&out, context->arena);
    if (status == STATUS_OK) {
        value(&out, root);
        status = out.failed ? STATUS_NO_MEMORY : STATUS_OK;
    }
    if (diag) {
        tell_messages(context, arena, diag);
    }
    *ret_json = status == STATUS_OK ? out.data : NULL;
    arena_free(arena);
    return door(status);
}
