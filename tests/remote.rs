//! An archive in a second place: what is handed over and fetched, and what is refused.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use onrecord::archive::{Archive, Mode, Options, Pins, Supplied, verify};
use onrecord::remote::{Place, RemoteError};

/// Adds a copy of a page to the archive of a folder.
fn add(folder: &Path, words: &str) {
    let mut archive = Archive::open_with(folder, Mode::Write, Options { segment: 1500, ..Options::default() }).unwrap();
    let seen: Timestamp = "2024-03-21T06:00:00Z".parse().unwrap();
    let copy = Supplied {
        address: "https://wire.example/explainer",
        bytes: words.as_bytes(),
        content_type: "text/plain",
        original: None,
        seen,
        by: Some("KM"),
        from: None,
        file: "explainer.txt",
    };
    archive.append_supplied(&copy, seen).unwrap();
    archive.flush().unwrap();
}

/// Opens and closes it, as every command does, and asks whether every byte holds.
fn holds(folder: &Path) -> usize {
    let count = Archive::open(folder, Mode::Write).unwrap().captures().len();
    let verified = verify(folder, &Pins::default()).unwrap();
    assert!(verified.holds(), "{:?}", verified.problems);
    count
}

async fn put(store: &Arc<InMemory>, name: &str, bytes: Vec<u8>) {
    store.put(&Key::from(name), bytes.into()).await.unwrap();
}

async fn bytes(store: &Arc<InMemory>, name: &str) -> Vec<u8> {
    store.get(&Key::from(name)).await.unwrap().bytes().await.unwrap().to_vec()
}

fn memory() -> (Arc<InMemory>, Place) {
    let store = Arc::new(InMemory::new());
    let place = Place::of(Arc::clone(&store) as Arc<dyn ObjectStore>, "desk");
    (store, place)
}

#[tokio::test]
async fn what_is_pushed_comes_back_and_holds() {
    let work = tempfile::tempdir().unwrap();
    let (desk, other, back) = (work.path().join("desk"), work.path().join("other"), work.path().join("back"));
    for number in 0..5 {
        add(&desk, &format!("The tide turned at {number}."));
    }
    let place = Place::open(other.to_str().unwrap(), []).unwrap();
    let pushed = place.push(&desk).await.unwrap();
    assert!(pushed.files.iter().filter(|name| name.starts_with("segment-")).count() > 1, "{pushed:?}");
    assert_eq!(pushed.files.last().unwrap(), "log.jsonl");
    assert!(other.join("segment-000001.warc.gz").is_file() && !other.join("lock").exists());

    // nothing to do is nothing done
    assert_eq!(place.push(&desk).await.unwrap().files, Vec::<String>::new());
    let pulled = place.pull(&back).await.unwrap();
    assert_eq!(pulled.head, pushed.head);
    assert_eq!(holds(&back), 5);
    assert_eq!(place.pull(&back).await.unwrap().files, Vec::<String>::new());

    // it goes on at the desk: only what grew is sent, and fetched
    add(&desk, "The tide turned again.");
    let pushed = place.push(&desk).await.unwrap();
    assert!(pushed.files.len() <= 2, "{pushed:?}");
    assert_eq!(place.pull(&back).await.unwrap().head, pushed.head);
    assert_eq!(holds(&back), 6);
}

#[tokio::test]
async fn two_that_went_on_differently_are_not_merged() {
    let work = tempfile::tempdir().unwrap();
    let (desk, back) = (work.path().join("desk"), work.path().join("back"));
    let (_store, place) = memory();
    add(&desk, "The tide turned.");
    place.push(&desk).await.unwrap();
    place.pull(&back).await.unwrap();
    add(&back, "The tide turned, says the harbour.");
    place.push(&back).await.unwrap();
    assert!(matches!(place.push(&desk).await, Err(RemoteError::Behind)));
    add(&desk, "The tide turned, says the keeper.");
    assert!(matches!(place.push(&desk).await, Err(RemoteError::Parted)));
    assert!(matches!(place.pull(&desk).await, Err(RemoteError::Parted)));
    assert_eq!((holds(&desk), holds(&back)), (2, 2));
}

#[tokio::test]
async fn what_comes_damaged_stays_outside() {
    let work = tempfile::tempdir().unwrap();
    let desk = work.path().join("desk");
    add(&desk, "The tide turned.");
    let (store, place) = memory();
    place.push(&desk).await.unwrap();
    let name = "desk/segment-000001.warc.gz";
    let whole = bytes(&store, name).await;
    for (number, damaged) in [
        {
            let mut flipped = whole.clone();
            flipped[whole.len() / 2] ^= 1;
            flipped
        },
        whole[..whole.len() - 1].to_vec(),
        Vec::new(),
    ]
    .into_iter()
    .enumerate()
    {
        put(&store, name, damaged).await;
        let back = work.path().join(format!("back-{number}"));
        assert!(place.pull(&back).await.is_err(), "{number}");
        assert_eq!(holds(&back), 0, "{number}: nothing is there, and nothing is damaged");
        // the place is mended from the desk, unless its length tells nothing
        if number > 0 {
            assert_eq!(place.push(&desk).await.unwrap().files, ["segment-000001.warc.gz"]);
        }
    }
    // damage at the desk is not handed on
    put(&store, name, Vec::new()).await;
    let path = desk.join("segment-000001.warc.gz");
    let mut local = fs::read(&path).unwrap();
    local[whole.len() / 2] ^= 1;
    fs::write(&path, local).unwrap();
    assert!(place.push(&desk).await.is_err());
    assert!(bytes(&store, name).await.is_empty());
}

#[tokio::test]
async fn a_log_cannot_name_a_path() {
    let work = tempfile::tempdir().unwrap();
    let desk = work.path().join("desk");
    add(&desk, "The tide turned.");
    let (store, place) = memory();
    place.push(&desk).await.unwrap();
    let log = String::from_utf8(bytes(&store, "desk/log.jsonl").await).unwrap();
    let line = log.lines().next().unwrap().replace("segment-000001.warc.gz", "../outside.warc.gz");
    // a chain that holds, as whoever writes a hostile log would make it
    let (start, _) = line.rsplit_once("\"hash\":\"").unwrap();
    let hash = onrecord::archive::sha256_hex(format!("{start}\"hash\":\"\"}}").as_bytes());
    put(&store, "desk/log.jsonl", format!("{start}\"hash\":\"{hash}\"}}\n").into_bytes()).await;
    let refused = place.pull(&work.path().join("back")).await.unwrap_err();
    assert!(refused.to_string().contains("which is no file of an archive"), "{refused}");
    assert!(!work.path().join("outside.warc.gz").exists());
}

#[tokio::test]
async fn an_arrival_that_was_killed_is_completed_or_gone() {
    let work = tempfile::tempdir().unwrap();
    let (desk, back) = (work.path().join("desk"), work.path().join("back"));
    add(&desk, "The tide turned.");
    let (_store, place) = memory();
    place.push(&desk).await.unwrap();
    place.pull(&back).await.unwrap();
    add(&desk, "The tide turned again.");
    let incoming = back.join("incoming");

    // killed before everything was there
    fs::create_dir(&incoming).unwrap();
    fs::copy(desk.join("segment-000001.warc.gz"), incoming.join("segment-000001.warc.gz")).unwrap();
    assert_eq!(holds(&back), 1);
    assert!(!incoming.exists());

    // killed while it was being put in its place
    fs::create_dir(&incoming).unwrap();
    fs::copy(desk.join("segment-000001.warc.gz"), back.join("segment-000001.warc.gz")).unwrap();
    fs::copy(desk.join("log.jsonl"), incoming.join("log.jsonl")).unwrap();
    assert_eq!(holds(&back), 2);
    assert_eq!(fs::read(back.join("log.jsonl")).unwrap(), fs::read(desk.join("log.jsonl")).unwrap());
}

#[test]
fn what_is_no_place_is_said() {
    for place in ["gopher://museum.example/desk", "https://"] {
        assert!(matches!(Place::open(place, []), Err(RemoteError::NoPlace { .. })), "{place}");
    }
}

#[tokio::test]
async fn nothing_is_neither_pushed_nor_pulled() {
    let work = tempfile::tempdir().unwrap();
    let (_store, place) = memory();
    assert!(matches!(place.push(&work.path().join("none")).await, Err(RemoteError::Nothing { .. })));
    assert!(matches!(place.pull(&work.path().join("back")).await, Err(RemoteError::NothingThere)));
}
