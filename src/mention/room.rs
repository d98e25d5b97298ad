//! Room that a report needs while it is read: the next report of the thread takes it over, so that only the first
//! asks the system for memory.

use std::cell::RefCell;

use super::name_marks::NameMarks;
use super::{Report, Slot};
use crate::gazetteer::{Hit, LanguageSet, Spelling};

/// See the module.
#[derive(Default)]
pub(super) struct Room {
    pub(super) slots: Vec<Slot>,
    pub(super) hits: Vec<Hit>,
    /// A hit each.
    pub(super) spelt: Vec<Spelt>,
    /// The marked word of each token that was asked for.
    pub(super) marked: Vec<u32>,
    pub(super) name_marks: NameMarks,
}

/// A hit as the text spells it, and the languages in which it competes for its words.
pub(super) struct Spelt {
    pub(super) spelling: Spelling,
    pub(super) languages: LanguageSet,
}

thread_local! {
    static SPARE: RefCell<Vec<Room>> = const { RefCell::new(Vec::new()) };
}

/// A longer report's room is not kept.
const KEPT: usize = 1 << 16;

impl Room {
    /// What an earlier report left, or new room.
    pub(super) fn take() -> Room {
        SPARE.with_borrow_mut(Vec::pop).unwrap_or_default()
    }

    fn leave(mut self) {
        if self.slots.capacity().max(self.hits.capacity()) <= KEPT {
            self.slots.clear();
            self.hits.clear();
            SPARE.with_borrow_mut(|spare| spare.push(self));
        }
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        self.cut.recycle();
        Room { slots: std::mem::take(&mut self.slots), ..std::mem::take(&mut self.room) }.leave();
    }
}
