/// The names of time zones that every edge takes: those of the IANA time zone database (release 2025b) that have a region and a place, its
/// links among them, as US/Pacific, and UTC and GMT. Browsers know each of them.
///
/// Names without a region are left out, also those of the database: an abbreviation is another zone for each who reads it, and `EST` has no
/// summer time.
enum ZoneNames {
    static let all: Set<String> = {
        var names: Set<String> = ["UTC", "GMT"]
        var region = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            if word.hasSuffix(":") {
                region = String(word.dropLast())
            } else {
                names.insert("\(region)/\(word)")
            }
        }
        return names
    }()

    /// What is meant by a name that is not taken, as far as that can be guessed; `nil`: it cannot.
    static func suggestion(for name: String) -> String? {
        let upper = name.uppercased()
        if let meant = meanings[upper] { return meant }
        // GMT-7, UTC+2, UTC+05:30: an offset east of UTC as people write it. Etc/GMT-7 means the opposite.
        if upper.hasPrefix("GMT") || upper.hasPrefix("UTC"), let offset = offset(upper.dropFirst(3)) { return offset }
        let lower = name.lowercased().replacing(" ", with: "_")
        return all.sorted().first { $0.lowercased() == lower || $0.lowercased().hasSuffix("/" + lower) }
    }

    private static func offset(_ text: Substring) -> String? {
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard (1...4).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits)
        else {
            return nil
        }
        let (hours, minutes) = digits.count <= 2 ? (number, 0) : (number / 100, number % 100)
        guard hours <= 14, minutes < 60 else { return nil }
        return hours == 0 && minutes == 0 ? "UTC" : "\(sign)\(Units.two(hours)):\(Units.two(minutes))"
    }

    /// Abbreviations, and names without a region, with the zone that most who write them mean.
    private static let meanings = [
        "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PST8PDT": "America/Los_Angeles",
        "PT": "America/Los_Angeles",
        "MST": "America/Denver", "MDT": "America/Denver", "MST7MDT": "America/Denver", "NAVAJO": "America/Denver",
        "CST": "America/Chicago", "CDT": "America/Chicago", "CST6CDT": "America/Chicago",
        "EST": "America/New_York", "EDT": "America/New_York", "EST5EDT": "America/New_York", "ET": "America/New_York",
        "AST": "America/Halifax", "ADT": "America/Halifax", "NST": "America/St_Johns", "HST": "Pacific/Honolulu",
        "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "BST": "Europe/London", "GB": "Europe/London",
        "GB-EIRE": "Europe/London", "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon", "PORTUGAL": "Europe/Lisbon",
        "CET": "Europe/Paris", "CEST": "Europe/Paris", "MET": "Europe/Paris", "MEZ": "Europe/Berlin",
        "MESZ": "Europe/Berlin",
        "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki", "MSK": "Europe/Moscow", "W-SU": "Europe/Moscow",
        "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "JAPAN": "Asia/Tokyo", "KST": "Asia/Seoul", "ROK": "Asia/Seoul",
        "PRC": "Asia/Shanghai", "ROC": "Asia/Taipei", "HKT": "Asia/Hong_Kong", "HONGKONG": "Asia/Hong_Kong",
        "SGT": "Asia/Singapore", "SINGAPORE": "Asia/Singapore", "ISRAEL": "Asia/Jerusalem", "IRAN": "Asia/Tehran",
        "TURKEY": "Europe/Istanbul", "EGYPT": "Africa/Cairo", "LIBYA": "Africa/Tripoli", "SAST": "Africa/Johannesburg",
        "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "ACST": "Australia/Adelaide", "AWST": "Australia/Perth",
        "NZ": "Pacific/Auckland", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland", "NZ-CHAT": "Pacific/Chatham",
        "CUBA": "America/Havana", "JAMAICA": "America/Jamaica", "EIRE": "Europe/Dublin", "POLAND": "Europe/Warsaw",
        "ICELAND": "Atlantic/Reykjavik", "KWAJALEIN": "Pacific/Kwajalein", "Z": "UTC", "ZULU": "UTC", "UCT": "UTC",
        "GMT0": "UTC", "UNIVERSAL": "UTC", "GREENWICH": "UTC",
    ]

    private static let text = """
        Africa: Abidjan Accra Addis_Ababa Algiers Asmara Asmera Bamako Bangui Banjul Bissau Blantyre Brazzaville
            Bujumbura Cairo Casablanca Ceuta Conakry Dakar Dar_es_Salaam Djibouti Douala El_Aaiun Freetown Gaborone
            Harare Johannesburg Juba Kampala Khartoum Kigali Kinshasa Lagos Libreville Lome Luanda Lubumbashi Lusaka
            Malabo Maputo Maseru Mbabane Mogadishu Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo
            Sao_Tome Timbuktu Tripoli Tunis Windhoek
        America: Adak Anchorage Anguilla Antigua Araguaina Argentina/Buenos_Aires Argentina/Catamarca
            Argentina/ComodRivadavia Argentina/Cordoba Argentina/Jujuy Argentina/La_Rioja Argentina/Mendoza
            Argentina/Rio_Gallegos Argentina/Salta Argentina/San_Juan Argentina/San_Luis Argentina/Tucuman
            Argentina/Ushuaia Aruba Asuncion Atikokan Atka Bahia Bahia_Banderas Barbados Belem Belize Blanc-Sablon
            Boa_Vista Bogota Boise Buenos_Aires Cambridge_Bay Campo_Grande Cancun Caracas Catamarca Cayenne Cayman
            Chicago Chihuahua Ciudad_Juarez Coral_Harbour Cordoba Costa_Rica Coyhaique Creston Cuiaba Curacao
            Danmarkshavn Dawson Dawson_Creek Denver Detroit Dominica Edmonton Eirunepe El_Salvador Ensenada
            Fort_Nelson Fort_Wayne Fortaleza Glace_Bay Godthab Goose_Bay Grand_Turk Grenada Guadeloupe Guatemala
            Guayaquil Guyana Halifax Havana Hermosillo Indiana/Indianapolis Indiana/Knox Indiana/Marengo
            Indiana/Petersburg Indiana/Tell_City Indiana/Vevay Indiana/Vincennes Indiana/Winamac Indianapolis Inuvik
            Iqaluit Jamaica Jujuy Juneau Kentucky/Louisville Kentucky/Monticello Knox_IN Kralendijk La_Paz Lima
            Los_Angeles Louisville Lower_Princes Maceio Managua Manaus Marigot Martinique Matamoros Mazatlan Mendoza
            Menominee Merida Metlakatla Mexico_City Miquelon Moncton Monterrey Montevideo Montreal Montserrat Nassau
            New_York Nipigon Nome Noronha North_Dakota/Beulah North_Dakota/Center North_Dakota/New_Salem Nuuk Ojinaga
            Panama Pangnirtung Paramaribo Phoenix Port-au-Prince Port_of_Spain Porto_Acre Porto_Velho Puerto_Rico
            Punta_Arenas Rainy_River Rankin_Inlet Recife Regina Resolute Rio_Branco Rosario Santa_Isabel Santarem
            Santiago Santo_Domingo Sao_Paulo Scoresbysund Shiprock Sitka St_Barthelemy St_Johns St_Kitts St_Lucia
            St_Thomas St_Vincent Swift_Current Tegucigalpa Thule Thunder_Bay Tijuana Toronto Tortola Vancouver Virgin
            Whitehorse Winnipeg Yakutat Yellowknife
        Antarctica: Casey Davis DumontDUrville Macquarie Mawson McMurdo Palmer Rothera South_Pole Syowa Troll Vostok
        Arctic: Longyearbyen
        Asia: Aden Almaty Amman Anadyr Aqtau Aqtobe Ashgabat Ashkhabad Atyrau Baghdad Bahrain Baku Bangkok Barnaul
            Beirut Bishkek Brunei Calcutta Chita Choibalsan Chongqing Chungking Colombo Dacca Damascus Dhaka Dili
            Dubai Dushanbe Famagusta Gaza Harbin Hebron Ho_Chi_Minh Hong_Kong Hovd Irkutsk Istanbul Jakarta Jayapura
            Jerusalem Kabul Kamchatka Karachi Kashgar Kathmandu Katmandu Khandyga Kolkata Krasnoyarsk Kuala_Lumpur
            Kuching Kuwait Macao Macau Magadan Makassar Manila Muscat Nicosia Novokuznetsk Novosibirsk Omsk Oral
            Phnom_Penh Pontianak Pyongyang Qatar Qostanay Qyzylorda Rangoon Riyadh Saigon Sakhalin Samarkand Seoul
            Shanghai Singapore Srednekolymsk Taipei Tashkent Tbilisi Tehran Tel_Aviv Thimbu Thimphu Tokyo Tomsk
            Ujung_Pandang Ulaanbaatar Ulan_Bator Urumqi Ust-Nera Vientiane Vladivostok Yakutsk Yangon Yekaterinburg
            Yerevan
        Atlantic: Azores Bermuda Canary Cape_Verde Faeroe Faroe Jan_Mayen Madeira Reykjavik South_Georgia St_Helena
            Stanley
        Australia: ACT Adelaide Brisbane Broken_Hill Canberra Currie Darwin Eucla Hobart LHI Lindeman Lord_Howe
            Melbourne NSW North Perth Queensland South Sydney Tasmania Victoria West Yancowinna
        Brazil: Acre DeNoronha East West
        Canada: Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon
        Chile: Continental EasterIsland
        Etc: GMT GMT+0 GMT+1 GMT+10 GMT+11 GMT+12 GMT+2 GMT+3 GMT+4 GMT+5 GMT+6 GMT+7 GMT+8 GMT+9 GMT-0 GMT-1 GMT-10
            GMT-11 GMT-12 GMT-13 GMT-14 GMT-2 GMT-3 GMT-4 GMT-5 GMT-6 GMT-7 GMT-8 GMT-9 GMT0 Greenwich UCT UTC
            Universal Zulu
        Europe: Amsterdam Andorra Astrakhan Athens Belfast Belgrade Berlin Bratislava Brussels Bucharest Budapest
            Busingen Chisinau Copenhagen Dublin Gibraltar Guernsey Helsinki Isle_of_Man Istanbul Jersey Kaliningrad
            Kiev Kirov Kyiv Lisbon Ljubljana London Luxembourg Madrid Malta Mariehamn Minsk Monaco Moscow Nicosia Oslo
            Paris Podgorica Prague Riga Rome Samara San_Marino Sarajevo Saratov Simferopol Skopje Sofia Stockholm
            Tallinn Tirane Tiraspol Ulyanovsk Uzhgorod Vaduz Vatican Vienna Vilnius Volgograd Warsaw Zagreb Zaporozhye
            Zurich
        Indian: Antananarivo Chagos Christmas Cocos Comoro Kerguelen Mahe Maldives Mauritius Mayotte Reunion
        Mexico: BajaNorte BajaSur General
        Pacific: Apia Auckland Bougainville Chatham Chuuk Easter Efate Enderbury Fakaofo Fiji Funafuti Galapagos
            Gambier Guadalcanal Guam Honolulu Johnston Kanton Kiritimati Kosrae Kwajalein Majuro Marquesas Midway
            Nauru Niue Norfolk Noumea Pago_Pago Palau Pitcairn Pohnpei Ponape Port_Moresby Rarotonga Saipan Samoa
            Tahiti Tarawa Tongatapu Truk Wake Wallis Yap
        US: Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa
        """
}
