# SPDX-License-Identifier: Apache-2.0
# emend_add_test(NAME name SOURCES ... [LIBRARIES ...] [LABELS unit|slow ...] [ENVIRONMENT A=b ...]
#                [TIMEOUT seconds])
# One GoogleTest program; each of its tests becomes a test of ctest.
include(GoogleTest)
find_package(GTest REQUIRED)
set(EMEND_TEST_PYTHON /usr/bin/python3 CACHE FILEPATH
  "Python with numpy, Pillow and jsonschema, for tests and benchmarks (Debian: python3-numpy, ...)")

function(emend_add_test)
  cmake_parse_arguments(T "" "NAME;TIMEOUT" "SOURCES;LIBRARIES;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 300)
  endif()
  add_executable(${T_NAME} ${T_SOURCES})
  target_include_directories(${T_NAME} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${T_NAME} PRIVATE emend_internal GTest::gtest_main ${T_LIBRARIES})
  set_target_properties(${T_NAME} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  gtest_discover_tests(${T_NAME} DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${T_LABELS}" ENVIRONMENT "${T_ENVIRONMENT}" TIMEOUT ${T_TIMEOUT})
endfunction()
