//! The seal of a sign-off: a digest over what a person read when they signed.
//!
//! Sealed are the statement, the checks that the manifest writes, speaker, chain, sources, and the passages that
//! were shown. Only Unicode form and white space may change under a seal. Checks that were read out of the statement
//! are sealed with the statement, so that a better reader of figures does not void a signature. The form below is
//! version 1; a later one gets another prefix, and seals of this one go on to be understood.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::model::{CheckKind, Claim};

/// What a seal of this version begins with.
const VERSION: &str = "v1:";

/// Seals a claim and the passages that carry it, in the order in which they are shown.
///
/// The canonical form is a list of fields; each is a name, the number of its texts, and before each text its
/// length in bytes, so that no two claims share one form.
pub fn seal(claim: &Claim, passages: &[&str]) -> String {
    let mut digest = Sha256::new();
    let mut field = |name: &str, texts: &[&str]| {
        digest.update(format!("{name} {}\n", texts.len()));
        for text in texts {
            let folded = folded(text);
            digest.update(format!("{}\n", folded.len()));
            digest.update(folded);
            digest.update("\n");
        }
    };
    field("onrecord seal 1", &[]);
    field("statement", &[&claim.statement]);
    for check in claim.checks.iter().filter(|check| check.explicit) {
        match &check.kind {
            CheckKind::Quote(fragments) => field("quote", &fragments.iter().map(String::as_str).collect::<Vec<_>>()),
            CheckKind::Figure(figure) => field("figure", &[figure]),
            CheckKind::Statement => {}
        }
    }
    field("speaker", &claim.speaker.iter().map(String::as_str).collect::<Vec<_>>());
    field("via", &claim.via.iter().map(String::as_str).collect::<Vec<_>>());
    field("source", &claim.sources.iter().map(|key| key.0.as_str()).collect::<Vec<_>>());
    field("passage", passages);
    format!("{VERSION}{}", HEXLOWER.encode(&digest.finalize()))
}

/// Whether the claim is signed with a seal, and claim and passages are still what was sealed.
pub fn holds(claim: &Claim, passages: &[&str]) -> bool {
    let written = claim.signed.as_ref().and_then(|signed| signed.seal.as_deref());
    written.is_some_and(|written| written.trim() == seal(claim, passages))
}

/// NFC, with white space collapsed: what an editor may change in a file without anybody meaning it.
fn folded(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Check, Manifest, Place, Signature, SourceKey};

    fn manifest(text: &str) -> Manifest {
        crate::manifest::parse("claims.toml".as_ref(), text, &crate::manifest::no_figures).expect("it parses").manifest
    }

    fn claim() -> Claim {
        let text = "[[claim]]\nstatement = 'Lind said it was “nearly over”.'\nquote = 'nearly over'\nspeaker = 'Lind'\nvia = ['Northern Wire']\nsource = ['a.txt', 'b.txt']\n";
        manifest(text).claims.remove(0)
    }

    #[test]
    fn a_seal_names_its_version_and_is_stable() {
        let sealed = seal(&claim(), &["it was nearly over"]);
        assert_eq!(sealed, "v1:5b9bb9023eb7f5432863fa16ef3582ba6f7f7208e881a80e0ddf27846b830d95");
    }

    #[test]
    fn every_word_that_counts_breaks_the_seal() {
        let passages = ["it was nearly over", "over"];
        let original = seal(&claim(), &passages);
        let changes: [fn(&mut Claim); 6] = [
            |claim| claim.statement = claim.statement.replace("nearly", "clearly"),
            |claim| claim.checks[0].kind = CheckKind::Quote(vec!["nearly".into(), "over".into()]),
            |claim| claim.checks[0].kind = CheckKind::Figure("nearly over".into()),
            |claim| claim.speaker = Some("Berg".into()),
            |claim| claim.via.push("Southern Wire".into()),
            |claim| claim.sources = vec![SourceKey("b.txt".into()), SourceKey("a.txt".into())],
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut changed = claim();
            change(&mut changed);
            assert_ne!(seal(&changed, &passages), original, "change {index}");
        }
        for other in
            [&["it was clearly over", "over"][..], &["it was nearly over"], &["it was nearly overover", ""], &[]]
        {
            assert_ne!(seal(&claim(), other), original);
        }
    }

    #[test]
    fn form_and_spaces_and_derived_checks_do_not() {
        let mut claim = claim();
        let original = seal(&claim, &["caf\u{e9} is over"]);
        assert_eq!(seal(&claim, &["cafe\u{301}  is\n over "]), original);
        claim.statement = claim.statement.replace(' ', "\n ");
        let derived = Check { kind: CheckKind::Figure("5".into()), place: Place::default(), explicit: false };
        claim.checks.push(derived);
        assert_eq!(seal(&claim, &["café is over"]), original);
    }

    #[test]
    fn a_signature_holds_while_its_seal_does() {
        let mut claim = claim();
        assert!(!holds(&claim, &["x"]));
        let sealed = Some(seal(&claim, &["x"]));
        let on = jiff::civil::date(2024, 3, 24);
        claim.signed = Some(Signature { by: "KM".into(), on, why: "the caption".into(), seal: sealed });
        assert!(holds(&claim, &["x"]));
        assert!(!holds(&claim, &["y"]));
        claim.signed = claim.signed.map(|signed| Signature { seal: None, ..signed });
        assert!(!holds(&claim, &["x"]));
    }
}
