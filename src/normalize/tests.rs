use super::*;

fn normalizer() -> Normalizer {
    Normalizer::new(NormalizeParams::default()).unwrap()
}

/// Tokens of a text by the slow path alone.
fn slow_tokens(text: &str, language: Language) -> Tokens {
    let normalizer = normalizer();
    let mut lexicon = normalizer.lexicon();
    let mut writer = Writer::new(text, lexicon.vocabulary(language, normalizer.diacritics));
    scan::scan_slowly(text, &mut writer);
    writer.finish()
}

fn words(text: &str) -> Vec<&str> {
    let normalizer = normalizer();
    let language = normalizer.language(text, None);
    let tokens = normalizer.tokens(text, language, &mut normalizer.lexicon());
    assert_eq!(tokens, slow_tokens(text, language), "{text}");
    (0..tokens.len()).map(|index| &text[tokens.bytes(index).range()]).collect()
}

#[test]
fn finds_the_words_of_a_sentence() {
    assert_eq!(
        words("The U.S. said it’s 13:00, not 1,000."),
        ["The", "U.S", "said", "it’s", "13:00", "not", "1,000"]
    );
}
