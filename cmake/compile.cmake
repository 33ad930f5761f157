# SPDX-License-Identifier: Apache-2.0
# Flags of our own code: an interface target that is never installed.
add_library(emend_build INTERFACE)
# Members that a designated initialiser leaves out take their defaults; that is what they are for.
target_compile_options(emend_build INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wno-missing-field-initializers
  # GCC 12 sees overlaps in std::string that are not there (its bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${EMEND_WERROR}>:-Werror>)

if(EMEND_SANITIZE)
  target_compile_options(emend_build INTERFACE -fsanitize=${EMEND_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer -UNDEBUG
    # With the sanitizers' code between, GCC 12 takes members of std::function for uninitialised.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(emend_build INTERFACE -fsanitize=${EMEND_SANITIZE})
  target_compile_definitions(emend_build INTERFACE EMEND_SANITIZED)
endif()

# For a room: emend_add_room([BASE] SOURCES ... LIBRARIES ...). Libraries stay private to libemend.
# A BASE room is also part of the programs that emend starts (see emend_base in CMakeLists.txt).
function(emend_add_room)
  cmake_parse_arguments(ROOM "BASE" "" "SOURCES;LIBRARIES" ${ARGN})
  list(TRANSFORM ROOM_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  if(ROOM_BASE)
    target_sources(emend_base PRIVATE ${ROOM_SOURCES})
    target_link_libraries(emend_base PUBLIC ${ROOM_LIBRARIES})
  else()
    target_sources(emend PRIVATE ${ROOM_SOURCES})
  endif()
  target_link_libraries(emend PRIVATE ${ROOM_LIBRARIES})
endfunction()
