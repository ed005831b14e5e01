//! Engines: a PDF's bytes → the glyphs of its pages. Two independent readers, because neither opens every file.
//!
//! Both run foreign code over hostile bytes: a panic of one page costs that page, and the caller bounds time and memory
//! by running this in a process of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ::pdf_extract::{MediaBox, OutputDev, OutputError, Transform};
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::glyph::{Glyph, Page};
use crate::extract::kind::pdf_start;
use crate::model::{Failure, Reason};

/// Pages that are read; of a longer document the rest is left out, and that is an obstacle.
pub(super) const MAX_PAGES: usize = 5_000;

/// Which engine reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PdfEngine {
    /// The crate `hayro-interpret`, whose parser mends damaged cross-reference tables.
    First,
    /// The crate `pdf-extract`, which knows encodings that the first does not.
    Second,
}

impl PdfEngine {
    /// The name that reports give.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "hayro 0.9",
            Self::Second => "pdf-extract 0.12",
        }
    }

    /// The word for it between the program and its reader process.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
        }
    }

    /// The engine of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::First, Self::Second].into_iter().find(|engine| engine.word() == word)
    }
}

/// Reads the glyphs of every page.
pub(super) fn pages(bytes: &[u8], engine: PdfEngine) -> Result<Vec<Page>, Failure> {
    let bytes = &bytes[pdf_start(bytes).unwrap_or(0)..];
    let read = || match engine {
        PdfEngine::First => hayro(bytes),
        PdfEngine::Second => pdf_extract(bytes),
    };
    let pages = catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged("its structure breaks the rules of PDF")))?;
    Ok(pages.into_iter().map(Page::turned_upright).collect())
}

fn damaged(what: &str) -> Failure {
    Failure::new(Reason::Damaged, format!("the PDF cannot be opened: {what}"))
}

fn encrypted() -> Failure {
    Failure::new(Reason::Encrypted, "the PDF asks for a password")
}

fn pdf_extract(bytes: &[u8]) -> Result<Vec<Page>, Failure> {
    let mut document = ::pdf_extract::Document::load_mem(bytes).map_err(|error| match error {
        ::pdf_extract::Error::Decryption(_) | ::pdf_extract::Error::InvalidPassword => encrypted(),
        error => damaged(&error.to_string()),
    })?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| encrypted())?;
    }
    let numbers: Vec<u32> = document.get_pages().into_keys().take(MAX_PAGES).collect();
    let mut pages = Vec::with_capacity(numbers.len());
    let mut broken = 0;
    for number in &numbers {
        let mut page = Collect { page: Page { number: *number, ..Page::default() } };
        let drawn = catch_unwind(AssertUnwindSafe(|| ::pdf_extract::output_doc_page(&document, &mut page, *number)));
        if !matches!(drawn, Ok(Ok(()))) {
            broken += 1;
            page.page.broken = true;
        }
        pages.push(page.page);
    }
    if broken > 0 && pages.iter().all(|page| page.glyphs.is_empty()) {
        return Err(damaged("none of its pages can be drawn"));
    }
    Ok(pages)
}

struct Collect {
    page: Page,
}

impl OutputDev for Collect {
    fn begin_page(
        &mut self,
        _number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.page.height = media.ury;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let along = (at.m11 * at.m11 + at.m12 * at.m12).sqrt();
        let up = (at.m21 * at.m21 + at.m22 * at.m22).sqrt();
        let glyph = Glyph {
            x: at.m31,
            y: self.page.height - at.m32,
            width: width * font_size * along,
            size: font_size.abs() * up,
            text: text.to_owned(),
        };
        self.page.take(glyph, (at.m11, -at.m12));
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

fn hayro(bytes: &[u8]) -> Result<Vec<Page>, Failure> {
    use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => encrypted(),
        LoadPdfError::Decryption(_) => {
            Failure::new(Reason::Encrypted, "the PDF is encrypted in a way that is not read")
        }
        LoadPdfError::Invalid => damaged("it is not a PDF, or too damaged"),
    })?;
    let mut pages = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate().take(MAX_PAGES) {
        let (_, height) = page.render_dimensions();
        let mut device = Device { page: Page { number: index as u32 + 1, height: height.into(), ..Page::default() } };
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let cache = InterpreterCache::new();
            let bounds = hayro_interpret::kurbo::Rect::new(0.0, 0.0, 1.0, 1.0);
            let initial = hayro_interpret::kurbo::Affine::new(page.initial_transform(true).as_coeffs());
            let settings = InterpreterSettings::default();
            let mut context = Context::new(initial, bounds, &cache, pdf.xref(), settings);
            interpret_page(page, &mut context, &mut device);
        }));
        device.page.broken = drawn.is_err();
        pages.push(device.page);
    }
    Ok(pages)
}

struct Device {
    page: Page,
}

impl hayro_interpret::Device<'_> for Device {
    fn draw_path(
        &mut self,
        _: &hayro_interpret::kurbo::BezPath,
        _: hayro_interpret::DrawProps<'_>,
        _: &hayro_interpret::DrawMode,
    ) {
    }

    fn push_clip_path(&mut self, _: &hayro_interpret::ClipPath) {}

    fn push_transparency_group(
        &mut self,
        _: f32,
        _: Option<hayro_interpret::SoftMask<'_>>,
        _: hayro_interpret::BlendMode,
    ) {
    }

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, '_>,
        props: hayro_interpret::DrawProps<'_>,
        _: &hayro_interpret::DrawMode,
    ) {
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode() {
                Some(BfString::Char(letter)) => letter.to_string(),
                Some(BfString::String(letters)) => letters,
                None => {
                    self.page.unmapped += 1;
                    continue;
                }
            };
            let advance = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawn) => drawn.advance_width(),
            };
            let [a, b, c, d, x, y] = (props.transform * glyph.transform()).as_coeffs();
            // `initial_transform` turns the page over, so an upright letter grows upwards by a negative `d`.
            let width = f64::from(advance.unwrap_or(500.0)) * (a * a + b * b).sqrt();
            self.page.take(Glyph { x, y, width, size: (c * c + d * d).sqrt() * 1000.0, text }, (a, b));
        }
    }

    fn draw_image(&mut self, _: hayro_interpret::Image<'_, '_>, _: hayro_interpret::ImageDrawProps<'_>) {
        self.page.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
