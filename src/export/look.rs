//! A look is how a kind of node and a tie appear wherever they are drawn: colour, size and word.
//!
//! The colours are those of Okabe and Ito, which colour-blind readers tell apart.

use super::export_graph::Tie;
use crate::graph::LabelLanguage;
use crate::vocabulary::{Kind, Relation};

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub [u8; 3]);

const ORANGE: Colour = Colour([0xE6, 0x9F, 0x00]);
const SKY: Colour = Colour([0x56, 0xB4, 0xE9]);
const GREEN: Colour = Colour([0x00, 0x9E, 0x73]);
const YELLOW: Colour = Colour([0xF0, 0xE4, 0x42]);
const BLUE: Colour = Colour([0x00, 0x72, 0xB2]);
const VERMILION: Colour = Colour([0xD5, 0x5E, 0x00]);
const PURPLE: Colour = Colour([0xCC, 0x79, 0xA7]);
const GREY: Colour = Colour([0x99, 0x99, 0x99]);

impl Colour {
    /// `#rrggbb`.
    pub fn hex(self) -> String {
        let mut hex = String::with_capacity(7);
        hex.push('#');
        for digit in self.0.iter().flat_map(|part| [part >> 4, part & 15]) {
            hex.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
        }
        hex
    }

    /// The colour mixed with white, for surfaces under dark text.
    pub fn tint(self) -> Colour {
        Colour(self.0.map(|part| 255 - (255 - part) / 6))
    }
}

/// The colour of a kind of node.
pub(super) fn kind_colour(kind: Kind) -> Colour {
    match kind {
        Kind::Person => BLUE,
        Kind::Post => SKY,
        Kind::Organization => GREEN,
        Kind::Province => YELLOW,
        Kind::Event => ORANGE,
        Kind::Document => PURPLE,
        Kind::Article | Kind::Date => GREY,
    }
}

/// The colour of a tie.
pub(super) fn tie_colour(tie: Tie) -> Colour {
    match tie {
        Tie::Stated(relation) => match relation {
            Relation::Chaired => VERMILION,
            Relation::SpokeAt => BLUE,
            Relation::Attended | Relation::Held | Relation::Left => GREY,
            Relation::Holds | Relation::ElectedTo => SKY,
            Relation::OrganizedBy | Relation::PostOf | Relation::LocatedIn => GREEN,
            Relation::HeldIn | Relation::HeldOn => ORANGE,
            Relation::Cites | Relation::IssuedBy | Relation::IssuedOn => PURPLE,
            Relation::Wrote | Relation::Mentions => GREY,
            Relation::MergedInto => YELLOW,
        },
        Tie::CoChaired => VERMILION,
        Tie::ServedTogether => SKY,
        Tie::SharedPeople => BLUE,
    }
}

/// The size of a node of this many links, where Gephi's own default is 10.
pub(super) fn size(degree: u32) -> f64 {
    let size = 8.0 + 4.0 * f64::from(degree + 1).log2();
    (size * 10.0).round() / 10.0
}

/// What readers call a kind.
pub(super) fn kind_word(kind: Kind, language: LabelLanguage) -> &'static str {
    let (english, vietnamese) = match kind {
        Kind::Person => ("person", "người"),
        Kind::Post => ("post", "chức vụ"),
        Kind::Organization => ("body", "cơ quan"),
        Kind::Province => ("province", "tỉnh"),
        Kind::Event => ("event", "sự kiện"),
        Kind::Document => ("document", "văn bản"),
        Kind::Article => ("report", "bài báo"),
        Kind::Date => ("date", "ngày"),
    };
    choose(english, vietnamese, language)
}

/// What readers call a tie.
pub(super) fn tie_word(tie: Tie, language: LabelLanguage) -> &'static str {
    let (english, vietnamese) = match tie {
        Tie::Stated(relation) => match relation {
            Relation::Holds => ("holds", "giữ chức"),
            Relation::Held => ("held", "từng giữ chức"),
            Relation::Chaired => ("chaired", "chủ trì"),
            Relation::SpokeAt => ("spoke at", "phát biểu tại"),
            Relation::Attended => ("attended", "dự"),
            Relation::ElectedTo => ("elected to", "được bầu vào"),
            Relation::Left => ("left", "thôi giữ chức"),
            Relation::Wrote => ("wrote", "viết"),
            Relation::OrganizedBy => ("organized by", "do … tổ chức"),
            Relation::HeldIn => ("held in", "tổ chức tại"),
            Relation::HeldOn => ("held on", "tổ chức ngày"),
            Relation::Cites => ("cites", "dẫn"),
            Relation::IssuedBy => ("issued by", "do … ban hành"),
            Relation::IssuedOn => ("issued on", "ban hành ngày"),
            Relation::Mentions => ("mentions", "nhắc đến"),
            Relation::MergedInto => ("merged into", "sáp nhập vào"),
            Relation::PostOf => ("post of", "thuộc"),
            Relation::LocatedIn => ("located in", "ở"),
        },
        Tie::CoChaired => ("co-chaired", "cùng chủ trì"),
        Tie::ServedTogether => ("served together", "cùng cơ quan"),
        Tie::SharedPeople => ("shared people", "chung người dự"),
    };
    choose(english, vietnamese, language)
}

/// The one of two words that the language of labels asks for.
pub(super) fn choose(english: &'static str, vietnamese: &'static str, language: LabelLanguage) -> &'static str {
    match language {
        LabelLanguage::English => english,
        LabelLanguage::Vietnamese => vietnamese,
    }
}
