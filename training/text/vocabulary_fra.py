# SPDX-License-Identifier: Apache-2.0
"""French words of business documents."""

COMPANY_FORMS = ["SA", "SARL", "S.A.R.L.", "SAS", "S.A.", "EURL", "SNC", "& Cie", "et Fils", "Frères", "Groupe", "Services",
                 "Distribution", "France"]
COMPANY_WORDS = """Nord Sud Ouest Est Centre Loire Rhône Seine Alpes Bretagne Provence Aigle Lion Étoile Soleil Lune Couronne Ancre Pont
Château Tour Jardin Marché Union Bureau Papier Imprimerie Emballage Électricité Électronique Informatique Système Données Réseau
Moteur Auto Pneu Machine Outil Bâtiment Bois Plomberie Chauffage Nettoyage Boulangerie Pâtisserie Café Thé Épicerie Ferme Fruit
Viande Poisson Restaurant Brasserie Hôtel Voyage Transport Stockage Médical Dentaire Pharmacie Santé Optique Librairie Meuble
Textile Mode Chaussure Bijou Fleur Jouet Sport Musique Art Média Conseil Assurance Finance Énergie Solaire Eau Gaz Chimie
Plastique Verre Céramique Peinture Sécurité""".split()
FIRST_NAMES = """Jean Pierre Michel André Philippe René Louis Alain Jacques Bernard Marcel Daniel Roger Robert Claude Henri Christian
Nicolas Georges Patrick Gérard Christophe Joseph Julien Maurice Laurent Frédéric Éric David Stéphane Pascal Sébastien Alexandre
Thierry Olivier Thomas Antoine Raymond Guy Dominique Marie Jeanne Françoise Monique Catherine Nathalie Isabelle Jacqueline Anne
Sylvie Martine Madeleine Nicole Suzanne Hélène Christine Marguerite Denise Louise Christiane Yvonne Valérie Sophie Sandrine
Stéphanie Céline Chantal Patricia Brigitte Julie Aurélie Laurence Caroline Élise Camille Chloé Léa""".split()
LAST_NAMES = """Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand
Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer
Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson
Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard
Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud""".split()
CITIES = """Paris Marseille Lyon Toulouse Nice Nantes Strasbourg Montpellier Bordeaux Lille Rennes Reims Toulon Grenoble Dijon Angers
Nîmes Villeurbanne Brest Limoges Tours Amiens Perpignan Metz Besançon Orléans Mulhouse Rouen Caen Nancy Avignon Poitiers
Versailles Pau Cannes Calais Annecy Valence Troyes Chambéry Bruxelles Liège Genève Lausanne Luxembourg Montréal Québec""".split() + [
    "Le Havre", "Saint-Étienne", "Clermont-Ferrand", "Aix-en-Provence", "La Rochelle", "Le Mans"]
REGIONS = ["Bretagne", "Normandie", "Alsace", "Belgique", "Suisse", "CEDEX"]
STREETS = """rue de la Paix, rue Victor Hugo, avenue de la République, rue du Moulin, place de l'Église, boulevard Voltaire, rue Pasteur,
rue Jean Jaurès, avenue Foch, rue des Écoles, rue de la Gare, chemin des Vignes, rue du Général de Gaulle, allée des Tilleuls,
rue Nationale, quai de la Loire, route de Lyon, impasse des Lilas, place du Marché, rue Saint-Honoré, zone industrielle,
boulevard Haussmann, rue de Rivoli, cours Mirabeau""".replace("\n", " ").split(", ")
COUNTRIES = ["France", "Belgique", "Suisse", "FRANCE", "Luxembourg"]
PRODUCTS = """papier A4; cartouche d'encre; stylos à bille; agrafeuse; agrafes; enveloppes; classeur; carnet; lampe de bureau; fauteuil de
bureau; armoire; écran; clavier; souris sans fil; ordinateur portable; câble USB; alimentation; disque dur; licence logicielle;
abonnement annuel; assistance technique; conseil; formation; installation; contrat d'entretien; frais de livraison; frais de port;
emballage; tube en acier; tuyau en cuivre; vanne; boulons; rondelles; vis à bois; forets; gants de sécurité; lunettes de protection;
chaussures de travail; pinceau; peinture; planches; contreplaqué; ciment; tuiles; poignée de porte; ampoule; rallonge; batterie;
prise murale; disjoncteur; tuyau d'arrosage; tondeuse; terreau; lait entier; pain de campagne; baguette tradition; beurre doux;
fromage de chèvre; œufs; café moulu; thé vert; jus d'orange; eau minérale; pommes; bananes; tomates; pommes de terre; oignons;
carottes; filet de poulet; viande hachée; saucisses; saumon fumé; riz; pâtes; huile d'olive; sucre; farine; sel; céréales; chocolat
noir; biscuits; glace vanille; dentifrice; savon; lessive; essuie-tout; sacs poubelle; menu du jour; plat du jour; salade niçoise;
steak frites; crème brûlée; verre de vin rouge; bière pression; café crème; nuit d'hôtel; petit déjeuner; location de voiture;
essence; gazole; parking; billet de train; chemise en coton; pantalon; ceinture en cuir; chaussettes; veste; montre; lunettes;
pansements; sirop; analyse; nettoyage des vitres; traduction; cartes de visite; photographie; hébergement web; publicité;
honoraires; comptabilité; loyer; électricité; eau; gaz; téléphone; palettes; cartons; ruban adhésif; étiquettes; main d'œuvre;
déplacement; pièces détachées""".replace("\n", " ").split("; ")
ADJECTIVES = """petit grand noir blanc bleu rouge vert gris frais surgelé double simple long court neuf standard""".split()
UNITS = ["pièces", "pce", "kg", "g", "m", "h", "heures", "boîte", "lot", "rouleau", "litre", "paire", "jours", "mois", "forfait",
         "unité", "U"]
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
CURRENCIES = [" €", "€", " EUR", " euros"]
INVOICE_TITLES = ["Facture", "FACTURE", "Facture proforma", "Avoir", "Devis", "Bon de commande", "Bon de livraison", "Relevé de compte",
                  "Confirmation de commande", "Note d'honoraires", "Reçu"]
NUMBER_LABELS = ["Facture n°", "Facture N°", "N° de facture", "Numéro de facture", "N° client", "Code client", "Commande n°",
                 "Référence", "Réf.", "Votre référence", "Bon de livraison n°", "N° de contrat", "Dossier n°"]
DATE_LABELS = ["Date", "Date de facture", "Date de livraison", "Date d'échéance", "Échéance", "Date de commande", "Le", "Date d'émission"]
PARTY_LABELS = ["Facturé à", "Livré à", "Client", "Adresse de livraison", "Adresse de facturation", "Fournisseur", "Destinataire",
                "Expéditeur", "À l'attention de", "Contact"]
TABLE_HEADS = [["Désignation", "Quantité", "Prix unitaire", "Montant"], ["Réf.", "Description", "Qté", "P.U. HT", "Total HT"],
               ["Article", "Désignation", "Qté", "Prix unitaire HT", "TVA", "Montant TTC"], ["Libellé", "Débit", "Crédit", "Solde"],
               ["Quantité", "Désignation", "PU", "Total"]]
SUBTOTAL_LABELS = ["Total HT", "Sous-total", "Montant HT", "Total hors taxes", "Net HT"]
TAX_LABELS = ["TVA", "T.V.A.", "Montant TVA", "Total TVA", "dont TVA"]
TOTAL_LABELS = ["Total TTC", "TOTAL TTC", "Net à payer", "NET À PAYER", "Montant total", "Total", "TOTAL", "Montant dû", "À payer",
                "Reste à payer", "Montant TTC"]
EXTRA_LABELS = ["Remise", "Acompte", "Frais de port", "Escompte", "Arrondi", "Consigne"]
PAYMENT_LABELS = ["Espèces", "ESPÈCES", "Rendu", "Monnaie", "Carte bancaire", "CB", "Chèque", "Virement", "Payé", "Carte bleue",
                  "Ticket restaurant", "Sans contact"]
CONTACT_LABELS = ["Tél.", "Tél", "Tél :", "Téléphone", "Fax", "Portable", "Courriel", "E-mail", "Site"]
TAX_ID_LABELS = ["N° TVA", "TVA intracommunautaire", "SIRET", "SIREN", "RCS", "N° SIRET", "Code APE", "Capital social"]
BANK_LABELS = ["Banque", "Coordonnées bancaires", "Titulaire du compte", "IBAN", "BIC", "RIB", "Domiciliation", "Code banque",
               "Code guichet", "N° de compte"]
TERMS = ["Paiement à 30 jours.", "Paiement à réception de facture.", "Conditions de paiement : 30 jours fin de mois",
         "Pas d'escompte pour paiement anticipé.", "En cas de retard de paiement, une pénalité sera appliquée.",
         "Indemnité forfaitaire pour frais de recouvrement : 40 €", "Merci de votre confiance.", "Merci de votre visite",
         "Les marchandises restent notre propriété jusqu'au paiement intégral.", "TVA non applicable, art. 293 B du CGI",
         "Règlement par chèque ou virement bancaire.", "Valeur en votre aimable règlement."]
RECEIPT_LINES = ["Merci de votre visite", "MERCI DE VOTRE VISITE", "À bientôt", "Caisse", "Ticket n°", "Vendeur", "Magasin", "Caissier",
                 "Échange sous 15 jours avec ticket", "Ticket client", "À conserver", "Nombre d'articles", "Table", "Couverts",
                 "Serveur", "Carte de fidélité", "Points acquis", "Horaires d'ouverture", "Service compris", "Dont TVA", "Débit"]
SALUTATIONS = ["Madame, Monsieur,", "Monsieur,", "Madame,", "Cher Monsieur {last},", "Chère Madame {last},", "Messieurs,"]
CLOSINGS = ["Veuillez agréer, Madame, Monsieur, l'expression de nos salutations distinguées.", "Cordialement,", "Bien à vous,",
            "Je vous prie d'agréer, Monsieur, mes salutations les meilleures.", "Sincères salutations"]
ROLES = ["Directeur général", "Directrice commerciale", "Service comptable", "Service clientèle", "Chef de projet", "Secrétaire",
         "Président", "Responsable des achats", "Gérant"]
SUBJECTS = ["Votre commande n° {number}", "Facture {number}", "Notre entretien du {date}", "Rappel de paiement",
            "Objet : demande de devis", "Objet : résiliation du contrat {number}", "Votre lettre du {date}", "Candidature au poste de {role}"]
SENTENCES = """Nous vous remercions de votre lettre du {date}.
Nous avons bien reçu votre commande de {quantity} {product}.
Veuillez trouver ci-joint notre facture n° {number} d'un montant de {amount}.
Nous avons le regret de vous informer que la marchandise n'est pas encore arrivée.
La livraison aura lieu le {weekday} {date}.
Nous vous prions de bien vouloir régler la somme de {amount} avant le {date}.
Si vous avez déjà effectué ce paiement, veuillez ne pas tenir compte de cette lettre.
Nous avons le plaisir de vous proposer les articles suivants aux prix indiqués ci-dessous.
Les articles seront expédiés à votre adresse à {city} sous {days} jours.
Veuillez nous retourner un exemplaire signé du contrat.
Nous restons à votre disposition pour tout renseignement complémentaire.
Dans l'attente de votre réponse, nous vous adressons nos meilleures salutations.
Comme convenu lors de notre entretien téléphonique, la réunion se tiendra à {city} le {date}.
Votre compte a été crédité de {amount}.
Nous vous prions d'excuser ce retard.
La garantie couvre une période de {days} mois à compter de la livraison.
Le contrat est renouvelé par tacite reconduction.
Lors du contrôle, nous avons constaté que {quantity} {product} étaient endommagés.
Veuillez nous indiquer si vous souhaitez un remplacement ou un remboursement.
Le coût total est estimé à {amount}, matériel et main d'œuvre compris.
Nous accusons réception de votre règlement de {amount}.
Le chiffre d'affaires a augmenté de {days} pour cent par rapport à l'année précédente.
Nous vous accordons une remise de {days} % pour toute commande supérieure à {quantity} pièces.
La société {company} est établie à {city} depuis {year}.
Les prix s'entendent hors taxes et peuvent être modifiés sans préavis.
Je soussigné {first} {last} certifie l'exactitude des renseignements ci-dessus.
L'appareil a été installé le {date} par notre technicien.
Merci de remplir le formulaire en lettres majuscules.""".split("\n")
FORM_FIELDS = ["Nom", "Prénom", "Adresse", "Rue", "Code postal", "Ville", "Pays", "Date de naissance", "Lieu de naissance", "Nationalité",
               "Profession", "Employeur", "Téléphone", "Courriel", "Signature", "Date", "Situation de famille", "Numéro de sécurité sociale",
               "Montant", "Motif", "Observations", "Service", "Reçu par", "Quantité", "Numéro de série", "Poids", "Solde", "Période",
               "Salaire brut", "Net à payer", "Cotisations", "Page", "Index", "Consommation", "Abonnement"]
FORM_TITLES = ["Formulaire d'inscription", "Demande", "Relevé de compte", "Bulletin de paie", "Procès-verbal", "Attestation", "Certificat",
               "Note de frais", "Feuille de présence", "Lettre de voiture", "Contrat de location"]
