# SPDX-License-Identifier: Apache-2.0
# The manual page and the completions, written from the help of the command that was just built, and where Debian's
# shells look for them.
find_package(Python3 COMPONENTS Interpreter)
set(manual ${PROJECT_BINARY_DIR}/manual)
set(manual_files ${manual}/emend.1 ${manual}/emend.bash ${manual}/_emend)
if(Python3_FOUND AND NOT CMAKE_CROSSCOMPILING)
  add_custom_command(OUTPUT ${manual_files} DEPENDS emend_cli ${PROJECT_SOURCE_DIR}/scripts/make_manual.py
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/make_manual.py $<TARGET_FILE:emend_cli> ${manual})
  add_custom_target(manual ALL DEPENDS ${manual_files})
  add_dependencies(programs manual)
  install(FILES ${manual}/emend.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${manual}/emend.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME emend)
  install(FILES ${manual}/_emend DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
endif()
