"""States, provinces, districts and other parts of countries that English news names without their country.

Written for the project from public knowledge. A name that parts of two countries share ("Punjab", "Cordoba") or that is
a first name, a surname or an ordinary word more often ("Victoria", "Virginia") is left out, unless it stands here with a
word that tells it ("Punjab province").
"""

from __future__ import annotations

PROVINCES: dict[str, str] = {
    "AFG": "Badakhshan|Badghis|Baghlan|Balkh|Bamyan|Bamiyan|Daykundi|Farah|Faryab|Ghor|Helmand|Jowzjan|Kapisa|Khost|Kunar|"
    "Laghman|Logar|Nangarhar|Nimroz|Nuristan|Paktia|Paktika|Panjshir|Samangan|Sar-e Pul|Takhar|Uruzgan|Oruzgan|Wardak|"
    "Zabul|Marjah|Lashkar Gah|Bagram|Tora Bora",
    "AGO": "Cabinda|Huambo|Lunda Norte",
    "ARM": "Syunik|Tavush",
    "AUS": "New South Wales|NSW|Queensland|Tasmania|South Australia|Western Australia|Northern Territory|Victoria state",
    "AZE": "Karabakh|Lachin|Kalbajar|Agdam|Aghdam|Nakhchivan|Shusha|Stepanakert|Khojaly",
    "BGD": "Cox's Bazar|Sylhet|Chittagong Hill Tracts|Bhasan Char",
    "BIH": "Republika Srpska|Srebrenica|Bosnian Serb Republic",
    "BRA": "Sao Paulo state|São Paulo state|Minas Gerais|Rio Grande do Sul|Mato Grosso|Mato Grosso do Sul|Goias|Goiás|"
    "Roraima|Rondonia|Rondônia|Amapa|Amapá|Tocantins|Maranhao|Maranhão|Ceara|Ceará|Pernambuco|Alagoas|Bahia|Parana|Santa "
    "Catarina",
    "BFA": "Soum|Dori|Djibo",
    "CAF": "Vakaga|Haute-Kotto|Bria|Bambari",
    "CAN": "Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Nunavut|Ontario|Prince Edward Island|"
    "Quebec|Québec|Saskatchewan|Yukon",
    "CHE": "Ticino|canton of Geneva",
    "CHN": "Anhui|Fujian|Gansu|Guangdong|Guangxi|Guizhou|Hainan|Hebei|Heilongjiang|Henan|Hubei|Hunan|Inner Mongolia|Jiangsu|"
    "Jiangxi|Jilin|Liaoning|Ningxia|Qinghai|Shaanxi|Shandong|Shanxi|Sichuan|Tibet Autonomous Region|Xinjiang|Yunnan|"
    "Zhejiang|East Turkestan|Tiananmen Square|Hainan Island|Paracel Islands",
    "CMR": "Anglophone regions|Far North Region",
    "COD": "North Kivu|South Kivu|Kivu|Ituri|Katanga|Kasai|Tanganyika province|Equateur province|Haut-Uele|Bas-Congo|"
    "Orientale province|Beni territory|Masisi|Rutshuru|Djugu",
    "COL": "Antioquia|Arauca|Cauca|Valle del Cauca|Choco|Chocó|Norte de Santander|Catatumbo|Caqueta|Caquetá|Putumayo|Meta "
    "department|Nariño department|Guaviare|Huila|Tolima|Cesar department|La Guajira",
    "CYP": "Varosha|Famagusta|Larnaca",
    "DEU": "Bavaria|Saxony|Lower Saxony|Hesse|North Rhine-Westphalia|Baden-Württemberg|Baden-Wuerttemberg|Brandenburg|"
    "Thuringia|Saxony-Anhalt|Rhineland-Palatinate|Schleswig-Holstein|Mecklenburg-Western Pomerania|Saarland",
    "DZA": "Kabylie|Tindouf",
    "EGY": "Sinai|Sinai Peninsula|North Sinai|South Sinai|Sharm el-Sheikh|Sharm el Sheikh|Luxor|Minya|Fayoum|Sohag|Tahrir "
    "Square|El Arish|Sheikh Zuweid",
    "ESP": "Catalonia|Basque Country|Andalusia|Galicia|Ceuta|Melilla|Canary Islands|Navarre|Aragon|Castile|Balearic Islands",
    "ETH": "Tigray|Amhara region|Oromia|Ogaden|Afar region|Benishangul-Gumuz|Gambella|Mekelle|Mekele",
    "FRA": "Corsica|Brittany|Normandy|Alsace|Provence|Ile-de-France|New Caledonia|Guadeloupe|Martinique|Calais",
    "GBR": "Yorkshire|Cornwall|Kent county|Lancashire|Sussex|Essex|Surrey|Hampshire|Greater Manchester|West Midlands|"
    "Londonderry|Ulster|Heathrow|Westminster Bridge",
    "GEO": "Adjara|Ajaria|Kodori Gorge|Pankisi Gorge",
    "GRC": "Crete|Lesbos|Lesvos|Samos|Chios|Kos|Idomeni|Thrace|Corfu|Rhodes island",
    "GTM": "Huehuetenango|Alta Verapaz|Petén|El Petén|Quiché|El Quiché|Quetzaltenango|Izabal|San Marcos department",
    "HTI": "Cité Soleil|Cite Soleil|Artibonite|Les Cayes|Jeremie",
    "IDN": "Aceh|Papua province|West Papua|Irian Jaya|Sulawesi|Central Sulawesi|South Sulawesi|Sumatra|North Sumatra|West "
    "Sumatra|Java|East Java|West Java|Central Java|Bali|Kalimantan|West Kalimantan|East Kalimantan|Maluku|Moluccas|Lombok|"
    "Riau|Lampung|Flores island|West Nusa Tenggara|East Nusa Tenggara",
    "IND": "Andhra Pradesh|Arunachal Pradesh|Assam|Bihar|Chhattisgarh|Goa|Gujarat|Haryana|Himachal Pradesh|Jharkhand|"
    "Karnataka|Kerala|Madhya Pradesh|Maharashtra|Manipur|Meghalaya|Mizoram|Nagaland|Odisha|Orissa|Rajasthan|Sikkim|Tamil "
    "Nadu|Telangana|Tripura|Uttar Pradesh|Uttarakhand|Uttaranchal|West Bengal|Puducherry|Pondicherry|Ladakh|"
    "Andaman and Nicobar Islands|Lakshadweep|Bengaluru|Mumbai|Kolkata|Calcutta|Madras|Bombay|Bangalore|Poonch|Pulwama|"
    "Uri sector|Anantnag|Kupwara|Baramulla|Shopian|Jammu|Darjeeling|Bastar|Nandigram|Ayodhya|Galwan",
    "IRN": "Khuzestan|Sistan and Baluchestan|Sistan-Baluchestan|Sistan-Baluchistan|Khorasan|East Azerbaijan Province|"
    "Mazandaran|Hormozgan|Kermanshah|Natanz|Fordow|Bushehr|Arak|Abu Musa|Chabahar",
    "IRQ": "Anbar|Al-Anbar|Anbar province|Nineveh|Ninevah|Ninawa|Diyala|Salahuddin|Salah al-Din|Salaheddin|Dohuk|Duhok|Sinjar|"
    "Fallujah|Falluja|Ramadi|Tikrit|Baqubah|Baquba|Samarra|Sadr City|Green Zone|Tal Afar|Babil|Dhi Qar|Maysan|Muthanna|"
    "Najaf|Karbala|Iraqi Kurdistan|Abu Ghraib",
    "ISR": "Galilee|Negev|Haifa|Ashkelon|Ashdod|Sderot|Eilat|Beersheba|Beer Sheva|Dimona",
    "ITA": "Lampedusa|Sicily|Sardinia|Lombardy|Veneto|Tuscany|Calabria|Campania|Piedmont region|Emilia-Romagna|Puglia|Liguria",
    "JPN": "Okinawa|Hokkaido|Fukushima|Kyushu|Kansai|Senkaku Islands|Hiroshima prefecture|Aichi|Miyagi|Iwate",
    "KAZ": "Zhanaozen|Mangistau|Almaty region|Baikonur",
    "KEN": "Garissa|Mandera|Wajir|Lamu|Turkana|Rift Valley|Westgate mall|Dadaab|Kakuma|Kisumu|Eldoret",
    "KGZ": "Osh|Batken|Jalal-Abad",
    "KOR": "Jeju|Yeonpyeong|Yeonpyeong Island|Gyeonggi|Gangwon|Incheon|Baengnyeong",
    "KSV": "Mitrovica|Metohija|Prizren|Pec|Peja|Gjakova|Gjilan|Ferizaj|Djakovica|Gnjilane|Urosevac|Drenica",
    "LBN": "Bekaa|Bekaa Valley|Baalbek|Sidon|Tyre|Arsal|Nahr al-Bared|Ain al-Hilweh|Dahiyeh",
    "LBY": "Cyrenaica|Tripolitania|Fezzan|Misrata|Misurata|Sirte|Derna|Tobruk|Sabha|Zintan|Bani Walid|Ajdabiya|Brega|Ras "
    "Lanuf|Zawiya|Tarhuna|Sabratha|Kufra",
    "LKA": "Jaffna|Trincomalee|Batticaloa|Mullaitivu|Kilinochchi|Vanni",
    "MEX": "Chiapas|Chihuahua|Coahuila|Durango state|Guerrero state|Jalisco|Michoacan|Michoacán|Morelos|Nayarit|Nuevo Leon|"
    "Nuevo León|Oaxaca|Quintana Roo|Sinaloa|Sonora|Tabasco state|Tamaulipas|Veracruz|Yucatan|Yucatán|Zacatecas|Baja "
    "California|Ciudad Juarez|Ciudad Juárez|Guanajuato|Hidalgo state|Ayotzinapa",
    "MLI": "Gao|Kidal|Mopti|Timbuktu|Menaka|Segou|Azawad|Taoudeni",
    "MMR": "Rakhine|Arakan|Kachin|Chin State|Shan State|Kayin|Karen State|Kayah|Mon State|Sagaing|Maungdaw|"
    "Buthidaung|Irrawaddy delta|Ayeyarwady|Insein|Kokang|Laukkai|Myawaddy",
    "MOZ": "Cabo Delgado|Mocimboa da Praia|Sofala|Zambezia|Nampula province|Gorongosa",
    "MYS": "Sabah|Sarawak|Johor|Kelantan|Terengganu|Perak|Selangor|Penang|Kedah|Pahang|Lahad Datu|Negeri Sembilan",
    "NER": "Diffa|Tillaberi|Agadez|Tahoua|Bosso",
    "NGA": "Abia|Adamawa|Akwa Ibom|Anambra|Bauchi|Bayelsa|Benue|Borno|Borno State|Cross River State|Ebonyi|Edo State|Ekiti|"
    "Enugu|Gombe|Imo State|Jigawa|Kaduna|Katsina|Kebbi|Kogi|Kwara|Lagos State|Nasarawa|Niger State|Niger Delta|Ogun|Ondo|Osun|"
    "Oyo State|Plateau State|Rivers State|Sokoto|Taraba|Yobe|Zamfara|Delta State|Biafra|Chibok|Dapchi|Sambisa|Sambisa "
    "Forest|Maiduguri|Ogoniland",
    "NLD": "The Hague|Hague|Limburg",
    "NPL": "Terai|Madhesh|Gorkha district|Rolpa",
    "PAK": "Balochistan|Baluchistan|Sindh|Sind|Khyber Pakhtunkhwa|Khyber-Pakhtunkhwa|North-West Frontier Province|North West "
    "Frontier Province|Waziristan|North Waziristan|South Waziristan|Swat|Swat Valley|Bajaur|Gilgit-Baltistan|Azad Kashmir|"
    "Federally Administered Tribal Areas|FATA|Khyber agency|Khyber Agency|Orakzai|Kurram|Mohmand|Buner|Abbottabad|Gwadar|"
    "Tharparkar|Parachinar",
    "PER": "Ayacucho|Cusco|Cuzco|Puno|Cajamarca|Arequipa region|Bagua",
    "PHL": "Mindanao|Luzon|Visayas|Palawan|Sulu|Basilan|Jolo|Maguindanao|Cotabato|North Cotabato|Lanao del Sur|Marawi|Negros|"
    "Leyte|Samar|Cebu|Scarborough Shoal|Zamboanga|Davao|Tawi-Tawi|Cagayan|Masbate|Negros Occidental|Manila Bay",
    "PNG": "Enga|Hela province",
    "PSE": "Ramallah|Nablus|Jenin|Hebron|Bethlehem|Tulkarm|Qalqilya|Jericho|Rafah|Khan Younis|Khan Yunis|Jabaliya|Jabalia|"
    "Deir al-Balah|Beit Hanoun|Beit Lahiya|Sheikh Jarrah|East Jerusalem|Silwan|Khan al-Ahmar|Shuafat",
    "RUS": "Dagestan|Ingushetia|North Ossetia|Kabardino-Balkaria|Tatarstan|Bashkortostan|Siberia|Sakhalin|Kamchatka|Kursk "
    "region|Belgorod|Bryansk|Kaliningrad|Kuril Islands|Kurils|Chukotka|Yakutia|Primorye|Krasnodar region|Stavropol region|"
    "Rostov region|Beslan|Sochi|Buryatia|Karelia|Tuva|Murmansk|Khabarovsk Krai",
    "RWA": "Gisenyi|Cyangugu",
    "SDN": "Darfur|North Darfur|South Darfur|West Darfur|Central Darfur|East Darfur|west Darfur|western Darfur|Kordofan|South "
    "Kordofan|Southern Kordofan|North Kordofan|Blue Nile state|Blue Nile|Kassala|Port Sudan|El Fasher|El Geneina|Nyala|Jebel "
    "Marra|Nuba Mountains|Gezira|Abyei",
    "SEN": "Casamance|Ziguinchor",
    "SOM": "Jubaland|Galmudug|Lower Shabelle|Middle Shabelle|Hiran|Gedo|Baidoa|Kismayo|Kismayu|Beledweyne|Barawe|Bosaso|Afgoye|"
    "Afgooye|Bay region",
    "SRB": "Vojvodina|Sandzak|Presevo|Sumadija",
    "SSD": "Jonglei|Upper Nile|Unity State|Unity state|Equatoria|Central Equatoria|Eastern Equatoria|Western Equatoria|Warrap|"
    "Bahr el Ghazal|Bentiu|Malakal|Pibor|Yei|Bor town",
    "SYR": "Idlib|Idleb|Idlib province|Hama|Homs|Deir ez-Zor|Deir Ezzor|Deir al-Zor|Deir al-Zour|Raqqa|Raqa|Hasakah|Hasaka|"
    "Hassakeh|Daraa|Deraa|Quneitra|Latakia|Tartus|Tartous|Suweida|Sweida|Ghouta|Eastern Ghouta|eastern Ghouta|East Ghouta|"
    "Douma|Afrin|Kobani|Kobane|Manbij|Palmyra|Qamishli|al-Bab|Tal Abyad|Ras al-Ain|Rojava|Rukban|al-Tanf|Yarmouk|al-Hol|"
    "Khan Sheikhoun|Maarat al-Numan|Baghouz|Madaya|Abu Kamal|Albu Kamal",
    "TCD": "Lake Chad region|Tibesti|Ouaddai|Abeche",
    "THA": "Pattani|Yala|Narathiwat|Songkhla|Chiang Rai|Chiang Mai|Isaan|Phuket|Hat Yai",
    "TJK": "Gorno-Badakhshan|Sughd|Khatlon",
    "TMP": "Baucau|Oecusse",
    "TUR": "Anatolia|Diyarbakir|Hakkari|Sirnak|Şırnak|Hatay|Gaziantep|Sanliurfa|Şanlıurfa|Urfa|Mardin|Cizre|Kilis|Incirlik|"
    "Tunceli|Bingol|Van province|Suruc|Reyhanli|Bodrum|Taksim|Taksim Square|Gezi Park|Silivri",
    "UGA": "Karamoja|Acholiland|Gulu|Kasese|West Nile region",
    "UKR": "Donbas|Donbass|Donetsk|Luhansk|Lugansk|Mariupol|Kherson|Zaporizhzhia|Zaporozhye|Kharkiv region|Sumy|Chernihiv|"
    "Mykolaiv|Bakhmut|Avdiivka|Debaltseve|Slovyansk|Sloviansk|Kramatorsk|Ilovaisk|Bucha|Sevastopol|Kerch Strait|Transcarpathia|"
    "Chernobyl|Maidan|Irpin|Snake Island",
    "USA": "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|"
    "Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|"
    "Nevada|New Hampshire|New Jersey|New Mexico|New York|New York state|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|"
    "Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|West Virginia|Wisconsin|Wyoming|"
    "Washington state|Washington State|Manhattan|Brooklyn|Los Angeles|Silicon Valley|Wall Street|Hollywood|Guantanamo|"
    "Guantanamo Bay|Ferguson|Charlottesville|Standing Rock|Long Island|Cape Canaveral|Parkland|Uvalde",
    "UZB": "Karakalpakstan|Andijan|Andijon|Ferghana|Fergana",
    "VEN": "Zulia|Tachira|Táchira|Apure|Bolivar state|Bolívar state|Miranda state",
    "VNM": "Mekong Delta|Central Highlands|Haiphong|Da Nang",
    "YEM": "Marib|Maarib|Hodeidah|Hodeida|Hudaydah|Hudaida|Hudaydah province|Taiz|Taizz|Saada|Sa'ada|Saadah|Abyan|Shabwa|"
    "Hadramawt|Hadramout|Hajjah|Al-Bayda|Bayda|al-Jawf|Amran|Dhamar|Ibb|Lahj|Mahra|Mukalla|Socotra|Ras Isa|Zinjibar",
    "ZAF": "Gauteng|KwaZulu-Natal|Kwazulu-Natal|Eastern Cape|Western Cape|Northern Cape|Limpopo|Mpumalanga|North West Province|"
    "Free State|Soweto|Marikana",
    "ZWE": "Matabeleland|Mashonaland|Manicaland|Masvingo|Midlands province|Bulawayo|Marange",
}


def provinces() -> list[tuple[str, str]]:
    """Names of parts of countries with the country's code, in order of the codes."""
    return [(name, code) for code, names in sorted(PROVINCES.items()) for name in names.split("|")]
