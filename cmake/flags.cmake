# The flags of the house. Contraction is off so that every machine computes the same bits. Assertions are on in every
# build but the released one.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, RelWithDebInfo (assertions on) or Release" FORCE)
endif()
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")
set(CMAKE_C_FLAGS_DEBUG "-Og -g")
add_compile_definitions(_POSIX_C_SOURCE=200809L)
add_compile_options(
    -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Wsign-compare -Wfloat-conversion
    -Wshadow -Wundef -Wvla -Wwrite-strings -Wcast-qual -Wcast-align -Wpointer-arith -Wstrict-prototypes
    -Wold-style-definition -Wmissing-prototypes -Wredundant-decls -Wformat=2 -Wswitch-enum -Wimplicit-fallthrough
    -Wnull-dereference -Werror
    -ffp-contract=off -fno-common -fvisibility=hidden -fstack-protector-strong)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # clang's -Wdouble-promotion also strikes at NAN and INFINITY, which are floats; gcc finds the real ones
    add_compile_options(-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wdouble-promotion)
endif()
if(HEARTH_SANITIZE)
    # lines suffice for a stack; more than a hundred programs are linked
    set(CMAKE_C_FLAGS_DEBUG "-O2 -gline-tables-only")
    find_program(HEARTH_LLD ld.lld)
    if(HEARTH_LLD)
        add_link_options(-fuse-ld=lld)
    endif()
    add_compile_options(-fsanitize=${HEARTH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${HEARTH_SANITIZE})
endif()
if(HEARTH_FUZZ STREQUAL "edges")
    # counts of edges lead the fuzzers of every change, which run for seconds, and cost the tests beside them little
    add_compile_options(-fsanitize-coverage=inline-8bit-counters,pc-table)
elseif(HEARTH_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
