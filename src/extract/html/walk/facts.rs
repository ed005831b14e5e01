//! Facts of a page: what its elements say of it besides their text.

use html5ever::{LocalName, local_name};

use super::super::data;
use super::{Aside, Walk};
use crate::extract::tree::Element;

impl Walk<'_> {
    pub(super) fn note_facts(&mut self, element: &Element, name: &LocalName) {
        match *name {
            local_name!("meta") => {
                let key = element
                    .attr(&local_name!("property"))
                    .or_else(|| element.attr(&local_name!("name")))
                    .or_else(|| element.attr(&local_name!("itemprop")));
                if let (Some(key), Some(content)) = (key, element.attr(&local_name!("content"))) {
                    self.metadata.meta(key, content);
                }
                if element.attr(&local_name!("http-equiv")).is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"))
                    && self.facts.refresh.is_none()
                {
                    self.facts.refresh = element.attr(&local_name!("content")).and_then(data::refresh);
                }
            }
            local_name!("script") => {
                self.facts.scripts += 1;
                if self.little {
                    self.facts.vendors.extend(element.attr(&local_name!("src")).and_then(data::vendor));
                }
                let kind = match element.attr(&local_name!("type")).map(str::to_ascii_lowercase).as_deref() {
                    Some("application/ld+json") => Some(Aside::JsonLd),
                    Some("application/json") => Some(Aside::ScriptData),
                    None | Some("text/javascript" | "application/javascript" | "module") => Some(Aside::Script),
                    _ => None,
                };
                self.aside = kind.map(|kind| (kind, String::new()));
            }
            local_name!("base") if self.facts.base.is_none() => {
                self.facts.base = element.attr(&local_name!("href")).map(str::to_owned)
            }
            local_name!("frame") => self.facts.frames += 1,
            local_name!("iframe") if self.little => {
                self.facts.vendors.extend(element.attr(&local_name!("src")).and_then(data::vendor))
            }
            local_name!("title") if !self.titled => self.aside = Some((Aside::Title, String::new())),
            local_name!("noscript") => self.aside = Some((Aside::Noscript, String::new())),
            local_name!("input")
                if element.attr(&local_name!("type")).is_some_and(|kind| kind.eq_ignore_ascii_case("password")) =>
            {
                self.facts.password_field = true
            }
            local_name!("div") | local_name!("form") if self.little => {
                self.facts.vendors.extend(data::vendor_of(element));
                self.facts.consent = self.facts.consent.or_else(|| data::consent_of(element));
            }
            _ => {}
        }
    }
}
