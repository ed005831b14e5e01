//! Putting many mutants into one source file, each behind its switch.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::{Failure, Mutant, Point};

/// The switch: is this the mutant that is on? Put at the end of the file of the module `matching`.
pub(crate) const SWITCH: &str = r#"
/// Whether a mutant is on, by the environment. Tells which are asked about where a file for that is named.
pub(crate) fn mutated(number: usize) -> bool {
    use std::sync::atomic::{AtomicBool, Ordering};
    static ACTIVE: std::sync::OnceLock<(usize, Option<std::path::PathBuf>)> = std::sync::OnceLock::new();
    static SEEN: [AtomicBool; 8192] = [const { AtomicBool::new(false) }; 8192];
    let (active, seen) = ACTIVE.get_or_init(|| {
        let active = std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(usize::MAX);
        (active, std::env::var_os("MUTANTS_SEEN").map(Into::into))
    });
    if let Some(path) = seen
        && !SEEN[number].swap(true, Ordering::Relaxed)
    {
        use std::io::Write as _;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| file.write_all(format!("{number}\n").as_bytes()));
    }
    *active == number
}
"#;

/// A change of the text.
enum Edit {
    /// An expression, and what it is with each of these mutants on; braces instead of parentheses for a statement.
    Choose { at: Range<usize>, with: Vec<(usize, String)>, statement: bool },
    /// Something new.
    Insert { at: usize, text: String },
}

impl Edit {
    fn range(&self) -> Range<usize> {
        match self {
            Self::Choose { at, .. } => at.clone(),
            Self::Insert { at, .. } => *at..*at,
        }
    }
}

struct Finder<'s> {
    text: &'s str,
    lines: Vec<usize>,
    wanted: Vec<(usize, &'s Mutant)>,
    edits: Vec<Edit>,
    placed: Vec<usize>,
    /// How many constants (or constant functions) are around.
    constant: usize,
}

/// The text with the mutants in it, and which of them are.
pub(crate) fn instrument(text: &str, wanted: Vec<(usize, &Mutant)>) -> Result<(String, Vec<usize>), Failure> {
    let file = syn::parse_file(text)?;
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut finder = Finder { text, lines, wanted, edits: Vec::new(), placed: Vec::new(), constant: 0 };
    finder.visit_file(&file);
    let mut edits = finder.edits;
    edits.sort_by_key(|edit| (edit.range().start, std::cmp::Reverse(edit.range().end)));
    Ok((render(text, 0..text.len(), &edits), finder.placed))
}

/// A stretch of the text with the edits in it; those inside another are only in its unchanged branch.
fn render(text: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut at = range.start;
    let mut index = 0;
    while index < edits.len() {
        let edit = &edits[index];
        let span = edit.range();
        let inside = edits[index + 1..].iter().take_while(|inner| inner.range().start < span.end).count();
        out.push_str(&text[at..span.start]);
        match edit {
            Edit::Insert { text, .. } => out.push_str(text),
            Edit::Choose { at, with, statement } => {
                let (open, close) = if *statement { ('{', '}') } else { ('(', ')') };
                out.push(open);
                for (number, changed) in with {
                    // Marked on every line: a comment may end one.
                    let changed = changed.replace('\n', &format!("\n/*m:{number}:*/ "));
                    out.push_str(&format!("if {} {{\n/*m:{number}:*/ {changed}\n}} else ", switch(*number)));
                }
                out.push_str("{\n");
                out.push_str(&render(text, at.clone(), &edits[index + 1..=index + inside]));
                out.push_str("\n}");
                out.push(close);
            }
        }
        at = span.end;
        index += 1 + if matches!(edit, Edit::Choose { .. }) { inside } else { 0 };
    }
    out.push_str(&text[at..range.end]);
    out
}

fn switch(number: usize) -> String {
    format!("crate::matching::mutated({number})")
}

impl<'s> Finder<'s> {
    fn point(place: proc_macro2::LineColumn) -> Point {
        Point { line: place.line, column: place.column + 1 }
    }

    fn offset(&self, place: proc_macro2::LineColumn) -> usize {
        let line = self.lines[place.line - 1];
        let characters = self.text[line..].char_indices().nth(place.column);
        characters.map_or(self.text.len(), |(at, _)| line + at)
    }

    fn range(&self, span: proc_macro2::Span) -> Range<usize> {
        self.offset(span.start())..self.offset(span.end())
    }

    /// The mutants of a kind that begin here.
    fn take(&self, genre: &str, span: proc_macro2::Span) -> Vec<(usize, &'s Mutant)> {
        if self.constant > 0 {
            return Vec::new();
        }
        let start = Self::point(span.start());
        let here = self.wanted.iter().filter(|(_, mutant)| mutant.genre == genre && mutant.span.start == start);
        here.copied().collect()
    }

    fn choose(&mut self, at: Range<usize>, with: Vec<(usize, String)>, statement: bool) {
        if !with.is_empty() {
            self.placed.extend(with.iter().map(|(number, _)| *number));
            self.edits.push(Edit::Choose { at, with, statement });
        }
    }

    fn body(&mut self, constant: bool, output: &syn::ReturnType, block: &syn::Block) {
        let opaque = matches!(output, syn::ReturnType::Type(_, kind) if matches!(**kind, syn::Type::ImplTrait(_)));
        if constant || opaque {
            return;
        }
        let Some(first) = block.stmts.first() else { return };
        for (number, mutant) in self.take("FnValue", first.span()) {
            let result = mutant.replacement.replace('\n', " ");
            let text = format!("\nif {} {{\n/*m:{number}:*/ return {result};\n}}\n", switch(number));
            self.placed.push(number);
            self.edits.push(Edit::Insert { at: self.offset(first.span().start()), text });
        }
    }

    fn constant(&mut self, visit: impl FnOnce(&mut Self)) {
        self.constant += 1;
        visit(self);
        self.constant -= 1;
    }
}

/// Whether a condition has a `let` of its own, which only stands in a chain.
fn binds(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(binary) => binds(&binary.left) || binds(&binary.right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_expr_binary(&mut self, node: &'ast syn::ExprBinary) {
        let found = self.take("BinaryOperator", node.op.span());
        if !binds(&node.left) && !binds(&node.right) {
            let (left, right) = (self.range(node.left.span()), self.range(node.right.span()));
            let with = found
                .into_iter()
                .map(|(number, mutant)| {
                    let (left, right) = (&self.text[left.clone()], &self.text[right.clone()]);
                    (number, format!("{left} {} {right}", mutant.replacement))
                })
                .collect();
            let assigns = self.text[self.range(node.op.span())].ends_with('=')
                && !["==", "!=", "<=", ">="].contains(&&self.text[self.range(node.op.span())]);
            self.choose(self.range(node.span()), with, assigns);
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast syn::ExprUnary) {
        let found = self.take("UnaryOperator", node.op.span());
        let operand = self.text[self.range(node.expr.span())].to_owned();
        let with = found.into_iter().map(|(number, _)| (number, operand.clone())).collect();
        self.choose(self.range(node.span()), with, false);
        visit::visit_expr_unary(self, node);
    }

    fn visit_arm(&mut self, node: &'ast syn::Arm) {
        if let Some((_, guard)) = &node.guard
            && !binds(guard)
        {
            let found = self.take("MatchArmGuard", guard.span());
            let with = found.into_iter().map(|(number, mutant)| (number, mutant.replacement.clone())).collect();
            self.choose(self.range(guard.span()), with, false);
        }
        for (number, _) in self.take("MatchArm", node.span()) {
            let arrow = self.offset(node.fat_arrow_token.span().start());
            self.placed.push(number);
            match &node.guard {
                None => self
                    .edits
                    .push(Edit::Insert { at: arrow, text: format!("\n/*m:{number}:*/ if !{} ", switch(number)) }),
                Some((word, _)) => {
                    let at = self.offset(word.span().end());
                    self.edits.push(Edit::Insert { at, text: format!("\n/*m:{number}:*/ !{} && (", switch(number)) });
                    self.edits.push(Edit::Insert { at: arrow, text: String::from(")") });
                }
            }
        }
        visit::visit_arm(self, node);
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        let constant = node.sig.constness.is_some();
        self.body(constant, &node.sig.output, &node.block);
        if constant {
            self.constant(|this| visit::visit_item_fn(this, node));
        } else {
            visit::visit_item_fn(self, node);
        }
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        let constant = node.sig.constness.is_some();
        self.body(constant, &node.sig.output, &node.block);
        if constant {
            self.constant(|this| visit::visit_impl_item_fn(this, node));
        } else {
            visit::visit_impl_item_fn(self, node);
        }
    }

    fn visit_item_const(&mut self, node: &'ast syn::ItemConst) {
        self.constant(|this| visit::visit_item_const(this, node));
    }

    fn visit_impl_item_const(&mut self, node: &'ast syn::ImplItemConst) {
        self.constant(|this| visit::visit_impl_item_const(this, node));
    }

    fn visit_item_static(&mut self, node: &'ast syn::ItemStatic) {
        // What a lock runs later is no constant, but is not told apart here.
        self.constant(|this| visit::visit_item_static(this, node));
    }

    fn visit_type_array(&mut self, node: &'ast syn::TypeArray) {
        self.constant(|this| visit::visit_type_array(this, node));
    }

    fn visit_pat(&mut self, node: &'ast syn::Pat) {
        self.constant(|this| visit::visit_pat(this, node));
    }
}
