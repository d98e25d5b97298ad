//! A drawing for Graphviz: provinces as boxes, people with their posts, the events they took part in.
//!
//! The file chooses its own layout, so that a plain `dot -Tsvg` does the right thing: `dot` with a box for each
//! province while it can (about 300 nodes), above that `sfdp`, which draws no boxes, with provinces as nodes and names
//! on the most connected nodes only. Several ties between two nodes are one line of several colours. Unless everything
//! is asked for, posts are lines below the name of their holder, and articles and what only they tie are left out:
//! they are what the lines link to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use super::dot_text::{html, identifier, lines, quoted};
use super::export_graph::{ExportGraph, Link, Tie};
use super::look::{choose, kind_colour, kind_word, tie_colour, tie_word};
use super::record::label;
use super::{Layout, Options, Sentences};
use crate::graph::Entity;
use crate::vocabulary::{EntityId, Kind, Relation};

/// Above this `dot` takes too long to wait for.
const MOST_FOR_DOT: usize = 300;
/// So many names can be read in a picture of many nodes.
const MOST_NAMES: usize = 60;
/// So many posts stand below a name.
const MOST_POSTS: usize = 4;
/// Columns after which a name is wrapped, and the smaller text below it.
const WRAP: usize = 30;
const WRAP_SMALL: usize = 42;
/// How much flatter than wide a province's box tends to be: the picture should be about square.
const BOX_SHAPE: f64 = 0.8;
/// The same of a name with the posts below it.
const NAME_SHAPE: f64 = 0.4;
/// More lines in a row than this do not count when boxes are set side by side.
const MOST_RANKS: usize = 4;
/// Characters of a sentence in a tooltip.
const MOST_QUOTED: usize = 400;

const FONT: &str = "Noto Sans,DejaVu Sans,Arial,sans-serif";
const INK: &str = "#222222";
const FAINT: &str = "#666666";

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    Drawing::new(graph, options).write(out)
}

struct Drawing<'w, 'a> {
    graph: &'w ExportGraph<'a>,
    options: &'w Options,
    shown: Vec<bool>,
    /// Links between shown nodes, those of the same two nodes together.
    lines: BTreeMap<(usize, usize), Vec<&'w Link<'a>>>,
    /// The box in which a node stands.
    home: Vec<Home<'a>>,
    /// Links of people to posts that are drawn as text.
    posts: BTreeMap<usize, Vec<&'w Link<'a>>>,
    /// What a province was merged into, in the view or out of it.
    merged: BTreeMap<&'a EntityId, &'a Entity>,
    /// Whether provinces are boxes.
    boxed: bool,
    /// Whether a node's name is written.
    named: Vec<bool>,
}

impl<'w, 'a> Drawing<'w, 'a> {
    fn new(graph: &'w ExportGraph<'a>, options: &'w Options) -> Drawing<'w, 'a> {
        let count = graph.nodes.len();
        let mut drawing = Drawing {
            graph,
            options,
            shown: vec![true; count],
            lines: BTreeMap::new(),
            home: homes(graph),
            posts: BTreeMap::new(),
            merged: merged(graph),
            boxed: true,
            named: vec![true; count],
        };
        if !options.everything {
            drawing.fold_posts();
        }
        let count = drawing.choose_nodes(true);
        drawing.boxed = match options.layout {
            // Ties of a projection lead nowhere, which layers would show.
            Layout::Fitting => count <= MOST_FOR_DOT && !graph.projected,
            Layout::Layers => true,
            Layout::Springs => false,
        };
        if !drawing.boxed {
            drawing.choose_nodes(false);
            drawing.choose_names();
        }
        drawing
    }

    fn fold_posts(&mut self) {
        let links = || self.graph.links.iter();
        let holds: BTreeSet<(usize, usize)> = links()
            .filter(|link| link.tie == Tie::Stated(Relation::Holds))
            .map(|link| (link.source, link.target))
            .collect();
        for link in links() {
            // Whoever holds a post was elected to it, or is about to leave it, which says less.
            let (Some(_), more) = (tenure(link), holds.contains(&(link.source, link.target))) else { continue };
            if !more || link.tie == Tie::Stated(Relation::Holds) {
                self.posts.entry(link.source).or_default().push(link);
            }
        }
        for posts in self.posts.values_mut() {
            // What somebody is comes before what somebody was; a report names the weightiest post first.
            let place = |link: &Link<'_>| link.statements.iter().map(|s| s.evidence.start).min();
            posts.sort_by_key(|link| (tenure(link), place(link), link.target));
            let mut seen = BTreeSet::new();
            posts.retain(|link| seen.insert((tenure(link), link.target)));
        }
    }

    /// Decides which nodes and lines are drawn, and returns how many nodes.
    fn choose_nodes(&mut self, boxed: bool) -> usize {
        let everything = self.options.everything;
        let drawn = |node: usize| match self.graph.nodes[node].kind {
            Kind::Article | Kind::Post => everything,
            Kind::Province => everything || !boxed,
            _ => true,
        };
        self.shown = (0..self.graph.nodes.len()).map(drawn).collect();
        self.lines.clear();
        for link in &self.graph.links {
            if self.shown[link.source] && self.shown[link.target] {
                self.lines.entry((link.source, link.target)).or_default().push(link);
            }
        }
        if !everything && !boxed {
            self.tie_to_bodies();
        }
        if !everything {
            // A name that nothing in the picture leads to says nothing, unless posts stand below it.
            let tied: BTreeSet<usize> = self.lines.keys().flat_map(|(source, target)| [*source, *target]).collect();
            for (position, node) in self.graph.nodes.iter().enumerate() {
                let speaks = node.kind == Kind::Event || self.posts.contains_key(&position);
                self.shown[position] &= speaks || tied.contains(&position);
            }
        }
        self.shown.iter().filter(|shown| **shown).count()
    }

    /// Draws a post as a line to its body: among many nodes no posts stand below names.
    fn tie_to_bodies(&mut self) {
        for link in self.posts.values().flatten() {
            let post = self.graph.nodes[link.target].entity.id.path();
            let body = post.rsplit_once('/').map(|(body, _)| EntityId::new(Kind::Organization, body));
            if let Some(body) = body.and_then(|body| self.graph.position(&body)) {
                self.lines.entry((link.source, body)).or_default().push(link);
            }
        }
    }

    /// Leaves names to the most connected nodes.
    fn choose_names(&mut self) {
        let mut degree = vec![0usize; self.shown.len()];
        for (source, target) in self.lines.keys() {
            degree[*source] += 1;
            degree[*target] += 1;
        }
        let mut order: Vec<usize> = (0..degree.len()).filter(|node| self.shown[*node]).collect();
        order.sort_by_key(|node| (std::cmp::Reverse(degree[*node]), *node));
        self.named = vec![false; degree.len()];
        let most = if self.graph.projected { MOST_FOR_DOT } else { MOST_NAMES };
        for node in order.into_iter().take(most) {
            self.named[node] = true;
        }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "digraph \"chutoa\" {{")?;
        let layout = match self.boxed {
            true => "layout=\"dot\" rankdir=\"LR\" newrank=\"true\" compound=\"true\" nodesep=\"0.18\" ranksep=\"1.1\"",
            false => "layout=\"sfdp\" overlap=\"prism\" splines=\"false\" outputorder=\"edgesfirst\" K=\"0.9\"",
        };
        writeln!(
            out,
            "graph [{layout} charset=\"UTF-8\" bgcolor=\"white\" pad=\"0.3\" fontname=\"{FONT}\" tooltip=\" \"];"
        )?;
        writeln!(
            out,
            "node [fontname=\"{FONT}\" fontsize=\"11\" fontcolor=\"{INK}\" shape=\"box\" style=\"filled\" \
             penwidth=\"1.2\" margin=\"0.12,0.06\" target=\"_blank\"];"
        )?;
        writeln!(
            out,
            "edge [fontname=\"{FONT}\" fontsize=\"9\" fontcolor=\"{FAINT}\" arrowsize=\"0.6\" target=\"_blank\"];"
        )?;

        let mut boxes: BTreeMap<Home<'_>, Vec<usize>> = BTreeMap::new();
        for position in (0..self.shown.len()).filter(|position| self.shown[*position]) {
            match self.home[position] {
                home if self.boxed && home != Home::Unknown => boxes.entry(home).or_default().push(position),
                _ => self.node(position, "", out)?,
            }
        }
        for (home, members) in &boxes {
            let name = match home {
                Home::Province(province) => province.as_str(),
                _ => "central",
            };
            writeln!(out, "subgraph {} {{", identifier(&format!("cluster_{name}")))?;
            writeln!(
                out,
                "  graph [label={} labeljust=\"l\" style=\"rounded,filled\" fillcolor=\"#FAFAF7\" color=\"#C8C8C0\" \
                 margin=\"14\" tooltip=\" \"];",
                self.box_label(*home)
            )?;
            for position in members {
                self.node(*position, "  ", out)?;
            }
            writeln!(out, "}}")?;
        }
        let boxes: Vec<Vec<usize>> = boxes.into_values().collect();
        let unseen = [self.rows(&boxes), self.columns(&boxes)].concat();
        for (left, right) in unseen {
            let [left, right] = [left, right].map(|node| identifier(self.graph.nodes[node].entity.id.as_str()));
            writeln!(out, "{left} -> {right} [style=\"invis\" weight=\"1\" tooltip=\" \"];")?;
        }
        for ((source, target), links) in &self.lines {
            self.line(*source, *target, links, out)?;
        }
        self.legend(out)?;
        writeln!(out, "}}")
    }

    /// Unseen lines that set the members of a box to which no line leads in rows: `dot` alone piles them up.
    fn rows(&self, boxes: &[Vec<usize>]) -> Vec<(usize, usize)> {
        let tied: BTreeSet<usize> = self.lines.keys().flat_map(|(source, target)| [*source, *target]).collect();
        let mut unseen = Vec::new();
        for members in boxes {
            let alone: Vec<usize> = members.iter().copied().filter(|node| !tied.contains(node)).collect();
            let columns = (alone.len() as f64 * NAME_SHAPE).sqrt().ceil().max(1.0) as usize;
            let rows = alone.len().div_ceil(columns).max(1);
            unseen.extend(alone.iter().zip(alone.iter().skip(rows)).map(|(left, right)| (*left, *right)));
        }
        unseen
    }

    /// Unseen lines that set boxes side by side: `dot` alone piles them up in one column.
    fn columns(&self, boxes: &[Vec<usize>]) -> Vec<(usize, usize)> {
        let columns = (boxes.len() as f64 * BOX_SHAPE).sqrt().round().max(1.0) as usize;
        let rows = boxes.len().div_ceil(columns);
        let mut unseen = Vec::new();
        for (position, right) in boxes.iter().enumerate().skip(rows) {
            let Some(end) = self.last(&boxes[position - rows]) else { continue };
            let led_to: BTreeSet<usize> =
                self.lines.keys().filter(|(source, _)| right.contains(source)).map(|l| l.1).collect();
            unseen.extend(right.iter().filter(|node| !led_to.contains(node)).map(|start| (end, *start)));
        }
        unseen
    }

    /// The node of a box that most lines in a row lead to.
    fn last(&self, members: &[usize]) -> Option<usize> {
        let mut depth: BTreeMap<usize, usize> = members.iter().map(|node| (*node, 0)).collect();
        // Rows of lines are short, and a circle must end.
        for _ in 0..MOST_RANKS {
            for (source, target) in self.lines.keys() {
                let Some(from) = depth.get(source).copied() else { continue };
                if let Some(to) = depth.get_mut(target) {
                    *to = (from + 1).min(MOST_RANKS).max(*to);
                }
            }
        }
        depth.into_iter().max_by_key(|(node, depth)| (*depth, std::cmp::Reverse(*node))).map(|(node, _)| node)
    }

    fn node(&self, position: usize, indent: &str, out: &mut impl Write) -> io::Result<()> {
        let node = &self.graph.nodes[position];
        let colour = kind_colour(node.kind);
        let (shape, style) = match node.kind {
            Kind::Person => ("box", "rounded,filled"),
            Kind::Post => ("box", "rounded,filled,dashed"),
            Kind::Organization => ("component", "filled"),
            Kind::Event => ("tab", "filled"),
            Kind::Document | Kind::Article | Kind::Date => ("note", "filled"),
            Kind::Province => ("ellipse", "filled"),
        };
        write!(
            out,
            "{indent}{} [color=\"{}\" fillcolor=\"{}\" tooltip={}",
            identifier(node.entity.id.as_str()),
            colour.hex(),
            colour.tint().hex(),
            quoted(&self.node_tooltip(position)),
        )?;
        if self.named[position] {
            write!(out, " shape=\"{shape}\" style=\"{style}\" label={}", self.node_label(position))?;
        } else {
            write!(out, " shape=\"circle\" width=\"0.14\" label=\"\" style=\"filled\"")?;
        }
        if let Some(address) = self.graph.address(&node.entity.id) {
            write!(out, " URL={}", quoted(address))?;
        }
        writeln!(out, "];")
    }

    fn node_label(&self, position: usize) -> String {
        let node = &self.graph.nodes[position];
        let mut label = format!("<<b>{}</b>", lines(self.short(position, position), WRAP));
        let mut small = Vec::new();
        if self.boxed {
            let posts = self.posts.get(&position).map_or(&[][..], |posts| posts);
            small.extend(posts.iter().take(MOST_POSTS).map(|link| lines(&self.post(link), WRAP_SMALL)));
            if posts.len() > MOST_POSTS {
                small.push(format!("+ {}", posts.len() - MOST_POSTS));
            }
        }
        small.extend(node.date.map(html));
        if !small.is_empty() {
            let small = small.join("<br/>");
            write!(label, "<br/><font point-size=\"9\" color=\"{FAINT}\">{small}</font>").expect("a String takes all");
        }
        label + ">"
    }

    /// A node's label, without the name of the place in whose box `within` stands.
    fn short(&self, position: usize, within: usize) -> &'a str {
        let whole = label(self.graph.nodes[position].entity, self.options);
        let Home::Province(home) = self.home[within] else { return whole };
        let place = self.graph.entity(home).map(|place| label(place, self.options));
        let short = place.filter(|_| self.boxed).and_then(|place| whole.strip_suffix(place));
        let short = short.and_then(|short| short.trim_end().strip_suffix([',', '–', '-', '·']));
        short.map(str::trim_end).filter(|short| !short.is_empty()).unwrap_or(whole)
    }

    /// A post below a name.
    fn post(&self, link: &Link<'_>) -> String {
        let language = self.options.language;
        let post = self.short(link.target, link.source);
        if tenure(link) == Some(Tenure::Former) {
            format!("{}: {post}", choose("formerly", "nguyên", language))
        } else if tenure(link) == Some(Tenure::Elect) {
            format!("{}: {post}", choose("elected", "được bầu", language))
        } else if link.acting {
            format!("{post} ({})", choose("acting", "quyền", language))
        } else {
            post.to_string()
        }
    }

    fn node_tooltip(&self, position: usize) -> String {
        let node = &self.graph.nodes[position];
        let mut lines =
            vec![format!("{} ({})", label(node.entity, self.options), kind_word(node.kind, self.options.language))];
        lines.extend(self.posts.get(&position).into_iter().flatten().map(|link| self.post(link)));
        lines.extend(node.date.map(str::to_string));
        lines.join("\n")
    }

    fn box_label(&self, home: Home<'_>) -> String {
        let language = self.options.language;
        let Home::Province(province) = home else {
            return format!(
                "<<font point-size=\"14\"><b>{}</b></font>>",
                choose("Central level", "Trung ương", language)
            );
        };
        let name = self.graph.entity(province).map_or(province.path(), |entity| label(entity, self.options));
        let mut text = format!("<<font point-size=\"14\"><b>{}</b></font>", html(name));
        if let Some(new) = self.merged.get(province) {
            let word = choose("now", "nay là", language);
            let new = html(label(new, self.options));
            write!(text, " <font point-size=\"10\" color=\"{FAINT}\">({word} {new})</font>")
                .expect("a String takes all");
        }
        text + ">"
    }

    fn line(&self, source: usize, target: usize, links: &[&Link<'a>], out: &mut impl Write) -> io::Result<()> {
        let colours: BTreeSet<Tie> = links.iter().map(|link| link.tie).collect();
        let mut shades: Vec<String> = Vec::new();
        for tie in colours {
            let shade = tie_colour(tie).hex();
            if !shades.contains(&shade) {
                shades.push(shade);
            }
        }
        let weight = links.iter().map(|link| link.weight).max().unwrap_or(1);
        let width = 1.1 + f64::from(weight).log2();
        let structural = links.iter().all(|link| link.is_structural());
        let tooltip = quoted(&links.iter().map(|link| self.link_tooltip(link)).collect::<Vec<_>>().join("\n\n"));
        write!(
            out,
            "{} -> {} [color=\"{}\" penwidth=\"{width:.1}\" tooltip={tooltip} edgetooltip={tooltip}",
            identifier(self.graph.nodes[source].entity.id.as_str()),
            identifier(self.graph.nodes[target].entity.id.as_str()),
            shades.join(":"),
        )?;
        if self.boxed && self.home[source] != self.home[target] {
            // A guest from elsewhere does not push boxes apart.
            write!(out, " constraint=\"false\"")?;
        }
        if structural {
            write!(out, " style=\"dashed\"")?;
        }
        if self.graph.projected {
            write!(out, " dir=\"none\"")?;
        }
        let mut articles = links.iter().flat_map(|link| link.statements.articles());
        if let Some(address) = articles.find_map(|article| self.graph.address(article)) {
            write!(out, " URL={}", quoted(address))?;
        }
        writeln!(out, "];")
    }

    fn link_tooltip(&self, link: &Link<'_>) -> String {
        let name = |node: usize| label(self.graph.nodes[node].entity, self.options);
        let mut text =
            format!("{} — {} — {}", name(link.source), tie_word(link.tie, self.options.language), name(link.target));
        if let Some(statement) = link.statements.iter().next()
            && self.options.sentences != Sentences::None
            && !statement.evidence.sentence.is_empty()
        {
            let sentence = &statement.evidence.sentence;
            let cut: String = sentence.chars().take(MOST_QUOTED).collect();
            let dots = if cut.len() < sentence.len() { "…" } else { "" };
            write!(text, "\n“{cut}{dots}”").expect("a String takes all");
        }
        text
    }

    fn legend(&self, out: &mut impl Write) -> io::Result<()> {
        let language = self.options.language;
        let shown = (0..self.shown.len()).filter(|position| self.shown[*position]);
        let kinds: BTreeSet<Kind> = shown.map(|position| self.graph.nodes[position].kind).collect();
        let ties: BTreeSet<Tie> = self.lines.values().flatten().map(|link| link.tie).collect();
        if kinds.is_empty() {
            return Ok(());
        }
        let mut rows = String::new();
        for kind in kinds {
            let colour = kind_colour(kind);
            writeln!(
                rows,
                "<tr><td bgcolor=\"{}\" color=\"{}\" border=\"1\" width=\"22\"></td><td align=\"left\">{}</td></tr>",
                colour.tint().hex(),
                colour.hex(),
                html(kind_word(kind, language)),
            )
            .expect("a String takes all");
        }
        for tie in ties {
            writeln!(
                rows,
                "<tr><td><font color=\"{}\"><b>{}</b></font></td><td align=\"left\">{}</td></tr>",
                tie_colour(tie).hex(),
                match tie {
                    _ if self.graph.projected => "━━━",
                    Tie::Stated(relation) if relation.is_structural() => "╍╍▶",
                    _ => "━━▶",
                },
                html(tie_word(tie, language)),
            )
            .expect("a String takes all");
        }
        writeln!(
            out,
            "{{ rank=\"sink\"; \"legend\" [shape=\"plain\" style=\"\" tooltip=\" \" label=<<table border=\"0\" \
             cellborder=\"0\" cellspacing=\"3\" cellpadding=\"1\">\n{rows}</table>>]; }}"
        )
    }
}

/// How somebody stands to a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tenure {
    Present,
    Elect,
    Former,
}

fn tenure(link: &Link<'_>) -> Option<Tenure> {
    match link.tie {
        Tie::Stated(Relation::Holds) => Some(Tenure::Present),
        Tie::Stated(Relation::ElectedTo) => Some(Tenure::Elect),
        Tie::Stated(Relation::Held | Relation::Left) => Some(Tenure::Former),
        _ => None,
    }
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Home<'a> {
    /// In the box of what belongs to no province: the first, since its people go everywhere.
    Central,
    /// In the box of this province.
    Province(&'a EntityId),
    /// In no box.
    Unknown,
}

/// The home of each node: its own province; of a person, the one of most posts and events.
fn homes<'a>(graph: &ExportGraph<'a>) -> Vec<Home<'a>> {
    let own = |node: usize| match graph.province(node) {
        Some(province) => Home::Province(&province.id),
        None => {
            let node = &graph.nodes[node];
            // `post:<body>/<role>` and `event:<body>/<kind>` have one segment more than their body.
            let segments = match node.kind {
                Kind::Organization | Kind::Document => 1,
                Kind::Post | Kind::Event => 2,
                _ => 0,
            };
            let is_central = node.entity.id.segments().count() == segments && !node.entity.id.path().contains('?');
            if is_central { Home::Central } else { Home::Unknown }
        }
    };
    let mut homes: Vec<Home<'a>> = (0..graph.nodes.len()).map(own).collect();
    let mut votes: BTreeMap<usize, BTreeMap<(Kind, Home<'a>), u32>> = BTreeMap::new();
    for link in &graph.links {
        let (source, target) = (&graph.nodes[link.source], &graph.nodes[link.target]);
        let takes_part = source.kind == Kind::Person && matches!(target.kind, Kind::Post | Kind::Event);
        let is_at = source.kind == Kind::Event && link.tie == Tie::Stated(Relation::HeldIn);
        let home = homes[link.target];
        if (takes_part || is_at) && homes[link.source] == Home::Unknown && home != Home::Unknown {
            *votes.entry(link.source).or_default().entry((target.kind, home)).or_default() += 1;
        }
    }
    for (node, votes) in votes {
        // A post tells more than a visit, and a member of a central body who serves in a province stands there.
        let most = votes.into_iter().max_by_key(|((kind, home), votes)| {
            (*kind == Kind::Post, *home != Home::Central, *votes, std::cmp::Reverse(*home))
        });
        homes[node] = most.map_or(homes[node], |((_, home), _)| home);
    }
    homes
}

fn merged<'a>(graph: &ExportGraph<'a>) -> BTreeMap<&'a EntityId, &'a Entity> {
    let merged =
        graph.knowledge.edges().filter(|(old, edge, new)| edge.relation == Relation::MergedInto && old.id != new.id);
    merged.map(|(old, _, new)| (&old.id, new)).collect()
}
