# SPDX-License-Identifier: Apache-2.0
"""English words of business documents."""

COMPANY_FORMS = ["Ltd", "Ltd.", "Limited", "Inc.", "Inc", "LLC", "PLC", "Co.", "& Co.", "& Sons", "Corp.", "Corporation",
                 "Group", "Sdn Bhd", "SDN. BHD.", "Pty Ltd", "LLP", "Company", "Brothers", "Partners", "Enterprise",
                 "Trading", "Services", "Supplies", "Stores", "Solutions", "Holdings", "International"]
COMPANY_WORDS = """Northern Southern Western Eastern Central United General National Global Royal Premier Summit Pioneer
Harbour Harbor River Valley Lake Forest Oak Cedar Maple Stone Iron Steel Silver Golden Blue Green Red White Black Star Sun
Moon Crown Eagle Falcon Lion Phoenix Atlas Apex Delta Omega Alpha Beacon Bridge Castle Tower Garden Market Union Liberty
Victoria Windsor Oxford Cambridge Bristol Madison Lincoln Franklin Jefferson Hamilton Fairview Greenfield Brookside Hillcrest
Office Paper Print Packaging Electric Electronics Computer Software Systems Data Network Motor Auto Tyre Machine Tool Hardware
Building Timber Plumbing Heating Cleaning Catering Bakery Coffee Tea Food Fresh Farm Fruit Meat Fish Seafood Restaurant Hotel
Travel Transport Freight Shipping Logistics Storage Medical Dental Pharmacy Health Optical Book Stationery Furniture Textile
Fashion Clothing Shoe Jewellery Flower Pet Toy Sport Fitness Music Art Design Media Marketing Consulting Legal Insurance
Finance Energy Power Solar Water Gas Oil Chemical Plastics Glass Ceramic Paint Marine Aviation Security Staffing
Mini Mart Supermarket Hypermarket Grocer Hardware Trading Gift Deco Home Kitchen Light Living""".split()
FIRST_NAMES = """James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony
Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas
Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Frank Alexander Raymond Patrick Jack Dennis Jerry
Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley Kimberly
Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy Angela Shirley
Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Rachel Janet Catherine Maria Heather Diane Ruth Julie Olivia
Joyce Virginia Ahmad Mohamed Ali Siti Tan Lim Wong Lee Chen Kumar Raj Priya Fatima Hassan Yusof Nurul Mei Ling""".split()
LAST_NAMES = """Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Wilson Anderson Taylor Thomas Moore
Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Hall
Campbell Mitchell Carter Roberts Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Peterson
Cooper Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray James Hughes Price Myers Long Foster
Sanders Ross Morales Powell Sullivan Russell Ortiz Jenkins Perry Butler Barnes Fisher Henderson Coleman Simmons Patterson Jordan
Reynolds Graham Kim Wallace Griffiths Marshall Owens Harrison Fernandez McDonald Woods Washington Kennedy Wells Henry Freeman
Webb Tucker Burns Crawford Olson Porter Hunter Gordon Shaw Snyder Mason Dixon Hunt Hicks Holmes Palmer Wagner Black Robertson
O'Brien O'Connor MacDonald McKenzie Abdullah Rahman Ismail Ibrahim Singh Nair Goh Ong Chua Teo Yap Khoo Whitfield Pemberton
Ashworth Blackwood Fairfax Hargreaves Kingsley Lockwood Marlowe Nettleton Prescott Radcliffe Thornton Underwood Winslow""".split()
CITIES = """London Manchester Birmingham Leeds Glasgow Liverpool Bristol Sheffield Edinburgh Leicester Cardiff Belfast
Nottingham Newcastle Southampton Plymouth Reading Derby Dublin Cork Galway Boston Chicago Houston Phoenix Philadelphia Dallas
Austin Columbus Denver Seattle Detroit Memphis Portland Baltimore Milwaukee Atlanta Miami Oakland Minneapolis Cleveland Tampa
Cincinnati Pittsburgh Sacramento Richmond Springfield Madison Lexington Lincoln Toronto Vancouver Montreal Ottawa Calgary
Sydney Melbourne Brisbane Perth Adelaide Auckland Wellington Singapore Johor Bahru Penang Ipoh Selangor Shah Alam Klang
Petaling Jaya Puchong Kuala Lumpur Hong Kong Bangalore Mumbai Delhi""".split() + ["New York", "Los Angeles", "San Diego",
          "San Francisco", "Kuala Lumpur", "Petaling Jaya", "Johor Bahru", "Salt Lake City", "St. Louis", "Milton Keynes"]
REGIONS = """AL AZ CA CO CT FL GA IL IN KS KY LA MA MD MI MN MO NC NJ NY OH OR PA SC TN TX UT VA WA WI Selangor Johor Kent
Essex Surrey Sussex Norfolk Suffolk Devon Cornwall Yorkshire Lancashire Cheshire""".split()
STREETS = """High Street, Station Road, Main Street, Church Lane, Park Avenue, Market Street, Victoria Road, Green Lane, Mill
Lane, King Street, Queen Street, Oak Avenue, Maple Drive, Elm Street, Cedar Court, Washington Boulevard, Broadway, Sunset
Drive, Industrial Park, Riverside Drive, Jalan Permas, Jalan Merdeka, Taman Perindustrian, Bridge Street, North Street,
South Parade, Harbour View, Hill Road, London Road, Castle Street, Springfield Road, Chestnut Close, Lakeside Business
Park, Commerce Way, Technology Drive, Second Avenue, Fifth Avenue""".replace("\n", " ").split(", ")
COUNTRIES = ["United Kingdom", "United States", "USA", "U.S.A.", "Ireland", "Canada", "Australia", "Malaysia", "Singapore",
             "England", "Germany", "France"]
PRODUCTS = """A4 copy paper; printer cartridge; toner cartridge; ballpoint pens; stapler; staples; envelopes; folders; ring
binder; notebook; desk lamp; office chair; filing cabinet; monitor; keyboard; wireless mouse; laptop; docking station; USB cable;
power supply; hard drive; memory module; network switch; router; software licence; annual subscription; technical support;
consulting services; training course; installation; maintenance contract; service charge; delivery charge; freight; shipping and
handling; packing; steel pipe; copper tube; ball valve; hex bolts; washers; wood screws; drill bits; safety gloves; safety
goggles; work boots; paint brush; emulsion paint; timber boards; plywood sheet; cement; concrete blocks; roof tiles; door handle;
light bulb; LED panel; extension lead; battery pack; wall socket; circuit breaker; garden hose; lawn mower; flower pots; potting
soil; fresh milk; white bread; wholemeal bread; butter; cheddar cheese; free range eggs; ground coffee; green tea; orange juice;
mineral water; apples; bananas; tomatoes; potatoes; onions; carrots; chicken breast; beef mince; pork sausages; salmon fillet;
rice; spaghetti; olive oil; sugar; flour; salt; breakfast cereal; chocolate bar; biscuits; potato crisps; ice cream; shampoo;
toothpaste; hand soap; washing powder; paper towels; toilet rolls; kitchen roll; bin bags; washing up liquid; nasi lemak; teh
tarik; roti canai; mee goreng; fried rice; iced coffee; cappuccino; latte; sandwich; chicken burger; French fries; soup of the
day; house salad; fish and chips; sparkling wine; draught beer; room charge; breakfast; car rental; fuel; unleaded petrol;
diesel; parking; taxi fare; airport transfer; train ticket; T-shirt; cotton shirt; denim jeans; leather belt; socks; jacket;
running shoes; scarf; handbag; wrist watch; reading glasses; vitamin tablets; plasters; cough syrup; dental check; X-ray;
laboratory test; consultation; prescription; window cleaning; carpet cleaning; pest control; security guard; translation;
proofreading; printing of brochures; business cards; banner; photography; web hosting; domain name; website design; advertising;
legal advice; audit fee; bookkeeping; payroll processing; rent; electricity; water supply; gas supply; telephone; broadband;
storage; pallets; cardboard boxes; bubble wrap; adhesive tape; labels""".replace("\n", " ").split("; ")
ADJECTIVES = """small medium large black white blue red green grey stainless galvanised heavy duty standard premium deluxe
portable digital wireless recycled organic fresh frozen sliced assorted mixed double single extra long short plastic metal
wooden leather cotton ceramic compact professional industrial""".split()
UNITS = ["pcs", "pc", "box", "boxes", "pack", "kg", "g", "m", "hrs", "hours", "each", "ea", "set", "roll", "litre", "pair",
         "case", "days", "month", "unit", "units", "ctn", "doz"]
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
CURRENCIES = ["$", "£", "€", "USD ", "GBP ", "EUR ", "RM", "RM ", "S$", "US$"]
INVOICE_TITLES = ["Invoice", "INVOICE", "Tax Invoice", "TAX INVOICE", "Commercial Invoice", "Proforma Invoice", "Sales Invoice",
                  "Credit Note", "Statement of Account", "Quotation", "Purchase Order", "Delivery Note", "Order Confirmation"]
NUMBER_LABELS = ["Invoice No.", "Invoice No", "Invoice Number", "Invoice #", "Inv. No.", "Inv No", "No.", "Document No.",
                 "Reference", "Ref.", "Our ref.", "Your ref.", "Order No.", "PO Number", "P.O. No.", "Customer No.",
                 "Account No.", "Account Number", "Delivery Note No.", "Job No.", "Contract No."]
DATE_LABELS = ["Date", "Invoice Date", "Date of issue", "Issue date", "Order date", "Delivery date", "Date of supply",
               "Due Date", "Payment due", "Tax Point", "Printed on", "Ship date"]
PARTY_LABELS = ["Bill To", "Bill to:", "Ship To", "Sold To", "Invoice to", "Deliver to", "Customer", "Client", "Supplier",
                "From", "To", "Attention", "Attn:", "Vendor", "Remit to", "Contact"]
TABLE_HEADS = [["Description", "Qty", "Unit Price", "Amount"], ["Item", "Description", "Quantity", "Price", "Total"],
               ["Qty", "Description", "Unit Price", "Line Total"], ["No.", "Description", "Qty", "U/Price", "Amount"],
               ["Code", "Description", "Qty", "Unit", "Rate", "Amount"], ["Date", "Details", "Hours", "Rate", "Amount"],
               ["Part No.", "Product", "Quantity", "Net Price", "VAT", "Total"]]
SUBTOTAL_LABELS = ["Subtotal", "Sub-total", "Sub Total", "Net amount", "Net total", "Total excl. VAT", "Total before tax",
                   "Amount before GST", "Total Sales (Excluding GST)"]
TAX_LABELS = ["VAT", "Sales Tax", "Tax", "GST", "Total VAT", "Value Added Tax", "State tax", "Total GST"]
TOTAL_LABELS = ["Total", "TOTAL", "Grand Total", "Total Amount", "Amount Due", "Balance Due", "Total Due", "Total Payable",
                "Invoice Total", "Total incl. VAT", "Total Sales (Inclusive of GST)", "Please pay", "Net payable"]
EXTRA_LABELS = ["Discount", "Less discount", "Deposit paid", "Rounding Adjustment", "Rounding", "Shipping", "Carriage",
                "Service charge", "Handling fee"]
PAYMENT_LABELS = ["Cash", "CASH", "Change", "Change Due", "Credit Card", "VISA", "MasterCard", "Debit card", "Cash tendered",
                  "Amount tendered", "Bank transfer", "Paid", "Card payment", "Approval code", "Auth code"]
CONTACT_LABELS = ["Tel", "Tel:", "Tel.", "Phone", "Telephone", "Fax", "Fax:", "Mobile", "Email", "E-mail", "Web", "Website"]
TAX_ID_LABELS = ["VAT Reg. No.", "VAT No.", "GST ID No", "GST Reg No", "Company No.", "Registered in England No.", "Tax ID",
                 "EIN", "ABN", "Reg. No.", "Co. Reg. No"]
BANK_LABELS = ["Bank", "Bank details", "Account name", "Account No.", "Sort Code", "IBAN", "SWIFT", "BIC", "Routing number",
               "Payment reference", "Beneficiary"]
TERMS = ["Payment within 30 days.", "Payment due within 14 days of the invoice date.", "Terms: 30 days net",
         "Net 30", "Net 14 days", "Due on receipt", "2% discount for payment within 10 days",
         "Please quote the invoice number with your payment.", "Interest will be charged on overdue accounts.",
         "Goods remain the property of the seller until paid in full.", "All prices are in US dollars.",
         "All prices include VAT.", "E. & O. E.", "Please make cheques payable to the company named above.",
         "We accept all major credit cards.", "Late payments are subject to a fee of 1.5% per month.",
         "Questions about this invoice? Please contact our accounts department.", "Thank you for your business!",
         "Thank you for your order.", "This is a computer generated invoice. No signature is required.",
         "Goods sold are not returnable.", "Please remit payment to the account shown below."]
RECEIPT_LINES = ["Thank you for shopping with us", "THANK YOU", "Thank you. Please come again.", "PLEASE COME AGAIN",
                 "Goods sold are not refundable.", "Exchange within 7 days with receipt.", "Keep this receipt for your records.",
                 "Have a nice day!", "Customer copy", "CUSTOMER COPY", "Merchant copy", "Items sold", "No. of items",
                 "You were served by", "Cashier", "Server", "Table", "Guests", "Till", "Terminal", "Store", "Trans.",
                 "Receipt No.", "Bill No.", "Slip No.", "Counter", "Member No.", "Points earned", "You saved", "GST Summary",
                 "Tax Code", "Amount (RM)", "Tax (RM)", "Opening hours", "SALES RECEIPT", "CASH RECEIPT", "Cash Bill",
                 "Sales person", "Signature", "Duplicate", "Gratuity", "Tip", "Take away", "Dine in", "Returns"]
SALUTATIONS = ["Dear Sir or Madam,", "Dear Sirs,", "Dear Mr. {last},", "Dear Mrs. {last},", "Dear Ms. {last},",
               "Dear {first},", "Gentlemen:", "Dear Mr. {last}:", "To whom it may concern,", "Dear Customer,"]
CLOSINGS = ["Yours sincerely,", "Yours faithfully,", "Sincerely,", "Best regards,", "Kind regards,", "Very truly yours,",
            "With best wishes,", "Respectfully,", "Sincerely yours,"]
ROLES = ["Sales Manager", "Managing Director", "Accounts Department", "Customer Service", "Secretary", "Vice President",
         "Chief Engineer", "Purchasing Manager", "Director of Finance", "Office Manager", "Project Manager", "President",
         "Treasurer", "General Manager", "Credit Controller", "Personnel Manager", "Executive Director", "Chairman"]
SUBJECTS = ["Your order no. {number}", "Invoice {number}", "Our meeting of {date}", "Overdue account", "Change of address",
            "Request for quotation", "Delivery of {product}", "Application for the position of {role}", "Price list",
            "Annual report", "Renewal of your contract", "Complaint about {product}", "Your letter of {date}"]
SENTENCES = """Thank you for your letter of {date}.
We have received your order for {quantity} {product}.
Please find enclosed our invoice no. {number} for {amount}.
We regret to inform you that the goods have not yet arrived.
The delivery will be made on {weekday}, {date}.
We would be grateful if you could settle the outstanding amount of {amount} by {date}.
According to our records, invoice {number} has not been paid.
If you have already paid, please disregard this letter.
We are pleased to offer you the following products at the prices shown below.
Our prices are subject to change without notice.
The items will be shipped to your address in {city} within {days} working days.
Please sign and return the enclosed copy of this agreement.
Should you have any questions, please do not hesitate to contact me.
I look forward to hearing from you soon.
We look forward to your reply at your earliest convenience.
Enclosed you will find a copy of the report that we discussed last week.
As agreed during our telephone conversation, the meeting will take place in {city} on {date}.
I am writing to confirm the arrangements for your visit.
Your account has been credited with {amount}.
We apologize for the delay and for any inconvenience this may have caused.
The warranty covers all defects in material and workmanship for a period of {days} months.
Payment is due within {days} days of the date of this invoice.
The committee has approved the budget of {amount} for the coming fiscal year.
This information is confidential and is intended only for the person named above.
A deposit of {amount} is required to confirm the booking.
The contract will be renewed automatically unless it is cancelled in writing.
Ms. {last} of our {city} office will be in touch with you shortly.
We have checked the shipment and found that {quantity} {product} were damaged in transit.
Please let us know whether you wish a replacement or a refund.
The total cost of the project is estimated at {amount}, including materials and labor.
Your application has been forwarded to the personnel department.
We acknowledge receipt of your payment of {amount}.
In accordance with the terms of the agreement, notice must be given thirty days in advance.
The board of directors met on {date} to review the results of the second quarter.
Sales increased by {days} percent compared with the same period of the previous year.
Attached is a summary of the test results together with our recommendations.
Please complete the form in block capitals and return it to the address below.
The equipment was installed and tested by our engineers on {date}.
We enclose a cheque for {amount} in full settlement of your invoice {number}.
It was a pleasure to meet you and your colleagues at the conference in {city}.
Additional charges may apply for deliveries outside {city}.
Kindly acknowledge receipt of this letter.
Our company has been supplying {product} to customers in {city} since {year}.
The undersigned hereby certifies that the above information is true and correct.
You may terminate this agreement at any time upon written notice to {company}.
{company} has appointed {first} {last} as its new {role}.
I hope this answers your questions about {product}.
We can grant you a discount of {days}% on orders of more than {quantity} units.
Copies of the relevant documents are available upon request.
The shipment left our warehouse in {city} yesterday and should reach you by {weekday}.""".split("\n")
FORM_FIELDS = ["Name", "First name", "Last name", "Surname", "Address", "Street", "City", "State", "Zip Code", "Postcode",
               "Country", "Date of birth", "Place of birth", "Nationality", "Occupation", "Employer", "Telephone", "E-mail address",
               "Signature", "Date", "Marital status", "Social Security Number", "Passport No.", "Policy Number", "Claim Number",
               "Patient name", "Department", "Position", "Amount requested", "Reason", "Purpose of visit", "Remarks", "Comments",
               "Approved by", "Received by", "Prepared by", "Checked by", "Account holder", "Emergency contact", "Quantity",
               "Serial number", "Model", "Weight", "Destination", "Carrier", "Number of packages", "Opening balance",
               "Closing balance", "Statement period", "Page", "Employee ID", "Pay period", "Gross pay", "Net pay", "Deductions",
               "Federal income tax", "Overtime", "Vacation", "Meter reading", "Consumption", "Tariff", "Standing charge",
               "Previous balance", "Payments received", "New charges"]
FORM_TITLES = ["Application Form", "REGISTRATION FORM", "Packing List", "Bill of Lading", "Purchase Requisition", "Expense Report",
               "Claim Form", "Time Sheet", "Pay Slip", "Bank Statement", "Account Statement", "Inspection Report", "Certificate",
               "Medical Record", "Delivery Receipt", "Work Order", "Memorandum", "Minutes of the Meeting", "Fax Transmission"]
