//! Rules by a component that each asks for, the rarest: a rule fits only a set which has that.

use super::component::Component;
use super::component_set::ComponentSet;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    /// By component the rules that stand there, in order.
    rules: Vec<Vec<u16>>,
    /// The components that have some.
    asked: ComponentSet,
    /// The rules that ask for none.
    free: Vec<u16>,
}

impl Asking {
    /// From the number of each rule, and all that it asks for.
    pub(super) fn new(rules: impl Iterator<Item = (usize, ComponentSet)>) -> Asking {
        let rules: Vec<(usize, ComponentSet)> = rules.collect();
        let how_often = |component: Component| rules.iter().filter(|(_, all)| all.has(component)).count();
        let mut asking = Asking { rules: vec![Vec::new(); u128::BITS as usize], ..Asking::default() };
        for (at, all) in &rules {
            match all.iter().min_by_key(|component| how_often(*component)) {
                Some(component) => {
                    asking.rules[component.0 as usize].push(*at as u16);
                    asking.asked.insert(component);
                }
                None => asking.free.push(*at as u16),
            }
        }
        asking
    }

    /// The first rule that fits a set.
    pub(super) fn first(&self, all: ComponentSet, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let mut first = usize::MAX;
        let asked = all.common(self.asked).iter().map(|component| &self.rules[component.0 as usize]);
        for rules in asked.chain([&self.free]) {
            let found =
                rules.iter().map(|rule| *rule as usize).take_while(|rule| *rule < first).find(|rule| fits(*rule));
            first = found.unwrap_or(first);
        }
        (first < usize::MAX).then_some(first)
    }
}
