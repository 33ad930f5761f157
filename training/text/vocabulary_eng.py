COMPANY_FORMS = "Ltd Inc GmbH".split()
