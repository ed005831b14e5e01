//! What a run may do with a browser.

use std::path::PathBuf;
use std::time::Duration;

/// How pages are rendered.
#[derive(Debug, Clone)]
pub struct Render {
    /// Which pages.
    pub when: RenderWhen,
    /// The browser; `None` where there is none, and then nothing is rendered.
    pub program: Option<PathBuf>,
    /// Time for one page. Default 30 s.
    pub timeout: Duration,
}

impl Render {
    /// What to do so that a page is rendered which was not.
    pub(super) fn hint(&self) -> &'static str {
        match (self.when, &self.program) {
            _ if cfg!(not(feature = "render")) => "; this build of the program cannot run them",
            (RenderWhen::Never, _) => "; --render needed runs them",
            (_, None) => "; install Chromium (on Debian: apt install chromium) and run again, and they are run",
            (_, Some(_)) => "",
        }
    }
}

/// Which pages a browser is asked to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RenderWhen {
    /// Those that only scripts fill.
    #[default]
    Needed,
    /// All.
    Always,
    /// None.
    Never,
}

impl Default for Render {
    fn default() -> Self {
        Self { when: RenderWhen::default(), program: None, timeout: Duration::from_secs(30) }
    }
}
