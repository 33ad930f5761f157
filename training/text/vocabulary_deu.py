# SPDX-License-Identifier: Apache-2.0
COMPANY_FORMS = "Ltd Inc GmbH".split()
