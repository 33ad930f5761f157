# SPDX-License-Identifier: Apache-2.0
"""Made-up invoices, receipts, letters and forms, as the text that a recogniser would give.

document(rng, language) is one document. Names and products come from the vocabulary and, for a
wider one, from the language's word list. Tables add up: amounts are whole cents and totals are
their sums.
"""

import random

import vocabulary

KINDS = ["invoice", "receipt", "letter", "form"]
KIND_WEIGHTS = [34, 30, 22, 14]


class Writer:
    """Draws the pieces of one document, in one style."""

    def __init__(self, rng, language, common_words):
        self.rng = rng
        self.language = language
        self.words = vocabulary.LANGUAGES[language]
        self.common_words = common_words  # to make up names and products from
        self.currency = rng.choice(self.words.CURRENCIES)
        self.rate = rng.choice({"eng": [5, 6, 7, 8, 8.25, 10, 17.5, 20], "deu": [7, 19], "fra": [5.5, 10, 20]}[language])
        self.number_style = rng.randrange(4)
        self.date_style = rng.randrange(6)
        self.code_prefix = "".join(rng.choices("ABCDEFGHIKLMNPRSTVWX", k=rng.randint(1, 3)))

    def pick(self, *lists):
        return self.rng.choice(self.rng.choice(lists))

    def digits(self, count):
        return "".join(self.rng.choices("0123456789", k=count))

    def common_word(self):
        return self.rng.choice(self.common_words)

    def number(self):
        r = self.rng
        return r.choice([lambda: str(r.randint(1, 99999)), lambda: self.digits(r.randint(4, 9)),
                         lambda: f"{self.code_prefix}-{self.digits(r.randint(3, 6))}",
                         lambda: f"{r.randint(2015, 2026)}-{self.digits(4)}", lambda: f"{self.code_prefix}{self.digits(6)}",
                         lambda: f"{self.code_prefix}/{r.randint(15, 26)}/{self.digits(4)}"])()

    def plain_amount(self, cents):
        whole, rest = divmod(abs(cents), 100)
        sign = "-" if cents < 0 else ""
        if self.language == "eng":
            text = f"{whole:,}" if self.number_style != 0 else str(whole)
            return f"{sign}{text}.{rest:02d}"
        separator = {"deu": ".", "fra": " "}[self.language] if self.number_style > 1 else ""
        return f"{sign}{whole:,}".replace(",", separator) + f",{rest:02d}"

    def amount(self, cents):
        text = self.plain_amount(cents)
        if self.language == "eng":
            return self.currency + text
        return text + (self.currency if self.currency.startswith(" ") else " " + self.currency.strip())

    def date(self):
        r, words = self.rng, self.words
        day, month, year = r.randint(1, 28), r.randint(1, 12), r.randint(1995, 2026)
        name = words.MONTHS[month - 1]
        if self.language == "deu":
            forms = [f"{day:02d}.{month:02d}.{year}", f"{day}.{month}.{year}", f"{day}. {name} {year}", f"{year}-{month:02d}-{day:02d}",
                     f"{day:02d}.{month:02d}.{year % 100:02d}", f"{day:02d}.{month:02d}.{year}"]
        elif self.language == "fra":
            forms = [f"{day:02d}/{month:02d}/{year}", f"{day} {name} {year}", f"le {day} {name} {year}", f"{day:02d}-{month:02d}-{year}",
                     f"{day:02d}/{month:02d}/{year % 100:02d}", f"{day:02d}.{month:02d}.{year}"]
        else:
            forms = [f"{month:02d}/{day:02d}/{year}", f"{day:02d}/{month:02d}/{year}", f"{name} {day}, {year}", f"{day} {name} {year}",
                     f"{year}-{month:02d}-{day:02d}", f"{day:02d}-{name[:3]}-{year}"]
        return forms[self.date_style]

    def time(self):
        hour, minute = self.rng.randint(0, 23), self.rng.randint(0, 59)
        if self.language == "eng" and self.rng.random() < 0.4:
            return f"{(hour - 1) % 12 + 1}:{minute:02d} {'AM' if hour < 12 else 'PM'}"
        return f"{hour:02d}:{minute:02d}" + (f":{self.rng.randint(0, 59):02d}" if self.rng.random() < 0.4 else "")

    def person(self):
        return f"{self.pick(self.words.FIRST_NAMES)} {self.pick(self.words.LAST_NAMES)}"

    def company(self):
        r, words = self.rng, self.words
        base = r.choice([lambda: self.pick(words.COMPANY_WORDS), lambda: self.pick(words.LAST_NAMES),
                         lambda: f"{self.pick(words.COMPANY_WORDS)} {self.pick(words.COMPANY_WORDS)}",
                         lambda: f"{self.pick(words.LAST_NAMES)} {self.pick(words.COMPANY_WORDS)}",
                         lambda: f"{self.common_word().capitalize()} {self.pick(words.COMPANY_WORDS)}",
                         lambda: f"{self.pick(words.LAST_NAMES)} & {self.pick(words.LAST_NAMES)}"])()
        return f"{base} {self.pick(words.COMPANY_FORMS)}"

    def product(self):
        r, words = self.rng, self.words
        base = self.pick(words.PRODUCTS)
        draw = r.random()
        if draw < 0.25:
            base = f"{self.pick(words.ADJECTIVES)} {base}"
        elif draw < 0.45:
            base = f"{self.common_word()} {self.common_word()}" if r.random() < 0.5 else f"{base} {self.common_word()}"
        if r.random() < 0.15:
            base += r.choice([f" {r.randint(1, 50) * 10}g", f" {r.randint(1, 5)}L", f" {r.randint(2, 60)}mm", f" x{r.randint(2, 12)}",
                              f" {self.digits(3)}ML", f" ({self.pick(words.ADJECTIVES)})", f" {self.code_prefix}{self.digits(3)}"])
        return base[:1].upper() + base[1:] if r.random() < 0.8 else base

    def address(self):
        r, words = self.rng, self.words
        house = f"{r.randint(1, 250)}{r.choice(['', '', '', 'a', 'B'])}"
        city, street = self.pick(words.CITIES), self.pick(words.STREETS)
        if self.language == "deu":
            lines = [f"{street} {house}", f"{self.digits(5)} {city}"]
        elif self.language == "fra":
            lines = [f"{house}, {street}", f"{self.digits(5)} {city}"]
        else:
            code = r.choice([self.digits(5), f"{city[:2].upper()}{r.randint(1, 30)} {r.randint(1, 9)}{self.code_prefix[:1]}B"])
            lines = [f"{house} {street}", r.choice([f"{city}, {self.pick(words.REGIONS)} {code}", f"{code} {city}", f"{city} {code}"])]
        if r.random() < 0.2:
            lines.append(self.pick(words.COUNTRIES))
        return lines

    def contact(self):
        r = self.rng
        host = "".join(c for c in self.pick(self.words.COMPANY_WORDS).lower() if c.isascii() and c.isalpha()) or "info"
        phone = r.choice([f"({self.digits(3)}) {self.digits(3)}-{self.digits(4)}", f"+{r.choice([1, 33, 44, 49, 60])} {self.digits(3)} {self.digits(6)}",
                          f"0{self.digits(3)}-{self.digits(7)}", f"0{self.digits(2)} {self.digits(2)} {self.digits(2)} {self.digits(2)} {self.digits(2)}"])
        label = self.pick(self.words.CONTACT_LABELS)
        if "ail" in label or "riel" in label:
            return f"{label} {r.choice(['info', 'sales', 'office', 'contact'])}@{host}.{r.choice(['com', 'de', 'fr', 'co.uk', 'net'])}"
        if label.startswith(("Web", "Inter", "Site")):
            return f"{label} www.{host}.{r.choice(['com', 'de', 'fr', 'co.uk', 'org'])}"
        return f"{label} {phone}"

    def labelled(self, label, value):
        label = label.rstrip(":")
        return f"{label}{self.rng.choice([': ', ': ', ' : ', ' ']) if self.language != 'fra' else self.rng.choice([' : ', ' : ', ': ', ' '])}{value}"

    def bank(self):
        r = self.rng
        country = {"eng": "GB", "deu": "DE", "fra": "FR"}[self.language]
        value = r.choice([f"{country}{self.digits(2)} {self.digits(4)} {self.digits(4)} {self.digits(4)} {self.digits(4)} {self.digits(2)}",
                          self.digits(8), f"{self.digits(2)}-{self.digits(2)}-{self.digits(2)}", f"{self.code_prefix}BANK{country}XX"])
        return self.labelled(self.pick(self.words.BANK_LABELS), value)

    def sentence(self, template):
        values = dict(date=self.date(), number=self.number(), amount=self.amount(self.rng.randint(500, 900000)), product=self.pick(self.words.PRODUCTS),
                      quantity=self.rng.randint(2, 500), days=self.rng.choice([5, 7, 10, 14, 20, 30, 60]), city=self.pick(self.words.CITIES),
                      weekday=self.pick(self.words.WEEKDAYS), company=self.company(), first=self.pick(self.words.FIRST_NAMES),
                      last=self.pick(self.words.LAST_NAMES), role=self.pick(self.words.ROLES), year=self.rng.randint(1890, 2020))
        return template.format(**values)


def items(w, count):
    """[(quantity, product, unit price, amount)]: amount is quantity times price."""
    rows = []
    for _ in range(count):
        quantity = w.rng.choice([1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100])
        price = w.rng.choice([w.rng.randint(50, 2000), w.rng.randint(500, 20000), w.rng.randint(1, 400) * 50])
        rows.append((quantity, w.product(), price, quantity * price))
    return rows


def totals(w, net):
    tax = round(net * w.rate / 100)
    rate = f"{w.rate:g}".replace(".", "." if w.language == "eng" else ",")
    lines = [w.labelled(w.pick(w.words.SUBTOTAL_LABELS), w.amount(net))]
    if w.rng.random() < 0.85:
        label = w.pick(w.words.TAX_LABELS)
        lines.append(w.labelled(w.rng.choice([f"{label} {rate}%", f"{label} ({rate}%)", f"{label} {rate} %", label]), w.amount(tax)))
        net += tax
    if w.rng.random() < 0.2:
        extra = w.rng.randint(1, 2000) * w.rng.choice([-1, 1])
        lines.append(w.labelled(w.pick(w.words.EXTRA_LABELS), w.amount(extra)))
        net += extra
    return lines + [w.labelled(w.pick(w.words.TOTAL_LABELS), w.amount(net))], net


def invoice(w):
    r, words = w.rng, w.words
    lines = [w.company(), *w.address(), *(w.contact() for _ in range(r.randint(0, 3)))]
    if r.random() < 0.4:
        lines.append(w.labelled(w.pick(words.TAX_ID_LABELS), w.number()))
    lines += ["", w.pick(words.INVOICE_TITLES)]
    for label in r.sample(words.NUMBER_LABELS, r.randint(1, 3)):
        lines.append(w.labelled(label, w.number()))
    for label in r.sample(words.DATE_LABELS, r.randint(1, 3)):
        lines.append(w.labelled(label, w.date()))
    lines += ["", w.pick(words.PARTY_LABELS), r.choice([w.company, w.person])(), *w.address(), ""]
    lines.append(" ".join(w.pick(words.TABLE_HEADS)))
    rows = items(w, r.randint(1, 12))
    style = r.randrange(5)
    for i, (quantity, product, price, amount) in enumerate(rows, 1):
        unit, p, a = w.pick(words.UNITS), w.plain_amount(price), w.plain_amount(amount)
        lines.append([f"{product} {quantity} {p} {a}", f"{i} {product} {quantity} {unit} {p} {a}", f"{quantity} {product} {p} {a}",
                      f"{w.number()} {product} {quantity} {w.amount(price)} {w.amount(amount)}", f"{i}. {product} {quantity} x {p} {a}"][style])
    block, _ = totals(w, sum(row[3] for row in rows))
    lines += ["", *block, "", *r.sample(words.TERMS, r.randint(1, 4))]
    lines += [w.bank() for _ in range(r.randint(0, 4))]
    return lines


def receipt(w):
    r, words = w.rng, w.words
    lines = [w.company(), *w.address(), *(w.contact() for _ in range(r.randint(0, 2)))]
    if r.random() < 0.6:
        lines.append(w.labelled(w.pick(words.TAX_ID_LABELS), w.number()))
    lines += [w.labelled(w.pick(words.NUMBER_LABELS), w.number()), w.labelled(w.pick(words.DATE_LABELS), f"{w.date()} {w.time()}")]
    lines += [w.labelled(w.pick(words.RECEIPT_LINES), r.choice([w.number(), w.pick(words.FIRST_NAMES), str(r.randint(1, 40))]))
              for _ in range(r.randint(0, 3))]
    if r.random() < 0.4:
        lines.append(" ".join(w.pick(words.TABLE_HEADS)))
    rows = items(w, r.randint(1, 9))
    style = r.randrange(4)
    for quantity, product, price, amount in rows:
        p, a = w.plain_amount(price), w.plain_amount(amount)
        if style == 0:
            lines += [product, f"{quantity} x {p} {a}"]
        elif style == 1:
            lines.append(f"{quantity} {product} {a}")
        elif style == 2:
            lines += [f"{w.digits(r.choice([6, 8, 13]))} {product}", f"{quantity} {w.pick(words.UNITS)} @ {p} {a}"]
        else:
            lines.append(f"{product} {a}{r.choice(['', ' A', ' B', ' SR', ' T'])}")
    block, total = totals(w, sum(row[3] for row in rows))
    paid = -(-total // 500) * 500
    lines += [*block, w.labelled(w.pick(words.PAYMENT_LABELS), w.amount(paid)), w.labelled(w.pick(words.PAYMENT_LABELS), w.amount(paid - total))]
    lines += r.sample(words.RECEIPT_LINES, r.randint(1, 5))
    if r.random() < 0.6:
        lines = [line.upper() for line in lines]
    return lines


def letter(w):
    r, words = w.rng, w.words
    lines = [w.company(), *w.address(), *(w.contact() for _ in range(r.randint(0, 3))), "", w.person(), *w.address(), ""]
    lines += [r.choice([w.date(), f"{w.pick(words.CITIES)}, {w.date()}"]), ""]
    if r.random() < 0.7:
        lines += [w.sentence(w.pick(words.SUBJECTS)), ""]
    lines += [w.sentence(w.pick(words.SALUTATIONS)), ""]
    for _ in range(r.randint(1, 4)):
        text = " ".join(w.sentence(s) for s in r.sample(words.SENTENCES, r.randint(1, 5)))
        lines += [*wrapped(text, r.choice([60, 70, 80, 1000])), ""]
    lines += [w.sentence(w.pick(words.CLOSINGS)), "", w.person(), w.pick(words.ROLES)]
    return lines


def form(w):
    r, words = w.rng, w.words
    lines = [w.pick(words.FORM_TITLES), w.company(), ""]
    values = [w.person, w.number, w.date, w.company, lambda: w.pick(words.CITIES), lambda: w.amount(r.randint(100, 500000)), lambda: "",
              lambda: " ".join(w.common_word() for _ in range(r.randint(1, 4))), lambda: w.address()[0], w.time, lambda: w.pick(words.ROLES)]
    for label in r.sample(words.FORM_FIELDS, min(len(words.FORM_FIELDS), r.randint(5, 16))):
        lines.append(w.labelled(label, r.choice(values)()).rstrip())
    if r.random() < 0.5:
        balance = r.randint(10000, 900000)
        for _ in range(r.randint(3, 12)):
            change = r.randint(-40000, 40000)
            balance += change
            lines.append(f"{w.date()} {r.choice([w.company(), w.product(), w.pick(words.TERMS)])} {w.plain_amount(change)} {w.plain_amount(balance)}")
    return lines


def wrapped(text, width):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return lines + [line]


def document(rng, language, common_words):
    w = Writer(rng, language, common_words)
    kind = rng.choices(KINDS, KIND_WEIGHTS)[0]
    lines = {"invoice": invoice, "receipt": receipt, "letter": letter, "form": form}[kind](w)
    if rng.random() < 0.12:
        lines = [line.upper() for line in lines]
    return "\n".join(lines) + "\n\n"


def documents(language, size, seed, common_words):
    """Documents of about `size` bytes in all."""
    rng = random.Random(f"emend {language} {seed}")
    parts, length = [], 0
    while length < size:
        parts.append(document(rng, language, common_words))
        length += len(parts[-1].encode())
    return "".join(parts)
