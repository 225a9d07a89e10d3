# Embeds a text file as bytes: cmake -DIN=file -DOUT=header -DNAME=identifier -P embed.cmake
# (bytes, since C compilers need not accept string literals above 4,095 characters)
file(READ ${IN} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")

file(WRITE ${OUT} "/* made from a text file; do not edit */\nstatic const unsigned char ${NAME}_bytes[] = {\n    ${bytes}0x00};\n#define ${NAME} ((const char *)${NAME}_bytes)\n")
