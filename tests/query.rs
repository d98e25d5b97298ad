//! Queries: how words become a pattern, and which names match which entities.

use std::path::Path;

use chutoa::export::ExportGraph;
use chutoa::fact::{Evidence, Fact};
use chutoa::graph::{Entity, KnowledgeGraph};
use chutoa::query::{Filter, Query, Term, Wildcard, diff, dossier, explain, find, stats};
use chutoa::store::Store;
use chutoa::vocabulary::{EntityId, Kind, Relation};

fn store(name: &str) -> Store {
    Store::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store").join(name)).unwrap()
}

fn graph() -> KnowledgeGraph {
    store("new").graph()
}

fn term(text: &str) -> Term {
    match text {
        "who" => Term::Wildcard(Wildcard::Who),
        "where" => Term::Wildcard(Wildcard::Where),
        "when" => Term::Wildcard(Wildcard::When),
        "*" => Term::Wildcard(Wildcard::Any),
        name => Term::Name(name.to_string()),
    }
}

#[test]
fn words_become_patterns() {
    use Relation::*;
    // words | subject, relation, object
    type Pattern = (&'static str, Option<Relation>, &'static str);
    #[rustfmt::skip]
    let cases: &[(&[&str], Pattern)] = &[
        (&["who", "chaired", "what"],                  ("who", Some(Chaired), "*")),
        (&["who chaired what"],                        ("who", Some(Chaired), "*")),
        (&["WHO", "Chairs", "?"],                      ("who", Some(Chaired), "*")),
        (&["who", "presided", "over", "what"],         ("who", Some(Chaired), "*")),
        (&["who", "presided over", "what"],            ("who", Some(Chaired), "*")),
        (&["Nguyễn Đình Trung", "holds", "what"],      ("Nguyễn Đình Trung", Some(Holds), "*")),
        (&["Nguyễn", "Đình", "Trung", "is", "what"],   ("Nguyễn Đình Trung", Some(Holds), "*")),
        (&["Ngo Thanh Danh", "chaired"],               ("Ngo Thanh Danh", Some(Chaired), "*")),
        (&["what", "cites", "57-NQ/TW"],               ("*", Some(Cites), "57-NQ/TW")),
        (&["what", "spoke_at", "x"],                   ("*", Some(SpokeAt), "x")),
        (&["who", "spoke", "at", "what"],              ("who", Some(SpokeAt), "*")),
        (&["who", "was", "what"],                      ("who", Some(Held), "*")),
        (&["who", "held", "what"],                     ("who", Some(Held), "*")),
        (&["what", "held", "in", "where"],             ("*", Some(HeldIn), "where")),
        (&["what", "held-on", "when"],                 ("*", Some(HeldOn), "when")),
        (&["who", "appointed", "secretary", "Dak Nong"], ("who", Some(ElectedTo), "secretary Dak Nong")),
        (&["x", "chaired by", "who"],                  ("who", Some(Chaired), "x")),
        (&["57-NQ/TW", "cited by", "what"],            ("*", Some(Cites), "57-NQ/TW")),
        (&["Ngo Thanh Danh", "?", "what"],             ("Ngo Thanh Danh", None, "*")),
        (&["?", "?", "?"],                             ("*", None, "*")),
    ];
    for (words, (subject, relation, object)) in cases {
        let query = Query::parse(words).unwrap_or_else(|e| panic!("{words:?}: {e}"));
        let expected =
            Query { subject: term(subject), relation: *relation, object: term(object), filter: Filter::default() };
        assert_eq!(query, expected, "{words:?}");
    }
}

#[test]
fn what_is_no_pattern_says_so() {
    #[rustfmt::skip]
    let cases: &[(&[&str], &str)] = &[
        (&[],                             "SUBJECT RELATION OBJECT"),
        (&["chaired"],                    "SUBJECT RELATION OBJECT"),
        (&["who", "chiared", "what"],     "did you mean `chaired`?"),
        (&["who", "sang", "what"],        "relations are: holds, held, chaired"),
        (&["when", "chaired", "what"],    "leads from a person to an event"),
        (&["what", "held", "where"],      "it fits"),
    ];
    for (words, message) in cases {
        let error = Query::parse(words).unwrap_err().to_string();
        assert!(error.contains(message), "{words:?}: {error}");
    }
}

#[test]
fn names_find_entities() {
    let graph = graph();
    // name | identifiers, or nothing
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("person:ngo-thanh-danh",   &["person:ngo-thanh-danh"]),
        ("ngo-thanh-danh",          &["person:ngo-thanh-danh"]),
        ("Ngô Thanh Danh",          &["person:ngo-thanh-danh"]),
        ("Ngo\u{302} Thanh Danh",   &["person:ngo-thanh-danh"]), // NFD
        ("NGO THANH DANH",          &["person:ngo-thanh-danh"]),
        ("Danh Ngo Thanh",          &["person:ngo-thanh-danh"]),
        ("Нго Тхань Зань",          &["person:ngo-thanh-danh"]),
        ("Зань",                    &["person:ngo-thanh-danh"]),
        ("Thanh Danh",              &["person:ngo-thanh-danh"]),
        ("Ngó Thanh Danh",          &[]),
        ("Trần Văn Hùng",           &["person:tran-van-hung"]),
        ("Trần Văn Hưng",           &["person:tran-van-hung~dak-lak"]),
        ("Tran Van Hung",           &["person:tran-van-hung", "person:tran-van-hung~dak-lak"]),
        ("Hùng",                    &["person:tran-van-hung"]),
        ("Hung",                    &["person:tran-van-hung", "person:tran-van-hung~dak-lak"]),
        ("Hừng",                    &[]),
        ("Nguyễn Minh",             &["person:nguyen-minh"]), // no report has its marks
        ("Nguyen",                  &["person:nguyen-minh"]),
        ("Đắk Nông",                &["province:dak-nong"]),
        ("dak nong",                &["province:dak-nong"]),
        ("57-NQ/TW",                &["doc:57-nq-tw"]),
        ("nghi quyet 57",           &["doc:57-nq-tw"]),
        ("conference 20 Đắk Nông",  &["event:dak-nong/provincial-party-committee/conference-20"]),
        ("deputy secretary",        &["post:dak-nong/provincial-party-committee/deputy-secretary"]),
        ("secretary dak nong",      &["post:dak-nong/provincial-party-committee/deputy-secretary",
                                      "post:dak-nong/provincial-party-committee/secretary"]),
        ("",                        &[]),
        ("?!",                      &[]),
    ];
    for (name, expected) in cases {
        let found = find(&graph, name, &Kind::ALL).unwrap_or_default();
        let ids: Vec<&str> = found.iter().map(|m| m.entity.id.as_str()).collect();
        assert_eq!(ids, *expected, "{name}");
    }
}

#[test]
fn an_unknown_name_suggests_the_nearest() {
    let graph = graph();
    let nearest = |name: &str, kind: Kind| find(&graph, name, &[kind]).unwrap_err().to_string();
    assert!(nearest("Ngo Than Dahn", Kind::Person).contains("the nearest are Ngô Thanh Danh (person:ngo-thanh-danh)"));
    assert!(nearest("Dak Nogn", Kind::Province).contains("Đắk Nông"));
    assert_eq!(nearest("Qqqqqq", Kind::Person), "no person is called `Qqqqqq`");
    let elsewhere = nearest("Đắk Nông", Kind::Person);
    assert!(elsewhere.contains("there is a province, province:dak-nong"), "{elsewhere}");
    assert_eq!(
        nearest("Ngo Thanh Dahn", Kind::Event),
        "no event is called `Ngo Thanh Dahn`; the nearest of other kinds are Ngô Thanh Danh (person:ngo-thanh-danh)"
    );
}

fn subjects(words: &[&str], filter: Filter) -> Vec<String> {
    let answer = Query::parse(words).unwrap().with(filter).run(&graph()).unwrap();
    answer.rows.into_iter().map(|row| row.subject.id.path().to_string()).collect()
}

#[test]
fn filters_leave_what_lies_in_them() {
    let all = ["tran-van-hung", "ngo-thanh-danh", "ho-van-muoi"];
    let chaired = |filter| subjects(&["who", "chaired", "what"], filter);
    assert_eq!(chaired(Filter::default()), all);
    let place = |name: &str| Filter { place: Some(name.into()), ..Filter::default() };
    assert_eq!(chaired(place("dak nong")), all[1..]);
    assert_eq!(chaired(place("Đắk Lắk")), all[..1]);
    let on = |day: &str| Filter { on: Some(day.parse().unwrap()), ..Filter::default() };
    assert_eq!(chaired(on("2025-06")), all[1..]);
    assert_eq!(chaired(on("2025-06-12")), all[1..]);
    assert_eq!(chaired(on("2025")), all);
    assert!(chaired(on("2024")).is_empty());
    let since = Filter { since: Some("2025-07".parse().unwrap()), ..Filter::default() };
    assert_eq!(chaired(since), all[..1]);
    let until = Filter { until: Some("2025-06-30".parse().unwrap()), ..Filter::default() };
    assert_eq!(chaired(until), all[1..]);
    // A post is held from the first observation until a report ends it, and not before.
    assert_eq!(subjects(&["who", "holds", "what"], on("2025-06-13")), ["ho-van-muoi", "ngo-thanh-danh"]);
    assert!(subjects(&["who", "holds", "what"], on("2025-06-11")).is_empty());
}

#[test]
fn a_row_tells_post_place_day_and_evidence() {
    let answer = Query::parse(&["Danh", "chaired", "what"]).unwrap().run(&graph()).unwrap();
    let [row] = &answer.rows[..] else { panic!("one row expected: {answer:?}") };
    assert_eq!(row.roles[0].id.as_str(), "post:dak-nong/provincial-party-committee/secretary");
    assert_eq!(row.place.as_ref().unwrap().id.as_str(), "province:dak-nong");
    assert_eq!(row.when.as_ref().unwrap().first, "2025-06-12");
    assert_eq!(row.reports, 1, "two articles of one group are one report");
    assert!(row.evidence.as_ref().unwrap().sentence.contains("ont présidé"));
}

#[test]
fn an_explanation_marks_the_words() {
    let store = store("new");
    let query = Query::parse(&["Danh", "chaired"]).unwrap();
    let explanations = explain::explain(&store.graph(), &query, &store.wordings).unwrap();
    let marked: Vec<&str> = explanations[0]
        .sentences
        .iter()
        .flat_map(|s| s.marks.iter().map(|mark| &s.quote.sentence[mark.clone()]))
        .collect();
    assert_eq!(marked, ["Ngo Thanh Danh", "Ngô Thanh Danh, Phó Bí thư Hồ Văn Mười chủ trì Hội nghị lần thứ 20"]);
}

#[test]
fn a_dossier_tells_posts_events_companions_and_sources() {
    let graph = graph();
    let dossiers = dossier::dossiers(&graph, "Ngo Thanh Danh").unwrap();
    let [danh] = &dossiers[..] else { panic!("one dossier expected") };
    assert_eq!(danh.posts.len(), 1);
    assert_eq!(danh.events[0].with[0].id.as_str(), "person:ho-van-muoi");
    let sources: Vec<&str> = danh.sources.iter().map(|s| s.article.path()).collect();
    assert_eq!(sources, ["fr-1", "uk-1", "vi-1"]);
    assert_eq!(dossier::dossiers(&graph, "Đắk Nông").unwrap()[0].kind, Kind::Province);
    assert_eq!(dossier::dossiers(&graph, "Hung").unwrap().len(), 2);
}

#[test]
fn a_difference_tells_who_came_and_who_left() {
    let (old, new) = (store("old").graph(), graph());
    let difference = diff::diff(&old, &new);
    let paths = |all: &[chutoa::query::Named]| all.iter().map(|n| n.id.path().to_string()).collect::<Vec<_>>();
    assert_eq!(paths(&difference.came), ["nguyen-minh", "tran-van-hung", "tran-van-hung~dak-lak"]);
    assert_eq!(paths(&difference.gone), ["le-dien"]);
    assert_eq!(difference.chaired.len(), 1);
    assert!(diff::diff(&new, &new).is_empty());
}

#[test]
fn statistics_count() {
    let graph = graph();
    let statistics = stats::stats(&ExportGraph::new(&graph), 1);
    assert_eq!(statistics.entities, 23);
    assert_eq!(statistics.most_connected[&Kind::Person][0].entity.id.path(), "ngo-thanh-danh");
    assert_eq!(stats::stats(&ExportGraph::new(&KnowledgeGraph::default()), 3).components, 0);
}

#[test]
fn a_board_is_not_vacant() {
    let fact = |object: &str| Fact {
        article: EntityId::article("r1"),
        subject: "person:an-van-mau".parse().unwrap(),
        relation: Relation::Left,
        object: object.parse().unwrap(),
        acting: false,
        evidence: Evidence { start: 0, end: 9, sentence: "".into(), rule: "".into(), confidence: 0.9 },
    };
    let (seat, board) = ("post:an-tinh/people-committee/chair", "post:an-tinh/people-committee/member");
    let mut chair = Entity::bare(seat.parse().unwrap());
    chair.single = true;
    let entities = [(chair.id.clone(), chair)].into();
    let graph = KnowledgeGraph::from_facts(&[fact(seat), fact(board)], &entities);
    let vacant = stats::stats(&ExportGraph::new(&graph), 5).vacant;
    assert_eq!(vacant.iter().map(|vacancy| vacancy.post.id.as_str()).collect::<Vec<_>>(), [seat]);
}
