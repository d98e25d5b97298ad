//! A set of components: what the rules over titles and bodies compare.

use super::component::Component;

/// A set of components and conditions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComponentSet(pub(super) u128);

impl ComponentSet {
    /// Adds a component.
    pub fn insert(&mut self, component: Component) {
        self.0 |= 1 << component.0;
    }
    /// Whether it is in the set.
    pub fn has(self, component: Component) -> bool {
        self.0 & (1 << component.0) != 0
    }
    /// Whether the two share a component.
    pub fn meets(self, other: ComponentSet) -> bool {
        self.0 & other.0 != 0
    }
    /// Both together.
    pub fn union(self, other: ComponentSet) -> ComponentSet {
        ComponentSet(self.0 | other.0)
    }
    /// What both have.
    pub fn common(self, other: ComponentSet) -> ComponentSet {
        ComponentSet(self.0 & other.0)
    }
    /// What the other has not.
    pub fn without(self, other: ComponentSet) -> ComponentSet {
        ComponentSet(self.0 & !other.0)
    }
    /// Whether all of `other` is in the set.
    pub fn covers(self, other: ComponentSet) -> bool {
        self.0 & other.0 == other.0
    }
    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// The components of the set, in the order of their table.
    pub fn iter(self) -> impl Iterator<Item = Component> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            (next < u128::BITS).then_some(Component(next as u8))
        })
    }
}
