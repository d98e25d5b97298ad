//! Addresses of reports: the provinces that a host name or the words of a path stand for.

use super::Gazetteer;

impl Gazetteer {
    /// The province whose newspaper or office a label of a host name is: `baodaknong`, `tuyengiaocaobang`, `daklak`.
    pub fn outlet(&self, label: &str) -> Option<u16> {
        let plain: String = label.chars().filter(char::is_ascii_lowercase).collect();
        let known = |name: &str| self.hosts.get(name).copied();
        known(&plain)
            .or_else(|| self.host_prefixes.iter().find_map(|prefix| known(plain.strip_prefix(prefix.as_str())?)))
    }

    /// The provinces whose identifiers stand in a row of words joined by `-`.
    pub(crate) fn provinces_in(&self, words: &str) -> Vec<u16> {
        let mut found = Vec::new();
        let starts = || std::iter::once(0).chain(words.match_indices('-').map(|(at, _)| at + 1));
        for start in starts() {
            let rest = &words[start..];
            let ends = rest.match_indices('-').map(|(at, _)| at).chain([rest.len()]);
            found.extend(ends.take(self.longest_province).filter_map(|end| self.province(&rest[..end])));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
