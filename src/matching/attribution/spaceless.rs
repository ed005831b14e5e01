//! Roles in scripts without spaces: particles and words beside a name say what it does.

use std::ops::Range;

use super::clause::{Clause, text_of};
use super::name::language;
use super::role::Role;
use super::titled::TITLES;
use crate::matching::lexicon;

impl Clause<'_> {
    /// Chinese and Japanese: particles behind the name, and who is addressed before it.
    pub(super) fn spaceless(&self, range: &Range<usize>) -> Role {
        let text = |from: usize, to: usize| (from..to).map(|at| self.index.form(self.tokens[at])).collect::<String>();
        let after = text(range.end, self.tokens.len().min(range.end + 8));
        let before = text(range.start.saturating_sub(3), range.start);
        let after = without_title(&after);
        let utterance = |text: &str| {
            ["话", "話", "声明", "说法", "說法", "言葉", "発言", "信", "讲话", "文章", "回应"]
                .iter()
                .any(|word| text.starts_with(word))
        };
        // `给周伯涛的信中写道`: a letter to him.
        let given = before.ends_with(['给', '給', '致']);
        if let Some(rest) = after.strip_prefix('的').or_else(|| after.strip_prefix('の')) {
            return if utterance(rest) && !given && !self.is_told_to(range) { Role::Speaks } else { Role::Beside };
        }
        if given
            || before.ends_with(['对', '對', '向', '被'])
            || ["告诉", "告訴", "关于", "關於", "谈到", "批评", "采访", "反对"]
                .iter()
                .any(|word| before.ends_with(word))
        {
            return Role::Beside;
        }
        if (after.starts_with('に') || after.starts_with('を')) && !after.starts_with("によ") {
            return Role::Beside;
        }
        if ["への", "宛て", "あて", "宛の"].iter().any(|word| after.starts_with(word)) || self.is_told_to(range)
        {
            return Role::Beside;
        }
        Role::Unclear
    }

    /// Whether the words behind a name hand the quotation to another one: `林海燕告诉市议会，周伯涛曾说：“…”`,
    /// `村井氏によると、堀田氏は「…」と述べた`.
    fn is_told_to(&self, range: &Range<usize>) -> bool {
        let rest = text_of(&self.tokens[range.end.min(self.tokens.len())..], self.index);
        let rest = without_title(rest.trim_start());
        let language = language(self.index);
        // What stands before the quotation, and what stands behind it.
        let lead = rest.split(['“', '「', '『', '‘', '”', '」']).next().unwrap_or(rest);
        let trail = rest.rsplit(['”', '」', '』']).next().filter(|trail| trail.len() < rest.len()).unwrap_or("");
        match language {
            "zh" => {
                let received =
                    lead.starts_with('从') && ["收到", "得到", "接到"].iter().any(|word| lead.contains(word));
                let quotes = ["引用", "援引", "引述", "转述", "轉述", "转引"].iter().any(|word| lead.starts_with(word));
                received || quotes || self.ahead && has_another_subject(lead)
            }
            "ja" => {
                let titled = |text: &str, particle: &str| {
                    TITLES.iter().any(|title| text.strip_suffix(particle).is_some_and(|text| text.ends_with(title)))
                };
                // `村井氏によると、堀田氏は「`: whoever stands right before the quotation says it.
                let another = lead.starts_with(['は', 'が', 'も']) && titled(lead, "が")
                    || ["によると", "によれば"].iter().any(|source| lead.starts_with(source))
                        && (titled(lead, "は") || titled(lead, "が"));
                let received =
                    ["から受け取", "から届い", "からもら", "から送ら"].iter().any(|word| lead.contains(word));
                // `「…」という堀田氏の言葉を引用した`
                let quotes = trail.starts_with("という")
                    && ["氏の言葉", "さんの言葉", "氏の発言", "さんの発言", "長の言葉", "長の発言"]
                        .iter()
                        .any(|word| trail.contains(word));
                another || received || quotes
            }
            _ => false,
        }
    }
}

/// A text without the title that it begins with.
fn without_title(text: &str) -> &str {
    TITLES.iter().find_map(|title| text.strip_prefix(title)).unwrap_or(text)
}

/// The commonest Chinese surnames: a short subject that begins with one is a person.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鐘姜崔谭譚陆陸汪范石廖贾夏韦傅方邹熊白孟秦邱侯江尹薛阎段雷龙史陶贺顾毛郝龚邵万钱严武戴莫孔汤";

/// Whether the last part of a Chinese clause before a quotation has a person of its own as its subject: `…，周伯涛曾说：`.
fn has_another_subject(lead: &str) -> bool {
    let lead = lead.trim_end_matches(['：', ':', ' ']);
    let Some((_, last)) = lead.rsplit_once('，') else { return false };
    let verb = ["说", "說", "表示", "称", "稱", "指出", "写道", "寫道", "回应", "问道", "答道"];
    let Some(subject) = verb.iter().find_map(|verb| last.strip_suffix(verb)) else { return false };
    let subject = subject.trim_end_matches(['则', '則', '也', '还', '還', '曾', '就', '又', '再', '却']);
    let subject = subject.trim_end_matches("曾经").trim_end_matches("当时").trim_end_matches("随后");
    let bare = TITLES.iter().find_map(|title| subject.strip_suffix(title)).unwrap_or(subject);
    (2..=3).contains(&bare.chars().count())
        && bare.starts_with(|first| SURNAMES.contains(first))
        && !lexicon::has_saying(bare)
}

#[cfg(test)]
#[path = "spaceless_tests.rs"]
mod tests;
