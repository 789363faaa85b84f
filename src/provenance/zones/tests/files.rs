//! Files of rules.

use super::*;

#[test]
fn a_file_of_rules_adds_to_what_is_built_in() {
    let file = "[words]\nsaying = ['dedi']\nbyline = ['Müəllif']\n\n[[agency]]\nname = 'Sella Wire'\naliases = ['SW']\noutlets = ['sella.example']\n";
    let rules = Rules::with(&[("sella.toml".to_owned(), file.to_owned())]).unwrap();
    assert_eq!(rules.files(), ["sella.toml"]);
    let text = format!("Müəllif Ada Brandt\n\nSELLA (SW) - {BODY}");
    let names: Vec<(ZoneKind, Option<String>)> =
        find(&article(&text, Profile::News), &rules, &Outlets::default())
            .zones
            .into_iter()
            .map(|zone| (zone.kind, zone.name))
            .collect();
    assert!(names.contains(&(ZoneKind::Credit, Some("Sella Wire".to_owned()))), "{names:?}");
    assert!(names.contains(&(ZoneKind::Byline, Some("Ada Brandt".to_owned()))), "{names:?}");
    let agencies = ["sella.example", "SW", "apnews.com", "en.trend.az", "The-CNN-Wire", "Lake Tribune", "…"];
    let expected = [
        Some("Sella Wire"),
        Some("Sella Wire"),
        Some("Associated Press"),
        Some("Trend"),
        Some("CNN"),
        None,
        None,
    ];
    assert_eq!(agencies.map(|name| rules.publisher(name)), expected);
}

#[test]
fn a_faulty_file_is_refused_with_its_place() {
    let cases = [
        ("[words]\nsaing = ['said']\n", "line 2, column 1"),
        ("[words\n", "line 1"),
        ("[[agency]]\naliases = ['SW']\n", "an empty name or word in agency"),
        ("[words]\nsaying = ['']\n", "an empty name or word in saying"),
        ("[words]\nsaying = 'said'\n", "line 2, column 10"),
    ];
    for (text, expected) in cases {
        let error = Rules::with(&[("my.toml".to_owned(), text.to_owned())]).unwrap_err().to_string();
        assert!(error.starts_with("rules file my.toml ") && error.contains(expected), "{error}");
    }
}
