//! Elections: who was elected to, left or held before what.

use super::Draft;
use super::clause::Gap;
use super::leaving::{self, successor};
use super::scene::Scene;
use super::target::elected_list;
use crate::gazetteer::Cue;
use crate::mention::{MentionKind, Report};
use crate::vocabulary::Relation;

/// Words within which a proposal governs the verb of election behind it.
const REACH: isize = 14;

/// The rule of what a verb in the past tense alone tells.
pub(super) const PAST: &str = "past";

pub(super) fn relation_of(cue: Option<Cue>) -> Option<Relation> {
    match cue? {
        Cue::Elect => Some(Relation::ElectedTo),
        Cue::Leave => Some(Relation::Left),
        Cue::Formerly => Some(Relation::Held),
        _ => None,
    }
}

/// `Previously, X was T1; T2; T3`: posts held before, all of the one person whom the sentence opens with.
fn career(scene: &mut Scene, report: &Report<'_>, draft: &mut Draft<'_>) {
    let opens = scene.cues(&[Cue::Formerly]).into_iter().any(|cue| scene.start(cue) == scene.span.start);
    let titles = scene.titles();
    let (people, Some(first)) = (scene.people(), titles.first().copied()) else { return };
    let [person] = people[..] else { return };
    if !opens || scene.end(person) > scene.start(first) || scene.has_cue(&[Cue::Elect, Cue::Leave, Cue::Nominate]) {
        return;
    }
    let gap = scene.gap(report, person, first);
    if gap.comma || gap.heavy > 1 {
        return;
    }
    for title in titles.into_iter().filter(|title| scene.targets[*title].is_none()) {
        if let MentionKind::Title(mention) = &mut scene.mentions[title].kind {
            mention.former = true;
        }
        if let Some(post) = draft.post_of(scene, title) {
            draft.post_fact(scene, person, Relation::Held, &post, title, "career");
        }
    }
}

/// `the newly elected Chairman X`: the title of one who was given it just now.
pub(super) fn is_new(scene: &Scene, report: &Report<'_>, title: usize) -> bool {
    if !scene.has_cue(&[Cue::Reelect, Cue::Touching]) || scene.title(title).is_none_or(|t| t.plural) {
        return false;
    }
    let newly = |k: usize| {
        let cues = report.slots[k].cues;
        let verb = cues.any(&[Cue::Elect, Cue::Leave, Cue::Formerly, Cue::Target]);
        cues.has(Cue::Reelect) || (cues.has(Cue::Touching) && !verb)
    };
    let mut before = scene.start(title);
    while before > scene.span.start && !newly(before - 1) && report.is_particle(before - 1) {
        before -= 1;
    }
    let end = scene.end(title);
    let named = scene.people().into_iter().any(|p| (end..=end + 1).contains(&scene.start(p)));
    before > scene.span.start && newly(before - 1) && named
}

/// Reads the facts of the targets of one sentence.
pub(crate) fn read(scene: &mut Scene, report: &Report<'_>, draft: &mut Draft<'_>) {
    career(scene, report, draft);
    for title in scene.titles() {
        if scene.targets[title].is_some() {
            target(scene, report, draft, title);
        }
    }
    leaving::own_posts(scene, report, draft);
    same_post(scene, draft);
    leaving::replaced(scene, report, draft);
}

fn target(scene: &mut Scene, report: &Report<'_>, draft: &mut Draft<'_>, title: usize) {
    let Some(made) = scene.targets[title] else { return };
    let people = scene.people();
    let start = scene.start(title);
    let former = scene.title(title).is_some_and(|t| t.former);
    let verbs = scene.cues(&[Cue::Elect, Cue::Leave, Cue::Formerly, Cue::Nominate]);
    let verb = if made.inverted {
        Some(made.cue)
    } else {
        verbs
            .iter()
            .copied()
            .rfind(|c| scene.start(*c) <= start && !nominates_another(scene, report, *c, title))
            .or_else(|| verbs.iter().copied().find(|c| matches!(scene.cue(*c), Some(Cue::Elect | Cue::Leave))))
    };
    if scene.cues(&[Cue::Replace]).into_iter().any(|c| successor(scene, c).is_some_and(|(.., given)| given == title)) {
        return;
    }
    let Some(verb) = verb else {
        // `X serves as T`: no verb of election, the target cue itself gives the post.
        let before = people.iter().copied().rfind(|p| scene.end(*p) <= scene.start(made.cue));
        if let (Some(Cue::Target), Some(person)) = (scene.cue(made.cue), before)
            && scene.person(person).is_some_and(|p| !p.pronoun)
        {
            let from = end_with_titles(scene, person, scene.start(made.cue));
            let near = Gap::read_outside_titles(report, from, scene.start(made.cue)).heavy <= 1
                || set_off(scene, report, person, made.cue);
            if near && let Some(post) = draft.post_of(scene, title) {
                // `X, director of A, takes the post of T`: who has a post already is given this one.
                let own = scene.titles_of(person);
                let titled = own.iter().any(|t| scene.title(*t).is_some_and(|t| !t.former))
                    && !own.iter().any(|t| draft.post_of(scene, *t).as_ref() == Some(&post));
                let relation = match (former, titled) {
                    (true, _) => Relation::Held,
                    (false, true) => Relation::ElectedTo,
                    (false, false) => Relation::Holds,
                };
                draft.post_fact(scene, person, relation, &post, title, "target-holds");
            }
        }
        return;
    };
    if scene.cue(verb) == Some(Cue::Nominate) {
        return;
    }
    let verb = appointing(scene, report, verb);
    // Proposed, congratulated, about to be: no election.
    let nominated = scene.cues(&[Cue::Nominate]).into_iter().any(|nominate| {
        let distance = scene.start(verb) as isize - scene.end(nominate) as isize;
        (0..=REACH).contains(&distance) && {
            let gap = scene.gap(report, nominate, verb);
            let others = || scene.any_between(scene.end(nominate), scene.start(verb), false);
            let apart = distance > 6 && (gap.semicolon || said_between(scene, nominate, verb) || others());
            !gap.conjunction && !gap.comma && !apart
        }
    });
    // `introduced X for the Council to elect as T`
    let introduced = scene.cues(&[Cue::Nominate]).into_iter().any(|nominate| {
        let person = people.iter().copied().find(|p| scene.start(*p) >= scene.end(nominate));
        person.is_some_and(|p| {
            scene.end(p) <= scene.start(verb)
                && scene.gap(report, nominate, p).is_plain()
                && !said_between(scene, p, verb)
        })
    });
    if nominated || introduced {
        return;
    }
    let Some(mut relation) = relation_of(scene.cue(verb)) else { return };
    // `presented the decision appointing 77 members and the deputy secretaries`: several are nobody named before.
    let several = scene.title(title).is_some_and(|t| t.plural)
        && people.iter().filter(|p| scene.end(**p) <= start).count() == 1
        && !people.iter().any(|p| scene.start(*p) >= scene.end(verb));
    if several {
        return;
    }
    // `elected 77 members, X said`: a figure right behind the verb counts people who have no names.
    let counted = scene.start(title) > scene.end(verb) + 1
        && report.number(scene.end(verb)).is_some_and(|n| n < 1000)
        && report.is_word(scene.end(verb) + 1)
        && !report.slots[scene.end(verb) + 1].cues.has(Cue::Term);
    if counted && !scene.any_between(scene.end(verb), start, false) && !opens_list(scene, report, title) {
        return;
    }
    // `re-elected A as T1 and B as T2`: whoever stands before an earlier post was given that one.
    let between: Vec<usize> =
        people.iter().copied().filter(|p| scene.start(*p) >= scene.end(verb) && scene.start(*p) < start).collect();
    let last = between.last().map_or(start, |p| scene.start(*p));
    let earlier_post = scene
        .titles()
        .into_iter()
        .filter(|t| *t != title && scene.targets[*t].is_some())
        .map(|t| scene.end(t))
        .filter(|end| *end > scene.end(verb) && *end <= last)
        .max();
    let later: Vec<usize> =
        between.iter().copied().filter(|p| earlier_post.is_some_and(|end| scene.start(*p) >= end)).collect();
    let between = if later.is_empty() { between } else { later };
    let mut after: Vec<usize> = people.iter().copied().filter(|p| scene.start(*p) >= scene.end(title)).collect();
    // `elected to T to replace Y`: whoever is replaced is not who is elected.
    let replaced = after.first().is_some_and(|p| {
        scene
            .cues(&[Cue::Replace])
            .into_iter()
            .any(|c| scene.start(c) >= scene.end(title) && scene.end(c) <= scene.start(*p))
    });
    if replaced {
        after.clear();
    }
    // In `X zum Leiter zu ernennen und Y …` the verb stands behind the post, and Y is not said of.
    let limit = if made.inverted { scene.start(verb) } else { scene.start(verb).min(start) };
    let before: Vec<usize> = people.iter().copied().filter(|p| scene.end(*p) <= limit).collect();
    // Behind a post that its verb follows stands somebody else: `zum Leiter zu ernennen und Y`.
    let follows = scene.start(verb) > start && !made.inverted;
    let next_gap = after.first().filter(|_| !follows).map(|p| scene.gap(report, title, *p));
    let header =
        between.is_empty() && next_gap.is_some_and(|gap| (gap.colon || gap.copula) && gap.heavy <= 4 && !gap.semicolon);
    let mut who: Vec<usize>;
    if made.inverted && !after.is_empty() {
        let list = elected_list(scene, report, title, made.cue, after[0]);
        who = if list { listed(scene, report, draft, title, relation, &after) } else { vec![after[0]] };
        relation = relation_of(scene.cue(made.cue)).unwrap_or(relation);
    } else if header {
        who = after;
        scene.election_header = true;
        if relation == Relation::ElectedTo {
            own_titles_of_list(scene, draft, title, &who);
        }
    } else if !between.is_empty() {
        who = if scene.election_header { between[between.len() - 1..].to_vec() } else { between };
    } else if next_gap.is_some_and(|gap| gap.heavy <= 2 && !gap.semicolon) && given_to(scene, report, title, after[0]) {
        who = listed(scene, report, draft, title, relation, &after);
    } else if next_gap.is_some_and(|gap| gap.heavy <= 2 && !gap.comma && !gap.semicolon)
        && !(next_gap.is_some_and(|gap| gap.conjunction) && touches(scene, report, before.last(), verb))
    {
        who = if next_gap.is_some_and(|gap| gap.colon) {
            after
        } else {
            listed(scene, report, draft, title, relation, &after)
        };
    } else if let Some(nearest) = before.last() {
        let earlier = scene
            .cues(&[Cue::Elect, Cue::Leave])
            .into_iter()
            // `dismissed from the post of`: two cues that touch are one.
            .rfind(|c| *c != verb && scene.end(*c) < scene.start(verb));
        let from = earlier.map_or(scene.span.start, |c| scene.end(c));
        // Whoever stands before an earlier post was given that one.
        let given = scene
            .titles()
            .into_iter()
            .filter(|t| *t != title && scene.targets[*t].is_some() && scene.end(*t) <= scene.start(verb))
            .map(|t| scene.end(t))
            .filter(|end| *end <= scene.start(*nearest))
            .max();
        let from = from.max(given.unwrap_or(from));
        who = before.iter().copied().filter(|p| scene.start(*p) >= from).collect();
        // Somebody else's verb between two people parts them: `X replaces Y, who was dismissed from T`.
        if let Some(apart) = (1..who.len()).rev().find(|k| said_between(scene, who[*k - 1], who[*k])) {
            who.drain(..apart);
        }
        // `X who was T1 and Y who was T2`: a relative clause is of the name that it touches.
        let touched = relation == Relation::Held && scene.start(verb) == scene.end(*nearest);
        if who.is_empty() || touched {
            who = vec![*nearest];
        }
        let last = who[who.len() - 1];
        if relation != Relation::Held && scene.person(last).is_some_and(|p| !p.pronoun) {
            let from = end_with_titles(scene, last, scene.start(verb));
            let to = if scene.start(verb) <= start { scene.start(verb) } else { start.min(scene.start(made.cue)) };
            if Gap::read_outside_titles(report, from, to).heavy > 6 {
                who.clear();
            }
        }
        // `as Chairman A proposed, the delegates elected`: somebody else's deed.
        if who.last().is_some_and(|p| other_subject(scene, report, *p, verb)) {
            who.clear();
        }
        // `A, T, with 20 delegates who were deputy secretaries`: said of the delegates.
        let others = |from: usize, to: usize| {
            let counted = |k: usize| report.number(k).is_some() && report.slots[k - 1].cues.has(Cue::Conjunction);
            (from + 1..to).any(counted)
        };
        if relation == Relation::Held
            && who.last().is_some_and(|p| others(end_with_titles(scene, *p, scene.start(verb)), scene.start(verb)))
        {
            who.clear();
        }
    } else {
        who = after.into_iter().take(1).collect();
    }
    if relation != Relation::Held {
        // Who appoints is not who is appointed.
        who.retain(|p| !scene.titles_of(*p).iter().any(|t| draft.is_appointer(scene, *t)));
    }
    let Some(post) = draft.post_of(scene, title) else { return };
    if former && relation != Relation::Left {
        relation = Relation::Held;
    }
    if let Some(own) = distributed(scene, report, title, &who) {
        who = vec![own];
    }
    // A post of one seat goes to whoever stands nearest: `A and the minister, B, appointed secretary`.
    let single = scene.title(title).and_then(|t| t.post.as_ref()).is_some_and(|(_, role)| draft.is_single_seat(role));
    if single && who.len() > 1 && who.iter().all(|p| scene.end(*p) <= scene.start(verb)) {
        who.drain(..who.len() - 1);
    }
    // Re-elected to what is held already.
    let again = relation == Relation::ElectedTo
        && scene.cues(&[Cue::Reelect]).into_iter().any(|c| scene.start(c) == scene.start(verb));
    // A story's past tense says little of what is held now.
    let past = relation == Relation::Held && report.slots[scene.start(verb)].cues.has(Cue::Touching);
    let rule = if past { PAST } else { "target" };
    for person in who {
        if relation == Relation::ElectedTo {
            draft.last_given = Some(post.clone());
        }
        draft.post_fact(scene, person, relation, &post, title, rule);
        if again {
            draft.post_fact(scene, person, Relation::Holds, &post, title, "re-elected");
        }
    }
}

/// `X - of the people's police, for years in the office - holds the post of T`: marks of one kind enclose what is said
/// of somebody in passing.
fn set_off(scene: &Scene, report: &Report<'_>, person: usize, verb: usize) -> bool {
    let (from, to) = (scene.end(person), scene.start(verb));
    let dash = |k: usize| report.is_mark(k, &["-", "–", "—"]);
    from + 1 < to
        && dash(from)
        && dash(to - 1)
        && !scene.any_between(from, to, false)
        && !(from + 1..to - 1).any(|k| dash(k) || report.is_mark(k, &[";", ":"]))
}

/// `the post of T, term 2021-2026, for Mr X`: the preposition points at who is given the post or loses it.
fn given_to(scene: &Scene, report: &Report<'_>, title: usize, person: usize) -> bool {
    (scene.end(title)..scene.start(person)).any(|k| report.slots[k].cues.has(Cue::For))
}

/// A title of several, not the person's, opens a clause of its own between the person and the verb.
fn other_subject(scene: &Scene, report: &Report<'_>, person: usize, verb: usize) -> bool {
    let own = scene.titles_of(person);
    scene.titles().into_iter().any(|at| {
        let start = scene.start(at);
        let between = start >= scene.end(person) + 2 && scene.end(at) <= scene.start(verb);
        between
            && scene.title(at).is_some_and(|t| t.plural)
            && !own.contains(&at)
            && (start - 2..start).any(|k| report.is_mark(k, &[","]))
            && Gap::read(report, scene.end(at), scene.start(verb)).heavy <= 3
    })
}

/// `X from the post of T1 and Y from …`: the verb stands right behind somebody.
fn touches(scene: &Scene, report: &Report<'_>, person: Option<&usize>, verb: usize) -> bool {
    // `dismissed from the post of`: verbs that touch are one.
    let mut first = verb;
    let verbs = scene.cues(&[Cue::Elect, Cue::Leave]);
    while let Some(before) = verbs.iter().find(|c| scene.end(**c) == scene.start(first)) {
        first = *before;
    }
    person.is_some_and(|person| {
        let gap = scene.gap(report, *person, first);
        // An auxiliary may stand between.
        gap.heavy <= 1 && !gap.comma && !gap.conjunction && !gap.semicolon
    })
}

/// `appointed X to join A and held the post of T`: what `and` joins to an appointment is given by it.
fn appointing(scene: &Scene, report: &Report<'_>, verb: usize) -> usize {
    let start = scene.start(verb);
    let joined = start > scene.span.start && report.slots[start - 1].cues.has(Cue::Conjunction);
    if scene.cue(verb) != Some(Cue::Formerly) || !joined {
        return verb;
    }
    let elect = scene.cues(&[Cue::Elect]).into_iter().rfind(|c| scene.end(*c) <= start);
    elect.filter(|c| scene.any_between(scene.end(*c), start, false)).unwrap_or(verb)
}

/// `…; proposed for T1; Y is given T2`: behind a semicolon somebody else is spoken of, whom nobody proposed.
fn nominates_another(scene: &Scene, report: &Report<'_>, cue: usize, title: usize) -> bool {
    if scene.cue(cue) != Some(Cue::Nominate) {
        return false;
    }
    let end = (scene.end(cue)..scene.start(title)).rfind(|k| report.is_mark(*k, &[";"]));
    end.is_some_and(|end| scene.any_between(end, scene.start(title), false))
}

/// A colon or `namely` behind a title.
fn opens_list(scene: &Scene, report: &Report<'_>, title: usize) -> bool {
    let next = scene.people().into_iter().find(|p| scene.start(*p) >= scene.end(title));
    next.is_some_and(|next| {
        let gap = scene.gap(report, title, next);
        gap.colon || gap.copula
    })
}

/// The first of the people behind a post, and those listed with them where the post has several seats.
fn listed(
    scene: &Scene,
    report: &Report<'_>,
    draft: &Draft<'_>,
    title: usize,
    relation: Relation,
    after: &[usize],
) -> Vec<usize> {
    let mut who = vec![after[0]];
    let single = scene.title(title).and_then(|t| t.post.as_ref()).is_none_or(|(_, role)| draft.is_single_seat(role));
    if single {
        return who;
    }
    for pair in after.windows(2) {
        let (one, next) = (pair[0], pair[1]);
        let cue = (one + 1..next)
            .any(|at| scene.cue(at).is_some_and(|c| !matches!(c, Cue::Pronoun | Cue::Term | Cue::Plural)));
        let (from, to) = (end_with_titles(scene, one, scene.start(next)), scene.start(next));
        let gap = Gap::read(report, from, to);
        // A name that could not be read stands in the list as others do.
        let names = |from: usize, to: usize| (from..to).all(|k| !report.is_word(k) || report.token(k).capital);
        // `dismissed from T: Mr X, who retires, and Mr Y`: the reason ends no list.
        let reason = (one + 1..next)
            .all(|at| matches!(scene.cue(at), None | Some(Cue::Leave | Cue::Pronoun | Cue::Term)))
            && report.slots[to.saturating_sub(1)].cues.any(&[Cue::Conjunction, Cue::Honorific])
            && gap.conjunction
            && relation == Relation::Left;
        if reason {
            who.push(next);
            continue;
        }
        if cue || !(gap.semicolon || gap.conjunction || (gap.comma && (gap.is_plain() || names(from, to)))) {
            break;
        }
        who.push(next);
    }
    who
}

/// `A and B were elected chair and vice chair`: as many posts as people, each to each.
fn distributed(scene: &Scene, report: &Report<'_>, title: usize, who: &[usize]) -> Option<usize> {
    let cue = scene.targets[title]?.cue;
    let targets: Vec<usize> =
        scene.titles().into_iter().filter(|t| scene.targets[*t].is_some_and(|target| target.cue == cue)).collect();
    let joined = who.windows(2).all(|pair| {
        let gap = scene.gap(report, pair[0], pair[1]);
        gap.is_plain() && (gap.conjunction || gap.comma)
    });
    // `A was elected chair, and B and C vice chairs` is told of one post after the other.
    let (first, last) = (scene.start(*targets.first()?), scene.end(*targets.last()?));
    let parted = who.iter().all(|p| scene.end(*p) <= first) || who.iter().all(|p| scene.start(*p) >= last);
    if who.len() < 2 || targets.len() != who.len() || !joined || !parted {
        return None;
    }
    let place = targets.iter().position(|t| *t == title)?;
    who.get(place).copied()
}

/// A cue of something said or done stands between two mentions.
fn said_between(scene: &Scene, one: usize, next: usize) -> bool {
    (one + 1..next).any(|at| {
        scene.cue(at).is_some_and(|c| {
            matches!(c, Cue::Replace | Cue::Speak | Cue::Chair | Cue::Attend | Cue::Elect | Cue::Leave | Cue::Formerly)
        })
    })
}

/// In a list of people elected to a body, each one's own title in that body was given there too.
fn own_titles_of_list(scene: &Scene, draft: &mut Draft<'_>, title: usize, people: &[usize]) {
    let Some((body, _)) = scene.title(title).and_then(|t| t.post) else { return };
    for (person, own) in scene.links.clone() {
        let same = scene.title(own).is_some_and(|t| !t.former && t.post.as_ref().is_some_and(|(b, _)| *b == body));
        if people.contains(&person)
            && same
            && let Some(post) = draft.post_of(scene, own)
        {
            draft.post_fact(scene, person, Relation::ElectedTo, &post, own, "header-list");
        }
    }
}

/// The end of a person's name with the titles that follow it, up to a token.
fn end_with_titles(scene: &Scene, person: usize, limit: usize) -> usize {
    scene
        .titles_of(person)
        .into_iter()
        .map(|t| scene.end(t))
        .filter(|end| *end <= limit)
        .chain([scene.end(person)])
        .max()
        .unwrap_or(limit)
}

/// `X, T, was re-elected to the same post`.
fn same_post(scene: &Scene, draft: &mut Draft<'_>) {
    if !scene.has_cue(&[Cue::SamePost]) || !scene.has_cue(&[Cue::Elect]) {
        return;
    }
    for (person, title) in scene.links.clone() {
        let seat = scene.title(title).and_then(|t| t.post).map(|(_, role)| role);
        if seat.is_some_and(|role| !draft.is_membership(role))
            && let Some(post) = draft.post_of(scene, title)
        {
            draft.post_fact(scene, person, Relation::ElectedTo, &post, title, "same-post");
        }
    }
}
