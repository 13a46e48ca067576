"""Makes src/communique/actors/data/regions.csv: provinces and states of ISO 3166-2 (pycountry), and our own.

Run it from the repository: `python scripts/build_regions.py`. Names that are words, countries or towns of
another country are left out, since they would name the wrong place more often than the right one.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pycountry

DATA = Path(__file__).parent.parent / "src/communique/actors/data"
WORDS = set(
    "central centre center north south east west northern southern eastern western capital island islands coast valley "
    "plateau river rivers lake upper lower national federal metropolitan district region state province city union "
    "border far littoral est nord sud ouest sur norte oriental delta cross gold ocean bay market home field hills "
    "saint paul john george michael peter andrew james thomas david patrick mary philip joseph mark lucia "
    "kerry clare antique latina imperia rizal quezon quirino zamora isabela laguna carlow cavan".split()
)
# Regions in the news that ISO has not, or under another name, or shorter than the names taken from there; they hold
# even against a town of that name abroad.
EXTRA_BY_COUNTRY = {
    "AFG": "Nangarhar, Nuristan, Loya Paktia",
    "AUS": "New South Wales, NSW, Northern Territory, Pilbara, Kimberley region, Arnhem Land",
    "AGO": "Lunda, Lundas",
    "BGD": "Chittagong Hill Tracts, Cox's Bazar district",
    "BIH": "Herzegovina, Krajina, Posavina",
    "BRA": "Mato Grosso, Minas Gerais, Espirito Santo, Amapa, Vale do Javari, Baixada Fluminense",
    "CAN": "Labrador, Nunavik, Cape Breton, Vancouver Island",
    "CHE": "Ticino, Valais, Vaud",
    "CHL": "Araucania, Araucania region, Magallanes, Biobio, Atacama, Chiloe, Wallmapu",
    "CHN": "Manchuria, Kashgar prefecture, Hotan prefecture, Guangxi, Ningxia, Inner Mongolia",
    "CMR": "Far North Region, Adamaoua, Bakassi, Ambazonia",
    "COD": ("Kwilu, Kwango, Mongala, Equateur province, Bas-Congo, Tanganyika province, Lualaba, Bas-Uele, Haut-Uele"),
    "COL": "Catatumbo, Choco, Narino, Magdalena Medio, Uraba, Norte de Santander, Cauca valley, Montes de Maria",
    "CZE": "Moravia, Bohemia, Sudetenland",
    "DEU": ("Saarland, Thuringia, Brandenburg, Hesse, Franconia, Swabia, Pomerania, Lusatia, Rhineland, Mecklenburg"),
    "DNK": "Funen, Zealand",
    "ECU": "Esmeraldas province, Manabi, Guayas, Sucumbios, Los Rios province",
    "ESP": ("Asturias, Cantabria, Extremadura, Castile, Castilla y Leon, Navarre, Biscay, Vizcaya, Guipuzcoa, Aragon"),
    "ETH": ("Somali region, Afar, Gambela, Gambella, Wollega, Wellega, Welkait, Gedeo, Sidama, Metekel, Gojjam, Wollo"),
    "FRA": "Brittany, Burgundy, Aquitaine, Occitanie, Picardy, Dordogne, Vendee, Auvergne, Calvados",
    "GBR": (
        "Yorkshire, Cornwall, Devon, Kent, Essex, Sussex, Surrey, Norfolk, Suffolk, Lancashire, Merseyside, "
        "Cumbria, Northumberland, Hampshire, Somerset, Wiltshire, Gloucestershire, Oxfordshire, "
        "Cambridgeshire, Lincolnshire, Nottinghamshire, Derbyshire, Staffordshire, Cheshire, Shropshire, "
        "Herefordshire, Worcestershire, Warwickshire, Leicestershire, Tyneside, Teesside, Midlands, Antrim, "
        "Fermanagh, Tyrone, Shetland, Orkney, Hebrides"
    ),
    "GRC": "Epirus, Thessaly, Peloponnese, Attica, Evros, Halkidiki, Evia, Western Thrace",
    "GTM": "Quiche, Peten, Huehuetenango, Alta Verapaz",
    "HND": "Bajo Aguan, Aguan, Mosquitia, Olancho",
    "HTI": "Artibonite, Grand'Anse, Cite Soleil",
    "IDN": (
        "Lombok, Minahasa, Borneo Timur, Riau, Toraja, Madura, Banten, Banda Aceh province, Papua Barat, Nduga, Poso"
    ),
    "IND": (
        "Goa, Marathwada, Vidarbha, Bundelkhand, Saurashtra, Malabar, Konkan, Jammu, Jammu and Kashmir, "
        "Bastar, Kashmir Valley, Chhattisgarh, Chattisgarh, Uttarakhand, Uttaranchal, Orissa, Odisha, Tamil "
        "Nadu, Telangana, Telengana, Darjeeling hills, Gorkhaland, Bodoland, Nagaland, Manipur, Mizoram, "
        "Meghalaya, Tripura, Sikkim, Arunachal Pradesh, Purvanchal, Awadh, Rayalaseema, Kutch, Kachchh, "
        "Lakshadweep, Dandakaranya, Sundarbans, Chhota Nagpur, Seemanchal, Kodagu, Wayanad, Sundargarh, "
        "Palamu"
    ),
    "IRL": "Connacht, Munster, Leinster, Donegal, Galway county",
    "IRN": (
        "Fars, Sistan, Sistan and Baluchestan, Sistan-Baluchestan, Khuzestan, Lorestan, Mazandaran, Gilan, "
        "Hormozgan, Khorasan, Kerman province, Bushehr province, Ahwaz province, Golestan, East Azerbaijan"
    ),
    "IRQ": (
        "Nineveh, Ninevah, Sinjar, Diyala, Dhi Qar, Muthanna, Maysan, Qadisiyah, Wasit, Babil, Salaheddin, "
        "Salahuddin, Salah al-Din, Anbar"
    ),
    "ITA": (
        "Tuscany, Umbria, Liguria, Piedmont, Veneto, Calabria, Puglia, Apulia, Campania, Basilicata, Abruzzo, "
        "Molise, Lazio, Marche, Emilia-Romagna, Trentino, South Tyrol, Alto Adige, Aosta Valley, Friuli"
    ),
    "JPN": "Hokkaido, Kyushu, Shikoku, Honshu, Okinawa, Tohoku, Kansai, Kanto",
    "KEN": (
        "Rift Valley, Western Kenya, Nyanza, Turkana, Laikipia, Samburu, Baringo, Marsabit, Wajir, Mandera, "
        "Garissa, Lamu, Kilifi, Kwale, Kajiado, Narok, Bungoma, Kakamega, Kisii, Siaya, Homa Bay, Tana River, "
        "Mau forest, West Pokot, Elgeyo Marakwet, Trans Nzoia, Uasin Gishu, Murang'a, Kirinyaga, Nyandarua, "
        "Makueni, Kitui"
    ),
    "KHM": "Ratanakiri, Mondulkiri, Battambang province, Preah Vihear province, Koh Kong",
    "LBN": "Bekaa Valley, Bekaa, Akkar, Chouf, Metn, Kesrouan",
    "LBR": "Lofa, Nimba, Bong County, Grand Gedeh",
    "LBY": "Cyrenaica, Tripolitania, Fezzan",
    "LKA": "Jaffna peninsula, Wanni, Mullaitivu, Eastern Province of Sri Lanka",
    "MAR": "Rif region, Souss, Tafilalet",
    "MEX": "Baja California, Quintana Roo, Nuevo Leon, Tabasco, Colima, Nayarit, Costa Chica, Tierra Caliente",
    "MLI": "Azawad, Macina, Menaka region, Mopti region, Segou region, Kidal region",
    "MMR": (
        "Rakhine, Rakhine State, Kachin State, Shan State, Chin State, Karen State, Kayin State, Kayah State, "
        "Mon State, Karenni State, Arakan, Kokang, Sagaing, Magway, Tanintharyi, Ayeyarwady, Irrawaddy Delta"
    ),
    "MOZ": "Cabo Delgado, Cabo-Delgado, Tete province, Sofala, Zambezia, Niassa",
    "MYS": (
        "Penang, Malacca, Sabah, Johor, Kelantan, Terengganu, Selangor, Perak, Pahang, Kedah, Negeri Sembilan, Perlis"
    ),
    "NGA": (
        "Kogi, Edo State, Imo State, Abia, Oyo State, Osun State, Ekiti, Ogun, Kwara, Kebbi, Jigawa, Gombe, "
        "Bayelsa, Rivers State, Delta State, Plateau State, Cross River State, Akwa Ibom, Ebonyi, Enugu "
        "State, Anambra, Kaduna State, Kano State, Lagos State, Niger Delta, Ogoniland, Southern Kaduna, "
        "Middle Belt, Biafra region"
    ),
    "NLD": "Limburg, Friesland, Brabant, Groningen province, Zeeland",
    "NPL": "Terai, Madhesh, Rolpa, Mustang district",
    "NZL": "Canterbury region, Otago, Waikato, Northland, Hawke's Bay, Southland, Taranaki",
    "PAK": (
        "Khyber Pakhtunkhwa, Khyber-Pakhtunkhwa, Gilgit-Baltistan, Azad Kashmir, Waziristan, North "
        "Waziristan, South Waziristan, Bajaur, Mohmand, Kurram, Orakzai, Swat valley, Dir district, Chitral, "
        "Malakand, Tharparkar, Thar, Cholistan, Gwadar district, FATA, Khyber district"
    ),
    "PER": ("Ayacucho region, Puno region, Loreto region, Ucayali, Madre de Dios, VRAEM, Apurimac, Cajamarca region"),
    "PHL": (
        "Bangsamoro, Bicol, Caraga, Soccsksargen, Lanao, Calabarzon, Ilocos, Central Luzon, Negros, Panay, "
        "Cebu, Leyte, Samar island, Mindoro, Masbate, Bukidnon, Maguindanao, Sarangani"
    ),
    "PNG": "Bougainville, Enga, Hela province, Southern Highlands, New Britain, New Ireland, Sepik",
    "POL": "Mazovia, Podlasie, Masuria, Warmia",
    "PRT": "Algarve, Alentejo, Azores, Madeira",
    "PRY": "Chaco region, San Pedro department, Concepcion department",
    "ROU": "Moldavia region, Wallachia, Banat, Maramures, Bukovina, Dobruja, Oltenia",
    "RUS": (
        "Bashkortostan, Bashkiria, Yakutia, Sakha, Buryatia, Kalmykia, Karelia, Komi, Mordovia, Chuvashia, "
        "Udmurtia, Ingushetia, Kabardino-Balkaria, Karachay-Cherkessia, North Ossetia, Adygea, Kamchatka, "
        "Sakhalin, Primorye, Stavropol region, Krasnodar region, Kuban, Chukotka, Tuva, Khakassia, Altai, "
        "Kuzbass, Mari El"
    ),
    "SAU": "Qatif, Najran region, Asir, Hejaz, Najd, Hail region, Jizan region, Eastern Province",
    "SDN": ("Darfur, Kordofan, Blue Nile, Blue Nile state, Gezira, Jazira, Sennar, White Nile, Abyei, Nuba Mountains"),
    "SEN": "Casamance, Ziguinchor region",
    "SOM": ("Galmudug, Hiran, Hiraan, Lower Shabelle, Middle Shabelle, Gedo, Mudug, Galguduud, Bakool, Sool, Sanaag"),
    "SSD": (
        "Jonglei, Unity state, Unity State, Upper Nile, Bahr el Ghazal, Warrap, Lakes state, Equatoria, Greater Pibor"
    ),
    "SYR": (
        "Idlib, Hauran, Hasakah, Hasaka, Hasakeh, Rif Dimashq, Eastern Ghouta, Ghouta, Daraa province, "
        "Quneitra, Deir ez-Zor province, Suwayda, Sweida, Afrin region, Jazira region"
    ),
    "TCD": "Ouaddai, Borkou, Tibesti, Ennedi, Guera, Logone",
    "THA": "Pattani, Yala, Narathiwat, Isan, Isaan, Deep South",
    "TLS": "Oecusse, Oecussi",
    "TUR": "Hakkari, Sirnak, Tunceli, Hatay, Cappadocia, Eastern Anatolia, Thrace region, Dersim",
    "TZA": "Zanzibar, Pemba island, Kagera, Kigoma region, Loliondo, Ngorongoro",
    "UGA": "Buganda, Acholi, Acholiland, Teso, Lango, West Nile, Busoga, Bunyoro, Rwenzori, Kigezi, Ankole",
    "UKR": "Galicia region, Volhynia, Volyn, Podillia, Polesia, Donbass, Zakarpattia, Bukovyna, Sumy region",
    "USA": (
        "Midwest, Appalachia, Rust Belt, Bible Belt, New England, Deep South states, Silicon Valley, Long "
        "Island, Brooklyn, Manhattan, Bronx, Queens borough, Staten Island, Harlem, Cook County, Orange "
        "County, Bay Area, Panhandle, Standing Rock, Navajo Nation, Capitol Hill, Maui, Oahu"
    ),
    "UZB": "Karakalpakstan, Ferghana region, Khorezm",
    "VEN": "Zulia, Tachira, Apure, Amazonas state, Bolivar state, Carabobo, Guayana",
    "VNM": "Central Highlands, Mekong Delta, Tonkin, Annam",
    "YEM": (
        "Hodeidah, Hudaydah, Hadramawt, Hadramout, Hadhramaut, Saada province, Marib province, Abyan, Shabwa, "
        "Lahij, Lahj, Dhale, Jawf, al-Jawf, Mahra, Socotra, Bayda province, Ibb province, Taiz province, "
        "Hajjah"
    ),
    "ZAF": (
        "Natal province, Transkei, Ciskei, Transvaal, Zululand, Eastern Cape, Western Cape, Northern Cape, "
        "Free State, KwaZulu, KwaZulu-Natal, Bophuthatswana, Mpumalanga, Soweto, Karoo, Marikana, Cape Flats"
    ),
    "ZMB": "Copperbelt, Barotse",
    "ZWE": "Manicaland, Midlands province, Masvingo province, Marange, Matabeleland North, Matabeleland South",
}
EXTRA = {name.strip(): code for code, names in EXTRA_BY_COUNTRY.items() for name in names.split(",")}
LARGE_TOWN = 50_000
# Where the second level is the one in the news.
BELOW = frozenset({"PH", "IT", "ES", "IE", "ID", "BE", "AZ", "MW", "UG"})
_PARTS = re.compile(r"[,;/(\[].*|\*")


def plain(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def taken() -> dict[str, str]:
    """Names of countries and larger towns, which come first, with the country that they are of."""
    names: dict[str, str] = {}
    with (DATA / "cities.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["capital"] == "yes" or int(row["population"]) >= LARGE_TOWN:
                names[row["name"].casefold()] = row["country"]
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for name in [row["name"], *row["names"].split("|"), *row["demonyms"].split("|")]:
                names[name.casefold()] = row["code"]
    return names


def main() -> None:
    """Write the file."""
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    known, found = taken(), defaultdict(set)
    for region in pycountry.subdivisions:
        if region.parent_code and region.country_code not in BELOW:
            continue
        name = plain(_PARTS.sub("", region.name)).replace("’", "'").strip()
        first = name.casefold().split()[0] if name else ""
        if len(name) < 5 or (first in WORDS and len(name.split()) == 1) or not name[0].isupper():
            continue
        code = codes[region.country_code]
        if known.get(name.casefold(), code) == code:
            found[name].add(code)
    for name, code in EXTRA.items():
        found[name] = {code}
    rows = sorted((name, code) for name, owners in found.items() for code in owners if len(owners) == 1)
    with (DATA / "regions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([["name", "country"], *rows])


if __name__ == "__main__":
    main()
