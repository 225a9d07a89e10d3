/* The plan of the scenario as it stands, kept from one start to the next, so that the first screen is there at once. It is
   taken only where nothing can have changed: its name is made of the program's own bytes and of what decides the plan, each
   file it lies in has the sum it was written with, and so has each file that the scenario reads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "apps/serve/serve.h"

enum { KEPT = 4, FILE_MAX = 1 << 28, YOUNG_S = 3600 };

static const char sums_name[] = "sums.json", new_prefix[] = "new-";

static bool join(char *ret, size_t size, const char *folder, const char *name) {
    int length = snprintf(ret, size, "%s/%s", folder, name);
    return length > 0 && (size_t)length < size;
}

/* A file's bytes, to be freed. */
static char *bytes_of(const char *path, size_t *ret_size) {
    FILE *file = fopen(path, "rb");
    struct stat about;
    char *bytes = NULL;
    if (file && fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode) &&
        about.st_size < FILE_MAX) {
        *ret_size = (size_t)about.st_size;
        bytes = malloc(*ret_size + 1);
        if (bytes && fread(bytes, 1, *ret_size, file) != *ret_size) {
            free(bytes);
            bytes = NULL;
        }
    }
    if (file) {
        (void)fclose(file);
    }
    return bytes;
}

static bool sum_of(const char *path, char ret[65]) {
    size_t size = 0;
    char *bytes = bytes_of(path, &size);
    if (bytes) {
        hearth_sha256(bytes, size, ret);
    }
    free(bytes);
    return bytes != NULL;
}

/* Copies a file and says the sum of what was copied. */
static bool copy(const char *from, const char *to, char ret_sum[65]) {
    size_t size = 0;
    char *bytes = bytes_of(from, &size);
    FILE *file = bytes ? fopen(to, "wbx") : NULL;
    bool good = file && fwrite(bytes, 1, size, file) == size;
    good = file && fclose(file) == 0 && good;
    if (good) {
        hearth_sha256(bytes, size, ret_sum);
    }
    free(bytes);
    return good;
}

/* Where caches lie; makes the folder. */
static bool home_of(char *ret, size_t size) {
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    bool is_said = cache && cache[0] == '/';
    if (!is_said && !(home && home[0] == '/')) {
        return false;
    }
    int length =
        snprintf(ret, size, "%s%s/hearth/serve/", is_said ? cache : home, is_said ? "" : "/.cache");
    return length > 0 && (size_t)length < size && folder_parents(ret);
}

/* The folder of this program's plan of that hash. */
static bool place_of(const char *hash, char *ret, size_t size) {
    char home[PATH_MAX], own[65], both[130], key[65];
    if (!home_of(home, sizeof home) || !sum_of("/proc/self/exe", own)) {
        return false;
    }
    int length = snprintf(both, sizeof both, "%s\n%s", own, hash);
    hearth_sha256(both, (size_t)length, key);
    length = snprintf(ret, size, "%s%s", home, key);
    return length > 0 && (size_t)length < size;
}

/* Every file that the scenario read is what it was. */
static bool inputs_stand(const struct serve *serve, const char *folder) {
    char path[PATH_MAX], sum[65];
    const char *slash = strrchr(serve->path, '/');
    int beside = slash ? (int)(slash - serve->path) + 1 : 0;
    json_t *summary =
        join(path, sizeof path, folder, "summary.json") ? json_load_file(path, 0, NULL) : NULL;
    json_t *input = NULL;
    const json_t *inputs = json_object_get(summary, "inputs");
    bool good = json_is_array(inputs);
    size_t k = 0;
    json_array_foreach(inputs, k, input) {
        const char *name = json_string_value(json_object_get(input, "path"));
        const char *role = json_string_value(json_object_get(input, "role"));
        const char *was = json_string_value(json_object_get(input, "sha256"));
        if (!good || !name || !role || !was) {
            good = false;
        } else if (strcmp(role, "scenario") != 0) { /* whose bytes are in the hash */
            (void)snprintf(path, sizeof path, "%.*s%s", name[0] == '/' ? 0 : beside, serve->path,
                           name);
            good = sum_of(path, sum) && strcmp(sum, was) == 0;
        }
    }
    json_decref(summary);
    return good;
}

bool cache_take(const struct serve *serve, const char *hash) {
    char place[PATH_MAX], folder[160], from[PATH_MAX], to[PATH_MAX], sum[65];
    if (!place_of(hash, place, sizeof place)) {
        return false;
    }
    (void)snprintf(folder, sizeof folder, "%s/%s", serve->folder, hash);
    json_t *sums = join(from, sizeof from, place, sums_name) ? json_load_file(from, 0, NULL) : NULL;
    json_t *was = NULL;
    const char *name = NULL;
    bool good = json_object_get(sums, "view.json") && inputs_stand(serve, place) &&
                mkdir(folder, 0700) == 0;
    json_object_foreach(sums, name, was) {
        good = good && !strchr(name, '/') && json_is_string(was) &&
               join(from, sizeof from, place, name) && join(to, sizeof to, folder, name) &&
               copy(from, to, sum) && strcmp(sum, json_string_value(was)) == 0;
    }
    json_decref(sums);
    if (!good) {
        folder_clear(folder);
    } else {
        (void)utimensat(AT_FDCWD, place, NULL, 0); /* used just now */
    }
    return good;
}

/* The oldest go, and what was never finished. */
static void prune(const char *home) {
    for (;;) {
        DIR *list = opendir(home);
        char oldest[PATH_MAX] = "", path[PATH_MAX];
        time_t since = 0;
        int count = 0;
        for (const struct dirent *entry; list && (entry = readdir(list)) != NULL;) {
            struct stat about;
            int length = snprintf(path, sizeof path, "%s%s", home, entry->d_name);
            bool is_new = strncmp(entry->d_name, new_prefix, sizeof new_prefix - 1) == 0;
            if (length < 0 || (size_t)length >= sizeof path || lstat(path, &about) != 0 ||
                !(is_new || request_is_hash(entry->d_name, strlen(entry->d_name)))) {
                continue;
            }
            if (is_new && time(NULL) - about.st_mtime > YOUNG_S) {
                folder_clear(path);
            } else if (!is_new) {
                count++;
                if (oldest[0] == '\0' || about.st_mtime < since) {
                    memcpy(oldest, path, (size_t)length + 1);
                    since = about.st_mtime;
                }
            }
        }
        if (list) {
            (void)closedir(list);
        }
        if (count <= KEPT) {
            return;
        }
        folder_clear(oldest);
    }
}

/* Copies each file of the plan, with its sum. */
static bool fill(const char *from_folder, const char *to_folder) {
    char from[PATH_MAX], to[PATH_MAX], sum[65];
    DIR *list = opendir(from_folder);
    json_t *sums = json_object();
    bool good = list != NULL;
    for (const struct dirent *entry; good && (entry = readdir(list)) != NULL;) {
        if (entry->d_name[0] != '.') {
            good = join(from, sizeof from, from_folder, entry->d_name) &&
                   join(to, sizeof to, to_folder, entry->d_name) && copy(from, to, sum);
            (void)json_object_set_new(sums, entry->d_name, json_string(good ? sum : ""));
        }
    }
    if (list) {
        (void)closedir(list);
    }
    good = good && join(to, sizeof to, to_folder, sums_name) &&
           json_dump_file(sums, to, JSON_SORT_KEYS) == 0;
    json_decref(sums);
    return good;
}

void cache_give(const struct serve *serve, const char *hash) {
    char home[PATH_MAX], place[PATH_MAX], fresh[PATH_MAX + 16], folder[160];
    if (!home_of(home, sizeof home) || !place_of(hash, place, sizeof place)) {
        return;
    }
    (void)snprintf(folder, sizeof folder, "%s/%s", serve->folder, hash);
    (void)snprintf(fresh, sizeof fresh, "%s%sXXXXXX", home, new_prefix);
    if (!mkdtemp(fresh)) {
        return;
    }
    folder_clear(
        place); /* of the same name, but not taken: an input has changed, or it is damaged */
    if (!fill(folder, fresh) || rename(fresh, place) != 0) {
        folder_clear(fresh);
    }
    prune(home);
}
