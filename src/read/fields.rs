//! Which field of a record means what, and the metadata it amounts to.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::model::{Document, Published, PublishedFrom};
use crate::read::date::{self, DateFault};
use crate::read::params::ReadParams;

/// The fields of one record, in their order.
pub(super) type Fields = Map<String, Value>;

/// What a field says about its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Id,
    Text,
    Source,
    Date,
    Title,
    Url,
    Language,
}

impl Role {
    const ALL: [Role; 7] =
        [Role::Id, Role::Text, Role::Source, Role::Date, Role::Title, Role::Url, Role::Language];

    /// Names of such fields, best first, compared without case, spaces, dashes and underscores. From the field
    /// names of quanteda, RNewsflow, passim, Media Cloud, news-please, trafilatura, schema.org and ninjs.
    fn aliases(self) -> &'static [&'static str] {
        match self {
            Role::Id => &["docid", "id", "documentid", "storiesid", "uri", "guid", "filename"],
            Role::Text => &[
                "maintext",
                "text",
                "bodytext",
                "body",
                "content",
                "articletext",
                "articlebody",
                "fulltext",
                "rawtext",
            ],
            Role::Source => &[
                "source",
                "medianame",
                "sourcename",
                "publisher",
                "sitename",
                "sourcehostname",
                "hostname",
                "sourcedomain",
                "domain",
                "origin",
                "outlet",
                "newspaper",
                "publication",
                "series",
            ],
            Role::Date => &[
                "publishedat",
                "datepublish",
                "publishdate",
                "date",
                "versioncreated",
                "datetimestamp",
                "pubdate",
                "published",
                "datepublished",
                "publicationdate",
            ],
            Role::Title => &["title", "headline", "heading"],
            Role::Url => &["url", "link"],
            Role::Language => &["language", "lang"],
        }
    }
}

/// A field's name as aliases are compared.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Whether [`plain_name`] of a field is this one, of small ASCII letters.
fn is_called(field: &str, alias: &str) -> bool {
    if !field.is_ascii() {
        return plain_name(field) == alias;
    }
    let letters = field.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
    letters.map(|byte| byte.to_ascii_lowercase()).eq(alias.bytes())
}

/// Which fields the user named; the rest goes by aliases.
#[derive(Clone, Debug)]
pub(super) struct FieldNames {
    chosen: [Option<String>; 7],
}

/// Why a record has no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoText {
    /// No such field.
    Absent,
    /// The field holds something else than text.
    NotText { field: String, kind: &'static str },
    /// The field holds nothing, or spaces only.
    Empty { field: String },
}

impl FieldNames {
    pub(super) fn new(params: &ReadParams) -> FieldNames {
        let chosen = Role::ALL.map(|role| match role {
            Role::Id => params.id_field.clone(),
            Role::Text => params.text_field.clone(),
            Role::Source => params.source_field.clone(),
            Role::Date => params.date_field.clone(),
            Role::Title => params.title_field.clone(),
            Role::Url => params.url_field.clone(),
            Role::Language => params.language_field.clone(),
        });
        FieldNames { chosen }
    }

    fn chosen(&self, role: Role) -> Option<&str> {
        self.chosen[role as usize].as_deref()
    }

    /// Whether a field of this name would be taken for `role`.
    pub(super) fn names(&self, role: Role, field: &str) -> bool {
        match self.chosen(role) {
            Some(chosen) => chosen == field,
            None => role.aliases().iter().any(|alias| is_called(field, alias)),
        }
    }

    /// The fields that may hold `role`, best first: the one the user named, else all aliases present.
    fn candidates(&self, role: Role, fields: &Fields) -> Vec<String> {
        if let Some(chosen) = self.chosen(role) {
            return vec![chosen.to_owned()];
        }
        let mut found = Vec::new();
        for alias in role.aliases() {
            found.extend(fields.keys().filter(|key| is_called(key, alias)).cloned());
        }
        found
    }

    /// Takes the text out of a record.
    pub(super) fn take_text(&self, fields: &mut Fields) -> Result<String, NoText> {
        let mut fault = NoText::Absent;
        for field in self.candidates(Role::Text, fields) {
            match take(fields, &field) {
                Some(Value::String(text)) if !text.trim().is_empty() => return Ok(text),
                Some(Value::String(_) | Value::Null) => fault = NoText::Empty { field },
                Some(Value::Array(_)) => fault = NoText::NotText { field, kind: "a list" },
                Some(Value::Object(_)) => fault = NoText::NotText { field, kind: "an object" },
                Some(_) => fault = NoText::NotText { field, kind: "a number or truth value" },
                None => {}
            }
        }
        Err(fault)
    }

    /// Reads the metadata off the fields of a record, a header or a row.
    pub(super) fn metadata(&self, mut fields: Fields) -> Metadata {
        let mut meta = Metadata::default();
        let first = |role: Role, fields: &mut Fields| {
            self.candidates(role, fields).into_iter().find_map(|field| {
                let text = short_text(lookup(fields, &field)?)?;
                take(fields, &field);
                Some((field, text))
            })
        };
        meta.id = first(Role::Id, &mut fields).map(|(_, text)| text);
        meta.title = first(Role::Title, &mut fields).map(|(_, text)| text);
        meta.language = first(Role::Language, &mut fields).map(|(_, text)| text);
        meta.url = first(Role::Url, &mut fields).map(|(_, text)| text);
        if let Some((field, text)) = first(Role::Date, &mut fields) {
            match date::parse_with_offset(&text) {
                Ok((published, offset)) => (meta.published, meta.offset) = (Some(published), offset),
                Err(fault) => {
                    meta.date_fault = Some((fault, text.clone()));
                    meta.rest.insert(field, text);
                }
            }
        }
        self.take_source(&mut fields, &mut meta);
        meta.rest.extend(fields.into_iter().filter_map(|(field, value)| Some((field, pass_through(value)?))));
        meta
    }

    /// An outlet's field that holds an address is the address; its host names the outlet if no other field does.
    fn take_source(&self, fields: &mut Fields, meta: &mut Metadata) {
        for field in self.candidates(Role::Source, fields) {
            let Some(text) = lookup(fields, &field).and_then(short_text) else { continue };
            take(fields, &field);
            if host(&text).is_some() {
                meta.url.get_or_insert(text);
            } else {
                meta.source = Some(text);
                return;
            }
        }
    }
}

/// The field itself, else what a dotted name (`article.body`) leads to.
fn lookup<'a>(fields: &'a Fields, field: &str) -> Option<&'a Value> {
    fields.get(field).or_else(|| {
        let mut parts = field.split('.');
        let first = fields.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    })
}

fn take(fields: &mut Fields, field: &str) -> Option<Value> {
    fields.shift_remove(field).or_else(|| lookup(fields, field).cloned())
}

/// A name, title or date: text that is not blank, a number, or the `name` of an object (as in news API replies).
fn short_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => object.get("name").filter(|name| name.is_string()).and_then(short_text),
        _ => None,
    }
}

/// A further field as the output carries it; nothing for null and empty ones.
fn pass_through(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    }
}

/// The host of a web address, in lower case, without `www.`; `None` for anything else.
fn host(address: &str) -> Option<String> {
    let lower = address.trim().to_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let bare = host.strip_prefix("www.").unwrap_or(host);
    (bare.contains('.') && !bare.contains(char::is_whitespace)).then(|| bare.to_owned())
}

/// What one place (a record, a header, a file name, a table) says about a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metadata {
    pub(super) id: Option<String>,
    pub(super) source: Option<String>,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) published: Option<Published>,
    /// Seconds that its clock is ahead of UTC, as far as it says.
    pub(super) offset: i32,
    /// What told it.
    pub(super) published_from: Option<PublishedFrom>,
    /// Another time that the text gives; see [`Document::printed`].
    pub(super) printed: Option<Published>,
    /// A date that was not read, as it stands.
    pub(super) date_fault: Option<(DateFault, String)>,
    pub(super) rest: BTreeMap<String, String>,
}

impl Metadata {
    /// With gaps filled from a place that counts for less.
    pub(super) fn or(mut self, lower: Metadata) -> Metadata {
        self.id = self.id.or(lower.id);
        self.source = self.source.or(lower.source);
        self.title = self.title.or(lower.title);
        self.url = self.url.or(lower.url);
        self.language = self.language.or(lower.language);
        if self.published.is_none() {
            (self.published, self.offset) = (lower.published, lower.offset);
            self.published_from = lower.published_from;
        }
        self.date_fault = self.date_fault.or(lower.date_fault);
        for (field, value) in lower.rest {
            self.rest.entry(field).or_insert(value);
        }
        self
    }

    /// With `place` as what told the date, if one is told.
    pub(super) fn dated_by(mut self, place: PublishedFrom) -> Metadata {
        self.published_from = self.published.map(|_| place);
        self
    }

    /// With the time that the text itself gives, where that is another one.
    pub(super) fn beside(mut self, printed: Option<Published>, remarks: &mut Vec<String>) -> Metadata {
        let Some(published) = self.published else { return self };
        self.printed = printed.and_then(|printed| date::other_time(printed, published, self.offset));
        if let Some(printed) = self.printed {
            let earlier = if printed.seconds < published.seconds { "earlier" } else { "later" };
            let from = self.published_from.map_or("given", PublishedFrom::name).replace('_', " ");
            remarks.push(format!(
                "The time printed at its head is {earlier} than its date ({from}); an order that only one of them tells is \
                 left unknown."
            ));
        }
        self
    }

    /// Writes it into the document. Where nothing names an outlet, the host of the address does.
    pub(super) fn describe(self, document: &mut Document) {
        document.source = self.source.or_else(|| self.url.as_deref().and_then(host));
        document.title = self.title;
        document.url = self.url;
        document.language = self.language;
        document.published = self.published;
        document.published_from = self.published_from;
        document.printed = self.printed;
        document.meta = self.rest;
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(params: &ReadParams, record: Value, expected: Expect) {
        let names = FieldNames::new(params);
        let Value::Object(mut fields) = record else { panic!("a record is an object") };
        let text = names.take_text(&mut fields);
        let mut document = Document::default();
        let meta = names.metadata(fields);
        let id = meta.id.clone();
        let fault = meta.date_fault.clone();
        meta.describe(&mut document);
        let Document { source, title, url, language, published, meta, .. } = document;
        let day = published.map(|published| (published.seconds, published.precision));
        expected.assert_eq(&format!(
            "{text:?}\nid {id:?} source {source:?} title {title:?} url {url:?} language {language:?}\n{day:?} {fault:?} {meta:?}"
        ));
    }

    #[test]
    fn knows_the_fields_of_crawlers() {
        let record = json!({"maintext": "A.", "text": "old", "date_publish": "2026-03-02", "source_domain": "bbc.com",
            "authors": ["A B"], "language": "en", "url": "https://bbc.com/1", "date_download": null, "n": 3});
        check(
            &ReadParams::default(),
            record,
            expect![[r#"
                Ok("A.")
                id None source Some("bbc.com") title None url Some("https://bbc.com/1") language Some("en")
                Some((1772409600, Day)) None {"authors": "[\"A B\"]", "n": "3", "text": "old"}"#]],
        );
        let record = json!({"raw_text": "Raw.", "text": " ", "title": "T", "source": "https://www.post.example/a?b",
            "source-hostname": "The Post", "hostname": "post.example", "date": "03/04/2026"});
        check(
            &ReadParams::default(),
            record,
            expect![[r#"
                Ok("Raw.")
                id None source Some("The Post") title Some("T") url Some("https://www.post.example/a?b") language None
                None Some((Ambiguous, "03/04/2026")) {"date": "03/04/2026", "hostname": "post.example"}"#]],
        );
    }

    #[test]
    fn an_address_as_source_gives_address_and_host() {
        check(
            &ReadParams::default(),
            json!({"id": 17, "text": "A.", "source": "HTTPS://user@WWW.Post.example:80/a"}),
            expect![[r#"
                Ok("A.")
                id Some("17") source Some("post.example") title None url Some("HTTPS://user@WWW.Post.example:80/a") language None
                None None {}"#]],
        );
        check(
            &ReadParams::default(),
            json!({"Content": "A.", "source": {"id": null, "name": "The Post"}, "publishedAt": 1772446530}),
            expect![[r#"
                Ok("A.")
                id None source Some("The Post") title None url None language None
                Some((1772446530, Second)) None {}"#]],
        );
    }

    #[test]
    fn the_users_choice_wins_and_may_be_nested() {
        let params = ReadParams {
            text_field: Some("article.body".into()),
            source_field: Some("paper".into()),
            ..ReadParams::default()
        };
        check(
            &params,
            json!({"text": "not this", "article": {"body": "This."}, "paper": "The Post", "source": "feed"}),
            expect![[r#"
                Ok("This.")
                id None source Some("The Post") title None url None language None
                None None {"article": "{\"body\":\"This.\"}", "source": "feed", "text": "not this"}"#]],
        );
    }

    #[test]
    fn says_why_there_is_no_text() {
        let names = FieldNames::new(&ReadParams::default());
        let cases = [
            (json!({"id": 1}), NoText::Absent),
            (json!({"text": ""}), NoText::Empty { field: "text".into() }),
            (json!({"text": null}), NoText::Empty { field: "text".into() }),
            (json!({"body": ["a"]}), NoText::NotText { field: "body".into(), kind: "a list" }),
            (json!({"body": 3}), NoText::NotText { field: "body".into(), kind: "a number or truth value" }),
        ];
        for (record, expected) in cases {
            let Value::Object(mut fields) = record else { panic!("a record is an object") };
            assert_eq!(names.take_text(&mut fields), Err(expected));
        }
    }
}
