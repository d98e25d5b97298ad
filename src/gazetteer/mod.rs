//! The gazetteer: what the tables say of provinces, people, bodies, titles, documents and languages.
//!
//! Every stage reads it and it knows none of them. It is compiled in; a folder of the same shape adds to it.

mod address;
mod asking;
mod builder;
mod check;
mod component;
mod component_set;
mod components;
mod known_person;
mod language;
mod lexicon;
mod name;
mod spelling;
mod table;
mod trie;
mod unit;
mod words;
mod written;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

pub use component::{Body, Class, Component, Flag, Grammar, Parts};
pub use component_set::ComponentSet;
pub use components::Components;
pub(crate) use language::NameEnding;
pub use language::{Language, LanguageId, LanguageSet};
pub use lexicon::{Cue, CueSet, Entry, Lexicon, Sense};
pub(crate) use lexicon::{Hit, Spelling, SyllableId};
pub(crate) use words::WordId;

use crate::error::{Error, Result};
use crate::text::fold;
use crate::vocabulary::slug;
use builder::{Builder, Inflection};
use components::MOST;
pub use known_person::KnownPerson;
use table::{Part, Table, Tables, copied};
pub(crate) use unit::LONGEST_NAME as LONGEST_UNIT;
use unit::Units;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// A province or centrally-run city.
#[derive(Clone, Debug)]
pub struct Province {
    /// The last part of its identifier.
    pub id: String,
    /// Its name in Vietnamese.
    pub name: String,
    /// Since when it is a centrally-run city: `YYYY-MM-DD`, or `1954` and the like.
    pub city_since: String,
    /// The province that took it in.
    pub merged_into: Option<String>,
    /// When.
    pub merged_on: String,
}

/// A Vietnamese syllable without tones and marks.
#[derive(Clone, Debug)]
pub struct Syllable {
    /// Its spelling.
    pub spelling: String,
    /// How often it was counted as a middle or given name.
    pub name_count: u32,
    /// The share of people who have it as a family name, in per cent.
    pub surname_share: f32,
}

/// A kind of document by the ending of its number.
#[derive(Clone, Debug)]
pub struct DocumentType {
    /// `resolution`, `directive`, …
    pub name: String,
    /// The body that issues all documents of this ending, where it is always the same.
    pub issuer: Option<String>,
    /// Numbers are unique in a province only.
    pub provincial: bool,
    /// The ending as documents write it: `NQ/TW`.
    pub written: String,
    /// What to call the type in English and Vietnamese, several ways separated by `|`.
    pub labels: (String, String),
}

/// A kind of event.
#[derive(Clone, Debug)]
pub struct EventKind {
    /// The word in identifiers.
    pub id: String,
    /// Whether such events have ordinals; nobody counts visits.
    pub counted: bool,
    /// What to call it in English and Vietnamese.
    pub labels: (String, String),
}

/// See the module.
#[derive(Debug)]
pub struct Gazetteer {
    tables: Tables,
    languages: Vec<Language>,
    grammar: Grammar,
    lexicon: Lexicon,
    fields: Vec<String>,
    event_kinds: Vec<EventKind>,
    provinces: Vec<Province>,
    province_index: HashMap<String, u16, FixedState>,
    syllables: Vec<Syllable>,
    people: BTreeMap<String, Vec<KnownPerson>>,
    document_types: BTreeMap<String, DocumentType>,
    document_type_names: Vec<String>,
    /// Labels of host names that are a province, without separators, and those of newspapers.
    hosts: HashMap<String, u16, FixedState>,
    /// The most words that a province's identifier has.
    longest_province: usize,
    host_prefixes: Vec<String>,
    units: Units,
    common_words: HashSet<String, FixedState>,
    /// Syllables that are written in two ways: the rarer one, and the other.
    spellings: BTreeMap<String, String>,
    /// Patterns of labels, in English and Vietnamese.
    labels: BTreeMap<String, (String, String)>,
}

impl Gazetteer {
    /// The tables that are compiled in.
    ///
    /// ```
    /// let gazetteer = chutoa::gazetteer::Gazetteer::embedded();
    /// assert!(gazetteer.provinces().len() >= 63);
    /// ```
    pub fn embedded() -> &'static Gazetteer {
        static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);
        &EMBEDDED
    }

    /// Reads the tables that are compiled in once more, for measurements.
    #[doc(hidden)]
    pub fn load() -> Gazetteer {
        Gazetteer::from_tables(Gazetteer::embedded_tables()).expect("the tables compiled in are tested")
    }

    /// The tables that are compiled in, and those of a folder of the same shape (`entities/`, `languages/<code>/`).
    ///
    /// A table that both have gets the rows of both; where the folder's opens with the line `# replace`, its rows
    /// alone count.
    ///
    /// # Errors
    /// A folder that cannot be read, or a row that cannot be understood: the message names file, line and remedy.
    pub fn with_folder(folder: &Path) -> Result<Gazetteer> {
        let mut tables = Gazetteer::embedded_tables();
        let mut found = 0;
        let mut pending = vec![folder.to_path_buf()];
        while let Some(next) = pending.pop() {
            for entry in std::fs::read_dir(&next).map_err(|e| Error::io(&next, e))? {
                let path = entry.map_err(|e| Error::io(&next, e))?.path();
                if path.is_dir() {
                    pending.push(path);
                } else if path.extension().is_some_and(|e| e == "tsv") {
                    let text = std::fs::read_to_string(&path).map_err(|e| Error::io(&path, e))?;
                    let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    add(&mut tables, name, Part { file: path.display().to_string(), text });
                    found += 1;
                }
            }
        }
        if found == 0 {
            return Err(Error::Message(format!(
                "{}: no table (*.tsv) in this folder; it needs entities/ or languages/<code>/ as described in gazetteer/README.md",
                folder.display()
            )));
        }
        let copied = copied(&tables);
        Gazetteer::from_tables(tables).map_err(|error| match copied {
            Some((file, rows)) => Error::Message(format!(
                "{error}\n{file} adds to the table of the same name that is compiled in, and {rows} of its rows stand \
                 there already; if it is to take that table's place, make its first line `# replace`"
            )),
            None => error,
        })
    }

    fn embedded_tables() -> Tables {
        let part = |(name, text): &(&str, &str)| Part { file: name.to_string(), text: text.to_string() };
        embedded::TABLES.iter().map(|table| (table.0.to_string(), vec![part(table)])).collect()
    }

    fn from_tables(tables: Tables) -> Result<Gazetteer> {
        let table = |name: &str| -> Result<Table<'_>> {
            let Some(parts) = tables.get(name) else {
                return Err(Error::Message(format!("the gazetteer has no table {name}")));
            };
            Table::parse(parts)
        };
        let mut grammar = Grammar::read(
            &table("entities/components.tsv")?,
            &table("entities/compositions.tsv")?,
            &table("entities/posts.tsv")?,
            &table("entities/bodies.tsv")?,
            &table("entities/roles.tsv")?,
        )?;
        let mut event_kinds = Vec::new();
        for row in table("entities/event-kinds.tsv")?.rows() {
            event_kinds.push(EventKind {
                id: row.required("kind")?.to_string(),
                counted: row.get("flags")? == "counted",
                labels: (row.required("label_en")?.to_string(), row.required("label_vi")?.to_string()),
            });
        }
        let mut provinces = Vec::new();
        for row in table("entities/provinces.tsv")?.rows() {
            provinces.push(Province {
                id: row.required("id")?.to_string(),
                name: row.required("name_vi")?.to_string(),
                city_since: row.get("city_since")?.to_string(),
                merged_into: Some(row.get("merged_into")?.to_string()).filter(|m| !m.is_empty()),
                merged_on: row.get("merged_on")?.to_string(),
            });
        }
        let province_index: HashMap<String, u16, FixedState> =
            provinces.iter().enumerate().map(|(at, p)| (p.id.clone(), at as u16)).collect();
        for row in table("entities/provinces.tsv")?.rows() {
            let into = row.get("merged_into")?;
            if !into.is_empty() && !province_index.contains_key(into) {
                return Err(row.error(format!("`{into}` is no province"), "write the id of another row"));
            }
        }
        let mut builder = Builder::new();
        let mut syllables = Vec::new();
        let mut syllable_index: HashMap<&str, SyllableId> = HashMap::new();
        let syllable_table = table("entities/syllables.tsv")?;
        for row in syllable_table.rows() {
            let spelling = row.required("syllable")?;
            let id = syllables.len() as SyllableId;
            syllable_index.insert(spelling, id);
            builder.syllable(spelling, id);
            let share = row.get("surname_share")?;
            syllables.push(Syllable {
                spelling: spelling.to_string(),
                name_count: row.number("name_count")?,
                surname_share: if share.is_empty() { 0.0 } else { row.number("surname_share")? },
            });
        }
        let mut people: BTreeMap<String, Vec<KnownPerson>> = BTreeMap::new();
        for row in table("entities/people.tsv")?.rows() {
            let name = row.required("name_vi")?;
            people.entry(slug(name)).or_default().push(KnownPerson {
                name: name.to_string(),
                place: row.get("place")?.to_string(),
                observed: row.get("observed")?.to_string(),
            });
        }
        let mut document_types = BTreeMap::new();
        let mut document_type_names: Vec<String> = Vec::new();
        for row in table("entities/document-types.tsv")?.rows() {
            let name = row.required("type")?.to_string();
            if !document_type_names.contains(&name) {
                document_type_names.push(name.clone());
            }
            let issuer = row.get("issuer")?;
            document_types.insert(
                slug(row.required("suffix")?),
                DocumentType {
                    name,
                    issuer: Some(issuer.to_string()).filter(|i| !i.is_empty()),
                    provincial: row.get("scope")? != "central",
                    written: row.required("suffix")?.to_string(),
                    labels: (row.get("name_en")?.to_string(), row.get("name_vi")?.to_string()),
                },
            );
        }
        let province_of = |row: &table::Row<'_, '_>, id: &str| {
            province_index
                .get(id)
                .copied()
                .ok_or_else(|| row.error(format!("`{id}` is no province"), "write an id of entities/provinces.tsv"))
        };
        let mut hosts: HashMap<String, u16, FixedState> = HashMap::default();
        for (at, province) in provinces.iter().enumerate() {
            hosts.entry(province.id.replace('-', "")).or_insert(at as u16);
        }
        for row in table("entities/outlets.tsv")?.rows() {
            hosts.insert(row.required("host")?.to_string(), province_of(&row, row.required("province")?)?);
        }
        let units = Units::read(&table("entities/units.tsv")?, |id| province_index.get(id).copied())?;
        let mut host_prefixes = Vec::new();
        for row in table("entities/host-prefixes.tsv")?.rows() {
            host_prefixes.push(row.required("prefix")?.to_string());
        }
        host_prefixes.sort_by_key(|p| std::cmp::Reverse(p.len()));

        let mut common_words = HashSet::default();
        for row in table("entities/common-words.tsv")?.rows() {
            common_words.insert(row.required("word")?.to_string());
        }
        let mut spellings = BTreeMap::new();
        for row in table("entities/spellings.tsv")?.rows() {
            spellings.insert(row.required("written")?.to_string(), row.required("standard")?.to_string());
        }
        let mut labels = BTreeMap::new();
        for row in table("entities/labels.tsv")?.rows() {
            let both = (row.required("label_en")?.to_string(), row.required("label_vi")?.to_string());
            labels.insert(row.required("label")?.to_string(), both);
        }
        let mut codes: Vec<&str> = tables
            .keys()
            .filter_map(|name| name.strip_prefix("languages/")?.split_once('/'))
            .map(|(code, _)| code)
            .collect();
        codes.dedup();
        if codes.len() > 60 {
            return Err(Error::Message("the gazetteer has more than 60 languages".to_string()));
        }
        let mut languages = Vec::new();
        let mut fields: Vec<String> = Vec::new();
        for (number, code) in codes.iter().enumerate() {
            let mut language = read_language(&tables, code)?;
            let set = LanguageSet::one(LanguageId(number as u8));
            let inflection =
                Inflection::new(number as u8, &language.endings, language.stem, language.marks_significant);
            let plain = Inflection::none(number as u8);
            let mut ordinal_suffixes = Vec::new();
            let mut read =
                |name: &str, sense: &mut dyn FnMut(&table::Row<'_, '_>) -> Result<Option<Sense>>| -> Result<()> {
                    let file = format!("languages/{code}/{name}.tsv");
                    let Some(parts) = tables.get(&file) else { return Ok(()) };
                    for row in Table::parse(parts)?.rows() {
                        let form = row.required("form")?;
                        let Some(sense) = sense(&row)? else { continue };
                        let (form, exact) = form.strip_prefix('=').map_or((form, false), |form| (form, true));
                        builder.phrase(form, exact, &inflection, set, sense);
                    }
                    Ok(())
                };
            read("components", &mut |row| {
                let mut components = Vec::new();
                for name in row.required("components")?.split_whitespace() {
                    if let Some(field) = name.strip_prefix("field:") {
                        let _ = field;
                        continue;
                    }
                    components.push(grammar.component(name).ok_or_else(|| {
                        row.error(format!("`{name}` is no component"), "write one of entities/components.tsv")
                    })?);
                }
                let few = Components::new(&components).ok_or_else(|| {
                    row.error(format!("more than {MOST} components"), "leave out those that no rule needs")
                })?;
                Ok(Some(Sense::Components(few)))
            })?;
            read("components", &mut |row| {
                let field = row.required("components")?.split_whitespace().find_map(|n| n.strip_prefix("field:"));
                Ok(field.map(|field| Sense::Field(number_of(&mut fields, field))))
            })?;
            read("fields", &mut |row| Ok(Some(Sense::Field(number_of(&mut fields, row.required("field")?)))))?;
            read("cues", &mut |row| {
                let name = row.required("cue")?;
                let cue = Cue::from_name(name).ok_or_else(|| {
                    let known: Vec<&str> = Cue::ALL.iter().map(|(_, n)| *n).collect();
                    row.error(format!("`{name}` is no cue"), format!("cues are {}", known.join(", ")))
                })?;
                Ok(Some(Sense::Cue(cue)))
            })?;
            read("events", &mut |row| {
                let name = row.required("kind")?;
                let at = event_kinds.iter().position(|k| k.id == name).ok_or_else(|| {
                    row.error(format!("`{name}` is no kind of event"), "write one of entities/event-kinds.tsv")
                })?;
                Ok(Some(Sense::Event(at as u8)))
            })?;
            read("documents", &mut |row| {
                Ok(Some(Sense::DocumentType(number_of(&mut document_type_names, row.required("type")?))))
            })?;
            read("ordinals", &mut |row| {
                Ok(Some(match row.required("kind")? {
                    "number" => Sense::Ordinal(row.number("value")?),
                    "counted" => Sense::Counted(row.number("value")?),
                    "suffix" => {
                        ordinal_suffixes.push(row.required("form")?.to_string());
                        Sense::OrdinalSuffix
                    }
                    "marker" => Sense::OrdinalMarker,
                    other => {
                        return Err(
                            row.error(format!("`{other}` is no kind"), "write number, counted, suffix or marker")
                        );
                    }
                }))
            })?;
            // Months and places do not inflect by the rules for words: their forms are listed or generated here.
            for (name, exact) in [("calendar", true), ("places", true)] {
                let file = format!("languages/{code}/{name}.tsv");
                let Some(parts) = tables.get(&file) else { continue };
                for row in Table::parse(parts)?.rows() {
                    let form = row.required("form")?;
                    if name == "calendar" {
                        let sense =
                            Sense::Month { month: row.number("month")?, capital: form.starts_with(char::is_uppercase) };
                        builder.phrase(form, exact, &plain, set, sense);
                    } else {
                        let province = province_of(&row, row.required("province")?)?;
                        builder.phrase(form, exact, &plain, LanguageSet::ALL, Sense::Province(province));
                        decline(&mut builder, form, &language, &plain, province);
                    }
                }
            }
            for (at, province) in provinces.iter().enumerate().filter(|_| !language.transliterated) {
                decline(&mut builder, &province.name, &language, &plain, at as u16);
            }
            builder.phrase(&language.name, true, &plain, LanguageSet::ALL, Sense::Autonym);
            let file = format!("languages/{code}/abbreviations.tsv");
            if let Some(parts) = tables.get(&file) {
                for row in Table::parse(parts)?.rows() {
                    builder.abbreviation(&fold(row.required("form")?));
                }
            }
            let file = format!("languages/{code}/transliteration.tsv");
            if let Some(parts) = tables.get(&file) {
                for row in Table::parse(parts)?.rows() {
                    let syllable = row.required("syllable")?;
                    let Some(id) = syllable_index.get(syllable) else {
                        return Err(row.error(
                            format!("`{syllable}` is no syllable"),
                            "add it to entities/syllables.tsv, without marks",
                        ));
                    };
                    builder.syllable(&fold(row.required("form")?), *id);
                }
                language.transliterated = true;
            }
            language.ordinal_suffixes = ordinal_suffixes;
            languages.push(language);
        }
        let plain = Inflection::none(codes.len() as u8);
        for row in table("entities/provinces.tsv")?.rows() {
            let at = province_index[row.required("id")?];
            for form in [row.get("name_vi")?, row.get("name_vi_before")?] {
                if !form.is_empty() {
                    builder.phrase(form, true, &plain, LanguageSet::ALL, Sense::Province(at));
                    builder.phrase(&form.replace(['-', '–'], " "), true, &plain, LanguageSet::ALL, Sense::Province(at));
                }
            }
        }
        grammar.name_fields(&fields);
        let longest_province = provinces.iter().map(|p| p.id.split('-').count()).max().unwrap_or(0);
        let lexicon = builder.build(
            |sense| matches!(sense, Sense::Components(c) if c.len() == 1 && grammar.class(c[0]) == Class::Particle),
        );
        Ok(Gazetteer {
            tables: tables.clone(),
            languages,
            grammar,
            lexicon,
            fields,
            event_kinds,
            provinces,
            province_index,
            syllables,
            people,
            document_types,
            document_type_names,
            hosts,
            longest_province,
            host_prefixes,
            units,
            common_words,
            spellings,
            labels,
        })
    }

    /// A pattern of labels in English and Vietnamese; `{…}` stands for what varies.
    pub fn label(&self, name: &str) -> (&str, &str) {
        self.labels.get(name).map_or(("", ""), |(english, vietnamese)| (english, vietnamese))
    }

    /// All languages.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The settings of a language.
    pub fn language(&self, id: LanguageId) -> &Language {
        &self.languages[id.0 as usize]
    }

    /// Components and the rules over them.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// Words and phrases.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Fields of departments and ministries.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Kinds of events.
    pub fn event_kinds(&self) -> &[EventKind] {
        &self.event_kinds
    }

    /// All provinces, those of before July 2025 among them.
    pub fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// The province of this identifier's last part.
    pub fn province(&self, id: &str) -> Option<u16> {
        self.province_index.get(id).copied()
    }

    /// Districts, towns and cities.
    pub(crate) fn units(&self) -> &Units {
        &self.units
    }

    /// Whether a province is a centrally-run city, as far as the table goes back.
    pub fn is_city(&self, province: u16) -> bool {
        let since = &self.provinces[province as usize].city_since;
        !since.is_empty() && since.as_str() < "2026"
    }

    /// A syllable by its number.
    pub(crate) fn syllable(&self, id: SyllableId) -> &Syllable {
        &self.syllables[id as usize]
    }

    /// People of this name (as in an identifier).
    pub fn people(&self, name: &str) -> &[KnownPerson] {
        self.people.get(name).map_or(&[], Vec::as_slice)
    }

    /// The kind of document whose numbers end like this (as in an identifier: `nq-tw`).
    pub fn document_type(&self, suffix: &str) -> Option<&DocumentType> {
        self.document_types.get(suffix)
    }

    /// Whether numbers of documents may end with this abbreviation of a type (`nq`, `ct`).
    pub(crate) fn is_document_abbreviation(&self, first: &str) -> bool {
        self.document_types
            .range(first.to_string()..)
            .next()
            .is_some_and(|(suffix, _)| suffix.strip_prefix(first).is_some_and(|rest| rest.starts_with('-')))
    }

    /// Whether numbers with the ending's last part (`tu`, `ubnd`) are unique in a province only.
    pub(crate) fn is_provincial_suffix(&self, suffix: &str) -> bool {
        self.document_types.iter().any(|(known, kind)| {
            let last = known.rsplit('-').next();
            kind.provincial && suffix.split('-').any(|part| Some(part) == last)
        })
    }

    /// Whether a folded syllable is an everyday word somewhere, so that alone it is no given name.
    pub(crate) fn is_common_word(&self, folded: &str) -> bool {
        self.common_words.contains(folded)
    }

    /// Types of documents by number.
    pub fn document_type_names(&self) -> &[String] {
        &self.document_type_names
    }

    /// The tables with their texts, by the files they were read from.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tables.values().flatten().map(|part| (part.file.as_str(), part.text.as_str()))
    }
}

/// A place name with the endings that a language glues to names.
fn decline(builder: &mut Builder, form: &str, language: &Language, plain: &Inflection, province: u16) {
    for NameEnding { ending, restores } in &language.name_endings {
        for restored in restores {
            if let Some(stem) = form.strip_suffix(restored.as_str()).filter(|stem| stem.chars().count() >= 3) {
                let declined = format!("{stem}{ending}");
                builder.phrase(&declined, true, plain, LanguageSet::ALL, Sense::Province(province));
            }
        }
    }
}

fn number_of(names: &mut Vec<String>, name: &str) -> u16 {
    let at = names.iter().position(|n| n == name).unwrap_or_else(|| {
        names.push(name.to_string());
        names.len() - 1
    });
    at as u16
}

fn add(tables: &mut Tables, name: String, part: Part) {
    let parts = tables.entry(name).or_default();
    if part.text.starts_with("# replace") {
        parts.clear();
    }
    parts.push(part);
}

fn read_language(tables: &Tables, code: &str) -> Result<Language> {
    let file = format!("languages/{code}/language.tsv");
    let Some(parts) = tables.get(&file) else {
        return Err(Error::Message(format!(
            "languages/{code}: no language.tsv; it needs rows for name, script, marks and stem"
        )));
    };
    let mut language = Language {
        code: code.to_string(),
        name: String::new(),
        transliterated: false,
        marks_significant: false,
        stem: 3,
        endings: Vec::new(),
        name_endings: Vec::new(),
        ordinal_suffixes: Vec::new(),
    };
    for row in Table::parse(parts)?.rows() {
        let value = row.required("value")?;
        match row.required("key")? {
            "name" => language.name = value.to_string(),
            "script" => language.transliterated = value != "latin",
            "marks" => language.marks_significant = value == "significant",
            "stem" => language.stem = row.number("value")?,
            other => {
                return Err(row.error(format!("`{other}` is no setting"), "settings are name, script, marks, stem"));
            }
        }
    }
    let file = format!("languages/{code}/endings.tsv");
    if let Some(parts) = tables.get(&file) {
        for row in Table::parse(parts)?.rows() {
            let ending = fold(row.required("ending")?);
            match row.required("of")? {
                "word" => language.endings.push(ending),
                "name" => {
                    let restores =
                        row.required("restores")?.split_whitespace().map(|r| if r == "-" { "" } else { r }.to_string());
                    language.name_endings.push(NameEnding { ending, restores: restores.collect() });
                }
                other => return Err(row.error(format!("`{other}` is neither word nor name"), "write word or name")),
            }
        }
    }
    let longest_first = |a: &str, b: &str| b.chars().count().cmp(&a.chars().count()).then(a.cmp(b));
    language.endings.sort_by(|a, b| longest_first(a, b));
    language.endings.dedup();
    language.name_endings.sort_by(|a, b| longest_first(&a.ending, &b.ending));
    Ok(language)
}
