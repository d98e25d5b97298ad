//! Text and phrases against a slow reference: letters one by one, `unicode-normalization`, and a hash set of phrases.
//!
//! The reference reads the same tables and shares nothing else with the library: no fold table, no word numbers, no
//! automaton. Both must find the same phrases, span by span, in bytes of the original.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chutoa::gazetteer::Gazetteer;
use chutoa::probe::{Phrase, phrases};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character is to the reference.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Letter,
    Ideograph,
    Digit,
    Space,
    Newline,
    Nothing,
    Mark,
}

fn kind(c: char) -> Kind {
    match c {
        '\n' | '\r' | '|' | '\u{2028}' | '\u{2029}' => Kind::Newline,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            Kind::Nothing
        }
        c if is_combining_mark(c) => Kind::Nothing,
        c if c.is_whitespace() => Kind::Space,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' if c.is_alphabetic() => {
            Kind::Ideograph
        }
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Kind::Mark,
        c if c.is_alphabetic() => Kind::Letter,
        c if c.is_ascii_digit() => Kind::Digit,
        c if c.is_control() => Kind::Space,
        _ => Kind::Mark,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '‘' | '´')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}') && c.is_alphabetic()
}

/// A word, figure or mark; `None` for the end of a line and for addresses.
#[derive(Clone, Debug)]
struct Piece {
    start: usize,
    end: usize,
    /// Without case and diacritics.
    folded: Option<String>,
    /// Lower case, composed, tone marks on one place.
    marked: String,
    is_word: bool,
}

/// A dash that is written for a hyphen counts as one.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–')
}

/// Case and diacritics away; letters of Cyrillic keep theirs.
fn folded(word: &str) -> String {
    if word.chars().all(is_hyphen) {
        return "-".to_string();
    }
    let mut out = String::new();
    for c in word.nfc().filter(|c| kind(*c) != Kind::Nothing) {
        if is_apostrophe(c) && kind(c) == Kind::Mark {
            out.push('\'');
            continue;
        }
        for lower in c.to_lowercase() {
            match lower {
                'đ' | 'ð' => out.push('d'),
                'ł' => out.push('l'),
                'ø' => out.push('o'),
                'ı' => out.push('i'),
                'ё' => out.push('е'),
                'ß' => out.push_str("ss"),
                'œ' => out.push_str("oe"),
                'æ' => out.push_str("ae"),
                '\u{400}'..='\u{52f}' => out.push(lower),
                other => out.extend(other.nfd().filter(|c| !is_combining_mark(*c))),
            }
        }
    }
    out
}

/// Lower case, and the tone of `oa`, `oe`, `uy` on the first letter wherever it was written.
fn marked(word: &str) -> String {
    if word.chars().all(is_hyphen) {
        return "-".to_string();
    }
    let is_tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let lower: String = word.nfc().flat_map(char::to_lowercase).map(|c| if c == 'ð' { 'đ' } else { c }).collect();
    let mut letters: Vec<char> = lower.nfd().collect();
    for at in 2..letters.len() {
        let pair = (letters[at - 2], letters[at - 1]);
        if is_tone(letters[at]) && matches!(pair, ('o', 'a') | ('o', 'e') | ('u', 'y')) {
            letters.swap(at - 1, at);
        }
    }
    letters.into_iter().nfc().collect()
}

fn pieces(text: &str) -> Vec<Piece> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let offset = |at: usize| chars.get(at).map_or(text.len(), |(offset, _)| *offset);
    let beside = |mut at: usize, back: bool| loop {
        if back {
            match at.checked_sub(1) {
                Some(before) => at = before,
                None => return Kind::Space,
            }
        } else {
            at += 1;
        }
        match chars.get(at).map(|(_, c)| kind(*c)) {
            None => return Kind::Space,
            Some(Kind::Nothing) => {}
            Some(kind) => return kind,
        }
    };
    let next_letter = |at: usize| chars[at + 1..].iter().map(|(_, c)| *c).find(|c| kind(*c) != Kind::Nothing);
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let c = chars[at].1;
        match kind(c) {
            Kind::Letter => {
                at += 1;
                while at < chars.len() {
                    let c = chars[at].1;
                    let inside = match kind(c) {
                        Kind::Letter | Kind::Nothing => true,
                        Kind::Mark => is_apostrophe(c) && next_letter(at).is_some_and(is_cyrillic),
                        _ => false,
                    };
                    if !inside {
                        break;
                    }
                    at += 1;
                }
                // `elConsejo` is two words: a plain Latin capital between small letters opens the next.
                let seam = (start + 1..at.saturating_sub(1)).find(|k| {
                    let small = |k: usize| chars[k].1.is_lowercase();
                    chars[*k].1.is_ascii_uppercase() && small(k - 1) && small(k + 1)
                });
                at = seam.unwrap_or(at);
                let word = &text[offset(start)..offset(at)];
                let mut piece = Piece {
                    start: offset(start),
                    end: offset(at),
                    folded: Some(folded(word)),
                    marked: marked(word),
                    is_word: true,
                };
                let is_scheme = matches!(piece.folded.as_deref(), Some("http" | "https"));
                if is_scheme && text[offset(at)..].starts_with("://") {
                    while at < chars.len() && !chars[at].1.is_ascii_whitespace() {
                        at += 1;
                    }
                    piece.folded = None;
                }
                found.push(piece);
            }
            Kind::Ideograph => {
                at += 1;
                let word = &text[offset(start)..offset(at)];
                found.push(Piece {
                    start: offset(start),
                    end: offset(at),
                    folded: Some(folded(word)),
                    marked: marked(word),
                    is_word: true,
                });
            }
            Kind::Digit => {
                while at < chars.len() && kind(chars[at].1) == Kind::Digit {
                    at += 1;
                }
                let word = &text[offset(start)..offset(at)];
                found.push(Piece {
                    start: offset(start),
                    end: offset(at),
                    folded: Some(word.into()),
                    marked: word.into(),
                    is_word: false,
                });
            }
            Kind::Newline => {
                at += 1;
                found.push(Piece {
                    start: offset(start),
                    end: offset(at),
                    folded: None,
                    marked: String::new(),
                    is_word: false,
                });
            }
            Kind::Space | Kind::Nothing => at += 1,
            Kind::Mark => {
                at += 1;
                let (before, after) = (beside(start, true), beside(start, false));
                let letter = |kind| matches!(kind, Kind::Letter | Kind::Ideograph);
                let parts = match c {
                    '/' => true,
                    c if is_apostrophe(c) => letter(before) && letter(after),
                    '-' | '‐' | '‑' | '–' => {
                        (letter(before) || before == Kind::Digit) && (letter(after) || after == Kind::Digit)
                    }
                    _ => false,
                };
                if !parts {
                    found.push(Piece {
                        start: offset(start),
                        end: offset(at),
                        folded: Some(if is_hyphen(c) { "-".into() } else { c.to_string() }),
                        marked: marked(&c.to_string()),
                        is_word: false,
                    });
                }
            }
        }
    }
    found
}

/// Endings of a language, and the fewest letters that they leave.
#[derive(Default)]
struct Endings {
    endings: Vec<String>,
    stem: usize,
}

impl Endings {
    fn stem_of<'w>(&self, word: &'w str) -> &'w str {
        let letters = word.chars().count();
        let fits = |e: &&String| word.ends_with(e.as_str()) && letters - e.chars().count() >= self.stem;
        let longest = self.endings.iter().filter(fits).max_by_key(|e| e.chars().count());
        longest.map_or(word, |e| &word[..word.len() - e.len()])
    }
}

/// Phrases of one language as the words they open with and go on with. A word is `=word` where it is taken as it is,
/// else its stem.
#[derive(Default)]
struct Phrases {
    endings: Endings,
    is_marked: bool,
    openings: HashSet<String>,
    whole: HashMap<String, BTreeSet<(Option<String>, String)>>,
}

impl Phrases {
    fn add(&mut self, form: &str, exact: bool, sense: String) {
        let cut = pieces(form);
        let mut key = String::new();
        for piece in cut.iter().filter(|p| p.folded.is_some()) {
            let word = piece.folded.as_deref().unwrap();
            if exact || !piece.is_word {
                key.push('=');
                key.push_str(word);
            } else {
                key.push_str(self.endings.stem_of(word));
            }
            key.push(' ');
            self.openings.insert(key.clone());
        }
        let words: Vec<&str> = cut.iter().filter(|p| p.folded.is_some()).map(|p| p.marked.as_str()).collect();
        let spelling = self.is_marked.then(|| words.join(" "));
        if !key.is_empty() {
            self.whole.entry(key).or_default().insert((spelling, sense));
        }
    }

    fn find(&self, pieces: &[Piece], from: usize, at: usize, key: &str, found: &mut BTreeSet<Phrase>) {
        let Some(word) = pieces.get(at).and_then(|piece| piece.folded.as_deref()) else { return };
        let mut keys = vec![format!("{key}={word} "), format!("{key}{word} ")];
        let stem = self.endings.stem_of(word);
        if stem != word {
            keys.push(format!("{key}{stem} "));
        }
        for key in keys.iter().filter(|key| self.openings.contains(*key)) {
            for (spelling, sense) in self.whole.get(key).into_iter().flatten() {
                let own = || pieces[from..=at].iter().map(|p| p.marked.as_str()).collect::<Vec<_>>().join(" ");
                if spelling.as_ref().is_none_or(|spelling| *spelling == own()) {
                    found.insert(Phrase { start: pieces[from].start, end: pieces[at].end, sense: sense.clone() });
                }
            }
            self.find(pieces, from, at + 1, key, found);
        }
    }
}

/// The tables as the reference reads them.
struct Reference {
    languages: Vec<Phrases>,
}

type Rows<'a> = Vec<BTreeMap<&'a str, &'a str>>;

fn rows(text: &str) -> Rows<'_> {
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines.map(|line| columns.iter().copied().zip(line.split('\t')).collect()).collect()
}

impl Reference {
    fn new(gazetteer: &Gazetteer) -> Reference {
        let tables: BTreeMap<&str, &str> = gazetteer.tables().collect();
        let table = |name: &str| tables.get(name).map_or_else(Vec::new, |text| rows(text));
        let codes: BTreeSet<&str> =
            tables.keys().filter_map(|name| name.strip_prefix("languages/")?.split('/').next()).collect();
        let mut everywhere = Phrases::default();
        let mut place = |form: &str, province: &str| everywhere.add(form, true, format!("* province {province}"));
        let mut languages = Vec::new();
        let mut autonyms = Vec::new();
        for province in table("entities/provinces.tsv") {
            for form in [province["name_vi"], province["name_vi_before"]] {
                place(form, province["id"]);
                place(&form.replace(['-', '–'], " "), province["id"]);
            }
        }
        for code in codes {
            let table = |name: &str| table(&format!("languages/{code}/{name}.tsv"));
            let setting = |key: &str| table("language").iter().find(|row| row["key"] == key).map(|row| row["value"]);
            let endings: Vec<String> =
                table("endings").iter().filter(|row| row["of"] == "word").map(|row| folded(row["ending"])).collect();
            let stem = setting("stem").map_or(3, |stem| stem.parse().unwrap());
            let mut own = Phrases {
                endings: Endings { endings, stem },
                is_marked: setting("marks") == Some("significant"),
                ..Phrases::default()
            };
            let mut add = |form: &str, sense: String| match form.strip_prefix('=') {
                Some(form) => own.add(form, true, format!("{code} {sense}")),
                None => own.add(form, false, format!("{code} {sense}")),
            };
            for row in table("components") {
                let (fields, names): (Vec<&str>, Vec<&str>) =
                    row["components"].split_whitespace().partition(|name| name.starts_with("field:"));
                add(row["form"], format!("components {}", names.join(" ")));
                if let Some(field) = fields.first() {
                    add(row["form"], format!("field {}", &field["field:".len()..]));
                }
            }
            table("fields").iter().for_each(|row| add(row["form"], format!("field {}", row["field"])));
            table("cues").iter().for_each(|row| add(row["form"], format!("cue {}", row["cue"])));
            table("events").iter().for_each(|row| add(row["form"], format!("event {}", row["kind"])));
            table("documents").iter().for_each(|row| add(row["form"], format!("document {}", row["type"])));
            for row in table("ordinals") {
                let sense = match row["kind"] {
                    "number" => format!("ordinal {}", row["value"]),
                    "counted" => format!("counted {}", row["value"]),
                    kind => format!("ordinal {kind}"),
                };
                add(row["form"], sense);
            }
            autonyms.extend(setting("name").map(str::to_string));
            let names = table("endings").into_iter().filter(|row| row["of"] == "name");
            let names: Vec<(String, Vec<&str>)> =
                names.map(|row| (folded(row["ending"]), row["restores"].split_whitespace().collect())).collect();
            let mut decline = |form: &str, province: &str| {
                for (ending, restores) in &names {
                    let stems = restores.iter().filter_map(|r| form.strip_suffix(r.trim_start_matches('-')));
                    stems
                        .filter(|stem| stem.chars().count() >= 3)
                        .for_each(|stem| place(&format!("{stem}{ending}"), province));
                }
            };
            for row in table("places") {
                decline(row["form"], row["province"]);
            }
            if setting("script") == Some("latin") {
                gazetteer.provinces().iter().for_each(|province| decline(&province.name, &province.id));
            }
            for row in table("places") {
                place(row["form"], row["province"]);
            }
            // Months are taken as they are, with or without marks.
            let mut months = Phrases::default();
            for row in table("calendar") {
                months.add(row["form"], true, format!("{code} month {}", row["month"]));
            }
            languages.extend([own, months]);
        }
        autonyms.iter().for_each(|name| everywhere.add(name, true, "* autonym".to_string()));
        languages.push(everywhere);
        Reference { languages }
    }

    fn phrases(&self, text: &str) -> BTreeSet<Phrase> {
        let pieces = pieces(text);
        let mut found = BTreeSet::new();
        for language in &self.languages {
            (0..pieces.len()).for_each(|at| language.find(&pieces, at, at, "", &mut found));
        }
        found
    }
}

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::new(Gazetteer::embedded()));

/// The differences between library and reference, none where they agree.
fn differences(text: &str) -> Vec<String> {
    let library: BTreeSet<Phrase> = phrases(text, Gazetteer::embedded()).into_iter().collect();
    let reference = REFERENCE.phrases(text);
    let told = |what: &str, phrase: &Phrase| {
        format!("{what}: {:?} {}..{} as {}", &text[phrase.start..phrase.end], phrase.start, phrase.end, phrase.sense)
    };
    let missed = reference.difference(&library).map(|p| told("the library misses", p));
    let extra = library.difference(&reference).map(|p| told("only the library has", p));
    missed.chain(extra).collect()
}

fn assert_equal(text: &str) {
    let differences = differences(text);
    assert!(differences.is_empty(), "{} differences\n{}\nin {text:?}", differences.len(), differences.join("\n"));
}

/// All reports and cases of the repository.
fn texts() -> Vec<String> {
    let mut pending: Vec<PathBuf> =
        ["seeds", "tests/cases"].iter().map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).collect();
    let mut texts = Vec::new();
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == "txt") {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts.sort();
    texts
}

#[test]
fn reports_have_the_same_phrases() {
    let texts = texts();
    let count: usize = texts.iter().map(|text| phrases(text, Gazetteer::embedded()).len()).sum();
    assert!(count > 5_000, "{count} phrases only");
    texts.iter().for_each(|text| assert_equal(text));
}

#[test]
fn decomposed_reports_have_the_same_phrases() {
    for text in texts() {
        let decomposed: String = text.nfd().collect();
        assert_equal(&decomposed);
        let senses = |text: &str| phrases(text, Gazetteer::embedded()).into_iter().map(|p| p.sense).collect::<Vec<_>>();
        assert_eq!(senses(&text), senses(&decomposed), "in {text:?}");
    }
}

/// Every form of every table is found where it stands alone.
#[test]
fn every_form_is_found() {
    let gazetteer = Gazetteer::embedded();
    for (file, text) in gazetteer.tables().filter(|(file, _)| file.starts_with("languages/")) {
        let known = ["components", "cues", "documents", "events", "fields", "calendar", "ordinals", "places"];
        if !known.iter().any(|name| file.ends_with(&format!("/{name}.tsv"))) {
            continue;
        }
        for row in rows(text) {
            let form = row["form"].trim_start_matches('=');
            let found = phrases(form, gazetteer);
            assert!(found.iter().any(|p| p.start == 0 && p.end == form.len()), "{file}: {form:?} is never found");
        }
    }
}

/// A form of the gazetteer, a piece of a report, or something odd.
fn fragment() -> impl Strategy<Value = String> {
    static FORMS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let tables = Gazetteer::embedded().tables().filter(|(file, _)| file.starts_with("languages/"));
        let mut forms: Vec<String> = tables
            .flat_map(|(_, text)| text.lines().skip(1).filter_map(|line| line.split('\t').next()))
            .map(|form| form.trim_start_matches('=').to_string())
            .collect();
        forms.extend(Gazetteer::embedded().provinces().iter().map(|province| province.name.clone()));
        forms
    });
    static ODD: [&str; 40] = [
        "\u{200b}",
        "\u{ad}",
        "\u{feff}",
        "\u{301}",
        "\u{323}",
        "😀",
        "👩\u{200d}🌾",
        "İ",
        "ı",
        "ß",
        "ẞ",
        "Ǆ",
        "ǆ",
        "ŉ",
        "ﬁ",
        "½",
        "漢",
        "字",
        "か\u{3099}",
        "한",
        "\u{1112}\u{1161}",
        "'",
        "’",
        "ʼ",
        "`",
        "-",
        "–",
        "—",
        "‑",
        "/",
        "|",
        ".",
        ",",
        "№",
        "º",
        "Å",
        "http://",
        "https://x.vn/a",
        "\r\n",
        "\u{2028}",
    ];
    prop_oneof![
        6 => any::<prop::sample::Index>().prop_map(|at| at.get(&FORMS).clone()),
        2 => any::<prop::sample::Index>().prop_map(|at| at.get(&FORMS).to_uppercase()),
        2 => any::<prop::sample::Index>().prop_map(|at| at.get(&FORMS).nfd().collect()),
        2 => (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(form, end)| {
            let letters: Vec<char> = form.get(&FORMS).chars().collect();
            letters[..=end.index(letters.len())].iter().collect()
        }),
        3 => any::<prop::sample::Index>().prop_map(|at| at.get(&ODD).to_string()),
        1 => "[0-9]{1,4}",
        1 => "\\PC{0,6}",
    ]
}

fn odd_text() -> impl Strategy<Value = String> {
    let gap = prop_oneof![
        6 => Just(" "), 2 => Just(""), 1 => Just("\n"), 1 => Just("-"), 1 => Just("'"), 1 => Just("\u{a0}"), 1 => Just(", ")
    ];
    prop::collection::vec((fragment(), gap), 0..24)
        .prop_map(|parts| parts.into_iter().map(|(fragment, gap)| fragment + gap).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn odd_texts_have_the_same_phrases(text in odd_text()) {
        let differences = differences(&text);
        prop_assert!(differences.is_empty(), "{}\nin {text:?}", differences.join("\n"));
    }
}
