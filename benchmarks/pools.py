"""Names that generated claims draw from: a few real ones that resolve, and thousands that stand for no entity."""

from __future__ import annotations

#: (name, kind), the commonest first: about nine claims in ten are on the first host.
HOSTS = [
    (name, "state")
    for name in [
        "Central African Republic",
        "Mali",
        "South Sudan",
        "Democratic Republic of the Congo",
        "Somalia",
        "Sudan",
        "Haiti",
        "Lebanon",
        "Mozambique",
        "Liberia",
        "Côte d'Ivoire",
        "Chad",
        "Burundi",
        "Niger",
        "Burkina Faso",
        "Timor-Leste",
        "Libya",
        "Ethiopia",
        "Guinea-Bissau",
        "Sierra Leone",
        "Benin",
    ]
]
#: What sources print for the first host.
HOST_NAMES = [
    "Central African Republic",
    "CAR",
    "Centrafrique",
    "RCA",
    "République centrafricaine",
]
PROVIDERS = [
    *(
        (name, "state")
        for name in [
            "Rwanda",
            "Russia",
            "France",
            "Chad",
            "Burundi",
            "Cameroon",
            "Gabon",
            "Republic of the Congo",
            "Morocco",
            "Mauritania",
            "Egypt",
            "Senegal",
            "Tanzania",
            "Bangladesh",
            "Pakistan",
            "Nepal",
            "Indonesia",
            "Sri Lanka",
            "Serbia",
            "Portugal",
            "Georgia",
            "Poland",
            "Spain",
            "Italy",
            "Germany",
            "South Africa",
            "Uganda",
            "Zambia",
            "Equatorial Guinea",
            "China",
            "Jordan",
            "Peru",
            "Cambodia",
            "Bhutan",
        ]
    ),
    ("Wagner Group", "company"),
    ("MISCA", "mission"),
    ("EUTM RCA", "mission"),
    ("EUFOR RCA", "mission"),
    ("African Union", "igo"),
    ("Economic Community of Central African States", "igo"),
]
_TOWNS = [
    "Bangui",
    "Bria",
    "Bambari",
    "Bouar",
    "Birao",
    "Bossangoa",
    "Kaga-Bandoro",
    "Ndélé",
    "Obo",
    "Alindao",
    "Zémio",
    "Paoua",
    "Sibut",
    "Berbérati",
    "Mobaye",
    "Ippy",
]
PLACES = [*_TOWNS, *(f"Locality {n}" for n in range(1, 301))]
INSTRUMENTS = [
    *(f"Resolution {n} ({2005 + n % 20})" for n in range(2100, 2200)),
    *(f"Defence agreement {n}" for n in range(1, 81)),
]
PHRASES = (
    "sent soldiers to",
    "took part in the convoy of",
    "signed the protocol with",
    "said that it had trained",
    "left the base shared with",
    "was accused by witnesses of attacking",
    "asked the council to support",
    "opened a post beside that of",
    "handed its vehicles over to",
    "announced the return of",
    "denied having obstructed",
    "received the instructors of",
)
#: The end of every generated sentence, so that it is about as long as one that a person codes.
MOTTO = "and people who were there on that day gave two accounts of it, as the report states in its passage"


def names_by_kind() -> dict[str, list[tuple[str, str]]]:
    """Actors by kind, (name, kind), about 4,700 in all; most stand for no entity that Garant knows."""
    return {
        "military": [(f"Unit {n}", "military") for n in range(1, 2401)],
        "police": [(f"Gendarmerie squadron {n}", "police") for n in range(1, 151)],
        "armed_group": [
            *((name, "armed_group") for name in ("Séléka", "Anti-balaka", "UPC", "FPRC", "3R", "MPC")),
            *((f"Front for Justice {n}", "armed_group") for n in range(1, 301)),
        ],
        "institution": [
            ("Security Council", "institution"),
            ("National Assembly", "institution"),
            *((f"Directorate for Public Works {n}", "institution") for n in range(1, 801)),
        ],
        "person": [(f"Minister {n}", "person") for n in range(1, 701)],
        "company": [(f"Mining Company {n}", "company") for n in range(1, 201)],
        "mission": [
            *((name, "mission") for name in ("MINUSCA", "MISCA", "MINURCAT", "BINUCA", "Sangaris", "EUTM RCA")),
            *((f"Observer mission {n}", "mission") for n in range(1, 61)),
        ],
        "media": [(f"Radio {n}", "media") for n in range(1, 81)],
        "civilians": [("civilians", "civilians"), ("displaced people", "civilians"), ("traders", "civilians")],
    }
