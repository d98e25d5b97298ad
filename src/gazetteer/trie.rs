//! The phrases as a trie over the symbols of their words: one walk from a word finds every phrase that opens there.
//!
//! A node's children stand in one table for all nodes. Most walks end after one word, for which the root is enough:
//! it knows a few bits of each symbol that may follow. The root of a symbol stands at the symbol's own place.

/// See the module.
#[derive(Debug)]
pub(super) struct Trie {
    /// Node 0 is nobody's; then the roots by their symbols, then all others.
    nodes: Vec<Node>,
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

/// From a node by a symbol; node 0 has none, so that an edge from it is an empty place.
#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    node: u32,
    symbol: u32,
    to: u32,
}

impl Trie {
    /// A trie for symbols up to a number.
    pub(super) fn new(symbols: usize) -> Trie {
        Trie { nodes: vec![Node::default(); symbols + 1], edges: vec![Edge::default(); 64], count: 0 }
    }

    /// The phrase of these symbols, one more than its number; 0 where there is none. Makes place for it.
    pub(super) fn insert(&mut self, symbols: impl IntoIterator<Item = u32>) -> &mut u32 {
        let mut symbols = symbols.into_iter();
        let mut node = root(symbols.next().unwrap_or(0));
        for symbol in symbols {
            self.nodes[node as usize].follow |= bit(symbol);
            let mut place = self.place(node, symbol);
            if self.edges[place].node == 0 {
                let to = self.add();
                self.edges[place] = Edge { node, symbol, to };
                self.count += 1;
                if self.count * 2 > self.edges.len() {
                    self.grow();
                    place = self.place(node, symbol);
                }
            }
            node = self.edges[place].to;
        }
        &mut self.nodes[node as usize].pattern
    }

    fn add(&mut self) -> u32 {
        self.nodes.push(Node::default());
        self.nodes.len() as u32 - 1
    }

    fn grow(&mut self) {
        let larger = vec![Edge::default(); self.edges.len() * 4];
        for edge in std::mem::replace(&mut self.edges, larger) {
            if edge.node != 0 {
                let place = self.place(edge.node, edge.symbol);
                self.edges[place] = edge;
            }
        }
    }

    /// Where an edge stands, or would.
    #[inline]
    fn place(&self, node: u32, symbol: u32) -> usize {
        let mask = self.edges.len() - 1;
        let hash = ((node as u64) << 32 | symbol as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut place = (hash >> 32) as usize & mask;
        while self.edges[place].node != 0 && (self.edges[place].node, self.edges[place].symbol) != (node, symbol) {
            place = (place + 1) & mask;
        }
        place
    }

    /// The node of the phrases that open with a symbol.
    #[inline]
    pub(super) fn root(&self, symbol: u32) -> Node {
        self.nodes[root(symbol) as usize]
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
            at = self.edges[self.place(at, symbol)].to;
            if at == 0 {
                return;
            }
            node = self.nodes[at as usize];
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
