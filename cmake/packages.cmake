# SPDX-License-Identifier: Apache-2.0
# A Debian package of all that is installed: cpack --config build/release/CPackConfig.cmake -G DEB
# Configure with -DCMAKE_INSTALL_PREFIX=/usr for one that goes where Debian's own go.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME emend)
set(CPACK_PACKAGE_CONTACT "The emend developers <emend@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
# What each program needs, by the names and versions of Debian's packages. libemend and llama.cpp are inside.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS
  ${PROJECT_BINARY_DIR}/lib ${llama_directories})
set(CPACK_DEBIAN_PACKAGE_DEPENDS "tesseract-ocr-eng, tesseract-ocr-osd")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3 (>= 3.9), libexpected-dev")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/cmake/prerm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
