/* Runs LLVMFuzzerTestOneInput on each file of the folders and files named, in order of their
   names. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZE_MAX_BYTES = 64 * 1024 * 1024 };

static int replay_file(const char *path) {
    FILE *file = fopen(path, "rb");
    struct stat about;
    if (!file || fstat(fileno(file), &about) != 0 || about.st_size > SIZE_MAX_BYTES) {
        (void)fprintf(stderr, "cannot replay %s\n", path);
        exit(EXIT_FAILURE);
    }
    size_t size = (size_t)about.st_size;
    uint8_t *data = malloc(size ? size : 1);
    if (!data || fread(data, 1, size, file) != size) {
        (void)fprintf(stderr, "cannot read %s\n", path);
        exit(EXIT_FAILURE);
    }
    (void)fclose(file);
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 1;
}

static int is_seed(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static int replay_folder(const char *path) {
    struct dirent **entries;
    int count = scandir(path, &entries, is_seed, alphasort);
    int replayed = 0;
    for (int i = 0; i < count; i++) {
        char inner[4096];
        (void)snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        replayed += replay_file(inner);
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
    return replayed;
}

int main(int argc, char **argv) {
    int replayed = 0;
    for (int i = 1; i < argc; i++) {
        struct stat about;
        bool folder = stat(argv[i], &about) == 0 && S_ISDIR(about.st_mode);
        replayed += folder ? replay_folder(argv[i]) : replay_file(argv[i]);
    }
    (void)printf("%d inputs replayed\n", replayed);
    return replayed > 0 ? EXIT_SUCCESS : EXIT_FAILURE; /* an empty corpus tests nothing */
}
