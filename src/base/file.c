/* Files through POSIX calls. What is written goes to a sibling name first, is synced and renamed,
   so that a reader sees the old file or the new one and never a half. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, NAME_TRIES = 1000, FIRST_PIECE = 64 * 1024 };

static const struct place nowhere = {0};

/* For the torture tests only, like the countdown in arena.c. 0 = no failure ahead. */
static atomic_long fail_countdown;

void file_fail_after(long writes) { atomic_store(&fail_countdown, writes > 0 ? writes : 0); }

/* Every step of writing asks here first, so that a test can make each of them fail. */
static bool fails_now(void) {
    if (atomic_load(&fail_countdown) > 0 && atomic_fetch_sub(&fail_countdown, 1) == 1) {
        errno = EIO;
        return true;
    }
    return false;
}

static enum status no_file(struct diag *diag, struct place place, const char *path, int error) {
    diag_error(diag, place, "cannot read '%s': %s", path, strerror(error));
    diag_remedy(diag, error == ENOENT
                          ? "check the name; paths in a scenario are relative to its folder"
                          : "check the file's rights and that it is a file");
    return STATUS_NO_FILE;
}

static enum status too_large(struct diag *diag, struct place place, const char *path,
                             size_t limit_bytes) {
    diag_error(diag, place, "'%s' has more than %zu bytes, which is the limit here", path,
               limit_bytes);
    diag_remedy(diag, "check that this is the file you meant");
    return STATUS_BAD_SCENARIO;
}

/* Reads to the end into pieces that double; at most limit_bytes + 1 bytes are taken. */
static enum status read_all(struct arena *arena, int descriptor, size_t first_piece,
                            size_t limit_bytes, char **ret_text, size_t *ret_size) {
    size_t capacity = first_piece, size = 0;
    char *text = arena_take(arena, (long)capacity + 1, 1);
    while (text) {
        ssize_t got = read(descriptor, text + size, capacity - size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return STATUS_NO_FILE;
        }
        size += (size_t)got;
        if (got == 0 || size > limit_bytes) {
            text[size] = '\0';
            *ret_text = text;
            *ret_size = size;
            return STATUS_OK;
        }
        if (size == capacity) {
            capacity = 2 * capacity < limit_bytes + 1 ? 2 * capacity : limit_bytes + 1;
            char *larger = arena_take(arena, (long)capacity + 1, 1);
            if (larger) {
                memcpy(larger, text, size);
            }
            text = larger;
        }
    }
    return STATUS_NO_MEMORY;
}

static enum status read_open(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, int descriptor, size_t limit_bytes, char **ret_text,
                             size_t *ret_size) {
    struct stat about;
    if (fstat(descriptor, &about) != 0) {
        return no_file(diag, place, path, errno);
    }
    if (S_ISDIR(about.st_mode)) {
        return no_file(diag, place, path, EISDIR);
    }
    size_t first_piece = FIRST_PIECE;
    if (S_ISREG(about.st_mode) && about.st_size >= 0) {
        if ((size_t)about.st_size > limit_bytes) {
            return too_large(diag, place, path, limit_bytes);
        }
        first_piece = (size_t)about.st_size + 1; /* one more, to meet the end without growing */
    }
    first_piece = first_piece < limit_bytes + 1 ? first_piece : limit_bytes + 1;
    char *text;
    size_t size;
    enum status status = read_all(arena, descriptor, first_piece, limit_bytes, &text, &size);
    if (status == STATUS_NO_FILE) {
        return no_file(diag, place, path, errno);
    }
    if (status == STATUS_OK && size > limit_bytes) {
        return too_large(diag, place, path, limit_bytes);
    }
    if (status == STATUS_OK) {
        *ret_text = text;
        *ret_size = size;
    }
    return status;
}

enum status file_read(struct arena *arena, struct diag *diag, struct place place, const char *path,
                      size_t limit_bytes, char **ret_text, size_t *ret_size) {
    bool standard_input = strcmp(path, "-") == 0;
    int descriptor =
        standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) {
        return no_file(diag, place, path, errno);
    }
    enum status status =
        read_open(arena, diag, place, path, descriptor, limit_bytes, ret_text, ret_size);
    if (!standard_input) {
        (void)close(descriptor);
    }
    return status;
}

const char *file_beside(struct arena *arena, const char *base, const char *path) {
    const char *slash = base ? strrchr(base, '/') : NULL;
    if (path[0] == '/' || !slash) {
        return arena_text(arena, path);
    }
    size_t folder = (size_t)(slash - base) + 1, size = strlen(path);
    char *joined = arena_take(arena, (long)(folder + size) + 1, 1);
    if (joined) {
        memcpy(joined, base, folder);
        memcpy(joined + folder, path, size);
    }
    return joined;
}

const char *file_absolute(struct arena *arena, const char *path) {
    char folder[PATH_SIZE];
    while (path[0] == '.' && path[1] == '/') {
        path += 2;
    }
    if (path[0] == '/' || !getcwd(folder, sizeof folder)) {
        return arena_text(arena, path);
    }
    return arena_format(arena, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, path);
}

static enum status cannot_write(struct diag *diag, const char *path, int error) {
    diag_error(diag, nowhere, "cannot write '%s': %s", path, strerror(error));
    diag_remedy(diag, "check the folder's rights and the room on its disk, or name another place");
    return STATUS_CANNOT_WRITE;
}

/* first + second as one path; false when it is too long. */
static bool join(char ret[PATH_SIZE], const char *first, const char *second) {
    size_t first_size = strlen(first), second_size = strlen(second);
    if (first_size + second_size >= PATH_SIZE) {
        return false;
    }
    memmove(ret, first, first_size);
    memcpy(ret + first_size, second, second_size + 1);
    return true;
}

/* "<path>.<kind>-<number>". */
static bool sibling_name(char ret[PATH_SIZE], const char *path, const char *kind, int number) {
    char end[48];
    (void)snprintf(end, sizeof end, ".%s-%d", kind, number);
    return join(ret, path, end);
}

static bool write_whole(int descriptor, const char *data, size_t size) {
    while (size > 0) {
        ssize_t put = fails_now() ? -1 : write(descriptor, data, size);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return false;
        }
        data += put;
        size -= (size_t)put;
    }
    return true;
}

/* Data into a file that is new, and onto the disk. errno tells of a failure; then nothing is
   left. */
static bool write_new(const char *path, const char *data, size_t size) {
    int descriptor = fails_now() ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return false;
    }
    bool good = write_whole(descriptor, data, size) && !fails_now() && fsync(descriptor) == 0;
    int error = errno;
    bool closed = close(descriptor) == 0;
    if (good && closed && !fails_now()) {
        return true;
    }
    error = good ? errno : error;
    (void)unlink(path);
    errno = error;
    return false;
}

/* The folder's own entries reach the disk too. A file system that cannot sync folders is no
   failure. */
static void sync_folder(const char *path) {
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        (void)close(descriptor);
    }
}

static void sync_parent(const char *path) {
    char parent[PATH_SIZE];
    const char *slash = strrchr(path, '/');
    size_t size = slash ? (size_t)(slash - path) : 0;
    assert(size < PATH_SIZE); /* its sibling's name was built already */
    memcpy(parent, path, size);
    parent[size] = '\0';
    sync_folder(size ? parent : slash ? "/" : ".");
}

enum status file_write(struct diag *diag, const char *path, const char *data, size_t size) {
    char sibling[PATH_SIZE];
    for (int number = 0; number < NAME_TRIES; number++) {
        if (!sibling_name(sibling, path, "new", number)) {
            return cannot_write(diag, path, ENAMETOOLONG);
        }
        if (write_new(sibling, data, size)) {
            if (!fails_now() && rename(sibling, path) == 0) {
                sync_parent(path);
                return STATUS_OK;
            }
            int error = errno;
            (void)unlink(sibling);
            return cannot_write(diag, path, error);
        }
        if (errno != EEXIST) {
            return cannot_write(diag, path, errno);
        }
    }
    return cannot_write(diag, path, EEXIST);
}

/* Makes the folders above path that do not exist yet. */
static bool make_parents(const char *path) {
    char part[PATH_SIZE];
    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        size_t size = (size_t)(slash - path);
        memcpy(part, path, size);
        part[size] = '\0';
        struct stat about;
        if (stat(part, &about) != 0 &&
            (fails_now() || (mkdir(part, 0777) != 0 && errno != EEXIST))) {
            return false;
        }
    }
    return true;
}

enum status file_make_folder(struct diag *diag, const char *path) {
    struct stat about;
    if (strlen(path) >= PATH_SIZE) {
        return cannot_write(diag, path, ENAMETOOLONG);
    }
    if (*path && stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        return STATUS_OK;
    }
    if (!*path || !make_parents(path) || fails_now() || mkdir(path, 0777) != 0) {
        return cannot_write(diag, path, errno);
    }
    return STATUS_OK;
}

enum kept { KEPT_NOTHING, KEPT_EMPTY, KEPT_RESULT, KEPT_FOREIGN };

/* What stands at path: nothing, an empty folder, a result (plain files, summary.json among them),
   something else. */
static enum kept look_at(const char *path) {
    struct stat about;
    if (lstat(path, &about) != 0) {
        return errno == ENOENT || errno == ENOTDIR ? KEPT_NOTHING : KEPT_FOREIGN;
    }
    DIR *folder = S_ISDIR(about.st_mode) ? opendir(path) : NULL;
    if (!folder) {
        return KEPT_FOREIGN;
    }
    bool empty = true, summary = false, plain = true;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        empty = false;
        bool regular = fstatat(dirfd(folder), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
                       S_ISREG(about.st_mode);
        plain = plain && regular;
        summary = summary || (regular && strcmp(entry->d_name, "summary.json") == 0);
    }
    (void)closedir(folder);
    return empty ? KEPT_EMPTY : plain && summary ? KEPT_RESULT : KEPT_FOREIGN;
}

static enum status refuse_foreign(struct diag *diag, const char *path) {
    diag_error(diag, nowhere, "'%s' exists and is not a result of an earlier run", path);
    diag_remedy(diag, "name another folder, or move this one away; only a folder with nothing but "
                      "plain files and a "
                      "summary.json among them is replaced");
    return STATUS_CANNOT_WRITE;
}

enum status file_folder_begin(struct file_folder *folder, struct diag *diag, const char *path) {
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/') {
        size--;
    }
    folder->sibling[0] = '\0';
    folder->path[0] = '\0';
    if (size == 0 || size >= PATH_SIZE - 64) {
        return cannot_write(diag, path, size ? ENAMETOOLONG : ENOENT);
    }
    memcpy(folder->path, path, size);
    folder->path[size] = '\0';
    if (look_at(folder->path) == KEPT_FOREIGN) {
        return refuse_foreign(diag, folder->path);
    }
    if (!make_parents(folder->path)) {
        return cannot_write(diag, folder->path, errno);
    }
    for (int number = 0; number < NAME_TRIES; number++) {
        (void)sibling_name(folder->sibling, folder->path, "new", number);
        if (!fails_now() && mkdir(folder->sibling, 0777) == 0) {
            return STATUS_OK;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    int error = errno;
    folder->sibling[0] = '\0';
    return cannot_write(diag, folder->path, error);
}

enum status file_folder_add(struct file_folder *folder, struct diag *diag, const char *name,
                            const char *data, size_t size) {
    char path[PATH_SIZE];
    if (strchr(name, '/') || name[0] == '\0' || name[0] == '.' ||
        !join(path, folder->sibling, "/") || !join(path, path, name)) {
        return cannot_write(diag, name, EINVAL);
    }
    return write_new(path, data, size) ? STATUS_OK : cannot_write(diag, path, errno);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum status file_list(struct arena *arena, const char *folder, const char *ending,
                      const char ***ret_names, int *ret_count) {
    DIR *open = opendir(folder);
    int room = 0, count = 0;
    const char **names = NULL;
    size_t tail = strlen(ending);
    for (struct dirent *entry = open ? readdir(open) : NULL; entry; entry = readdir(open)) {
        size_t size = strlen(entry->d_name);
        if (size < tail || strcmp(entry->d_name + size - tail, ending) != 0) {
            continue;
        }
        if (count == room) {
            room = room ? 2 * room : 16;
            const char **larger = ARENA_TAKE(arena, const char *, room);
            if (!larger) {
                break;
            }
            if (count > 0) {
                memcpy(larger, names, (size_t)count * sizeof *names);
            }
            names = larger;
        }
        names[count++] = arena_text(arena, entry->d_name);
    }
    if (open) {
        (void)closedir(open);
    }
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    if (count > 0) {
        qsort(names, (size_t)count, sizeof *names, by_name);
    }
    *ret_names = names;
    *ret_count = count;
    return STATUS_OK;
}

/* Removes a folder of plain files; it stops at whatever is not plain. */
static void remove_folder(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) {
        return;
    }
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
        }
    }
    (void)closedir(folder);
    (void)rmdir(path);
}

/* Moves an older result out of the way; ret_old is its new name. */
static bool move_away(const char *path, char ret_old[PATH_SIZE]) {
    for (int number = 0; number < NAME_TRIES; number++) {
        struct stat about;
        (void)sibling_name(ret_old, path, "old", number); /* fits: file_folder_begin saw to it */
        if (lstat(ret_old, &about) != 0) {
            return !fails_now() && rename(path, ret_old) == 0;
        }
    }
    errno = EEXIST;
    return false;
}

enum status file_folder_commit(struct file_folder *folder, struct diag *diag) {
    char old[PATH_SIZE];
    enum kept kept = look_at(folder->path);
    if (kept == KEPT_FOREIGN) {
        return refuse_foreign(diag, folder->path);
    }
    sync_folder(folder->sibling);
    if (kept == KEPT_RESULT && !move_away(folder->path, old)) {
        return cannot_write(diag, folder->path, errno);
    }
    if (fails_now() || rename(folder->sibling, folder->path) != 0) {
        int error = errno;
        if (kept == KEPT_RESULT) {
            (void)rename(old, folder->path);
        }
        return cannot_write(diag, folder->path, error);
    }
    if (kept == KEPT_RESULT) {
        remove_folder(old);
    }
    sync_parent(folder->path);
    folder->sibling[0] = '\0';
    return STATUS_OK;
}

void file_folder_abandon(struct file_folder *folder) {
    if (folder->sibling[0]) {
        remove_folder(folder->sibling);
        folder->sibling[0] = '\0';
    }
}
