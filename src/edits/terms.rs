//! Words that numbers, times and dates are made of, in English and the commonest ones of German, French, Spanish and
//! Russian. A word that means something else in another of these languages is left out (`once`, `on`, `mars`).

use Term::{
    Am, And, Cardinal, Cent, Currency, Dozen, Duration, Hundred, Measure, Midnight, Month, Noon, Oclock, Of,
    Ordinal, Per, Percent, Pm, Scale, The, Weekday,
};

/// What a word contributes to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// `seven`, `seventy`.
    Cardinal(u32),
    /// `hundred`.
    Hundred,
    /// `dozen`.
    Dozen,
    /// `thousand`, `bn`: what the number before it is multiplied by.
    Scale(u64),
    /// `third`.
    Ordinal(u32),
    /// 1 to 12.
    Month(u8),
    /// 1, Monday, to 7.
    Weekday(u8),
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// `o'clock`.
    Oclock,
    /// Twelve in the day.
    Noon,
    /// Twelve in the night.
    Midnight,
    /// `percent`.
    Percent,
    /// The first half of `per cent`.
    Per,
    /// The second.
    Cent,
    /// A currency, by number.
    Currency(u8),
    /// A unit of measure, by number.
    Measure(u8),
    /// A length of time, in minutes.
    Duration(u32),
    /// `and`, inside a number.
    And,
    /// `of`, inside a date.
    Of,
    /// `the`, inside a date.
    The,
}

/// Bytes of the longest word in the table.
pub(super) const LONGEST: usize = 24;

/// What a folded word contributes to a value; `None` for most words.
#[must_use]
pub(super) fn term(word: &str) -> Option<Term> {
    find(word, |entry| entry == word)
}

/// The same for a word of ASCII letters and digits that need not be folded.
#[must_use]
pub(super) fn term_in_any_case(plain: &str) -> Option<Term> {
    find(plain, |entry| entry.eq_ignore_ascii_case(plain))
}

fn find(word: &str, is_word: impl Fn(&str) -> bool) -> Option<Term> {
    let prefix = prefix_at_once(word.as_bytes());
    let (block, bit) = filter_place(prefix);
    if FILTER[block] & bit == 0 {
        return None;
    }
    let from = PREFIXES.partition_point(|&other| other < prefix);
    let same = PREFIXES[from..].iter().take_while(|&&other| other == prefix).zip(&TERMS[from..]);
    same.map(|(_, entry)| entry).find(|entry| is_word(entry.0)).map(|entry| entry.1)
}

/// The first eight bytes of every word, in small letters, as a number, in the order of the words: most words are not
/// in the table, and numbers are compared faster than texts.
static PREFIXES: [u64; TERMS.len()] = {
    let mut prefixes = [0; TERMS.len()];
    let mut at = 0;
    while at < TERMS.len() {
        prefixes[at] = prefix(TERMS[at].0.as_bytes());
        at += 1;
    }
    prefixes
};

/// A bit for each prefix in the table: nineteen in twenty other words are told apart by one look.
static FILTER: [u64; FILTER_BLOCKS] = {
    let mut filter = [0; FILTER_BLOCKS];
    let mut at = 0;
    while at < TERMS.len() {
        let (block, bit) = filter_place(prefix(TERMS[at].0.as_bytes()));
        filter[block] |= bit;
        at += 1;
    }
    filter
};

const FILTER_BLOCKS: usize = 128;

const fn filter_place(prefix: u64) -> (usize, u64) {
    let mixed = prefix.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 57) as usize, 1 << (mixed >> 51 & 63))
}

const fn prefix(word: &[u8]) -> u64 {
    let mut prefix = [0; 8];
    let mut at = 0;
    while at < word.len() && at < prefix.len() {
        prefix[at] = word[at].to_ascii_lowercase();
        at += 1;
    }
    u64::from_be_bytes(prefix)
}

/// The same as [`prefix`], all bytes together.
fn prefix_at_once(word: &[u8]) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let bytes = match word.first_chunk::<8>() {
        Some(first) => u64::from_be_bytes(*first),
        // A word and its end overlap where it is shorter than both together.
        None => match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                u64::from(u32::from_be_bytes(*first)) << 32
                    | u64::from(u32::from_be_bytes(*last)) << (8 * (8 - word.len()))
            }
            _ => word.iter().zip([56, 48, 40]).fold(0, |bytes, (&b, shift)| bytes | u64::from(b) << shift),
        },
    };
    // The top bit of each byte tells whether it reaches `A`, or goes beyond `Z`; of what is no ASCII it is set before.
    let low = bytes & (0x7f * EACH);
    let capital = (low + (0x80 - 0x41) * EACH) & !(low + (0x80 - 0x5b) * EACH) & !bytes & (0x80 * EACH);
    bytes | capital >> 2
}

/// The currency of a sign, by the number that its words have.
#[must_use]
pub(super) fn currency_sign(sign: char) -> Option<u8> {
    Some(match sign {
        '$' => 0,
        '€' => 1,
        '£' => 2,
        '₽' => 3,
        '₼' => 4,
        '₺' => 5,
        '¥' => 6,
        '֏' => 7,
        '₹' => 10,
        _ => return None,
    })
}

/// Sorted by word.
#[rustfmt::skip]
static TERMS: [(&str, Term); 454] = [
    ("abril", Month(4)), ("acht", Cardinal(8)), ("achtzehn", Cardinal(18)), ("achtzig", Cardinal(80)),
    ("agosto", Month(8)), ("am", Am), ("amd", Currency(7)), ("and", And), ("août", Month(8)),
    ("apr", Month(4)), ("april", Month(4)), ("aug", Month(8)), ("august", Month(8)), ("avril", Month(4)),
    ("azn", Currency(4)), ("barrel", Measure(9)), ("barrels", Measure(9)),
    ("billion", Scale(1_000_000_000)), ("billions", Scale(1_000_000_000)), ("bn", Scale(1_000_000_000)),
    ("bpd", Measure(9)), ("catorce", Cardinal(14)), ("cent", Cent), ("centimeter", Measure(10)),
    ("centimeters", Measure(10)), ("centimetre", Measure(10)), ("centimetres", Measure(10)),
    ("chf", Currency(9)), ("cien", Hundred), ("ciento", Hundred), ("cinco", Cardinal(5)),
    ("cincuenta", Cardinal(50)), ("cinq", Cardinal(5)), ("cinquante", Cardinal(50)), ("cm", Measure(10)),
    ("cny", Currency(8)), ("cuarenta", Cardinal(40)), ("cuatro", Cardinal(4)), ("day", Duration(1_440)),
    ("days", Duration(1_440)), ("de", Of), ("dec", Month(12)), ("december", Month(12)),
    ("deux", Cardinal(2)), ("dezember", Month(12)), ("diciembre", Month(12)), ("diecinueve", Cardinal(19)),
    ("dieciocho", Cardinal(18)), ("diecisiete", Cardinal(17)), ("dieciséis", Cardinal(16)),
    ("dienstag", Weekday(2)), ("diez", Cardinal(10)), ("dimanche", Weekday(7)), ("dix", Cardinal(10)),
    ("dlr", Currency(0)), ("dlrs", Currency(0)), ("doce", Cardinal(12)), ("docena", Dozen),
    ("dollar", Currency(0)), ("dollars", Currency(0)), ("domingo", Weekday(7)), ("donnerstag", Weekday(4)),
    ("dos", Cardinal(2)), ("douze", Cardinal(12)), ("dozen", Dozen), ("dram", Currency(7)),
    ("drams", Currency(7)), ("drei", Cardinal(3)), ("dreissig", Cardinal(30)), ("dreizehn", Cardinal(13)),
    ("dreißig", Cardinal(30)), ("dutzend", Dozen), ("décembre", Month(12)), ("día", Duration(1_440)),
    ("días", Duration(1_440)), ("eight", Cardinal(8)), ("eighteen", Cardinal(18)),
    ("eighteenth", Ordinal(18)), ("eighth", Ordinal(8)), ("eighty", Cardinal(80)), ("eins", Cardinal(1)),
    ("eleven", Cardinal(11)), ("eleventh", Ordinal(11)), ("enero", Month(1)), ("eur", Currency(1)),
    ("euro", Currency(1)), ("euros", Currency(1)), ("feb", Month(2)), ("febrero", Month(2)),
    ("februar", Month(2)), ("february", Month(2)), ("feet", Measure(5)), ("fifteen", Cardinal(15)),
    ("fifteenth", Ordinal(15)), ("fifth", Ordinal(5)), ("fifty", Cardinal(50)), ("first", Ordinal(1)),
    ("five", Cardinal(5)), ("foot", Measure(5)), ("forty", Cardinal(40)), ("four", Cardinal(4)),
    ("fourteen", Cardinal(14)), ("fourteenth", Ordinal(14)), ("fourth", Ordinal(4)),
    ("franc", Currency(9)), ("francs", Currency(9)), ("freitag", Weekday(5)), ("friday", Weekday(5)),
    ("ft", Measure(5)), ("février", Month(2)), ("fünf", Cardinal(5)), ("fünfzehn", Cardinal(15)),
    ("fünfzig", Cardinal(50)), ("gbp", Currency(2)), ("ha", Measure(6)), ("hectare", Measure(6)),
    ("hectares", Measure(6)), ("heure", Duration(60)), ("heures", Duration(60)), ("hora", Duration(60)),
    ("horas", Duration(60)), ("hour", Duration(60)), ("hours", Duration(60)), ("hr", Duration(60)),
    ("hrs", Duration(60)), ("huit", Cardinal(8)), ("hundert", Hundred), ("hundred", Hundred),
    ("inr", Currency(10)), ("jan", Month(1)), ("januar", Month(1)), ("january", Month(1)),
    ("janvier", Month(1)), ("jeudi", Weekday(4)), ("jour", Duration(1_440)), ("jours", Duration(1_440)),
    ("jpy", Currency(6)), ("jueves", Weekday(4)), ("juillet", Month(7)), ("juin", Month(6)),
    ("jul", Month(7)), ("juli", Month(7)), ("julio", Month(7)), ("july", Month(7)), ("jun", Month(6)),
    ("june", Month(6)), ("juni", Month(6)), ("junio", Month(6)), ("k", Scale(1_000)), ("kg", Measure(3)),
    ("kilo", Measure(3)), ("kilogram", Measure(3)), ("kilograms", Measure(3)), ("kilometer", Measure(0)),
    ("kilometers", Measure(0)), ("kilometre", Measure(0)), ("kilometres", Measure(0)),
    ("kilos", Measure(3)), ("km", Measure(0)), ("kms", Measure(0)), ("lira", Currency(5)),
    ("liras", Currency(5)), ("liter", Measure(8)), ("liters", Measure(8)), ("litre", Measure(8)),
    ("litres", Measure(8)), ("lundi", Weekday(1)), ("lunes", Weekday(1)), ("mai", Month(5)),
    ("manat", Currency(4)), ("manats", Currency(4)), ("mar", Month(3)), ("march", Month(3)),
    ("mardi", Weekday(2)), ("martes", Weekday(2)), ("marzo", Month(3)), ("may", Month(5)),
    ("mayo", Month(5)), ("mercredi", Weekday(3)), ("meter", Measure(1)), ("meters", Measure(1)),
    ("metre", Measure(1)), ("metres", Measure(1)), ("midday", Noon), ("midnight", Midnight),
    ("mil", Scale(1_000)), ("mile", Measure(2)), ("miles", Measure(2)), ("mille", Scale(1_000)),
    ("milliard", Scale(1_000_000_000)), ("milliarde", Scale(1_000_000_000)),
    ("milliarden", Scale(1_000_000_000)), ("milliards", Scale(1_000_000_000)),
    ("million", Scale(1_000_000)), ("millionen", Scale(1_000_000)), ("millions", Scale(1_000_000)),
    ("millones", Scale(1_000_000)), ("millón", Scale(1_000_000)), ("min", Duration(1)),
    ("mins", Duration(1)), ("minute", Duration(1)), ("minuten", Duration(1)), ("minutes", Duration(1)),
    ("minutos", Duration(1)), ("mio", Scale(1_000_000)), ("mitternacht", Midnight),
    ("mittwoch", Weekday(3)), ("miércoles", Weekday(3)), ("mln", Scale(1_000_000)),
    ("mn", Scale(1_000_000)), ("monday", Weekday(1)), ("montag", Weekday(1)), ("mph", Measure(7)),
    ("mrd", Scale(1_000_000_000)), ("märz", Month(3)), ("neuf", Cardinal(9)), ("neun", Cardinal(9)),
    ("neunzehn", Cardinal(19)), ("neunzig", Cardinal(90)), ("nine", Cardinal(9)),
    ("nineteen", Cardinal(19)), ("nineteenth", Ordinal(19)), ("ninety", Cardinal(90)),
    ("ninth", Ordinal(9)), ("noon", Noon), ("nov", Month(11)), ("november", Month(11)),
    ("novembre", Month(11)), ("noventa", Cardinal(90)), ("noviembre", Month(11)), ("nueve", Cardinal(9)),
    ("null", Cardinal(0)), ("o'clock", Oclock), ("ochenta", Cardinal(80)), ("ocho", Cardinal(8)),
    ("oct", Month(10)), ("october", Month(10)), ("octobre", Month(10)), ("octubre", Month(10)), ("of", Of),
    ("oktober", Month(10)), ("one", Cardinal(1)), ("onze", Cardinal(11)), ("pct", Percent), ("per", Per),
    ("percent", Percent), ("pm", Pm), ("pound", Currency(2)), ("pounds", Currency(2)),
    ("prozent", Percent), ("quarante", Cardinal(40)), ("quatorze", Cardinal(14)), ("quatre", Cardinal(4)),
    ("quince", Cardinal(15)), ("quinientos", Cardinal(500)), ("quinze", Cardinal(15)),
    ("renminbi", Currency(8)), ("rouble", Currency(3)), ("roubles", Currency(3)), ("rub", Currency(3)),
    ("ruble", Currency(3)), ("rubles", Currency(3)), ("rupee", Currency(10)), ("rupees", Currency(10)),
    ("samedi", Weekday(6)), ("samstag", Weekday(6)), ("saturday", Weekday(6)), ("sechs", Cardinal(6)),
    ("sechzehn", Cardinal(16)), ("sechzig", Cardinal(60)), ("second", Ordinal(2)), ("seis", Cardinal(6)),
    ("seize", Cardinal(16)), ("semaine", Duration(10_080)), ("semaines", Duration(10_080)),
    ("semana", Duration(10_080)), ("semanas", Duration(10_080)), ("sep", Month(9)), ("sept", Month(9)),
    ("september", Month(9)), ("septembre", Month(9)), ("septiembre", Month(9)), ("sesenta", Cardinal(60)),
    ("setenta", Cardinal(70)), ("seven", Cardinal(7)), ("seventeen", Cardinal(17)),
    ("seventeenth", Ordinal(17)), ("seventh", Ordinal(7)), ("seventy", Cardinal(70)),
    ("sieben", Cardinal(7)), ("siebzehn", Cardinal(17)), ("siebzig", Cardinal(70)), ("siete", Cardinal(7)),
    ("six", Cardinal(6)), ("sixteen", Cardinal(16)), ("sixteenth", Ordinal(16)), ("sixth", Ordinal(6)),
    ("sixty", Cardinal(60)), ("soixante", Cardinal(60)), ("sonntag", Weekday(7)),
    ("sterling", Currency(2)), ("stg", Currency(2)), ("stunde", Duration(60)), ("stunden", Duration(60)),
    ("sunday", Weekday(7)), ("sábado", Weekday(6)), ("tag", Duration(1_440)), ("tage", Duration(1_440)),
    ("tagen", Duration(1_440)), ("tausend", Scale(1_000)), ("ten", Cardinal(10)), ("tenth", Ordinal(10)),
    ("the", The), ("third", Ordinal(3)), ("thirteen", Cardinal(13)), ("thirteenth", Ordinal(13)),
    ("thirtieth", Ordinal(30)), ("thirty", Cardinal(30)), ("thousand", Scale(1_000)),
    ("three", Cardinal(3)), ("thursday", Weekday(4)), ("tn", Scale(1_000_000_000_000)),
    ("ton", Measure(4)), ("tonne", Measure(4)), ("tonnes", Measure(4)), ("tons", Measure(4)),
    ("trece", Cardinal(13)), ("treinta", Cardinal(30)), ("treize", Cardinal(13)), ("trente", Cardinal(30)),
    ("tres", Cardinal(3)), ("trillion", Scale(1_000_000_000_000)), ("trillions", Scale(1_000_000_000_000)),
    ("trln", Scale(1_000_000_000_000)), ("trn", Scale(1_000_000_000_000)), ("trois", Cardinal(3)),
    ("tsd", Scale(1_000)), ("tuesday", Weekday(2)), ("twelfth", Ordinal(12)), ("twelve", Cardinal(12)),
    ("twentieth", Ordinal(20)), ("twenty", Cardinal(20)), ("two", Cardinal(2)), ("uhr", Oclock),
    ("und", And), ("uno", Cardinal(1)), ("usd", Currency(0)), ("veinte", Cardinal(20)),
    ("vendredi", Weekday(5)), ("vier", Cardinal(4)), ("viernes", Weekday(5)), ("vierzehn", Cardinal(14)),
    ("vierzig", Cardinal(40)), ("vingt", Cardinal(20)), ("wednesday", Weekday(3)),
    ("week", Duration(10_080)), ("weeks", Duration(10_080)), ("woche", Duration(10_080)),
    ("wochen", Duration(10_080)), ("y", And), ("yen", Currency(6)), ("yuan", Currency(8)),
    ("zehn", Cardinal(10)), ("zero", Cardinal(0)), ("zwanzig", Cardinal(20)), ("zwei", Cardinal(2)),
    ("zwölf", Cardinal(12)), ("августа", Month(8)), ("апреля", Month(4)), ("восемнадцать", Cardinal(18)),
    ("восемь", Cardinal(8)), ("восемьдесят", Cardinal(80)), ("воскресенье", Weekday(7)),
    ("вторник", Weekday(2)), ("два", Cardinal(2)), ("двадцать", Cardinal(20)), ("две", Cardinal(2)),
    ("двенадцать", Cardinal(12)), ("двести", Cardinal(200)), ("девяносто", Cardinal(90)),
    ("девятнадцать", Cardinal(19)), ("девять", Cardinal(9)), ("декабря", Month(12)),
    ("день", Duration(1_440)), ("десять", Cardinal(10)), ("дней", Duration(1_440)),
    ("дня", Duration(1_440)), ("доллар", Currency(0)), ("доллара", Currency(0)), ("долларов", Currency(0)),
    ("дюжина", Dozen), ("евро", Currency(1)), ("июля", Month(7)), ("июня", Month(6)), ("марта", Month(3)),
    ("мая", Month(5)), ("миллиард", Scale(1_000_000_000)), ("миллиарда", Scale(1_000_000_000)),
    ("миллиардов", Scale(1_000_000_000)), ("миллион", Scale(1_000_000)), ("миллиона", Scale(1_000_000)),
    ("миллионов", Scale(1_000_000)), ("минут", Duration(1)), ("минуты", Duration(1)),
    ("млн", Scale(1_000_000)), ("млрд", Scale(1_000_000_000)), ("недели", Duration(10_080)),
    ("недель", Duration(10_080)), ("неделя", Duration(10_080)), ("ноября", Month(11)),
    ("один", Cardinal(1)), ("одиннадцать", Cardinal(11)), ("одна", Cardinal(1)), ("октября", Month(10)),
    ("понедельник", Weekday(1)), ("процент", Percent), ("процента", Percent), ("процентов", Percent),
    ("пятнадцать", Cardinal(15)), ("пятницу", Weekday(5)), ("пять", Cardinal(5)),
    ("пятьдесят", Cardinal(50)), ("пятьсот", Cardinal(500)), ("рублей", Currency(3)),
    ("рубль", Currency(3)), ("рубля", Currency(3)), ("семнадцать", Cardinal(17)), ("семь", Cardinal(7)),
    ("семьдесят", Cardinal(70)), ("сентября", Month(9)), ("сорок", Cardinal(40)), ("среду", Weekday(3)),
    ("сто", Hundred), ("субботу", Weekday(6)), ("три", Cardinal(3)), ("тридцать", Cardinal(30)),
    ("тринадцать", Cardinal(13)), ("триста", Cardinal(300)), ("тысяч", Scale(1_000)),
    ("тысяча", Scale(1_000)), ("тысячи", Scale(1_000)), ("февраля", Month(2)), ("час", Duration(60)),
    ("часа", Duration(60)), ("часов", Duration(60)), ("четверг", Weekday(4)), ("четыре", Cardinal(4)),
    ("четыреста", Cardinal(400)), ("четырнадцать", Cardinal(14)), ("шестнадцать", Cardinal(16)),
    ("шесть", Cardinal(6)), ("шестьдесят", Cardinal(60)), ("январь", Month(1)), ("января", Month(1)),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_096))]

        #[test]
        fn a_prefix_is_made_at_once(word in "[A-Za-z0-9@\\[`{é]{0,12}") {
            prop_assert_eq!(prefix_at_once(word.as_bytes()), prefix(word.as_bytes()));
        }
    }

    #[test]
    fn the_table_is_sorted_and_knows_its_longest_word() {
        assert!(TERMS.is_sorted_by(|x, y| x.0 < y.0));
        assert_eq!(TERMS.iter().map(|entry| entry.0.len()).max(), Some(LONGEST));
        assert!(
            TERMS.iter().all(|entry| !entry.0.starts_with(|c: char| c.is_ascii_digit())),
            "digits are no term"
        );
        assert_eq!(
            [term("seven"), term("bn"), term("seventh-day")],
            [Some(Cardinal(7)), Some(Scale(1_000_000_000)), None]
        );
    }
}
