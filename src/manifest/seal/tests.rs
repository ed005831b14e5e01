use super::*;
use crate::model::report::{Kind, PassageReport};
use crate::model::{Check, CheckVerdict, Flag, Manifest, Place, Signature, SourceKey, Where, Zone};

fn manifest(text: &str) -> Manifest {
    crate::manifest::parse("claims.toml".as_ref(), text, &crate::manifest::no_figures).expect("it parses").manifest
}

fn claim() -> Claim {
    let text = "[[claim]]\nstatement = 'Lind said it was “nearly over”.'\nquote = 'nearly over'\nspeaker = 'Lind'\nvia = ['Northern Wire']\nsource = ['a.txt', 'b.txt']\n";
    manifest(text).claims.remove(0)
}

fn checks(passages: &[&str]) -> Vec<CheckReport> {
    let check = |text: &&str| CheckReport {
        kind: Kind::Quote,
        text: "nearly over".to_owned(),
        verdict: CheckVerdict::Verbatim,
        score: None,
        source: None,
        outlet: None,
        published: None,
        searched: None,
        reason: None,
        detail: None,
        capture: None,
        passage: Some(Box::new(PassageReport {
            text: (*text).to_owned(),
            before: String::new(),
            after: String::new(),
            start: 0,
            end: text.chars().count(),
            parts: Vec::new(),
            place: Where::Body,
            zone: Zone::Paragraph,
            page: None,
            time: None,
            fragment: None,
        })),
        also: Vec::new(),
        changes: Vec::new(),
        flags: Vec::new(),
        others: Vec::new(),
        elsewhere: Vec::new(),
    };
    passages.iter().map(check).collect()
}

fn signed(mut claim: Claim, seal: &str) -> Claim {
    let on = jiff::civil::date(2024, 3, 24);
    claim.signed = Some(Signature { by: "KM".into(), on, why: "the caption".into(), seal: Some(seal.to_owned()) });
    claim
}

fn state(claim: &Claim, checks: &[CheckReport]) -> SealState {
    seal_state(claim, ClaimVerdict::Review, checks)
}

fn words(state: SealState) -> Vec<[String; 3]> {
    match state {
        SealState::Holds => panic!("the seal holds"),
        SealState::Lapsed(changed) => {
            changed.into_iter().map(|change| [change.what, change.signed, change.now]).collect()
        }
    }
}

#[test]
fn a_seal_of_the_first_version_still_holds() {
    let written = "v1:5b9bb9023eb7f5432863fa16ef3582ba6f7f7208e881a80e0ddf27846b830d95";
    let claim = signed(claim(), written);
    assert_eq!(state(&claim, &checks(&["it was nearly over"])), SealState::Holds);
    assert_eq!(state(&claim, &checks(&["it was clearly over"])), SealState::Lapsed(Vec::new()));
}

#[test]
fn a_seal_says_what_changed() {
    let read = checks(&["it was nearly over", "over"]);
    let sealed = seal(&claim(), ClaimVerdict::Review, &read);
    assert_eq!(state(&signed(claim(), &sealed), &read), SealState::Holds);
    type Change = fn(&mut Claim);
    let cases: [(Change, [&str; 3]); 6] = [
        (
            |claim| claim.statement = claim.statement.replace("nearly", "clearly").into(),
            ["statement", "Lind said it was “nearly over”.", "Lind said it was “clearly over”."],
        ),
        (
            |claim| claim.checks[0].kind = CheckKind::Quote(vec!["nearly".into(), "over".into()]),
            ["quote", "nearly over", "nearly … over"],
        ),
        (|claim| claim.checks.clear(), ["quote", "nearly over", ""]),
        (|claim| claim.speaker = Some("Berg".into()), ["speaker", "Lind", "Berg"]),
        (|claim| claim.via.push("Southern Wire".into()), ["via", "", "Southern Wire"]),
        (|claim| claim.sources = vec![SourceKey("a.txt".into())], ["source", "b.txt", ""]),
    ];
    for (change, expected) in cases {
        let mut changed = signed(claim(), &sealed);
        change(&mut changed);
        assert_eq!(words(state(&changed, &read)), [expected.map(str::to_owned)]);
    }
    let claim = signed(claim(), &sealed);
    let now = checks(&["it was clearly over", "over"]);
    assert_eq!(
        words(state(&claim, &now)),
        [["passage", "it was nearly over", "it was clearly over"].map(str::to_owned)]
    );
    assert_eq!(words(state(&claim, &checks(&["it was nearly over"]))), [["passage", "over", ""].map(str::to_owned)]);
}

#[test]
fn what_nobody_saw_when_they_signed_voids_the_seal() {
    let mut read = checks(&["it was nearly over"]);
    read[0].flags = vec![Flag::OutsideBody];
    let claim = signed(claim(), &seal(&claim(), ClaimVerdict::Review, &read));
    let mut now = read.clone();
    now[0].flags = vec![Flag::Rounded];
    assert_eq!(state(&claim, &now), SealState::Holds);
    assert_eq!(seal_state(&claim, ClaimVerdict::OnRecord, &now), SealState::Holds);
    now[0].flags = vec![Flag::Denied, Flag::OutsideBody];
    assert_eq!(words(state(&claim, &now)), [["flag", "", "denied"].map(str::to_owned)]);
    let worse = seal_state(&claim, ClaimVerdict::Altered, &read);
    assert_eq!(words(worse), [["verdict", "review", "altered"].map(str::to_owned)]);
}

#[test]
fn form_and_spaces_and_derived_checks_do_not() {
    let mut claim = signed(claim(), &seal(&claim(), ClaimVerdict::Review, &checks(&["caf\u{e9} is over"])));
    assert_eq!(state(&claim, &checks(&["cafe\u{301}  is\n over "])), SealState::Holds);
    claim.statement = claim.statement.replace(' ', "\n ").into();
    let derived = Check { kind: CheckKind::Figure("5".into()), place: Place::default(), explicit: false };
    claim.checks.push(derived);
    assert_eq!(state(&claim, &checks(&["café is over"])), SealState::Holds);
}

#[test]
fn a_long_passage_is_sealed_to_its_end() {
    let long = "tide and ".repeat(400) + "ebb";
    let sealed = seal(&claim(), ClaimVerdict::Review, &checks(&[&long]));
    assert!(sealed.len() < 1_200, "{}", sealed.len());
    let claim = signed(claim(), &sealed);
    assert_eq!(state(&claim, &checks(&[&long])), SealState::Holds);
    assert_eq!(words(state(&claim, &checks(&[&long.replace("ebb", "flow")]))).len(), 1);
}

#[test]
fn a_damaged_or_missing_seal_never_holds() {
    let read = checks(&["x"]);
    let sealed = seal(&claim(), ClaimVerdict::Review, &read);
    let lapsed = SealState::Lapsed(Vec::new());
    for written in ["", "v2:", "v2:00:AA", "v3:x", &sealed[..sealed.len() - 4], &sealed.replace("v2:", "v2:0")] {
        assert_eq!(state(&signed(claim(), written), &read), lapsed, "{written}");
    }
    let bomb = {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b' '; 64 << 20]).expect("memory takes it");
        BASE64URL_NOPAD.encode(&encoder.finish().expect("memory takes it"))
    };
    assert_eq!(state(&signed(claim(), &format!("v2:0000000000000000:{bomb}")), &read), lapsed);
    assert_eq!(state(&claim(), &read), lapsed);
}
