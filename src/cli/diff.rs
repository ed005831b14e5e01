//! `onrecord diff`: two captures of one source, held against each other.

use anyhow::Context;
use jiff::Timestamp;

use super::args::Diff;
use super::exit::Exit;
use super::{find, load, output, runtime};
use crate::engine;
use crate::model::SourceKey;
use crate::report::timeline;

pub(super) fn run(options: &Diff) -> anyhow::Result<Exit> {
    let moment = |text: &str| -> anyhow::Result<Timestamp> {
        if let Ok(day) = text.parse::<jiff::civil::Date>() {
            // A day means all of it.
            return Ok(day.to_zoned(jiff::tz::TimeZone::UTC)?.end_of_day()?.timestamp());
        }
        text.parse().with_context(|| format!("{text} is neither a date nor a time such as 2024-03-23T11:04:00Z"))
    };
    let key = SourceKey(options.source.as_str().into());
    let manifest = find::manifest([(key.clone(), find::source(&options.source))].into(), Vec::new());
    let settings = find::bare(load::settings(&options.sources, std::path::Path::new("."))?);
    let settings = engine::Settings { offline: true, ..settings };
    let from = options.from.as_deref().map(moment).transpose()?;
    let to = options.to.as_deref().map(moment).transpose()?;
    let pair = runtime()?.block_on(engine::two_captures(&manifest, &key, &settings, from, to))?;
    let Some(pair) = pair else {
        output::complain(&format!("error: the archive holds no two captures of {} that can be read", options.source));
        return Ok(Exit::Trouble);
    };
    output::print(timeline::two(&pair.before, &pair.after).as_bytes())?;
    Ok(if pair.before.text == pair.after.text { Exit::Good } else { Exit::Failed })
}
