//! Axes: words that exclude each other, such as imports and exports, a mean and a median. A figure stands with one value of
//! an axis at most.

use std::ops::Range;
use std::sync::LazyLock;

use super::Scene;
use crate::matching::figure::stems::Stems;

/// One value of one axis: `trade`, `import`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    axis: &'static str,
    value: &'static str,
}

static AXES: LazyLock<Stems<Value>> = LazyLock::new(|| {
    Stems::read(include_str!("../../terms/axes.txt"), |label| {
        let (axis, value) = label.split_once('/')?;
        Some(Value { axis, value })
    })
});

impl Scene<'_> {
    /// The values of all axes that a part of the sentence says.
    pub(super) fn axes(&self, part: Range<usize>) -> Vec<Value> {
        let mut values = Vec::new();
        let mut at = part.start;
        while at < part.end {
            match AXES.at(self.language, self.lexemes, at) {
                Some((value, length)) => {
                    if !values.contains(&value) {
                        values.push(value);
                    }
                    at += length;
                }
                None => at += 1,
            }
        }
        values
    }
}

/// Adds the values of axes that are not said yet: what stands nearer comes first.
pub(super) fn extend(values: &mut Vec<Value>, more: Vec<Value>) {
    let known: Vec<&'static str> = values.iter().map(|value| value.axis).collect();
    values.extend(more.into_iter().filter(|value| !known.contains(&value.axis)));
}

/// Whether two figures stand at different values of one axis.
pub(super) fn exclude(ours: &[Value], theirs: &[Value]) -> bool {
    ours.iter().any(|own| {
        theirs.iter().any(|other| other.axis == own.axis)
            && !theirs.contains(own)
            && !ours.iter().any(|own_too| own_too.axis == own.axis && theirs.contains(own_too))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_axis_exclude_each_other() {
        let (imports, exports, mean) = (
            Value { axis: "trade", value: "import" },
            Value { axis: "trade", value: "export" },
            Value { axis: "middle", value: "mean" },
        );
        for (ours, theirs, wanted) in [
            (vec![imports], vec![exports], true),
            (vec![imports], vec![imports], false),
            (vec![imports], vec![imports, exports], false),
            (vec![imports, exports], vec![exports], false),
            (vec![imports], vec![mean], false),
            (vec![imports, mean], vec![exports, mean], true),
            (vec![], vec![exports], false),
            (vec![imports], vec![], false),
        ] {
            assert_eq!(exclude(&ours, &theirs), wanted, "{ours:?} {theirs:?}");
        }
        let mut values = vec![imports];
        extend(&mut values, vec![exports, mean]);
        assert_eq!(values, [imports, mean]);
    }
}
