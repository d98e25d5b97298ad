//! The components that one phrase stands for: few, so that they stand where the phrase does.

use std::ops::Deref;

use super::component::Component;

/// The most components of one phrase.
pub(crate) const MOST: usize = 6;

/// Components in the order of their row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Components {
    list: [Component; MOST],
    count: u8,
}

impl Components {
    /// `None` where there are too many.
    pub(super) fn new(list: &[Component]) -> Option<Components> {
        let mut components = Components { list: [Component(0); MOST], count: list.len() as u8 };
        components.list.get_mut(..list.len())?.copy_from_slice(list);
        Some(components)
    }
}

impl Deref for Components {
    type Target = [Component];

    #[inline]
    fn deref(&self) -> &[Component] {
        &self.list[..self.count as usize]
    }
}
