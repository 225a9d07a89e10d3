/* The folder of results: the server's own, held by a lock that ends with the process, so that what a killed one left behind
   can be told from what another still uses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "apps/serve/serve.h"

enum { YOUNG_S = 3600 }; /* a folder without a lock may be one that is just being made */

static const char prefix[] = "hearth-serve-";
static const char lock_name[] = "lock";

static const char *root(void) {
    const char *said = getenv("TMPDIR");
    return said && said[0] != '\0' ? said : "/tmp";
}

/* Removes a folder's files and, levels deep, its folders; follows no link. False: something stays. */
static bool clear_at(int parent, const char *name, int levels) {
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *list = folder < 0 ? NULL : fdopendir(folder);
    if (!list) {
        if (folder >= 0) {
            (void)close(folder);
        }
        return false;
    }
    for (const struct dirent *entry; (entry = readdir(list)) != NULL;) {
        bool is_self = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!is_self && unlinkat(folder, entry->d_name, 0) != 0 && levels > 0) {
            (void)clear_at(folder, entry->d_name, levels - 1);
        }
    }
    (void)closedir(list);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

void folder_clear(const char *path) { (void)clear_at(AT_FDCWD, path, 1); }

bool folder_parents(char *path) {
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        bool there = mkdir(path, 0700) == 0 || errno == EEXIST;
        *at = '/';
        if (!there) {
            return false;
        }
    }
    return true;
}

/* The lock of a folder, taken; -1: another process holds it, or it is not there. */
static int lock_take(int folder, int also) {
    int lock = openat(folder, lock_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | also, 0600);
    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
        (void)close(lock);
        lock = -1;
    }
    return lock;
}

/* Ours by owner, nobody's by its lock. */
static void sweep_one(int parent, const char *name) {
    struct stat about;
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) {
        return;
    }
    if (fstat(folder, &about) == 0 && about.st_uid == geteuid()) {
        int lock = lock_take(folder, 0);
        bool has_none = lock < 0 && faccessat(folder, lock_name, F_OK, 0) != 0;
        if (lock >= 0 || (has_none && time(NULL) - about.st_mtime > YOUNG_S)) {
            (void)clear_at(parent, name, 1);
        }
        if (lock >= 0) {
            (void)close(lock);
        }
    }
    (void)close(folder);
}

static void sweep(void) {
    DIR *list = opendir(root());
    if (!list) {
        return;
    }
    for (const struct dirent *entry; (entry = readdir(list)) != NULL;) {
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) == 0) {
            sweep_one(dirfd(list), entry->d_name);
        }
    }
    (void)closedir(list);
}

/* Whoever sweeps between the lock's making and its taking removes the folder: then it is not there under its name. */
static bool lock_own(struct serve *serve) {
    struct stat held, named;
    int folder = open(serve->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    serve->lock = folder < 0 ? -1 : lock_take(folder, O_CREAT);
    bool good = serve->lock >= 0 && fstat(serve->lock, &held) == 0 &&
                fstatat(folder, lock_name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
                held.st_ino == named.st_ino;
    if (folder >= 0) {
        (void)close(folder);
    }
    return good;
}

bool folder_make(struct serve *serve) {
    sweep();
    for (int tries = 0; tries < 3; tries++) {
        int size = snprintf(serve->folder, sizeof serve->folder, "%s/%sXXXXXX", root(), prefix);
        if (size < 0 || (size_t)size >= sizeof serve->folder) {
            errno = ENAMETOOLONG;
            return false;
        }
        if (!mkdtemp(serve->folder)) {
            return false;
        }
        if (lock_own(serve)) {
            return true;
        }
    }
    return false;
}

void folder_leave(struct serve *serve) {
    folder_clear(serve->folder);
    if (serve->lock >= 0) {
        (void)close(serve->lock);
    }
}
