//! Many processes at once on one archive: one writes, the others say why they do not, nothing is lost.

use std::process::{Child, Command, Stdio};

use onrecord::archive::{Archive, Mode, Pins, verify};

const WRITERS: usize = 20;

#[test]
fn twenty_processes_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    for number in 0..WRITERS {
        std::fs::write(folder.path().join(format!("{number}.txt")), format!("note {number}, as it was found")).unwrap();
    }
    let begin = |number: usize| -> Child {
        Command::new(assert_cmd::cargo::cargo_bin!("onrecord"))
            .env_clear()
            .current_dir(folder.path())
            .args(["archive", "import", &format!("{number}.txt"), "--archive", "archive", "--seen", "2024-03-21"])
            .args(["--url", &format!("https://daily.example/{number}")])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut left: Vec<usize> = (0..WRITERS).collect();
    let mut refused = 0;
    let mut rounds = 0;
    while !left.is_empty() {
        rounds += 1;
        assert!(rounds <= WRITERS, "each round, at least one writes");
        let children: Vec<(usize, Child)> = left.drain(..).map(|number| (number, begin(number))).collect();
        let all = children.len();
        for (number, child) in children {
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            match output.status.code() {
                Some(0) => {}
                Some(2) => {
                    assert!(said.contains("is being written by another run"), "{said}");
                    refused += 1;
                    left.push(number);
                }
                other => panic!("process {number} ended with {other:?}: {said}"),
            }
        }
        assert!(left.len() < all, "nobody wrote");
        let found = verify(&archive, &Pins::default()).unwrap();
        assert!(found.holds(), "{:#?}", found.problems);
        let opened = Archive::open(&archive, Mode::Read).unwrap();
        assert_eq!(opened.captures().len(), WRITERS - left.len());
    }
    let opened = Archive::open(&archive, Mode::Read).unwrap();
    for number in 0..WRITERS {
        let captures = opened.captures_of(&format!("https://daily.example/{number}"));
        assert_eq!(captures.len(), 1);
        let body = opened.body(&captures[0].id).unwrap().bytes;
        assert_eq!(body, format!("note {number}, as it was found").into_bytes());
    }
    eprintln!("{refused} refusals in {rounds} rounds");
}

/// A writer that is killed leaves no lock behind.
#[test]
fn a_lock_ends_with_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Archive::open(folder.path(), Mode::Write).unwrap();
    assert!(Archive::open(folder.path(), Mode::Write).is_err());
    drop(writer);
    assert!(Archive::open(folder.path(), Mode::Write).is_ok(), "the file of the lock stays, the lock does not");
}
