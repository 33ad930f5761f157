# SPDX-License-Identifier: Apache-2.0
"""What the crops say: figures of receipts, invoices, letters and tables in the forms of many countries, and words that are none.

Digits are drawn evenly, so that the reader learns shapes and no habits: .00 and .99 are no
likelier than .47. A source gives text(rng), one crop's text, and neighbour(rng), what stands beside it.
"""

import pathlib

CODES = ["RM", "EUR", "USD", "GBP", "CHF", "SR", "MYR", "SGD", "HKD", "AUD", "CAD", "NZD", "DM", "Fr.", "SEK", "NOK", "DKK", "CZK", "INR", "Rs", "kr", "Kc", "zl", "PLN"]
SIGNS = ["$", "$", "$", "\u20ac", "\u20ac", "\u00a3", "\u00a3", "\u00a5", "S$", "A$", "US$", "RM", "RM", "RM"]
UNITS = ["kg", "KG", "g", "ml", "ML", "L", "pcs", "PCS", "x", "X", "EA", "PC", "mm", "cm", "m", "St", "Stk", "h", "Std", "km", "kWh", "GB", "CT", "G", "'S", "s", "BTL", "PKT", "in"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORDS = """total subtotal cash change amount tax gst invoice receipt date time no qty price item description unit discount round rounding adj due balance paid
payment visa master card ref table cashier thank you please come again tel fax road street jalan taman company sdn bhd ltd inc and the of to in for is on that by this with be
not are from at as your all have has new more was we will number order customer delivery goods sales purchase price net gross sum rechnung datum betrag summe menge preis gesamt
netto brutto mwst ust steuer kunde nummer lieferung zahlbar bitte danke konto bank seite artikel einzelpreis stueck facture montant prix quantite total tva ht ttc date client
numero page merci janvier mars avril mai juin juillet monday tuesday friday january march april may june july august october december mar apr jun jul aug sep oct nov dec
sold to bill ship attention subject dear sincerely regards account period code size colour pack bottle box coffee tea milk bread rice chicken fish egg sugar water oil soap paper
pen ink glue bolt nut screw pipe paint brush lamp wire cable plug light table chair door window service charge deposit refund exchange days within accepted""".split()


def digits(rng, least, most=None):
    return "".join(rng.choices("0123456789", k=rng.randint(least, most or least)))


def whole(rng, size):
    """No leading zero, the digits even."""
    return rng.choice("123456789") + digits(rng, size - 1) if size > 1 else digits(rng, 1)


def grouped(text, separator):
    head = len(text) % 3 or 3
    return separator.join([text[:head]] + [text[i:i + 3] for i in range(head, len(text), 3)])


def plain_amount(rng):
    size = rng.choices([1, 2, 3, 4, 5, 6, 7], [26, 28, 20, 12, 8, 4, 2])[0]
    separator, point = rng.choices([(",", "."), ("", "."), (".", ","), ("", ","), (" ", ","), ("'", "."), (" ", ".")], [34, 26, 16, 10, 5, 6, 3])[0]
    text = grouped(whole(rng, size), separator) if size > 3 else whole(rng, size)
    decimals = rng.choices([2, 0, 3, 4, 1], [82, 6, 5, 4, 3])[0]
    return text + (point + digits(rng, decimals) if decimals else "")


def amount(rng):
    text, draw = plain_amount(rng), rng.random()
    if draw < 0.46:
        pass
    elif draw < 0.62:
        text = rng.choice(SIGNS) + text
    elif draw < 0.72:
        text = rng.choice(CODES) + rng.choice(["", " ", " "]) + text
    elif draw < 0.80:
        text += rng.choice([" ", "", " "]) + rng.choice(["\u20ac", "EUR", "\u20ac", "CHF", "F", "DM", "kr", "$", "RM"])
    elif draw < 0.84:
        text = rng.choice(SIGNS[:9]) + " " + text
    elif draw < 0.88:
        text = f"({text})"
    elif draw < 0.96:
        text = rng.choice(["-", "-", "- ", "+"]) + text
    else:
        text = text + rng.choice(["-", "*", " S", " SR", " Z", "T", "A", " B", "%", ".-", ",-"])
    return "-" + text if rng.random() < 0.02 else text


def date(rng):
    day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1950, 2030)
    mark = rng.choices(["/", "-", ".", " "], [45, 28, 25, 2])[0]
    long_year = rng.random() < 0.7
    shown = str(year) if long_year else f"{year % 100:02d}"
    form = rng.random()
    if form < 0.12:
        return f"{year}{mark}{month:02d}{mark}{day:02d}"
    if form < 0.2:
        return f"{day}{mark}{month}{mark}{shown}"
    if form < 0.26:
        return f"{day:02d}{mark}{rng.choice(['Jan', 'FEB', 'Mar', 'APR', 'May', 'JUN', 'Oct', 'DEC', 'Sep'])}{mark}{shown}"
    if form < 0.3:
        return f"{day:02d}{mark}{month:02d}{mark}{shown} {time(rng)}"
    if form < 0.33:
        return str(year)
    return f"{day:02d}{mark}{month:02d}{mark}{shown}"


def time(rng):
    text = f"{rng.randint(0, 23):02d}{rng.choices([':', '.'], [92, 8])[0]}{rng.randint(0, 59):02d}"
    if rng.random() < 0.4:
        text += f":{rng.randint(0, 59):02d}"
    if rng.random() < 0.2:
        text += rng.choice(["AM", "PM", " AM", " PM", "am", "pm", "h", " Uhr"])
    return text


def percent(rng):
    number = rng.choice([digits(rng, 1), whole(rng, 2), f"{digits(rng, 1)}.{digits(rng, 1, 2)}", f"{whole(rng, 2)}{rng.choice('.,')}{digits(rng, 1, 2)}"])
    return rng.choice(["{}%", "{}%", "{}%", "{}%", "{} %", "@{}%", "@{}%", "@{}%:", "@ {}%", "({}%)", "({}%", "{}%)", "{}%:", "{}.00%", "-{}%"]).format(number)


def letters(rng, least, most):
    return "".join(rng.choices(LETTERS, k=rng.randint(least, most)))


def identifier(rng):
    """Codes: digits and capitals side by side, so that O and 0 are told apart by their shape alone."""
    draw = rng.random()
    if draw < 0.2:
        return letters(rng, 1, 4) + digits(rng, 2, 9)
    if draw < 0.32:
        return letters(rng, 1, 4) + rng.choice("-/.:#") + digits(rng, 2, 8)
    if draw < 0.42:
        return "".join(rng.choices("0123456789" * 3 + LETTERS, k=rng.randint(4, 12)))
    if draw < 0.50:
        return rng.choice("-/").join([digits(rng, 2, 5), digits(rng, 2, 6)] + ([digits(rng, 1, 4)] if rng.random() < 0.4 else []))
    if draw < 0.56:
        return "#" + rng.choice(["", " "]) + digits(rng, 1, 8)
    if draw < 0.62:
        return letters(rng, 2, 2) + digits(rng, 2) + "".join(" " * (rng.random() < 0.6) + digits(rng, 4) for _ in range(rng.randint(1, 4)))
    if draw < 0.66:
        return "".join(rng.choices("*X", k=1)) * rng.randint(3, 8) + digits(rng, 4)
    return digits(rng, 3, 15)


def phone(rng):
    return rng.choice([
        lambda: f"0{digits(rng, 1)}-{digits(rng, 7, 8)}", lambda: f"+{whole(rng, 2)} {digits(rng, 3)} {digits(rng, 6, 7)}",
        lambda: f"({digits(rng, 3)}) {digits(rng, 3)}-{digits(rng, 4)}", lambda: f"{digits(rng, 3)}-{digits(rng, 3)}-{digits(rng, 4)}",
        lambda: f"0{digits(rng, 3, 4)}/{digits(rng, 4, 7)}", lambda: f"0{digits(rng, 1)} {digits(rng, 2)} {digits(rng, 2)} {digits(rng, 2)}",
        lambda: f"0{digits(rng, 2)}-{digits(rng, 4)} {digits(rng, 4)}", lambda: digits(rng, 5)])()


def quantity(rng):
    number = rng.choice([digits(rng, 1), whole(rng, rng.randint(1, 4)), f"{digits(rng, 1)}{rng.choice('.,')}{digits(rng, 1, 3)}"])
    draw = rng.random()
    if draw < 0.5:
        return number
    if draw < 0.62:
        return rng.choice(["x", "X", "x ", "X ", "*", "@"]) + number
    if draw < 0.78:
        return number + rng.choice(["x", "X", " x", " X", "*", "@"]) + (rng.choice(["", " "]) + plain_amount(rng) if rng.random() < 0.5 else "")
    if draw < 0.94:
        return number + rng.choice(["", " "]) + rng.choice(UNITS)
    return f"{number}{rng.choice(['x', '/', '-', 'X', '+', '=', ';'])}{whole(rng, rng.randint(1, 3))}"


def word(rng):
    text = rng.choice(WORDS) if rng.random() < 0.75 else "".join(rng.choices("etaoinsrhldcumfpgwybvkxjqz", k=rng.randint(2, 9)))
    style = rng.random()
    text = text.upper() if style < 0.5 else text.capitalize() if style < 0.75 else text
    draw = rng.random()
    if draw < 0.15:
        text += rng.choice([":", ".", ",", ")", "/", "-", "*", ";", "!", "?"])
    elif draw < 0.2:
        text = rng.choice(["(", "*", "-", "#", "@", "\"", "["]) + text
    elif draw < 0.26:
        text += rng.choice([":", "", ".", "#", "("]) + digits(rng, 1, 6)
    return text


def single(rng):
    """Columns of one character, and marks by themselves."""
    return rng.choice(rng.choice(["0123456789"] * 7 + ["*#%=$&", LETTERS, "abdefghijklnqrtyz", "SZTOIBGEDQL"]))


def broken(rng):
    """Any of the alphabet's characters in any order, a digit more often than not: no form is to be relied upon."""
    return "".join(rng.choice("0123456789") if rng.random() < 0.65 else rng.choice(".,:;/-+*'()%#$\u20ac\u00a3\u00a5&=xXOoDQlIi|SsBZzgqbGTAEURMFCHNKet")
                   for _ in range(rng.randint(2, 9)))


KINDS = [(amount, 34), (date, 9), (time, 5), (percent, 6), (identifier, 15), (phone, 4), (quantity, 8), (single, 3), (broken, 4), (word, 15)]


def text(rng):
    kind = rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
    drawn = kind(rng).strip()
    if kind is not word and kind is not single and rng.random() < 0.14:  # as it stands in a sentence or a list
        before, after = rng.choice([("", ","), ("", ","), ("", "."), ("", ":"), ("", ";"), ("", ")"), ("(", ""), (":", ""), ("@", ""), ("*", ""), ("", "/"), ("", "-")])
        drawn = before + drawn + after
    return drawn


class Figures:
    """What the numeric reader is trained on."""

    MOST_RISE = 99  # of the baseline, in heights of a capital: any

    def text(self, rng):
        return text(rng)

    def neighbour(self, rng):
        return word(rng) if rng.random() < 0.6 else text(rng)


class Lines:
    """What a reader of all text is trained on: pieces of the lines of a folder's *.txt (training/text/prepare.py), and figures."""

    FIGURES = 0.3
    MOST_RISE = 0.7  # a long line that is skewed has a long box; one that leaves its box cannot be read

    def __init__(self, folder):
        self.files = []
        for path in sorted(pathlib.Path(folder).glob("*.txt")):
            lines = [line.split() for line in path.read_text(encoding="utf-8").split("\n")]
            self.files.append([line for line in lines if line])

    def text(self, rng):
        if rng.random() < self.FIGURES:
            return text(rng)
        words = rng.choice(rng.choice(self.files))
        start = rng.randrange(len(words))
        piece = " ".join(words[start:start + rng.choices([1, 3, 6, 10], [35, 25, 25, 15])[0]])
        return piece.upper() if rng.random() < 0.1 else piece[:90].rstrip()

    neighbour = text
