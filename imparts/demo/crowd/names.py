"""Names: given names of many origins, and family names that nobody bears."""

from random import Random

_FIRST_HALVES = (
    "Acorn", "Bobbin", "Bramble", "Button", "Candle", "Clover", "Cobble", "Copper", "Cowslip",
    "Crumble", "Dapple", "Dumble", "Feather", "Fennel", "Fiddle", "Gorse", "Harebell", "Hollow",
    "Inkle", "Juniper", "Kettle", "Lantern", "Larkle", "Mallow", "Marrow", "Nettle", "Otter",
    "Pebble", "Penny", "Pepper", "Pickle", "Puddle", "Quill", "Ribbon", "Saffron", "Sedge",
    "Sorrel", "Spindle", "Tansy", "Teasel", "Thimble", "Thistle", "Tinder", "Treacle", "Tumble",
    "Velvet", "Whimble", "Willow", "Windle", "Yarrow",
)  # fmt: skip
_SECOND_HALVES = (
    "bank", "beck", "bed", "bridge", "by", "combe", "croft", "dale", "den", "dyke", "farrow",
    "fold", "ford", "garth", "gate", "glade", "holt", "hurst", "ley", "marsh", "mere", "moor",
    "ridge", "shaw", "stead", "stile", "thorpe", "wick", "worth", "whistle",
)  # fmt: skip

# By origin: names usual for women, then for men. An origin is a crowd of its own, not a guess at
# anyone's belief or citizenship.
GIVEN_NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "british": (
        ("Alice", "Bronwen", "Carys", "Dorothy", "Edith", "Fiona", "Grace", "Harriet", "Isla",
         "Joan", "Kirsty", "Lorna", "Margaret", "Niamh", "Olwen", "Pamela", "Rhian", "Sheila",
         "Tamsin", "Una", "Violet", "Winifred", "Chloe", "Jade"),
        ("Aled", "Barnaby", "Callum", "Donald", "Eamon", "Fergus", "Gareth", "Hamish", "Idris",
         "Jack", "Keith", "Leonard", "Maurice", "Neil", "Owen", "Patrick", "Rhys", "Stanley",
         "Trevor", "Walter", "Liam", "Connor", "Dylan", "Alfie"),
    ),
    "european": (
        ("Agnieszka", "Beatriz", "Chiara", "Dorota", "Elena", "Francesca", "Giulia", "Halina",
         "Ines", "Joana", "Katarzyna", "Lucia", "Magda", "Nadia", "Oksana", "Pilar", "Rosa",
         "Sofia", "Teresa", "Zofia"),
        ("Andrei", "Bartosz", "Carlos", "Dimitrios", "Enzo", "Filip", "Giorgos", "Hugo", "Ivan",
         "João", "Krzysztof", "Luca", "Marek", "Nuno", "Paweł", "Rafael", "Stefan", "Tomasz",
         "Viktor", "Wojciech"),
    ),
    "south_asian": (
        ("Aisha", "Bhavna", "Chandni", "Deepa", "Farida", "Gurpreet", "Hema", "Ishrat", "Jaspreet",
         "Kiran", "Lakshmi", "Meena", "Nasreen", "Priya", "Rukhsana", "Sunita", "Tahmina", "Usha",
         "Yasmin", "Zainab"),
        ("Anil", "Bilal", "Chetan", "Dinesh", "Farhan", "Gurdeep", "Harish", "Imran", "Jagdish",
         "Kamal", "Manoj", "Nadeem", "Omar", "Prakash", "Rajesh", "Sanjay", "Tariq", "Usman",
         "Vikram", "Yusuf"),
    ),
    "african": (
        ("Abena", "Adaeze", "Amara", "Asha", "Chioma", "Efua", "Fatou", "Folake", "Hibo", "Ifeoma",
         "Khadija", "Lindiwe", "Makena", "Ngozi", "Nneka", "Sade", "Temi", "Wanjiru", "Yewande",
         "Zola"),
        ("Abdi", "Ade", "Bayo", "Chidi", "Daniel", "Emeka", "Femi", "Hassan", "Ibrahim", "Jelani",
         "Kofi", "Kwame", "Lamin", "Mandla", "Musa", "Olu", "Samuel", "Sipho", "Tunde", "Yaw"),
    ),
    "caribbean": (
        ("Althea", "Beverley", "Claudette", "Denise", "Errolyn", "Gloria", "Hyacinth", "Jacinth",
         "Lavern", "Marcia", "Merlene", "Myrtle", "Paulette", "Rosalind", "Shanice", "Sonia",
         "Tanisha", "Velma", "Yvonne", "Zadie"),
        ("Aldwyn", "Carlton", "Clive", "Desmond", "Devon", "Errol", "Everton", "Floyd", "Glenroy",
         "Horace", "Jermaine", "Leroy", "Linton", "Marlon", "Neville", "Osbourne", "Roy", "Tyrone",
         "Vincent", "Winston"),
    ),
    "east_asian": (
        ("Ai", "Bao", "Chau", "Hana", "Hui", "Jia", "Keiko", "Lan", "Linh", "Mei", "Min", "Ngoc",
         "Qing", "Rina", "Sakura", "Thuy", "Wei", "Xin", "Yan", "Yuki"),
        ("An", "Bin", "Cheng", "Duc", "Feng", "Hiro", "Hung", "Jin", "Kenji", "Lei", "Long", "Ming",
         "Naoki", "Phong", "Quan", "Shun", "Tao", "Tuan", "Wen", "Zhi"),
    ),
    "middle_eastern": (
        ("Aysel", "Dalia", "Elif", "Farah", "Hala", "Laleh", "Leila", "Mariam", "Nour", "Parisa",
         "Rania", "Roya", "Salma", "Samira", "Shirin", "Soraya", "Tala", "Yara", "Zahra", "Zeynep"),
        ("Ali", "Amir", "Babak", "Cem", "Emre", "Faris", "Habib", "Hamid", "Karim", "Khalid",
         "Mehmet", "Mustafa", "Nabil", "Rami", "Reza", "Sami", "Tarek", "Walid", "Youssef", "Ziad"),
    ),
}  # fmt: skip

# Which crowds bear which ethnic category (the 16+1 codes that UK records use), with weights.
_ORIGINS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "A": (("british", "european"), (97, 3)),
    "B": (("british",), (1,)),
    "C": (("european", "middle_eastern", "british"), (80, 12, 8)),
    "D": (("caribbean", "british"), (55, 45)),
    "E": (("african", "british"), (60, 40)),
    "F": (("south_asian", "east_asian", "british"), (45, 25, 30)),
    "G": (("british", "european", "middle_eastern"), (40, 40, 20)),
    "H": (("south_asian",), (1,)),
    "J": (("south_asian",), (1,)),
    "K": (("south_asian",), (1,)),
    "L": (("east_asian", "south_asian"), (60, 40)),
    "M": (("caribbean",), (1,)),
    "N": (("african",), (1,)),
    "P": (("african", "caribbean"), (50, 50)),
    "R": (("east_asian",), (1,)),
    "S": (("middle_eastern", "european"), (75, 25)),
    "Z": (("british", "european", "south_asian", "african"), (50, 20, 15, 15)),
}


def origin_of(ethnicity: str, chance: Random) -> str:
    """The crowd that a person of an ethnic category has a given name from."""
    origins, weights = _ORIGINS[ethnicity]
    return origins[0] if len(origins) == 1 else chance.choices(origins, weights)[0]


def given_name(origin: str, *, is_woman: bool, chance: Random) -> str:
    """A given name; about one in fourteen people has two."""
    names = GIVEN_NAMES[origin][0 if is_woman else 1]
    first = chance.choice(names)
    if chance.random() < 0.07 and (second := chance.choice(names)) != first:
        return f"{first}-{second}"
    return first


def family_name(chance: Random) -> str:
    """A family name put together from two halves; about one in thirty people has two."""
    name = chance.choice(_FIRST_HALVES) + chance.choice(_SECOND_HALVES)
    if chance.random() < 0.03:
        return f"{name}-{chance.choice(_FIRST_HALVES)}{chance.choice(_SECOND_HALVES)}"
    return name
