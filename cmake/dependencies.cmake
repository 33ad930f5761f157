# SPDX-License-Identifier: Apache-2.0
# Everything emend depends on. scripts/packages.txt names the Debian packages.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(CLI11 REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(pugixml REQUIRED)

# Debian's Python, unless another one is asked for; the first on PATH may be anything.
if(EMEND_BUILD_PYTHON AND NOT EMEND_SANITIZE)
  set(EMEND_PYTHON /usr/bin/python3 CACHE FILEPATH "Python that the package is built for")
  set(Python_EXECUTABLE ${EMEND_PYTHON})
  find_package(Python 3.9 REQUIRED COMPONENTS Interpreter Development.Module)
  find_package(pybind11 2.10 REQUIRED)
endif()

# An installed llama.cpp comes first, then the one that scripts/setup.sh builds into this clone.
find_package(llama 0.5 CONFIG QUIET PATHS ${PROJECT_SOURCE_DIR}/build/deps/llama)
if(NOT llama_FOUND)
  message(FATAL_ERROR "llama.cpp 0.5 or newer was not found. Run scripts/setup.sh, which builds it "
    "into build/deps/llama, or set CMAKE_PREFIX_PATH to where it is installed.")
endif()
# The page worker computes with ggml's CPU backend itself and loads no plug-in.
if(NOT TARGET ggml::ggml-cpu)
  message(FATAL_ERROR "This llama.cpp was built with its CPU backend as a plug-in (GGML_BACKEND_DL). emend needs one that "
    "has it as a library; scripts/setup.sh builds such a one.")
endif()

pkg_check_modules(TESSERACT REQUIRED IMPORTED_TARGET tesseract>=5)
pkg_check_modules(LEPTONICA REQUIRED IMPORTED_TARGET lept>=1.80)
pkg_check_modules(POPPLER REQUIRED IMPORTED_TARGET poppler-cpp)
pkg_check_modules(QPDF REQUIRED IMPORTED_TARGET libqpdf>=11)
pkg_check_modules(MINIZIP REQUIRED IMPORTED_TARGET minizip)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
