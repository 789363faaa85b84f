//! Small tables of English words that stand for each other in news prose. Written for this program; they name
//! differences and decide nothing.

/// The group of words that news writes for each other which holds this base form.
#[must_use]
pub(super) fn synonyms(base: &str) -> Option<u8> {
    SYNONYMS.binary_search_by(|entry| entry.0.cmp(base)).ok().map(|at| SYNONYMS[at].1)
}

/// The base form of an irregular one: `said` is `say`.
#[must_use]
pub(super) fn irregular(form: &str) -> Option<&'static str> {
    IRREGULAR.binary_search_by(|entry| entry.0.cmp(form)).ok().map(|at| IRREGULAR[at].1)
}

/// Bytes of the longest short form in [`ABBREVIATIONS`].
pub(super) const LONGEST_SHORT: usize = 6;

/// Short and long forms that initials do not tell, the short one first, folded, words apart by a blank.
pub(super) static ABBREVIATIONS: [(&str, &str); 24] = [
    ("approx", "approximately"),
    ("co", "company"),
    ("corp", "corporation"),
    ("dept", "department"),
    ("dr", "doctor"),
    ("eg", "for example"),
    ("etc", "and so on"),
    ("gen", "general"),
    ("gov", "governor"),
    ("govt", "government"),
    ("ie", "that is"),
    ("inc", "incorporated"),
    ("intl", "international"),
    ("lt", "lieutenant"),
    ("ltd", "limited"),
    ("pm", "prime minister"),
    ("prof", "professor"),
    ("sgt", "sergeant"),
    ("uk", "britain"),
    ("uk", "british"),
    ("us", "america"),
    ("us", "american"),
    ("us", "united states of america"),
    ("vs", "versus"),
];

/// Sorted by word; words of one number stand for each other.
#[rustfmt::skip]
static SYNONYMS: [(&str, u8); 230] = [
    ("abandon", 37), ("about", 59), ("accord", 27), ("acquire", 50), ("administration", 20),
    ("agreement", 27), ("aid", 43), ("allege", 3), ("allow", 67), ("also", 62), ("although", 66),
    ("ammunition", 33), ("announce", 0), ("approximately", 59), ("area", 23), ("armistice", 28),
    ("arms", 32), ("around", 59), ("arrive", 39), ("ask", 5), ("assailant", 15), ("assault", 10),
    ("assert", 3), ("assist", 43), ("attack", 10), ("attacker", 15), ("authority", 20), ("back", 44),
    ("ban", 68), ("because", 65), ("begin", 6), ("below", 61), ("big", 55), ("blaze", 78), ("bombard", 11),
    ("broadcast", 2), ("build", 45), ("business", 52), ("but", 63), ("buy", 50), ("cabinet", 20),
    ("campaign", 31), ("capture", 35), ("car", 74), ("cause", 42), ("cease", 7), ("ceasefire", 28),
    ("chief", 19), ("child", 72), ("city", 24), ("civilian", 13), ("claim", 3), ("climb", 48),
    ("clinic", 76), ("close", 58), ("college", 77), ("collision", 80), ("commence", 6), ("comment", 0),
    ("communique", 29), ("company", 52), ("conclude", 7), ("conduct", 70), ("construct", 45),
    ("contend", 3), ("continue", 40), ("corporation", 52), ("country", 22), ("crash", 80), ("damage", 47),
    ("dead", 81), ("deal", 27), ("declaration", 29), ("declare", 0), ("decline", 49), ("decrease", 49),
    ("demand", 5), ("demolish", 46), ("demonstrate", 69), ("deny", 4), ("depart", 37), ("department", 21),
    ("destroy", 46), ("discussion", 26), ("dismiss", 4), ("district", 23), ("divest", 51), ("doctor", 75),
    ("document", 30), ("drop", 49), ("earnings", 53), ("earthquake", 79), ("emphasize", 1), ("end", 7),
    ("erect", 45), ("fall", 49), ("finish", 7), ("fire", 78), ("firm", 52), ("forbid", 68),
    ("government", 20), ("grow", 48), ("gunman", 15), ("halt", 7), ("happen", 41), ("harm", 47),
    ("head", 19), ("help", 43), ("highlight", 1), ("hold", 70), ("home", 73), ("hospital", 76),
    ("house", 73), ("however", 63), ("huge", 55), ("hurt", 9), ("important", 57), ("increase", 48),
    ("inhabitant", 13), ("injure", 9), ("insurgent", 14), ("key", 57), ("kid", 72), ("kill", 8),
    ("large", 55), ("launch", 6), ("leader", 19), ("leave", 37), ("less", 61), ("let", 67), ("little", 56),
    ("maintain", 3), ("meeting", 26), ("metropolis", 25), ("militant", 14), ("ministry", 21), ("more", 60),
    ("munition", 33), ("nation", 22), ("near", 58), ("negotiation", 26), ("note", 0), ("occur", 41),
    ("offensive", 31), ("officer", 16), ("official", 17), ("operation", 31), ("over", 60), ("pact", 27),
    ("permit", 67), ("physician", 75), ("police", 16), ("proceed", 40), ("profit", 53), ("prohibit", 68),
    ("provoke", 42), ("pull", 34), ("purchase", 50), ("quake", 79), ("quit", 37), ("raid", 10),
    ("reach", 39), ("rebel", 14), ("refute", 4), ("region", 23), ("reject", 4), ("relay", 2),
    ("remark", 0), ("report", 2), ("representative", 17), ("request", 5), ("resident", 13),
    ("restore", 38), ("retreat", 34), ("return", 38), ("rise", 48), ("roughly", 59), ("ruin", 46),
    ("say", 0), ("school", 77), ("seize", 35), ("sell", 51), ("separatist", 14), ("serviceman", 12),
    ("settlement", 24), ("share", 54), ("shell", 11), ("show", 69), ("significant", 57), ("since", 65),
    ("slay", 8), ("small", 56), ("soldier", 12), ("some", 59), ("spokesman", 18), ("spokesperson", 18),
    ("spokeswoman", 18), ("start", 6), ("state", 0), ("statement", 29), ("stock", 54), ("stop", 7),
    ("stress", 1), ("strike", 10), ("support", 44), ("surrender", 36), ("take", 35), ("talks", 26),
    ("tell", 0), ("though", 66), ("too", 62), ("town", 24), ("treaty", 27), ("tremor", 79),
    ("trigger", 42), ("trip", 71), ("trooper", 12), ("truce", 28), ("under", 61), ("underline", 1),
    ("underscore", 1), ("urge", 5), ("vehicle", 74), ("visit", 71), ("weapon", 32), ("whereas", 64),
    ("while", 64), ("withdraw", 34), ("wound", 9), ("yield", 36),
];

/// Sorted by form.
#[rustfmt::skip]
static IRREGULAR: [(&str, &str); 80] = [
    ("began", "begin"), ("begun", "begin"), ("bought", "buy"), ("broke", "break"), ("broken", "break"),
    ("brought", "bring"), ("built", "build"), ("came", "come"), ("caught", "catch"), ("children", "child"),
    ("dealt", "deal"), ("driven", "drive"), ("drove", "drive"), ("fallen", "fall"), ("fell", "fall"),
    ("felt", "feel"), ("forbade", "forbid"), ("forbidden", "forbid"), ("fought", "fight"),
    ("found", "find"), ("gave", "give"), ("given", "give"), ("gone", "go"), ("got", "get"),
    ("grew", "grow"), ("grown", "grow"), ("gunmen", "gunman"), ("held", "hold"), ("hit", "hit"),
    ("hurt", "hurt"), ("kept", "keep"), ("knew", "know"), ("known", "know"), ("led", "lead"),
    ("left", "leave"), ("lost", "lose"), ("made", "make"), ("men", "man"), ("met", "meet"),
    ("paid", "pay"), ("people", "person"), ("policemen", "police"), ("put", "put"), ("ran", "run"),
    ("risen", "rise"), ("rose", "rise"), ("said", "say"), ("saw", "see"), ("says", "say"), ("seen", "see"),
    ("seized", "seize"), ("sent", "send"), ("servicemen", "serviceman"), ("shot", "shoot"),
    ("shown", "show"), ("slain", "slay"), ("slew", "slay"), ("sold", "sell"), ("sought", "seek"),
    ("spent", "spend"), ("spoke", "speak"), ("spoken", "speak"), ("spokesmen", "spokesman"),
    ("stood", "stand"), ("struck", "strike"), ("taken", "take"), ("taught", "teach"), ("thought", "think"),
    ("threw", "throw"), ("thrown", "throw"), ("told", "tell"), ("took", "take"),
    ("understood", "understand"), ("went", "go"), ("withdrawn", "withdraw"), ("withdrew", "withdraw"),
    ("women", "woman"), ("won", "win"), ("written", "write"), ("wrote", "write"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(SYNONYMS.is_sorted_by(|x, y| x.0 < y.0));
        assert!(IRREGULAR.is_sorted_by(|x, y| x.0 < y.0));
        assert!(ABBREVIATIONS.is_sorted());
        assert_eq!(ABBREVIATIONS.iter().map(|entry| entry.0.len()).max(), Some(LONGEST_SHORT));
    }
}
