//! Declarations: what the properties of a rule or of an element do to its text.

use super::parse::without_comments;
use super::selector::Exactness;
use crate::model::words::single_spaced;

/// What styles do to the text of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Effect {
    /// Readers do not see it.
    Hide,
    /// It is struck out.
    Strike,
}

/// Which of two declarations of one property wins: the important one, then the element's own, then the more exact one,
/// then the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rank {
    pub(super) important: bool,
    /// Of the rule's selector; `None` for the element's own style.
    pub(super) exactness: Option<Exactness>,
    /// Whether the rule stands in a layer.
    pub(super) layered: bool,
    pub(super) at: usize,
}

impl Rank {
    fn key(self) -> (bool, bool, bool, Option<Exactness>, usize) {
        (self.important, self.exactness.is_none(), !self.layered, self.exactness, self.at)
    }
}

/// Names of the properties that are read.
const FOLLOWED: [&str; 30] = [
    "display",
    "visibility",
    "opacity",
    "text-decoration",
    "text-decoration-line",
    "font-size",
    "text-indent",
    "position",
    "left",
    "top",
    "right",
    "bottom",
    "margin-left",
    "margin-top",
    "clip",
    "clip-path",
    "height",
    "max-height",
    "width",
    "overflow",
    "content-visibility",
    "transform",
    "scale",
    "filter",
    "color",
    "-webkit-text-fill-color",
    "background",
    "background-color",
    "background-clip",
    "-webkit-background-clip",
];
/// Properties that are followed each by itself.
pub(super) const PROPERTIES: usize = 10;
/// Their places.
const DISPLAY: usize = 0;
const VISIBILITY: usize = 1;
const OPACITY: usize = 2;
const PLACE: usize = 3;
const STRUCK: usize = 4;
const CONTENT: usize = 5;
const SIZE: usize = 6;
const COLOUR: usize = 7;
/// Whether the background shows through the letters, whose own colour is none then.
const SHINES: usize = 8;
const FILTER: usize = 9;

/// What declarations say of each property: whether it hides (or strikes out), and whether that is important.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Declared {
    values: [Option<(bool, bool)>; PROPERTIES],
}

impl Declared {
    /// What won of several declarations.
    pub(super) fn of(won: [Option<(Rank, bool)>; PROPERTIES]) -> Self {
        Self { values: won.map(|won| won.map(|(_, value)| (value, false))) }
    }

    /// Reads declarations; nothing where they say nothing of what is followed.
    pub(super) fn read(declarations: &str) -> Option<Self> {
        // Most styles are about colour and size: they are told apart before anything is taken to pieces.
        const WORDS: [&str; 20] = [
            "isplay",
            "isibility",
            "pacity",
            "line-through",
            "text-decoration",
            "indent",
            "left",
            "top",
            "clip",
            "height",
            "ISPLAY",
            "font-size",
            "right",
            "content-vis",
            "scale",
            "translate",
            "transparent",
            "text-fill",
            "ackground",
            "rgba(",
        ];
        if declarations.len() > 20_000 || !WORDS.iter().any(|word| declarations.contains(word)) {
            return None;
        }
        let plain;
        let declarations = if declarations.contains("/*") {
            plain = without_comments(declarations);
            plain.as_str()
        } else {
            declarations
        };
        let mut values = [None; PROPERTIES];
        let mut place = Place::default();
        let (mut colour, mut ground): (Option<String>, Option<String>) = (None, None);
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let name = name.trim();
            // Few properties do anything to what is seen; the others are not worth a copy.
            if !FOLLOWED.iter().any(|followed| name.eq_ignore_ascii_case(followed)) {
                continue;
            }
            let important = value.contains("!important");
            let value = single_spaced(&value.replace("!important", "")).to_ascii_lowercase();
            let name = name.to_ascii_lowercase();
            let said = match name.as_str() {
                "display" => Some((DISPLAY, value == "none")),
                "visibility" => Some((VISIBILITY, matches!(value.as_str(), "hidden" | "collapse"))),
                "opacity" => Some((OPACITY, number(&value) == Some(0.0))),
                "text-decoration" | "text-decoration-line" => Some((STRUCK, value.contains("line-through"))),
                "content-visibility" => Some((CONTENT, value == "hidden")),
                "transform" | "scale" => Some((SIZE, is_scaled_away(&name, &value) || is_moved_away(&value))),
                "filter" => {
                    let share = value.split_once("opacity(").and_then(|(_, rest)| rest.split_once(')'));
                    Some((FILTER, share.is_some_and(|(share, _)| number(share.trim()) == Some(0.0))))
                }
                "background-clip" | "-webkit-background-clip" => Some((SHINES, value.contains("text"))),
                "color" | "-webkit-text-fill-color" => {
                    let seen = !is_transparent(&value);
                    colour = Some(value).filter(|_| seen);
                    Some((COLOUR, !seen))
                }
                "background" | "background-color" => {
                    if name == "background" && value.contains("text") {
                        values[SHINES] = Some((true, important));
                    }
                    ground = Some(value);
                    None
                }
                _ => {
                    place.take(&name, &value);
                    None
                }
            };
            if let Some((property, hides)) = said {
                values[property] = Some((hides, important));
            }
        }
        // Letters in the very colour that the same rule gives their ground.
        if let (Some(colour), Some(ground)) = (colour, ground)
            && colour_of(&colour) == colour_of(&ground)
        {
            values[COLOUR] = Some((true, false));
        }
        if place.hides() {
            values[PLACE] = Some((true, false));
        }
        values.iter().any(Option::is_some).then_some(Self { values })
    }

    /// Enters what is declared, where it wins.
    pub(super) fn enter(self, won: &mut [Option<(Rank, bool)>; PROPERTIES], rank: Rank) {
        for (won, value) in won.iter_mut().zip(self.values) {
            let Some((hides, important)) = value else { continue };
            let rank = Rank { important, ..rank };
            if won.is_none_or(|(best, _)| best.key() <= rank.key()) {
                *won = Some((rank, hides));
            }
        }
    }

    /// Whether it says how the element is displayed, and not that it is not.
    pub(super) fn displays(self) -> bool {
        self.values[DISPLAY].is_some_and(|(hides, _)| !hides)
    }

    pub(super) fn effect(self) -> Option<Effect> {
        let on = |property: usize| self.values[property].is_some_and(|(hides, _)| hides);
        let unseen = on(COLOUR) && !on(SHINES) || on(CONTENT) || on(SIZE) || on(FILTER);
        if on(DISPLAY) || on(VISIBILITY) || on(OPACITY) || on(PLACE) || unseen {
            Some(Effect::Hide)
        } else {
            on(STRUCK).then_some(Effect::Strike)
        }
    }
}

/// Ways to put text where nobody sees it.
#[derive(Default)]
struct Place {
    gone: bool,
    placed: bool,
    far: bool,
    clipped: bool,
    /// Cut to a shape without any inside.
    cut_away: bool,
    no_height: bool,
    cut: bool,
}

impl Place {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "font-size" => self.gone |= number(value) == Some(0.0),
            "text-indent" => self.gone |= number(value).is_some_and(|indent| indent <= -900.0),
            "position" => self.placed |= matches!(value, "absolute" | "fixed"),
            "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top" => {
                self.far |= number(value).is_some_and(|offset| offset <= -900.0);
            }
            "clip" => {
                self.clipped |= value.starts_with("rect(") && value.matches(['0', '1']).count() >= 4 && value.len() < 40
            }
            "clip-path" => {
                let shape: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                self.cut_away |= matches!(
                    shape.as_str(),
                    "inset(50%)"
                        | "inset(100%)"
                        | "circle(0)"
                        | "circle(0px)"
                        | "circle(0%)"
                        | "polygon(00,00,00)"
                        | "polygon(00,00,00,00)"
                );
            }
            "height" | "max-height" | "width" => {
                self.no_height |= number(value).is_some_and(|size| (0.0..=1.0).contains(&size)) && !value.contains('%');
            }
            "overflow" => self.cut |= value == "hidden",
            _ => {}
        }
    }

    fn hides(&self) -> bool {
        self.gone || self.cut_away || self.far || self.placed && self.clipped || self.no_height && self.cut
    }
}

/// Whether a transformation leaves nothing of an element.
fn is_scaled_away(property: &str, value: &str) -> bool {
    let none = |factors: &str| {
        !factors.trim().is_empty()
            && factors
                .split([',', ' '])
                .map(str::trim)
                .filter(|factor| !factor.is_empty())
                .any(|factor| number(factor) == Some(0.0))
    };
    if property == "scale" {
        return none(value);
    }
    ["scale(", "scalex(", "scaley(", "scale3d("].iter().any(|function| {
        value.split_once(function).and_then(|(_, rest)| rest.split_once(')')).is_some_and(|(factors, _)| none(factors))
    })
}

/// Whether a transformation moves an element so many pixels that no screen shows it.
fn is_moved_away(value: &str) -> bool {
    ["translate(", "translatex(", "translatey(", "translate3d("].iter().any(|function| {
        let moved = value.split_once(function).and_then(|(_, rest)| rest.split_once(')'));
        moved.is_some_and(|(offsets, _)| {
            offsets.split(',').any(|offset| {
                let pixels = offset.trim().strip_suffix("px").and_then(|pixels| pixels.parse::<f64>().ok());
                pixels.is_some_and(|pixels| pixels.abs() >= 2_000.0)
            })
        })
    })
}

/// Whether a colour is none at all.
fn is_transparent(value: &str) -> bool {
    let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let hex = value
        .strip_prefix('#')
        .is_some_and(|hex| hex.len() == 4 && hex.ends_with('0') || hex.len() == 8 && hex.ends_with("00"));
    let alpha = || {
        let inner = value.strip_prefix("rgba(").or_else(|| value.strip_prefix("hsla("))?.strip_suffix(')')?;
        let (before, alpha) = inner.rsplit_once([',', '/'])?;
        (before.split([',', '/']).count() >= 3).then(|| alpha.parse::<f64>().ok())?
    };
    value == "transparent" || hex || alpha() == Some(0.0)
}

/// A colour in one notation, as far as two notations are common.
fn colour_of(value: &str) -> String {
    match value.trim() {
        "white" => "#ffffff".to_owned(),
        "black" => "#000000".to_owned(),
        value => match value.strip_prefix('#') {
            Some(hex) if hex.len() == 3 && hex.is_ascii() => {
                format!("#{}", hex.chars().flat_map(|digit| [digit, digit]).collect::<String>())
            }
            _ => value.to_owned(),
        },
    }
}

/// The number at the beginning of a length.
fn number(value: &str) -> Option<f64> {
    let end = value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '.')).unwrap_or(value.len());
    let number: f64 = value[..end].parse().ok()?;
    // Ems and percent of a screen are a good deal longer than pixels.
    let unit = if value[end..].starts_with("em") || value[end..].starts_with("rem") { 16.0 } else { 1.0 };
    let unit = if value[end..].starts_with('%') || value[end..].starts_with('v') { 9.0 } else { unit };
    Some(number * unit)
}
