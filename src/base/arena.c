/* Arenas: a chain of blocks from which pieces are cut in order and never given back singly. Blocks
   come zeroed from the system and each byte is handed out once, so pieces need no clearing. Under
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

/* A large page is had in the time of some thirty small ones that are asked for one by one. */
enum {
    ALIGN = 64,
    FIRST_BLOCK = 16 * 1024,
    LAST_SMALL_BLOCK = 128 * 1024,
    LARGE_PAGE = 2 * 1024 * 1024,
    LARGEST_STEP = 64 * 1024 * 1024
};
static const size_t DEFAULT_LIMIT = (size_t)2 * 1024 * 1024 * 1024;

struct block {
    struct block *below; /* the block before this one */
    char *data;          /* 64-byte aligned, inside the same allocation */
    size_t size, used;
    size_t mapped; /* 0: from calloc */
};

struct arena {
    struct block *top;
    size_t limit, bytes; /* bytes: of all pieces */
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

/* What a block's memory needs beside its pieces. */
enum { HEAD = (int)sizeof(struct block) + ALIGN };

static struct block *begin_block(char *memory, size_t size) {
    size_t past = (size_t)((uintptr_t)(memory + sizeof(struct block)) % ALIGN);
    struct block *block = (struct block *)(void *)memory;
    block->data = memory + sizeof(struct block) + (past ? ALIGN - past : 0);
    block->size = size;
    POISON(block->data, size);
    return block;
}

#if defined(MADV_HUGEPAGE) && !defined(ARENA_ASAN)
/* Whole large pages: arrays that are walked through again and again then miss the translation of addresses a hundredth
   as often, and are cleared at once. The last page of a large piece stays small where little of it is needed. A wish: where
   it is refused, nothing changes. */
static struct block *map_block(size_t size) {
    size_t whole = size + HEAD + LARGE_PAGE - 1;
    whole -= whole % LARGE_PAGE;
    char *mapping = fails_now() ? MAP_FAILED
                                : mmap(NULL, whole + LARGE_PAGE, PROT_READ | PROT_WRITE,
                                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) {
        return NULL;
    }
    size_t before = (LARGE_PAGE - (uintptr_t)mapping % LARGE_PAGE) % LARGE_PAGE;
    char *memory = mapping + before;
    if (before > 0) {
        (void)munmap(mapping, before);
    }
    (void)munmap(memory + whole, LARGE_PAGE - before);
    bool spared = size > LARGE_PAGE && (size + HEAD) % LARGE_PAGE < LARGE_PAGE / 4;
    (void)madvise(memory, spared ? whole - LARGE_PAGE : whole, MADV_HUGEPAGE);
    struct block *block = begin_block(memory, whole - HEAD);
    block->mapped = whole;
    return block;
}

static void block_free(struct block *block) {
    if (block->mapped) {
        (void)munmap(block, block->mapped);
    } else {
        free(block);
    }
}
#else
static struct block *map_block(size_t size) {
    char *memory = take_from_system(HEAD + size);
    return memory ? begin_block(memory, size) : NULL;
}

static void block_free(struct block *block) { free(block); }
#endif

/* size or more. */
static struct block *block_new(size_t size) {
    if (size > LAST_SMALL_BLOCK) {
        return map_block(size);
    }
    char *memory = take_from_system(HEAD + size);
    return memory ? begin_block(memory, size) : NULL;
}

struct arena *arena_new(size_t limit_bytes) {
    struct arena *arena = take_from_system(sizeof *arena);
    if (!arena) {
        return NULL;
    }
    arena->limit = limit_bytes ? limit_bytes : DEFAULT_LIMIT;
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

static size_t room_in(const struct block *block) { return block ? block->size - block->used : 0; }

/* About as large as all pieces so far. */
static size_t usual_size(const struct arena *arena) {
    size_t size = FIRST_BLOCK;
    while (size < arena->bytes && size < LARGEST_STEP) {
        size *= 2;
    }
    return size;
}

/* A block with room for need bytes. A large piece gets a block of its own, which goes below the top where more room is
   left in the top than in itself. */
static struct block *make_room(struct arena *arena, size_t need) {
    struct block *top = arena->top;
    if (room_in(top) >= need) {
        return top;
    }
    size_t usual = usual_size(arena);
    size_t size = need > usual / 2 || need > LARGE_PAGE ? need : usual;
    struct block *block = block_new(size);
    if (!block) {
        return NULL;
    }
    if (room_in(block) - need < room_in(top)) {
        block->below = top->below;
        top->below = block;
    } else {
        block->below = top;
        arena->top = block;
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
