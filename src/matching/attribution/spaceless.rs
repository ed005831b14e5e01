//! Roles in scripts without spaces: particles and words beside a name say what it does.

use std::ops::Range;

use super::clause::Clause;
use super::role::Role;
use super::titled::TITLES;

impl Clause<'_> {
    /// Chinese and Japanese: particles behind the name, and who is addressed before it.
    pub(super) fn spaceless(&self, range: &Range<usize>) -> Role {
        let text = |from: usize, to: usize| (from..to).map(|at| self.index.form(self.tokens[at])).collect::<String>();
        let after = text(range.end, self.tokens.len().min(range.end + 8));
        let before = text(range.start.saturating_sub(3), range.start);
        let after = TITLES.iter().find_map(|title| after.strip_prefix(title)).unwrap_or(&after);
        let utterance = |text: &str| {
            ["话", "話", "声明", "说法", "說法", "言葉", "発言", "信", "讲话", "文章", "回应"]
                .iter()
                .any(|word| text.starts_with(word))
        };
        if let Some(rest) = after.strip_prefix('的').or_else(|| after.strip_prefix('の')) {
            return if utterance(rest) { Role::Speaks } else { Role::Beside };
        }
        if before.ends_with(['对', '對', '向', '给', '被'])
            || ["告诉", "告訴", "关于", "關於", "谈到", "批评", "采访", "反对"]
                .iter()
                .any(|word| before.ends_with(word))
        {
            return Role::Beside;
        }
        if (after.starts_with('に') || after.starts_with('を')) && !after.starts_with("によ") {
            return Role::Beside;
        }
        Role::Unclear
    }
}

#[cfg(test)]
#[path = "spaceless_tests.rs"]
mod tests;
