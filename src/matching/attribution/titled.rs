//! Titles of scripts without spaces: 大沢市長 for 大沢恵子, whom the page has in full elsewhere.

use crate::matching::fold::Kind;
use crate::matching::index::Index;

/// Titles behind a name, the longer ones first where one begins with another.
pub(super) const TITLES: &[&str] = &[
    "副市長",
    "副知事",
    "官房長官",
    "裁判長",
    "市長",
    "町長",
    "村長",
    "区長",
    "知事",
    "議員",
    "議長",
    "首相",
    "大統領",
    "大臣",
    "長官",
    "社長",
    "会長",
    "教授",
    "准教授",
    "博士",
    "部長",
    "課長",
    "係長",
    "委員長",
    "委員",
    "代表",
    "監督",
    "選手",
    "院長",
    "校長",
    "弁護士",
    "理事長",
    "理事",
    "所長",
    "局長",
    "署長",
    "学長",
    "館長",
    "駅長",
    "船長",
    "記者",
    "警部",
    "医師",
    "さん",
    "氏",
    "様",
    "先生",
    "女士",
    "小姐",
    "市长",
    "副市长",
    "省长",
    "县长",
    "区长",
    "镇长",
    "村长",
    "部长",
    "局长",
    "处长",
    "科长",
    "主席",
    "总理",
    "总统",
    "主任",
    "经理",
    "总经理",
    "董事长",
    "院长",
    "校长",
    "厅长",
    "书记",
    "議長",
    "律师",
    "医生",
    "老师",
    "教练",
    "法官",
    "警官",
    "記者",
    "记者",
];

/// Places of a surname that are looked at.
const PLACES: usize = 64;

/// Whether a title stands at a token.
pub(super) fn is_title(at: usize, index: &Index<'_>) -> bool {
    let end = index.tokens().len().min(at + 4);
    let text: String = (at..end).map(|at| index.form(at)).collect();
    TITLES.iter().any(|title| text.starts_with(title))
}

/// How many characters of a name the page writes with a title instead of the whole name, where the page has the whole name
/// as well and nobody else of that surname; else 0.
pub(super) fn titled_surname(name: &[String], index: &Index<'_>) -> usize {
    let tokens = index.tokens().len();
    let stands = |at: usize, keys: &[String]| {
        at + keys.len() <= tokens && keys.iter().enumerate().all(|(offset, key)| index.key(at + offset) == key)
    };
    let Some(first) = name.first() else { return 0 };
    let places: Vec<usize> =
        index.places(index.key_number(first)).iter().take(PLACES).map(|place| *place as usize).collect();
    if !places.iter().any(|at| stands(*at, name)) {
        return 0;
    }
    (1..name.len())
        .rev()
        .find(|length| {
            let surname = &name[..*length];
            let mut titled = false;
            for at in places.iter().filter(|at| stands(**at, surname) && !stands(**at, name)) {
                let behind = at + length;
                titled |= is_title(behind, index);
                // `大沢一郎市長`: another of the family.
                let given = |more: &usize| {
                    (behind..behind + more).all(|at| at < tokens && index.tokens()[at].kind == Kind::Character)
                        && is_title(behind + more, index)
                };
                if !is_title(behind, index) && (1..=3).any(|more| given(&more)) {
                    return false;
                }
            }
            titled
        })
        .unwrap_or(0)
}

#[cfg(test)]
#[path = "titled_tests.rs"]
mod tests;
