use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::model::Flags;
use crate::normalize::lexicon::Rules;
use crate::statistics::{Background, prior};

const AS_TYPED: Spelling = Spelling { diacritics: Diacritics::Keep, profile: Profile::News };

fn normalizer() -> Normalizer {
    Normalizer::new(NormalizeParams::default()).unwrap()
}

fn language(code: &str) -> Language {
    Language::from_code(code).unwrap_or(Language::UNKNOWN)
}

fn tokens_in(text: &str, language: Language) -> Tokens {
    let normalizer = normalizer();
    normalizer.tokens(text, language, &mut normalizer.lexicon())
}

/// Tokens of a text by the slow path alone, each word counted by comparing it with all others.
fn slow_tokens(text: &str, language: Language, normalizer: &Normalizer) -> Tokens {
    let mut lexicon = normalizer.lexicon();
    let mut writer = Writer::new(text, lexicon.vocabulary(language, normalizer.spelling));
    scan::scan_slowly(text, &mut writer);
    let mut tokens = writer.finish();
    for (place, key) in tokens.places.iter_mut().zip(&tokens.keys) {
        let counted = match tokens.keys.iter().filter(|other| *other == key).count() {
            1 => Flags::default(),
            2 | 3 => Flags::REPEATED,
            _ => Flags::REPEATED.with(Flags::FREQUENT),
        };
        place.flags = place.flags.with(counted);
    }
    tokens
}

fn slices<'t>(text: &'t str, tokens: &Tokens) -> Vec<&'t str> {
    (0..tokens.len()).map(|index| &text[tokens.bytes(index).range()]).collect()
}

/// The tokens' texts, after checking what holds for every text.
#[track_caller]
fn words(text: &str, code: &str) -> Vec<String> {
    let tokens = tokens_in(text, language(code));
    assert_lawful(text, language(code), &tokens);
    slices(text, &tokens).into_iter().map(str::to_owned).collect()
}

/// What holds for every text: places rise, lie on character boundaries and lead back to the key; both paths agree.
#[track_caller]
fn assert_lawful(text: &str, language: Language, tokens: &Tokens) {
    let rules = Rules::new(language, AS_TYPED);
    let mut end = 0;
    for (index, slice) in slices(text, tokens).into_iter().enumerate() {
        let (place, key) = (tokens.places[index], tokens.keys[index]);
        assert!(place.start >= end && place.len > 0, "{slice:?} overlaps in {text:?}");
        end = place.start + u32::from(place.len);
        if !place.flags.has(Flags::GRAM) {
            assert_eq!(key, rules.word(slice).key, "{slice:?} in {text:?}");
            assert_eq!(
                place.flags.has(Flags::NUMBER),
                fold(slice).contains(script::is_digit),
                "{slice:?} in {text:?}"
            );
        }
    }
    assert_eq!(*tokens, slow_tokens(text, language, &normalizer()), "{text:?}");
}

const AS_PRINTED: Spelling = Spelling { diacritics: Diacritics::Drop, profile: Profile::Ocr };

/// Tokens of English print read by a machine, after checking what holds for every text.
#[track_caller]
fn printed_tokens(text: &str) -> Tokens {
    let (english, rules) = (language("en"), Rules::new(language("en"), AS_PRINTED));
    let normalizer =
        Normalizer::new(NormalizeParams { profile: Profile::Ocr, ..NormalizeParams::default() }).unwrap();
    let tokens = normalizer.tokens(text, english, &mut normalizer.lexicon());
    let mut end = 0;
    for (index, slice) in slices(text, &tokens).into_iter().enumerate() {
        let place = tokens.places[index];
        assert!(place.start >= end && place.len > 0, "{slice:?} overlaps in {text:?}");
        end = place.start + u32::from(place.len);
        assert!(place.flags.has(Flags::GRAM) || tokens.keys[index] == rules.word(slice).key, "{slice:?}");
    }
    assert_eq!(tokens, slow_tokens(text, english, &normalizer), "{text:?}");
    tokens
}

#[test]
fn machine_read_print_is_mended_in_place() {
    let cases: &[(&str, &[&str])] = &[
        ("the re\nmaining men", &["the", "re\nmaining", "men"]),
        ("the re-\nmaining men", &["the", "re-\nmaining", "men"]),
        ("con\u{ac}\n  tinued con= \ntinued", &["con\u{ac}\n  tinued", "con= \ntinued"]),
        ("Never theless, expe rience", &["Never theless", "expe rience"]),
        ("most ofthe men", &["most", "of", "the", "men"]),
        ("re\n\nmaining re, maining", &["re", "maining", "re", "maining"]),
        ("the king was in Paris", &["the", "king", "was", "in", "Paris"]),
        ("re\n", &["re"]),
    ];
    for (text, expected) in cases {
        assert_eq!(slices(text, &printed_tokens(text)), *expected, "{text:?}");
    }
    let keys = |text| printed_tokens(text).keys;
    assert_eq!(
        keys("he doclared tbat ail re\nmaining ofthe meu"),
        keys("he declared that all remaining of the men")
    );
    assert_ne!(keys("1916"), keys("1910"));
    let stops: Vec<bool> = (0..2).map(|at| printed_tokens("tbe ministry").is(at, Flags::STOP)).collect();
    assert_eq!(stops, [true, false], "a misread function word is one");
}

/// Keys of a text by itself.
fn keys(text: &str, code: &str) -> Vec<u64> {
    tokens_in(text, language(code)).keys
}

#[test]
fn finds_words_in_every_script() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "en",
            "The U.S. said it’s 13:00, not 1,000.",
            &["The", "U.S", "said", "it’s", "13:00", "not", "1,000"],
        ),
        ("en", "at 1:00 p.m. on the 10th, $3.5bn", &["at", "1:00", "p.m", "on", "the", "10th", "3.5bn"]),
        ("en", "“Peace,”—he said…then left", &["Peace", "he", "said", "then", "left"]),
        ("en", "anti-terrorist 2023-09-19 AT&T", &["anti", "terrorist", "2023", "09", "19", "AT", "T"]),
        (
            "en",
            "Armenias' Armenia's Armenia’s rock'n'roll",
            &["Armenias", "Armenia's", "Armenia’s", "rock'n'roll"],
        ),
        ("en", "recon-\n  struction gov-\r\nernment", &["recon-\n  struction", "gov-\r\nernment"]),
        ("en", "wholly-\nowned anti-\nterrorist", &["wholly", "owned", "anti", "terrorist"]),
        ("xx", "anti-\nterrorist", &["anti-\nterrorist"]),
        (
            "en",
            "pre-\n\nwar non-\nEU 5-\nday a -\nb x--\ny",
            &["pre", "war", "non", "EU", "5", "day", "a", "b", "x", "y"],
        ),
        (
            "en",
            "cafe\u{301} na\u{ad}ïve zero\u{200b}width",
            &["cafe\u{301}", "na\u{ad}ïve", "zero\u{200b}width"],
        ),
        ("en", "said.The end:next a,b 1,2,3", &["said", "The", "end", "next", "a", "b", "1,2,3"]),
        ("fr", "L’accord d'aujourd'hui : 1\u{202f}000 €", &["L’accord", "d'aujourd'hui", "1\u{202f}000"]),
        ("ru", "Ещё 20\u{a0}000 «своих» из-за", &["Ещё", "20\u{a0}000", "своих", "из", "за"]),
        ("uk", "п’ять м'яч", &["п’ять", "м'яч"]),
        ("ar", "قالت وزارةُ الدفاع، ٢٠٢٣", &["قالت", "وزارةُ", "الدفاع", "٢٠٢٣"]),
        ("az", "Bakı, İlham Əliyev və Ermənistan'ın", &["Bakı", "İlham", "Əliyev", "və", "Ermənistan'ın"]),
        ("el", "Η Ελλάδα· οι «Αθήνες»", &["Η", "Ελλάδα", "οι", "Αθήνες"]),
        ("he", "צה\"ל אמר: שלום", &["צה\"ל", "אמר", "שלום"]),
        ("hi", "भारत ने कहा कि ५० लोग।", &["भारत", "ने", "कहा", "कि", "५०", "लोग"]),
        ("th", "หยุดยิง 5 วัน", &["ห", "ยุ", "ด", "ยิ", "ง", "5", "วั", "น"]),
        ("zh", "停火协议，2023年", &["停", "火", "协", "议", "2023", "年"]),
        ("ja", "ＮＨＫは２０日、ガザで", &["ＮＨＫ", "は", "２０", "日", "ガ", "ザ", "で"]),
        ("ko", "정부는 20일 휴전을", &["정부는", "20일", "휴전을"]),
        ("my", "မြန်မာ", &["မြ", "န်", "မာ"]),
        ("km", "ខ្មែរ", &["ខ្", "មែ", "រ"]),
        ("en", "fire 🔥🇦🇿 👩‍👩‍👧 1️⃣ ok", &["fire", "1", "ok"]),
        (
            "en",
            "_emphasis_ snake_case ___ #tag @name a/b",
            &["emphasis", "snake_case", "tag", "name", "a", "b"],
        ),
        ("en", "", &[]),
        ("en", " \n\t.,;:!?\u{feff}\u{200b}", &[]),
    ];
    for (code, text, expected) in cases {
        assert_eq!(words(text, code), *expected, "{text}");
    }
}

#[test]
fn words_that_differ_in_writing_only_have_one_key() {
    let cases: &[(&str, &[&str])] = &[
        (
            "en",
            &["Armenia", "ARMENIA", "Armenia's", "Armenia’s", "armenias", "Ar\u{ad}menia", "Ａｒｍｅｎｉａ"],
        ),
        ("en", &["don't", "don’t", "DON‘T", "don\u{ff07}t"]),
        ("en", &["1000", "1,000", "1'000", "1’000", "1\u{a0}000", "1\u{2009}000", "１０００", "١٠٠٠"]),
        ("en", &["1000.5", "1,000.5", "1.000,5"]),
        ("en", &["reconstruction", "recon-\nstruction", "recon\u{ad}\nstruction", "Reconstruction"]),
        ("fr", &["clichéen", "cliché-\nen", "cliche\u{301}-\nen", "cliche\u{301}\u{ad}\nen"]),
        ("en", &["announce", "announced", "announces", "announcing"]),
        ("en", &["U.S", "US", "u.s"]),
        ("fr", &["accord", "l'accord", "L’Accord", "d’accord"]),
        ("tr", &["Ankara", "ANKARA", "Ankara'nın", "Ankara’da"]),
        ("az", &["BAKI", "Bakı", "bakı", "Baki"]),
        ("az", &["İLHAM", "İlham", "ilham", "I\u{307}lham"]),
        ("ru", &["ёлка", "елка", "Ёлка", "ЕЛКА", "е\u{308}лка"]),
        ("el", &["οδός", "ΟΔΟΣ", "Οδος"]),
        ("ar", &["الأمم", "الامم", "الأُمَمُ", "الأمـــم"]),
        ("he", &["שלום", "שָׁלוֹם"]),
        ("de", &["Straße", "STRASSE", "Strasse"]),
        ("hi", &["५०", "50"]),
        ("ko", &["휴전", "휴전"]),
    ];
    for (code, spellings) in cases {
        let expected = keys(spellings[0], code);
        assert_eq!(expected.len(), 1, "{}", spellings[0]);
        for spelling in *spellings {
            assert_eq!(keys(spelling, code), expected, "{code}: {spelling} and {}", spellings[0]);
        }
    }
}

#[test]
fn words_that_differ_have_other_keys() {
    for (a, b) in
        [("1.5", "15"), ("1.5", "1.50"), ("13:00", "1300"), ("Baku", "Bakes"), ("10", "10th"), ("й", "и")]
    {
        assert_ne!(keys(a, "en"), keys(b, "en"), "{a} {b}");
    }
}

#[test]
fn keys_are_the_same_on_every_machine() {
    let rules = Rules::new(language("en"), AS_TYPED);
    let keys: Vec<String> =
        ["ceasefire", "Announced", "1,000"].map(|word| format!("{:016x}", rules.word(word).key)).into();
    expect_test::expect!["74b276f60be777be 9fce94b58d74cc30 1a5f7e128d78b01e"].assert_eq(&keys.join(" "));
}

#[test]
fn a_shared_run_of_characters_shares_all_keys_but_its_last() {
    let (one, two) = (keys("他说停火协议已经", "zh"), keys("双方停火协议。", "zh"));
    assert_eq!(one[2..5], two[2..5]);
    assert_ne!(one[5], two[5]);
    assert_eq!(keys("停火\n协议", "zh"), keys("停火协议", "zh"), "a line break inside a run");
    assert_ne!(keys("停火\n\n协议", "zh"), keys("停火协议", "zh"), "a paragraph break ends it");
    assert_eq!(keys("ガザ", "ja"), keys("ｶﾞｻﾞ", "ja"), "half width");
}

/// Sentences of a text: `|` after the last token of each, `¶` before the first of a paragraph.
fn sentences(text: &str) -> String {
    let tokens = tokens_in(text, language("en"));
    let mark = |index: usize, word: &str| {
        let start = if tokens.is(index, Flags::PARAGRAPH_START) { "¶" } else { "" };
        format!("{start}{word}{}", if tokens.is(index, Flags::SENTENCE_END) { "|" } else { "" })
    };
    slices(text, &tokens)
        .iter()
        .enumerate()
        .map(|(index, word)| mark(index, word))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn sentences_end_where_a_reader_would_say() {
    for (text, expected) in [
        ("He left. She stayed.", "¶He left| She stayed|"),
        ("He left.” “She stayed", "¶He left| She stayed|"),
        ("He left, on\nTuesday night", "¶He left on Tuesday night|"),
        ("Mr. Smith of the U.S. Army met J. Doe", "¶Mr Smith of the U.S Army met J Doe|"),
        ("on Sept. 20 at 1 p.m. Baku time", "¶on Sept 20 at 1 p.m Baku time|"),
        ("grew 1.5 percent. 20 people", "¶grew 1.5 percent| 20 people|"),
        ("Really?! Yes… No", "¶Really| Yes| No|"),
        ("He said. that", "¶He said that|"),
        ("Title\n\nBody text", "¶Title| ¶Body text|"),
        ("Title\r\n \r\nBody", "¶Title| ¶Body|"),
        ("Title\r\nBody", "¶Title Body|"),
        ("terms:\n 1. The forces\n 2. The arms", "¶terms| 1 The forces| 2 The arms|"),
        ("terms:\n- forces;\n- arms", "¶terms| forces| arms|"),
        ("bread\n• milk\n• eggs", "¶bread| milk| eggs|"),
        ("the war\n- which began", "¶the war which began|"),
        ("停火。协议", "¶停 火| 协 议|"),
        ("कहा। वे", "¶कहा| वे|"),
        ("in 2023. Then", "¶in 2023| Then|"),
        ("", ""),
    ] {
        assert_eq!(sentences(text), expected, "{text}");
    }
}

#[test]
fn flags_tell_words_that_a_text_repeats() {
    let text = "The war, wars, WAR: the wars end, and the end.";
    let tokens = tokens_in(text, language("en"));
    let told: Vec<String> = slices(text, &tokens)
        .into_iter()
        .enumerate()
        .map(|(index, word)| match (tokens.is(index, Flags::REPEATED), tokens.is(index, Flags::FREQUENT)) {
            (true, true) => format!("{word}++"),
            (true, false) => format!("{word}+"),
            _ => word.to_owned(),
        })
        .collect();
    assert_eq!(told.join(" "), "The+ war++ wars++ WAR++ the+ wars++ end+ and the+ end+");
}

#[test]
fn flags_tell_function_words_numbers_and_capitals() {
    let text = "The Baku 10th of us iPhone 5";
    let tokens = tokens_in(text, language("en"));
    let flags: Vec<String> = (0..tokens.len())
        .map(|index| {
            let letters =
                [(Flags::STOP, 's'), (Flags::NUMBER, 'n'), (Flags::CAPITAL, 'c'), (Flags::GRAM, 'g')];
            letters.iter().filter(|(flag, _)| tokens.is(index, *flag)).map(|(_, letter)| letter).collect()
        })
        .collect();
    assert_eq!(flags, ["sc", "c", "n", "s", "s", "", "n"]);
    let grams = tokens_in("停火", language("zh"));
    assert!(grams.is(0, Flags::GRAM) && !grams.is(0, Flags::STOP));
}

#[test]
fn weights_come_from_the_table_the_number_or_the_length() {
    let table = Background::of("en", Profile::News).unwrap();
    let tokens = tokens_in("the ministry xyzzyplugh 2023", language("en"));
    let weights: Vec<u8> = tokens.places.iter().map(|place| place.surprisal).collect();
    assert!(weights[0] < 48 && (64..120).contains(&weights[1]), "{weights:?}");
    assert_eq!(weights[2..], [table.rarest().unwrap(), prior::number("2023")]);
    let tokens = tokens_in("vel ministerium", Language::UNKNOWN);
    let weights: Vec<u8> = tokens.places.iter().map(|place| place.surprisal).collect();
    assert_eq!(weights, [prior::any_word(3), prior::any_word(11)]);
    let table = Background::of("de", Profile::News).unwrap();
    let tokens = tokens_in("die Woche xyzzypluge", language("de"));
    let weights: Vec<u8> = tokens.places.iter().map(|place| place.surprisal).collect();
    assert_eq!(weights[..2], [0, 1].map(|at| table.surprisal(tokens.keys[at]).unwrap()));
    assert!(weights[0] < prior::function_word() && weights[1] > 9 * 8, "{weights:?}");
    assert_eq!((table.surprisal(tokens.keys[2]), weights[2]), (None, prior::content_word(9)));
    let tokens = tokens_in("və nazirliyi", language("az"));
    let weights: Vec<u8> = tokens.places.iter().map(|place| place.surprisal).collect();
    assert_eq!(weights, [prior::function_word(), prior::content_word(9)]);
}

#[test]
fn a_language_is_forced_declared_recognized_or_unknown() {
    let forced =
        Normalizer::new(NormalizeParams { language: Some("tr".into()), ..Default::default() }).unwrap();
    assert_eq!(forced.language("The ministry said on the day", Some("en")), language("tr"));
    let cases = [
        ("The ministry said", Some("de-AT"), "de"),
        ("The ministry of the republic said that it was not over", Some("??"), "en"),
        ("Bildirilir ki, bu qərar ölkə üçün çox vacibdir və həmin gün qəbul olunub", None, "az"),
        ("Bu karar ülke için çok önemli ve aynı gün kabul edildi, daha sonra da", None, "tr"),
        ("Министерство обороны сообщило, что это было не так", None, "ru"),
        ("停火协议已经达成，双方同意撤军", None, "zh"),
        ("정부는 휴전 협정에 동의했다고 밝혔다", None, "ko"),
        ("12 345 67", None, "unknown"),
        ("", None, "unknown"),
    ];
    for (text, declared, expected) in cases {
        assert_eq!(normalizer().language(text, declared).to_string(), expected, "{text}");
    }
}

#[test]
fn refuses_an_unknown_forced_language_and_names_the_known_ones() {
    let refused = Normalizer::new(NormalizeParams { language: Some("klingon".into()), ..Default::default() });
    let message = refused.unwrap_err().to_string();
    assert!(
        message.starts_with("unknown language `klingon` for --language; known are: af, ak, "),
        "{message}"
    );
}

#[test]
fn diacritics_fold_on_request_only() {
    let folding = Normalizer::new(NormalizeParams { fold_diacritics: true, ..Default::default() }).unwrap();
    let mut lexicon = folding.lexicon();
    let french = language("fr");
    assert_eq!(
        folding.tokens("président", french, &mut lexicon).keys,
        folding.tokens("President", french, &mut lexicon).keys
    );
    assert_ne!(keys("président", "fr"), keys("president", "fr"));
    // A lexicon that another normalizer filled does no harm.
    assert_eq!(normalizer().tokens("président", french, &mut lexicon).keys, keys("président", "fr"));
}

#[test]
fn threads_share_a_normalizer_and_take_a_lexicon_along() {
    fn check<N: Send + Sync, L: Send>(_: &N, _: &L) {}
    check(&normalizer(), &normalizer().lexicon());
}

/// What they cost is a case of `benches/growth.rs`.
#[test]
fn the_tokens_of_a_text_without_spaces_are_its_words() {
    for unit in ["a", "1", "x-\n", "é.", "字"] {
        let text = unit.repeat(3_000) + "é\n1";
        let tokens = tokens_in(&text, language("en"));
        let is_word = |c: &char| c.is_alphanumeric();
        let read: String = slices(&text, &tokens).concat().chars().filter(is_word).collect();
        let expected: String = text.chars().filter(is_word).collect();
        assert_eq!(read, expected, "{unit}");
    }
}

#[test]
fn very_long_words_are_cut_at_character_boundaries() {
    for text in
        ["a".repeat(2500), "é".repeat(1500), "e\u{301}".repeat(1000), "字".repeat(50_000), "9".repeat(70_000)]
    {
        let tokens = tokens_in(&text, Language::UNKNOWN);
        let slices = slices(&text, &tokens);
        assert!(slices.iter().all(|slice| slice.len() <= 1024));
        assert_eq!(slices.concat(), text);
    }
    let marks = format!("a{}", "\u{301}".repeat(3000));
    assert_eq!(tokens_in(&marks, Language::UNKNOWN).len(), 1);
}

#[test]
fn texts_that_once_broke_a_law_keep_it() {
    for text in
        ["'\u{64e}", "¹", "ßʼ1", "é.한\u{64e}", "é:ाé", ".\u{3099}", "\u{e1}.\u{1112}\u{1161}\u{11ab}"]
    {
        for code in ["en", "tr"] {
            assert_lawful(text, language(code), &tokens_in(text, language(code)));
        }
        let alone: Vec<String> = words(text, "en").iter().flat_map(|word| words(word, "en")).collect();
        assert_eq!(alone, words(text, "en"), "{text}");
    }
}

/// Text out of pieces that the rules are about.
fn tricky(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|chosen| chosen.concat())
}

const ASCII_PIECES: &[&str] = &[
    "a", "B", "the", "Mr", "1", "23", "000", ".", ",", ":", ";", "'", "\"", "_", "-", " ", " ", "\n", "\r\n",
    "\t", "s", "(", ")", "!", "?", "/", "U.S", "\u{0}", "\u{1b}", "n't", "'s",
];

const WIDE_PIECES: &[&str] = &[
    "a", "Z", "1", "000", ".", ",", ":", "'", "’", "‘", "“", "”", "—", "-", "…", "_", " ", "\n", "é",
    "e\u{301}", "ß", "ı", "İ", "Я", "ё", "ж", "Σ", "ά", "أ", "ب", "َ", "،", "ـ", "ש", "״", "ा", "क", "ไ", "ท",
    "停", "ガ", "カ", "゙", "ー", "한", "ᄒ", "ﬁ", "Ａ", "１", "：", "．", "\u{ad}", "\u{200b}", "\u{200d}",
    "\u{feff}", "\u{a0}", "\u{202f}", "\u{2009}", "«", "🙂", "🇦", "\u{fe0f}", "\u{20e3}", "ʼ", "·", "٣", "٬",
    "\u{2024}", "\u{2028}", "\u{85}", "\u{301}",
];

const PRINTED_PIECES: &[&str] = &[
    "re", "maining", "the", "of", "ofthe", "con", "tinued", "expe", "rience", "1", "0", "e", "A", "é", "ß",
    "停", " ", " ", "\n", "\r\n", "-", "=", "~", "\u{ac}", "\u{ad}", "'", ".", ",", "_", "\u{301}",
];

proptest! {
    #[test]
    fn machine_read_print_keeps_the_laws(text in tricky(PRINTED_PIECES)) {
        printed_tokens(&text);
    }

    #[test]
    fn any_machine_read_print_keeps_the_laws(text in "\\PC{0,40}") {
        printed_tokens(&text);
    }

    #[test]
    fn ascii_text_keeps_the_laws(text in tricky(ASCII_PIECES)) {
        let tokens = tokens_in(&text, language("en"));
        assert_lawful(&text, language("en"), &tokens);
    }

    #[test]
    fn any_ascii_keeps_the_laws(text in "[ -~\n\t]{0,200}") {
        let tokens = tokens_in(&text, language("fr"));
        assert_lawful(&text, language("fr"), &tokens);
    }

    #[test]
    fn text_of_many_scripts_keeps_the_laws(text in tricky(WIDE_PIECES)) {
        let tokens = tokens_in(&text, language("tr"));
        assert_lawful(&text, language("tr"), &tokens);
    }

    #[test]
    fn any_text_keeps_the_laws(text in "\\PC{0,40}") {
        let tokens = tokens_in(&text, Language::UNKNOWN);
        assert_lawful(&text, Language::UNKNOWN, &tokens);
    }

    #[test]
    fn a_token_by_itself_is_the_same_token(text in tricky(WIDE_PIECES)) {
        let tokens = tokens_in(&text, language("en"));
        for (index, slice) in slices(&text, &tokens).into_iter().enumerate() {
            let alone = tokens_in(slice, language("en"));
            prop_assert_eq!(slices(slice, &alone), [slice]);
            prop_assert!(tokens.is(index, Flags::GRAM) || alone.keys[0] == tokens.keys[index], "{:?}", slice);
        }
    }

    #[test]
    fn canonical_forms_have_equal_keys(text in tricky(WIDE_PIECES)) {
        use unicode_normalization::UnicodeNormalization;
        let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
        for code in ["en", "tr", "ar"] {
            prop_assert_eq!(keys(&nfc, code), keys(&nfd, code), "{:?}", text);
        }
    }

    #[test]
    fn nothing_ends_in_a_quiet_gap(
        gap in "[ ,\n.;-]{1,6}|:|-\n|[\\x00-/:-@\\[-`{-\\x7f]{1,3}",
        before in "word|1|Mr|U\\.S",
        after in "[a-cA-C1] ?[.)x] ?|000",
    ) {
        use crate::normalize::sentence::{Boundary, boundary};
        if writer::is_quiet(gap.as_bytes(), after.as_bytes()[0]) {
            prop_assert_eq!(boundary("", &before, &gap, &after), Boundary::Inside, "{:?} {:?}", gap, after);
            let text = format!("{before}{gap}{after}");
            let mut lexicon = normalizer().lexicon();
            let mut writer = Writer::new(&text, lexicon.vocabulary(language("en"), AS_TYPED));
            writer.word(0, before.len());
            prop_assert_eq!(writer.joined(before.len() + gap.len(), text.len()), None, "{:?}", text);
        }
    }

    #[test]
    fn pieces_have_the_tokens_of_the_whole(
        chosen in prop::collection::vec(prop::sample::select(&[
            "\n\n", "\n\n", "\n", "-\n", "12", "\r\n\r\n", "\n \n", " ", "  ", "recon-", "struction", "The", "war.", "1", "000", ":", ".", "Mr.", "停",
            "火", "re", "maining", "\u{ad}", "\u{301}", "“", "- ", "• ", "\u{a0}", "é", "_",
        ][..]), 0..40),
        least in 1_usize..30,
    ) {
        let text = chosen.concat();
        for profile in [Profile::News, Profile::Ocr] {
            let normalizer = Normalizer::new(NormalizeParams { profile, ..Default::default() }).unwrap();
            let whole = normalizer.tokens_at_once(&text, language("en"), &mut normalizer.lexicon());
            let pieces = pieces::cut(&text, least);
            prop_assert_eq!(pieces.concat(), text.clone());
            let joined = pieces::join(pieces.par_iter().map(|piece| {
                (piece.len(), normalizer.tokens_at_once(piece, language("en"), &mut normalizer.lexicon()))
            }));
            prop_assert_eq!(joined, whole, "{:?}", text);
        }
    }

    #[test]
    fn a_used_lexicon_gives_the_same_tokens(texts in prop::collection::vec(tricky(WIDE_PIECES), 1..6)) {
        let normalizer = normalizer();
        let mut used = normalizer.lexicon();
        for text in &texts {
            for code in ["en", "ru"] {
                let fresh = tokens_in(text, language(code));
                prop_assert_eq!(normalizer.tokens(text, language(code), &mut used), fresh);
            }
        }
    }

    #[test]
    fn folding_is_idempotent(text in tricky(WIDE_PIECES)) {
        for slice in slices(&text, &tokens_in(&text, language("en"))) {
            prop_assert_eq!(fold(&fold(slice)), fold(slice));
            prop_assert!(surface_equal(slice, &fold(slice)), "{:?}", slice);
        }
    }

    #[test]
    fn no_stemmer_fails_on_any_word(word in "\\PC{1,20}", language in prop::sample::select(stemmed())) {
        let rules = Rules::new(language, AS_TYPED);
        prop_assert_eq!(rules.word(&word), rules.word(&word));
    }
}

fn stemmed() -> Vec<Language> {
    Language::all().filter(|language| language.stemmer().is_some()).collect()
}

/// Indexes and baselines hold what texts became. Whoever changes that on purpose raises [`VERSION`] and writes the new digest
/// down; whoever does not, has changed the result of every comparison.
#[test]
fn what_texts_become_is_that_of_the_version() {
    let texts = [
        (
            "en",
            "The U.S. dollar fell 1,000 points on Monday, the Bank of England’s officials said; co-operation is over.",
        ),
        ("de", "Die Verhandlungen über die Brücken wurden am 13. März um 13:00 Uhr abgebrochen."),
        ("ru", "Переговоры о мостах были прерваны 13 марта, сообщило министерство."),
        ("az", "Danışıqlar martın 13-də Xankəndidə dayandırıldı."),
        ("zh", "停火协议于三月十三日生效。"),
        ("", "One two three: неизвестно."),
    ];
    let mut bytes = Vec::new();
    for (code, text) in texts {
        let tokens = tokens_in(text, Language::from_code(code).unwrap_or(Language::UNKNOWN));
        for (key, place) in tokens.keys.iter().zip(&tokens.places) {
            bytes.extend(key.to_le_bytes());
            bytes.extend(place.start.to_le_bytes());
            bytes.extend([place.len as u8, place.surprisal, place.flags.0]);
        }
    }
    let digest: String = Sha256::digest(&bytes)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((VERSION, digest.as_str()), (1, "73f0ca3300dcf5e7"));
}
