//! A sample graph: two provinces, two conferences, three reports, invented people; and one with hostile names.

use std::collections::BTreeMap;

use chutoa::fact::{Evidence, Fact};
use chutoa::graph::{Entity, KnowledgeGraph};
use chutoa::vocabulary::{EntityId, Kind};

/// Article, subject, relation, object.
const FACTS: &str = "
r1 person:an-van-mau holds post:an-tinh/provincial-party-committee/secretary
r1 person:an-van-mau chaired event:an-tinh/provincial-party-committee/conference-20
r1 person:an-van-mau spoke_at event:an-tinh/provincial-party-committee/conference-20
r1 person:binh-thi-mau holds post:an-tinh/people-council/chair
r1 person:binh-thi-mau chaired event:an-tinh/provincial-party-committee/conference-20
r1 event:an-tinh/provincial-party-committee/conference-20 organized_by org:an-tinh/provincial-party-committee
r1 event:an-tinh/provincial-party-committee/conference-20 held_in province:an-tinh
r1 event:an-tinh/provincial-party-committee/conference-20 held_on date:2025-04-04
r1 article:r1 cites doc:18-nq-tw
r1 doc:18-nq-tw issued_by org:party-central-committee
r1 doc:18-nq-tw issued_on date:2017-10-25
r1 article:r1 mentions province:an-tinh
r2 person:an-van-mau holds post:an-tinh/provincial-party-committee/secretary
r2 person:an-van-mau chaired event:an-tinh/provincial-party-committee/conference-20
r2 person:chi-van-mau holds post:an-tinh/provincial-party-committee/deputy-secretary
r2 person:chi-van-mau attended event:an-tinh/provincial-party-committee/conference-20
r2 article:r2 mentions province:binh-tinh
r3 person:an-van-mau held post:an-tinh/provincial-party-committee/secretary
r3 person:an-van-mau holds post:party-central-committee/member
r3 person:chi-van-mau holds post:an-tinh/provincial-party-committee/secretary
r3 person:chi-van-mau elected_to post:an-tinh/provincial-party-committee/secretary
r3 person:dung-van-mau holds post:binh-tinh/people-committee/chair
r3 person:dung-van-mau chaired event:binh-tinh/people-committee/meeting-2025-09-02
r3 person:chi-van-mau attended event:binh-tinh/people-committee/meeting-2025-09-02
r3 event:binh-tinh/people-committee/meeting-2025-09-02 organized_by org:binh-tinh/people-committee
r3 event:binh-tinh/people-committee/meeting-2025-09-02 held_in province:binh-tinh
r3 event:binh-tinh/people-committee/meeting-2025-09-02 held_on date:2025-09-02
r3 person:em-thi-mau wrote article:r3
";

const DAYS: [(&str, &str); 3] = [("r1", "2025-04-05"), ("r2", "2025-04-06"), ("r3", "2025-09-03")];

/// Strings that break formats: each must come through every one of them.
pub const HOSTILE: [&str; 14] = [
    "Quote \" and 'apostrophe'",
    "<b>Angle</b> & &lt;entity&gt;",
    "line\nfeed\r\nand\ttab",
    "control \u{1}\u{7}\u{1b} characters",
    "right \u{202e}to left\u{202c} \u{200f}marks",
    "</script><script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "back\\slash \\N \\\" \\",
    "semi;colon, comma | pipe",
    "]]> <!-- --> <?xml?>",
    "{curly} [square] \u{FFFE} \u{1F600}",
    "",
    " ",
    "\u{7}",
];

/// The facts of the sample.
pub fn facts() -> Vec<Fact> {
    let line = |(number, line): (usize, &str)| {
        let [article, subject, relation, object] = line.split(' ').collect::<Vec<_>>().try_into().expect("four words");
        Fact {
            article: EntityId::article(article),
            subject: subject.parse().unwrap(),
            relation: relation.parse().unwrap(),
            object: object.parse().unwrap(),
            acting: relation == "holds" && subject.contains("dung"),
            evidence: Evidence {
                start: number as u32 * 10,
                end: number as u32 * 10 + 9,
                sentence: format!("Câu số {number} của báo cáo {article}.").into(),
                rule: "sample".into(),
                confidence: 0.9,
            },
        }
    };
    FACTS.trim().lines().enumerate().map(line).collect()
}

/// Labels and days of the sample.
pub fn entities(facts: &[Fact]) -> BTreeMap<EntityId, Entity> {
    let graph = KnowledgeGraph::from_facts(facts, &BTreeMap::new());
    let dress = |entity: &Entity| {
        let mut entity = entity.clone();
        entity.label_vi = format!("Nhãn của {}", entity.id.path());
        entity.label = format!("Label of {}", entity.id.path());
        if entity.id.kind() == Kind::Article {
            entity.url = Some(format!("https://example.org/{}?a=1&b=2", entity.id.path()));
            entity.date = DAYS.iter().find(|(id, _)| *id == entity.id.path()).map(|(_, day)| day.to_string());
        }
        if entity.id.kind() == Kind::Person {
            entity.names = vec!["Another name".to_string(), "Ще одне ім'я".to_string()];
        }
        (entity.id.clone(), entity)
    };
    graph.entities().map(dress).collect()
}

/// The sample graph.
pub fn sample() -> KnowledgeGraph {
    let facts = facts();
    KnowledgeGraph::from_facts(&facts, &entities(&facts))
}

/// The sample graph with hostile labels, names, sentences and addresses.
pub fn hostile() -> KnowledgeGraph {
    let mut facts = facts();
    let mut entities = entities(&facts);
    for (fact, text) in facts.iter_mut().zip(HOSTILE.iter().cycle()) {
        fact.evidence.sentence = text.to_string().into();
        fact.evidence.rule = text.to_string().into();
    }
    for (entity, text) in entities.values_mut().zip(HOSTILE.iter().cycle()) {
        entity.label = text.to_string();
        entity.label_vi = text.to_string();
        entity.names = HOSTILE.iter().map(|text| text.to_string()).collect();
        if entity.url.is_some() {
            entity.url = Some(format!("javascript:alert({text:?})"));
        }
        if entity.date.is_some() {
            entity.date = Some("2025-13-77".to_string());
        }
    }
    KnowledgeGraph::from_facts(&facts, &entities)
}
