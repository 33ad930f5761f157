# SPDX-License-Identifier: Apache-2.0
"""German words of business documents."""

COMPANY_FORMS = ["GmbH", "AG", "KG", "GmbH & Co. KG", "OHG", "e.K.", "UG", "e.V.", "SE", "& Söhne", "Gruppe", "Handels GmbH",
                 "Dienstleistungen", "Service GmbH", "Vertriebs GmbH", "KGaA"]
COMPANY_WORDS = """Nord Süd West Ost Mittel Rhein Main Elbe Donau Alpen Bayern Sachsen Hessen Schwarzwald Adler Falke Löwe Stern
Sonne Krone Anker Brücke Burg Turm Garten Markt Union Büro Papier Druck Verpackung Elektro Elektronik Computer Technik Systeme
Daten Netz Motor Auto Reifen Maschinen Werkzeug Bau Holz Sanitär Heizung Reinigung Bäckerei Kaffee Tee Feinkost Frisch Hof Obst
Fleisch Fisch Gasthaus Hotel Reise Transport Spedition Lager Medizin Zahn Apotheke Gesundheit Optik Buch Möbel Textil Mode
Schuh Schmuck Blumen Tier Spiel Sport Musik Kunst Medien Beratung Recht Versicherung Finanz Energie Solar Wasser Gas Öl Chemie
Kunststoff Glas Keramik Farben Sicherheit Personal Lieferant Muster Beispiel""".split()
FIRST_NAMES = """Peter Michael Thomas Andreas Wolfgang Klaus Jürgen Günter Stefan Christian Uwe Werner Horst Frank Dieter Manfred
Gerhard Hans Bernd Thorsten Matthias Helmut Walter Heinz Martin Jörg Rolf Jens Sven Alexander Jan Rainer Holger Karl Dirk
Joachim Ralf Carsten Herbert Oliver Wilhelm Kurt Markus Heinrich Paul Maria Ursula Monika Petra Elisabeth Sabine Renate Helga
Karin Brigitte Ingrid Erika Andrea Gisela Claudia Susanne Gabriele Christa Christine Hildegard Anna Birgit Barbara Gertrud
Heike Marianne Elke Martina Angelika Irmgard Inge Ute Elfriede Doris Marion Ruth Ulrike Hannelore Jutta Gerda Kerstin Anja
Lena Hannah Mia Lukas Leon Felix Jonas Emma Sophie""".split()
LAST_NAMES = """Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf
Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid
Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel
Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus
Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn
Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer""".split()
CITIES = """Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Dresden Hannover Nürnberg
Duisburg Bochum Wuppertal Bielefeld Bonn Münster Mannheim Karlsruhe Augsburg Wiesbaden Kiel Aachen Braunschweig Chemnitz Halle
Magdeburg Freiburg Krefeld Mainz Lübeck Erfurt Oberhausen Rostock Kassel Hagen Potsdam Saarbrücken Ludwigshafen Oldenburg
Osnabrück Heidelberg Darmstadt Würzburg Regensburg Göttingen Ingolstadt Ulm Heilbronn Wien Graz Linz Salzburg Zürich Basel
Bern Lieferantenstadt Kundenstadt Musterstadt""".split() + ["Frankfurt am Main", "Bad Homburg", "St. Gallen"]
REGIONS = ["Bayern", "Hessen", "Sachsen", "Österreich", "Schweiz"]
STREETS = """Hauptstraße, Bahnhofstraße, Dorfstraße, Schulstraße, Gartenstraße, Bergstraße, Lindenstraße, Kirchstraße, Waldstraße,
Ringstraße, Schillerstraße, Goethestraße, Am Markt, Lange Straße, Mühlenweg, Friedrichstraße, Beethovenstraße, Industriestraße,
Rosenweg, Lessingstraße, Marktplatz, Poststr., Kaiserstr., Königsallee, Am Bahnhof, Im Gewerbepark, Lieferantenstraße,
Kundenstraße, Hafenstr., Wiesenweg, Neue Straße, Schloßallee""".replace("\n", " ").split(", ")
COUNTRIES = ["Deutschland", "Österreich", "Schweiz", "DE", "AT", "CH", "D-", "Germany"]
PRODUCTS = """Kopierpapier; Druckerpatrone; Tonerkartusche; Kugelschreiber; Hefter; Heftklammern; Briefumschläge; Ordner;
Notizbuch; Schreibtischlampe; Bürostuhl; Aktenschrank; Bildschirm; Tastatur; Funkmaus; Notebook; USB-Kabel; Netzteil; Festplatte;
Speichermodul; Netzwerkkabel; Softwarelizenz; Jahresabonnement; Technischer Support; Beratung; Schulung; Montage; Wartungsvertrag;
Servicepauschale; Lieferkosten; Fracht; Versandkosten; Verpackung; Stahlrohr; Kupferrohr; Kugelhahn; Sechskantschrauben;
Unterlegscheiben; Holzschrauben; Bohrer; Schutzhandschuhe; Schutzbrille; Arbeitsschuhe; Pinsel; Wandfarbe; Bretter; Sperrholz;
Zement; Ziegelsteine; Dachziegel; Türgriff; Glühlampe; Verlängerungskabel; Akku; Steckdose; Sicherung; Gartenschlauch; Rasenmäher;
Blumentöpfe; Blumenerde; Trennblätter; Joghurt Banane; Vollmilch; Weißbrot; Vollkornbrot; Butter; Käse; Eier; Kaffee; grüner Tee;
Orangensaft; Mineralwasser; Äpfel; Bananen; Tomaten; Kartoffeln; Zwiebeln; Möhren; Hähnchenbrust; Hackfleisch; Bratwurst;
Lachsfilet; Reis; Nudeln; Olivenöl; Zucker; Mehl; Salz; Müsli; Schokolade; Kekse; Eis; Zahnpasta; Seife; Waschmittel;
Küchenrolle; Müllbeutel; Spülmittel; Schnitzel mit Pommes; Tagessuppe; Salatteller; Apfelschorle; Pils vom Fass; Übernachtung;
Frühstück; Mietwagen; Benzin; Diesel; Parkgebühr; Fahrkarte; Baumwollhemd; Jeanshose; Ledergürtel; Socken; Jacke; Laufschuhe;
Armbanduhr; Lesebrille; Pflaster; Hustensaft; Laboruntersuchung; Fensterreinigung; Übersetzung; Visitenkarten; Fotografie;
Webhosting; Anzeige; Rechtsberatung; Buchführung; Miete; Strom; Wasser; Gas; Telefon; Paletten; Kartons; Klebeband; Etiketten;
Arbeitszeit; Anfahrt; Kleinmaterial; Reparatur; Ersatzteil; Monatliche Gebühr; Grundgebühr""".replace("\n", " ").split("; ")
ADJECTIVES = """klein groß schwarz weiß blau rot grün grau verzinkt robust standard lang kurz rund frisch gemischt doppelt digital
kabellos kompakt neu""".split()
UNITS = ["Stk", "Stk.", "Stück", "St.", "kg", "g", "m", "Std.", "h", "Paar", "Karton", "Rolle", "Liter", "Pack.", "Satz", "Tage",
         "Monat", "psch."]
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
CURRENCIES = ["€", "EUR", "EUR ", "€ ", "CHF "]
INVOICE_TITLES = ["Rechnung", "RECHNUNG", "Lieferschein", "Angebot", "Auftragsbestätigung", "Gutschrift", "Bestellung", "Mahnung",
                  "Zahlungserinnerung", "Quittung", "Abschlagsrechnung", "Schlussrechnung", "Rechnungskorrektur"]
NUMBER_LABELS = ["Rechnungsnummer", "Rechnungs-Nr.", "Rechnung Nr.", "Rechnungsnr.", "Kundennummer", "Kunden-Nr.", "Auftrags-Nr.",
                 "Bestellnummer", "Lieferschein-Nr.", "Ihr Zeichen", "Unser Zeichen", "Vorgangsnummer", "Vertragsnummer",
                 "Artikel-Nr.", "Beleg-Nr.", "Projekt"]
DATE_LABELS = ["Datum", "Rechnungsdatum", "Lieferdatum", "Leistungsdatum", "Bestelldatum", "Fällig am", "Zahlbar bis", "Auftrag vom",
               "Leistungszeitraum", "Liefertermin"]
PARTY_LABELS = ["Rechnungsempfänger", "Lieferadresse", "Rechnungsadresse", "Kunde", "Lieferant", "Absender", "Empfänger", "An",
                "Ansprechpartner", "Bearbeiter", "Firma", "z. Hd."]
TABLE_HEADS = [["Pos.", "Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis"], ["Artikel", "Menge", "Preis", "Betrag"],
               ["Pos", "Art.-Nr.", "Beschreibung", "Menge", "Einheit", "Preis/Einheit", "Summe"],
               ["Anzahl", "Leistung", "Einzelpreis EUR", "Gesamt EUR"], ["Datum", "Tätigkeit", "Stunden", "Satz", "Betrag"],
               ["Menge", "Bezeichnung", "MwSt.", "Netto", "Brutto"]]
SUBTOTAL_LABELS = ["Zwischensumme", "Nettobetrag", "Summe netto", "Gesamt netto", "Netto", "Warenwert", "Positionssumme"]
TAX_LABELS = ["MwSt.", "USt.", "Mehrwertsteuer", "Umsatzsteuer", "zzgl. MwSt.", "zzgl. Umsatzsteuer", "inkl. MwSt."]
TOTAL_LABELS = ["Gesamtbetrag", "Rechnungsbetrag", "Summe", "SUMME", "Gesamt", "Bruttobetrag", "Endbetrag", "Gesamtsumme",
                "Zahlbetrag", "Zu zahlen", "Gesamt brutto", "Rechnungssumme"]
EXTRA_LABELS = ["Rabatt", "Skonto", "Anzahlung", "Versand", "Porto", "Nachlass", "Zuschlag", "Pfand"]
PAYMENT_LABELS = ["Bar", "BAR", "Rückgeld", "EC-Karte", "Kartenzahlung", "Gegeben", "Überweisung", "Lastschrift", "girocard",
                  "VISA", "Bezahlt"]
CONTACT_LABELS = ["Tel.", "Tel", "Telefon", "Telefax", "Fax", "Mobil", "E-Mail", "Internet", "Web"]
TAX_ID_LABELS = ["USt-IdNr.", "Ust.-ID", "Steuernummer", "Steuer-Nr.", "HRB", "Handelsregister", "Amtsgericht", "Geschäftsführer",
                 "Umsatzsteuer-ID", "Gläubiger-ID"]
BANK_LABELS = ["Bank", "Bankverbindung", "Kontoinhaber", "Kontonummer", "Konto", "BLZ", "IBAN", "BIC", "Verwendungszweck",
               "Sparkasse", "Volksbank", "Commerzbank"]
TERMS = ["Zahlbar innerhalb von 30 Tagen ohne Abzug.", "Zahlbar sofort ohne Abzug.", "Zahlungsziel: 14 Tage",
         "Bei Zahlung innerhalb von 10 Tagen gewähren wir 2 % Skonto.", "Bitte überweisen Sie den Betrag auf unser Konto.",
         "Bitte geben Sie bei der Zahlung die Rechnungsnummer an.", "Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.",
         "Vielen Dank für Ihren Auftrag.", "Vielen Dank für Ihren Einkauf!", "Alle Preise verstehen sich inklusive Mehrwertsteuer.",
         "Es gelten unsere Allgemeinen Geschäftsbedingungen.", "Der Rechnungsbetrag wird von Ihrem Konto abgebucht.",
         "Es bestehen Rabatt- und Bonusvereinbarungen.", "Umsatzsteuerfreie innergemeinschaftliche Lieferung",
         "Dieses Schreiben wurde maschinell erstellt und ist ohne Unterschrift gültig."]
RECEIPT_LINES = ["Vielen Dank für Ihren Einkauf", "Auf Wiedersehen", "Es bediente Sie", "Kasse", "Bon-Nr.", "Kassenbon", "Filiale",
                 "Umtausch nur mit Kassenbon", "Kundenbeleg", "Händlerbeleg", "Posten", "Summe Artikel", "Tisch", "Bedienung",
                 "Öffnungszeiten", "Trinkgeld", "Terminal-ID", "Genehmigungs-Nr.", "Zahlung erfolgt", "Steuer", "Netto", "Brutto",
                 "Payback Punkte", "Bitte aufbewahren"]
SALUTATIONS = ["Sehr geehrte Damen und Herren,", "Sehr geehrter Herr {last},", "Sehr geehrte Frau {last},", "Liebe Frau {last},",
               "Guten Tag Herr {last},", "Lieber {first},"]
CLOSINGS = ["Mit freundlichen Grüßen", "Mit freundlichem Gruß", "Freundliche Grüße", "Hochachtungsvoll", "Beste Grüße",
            "Viele Grüße aus {city}"]
ROLES = ["Geschäftsführer", "Vertriebsleiter", "Buchhaltung", "Kundenservice", "Einkauf", "Projektleiter", "Prokurist", "Vorstand",
         "Sekretariat", "Personalabteilung", "Abteilungsleiter"]
SUBJECTS = ["Ihre Bestellung Nr. {number}", "Rechnung {number}", "Unser Gespräch vom {date}", "Zahlungserinnerung", "Ihr Schreiben vom {date}",
            "Angebot über {product}", "Bewerbung als {role}", "Kündigung des Vertrages {number}", "Mängelanzeige", "Einladung"]
SENTENCES = """Vielen Dank für Ihr Schreiben vom {date}.
Wir haben Ihre Bestellung über {quantity} {product} erhalten.
Anbei erhalten Sie unsere Rechnung Nr. {number} über {amount}.
Leider müssen wir Ihnen mitteilen, dass die Ware noch nicht eingetroffen ist.
Die Lieferung erfolgt am {weekday}, den {date}.
Bitte begleichen Sie den offenen Betrag von {amount} bis zum {date}.
Sollten Sie bereits bezahlt haben, betrachten Sie dieses Schreiben bitte als gegenstandslos.
Gerne bieten wir Ihnen die folgenden Artikel zu den unten genannten Preisen an.
Wir liefern innerhalb von {days} Werktagen nach {city}.
Bitte senden Sie uns eine unterschriebene Kopie des Vertrages zurück.
Für Rückfragen stehen wir Ihnen jederzeit gerne zur Verfügung.
Wir freuen uns auf Ihre Antwort.
Wie telefonisch besprochen, findet die Sitzung am {date} in {city} statt.
Ihrem Konto wurden {amount} gutgeschrieben.
Wir bitten, die Verzögerung zu entschuldigen.
Die Gewährleistung beträgt {days} Monate ab Lieferung.
Der Vertrag verlängert sich um ein Jahr, wenn er nicht schriftlich gekündigt wird.
Frau {last} aus unserer Niederlassung in {city} wird sich bei Ihnen melden.
Bei der Prüfung der Lieferung wurde festgestellt, dass {quantity} {product} beschädigt waren.
Bitte teilen Sie uns mit, ob Sie Ersatz oder eine Gutschrift wünschen.
Die Gesamtkosten belaufen sich auf {amount} einschließlich Material und Arbeitszeit.
Wir bestätigen den Eingang Ihrer Zahlung in Höhe von {amount}.
Der Umsatz ist im Vergleich zum Vorjahr um {days} Prozent gestiegen.
Bitte füllen Sie das Formular in Druckbuchstaben aus.
Die Anlage wurde am {date} von unseren Technikern in Betrieb genommen.
Bei Bestellungen ab {quantity} Stück gewähren wir Ihnen einen Rabatt von {days} %.
Die genannten Preise verstehen sich zuzüglich der gesetzlichen Mehrwertsteuer.
Ich beziehe mich auf Ihre Anzeige und bewerbe mich um die Stelle als {role}.
Die {company} beliefert seit {year} Kunden in {city}.
Hiermit kündige ich den Vertrag fristgerecht zum nächstmöglichen Zeitpunkt.
Der Versicherungsschutz beginnt mit der Zahlung des ersten Beitrages.
Weitere Informationen finden Sie auf der Rückseite dieses Schreibens.""".split("\n")
FORM_FIELDS = ["Name", "Vorname", "Nachname", "Anschrift", "Straße", "Hausnummer", "PLZ", "Ort", "Land", "Geburtsdatum", "Geburtsort",
               "Staatsangehörigkeit", "Beruf", "Arbeitgeber", "Telefon", "E-Mail", "Unterschrift", "Datum", "Familienstand",
               "Versicherungsnummer", "Abteilung", "Betrag", "Grund", "Bemerkungen", "Genehmigt", "Erhalten", "Kontoinhaber", "Menge",
               "Seriennummer", "Gewicht", "Zählerstand", "Verbrauch", "Grundpreis", "Arbeitspreis", "Bruttolohn", "Nettolohn",
               "Lohnsteuer", "Seite", "Anzahl", "Kontostand", "Zeitraum"]
FORM_TITLES = ["Antrag", "Anmeldung", "Packliste", "Frachtbrief", "Kontoauszug", "Lohnabrechnung", "Protokoll", "Bescheinigung",
               "Stundenzettel", "Reisekostenabrechnung", "Prüfbericht", "Mietvertrag", "Kassenbeleg"]
