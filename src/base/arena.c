/* Arenas: a chain of blocks from which pieces are cut in order and never given back singly. Blocks
   come zeroed from calloc and each byte is handed out once, so pieces need no clearing. Under
   AddressSanitizer everything that was not handed out is poisoned, and a red zone lies behind each
   piece. One arena belongs to one thread. */
/* SPDX-License-Identifier: Apache-2.0 */
#if defined(__linux__)
#define _DEFAULT_SOURCE /* madvise, MAP_ANONYMOUS; NOLINT(bugprone-reserved-identifier) */
#endif
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(start, size) __asan_poison_memory_region((start), (size))
#define UNPOISON(start, size) __asan_unpoison_memory_region((start), (size))
enum { RED_ZONE = 64 };
#else
#define POISON(start, size) ((void)(start), (void)(size))
#define UNPOISON(start, size) ((void)(start), (void)(size))
enum { RED_ZONE = 0 };
#endif

enum {
    ALIGN = 64,
    FIRST_BLOCK = 16 * 1024,
    LARGEST_STEP = 4 * 1024 * 1024,
    LARGE_BLOCK = 1024 * 1024
};
static const size_t DEFAULT_LIMIT = (size_t)2 * 1024 * 1024 * 1024;

struct block {
    struct block *below; /* the block before this one */
    char *data;          /* 64-byte aligned, inside the same allocation */
    size_t size, used;
    char *mapping; /* NULL: from calloc */
    size_t mapping_size;
};

struct arena {
    struct block *top;
    size_t limit, bytes, next_size;
    bool failed;
};

/* The one writable global of the library: it belongs to the torture tests. 0 = no failure ahead. */
static atomic_long fail_countdown;

void arena_fail_after(long blocks) { atomic_store(&fail_countdown, blocks > 0 ? blocks : 0); }

static bool fails_now(void) {
    return atomic_load(&fail_countdown) > 0 && atomic_fetch_sub(&fail_countdown, 1) == 1;
}

static void *take_from_system(size_t size) {
    if (fails_now()) {
        return NULL;
    }
    return calloc(1, size);
}

static size_t rounded_up(size_t size) { return (size + (ALIGN - 1)) & ~(size_t)(ALIGN - 1); }

static struct block *begin_block(char *memory, size_t size) {
    size_t past = (size_t)((uintptr_t)(memory + sizeof(struct block)) % ALIGN);
    struct block *block = (struct block *)(void *)memory;
    block->data = memory + sizeof(struct block) + (past ? ALIGN - past : 0);
    block->size = size;
    POISON(block->data, size);
    return block;
}

#if defined(MADV_HUGEPAGE) && !defined(ARENA_ASAN)
/* Large pages for large blocks, which begin where such a page does: arrays that are walked through again and again then
   miss the translation of addresses a hundredth as often, and are cleared at once. A wish: where it is refused,
   nothing changes. */
static struct block *map_block(size_t size) {
    enum { LARGE_PAGE = 2 * 1024 * 1024 };
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t whole = (sizeof(struct block) + ALIGN + size + page - 1) / page * page;
    char *mapping = fails_now() ? MAP_FAILED
                                : mmap(NULL, whole + LARGE_PAGE, PROT_READ | PROT_WRITE,
                                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) {
        return NULL;
    }
    char *memory = mapping + (LARGE_PAGE - (uintptr_t)mapping % LARGE_PAGE) % LARGE_PAGE;
    (void)madvise(memory, whole, MADV_HUGEPAGE);
    struct block *block = begin_block(memory, size);
    block->mapping = mapping;
    block->mapping_size = whole + LARGE_PAGE;
    return block;
}

static void block_free(struct block *block) {
    if (block->mapping) {
        (void)munmap(block->mapping, block->mapping_size);
    } else {
        free(block);
    }
}
#else
static struct block *map_block(size_t size) {
    char *memory = take_from_system(sizeof(struct block) + ALIGN + size);
    return memory ? begin_block(memory, size) : NULL;
}

static void block_free(struct block *block) { free(block); }
#endif

static struct block *block_new(size_t size) {
    if (size >= LARGE_BLOCK) {
        return map_block(size);
    }
    char *memory = take_from_system(sizeof(struct block) + ALIGN + size);
    return memory ? begin_block(memory, size) : NULL;
}

struct arena *arena_new(size_t limit_bytes) {
    struct arena *arena = take_from_system(sizeof *arena);
    if (!arena) {
        return NULL;
    }
    arena->limit = limit_bytes ? limit_bytes : DEFAULT_LIMIT;
    arena->next_size = FIRST_BLOCK;
    return arena;
}

void arena_free(struct arena *arena) {
    if (!arena) {
        return;
    }
    for (struct block *block = arena->top; block;) {
        struct block *below = block->below;
        UNPOISON(block->data, block->size);
        block_free(block);
        block = below;
    }
    free(arena);
}

/* A block with room for need bytes on top. A large piece gets a block of its own, put below the top
   so that the room left in the top is not lost. */
static struct block *make_room(struct arena *arena, size_t need) {
    struct block *top = arena->top;
    if (top && top->size - top->used >= need) {
        return top;
    }
    bool alone = need > arena->next_size / 2;
    struct block *block = block_new(alone ? need : arena->next_size);
    if (!block) {
        return NULL;
    }
    if (alone && top) {
        block->below = top->below;
        top->below = block;
        return block;
    }
    block->below = top;
    arena->top = block;
    if (arena->next_size < LARGEST_STEP) {
        arena->next_size *= 2;
    }
    return block;
}

void *arena_take(struct arena *arena, long count, size_t size) {
    if (count < 0 || (size != 0 && (size_t)count > arena->limit / size)) {
        arena->failed = true;
        return NULL;
    }
    size_t wanted = (size_t)count * size;
    size_t whole = rounded_up(wanted ? wanted : 1);
    if (whole < wanted || whole > arena->limit - arena->bytes) {
        arena->failed = true;
        return NULL;
    }
    struct block *block = make_room(arena, whole + RED_ZONE);
    if (!block) {
        arena->failed = true;
        return NULL;
    }
    char *piece = block->data + block->used;
    block->used += whole + RED_ZONE;
    arena->bytes += whole;
    UNPOISON(piece, wanted);
    return piece;
}

char *arena_text_n(struct arena *arena, const char *text, size_t size) {
    if (size > arena->limit) {
        arena->failed = true;
        return NULL;
    }
    char *copy = arena_take(arena, (long)size + 1, 1);
    if (copy && size) {
        memcpy(copy, text, size);
    }
    return copy;
}

char *arena_text(struct arena *arena, const char *text) {
    return arena_text_n(arena, text, strlen(text));
}

char *arena_format(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = arena_format_list(arena, format, args);
    va_end(args);
    return text;
}

char *arena_format_list(struct arena *arena, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    /* va_copy has begun it: NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
    int size = vsnprintf(NULL, 0, format, args);
    char *text = arena_take(arena, size < 0 ? -1 : (long)size + 1, 1);
    if (text) {
        (void)vsnprintf(text, (size_t)size + 1, format, again);
    }
    va_end(again);
    return text;
}

void arena_join(struct arena *arena, struct arena *from) {
    struct block **below = arena->top ? &arena->top->below : &arena->top;
    struct block *bottom = from->top;
    while (bottom && bottom->below) {
        bottom = bottom->below;
    }
    if (bottom) {
        bottom->below = *below;
        *below = from->top;
    }
    arena->bytes += from->bytes;
    arena->limit += from->bytes; /* they were granted under from's own limit */
    arena->failed = arena->failed || from->failed;
    free(from);
}

int arena_failed(const struct arena *arena) { return arena->failed; }

size_t arena_bytes(const struct arena *arena) { return arena->bytes; }

void *carve_take(struct carve *carve, long count, size_t size) {
    assert(count >= 0 && (size == 0 || (size_t)count <= SIZE_MAX / 4 / size));
    assert(((uintptr_t)carve->base % ALIGN) == 0);
    size_t wanted = (size_t)count * size;
    size_t whole = rounded_up(wanted);
    char *piece = carve->base ? carve->base + carve->used : NULL;
    carve->used += whole + RED_ZONE;
    if (piece) {
        UNPOISON(piece, wanted);
        POISON(piece + whole, (size_t)RED_ZONE);
    }
    return piece;
}
