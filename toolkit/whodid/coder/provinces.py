"""States, provinces, districts and other parts of countries that English news names without their country.

Written for the project from public knowledge. A name that parts of two countries share ("Punjab", "Cordoba") or that is
a first name, a surname or an ordinary word more often ("Victoria", "Virginia") is left out, unless it stands here with a
word that tells it ("Punjab province").
"""

from __future__ import annotations

PROVINCES: dict[str, str] = {
    "AFG": "Badakhshan|Badghis|Baghlan|Balkh|Bamyan|Bamiyan|Daykundi|Farah|Faryab|Ghor|Helmand|Jowzjan|Kapisa|Khost|"
    "Kunar|Laghman|Logar|Nangarhar|Nimroz|Nuristan|Paktia|Paktika|Panjshir|Samangan|Sar-e Pul|Takhar|Uruzgan|"
    "Oruzgan|Wardak|Zabul|Marjah|Lashkar Gah|Bagram|Tora Bora|Nangarhar province|Kunduz|Ghazni|Sangin|Musa Qala|"
    "Garmsir|Achin|Korengal Valley|Panjshir Valley|Salang|Spin Boldak|Shindand|Pul-e-Khumri|Taloqan|Faizabad|Maidan "
    "Wardak|Kandahar Airfield|Camp Bastion|Arghandab|Panjwai|Nawzad|Mazar-e-Sharif|Parwan|Herat province|"
    "Pul-e-Charkhi|Gardez|Sharana",
    "AGO": "Cabinda|Huambo|Lunda Norte|Cafunfo|Cuito|Kuito|Lobito Corridor|Cuando Cubango|Lunda Sul|Bailundo|Soyo|"
    "Benguela",
    "ARG": "Buenos Aires province|Patagonia|Tierra del Fuego|Neuquen|Neuquén|Vaca Muerta|Chubut|Tucuman|Tucumán|"
    "Jujuy|Entre Rios|Entre Ríos|Santiago del Estero|Formosa province",
    "ARM": "Syunik|Tavush|Zangezur|Jermuk|Vardenis|Metsamor|Goris|Meghri|Gegharkunik",
    "AUS": "New South Wales|NSW|Queensland|Tasmania|South Australia|Western Australia|Northern Territory|Victoria "
    "state|Queenslanders|Tasmanian|Tasmanians|Great Barrier Reef|Woomera|Port Arthur|Pilbara|Torres Strait|Lakemba|"
    "Bondi Beach|Palm Island|Byron Bay|Alice Springs",
    "AZE": "Karabakh|Lachin|Kalbajar|Agdam|Aghdam|Nakhchivan|Shusha|Stepanakert|Khojaly|Nagorno-Karabakh region|"
    "Fuzuli|Jabrayil|Zangilan|Kelbajar|Khankendi|Shushi|Sumgait|Lachin corridor|Agdere|Terter|Tartar district|"
    "Mingachevir",
    "BDI": "Cibitoke|Bubanza|Kirundo|Gatumba|Ngozi province|Makamba|Rumonge",
    "BFA": "Soum|Dori|Djibo|Yirgou|Solhan|Inata|Arbinda|Barsalogho|Fada N'Gourma",
    "BGD": "Cox's Bazar|Sylhet|Chittagong Hill Tracts|Bhasan Char|Kutupalong|Balukhali|Teknaf|Ukhia|Bandarban|"
    "Khagrachari|Rangamati|Satkhira|Savar|Rana Plaza|Ashulia|Shahbagh|Gopalganj|Narail|Brahmanbaria|Bhola",
    "BHR": "Sitra|Pearl Roundabout|Pearl Square|Diraz|Jidhafs",
    "BIH": "Republika Srpska|Srebrenica|Bosnian Serb Republic|Zepa|Gorazde|Goražde|Bihac|Prijedor|Bijeljina|Omarska|"
    "Brcko|Brčko|Banja Luka|Ahmici|Kozarac|Tarcin|Celebici|Čelebići|Markale|Sanski Most|Vlasenica|Zvornik",
    "BLR": "Grodno|Hrodna|Gomel region|Brest region|Okrestina|Kurapaty|Mogilev|Mahilyow|Vitebsk",
    "BOL": "Pando|Beni department|Cochabamba department|Chapare|El Alto|Senkata|Sacaba|Potosi|Potosí|Tarija|"
    "Chuquisaca|Oruro|Cobija|TIPNIS|Media Luna",
    "BRA": "Sao Paulo state|São Paulo state|Minas Gerais|Rio Grande do Sul|Mato Grosso|Mato Grosso do Sul|Goias|"
    "Goiás|Roraima|Rondonia|Rondônia|Amapa|Amapá|Tocantins|Maranhao|Maranhão|Ceara|Ceará|Pernambuco|Alagoas|Bahia|"
    "Parana|Santa Catarina|Yanomami territory|Rocinha|Complexo do Alemao|Alemao|Mare favela|Carandiru|Brumadinho|"
    "Pinheirinho|Eldorado dos Carajas|Rio state|Raposa Serra do Sol|Vale do Javari|Javari Valley|Cracolandia|"
    "Jacarezinho|Para state|Acre state|Sergipe|Paraiba|Paraíba|Piaui|Piauí|Espirito Santo|Espírito Santo",
    "CAF": "Vakaga|Haute-Kotto|Bria|Bambari|Bossangoa|Bambari town|Bangassou|Kaga-Bandoro|Ndele|Birao|Sibut|"
    "Bocaranga|Paoua|Bouar|PK5",
    "CAN": "Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Nunavut|Ontario|Prince Edward "
    "Island|Quebec|Québec|Saskatchewan|Yukon|Quebecers|Quebeckers|Québécois|Quebecois|Albertans|Newfoundlanders|"
    "Labrador|Northwest Territories|Vancouver Island",
    "CHE": "Ticino|canton of Geneva",
    "CHL": "Araucania|Araucanía|La Araucania|Temuco|Magallanes|Easter Island|Rapa Nui|Atacama|Atacama Desert|"
    "Antofagasta region|Bio Bio region|Punta Arenas|Aysen|Aysén",
    "CHN": "Anhui|Fujian|Gansu|Guangdong|Guangxi|Guizhou|Hainan|Hebei|Heilongjiang|Henan|Hubei|Hunan|Inner Mongolia|"
    "Jiangsu|Jiangxi|Jilin|Liaoning|Ningxia|Qinghai|Shaanxi|Shandong|Shanxi|Sichuan|Tibet Autonomous Region|"
    "Xinjiang|Yunnan|Zhejiang|East Turkestan|Tiananmen Square|Hainan Island|Paracel Islands|Xinjiang region|Urumqi|"
    "Kashgar|Hotan|Yarkand|Lhasa city|Aksai Chin|Wukan|Jiangxi province|Sansha|Hainan province|Pudong|Yining|Aksu|"
    "Baren|Inner Mongolian",
    "CIV": "Bouake|Bouaké|Korhogo|Duekoue|Duékoué|Guiglo|Daloa|Grand-Bassam|Yopougon|Abobo|Yamoussoukro city",
    "CMR": "Anglophone regions|Far North Region|Anglophone Cameroon|Southwest Region|Northwest Region|Ngarbuh|Buea|"
    "Mora town|Kolofata|Fotokol|Amchide|Maroua region|Far North region",
    "COD": "North Kivu|South Kivu|Kivu|Ituri|Katanga|Kasai|Tanganyika province|Equateur province|Haut-Uele|"
    "Bas-Congo|Orientale province|Beni territory|Masisi|Rutshuru|Djugu|Goma airport|Bukavu airport|Butembo|Bunia|"
    "Walikale|Minova|Rubaya|Kibumba|Bunagana|Uvira|Kalemie|Kolwezi|Yumbi|Mweso|Kiwanja|Mugunga|South Kivu province|"
    "North Kivu province|Ituri province|Minembwe|Virunga",
    "COL": "Antioquia|Arauca|Cauca|Valle del Cauca|Choco|Chocó|Norte de Santander|Catatumbo|Caqueta|Caquetá|"
    "Putumayo|Meta department|Nariño department|Guaviare|Huila|Tolima|Cesar department|La Guajira|Catatumbo region|"
    "Cordoba department|Uraba|Urabá|Magdalena Medio|San Vicente del Caguan|San Vicente del Caguán|Toribio|Tumaco|"
    "Bojaya|Bojayá|Apartado|Soacha|Arauca province|Cauca province|Caldono|Mitu|La Macarena|El Salado|Tibu|Tibú|"
    "Narino|Nariño|Meta province|Vichada|Casanare|Boyaca|Boyacá|Santander department|Cundinamarca|Montes de Maria",
    "CYP": "Varosha|Famagusta|Larnaca|Pyla|Dhekelia|Akrotiri|Limassol|Paphos|Kyrenia|Nicosia airport",
    "DEU": "Bavaria|Saxony|Lower Saxony|Hesse|North Rhine-Westphalia|Baden-Württemberg|Baden-Wuerttemberg|"
    "Brandenburg|Thuringia|Saxony-Anhalt|Rhineland-Palatinate|Schleswig-Holstein|Mecklenburg-Western Pomerania|"
    "Saarland|Bavarian|Bavarians",
    "DZA": "Kabylie|Tindouf|Tizi Ouzou|Bejaia|Tamanrasset|Ghardaia|Ain Amenas|In Amenas|Hassi Messaoud|Kabylia|"
    "Batna|Tebessa|Boumerdes|Blida|Medea|Relizane|Bentalha",
    "ECU": "Esmeraldas|Guayas|Manabi|Manabí|Sucumbios|Sucumbíos|Galapagos|Galapagos Islands|Galápagos|Yasuni|Lago "
    "Agrio|Cotopaxi province",
    "EGY": "Sinai|Sinai Peninsula|North Sinai|South Sinai|Sharm el-Sheikh|Sharm el Sheikh|Luxor|Minya|Fayoum|Sohag|"
    "Tahrir Square|El Arish|Sheikh Zuweid|Arish|el-Arish|Ismailia|Port Said stadium|Suez Governorate|Rabaa "
    "al-Adawiya|Rabaa al-Adawiya Square|Maspero|Nag Hammadi|Beni Suef|Assiut|Aswan|Dahab|Taba|Siwa|Marsa Matrouh|"
    "Kerdasa|Damietta",
    "ESP": "Catalonia|Basque Country|Andalusia|Galicia|Ceuta|Melilla|Canary Islands|Navarre|Aragon|Castile|Balearic "
    "Islands|Basque provinces|Barcelona province|Melilla enclave|Ceuta enclave|Lleida|Girona|Tarragona|Lanzarote|"
    "Tenerife|Gran Canaria|El Hierro|Mallorca|Majorca|Ibiza|Navarra|Extremadura|Castilla|Castilla y Leon|Asturias|"
    "Cantabria|Valencian|El Ejido|Andalusian",
    "ETH": "Tigray|Amhara region|Oromia|Ogaden|Afar region|Benishangul-Gumuz|Gambella|Mekelle|Mekele|Oromo region|"
    "Somali Region of Ethiopia|Axum|Aksum|Lalibela|Gondar|Gonder|Humera|Badme|Wollega|Adwa|Adigrat|Alamata|Metekel|"
    "Moyale|Wolkait",
    "FRA": "Corsica|Brittany|Normandy|Alsace|Provence|Ile-de-France|New Caledonia|Guadeloupe|Martinique|Calais|"
    "Parisian|Parisians|Marseillais",
    "GBR": "Yorkshire|Cornwall|Kent county|Lancashire|Sussex|Essex|Surrey|Hampshire|Greater Manchester|West "
    "Midlands|Londonderry|Ulster|Heathrow|Westminster Bridge|Omagh|Enniskillen|Drumcree|Ardoyne|Falls Road|Shankill|"
    "Holy Cross school|Lockerbie|Faslane|Sellafield|Greenham Common|Grenfell|Grenfell Tower|Tottenham|Porton Down|"
    "Orgreave|Dunblane|Hillsborough|Canary Wharf|Brize Norton|Orkney|Shetland|Isle of Wight|County Armagh|South "
    "Armagh|Crossmaglen|Portadown|Humberside|Merseyside|Cumbria|Derbyshire|Oxfordshire|Scottish Highlands|Southport",
    "GEO": "Adjara|Ajaria|Kodori Gorge|Pankisi Gorge|Tskhinvali|Sukhumi|Zugdidi|Gali district|Akhalgori|"
    "Samtskhe-Javakheti|Javakheti|Batumi|Senaki|Pankisi|Ochamchire|Kodori|Abkhazia region|Roki Tunnel",
    "GIN": "Nzerekore|N'Zerekore|Kankan|Guekedou|Kindia|Boke|Forecariah|Macenta|Simandou",
    "GRC": "Crete|Lesbos|Lesvos|Samos|Chios|Kos|Idomeni|Thrace|Corfu|Rhodes island|Lesvos island|Moria|Moria camp|"
    "Evros|Evros region|Exarchia|Kastelorizo|Imia|Souda Bay|Samos island|Chios island|Leros|Epirus|Euboea|Evia|"
    "Syntagma|Syntagma Square",
    "GTM": "Huehuetenango|Alta Verapaz|Petén|El Petén|Quiché|El Quiché|Quetzaltenango|Izabal|San Marcos department|"
    "Ixil|Santa Cruz Barillas|Barillas|Solola|Sololá|Totonicapan|Totonicapán|Chimaltenango|Ixcan|Baja Verapaz|Santa "
    "Rosa department|El Estor|Nebaj|Chisec|Panzos|Panzós|Rabinal",
    "HRV": "Krajina|Eastern Slavonia|Slavonia|Vukovar|Knin|Dubrovnik|Dalmatia|Istria|Osijek|Western Slavonia|Zadar|"
    "Ovcara",
    "HTI": "Cité Soleil|Cite Soleil|Artibonite|Les Cayes|Jeremie|Gonaives|Gonaïves|Cap-Haitien|Cap-Haïtien|Cite "
    "Soleil slum|Martissant|Croix-des-Bouquets|Petionville|Pétion-Ville|Jacmel|Leogane|Kenscoff|Solino|Pont-Sonde",
    "IDN": "Aceh|Papua province|West Papua|Irian Jaya|Sulawesi|Central Sulawesi|South Sulawesi|Sumatra|North "
    "Sumatra|West Sumatra|Java|East Java|West Java|Central Java|Bali|Kalimantan|West Kalimantan|East Kalimantan|"
    "Maluku|Moluccas|Lombok|Riau|Lampung|Flores island|West Nusa Tenggara|East Nusa Tenggara|Papuan|Papuans|Ambon|"
    "Timika|Nduga|Wamena|Jayapura|Grasberg|Grasberg mine|Banyuwangi|Riau Islands|Natuna|Natuna Islands|Bangka|"
    "Halmahera|Nusakambangan|Mount Merapi|Tanjung Priok|Central Papua|Highland Papua|Aceh province|Bali island",
    "IND": "Andhra Pradesh|Arunachal Pradesh|Assam|Bihar|Chhattisgarh|Goa|Gujarat|Haryana|Himachal Pradesh|"
    "Jharkhand|Karnataka|Kerala|Madhya Pradesh|Maharashtra|Manipur|Meghalaya|Mizoram|Nagaland|Odisha|Orissa|"
    "Rajasthan|Sikkim|Tamil Nadu|Telangana|Tripura|Uttar Pradesh|Uttarakhand|Uttaranchal|West Bengal|Puducherry|"
    "Pondicherry|Ladakh|Andaman and Nicobar Islands|Lakshadweep|Bengaluru|Mumbai|Kolkata|Calcutta|Madras|Bombay|"
    "Bangalore|Poonch|Pulwama|Uri sector|Anantnag|Kupwara|Baramulla|Shopian|Jammu|Darjeeling|Bastar|Nandigram|"
    "Ayodhya|Galwan|Kashmir Valley|Kashmir valley|Indian-administered Kashmir|Indian-controlled Kashmir|Indian "
    "Kashmir|Indian-held Kashmir|Rajouri|Kargil|Doda|Kulgam|Budgam|Ganderbal|Sopore|Handwara|Pahalgam|Pathankot|"
    "Gurdaspur|Dantewada|Sukma|Bijapur district|Gadchiroli|Lakhimpur Kheri|Hathras|Unnao|Muzaffarnagar|Sambhal|"
    "Godhra|Siachen|Siachen Glacier|Doklam|Tawang|Churachandpur|Imphal valley|Bodoland|Singur|Sandeshkhali|Shaheen "
    "Bagh|Jahangirpuri|Kumbh Mela|Wayanad|Sabarimala|Jallianwala Bagh|Golden Temple|Maharashtrian|Gujarati|Keralite|"
    "Digha",
    "IRL": "Connemara|Donegal|County Mayo|Limerick",
    "IRN": "Khuzestan|Sistan and Baluchestan|Sistan-Baluchestan|Sistan-Baluchistan|Khorasan|East Azerbaijan "
    "Province|Mazandaran|Hormozgan|Kermanshah|Natanz|Fordow|Bushehr|Arak|Abu Musa|Chabahar|Sistan|Baluchestan|"
    "Zahedan prison|Mahabad|Saqqez|Sanandaj|Bandar Abbas|Kharg Island|Evin prison|Evin Prison|Arak reactor|Bushehr "
    "nuclear plant|Kurdistan province|Lorestan|Gilan|Golestan province|Izeh|Shahr-e Rey|Kish island|Qeshm|Abadan|"
    "Khorramshahr|Parchin|Marivan|Piranshahr|Javanrud",
    "IRQ": "Anbar|Al-Anbar|Anbar province|Nineveh|Ninevah|Ninawa|Diyala|Salahuddin|Salah al-Din|Salaheddin|Dohuk|"
    "Duhok|Sinjar|Fallujah|Falluja|Ramadi|Tikrit|Baqubah|Baquba|Samarra|Sadr City|Green Zone|Tal Afar|Babil|Dhi Qar|"
    "Maysan|Muthanna|Najaf|Karbala|Iraqi Kurdistan|Abu Ghraib|Kurdistan Region|Kurdistan region|Kurdish region of "
    "Iraq|Hawija|Ain al-Asad|Ain al-Assad|Al Asad|Al-Asad|Qaim|al-Qaim|Haditha|Bartella|Qaraqosh|Tuz Khurmatu|"
    "Jalawla|Khanaqin|Muqdadiya|Abu Ghraib prison|Camp Speicher|Makhmour|Zakho|Halabja|Amerli|Nasiriyah|Nassiriya|"
    "Umm Qasr|Diwaniya|Diwaniyah|Amarah|Samawa|Mahmudiya|Yusufiya|Latifiya|Iskandariya|Camp Ashraf|Camp Liberty|"
    "Sulaimaniya|Sulaymaniyah|Bashiqa",
    "ISR": "Galilee|Negev|Haifa|Ashkelon|Ashdod|Sderot|Eilat|Beersheba|Beer Sheva|Dimona|Kiryat Shmona|Metula|"
    "Nahariya|Tiberias|Nazareth|Umm al-Fahm|Majdal Shams|Kfar Aza|Beeri|Be'eri|Re'im|Nir Oz|Netanya|Hadera|Afula|"
    "Rehovot|Bnei Brak|Ramat Gan|Netivot|Ofakim|Kiryat Gat|Ben Gurion Airport|Ben-Gurion Airport",
    "ITA": "Lampedusa|Sicily|Sardinia|Lombardy|Veneto|Tuscany|Calabria|Campania|Piedmont region|Emilia-Romagna|"
    "Puglia|Liguria|Sicilian|Sicilians|Sardinian|Neapolitan",
    "JOR": "Zaatari|Zaatari camp|Azraq camp|Aqaba|Ma'an|Karak|Tower 22|Mafraq|Kerak|Madaba",
    "JPN": "Okinawa|Hokkaido|Fukushima|Kyushu|Kansai|Senkaku Islands|Hiroshima prefecture|Aichi|Miyagi|Iwate|"
    "Okinawan|Okinawans|Futenma|Henoko|Nago|Minamata|Fukushima Daiichi|Fukushima prefecture|Iwo Jima|Narita|Kadena|"
    "Senkakus|Senkaku|Ishinomaki|Hamaoka|Tokaimura|Aomori|Noto",
    "KAZ": "Zhanaozen|Mangistau|Almaty region|Baikonur|Semipalatinsk|Baikonur Cosmodrome|Tengiz|Kashagan|"
    "Karachaganak|Aktobe|Atyrau|Mangystau|Temirtau|Korday",
    "KEN": "Garissa|Mandera|Wajir|Lamu|Turkana|Rift Valley|Westgate mall|Dadaab|Kakuma|Kisumu|Eldoret|Rift Valley "
    "province|Nakuru|Naivasha|Kibera|Mathare|Garissa County|Lamu County|Isiolo|Marsabit|Baringo|Laikipia|West Pokot|"
    "Samburu|Tana River|Kilifi|Malindi|Mpeketoni|Shakahola|Mandera County|Kisii|Dadaab camp|Kakuma camp",
    "KGZ": "Osh|Batken|Jalal-Abad|Batken province|Osh region|Aksy|Issyk-Kul|Manas air base|Leilek",
    "KHM": "Preah Vihear|Siem Reap|Sihanoukville|Poipet|Ratanakiri|Mondulkiri|Battambang|Pailin|Anlong Veng|Oddar "
    "Meanchey|Koh Kong|Banteay Meanchey|Kampot|Tuol Sleng|Kampong Cham",
    "KOR": "Jeju|Yeonpyeong|Yeonpyeong Island|Gyeonggi|Gangwon|Incheon|Baengnyeong|Gwangju|Kwangju|Panmunjom|"
    "Kaesong crossing|Seongju|Jeju Island|Gyeongsang|Dokdo|Takeshima islets|Itaewon|Paju|Pyeongtaek|Camp Humphreys|"
    "Yongsan",
    "KSV": "Mitrovica|Metohija|Prizren|Pec|Peja|Gjakova|Gjilan|Ferizaj|Djakovica|Gnjilane|Urosevac|Drenica|northern "
    "Kosovo|North Mitrovica|Leposavic|Zvecan|Zubin Potok|Racak|Recak|Banjska|Gracanica|Kosovska Mitrovica|Jarinje|"
    "Brnjak|Podujevo|Suva Reka|Orahovac|Rahovec|Gjakove|Vushtrri",
    "LBN": "Bekaa|Bekaa Valley|Baalbek|Sidon|Tyre|Arsal|Nahr al-Bared|Ain al-Hilweh|Dahiyeh|South Lebanon|southern "
    "Lebanon|Nabatieh|Nabatiyeh|Bint Jbeil|Naqoura|Shebaa Farms|Shebaa farms|Marjayoun|Khiam|Qana|Shatila|Sabra and "
    "Shatila|Tariq al-Jadideh|Akkar|Jounieh|Hermel|Zahle|Chouf|Jabal Mohsen|Bab al-Tabbaneh|Rashidieh",
    "LBR": "Nimba County|Lofa County|Bomi|Grand Gedeh|Gbarnga|Voinjama|Tubmanburg|Bong County",
    "LBY": "Cyrenaica|Tripolitania|Fezzan|Misrata|Misurata|Sirte|Derna|Tobruk|Sabha|Zintan|Bani Walid|Ajdabiya|"
    "Brega|Ras Lanuf|Zawiya|Tarhuna|Sabratha|Kufra|Cyrenaican|Misratan|Ubari|Murzuq|Gharyan|Tajoura|Zuwara|Zuwarah|"
    "Bani Waleed|Brak al-Shati|Es Sider|Sharara|El Sharara|Sharara oilfield|Janzour|Wershefana|Abu Salim|Watiya|"
    "Jufra",
    "LKA": "Jaffna|Trincomalee|Batticaloa|Mullaitivu|Kilinochchi|Vanni|Wanni|Mannar|Vavuniya|Ampara|Elephant Pass|"
    "Hambantota|Mulaitivu|Jaffna peninsula|Jaffna Peninsula|Muttur|Galle Face|Welikada|Puttalam|Eastern Province of "
    "Sri Lanka",
    "MAR": "Al Hoceima|Dakhla|Guerguerat|Smara|Marrakesh|Marrakech|Tetouan",
    "MDA": "Gagauzia|Tiraspol|Cobasna|Dubossary|Comrat|Taraclia",
    "MEX": "Chiapas|Chihuahua|Coahuila|Durango state|Guerrero state|Jalisco|Michoacan|Michoacán|Morelos|Nayarit|"
    "Nuevo Leon|Nuevo León|Oaxaca|Quintana Roo|Sinaloa|Sonora|Tabasco state|Tamaulipas|Veracruz|Yucatan|Yucatán|"
    "Zacatecas|Baja California|Ciudad Juarez|Ciudad Juárez|Guanajuato|Hidalgo state|Ayotzinapa|Tamaulipas state|"
    "Sinaloa state|Michoacan state|Veracruz state|Tierra Caliente|Iguala|Apatzingan|Apatzingán|Ciudad Victoria|"
    "Nuevo Laredo|Acteal|San Cristobal de las Casas|San Cristóbal de las Casas|Las Margaritas|Chenalho|Tlatelolco|"
    "Sonora state|Colima state|Tecate|Lazaro Cardenas port|Chilpancingo|Ocosingo|Tapachula|Atenco",
    "MLI": "Gao|Kidal|Mopti|Timbuktu|Menaka|Segou|Azawad|Taoudeni|Mopti region|Gao region|Kidal region|Bandiagara|"
    "Djenne|Sevare|Sévaré|Tessalit|Ogossagou|Tinzaouaten|Menaka region|Dogon country|Konna|Bankass|Aguelhok",
    "MMR": "Rakhine|Arakan|Kachin|Chin State|Shan State|Kayin|Karen State|Kayah|Mon State|Sagaing|Maungdaw|"
    "Buthidaung|Irrawaddy delta|Ayeyarwady|Insein|Kokang|Laukkai|Myawaddy|Kayin State|Kayah State|Karenni State|"
    "Kachin State|Rakhine State|Chin state|Shan state|Rakhine state|Kachin state|Sittwe|Kyaukphyu|Mrauk U|Muse "
    "township|Lashio|Loikaw|Hpakant|Myitkyina|Mongla|Kokang region|Hakha|Thantlang|Meiktila|Letpadaung|Inn Din|"
    "Depayin|Ayeyarwady Region|Sagaing Region|Magway Region|Bago Region|Maungtaw|Sagaing region",
    "MOZ": "Cabo Delgado|Mocimboa da Praia|Sofala|Zambezia|Nampula province|Gorongosa|Mocímboa da Praia|Maputo "
    "province|Afungi|Macomia|Muidumbe|Quissanga|Cabo Delgado province",
    "MRT": "Nouadhibou|Lemgheity",
    "MYS": "Sabah|Sarawak|Johor|Kelantan|Terengganu|Perak|Selangor|Penang|Kedah|Pahang|Lahad Datu|Negeri Sembilan|"
    "Semporna|Sipadan|Sarawakian|Sabahan|Labuan|Langkawi",
    "NER": "Diffa|Tillaberi|Agadez|Tahoua|Bosso|Diffa region|Tillaberi region|Tongo Tongo|Inates|Arlit|Chinagodrar|"
    "Banibangou|Zinder region|Tahoua region",
    "NGA": "Abia|Adamawa|Akwa Ibom|Anambra|Bauchi|Bayelsa|Benue|Borno|Borno State|Cross River State|Ebonyi|Edo "
    "State|Ekiti|Enugu|Gombe|Imo State|Jigawa|Kaduna|Katsina|Kebbi|Kogi|Kwara|Lagos State|Nasarawa|Niger State|"
    "Niger Delta|Ogun|Ondo|Osun|Oyo State|Plateau State|Rivers State|Sokoto|Taraba|Yobe|Zamfara|Delta State|Biafra|"
    "Chibok|Dapchi|Sambisa|Sambisa Forest|Maiduguri|Ogoniland|Southern Kaduna|southern Kaduna|Zaria|Jos Plateau|"
    "Gwoza|Damboa|Konduga|Gamboru|Monguno|Mubi|Damaturu|Potiskum|Buni Yadi|Kankara|Jangebe|Kuriga|Agatu|Makurdi|"
    "Lekki|Lekki toll gate|Bonny Island|Bodo community|Yelwa|Birnin Gwari|Birnin Kebbi|Gusau|Nsukka|Onitsha|Bakassi|"
    "Bakassi peninsula|Katsina State|Zamfara State|Kano State|Anambra State|Benue State|Ekiti State|Ondo State|Osun "
    "State|Bayelsa State|Kogi State|Kwara State|Sokoto State|Yobe State|Adamawa State|Bauchi State|Taraba State|"
    "Ebonyi State|Enugu State|Abia State|Akwa Ibom State|Nasarawa State|Jigawa State|Gombe State|Kebbi State|Ogun "
    "State|Kaduna State",
    "NLD": "The Hague|Hague|Limburg",
    "NPL": "Terai|Madhesh|Gorkha district|Rolpa",
    "NZL": "Pike River|Rotorua|Waitangi|White Island",
    "PAK": "Balochistan|Baluchistan|Sindh|Sind|Khyber Pakhtunkhwa|Khyber-Pakhtunkhwa|North-West Frontier Province|"
    "North West Frontier Province|Waziristan|North Waziristan|South Waziristan|Swat|Swat Valley|Bajaur|"
    "Gilgit-Baltistan|Azad Kashmir|Federally Administered Tribal Areas|FATA|Khyber agency|Khyber Agency|Orakzai|"
    "Kurram|Mohmand|Buner|Abbottabad|Gwadar|Tharparkar|Parachinar|Azad Jammu and Kashmir|Pakistan-administered "
    "Kashmir|Pakistan-controlled Kashmir|Pakistani Kashmir|Pakistan-held Kashmir|Pakistan-occupied Kashmir|Khuzdar|"
    "Turbat|Chaman|Mastung|Bannu|Dera Ismail Khan|Lakki Marwat|Kohat|Miranshah|Miram Shah|Mir Ali|Torkham|Landi "
    "Kotal|Malakand|Dir district|Upper Dir|Lower Dir|Chitral|Charsadda|Mardan|Balakot|Sehwan|Thar desert|Larkana|"
    "Tirah|Shikarpur|Jacobabad|Panjgur|Kech district|Mingora",
    "PER": "Ayacucho|Cusco|Cuzco|Puno|Cajamarca|Arequipa region|Bagua|VRAEM|Upper Huallaga|Huallaga Valley|Apurimac|"
    "Apurímac|Huancavelica|Loreto region|Madre de Dios|Juliaca|Tacna|Ucayali|Amazonas region of Peru|Cuzco region|"
    "Moquegua",
    "PHL": "Mindanao|Luzon|Visayas|Palawan|Sulu|Basilan|Jolo|Maguindanao|Cotabato|North Cotabato|Lanao del Sur|"
    "Marawi|Negros|Leyte|Samar|Cebu|Scarborough Shoal|Zamboanga|Davao|Tawi-Tawi|Cagayan|Masbate|Negros Occidental|"
    "Manila Bay|Maguindanao province|Zamboanga City|Zamboanga Peninsula|Lamitan|Ozamiz|Ampatuan|Compostela Valley|"
    "Samar island|Bohol|Panay|Mindoro|Bicol|Ilocos Norte|Ilocos|Tarlac|Benguet|Kalinga|Abra province|Surigao del "
    "Sur|Bukidnon|Sultan Kudarat|Lanao|Lanao del Norte|Second Thomas Shoal|Ayungin Shoal|Subic Bay|Subic|Clark Air "
    "Base|Tacloban|Hacienda Luisita|Mamasapano|Kidapawan|Patikul|Butig|Boracay|Batangas|Thitu Island|Pag-asa Island|"
    "Kalayaan",
    "PNG": "Enga|Hela province|Bougainville|Bougainvilleans|Manus|Manus Island|Panguna|Mount Hagen|Southern "
    "Highlands|Oro province",
    "POL": "Silesia|Gdansk shipyard|Bialowieza|Podlasie|Masuria|Przewodow|Jedwabne|Kuznica|Suwalki Gap|Przemysl|"
    "Auschwitz|Podkarpackie",
    "PRK": "Yongbyon|Punggye-ri|Kaesong|Kaesong complex|Kaesong Industrial Complex|Kumgang|Mount Kumgang|Sinuiju|"
    "Sohae|Tongchang-ri|Wonsan|Hamhung|Chongjin|Musudan-ri",
    "PRT": "Azores|Madeira|Algarve|Lajes",
    "PSE": "Ramallah|Nablus|Jenin|Hebron|Bethlehem|Tulkarm|Qalqilya|Jericho|Rafah|Khan Younis|Khan Yunis|Jabaliya|"
    "Jabalia|Deir al-Balah|Beit Hanoun|Beit Lahiya|Sheikh Jarrah|East Jerusalem|Silwan|Khan al-Ahmar|Shuafat|Khan "
    "Younis camp|Jabalia camp|Nuseirat|Bureij|Maghazi|Shujaiya|Shejaia|Beach camp|Jenin camp|Balata|Balata camp|"
    "Tulkarem|Tulkarm camp|Nur Shams|Huwara|Hawara|Masafer Yatta|Beit Jala|Al-Bireh|Qalandia|Qalandiya|Erez "
    "crossing|Kerem Shalom crossing|Netzarim corridor|Philadelphi corridor|Deir el-Balah|Khuzaa|Tel al-Sultan|"
    "Mawasi|al-Mawasi|Al-Mawasi|Bilin|Bil'in|Issawiya|Abu Dis|Tubas|Salfit|Dheisheh",
    "RUS": "Dagestan|Ingushetia|North Ossetia|Kabardino-Balkaria|Tatarstan|Bashkortostan|Siberia|Sakhalin|Kamchatka|"
    "Kursk region|Belgorod|Bryansk|Kaliningrad|Kuril Islands|Kurils|Chukotka|Yakutia|Primorye|Krasnodar region|"
    "Stavropol region|Rostov region|Beslan|Sochi|Buryatia|Karelia|Tuva|Murmansk|Khabarovsk Krai|Siberian|Siberians|"
    "Dagestani|Dagestanis|North Caucasus Federal District|Krasnoyarsk region|Kursk|Bryansk region|Belgorod region|"
    "Tver region|Perm region|Sverdlovsk region|Novosibirsk region|Altai Republic|Komi Republic|Chuvashia|Mordovia|"
    "Kalmykia|Adygea|Karachay-Cherkessia|Karachayevo-Cherkessia|Transbaikal|Magadan|Arkhangelsk|Pskov|Engels air "
    "base|Kabardino-Balkarian|Budyonnovsk|Budennovsk|Kizlyar|Gudermes|Argun|Urus-Martan|Vedeno|Pervomaiskoye|"
    "Vnukovo|Lubyanka",
    "RWA": "Gisenyi|Cyangugu|Kibeho|Nyarugenge|Ruhengeri|Butare|Kibuye|Nyungwe|Rusizi|Mahama camp",
    "SAU": "Qatif|Awamiya|Al-Ahsa|Abqaiq|Khurais|Dhahran|Khobar|Najran|Jizan|Jazan|Asir|Asir province|Yanbu|Ras "
    "Tanura|Eastern Province|Abha|Khamis Mushait|Hafr al-Batin|Hijaz|Buraidah|Khafji",
    "SDN": "Darfur|North Darfur|South Darfur|West Darfur|Central Darfur|East Darfur|west Darfur|western Darfur|"
    "Kordofan|South Kordofan|Southern Kordofan|North Kordofan|Blue Nile state|Blue Nile|Kassala|Port Sudan|El "
    "Fasher|El Geneina|Nyala|Jebel Marra|Nuba Mountains|Gezira|Abyei|North Kordofan state|West Kordofan|El Obeid|"
    "Al-Fashir|al-Fashir|Al Fasher|El-Fasher|al-Fasher|Zamzam camp|Zamzam|Kalma camp|Wad Madani|Sennar|Gedaref|"
    "Heglig|Kauda|Kadugli|Damazin|Khartoum North|Zalingei|Geneina|Tawila|Babanusa|Dilling",
    "SEN": "Casamance|Ziguinchor|Touba|Saint-Louis|Kedougou|Tambacounda",
    "SLE": "Kailahun|Kenema|Makeni|Lungi|Magburaka|Port Loko|Koidu|Tongo",
    "SOM": "Jubaland|Galmudug|Lower Shabelle|Middle Shabelle|Hiran|Gedo|Baidoa|Kismayo|Kismayu|Beledweyne|Barawe|"
    "Bosaso|Afgoye|Afgooye|Bay region|Lower Juba|Middle Juba|Bakool|Galgadud|Galguduud|Mudug|Galkayo|Galkacyo|Las "
    "Anod|Laascaanood|Sanaag|Bardhere|Jowhar|Merka|Dhusamareb|Southwest State|South West State|Hirshabelle|Hiiraan|"
    "Janale|Adado|Bosasso",
    "SRB": "Vojvodina|Sandzak|Presevo|Sumadija|Presevo Valley|Preševo|Bujanovac|Novi Pazar|Sandžak",
    "SSD": "Jonglei|Upper Nile|Unity State|Unity state|Equatoria|Central Equatoria|Eastern Equatoria|Western "
    "Equatoria|Warrap|Bahr el Ghazal|Bentiu|Malakal|Pibor|Yei|Bor town|Upper Nile state|Jonglei state|Akobo|Rumbek|"
    "Torit|Pagak|Yambio|Kajo Keji|Aweil|Western Bahr el Ghazal|Warrap state|Lakes State|Lakes state|Ruweng|Kapoeta|"
    "Mayom|Nimule|Fangak|Renk|Maban|Yida|Ayod",
    "SYR": "Idlib|Idleb|Idlib province|Hama|Homs|Deir ez-Zor|Deir Ezzor|Deir al-Zor|Deir al-Zour|Raqqa|Raqa|Hasakah|"
    "Hasaka|Hassakeh|Daraa|Deraa|Quneitra|Latakia|Tartus|Tartous|Suweida|Sweida|Ghouta|Eastern Ghouta|eastern "
    "Ghouta|East Ghouta|Douma|Afrin|Kobani|Kobane|Manbij|Palmyra|Qamishli|al-Bab|Tal Abyad|Ras al-Ain|Rojava|Rukban|"
    "al-Tanf|Yarmouk|al-Hol|Khan Sheikhoun|Maarat al-Numan|Baghouz|Madaya|Abu Kamal|Albu Kamal|Suwayda|Sweida "
    "province|Jisr al-Shughour|Saraqib|Khan al-Assal|Jobar|Darayya|Daraya|Moadamiya|Yarmouk camp|al-Tanf base|"
    "Hmeimim|Khmeimim|Shayrat|Mayadin|Al-Mayadin|Boukamal|Ain Issa|Tal Tamr|Tel Rifaat|Tel Abyad|Azaz|Jarablus|"
    "Al-Bab|Atareb|Qalamoun|Qusair|Yabroud|Maaloula|Zabadani|Wadi Barada|Ghab plain|Kafranbel|Rastan|Houla|Masyaf|"
    "Salamiyah|Sukhna|Tabqa|Hasakeh|al-Hasakah|Al-Hol|Al-Hol camp|Roj camp|Kuweires|Banias",
    "TCD": "Lake Chad region|Tibesti|Ouaddai|Abeche|Lake Chad province|Moundou|Adre|Faya-Largeau|Aouzou Strip|"
    "Ennedi|N'Djamena airport",
    "THA": "Pattani|Yala|Narathiwat|Songkhla|Chiang Rai|Chiang Mai|Isaan|Phuket|Hat Yai|Preah Vihear area|Koh Tao|"
    "Mae Sot|Surat Thani|Nakhon Ratchasima|Udon Thani|Buriram|Sisaket|Isan|Pattaya|Tak province|Mae Hong Son",
    "TJK": "Gorno-Badakhshan|Sughd|Khatlon|Gorno-Badakhshan Autonomous Region|Khorog|Isfara|Vorukh|Rasht Valley|"
    "Kulob|Kurgan-Tyube|Khujand|Rogun",
    "TMP": "Baucau|Oecusse",
    "TUN": "Sidi Bouzid|Kasserine|Gafsa|Sousse|Mount Chaambi|Chaambi|Ben Guerdane|Tataouine|Zarzis|Djerba|Bardo "
    "Museum|Bardo|Sfax|Medenine|Siliana|Redeyef|Thala",
    "TUR": "Anatolia|Diyarbakir|Hakkari|Sirnak|Şırnak|Hatay|Gaziantep|Sanliurfa|Şanlıurfa|Urfa|Mardin|Cizre|Kilis|"
    "Incirlik|Tunceli|Bingol|Van province|Suruc|Reyhanli|Bodrum|Taksim|Taksim Square|Gezi Park|Silivri|Southeast "
    "Anatolia|Diyarbakır|Cizre district|Nusaybin|Yuksekova|Yüksekova|Semdinli|Uludere|Roboski|Kayseri province|"
    "Akkuyu|Incirlik air base|Incirlik Air Base|Kahramanmaras|Elazig|Siirt|Agri province|Edirne|Afyon|Sivas|Imrali|"
    "Akçakale|Akcakale",
    "UGA": "Karamoja|Acholiland|Gulu|Kasese|West Nile region|Acholi region|Bundibugyo|Rwenzori|Bwindi|Rwakitura|"
    "Karamoja region|Nakivale|Bidi Bidi|Kitgum|Luweero|Arua|Mpondwe",
    "UKR": "Donbas|Donbass|Donetsk|Luhansk|Lugansk|Mariupol|Kherson|Zaporizhzhia|Zaporozhye|Kharkiv region|Sumy|"
    "Chernihiv|Mykolaiv|Bakhmut|Avdiivka|Debaltseve|Slovyansk|Sloviansk|Kramatorsk|Ilovaisk|Bucha|Sevastopol|Kerch "
    "Strait|Transcarpathia|Chernobyl|Maidan|Irpin|Snake Island|Luhansk region|Donetsk region|Kherson region|"
    "Zaporizhzhia region|Zaporizhia|Sumy region|Odesa region|Odessa region|Bakhmut city|Severodonetsk|"
    "Sievierodonetsk|Lysychansk|Pokrovsk|Melitopol|Enerhodar|Izium|Izyum|Kupiansk|Chasiv Yar|Vuhledar|Volnovakha|"
    "Horlivka|Makiivka|Debaltsevo|Nova Kakhovka|Kakhovka dam|Zaporizhzhia nuclear plant|Hostomel|Borodianka|Zmiinyi "
    "Island",
    "USA": "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|"
    "Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|"
    "Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|New York state|North Carolina|North "
    "Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|"
    "West Virginia|Wisconsin|Wyoming|Washington state|Washington State|Manhattan|Brooklyn|Los Angeles|Silicon "
    "Valley|Wall Street|Hollywood|Guantanamo|Guantanamo Bay|Ferguson|Charlottesville|Standing Rock|Long Island|Cape "
    "Canaveral|Parkland|Uvalde|Texan|Texans|Californian|Californians|New Yorkers|Floridian|Floridians|Alaskan|"
    "Alaskans|Chicagoan|Chicagoans|Ohioans|Fort Bragg|Fort Hood|Camp David|Mar-a-Lago|Harlem|Staten Island|Oklahoma "
    "City|Ruby Ridge|Sandy Hook|Newtown|El Paso|Ground Zero|Fort Dix|West Point|Norfolk naval base",
    "UZB": "Karakalpakstan|Andijan|Andijon|Ferghana|Fergana|Nukus|Namangan|Surkhandarya|Sokh|Termez|Muynak",
    "VEN": "Zulia|Tachira|Táchira|Apure|Bolivar state|Bolívar state|Miranda state|Zulia state|Tachira state|San "
    "Cristobal state|Apure state|Delta Amacuro|Orinoco Belt|Ramo Verde|Petare|La Guaira|El Helicoide|Helicoide|"
    "Carabobo|Bolivar State|Falcon state|Lara state",
    "VNM": "Mekong Delta|Central Highlands|Haiphong|Da Nang",
    "YEM": "Marib|Maarib|Hodeidah|Hodeida|Hudaydah|Hudaida|Hudaydah province|Taiz|Taizz|Saada|Sa'ada|Saadah|Abyan|"
    "Shabwa|Hadramawt|Hadramout|Hajjah|Al-Bayda|Bayda|al-Jawf|Amran|Dhamar|Ibb|Lahj|Mahra|Mukalla|Socotra|Ras Isa|"
    "Zinjibar|Al-Hudaydah|Dhale|al-Dhale|Dhalea|Ataq|Seiyun|Sayun|Haradh|Bab al-Mandab|Bab el-Mandeb|Perim Island|"
    "Radaa|Jaar|Al Mahrah|Hadhramaut|Hadramaut|Midi district|Sirwah|Nihm",
    "ZAF": "Gauteng|KwaZulu-Natal|Kwazulu-Natal|Eastern Cape|Western Cape|Northern Cape|Limpopo|Mpumalanga|North "
    "West Province|Free State|Soweto|Marikana|Transkei|Ciskei|Bophuthatswana|KwaZulu|Transvaal|Orange Free State|"
    "Alexandra township|Khayelitsha|Boipatong|Sharpeville|Robben Island|Rustenburg|Nkandla|Phoenix township|Cape "
    "Flats|Diepsloot|Stilfontein|Carletonville|Thembisa|Katlehong|Thokoza|Bisho",
    "ZWE": "Matabeleland|Mashonaland|Manicaland|Masvingo|Midlands province|Bulawayo|Marange|Chitungwiza|Mutare|"
    "Marange diamond fields|Chiadzwa|Gwanda|Epworth|Mbare",
}


def provinces() -> list[tuple[str, str]]:
    """Names of parts of countries with the country's code, in order of the codes."""
    return [(name, code) for code, names in sorted(PROVINCES.items()) for name in names.split("|")]
