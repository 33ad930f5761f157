# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where, and what find_package(emend) finds. The installed tree can be moved: every program
# finds its libraries, its children and its data from where it is itself.
# Components: "development" for programs in C++, "python" for those in Python, the rest for everybody.
include(CMakePackageConfigHelpers)

set(EMEND_INSTALL_CMAKEDIR ${CMAKE_INSTALL_LIBDIR}/cmake/emend)
set(EMEND_INSTALL_PRIVATE_LIBDIR ${CMAKE_INSTALL_LIBDIR}/emend)

# The way from one folder of the prefix to another, for run-time search paths.
file(RELATIVE_PATH bin_to_lib /p/${CMAKE_INSTALL_BINDIR} /p/${CMAKE_INSTALL_LIBDIR})
file(RELATIVE_PATH libexec_to_private /p/${EMEND_INSTALL_LIBEXECDIR} /p/${EMEND_INSTALL_PRIVATE_LIBDIR})

install(TARGETS emend EXPORT emendTargets LIBRARY NAMELINK_COMPONENT development)
install(DIRECTORY include/emend TYPE INCLUDE COMPONENT development FILES_MATCHING PATTERN "*.h")
install(FILES LICENSE README.md docs/licences.md TYPE DOC)

set_target_properties(emend_cli PROPERTIES INSTALL_RPATH $ORIGIN/${bin_to_lib})
install(TARGETS emend_cli)
# llama.cpp and ggml come along, in a folder of our own, unless they are where the system's linker looks anyway. The old
# form of the run-time path (RPATH) is used because it goes before LD_LIBRARY_PATH, where another llama.cpp may lie. It
# holds for what the program itself needs, so that is every one of them, named or not.
set_target_properties(emend-model-host emend-page-worker PROPERTIES INSTALL_RPATH $ORIGIN/${libexec_to_private})
target_link_options(emend-model-host PRIVATE LINKER:--disable-new-dtags,--no-as-needed)
target_link_options(emend-page-worker PRIVATE LINKER:--disable-new-dtags)
install(TARGETS emend-page-worker DESTINATION ${EMEND_INSTALL_LIBEXECDIR})
install(TARGETS emend-model-host RUNTIME_DEPENDENCY_SET emend_host_libraries
  DESTINATION ${EMEND_INSTALL_LIBEXECDIR})
get_target_property(llama_directories llama LOCATION)
cmake_path(GET llama_directories PARENT_PATH llama_directories)
if(NOT llama_directories IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
  install(RUNTIME_DEPENDENCY_SET emend_host_libraries
    PRE_INCLUDE_REGEXES "^lib(llama|ggml)" PRE_EXCLUDE_REGEXES ".*"
    DIRECTORIES ${llama_directories} DESTINATION ${EMEND_INSTALL_PRIVATE_LIBDIR})
endif()

install(EXPORT emendTargets NAMESPACE emend:: DESTINATION ${EMEND_INSTALL_CMAKEDIR} COMPONENT development)
configure_package_config_file(cmake/emendConfig.cmake.in ${PROJECT_BINARY_DIR}/cmake/emendConfig.cmake
  INSTALL_DESTINATION ${EMEND_INSTALL_CMAKEDIR} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cmake/emendConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/cmake/emendConfig.cmake ${PROJECT_BINARY_DIR}/cmake/emendConfigVersion.cmake
  DESTINATION ${EMEND_INSTALL_CMAKEDIR} COMPONENT development)
