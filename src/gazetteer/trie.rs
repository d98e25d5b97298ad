//! The phrases as a trie over the symbols of their words: one walk from a word finds every phrase that opens there.
//!
//! A node's children stand in one table for all nodes. Most walks end after one word, for which the root is enough:
//! it knows a few bits of each symbol that may follow. The root of a symbol stands at the symbol's own place.

/// See the module.
#[derive(Debug)]
pub(super) struct Trie {
    /// By symbol one more than its number; root 0 is nobody's.
    roots: Vec<Node>,
    /// Children of all nodes, open addressing, half empty.
    edges: Vec<Edge>,
    count: usize,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    /// One bit for each symbol that may follow, several symbols to a bit.
    follow: u64,
    /// The phrase that ends here, one more than its number; 0 where none does.
    pattern: u32,
}

/// From a node by a symbol; node 0 has none, so that an edge from it is an empty place. What it leads to stands in it,
/// so that a step reads one place of memory.
#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    from: u32,
    symbol: u32,
    /// The number of the node that it leads to; roots have the first numbers.
    to: u32,
    node: Node,
}

impl Trie {
    /// A trie for symbols up to a number.
    pub(super) fn new(symbols: usize) -> Trie {
        Trie { roots: vec![Node::default(); symbols + 1], edges: vec![Edge::default(); 64], count: 0 }
    }

    /// The phrase of these symbols, one more than its number; 0 where there is none. Makes place for it.
    pub(super) fn insert(&mut self, symbols: impl IntoIterator<Item = u32>) -> &mut u32 {
        let mut symbols = symbols.into_iter();
        let mut at = root(symbols.next().unwrap_or(0));
        // Where the node stands: among the edges, but for a root.
        let mut edge = None;
        for symbol in symbols {
            self.node(at, edge).follow |= bit(symbol);
            let mut place = self.place(at, symbol);
            if self.edges[place].from == 0 {
                let to = (self.roots.len() + self.count) as u32;
                self.edges[place] = Edge { from: at, symbol, to, node: Node::default() };
                self.count += 1;
                if self.count * 2 > self.edges.len() {
                    self.grow();
                    place = self.place(at, symbol);
                }
            }
            at = self.edges[place].to;
            edge = Some(place);
        }
        &mut self.node(at, edge).pattern
    }

    fn node(&mut self, at: u32, edge: Option<usize>) -> &mut Node {
        match edge {
            Some(place) => &mut self.edges[place].node,
            None => &mut self.roots[at as usize],
        }
    }

    fn grow(&mut self) {
        let larger = vec![Edge::default(); self.edges.len() * 4];
        for edge in std::mem::replace(&mut self.edges, larger) {
            if edge.from != 0 {
                let place = self.place(edge.from, edge.symbol);
                self.edges[place] = edge;
            }
        }
    }

    /// Where an edge stands, or would.
    #[inline]
    fn place(&self, from: u32, symbol: u32) -> usize {
        let mask = self.edges.len() - 1;
        let hash = ((from as u64) << 32 | symbol as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut place = (hash >> 32) as usize & mask;
        while self.edges[place].from != 0 && (self.edges[place].from, self.edges[place].symbol) != (from, symbol) {
            place = (place + 1) & mask;
        }
        place
    }

    /// The node of the phrases that open with a symbol.
    #[inline]
    pub(super) fn root(&self, symbol: u32) -> Node {
        self.roots[root(symbol) as usize]
    }

    /// Tells every phrase that opens with a symbol, whose root comes along: its number and how many of the symbols of
    /// `rest` it has.
    #[inline]
    pub(super) fn walk(
        &self,
        first: u32,
        mut node: Node,
        mut rest: impl Iterator<Item = u32>,
        mut tell: impl FnMut(u32, usize),
    ) {
        let mut at = root(first);
        let mut taken = 0;
        loop {
            if node.pattern != 0 {
                tell(node.pattern - 1, taken);
            }
            if node.follow == 0 {
                return;
            }
            let Some(symbol) = rest.next().filter(|symbol| node.follow & bit(*symbol) != 0) else { return };
            let edge = &self.edges[self.place(at, symbol)];
            if edge.from == 0 {
                return;
            }
            (at, node) = (edge.to, edge.node);
            taken += 1;
        }
    }
}

#[inline]
fn root(symbol: u32) -> u32 {
    symbol + 1
}

#[inline]
fn bit(symbol: u32) -> u64 {
    1 << (symbol.wrapping_mul(0x9e37_79b1) >> 26)
}
