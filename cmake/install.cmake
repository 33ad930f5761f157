# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where, and what find_package(emend) finds.
