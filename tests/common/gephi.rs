//! Gephi's rules, as its importers have them, for files that Gephi itself cannot be asked about in a test.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;

/// An element with its attributes and the text right inside it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }

    fn all<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.all(name, found);
        }
    }

    fn find(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.all(name, &mut found);
        found
    }
}

/// Fails where Gephi would lose, merge or misread something of a GraphML or GEXF file. Returns nodes and edges.
pub fn assert_gephi_safe(file: &str) -> (usize, usize) {
    let root = parse(file);
    match root.name.as_str() {
        "graphml" => graphml(&root),
        "gexf" => gexf(&root),
        other => panic!("neither GraphML nor GEXF: <{other}>"),
    }
}

fn parse(file: &str) -> Element {
    let illegal =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    assert!(!file.contains(illegal), "a character that XML 1.0 does not allow");
    let mut reader = Reader::from_str(file);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => open.push(element(&tag)),
            Event::Empty(tag) => open.last_mut().unwrap().children.push(element(&tag)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.decode().unwrap()),
            Event::GeneralRef(entity) => {
                let entity = format!("&{};", entity.decode().unwrap());
                open.last_mut().unwrap().text.push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "all elements are closed");
    open.remove(0).children.into_iter().find(|element| !element.name.is_empty()).expect("a root")
}

fn element(tag: &quick_xml::events::BytesStart<'_>) -> Element {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let attributes = tag.attributes().map(|attribute| {
        let attribute = attribute.expect("well-formed attributes, none twice");
        (text(attribute.key.as_ref()), attribute.unescape_value().unwrap().into_owned())
    });
    Element { name: text(tag.name().as_ref()), attributes: attributes.collect(), ..Element::default() }
}

fn graphml(root: &Element) -> (usize, usize) {
    let keys = root.find("key");
    let mut ids = BTreeSet::new();
    let mut columns = BTreeSet::new();
    let mut types = BTreeMap::new();
    for key in &keys {
        let (scope, ty) = (key.get("for"), key.get("attr.type"));
        assert!(["node", "edge", "graph"].contains(&scope), "key for `{scope}`");
        assert!(["boolean", "int", "long", "float", "double", "string"].contains(&ty), "type `{ty}`");
        assert!(ids.insert(key.get("id").to_lowercase()), "key ids agree but for case: {}", key.get("id"));
        assert!(columns.insert((scope, key.get("attr.name").to_lowercase())), "two columns {}", key.get("attr.name"));
        let reserved = ["id", "timeset", "interval", "start", "end"];
        assert!(!reserved.contains(&key.get("attr.name")), "a column {}", key.get("attr.name"));
        types.insert(key.get("id"), (scope, key.get("attr.name"), ty));
    }
    assert!(root.find("desc").is_empty(), "<desc> overwrites labels");
    assert_eq!(root.find("graph")[0].get("edgedefault"), "directed");

    let (nodes, edges) = (root.find("node"), root.find("edge"));
    let values = |element: &Element, scope: &str| -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for data in &element.children {
            let (of, name, ty) = types[data.get("key")];
            assert_eq!(of, scope, "a key of another scope");
            typed(ty, &data.text);
            assert!(found.insert(name.to_string(), data.text.clone()).is_none(), "{name} twice");
        }
        found
    };
    let mut known = BTreeSet::new();
    let mut positioned = 0;
    for node in &nodes {
        assert!(known.insert(node.get("id")), "two nodes {}", node.get("id"));
        let values = values(node, "node");
        assert!(!values["label"].is_empty(), "a node without a label");
        assert!(is_hex_colour(&values["color"]), "colour {}", values["color"]);
        positioned += usize::from(values.contains_key("x"));
    }
    assert!(positioned == 0 || positioned == nodes.len(), "some nodes have a position and some have none");
    let mut triples = BTreeSet::new();
    let mut edge_ids = BTreeSet::new();
    for edge in &edges {
        let values = values(edge, "edge");
        common_edge(edge, edge.get("label"), &values["weight"], &known, &mut triples, &mut edge_ids);
    }
    (nodes.len(), edges.len())
}

fn gexf(root: &Element) -> (usize, usize) {
    assert_eq!((root.get("version"), root.get("xmlns")), ("1.3", "http://gexf.net/1.3"));
    let graph = root.find("graph")[0];
    assert_eq!(graph.get("defaultedgetype"), "directed");
    let zone = graph.get("timezone");
    assert!(zone.is_empty() || zone == "UTC", "Gephi fails on a time zone it does not know: {zone}");
    let mut types = BTreeMap::new();
    for attributes in root.find("attributes") {
        let mut titles = BTreeSet::new();
        for attribute in attributes.find("attribute") {
            let ty = attribute.get("type");
            assert!(["boolean", "integer", "long", "float", "double", "string"].contains(&ty), "type `{ty}`");
            assert!(titles.insert(attribute.get("title").to_lowercase()), "two columns {}", attribute.get("title"));
            assert!(!["id", "label", "timeset"].contains(&attribute.get("title")));
            types.insert((attributes.get("class"), attribute.get("id")), ty);
        }
    }
    let (nodes, edges) = (root.find("node"), root.find("edge"));
    let mut spells = 0;
    let mut check = |element: &Element, class: &'static str| {
        for value in element.find("attvalue") {
            typed(types[&(class, value.get("for"))], value.get("value"));
        }
        for colour in element.find("viz:color") {
            assert!(colour.attributes.keys().all(|key| ["r", "g", "b", "a"].contains(&key.as_str())));
            assert!(["r", "g", "b"].iter().all(|part| colour.get(part).parse::<u8>().is_ok()));
        }
        let own = element.find("spell");
        assert!(own.len() <= 1, "spells that may overlap");
        for spell in own {
            let (start, end) = (spell.get("start"), spell.get("end"));
            assert!(is_day(start) && is_day(end) && start <= end, "spell {start} to {end}");
            spells += 1;
        }
    };
    let mut known = BTreeSet::new();
    for node in &nodes {
        check(node, "node");
        assert!(known.insert(node.get("id")), "two nodes {}", node.get("id"));
        assert!(!node.get("label").is_empty(), "an empty label stays empty");
    }
    let mut triples = BTreeSet::new();
    let mut edge_ids = BTreeSet::new();
    for edge in &edges {
        check(edge, "edge");
        common_edge(edge, edge.get("kind"), edge.get("weight"), &known, &mut triples, &mut edge_ids);
    }
    let dynamic = graph.get("mode") == "dynamic";
    assert_eq!(dynamic, spells > 0, "mode {}, {spells} spells", graph.get("mode"));
    if dynamic {
        assert_eq!((graph.get("timeformat"), graph.get("timerepresentation")), ("date", "interval"));
    }
    (nodes.len(), edges.len())
}

fn common_edge<'e>(
    edge: &'e Element,
    kind: &'e str,
    weight: &str,
    nodes: &BTreeSet<&str>,
    triples: &mut BTreeSet<(&'e str, &'e str, &'e str)>,
    ids: &mut BTreeSet<&'e str>,
) {
    let (source, target) = (edge.get("source"), edge.get("target"));
    assert!(nodes.contains(source) && nodes.contains(target), "an edge makes a node: {source} -> {target}");
    assert!(weight.parse::<f64>().is_ok_and(|weight| weight > 0.0), "weight {weight} loses the edge");
    assert!(!kind.is_empty(), "an edge without a type");
    assert!(triples.insert((source, target, kind)), "Gephi merges {source} -{kind}-> {target}");
    assert!(ids.insert(edge.get("id")), "two edges {}", edge.get("id"));
}

fn typed(ty: &str, text: &str) {
    let fits = match ty {
        "int" | "integer" | "long" => text.parse::<i64>().is_ok(),
        "float" | "double" => text.parse::<f64>().is_ok_and(f64::is_finite),
        "boolean" => ["true", "false"].contains(&text),
        _ => true,
    };
    assert!(fits, "`{text}` is no {ty}");
}

fn is_hex_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].chars().all(|c| c.is_ascii_hexdigit())
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
