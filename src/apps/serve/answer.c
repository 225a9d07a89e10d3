/* Answers: bytes with the headers that protect whoever reads them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/serve/serve.h"

struct page_file {
    const char *path;
    const unsigned char *bytes;
    size_t size;
    const unsigned char *packed;
    size_t packed_size;
};
#include "serve_page.h"

static const char page_plain[] =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Hearth</title>"
    "<h1>Hearth is running</h1><p>It plans and answers, but its page is not built in: with node "
    "and npm "
    "there, run <code>make</code>, then start it again.</p>"
    "<p>The plan itself: <a href=\"/report\">report</a>, <a href=\"/api/v1/start\">what the server "
    "offers</a>.</p></html>\n";

/* The report is one file with its own styles and script; a sandbox keeps it from acting as this server's page. */
void answer_protect(struct MHD_Response *response, bool is_report) {
    static const char page[] =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
        "data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'";
    static const char report[] =
        "default-src 'none'; style-src 'unsafe-inline'; script-src "
        "'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox allow-scripts";
    (void)MHD_add_response_header(response, "Content-Security-Policy", is_report ? report : page);
    (void)MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    (void)MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    (void)MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    (void)MHD_add_response_header(response, "Cache-Control", "no-store");
}

static enum MHD_Result give(struct MHD_Connection *connection, unsigned status,
                            struct MHD_Response *response, const char *kind, bool is_report) {
    if (!response) {
        return MHD_NO;
    }
    answer_protect(response, is_report);
    if (kind) {
        (void)MHD_add_response_header(response, "Content-Type", kind);
    }
    if (status == MHD_HTTP_UNAUTHORIZED) {
        (void)MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    }
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result answer_text(struct MHD_Connection *connection, unsigned status, const char *kind,
                            const char *text) {
    char *copy = strdup(text);
    struct MHD_Response *response =
        copy ? MHD_create_response_from_buffer(strlen(copy), copy, MHD_RESPMEM_MUST_FREE) : NULL;
    return give(connection, status, response, kind, false);
}

enum MHD_Result answer_words(struct MHD_Connection *connection, unsigned status,
                             const char *words) {
    json_t *root = json_pack("{s:s}", "error", words);
    char *text = root ? json_dumps(root, JSON_COMPACT) : NULL;
    enum MHD_Result result =
        text ? answer_text(connection, status, "application/json", text) : MHD_NO;
    free(text);
    json_decref(root);
    return result;
}

enum MHD_Result answer_file(struct MHD_Connection *connection, const char *path, const char *kind,
                            bool is_report) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0) {
        if (file >= 0) {
            (void)close(file);
        }
        return answer_words(connection, MHD_HTTP_NOT_FOUND, "this plan has no such file");
    }
    struct MHD_Response *response = MHD_create_response_from_fd((uint64_t)about.st_size, file);
    if (!response) {
        (void)close(file);
    }
    return give(connection, MHD_HTTP_OK, response, kind, is_report);
}

static const char *kind_of(const char *path) {
    static const char *const kinds[][2] = {{".html", "text/html; charset=utf-8"},
                                           {".js", "text/javascript; charset=utf-8"},
                                           {".css", "text/css; charset=utf-8"},
                                           {".svg", "image/svg+xml"},
                                           {".json", "application/json"},
                                           {".woff2", "font/woff2"},
                                           {".png", "image/png"}};
    const char *dot = strrchr(path, '.');
    for (size_t k = 0; dot && k < sizeof kinds / sizeof kinds[0]; k++) {
        if (strcmp(dot, kinds[k][0]) == 0) {
            return kinds[k][1];
        }
    }
    return "application/octet-stream";
}

static struct MHD_Response *from_static(const void *bytes, size_t size) {
    void *start = NULL;
    memcpy(&start, &bytes,
           sizeof start); /* the library's parameter is not const; it does not write */
    return MHD_create_response_from_buffer(size, start, MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result answer_page(struct MHD_Connection *connection, const char *path) {
    bool is_root = strcmp(path, "/") == 0;
    const char *accepts =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept-Encoding");
    for (const struct page_file *file = page_files; file->path; file++) {
        if (strcmp(file->path, is_root ? "/index.html" : path) != 0) {
            continue;
        }
        bool packed = accepts && strstr(accepts, "gzip") && file->packed_size < file->size;
        struct MHD_Response *response = packed ? from_static(file->packed, file->packed_size)
                                               : from_static(file->bytes, file->size);
        if (response && packed) {
            (void)MHD_add_response_header(response, "Content-Encoding", "gzip");
        }
        if (response) {
            (void)MHD_add_response_header(response, "Vary", "Accept-Encoding");
        }
        return give(connection, MHD_HTTP_OK, response, kind_of(file->path), false);
    }
    return is_root ? give(connection, MHD_HTTP_OK, from_static(page_plain, sizeof page_plain - 1),
                          "text/html; charset=utf-8", false)
                   : answer_words(connection, MHD_HTTP_NOT_FOUND, "there is no such page");
}
