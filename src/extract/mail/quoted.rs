//! Quoted messages: what a message carries of earlier ones, below the head that mail programs put above it (`From: …`,
//! `Sent: …`) or the line that says who wrote it. These are words of whoever wrote them, not of the sender.

use crate::model::{Block, Zone};

/// Names of fields in the languages of mail programs: who wrote, and what else stands in the head of a quoted message.
const FROM: [&str; 14] =
    ["from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "от", "від", "发件人", "寄件者", "差出人"];
const BESIDE: [&str; 48] = [
    "to",
    "sent",
    "date",
    "subject",
    "an",
    "gesendet",
    "datum",
    "betreff",
    "à",
    "envoyé",
    "objet",
    "para",
    "enviado",
    "fecha",
    "asunto",
    "enviada",
    "data",
    "assunto",
    "a",
    "inviato",
    "oggetto",
    "aan",
    "verzonden",
    "onderwerp",
    "till",
    "skickat",
    "ämne",
    "til",
    "sendt",
    "emne",
    "do",
    "wysłano",
    "temat",
    "komu",
    "odesláno",
    "předmět",
    "кому",
    "дата",
    "тема",
    "отправлено",
    "收件人",
    "发送时间",
    "主题",
    "宛先",
    "送信日時",
    "件名",
    "cc",
    "envoyé le",
];
/// Lines of a head that are looked through.
const HEAD: usize = 8;
/// The longest line that says who wrote what follows, in bytes.
const LONG: usize = 300;

/// Gives what quotes an earlier message its zone and its author. `blocks` are those of one message.
pub(super) fn attribute(text: &str, blocks: &mut [Block]) {
    // Whose message everything below its head is, and whose the next quoted lines are.
    let (mut below, mut next): (Option<String>, Option<String>) = (None, None);
    for at in 0..blocks.len() {
        let words = &text[blocks[at].range.span()];
        let following = blocks.get(at + 1..).unwrap_or_default();
        if let Some(name) = head(words, following, text) {
            let marked = following.iter().take(2).any(|block| block.zone == Zone::Blockquote);
            next = Some(name.clone());
            // Where each line of the quoted message is marked, what is not marked is the sender's answer.
            below = (!marked && blocks[at].zone != Zone::Blockquote).then(|| name.clone());
            blocks[at].author = Some(name);
            continue;
        }
        if let Some(name) = writer(words) {
            next = Some(name);
            continue;
        }
        let block = &mut blocks[at];
        if block.zone == Zone::Blockquote {
            block.author = block.author.take().or_else(|| next.clone());
        } else if let Some(name) = &below
            && matches!(block.zone, Zone::Paragraph | Zone::ListItem | Zone::Preformatted | Zone::Byline)
        {
            block.zone = Zone::Blockquote;
            block.author = Some(name.clone());
        }
    }
}

/// Who wrote the message whose head a block is, or begins.
fn head(words: &str, following: &[Block], text: &str) -> Option<String> {
    let mut lines = words.lines();
    let from = lines.by_ref().take(HEAD).find_map(|line| field(line, &FROM))?;
    let more = following.iter().take(3).flat_map(|block| text[block.range.span()].lines().take(1));
    let beside = lines.chain(more).take(HEAD).any(|line| field(line, &BESIDE).is_some());
    beside.then(|| name(from)).flatten()
}

/// The value of a field that a line is, where its name is one of these.
fn field<'l>(line: &'l str, names: &[&str]) -> Option<&'l str> {
    let line = line.trim_start_matches(['>', ' ', '*']);
    let (key, value) = line.split_once([':', '：'])?;
    let key = key.trim().trim_matches('*');
    (key.len() <= 20 && names.contains(&key.to_lowercase().as_str())).then(|| value.trim_matches(['*', ' ', '\u{a0}']))
}

/// The name in `Ana Ruiz <ana@mail.example>`, else the address.
fn name(value: &str) -> Option<String> {
    let before = value.split(['<', '[', '(']).next().unwrap_or_default();
    let plain = |text: &str| text.trim().trim_matches(['"', '\'', '“', '”', '*']).trim().to_owned();
    let name = Some(plain(before)).filter(|name| !name.is_empty()).unwrap_or_else(|| {
        plain(value.trim_matches(['<', '>', '[', ']', '(', ')'])).trim_start_matches("mailto:").to_owned()
    });
    (!name.is_empty() && name.len() <= 120).then_some(name)
}

/// Whom a line names that says who wrote what follows: `On Tue, 19 Mar 2024, Ana Ruiz <ana@mail.example> wrote:`.
fn writer(words: &str) -> Option<String> {
    let line = words.trim_end();
    let line = line.strip_suffix([':', '：'])?.trim_end();
    if line.len() > LONG || !line.contains(|c: char| c.is_ascii_digit()) && !line.contains('@') {
        return None;
    }
    // Runs of words with capitals; the first word of the line has one anyway.
    let mut runs: Vec<(Vec<&str>, bool)> = Vec::new();
    let mut open = false;
    for (number, word) in line.split_whitespace().enumerate() {
        if word.starts_with(['<', '[', '('])
            && open
            && let Some((_, addressed)) = runs.last_mut()
        {
            *addressed = true;
        }
        let bare = word.trim_matches([',', '"', '\'', '*']);
        let capital = bare.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
            && !matches!(bare, "AM" | "PM" | "Uhr" | "GMT" | "UTC");
        match runs.last_mut() {
            Some((run, _)) if capital && open => run.push(bare),
            _ if capital && (number > 0 || !line.starts_with(['O', 'A', 'L', 'E', 'I', 'W'])) => {
                runs.push((vec![bare], false));
            }
            _ => {}
        }
        open = capital && !word.ends_with(',');
    }
    let found = runs
        .iter()
        .rfind(|(_, addressed)| *addressed)
        .or_else(|| runs.iter().rfind(|(run, _)| run.len() > 1))
        .or_else(|| runs.last())?;
    Some(found.0.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_heads_name_who_wrote() {
        for (line, who) in [
            ("On Tue, 19 Mar 2024, Ana Ruiz wrote:", Some("Ana Ruiz")),
            ("On Tue, Mar 19, 2024 at 10:12 AM Ana Ruiz <ana@mail.example> wrote:", Some("Ana Ruiz")),
            ("Am 19.03.2024 um 10:12 schrieb Ana Ruiz:", Some("Ana Ruiz")),
            ("Le 19 mars 2024 à 10:12, Ana Ruiz a écrit :", Some("Ana Ruiz")),
            ("El 19 mar 2024, a las 10:12, Ana Ruiz <ana@mail.example> escribió:", Some("Ana Ruiz")),
            ("We have three demands:", None),
            ("We met at 10:12.", None),
        ] {
            assert_eq!(writer(line).as_deref(), who, "{line}");
        }
        let head = |words: &str| super::head(words, &[], words);
        assert_eq!(head("From: Ana Ruiz <ana@mail.example>\nSent: Tuesday\nTo: Bo Lind").as_deref(), Some("Ana Ruiz"));
        assert_eq!(head("Von: ana@mail.example\nAn: Bo Lind").as_deref(), Some("ana@mail.example"));
        assert_eq!(head("From: the quay you see three islands."), None);
    }
}
